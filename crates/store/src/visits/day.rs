//! A centre's day in numbers, and its closings.

use super::Visits;
use crate::{
    db::{Row, Value, args},
    error::Result,
};
use domain::{
    Date, Instant,
    ids::{ClosingId, OfficerId},
    money::Paisa,
    programmes::{CentreId, ProgrammeId},
    visits::{DayCounts, SealStated, VisitOutcome},
};

/// A closing of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Key.
    pub id: ClosingId,
    /// The counts as they stood.
    pub counts: DayCounts,
    /// The newest seal of that moment.
    pub seal: Option<SealStated>,
    /// Who closed.
    pub officer: Option<OfficerId>,
    /// Their name as colleagues know it.
    pub name: String,
    /// When.
    pub at: Instant,
}

/// How the visits of a day ended. Whoever left with a protected receipt alone counts as registered: the number of
/// receipts must not tell that there was one.
const OUTCOMES: &str = "select case when v.outcome is null then 'open' when v.outcome = 'receipt' and not exists
      (select 1 from receipt r where r.visit_id = v.visit_id and r.protected = false) then 'registered'
    else v.outcome end as ended, count(*) from visit v where v.centre = $1 and v.day = $2 group by 1 order by 1";

const PAPERS: &str = "select count(distinct p.paper_id) from visit v join paper p on p.household_id = v.household_id
    where v.centre = $1 and v.day = $2 and p.recorded_on = v.day and p.state = 'present' and p.protected = false";

const RECEIPTS: &str = "select count(distinct r.receipt_id) from visit v join receipt r on r.visit_id = v.visit_id
    where v.centre = $1 and v.day = $2 and r.protected = false";

const MONEY: &str = "select cast(coalesce(sum(d.amount), 0) as bigint) from delivery d
    join application a on a.application_id = d.application_id
    where a.centre = $1 and d.delivered_on = $2 and a.protected = false";

const APPLICATIONS: &str = "select a.programme, count(*) from application a
    where a.centre = $1 and a.submitted_on = $2 and a.protected = false group by a.programme order by a.programme";

impl Visits<'_> {
    /// The centre whose day a scope may count: that of a role that opens files.
    fn centre_of_day(&self) -> Option<CentreId> {
        self.scope.officer().and_then(|officer| officer.case_centre()).cloned()
    }

    /// The day of the scope's own centre in numbers; zeros for a scope without a centre. `ends` is the instant at which
    /// the day was over: what was entered from then on was entered later.
    pub async fn day_counts(&self, day: Date, ends: Instant) -> Result<DayCounts> {
        let Some(centre) = self.centre_of_day() else { return Ok(DayCounts::default()) };
        let mut counts = DayCounts::default();
        for row in self.store.db.rows(OUTCOMES, args![&centre, day]).await? {
            let (ended, count): (String, u32) = (row.get(0)?, whole(row.get(1)?));
            counts.tokens = counts.tokens.saturating_add(count);
            match ended.parse::<VisitOutcome>() {
                Ok(outcome) => drop(counts.outcomes.insert(outcome, count)),
                Err(_) => counts.open = count,
            }
        }
        for row in self.store.db.rows(APPLICATIONS, args![&centre, day]).await? {
            counts.applications.insert(ProgrammeId(row.get(0)?), whole(row.get(1)?));
        }
        let families = "select count(*) from household h where h.centre = $1 and h.registered_on = $2";
        let later = "select count(*) from visit v where v.centre = $1 and v.day = $2 and v.issued_at >= $3";
        let own = || args![&centre, day];
        counts.families = whole(self.number(families, own()).await?);
        counts.papers = whole(self.number(PAPERS, own()).await?);
        counts.receipts = whole(self.number(RECEIPTS, own()).await?);
        counts.money = Paisa(self.number(MONEY, own()).await?);
        counts.later = whole(self.number(later, args![&centre, day, ends]).await?);
        Ok(counts)
    }

    async fn number(&self, sql: &'static str, args: Vec<Value>) -> Result<i64> {
        let row = self.store.db.row(sql, args).await?;
        Ok(row.map(|row| row.get(0)).transpose()?.unwrap_or(0))
    }

    /// The closings of a day of the scope's own centre, the first one first.
    pub async fn closings(&self, day: Date) -> Result<Vec<Closing>> {
        let Some(centre) = self.centre_of_day() else { return Ok(Vec::new()) };
        let sql = "select c.closing_id, c.counts, c.seal_number, c.seal_hash, c.officer_id, o.name, c.closed_at
                   from day_closing c left join officer o on o.officer_id = c.officer_id
                   where c.centre = $1 and c.day = $2 order by c.closed_at, c.closing_id";
        self.store.db.rows(sql, args![&centre, day]).await?.iter().map(closing).collect()
    }
}

fn whole(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn closing(row: &Row) -> Result<Closing> {
    let number: Option<i64> = row.get(2)?;
    let hash: Option<String> = row.get(3)?;
    Ok(Closing {
        id: row.id(0)?,
        counts: row.json(1)?,
        seal: number.zip(hash).map(|(number, hash)| SealStated { number, hash }),
        officer: row.id_opt(4)?,
        name: row.get::<Option<String>>(5)?.unwrap_or_default(),
        at: row.get(6)?,
    })
}
