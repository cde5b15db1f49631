//! What does a commit or tag object say?
//!
//! The objects come from whoever made the repository: everything here is total, and what is not written as git
//! writes it is left out, not guessed. The format is that of `git help cat-file` and git's `commit.c`.

use super::object_id::ObjectId;

/// The heads of a commit object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommitHead<'a> {
    /// the tree it holds
    pub(crate) tree: Option<ObjectId>,
    /// the commits it follows
    pub(crate) parents: Vec<ObjectId>,
    /// who made it and when; `None` where it does not say so in the way of git
    pub(crate) made: Option<Made<'a>>,
}

/// Who made a commit, when, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made<'a> {
    /// the author as the object has it
    pub(crate) author: Ident<'a>,
    /// when it was committed (where that cannot be read, when it was authored), in seconds since 1970; not clamped
    pub(crate) time: i64,
    /// the first line of the message that is not empty, cut after [`SUBJECT`] bytes
    pub(crate) subject: &'a [u8],
}

/// `Name <address>` of an author or committer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ident<'a> {
    /// the name, without white space around it
    pub(crate) name: &'a [u8],
    /// the address, without the angle brackets
    pub(crate) email: &'a [u8],
}

/// How many bytes of a subject, name or address are kept.
pub(crate) const SUBJECT: usize = 200;

impl<'a> CommitHead<'a> {
    /// Reads a commit object; whatever the bytes are.
    pub(crate) fn parse(data: &'a [u8]) -> Self {
        let mut head = Self::default();
        let mut author = None;
        let mut committed = None;
        let mut rest = data;
        let message = loop {
            let (line, after) = split_line(rest);
            if line.is_empty() {
                break after;
            }
            rest = after;
            if let Some(hex) = line.strip_prefix(b"tree ") {
                head.tree = head.tree.or(ObjectId::from_hex(hex));
            } else if let Some(hex) = line.strip_prefix(b"parent ")
                && head.tree.is_some()
                && author.is_none()
            {
                head.parents.extend(ObjectId::from_hex(hex));
            } else if let Some(ident) = line.strip_prefix(b"author ") {
                author = author.or_else(|| parse_ident(ident));
            } else if let Some(ident) = line.strip_prefix(b"committer ") {
                committed = committed.or_else(|| parse_ident(ident).and_then(|(_, time)| time));
            }
        };
        if let (Some(_), Some((author, authored))) = (head.tree, author)
            && let Some(time) = committed.or(authored)
        {
            head.made = Some(Made { author, time, subject: subject(message) });
        }
        head
    }
}

/// What a tag object points to, from its first line.
pub(crate) fn tag_target(data: &[u8]) -> Option<ObjectId> {
    ObjectId::from_hex(split_line(data).0.strip_prefix(b"object ")?)
}

fn split_line(data: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(b'\n', data) {
        Some(end) => (data.get(..end).unwrap_or_default(), data.get(end + 1..).unwrap_or_default()),
        None => (data, b""),
    }
}

/// `Name <address> seconds zone`; as in git's `split_ident_line`, the time stands behind the last `>`.
fn parse_ident(line: &[u8]) -> Option<(Ident<'_>, Option<i64>)> {
    let open = memchr::memchr(b'<', line)?;
    let name = line.get(..open)?.trim_ascii();
    let rest = line.get(open + 1..)?;
    let close = memchr::memchr(b'>', rest)?;
    let email = rest.get(..close)?.trim_ascii();
    let behind = memchr::memrchr(b'>', rest)?;
    let ident = Ident { name: cut(name), email: cut(email) };
    Some((ident, parse_time(rest.get(behind + 1..)?)))
}

/// Seconds before the zone; more than sixty-four bits hold is the earliest or latest that they do.
fn parse_time(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii_start();
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let digits = digits.get(..end).filter(|digits| !digits.is_empty())?;
    let seconds =
        digits.iter().fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Some(if negative { -seconds } else { seconds })
}

fn subject(message: &[u8]) -> &[u8] {
    let mut rest = message;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        let line = line.trim_ascii();
        if !line.is_empty() {
            return cut(line);
        }
        rest = after;
    }
    b""
}

