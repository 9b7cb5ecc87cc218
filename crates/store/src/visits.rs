//! Visits: the day's tokens of a centre, and each visit as it stands.

pub(crate) mod apply;
mod day;
mod display;

pub use day::Closing;

use crate::{
    Scope, Store,
    access::scope::Filter,
    db::{Row, Value, args},
    error::{Result, corrupt},
    sealing::{Vault, columns as at},
};
use domain::{
    Date,
    eligibility::VerdictCode,
    ids::VisitId,
    programmes::{CentreId, PackHash},
    visits::{Pick, Visit},
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
    v.officer_id, v.household_id, v.left_today, v.gates, v.picks, v.screened, v.outcome,
    v.desk, v.handed, v.stated, v.came";

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
        let visit = self.store.db.row(sql, args).await?.map(|row| visit(&row, self.store.vault())).transpose()?;
        match visit {
            Some(visit) => self.as_mine(visit).await.map(Some),
            None => Ok(None),
        }
    }

    /// The open visits of a day in the order they are called: disability, elderly, women, general; then by number.
    pub async fn waiting(&self, day: Date) -> Result<Vec<Visit>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, day.into());
        let sql = format!(
            "select {COLUMNS} from visit v where v.day = $1 and v.outcome is null and {condition}
             order by case v.counter when 'disability' then 0 when 'elderly' then 1 when 'women' then 2 else 3 end, v.number"
        );
        let mut visits = Vec::new();
        for row in &self.store.db.rows(sql, args).await? {
            visits.push(self.as_mine(visit(row, self.store.vault())?).await?);
        }
        Ok(visits)
    }

    /// The open visits of earlier days that came on paper and are being entered, the oldest day first.
    pub async fn being_entered(&self) -> Result<Vec<Visit>> {
        let (condition, args) = visible(self.scope).sql(1);
        let sql = format!(
            "select {COLUMNS} from visit v where v.stated is not null and v.outcome is null and {condition}
             order by v.day, v.number limit 100"
        );
        let mut visits = Vec::new();
        for row in &self.store.db.rows(sql, args).await? {
            visits.push(self.as_mine(visit(row, self.store.vault())?).await?);
        }
        Ok(visits)
    }

    /// Which protected help was asked for, and what was picked from it, is known to the officer who serves, while they
    /// serve, and to nobody else.
    async fn as_mine(&self, mut visit: Visit) -> Result<Visit> {
        if self.serves(&visit) {
            return Ok(visit);
        }
        let gates = std::mem::take(&mut visit.gates);
        visit.left.retain(|left| !gates.contains(&left.fact));
        if !visit.picks.is_empty() {
            let recorded = self.newest_screening(visit.id).await?;
            let verdicts = recorded.map(|screening| screening.verdicts).unwrap_or_default();
            let is_protected = |pick: &Pick| verdicts.iter().any(|v| v.protected && v.programme == pick.programme);
            visit.picks.retain(|pick| !is_protected(pick));
        }
        if !self.opens_files() {
            visit.left.clear();
            visit.picks.clear();
        }
        // A note between two desks may say what brought the family; the list shows only where it went.
        if let (false, Some(handed)) = (self.opens_files(), &mut visit.handed) {
            handed.note.clear();
        }
        Ok(visit)
    }

    /// Whether the scope's officer serves this visit now.
    pub(crate) fn serves(&self, visit: &Visit) -> bool {
        let mine = visit.officer.is_some() && visit.officer == self.scope.officer_id();
        self.scope.is_system() || (mine && visit.outcome.is_none())
    }

    /// Whether the scope's roles reach past the token into the case.
    pub(crate) fn opens_files(&self) -> bool {
        let officer = self.scope.officer();
        self.scope.is_system() || officer.is_some_and(|o| o.reads_everything() || o.case_centre().is_some())
    }

    /// The next token number of a centre's day; 1 for a centre that is not the scope's own.
    pub async fn next_number(&self, centre: &CentreId, day: Date) -> Result<u32> {
        let (condition, rest) = visible(self.scope).sql(3);
        let mut args = args![centre, day];
        args.extend(rest);
        let sql = format!(
            "select coalesce(max(v.number), 0) from visit v where v.centre = $1 and v.day = $2 and {condition}"
        );
        let row = self.store.db.row(sql, args).await?;
        let last: i64 = row.map(|row| row.get(0)).transpose()?.unwrap_or(0);
        Ok(u32::try_from(last + 1).unwrap_or(u32::MAX))
    }

    /// How many visits a day brought, by the topic noted at the token counter.
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
        let Some(visit) = self.get(id).await?.filter(|_| self.opens_files()) else { return Ok(None) };
        let Some(mut screening) = self.newest_screening(id).await? else { return Ok(None) };
        let serving = self.serves(&visit);
        screening.verdicts.retain(|verdict| !verdict.protected || serving);
        Ok(Some(screening))
    }

    /// The newest screening with every verdict; what may be shown of it is for the callers to say.
    async fn newest_screening(&self, id: VisitId) -> Result<Option<Screening>> {
        let sql = "select pack, screened_on, verdicts, version from screening where visit_id = $1 order by version desc limit 1";
        let Some(row) = self.store.db.row(sql, args![id]).await? else { return Ok(None) };
        let verdicts = self.store.vault().json(&row, 2, &at::SCREENING_VERDICTS, (id.0, row.get(3)?))?;
        Ok(Some(Screening { pack: PackHash(row.get(0)?), on: row.get(1)?, verdicts }))
    }
}

fn visit(row: &Row, vault: &Vault) -> Result<Visit> {
    let id: VisitId = row.id(0)?;
    Ok(Visit {
        id,
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
        left: vault.json(row, 11, &at::VISIT_LEFT, (id.0, 0))?,
        gates: vault.json(row, 12, &at::VISIT_GATES, (id.0, 0))?,
        picks: vault.json(row, 13, &at::VISIT_PICKS, (id.0, 0))?,
        screened: row.get(14)?,
        outcome: row.code_opt(15)?,
        desk: row.get::<Option<i64>>(16)?.and_then(|desk| u32::try_from(desk).ok()),
        handed: vault
            .text_opt(row, 17, &at::VISIT_HANDED, (id.0, 0))?
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(corrupt)?,
        stated: row.get::<Option<String>>(18)?.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?,
        came: row.get::<Option<String>>(19)?.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?,
    })
}
