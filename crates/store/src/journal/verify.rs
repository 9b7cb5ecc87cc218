//! `journal verify`: every payload against its hash, every seal against its events, every record without a gap.

use super::{append::payload_hash, seal};
use crate::{
    db::{Conn, args},
    error::Result,
    sealing::{Vault, is_sealed},
};
use std::collections::HashMap;

/// What was checked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Events read.
    pub events: u64,
    /// Events under a seal.
    pub sealed: u64,
    /// Seals checked.
    pub seals: u64,
    /// Payloads erased by decision, whole or in part.
    pub redacted: u64,
    /// Contents that are sealed and were not read, because no key was given.
    pub locked: u64,
    /// What does not hold; empty when the journal is whole.
    pub faults: Vec<Fault>,
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A payload does not match its hash.
    #[error("Event {0}: the content was changed after it was recorded.")]
    Payload(i64),
    /// A sealed payload does not open.
    #[error("Event {0}: the sealed content was changed after it was recorded, or put in the place of another.")]
    Locked(i64),
    /// A payload is gone without a redaction.
    #[error("Event {0}: the content is missing and no redaction explains it.")]
    Missing(i64),
    /// A seal does not match.
    #[error("Seal {0}: its events were changed, added or removed after sealing.")]
    Seal(i64),
    /// A record has a gap.
    #[error("Record {0}: {1} events but the newest version is {2}.")]
    Gap(uuid::Uuid, i64, i64),
}

/// How many events are read at a time.
const PAGE: i64 = 5_000;

/// Checks everything. Without the office's key a sealed content is counted and not read: seals and versions need no key.
pub(crate) async fn verify(conn: &mut Conn<'_>, vault: &Vault) -> Result<Verified> {
    let mut verified = Verified::default();
    check_payloads(conn, vault, &mut verified).await?;
    check_seals(conn, &mut verified).await?;
    let gaps =
        "select record_id, count(*), max(version) from journal group by record_id having count(*) <> max(version)";
    for row in conn.rows(gaps, args![]).await? {
        verified.faults.push(Fault::Gap(row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(verified)
}

/// Checks seals, versions, and every content that is not sealed, of a registry that is not opened: for whoever has no key.
/// Nothing is changed.
///
/// # Errors
/// When the registry does not answer.
pub async fn verify_closed(url: &str) -> Result<Verified> {
    let mut held = crate::copy::connect(url).await?;
    verify(&mut held.conn(), &Vault::default()).await
}

async fn check_payloads(conn: &mut Conn<'_>, vault: &Vault, verified: &mut Verified) -> Result<()> {
    let redacted = redacted_positions(conn).await?;
    let sql =
        "select j.position, j.payload_hash, p.salt, p.payload, j.record_kind, j.record_id, j.version from journal j
               left join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.position > $1 order by j.position limit $2";
    let mut after = 0i64;
    loop {
        let rows = conn.rows(sql, args![after, PAGE]).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.get(0)?;
        for row in &rows {
            verified.events += 1;
            let position: i64 = row.get(0)?;
            let stored = (row.get::<Option<Vec<u8>>>(2)?, row.get::<Option<String>>(3)?);
            let stored = match stored {
                (Some(_), Some(text)) if is_sealed(&text) && !vault.seals() => {
                    verified.locked += 1;
                    continue;
                }
                (Some(salt), Some(text)) => {
                    match vault.open_event(row.code(4)?, (row.get(5)?, row.get(6)?), salt, text) {
                        Some((salt, text)) => (Some(salt), Some(text)),
                        None => {
                            verified.faults.push(Fault::Locked(position));
                            continue;
                        }
                    }
                }
                other => other,
            };
            match stored {
                (Some(salt), Some(payload)) if payload_hash(&salt, &payload) == row.get::<Vec<u8>>(1)? => {}
                (Some(salt), Some(payload)) if kept(&redacted, position, &salt, &payload) => verified.redacted += 1,
                (Some(_), Some(_)) => verified.faults.push(Fault::Payload(position)),
                _ if redacted.contains_key(&position) => verified.redacted += 1,
                _ => verified.faults.push(Fault::Missing(position)),
            }
        }
    }
}

/// Whether a payload is what an erasure left of its event.
fn kept(redacted: &HashMap<i64, Vec<String>>, position: i64, salt: &[u8], payload: &str) -> bool {
    redacted.get(&position).is_some_and(|kept| kept.contains(&seal::hex(&payload_hash(salt, payload))))
}

/// The positions that lost content, each with the hashes of what stayed.
async fn redacted_positions(conn: &mut Conn<'_>) -> Result<HashMap<i64, Vec<String>>> {
    let sql =
        "select p.payload from journal j join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.kind = 'redacted'";
    let mut positions: HashMap<i64, Vec<String>> = HashMap::new();
    for row in conn.rows(sql, args![]).await? {
        let redacted: domain::event::Redacted = row.json(0)?;
        positions.entry(redacted.position).or_default().extend(redacted.kept);
    }
    Ok(positions)
}

async fn check_seals(conn: &mut Conn<'_>, verified: &mut Verified) -> Result<()> {
    let mut hash = vec![0u8; 32];
    let seals = conn.rows("select number, last_hash, events from seal order by number", args![]).await?;
    for (expected, row) in (1i64..).zip(&seals) {
        let number: i64 = row.get(0)?;
        let sql = format!(
            "select {} from seal_entry e join journal j on j.position = e.position where e.number = $1 order by e.position",
            seal::ENTRY
        );
        let entries = conn.rows(sql, args![number]).await?;
        for entry in &entries {
            hash = seal::entry_hash(&hash, entry)?;
        }
        let stored: Vec<u8> = row.get(1)?;
        if number != expected || entries.len() as i64 != row.get::<i64>(2)? || stored != hash {
            verified.faults.push(Fault::Seal(number));
        }
        // Go on from what was sealed, so that one broken block is named alone.
        hash = stored;
        verified.seals += 1;
        verified.sealed += entries.len() as u64;
    }
    // A seal that vanished from the end leaves its entries behind.
    let orphans = "select distinct e.number from seal_entry e
                   where not exists (select 1 from seal s where s.number = e.number) order by e.number";
    for row in conn.rows(orphans, args![]).await? {
        verified.faults.push(Fault::Seal(row.get(0)?));
    }
    Ok(())
}
