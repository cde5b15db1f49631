//! How is independent work shared out when a piece of it may wait for another?
//!
//! The rooms ask readings that are made once and shared: whoever asks second waits for whoever asked first. A thread of
//! rayon's pool that waits for a loop of its own takes up other work meanwhile, and if that work asks for the very
//! reading the thread is making, it waits for itself. So the rooms run on threads of their own, which take up nothing
//! while they wait, and rayon's pool is left to the loops inside of a reading.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Bytes of stack of a thread: parsers recurse. Only what is used takes memory.
pub const STACK: usize = 64 << 20;

/// Does `work` on every item, on as many threads as the machine has; the answers in the order of the items.
///
/// The calling thread works too, so that everything is done even where no other thread can be started. `work` must not
/// panic: a panic in it ends the run.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let share = || {
        while let Some((at, item)) = take(items, &next) {
            let answer = work(item);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, answer));
        }
    };
    let helpers = thread::available_parallelism().map_or(1, usize::from).min(items.len()).saturating_sub(1);
    thread::scope(|scope| {
        for _ in 0..helpers {
            // Where no thread can be started, the others do its share.
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, share).is_err() {
                break;
            }
        }
        share();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn take<'i, T>(items: &'i [T], next: &AtomicUsize) -> Option<(usize, &'i T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    items.get(at).map(|item| (at, item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;
    use std::sync::OnceLock;

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let items: Vec<usize> = (0..500).collect();
        assert_eq!(map(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&[] as &[usize], |item| *item).is_empty());
    }

    #[test]
    fn whoever_waits_for_a_shared_reading_does_not_wait_for_itself() {
        for _ in 0..50 {
            let shared: OnceLock<usize> = OnceLock::new();
            let items: Vec<usize> = (0..64).collect();
            let read = |item: &usize| item + shared.get_or_init(|| (0..2_000_usize).into_par_iter().sum());
            assert_eq!(map(&items, read).len(), items.len());
        }
    }
}
