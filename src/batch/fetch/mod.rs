//! How do repositories get here? As bare clones, by the `git` program, in a folder that keeps them for the next run.
//!
//! Git does what it is good at: the network, signing in, proxies. It gets no hooks, no prompts, no submodules, and no
//! protocols but https and ssh (`git.rs`); each call has an end ([`super::child`]). What it leaves in the folder is
//! trusted only where a mark says that it was finished (`cache.rs`).

mod address;
mod cache;
mod git;
mod said;

pub(crate) use address::LONGEST_ADDRESS;
#[cfg(any(test, fuzzing))]
pub(crate) use address::is_allowed;
pub use address::without_secrets;
pub use cache::Held;

use crate::batch::child::{Ended, How, bytes_below};
use crate::phrase::Phrase;
use crate::portfolio::Status;
use cache::Cache;
use git::{FILTER_BYTES, Git, RemoteHead, remote_head};
use said::{Cause, message};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a network is asked in vain.
const ATTEMPTS: u32 = 3;
/// How often somebody looks during a pause whether to stop.
const TICK: Duration = Duration::from_millis(50);

/// Bounds of what is fetched.
#[derive(Clone, Debug)]
pub struct FetchLimits {
    /// how long one repository may take, all attempts together
    pub time: Duration,
    /// how many bytes its clone may have on the disk
    pub bytes: u64,
    /// how many bytes all clones may have together: those that were not used for the longest time go first, those in
    /// use stay
    pub cache: u64,
    /// how many bytes must be free on the disk before anything is fetched
    pub free: u64,
    /// how many bytes of memory git may hold; `None` for as many as it wants
    pub memory: Option<u64>,
    /// the pause before the second attempt; it is four times as long before the third
    pub pause: Duration,
    /// whether `file://` addresses are fetched: for lists that a person wrote, not for what a forge says
    pub local: bool,
}

impl Default for FetchLimits {
    /// 15 minutes and 4 GiB for a repository, 50 GiB for all, of which 2 GiB must be free.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(15 * 60),
            bytes: 4 << 30,
            cache: 50 << 30,
            free: 2 << 30,
            memory: Some(2 << 30),
            pause: Duration::from_secs(2),
            local: false,
        }
    }
}

/// Why a repository could not be fetched.
#[derive(Clone, Debug)]
pub struct Unfetched {
    /// [`Status::Unreachable`] or [`Status::Timeout`]
    pub status: Status,
    /// why, as a sentence; git's words in it hold no secrets of the address
    pub why: Phrase,
    /// how often it was tried
    pub attempts: u32,
    /// there is no room: every other repository would fare the same
    pub disk_full: bool,
    /// nothing is known about the repository, as somebody wanted to stop
    pub stopped: bool,
}

/// The clones of this and earlier runs.
pub struct Clones {
    cache: Cache,
    limits: FetchLimits,
    git: Git,
}

/// Why an attempt failed.
enum Failed {
    Late,
    Stopped,
    TooLarge,
    DiskFull,
    /// git said so
    Git(Cause, String),
    /// git cannot be run
    Started(io::Error),
    /// the folder cannot be written
    Folder(io::Error),
}

/// What one repository still has of its time.
struct Call<'a> {
    address: &'a str,
    until: Instant,
    stop: &'a AtomicBool,
}

impl Clones {
    /// Opens the folder, which is made where it does not exist, and removes what an interrupted run left in it.
    /// `git` is the program (`git`), `this_program` the path of civiclint itself, under which it is run.
    ///
    /// # Errors
    /// Where the folder cannot be made or written, where another run uses it ([`io::ErrorKind::WouldBlock`]), and
    /// where there is no git ([`io::ErrorKind::NotFound`]).
    pub fn open(folder: &Path, limits: FetchLimits, git: PathBuf, this_program: PathBuf) -> io::Result<Self> {
        let cache = Cache::open(folder)?;
        let folder = cache.folder().to_owned();
        let mut git = Git { program: git, guard: this_program, folder, own_ssh: true };
        let ask = [OsStr::new("config"), OsStr::new("--get"), OsStr::new("core.sshCommand")];
        let never = AtomicBool::new(false);
        let asked = git.run(&ask, "", Duration::from_secs(30), &limits, None, &never)?;
        match asked.how {
            How::Exit(code @ (0 | 1)) => git.own_ssh = code == 0,
            How::Exit(127) => return Err(io::Error::new(io::ErrorKind::NotFound, "git")),
            _ => return Err(io::Error::other(message(&String::from_utf8_lossy(&asked.stderr), ""))),
        }
        Ok(Self { cache, limits, git })
    }

