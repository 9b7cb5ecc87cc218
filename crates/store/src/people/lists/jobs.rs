//! What the worker has to do: imports that are under way, and dry runs. Operational: the journal knows only what was taken.

use super::{
    Lists,
    read::{IMPORT_COLUMNS, import},
};
use crate::{
    db::{Row, args, json},
    error::{Result, StoreError},
};
use domain::{
    Instant,
    ids::{ImportId, OfficerId},
    people::{Import, ImportOpened},
};
use uuid::Uuid;

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Nobody works at it yet.
    Waiting,
    /// A worker does.
    Running,
    /// A dry run is over, its report is there.
    Done,
    /// It cannot go on; the fault says why.
    Failed,
}

impl std::str::FromStr for JobState {
    type Err = domain::UnknownCode;
    fn from_str(text: &str) -> std::result::Result<Self, domain::UnknownCode> {
        Ok(match text {
            "waiting" => JobState::Waiting,
            "running" => JobState::Running,
            "done" => JobState::Done,
            "failed" => JobState::Failed,
            _ => return Err(domain::UnknownCode),
        })
    }
}

/// A job: of a dry run, or the worker's notes about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportJob {
    /// The import that it is, or would be.
    pub import: ImportId,
    /// Who asked.
    pub officer: Option<OfficerId>,
    /// Nothing is written.
    pub dry_run: bool,
    /// How it would be opened.
    pub plan: ImportOpened,
    /// How it stands.
    pub state: JobState,
    /// Rows read so far.
    pub read_rows: i64,
    /// The report of a dry run, as JSON.
    pub report: Option<String>,
    /// Why it cannot go on.
    pub fault: Option<String>,
    /// When it was asked for.
    pub asked_at: Instant,
}

const JOB: &str =
    "select j.import_id, j.officer_id, j.dry_run, j.plan, j.state, j.read_rows, j.report, j.fault, j.asked_at
    from import_job j";

/// A worker that was not seen for so long has died; seconds.
const STALE: i64 = 30;

