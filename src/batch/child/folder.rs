//! How much lies in a folder, and is it too much?

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// So many files and folders are counted; whoever has more has too much.
const ENTRIES: usize = 2_000_000;
/// The shortest time between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// The bytes that all files below a folder take on the disk. Links are not followed; what goes away meanwhile, or
/// cannot be seen, counts nothing. [`u64::MAX`] where there are more than two million entries.
pub fn bytes_below(folder: &Path) -> u64 {
    let mut open = vec![folder.to_owned()];
    let (mut bytes, mut seen) = (0_u64, 0_usize);
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            seen += 1;
            if seen > ENTRIES {
                return u64::MAX;
            }
            let Ok(about) = entry.metadata() else { continue };
            bytes = bytes.saturating_add(on_disk(&about));
            if about.is_dir() {
                open.push(entry.path());
            }
        }
    }
    bytes
}

/// A file that was written just now may not have its blocks yet, and a small one takes a whole block.
#[cfg(unix)]
fn on_disk(about: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.len().max(about.blocks().saturating_mul(512))
}

#[cfg(not(unix))]
fn on_disk(about: &std::fs::Metadata) -> u64 {
    about.len()
}

/// A look at a folder every now and then; the longer a look takes, the less often.
pub(super) struct Watch {
    folder: PathBuf,
    most: u64,
    next: Instant,
}

impl Watch {
    pub(super) fn new(folder: &Path, most: u64) -> Self {
        Self { folder: folder.to_owned(), most, next: Instant::now() + PAUSE }
    }

    pub(super) fn is_too_large(&mut self) -> bool {
        let start = Instant::now();
        if start < self.next {
            return false;
        }
        let bytes = bytes_below(&self.folder);
        let now = Instant::now();
        self.next = now + PAUSE.max(now.duration_since(start) * 10);
        bytes > self.most
    }
}
