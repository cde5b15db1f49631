//! What came from a repository, and must not reach a reader unencoded?
//!
//! A repository is the adversary: its names and contents may hold terminal escapes, commands for a CI runner,
//! markup, or bytes that are no UTF-8. [`Untrusted`] has no `Display`, so that the only way to a reader leads
//! through one of the encoders in `output::encode`.

use std::borrow::Cow;
use std::fmt;

/// Bytes from a repository: a name, a path, a value, the words of a parser about them.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untrusted(Box<[u8]>);

impl Untrusted {
    /// Takes the bytes as they are, whatever they hold.
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self(bytes.as_ref().into())
    }

    /// The bytes, for comparing and for encoders.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text for comparing and searching, never for printing; bytes that are no UTF-8 become U+FFFD.
    pub fn lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl From<&str> for Untrusted {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Untrusted {
    fn from(text: String) -> Self {
        Self(text.into_bytes().into())
    }
}

impl From<&[u8]> for Untrusted {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_control_byte() {
        assert_eq!(format!("{:?}", Untrusted::new(b"a\x1b[2J\xff")), "\"a\\x1b[2J\\xff\"");
    }
}
