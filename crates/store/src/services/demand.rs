//! What people ask about: how often each page was opened on each day, and nothing else.

use crate::{
    Scope, Store,
    db::{Row, Sql, Value, args},
    error::Result,
};
use domain::{Date, access::Doing};

/// How often something was opened in a stretch of days. Exact: whoever shows it rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// `situation`, `programme`, `question`, `service`, `district`, `search`.
    pub kind: String,
    /// Which one.
    pub subject: String,
    /// How often.
    pub opened: i64,
}

impl Store {
    /// Adds what was opened on a day: (kind, subject, how often).
    pub async fn count_demand(&self, day: Date, opened: &[(&str, String, i64)]) -> Result<()> {
        let sql = "insert into demand (day, kind, subject, opened) values ($1, $2, $3, $4)
                   on conflict (day, kind, subject) do update set opened = demand.opened + excluded.opened";
        let one = |(kind, subject, count): &(&str, String, i64)| -> (Sql, Vec<Value>) {
            (sql.into(), args![day, *kind, subject, *count])
        };
        if opened.is_empty() {
            return Ok(());
        }
        self.writer.run(opened.iter().map(one).collect()).await
    }

    /// What was opened between two days, both included, most first; for who reads figures.
    pub async fn demand(&self, scope: &Scope, from: Date, to: Date) -> Result<Vec<Demand>> {
        if !scope.may(Doing::Figures) && !scope.is_system() {
            return Ok(Vec::new());
        }
        let sql = "select kind, subject, cast(sum(opened) as bigint) from demand where day >= $1 and day <= $2
                   group by kind, subject order by 3 desc, 1, 2";
        let demand = |row: &Row| Ok(Demand { kind: row.get(0)?, subject: row.get(1)?, opened: row.get(2)? });
        self.db.rows(sql, args![from, to]).await?.iter().map(demand).collect()
    }
}
