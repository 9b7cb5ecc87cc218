//! Protected facts opened outside the serving visit: who has one open, and what a second person has yet to see.

use crate::{
    Scope, Store,
    db::{Conn, Row, Value, args},
    error::Result,
    journal::Envelope,
    sealing::{Vault, columns as at},
};
use domain::{
    Instant, Version,
    access::{Doing, OpeningReason, ProtectedOpened},
    ids::{HouseholdId, OfficerId, OpeningId},
    programmes::DistrictId,
};

/// An opening as its second person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its key.
    pub id: OpeningId,
    /// Events seen.
    pub version: Version,
    /// Whose file.
    pub household: HouseholdId,
    /// The family's district.
    pub district: DistrictId,
    /// Who opened it.
    pub officer: OfficerId,
    /// Their name.
    pub name: String,
    /// Why.
    pub why: OpeningReason,
    /// Why, in words.
    pub words: String,
    /// When.
    pub at: Instant,
    /// Until when.
    pub until: Instant,
    /// Who has seen it.
    pub seen_by: Option<String>,
    /// When they did.
    pub seen_at: Option<Instant>,
}

const COLUMNS: &str = "p.opening_id, p.version, p.household_id, p.district, p.officer_id, o.name, p.why, p.words,
    p.opened_at, p.until, s.name, p.seen_at";
const FROM: &str =
    "opening p join officer o on o.officer_id = p.officer_id left join officer s on s.officer_id = p.seen_by";

fn opening(row: &Row, vault: &Vault) -> Result<Opening> {
    let id: OpeningId = row.id(0)?;
    Ok(Opening {
        id,
        version: row.get(1)?,
        household: row.id(2)?,
        district: DistrictId(row.get(3)?),
        officer: row.id(4)?,
        name: row.get(5)?,
        why: row.code(6)?,
        words: vault.text(row, 7, &at::OPENING_WORDS, id.0, 0)?,
        at: row.get(8)?,
        until: row.get(9)?,
        seen_by: row.get(10)?,
        seen_at: row.get(11)?,
    })
}

impl Store {
    /// The opening under which the scope's officer may read what is protected in a file now.
    pub async fn open_now(&self, scope: &Scope, household: HouseholdId, now: Instant) -> Result<Option<OpeningId>> {
        let Some(officer) = scope.officer_id().filter(|_| scope.may(Doing::OpenProtected)) else { return Ok(None) };
        let sql = "select opening_id from opening where household_id = $1 and officer_id = $2 and opened_at <= $3
                   and until > $3 order by opening_id desc limit 1";
        self.db.row(sql, args![household, officer, now]).await?.map(|row| row.id(0)).transpose()
    }

    /// Openings for a second person, newest first: those of the district, or of all districts for who stands above them;
    /// one's own are among them, for somebody else to note.
    pub async fn openings(&self, scope: &Scope, unseen: bool, limit: i64) -> Result<Vec<Opening>> {
        let Some(officer) = scope.officer().filter(|_| scope.may(Doing::Openings)) else { return Ok(Vec::new()) };
        let seen = if unseen { "and p.seen_by is null" } else { "" };
        let rows = match officer.district() {
            Some(district) => {
                let sql = format!(
                    "select {COLUMNS} from {FROM} where p.district = $1 {seen} order by p.opened_at desc limit $2"
                );
                self.db.rows(sql, args![district, limit]).await?
            }
            None if officer.stands_in_for_districts() => {
                let sql = format!("select {COLUMNS} from {FROM} where true {seen} order by p.opened_at desc limit $1");
                self.db.rows(sql, args![limit]).await?
            }
            None => Vec::new(),
        };
        rows.iter().map(|row| opening(row, self.vault())).collect()
    }

    /// One opening that the scope may note as seen.
    pub async fn opening(&self, scope: &Scope, id: OpeningId) -> Result<Option<Opening>> {
        let Some(officer) = scope.officer().filter(|_| scope.may(Doing::Openings)) else { return Ok(None) };
        let sql = format!("select {COLUMNS} from {FROM} where p.opening_id = $1");
        let row = self.db.row(sql, vec![Value::from(id)]).await?;
        let opening = row.as_ref().map(|row| opening(row, self.vault())).transpose()?;
        let mine = |opening: &Opening| match officer.district() {
            Some(district) => opening.district == *district,
            None => officer.stands_in_for_districts(),
        };
        Ok(opening.filter(mine))
    }
}

pub(crate) async fn opened(conn: &mut Conn<'_>, on: &Envelope, e: &ProtectedOpened) -> Result<()> {
    let sql =
        "insert into opening (opening_id, version, household_id, district, officer_id, why, words, opened_at, until)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let officer = on.officer.map_or_else(uuid::Uuid::nil, |officer| officer.0);
    let args = args![
        on.record.id,
        on.version,
        e.household,
        &e.district,
        officer,
        e.why.code(),
        on.vault.seal(&at::OPENING_WORDS, on.record.id, 0, &e.words),
        on.recorded_at,
        e.until
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn seen(conn: &mut Conn<'_>, on: &Envelope) -> Result<()> {
    let sql = "update opening set version = $2, seen_by = $3, seen_at = $4 where opening_id = $1";
    conn.execute(sql, args![on.record.id, on.version, on.officer, on.recorded_at]).await.map(drop)
}