    /// Fetches a repository, or what is new in it, and returns the path of its bare clone, which stays while the
    /// result lives. An address is fetched once in the life of a [`Clones`].
    ///
    /// # Errors
    /// Why there is no clone that can be relied on.
    pub fn fetch(&self, address: &str, stop: &AtomicBool) -> Result<Held<'_>, Unfetched> {
        if !address::is_allowed(address, self.limits.local) {
            return Err(unfetched(not_allowed(), 1));
        }
        let key = address::key(address);
        let Some(held) = self.cache.hold(&key, stop) else { return Err(told(Failed::Stopped, &self.limits, 1)) };
        if held.is_fresh() {
            return Ok(held);
        }
        let call = Call { address, until: Instant::now() + self.limits.time, stop };
        let mut pause = self.limits.pause;
        let mut attempts = 1;
        loop {
            let failed = match self.make_room().and_then(|()| self.bring(&key, &call)) {
                Ok(()) => break,
                Err(failed) => failed,
            };
            let again = matches!(failed, Failed::Git(Cause::Network | Cause::Other, _)) && attempts < ATTEMPTS;
            if !again || !call.wait(pause) {
                let failed = if stop.load(Ordering::Relaxed) { Failed::Stopped } else { failed };
                return Err(told(failed, &self.limits, attempts));
            }
            attempts += 1;
            pause *= 4;
        }
        held.fetched();
        self.cache.shrink(self.limits.cache);
        Ok(held)
    }

    /// There must be room before anything is written; clones that nobody uses are given up for it.
    fn make_room(&self) -> Result<(), Failed> {
        while cache::free(self.cache.folder()).is_some_and(|free| free < self.limits.free) {
            if !self.cache.remove_oldest() {
                return Err(Failed::DiskFull);
            }
        }
        Ok(())
    }

    /// Updates the clone, or makes one where there is none that can be relied on.
    fn bring(&self, key: &str, call: &Call<'_>) -> Result<(), Failed> {
        let path = self.cache.path(key);
        if self.cache.is_whole(key, call.address) {
            match self.update(key, &path, call) {
                // it is broken, or changed in a way that git does not follow
                Err(Failed::Git(Cause::Other | Cause::NoFilter, _)) => {}
                other => return other,
            }
        }
        match self.clone(key, call, true) {
            Err(Failed::Git(Cause::NoFilter, _)) => self.clone(key, call, false),
            other => other,
        }
    }

    fn clone(&self, key: &str, call: &Call<'_>, filter: bool) -> Result<(), Failed> {
        self.cache.remove(key).map_err(Failed::Folder)?;
        let new = self.cache.new_path(key);
        let size = OsString::from(format!("--filter=blob:limit={FILTER_BYTES}"));
        let mut args: Vec<&OsStr> = Vec::new();
        let plain = ["clone", "--bare", "--quiet", "--no-recurse-submodules", "--template=", "--origin=origin"];
        args.extend(plain.iter().map(OsStr::new));
        args.extend(filter.then_some(size.as_os_str()));
        args.extend([OsStr::new("--"), OsStr::new(call.address), new.as_os_str()]);
        let made = self
            .ask(&args, call, Some(&new))
            .and_then(|_| self.fits(&new))
            .and_then(|()| self.cache.settle(&new, key, call.address).map_err(Failed::Folder));
        if made.is_err() {
            // an error here is met again by the next clone
            let _ = cache::remove(&new);
        }
        made
    }

    fn update(&self, key: &str, path: &Path, call: &Call<'_>) -> Result<(), Failed> {
        let ask = |args: &[&str]| {
            let git_dir = OsString::from("--git-dir");
            let mut all: Vec<&OsStr> = vec![&git_dir, path.as_os_str()];
            all.extend(args.iter().map(OsStr::new));
            self.ask(&all, call, Some(path))
        };
        let said = ask(&["ls-remote", "--symref", "--", call.address, "HEAD"])?;
        let head = remote_head(&String::from_utf8_lossy(&said.stdout));
        self.cache.unmark(key).map_err(Failed::Folder)?;
        ask(&[
            "fetch",
            "--quiet",
            "--prune",
            "--force",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "origin",
            "+refs/heads/*:refs/heads/*",
            "+refs/tags/*:refs/tags/*",
        ])?;
        match &head {
            RemoteHead::Branch(branch) => ask(&["symbolic-ref", "HEAD", branch])?,
            RemoteHead::Commit(id) => ask(&["update-ref", "--no-deref", "HEAD", id])?,
            RemoteHead::None => said,
        };
        self.fits(path)?;
        self.cache.mark(key, call.address).map_err(Failed::Folder)
    }

    /// Whether a clone is no larger than it may be: a quick one grew between two looks.
    fn fits(&self, path: &Path) -> Result<(), Failed> {
        if bytes_below(path) > self.limits.bytes { Err(Failed::TooLarge) } else { Ok(()) }
    }

    fn ask(&self, args: &[&OsStr], call: &Call<'_>, grows: Option<&Path>) -> Result<Ended, Failed> {
        let left = call.until.saturating_duration_since(Instant::now());
        let ended = self.git.run(args, call.address, left, &self.limits, grows, call.stop).map_err(Failed::Started)?;
        let said = || String::from_utf8_lossy(&ended.stderr).into_owned();
        match ended.how {
            How::Exit(0) => Ok(ended),
            How::Late => Err(Failed::Late),
            How::Stopped => Err(Failed::Stopped),
            How::Folder => Err(Failed::TooLarge),
            How::Exit(_) => match Cause::of(&said()) {
                Cause::DiskFull => Err(Failed::DiskFull),
                cause => Err(Failed::Git(cause, message(&said(), call.address))),
            },
            How::Memory => Err(Failed::Git(Cause::Denied, "git: out of memory".to_owned())),
            How::Output => Err(Failed::Git(Cause::Denied, "git: too much output".to_owned())),
            How::Signal(signal) => Err(Failed::Git(Cause::Other, format!("git: signal {signal}"))),
        }
    }
}

