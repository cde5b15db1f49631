//! How is YAML written so that a value can only be a value?
//!
//! A value stands in double quotes with JSON's escapes, which YAML 1.2 reads as JSON does (§ 1.3), unless it is a plain
//! word; long prose stands in a folded block of single spaced lines, which nothing in it can end.

/// YAML that grows line by line.
#[derive(Default)]
pub(super) struct Yaml {
    lines: Vec<String>,
    indent: usize,
}

/// So wide are the lines of prose.
const WIDTH: usize = 80;

impl Yaml {
    /// `key: value`
    pub(super) fn value(&mut self, key: &str, value: &str) {
        self.push(&format!("{key}: {}", scalar(value)));
    }

    /// `key: true`
    pub(super) fn yes_no(&mut self, key: &str, yes: bool) {
        self.push(&format!("{key}: {yes}"));
    }

    /// `key: >-` and prose, or the value alone where it is short.
    pub(super) fn prose(&mut self, key: &str, text: &str) {
        if key.len() + text.chars().count() + self.indent + 4 <= WIDTH {
            return self.value(key, text);
        }
        self.push(&format!("{key}: >-"));
        let spaces = self.indent + 2;
        for line in fold(text, WIDTH - spaces.min(40)) {
            self.lines.push(format!("{}{line}", " ".repeat(spaces)));
        }
    }

    /// `key:` and one value a line.
    pub(super) fn list(&mut self, key: &str, values: &[String]) {
        self.push(&format!("{key}:"));
        for value in values {
            self.push(&format!("  - {}", scalar(value)));
        }
    }

    /// `key:` and what `inner` writes, deeper by one step.
    pub(super) fn section(&mut self, key: &str, inner: impl FnOnce(&mut Self)) {
        self.push(&format!("{key}:"));
        self.indent += 2;
        inner(self);
        self.indent -= 2;
    }

    /// One entry of a list of sections: the keys and values that are there.
    pub(super) fn entry(&mut self, values: &[(&str, Option<&str>)]) {
        let there = values.iter().filter_map(|(key, value)| value.map(|value| (key, value)));
        for (number, (key, value)) in there.enumerate() {
            let mark = if number == 0 { "- " } else { "  " };
            self.push(&format!("{mark}{key}: {}", scalar(value)));
        }
    }

    /// The whole, with a line break at its end.
    pub(super) fn finish(self) -> String {
        self.lines.join("\n") + "\n"
    }

    fn push(&mut self, line: &str) {
        self.lines.push(format!("{}{line}", " ".repeat(self.indent)));
    }
}

/// A value: plain where it is a word that no version of YAML takes for anything else, in double quotes elsewhere.
fn scalar(value: &str) -> String {
    const MEANINGS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "eu"];
    let word = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_/.".contains(c))
        && !MEANINGS.contains(&value.to_ascii_lowercase().as_str());
    if word { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

/// Words in lines of at most so many characters; a longer word has a line for itself. What begins like nothing but a
/// word may begin a line: the block is indented, so that no mark in it counts.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::node;

    const HOSTILE: &[&str] = &[
        "a: b",
        "# none",
        "- x",
        "*a",
        "&a",
        "!tag",
        "%x",
        "@x",
        "`x`",
        "'",
        "\"",
        "\\",
        "\"\nurl: https://evil.example\n\"",
        "---",
        "...",
        "{a: b}",
        "[x]",
        "yes",
        "No",
        "null",
        "~",
        "1.2",
        "0x10",
        "2026-01-31",
        "=",
        "<<",
        "? x",
        "| x",
        "> x",
        "Gießplan für Köln",
        "a\u{85}b\u{2028}c",
        "",
    ];

    #[test]
    fn every_value_is_read_back_as_it_is() {
        for value in HOSTILE {
            let mut yaml = Yaml::default();
            yaml.value("first", value);
            yaml.list("list", &[(*value).to_owned(), "plain".to_owned()]);
            yaml.section("deep", |yaml| yaml.entry(&[("a", Some(value)), ("b", None), ("c", Some(value))]));
            yaml.value("last", "end");
            let text = yaml.finish();
            let document = node::yaml(&text).unwrap_or_else(|why| panic!("{value}: {why:?}\n{text}"));
            let keys: Vec<&str> = document.root.entries().iter().map(|entry| entry.key.as_str()).collect();
            assert_eq!(keys, ["first", "list", "deep", "last"], "{text}");
            assert_eq!(document.root.get("first").and_then(|node| node.text()), Some(*value), "{text}");
            let entry = document.root.get("deep").and_then(|node| node.list().first()).expect("an entry");
            assert_eq!(entry.get("c").and_then(|node| node.text()), Some(*value), "{text}");
        }
    }

    #[test]
    fn prose_is_folded_and_read_back() {
        let marks = HOSTILE.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let long = format!("{marks} {}", "word # - : ".repeat(30)).trim().to_owned();
        let mut yaml = Yaml::default();
        yaml.section("a", |yaml| yaml.prose("b", &long));
        yaml.prose("c", "short");
        let text = yaml.finish();
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        let document = node::yaml(&text).unwrap_or_else(|why| panic!("{why:?}\n{text}"));
        assert_eq!(document.root.walk(&["a", "b"]).and_then(|node| node.text()), Some(long.as_str()));
        assert_eq!(document.root.get("c").and_then(|node| node.text()), Some("short"));
    }
}
