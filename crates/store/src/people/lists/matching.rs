//! Whom the rows of a batch may mean: those filed under their keys, registered or listed, read together.
//!
//! A key that many share says nothing; the others bring the same people. What is read here is compared by the caller.

use super::super::{candidates::weight, key_rows::hashed};
use super::Lists;
use crate::{
    db::{Conn, Row, args, with_conn},
    error::{Result, corrupt},
};
use domain::{
    identity::IdentityNumber,
    ids::PersonId,
    people::{Identity, PhoneEntry},
};
use linkage::{Candidate, Candidates, KeyKind, PersonForKeys};
use std::collections::HashMap;
use uuid::Uuid;

/// A key that more people share is left out.
const PER_KEY: usize = 40;
/// How many are compared with one row.
const PER_ROW: usize = 12;

/// Candidates: whether listed and which, to the weight of the keys they share with a row.
type Found = HashMap<(bool, Uuid), i64>;

/// Whom rows may mean among the registered, looked up before their turn: [`Lists::likely`] adds whom lists name.
#[derive(Debug)]
pub struct Ahead {
    /// Which rows ask for a key, and its weight.
    asked: HashMap<i64, Vec<(usize, i64)>>,
    /// None for a row that was left out.
    of_row: Vec<Option<Found>>,
}

impl Ahead {
    fn of(rows: &[PersonForKeys<'_>]) -> Self {
        let mut asked: HashMap<i64, Vec<(usize, i64)>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            for (kind, key) in linkage::registration_keys(row) {
                // Thousands share a given name and a district.
                if kind != KeyKind::GivenDistrict {
                    asked.entry(hashed(kind, &key)).or_default().push((at, weight(kind)));
                }
            }
        }
        Ahead { asked, of_row: vec![Some(Found::new()); rows.len()] }
    }

    /// Asks no more whom this row may mean.
    pub fn leave_out(&mut self, row: usize) {
        self.of_row[row] = None;
    }

    async fn look_up(&mut self, conn: &mut Conn<'_>, listed: bool) -> Result<()> {
        let mut keys: Vec<i64> = self.asked.keys().copied().collect();
        keys.sort_unstable();
        for (key, persons) in filed(conn, &keys, listed).await? {
            for (at, weight) in &self.asked[&key] {
                let Some(found) = &mut self.of_row[*at] else { continue };
                for person in &persons {
                    *found.entry((listed, *person)).or_default() += weight;
                }
            }
        }
        Ok(())
    }
}

