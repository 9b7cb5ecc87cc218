//! Storing what the events of imports and of listed beneficiaries say.

use super::{Batches, batch::Batch, keys};
use crate::{
    db::{Conn, Value, args, json},
    error::Result,
    journal::Envelope,
};
use domain::people::{
    ImportCancelled, ImportFinished, ImportOpened, ImportState, Likeness, Listed, ListedMatched, RowOutcome,
    RowsAccepted, Tally,
};

pub(crate) async fn opened(conn: &mut Conn<'_>, on: &Envelope, e: &ImportOpened) -> Result<()> {
    let sql =
        "insert into import (import_id, version, opened, source, programme, file, stated_on, state, batches, tally,
               opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7, 'running', 0, $8, $9, $10)";
    let args = args![
        on.record.id,
        on.version,
        json(e)?,
        &e.list.source,
        e.list.programme.as_ref(),
        &e.file,
        e.list.stated_on,
        json(&Tally::default())?,
        on.recorded_at,
        on.officer
    ];
    conn.execute(sql, args).await.map(drop)
}

const LISTING: &str =
    "listing (listing_id, version, import_id, line, row_key, state, reason, notes, person_id, among, given,
    father_or_husband, number, phone, village, tehsil, union_council, district, birth, sex, cells)";
const BENEFIT: &str =
    "benefit (listing_id, place, import_id, person_id, source, programme, purpose, amount, per, since,
    until, stated_on)";

pub(crate) async fn accepted(conn: &mut Conn<'_>, on: &Envelope, e: &RowsAccepted, batches: &Batches) -> Result<()> {
    let sql = "select opened, tally from import where import_id = $1";
    let Some(row) = conn.row(sql, args![on.record.id]).await? else { return Ok(()) };
    let (opened, tally): (ImportOpened, Tally) = (row.json(0)?, row.json(1)?);
    let Batch(rows) = batches.at(&e.rows)?;
    let (mut listings, mut benefits) = (Vec::with_capacity(rows.len() * 21), Vec::with_capacity(rows.len() * 12));
    for (row, _) in rows {
        listings.extend(listing(on, row)?);
        for (place, benefit) in (0i64..).zip(&row.benefits).filter(|_| row.person().is_some() || reviewed(row)) {
            benefits.extend(args![
                row.listing,
                place,
                on.record.id,
                row.person(),
                &opened.list.source,
                opened.list.programme.as_ref(),
                benefit.purpose.code(),
                benefit.amount.map(|amount| amount.0),
                benefit.per.map(|per| per.code()),
                benefit.since,
                benefit.until,
                opened.list.stated_on
            ]);
        }
    }
    conn.insert(LISTING, 21, listings, "").await?;
    conn.insert(BENEFIT, 12, benefits, "").await?;
    let filed: Vec<_> = rows.iter().filter_map(|(row, filed)| Some((row.listing, filed.as_ref()?))).collect();
    keys::add(conn, &filed).await?;
    let sql = "update import set version = $2, batches = $3, tally = $4 where import_id = $1";
    let args = args![on.record.id, on.version, e.batch, json(&tally.plus(e.tally))?];
    conn.execute(sql, args).await.map(drop)
}

fn reviewed(row: &Listed) -> bool {
    matches!(row.outcome, RowOutcome::Review { .. })
}

fn listing(on: &Envelope, row: &Listed) -> Result<Vec<Value>> {
    let (reason, among): (_, &[Likeness]) = match &row.outcome {
        RowOutcome::Refused { reason } => (Some(reason.code()), &[]),
        RowOutcome::Review { among } => (None, among),
        RowOutcome::Matched { to } => (None, std::slice::from_ref(to)),
        RowOutcome::New => (None, &[]),
    };
    Ok(args![
        row.listing,
        0i64,
        on.record.id,
        i64::try_from(row.line).unwrap_or(i64::MAX),
        &row.row_key,
        row.outcome.state().code(),
        reason,
        json(&row.notes)?,
        row.person(),
        json(&among)?,
        &row.given,
        row.father_or_husband.clone(),
        row.number.clone(),
        row.phone.clone(),
        row.village.clone(),
        row.tehsil.clone(),
        row.union_council.clone(),
        row.district.as_ref(),
        row.birth.map(|birth| birth.to_string()),
        row.sex.map(|sex| sex.code()),
        json(&row.cells)?
    ])
}

pub(crate) async fn finished(conn: &mut Conn<'_>, on: &Envelope, _: &ImportFinished) -> Result<()> {
    ended(conn, on, ImportState::Finished).await
}

pub(crate) async fn cancelled(conn: &mut Conn<'_>, on: &Envelope, _: &ImportCancelled) -> Result<()> {
    ended(conn, on, ImportState::Cancelled).await
}

async fn ended(conn: &mut Conn<'_>, on: &Envelope, state: ImportState) -> Result<()> {
    let sql = "update import set version = $2, state = $3, ended_at = $4 where import_id = $1";
    conn.execute(sql, args![on.record.id, on.version, state.code(), on.recorded_at]).await.map(drop)
}

/// Whom a listed beneficiary means, and with it whoever was taken for the same.
pub(crate) async fn matched(conn: &mut Conn<'_>, on: &Envelope, e: &ListedMatched) -> Result<()> {
    let (listing, state) = (on.record.id, if e.person.0 == on.record.id { "new" } else { "matched" });
    let sql =
        "update listing set version = $2, state = $3, person_id = $4 where listing_id = $1 and state <> 'refused'";
    conn.execute(sql, args![listing, on.version, state, e.person]).await?;
    let sql = "update listing set person_id = $2 where person_id = $1 and listing_id <> $1";
    conn.execute(sql, args![listing, e.person]).await?;
    // Rows of one listing, and rows of others that had followed it.
    let sql = "update benefit set person_id = $2 where listing_id = $1";
    conn.execute(sql, args![listing, e.person]).await?;
    let sql = "update benefit set person_id = $2 where person_id = $1";
    conn.execute(sql, args![listing, e.person]).await.map(drop)
}
