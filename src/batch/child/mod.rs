//! How is a process started for one repository, so that there is an end to everything it does?
//!
//! To its time, its memory, what it says, the folder it fills, its children, and to itself when this program goes:
//! its standard input stays open as long as somebody waits for it ([`hold_life_line`]).

mod folder;
mod group;
mod life_line;
mod memory;
mod pipes;

pub use folder::bytes_below;
pub use life_line::{GUARD, guard, hold_life_line};

use group::Group;
use memory::Memory;
use pipes::{Event, Kept};
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How often somebody looks at memory and at the time.
const TICK: Duration = Duration::from_millis(20);
/// How long the first look is put off, and the looks at a process that has closed its output and is about to go.
const SHORT_TICK: Duration = Duration::from_millis(2);
/// How long a process may take to be gone after it was killed, and what it said to arrive.
const GRACE: Duration = Duration::from_secs(5);

/// What is started.
#[derive(Clone, Debug)]
pub struct Task {
    /// the program
    pub program: PathBuf,
    /// its arguments
    pub args: Vec<OsString>,
    /// variables that are set in addition to those of this process
    pub env: Vec<(OsString, OsString)>,
    /// variables that are taken out of those of this process
    pub without: Vec<OsString>,
    /// one frame that is written to its standard input, which then stays open; [`hold_life_line`] reads it
    pub input: Vec<u8>,
    /// how long it may take
    pub time: Duration,
    /// how many bytes of memory it and its children may hold together. What is only mapped from files does not count,
    /// as the system takes that back when it needs to; what was swapped does. Children are known on Linux; elsewhere
    /// the process itself counts, with all that the system says is resident.
    pub memory: Option<u64>,
    /// how many bytes of its standard output are kept, and of its standard error: more output ends it, of its errors
    /// the last ones are kept
    pub output: usize,
    /// a folder, and how many bytes all that lies in it may come to
    pub folder: Option<(PathBuf, u64)>,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// by itself, with this code
    Exit(i32),
    /// by a signal that this program did not send. 9 (SIGKILL) is mostly the system's, which had no memory left.
    Signal(i32),
    /// it was killed: the time was up
    Late,
    /// it was killed: it held too much memory
    Memory,
    /// it was killed: the folder grew too large
    Folder,
    /// it was killed: it said too much
    Output,
    /// it was killed: somebody wanted to stop
    Stopped,
}

/// What a process left behind.
#[derive(Clone, Debug)]
pub struct Ended {
    /// how it ended
    pub how: How,
    /// what it said: all of it, unless `how` is [`How::Output`]
    pub stdout: Vec<u8>,
    /// the end of its complaints
    pub stderr: Vec<u8>,
    /// from its start to its end
    pub wall: Duration,
    /// the most bytes of memory that one of its processes held at once; `None` where it was too short to be seen
    pub peak: Option<u64>,
}

/// Starts a process in a group of its own and waits for its end. The whole group is killed then, however it ended.
///
/// `stop` is looked at all the time: when it turns true the process is killed and [`How::Stopped`] is the answer.
///
/// # Errors
/// Where the process cannot be started, or a thread for its pipes cannot.
pub fn run(task: &Task, stop: &AtomicBool) -> io::Result<Ended> {
    let started = Instant::now();
    if stop.load(Ordering::Relaxed) {
        let nothing = Vec::new();
        return Ok(Ended {
            how: How::Stopped,
            stdout: nothing.clone(),
            stderr: nothing,
            wall: Duration::ZERO,
            peak: None,
        });
    }
    let mut running = Running::start(task)?;
    let cause = running.watch(task, stop, started);
    let status = running.end();
    let how = match (cause, status) {
        (Some(cause), _) => cause,
        (None, Some(status)) => of_status(status),
        // it came to its end, or there would be a cause, and the system does not tell which
        (None, None) => How::Exit(-1),
    };
    let wall = started.elapsed();
    let (stdout, stderr) = running.said();
    Ok(Ended { how, stdout, stderr, wall, peak: running.memory.peak() })
}

