//! Visits: the day's tokens of a centre, and each visit as it stands.

pub(crate) mod apply;

use crate::{
    Scope, Store,
    access::scope::Filter,
    db::{Row, Value, args},
    error::Result,
};
use domain::{
    Date,
    eligibility::VerdictCode,
    ids::VisitId,
    programmes::{CentreId, PackHash},
    visits::Visit,
};

/// The visits room, seen through a scope.
pub struct Visits<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

/// A screening as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// The pack.
    pub pack: PackHash,
    /// The day.
    pub on: Date,
    /// The verdicts.
    pub verdicts: Vec<VerdictCode>,
}

impl Store {
    /// Opens the visits room.
    pub fn visits<'a>(&'a self, scope: &'a Scope) -> Visits<'a> {
        Visits { store: self, scope }
    }
}

const COLUMNS: &str = "v.visit_id, v.version, v.centre, v.day, v.issued_at, v.number, v.counter, v.language, v.topic,
    v.officer_id, v.household_id, v.left_today, v.gates, v.picks, v.screened, v.outcome";

/// The desk sees the visits of its own centre.
fn visible(scope: &Scope) -> Filter {
    match scope.officer() {
        Some(officer) if officer.reads_everything() => Filter::all(),
        Some(officer) => match officer.desk_centre() {
            Some(centre) => Filter::new("v.centre = {}", vec![Value::from(centre)]),
            None => Filter::nothing(),
        },
        None if scope.is_system() => Filter::all(),
        None => Filter::nothing(),
    }
}

impl Visits<'_> {
    /// One visit; `None` when it is not there or not yours.
    pub async fn get(&self, id: VisitId) -> Result<Option<Visit>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, id.into());
        let sql = format!("select {COLUMNS} from visit v where v.visit_id = $1 and {condition}");
        let visit = self.store.db.row(sql, args).await?.as_ref().map(visit).transpose()?;
        Ok(visit.map(|visit| self.without_foreign_gates(visit)))
    }

    /// The open visits of a day in the order they are called: disability, elderly, women, general; then by number.
    pub async fn waiting(&self, day: Date) -> Result<Vec<Visit>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, day.into());
        let sql = format!(
            "select {COLUMNS} from visit v where v.day = $1 and v.outcome is null and {condition}
             order by case v.counter when 'disability' then 0 when 'elderly' then 1 when 'women' then 2 else 3 end, v.number"
        );
        let visits = self.store.db.rows(sql, args).await?.iter().map(visit).collect::<Result<Vec<_>>>()?;
        Ok(visits.into_iter().map(|visit| self.without_foreign_gates(visit)).collect())
    }

    /// Which protected help was asked for is known to the officer who serves, and to nobody else.
    fn without_foreign_gates(&self, mut visit: Visit) -> Visit {
        if !self.scope.is_system() && (visit.officer.is_none() || visit.officer != self.scope.officer_id()) {
            visit.gates.clear();
        }
        visit
    }

    /// The next token number of a centre's day.
    pub async fn next_number(&self, centre: &CentreId, day: Date) -> Result<u32> {
        let sql = "select coalesce(max(number), 0) from visit where centre = $1 and day = $2";
        let row = self.store.db.row(sql, args![centre, day]).await?;
        let last: i64 = row.map(|row| row.get(0)).transpose()?.unwrap_or(0);
        Ok(u32::try_from(last + 1).unwrap_or(u32::MAX))
    }

    /// How many visits of a day ended at a pure question, by topic code.
    pub async fn counts(&self, day: Date) -> Result<Vec<(String, i64)>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, day.into());
        let sql = format!(
            "select v.topic, count(*) from visit v where v.day = $1 and {condition} group by v.topic order by v.topic"
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
    }

    /// The newest screening recorded in a visit; protected verdicts only for the officer who serves it.
    pub async fn screening(&self, id: VisitId) -> Result<Option<Screening>> {
        let Some(visit) = self.get(id).await? else { return Ok(None) };
        let sql = "select pack, screened_on, verdicts from screening where visit_id = $1 order by version desc limit 1";
        let Some(row) = self.store.db.row(sql, args![id]).await? else { return Ok(None) };
        let serving = self.scope.is_system() || visit.officer == self.scope.officer_id();
        let mut verdicts: Vec<VerdictCode> = row.json(2)?;
        verdicts.retain(|verdict| !verdict.protected || serving);
        Ok(Some(Screening { pack: PackHash(row.get(0)?), on: row.get(1)?, verdicts }))
    }
}

fn visit(row: &Row) -> Result<Visit> {
    Ok(Visit {
        id: row.id(0)?,
        version: row.get(1)?,
        centre: CentreId(row.get(2)?),
        day: row.get(3)?,
        issued_at: row.get(4)?,
        number: u32::try_from(row.get::<i64>(5)?).unwrap_or(u32::MAX),
        counter: row.code(6)?,
        language: row.code(7)?,
        topic: row.code(8)?,
        officer: row.id_opt(9)?,
        household: row.id_opt(10)?,
        left: row.json(11)?,
        gates: row.json(12)?,
        picks: row.json(13)?,
        screened: row.get(14)?,
        outcome: row.code_opt(15)?,
    })
}
