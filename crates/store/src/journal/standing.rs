//! How the writer stands: how many wait for it, and since when it is at one group. A page that would have to wait too
//! long says so at once, and keeps the form.

use crate::Store;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    time::{Duration, Instant},
};

/// How the writer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    /// What waits to be written.
    pub waiting: usize,
    /// How long it has been at what it writes now; zero when it has nothing to do. PostgreSQL does not tell.
    pub at_it: Duration,
}

/// Since when the writer is at its group.
#[derive(Clone)]
pub(super) struct Watch {
    start: Instant,
    /// Microseconds from the start; 0 when it has nothing to do.
    began: Arc<AtomicU64>,
}

impl Watch {
    pub(super) fn new() -> Self {
        Watch { start: Instant::now(), began: Arc::default() }
    }

    fn micros(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    pub(super) fn begin(&self) {
        self.began.store(self.micros().max(1), Relaxed);
    }

    pub(super) fn end(&self) {
        self.began.store(0, Relaxed);
    }

    pub(super) fn at_it(&self) -> Duration {
        match self.began.load(Relaxed) {
            0 => Duration::ZERO,
            began => Duration::from_micros(self.micros().saturating_sub(began)),
        }
    }
}

/// Keeps the writers out for as long as it lives; see [`Store::hold_writers`].
#[derive(Debug)]
pub struct WritersHeld(#[allow(dead_code, reason = "dropping it lets the writers go on")] mpsc::Sender<()>);

impl Store {
    /// How the writer stands.
    pub fn writing(&self) -> Writing {
        self.writer.standing()
    }

    /// Keeps every writer of this program out, as a disk that does not answer would: for drills and tests. Readers go on.
    pub async fn hold_writers(&self) -> WritersHeld {
        let (send, receive) = mpsc::channel::<()>();
        let (held, is_held) = tokio::sync::oneshot::channel();
        match self.writer.single() {
            Some(single) => drop(std::thread::spawn(move || {
                let _writer = single.lock();
                let _ = held.send(());
                // Ends with an error when the other end is dropped, which is what is waited for.
                let _ = receive.recv();
            })),
            None => {
                let places = self.writer.all_places();
                drop(tokio::task::spawn_blocking(move || {
                    let _ = held.send(());
                    let _ = receive.recv();
                    drop(places);
                }));
            }
        }
        let _ = is_held.await;
        WritersHeld(send)
    }
}
