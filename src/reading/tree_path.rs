//! Where in the tree does an address lead, and what lies there?

use crate::repository::File;

/// What follows `relative` from a folder, without `.` and `..`; `None` where it climbs out of the tree.
pub fn lead(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The files below a folder, of files in the order of their paths.
pub fn below<'f>(files: &'f [File], folder: &[u8]) -> &'f [File] {
    let start = [folder, b"/"].concat();
    let end = [folder, b"0"].concat();
    let at = |wanted: &[u8]| files.partition_point(|file| file.path.as_bytes() < wanted);
    files.get(at(&start)..at(&end)).unwrap_or_default()
}

/// `%20` and the like, decoded.
pub fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digits = (ahead.next(), ahead.next());
        let hexadecimal = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        match (byte, hexadecimal(digits.0), hexadecimal(digits.1)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(byte));
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The ending of the last part, in lower case; empty where it has none.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && !end.contains(' ') && end.len() <= 10 => end.to_ascii_lowercase(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways() {
        for (folder, relative, wanted) in [
            ("docs/a", "b.md", Some("docs/a/b.md")),
            ("docs/a", "../.././x", Some("x")),
            ("", "../x", None),
            ("a", "", Some("a")),
            ("notebooks", "../data/a.csv", Some("data/a.csv")),
            ("", "./data//a.csv", Some("data/a.csv")),
            ("", "../a.csv", None),
            ("a/b", "c.csv", Some("a/b/c.csv")),
            ("", "img/logo.svg", Some("img/logo.svg")),
            ("", "./img//logo.svg", Some("img/logo.svg")),
            ("meta", "../img/a.png", Some("img/a.png")),
            ("", "../a.png", None),
        ] {
            assert_eq!(lead(folder, relative).as_deref(), wanted);
        }
        assert_eq!(decoded("a%20b%C3%A4%zz%"), "a bä%zz%");
        assert_eq!(ending("a.b/c.MD"), "md");
        assert_eq!(ending("a.b/c"), "");
        assert_eq!(ending(".env"), "");
    }
}
