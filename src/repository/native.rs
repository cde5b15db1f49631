//! How does this system write paths, and when are two of them one folder?
//!
//! Within a repository paths are bytes with `/`, as git keeps them. A Unix takes these bytes as they are; on Windows
//! names are Unicode, so that bytes that are no UTF-8 name nothing there.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The bytes of a name or path; on Windows as UTF-8, with what is no Unicode as the standard library encodes it.
pub fn bytes_of(path: &OsStr) -> &[u8] {
    path.as_encoded_bytes()
}

/// The name or path that these bytes are; on Windows, where they are no UTF-8, one that nothing has.
pub(crate) fn path_of(bytes: &[u8]) -> Cow<'_, Path> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        Cow::Borrowed(Path::new(OsStr::from_bytes(bytes)))
    }
    #[cfg(not(unix))]
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => Cow::Borrowed(Path::new(text)),
        Cow::Owned(text) => Cow::Owned(PathBuf::from(text)),
    }
}

/// As `path_of`, for lists that are read from outside.
pub fn owned_path_of(bytes: &[u8]) -> PathBuf {
    path_of(bytes).into_owned()
}

/// What two paths have in common that lead to the same file or folder.
#[cfg(unix)]
pub(crate) type Identity = (u64, u64);
/// What two paths have in common that lead to the same file or folder.
#[cfg(not(unix))]
pub(crate) type Identity = PathBuf;

/// The identity of what lies at a path; `None` where nothing does.
pub(crate) fn identity(path: &Path) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    std::fs::canonicalize(path).ok()
}
