//! Deputies: for whom an officer stands in today, and the namings of one's own.

use super::{Officers, officers};
use crate::{
    Store,
    db::{Row, args},
    error::Result,
};
use chrono::TimeDelta;
use domain::{
    Date, Instant, Version,
    access::{Doing, Officer},
    ids::{DeputyId, OfficerId},
    programmes::DistrictId,
};

/// A naming of a deputy, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputizing {
    /// Key.
    pub id: DeputyId,
    /// Events seen.
    pub version: Version,
    /// Who is away.
    pub officer: OfficerId,
    /// Their name.
    pub officer_name: String,
    /// Who stands in.
    pub deputy: OfficerId,
    /// Their name.
    pub deputy_name: String,
    /// The district whose applications they see.
    pub district: DistrictId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// The day of an instant in Pakistan: leave begins and ends with the office's day.
fn day_of(now: Instant) -> Date {
    (now + TimeDelta::hours(5)).date_naive()
}

impl Store {
    /// The districts whose inbox an officer has today as a deputy, and whose each is. Whoever decides for no operator is
    /// nobody's deputy, so that the desk's requests ask nothing.
    pub(super) async fn deputized(&self, officer: &Officer, now: Instant) -> Result<Vec<(DistrictId, OfficerId)>> {
        let Some(operator) = &officer.posting.operator else { return Ok(Vec::new()) };
        let sql = "select d.district, d.officer_id from deputy d join officer o on o.officer_id = d.officer_id
                   where d.deputy_id = $1 and d.until_on >= $2 and d.from_on <= $3 and d.ended = false
                   and d.operator = $4 order by d.deputizing_id";
        let today = day_of(now);
        let rows = self.db.rows(sql, args![officer.id, today, today, operator]).await?;
        rows.iter().map(|row| Ok((DistrictId(row.get(0)?), row.id(1)?))).collect()
    }
}

impl Officers<'_> {
    /// The officer who is or goes away, for themselves, for whoever appoints officers, and for the supervisor of their
    /// department in their district.
    async fn away(&self, officer: OfficerId) -> Result<Option<Officer>> {
        let mine = self.scope.officer_id() == Some(officer);
        let appoints = self.scope.may(Doing::Administer);
        if !mine && !appoints && !self.scope.may(Doing::Deputies) {
            return Ok(None);
        }
        let sql = format!("select {} from officer where officer_id = $1", officers::COLUMNS);
        let away = self.store.db.row(sql, args![officer]).await?.map(|row| officers::officer(&row)).transpose()?;
        Ok(away.filter(|away| mine || appoints || self.scope.officer().is_some_and(|me| me.names_deputies_of(away))))
    }

    /// The officers for whom this one names deputies: those who decide for the same operator in the same district.
    pub async fn supervised(&self) -> Result<Vec<Officer>> {
        let Some(me) = self.scope.officer().filter(|_| self.scope.may(Doing::Deputies)) else { return Ok(Vec::new()) };
        let posting = &me.as_officer().posting;
        let (Some(operator), Some(district)) = (&posting.operator, &posting.district) else { return Ok(Vec::new()) };
        let sql = format!(
            "select {} from officer where operator = $1 and district = $2 and active = true order by name, login",
            officers::COLUMNS
        );
        let rows = self.store.db.rows(sql, args![operator, district]).await?;
        let all = rows.iter().map(officers::officer).collect::<Result<Vec<_>>>()?;
        Ok(all.into_iter().filter(|officer| me.names_deputies_of(officer)).collect())
    }

    /// The officers who may stand in for one: of the same operator, from other districts, in alphabetical order. Nobody for
    /// whoever decides for no operator; told to the officer, to whoever appoints officers, and to their supervisor.
    pub async fn colleagues(&self, of: OfficerId) -> Result<Vec<Officer>> {
        let Some(away) = self.away(of).await? else { return Ok(Vec::new()) };
        let (Some(operator), Some(district)) = (&away.posting.operator, &away.posting.district) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "select {} from officer where operator = $1 and active = true and district <> $2 order by name, login",
            officers::COLUMNS
        );
        let rows = self.store.db.rows(sql, args![operator, district]).await?;
        rows.iter().map(officers::officer).collect()
    }

    /// The namings that an officer is in, as the one who is away or as the deputy, that have not ended; told to the officer,
    /// to whoever appoints officers, and to their supervisor.
    pub async fn deputies(&self, of: OfficerId, today: Date) -> Result<Vec<Deputizing>> {
        let Some(officer) = self.away(of).await?.map(|officer| officer.id) else { return Ok(Vec::new()) };
        let sql = "select d.deputizing_id, d.version, d.officer_id, o.name, p.name, d.district, d.from_on, d.until_on,
                          d.deputy_id
                   from deputy d join officer o on o.officer_id = d.officer_id join officer p on p.officer_id = d.deputy_id
                   where d.officer_id = $1 and d.until_on >= $2 and d.ended = false
                   union
                   select d.deputizing_id, d.version, d.officer_id, o.name, p.name, d.district, d.from_on, d.until_on,
                          d.deputy_id
                   from deputy d join officer o on o.officer_id = d.officer_id join officer p on p.officer_id = d.deputy_id
                   where d.deputy_id = $1 and d.until_on >= $2 and d.ended = false order by 7, 1";
        self.store.db.rows(sql, args![officer, today]).await?.iter().map(deputizing).collect()
    }
}

fn deputizing(row: &Row) -> Result<Deputizing> {
    Ok(Deputizing {
        id: row.id(0)?,
        version: row.get(1)?,
        officer: row.id(2)?,
        officer_name: row.get(3)?,
        deputy_name: row.get(4)?,
        district: DistrictId(row.get(5)?),
        from: row.get(6)?,
        until: row.get(7)?,
        deputy: row.id(8)?,
    })
}
