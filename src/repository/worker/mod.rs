//! Who reads git's objects? A process of its own, because libgit2 may hang or run out of memory over hostile ones.
//!
//! The worker is this program once more, started as `civiclint __worker` in the `objects` folder. It is asked over
//! its standard input and answers over its standard output (see `message`); before it opens anything it gives
//! away what it does not need (`confine`). It ends when its input ends or its parent is gone, even while libgit2 does
//! not come back.

pub(crate) mod codec;
pub(crate) mod confine;
mod list;
pub(crate) mod message;
mod store;
pub(crate) mod wire;

use super::object_id::ObjectId;
use super::walk::walk;
pub use confine::Confinement;
use message::{Fault, Manner, Reply, Request, Summary};
use std::fs::File;
use std::io::{Read, Write};
use std::process::ExitCode;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;
use store::{Current, Store};
use wire::{read_frame, write_frame};

/// The hidden subcommand under which `main` calls [`run`].
pub const SUBCOMMAND: &str = "__worker";

/// How often somebody looks whether the object being read is still the same.
const TICK: Duration = Duration::from_millis(250);
/// After how many looks at the same object it is called stuck.
const TICKS: u32 = 6;

/// What `civiclint __worker` does: answers on standard input and output until the input ends.
pub fn run() -> ExitCode {
    let is_orphan = confine::orphan();
    // Not through `Stdout`, which looks for line ends.
    let Ok(output) = output() else { return ExitCode::FAILURE };
    let mut input = std::io::stdin().lock();
    let Ok(Some(first)) = read_frame(&mut input) else { return ExitCode::FAILURE };
    let Some(Request::Open { alternates, cpu_seconds, memory, .. }) = Request::unpack(&first) else {
        return ExitCode::FAILURE;
    };
    let confinement = confine::confine(&alternates, cpu_seconds, memory);
    let mut output = output;
    if write_frame(&mut output, &Reply::Confined(confinement).pack()).is_err() {
        return ExitCode::FAILURE;
    }
    let rest = std::iter::from_fn(|| read_frame(&mut input).ok().flatten());
    answer(std::iter::once(first).chain(rest), output, || {
        if is_orphan() {
            #[expect(clippy::exit, reason = "nobody listens any more, and libgit2 may never come back")]
            std::process::exit(0)
        }
    });
    ExitCode::SUCCESS
}

#[cfg(unix)]
fn output() -> std::io::Result<File> {
    use std::os::fd::AsFd;
    std::io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn output() -> std::io::Result<File> {
    use std::os::windows::io::AsHandle;
    std::io::stdout().as_handle().try_clone_to_owned().map(File::from)
}

/// Answers the requests that come in until there are no more, in this process and without giving anything away.
pub fn serve(mut input: impl Read, output: impl Write + Send) {
    answer(std::iter::from_fn(|| read_frame(&mut input).ok().flatten()), output, || {});
}

/// `look` is called every now and then while requests are answered.
fn answer(mut requests: impl Iterator<Item = Vec<u8>>, output: impl Write + Send, look: impl Fn() + Sync) {
    let output = Mutex::new(output);
    let tell = |reply: &Reply| {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        write_frame(&mut *output, &reply.pack()).is_ok()
    };
    let Some(Request::Open { objects, .. }) = requests.next().and_then(|frame| Request::unpack(&frame)) else {
        return;
    };
    let current = Current::default();
    let over = (Mutex::new(false), Condvar::new());
    std::thread::scope(|scope| {
        scope.spawn(|| watch(&current, &over, &look, |id| tell(&Reply::Stuck(id))));
        if let Some(mut store) = std::str::from_utf8(&objects).ok().and_then(|path| Store::open(path, &current).ok()) {
            for frame in requests {
                let Some(request) = Request::unpack(&frame) else { break };
                let last = match reply(&mut store, request, &tell) {
                    Ok(last) => last,
                    Err(fault) => Reply::Fault(fault),
                };
                store.prepare(Vec::new(), None);
                if !tell(&last) {
                    break;
                }
            }
        }
        *over.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        over.1.notify_all();
    });
}

fn reply<'c>(
    store: &mut Store<'c>,
    request: Request,
    tell: &'c (impl Fn(&Reply) -> bool + Sync),
) -> Result<Reply, Fault> {
    let prepare = |store: &mut Store<'c>, with: Manner| {
        let announce = with.announce.then(|| -> Box<dyn FnMut(_)> {
            Box::new(move |id| {
                tell(&Reply::Reading(id));
            })
        });
        store.prepare(with.skip, announce);
    };
    match request {
        Request::Open { .. } => Err(Fault::OtherKind),
        Request::Blob { id, limit, first } => {
            let mut bytes = Vec::new();
            let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(wire::FRAME_BYTES - 16);
            store.read(id, &[git2::ObjectType::Blob], limit, &mut bytes)?;
            bytes.truncate(usize::try_from(first).unwrap_or(usize::MAX));
            tell(&Reply::Bytes(bytes));
            Ok(Reply::Done(Summary::default()))
        }
        Request::Peel(id) => {
            tell(&Reply::Found(list::peel(store, id)?));
            Ok(Reply::Done(Summary::default()))
        }
        Request::Find { prefix, digits } => {
            tell(&Reply::Found(store.find(prefix, usize::from(digits))?));
            Ok(Reply::Done(Summary::default()))
        }
        Request::List { of, entries, depth, bytes, sizes, with } => {
            prepare(store, with);
            list::list(store, of, list::Most { entries, depth, bytes }, sizes, |reply| tell(&reply)).map(Reply::Done)
        }
        Request::History { of, with } => {
            prepare(store, with);
            Ok(Reply::Done(walk(store, &of, |reply| tell(&reply))))
        }
    }
}

/// Says so when the same object is being read for too long; once for each.
fn watch(current: &Current, over: &(Mutex<bool>, Condvar), look: &impl Fn(), say: impl Fn(ObjectId) -> bool) {
    let mut last = current.get();
    let mut ticks = 0;
    let mut ended = over.0.lock().unwrap_or_else(PoisonError::into_inner);
    while !*ended {
        ended = match over.1.wait_timeout(ended, TICK) {
            Ok((ended, _)) => ended,
            Err(poisoned) => poisoned.into_inner().0,
        };
        look();
        let now = current.get();
        ticks = if now == last { ticks + 1 } else { 0 };
        last = now;
        if ticks == TICKS
            && let Some(id) = now.1
        {
            say(id);
        }
    }
}
