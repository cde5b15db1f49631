//! Which processes belong to a task, and how are they all ended at once?

use std::io;
use std::process::Child;

/// The group that a process leads.
#[cfg(unix)]
pub(super) struct Group(rustix::process::Pid);

#[cfg(unix)]
impl Group {
    pub(super) fn of(child: &Child) -> io::Result<Self> {
        Ok(Self(rustix::process::Pid::from_child(child)))
    }

    /// Whether the process has ended. Its status stays where it is, so that its number cannot become another's.
    pub(super) fn is_over(&self, _: &mut Child) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        // an error: there is no such child to wait for any more
        waitid(WaitId::Pid(self.0), look).map_or_else(|error| error == rustix::io::Errno::CHILD, |seen| seen.is_some())
    }

    /// Kills the process and all of its group. Only while its status has not been taken.
    pub(super) fn kill(&self, child: &mut Child) {
        let _ = rustix::process::kill_process_group(self.0, rustix::process::Signal::KILL);
        let _ = child.kill();
    }
}

/// The job that a process and its children are in.
#[cfg(windows)]
pub(super) struct Group(std::cell::Cell<Option<win32job::Job>>);

#[cfg(windows)]
impl Group {
    pub(super) fn of(child: &Child) -> io::Result<Self> {
        use std::os::windows::io::AsRawHandle;
        let mut limits = win32job::ExtendedLimitInfo::new();
        limits.limit_kill_on_job_close();
        let job = win32job::Job::create_with_limit_info(&limits).map_err(io::Error::other)?;
        job.assign_process(child.as_raw_handle() as isize).map_err(io::Error::other)?;
        Ok(Self(std::cell::Cell::new(Some(job))))
    }

    /// Whether the process has ended.
    pub(super) fn is_over(&self, child: &mut Child) -> bool {
        !matches!(child.try_wait(), Ok(None))
    }

    /// Kills all processes of the job: closing the last handle to it does.
    pub(super) fn kill(&self, child: &mut Child) {
        drop(self.0.take());
        let _ = child.kill();
    }
}
