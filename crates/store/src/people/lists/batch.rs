//! A batch of rows: one JSON object a line in the blob folder, named by the event by what it contains.

use super::super::{key_rows::Filed, keys::Keyed};
use super::Lists;
use crate::{
    blobs::Blobs,
    error::{Result, StoreError, corrupt},
    journal::{Command, Commit, Committed},
};
use domain::{
    Instant, Version,
    event::{Change, Event},
    ids::{CommandId, ImportId},
    people::{Birth, Listed, ListedState, RowsAccepted, Tally},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The rows of a batch, each with what a search finds it by; refused ones are not found.
pub(crate) struct Batch(pub Vec<(Listed, Option<Filed>)>);

/// The batches that some events name, by the address of their rows.
#[derive(Default)]
pub(crate) struct Batches(HashMap<String, Batch>);

impl std::fmt::Debug for Batches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} batches", self.0.len())
    }
}

impl Batches {
    /// Reads the rows that these events name, and makes their search keys.
    ///
    /// # Errors
    /// [`StoreError::RowsMissing`] when the blob folder does not hold them.
    pub(crate) fn of<'e>(blobs: &Blobs, events: impl Iterator<Item = &'e Event>) -> Result<Self> {
        let mut batches = Batches::default();
        for event in events {
            if let Event::RowsAccepted(e) = event {
                let missing = || StoreError::RowsMissing(e.rows.clone());
                let bytes = blobs.read(&e.rows)?.ok_or_else(missing)?;
                let rows = decoded(&bytes)?.into_iter().map(|row| {
                    let filed = (row.outcome.state() != ListedState::Refused).then(|| keyed(&row).filed());
                    (row, filed)
                });
                batches.0.insert(e.rows.clone(), Batch(rows.collect()));
            }
        }
        Ok(batches)
    }

    /// The rows at an address.
    pub(crate) fn at(&self, rows: &str) -> Result<&Batch> {
        self.0.get(rows).ok_or_else(|| StoreError::RowsMissing(rows.to_owned()))
    }
}

/// The rows of a file of the blob folder.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Vec<Listed>> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(corrupt)).collect()
}

/// The rows as a file of the blob folder.
pub(crate) fn encoded(rows: &[Listed]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, row).map_err(corrupt)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// What a search finds and compares a listed beneficiary by.
pub(super) fn keyed(row: &Listed) -> Keyed {
    Keyed {
        given: row.given.clone(),
        father_or_husband: row.father_or_husband.clone(),
        village: row.village.clone(),
        district: row.district.as_ref().map(|district| district.0.clone()).unwrap_or_default(),
        birth_year: row.birth.map(Birth::year),
        numbers: row.number.iter().cloned().collect(),
        phones: row.phone.iter().cloned().collect(),
    }
}

impl Lists<'_> {
    /// Takes the next batch of an import that has seen `version` events: whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else took this batch, or the import was cancelled.
    pub async fn accept(&self, import: ImportId, version: Version, rows: &[Listed], at: Instant) -> Result<Tally> {
        if !self.takes() {
            return Err(StoreError::NotYours);
        }
        let mut tally = Tally::default();
        rows.iter().for_each(|row| tally.count(row.outcome.state()));
        let address = self.store.blobs.put(encoded(rows)?).await?;
        let batch = u32::try_from(version).map_err(corrupt)?;
        self.note(import, version, RowsAccepted { batch, rows: address, tally }, at).await?;
        Ok(tally)
    }

    /// Writes an event of an import that no form asked for.
    pub async fn note(
        &self,
        import: ImportId,
        version: Version,
        event: impl Into<Event>,
        at: Instant,
    ) -> Result<Committed> {
        if !self.takes() {
            return Err(StoreError::NotYours);
        }
        let id = CommandId(Uuid::now_v7());
        let command = Command { id, officer: None, route: "import".to_owned(), body_hash: id.0.as_bytes().to_vec() };
        let changes = vec![Change::after(import, version, event, at.date_naive())];
        self.store.commit(self.scope, Commit { command, changes, outcome: String::new(), at }).await
    }
}
