//! How does a process end when the one that started it is gone, even by `kill -9`?
//!
//! Its standard input is a pipe whose other end only its parent holds. The first frame in it is for the process; after
//! that nothing comes but the end, when the parent closes the pipe or the system does it for a parent that was killed.

use crate::repository::worker::wire::read_frame;
use std::ffi::OsString;
use std::io::{self, Read};
use std::process::{Command, ExitCode, Stdio};

/// The hidden command that runs any program under a life line: `civiclint __guard PROGRAM ARGUMENT…`.
pub const GUARD: &str = "__guard";

/// To be called first thing in a process that [`super::run`] started. Ends this process and its group when the parent
/// goes, however it goes; where the system runs out of memory, it is this process that it takes, not its parent.
/// Returns the frame of the task.
///
/// # Errors
/// Where no whole frame arrives, or no thread can be started to hold the line.
pub fn hold_life_line() -> io::Result<Vec<u8>> {
    // best effort: other systems have no such file
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    let frame = read_frame(&mut io::stdin().lock())?.ok_or(io::ErrorKind::UnexpectedEof)?;
    std::thread::Builder::new().name("life line".to_owned()).spawn(|| {
        let mut rest = [0; 64];
        let mut input = io::stdin().lock();
        while match input.read(&mut rest) {
            Ok(count) => count > 0,
            Err(error) => error.kind() == io::ErrorKind::Interrupted,
        } {}
        end();
    })?;
    Ok(frame)
}

/// Ends this process and its group, if it leads one: else it was started by hand, and the group is somebody else's.
#[cfg(unix)]
fn end() {
    use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group, kill_process};
    if getpgrp() == getpid() {
        let _ = kill_current_process_group(Signal::KILL);
    }
    let _ = kill_process(getpid(), Signal::KILL);
}

/// On Windows the job that the parent holds ends its processes with the parent; this is for one without a job.
#[cfg(windows)]
fn end() {
    std::process::abort();
}

/// What `civiclint __guard PROGRAM ARGUMENT…` does: runs the program without a standard input, in the group of this
/// process and under its life line, and ends as it ends. `args` begins with the program.
pub fn guard(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    let (Some(program), Ok(_)) = (args.next(), hold_life_line()) else { return ExitCode::FAILURE };
    #[expect(clippy::disallowed_methods, reason = "the program that the parent wanted, which is git")]
    let status = Command::new(program).args(args).stdin(Stdio::null()).status();
    match status {
        Ok(status) => ExitCode::from(code(status)),
        // what shells say of a program that is not there
        Err(_) => ExitCode::from(127),
    }
}

/// The code of a program, as shells tell it: 128 and the signal, where there is none.
fn code(status: std::process::ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(signal.saturating_add(128)).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}
