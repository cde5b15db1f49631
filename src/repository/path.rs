//! How is a place in the tree called?

use crate::untrusted::Untrusted;
use std::borrow::Cow;

/// The path of a file or folder, relative to the root, with `/`, in the bytes git has; it need not be UTF-8.
#[derive(Clone)]
pub struct RepoPath {
    text: Text,
    /// where its name begins
    name: usize,
}

/// Every room asks for every path in lower case, so that is worked out once.
#[derive(Clone)]
enum Text {
    /// UTF-8 in which no ASCII letter is large
    Lower(Box<str>),
    /// other UTF-8: as it is written, and in lower case (ASCII letters only)
    Cased(Box<str>, Box<str>),
    /// anything else
    Bytes(Box<[u8]>),
}

impl RepoPath {
    /// A path from its bytes. Whoever opens it does so through the one door, which refuses what leads out.
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) if bytes.iter().any(u8::is_ascii_uppercase) => {
                Text::Cased(text.into(), text.to_ascii_lowercase().into())
            }
            Ok(text) => Text::Lower(text.into()),
            Err(_) => Text::Bytes(bytes.into()),
        };
        Self { text, name: memchr::memrchr(b'/', bytes).map_or(0, |slash| slash + 1) }
    }

    /// All of it.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.text {
            Text::Lower(text) | Text::Cased(text, _) => text.as_bytes(),
            Text::Bytes(bytes) => bytes,
        }
    }

    /// What follows the last slash.
    pub fn name(&self) -> &[u8] {
        self.as_bytes().get(self.name..).unwrap_or_default()
    }

    /// The name in lower case, for tables of names (ASCII letters only; what is no UTF-8 becomes U+FFFD).
    pub fn name_lower(&self) -> Lower<'_> {
        self.lower_from(self.name)
    }

    /// All of it in lower case, as [`RepoPath::name_lower`].
    pub fn lower(&self) -> Lower<'_> {
        self.lower_from(0)
    }

    /// What follows the last dot of the name, in lower case; empty for `.gitignore` and names without a dot.
    pub fn extension(&self) -> Lower<'_> {
        let dot = memchr::memrchr(b'.', self.name()).filter(|dot| *dot > 0);
        dot.map(|dot| self.lower_from(self.name + dot + 1)).unwrap_or_default()
    }

    /// From a byte on that begins a character.
    fn lower_from(&self, start: usize) -> Lower<'_> {
        match &self.text {
            Text::Lower(text) | Text::Cased(_, text) => Lower(Cow::Borrowed(text.get(start..).unwrap_or_default())),
            Text::Bytes(bytes) => {
                let text = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
                Lower(Cow::Owned(text.to_ascii_lowercase()))
            }
        }
    }

    /// The folder it lies in; empty at the root.
    pub fn folder(&self) -> &[u8] {
        self.as_bytes().get(..self.name.saturating_sub(1)).unwrap_or_default()
    }

    /// Whether it lies at the root.
    pub fn at_root(&self) -> bool {
        self.name == 0
    }

    /// For comparing and searching, never for printing.
    pub fn lossy(&self) -> Cow<'_, str> {
        match &self.text {
            Text::Lower(text) | Text::Cased(text, _) => Cow::Borrowed(text),
            Text::Bytes(bytes) => String::from_utf8_lossy(bytes),
        }
    }

    /// For messages.
    pub fn untrusted(&self) -> Untrusted {
        Untrusted::new(self.as_bytes())
    }
}

/// A part of a path in lower case (ASCII letters only; what is no UTF-8 is U+FFFD).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lower<'p>(Cow<'p, str>);

impl Lower<'_> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text of one's own.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl std::ops::Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Lower<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Lower<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<std::path::Path> for Lower<'_> {
    fn as_ref(&self) -> &std::path::Path {
        self.as_str().as_ref()
    }
}