/// A process that runs. Where this is dropped the process is killed.
struct Running {
    child: Child,
    group: Group,
    memory: Memory,
    stdout: Kept,
    stderr: Kept,
    events: Receiver<Event>,
    /// dropped when the standard input of the process is to be closed
    _life_line: std::sync::mpsc::Sender<()>,
}

impl Running {
    fn start(task: &Task) -> io::Result<Self> {
        let mut child = command(task).spawn()?;
        let group = match Group::of(&child) {
            Ok(group) => group,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(error);
            }
        };
        let (tell, events) = channel();
        let (life_line, held) = channel();
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let memory = Memory::of(child.id());
        let (stdout, stderr) = (Kept::first(task.output), Kept::last(task.output));
        let running = Self { child, group, memory, stdout, stderr, events, _life_line: life_line };
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else { return Err(io::ErrorKind::BrokenPipe.into()) };
        // a thread that cannot be started drops `running`, and that kills the process
        pipes::write(stdin, task.input.clone(), held)?;
        pipes::read(stdout, running.stdout.clone(), tell.clone())?;
        pipes::read(stderr, running.stderr.clone(), tell)?;
        Ok(running)
    }

    /// Waits for the end of the process; or for a cause to end it.
    fn watch(&mut self, task: &Task, stop: &AtomicBool, started: Instant) -> Option<How> {
        let mut folder = task.folder.as_ref().map(|(path, most)| folder::Watch::new(path, *most));
        let mut open = 2_u32;
        let mut tick = SHORT_TICK;
        loop {
            let event = if open > 0 {
                self.events.recv_timeout(tick)
            } else {
                std::thread::sleep(SHORT_TICK);
                Err(RecvTimeoutError::Timeout)
            };
            match event {
                Ok(Event::Closed) => open = open.saturating_sub(1),
                Ok(Event::TooMuch) => return Some(How::Output),
                Err(RecvTimeoutError::Timeout) => tick = (tick * 2).min(TICK),
                Err(RecvTimeoutError::Disconnected) => open = 0,
            }
            if stop.load(Ordering::Relaxed) {
                return Some(How::Stopped);
            }
            if self.memory.look() > task.memory.unwrap_or(u64::MAX) {
                return Some(How::Memory);
            }
            if self.group.is_over(&mut self.child) {
                return None;
            }
            if started.elapsed() > task.time {
                return Some(How::Late);
            }
            if folder.as_mut().is_some_and(folder::Watch::is_too_large) {
                return Some(How::Folder);
            }
        }
    }

    /// Kills what is left of the process and its children, and takes its status.
    fn end(&mut self) -> Option<ExitStatus> {
        // Before its status is taken: until then its number can be nobody else's.
        self.group.kill(&mut self.child);
        self.memory.kill_strays();
        let until = Instant::now() + GRACE;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => std::thread::sleep(SHORT_TICK),
                // it hangs in the system, as over a network file system that is gone
                _ => return None,
            }
        }
    }

    /// What arrived. Somebody who left the group may still hold the pipes: nobody waits for them for long.
    fn said(&mut self) -> (Vec<u8>, Vec<u8>) {
        let until = Instant::now() + GRACE / 10;
        while !(self.stdout.is_closed() && self.stderr.is_closed()) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.events.recv_timeout(left).is_err() {
                break;
            }
        }
        (self.stdout.take(), self.stderr.take())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // after `end` there is nothing to kill, and its number may be somebody else's by now
        if matches!(self.child.try_wait(), Ok(None)) {
            self.group.kill(&mut self.child);
            let _ = self.child.wait();
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what runs for one repository: this program once more, and through it git"
)]
fn command(task: &Task) -> Command {
    let mut command = Command::new(&task.program);
    command.args(&task.args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in &task.without {
        command.env_remove(name);
    }
    command.envs(task.env.iter().map(|(name, value)| (name, value)));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

fn of_status(status: ExitStatus) -> How {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return How::Signal(signal);
    }
    How::Exit(status.code().unwrap_or(-1))
}

#[cfg(all(test, unix))]
mod tests;