impl Lists<'_> {
    /// Whom these may mean among the registered, of all districts. What a batch before writes does not change it, so it can
    /// be asked while that is written.
    pub async fn ahead(&self, rows: &[PersonForKeys<'_>]) -> Result<Ahead> {
        if !self.takes() {
            return Ok(Ahead::of(&[]));
        }
        let mut ahead = Ahead::of(rows);
        with_conn!(&self.store.db, conn => ahead.look_up(&mut conn, false).await?);
        Ok(ahead)
    }

    /// Whom the rows may mean, registered or listed; somebody known by lists only has the key of their first listing.
    pub async fn likely(&self, mut ahead: Ahead) -> Result<Candidates<PersonId>> {
        if !self.takes() {
            return Ok(Candidates::default());
        }
        with_conn!(&self.store.db, conn => {
            ahead.look_up(&mut conn, true).await?;
            read(&mut conn, ahead.of_row.into_iter().map(|found| best(found.unwrap_or_default())).collect()).await
        })
    }

    /// The rows on file that carry one of these keys of rows.
    pub async fn taken(&self, row_keys: &[String]) -> Result<Vec<String>> {
        if !self.takes() || row_keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = with_conn!(&self.store.db, conn => {
            let of = list(&conn, "text", "value");
            // What an officer refused is not taken from another file either.
            let sql = format!(
                "select l.row_key from listing l where l.state <> 'refused' and l.row_key in ({of}) union
                 select l.row_key from listing l where l.reason = 'declined' and l.row_key in ({of})"
            );
            let keys = texts(&conn, row_keys);
            conn.rows(sql, args![keys]).await?
        });
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// About how many people the registry knows: registered, and by lists only.
    pub async fn population(&self) -> Result<i64> {
        if !self.takes() {
            return Ok(0);
        }
        let sql = "select (select count(*) from person_keys) + (select count(*) from listing_keys)";
        let row = self.store.db.row(sql, args![]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

/// The keys of persons hold the time of their birth, so even stretches between the first and the last are even stretches
/// of the registry's life.
const STRETCHES: u128 = 40;

impl Lists<'_> {
    /// About so many registered persons, from all of the registry's life, to count how common names are.
    pub async fn sample(&self, count: usize) -> Result<Vec<Candidate<PersonId>>> {
        if !self.takes() {
            return Ok(Vec::new());
        }
        let end = |row: Option<Row>| row.map(|row| row.get::<Uuid>(0)).transpose();
        let first =
            end(self.store.db.row("select person_id from person_keys order by person_id limit 1", args![]).await?)?;
        let last = end(self
            .store
            .db
            .row("select person_id from person_keys order by person_id desc limit 1", args![])
            .await?)?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
        let each = i64::try_from(count.div_ceil(STRETCHES as usize)).map_err(corrupt)?;
        let step = (last.as_u128() - first.as_u128()) / STRETCHES;
        with_conn!(&self.store.db, conn => {
            let mut ids = std::collections::BTreeSet::new();
            for stretch in 0..STRETCHES {
                let from = Uuid::from_u128(first.as_u128() + step * stretch);
                let sql = "select person_id from person_keys where person_id >= $1 order by person_id limit $2";
                for row in conn.rows(sql, args![from, each]).await? {
                    ids.insert((false, row.get::<Uuid>(0)?));
                }
            }
            Ok(read(&mut conn, vec![ids.into_iter().collect()]).await?.known)
        })
    }
}

/// The likeliest of a row, by how many and how telling the keys are that they share.
fn best(found: Found) -> Vec<(bool, Uuid)> {
    let mut found: Vec<((bool, Uuid), i64)> = found.into_iter().collect();
    found.sort_unstable_by_key(|(who, weight)| (std::cmp::Reverse(*weight), *who));
    found.truncate(PER_ROW);
    found.into_iter().map(|(who, _)| who).collect()
}

/// The rows of a list given as one value: `$1`.
fn list(conn: &Conn<'_>, of: &str, value: &str) -> String {
    if conn.is_postgres() {
        format!("select unnest($1::text::{of}[])")
    } else {
        format!("select {value} from json_each($1)")
    }
}

/// Texts without quotes, commas or braces as one value.
fn texts(conn: &Conn<'_>, items: &[String]) -> String {
    if conn.is_postgres() {
        format!("{{{}}}", items.join(","))
    } else {
        format!("[{}]", items.iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(","))
    }
}

/// Who is filed under each of the keys, but for keys that many share. One value holds it all: the library hands rows from
/// thread to thread one by one.
async fn filed(conn: &mut Conn<'_>, keys: &[i64], listed: bool) -> Result<Vec<(i64, Vec<Uuid>)>> {
    let (table, id) = if listed { ("listing_key", "listing_id") } else { ("person_key", "person_id") };
    let most = PER_KEY + 1;
    let within = format!("(select {id} from {table} where key = q.key order by {id} limit {most}) k");
    let sql = if conn.is_postgres() {
        format!(
            "select string_agg(q.key || ':' || k.persons, ';') from unnest($1::text::bigint[]) q (key) cross join lateral
             (select string_agg(k.{id}::text, ',') as persons from {within}) k where k.persons is not null"
        )
    } else {
        format!(
            "select group_concat(f.key || ':' || f.persons, ';') from (select q.key, (select group_concat(hex(k.{id}))
             from {within}) as persons from (select value as key from json_each($1)) q) f where f.persons is not null"
        )
    };
    let numbers: Vec<String> = keys.iter().map(i64::to_string).collect();
    let (open, close) = if conn.is_postgres() { ('{', '}') } else { ('[', ']') };
    let row = conn.row(sql, args![format!("{open}{}{close}", numbers.join(","))]).await?;
    let all: Option<String> = row.map(|row| row.get(0)).transpose()?.flatten();
    let mut found = Vec::new();
    for entry in all.iter().flat_map(|all| all.split(';')) {
        let (key, persons) = entry.split_once(':').ok_or_else(|| corrupt("a list of keys"))?;
        let persons: Vec<Uuid> =
            persons.split(',').map(|id| Uuid::parse_str(id).map_err(corrupt)).collect::<Result<_>>()?;
        if persons.len() <= PER_KEY {
            found.push((key.parse().map_err(corrupt)?, persons));
        }
    }
    Ok(found)
}

/// Reads who was found.
async fn read(conn: &mut Conn<'_>, of_row: Vec<Vec<(bool, Uuid)>>) -> Result<Candidates<PersonId>> {
    let mut likely = Candidates::default();
    let mut places: HashMap<(bool, Uuid), usize> = HashMap::new();
    for listed in [false, true] {
        let mut wanted: Vec<Uuid> =
            of_row.iter().flatten().filter(|(is, _)| *is == listed).map(|(_, person)| *person).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for some in wanted.chunks(TOGETHER) {
            for line in details(conn, some, listed).await? {
                let (of, known) = of_line(&line, listed)?;
                places.insert((listed, of), likely.known.len());
                likely.known.push(known);
            }
        }
    }
    let placed = |who: Vec<(bool, Uuid)>| who.iter().filter_map(|who| places.get(who).copied()).collect();
    likely.of_row = of_row.into_iter().map(placed).collect();
    Ok(likely)
}

/// How many are read in one statement.
const TOGETHER: usize = 1_000;

/// Persons or listings as lines of JSON: which row, whose record it means, who that is, and what is compared. A listing that waits for a decision
/// means nobody yet.
async fn details(conn: &mut Conn<'_>, wanted: &[Uuid], listed: bool) -> Result<Vec<String>> {
    let columns = if listed {
        "l.given, l.father_or_husband, l.sex, l.birth, l.number, l.phone, l.village, l.tehsil"
    } else {
        "p.given, p.father_or_husband, p.sex, p.birth, p.identities, h.phones, h.village, h.tehsil"
    };
    let (row, means, from) = if listed {
        ("l.listing_id", "l.person_id", "listing l where l.person_id is not null and l.listing_id")
    } else {
        ("p.person_id", "p.person_id", "person p join household h on h.household_id = p.household_id where p.person_id")
    };
    let person = format!("coalesce((select r.root from person_root r where r.person_id = {means}), {means})");
    let ids: Vec<String> = wanted.iter().map(|id| id.simple().to_string()).collect();
    let sql = if conn.is_postgres() {
        format!(
            "select string_agg(json_build_array({row}::text, {means}::text, {person}::text, {columns})::text, chr(10))
             from {from} = any($1::text::uuid[])"
        )
    } else {
        format!(
            "select group_concat(json_array(hex({row}), hex({means}), hex({person}), {columns}), char(10)) from {from}
             in (select unhex(value) from json_each($1))"
        )
    };
    let found = conn.row(sql, args![texts(conn, &ids)]).await?;
    let all: Option<String> = found.map(|row| row.get(0)).transpose()?.flatten();
    Ok(all.iter().flat_map(|all| all.lines()).map(str::to_owned).collect())
}

fn of_line(line: &str, listed: bool) -> Result<(Uuid, Candidate<PersonId>)> {
    let all: Vec<Option<String>> = serde_json::from_str(line).map_err(corrupt)?;
    let text = |at: usize| all.get(at).cloned().flatten();
    let id = |at: usize| text(at).ok_or_else(|| corrupt("a key")).and_then(|id| Uuid::parse_str(&id).map_err(corrupt));
    let (numbers, phones) = match (listed, text(7), text(8)) {
        (true, number, phone) => (number.into_iter().collect(), phone.into_iter().collect()),
        (false, identities, phones) => (numbers(identities)?, self::phones(phones)?),
    };
    let known = Candidate {
        record: PersonId(id(1)?),
        person: PersonId(id(2)?),
        given: text(3).unwrap_or_default(),
        father_or_husband: text(4),
        sex: text(5),
        birth: text(6),
        numbers,
        phones,
        village: text(9),
        tehsil: text(10),
    };
    Ok((id(0)?, known))
}

fn numbers(identities: Option<String>) -> Result<Vec<String>> {
    let Some(text) = identities else { return Ok(Vec::new()) };
    let all: Vec<Identity> = serde_json::from_str(&text).map_err(corrupt)?;
    Ok(all
        .into_iter()
        .map(|identity| {
            let IdentityNumber { digits, .. } = identity.number;
            digits
        })
        .collect())
}

fn phones(phones: Option<String>) -> Result<Vec<String>> {
    let Some(text) = phones else { return Ok(Vec::new()) };
    let all: Vec<PhoneEntry> = serde_json::from_str(&text).map_err(corrupt)?;
    Ok(all.into_iter().map(|phone| phone.number).collect())
}
