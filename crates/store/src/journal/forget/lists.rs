//! Rows of lists that mean the forgotten: the batch's file is written anew without them, and the event names the new file.

use super::{Forgetting, Kept, events};
use crate::{
    blobs::Blobs,
    db::{Conn, args},
    error::{Result, corrupt},
    people::lists,
};
use domain::{
    event::{Record, RecordKind},
    ids::ListingId,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What becomes of rows of lists.
pub(super) struct Lists {
    /// Events of batches with the address of the new file, and the address of the old one.
    pub events: Vec<(Kept, String)>,
    /// The rows.
    pub rows: Vec<ListingId>,
}

/// Writes the files of batches anew, without the rows that mean the forgotten.
pub(super) async fn forget(conn: &mut Conn<'_>, asked: &Forgetting, blobs: &Blobs) -> Result<Lists> {
    let sql = "select l.listing_id, l.import_id from listing l join person p on p.person_id = l.person_id
               where p.household_id = $1 and ($2 or p.person_id = $3) and l.state <> 'refused' order by l.listing_id";
    let whole = asked.person.is_none();
    let rows = conn.rows(sql, args![asked.household, whole, asked.person]).await?;
    let mut of_import: BTreeMap<Uuid, BTreeSet<ListingId>> = BTreeMap::new();
    for row in &rows {
        of_import.entry(row.get(1)?).or_default().insert(row.id(0)?);
    }
    let mut gone = Lists { events: Vec::new(), rows: of_import.values().flatten().copied().collect() };
    for (import, listings) in of_import {
        for mut event in events(conn, Record { kind: RecordKind::Import, id: import }, blobs.vault()).await? {
            let Some(old) = event.payload["rows"].as_str().map(str::to_owned) else { continue };
            let bytes = blobs.read(&old)?.ok_or_else(|| corrupt("the rows of a list"))?;
            let mut rows = lists::decoded(&bytes)?;
            let mut found = false;
            for row in rows.iter_mut().filter(|row| listings.contains(&row.listing)) {
                *row = row.erased();
                found = true;
            }
            if found {
                event.payload["rows"] = blobs.write(&lists::encoded(&rows)?)?.into();
                gone.events.push((event, old));
            }
        }
    }
    Ok(gone)
}

/// Brings the rows to what a rebuild gives.
pub(super) async fn rows_gone(conn: &mut Conn<'_>, rows: &[ListingId]) -> Result<()> {
    for listing in rows {
        let sql =
            "update listing set state = 'refused', reason = 'erased', notes = '[]', person_id = null, among = '[]',
                   given = '', father_or_husband = null, number = null, phone = null, village = null, tehsil = null,
                   union_council = null, district = null, birth = null, sex = null, cells = '[]', version = 0
                   where listing_id = $1";
        conn.execute(sql, args![*listing]).await?;
        conn.execute("delete from listing_step where listing_id = $1", args![*listing]).await?;
        conn.execute("delete from benefit where listing_id = $1", args![*listing]).await?;
        lists::keys::remove(conn, *listing).await?;
    }
    Ok(())
}
