//! Storing what the events of an officer say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::access::{OfficerAppointed, OfficerChanged};

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
