//! What does the worker give away before it touches anything?
//!
//! Everything here is best effort: what the system does not have is left out, and the deadline of the other side
//! holds in any case (`threats.md` 6, "Process model").

use super::wire::{Packer, Unpacker};
use crate::phrase::{Lang, Message, Phrase};
#[cfg(unix)]
use rustix::process::{Resource, Rlimit, getppid, getrlimit, setrlimit, setsid};

/// Files that may be open.
#[cfg(unix)]
const FILES: u64 = 1024;

/// What the worker has given away, as far as the system let it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confinement {
    /// what of the file system and the network it may reach
    pub(crate) landlock: Landlock,
    /// bytes of memory that it may allocate; what is mapped from files does not count
    pub(crate) memory: Option<u64>,
    /// seconds that it may compute
    pub(crate) seconds: Option<u64>,
    /// files that it may have open
    pub(crate) files: Option<u64>,
    /// whether its memory is never written to disk when it ends badly
    pub(crate) no_core: bool,
    /// whether no program that it starts gets more rights than it has
    pub(crate) no_new_privileges: bool,
}

/// What the kernel enforces of a Landlock ruleset; the number is the version of its interface (ABI) in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Landlock {
    /// nothing: the kernel has no Landlock, or it is switched off
    #[default]
    Not,
    /// what this version knows: files at least, and connections from version 4 on
    Partly(u8),
    /// everything that was asked for
    Fully(u8),
}

/// The first version of Landlock that keeps connections by TCP.
const WITH_TCP: u8 = 4;

impl Confinement {
    pub(super) fn pack(&self, out: &mut Packer) {
        let (kind, abi) = match self.landlock {
            Landlock::Not => (0, 0),
            Landlock::Partly(abi) => (1, abi),
            Landlock::Fully(abi) => (2, abi),
        };
        out.u8(kind);
        out.u8(abi);
        for limit in [self.memory, self.seconds, self.files] {
            out.option(limit, Packer::u64);
        }
        out.u8(self.no_core.into());
        out.u8(self.no_new_privileges.into());
    }

    pub(super) fn unpack(input: &mut Unpacker<'_>) -> Option<Self> {
        let landlock = match (input.u8()?, input.u8()?) {
            (0, 0) => Landlock::Not,
            (1, abi) => Landlock::Partly(abi),
            (2, abi) => Landlock::Fully(abi),
            _ => return None,
        };
        Some(Self {
            landlock,
            memory: input.option(Unpacker::u64)?,
            seconds: input.option(Unpacker::u64)?,
            files: input.option(Unpacker::u64)?,
            no_core: input.u8()? != 0,
            no_new_privileges: input.u8()? != 0,
        })
    }

    /// What was in force, in a sentence or two.
    pub fn message(&self, lang: Lang) -> Message {
        let landlock = match self.landlock {
            Landlock::Not => Phrase::new(
                "without Landlock, which this system does not have",
                "ohne Landlock, das es auf diesem System nicht gibt",
            ),
            Landlock::Partly(abi) | Landlock::Fully(abi) if abi >= WITH_TCP => Phrase::new(
                "under Landlock (version {abi}): it could read the object database, no other file, and open no TCP \
                 connection",
                "unter Landlock (Version {abi}): Er konnte die Objektdatenbank lesen, sonst keine Datei, und keine \
                 TCP-Verbindung öffnen",
            )
            .with("abi", abi.to_string()),
            Landlock::Partly(abi) | Landlock::Fully(abi) => Phrase::new(
                "under Landlock (version {abi}, which does not keep connections): it could read the object database, \
                 no other file",
                "unter Landlock (Version {abi}, die keine Verbindungen verhindert): Er konnte die Objektdatenbank \
                 lesen, sonst keine Datei",
            )
            .with("abi", abi.to_string()),
        };
        let phrase = Phrase::new(
            "Git objects were read in a process of its own, {landlock}. Limits in force: {limits}.",
            "Git-Objekte las ein eigener Prozess, {landlock}. Grenzen in Kraft: {limits}.",
        );
        let mut limits: Vec<String> = Vec::new();
        let mut add = |en: &str, de: &str, value: Option<String>| {
            limits.extend(value.map(|value| lang.pick(en, de).replace("{}", &value)));
        };
        add("{} MiB of memory", "{} MiB Speicher", self.memory.map(|bytes| (bytes >> 20).to_string()));
        add("{} s of computing", "{} s Rechenzeit", self.seconds.map(|seconds| seconds.to_string()));
        add("{} open files", "{} offene Dateien", self.files.map(|files| files.to_string()));
        add("no core dumps", "keine Speicherabzüge", self.no_core.then(String::new));
        add("no new privileges", "keine neuen Rechte", self.no_new_privileges.then(String::new));
        if limits.is_empty() {
            limits.push(lang.pick("none", "keine").to_owned());
        }
        phrase.with_phrase("landlock", landlock).with("limits", limits.join(", ")).message(lang)
    }
}

