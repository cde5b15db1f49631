//! JSON with positions: RFC 8259, read leniently.

use super::{DEPTH, Data, Document, Entry, Node, broken, too_deep};
use crate::phrase::Phrase;
use crate::reading::position::Lines;

/// Reads a JSON document. A byte order mark, comments and commas before a closing bracket are passed over, as npm,
/// TypeScript and editors pass over them in configuration.
///
/// # Errors
/// Where it is no JSON, or nested deeper than [`DEPTH`].
pub fn json(text: &str) -> Result<Document<'_>, Phrase> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    if text.starts_with('\u{feff}') {
        reader.at = 3;
    }
    let root = reader.value(0).and_then(|root| reader.end().map(|()| root));
    match root {
        Ok(root) => Ok(Document::new(text, root)),
        Err(Stop::Deep) => Err(too_deep()),
        Err(Stop::Wrong(why)) => Err(broken("JSON", &Lines::new(text), text, reader.at, why)),
    }
}

enum Stop {
    Deep,
    Wrong(&'static str),
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn blank(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') if self.rest().starts_with(b"//") => {
                    self.at += memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
                }
                Some(b'/') if self.rest().starts_with(b"/*") => {
                    let end = memchr::memmem::find(self.rest(), b"*/").map(|end| end + 2);
                    self.at += end.unwrap_or(self.rest().len());
                }
                _ => return,
            }
        }
    }

    fn end(&mut self) -> Result<(), Stop> {
        self.blank();
        if self.at < self.bytes.len() { Err(Stop::Wrong("something follows the document")) } else { Ok(()) }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Stop> {
        self.blank();
        let start = self.at;
        let data = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Data::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.word()?,
            None => return Err(Stop::Wrong("it ends too early")),
        };
        Ok(Node { data, at: start..self.at })
    }

    fn deeper(depth: usize) -> Result<usize, Stop> {
        if depth >= DEPTH { Err(Stop::Deep) } else { Ok(depth + 1) }
    }

    fn map(&mut self, depth: usize) -> Result<Data, Stop> {
        let depth = Self::deeper(depth)?;
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Data::Map(entries));
                }
                Some(b'"') => {}
                _ => return Err(Stop::Wrong("a key or `}` is missing")),
            }
            let start = self.at;
            let key = self.string()?;
            let key_at = start..self.at;
            self.blank();
            if self.peek() != Some(b':') {
                return Err(Stop::Wrong("`:` is missing"));
            }
            self.at += 1;
            let value = self.value(depth)?;
            entries.push(Entry { key, key_at, value });
            self.comma(b'}')?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<Data, Stop> {
        let depth = Self::deeper(depth)?;
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.blank();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Data::List(list));
            }
            list.push(self.value(depth)?);
            self.comma(b']')?;
        }
    }

    fn comma(&mut self, close: u8) -> Result<(), Stop> {
        self.blank();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(())
            }
            Some(byte) if byte == close => Ok(()),
            _ => Err(Stop::Wrong("`,` is missing")),
        }
    }

    fn string(&mut self) -> Result<String, Stop> {
        self.at += 1;
        let mut value = String::new();
        loop {
            let length = memchr::memchr2(b'"', b'\\', self.rest()).ok_or(Stop::Wrong("a string has no end"))?;
            value.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
            self.at += length + 1;
            if self.bytes.get(self.at - 1) == Some(&b'"') {
                return Ok(value);
            }
            let escape = self.peek().ok_or(Stop::Wrong("a string has no end"))?;
            self.at += 1;
            value.push(match escape {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.unicode()?,
                b'"' | b'\\' | b'/' => char::from(escape),
                _ => return Err(Stop::Wrong("a string holds an unknown escape")),
            });
        }
    }

    fn unicode(&mut self) -> Result<char, Stop> {
        let first = self.unit()?;
        let code = if (0xd800..0xdc00).contains(&first) && self.rest().starts_with(b"\\u") {
            self.at += 2;
            let second = self.unit()?;
            let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
            low.map_or(first, |low| 0x10000 + ((first - 0xd800) << 10) + low)
        } else {
            first
        };
        // no text at all (RFC 8259 section 8.2), and what it is taken for differs from reader to reader
        char::from_u32(code).ok_or(Stop::Wrong("`\\u` gives half of a character"))
    }

    fn unit(&mut self) -> Result<u32, Stop> {
        let digits = self.text.get(self.at..self.at + 4).filter(|four| four.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if unit.is_some() { 4 } else { 0 };
        unit.ok_or(Stop::Wrong("`\\u` needs four hexadecimal digits"))
    }

    fn number(&mut self) -> Data {
        let length = self.rest().iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        let end = self.at + length.count();
        let number = self.text.get(self.at..end).unwrap_or_default().to_owned();
        self.at = end;
        Data::Number(number)
    }

    fn word(&mut self) -> Result<Data, Stop> {
        for (word, data) in [(&b"true"[..], Data::Bool(true)), (b"false", Data::Bool(false)), (b"null", Data::Null)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(data);
            }
        }
        Err(Stop::Wrong("a value is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::Lang;
    use crate::signal::Span;

    #[test]
    fn values_and_places() {
        let text = "\u{feff}{\n  \"a\": [1.50, \"ä\\u00e4\\ud83d\\ude00\\n\", true, null,],  // c\n  \"b\": {\"c\": \"d\"}\n}\n";
        let document = json(text).unwrap();
        let a = document.root.get("a").unwrap().list();
        assert_eq!(a.first().unwrap().scalar(), Some("1.50"));
        assert_eq!(a.get(1).unwrap().text(), Some("ää😀\n"));
        assert!(a.get(2).unwrap().is_true());
        assert_eq!(
            document.at(&["b", "c"]).unwrap(),
            super::super::Located { value: "d".into(), span: Span::on_line(3, 14, 17) }
        );
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for bad in [
            "",
            "{",
            "[",
            "{\"a\" 1}",
            "[1 2]",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud800\\u0041\"",
            "tru",
            "{} {}",
            "\"a",
            "{a: 1}",
            "\"\\",
            "\"\\u00",
        ] {
            assert!(json(bad).is_err(), "{bad}");
        }
        let why = json("{\n  1}").unwrap_err();
        let said: Vec<_> = why.message(Lang::En).0.into_iter().map(|piece| format!("{piece:?}")).collect();
        assert!(said.join("").contains("Foreign(\"2\")"), "{said:?}");
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(json(&"[".repeat(200_000)).is_err());
        assert!(json(&format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))).is_ok());
        assert_eq!(json(&format!("{}{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1))).unwrap_err(), too_deep());
    }
}
