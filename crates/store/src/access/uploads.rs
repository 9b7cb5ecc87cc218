//! How much an officer has sent in a day: a stolen account, or a program gone wrong, cannot fill the disk.

use crate::{Scope, Store, db::args, error::Result};
use domain::Date;

/// What one officer may send in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLimit {
    /// Files.
    pub files: i64,
    /// Their bytes, as they were sent.
    pub bytes: i64,
}

/// Days that counts are kept.
const DAYS: i64 = 31;

impl Store {
    /// Counts a file of this many bytes for the scope's officer and day, when it still fits; whether it did. What does not
    /// fit is not counted, so that a smaller one may.
    pub async fn take_upload(&self, scope: &Scope, day: Date, bytes: usize, limit: DayLimit) -> Result<bool> {
        let Some(officer) = scope.officer_id() else { return Ok(false) };
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let sql = "select files, bytes from upload_count where officer_id = $1 and day = $2";
        let (files, before) = match self.db.row(sql, args![officer, day]).await? {
            Some(row) => (row.get::<i64>(0)?, row.get::<i64>(1)?),
            None => (0, 0),
        };
        if files >= limit.files || before.saturating_add(bytes) > limit.bytes {
            return Ok(false);
        }
        let add = "insert into upload_count (officer_id, day, files, bytes) values ($1, $2, 1, $3)
                   on conflict (officer_id, day) do update set files = upload_count.files + 1,
                   bytes = upload_count.bytes + excluded.bytes";
        let drop = "delete from upload_count where officer_id = $1 and day < $2";
        let oldest = day - chrono::Duration::days(DAYS);
        let statements = vec![(add.into(), args![officer, day, bytes]), (drop.into(), args![officer, oldest])];
        self.writer.run(statements).await?;
        Ok(true)
    }
}
