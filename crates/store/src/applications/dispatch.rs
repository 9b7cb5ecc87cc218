//! Lists for departments without a line: storing them, and reading them within a scope.

use super::{Applications, read::InboxRow};
use crate::{
    db::{Conn, Row, args},
    error::Result,
    journal::Envelope,
};
use domain::{
    Date, Instant, Version,
    access::Role,
    applications::{Dispatch, DispatchAnswered, DispatchListed, Status},
    ids::{ApplicationId, DispatchId},
    programmes::{CentreId, DistrictId, OperatorId},
};

/// A list as printed, with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Key.
    pub id: DispatchId,
    /// Events seen.
    pub version: Version,
    /// As decisions see it.
    pub dispatch: Dispatch,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub at: Instant,
    /// Its lines, in the order printed.
    pub lines: Vec<DispatchLine>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchLine {
    /// Which application.
    pub application: ApplicationId,
    /// What the department answered.
    pub answer: Option<Status>,
    /// The day on its paper.
    pub dated: Option<Date>,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: Option<Instant>,
}

/// A department's office that waits for a list: nobody of it signs in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutLine {
    /// The operator.
    pub operator: OperatorId,
    /// The district.
    pub district: DistrictId,
    /// Applications that stand with it and are on no list yet.
    pub waiting: Vec<ApplicationId>,
}

pub(crate) async fn listed(conn: &mut Conn<'_>, on: &Envelope, e: &DispatchListed) -> Result<()> {
    let sql =
        "insert into dispatch (dispatch_id, version, number, centre, operator, district, day, officer_id, listed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = args![
        on.record.id,
        on.version,
        e.number,
        &e.centre,
        &e.operator,
        &e.district,
        on.happened_on,
        on.officer,
        on.recorded_at
    ];
    conn.execute(sql, args).await?;
    for (place, application) in (1i64..).zip(&e.applications) {
        let sql = "insert into dispatch_line (dispatch_id, place, application_id) values ($1, $2, $3)";
        conn.execute(sql, args![on.record.id, place, *application]).await?;
    }
    Ok(())
}

pub(crate) async fn answered(conn: &mut Conn<'_>, on: &Envelope, e: &DispatchAnswered) -> Result<()> {
    let sql = "update dispatch set version = $2 where dispatch_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await?;
    let sql = "update dispatch_line set answer = $3, dated = $4, entered_by = $5, entered_at = $6
               where dispatch_id = $1 and application_id = $2";
    let args = args![on.record.id, e.application, e.to.code(), e.dated, on.officer, on.recorded_at];
    conn.execute(sql, args).await.map(drop)
}

const LISTS: &str =
    "select d.dispatch_id, d.version, d.number, d.centre, d.operator, d.district, d.day, d.listed_at, o.name
    from dispatch d left join officer o on o.officer_id = d.officer_id";

const LINES: &str = "select l.application_id, l.answer, l.dated, o.name, l.entered_at from dispatch_line l
    left join officer o on o.officer_id = l.entered_by where l.dispatch_id = $1 order by l.place";

