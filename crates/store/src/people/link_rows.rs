//! Storing what the events of a pair say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::people::{LinkDecided, MergeUndone, PersonsMerged, RecordsJoined, RecordsParted};

/// The decision in force replaces the one before it; the journal keeps both.
pub(crate) async fn decided(conn: &mut Conn<'_>, on: &Envelope, e: &LinkDecided) -> Result<()> {
    let sql =
        "insert into person_link (link_id, version, first, second, decision, kept, limits, merged, flagged, evidence,
               reason, decided_by, decided_on) values ($1, $2, $3, $4, $5, $6, $7, false, '[]', $8, $9, $10, $11)
               on conflict (link_id) do update set version = excluded.version, decision = excluded.decision,
               kept = excluded.kept, limits = excluded.limits, merged = false, approved_by = null, flagged = '[]',
               evidence = excluded.evidence, reason = excluded.reason, decided_by = excluded.decided_by,
               decided_on = excluded.decided_on";
    let args = args![
        on.record.id,
        on.version,
        e.first,
        e.second,
        e.decision.code(),
        e.kept,
        json(&e.limits)?,
        json(&e.evidence)?,
        &e.reason,
        on.officer,
        on.happened_on
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn merged(conn: &mut Conn<'_>, on: &Envelope, e: &PersonsMerged) -> Result<()> {
    let sql = "update person_link set version = $2, merged = true, kept = $3, approved_by = $4, flagged = $5
               where link_id = $1";
    let args = args![on.record.id, on.version, e.kept, e.approved_by, json(&e.flagged)?];
    conn.execute(sql, args).await.map(drop)
}

/// A merge that was undone leaves the pair as if nothing had been decided; who decided what stands in the journal.
pub(crate) async fn undone(conn: &mut Conn<'_>, on: &Envelope, _: &MergeUndone) -> Result<()> {
    conn.execute("delete from person_link where link_id = $1", args![on.record.id]).await.map(drop)
}

/// The same event stands on the record of both households; the row belongs to one of them.
pub(crate) async fn joined(conn: &mut Conn<'_>, on: &Envelope, e: &RecordsJoined) -> Result<()> {
    let sql = "update person set joined_to = $3 where person_id = $1 and household_id = $2";
    conn.execute(sql, args![e.absorbed, on.record.id, e.kept]).await.map(drop)
}

pub(crate) async fn parted(conn: &mut Conn<'_>, on: &Envelope, e: &RecordsParted) -> Result<()> {
    let sql = "update person set joined_to = null where person_id = $1 and household_id = $2";
    conn.execute(sql, args![e.absorbed, on.record.id]).await.map(drop)
}
