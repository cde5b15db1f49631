//! How is the worker started, asked, and stopped when it does not answer?

use super::super::git_dir::Promised;
use super::super::limits::{Limit, Limits};
use super::super::object_id::ObjectId;
use super::super::worker;
use super::super::worker::Confinement;
use super::super::worker::message::{Reply, Request};
use super::super::worker::wire::{read_frame, write_frame};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is needed to start a worker.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    /// this program
    pub(crate) program: Program,
    /// the `objects` folder
    pub(crate) objects: PathBuf,
    /// other folders with objects of this repository, as `info/alternates` calls them
    pub(crate) alternates: Vec<Vec<u8>>,
    /// what a partial clone left on the server
    pub(crate) promised: Option<Promised>,
    /// how much is read at most
    pub(crate) limits: Limits,
}

/// Who does the work.
#[derive(Clone, Debug)]
pub(crate) enum Program {
    /// this program, started anew
    Path(PathBuf),
    /// a thread of this process; hangs where libgit2 hangs
    #[cfg(test)]
    Thread,
    /// somebody who sends these bytes and goes
    #[cfg(test)]
    Says(Vec<u8>),
}

/// How often somebody looks whether the time is up.
const TICK: Duration = Duration::from_millis(100);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// it could not be started
    NotStarted,
    /// it does not come back from this object
    Stuck(ObjectId),
    /// it ended, over this object if it had said so before
    Ended(Option<ObjectId>),
    /// there was no more time
    Late,
    /// it has used all its computing time
    Worn,
    /// it said more than fits into one answer
    TooMuch,
    /// it said what is no answer
    Garbled,
}

/// A worker that runs.
pub(crate) struct Worker {
    requests: Box<dyn Write + Send>,
    replies: Box<dyn Read + Send>,
    /// how many bytes one answer may have
    most: usize,
    /// what it has given away, once it has said so
    pub(crate) confinement: Option<Confinement>,
    guard: Arc<Guard>,
}

/// Ends the process when the time is up, whatever it does.
#[derive(Default)]
struct Guard {
    watched: Mutex<Watched>,
    changed: Condvar,
}

#[derive(Default)]
struct Watched {
    /// nobody to end in tests whose worker is a thread
    child: Option<Child>,
    /// until when there must be an answer
    until: Option<Instant>,
    late: bool,
    over: bool,
    /// ends the process when this one ends, however it does
    #[cfg(windows)]
    _job: Option<win32job::Job>,
}

impl Worker {
    /// Starts one and tells it where the objects are.
    pub(crate) fn start(launch: &Launch) -> Result<Self, Trouble> {
        let mut worker = match &launch.program {
            Program::Path(program) => Self::process(program, launch).map_err(|_| Trouble::NotStarted)?,
            #[cfg(test)]
            Program::Thread => {
                let (input, requests) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                let (replies, output) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                std::thread::spawn(move || worker::serve(input, output));
                Self::new(Box::new(requests), Box::new(replies), launch, Arc::default())
            }
            #[cfg(test)]
            Program::Says(bytes) => {
                let replies = Box::new(io::Cursor::new(bytes.clone()));
                Self::new(Box::new(io::sink()), replies, launch, Arc::default())
            }
        };
        // The process is started in the folder, so that its path need not be UTF-8, as git2 wants it.
        let objects = match &launch.program {
            Program::Path(_) => b".".to_vec(),
            #[cfg(test)]
            _ => launch.objects.as_os_str().as_encoded_bytes().to_vec(),
        };
        let open = Request::Open {
            objects,
            alternates: launch.alternates.clone(),
            cpu_seconds: launch.limits.small(Limit::WorkerSeconds),
            memory: launch.limits.get(Limit::WorkerBytes),
        };
        worker.send(&open).map_err(|_| Trouble::NotStarted)?;
        Ok(worker)
    }

