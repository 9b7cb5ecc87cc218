//! Storing whom a family named as its helper, and that it took it back.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::columns as at,
};
use domain::people::{HelperEnded, HelperNamed};

pub(crate) async fn named(conn: &mut Conn<'_>, on: &Envelope, e: &HelperNamed) -> Result<()> {
    let sql = "insert into helper (helper_id, household_id, name, kind, phone, may, until_on, by_person, how, language, since)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = args![
        e.helper,
        on.record.id,
        &e.name,
        e.kind.code(),
        e.phone.clone(),
        on.vault.seal(&at::HELPER_MAY, e.helper.0, 0, &json(&e.may)?),
        e.until,
        e.by,
        e.how.code(),
        e.language.code(),
        on.happened_on
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn ended(conn: &mut Conn<'_>, on: &Envelope, e: &HelperEnded) -> Result<()> {
    let sql = "update helper set ended_on = $2, ended_by = $3 where helper_id = $1 and ended_on is null";
    conn.execute(sql, args![e.helper, on.happened_on, e.by.code()]).await.map(drop)
}
