//! Wrong tries: each makes the next one wait longer, and only for the name or code it was tried on.

use crate::{Store, db::args, error::Result};
use domain::Instant;

/// What may be tried wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempts {
    /// Signing in under a name.
    SignIn,
    /// The second step of signing in.
    SecondStep,
    /// Opening a receipt by its code.
    Receipt,
    /// Codes that an officer types for callers, by officer.
    Call,
}

impl Attempts {
    /// A try of an officer's, or of somebody who would be one.
    fn signs_in(self) -> bool {
        matches!(self, Attempts::SignIn | Attempts::SecondStep)
    }

    fn code(self) -> &'static str {
        match self {
            Attempts::SignIn => "sign-in:",
            Attempts::SecondStep => "second-step:",
            Attempts::Receipt => "receipt:",
            Attempts::Call => "call:",
        }
    }
}

/// Tries that cost nothing but the try.
const FREE: i64 = 4;
/// The longest wait, in seconds.
const LONGEST: i64 = 15 * 60;

/// Seconds to wait after so many failures: 0 for the first four, then 10, 20, 40 .. up to a quarter of an hour.
fn wait(failures: i64) -> i64 {
    if failures <= FREE { 0 } else { (10 << (failures - FREE - 1).min(10)).min(LONGEST) }
}

impl Store {
    /// Seconds until this name or code may be tried again; `None` when it may be tried now.
    pub async fn must_wait(&self, kind: Attempts, name: &str, now: Instant) -> Result<Option<i64>> {
        let subject = self.access.subject(kind.code(), name);
        let row = self.db.row("select failures, last_at from attempt where subject = $1", args![subject]).await?;
        let Some(row) = row else { return Ok(None) };
        let since = (now - row.get::<Instant>(1)?).num_seconds();
        let left = wait(row.get(0)?) - since;
        if left > 0 && kind.signs_in() {
            self.access.watch.waited();
        }
        Ok((left > 0).then_some(left))
    }

    /// Notes a wrong try. A day after the last one the count begins anew.
    pub async fn note_failure(&self, kind: Attempts, name: &str, now: Instant) -> Result<()> {
        if kind.signs_in() {
            self.access.watch.refused();
        }
        let sql = "insert into attempt (subject, failures, last_at) values ($1, 1, $2)
                   on conflict (subject) do update set last_at = excluded.last_at,
                   failures = case when attempt.last_at < $3 then 1 else attempt.failures + 1 end";
        let yesterday = now - chrono::Duration::days(1);
        self.writer.run_one(sql, args![self.access.subject(kind.code(), name), now, yesterday]).await
    }

    /// Forgets the wrong tries after a right one.
    pub async fn forget_failures(&self, kind: Attempts, name: &str) -> Result<()> {
        self.writer
            .run_one("delete from attempt where subject = $1", args![self.access.subject(kind.code(), name)])
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn waiting_doubles_and_ends() {
        let waits: Vec<i64> = (1..=14).map(wait).collect();
        assert_eq!(waits, [0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
    }
}
