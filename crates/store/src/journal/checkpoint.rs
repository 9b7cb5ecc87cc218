//! Moves what was committed from SQLite's write-ahead log into the database file, beside the writer.
//!
//! A commit is safe once its entry in the log is on disk; moving it on, with two more waits for the disk, is nobody's to
//! wait for. SQLite would have the writer do it every thousand pages, which is every tenth intake.

use super::writer::Single;
use crate::{
    db::Direct,
    error::{Result, corrupt},
};
use std::{sync::mpsc, time::Duration};

/// How long it rests after each round.
const REST: Duration = Duration::from_millis(200);

/// From this many pages (128 MB) the writer is kept out for the last stretch, so that the log starts again from its
/// beginning; while somebody always writes it never would, and would grow.
const LONG: i64 = 32_768;

/// Starts the thread; it works for as long as word of commits comes, and ends when the writer has gone.
pub(super) fn start(url: &str, single: Single) -> Result<mpsc::SyncSender<()>> {
    let mut conn = Direct::open(url)?;
    let (send, receive) = mpsc::sync_channel(1);
    let work = move || {
        while receive.recv().is_ok() {
            if let Err(error) = round(&mut conn, &single) {
                // Nothing is lost: the log keeps it, and the next round tries again.
                tracing::warn!(%error, "the write-ahead log was not moved into the database file");
            }
            std::thread::sleep(REST);
        }
    };
    std::thread::Builder::new().name("journal-checkpoint".to_owned()).spawn(work)?;
    Ok(send)
}

fn round(conn: &mut Direct, single: &Single) -> Result<()> {
    if move_pages(conn)? < LONG {
        return Ok(());
    }
    let _writer = single.lock();
    move_pages(conn).map(drop)
}

/// Moves what can be moved without disturbing anybody; how many pages the log has.
fn move_pages(conn: &mut Direct) -> Result<i64> {
    let rows = conn.rows("pragma wal_checkpoint(passive)", &[])?;
    rows.first().ok_or_else(|| corrupt("the state of the write-ahead log"))?.get(1)
}
