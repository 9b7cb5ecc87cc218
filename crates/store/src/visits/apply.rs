//! Storing what the events of a visit say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::{Sealed, columns as at},
};
use domain::{
    eligibility::Screened,
    visits::{
        DayClosed, HelpAsked, HouseholdFound, PackageChosen, QuestionLeft, TokenCalled, TokenIssued, VisitCalled,
        VisitEnded, VisitHanded, VisitStated, VisitorSaid,
    },
};

pub(crate) async fn issued(conn: &mut Conn<'_>, on: &Envelope, e: &TokenIssued) -> Result<()> {
    let sql = "insert into visit (visit_id, version, centre, day, issued_at, number, counter, language, topic, left_today, gates,
               picks, screened) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]', '[]', '[]', false)";
    let args = args![
        on.record.id,
        on.version,
        &e.centre,
        on.happened_on,
        on.recorded_at,
        e.number,
        e.counter.code(),
        e.language.code(),
        e.topic.code()
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn called(conn: &mut Conn<'_>, on: &Envelope, e: &VisitCalled) -> Result<()> {
    let sql = "update visit set version = $2, officer_id = $3 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.officer]).await.map(drop)
}

pub(crate) async fn token_called(conn: &mut Conn<'_>, on: &Envelope, e: &TokenCalled) -> Result<()> {
    let sql = "update visit set version = $2, officer_id = $3, desk = $4, called_at = $5 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.officer, e.desk, on.recorded_at]).await.map(drop)
}

pub(crate) async fn handed(conn: &mut Conn<'_>, on: &Envelope, e: &VisitHanded) -> Result<()> {
    let sql = "update visit set version = $2, officer_id = null, handed = $3 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, on.vault.seal(&at::VISIT_HANDED, on.record.id, 0, &json(e)?)])
        .await
        .map(drop)
}

pub(crate) async fn stated(conn: &mut Conn<'_>, on: &Envelope, e: &VisitStated) -> Result<()> {
    let sql = "update visit set version = $2, stated = $3 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, json(e)?]).await.map(drop)
}

pub(crate) async fn visitor_said(conn: &mut Conn<'_>, on: &Envelope, e: &VisitorSaid) -> Result<()> {
    let sql = "update visit set version = $2, came = $3 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, json(e)?]).await.map(drop)
}

pub(crate) async fn day_closed(conn: &mut Conn<'_>, on: &Envelope, e: &DayClosed) -> Result<()> {
    let sql = "insert into day_closing (closing_id, centre, day, counts, seal_number, seal_hash, officer_id, closed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = args![
        on.record.id,
        &e.centre,
        e.day,
        json(&e.counts)?,
        e.seal.as_ref().map(|seal| seal.number),
        e.seal.as_ref().map(|seal| seal.hash.clone()),
        on.officer,
        on.recorded_at
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn found(conn: &mut Conn<'_>, on: &Envelope, e: &HouseholdFound) -> Result<()> {
    let sql = "update visit set version = $2, household_id = $3, open_reason = $4 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.household, e.reason.clone()]).await.map(drop)
}

pub(crate) async fn question_left(conn: &mut Conn<'_>, on: &Envelope, e: &QuestionLeft) -> Result<()> {
    add_to_list(conn, on, &at::VISIT_LEFT, e).await
}

pub(crate) async fn help_asked(conn: &mut Conn<'_>, on: &Envelope, e: &HelpAsked) -> Result<()> {
    add_to_list(conn, on, &at::VISIT_GATES, &e.fact).await
}

/// Adds a value to one of a visit's JSON lists.
async fn add_to_list<T: serde::Serialize>(conn: &mut Conn<'_>, on: &Envelope, at: &Sealed, value: &T) -> Result<()> {
    let (column, visit) = (at.column, on.record.id);
    let row = conn.row(format!("select {column} from visit where visit_id = $1"), args![visit]).await?;
    let read = row.map(|row| on.vault.json(&row, 0, at, (visit, 0)));
    let mut list: Vec<serde_json::Value> = read.transpose()?.unwrap_or_default();
    list.push(serde_json::to_value(value).map_err(crate::error::corrupt)?);
    let sql = format!("update visit set version = $2, {column} = $3 where visit_id = $1");
    conn.execute(sql, args![visit, on.version, on.vault.seal(at, visit, 0, &json(&list)?)]).await.map(drop)
}

pub(crate) async fn screened(conn: &mut Conn<'_>, on: &Envelope, e: &Screened) -> Result<()> {
    let sql = "update visit set version = $2, screened = true where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await?;
    let facts = on.vault.seal(&at::SCREENING_FACTS, on.record.id, on.version, &e.facts);
    let verdicts = on.vault.seal(&at::SCREENING_VERDICTS, on.record.id, on.version, &json(&e.verdicts)?);
    let sql = "insert into screening (visit_id, version, household_id, pack, screened_on, facts, verdicts)
               values ($1, $2, $3, $4, $5, $6, $7)";
    let args = args![on.record.id, on.version, e.household, &e.pack, e.on, facts, verdicts];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn chosen(conn: &mut Conn<'_>, on: &Envelope, e: &PackageChosen) -> Result<()> {
    let sql = "update visit set version = $2, picks = $3 where visit_id = $1";
    // Nothing picked is stored as it is at the beginning.
    let picks = match e.picks.is_empty() {
        true => "[]".to_owned(),
        false => on.vault.seal(&at::VISIT_PICKS, on.record.id, 0, &json(&e.picks)?),
    };
    conn.execute(sql, args![on.record.id, on.version, picks]).await.map(drop)
}

pub(crate) async fn ended(conn: &mut Conn<'_>, on: &Envelope, e: &VisitEnded) -> Result<()> {
    let sql = "update visit set version = $2, outcome = $3, ended_at = $4 where visit_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.outcome.code(), on.recorded_at]).await.map(drop)
}
