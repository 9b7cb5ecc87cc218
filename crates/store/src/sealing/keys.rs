//! The keys of records in the database, wrapped by the office's key; and changing that key.

use super::{Family, OLD_IS_SEALED, Vault};
use crate::{
    copy::connect,
    db::{Conn, args},
    error::{Result, StoreError},
};
use archive::OfficeKey;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use rand::RngExt;

/// How many keys each office key wraps, and by which name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapping {
    /// The name of an office's key.
    pub key: String,
    /// How many keys of records it opens; six when it opens them all.
    pub wraps: i64,
}

const NONCE: usize = 24;

fn bound_to(family: Family) -> Vec<u8> {
    format!("onewindow key of {}", family.code()).into_bytes()
}

fn wrap(by: &OfficeKey, family: Family, key: &[u8; 32]) -> Vec<u8> {
    let nonce: [u8; NONCE] = rand::rng().random();
    let cipher = XChaCha20Poly1305::new(by.bytes().into());
    let wrapped = cipher.encrypt(&nonce.into(), Payload { msg: &key[..], aad: &bound_to(family) });
    [&nonce[..], &wrapped.unwrap_or_else(|_| unreachable!("32 bytes are not too many"))].concat()
}

fn unwrap(by: &OfficeKey, family: Family, wrapped: &[u8]) -> Option<[u8; 32]> {
    let (nonce, wrapped) = wrapped.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(by.bytes().into());
    cipher.decrypt(&(*nonce).into(), Payload { msg: wrapped, aad: &bound_to(family) }).ok()?.try_into().ok()
}

/// The names of the office keys that open a registry.
async fn wrappings(conn: &mut Conn<'_>) -> Result<Vec<Wrapping>> {
    let sql = "select wrapper, count(*) from sealing_key group by wrapper order by wrapper";
    conn.rows(sql, args![]).await?.iter().map(|row| Ok(Wrapping { key: row.get(0)?, wraps: row.get(1)? })).collect()
}

/// The keys of records, unwrapped; none for a registry that is not sealed.
async fn unwrapped(conn: &mut Conn<'_>, by: &OfficeKey) -> Result<Vec<[u8; 32]>> {
    let mut keys = Vec::new();
    for family in Family::ALL {
        let sql = "select wrapped from sealing_key where wrapper = $1 and family = $2";
        let row = conn.row(sql, args![by.name(), family.code()]).await?;
        let wrapped: Option<Vec<u8>> = row.map(|row| row.get(0)).transpose()?;
        let key = wrapped.and_then(|wrapped| unwrap(by, family, &wrapped));
        keys.push(key.ok_or_else(|| StoreError::WrappedKey(family.code().to_owned()))?);
    }
    Ok(keys)
}

async fn keep(conn: &mut Conn<'_>, by: &OfficeKey, keys: &[[u8; 32]]) -> Result<()> {
    for (family, key) in Family::ALL.into_iter().zip(keys) {
        let sql = "insert into sealing_key (family, wrapper, wrapped) values ($1, $2, $3) on conflict do nothing";
        conn.execute(sql, args![family.code(), by.name(), wrap(by, family, key)]).await?;
    }
    Ok(())
}

/// The vault of a registry. With a key and no keys of records yet, these are drawn: from then on it is sealed.
///
/// # Errors
/// [`StoreError::KeyMissing`], [`StoreError::OtherKey`] and [`StoreError::WrappedKey`].
pub(crate) async fn open_vault(conn: &mut Conn<'_>, key: Option<&OfficeKey>) -> Result<Vault> {
    let (Some(key), true) = (key, wrappings(conn).await?.is_empty()) else { return read_vault(conn, key).await };
    conn.script("begin").await?;
    if conn.is_postgres() {
        // Of two programs that start at once, one draws the keys.
        conn.script("lock table sealing_key in share row exclusive mode").await?;
    }
    if wrappings(conn).await?.is_empty() {
        let drawn: Vec<[u8; 32]> = Family::ALL.iter().map(|_| rand::rng().random()).collect();
        keep(conn, key, &drawn).await?;
        if conn.row("select 1 from journal limit 1", args![]).await?.is_none() {
            conn.execute("insert into setting (name, value) values ($1, 'yes')", args![OLD_IS_SEALED]).await?;
        }
    }
    conn.script("commit").await?;
    read_vault(conn, Some(key)).await
}

/// The vault of a registry, which is not changed.
pub(crate) async fn read_vault(conn: &mut Conn<'_>, key: Option<&OfficeKey>) -> Result<Vault> {
    let there = wrappings(conn).await?;
    let names = || there.iter().map(|wrapping| wrapping.key.as_str()).collect::<Vec<_>>().join(" or ");
    match key {
        _ if there.is_empty() => Ok(Vault::default()),
        None => Err(StoreError::KeyMissing(names())),
        Some(key) if there.iter().all(|wrapping| wrapping.key != key.name()) => {
            Err(StoreError::OtherKey { given: key.name(), wanted: names() })
        }
        Some(key) => Ok(Vault::of(&unwrapped(conn, key).await?)),
    }
}

/// The office keys that open a registry, by name; none when it is not sealed or there is none yet. Nothing is changed.
///
/// # Errors
/// When the registry does not answer.
pub async fn key_is_needed(url: &str) -> Result<Vec<Wrapping>> {
    match crate::state::standing(url).await? {
        Some(stands) if stands.migration >= MADE_AT => wrappings(&mut connect(url).await?.conn()).await,
        _ => Ok(Vec::new()),
    }
}

/// The migration that made the table.
const MADE_AT: i64 = 18;

/// Lets a second office key open a registry, beside the one that does. No row is sealed again. Until
/// [`end_other_keys`] both open it, so that nobody stands before a closed door in between.
///
/// # Errors
/// As [`open_vault`], when `old` does not open it or nothing is sealed.
pub async fn rotate(url: &str, old: &OfficeKey, new: &OfficeKey) -> Result<Vec<Wrapping>> {
    let mut held = connect(url).await?;
    let mut conn = held.conn();
    read_vault(&mut conn, Some(old)).await?;
    if wrappings(&mut conn).await?.is_empty() {
        return Err(StoreError::NotSealed);
    }
    let keys = unwrapped(&mut conn, old).await?;
    conn.script("begin").await?;
    keep(&mut conn, new, &keys).await?;
    conn.script("commit").await?;
    wrappings(&mut conn).await
}

/// Ends every other office key than this one, which must open the registry.
///
/// # Errors
/// As [`open_vault`], when `kept` does not open it or nothing is sealed.
pub async fn end_other_keys(url: &str, kept: &OfficeKey) -> Result<Vec<Wrapping>> {
    let mut held = connect(url).await?;
    let mut conn = held.conn();
    if !read_vault(&mut conn, Some(kept)).await?.seals() {
        return Err(StoreError::NotSealed);
    }
    conn.execute("delete from sealing_key where wrapper <> $1", args![kept.name()]).await?;
    wrappings(&mut conn).await
}
