//! Storing what the events of an officer say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::access::{DeputyNamed, OfficerAppointed, OfficerChanged, SecondStepReset};

pub(crate) async fn appointed(conn: &mut Conn<'_>, on: &Envelope, e: &OfficerAppointed) -> Result<()> {
    let sql = "insert into officer (officer_id, version, login, name, roles, centre, district, operator, active)
               values ($1, $2, $3, $4, $5, $6, $7, $8, true)";
    let p = &e.posting;
    let args = args![
        on.record.id,
        on.version,
        &e.login,
        &e.name,
        json(&e.roles)?,
        p.centre.as_ref(),
        p.district.as_ref(),
        p.operator.as_ref()
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn changed(conn: &mut Conn<'_>, on: &Envelope, e: &OfficerChanged) -> Result<()> {
    let sql = "update officer set version = $2, roles = $3, centre = $4, district = $5, operator = $6, active = $7
               where officer_id = $1";
    let p = &e.posting;
    let args = args![
        on.record.id,
        on.version,
        json(&e.roles)?,
        p.centre.as_ref(),
        p.district.as_ref(),
        p.operator.as_ref(),
        e.active
    ];
    conn.execute(sql, args).await?;
    // Whoever gains or loses a right signs in again.
    conn.execute("delete from session where officer_id = $1", args![on.record.id]).await.map(drop)
}

/// What was enrolled after the reset stays, so that a rebuild takes nobody's second step away.
pub(crate) async fn second_step_reset(conn: &mut Conn<'_>, on: &Envelope, e: &SecondStepReset) -> Result<()> {
    let sql = "update officer set version = $2, reset_by = $3, reset_at = $4, reset_reason = $5 where officer_id = $1";
    conn.execute(sql, args![on.record.id, on.version, on.officer, on.recorded_at, &e.reason]).await?;
    let codes = "delete from recovery_code where officer_id in
                 (select s.officer_id from second_step s where s.officer_id = $1 and s.begun_at <= $2)";
    conn.execute(codes, args![on.record.id, on.recorded_at]).await?;
    let secret = "delete from second_step where officer_id = $1 and begun_at <= $2";
    conn.execute(secret, args![on.record.id, on.recorded_at]).await?;
    conn.execute("delete from session where officer_id = $1", args![on.record.id]).await.map(drop)
}

pub(crate) async fn deputy_named(conn: &mut Conn<'_>, on: &Envelope, e: &DeputyNamed) -> Result<()> {
    let sql = "insert into deputy (deputizing_id, version, officer_id, deputy_id, operator, district, from_on, until_on, ended)
               values ($1, $2, $3, $4, $5, $6, $7, $8, false)";
    let args = args![on.record.id, on.version, e.officer, e.deputy, &e.operator, &e.district, e.from, e.until];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn deputy_ended(conn: &mut Conn<'_>, on: &Envelope) -> Result<()> {
    let sql = "update deputy set version = $2, ended = true where deputizing_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await.map(drop)
}
