//! Which form does a repository have, by its `config`?
//!
//! A reader of our own for the few keys that say how objects and refs are kept. Nothing is included, nothing is
//! expanded, and nothing in it decides what is read. The syntax is that of git-config(1), "Syntax".

use crate::phrase::Phrase;
use std::collections::BTreeMap;

/// The keys that matter, as the file has them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// `core.repositoryformatversion`
    version: Option<Vec<u8>>,
    /// `core.worktree`: used for the way back from a submodule's git folder only
    pub(super) worktree: Option<Vec<u8>>,
    /// `remote.<name>.url`, the first of each: told to those who compare addresses, and never called up
    pub(super) remotes: BTreeMap<Vec<u8>, Vec<u8>>,
    /// whether a `remote.<name>.tagOpt` says that tags are not fetched
    pub(super) leaves_tags: bool,
    /// what a partial clone left on the server
    pub(super) promised: Option<Promised>,
    /// `extensions.*`, by name in lower case
    extensions: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// How long the ids of objects are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ObjectFormat {
    /// twenty bytes
    #[default]
    Sha1,
    /// thirty-two bytes
    Sha256,
}

/// What a partial clone may leave on the server (git-clone(1), `--filter`; partial-clone.txt of git's documentation).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promised {
    /// files of at least so many bytes
    From(u64),
    /// nobody knows what
    Something,
}

impl Promised {
    /// What a filter leaves out.
    fn of(filter: &[u8]) -> Self {
        let number = || {
            let text = std::str::from_utf8(filter.strip_prefix(b"blob:limit=")?).ok()?;
            let (digits, shift) = match text.as_bytes().last()? {
                b'k' | b'K' => (text.get(..text.len() - 1)?, 10),
                b'm' | b'M' => (text.get(..text.len() - 1)?, 20),
                b'g' | b'G' => (text.get(..text.len() - 1)?, 30),
                _ => (text, 0),
            };
            digits.parse::<u64>().ok()?.checked_mul(1 << shift)
        };
        number().map_or(Self::Something, Self::From)
    }

    /// What both leave out.
    fn and(self, other: Option<Self>) -> Self {
        match (self, other) {
            (Self::From(one), Some(Self::From(two))) => Self::From(one.min(two)),
            (one @ Self::From(_), None) => one,
            _ => Self::Something,
        }
    }
}

/// Extensions that change nothing about how commits are read; see git's `setup.c` and gitrepository-layout(5).
const HARMLESS: [&[u8]; 6] =
    [b"noop", b"preciousobjects", b"partialclone", b"worktreeconfig", b"relativeworktrees", b"compatobjectformat"];

/// So many remotes are kept, and addresses of this length.
const REMOTES: usize = 16;
const ADDRESS_BYTES: usize = 500;

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// The number of the line that git would not understand either.
    pub(super) fn parse(text: &[u8]) -> Result<Self, usize> {
        let mut config = Self::default();
        let mut reader = Reader { rest: text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text), line: 1 };
        let mut section = Vec::new();
        while let Some(byte) = reader.next() {
            match byte {
                byte if byte.is_ascii_whitespace() => {}
                b'#' | b';' => reader.skip_line(),
                b'[' => section = reader.section().ok_or(reader.line)?,
                byte if byte.is_ascii_alphabetic() && !section.is_empty() => {
                    let line = reader.line;
                    let (key, value) = reader.entry(byte).ok_or(line)?;
                    config.keep(&section, key, value);
                }
                _ => return Err(reader.line),
            }
        }
        Ok(config)
    }

    fn keep(&mut self, section: &[u8], key: Vec<u8>, value: Vec<u8>) {
        match (section, key.as_slice()) {
            (b"core", b"repositoryformatversion") => self.version = Some(value),
            (b"core", b"worktree") => self.worktree = Some(value),
            (_, b"url") if self.remotes.len() < REMOTES && value.len() <= ADDRESS_BYTES => {
                if let Some(name) = section.strip_prefix(b"remote\0") {
                    self.remotes.entry(name.to_owned()).or_insert(value);
                }
            }
            (_, b"tagopt") if section.starts_with(b"remote\0") => self.leaves_tags |= value == b"--no-tags",
            (_, b"partialclonefilter") if section.starts_with(b"remote\0") => {
                self.promised = Some(Promised::of(&value).and(self.promised));
            }
            (b"extensions", _) => {
                self.extensions.insert(key, value);
            }
            _ => {}
        }
    }

    /// Which hash names the objects.
    pub(super) fn object_format(&self) -> ObjectFormat {
        match self.extension(b"objectformat") {
            Some(format) if format.eq_ignore_ascii_case(b"sha256") => ObjectFormat::Sha256,
            _ => ObjectFormat::Sha1,
        }
    }

    /// Whether `config.worktree` holds settings as well.
    pub(super) fn has_worktree_config(&self) -> bool {
        self.extension(b"worktreeconfig").is_some_and(|value| value.eq_ignore_ascii_case(b"true"))
    }

    fn extension(&self, name: &[u8]) -> Option<&[u8]> {
        self.extensions.get(name).map(Vec::as_slice)
    }

    /// Whether a repository of this form can be read.
    ///
    /// # Errors
    /// What about it is not supported.
    pub(super) fn supported(&self) -> Result<(), Phrase> {
        let version = match self.version.as_deref() {
            None | Some(b"0") => 0,
            Some(b"1") => 1,
            Some(other) => {
                return Err(Phrase::new(
                    "the git history was not read: .git/config names the unknown repository format {version}",
                    "die Git-Historie wurde nicht gelesen: .git/config nennt das unbekannte Repository-Format \
                     {version}",
                )
                .with("version", shortened(other)));
            }
        };
        if self.object_format() == ObjectFormat::Sha256 {
            return Err(Phrase::new(
                "the git history was not read: SHA-256 object ids (sha256) are not supported",
                "die Git-Historie wurde nicht gelesen: Objektkennungen mit SHA-256 (sha256) werden nicht \
                 unterstützt",
            ));
        }
        if self.extension(b"refstorage").is_some_and(|storage| !storage.eq_ignore_ascii_case(b"files")) {
            return Err(Phrase::new(
                "the git history was not read: reftable storage is not supported",
                "die Git-Historie wurde nicht gelesen: Die Ablage der Refs als reftable wird nicht unterstützt",
            ));
        }
        let known = |name: &[u8]| HARMLESS.contains(&name) || matches!(name, b"objectformat" | b"refstorage");
        let sha1 = self.extension(b"objectformat").is_none_or(|format| format.eq_ignore_ascii_case(b"sha1"));
        let unknown = self.extensions.keys().find(|name| version == 1 && !known(name)).map(Vec::as_slice);
        match unknown.or((!sha1).then_some(b"objectformat")) {
            None => Ok(()),
            Some(name) => Err(Phrase::new(
                "the git history was not read: .git/config demands the extension {name}, which is not supported",
                "die Git-Historie wurde nicht gelesen: .git/config verlangt die Erweiterung {name}, die nicht \
                 unterstützt wird",
            )
            .with("name", shortened(name))),
        }
    }
}

