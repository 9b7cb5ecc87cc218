//! Storing what the events of a request for a correction say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::columns as at,
};
use domain::people::{CorrectionAnswered, CorrectionAsked, CorrectionState};

pub(crate) async fn asked(conn: &mut Conn<'_>, on: &Envelope, e: &CorrectionAsked) -> Result<()> {
    let sql =
        "insert into correction (correction_id, version, household_id, centre, receipt_id, field, asked, asked_at,
               state, since, due) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = args![
        on.record.id,
        on.version,
        e.household,
        &e.centre,
        e.receipt,
        e.field.code(),
        on.vault.seal(&at::CORRECTION_ASKED, on.record.id, 0, &json(e)?),
        on.recorded_at,
        CorrectionState::Asked.code(),
        e.since,
        e.due
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn answered(conn: &mut Conn<'_>, on: &Envelope, e: &CorrectionAnswered) -> Result<()> {
    let sql = "update correction set version = $2, state = $3, answer = $4, answered_on = $5, officer_id = $6
               where correction_id = $1";
    let answer = on.vault.seal(&at::CORRECTION_ANSWER, on.record.id, 0, &json(e)?);
    let args = args![on.record.id, on.version, e.to.code(), answer, on.happened_on, on.officer];
    conn.execute(sql, args).await.map(drop)
}
