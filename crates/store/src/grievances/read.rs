//! Reading complaints within a scope.

use super::{
    apply::statuses,
    scope::{countable, of_the_department, visible},
};
use crate::{
    Scope, Store,
    applications::{APPLICATION_COLUMNS, Step, application},
    db::{Row, Value, args},
    error::{Result, corrupt},
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Instant,
    applications::{Application, ReceiptCode},
    grievances::{Appeal, By, Done, Grievance, GrievanceFiled, GrievanceKind, GrievanceStatus, Holder, Subject},
    ids::{GrievanceId, HouseholdId, OfficerId},
    programmes::{CentreId, OperatorId, ProgrammeId},
};
use uuid::Uuid;

/// The grievances room, seen through a scope.
pub struct Grievances<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

/// One line of a list of complaints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrievanceRow {
    /// Key.
    pub id: GrievanceId,
    /// Its code.
    pub code: ReceiptCode,
    /// The kind.
    pub kind: GrievanceKind,
    /// Whom or what it names.
    pub subject: Subject,
    /// The centre.
    pub centre: Option<CentreId>,
    /// The programme; not of a protected one.
    pub programme: Option<ProgrammeId>,
    /// The operator; not of a protected one.
    pub operator: Option<OperatorId>,
    /// Neutral wording.
    pub protected: bool,
    /// When it came in.
    pub filed_on: Date,
    /// Where it stands.
    pub status: GrievanceStatus,
    /// Whose time runs.
    pub holder: Holder,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<Date>,
    /// Who answers for it.
    pub officer: Option<OfficerId>,
    /// In the hands of the department.
    pub department: bool,
    /// Where the appeal stands, if it is one.
    pub appeal: Option<Appeal>,
}

/// One step in a complaint's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrievanceStep {
    /// From.
    pub from: GrievanceStatus,
    /// To.
    pub to: GrievanceStatus,
    /// Who took it.
    pub by: By,
    /// Whose time ran from here.
    pub holder: Holder,
    /// Until when.
    pub due: Option<Date>,
    /// What was done.
    pub done: Option<Done>,
    /// The words.
    pub words: Option<String>,
    /// What became of the appeal.
    pub appeal: Option<Appeal>,
    /// Where it was passed.
    pub route: Option<String>,
    /// The officer's name; officers only are told.
    pub officer: Option<String>,
    /// When.
    pub at: Instant,
}

/// An officer who may answer for a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Key.
    pub id: OfficerId,
    /// Shown name.
    pub name: String,
}

/// How many complaints of a kind came in within a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCount {
    /// `2026-11`.
    pub month: String,
    /// The kind.
    pub kind: GrievanceKind,
    /// How many; never shown as it is.
    pub count: i64,
}

impl Store {
    /// Opens the grievances room.
    pub fn grievances<'a>(&'a self, scope: &'a Scope) -> Grievances<'a> {
        Grievances { store: self, scope }
    }
}

const COLUMNS: &str =
    "g.grievance_id, g.version, g.filed, g.filed_at, g.written_on, g.status, g.holder, g.since, g.due,
    g.officer_id, g.department, g.appeal, g.route";

const ROW: &str =
    "g.grievance_id, g.code, g.kind, g.subject, g.centre, g.programme, g.operator, g.protected, g.filed_on,
    g.status, g.holder, g.since, g.due, g.officer_id, g.department, g.appeal";