fn shortened(text: &[u8]) -> &[u8] {
    text.get(..40).unwrap_or(text)
}

struct Reader<'a> {
    rest: &'a [u8],
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.line += usize::from(*first == b'\n');
        // `\r\n` counts as one line end, as git has it
        if *first == b'\r' && rest.first() == Some(&b'\n') { self.next() } else { Some(*first) }
    }

    fn skip_line(&mut self) {
        while self.next().is_some_and(|byte| byte != b'\n') {}
    }

    /// What follows `[`: the name in lower case, and a NUL and the subsection where there is one.
    fn section(&mut self) -> Option<Vec<u8>> {
        let mut name = Vec::new();
        loop {
            match self.next()? {
                b']' => return Some(name).filter(|name| !name.is_empty()),
                b' ' | b'\t' => break,
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') => {
                    name.push(byte.to_ascii_lowercase());
                }
                _ => return None,
            }
        }
        while self.rest.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            self.next();
        }
        if self.next()? != b'"' {
            return None;
        }
        name.push(0);
        loop {
            match self.next()? {
                b'"' => break,
                b'\n' => return None,
                b'\\' => name.push(self.next().filter(|byte| *byte != b'\n')?),
                byte => name.push(byte),
            }
        }
        (self.next()? == b']').then_some(name)
    }

    /// A key that begins with `first`, and its value; `true` where there is none.
    fn entry(&mut self, first: u8) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut key = vec![first.to_ascii_lowercase()];
        while let Some(byte) = self.rest.first().copied().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            key.push(byte.to_ascii_lowercase());
            self.next();
        }
        loop {
            match self.next() {
                Some(b' ' | b'\t') => {}
                Some(b'=') => break,
                Some(b'\n') | None => return Some((key, b"true".to_vec())),
                _ => return None,
            }
        }
        self.value().map(|value| (key, value))
    }

    fn value(&mut self) -> Option<Vec<u8>> {
        let mut value = Vec::new();
        let mut quoted = false;
        // how much of the value is kept when white space at its end is taken off
        let mut solid = 0;
        loop {
            match self.next() {
                None | Some(b'\n') if quoted => return None,
                None | Some(b'\n') => break,
                Some(b'#' | b';') if !quoted => {
                    self.skip_line();
                    break;
                }
                Some(b'"') => {
                    quoted = !quoted;
                    solid = value.len();
                }
                Some(b'\\') => {
                    match self.next()? {
                        b'\n' => continue,
                        b'n' => value.push(b'\n'),
                        b't' => value.push(b'\t'),
                        b'b' => value.push(8),
                        byte @ (b'\\' | b'"') => value.push(byte),
                        _ => return None,
                    }
                    solid = value.len();
                }
                Some(byte) if byte.is_ascii_whitespace() && !quoted => {
                    if !value.is_empty() {
                        value.push(byte);
                    }
                }
                Some(byte) => {
                    value.push(byte);
                    solid = value.len();
                }
            }
        }
        value.truncate(solid);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::Lang;

    fn why(text: &str) -> Option<String> {
        let phrase = Config::parse(text.as_bytes()).unwrap().supported().err()?;
        Some(format!("{:?}", phrase.message(Lang::En)))
    }

    #[test]
    fn what_a_partial_clone_left_on_the_server() {
        let promised = |text: &str| Config::parse(text.as_bytes()).unwrap().promised;
        for (filter, is) in [
            ("blob:limit=16777217", Promised::From(16_777_217)),
            ("blob:limit=2k", Promised::From(2048)),
            ("blob:limit=1M", Promised::From(1 << 20)),
            ("blob:none", Promised::Something),
            ("blob:limit=", Promised::Something),
            ("blob:limit=99999999999999999999", Promised::Something),
            ("blob:limit=18446744073709551615g", Promised::Something),
        ] {
            let text = format!("[remote \"origin\"]\n\tpromisor = true\n\tpartialclonefilter = {filter}\n");
            assert_eq!(promised(&text), Some(is), "{filter}");
        }
        let two =
            "[remote \"a\"]\npartialCloneFilter = blob:limit=9\n[remote \"b\"]\npartialCloneFilter = blob:limit=7\n";
        assert_eq!(promised(two), Some(Promised::From(7)));
        assert_eq!(promised(&format!("{two}[remote \"c\"]\npartialCloneFilter = tree:0\n")), Some(Promised::Something));
        assert_eq!(promised("[remote \"a\"]\nurl = x\n"), None);
    }

    #[test]
    fn values() {
        for (text, value) in [
            ("[core]\n\tworktree = ../../x\n", "../../x"),
            ("[CORE]WorkTree=a b  # c\n", "a b"),
            ("[core]\nworktree = \"a # b \" ; c", "a # b "),
            ("[core]\nworktree = a\\\n  b\n", "a  b"),
            ("[core]\r\nworktree = a\\\\\\t\\\"\r\n", "a\\\t\""),
            ("[core]\nworktree = one\nworktree = two\n", "two"),
            ("\u{feff}[core]\nworktree\n", "true"),
            ("[core]\n worktree = x\n[core \"sub\"]\n worktree = y\n", "x"),
            ("[core]\nworktree = \n", ""),
        ] {
            let config = Config::parse(text.as_bytes()).unwrap();
            assert_eq!(config.worktree.as_deref(), Some(value.as_bytes()), "{text}");
        }
        let other = "[remotes \"a\\\"b\"]\n\turl = ext::x\n[include]\n\tpath = /dev/zero\n";
        assert_eq!(Config::parse(other.as_bytes()), Ok(Config::default()));
        let remotes = "[remote \"origin\"]\nurl = a\nurl = b\n[remote \"x\"]\npushurl = c\n[url \"d\"]\nurl = e\n";
        let remotes = Config::parse(remotes.as_bytes()).unwrap().remotes;
        assert_eq!(remotes.into_iter().collect::<Vec<_>>(), [(b"origin".to_vec(), b"a".to_vec())]);
        let many: String = (0..99).map(|n| format!("[remote \"{n}\"]\nurl = a\n")).collect();
        assert_eq!(Config::parse(many.as_bytes()).unwrap().remotes.len(), REMOTES);
    }

    #[test]
    fn broken() {
        for (text, line) in [
            ("[core\n\u{1b}[31m = \0\nrepositoryformatversion = 1\n", 2),
            ("key = value\n", 1),
            ("[core]\n\nkey = \"open\n", 3),
            ("[core]\nkey = a\\x\n", 2),
            ("[core]\nkey ? a\n", 2),
            ("[a \"b\n\"]\n", 2),
            ("[]\n", 1),
            ("[core", 1),
            ("\0", 1),
        ] {
            assert_eq!(Config::parse(text.as_bytes()), Err(line), "{text:?}");
        }
    }

    #[test]
    fn forms() {
        for text in [
            "",
            "[core]\nrepositoryformatversion = 0\n[extensions]\nunheardOf = 1\n",
            "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\nworktreeConfig = \
             true\nnoop\n",
            "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha1\nrefStorage = files\n",
        ] {
            assert_eq!(why(text), None, "{text}");
        }
        for (text, word) in [
            ("[core]\nrepositoryformatversion = 2\n", "config"),
            ("[core]\nrepositoryformatversion = 99999999999\n", "config"),
            ("[core]\nrepositoryformatversion = x\n", "config"),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nunheardOf = 1\n", "unheardof"),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n", "SHA-256"),
            ("[extensions]\nobjectFormat = sha256\n", "SHA-256"),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha512\n", "objectformat"),
            ("[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n", "reftable"),
        ] {
            let why = why(text).unwrap();
            assert!(why.contains(word) && why.contains("git"), "{text}: {why}");
        }
    }
}