    #[expect(clippy::disallowed_methods, reason = "the one process that is started: ourselves")]
    fn process(program: &Path, launch: &Launch) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(worker::SUBCOMMAND)
            .current_dir(&launch.objects)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (requests, replies) = (child.stdin.take(), child.stdout.take());
        let (Some(requests), Some(replies)) = (requests, replies) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let guard = Arc::<Guard>::default();
        #[cfg(windows)]
        {
            guard.watched()._job = job(&child);
        }
        guard.watched().child = Some(child);
        let watching = Arc::clone(&guard);
        std::thread::spawn(move || watching.watch());
        let replies = io::BufReader::with_capacity(64 << 10, replies);
        Ok(Self::new(Box::new(requests), Box::new(replies), launch, guard))
    }

    fn new(requests: Box<dyn Write + Send>, replies: Box<dyn Read + Send>, launch: &Launch, guard: Arc<Guard>) -> Self {
        let most = launch.limits.count(Limit::AnswerBytes);
        Self { requests, replies, most, confinement: None, guard }
    }

    /// Asks, and hands on what comes back until the last reply, which is returned.
    pub(crate) fn ask(
        &mut self,
        request: &Request,
        until: Instant,
        mut take: impl FnMut(Reply),
    ) -> Result<Reply, Trouble> {
        self.guard.watched().until = Some(until);
        let answer = self.listen(request, &mut take);
        let mut watched = self.guard.watched();
        watched.until = None;
        if watched.late { Err(Trouble::Late) } else { answer }
    }

    fn listen(&mut self, request: &Request, take: &mut impl FnMut(Reply)) -> Result<Reply, Trouble> {
        self.send(request).map_err(|_| Trouble::Ended(None))?;
        let mut bytes = 0_usize;
        let mut reading = None;
        loop {
            let Ok(Some(frame)) = read_frame(&mut self.replies) else {
                return Err(if self.guard.is_worn() { Trouble::Worn } else { Trouble::Ended(reading) });
            };
            bytes = bytes.saturating_add(frame.len());
            if bytes > self.most {
                return Err(Trouble::TooMuch);
            }
            match Reply::unpack(&frame) {
                Some(Reply::Confined(confinement)) => self.confinement = Some(confinement),
                Some(Reply::Stuck(id)) => return Err(Trouble::Stuck(id)),
                Some(Reply::Reading(id)) => reading = Some(id),
                Some(last @ (Reply::Done(_) | Reply::Fault(_))) => return Ok(last),
                Some(part) => take(part),
                None => return Err(Trouble::Garbled),
            }
        }
    }

    fn send(&mut self, request: &Request) -> io::Result<()> {
        write_frame(&mut self.requests, &request.pack())
    }
}

/// A job that ends its processes with the last handle to it; best effort, as the deadline holds in any case.
#[cfg(windows)]
fn job(child: &Child) -> Option<win32job::Job> {
    use std::os::windows::io::AsRawHandle;
    let mut limits = win32job::ExtendedLimitInfo::new();
    limits.limit_kill_on_job_close();
    let job = win32job::Job::create_with_limit_info(&limits).ok()?;
    job.assign_process(child.as_raw_handle() as isize).ok()?;
    Some(job)
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut watched = self.guard.watched();
        watched.over = true;
        self.guard.changed.notify_all();
        if let Some(child) = &mut watched.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Guard {
    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the system ended it because it had used all its computing time; it may take a moment to die.
    #[cfg(unix)]
    fn is_worn(&self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        let mut watched = self.watched();
        let Some(child) = &mut watched.child else { return false };
        let ended = child.try_wait().ok().flatten().or_else(|| {
            std::thread::sleep(TICK);
            child.try_wait().ok().flatten()
        });
        let xcpu = rustix::process::Signal::XCPU.as_raw();
        ended.and_then(|status| status.signal()) == Some(xcpu)
    }

    #[cfg(windows)]
    fn is_worn(&self) -> bool {
        false
    }

    fn watch(&self) {
        let mut watched = self.watched();
        while !watched.over {
            if watched.until.is_some_and(|until| Instant::now() > until) {
                watched.late = true;
                if let Some(child) = &mut watched.child {
                    let _ = child.kill();
                }
                return;
            }
            watched = match self.changed.wait_timeout(watched, TICK) {
                Ok((watched, _)) => watched,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}
