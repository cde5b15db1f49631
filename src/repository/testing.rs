//! What do tests of this module need? Hostile folders, and a thread that is not root.

use super::safe_root::SafeRoot;
use super::{Limits, Options};
use rustix::fs::{CWD, Mode, OFlags, mkdirat, open, openat, symlinkat};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// A folder with these files, by their paths.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// How tests open a repository: on the day that all of them share, without a worker.
pub(crate) fn options() -> Options {
    let as_of = jiff::civil::date(2026, 11, 22);
    Options { as_of, rev: None, limits: Limits::default(), worker: None }
}

/// A folder `repo` to be looked at, with a secret beside it.
pub(crate) struct Yard {
    top: tempfile::TempDir,
}

impl Yard {
    pub(crate) fn new() -> Self {
        let top = tempfile::tempdir().unwrap();
        std::fs::create_dir(top.path().join("repo")).unwrap();
        std::fs::create_dir(top.path().join("outside")).unwrap();
        std::fs::write(top.path().join("outside/secret"), "secret").unwrap();
        Self { top }
    }

    pub(crate) fn path(&self, path: impl AsRef<[u8]>) -> PathBuf {
        self.top.path().join("repo").join(std::ffi::OsStr::from_bytes(path.as_ref()))
    }

    pub(crate) fn root(&self) -> SafeRoot {
        SafeRoot::open(&self.path("")).unwrap()
    }

    /// The path with all folders it needs, and nothing there.
    fn place(&self, path: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    pub(crate) fn file(&self, path: impl AsRef<[u8]>, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.place(path), bytes).unwrap();
    }

    pub(crate) fn link(&self, path: impl AsRef<[u8]>, target: &str) {
        symlinkat(target, CWD, self.place(path)).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes a pipe as a user would")]
    pub(crate) fn fifo(&self, path: impl AsRef<[u8]>) {
        // macOS has no `mknodat` that rustix would know.
        let made = std::process::Command::new("mkfifo").arg("--").arg(self.place(path)).status();
        assert!(made.unwrap().success());
    }

    pub(crate) fn sparse(&self, path: impl AsRef<[u8]>, len: u64) {
        std::fs::File::create(self.place(path)).unwrap().set_len(len).unwrap();
    }

    pub(crate) fn remove(&self, path: impl AsRef<[u8]>) {
        let path = self.path(path);
        if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
    }

    pub(crate) fn permit(&self, path: impl AsRef<[u8]>, mode: u32) {
        std::fs::set_permissions(self.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Folders of one name in each other, deeper than any path may be long, with a file at the bottom.
    pub(crate) fn nest(&self, name: &[u8], depth: usize) {
        let folder = OFlags::DIRECTORY | OFlags::RDONLY;
        let mut here = open(self.path(""), folder, Mode::empty()).unwrap();
        for _ in 0..depth {
            mkdirat(&here, name, Mode::RWXU).unwrap();
            here = openat(&here, name, folder, Mode::empty()).unwrap();
        }
        openat(&here, "README.md", OFlags::CREATE | OFlags::WRONLY, Mode::RUSR).unwrap();
    }
}

impl Yard {
    /// Makes it a work tree on a branch without commits that tracks these paths.
    pub(crate) fn track(&self, paths: &[&str]) {
        let files: Vec<_> = paths.iter().map(Tracked::file).collect();
        self.index(&IndexFile { files, ..IndexFile::default() });
    }

    /// Makes it a work tree with this index.
    pub(crate) fn index(&self, index: &IndexFile) {
        self.file(".git/HEAD", "ref: refs/heads/main\n");
        self.file(".git/config", "[core]\n\trepositoryformatversion = 0\n");
        std::fs::create_dir_all(self.path(".git/objects")).unwrap();
        std::fs::create_dir_all(self.path(".git/refs/heads")).unwrap();
        self.file(".git/index", index.bytes());
    }
}

/// What a test wants an index to say.
#[derive(Clone)]
pub(crate) struct IndexFile {
    pub(crate) version: u32,
    pub(crate) hash: usize,
    pub(crate) files: Vec<Tracked>,
    pub(crate) extensions: Vec<u8>,
}

impl Default for IndexFile {
    fn default() -> Self {
        Self { version: 2, hash: 20, files: Vec::new(), extensions: Vec::new() }
    }
}

/// An entry of an index.
#[derive(Clone)]
pub(crate) struct Tracked {
    pub(crate) path: Vec<u8>,
    pub(crate) mode: u32,
    pub(crate) stage: u16,
    pub(crate) extended: u16,
}

impl Tracked {
    pub(crate) fn file(path: impl AsRef<[u8]>) -> Self {
        Self { path: path.as_ref().to_vec(), mode: 0o100_644, stage: 0, extended: 0 }
    }
}

impl IndexFile {
    /// The bytes as git writes them, sorted.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut files = self.files.clone();
        files.sort_by(|a, b| (&a.path, a.stage).cmp(&(&b.path, b.stage)));
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(self.version.to_be_bytes());
        bytes.extend(u32::try_from(files.len()).unwrap().to_be_bytes());
        let mut before: Vec<u8> = Vec::new();
        for file in files {
            let start = bytes.len();
            bytes.extend([0; 24]);
            bytes.extend(file.mode.to_be_bytes());
            bytes.extend([0; 12]);
            bytes.extend(vec![7; self.hash]);
            let length = u16::try_from(file.path.len().min(0xfff)).unwrap();
            let extended = u16::from(file.extended != 0) << 14;
            bytes.extend((file.stage << 12 | extended | length).to_be_bytes());
            if file.extended != 0 {
                bytes.extend(file.extended.to_be_bytes());
            }
            if self.version == 4 {
                let same = before.iter().zip(&file.path).take_while(|(a, b)| a == b).count();
                bytes.extend(varint(before.len() - same));
                bytes.extend(&file.path[same..]);
                bytes.push(0);
            } else {
                bytes.extend(&file.path);
                bytes.push(0);
                while !(bytes.len() - start).is_multiple_of(8) {
                    bytes.push(0);
                }
            }
            before = file.path;
        }
        bytes.extend(&self.extensions);
        bytes.extend(vec![0; self.hash]);
        bytes
    }
}

/// An extension of an index.
pub(crate) fn extension(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [name.as_slice(), &u32::try_from(body.len()).unwrap().to_be_bytes(), body].concat()
}

fn varint(mut value: usize) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(value & 0x7f).unwrap()];
    while value >= 0x80 {
        value = (value >> 7) - 1;
        bytes.insert(0, u8::try_from(value & 0x7f).unwrap() | 0x80);
    }
    bytes
}

/// From here on this thread may read no more than an ordinary user, even where the tests run as root.
#[cfg(target_os = "linux")]
pub(crate) fn without_privileges() {
    use rustix::thread::{CapabilitySet, capabilities, set_capabilities};
    let mut sets = capabilities(None).unwrap();
    sets.effective.remove(CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH);
    set_capabilities(None, sets).unwrap();
}

/// Elsewhere tests are not run as root.
#[cfg(not(target_os = "linux"))]
pub(crate) fn without_privileges() {}
