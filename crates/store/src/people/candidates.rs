//! Who comes into question for a search: the persons filed under most of its keys, the telling keys counting more.
//!
//! Counting happens in the index, where a row costs next to nothing; only the cards of the best are read.

use super::key_rows::hashed;
use crate::{
    db::{Conn, Value},
    error::{Result, corrupt},
};
use domain::ids::PersonId;
use linkage::KeyKind;
use std::{collections::HashSet, sync::LazyLock};
use uuid::Uuid;

/// How many persons one key may bring; a key that brings more is a common name and brings these at most.
const PER_KEY: usize = 300;
/// How many candidates are compared.
const CANDIDATES: usize = 120;

/// How many keys a statement of SQLite looks up: a few lengths, so that each is prepared once.
const LENGTHS: [usize; 5] = [4, 12, 32, 96, 160];

/// The statements of SQLite by length. Keys come first, then their weights.
static ON_SQLITE: LazyLock<Vec<(usize, String)>> =
    LazyLock::new(|| LENGTHS.iter().map(|length| (*length, on_sqlite(*length))).collect());

fn on_sqlite(length: usize) -> String {
    let one = |i: usize| {
        let weight = i + length;
        format!(
            "select * from (select person_id, ${weight} as weight from person_key where key = ${i}
             order by person_id limit {PER_KEY}) k{i} "
        )
    };
    let keys: Vec<String> = (1..=length).map(one).collect();
    best(&format!("select person_id, weight from ({}) m ", keys.join(" union all ")), "hex(c.person_id)")
}

/// The statement of PostgreSQL: keys and weights are two lists, written as texts.
static ON_POSTGRES: LazyLock<String> = LazyLock::new(|| {
    let filed = format!(
        "select k.person_id, q.weight from unnest($1::text::bigint[], $2::text::bigint[]) q (key, weight) cross join
         lateral (select person_id from person_key where key = q.key order by person_id limit {PER_KEY}) k"
    );
    best(&filed, "c.person_id::text")
});

/// All candidates in one value, a line each with `id` in front: the library hands rows from thread to thread one by one,
/// which costs more than to read them.
fn best(filed: &str, id: &str) -> String {
    format!(
        "select string_agg({id} || c.card, '\n') from (select person_id, sum(weight) as weight from ({filed}) f
         group by person_id order by weight desc, person_id limit {CANDIDATES}) b
         join person_keys c on c.person_id = b.person_id"
    )
}

/// From so many candidates on, people of the same given name and district are not asked for as well.
const ENOUGH: usize = 20;

/// The most likely persons with their cards, in no order.
///
/// Given name and district alone are what tens of thousands share: they are asked for only when little else was found,
/// and not beside a number or phone that somebody has, whose family they would push down the list.
pub(super) async fn read(conn: &mut Conn<'_>, keys: &[(KeyKind, String)]) -> Result<Vec<(PersonId, String)>> {
    let (broad, telling): (Vec<_>, Vec<_>) = keys.iter().partition(|(kind, _)| *kind == KeyKind::GivenDistrict);
    let mut found = filed_under(conn, &telling).await?;
    let exact = telling.iter().any(|(kind, _)| *kind <= KeyKind::Phone) && !found.is_empty();
    if found.len() < ENOUGH && !exact {
        let known: HashSet<PersonId> = found.iter().map(|(person, _)| *person).collect();
        let more = filed_under(conn, &broad).await?;
        found.extend(more.into_iter().filter(|(person, _)| !known.contains(person)));
    }
    Ok(found)
}

async fn filed_under(conn: &mut Conn<'_>, keys: &[&(KeyKind, String)]) -> Result<Vec<(PersonId, String)>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    // Keys come with the most telling kind first: what a very long search has beyond the last length is left out.
    let keys = &keys[..keys.len().min(LENGTHS[LENGTHS.len() - 1])];
    let weighed: Vec<(i64, i64)> = keys.iter().map(|(kind, key)| (hashed(*kind, key), weight(*kind))).collect();
    let row = if conn.is_postgres() {
        conn.row(ON_POSTGRES.as_str(), on_postgres_args(&weighed)).await?
    } else {
        let Some((length, sql)) = ON_SQLITE.iter().find(|(length, _)| *length >= keys.len()) else { return Ok(vec![]) };
        conn.row(sql.as_str(), on_sqlite_args(&weighed, *length)).await?
    };
    let lines: Option<String> = row.map(|row| row.get(0)).transpose()?.flatten();
    lines.iter().flat_map(|lines| lines.lines()).map(line).collect()
}

/// A short list is filled up with unknown keys, which nobody has.
fn on_sqlite_args(weighed: &[(i64, i64)], length: usize) -> Vec<Value> {
    let mut values: Vec<Value> = weighed.iter().map(|(key, _)| (*key).into()).collect();
    values.resize(length, Value::Int(None));
    values.extend(weighed.iter().map(|(_, weight)| Value::from(*weight)));
    values.resize(2 * length, Value::Int(None));
    values
}

fn on_postgres_args(weighed: &[(i64, i64)]) -> Vec<Value> {
    let list = |of: fn(&(i64, i64)) -> i64| {
        let items: Vec<String> = weighed.iter().map(|pair| of(pair).to_string()).collect();
        Value::from(format!("{{{}}}", items.join(",")))
    };
    vec![list(|pair| pair.0), list(|pair| pair.1)]
}

/// A person's id and card; the card begins with a bracket.
fn line(line: &str) -> Result<(PersonId, String)> {
    let (id, card) = line.split_at(line.find('[').unwrap_or(0));
    Ok((PersonId(Uuid::parse_str(id).map_err(corrupt)?), card.to_owned()))
}

/// How much a key tells, roughly by how few people share it.
pub(super) fn weight(kind: KeyKind) -> i64 {
    match kind {
        KeyKind::Number => 1000,
        KeyKind::NumberLessGroup => 300,
        // A family's own: no pile of common names outweighs it.
        KeyKind::Phone => 300,
        KeyKind::GivenFather => 40,
        KeyKind::GivenVillage => 30,
        KeyKind::FatherVillage => 25,
        KeyKind::GivenYear => 20,
        KeyKind::FullName => 10,
        KeyKind::GivenDistrict => 4,
    }
}
