//! Who comes into question for a search: the persons filed under most of its keys, the telling keys counting more.
//!
//! Counting happens in the index, where a row costs next to nothing; only the cards of the best are read.

use super::key_rows::hashed;
use crate::{
    db::{Conn, Value},
    error::Result,
};
use domain::ids::PersonId;
use linkage::KeyKind;
use std::sync::LazyLock;

/// How many persons one key may bring; a key that brings more is a common name and brings these at most.
const PER_KEY: usize = 300;
/// How many candidates are compared.
const CANDIDATES: usize = 120;

/// How many keys a statement looks up: a few lengths, so that each is prepared once.
const LENGTHS: [usize; 4] = [4, 12, 32, 96];

/// The statement of each length. Keys come first, then their weights.
static STATEMENTS: LazyLock<Vec<(usize, String)>> =
    LazyLock::new(|| LENGTHS.iter().map(|length| (*length, statement(*length))).collect());

fn statement(length: usize) -> String {
    let one = |i: usize| {
        format!(
            "select * from (select person_id, cast(${} as bigint) as weight from person_key where key = ${} limit {PER_KEY}) k{i} ",
            i + length,
            i,
        )
    };
    let keys: Vec<String> = (1..=length).map(one).collect();
    format!(
        "select c.person_id, c.card from (select person_id, sum(weight) as weight from ({}) m
         group by person_id order by weight desc, person_id limit {CANDIDATES}) k
         join person_keys c on c.person_id = k.person_id",
        keys.join(" union all ")
    )
}

/// The most likely persons with their cards, in no order.
pub(super) async fn read(conn: &mut Conn<'_>, keys: &[(KeyKind, String)]) -> Result<Vec<(PersonId, String)>> {
    // Keys come with the most telling kind first: what a very long search has beyond the last length is left out.
    let longest = LENGTHS[LENGTHS.len() - 1];
    let keys = &keys[..keys.len().min(longest)];
    let Some((length, sql)) = STATEMENTS.iter().find(|(length, _)| *length >= keys.len()) else { return Ok(vec![]) };
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let mut values: Vec<Value> = keys.iter().map(|(kind, key)| hashed(*kind, key).into()).collect();
    // A short list is filled up with unknown keys, which nobody has.
    values.resize(*length, Value::Int(None));
    values.extend(keys.iter().map(|(kind, _)| Value::from(weight(*kind))));
    values.resize(2 * length, Value::Int(None));
    let rows = conn.rows(sql.as_str(), values).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.get(1)?))).collect()
}

/// How much a key tells, roughly by how few people share it.
fn weight(kind: KeyKind) -> i64 {
    match kind {
        KeyKind::Number => 1000,
        KeyKind::NumberLessGroup => 200,
        KeyKind::Phone => 60,
        KeyKind::GivenFather => 40,
        KeyKind::GivenVillage => 30,
        KeyKind::GivenYear => 20,
        KeyKind::FullName => 10,
        KeyKind::GivenDistrict => 4,
    }
}
