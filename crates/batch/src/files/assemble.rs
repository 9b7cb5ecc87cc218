//! From what was read of a table to rows with their ids.

use crate::{
    bind::Binding,
    chunk::NO_DISTRICT,
    column::{Column, Physical},
    ids::{Ids, Texts},
    read::{Got, Rows},
};

/// Rows of the households' table.
pub(super) struct HouseholdRows {
    pub(super) ids: Ids,
    pub(super) districts: Vec<u16>,
    pub(super) columns: Vec<Column>,
    /// Rows of the table before these.
    pub(super) before: u64,
}

/// Rows of the persons' table.
pub(super) struct PersonRows {
    /// The ids of their households.
    pub(super) of: Ids,
    pub(super) ids: Option<Ids>,
    pub(super) columns: Vec<Column>,
    pub(super) before: u64,
}

/// Takes the ids off what was read.
fn ids(got: &mut std::vec::IntoIter<Got>) -> Ids {
    match got.next() {
        Some(Got::Ids(ids)) => ids,
        _ => Ids::Text(Texts::default()),
    }
}

fn columns(got: std::vec::IntoIter<Got>) -> Vec<Column> {
    got.flat_map(|got| match got {
        Got::Columns(columns) => columns,
        Got::Ids(_) => vec![],
    })
    .collect()
}

pub(super) fn households(binding: &Binding, rows: Rows) -> HouseholdRows {
    let (count, before) = (rows.count, rows.before);
    let mut got = rows.got.into_iter();
    let ids = ids(&mut got);
    let own = if binding.own_district { got.next() } else { None };
    let mut columns = columns(got);
    if let Some(always) = binding.complete {
        let mut column = Column::empty(Physical::U8);
        (0..count).for_each(|_| column.push(i64::from(always)));
        columns.push(column);
    }
    let districts = match (own, binding.district) {
        (Some(Got::Columns(own)), _) => own.first().map_or(vec![NO_DISTRICT; count], numbers),
        (_, Some(at)) => numbers(&columns[at]),
        _ => vec![NO_DISTRICT; count],
    };
    HouseholdRows { ids, districts, columns, before }
}

fn numbers(column: &Column) -> Vec<u16> {
    match column {
        Column::U8(v) => v.iter().map(|d| if *d == u8::MAX { NO_DISTRICT } else { u16::from(*d) }).collect(),
        Column::U16(v) => v.clone(),
        other => vec![NO_DISTRICT; other.len()],
    }
}

pub(super) fn persons(binding: &Binding, rows: Rows) -> PersonRows {
    let before = rows.before;
    let mut got = rows.got.into_iter();
    let of = ids(&mut got);
    let own = binding.person_ids.then(|| ids(&mut got));
    PersonRows { of, ids: own, columns: columns(got), before }
}
