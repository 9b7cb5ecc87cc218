//! All records, as rows of places in their columns.

use super::column::Column;
use super::describe::{Description, Excuse};

/// The records of one or more lists, normalised and counted.
#[derive(Debug, Clone)]
pub struct Records {
    pub(super) description: Description,
    pub(super) columns: Vec<Column>,
    /// Row after row, a place for each field.
    rows: Vec<u32>,
    lists: Vec<u8>,
    /// How many of them do not count.
    aside: usize,
    /// For each field what excuses a difference, and since when people are too young for it.
    pub(super) excused: Vec<Option<Excused>>,
}

/// An [`Excuse`] in places of columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excused {
    pub(super) field: usize,
    pub(super) value: u32,
    pub(super) grown_up: Option<(usize, u16)>,
}

/// Younger people stand under no husband's name, in years.
const GROWN_UP: u16 = 16;

impl Records {
    /// No records yet. The description must have passed [`Description::check`].
    pub fn new(description: Description) -> Self {
        let columns = description.fields.iter().map(|field| Column::new(field.kind)).collect();
        Self { description, columns, rows: vec![], lists: vec![], aside: 0, excused: vec![] }
    }

    /// Adds a record of a list. `cell(field, nth)` gives the text of the nth column of a field, `None` after the last.
    pub fn push<'c>(&mut self, list: u8, cell: impl FnMut(usize, usize) -> Option<&'c str>) {
        self.add(list, true, cell);
    }

    /// Adds a record that is compared but not counted: one that was chosen because it is like another says nothing about
    /// how rare its values are.
    pub fn push_aside<'c>(&mut self, list: u8, cell: impl FnMut(usize, usize) -> Option<&'c str>) {
        self.add(list, false, cell);
    }

    fn add<'c>(&mut self, list: u8, counted: bool, mut cell: impl FnMut(usize, usize) -> Option<&'c str>) {
        for (field, column) in self.columns.iter_mut().enumerate() {
            let mut place = 0;
            let mut nth = 0;
            while let Some(text) = cell(field, nth).filter(|_| place == 0) {
                place = column.place(text.trim(), counted);
                nth += 1;
            }
            self.rows.push(place);
        }
        self.lists.push(list);
        self.aside += usize::from(!counted);
    }

    /// Counts how often everything occurs. Call it once, after the last record.
    pub fn finish(&mut self) {
        let records = self.len() - self.aside;
        self.rows.shrink_to_fit();
        let width = self.columns.len();
        for (at, place) in self.rows.iter_mut().enumerate() {
            if self.columns[at % width].is_placeholder(*place) {
                *place = 0;
            }
        }
        self.columns.iter_mut().for_each(|column| column.finish(records));
        let excuse = |by: &Excuse| {
            let value = self.columns[by.field].code(&by.value)?;
            let newest = |field: usize| (field, self.columns[field].newest_year().saturating_sub(GROWN_UP));
            Some(Excused { field: by.field, value, grown_up: by.grown_up.map(newest) })
        };
        let fields = &self.description.fields;
        self.excused = fields.iter().map(|field| field.excused_by.as_ref().and_then(excuse)).collect();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// What the records hold.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The list a record came from.
    pub fn list(&self, record: u32) -> u8 {
        self.lists[record as usize]
    }

    pub(super) fn row(&self, record: u32) -> &[u32] {
        let width = self.columns.len();
        &self.rows[record as usize * width..][..width]
    }

    /// For every value of a field that has frequencies: how many records hold it, and its rarity in half bits.
    pub fn frequencies(&self, field: usize) -> impl Iterator<Item = (u32, u8)> + '_ {
        let column = &self.columns[field];
        (1..column.distinct() as u32).map(|value| (column.uses(value), column.bits(value)))
    }
}