impl Grievances<'_> {
    /// One complaint; `None` when it is not there, not yours, or about you.
    pub async fn get(&self, id: GrievanceId) -> Result<Option<Grievance>> {
        self.one("g.grievance_id = $1", id.into()).await
    }

    /// One complaint by its code.
    pub async fn by_code(&self, code: &ReceiptCode) -> Result<Option<Grievance>> {
        self.one("g.code = $1", code.plain().into()).await
    }

    async fn one(&self, which: &str, value: Value) -> Result<Option<Grievance>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, value);
        let sql = format!("select {COLUMNS} from grievance g where {which} and {condition}");
        let Some(row) = self.store.db.row(sql, args).await? else { return Ok(None) };
        self.complete(&row).await.map(Some)
    }

    /// What the proven receipt or complaint may see, newest first.
    pub async fn mine(&self) -> Result<Vec<Grievance>> {
        if self.scope.receipt().is_none() && self.scope.grievance().is_none() {
            return Ok(Vec::new());
        }
        let (condition, args) = visible(self.scope).sql(1);
        let sql = format!("select {COLUMNS} from grievance g where {condition} order by g.grievance_id desc");
        let mut found = Vec::new();
        for row in self.store.db.rows(sql, args).await? {
            found.push(self.complete(&row).await?);
        }
        Ok(found)
    }

    /// The inbox: what is open, the most urgent first.
    pub async fn inbox(&self, offset: i64, limit: i64) -> Result<Vec<GrievanceRow>> {
        let which = format!("g.status in ({})", statuses(true));
        self.rows(&which, "g.due, g.grievance_id", offset, limit).await
    }

    /// What ended, newest first.
    pub async fn ended(&self, offset: i64, limit: i64) -> Result<Vec<GrievanceRow>> {
        let which = format!("g.status in ({})", statuses(false));
        self.rows(&which, "g.since desc, g.grievance_id desc", offset, limit).await
    }

    async fn rows(&self, which: &str, order: &str, offset: i64, limit: i64) -> Result<Vec<GrievanceRow>> {
        let (condition, scope) = visible(self.scope).sql(3);
        let mut args = args![limit, offset];
        args.extend(scope);
        let sql =
            format!("select {ROW} from grievance g where {which} and {condition} order by {order} limit $1 offset $2");
        let rows = self.store.db.rows(sql, args).await?;
        rows.iter().map(|row| grievance_row(row).map(|row| self.neutral_row(row))).collect()
    }

    /// How many of the open ones in the scope's list stand where.
    pub async fn counts(&self) -> Result<Vec<(GrievanceStatus, i64)>> {
        let (condition, args) = visible(self.scope).sql(1);
        let sql = format!(
            "select g.status, count(*) from grievance g where g.status in ({}) and {condition} group by g.status order by 1",
            statuses(true)
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| Ok((row.code(0)?, row.get(1)?))).collect()
    }

    /// Ordinary complaints that came in since a day, by month and kind, for figures.
    pub async fn monthly(&self, since: Date) -> Result<Vec<MonthCount>> {
        let (condition, scope) = countable(self.scope).sql(2);
        let mut args = args![since];
        args.extend(scope);
        let sql = format!(
            "select substr(cast(g.filed_on as text), 1, 7), g.kind, count(*) from grievance g
             where g.filed_on >= $1 and {condition} group by 1, 2 order by 1 desc, 2"
        );
        let count = |row: &Row| Ok(MonthCount { month: row.get(0)?, kind: row.code(1)?, count: row.get(2)? });
        self.store.db.rows(sql, args).await?.iter().map(count).collect()
    }

    /// Ordinary appeals that came in since a day, by what became of them, for figures.
    pub async fn appeals(&self, since: Date) -> Result<Vec<(Appeal, i64)>> {
        let (condition, scope) = countable(self.scope).sql(2);
        let mut args = args![since];
        args.extend(scope);
        let sql = format!(
            "select g.appeal, count(*) from grievance g where g.filed_on >= $1 and g.appeal is not null and {condition}
             group by g.appeal order by 1"
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| Ok((row.code(0)?, row.get(1)?))).collect()
    }

    /// The history of a complaint the scope may see, oldest first.
    pub async fn history(&self, id: GrievanceId) -> Result<Vec<GrievanceStep>> {
        if self.get(id).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "select s.from_status, s.to_status, s.taken_by, s.holder, s.due, s.done, s.words, s.appeal, s.route,
                   (select o.name from officer o where o.officer_id = s.officer_id), s.recorded_at, s.version
                   from grievance_step s where s.grievance_id = $1 order by s.version";
        let named = self.scope.officer().is_some() || self.scope.is_system();
        let steps = self.store.db.rows(sql, args![id]).await?;
        steps
            .iter()
            .map(|row| {
                step(row, id, self.store.vault())
                    .map(|step| GrievanceStep { officer: step.officer.filter(|_| named), ..step })
            })
            .collect()
    }

    /// The application a visible complaint is about, for deciding about it. Of a protected one, whoever may not see it
    /// gets its standing and nothing of what it is.
    pub async fn application(&self, id: GrievanceId) -> Result<Option<Application>> {
        let Some(found) = self.get(id).await? else { return Ok(None) };
        let sql = format!(
            "select {APPLICATION_COLUMNS} from grievance g join application a on a.application_id = g.application_id
             where g.grievance_id = $1"
        );
        let row = self.store.db.row(sql, args![id]).await?;
        let read = row.map(|row| application(&row, self.store.vault())).transpose()?;
        Ok(read.map(|application| if self.hides(found.filed.protected) { neutral(application) } else { application }))
    }

    /// The history of the application a visible complaint is about, oldest first; of a hidden one without words and rules.
    pub async fn application_history(&self, id: GrievanceId) -> Result<Vec<Step>> {
        let Some(found) = self.get(id).await? else { return Ok(Vec::new()) };
        let Some(application) = self.application(id).await? else { return Ok(Vec::new()) };
        let inside = Scope::inside();
        let mut steps = self.store.applications(&inside).history(application.id).await?;
        if self.hides(found.filed.protected) {
            for step in &mut steps {
                (step.rule, step.words, step.place) = (None, None, None);
            }
        }
        Ok(steps)
    }

    /// Who may answer for a visible complaint: the district's grievance officers it is not about; where there are none,
    /// whoever stands in for them and asks.
    pub async fn candidates(&self, id: GrievanceId) -> Result<Vec<Candidate>> {
        let (Some(found), Some(me)) = (self.get(id).await?, self.scope.officer()) else { return Ok(Vec::new()) };
        let sql = "select o.officer_id, o.name from officer o where o.active = true and o.district = $2
                   and o.roles like '%\"grievance_officer\"%' and not exists (select 1 from grievance_about ga
                   where ga.grievance_id = $1 and ga.officer_id = o.officer_id) order by o.name";
        let rows = self.store.db.rows(sql, args![id, &found.filed.district]).await?;
        let mut all: Vec<Candidate> =
            rows.iter().map(|row| Ok(Candidate { id: row.id(0)?, name: row.get(1)? })).collect::<Result<_>>()?;
        if all.is_empty() && me.stands_in_for_districts() {
            all.push(Candidate { id: me.as_officer().id, name: me.as_officer().name.clone() });
        }
        Ok(all)
    }

    /// Whether the department has an officer to whom an appeal may be handed: another than who took the decision.
    pub async fn department_can(&self, id: GrievanceId) -> Result<bool> {
        if self.scope.officer().is_none() || self.get(id).await?.is_none() {
            return Ok(false);
        }
        let sql = "select 1 from grievance g join officer o on o.operator = g.operator and o.district = g.district
                   where g.grievance_id = $1 and g.appeal = 'open' and o.active = true
                   and o.roles like '%\"department_focal\"%' and not exists (select 1 from grievance_about ga
                   where ga.grievance_id = g.grievance_id and ga.officer_id = o.officer_id) limit 1";
        Ok(self.store.db.row(sql, args![id]).await?.is_some())
    }

    /// Whether a protected complaint keeps its application from this scope.
    fn hides(&self, protected: bool) -> bool {
        protected && self.scope.officer().is_some_and(|officer| !of_the_department(officer))
    }

    async fn complete(&self, row: &Row) -> Result<Grievance> {
        let mut found = grievance(row, self.store.vault())?;
        let sql = "select officer_id from grievance_about where grievance_id = $1 order by officer_id";
        found.about =
            self.store.db.rows(sql, args![found.id]).await?.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
        if self.hides(found.filed.protected) {
            let filed = &mut found.filed;
            (filed.programme, filed.operator, filed.application) = (None, None, None);
            (filed.household, filed.receipt) = (None, None);
        }
        Ok(found)
    }

    fn neutral_row(&self, mut row: GrievanceRow) -> GrievanceRow {
        if self.hides(row.protected) {
            (row.programme, row.operator) = (None, None);
        }
        row
    }
}

