//! How much the pages work on at once; see docs/guide/sizing.md.

use std::time::Duration;
use store::access::DayLimit;
use web::request::Limits;

/// Bounds of the pages. What does not fit is told that the office is busy, and keeps its form.
#[derive(clap::Args, Clone)]
#[group(skip)]
pub(crate) struct Bounds {
    /// Requests worked on at once, for each listener.
    #[arg(long, env = "ONEWINDOW_UNDER_WAY", default_value_t = Limits::default().under_way, value_parser = some)]
    under_way: usize,
    /// Forms that may wait for the writer before a further one is told that the office is busy.
    #[arg(long, env = "ONEWINDOW_TO_WRITE", default_value_t = Limits::default().to_write, value_parser = some)]
    to_write: usize,
    /// Forms with files taken in at once, 11 MB each; a list counts as six.
    #[arg(long, env = "ONEWINDOW_UPLOADS", default_value_t = Limits::default().uploads, value_parser = some)]
    uploads: usize,
    /// Connections open at once, for each listener.
    #[arg(long, env = "ONEWINDOW_CONNECTIONS", default_value_t = Limits::default().connections, value_parser = some)]
    connections: usize,
    /// Milliseconds that a request waits, all together, for the database and the hashing of passwords.
    #[arg(long, env = "ONEWINDOW_PATIENCE", default_value_t = 700)]
    patience: u64,
    /// Files that one officer may send in a day.
    #[arg(long, env = "ONEWINDOW_FILES_A_DAY", default_value_t = Limits::default().day.files)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    files_a_day: i64,
    /// Megabytes of files that one officer may send in a day.
    #[arg(long, env = "ONEWINDOW_MEGABYTES_A_DAY", default_value_t = Limits::default().day.bytes >> 20)]
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    megabytes_a_day: i64,
}

impl Bounds {
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            under_way: self.under_way,
            to_write: self.to_write,
            uploads: self.uploads,
            connections: self.connections,
            patience: Duration::from_millis(self.patience),
            day: DayLimit { files: self.files_a_day, bytes: self.megabytes_a_day.saturating_mul(1 << 20) },
        }
    }
}

/// At least one: none at all would serve nobody.
fn some(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("write a whole number from 1".to_owned()),
        Ok(count) => Ok(count),
    }
}
