//! Storing what the events of applications and receipts say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::columns as at,
};
use domain::applications::{
    ApplicationFlagLifted, ApplicationFlagged, ApplicationMoved, ApplicationSubmitted, DeliveryRecorded, ReceiptIssued,
    ReceiptReissued, Status,
};

pub(crate) async fn submitted(conn: &mut Conn<'_>, on: &Envelope, e: &ApplicationSubmitted) -> Result<()> {
    let sql = "insert into application (application_id, version, household_id, person_id, programme, operator, district, centre,
               visit_id, submitted, protected, submitted_on, submitted_at, promised, status, clock, since, due, days_left, flags)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'submitted', 'desk', $15, null, null, '[]')";
    let today = on.recorded_at.date_naive();
    let submitted = json(e)?;
    let submitted = match e.protected {
        true => on.vault.seal(&at::APPLICATION_SUBMITTED, on.record.id, 0, &submitted),
        false => submitted,
    };
    let args = args![
        on.record.id,
        on.version,
        e.household,
        e.person,
        &e.programme,
        &e.operator,
        &e.district,
        &e.centre,
        e.visit,
        submitted,
        e.protected,
        on.happened_on,
        on.recorded_at,
        e.promised,
        today
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn moved(conn: &mut Conn<'_>, on: &Envelope, e: &ApplicationMoved) -> Result<()> {
    let sql = "update application set version = $2, status = $3, clock = $4, since = $5, due = $6, days_left = $7
               where application_id = $1";
    let days_left = e.days_left.map(i64::from);
    let args = args![on.record.id, on.version, e.to.code(), e.clock.code(), e.since, e.due, days_left];
    conn.execute(sql, args).await?;
    let sql =
        "insert into application_step (application_id, version, from_status, to_status, clock, due, rule, words, place,
               officer_id, recorded_at, stead_id, granted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let place = e.place.map(i64::from);
    let granted = e.granted.as_ref().map(json).transpose()?;
    let args = args![
        on.record.id,
        on.version,
        e.from.code(),
        e.to.code(),
        e.clock.code(),
        e.due,
        e.rule.clone(),
        on.vault.seal_opt(&at::STEP_WORDS, on.record.id, on.version, e.words.as_deref()),
        place,
        on.officer,
        on.recorded_at,
        e.stead,
        granted
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn flagged(conn: &mut Conn<'_>, on: &Envelope, e: &ApplicationFlagged) -> Result<()> {
    let mut flags = flags(conn, on).await?;
    flags.push(e.clone());
    keep_flags(conn, on, &flags).await
}

pub(crate) async fn flag_lifted(conn: &mut Conn<'_>, on: &Envelope, e: &ApplicationFlagLifted) -> Result<()> {
    let mut flags = flags(conn, on).await?;
    flags.retain(|flag| flag.fact != e.fact);
    keep_flags(conn, on, &flags).await
}

async fn flags(conn: &mut Conn<'_>, on: &Envelope) -> Result<Vec<ApplicationFlagged>> {
    let row = conn.row("select flags from application where application_id = $1", args![on.record.id]).await?;
    let read = row.map(|row| on.vault.json(&row, 0, &at::APPLICATION_FLAGS, (on.record.id, 0)));
    Ok(read.transpose()?.unwrap_or_default())
}

/// That there are none is no secret: lists mark whatever has some.
async fn keep_flags(conn: &mut Conn<'_>, on: &Envelope, flags: &[ApplicationFlagged]) -> Result<()> {
    let text = json(&flags)?;
    let text = match flags {
        [] => text,
        _ => on.vault.seal(&at::APPLICATION_FLAGS, on.record.id, 0, &text),
    };
    let sql = "update application set version = $2, flags = $3 where application_id = $1";
    conn.execute(sql, args![on.record.id, on.version, text]).await.map(drop)
}

pub(crate) async fn delivered(conn: &mut Conn<'_>, on: &Envelope, e: &DeliveryRecorded) -> Result<()> {
    let sql = "update application set version = $2 where application_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await?;
    let what = on.vault.seal(&at::DELIVERY_WHAT, on.record.id, on.version, &e.what);
    let sql = "insert into delivery (application_id, version, amount, what, delivered_on) values ($1, $2, $3, $4, $5)";
    let args = args![on.record.id, on.version, e.amount.map(|paisa| paisa.0), what, e.on];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn receipt_issued(conn: &mut Conn<'_>, on: &Envelope, e: &ReceiptIssued) -> Result<()> {
    let sql = "insert into receipt (receipt_id, version, code, secret_hash, visit_id, household_id, protected, language, issued_on)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = args![
        on.record.id,
        on.version,
        e.code.plain(),
        &e.secret_hash,
        e.visit,
        e.household,
        e.protected,
        e.language.code(),
        on.happened_on
    ];
    conn.execute(sql, args).await?;
    for application in &e.applications {
        let sql = "insert into receipt_application (receipt_id, application_id) values ($1, $2)";
        conn.execute(sql, args![on.record.id, *application]).await?;
    }
    Ok(())
}

pub(crate) async fn receipt_reissued(conn: &mut Conn<'_>, on: &Envelope, e: &ReceiptReissued) -> Result<()> {
    let sql = "update receipt set version = $2, secret_hash = $3 where receipt_id = $1";
    conn.execute(sql, args![on.record.id, on.version, &e.secret_hash]).await?;
    // Entries from before the check was stated hold words alone; they have no row.
    let Some(check) = &e.check else { return Ok(()) };
    let checked = json(&(check, &e.identity_check))?;
    let checked = on.vault.seal(&at::RECEIPT_CHECKED, on.record.id, on.version, &checked);
    let sql = "insert into receipt_again (receipt_id, version, checked, officer_id, recorded_at)
               values ($1, $2, $3, $4, $5)";
    conn.execute(sql, args![on.record.id, on.version, checked, on.officer, on.recorded_at]).await.map(drop)
}

/// The statuses that still wait for a decision, quoted for a statement.
pub(crate) fn open_statuses() -> String {
    let quoted: Vec<String> = Status::ALL.iter().filter(|s| s.is_open()).map(|s| format!("'{}'", s.code())).collect();
    quoted.join(", ")
}
