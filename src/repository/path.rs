//! How is a place in the tree called?

use crate::untrusted::Untrusted;

/// The path of a file or folder, relative to the root, with `/`, in the bytes git has; it need not be UTF-8.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Box<[u8]>);

impl RepoPath {
    /// A path from its bytes. Whoever opens it does so through the one door, which refuses what leads out.
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self(bytes.as_ref().into())
    }

    /// All of it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What follows the last slash.
    pub fn name(&self) -> &[u8] {
        self.0.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
    }

    /// The name in lower case, for tables of names (ASCII letters only; what is no UTF-8 becomes U+FFFD).
    pub fn name_lower(&self) -> String {
        String::from_utf8_lossy(self.name()).to_ascii_lowercase()
    }

    /// All of it in lower case, as [`RepoPath::name_lower`].
    pub fn lower(&self) -> String {
        self.lossy().to_ascii_lowercase()
    }

    /// What follows the last dot of the name, in lower case; empty for `.gitignore` and names without a dot.
    pub fn extension(&self) -> String {
        let name = self.name_lower();
        match name.rfind('.') {
            Some(dot) if dot > 0 => name[dot + 1..].to_owned(),
            _ => String::new(),
        }
    }

    /// The folder it lies in; empty at the root.
    pub fn folder(&self) -> &[u8] {
        match self.0.iter().rposition(|byte| *byte == b'/') {
            Some(slash) => &self.0[..slash],
            None => &[],
        }
    }

    /// Whether it lies at the root.
    pub fn at_root(&self) -> bool {
        !self.0.contains(&b'/')
    }

    /// For comparing and searching, never for printing.
    pub fn lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// For messages.
    pub fn untrusted(&self) -> Untrusted {
        Untrusted::new(&self.0)
    }
}

impl std::fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl AsRef<[u8]> for RepoPath {
    fn as_ref(&self) -> &[u8] {
        &self.0
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
        assert_eq!(RepoPath::from(".gitignore").extension(), "");
        assert_eq!(RepoPath::from("a").folder(), b"");
    }
}
