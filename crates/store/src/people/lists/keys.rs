//! Search keys of listed beneficiaries: the same keys as those of registered persons, in tables of their own, so that a list
//! of a hundred thousand writes a small index and not every page of the large one.

use super::super::{
    key_rows::Filed,
    keys::{CARD_VERSION, Keyed},
};
use crate::{
    db::{Conn, Row, args},
    error::Result,
};
use domain::{ids::ListingId, people::Birth};
use uuid::Uuid;

/// Files listings under their keys.
pub(super) async fn add(conn: &mut Conn<'_>, filed: &[(ListingId, &Filed)]) -> Result<()> {
    let bytes = |keys: &[i64]| -> Vec<u8> { keys.iter().flat_map(|key| key.to_be_bytes()).collect() };
    let values = filed.iter().flat_map(|(listing, filed)| args![*listing, bytes(&filed.keys), &filed.card]).collect();
    conn.insert("listing_keys (listing_id, keys, card)", 3, values, "on conflict do nothing").await?;
    let mut rows: Vec<(i64, Uuid)> =
        filed.iter().flat_map(|(listing, filed)| filed.keys.iter().map(|key| (*key, listing.0))).collect();
    rows.sort_unstable();
    if conn.is_postgres() {
        // One statement for all: round trips would cost more than the rows.
        let list = |items: Vec<String>| format!("{{{}}}", items.join(","));
        let keys = list(rows.iter().map(|(key, _)| key.to_string()).collect());
        let listings = list(rows.iter().map(|(_, listing)| listing.to_string()).collect());
        let sql = "insert into listing_key (key, listing_id) select * from unnest($1::text::bigint[], $2::text::uuid[])
                   on conflict do nothing";
        return conn.execute(sql, args![keys, listings]).await.map(drop);
    }
    let values = rows.iter().flat_map(|(key, listing)| args![*key, *listing]).collect();
    conn.insert("listing_key (key, listing_id)", 2, values, "on conflict do nothing").await
}

/// Removes the keys of one listing.
pub(crate) async fn remove(conn: &mut Conn<'_>, listing: ListingId) -> Result<()> {
    let row = conn.row("select keys from listing_keys where listing_id = $1", args![listing]).await?;
    let Some(row) = row else { return Ok(()) };
    let keys: Vec<u8> = row.get(0)?;
    for key in super::super::key_rows::listed(&keys) {
        conn.execute("delete from listing_key where key = $1 and listing_id = $2", args![key, listing]).await?;
    }
    conn.execute("delete from listing_keys where listing_id = $1", args![listing]).await.map(drop)
}

/// Removes everybody's.
pub(crate) async fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("delete from listing_key", args![]).await?;
    conn.execute("delete from listing_keys", args![]).await.map(drop)
}

/// The setting that says by which builder they were made.
pub(crate) const MADE_BY: &str = "listing-keys";
/// How many are made in a transaction.
const BATCH: i64 = 5_000;

/// Makes them again when they are those of another builder.
pub(crate) async fn bring_up_to_date(conn: &mut Conn<'_>) -> Result<()> {
    let done = format!("{}, card {CARD_VERSION}", linkage::BUILDER_VERSION);
    let row = conn.row("select value from setting where name = $1", args![MADE_BY]).await?;
    if row.map(|row| row.get::<String>(0)).transpose()?.as_ref() == Some(&done) {
        return Ok(());
    }
    remove_all(conn).await?;
    let mut after = ListingId(Uuid::nil());
    loop {
        let sql = format!(
            "{ROWS} where l.listing_id > $1 and (l.state <> 'refused' or l.reason = 'declined') 
             order by l.listing_id limit {BATCH}"
        );
        let rows = conn.rows(sql, args![after]).await?;
        let Some(last) = rows.last() else { break };
        after = last.id(0)?;
        let filed = rows.iter().map(of_row).collect::<Result<Vec<_>>>()?;
        let filed: Vec<_> = filed.iter().map(|(listing, filed)| (*listing, filed)).collect();
        conn.script("begin").await?;
        add(conn, &filed).await?;
        conn.script("commit").await?;
    }
    let sql =
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    conn.execute(sql, args![MADE_BY, done]).await.map(drop)
}

const ROWS: &str =
    "select l.listing_id, l.given, l.father_or_husband, l.village, l.district, l.birth, l.number, l.phone
    from listing l";

fn of_row(row: &Row) -> Result<(ListingId, Filed)> {
    let birth: Option<String> = row.get(5)?;
    let keyed = Keyed {
        given: row.get(1)?,
        father_or_husband: row.get(2)?,
        village: row.get(3)?,
        district: row.get::<Option<String>>(4)?.unwrap_or_default(),
        birth_year: birth.and_then(|text| Birth::parse(&text).ok()).map(Birth::year),
        numbers: row.get::<Option<String>>(6)?.into_iter().collect(),
        phones: row.get::<Option<String>>(7)?.into_iter().collect(),
    };
    Ok((row.id(0)?, keyed.filed()))
}
