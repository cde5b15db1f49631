//! What are the words of a licence text, once everything is gone that makes no difference?
//!
//! Line ends, bullets, numbers of clauses, comment signs, quotation marks, case, spelling of *licence*, copyright
//! lines and the names for those who hold the rights make none. The same code reads the texts of the SPDX list when
//! civiclint is built (`build.rs` includes this file) and a repository's files when it runs.

/// The words of a text.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// all words, one after the other without anything between them
    letters: String,
    words: Vec<Word>,
    /// the last word was divided at the end of its line
    divided: bool,
}

/// Where a word ends in [`Words::letters`], and where it stands in the text.
#[derive(Clone, Copy, Debug)]
struct Word {
    end: usize,
    at: usize,
    until: usize,
}

impl Words {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A word by its number.
    pub fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.end);
        let end = self.words.get(number).map_or(start, |word| word.end);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// All words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number))
    }

    /// The bytes of the text from the first to the last of these words.
    #[cfg_attr(test, allow(dead_code, reason = "the build script does not need it"))]
    pub fn bytes(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.words.get(from).map_or(0, |word| word.at);
        let end = to.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |word| word.until);
        start..end.max(start)
    }

    fn push(&mut self, word: &str, at: usize, until: usize) {
        self.letters.push_str(word);
        self.words.push(Word { end: self.letters.len(), at, until });
    }

    fn last(&self) -> &str {
        self.len().checked_sub(1).map_or("", |last| self.get(last))
    }

    fn pop(&mut self) {
        self.words.pop();
        self.letters.truncate(self.words.last().map_or(0, |word| word.end));
    }
}

/// Reads the words of a text.
pub fn words(text: &str) -> Words {
    let mut words = Words::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = leader(line);
        let start = at + (line.len() - body.len());
        if !is_copyright_line(body) {
            read_line(&mut words, body, start);
        } else if let Some(behind) = behind_reserved(body) {
            read_line(&mut words, body.get(behind..).unwrap_or_default(), start + behind);
        }
        at += line.len();
    }
    words
}

/// A line without what comments, quotes and lists put before it.
fn leader(line: &str) -> &str {
    let mut rest = line.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '#'
                    | '/'
                    | '-'
                    | '>'
                    | '%'
                    | ';'
                    | '|'
                    | '\''
                    | '"'
                    | '•'
                    | '·'
                    | '—'
                    | '–'
                    | '!'
                    | '='
                    | '_'
                    | '~'
                    | '+'
            )
    });
    // Copyright fields of Debian and PostScript files
    if let Some(after) = rest.strip_prefix("Copyright:").or_else(|| rest.strip_prefix("copyright:"))
        && !is_copyright_line(rest)
    {
        rest = after.trim_start();
    }
    for word in ["dnl ", "rem ", "REM ", "@rem ", "\\\" ", "\\*"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    // `1.`, `(a)`, `iv)`, `a.` before the text of a clause
    let open = rest.strip_prefix(['(', '[']).unwrap_or(rest);
    let label = open.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(open.len());
    let after = open.get(label..).unwrap_or_default();
    if (1..=4).contains(&label)
        && open.get(..label).is_some_and(is_label)
        && let Some(after) = after.strip_prefix(['.', ')', ']', ':'])
        && after.starts_with(|c: char| c.is_whitespace() || c == '.')
    {
        return after.trim_start();
    }
    rest
}

/// Whether this numbers a clause: `12`, `b`, `iv`.
fn is_label(word: &str) -> bool {
    let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.len() == 1;
    digits || letter || word.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x'))
}

/// Whether a line only says who holds the copyright since when.
pub fn is_copyright_line(line: &str) -> bool {
    if line.len() > 240 {
        return false;
    }
    let line =
        line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '/' | '-' | ';' | '(' | '<'));
    let lower = line.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if starts(&["c) ", "©", "copr.", "spdx-filecopyrighttext", "spdx-snippetcopyrighttext", "all rights reserved"]) {
        return true;
    }
    // The fields of the template that R packages carry for their licence
    if starts(&["year:", "copyright holder:", "copyright holders:", "organization:"]) {
        return true;
    }
    let Some(rest) = lower.strip_prefix("copyright").or_else(|| lower.strip_prefix("portions copyright")) else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ','));
    let after = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    after(&["(c)", "©", "<", "[", "{", "19", "20", "by ", "&copy;", "\\(co", "x ", "yyyy", "year", "&#169;", "1", "c "])
}

/// Where a copyright line goes on with something else, behind "all rights reserved": `Copyright (c) 2020 Ada. All
/// rights reserved. Redistribution and use …`.
fn behind_reserved(line: &str) -> Option<usize> {
    const RESERVED: &str = "rights reserved";
    let at = line.to_ascii_lowercase().find(RESERVED)? + RESERVED.len();
    let words =
        line.get(at..)?.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    (words.take(3).count() == 3 && !line.get(at..)?.to_ascii_lowercase().contains("copyright")).then_some(at)
}

