//! Storing what the events of a grievance say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::columns as at,
};
use domain::{
    grievances::{Appeal, GrievanceFiled, GrievanceMoved, GrievanceRecused, GrievanceSecretRenewed, GrievanceStatus},
    ids::OfficerId,
};

pub(crate) async fn filed(conn: &mut Conn<'_>, on: &Envelope, e: &GrievanceFiled) -> Result<()> {
    let sql =
        "insert into grievance (grievance_id, version, code, secret_hash, kind, subject, district, centre, operator,
               programme, application_id, household_id, receipt_id, filed, protected, filed_on, filed_at, written_on,
               status, holder, since, due, officer_id, department, appeal, route)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
               'received', 'office', $16, $19, null, false, $20, null)";
    let appeal = e.appeal.then(|| Appeal::Open.code());
    let args = args![
        on.record.id,
        on.version,
        e.code.plain(),
        &e.secret_hash,
        e.kind.code(),
        e.subject.code(),
        &e.district,
        e.centre.as_ref(),
        e.operator.as_ref(),
        e.programme.as_ref(),
        e.application,
        e.household,
        e.receipt,
        on.vault.seal(&at::GRIEVANCE_FILED, on.record.id, 0, &json(e)?),
        e.protected,
        e.since,
        on.recorded_at,
        on.happened_on,
        e.due,
        appeal
    ];
    conn.execute(sql, args).await?;
    for officer in &e.about {
        about(conn, on, *officer).await?;
    }
    Ok(())
}

async fn about(conn: &mut Conn<'_>, on: &Envelope, officer: OfficerId) -> Result<()> {
    let sql = "insert into grievance_about (grievance_id, officer_id) values ($1, $2) on conflict do nothing";
    conn.execute(sql, args![on.record.id, officer]).await.map(drop)
}

pub(crate) async fn moved(conn: &mut Conn<'_>, on: &Envelope, e: &GrievanceMoved) -> Result<()> {
    let sql = "update grievance set version = $2, status = $3, holder = $4, since = $5, due = $6, officer_id = $7,
               department = $8, appeal = $9, route = $10 where grievance_id = $1";
    let appeal = e.appeal.map(Appeal::code);
    let args = args![
        on.record.id,
        on.version,
        e.to.code(),
        e.holder.code(),
        e.since,
        e.due,
        e.officer,
        e.department,
        appeal,
        e.route.clone()
    ];
    conn.execute(sql, args).await?;
    let sql = "insert into grievance_step (grievance_id, version, from_status, to_status, taken_by, holder, due, done,
               words, appeal, route, officer_id, recorded_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let args = args![
        on.record.id,
        on.version,
        e.from.code(),
        e.to.code(),
        e.by.code(),
        e.holder.code(),
        e.due,
        e.done.map(|done| done.code()),
        on.vault.seal_opt(&at::GRIEVANCE_WORDS, on.record.id, on.version, e.words.as_deref()),
        appeal,
        e.route.clone(),
        on.officer,
        on.recorded_at
    ];
    conn.execute(sql, args).await.map(drop)
}

/// Who steps aside no longer answers for it either.
pub(crate) async fn recused(conn: &mut Conn<'_>, on: &Envelope, e: &GrievanceRecused) -> Result<()> {
    about(conn, on, e.officer).await?;
    let sql = "update grievance set version = $2,
               officer_id = case when officer_id = $3 then null else officer_id end where grievance_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.officer]).await.map(drop)
}

pub(crate) async fn secret_renewed(conn: &mut Conn<'_>, on: &Envelope, e: &GrievanceSecretRenewed) -> Result<()> {
    let sql = "update grievance set version = $2, secret_hash = $3 where grievance_id = $1";
    conn.execute(sql, args![on.record.id, on.version, &e.secret_hash]).await.map(drop)
}

/// The statuses that still wait for somebody, or those that do not, quoted for a statement.
pub(super) fn statuses(open: bool) -> String {
    let these = GrievanceStatus::ALL.iter().filter(|status| status.is_open() == open);
    these.map(|status| format!("'{}'", status.code())).collect::<Vec<_>>().join(", ")
}
