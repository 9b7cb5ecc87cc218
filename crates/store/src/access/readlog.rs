//! Reads are recorded: who opened what, when, and for which purpose.

use crate::{
    Scope, Store,
    db::{Value, args},
    error::Result,
};
use domain::{
    Instant,
    access::Doing,
    ids::{ApplicationId, CorrectionId, GrievanceId, HelperId, OfficerId, OpeningId, VisitId},
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
    /// Somebody asked where things stand.
    Call(Asker),
    /// While something protected stood open.
    Opening(OpeningId),
    /// Any other, in typed words.
    Reason(String),
}

/// How somebody showed that they may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallProof {
    /// The secret of the receipt.
    Secret,
    /// The card number of a member of the family.
    Card,
}

/// Who asks where things stand, as the officer was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Somebody of the family.
    Family(CallProof),
    /// A helper whom the family named for that.
    Helper(HelperId, CallProof),
    /// Somebody who said to be a helper and is none that may ask.
    NoHelper,
    /// Somebody else.
    Other,
}

impl CallProof {
    fn code(self) -> &'static str {
        match self {
            CallProof::Secret => "secret",
            CallProof::Card => "card",
        }
    }
}

impl Asker {
    /// Whether they were told.
    fn told(self) -> bool {
        matches!(self, Asker::Family(_) | Asker::Helper(..))
    }

    /// As it stands in the log. Entries of earlier programs hold the proof alone.
    fn text(self) -> String {
        match self {
            Asker::Family(proof) => format!("call:family:{}", proof.code()),
            Asker::Helper(helper, proof) => format!("call:helper:{}:{helper}", proof.code()),
            Asker::NoHelper => "call:no-helper".to_owned(),
            Asker::Other => "call:other".to_owned(),
        }
    }
}

impl Purpose {
    fn text(&self) -> String {
        match self {
            Purpose::Visit(id) => format!("visit:{id}"),
            Purpose::Task(id) => format!("task:{id}"),
            Purpose::Complaint(id) => format!("complaint:{id}"),
            Purpose::Correction(id) => format!("correction:{id}"),
            Purpose::Call(asker) => asker.text(),
            Purpose::Opening(id) => format!("opening:{id}"),
            Purpose::Reason(words) => format!("reason:{words}"),
        }
    }
}

/// Whether a visit, a task or a complaint stands behind a purpose: the rest is what an auditor looks at first.
fn bound(purpose: &str) -> bool {
    ["visit:", "task:", "complaint:", "correction:"].iter().any(|kind| purpose.starts_with(kind))
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
        if what == "export" {
            self.access.watch.exported();
        }
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
        if what == "protected" {
            self.access.watch.opened();
        }
        let sql = "insert into read_log (officer_id, what, record_id, purpose, read_at, bound)
                   values ($1, $2, $3, $4, $5, $6)";
        self.writer.run_one(sql, args![officer, what, record, &purpose, now, bound(&purpose)]).await
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
        let purpose = purpose.text();
        let sql = "insert into read_log (officer_id, what, record_id, purpose, read_at, bound)
                   values ($1, $2, $3, $4, $5, $6)";
        self.writer.run_one(sql, args![officer, what, record, &purpose, now, bound(&purpose)]).await
    }

    /// Records each time that somebody asked where things stand on a receipt or a complaint: what was read aloud to whom, or
    /// that nothing was.
    pub(crate) async fn log_asked(&self, scope: &Scope, record: Option<Uuid>, by: Asker, now: Instant) -> Result<()> {
        let what = if by.told() { "status" } else { "status-refused" };
        self.log_each(scope, what, record, &Purpose::Call(by), now).await
    }

    /// The newest entries of the read log; for auditors.
    pub async fn read_log(&self, scope: &Scope, limit: i64) -> Result<Vec<ReadEntry>> {
        if !scope.may(Doing::Audit) && !scope.is_system() {
            return Ok(Vec::new());
        }
        let sql = "select r.officer_id, o.login, r.what, r.record_id, r.purpose, r.read_at from read_log r
                   join officer o on o.officer_id = r.officer_id order by r.position desc limit $1";
        let rows = self.db.rows(sql, args![limit]).await?;
        rows.iter().map(entry).collect()
    }
}

/// Which entries of the read log.
#[derive(Debug, Clone, Default)]
pub struct ReadAsked {
    /// Of this officer.
    pub officer: Option<OfficerId>,
    /// Of this record: who looked at this file.
    pub record: Option<Uuid>,
    /// Only records opened with no visit, task or complaint behind it.
    pub unbound: bool,
    /// From this instant on.
    pub from: Option<Instant>,
    /// Before this instant.
    pub before: Option<Instant>,
}

impl ReadAsked {
    /// The condition on rows `r`, with its values.
    fn condition(&self) -> (String, Vec<Value>) {
        let (mut parts, mut args) = (Vec::new(), Vec::new());
        let mut add = |text: &str, value: Value| {
            args.push(value);
            parts.push(format!("{text} ${}", args.len()));
        };
        if let Some(record) = self.record {
            add("r.record_id =", record.into());
        }
        if let Some(officer) = self.officer {
            add("r.officer_id =", officer.into());
        }
        if self.unbound {
            add("r.bound =", false.into());
        }
        add("r.read_at >=", self.from.unwrap_or(Instant::UNIX_EPOCH).into());
        if let Some(before) = self.before {
            add("r.read_at <", before.into());
        }
        if self.unbound {
            parts.push("r.record_id is not null".to_owned());
        }
        (parts.join(" and "), args)
    }
}

impl Store {
    /// A part of the read log, newest first; for auditors.
    pub async fn reads(&self, scope: &Scope, asked: &ReadAsked, offset: i64, limit: i64) -> Result<Vec<ReadEntry>> {
        if !scope.may(Doing::Audit) && !scope.is_system() {
            return Ok(Vec::new());
        }
        let (condition, mut args) = asked.condition();
        let at = args.len();
        let sql = format!(
            "select r.officer_id, o.login, r.what, r.record_id, r.purpose, r.read_at from read_log r
             join officer o on o.officer_id = r.officer_id where {condition}
             order by r.read_at desc, r.position desc limit ${} offset ${}",
            at + 1,
            at + 2
        );
        args.push(limit.into());
        args.push(offset.into());
        self.db.rows(sql, args).await?.iter().map(entry).collect()
    }
}

fn entry(row: &crate::db::Row) -> Result<ReadEntry> {
    Ok(ReadEntry {
        officer: row.id(0)?,
        login: row.get(1)?,
        what: row.get(2)?,
        record: row.get(3)?,
        purpose: row.get(4)?,
        at: row.get(5)?,
    })
}
