//! What does the worker give away before it touches anything?
//!
//! Everything here is best effort: what the system does not have is left out, and the deadline of the other side
//! holds in any case (`threats.md` 6, "Process model").

#[cfg(unix)]
use rustix::process::{Resource, Rlimit, getppid, setrlimit, setsid};

/// Memory that may be allocated, in bytes; what is mapped from files does not count.
#[cfg(unix)]
const DATA_BYTES: u64 = 512 << 20;
/// Files that may be open.
#[cfg(unix)]
const FILES: u64 = 1024;

/// Leaves the terminal, sets limits, and keeps the right to read the folder it is in and these others, no more.
///
/// The worker has no parent-death signal, which the death of a mere thread of the parent would send as well: it
/// looks for itself whether its parent is still there.
#[cfg(unix)]
pub(super) fn confine(alternates: &[Vec<u8>], cpu_seconds: u32) {
    let _ = setsid();
    limit(Resource::Data, DATA_BYTES);
    limit(Resource::Cpu, cpu_seconds.into());
    limit(Resource::Nofile, FILES);
    limit(Resource::Core, 0);
    #[cfg(target_os = "linux")]
    {
        let _ = rustix::thread::set_no_new_privs(true);
        let _ = landlock(alternates);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = alternates;
}

/// Windows has neither limits nor rulesets that a process could lay on itself; the job that the parent puts it into
/// ends it (`objects/process.rs`).
#[cfg(windows)]
pub(super) fn confine(_: &[Vec<u8>], _: u32) {}

/// Whether the process that started this one is gone; to be made while it is there.
#[cfg(unix)]
pub(super) fn orphan() -> impl Fn() -> bool + Sync {
    let parent = getppid();
    move || getppid() != parent
}

/// Whether the process that started this one is gone: on Windows the job ends with it, and this one with the job.
#[cfg(windows)]
pub(super) fn orphan() -> impl Fn() -> bool + Sync {
    || false
}

#[cfg(unix)]
fn limit(resource: Resource, most: u64) {
    let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
}

#[cfg(target_os = "linux")]
fn landlock(alternates: &[Vec<u8>]) -> Result<(), landlock::RulesetError> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr, Scope,
    };
    use std::os::unix::ffi::OsStrExt;

    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let abi = ABI::V6;
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?;
    let paths = alternates.iter().map(|path| std::ffi::OsStr::from_bytes(path));
    for path in std::iter::once(std::ffi::OsStr::new(".")).chain(paths) {
        if let Ok(folder) = PathFd::new(path) {
            rules = rules.add_rule(PathBeneath::new(folder, read))?;
        }
    }
    rules.restrict_self()?;
    Ok(())
}
