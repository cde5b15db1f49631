//! What do all targets have in common? A folder of their own, and a door of civiclint that they open.

use std::path::Path;
use std::sync::LazyLock;

pub use libfuzzer_sys;

/// In memory where there is such a folder: a target may write thousands of files a second.
static SCRATCH: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder for this run")
});

/// Opens the door of this name; see `civiclint::fuzzing`.
pub fn run(name: &str, data: &[u8]) {
    civiclint::fuzzing::run(name, SCRATCH.path(), data);
}

/// A target that opens the door of this name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::run($name, data));
    };
}
