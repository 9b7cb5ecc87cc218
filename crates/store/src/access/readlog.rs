//! Reads are recorded: who opened what, when, and for which purpose.

use crate::{Scope, Store, db::args, error::Result};
use domain::{
    Instant,
    access::Doing,
    ids::{ApplicationId, CorrectionId, GrievanceId, OfficerId, VisitId},
};
use uuid::Uuid;

/// Why something was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// In a visit.
    Visit(VisitId),
    /// For an application in one's inbox.
    Task(ApplicationId),
    /// To answer a complaint.
    Complaint(GrievanceId),
    /// To answer a family's request for a correction.
    Correction(CorrectionId),
    /// To tell a caller where things stand.
    Call(CallProof),
    /// Any other, in typed words.
    Reason(String),
}

/// How a caller showed that they may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallProof {
    /// The secret of the receipt.
    Secret,
    /// The card number of a member of the family.
    Card,
}

impl Purpose {
    fn text(&self) -> String {
        match self {
            Purpose::Visit(id) => format!("visit:{id}"),
            Purpose::Task(id) => format!("task:{id}"),
            Purpose::Complaint(id) => format!("complaint:{id}"),
            Purpose::Correction(id) => format!("correction:{id}"),
            Purpose::Call(CallProof::Secret) => "call:secret".to_owned(),
            Purpose::Call(CallProof::Card) => "call:card".to_owned(),
            Purpose::Reason(words) => format!("reason:{words}"),
        }
    }
}

/// One line of the read log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadEntry {
    /// Who.
    pub officer: OfficerId,
    /// Their sign-in name.
    pub login: String,
    /// What kind of thing.
    pub what: String,
    /// Which one.
    pub record: Option<Uuid>,
    /// Why.
    pub purpose: String,
    /// When.
    pub at: Instant,
}

impl Store {
    /// Records that something was opened. The same officer opening the same thing for the same purpose is one entry
    /// for as long as the program runs.
    pub async fn log_read(
        &self,
        scope: &Scope,
        what: &str,
        record: Option<Uuid>,
        purpose: &Purpose,
        now: Instant,
    ) -> Result<()> {
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        let purpose = purpose.text();
        if let Some(record) = record {
            let mut logged = self.access.logged.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            // A bound on memory; forgetting only means that a later opening is logged again.
            if logged.len() > 100_000 {
                logged.clear();
            }
            if !logged.insert((officer.0, record, format!("{what}/{purpose}"))) {
                return Ok(());
            }
        }
        let sql = "insert into read_log (officer_id, what, record_id, purpose, read_at) values ($1, $2, $3, $4, $5)";
        self.writer.run_one(sql, args![officer, what, record, purpose, now]).await
    }

    /// Records that an officer opened a household of another district, with the reason as typed: each time, because the
    /// file stays open to them for a while from then on.
    pub async fn log_opening(&self, scope: &Scope, household: Uuid, reason: &str, now: Instant) -> Result<()> {
        self.log_each(scope, "household", Some(household), &Purpose::Reason(reason.to_owned()), now).await
    }

    /// Records that something was opened, each time.
    pub(crate) async fn log_each(
        &self,
        scope: &Scope,
        what: &str,
        record: Option<Uuid>,
        purpose: &Purpose,
        now: Instant,
    ) -> Result<()> {
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        let sql = "insert into read_log (officer_id, what, record_id, purpose, read_at) values ($1, $2, $3, $4, $5)";
        self.writer.run_one(sql, args![officer, what, record, purpose.text(), now]).await
    }

    /// The newest entries of the read log; for auditors.
    pub async fn read_log(&self, scope: &Scope, limit: i64) -> Result<Vec<ReadEntry>> {
        if !scope.may(Doing::Audit) && !scope.is_system() {
            return Ok(Vec::new());
        }
        let sql = "select r.officer_id, o.login, r.what, r.record_id, r.purpose, r.read_at from read_log r
                   join officer o on o.officer_id = r.officer_id order by r.position desc limit $1";
        let rows = self.db.rows(sql, args![limit]).await?;
        let entry = |row: &crate::db::Row| {
            Ok(ReadEntry {
                officer: row.id(0)?,
                login: row.get(1)?,
                what: row.get(2)?,
                record: row.get(3)?,
                purpose: row.get(4)?,
                at: row.get(5)?,
            })
        };
        rows.iter().map(entry).collect()
    }
}
