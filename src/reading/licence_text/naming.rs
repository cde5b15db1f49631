//! Which words name a licence? The one spelling in which names, ids and addresses of licences are compared.
//!
//! `build.rs` includes this file, too: it writes the table of names in the same spelling.

/// A word of a name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// lower case; versions without `v` and without `.0` at their end; `+` behind a version is a word of its own
    pub word: String,
    /// its first byte in the text
    pub at: usize,
    /// the byte after its last
    pub until: usize,
}

/// The words of a text as names are compared: `GPLv3+`, `GPL-3.0+` and `gpl version 3 +` are the same.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c == '+'
            && tokens.last().is_some_and(|last| last.until == at && last.word.ends_with(|c: char| c.is_ascii_digit()))
        {
            tokens.push(Token { word: "+".to_owned(), at, until: at + 1 });
            continue;
        }
        // `%20` of an address parts words, as a space does.
        if c == '%' && is_escape(text.get(at + 1..at + 3)) {
            rest.nth(1);
            continue;
        }
        if !c.is_alphanumeric() {
            continue;
        }
        let digits = c.is_ascii_digit();
        let mut word: String = c.to_lowercase().collect();
        let mut until = at + c.len_utf8();
        while let Some(&(at, c)) = rest.peek() {
            let decimal =
                c == '.' && digits && text.get(at + 1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
            let same = c.is_alphanumeric() && (c.is_ascii_digit() == digits || !digits && !c.is_ascii_digit());
            // `2a` of a version stays together
            let letter = digits && word.contains('.') && c.is_ascii_lowercase();
            if !(decimal || same || letter) {
                break;
            }
            word.extend(c.to_lowercase());
            until = at + c.len_utf8();
            rest.next();
        }
        push(&mut tokens, word, at, until);
    }
    tokens
}

/// Whether two characters are the number of an escape in an address.
fn is_escape(two: Option<&str>) -> bool {
    two.is_some_and(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn push(tokens: &mut Vec<Token>, word: String, at: usize, until: usize) {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    if digits {
        // `gplv` before `3`, `version` before `2.0`
        if let Some(last) = tokens.last_mut() {
            if matches!(last.word.as_str(), "v" | "version" | "versions" | "ver") {
                tokens.pop();
            } else if last.until == at && last.word.len() > 3 && last.word.ends_with('v') {
                last.word.pop();
            }
        }
        let mut word = word;
        while let Some(short) = word.strip_suffix(".0") {
            word.truncate(short.len());
        }
        tokens.push(Token { word, at, until });
        return;
    }
    let word = match word.as_str() {
        "licence" | "licences" | "licenses" | "lizenz" | "licencia" | "licenza" => "license".to_owned(),
        "licenced" => "licensed".to_owned(),
        "http" | "https" | "www" => return,
        _ => word,
    };
    tokens.push(Token { word, at, until });
}

/// The number of a sequence of words, under which the tables keep it (64-bit FNV-1a).
#[derive(Clone, Copy, Debug)]
pub struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    /// Adds the next word.
    pub fn add(&mut self, word: &str) {
        for byte in word.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The number.
    pub fn value(self) -> u64 {
        self.0
    }
}

/// The number of a sequence of words.
pub fn key<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut key = Key::default();
    words.for_each(|word| key.add(word));
    key.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        for (text, wanted) in [
            ("GPLv3+", "gpl 3 +"),
            ("GPL-3.0+", "gpl 3 +"),
            ("GNU GPL version 3.0 +", "gnu gpl 3"),
            ("LGPL v2.1", "lgpl 2.1"),
            ("Apache Licence, Version 2.0", "apache license 2"),
            ("EUPL v1.2", "eupl 1.2"),
            ("dl-de/by-2-0", "dl de by 2 0"),
            ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "creativecommons org license by sa 4 deed de"),
            ("CC0 1.0", "cc 0 1"),
            ("LPPL-1.3c", "lppl 1.3c"),
            ("Datenlizenz Deutschland – Namensnennung", "datenlizenz deutschland namensnennung"),
            ("BSD 3-Clause", "bsd 3 clause"),
            ("0BSD", "0 bsd"),
            ("MIT-0", "mit 0"),
            ("badge/License-CC%20BY%204.0-blue", "badge license cc by 4 blue"),
            ("100% MIT", "100 mit"),
        ] {
            assert_eq!(tokens(text).iter().map(|t| t.word.as_str()).collect::<Vec<_>>().join(" "), wanted, "{text}");
        }
    }

    #[test]
    fn places() {
        let text = "the Ä GPLv3";
        let words = tokens(text);
        assert_eq!(words.iter().map(|t| &text[t.at..t.until]).collect::<Vec<_>>(), ["the", "Ä", "GPLv", "3"]);
    }

    #[test]
    fn keys_know_where_words_end() {
        assert_ne!(key(["ab", "c"].into_iter()), key(["a", "bc"].into_iter()));
    }
}