/// An application without what it is: only where it stands, for a decision about it.
fn neutral(mut application: Application) -> Application {
    let submitted = &mut application.submitted;
    submitted.household = HouseholdId(Uuid::nil());
    (submitted.person, submitted.visit) = (None, None);
    (submitted.programme, submitted.operator) = ("".into(), "".into());
    submitted.verdict = serde_json::Value::Null;
    for list in [&mut submitted.facts_used, &mut submitted.papers, &mut submitted.missing_papers] {
        list.clear();
    }
    application.flags.clear();
    application
}

fn grievance(row: &Row, vault: &Vault) -> Result<Grievance> {
    let id: GrievanceId = row.id(0)?;
    let filed: GrievanceFiled = vault.json(row, 2, &at::GRIEVANCE_FILED, (id.0, 0))?;
    Ok(Grievance {
        id,
        version: row.get(1)?,
        filed,
        filed_at: row.get(3)?,
        written_on: row.get(4)?,
        status: row.code(5)?,
        holder: row.code(6)?,
        since: row.get(7)?,
        due: row.get(8)?,
        officer: row.id_opt(9)?,
        department: row.get(10)?,
        appeal: row.code_opt(11)?,
        about: Vec::new(),
        route: row.get(12)?,
    })
}

fn grievance_row(row: &Row) -> Result<GrievanceRow> {
    Ok(GrievanceRow {
        id: row.id(0)?,
        code: row.get::<String>(1)?.parse().map_err(corrupt)?,
        kind: row.code(2)?,
        subject: row.code(3)?,
        centre: row.get::<Option<String>>(4)?.map(CentreId),
        programme: row.get::<Option<String>>(5)?.map(ProgrammeId),
        operator: row.get::<Option<String>>(6)?.map(OperatorId),
        protected: row.get(7)?,
        filed_on: row.get(8)?,
        status: row.code(9)?,
        holder: row.code(10)?,
        since: row.get(11)?,
        due: row.get(12)?,
        officer: row.id_opt(13)?,
        department: row.get(14)?,
        appeal: row.code_opt(15)?,
    })
}

fn step(row: &Row, id: GrievanceId, vault: &Vault) -> Result<GrievanceStep> {
    Ok(GrievanceStep {
        from: row.code(0)?,
        to: row.code(1)?,
        by: row.code(2)?,
        holder: row.code(3)?,
        due: row.get(4)?,
        done: row.code_opt(5)?,
        words: vault.text_opt(row, 6, &at::GRIEVANCE_WORDS, (id.0, row.get(11)?))?,
        appeal: row.code_opt(7)?,
        route: row.get(8)?,
        officer: row.get(9)?,
        at: row.get(10)?,
    })
}
