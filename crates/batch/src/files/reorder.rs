//! Tables in any order, put in order by district and id within bounded memory.
//!
//! Rows are laid into buckets by a hash of their household's id, so that each bucket is small and holds whole households. A bucket is
//! joined and checked exactly (no household twice, no person without one) and sorted; sorted buckets are merged.

use super::{
    Files, assemble,
    spill::{Buckets, Run, Set, numbers, run as write_run},
};
use crate::{
    chunk::Chunk,
    column::{Column, Physical},
    fault::{Fault, Faults, MOST_FAULTS, Place},
    ids::{IdRef, Ids},
};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

/// The most buckets, each of which may need two files at once.
const MOST_BUCKETS: usize = 256;

/// Households that are read or given at once while buckets are merged.
const AT_ONCE: usize = 8192;

pub(super) fn run(files: &Files, sink: &mut dyn FnMut(Chunk) -> Result<(), Faults>) -> Result<(), Faults> {
    let count = files.households.rows_at_most() / files.room.households.max(1) + 1;
    let count = usize::try_from(count).unwrap_or(MOST_BUCKETS).min(MOST_BUCKETS);
    let buckets = || Buckets::new(&files.spill, count, files.room.bytes / 2);
    let (mut households, mut persons) = (buckets(), buckets());
    lay_aside(files, &mut households, &mut persons)?;
    let (mut runs, mut faults, mut any) = (vec![], vec![], false);
    for bucket in 0..count {
        let joined = join(files, households.take(bucket)?, persons.take(bucket)?, &mut faults);
        let Some(chunk) = joined.filter(|_| faults.is_empty()) else { continue };
        any = true;
        if count == 1 {
            return sink(chunk);
        }
        runs.extend(write_run(&files.spill, pieces(chunk))?);
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    if !any {
        return Err(Fault::of(files.households.file(), "The table has no households.").into());
    }
    merge(runs, sink)
}

/// Rows into buckets. A household's columns are its district, its row, then its facts; a person's its row, then facts.
fn lay_aside(files: &Files, households: &mut Buckets, persons: &mut Buckets) -> Result<(), Faults> {
    let row_numbers = |before: u64, count: usize| {
        numbers((0..count).map(|row| (before + row as u64).cast_signed() + 1), Physical::I64)
    };
    let as_text = text_on_either_side(files)?;
    let key = |ids: Ids| if as_text { ids.into_text() } else { ids };
    let mut stream = files.households.stream(&files.binding.household, files.threads)?;
    while let Some(rows) = stream.next()? {
        let rows = assemble::households(&files.binding, rows);
        let mut columns = vec![Column::U16(rows.districts), row_numbers(rows.before, rows.ids.len())];
        columns.extend(rows.columns);
        households.add(Set { keys: key(rows.ids), own: None, columns })?;
    }
    let mut stream = files.persons.stream(&files.binding.person, files.threads)?;
    while let Some(rows) = stream.next()? {
        let rows = assemble::persons(&files.binding, rows);
        let mut columns = vec![row_numbers(rows.before, rows.of.len())];
        columns.extend(rows.columns);
        persons.add(Set { keys: key(rows.of), own: rows.ids, columns })?;
    }
    Ok(())
}

/// Whether one table writes its household ids as text; then both are taken as text.
fn text_on_either_side(files: &Files) -> Result<bool, Faults> {
    let mut text = false;
    for (table, wants) in [(&files.households, &files.binding.household), (&files.persons, &files.binding.person)] {
        let columns = table.columns();
        text |= columns.iter().any(|(name, holds)| *name == wants[0].column() && *holds != "whole numbers");
    }
    Ok(text)
}

/// The households of a bucket with their persons, sorted.
fn join(files: &Files, households: Option<Set>, persons: Option<Set>, faults: &mut Vec<Fault>) -> Option<Chunk> {
    let empty = persons.as_ref().map(Set::empty_like);
    let Some(households) = households else {
        if let Some(persons) = persons {
            (0..persons.keys.len()).for_each(|row| faults.push(orphan(files, &persons, row)));
        }
        return None;
    };
    let place = places(files, &households, faults);
    let mut order: Vec<u32> = (0..households.keys.len() as u32).collect();
    let districts = &households.columns[0];
    order.sort_by_key(|at| (districts.get(*at as usize).unwrap_or(i64::MAX), households.keys.get(*at as usize)));
    let mut rank = vec![0u32; order.len()];
    order.iter().enumerate().for_each(|(new, old)| rank[*old as usize] = new as u32);
    let persons = persons.or(empty);
    let mut of: Vec<(u32, u32)> = vec![];
    if let Some(persons) = &persons {
        for row in 0..persons.keys.len() {
            match place.get(&persons.keys.get(row)) {
                Some(household) => of.push((rank[*household as usize], row as u32)),
                None if faults.len() < MOST_FAULTS => faults.push(orphan(files, persons, row)),
                None => {}
            }
        }
    }
    of.sort_unstable();
    let mut members = vec![0u32; order.len() + 1];
    of.iter().for_each(|(household, _)| members[*household as usize + 1] += 1);
    (0..order.len()).for_each(|at| members[at + 1] += members[at]);
    let taken: Vec<u32> = of.iter().map(|(_, row)| *row).collect();
    let Column::U16(districts) = households.columns[0].take(&order) else { return None };
    let no_persons = || files.binding.layout.person.iter().map(|f| Column::empty(f.physical)).collect();
    Some(Chunk {
        ids: households.keys.take(&order),
        districts,
        members,
        household: households.columns[2..].iter().map(|c| c.take(&order)).collect(),
        person_ids: persons.as_ref().and_then(|p| p.own.as_ref()).map(|own| own.take(&taken)),
        person: persons.map_or_else(no_persons, |p| p.columns[1..].iter().map(|c| c.take(&taken)).collect()),
    })
}

/// Where each household stands in the bucket; one that stands there twice is a fault.
fn places<'s>(files: &Files, households: &'s Set, faults: &mut Vec<Fault>) -> HashMap<IdRef<'s>, u32> {
    let mut place: HashMap<IdRef, u32> = HashMap::with_capacity(households.keys.len());
    for at in 0..households.keys.len() {
        let id = households.keys.get(at);
        if let Some(first) = place.insert(id, at as u32) {
            let row = |at: usize| households.columns[1].get(at).unwrap_or(0);
            let message = format!("The household {id} already stands in row {}.", row(first as usize));
            let fault = Fault::of(files.households.file(), message).column(files.binding.household[0].column());
            if faults.len() < MOST_FAULTS {
                faults.push(fault.at(Place::Row(row(at).unsigned_abs())).suggest("Keep one row per household."));
            }
        }
    }
    place
}