impl PartialEq<String> for Lower<'_> {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<str> for Lower<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<Lower<'_>> for String {
    fn eq(&self, other: &Lower<'_>) -> bool {
        *self == other.0
    }
}

impl std::fmt::Display for Lower<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for RepoPath {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for RepoPath {}

impl PartialOrd for RepoPath {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RepoPath {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl std::hash::Hash for RepoPath {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl std::fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.as_bytes().escape_ascii())
    }
}

impl AsRef<[u8]> for RepoPath {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl From<&str> for RepoPath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl From<&RepoPath> for Untrusted {
    fn from(path: &RepoPath) -> Self {
        path.untrusted()
    }
}

/// Whether a path may be opened beneath a root: relative, no empty names, no `.` or `..`, no NUL, no `.git`.
pub(crate) fn is_sound(path: &[u8]) -> bool {
    !path.contains(&0)
        && path.split(|byte| *byte == b'/').all(|name| !matches!(name, b"" | b"." | b"..") && !is_dot_git(name))
}

/// Whether a name is `.git` to git or to a file system that git runs on: in any case of the letters, as the short
/// name `git~1`, with dots, spaces or a stream behind it (NTFS), or with characters between that HFS+ ignores.
/// See `is_ntfs_dotgit` and `is_hfs_dotgit` in git's `path.c` and `utf8.c`.
pub(crate) fn is_dot_git(name: &[u8]) -> bool {
    let plain = |name: &[u8]| name.eq_ignore_ascii_case(b".git") || name.eq_ignore_ascii_case(b"git~1");
    if plain(name) {
        return true;
    }
    if !matches!(name.first(), Some(b'.' | b'g' | b'G' | 0xe2 | 0xef)) || name.len() > 64 {
        return false;
    }
    let without_stream = name.split(|byte| *byte == b':').next().unwrap_or_default();
    let end = without_stream.iter().rposition(|byte| !matches!(byte, b'.' | b' ')).map_or(0, |last| last + 1);
    if plain(without_stream.get(..end).unwrap_or_default()) {
        return true;
    }
    let seen: String = String::from_utf8_lossy(name)
        .chars()
        .filter(|char| !matches!(char, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}'))
        .collect();
    seen.eq_ignore_ascii_case(".git")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_dot_git_somewhere() {
        for name in [".git", ".GIT", ".Git", "git~1", "GIT~1", ".git ", ".git.", ".git . .", ".git::$INDEX_ALLOCATION"]
        {
            assert!(is_dot_git(name.as_bytes()), "{name}");
        }
        assert!(is_dot_git(".g\u{200c}it".as_bytes()));
        assert!(is_dot_git("\u{feff}.git".as_bytes()));
        for name in [".gitignore", ".github", "git", ".git2", "git~2", ".gi", "", ".", "..", ".git x"] {
            assert!(!is_dot_git(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn parts() {
        let path = RepoPath::from("docs/De/LIESMICH.MD");
        assert_eq!(path.name(), b"LIESMICH.MD");
        assert_eq!(path.extension(), "md");
        assert_eq!(path.folder(), b"docs/De");
        assert!(!path.at_root());
        for (path, name, end) in [
            (".gitignore", ".gitignore", ""),
            ("a.b/c", "c", ""),
            ("a/B.TAR.Gz", "b.tar.gz", "gz"),
            ("a/b.", "b.", ""),
            ("Ä.TXT", "Ä.txt", "txt"),
            ("", "", ""),
        ] {
            let path = RepoPath::from(path);
            assert_eq!((path.name_lower().as_str(), path.extension().as_str()), (name, end));
        }
        let odd = RepoPath::new(b"a/\xff.\xc3Z");
        assert_eq!((odd.name_lower().as_str(), odd.extension().as_str()), ("\u{fffd}.\u{fffd}z", "\u{fffd}z"));
        assert_eq!(RepoPath::from("a").folder(), b"");
    }
}