/// The first [`SUBJECT`] bytes, without half a character of UTF-8 at their end.
fn cut(text: &[u8]) -> &[u8] {
    let Some(short) = text.get(..SUBJECT).filter(|_| text.len() > SUBJECT) else { return text };
    let continues = text.get(SUBJECT).is_some_and(|byte| byte & 0xc0 == 0x80);
    let start = short.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(SUBJECT);
    if continues && SUBJECT - start < 4 { short.get(..start).unwrap_or(short) } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1111111111111111111111111111111111111111";

    fn commit(author: &str, committer: &str, rest: &str) -> Vec<u8> {
        format!("tree {ID}\nparent {ID}\nauthor {author}\ncommitter {committer}\n{rest}").into_bytes()
    }

    #[test]
    fn ordinary() {
        let data = commit("Ada E <ada@example.org> 5 +0100", "Bo <b@example.org> 7 -0200", "\nFirst\n\nMore\n");
        let head = CommitHead::parse(&data);
        assert_eq!(head.tree, ObjectId::from_hex(ID.as_bytes()));
        assert_eq!(head.parents.len(), 1);
        let made = head.made.unwrap();
        assert_eq!(made.author, Ident { name: b"Ada E", email: b"ada@example.org" });
        assert_eq!((made.time, made.subject), (7, &b"First"[..]));
    }

    #[test]
    fn signed_and_with_an_encoding() {
        let extra = "encoding ISO-8859-1\ngpgsig -----BEGIN\n author Not <me> 1 +0000\n \n -----END\n\n\n  \nSubject";
        let data = commit("A <a> 1 +0000", "A <a> 2 +0000", extra);
        assert_eq!(CommitHead::parse(&data).made.unwrap().subject, b"Subject");
    }

    #[test]
    fn times() {
        for (time, seconds) in [
            ("1700000000 +0000", Some(1_700_000_000)),
            ("9223372036854775807 +0000", Some(i64::MAX)),
            ("99999999999999999999 +0000", Some(i64::MAX)),
            ("-1 +0000", Some(-1)),
            ("-99999999999999999999", Some(-i64::MAX)),
            ("12", Some(12)),
            ("", None),
            ("-", None),
            ("now", None),
        ] {
            assert_eq!(parse_time(time.as_bytes()), seconds, "{time}");
        }
    }

    #[test]
    fn idents() {
        let ident = |line: &'static str| {
            parse_ident(line.as_bytes()).map(|(ident, time)| {
                (std::str::from_utf8(ident.name).unwrap(), std::str::from_utf8(ident.email).unwrap(), time)
            })
        };
        assert_eq!(ident("A <a@x> 3 +0000"), Some(("A", "a@x", Some(3))));
        assert_eq!(ident(" <> 3 +0000"), Some(("", "", Some(3))));
        assert_eq!(
            ident("A <a@x> <b@x> 3 +0000"),
            Some(("A", "a@x", Some(3))),
            "the time stands behind the last bracket"
        );
        assert_eq!(ident("A <<a@x>> 3 +0000"), Some(("A", "<a@x", Some(3))));
        assert_eq!(ident("A <a@x>"), Some(("A", "a@x", None)));
        assert_eq!(ident("nobody"), None);
        assert_eq!(ident("A <a@x 3 +0000"), None);
    }

    #[test]
    fn malformed_commits_still_lead_on() {
        let data = format!("tree {ID}\nparent {ID}\nauthor nobody\ncommitter nobody\n\n");
        let head = CommitHead::parse(data.as_bytes());
        assert_eq!((head.parents.len(), head.made), (1, None));
        let data = commit("A <a> 4 +0000", "", "\n");
        assert_eq!(
            CommitHead::parse(&data).made.unwrap().time,
            4,
            "the author's time where the committer's is missing"
        );
        for junk in [&b""[..], b"\0\0\0", b"tree zzzz\n", b"parent 1\n\n", b"author A <a> 1 +0000\n"] {
            assert_eq!(CommitHead::parse(junk), CommitHead::default(), "{junk:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        assert_eq!(cut(&[b'a'; 300]).len(), SUBJECT);
        let umlauts = "ä".repeat(150);
        assert_eq!(cut(umlauts.as_bytes()).len(), SUBJECT);
        let shifted = format!("x{umlauts}");
        assert_eq!(std::str::from_utf8(cut(shifted.as_bytes())).unwrap().len(), SUBJECT - 1);
        assert_eq!(cut(&[0x80; 300]).len(), SUBJECT, "no characters at all");
    }

    #[test]
    fn tags() {
        assert_eq!(tag_target(format!("object {ID}\ntype commit\n").as_bytes()), ObjectId::from_hex(ID.as_bytes()));
        assert_eq!(tag_target(b"object x\n"), None);
        assert_eq!(tag_target(b""), None);
    }
}