/// Leaves the terminal, sets limits, and keeps the right to read the folder it is in and these others, no more; says
/// what of it the system enforces now.
///
/// The worker has no parent-death signal, which the death of a mere thread of the parent would send as well: it
/// looks for itself whether its parent is still there.
#[cfg(unix)]
pub(super) fn confine(alternates: &[Vec<u8>], cpu_seconds: u32, memory: u64) -> Confinement {
    let _ = setsid();
    limit(Resource::Data, memory, memory);
    // the first ends it with a signal of its own, by which the parent knows why
    limit(Resource::Cpu, cpu_seconds.into(), u64::from(cpu_seconds) + 1);
    limit(Resource::Nofile, FILES, FILES);
    limit(Resource::Core, 0, 0);
    let in_force = |resource| getrlimit(resource).current;
    let mut confinement = Confinement {
        memory: in_force(Resource::Data),
        seconds: in_force(Resource::Cpu),
        files: in_force(Resource::Nofile),
        no_core: in_force(Resource::Core) == Some(0),
        ..Confinement::default()
    };
    #[cfg(target_os = "linux")]
    {
        let _ = rustix::thread::set_no_new_privs(true);
        confinement.landlock = landlock(alternates).unwrap_or_default();
        confinement.no_new_privileges = rustix::thread::no_new_privs().unwrap_or_default();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (alternates, &mut confinement);
    confinement
}

/// Windows has neither limits nor rulesets that a process could lay on itself; the job that the parent puts it into
/// ends it (`objects/process.rs`).
#[cfg(windows)]
pub(super) fn confine(_: &[Vec<u8>], _: u32, _: u64) -> Confinement {
    Confinement::default()
}

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

/// Sets a limit, or as much of it as may be set: a lower one that is there already stays.
#[cfg(unix)]
fn limit(resource: Resource, soft: u64, hard: u64) {
    let there = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let (soft, hard) = (soft.min(there), hard.min(there));
    let _ = setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) });
}

#[cfg(target_os = "linux")]
fn landlock(alternates: &[Vec<u8>]) -> Result<Landlock, landlock::RulesetError> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetStatus, Scope,
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
    let status = rules.restrict_self()?;
    let version = match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => u8::try_from(effective_abi as i32).unwrap_or_default(),
        _ => 0,
    };
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => Landlock::Fully(version),
        RulesetStatus::PartiallyEnforced => Landlock::Partly(version),
        RulesetStatus::NotEnforced => Landlock::Not,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::encode;

    impl Confinement {
        /// Everything that a system can give.
        pub(crate) fn all() -> Self {
            Self {
                landlock: Landlock::Fully(6),
                memory: Some(512 << 20),
                seconds: Some(60),
                files: Some(1024),
                no_core: true,
                no_new_privileges: true,
            }
        }
    }

    #[test]
    fn what_was_in_force_is_said() {
        let told = |confinement: &Confinement, lang| encode::terminal(&confinement.message(lang));
        let all = told(&Confinement::all(), Lang::En);
        assert!(all.contains("Landlock (version 6)") && all.contains("no TCP"), "{all}");
        assert!(
            all.ends_with("512 MiB of memory, 60 s of computing, 1024 open files, no core dumps, no new privileges.")
        );
        let old = Confinement { landlock: Landlock::Partly(2), ..Confinement::default() };
        let old = told(&old, Lang::De);
        assert!(
            old.contains("Version 2, die keine Verbindungen verhindert") && old.ends_with("in Kraft: keine."),
            "{old}"
        );
        assert!(told(&Confinement::default(), Lang::En).contains("without Landlock"));
    }
}