impl Applications<'_> {
    fn dispatch_centre(&self) -> Option<CentreId> {
        self.scope.officer().and_then(|officer| officer.case_centre()).cloned()
    }

    /// The offices that nobody signs in for and where ordinary applications of the scope's own centre wait, with those that are on
    /// no list yet, the oldest first. Protected applications go on no list: it is read by many hands.
    pub async fn without_line(&self) -> Result<Vec<WithoutLine>> {
        let Some(centre) = self.dispatch_centre() else { return Ok(Vec::new()) };
        let answered_for = self.answered_for().await?;
        let sql = "select a.operator, a.district, a.application_id from application a
                   where a.centre = $1 and a.protected = false and a.status in ('forwarded', 'received', 'under_review', 'resubmitted', 'overturned')
                   and not exists (select 1 from dispatch_line l where l.application_id = a.application_id and l.answer is null)
                   order by a.operator, a.district, a.application_id";
        let mut offices: Vec<WithoutLine> = Vec::new();
        for row in self.store.db.rows(sql, args![&centre]).await? {
            let (operator, district) = (OperatorId(row.get(0)?), DistrictId(row.get(1)?));
            if answered_for.contains(&(operator.clone(), district.clone())) {
                continue;
            }
            match offices.last_mut().filter(|last| last.operator == operator && last.district == district) {
                Some(last) => last.waiting.push(row.id(2)?),
                None => offices.push(WithoutLine { operator, district, waiting: vec![row.id(2)?] }),
            }
        }
        Ok(offices)
    }

    /// Operators and districts for which an officer signs in.
    async fn answered_for(&self) -> Result<Vec<(OperatorId, DistrictId)>> {
        let sql = "select operator, district, roles from officer where active = true and operator is not null
                   and district is not null";
        let mut all = Vec::new();
        for row in self.store.db.rows(sql, args![]).await? {
            let roles: Vec<Role> = row.json(2)?;
            if roles.contains(&Role::DepartmentFocal) {
                all.push((OperatorId(row.get(0)?), DistrictId(row.get(1)?)));
            }
        }
        Ok(all)
    }

    /// The next number of a list of the scope's own centre to an office.
    pub async fn next_dispatch(&self, operator: &OperatorId, district: &DistrictId) -> Result<u32> {
        let Some(centre) = self.dispatch_centre() else { return Ok(1) };
        let sql = "select coalesce(max(d.number), 0) from dispatch d
                   where d.centre = $1 and d.operator = $2 and d.district = $3";
        let row = self.store.db.row(sql, args![&centre, operator, district]).await?;
        let last: i64 = row.map(|row| row.get(0)).transpose()?.unwrap_or(0);
        Ok(u32::try_from(last + 1).unwrap_or(u32::MAX))
    }

    /// The newest lists of the scope's own centre.
    pub async fn dispatches(&self, limit: i64) -> Result<Vec<Listed>> {
        let Some(centre) = self.dispatch_centre() else { return Ok(Vec::new()) };
        let sql = format!("{LISTS} where d.centre = $1 order by d.listed_at desc, d.dispatch_id desc limit $2");
        let mut all = Vec::new();
        for row in &self.store.db.rows(sql, args![&centre, limit]).await? {
            all.push(self.with_lines(row).await?);
        }
        Ok(all)
    }

    /// One list of the scope's own centre; `None` when it is not there or not yours.
    pub async fn dispatch(&self, id: DispatchId) -> Result<Option<Listed>> {
        let Some(centre) = self.dispatch_centre() else { return Ok(None) };
        let row = self.store.db.row(format!("{LISTS} where d.dispatch_id = $1 and d.centre = $2"), args![id, &centre]);
        match row.await? {
            Some(row) => self.with_lines(&row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The rows of what a list names, as an inbox shows them, in the list's order.
    pub async fn dispatch_rows(&self, listed: &Listed) -> Result<Vec<InboxRow>> {
        let which = "a.application_id in (select l.application_id from dispatch_line l where l.dispatch_id = $3)";
        let most = i64::try_from(listed.lines.len()).unwrap_or(i64::MAX);
        let mut rows = self.rows(which, "a.application_id", vec![most.into(), 0i64.into(), listed.id.into()]).await?;
        rows.sort_by_key(|row| listed.lines.iter().position(|line| line.application == row.id));
        Ok(rows)
    }

    async fn with_lines(&self, row: &Row) -> Result<Listed> {
        let id: DispatchId = row.id(0)?;
        let lines: Vec<DispatchLine> =
            self.store.db.rows(LINES, args![id]).await?.iter().map(line).collect::<Result<_>>()?;
        let listed = DispatchListed {
            number: u32::try_from(row.get::<i64>(2)?).unwrap_or(u32::MAX),
            centre: CentreId(row.get(3)?),
            operator: OperatorId(row.get(4)?),
            district: DistrictId(row.get(5)?),
            applications: lines.iter().map(|line| line.application).collect(),
        };
        let waiting = lines.iter().filter(|line| line.answer.is_none()).map(|line| line.application).collect();
        Ok(Listed {
            id,
            version: row.get(1)?,
            dispatch: Dispatch { listed, day: row.get(6)?, waiting },
            made_by: row.get::<Option<String>>(8)?.unwrap_or_default(),
            at: row.get(7)?,
            lines,
        })
    }
}

fn line(row: &Row) -> Result<DispatchLine> {
    Ok(DispatchLine {
        application: row.id(0)?,
        answer: row.code_opt(1)?,
        dated: row.get(2)?,
        entered_by: row.get::<Option<String>>(3)?.unwrap_or_default(),
        entered_at: row.get(4)?,
    })
}
