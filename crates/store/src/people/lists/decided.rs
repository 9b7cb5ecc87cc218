//! Storing what officers decided about rows of lists. A row whose content was erased stays erased, whatever was decided.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::{
    ids::{ListingId, PersonId},
    people::{ListedConfirmed, ListedDecided, ListedState, ListedTakenBack, RowDecision, RowLimit, RowStepKind},
};

/// One step, before it is stored.
struct Step<'e> {
    kind: RowStepKind,
    person: Option<PersonId>,
    limits: &'e [RowLimit],
    followers: &'e [ListingId],
    reason: &'e str,
}

pub(crate) async fn decided(conn: &mut Conn<'_>, on: &Envelope, e: &ListedDecided) -> Result<()> {
    let (limits, followers, reason) = (&e.limits[..], &e.followers[..], e.reason.as_str());
    let step = Step { kind: e.decision.into(), person: e.person, limits, followers, reason };
    if !noted(conn, on, step).await? {
        return Ok(());
    }
    match (e.decision, e.person) {
        (RowDecision::Same, Some(person)) if e.limits.is_empty() => {
            means(conn, on, ListedState::Matched, person, &e.followers).await
        }
        (RowDecision::New, Some(person)) => means(conn, on, ListedState::New, person, &[]).await,
        (RowDecision::Refused, _) => {
            let sql = "update listing set version = $2, state = 'refused', reason = 'declined', person_id = null
                       where listing_id = $1";
            conn.execute(sql, args![on.record.id, on.version]).await.map(drop)
        }
        (RowDecision::Same | RowDecision::New | RowDecision::NotSure, _) => {
            let sql = "update listing set version = $2 where listing_id = $1";
            conn.execute(sql, args![on.record.id, on.version]).await.map(drop)
        }
    }
}

pub(crate) async fn confirmed(conn: &mut Conn<'_>, on: &Envelope, e: &ListedConfirmed) -> Result<()> {
    let (kind, person, followers) = (RowStepKind::Confirmed, Some(e.person), &e.followers[..]);
    if noted(conn, on, Step { kind, person, limits: &[], followers, reason: "" }).await? {
        means(conn, on, ListedState::Matched, e.person, &e.followers).await?;
    }
    Ok(())
}

pub(crate) async fn taken_back(conn: &mut Conn<'_>, on: &Envelope, e: &ListedTakenBack) -> Result<()> {
    let (kind, followers, reason) = (RowStepKind::TakenBack, &e.followers[..], e.reason.as_str());
    if !noted(conn, on, Step { kind, person: e.person, limits: &[], followers, reason }).await? {
        return Ok(());
    }
    let sql =
        "update listing set version = $2, state = 'review', reason = null, person_id = null where listing_id = $1";
    conn.execute(sql, args![on.record.id, on.version]).await?;
    conn.execute("update benefit set person_id = null where listing_id = $1", args![on.record.id]).await?;
    follow(conn, &e.followers, PersonId(on.record.id)).await
}

/// Keeps the step; false when the row is not there or was erased, so that nothing is to be done.
async fn noted(conn: &mut Conn<'_>, on: &Envelope, step: Step<'_>) -> Result<bool> {
    let sql = "select 1 from listing where listing_id = $1 and coalesce(reason, '') <> 'erased'";
    if conn.row(sql, args![on.record.id]).await?.is_none() {
        return Ok(false);
    }
    let sql = "insert into listing_step (listing_id, version, said, person_id, limits, followers, reason, officer_id,
               recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = args![
        on.record.id,
        on.version,
        step.kind.code(),
        step.person,
        json(&step.limits)?,
        json(&step.followers)?,
        step.reason,
        on.officer,
        on.recorded_at
    ];
    conn.execute(sql, args).await.map(|_| true)
}

/// The row means a person, and so do those who follow it.
async fn means(
    conn: &mut Conn<'_>,
    on: &Envelope,
    state: ListedState,
    person: PersonId,
    followers: &[ListingId],
) -> Result<()> {
    let sql = "update listing set version = $2, state = $3, reason = null, person_id = $4 where listing_id = $1";
    conn.execute(sql, args![on.record.id, on.version, state.code(), person]).await?;
    let sql = "update benefit set person_id = $2 where listing_id = $1";
    conn.execute(sql, args![on.record.id, person]).await?;
    follow(conn, followers, person).await
}

async fn follow(conn: &mut Conn<'_>, followers: &[ListingId], person: PersonId) -> Result<()> {
    for follower in followers {
        let sql = "update listing set person_id = $2 where listing_id = $1 and state <> 'refused'";
        conn.execute(sql, args![*follower, person]).await?;
        let sql = "update benefit set person_id = $2 where listing_id = $1";
        conn.execute(sql, args![*follower, person]).await?;
    }
    Ok(())
}