fn orphan(files: &Files, persons: &Set, row: usize) -> Fault {
    let table = persons.columns[0].get(row).unwrap_or(0).unsigned_abs();
    let message = format!("No household {} stands in {}.", persons.keys.get(row), files.households.file());
    let fault = Fault::of(files.persons.file(), message).column(files.binding.person[0].column());
    fault.at(Place::Row(table)).suggest("Add the household, or leave the person out.")
}

/// A chunk in pieces for a file.
fn pieces(chunk: Chunk) -> impl Iterator<Item = Vec<Set>> {
    let all = chunk.households();
    (0..all).step_by(AT_ONCE).map(move |start| {
        let part = chunk.part(start..(start + AT_ONCE).min(all));
        let members = numbers(part.members[1..].iter().map(|end| i64::from(*end)), Physical::I64);
        let mut columns = vec![Column::U16(part.districts), members];
        columns.extend(part.household);
        let persons = Set {
            keys: Ids::Number(vec![0; part.members[part.members.len() - 1] as usize]),
            own: part.person_ids,
            columns: part.person,
        };
        vec![Set { keys: part.ids, own: None, columns }, persons]
    })
}

fn piece(mut sets: Vec<Set>) -> Option<Chunk> {
    let (persons, mut households) = (sets.pop()?, sets.pop()?);
    let household = households.columns.split_off(2);
    let ends = households.columns.pop()?;
    let Some(Column::U16(districts)) = households.columns.pop() else { return None };
    let mut members = vec![0u32];
    members.extend((0..ends.len()).map(|at| ends.get(at).unwrap_or(0) as u32));
    Some(Chunk {
        ids: households.keys,
        districts,
        members,
        household,
        person_ids: persons.own,
        person: persons.columns,
    })
}

/// A household's place in the order, with the run it comes from.
type Next = Reverse<(u16, OwnId, usize)>;

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum OwnId {
    Number(i64),
    Text(Vec<u8>),
}

fn next_of(chunk: &Chunk, at: usize, run: usize) -> Next {
    let id = match chunk.ids.get(at) {
        IdRef::Number(number) => OwnId::Number(number),
        IdRef::Text(text) => OwnId::Text(text.to_vec()),
    };
    Reverse((chunk.districts[at], id, run))
}

fn merge(mut runs: Vec<Run>, sink: &mut dyn FnMut(Chunk) -> Result<(), Faults>) -> Result<(), Faults> {
    let mut heads: Vec<(Chunk, usize)> = vec![];
    let mut heap: BinaryHeap<Next> = BinaryHeap::new();
    for (at, run) in runs.iter_mut().enumerate() {
        if let Some(chunk) = run.next()?.and_then(piece) {
            heap.push(next_of(&chunk, 0, at));
            heads.push((chunk, 0));
        }
    }
    let Some(mut out) = heads.first().map(|(chunk, _)| chunk.empty_like()) else { return Ok(()) };
    while let Some(Reverse((.., run))) = heap.pop() {
        let (chunk, at) = &mut heads[run];
        out.extend_from(chunk, *at..*at + 1);
        *at += 1;
        if *at == chunk.households()
            && let Some(next) = runs[run].next()?.and_then(piece)
        {
            (*chunk, *at) = (next, 0);
        }
        if *at < chunk.households() {
            heap.push(next_of(chunk, *at, run));
        }
        if out.households() == AT_ONCE * 8 {
            let empty = out.empty_like();
            sink(std::mem::replace(&mut out, empty))?;
        }
    }
    if out.households() > 0 { sink(out) } else { Ok(()) }
}
