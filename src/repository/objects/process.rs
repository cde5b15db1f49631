//! How is the worker started, asked, and stopped when it does not answer?

use super::super::object_id::ObjectId;
use super::super::worker;
use super::super::worker::message::{Reply, Request};
use super::super::worker::wire::{FRAME_BYTES, read_frame, write_frame};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
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
    /// somebody who says nothing and stays
    #[cfg(test)]
    Silent,
}

/// Seconds of computing that one worker may use.
const CPU_SECONDS: u32 = 60;
/// How many frames may wait to be read.
const FRAMES_AHEAD: usize = 8;

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
    /// it said what is no answer, or too much
    Garbled,
}

/// A worker that runs.
pub(crate) struct Worker {
    child: Option<Child>,
    requests: Box<dyn Write + Send>,
    replies: Receiver<Vec<u8>>,
}

impl Worker {
    /// Starts one and tells it where the objects are.
    pub(crate) fn start(launch: &Launch) -> Result<Self, Trouble> {
        let mut worker = match &launch.program {
            Program::Path(program) => Self::process(program, &launch.objects).map_err(|_| Trouble::NotStarted)?,
            #[cfg(test)]
            Program::Thread => {
                let (input, requests) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                let (replies, output) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                std::thread::spawn(move || worker::serve(input, output));
                Self { child: None, requests: Box::new(requests), replies: read_ahead(replies) }
            }
            #[cfg(test)]
            Program::Silent => {
                let (replies, output) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                std::mem::forget(output);
                Self { child: None, requests: Box::new(io::sink()), replies: read_ahead(replies) }
            }
            #[cfg(test)]
            Program::Says(bytes) => {
                let (replies, mut output) = io::pipe().map_err(|_| Trouble::NotStarted)?;
                let bytes = bytes.clone();
                std::thread::spawn(move || output.write_all(&bytes));
                Self { child: None, requests: Box::new(io::sink()), replies: read_ahead(replies) }
            }
        };
        // The process is started in the folder, so that its path need not be UTF-8, as git2 wants it.
        let objects = match &launch.program {
            Program::Path(_) => b".".to_vec(),
            #[cfg(test)]
            _ => launch.objects.as_os_str().as_encoded_bytes().to_vec(),
        };
        let open = Request::Open { objects, alternates: launch.alternates.clone(), cpu_seconds: CPU_SECONDS };
        worker.send(&open).map_err(|_| Trouble::NotStarted)?;
        Ok(worker)
    }

    #[expect(clippy::disallowed_methods, reason = "the one process that is started: ourselves")]
    fn process(program: &Path, objects: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(worker::SUBCOMMAND)
            .current_dir(objects)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (requests, replies) = (child.stdin.take(), child.stdout.take());
        let (Some(requests), Some(replies)) = (requests, replies) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self { child: Some(child), requests: Box::new(requests), replies: read_ahead(replies) })
    }

    /// Asks, and hands on what comes back until the last reply, which is returned.
    pub(crate) fn ask(
        &mut self,
        request: &Request,
        until: Instant,
        mut take: impl FnMut(Reply),
    ) -> Result<Reply, Trouble> {
        self.send(request).map_err(|_| Trouble::Ended(None))?;
        let mut bytes = 0_usize;
        let mut reading = None;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let frame = match self.replies.recv_timeout(left.max(Duration::from_millis(1))) {
                Ok(frame) => frame,
                Err(RecvTimeoutError::Timeout) => return Err(Trouble::Late),
                Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Ended(reading)),
            };
            bytes = bytes.saturating_add(frame.len());
            if bytes > FRAME_BYTES {
                return Err(Trouble::Garbled);
            }
            match Reply::unpack(&frame) {
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

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Reads frames in a thread, so that waiting for them can have an end.
fn read_ahead(mut input: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, frames) = mpsc::sync_channel(FRAMES_AHEAD);
    std::thread::spawn(move || {
        while let Ok(Some(frame)) = read_frame(&mut input) {
            if sender.send(frame).is_err() {
                break;
            }
        }
    });
    frames
}