/// Puts the words of one line behind those before it.
fn read_line(words: &mut Words, line: &str, start: usize) {
    let mut rest = line.char_indices().peekable();
    let mut word = String::new();
    while let Some((at, c)) = rest.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        word.clear();
        lower(&mut word, c);
        let mut end = at + c.len_utf8();
        let mut joined = false;
        while let Some(&(at, c)) = rest.peek() {
            let next = line.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            if c.is_alphanumeric() {
                lower(&mut word, c);
                end = at + c.len_utf8();
            } else if is_apostrophe(c) && next.is_some_and(char::is_alphanumeric) {
                // licensor's, l'auteur
            } else if is_hyphen(c) && next.is_some_and(char::is_alphabetic) && word.chars().all(char::is_alphabetic) {
                // non-exclusive is nonexclusive
            } else if is_hyphen(c) && next.is_none_or(|next| next == '\n' || next == '\r') && !word.is_empty() {
                joined = true;
                break;
            } else {
                break;
            }
            rest.next();
        }
        let after = line.get(end..).unwrap_or_default();
        let label = (1..=2).contains(&word.len()) && is_label(&word) && numbers_a_clause(line, at, &word, after);
        if !label {
            add(words, &word, start + at, start + end);
        }
        words.divided = joined && !label;
    }
}

/// Whether a short word stands for the number of a clause in the middle of a line: `(a)`, `2) `, `3. `.
fn numbers_a_clause(line: &str, at: usize, word: &str, after: &str) -> bool {
    let space = |text: &str| text.is_empty() || text.starts_with(char::is_whitespace);
    match after.chars().next() {
        Some(')') => line.get(..at).is_some_and(|before| before.ends_with('(')) || after.get(1..).is_some_and(space),
        Some('.') => word.bytes().all(|b| b.is_ascii_digit()) && after.get(1..).is_some_and(space),
        _ => false,
    }
}

fn lower(word: &mut String, c: char) {
    if c.is_ascii() { word.push(c.to_ascii_lowercase()) } else { word.extend(c.to_lowercase()) }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '‐' | '‑')
}

/// Adds a word in the one spelling that is compared.
fn add(words: &mut Words, word: &str, at: usize, until: usize) {
    if std::mem::take(&mut words.divided) {
        let whole = format!("{}{word}", words.last());
        let first = words.words.last().map_or(at, |last| last.at);
        words.pop();
        return add(words, &whole, first, until);
    }
    let word = match word {
        "http" | "https" | "www" => return,
        "licence" => "license",
        "licences" => "licenses",
        "licenced" => "licensed",
        "licencing" => "licensing",
        "sublicence" => "sublicense",
        "sublicences" => "sublicenses",
        "sublicenced" => "sublicensed",
        "sublicencing" => "sublicensing",
        "organisation" => "organization",
        "organisations" => "organizations",
        "authorise" => "authorize",
        "authorised" => "authorized",
        "recognised" => "recognized",
        "author" | "authors" | "holder" | "holders" | "regents" | "contributor" | "contributors" | "owner"
        | "owners" => "holder",
        word => word,
    };
    if word == "holder" && matches!(words.last(), "copyright") {
        words.pop();
    }
    words.push(word, at, until);
    let count = words.len();
    if word == "reserved" && count >= 3 && words.get(count - 2) == "rights" && words.get(count - 3) == "all" {
        (0..3).for_each(|_| words.pop());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        words(text).iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_makes_no_difference() {
        for (text, wanted) in [
            (" * The Licence,\n * “as is”.", "the license as is"),
            ("1. Redistributions\n(b) of source 2) code iv) x", "redistributions of source code x"),
            ("- bullet\n• another\n## Heading", "bullet another heading"),
            ("non-exclusive, world-\nwide; licensor's l’auteur", "nonexclusive worldwide licensors lauteur"),
            ("Copyright (c) 2020 Ada\nPermission", "permission"),
            ("Copyright (c) 2020 Ada. All rights reserved. Redistribution and use in", "redistribution and use in"),
            ("Copyright (c) 2020 Ada. All rights reserved by Ada\nx", "x"),
            ("© 2020 Ada\ncopyright notice shall", "copyright notice shall"),
            ("the copyright\nholders and contributors", "the holder and holder"),
            ("Ada. All rights reserved.\nAll Rights Reserved", "ada"),
            ("https://www.example.org/licences/", "example org licenses"),
            ("Version 2.0, version 2. Then", "version 2 0 version then"),
            ("ÄÖÜ ß", "äöü ß"),
            ("%%Copyright: Redistribution and\n%%Copyright: use", "redistribution and use"),
            ("", ""),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_does() {
        for (a, b) in [("may not", "may"), ("for any purpose", "for any noncommercial purpose"), ("BSD 2", "BSD 3")] {
            assert_ne!(read(a), read(b));
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "# The\n# licence-\n# text ends";
        let words = words(text);
        assert_eq!(text.get(words.bytes(0, 1)), Some("The"));
        assert_eq!(words.get(1), "licensetext");
        assert_eq!(text.get(words.bytes(1, 3)), Some("licence-\n# text ends"));
        assert_eq!(words.bytes(7, 9), 0..0);
    }

    #[test]
    fn a_word_that_is_divided_at_the_end() {
        assert_eq!(read("soft-"), "soft");
    }
}
