//! Which names and addresses does the project say are the same person's?
//!
//! The four forms of gitmailmap(5); addresses and names are compared without regard to case. A line that fits none
//! of them is passed over.

use std::collections::BTreeMap;

/// How many lines are read.
const LINES: usize = 100_000;
/// The longest line.
const LINE: usize = 1000;

/// What `.mailmap` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mailmap {
    /// by address in lower case
    emails: BTreeMap<Vec<u8>, Entry>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    any: Proper,
    /// by name in lower case
    named: BTreeMap<Vec<u8>, Proper>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Proper {
    name: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
}

impl Mailmap {
    /// Reads the text of a `.mailmap`.
    pub(crate) fn parse(text: &[u8]) -> Self {
        let mut map = Self::default();
        for line in text.split(|byte| *byte == b'\n').take(LINES).filter(|line| line.len() <= LINE) {
            map.add(line.trim_ascii());
        }
        map
    }

    fn add(&mut self, line: &[u8]) {
        if line.starts_with(b"#") {
            return;
        }
        let Some((first_name, first_email, rest)) = name_and_email(line) else { return };
        let own = |text: &[u8]| Some(text.to_vec()).filter(|text| !text.is_empty());
        match name_and_email(rest) {
            None => {
                let entry = self.emails.entry(first_email.to_ascii_lowercase()).or_default();
                entry.any.name = own(first_name).or(entry.any.name.take());
            }
            Some((commit_name, commit_email, _)) => {
                let proper = Proper { name: own(first_name), email: own(first_email) };
                let entry = self.emails.entry(commit_email.to_ascii_lowercase()).or_default();
                let place = if commit_name.is_empty() {
                    &mut entry.any
                } else {
                    entry.named.entry(commit_name.to_ascii_lowercase()).or_default()
                };
                place.name = proper.name.or(place.name.take());
                place.email = proper.email.or(place.email.take());
            }
        }
    }

    /// The proper name and address of somebody.
    pub(crate) fn proper<'a>(&'a self, name: &'a [u8], email: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let Some(entry) = self.emails.get(&email.to_ascii_lowercase()) else { return (name, email) };
        let proper = entry.named.get(&name.to_ascii_lowercase()).unwrap_or(&entry.any);
        (proper.name.as_deref().unwrap_or(name), proper.email.as_deref().unwrap_or(email))
    }
}

/// `Name <address>` at the start of a line, and what follows.
fn name_and_email(line: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let open = line.iter().position(|byte| *byte == b'<')?;
    let close = open + line.get(open..)?.iter().position(|byte| *byte == b'>')?;
    Some((line.get(..open)?.trim_ascii(), line.get(open + 1..close)?.trim_ascii(), line.get(close + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms() {
        let map = Mailmap::parse(
            b"# people\n\
              Proper One <one@x>\n\
              <two@proper> <two@x>\n\
              Proper Three <three@proper> <three@x>\n\
              Proper Four <four@proper> Laptop <shared@x> # note\n\
              Proper Five <five@proper> Desktop <shared@x>\n\
              no address\n\
              <\n",
        );
        for (name, email, proper) in [
            ("o", "one@x", ("Proper One", "one@x")),
            ("o", "ONE@X", ("Proper One", "ONE@X")),
            ("Two", "two@x", ("Two", "two@proper")),
            ("t", "three@x", ("Proper Three", "three@proper")),
            ("laptop", "shared@x", ("Proper Four", "four@proper")),
            ("Desktop", "shared@x", ("Proper Five", "five@proper")),
            ("Somebody", "shared@x", ("Somebody", "shared@x")),
            ("Nobody", "nobody@x", ("Nobody", "nobody@x")),
        ] {
            let (name, email) = map.proper(name.as_bytes(), email.as_bytes());
            assert_eq!((std::str::from_utf8(name).unwrap(), std::str::from_utf8(email).unwrap()), proper);
        }
    }

    #[test]
    fn a_named_entry_beats_the_general_one_and_a_later_line_an_earlier() {
        let map = Mailmap::parse(b"A <a@x>\nB <b@x> Q <a@x>\nC <a@x>\r\n");
        assert_eq!(map.proper(b"z", b"a@x"), (&b"C"[..], &b"a@x"[..]));
        assert_eq!(map.proper(b"q", b"a@x"), (&b"B"[..], &b"b@x"[..]));
    }

    #[test]
    fn junk() {
        for junk in [&b""[..], b"\0\xff<\xfe>\n", b"> a <\n<>", &[b'<'; 5000]] {
            let map = Mailmap::parse(junk);
            assert_eq!(map.proper(b"A", b"a@x"), (&b"A"[..], &b"a@x"[..]));
        }
    }
}
