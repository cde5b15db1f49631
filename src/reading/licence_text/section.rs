//! Which parts of a document speak of its licence?

use super::lists::lists;
use super::work;
use std::ops::Range;

/// A part of a document under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// from the heading, which may name the licence itself, to the next one
    pub(super) bytes: Range<usize>,
}

/// The sections of a Markdown, reStructuredText, AsciiDoc or plain document whose heading speaks of the licence.
pub(super) fn licence_sections(text: &str) -> Vec<Section> {
    // A fence that nobody closes hides the rest of the document from Markdown, but not from its readers.
    read(text, true).or_else(|| read(text, false)).unwrap_or_default()
}

/// `None` where a fence is left open.
fn read(text: &str, fences: bool) -> Option<Vec<Section>> {
    let mut sections: Vec<Section> = Vec::new();
    // the level of the licence heading we are under, and where its section begins
    let mut open: Option<(usize, usize)> = None;
    let mut fence: Option<&str> = None;
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        work::steps(1);
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        match fence {
            Some(mark) => {
                if trimmed.starts_with(mark) && trimmed.chars().all(|c| mark.starts_with(c)) {
                    fence = None;
                }
                continue;
            }
            None if fences => {
                fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
                if fence.is_some() {
                    continue;
                }
            }
            None => {}
        }
        let next = lines.peek().map_or("", |next| next.trim());
        let Some((level, title, underlined)) = heading(trimmed, next) else { continue };
        if let Some((above, begin)) = open
            && level <= above
        {
            sections.push(Section { bytes: begin..start });
            open = None;
        }
        if underlined {
            at += lines.next().map_or(0, str::len);
        }
        if open.is_none() && is_licence(title) {
            open = Some((level, start));
        }
    }
    if let Some((_, begin)) = open {
        sections.push(Section { bytes: begin..text.len() });
    }
    fence.is_none().then_some(sections)
}

/// The level and title of a heading, and whether the line below it (`next`) belongs to it.
fn heading<'l>(line: &'l str, next: &str) -> Option<(usize, &'l str, bool)> {
    for mark in ['#', '='] {
        let level = line.chars().take_while(|c| *c == mark).count();
        if (1..=6).contains(&level)
            && let Some(title) = line.get(level..)
            && (title.starts_with([' ', '\t']) || mark == '#' && !title.is_empty())
        {
            return Some((level, title.trim().trim_end_matches(mark).trim(), false));
        }
    }
    let lower = line.get(..4).unwrap_or_default().to_ascii_lowercase();
    if let Some(level) = lower.strip_prefix("<h").and_then(|rest| rest.chars().next()?.to_digit(10)) {
        let title = line.split('>').nth(1).unwrap_or_default();
        return Some((level as usize, title.split('<').next().unwrap_or_default().trim(), false));
    }
    let bold = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    if let Some(title) = bold.filter(|title| !title.contains("**") && title.len() < 60) {
        return Some((7, title.trim_end_matches(':'), false));
    }
    let first = next.chars().next().filter(|c| "=-~^\"*+#`'".contains(*c))?;
    let underline = next.len() >= 3 && next.chars().all(|c| c == first) && !line.is_empty() && line.len() < 80;
    (underline && next.len() + 3 >= line.len() || underline && matches!(first, '=' | '-') && !line.starts_with('|'))
        .then_some((if first == '=' { 1 } else { 2 }, line, true))
}

fn is_licence(title: &str) -> bool {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let short = lower.split_whitespace().count() <= 8;
    short
        && (words.any(|word| lists().licence_heading.contains(word))
            || lists().licence_heading.iter().any(|two| two.contains(' ') && lower.contains(two.as_str())))
        && !lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
            lists()
                .other_heading
                .iter()
                .any(|not| if not.len() <= 3 { word == not } else { word.starts_with(not.as_str()) })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        licence_sections(text).into_iter().map(|section| text[section.bytes].trim()).collect()
    }

    #[test]
    fn headings() {
        for (text, wanted) in [
            ("# A\nx\n## License\nMIT\n### Data\nCC0\n## Next\ny\n", &["## License\nMIT\n### Data\nCC0"][..]),
            ("Lizenz\n------\nEUPL\n\nKontakt\n-------\nx", &["Lizenz\n------\nEUPL"]),
            ("== Licence\nMIT\n== Other\n", &["== Licence\nMIT"]),
            ("<h2>License</h2>\nMIT\n", &["<h2>License</h2>\nMIT"]),
            ("**Lizenz**\n\nMIT\n\n# X\n", &["**Lizenz**\n\nMIT"]),
            ("## Third-party licenses\nMIT\n", &[]),
            ("## License compliance\nMIT\n", &[]),
            ("```\n# License\nMIT\n```\n", &[]),
            ("```sh\nx\n```toml\n```\n# License\nMIT\n", &["# License\nMIT"]),
            ("```\nnever closed\n# License\nMIT\n", &["# License\nMIT"]),
            ("A text on the license of others\nand more\n", &[]),
            ("", &[]),
        ] {
            assert_eq!(parts(text), wanted, "{text}");
        }
    }
}