impl Lists<'_> {
    /// Asks for a dry run. Asking again with the same key asks anew.
    pub async fn ask(&self, import: ImportId, plan: &ImportOpened, at: Instant) -> Result<()> {
        if !self.takes() {
            return Err(StoreError::NotYours);
        }
        let sql = "insert into import_job (import_id, officer_id, dry_run, plan, state, read_rows, asked_at, seen_at)
                   values ($1, $2, true, $3, 'waiting', 0, $4, $4) on conflict (import_id) do update set plan = $3,
                   state = 'waiting', read_rows = 0, report = null, fault = null, worker = null, asked_at = $4";
        self.store.writer.run_one(sql, args![import, self.scope.officer_id(), json(plan)?, at]).await
    }

    /// A job; `None` when it is not there or not yours.
    pub async fn job(&self, import: ImportId) -> Result<Option<ImportJob>> {
        if !self.reads() {
            return Ok(None);
        }
        let row = self.store.db.row(format!("{JOB} where j.import_id = $1"), args![import]).await?;
        row.as_ref().map(job).transpose()
    }

    /// Dry runs of the last days, the newest first.
    pub async fn dry_runs(&self, limit: i64) -> Result<Vec<ImportJob>> {
        if !self.reads() {
            return Ok(Vec::new());
        }
        let sql = format!("{JOB} where j.dry_run = true order by j.asked_at desc limit $1");
        self.store.db.rows(sql, args![limit]).await?.iter().map(job).collect()
    }

    /// The next import that nobody works at, the oldest first, taken by `worker`.
    pub async fn claim_import(&self, worker: Uuid, at: Instant) -> Result<Option<Import>> {
        if !self.takes() {
            return Ok(None);
        }
        let stale = at - chrono::Duration::seconds(STALE);
        let sql = format!(
            "{IMPORT_COLUMNS} left join import_job j on j.import_id = i.import_id where i.state = 'running'
             and (j.import_id is null or (j.state <> 'failed' and (j.worker is null or j.worker = $1 or j.seen_at < $2)))
             order by i.opened_at limit 1"
        );
        let row = self.store.db.row(sql, args![worker, stale]).await?;
        let Some(import) = row.as_ref().map(import).transpose()? else { return Ok(None) };
        let taken = self.take(import.id, &import.opened, false, worker, at).await?;
        Ok(taken.then_some(import))
    }

    /// The next dry run that nobody works at, taken by `worker`.
    pub async fn claim_dry_run(&self, worker: Uuid, at: Instant) -> Result<Option<ImportJob>> {
        if !self.takes() {
            return Ok(None);
        }
        let stale = at - chrono::Duration::seconds(STALE);
        let sql = format!(
            "{JOB} where j.dry_run = true and (j.state = 'waiting' or (j.state = 'running' and j.seen_at < $1))
             order by j.asked_at limit 1"
        );
        let row = self.store.db.row(sql, args![stale]).await?;
        let Some(found) = row.as_ref().map(job).transpose()? else { return Ok(None) };
        let taken = self.take(found.import, &found.plan, true, worker, at).await?;
        Ok(taken.then_some(found))
    }

    /// Takes a job unless another worker was seen at it; whether it is ours now.
    pub async fn take(
        &self,
        import: ImportId,
        plan: &ImportOpened,
        dry_run: bool,
        worker: Uuid,
        at: Instant,
    ) -> Result<bool> {
        if !self.takes() {
            return Ok(false);
        }
        let stale = at - chrono::Duration::seconds(STALE);
        let sql = "insert into import_job (import_id, dry_run, plan, state, read_rows, worker, asked_at, seen_at)
                   values ($1, $2, $3, 'running', 0, $4, $5, $5) on conflict (import_id) do update set worker = $4,
                   dry_run = $2, state = 'running', seen_at = $5
                   where import_job.worker is null or import_job.worker = $4 or import_job.seen_at < $6";
        self.store.writer.run_one(sql, args![import, dry_run, json(plan)?, worker, at, stale]).await?;
        let sql = "select worker from import_job where import_id = $1";
        let row = self.store.db.row(sql, args![import]).await?;
        Ok(row.map(|row| row.get::<Option<Uuid>>(0)).transpose()?.flatten() == Some(worker))
    }

    /// Notes how far a job is, and that its worker lives.
    pub async fn beat(&self, import: ImportId, read_rows: u64, at: Instant) -> Result<()> {
        let rows = i64::try_from(read_rows).unwrap_or(i64::MAX);
        let sql = "update import_job set read_rows = $2, seen_at = $3 where import_id = $1";
        self.note_job(sql, args![import, rows, at]).await
    }

    /// A dry run is over.
    pub async fn report(&self, import: ImportId, report: &str) -> Result<()> {
        let sql = "update import_job set report = $2, state = 'done', worker = null where import_id = $1";
        self.note_job(sql, args![import, report]).await
    }

    /// A job cannot go on.
    pub async fn fail(&self, import: ImportId, fault: &str) -> Result<()> {
        let sql = "update import_job set fault = $2, state = 'failed', worker = null where import_id = $1";
        self.note_job(sql, args![import, fault]).await
    }

    /// A job is let go: over, or to be taken up by whoever comes next.
    pub async fn let_go(&self, import: ImportId) -> Result<()> {
        let sql = "update import_job set worker = null, state = 'waiting' where import_id = $1 and state = 'running'";
        self.note_job(sql, args![import]).await
    }

    /// Removes a list's file once its rows are taken: they keep what was written, and may be erased one by one. It stays
    /// while an import still reads it, and while a list that was looked at may yet be imported.
    pub async fn let_file_go(&self, file: &str) -> Result<()> {
        if !self.takes() {
            return Err(StoreError::NotYours);
        }
        let sql = "select 1 from import i where i.file = $1 and i.state = 'running'
                   union all select 1 from import_job j where j.dry_run = true and j.plan like $2
                   and not exists (select 1 from import o where o.import_id = j.import_id) limit 1";
        if self.store.db.row(sql, args![file, format!("%{file}%")]).await?.is_none() {
            self.store.blobs.remove(file).await?;
        }
        Ok(())
    }

    /// Forgets dry runs that were asked for before an instant, and their files and those of imports that were stopped;
    /// how many dry runs it was.
    pub async fn sweep(&self, before: Instant) -> Result<usize> {
        if !self.takes() {
            return Err(StoreError::NotYours);
        }
        let sql = format!("{JOB} where j.dry_run = true and j.asked_at < $1");
        let old = self.store.db.rows(sql, args![before]).await?.iter().map(job).collect::<Result<Vec<_>>>()?;
        let stopped = "select i.file from import i where i.state = 'cancelled'";
        for row in self.store.db.rows(stopped, Vec::<crate::db::Value>::new()).await? {
            self.let_file_go(&row.get::<String>(0)?).await?;
        }
        for job in &old {
            self.note_job("delete from import_job where import_id = $1", args![job.import]).await?;
            self.let_file_go(&job.plan.file).await?;
        }
        Ok(old.len())
    }

    /// Notes how a list would be imported, without trying it.
    pub async fn draft(&self, import: ImportId, plan: &ImportOpened, at: Instant) -> Result<()> {
        let sql = "insert into import_job (import_id, officer_id, dry_run, plan, state, read_rows, asked_at, seen_at)
                   values ($1, $2, true, $3, 'done', 0, $4, $4)";
        self.note_job(sql, args![import, self.scope.officer_id(), json(plan)?, at]).await
    }

    async fn note_job(&self, sql: &'static str, args: Vec<crate::db::Value>) -> Result<()> {
        if self.takes() { self.store.writer.run_one(sql, args).await } else { Err(StoreError::NotYours) }
    }
}

fn job(row: &Row) -> Result<ImportJob> {
    Ok(ImportJob {
        import: row.id(0)?,
        officer: row.id_opt(1)?,
        dry_run: row.get(2)?,
        plan: row.json(3)?,
        state: row.code(4)?,
        read_rows: row.get(5)?,
        report: row.get(6)?,
        fault: row.get(7)?,
        asked_at: row.get(8)?,
    })
}
