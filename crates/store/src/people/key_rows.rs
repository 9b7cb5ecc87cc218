//! The rows of search keys: hashes by which a search finds persons, and each person's own list of them.

use crate::{
    db::{Conn, Value, args, placeholders},
    error::Result,
};
use domain::ids::PersonId;
use linkage::KeyKind;
use sha2::{Digest, Sha256};

/// The number under which a key is filed: the first 64 bits of SHA-256 over its kind and text.
pub(crate) fn hashed(kind: KeyKind, key: &str) -> i64 {
    let digest = Sha256::new().chain_update(kind.code()).chain_update([0]).chain_update(key).finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}

/// What a search finds and compares a person by.
#[derive(Debug, Clone)]
pub(crate) struct Filed {
    /// Hashes of the keys.
    pub keys: Vec<i64>,
    /// What is compared, as JSON.
    pub card: String,
}

/// Lists and files persons who have no keys yet.
pub(crate) async fn add(conn: &mut Conn<'_>, persons: &[(PersonId, Filed)]) -> Result<()> {
    list(conn, persons).await?;
    let rows = persons.iter().flat_map(|(person, filed)| filed.keys.iter().map(|key| (*key, *person)));
    file(conn, rows.collect()).await
}

/// Keeps each person's card and the list of their keys.
pub(super) async fn list(conn: &mut Conn<'_>, persons: &[(PersonId, Filed)]) -> Result<()> {
    let bytes = |keys: &[i64]| -> Vec<u8> { keys.iter().flat_map(|key| key.to_be_bytes()).collect() };
    let values = persons.iter().flat_map(|(person, filed)| args![*person, bytes(&filed.keys), &filed.card]).collect();
    conn.insert("person_keys (person_id, keys, card)", 3, values, "on conflict do nothing").await
}

/// The keys of a list.
pub(super) fn listed(bytes: &[u8]) -> impl Iterator<Item = i64> {
    bytes.as_chunks::<8>().0.iter().map(|key| i64::from_be_bytes(*key))
}

/// Files persons under keys, in the order of the index, so that neighbours of one page are written together.
pub(super) async fn file(conn: &mut Conn<'_>, mut rows: Vec<(i64, PersonId)>) -> Result<()> {
    rows.sort_unstable();
    for some in rows.chunks(TOGETHER) {
        let values = some.iter().flat_map(|(key, person)| args![*key, *person]).collect();
        conn.insert("person_key (key, person_id)", 2, values, "on conflict do nothing").await?;
    }
    Ok(())
}

/// How many rows stand in memory as values at once.
const TOGETHER: usize = 4_096;

/// Removes every key of some persons.
pub(crate) async fn remove(conn: &mut Conn<'_>, persons: &[PersonId]) -> Result<()> {
    for person in persons {
        let sql = "select keys from person_keys where person_id = $1";
        let Some(row) = conn.row(sql, args![*person]).await? else { continue };
        for some in row.get::<Vec<u8>>(0)?.chunks(8 * REMOVED) {
            remove_some(conn, *person, some).await?;
        }
        conn.execute("delete from person_keys where person_id = $1", args![*person]).await?;
    }
    Ok(())
}

/// How many keys one statement removes.
const REMOVED: usize = 16;

async fn remove_some(conn: &mut Conn<'_>, person: PersonId, bytes: &[u8]) -> Result<()> {
    let mut values: Vec<Value> = listed(bytes).map(Value::from).collect();
    let Some(last) = values.last().cloned() else { return Ok(()) };
    // A short list repeats its last key, so that there is one statement for every length.
    values.resize(REMOVED, last);
    values.insert(0, person.into());
    let sql = format!("delete from person_key where person_id = $1 and key in ({})", placeholders(2, REMOVED));
    conn.execute(sql, values).await.map(drop)
}

/// Removes everybody's keys.
pub(crate) async fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("delete from person_key", args![]).await?;
    conn.execute("delete from person_keys", args![]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::hashed;
    use linkage::KeyKind;

    /// What is on file was filed under these numbers: another hash needs another builder version.
    #[test]
    fn a_key_keeps_its_number() {
        let number = hashed(KeyKind::Number, "1720112345672");
        assert_eq!(number, 5_552_577_688_593_380_078);
        assert_ne!(number, hashed(KeyKind::Phone, "1720112345672"), "the kind is part of the key");
    }
}
