//! Who works in a folder? One process at a time, by a lock that ends with it, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::time::{Duration, Instant};

/// How long a lock may outlive who held it: a process that is just being started has a copy of every open file until
/// it becomes another program.
const MOMENT: Duration = Duration::from_millis(500);

/// Locks a file; `false` where another process has it.
///
/// # Errors
/// Where the system cannot lock it.
pub(crate) fn take(file: &File) -> io::Result<bool> {
    let until = Instant::now() + MOMENT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(Duration::from_millis(10)),
            Err(TryLockError::WouldBlock) => return Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::OpenOptions;

    #[test]
    fn who_goes_within_a_moment_is_waited_for_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let open = || OpenOptions::new().create(true).append(true).open(&path).unwrap();
        let first = open();
        assert!(take(&first).unwrap());
        assert!(!take(&open()).unwrap());
        let going = std::thread::spawn(move || {
            std::thread::sleep(MOMENT / 10);
            drop(first);
        });
        assert!(take(&open()).unwrap());
        going.join().unwrap();
    }
}
