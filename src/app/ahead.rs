//! Work that is done ahead of whoever needs what comes of it, on threads of its own. The results come in the
//! order of what they were made from, and only a few of them wait, so that they need little memory.

use std::{
    mem,
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, sync_channel},
    },
    thread::{self, Scope},
};

/// How many results may wait: enough to keep all sides busy, few enough for the memory.
const WAITING: usize = 8;

/// Does something with each item, on so many threads. Whoever drops the results ends it.
pub(super) fn ahead<'scope, T: Send + 'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    threads: usize,
    items: Vec<T>,
    work: impl Fn(T) -> R + Copy + Send + 'scope,
) -> impl Iterator<Item = R> {
    let mut shares: Vec<Vec<T>> = (0..threads).map(|_| Vec::new()).collect();
    for (item, turn) in items.into_iter().zip((0..threads).cycle()) {
        shares[turn].push(item);
    }
    let share = |items: Vec<T>| -> Receiver<R> {
        let (sender, receiver) = sync_channel(WAITING / threads);
        scope.spawn(move || items.into_iter().map(work).try_for_each(|result| sender.send(result)));
        receiver
    };
    let receivers: Vec<Receiver<R>> = shares.into_iter().map(share).collect();
    // Each thread has every so many-th item, and whose turn it is without having one is behind the last.
    (0..threads).cycle().map_while(move |turn| receivers[turn].recv().ok())
}

/// What nobody needs any more, on its way back to the thread that made it. When one thread gets memory and another
/// frees it, both wait for the same lock of the allocator again and again. What is still here at the end is freed by
/// whoever drops this.
pub(super) struct Spent<T>(Mutex<Vec<T>>);

impl<T> Spent<T> {
    pub fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Hands something over to be freed.
    pub fn give(&self, spent: T) {
        self.all().push(spent);
    }

    /// Frees what was handed over.
    pub fn free(&self) {
        let all = mem::take(&mut *self.all());
        drop(all);
    }

    fn all(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many threads this machine runs at once.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    #[test]
    fn results_come_in_order_from_any_number_of_threads() {
        for (threads, count) in [(1, 0), (1, 30), (2, 1), (3, 30), (4, 3)] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> =
                thread::scope(|scope| ahead(scope, threads, items, |item| item * 2).collect());
            assert_eq!(doubled, (0..count).map(|item| item * 2).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn what_is_spent_is_freed_by_the_other_side() {
        let (spent, thing) = (Spent::new(), Arc::new(()));
        (0..3).for_each(|_| spent.give(thing.clone()));
        assert_eq!(Arc::strong_count(&thing), 4);
        thread::scope(|scope| scope.spawn(|| spent.free()).join()).expect("freed");
        assert_eq!(Arc::strong_count(&thing), 1);
    }

    #[test]
    fn dropping_the_results_ends_the_work() {
        let done = AtomicUsize::new(0);
        let count = |item| {
            done.fetch_add(1, Ordering::Relaxed);
            item
        };
        let first = thread::scope(|scope| ahead(scope, 2, (0..1_000_000).collect(), count).next());
        assert_eq!(first, Some(0));
        let done = done.into_inner();
        assert!(done <= 2 * (WAITING + 2), "{done} items were worked on");
    }
}