impl Call<'_> {
    /// Whether there is time for another attempt after this pause, and nobody wants to stop.
    fn wait(&self, pause: Duration) -> bool {
        let end = Instant::now() + pause;
        if end > self.until {
            return false;
        }
        while Instant::now() < end {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            std::thread::sleep(TICK.min(pause));
        }
        true
    }
}

fn unfetched(why: Phrase, attempts: u32) -> Unfetched {
    Unfetched { status: Status::Unreachable, why, attempts, disk_full: false, stopped: false }
}

/// What a failure means for the repository.
fn told(failed: Failed, limits: &FetchLimits, attempts: u32) -> Unfetched {
    match failed {
        Failed::Late => {
            let why = Phrase::new(
                "could not be fetched within {seconds} seconds",
                "ließ sich nicht innerhalb von {seconds} Sekunden holen",
            );
            let why = why.with("seconds", limits.time.as_secs().to_string());
            Unfetched { status: Status::Timeout, ..unfetched(why, attempts) }
        }
        Failed::Stopped => {
            let why = Phrase::new("was not fetched: the run was stopped", "wurde nicht geholt: Der Lauf wurde beendet");
            Unfetched { stopped: true, ..unfetched(why, attempts) }
        }
        Failed::TooLarge => {
            let why = Phrase::new(
                "was not fetched: the clone is larger than {size} MiB",
                "wurde nicht geholt: Der Klon ist größer als {size} MiB",
            );
            unfetched(why.with("size", (limits.bytes >> 20).to_string()), attempts)
        }
        Failed::DiskFull => {
            let why = Phrase::new(
                "was not fetched: there is no room left on the disk of the clones",
                "wurde nicht geholt: Auf dem Datenträger der Klone ist kein Platz mehr",
            );
            Unfetched { disk_full: true, ..unfetched(why, attempts) }
        }
        Failed::Git(Cause::NotFound, said) => {
            let why = Phrase::new(
                "there is no such repository, or none without signing in ({said})",
                "ein solches Repository gibt es nicht oder nicht ohne Anmeldung ({said})",
            );
            unfetched(why.with("said", said), attempts)
        }
        Failed::Git(Cause::Denied, said) => {
            let why = Phrase::new(
                "may not be fetched, as git or the server refused ({said})",
                "darf nicht geholt werden: Git oder der Server lehnte ab ({said})",
            );
            unfetched(why.with("said", said), attempts)
        }
        Failed::Git(_, said) => {
            let why = Phrase::new("could not be fetched ({said})", "ließ sich nicht holen ({said})");
            unfetched(why.with("said", said), attempts)
        }
        Failed::Started(error) => {
            let why = Phrase::new(
                "was not fetched: git could not be started ({why})",
                "wurde nicht geholt: Git ließ sich nicht starten ({why})",
            );
            unfetched(why.with("why", error.to_string()), attempts)
        }
        Failed::Folder(error) => {
            let why = Phrase::new(
                "was not fetched: the folder of the clones cannot be written ({why})",
                "wurde nicht geholt: Der Ordner der Klone ist nicht beschreibbar ({why})",
            );
            let disk_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
            Unfetched { disk_full, ..unfetched(why.with("why", error.to_string()), attempts) }
        }
    }
}

fn not_allowed() -> Phrase {
    Phrase::new(
        "was not fetched: only addresses with https:// or ssh:// and of the form user@host:path are",
        "wurde nicht geholt: Das geht nur mit Adressen, die mit https:// oder ssh:// beginnen oder die Form \
         benutzer@rechner:pfad haben",
    )
}
