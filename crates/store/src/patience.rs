//! How long a request waits for what everybody shares: a reader, the writer, the hashing of passwords.
//!
//! Somebody stands at the counter while a request runs, so it waits for a moment and is then told that the office is
//! busy. What runs behind the pages (seals, imports, comparing) waits as long as it takes.

use crate::error::{Result, StoreError};
use std::{
    cell::Cell,
    time::{Duration, Instant},
};

tokio::task_local! {
    /// What is left of the request's patience.
    static LEFT: Cell<Duration>;
}

/// The least that a single wait is given, so that a request that waited before can still open a connection.
const LEAST: Duration = Duration::from_millis(100);

/// Runs the work of a request. What it waits for, all together, is not waited for longer than `patience`; working itself
/// takes the time it takes. A wait that ends so is [`StoreError::Overloaded`].
pub async fn within<T>(patience: Duration, work: impl Future<Output = T>) -> T {
    LEFT.scope(Cell::new(patience), work).await
}

/// Whether this runs for a request.
pub(crate) fn is_request() -> bool {
    LEFT.try_with(|_| ()).is_ok()
}

/// Waits, with what is left of the request's patience; behind the pages, as long as it takes.
pub(crate) async fn wait<T>(what: impl Future<Output = T>) -> Result<T> {
    let Ok(left) = LEFT.try_with(Cell::get) else { return Ok(what.await) };
    let began = Instant::now();
    let done = tokio::time::timeout(left.max(LEAST), what).await;
    let _ = LEFT.try_with(|cell| cell.set(left.saturating_sub(began.elapsed())));
    done.map_err(|_| StoreError::Overloaded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_stops_waiting_and_work_behind_the_pages_does_not() {
        let never = || std::future::pending::<()>();
        let tired = within(Duration::from_millis(1), wait(never())).await;
        assert!(matches!(tired, Err(StoreError::Overloaded)), "{tired:?}");
        let waiting = tokio::time::timeout(LEAST * 3, wait(never())).await;
        assert!(waiting.is_err(), "it still waits: {waiting:?}");
    }

    #[tokio::test]
    async fn what_is_there_already_is_given_to_the_most_tired_request() {
        let given = within(Duration::ZERO, wait(async { 7 })).await;
        assert_eq!(given.expect("given"), 7);
    }
}
