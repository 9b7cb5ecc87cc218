//! A row of a list as the registry keeps it: what is readable is read, what is not stays as it was written, with a note.

use super::{RawRow, values};
use domain::{
    identity::Phone,
    ids::ListingId,
    payments::ListedBenefit,
    people::{ImportOpened, ImportRefused, ListField, Listed, MAX_NAME, RowNote, RowOutcome, RowRefused},
    programmes::DistrictId,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Districts by every name they have.
#[derive(Debug, Clone, Default)]
pub struct Districts(HashMap<String, DistrictId>);

impl Districts {
    /// From pairs of a name and a code.
    pub fn new<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        Districts(names.map(|(name, code)| (plain(name), code.into())).collect())
    }

    fn of(&self, typed: &str) -> Option<DistrictId> {
        self.0.get(&plain(typed)).cloned()
    }
}

fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.trim_start_matches("district").trim_start_matches("ضلع");
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How the rows of one import are read.
#[derive(Debug, Clone)]
pub struct Reading {
    opened: ImportOpened,
    columns: BTreeMap<ListField, usize>,
    districts: Districts,
    /// What is the same for every row key of the list.
    list_key: String,
}

/// Whether a list can be read as it was said to be.
pub fn sound(opened: &ImportOpened, today: domain::Date) -> Result<(), ImportRefused> {
    opened.check(today)
}

impl Reading {
    /// Reads by what was said when the import was opened.
    pub fn new(opened: &ImportOpened, districts: Districts) -> Self {
        let place = |column: &String| opened.head.iter().position(|name| name == column);
        let columns = opened.mapping.0.iter().filter_map(|(field, column)| Some((*field, place(column)?))).collect();
        let list = &opened.list;
        // One list keeps its key when its title is typed otherwise, if it is a programme's.
        let own = list.programme.as_ref().map_or_else(|| plain(&list.title), |programme| programme.0.clone());
        let list_key = format!("{}\n{own}\n{}", plain(&list.source), list.stated_on);
        Reading { opened: opened.clone(), columns, districts, list_key }
    }

    /// The row as it is kept. Whether it is new or means somebody is decided later; a refused one says why.
    pub fn row(&self, raw: RawRow) -> Listed {
        let mut row = self.blank(&raw);
        let text = |field: ListField| {
            let cell = self.columns.get(&field).and_then(|at| raw.cells.get(*at));
            cell.map(String::as_str).filter(|text| !text.is_empty())
        };
        let list = &self.opened.list;
        row.given = text(ListField::Given).unwrap_or_default().to_owned();
        row.father_or_husband = text(ListField::FatherOrHusband).map(str::to_owned);
        row.village = text(ListField::Village).map(str::to_owned);
        row.tehsil = text(ListField::Tehsil).map(str::to_owned);
        row.union_council = text(ListField::UnionCouncil).map(str::to_owned);
        let mut notes = Vec::new();
        let read = |field: ListField, note: RowNote| text(field).map(|typed| (typed, note));
        let mut noted = |found: bool, note: RowNote| {
            if !found {
                notes.push(note);
            }
        };
        if let Some((typed, note)) = read(ListField::Number, RowNote::NumberUnusual) {
            row.number = values::number(typed);
            noted(row.number.as_ref().is_some_and(|digits| digits.len() == 13), note);
        }
        if let Some((typed, note)) = read(ListField::Phone, RowNote::PhoneUnreadable) {
            // Several phones in a cell: the first.
            let first = typed.split(['/', ',', ';', '،']).next().unwrap_or(typed);
            row.phone = Phone::parse(typed).or_else(|_| Phone::parse(first)).ok().map(|phone| phone.e164().to_owned());
            noted(row.phone.is_some(), note);
        }
        if let Some((typed, note)) = read(ListField::Birth, RowNote::BirthUnreadable) {
            row.birth = values::birth(typed, list.stated_on);
            noted(row.birth.is_some(), note);
        }
        if let Some((typed, note)) = read(ListField::Age, RowNote::BirthUnreadable).filter(|_| row.birth.is_none()) {
            row.birth = values::age(typed, list.stated_on);
            noted(row.birth.is_some(), note);
        }
        if let Some((typed, note)) = read(ListField::Sex, RowNote::SexUnreadable) {
            row.sex = values::sex(typed);
            noted(row.sex.is_some(), note);
        }
        row.district = match read(ListField::District, RowNote::DistrictUnknown) {
            Some((typed, note)) => {
                let found = self.districts.of(typed);
                noted(found.is_some(), note);
                found
            }
            None => list.district.clone(),
        };
        let mut benefit = ListedBenefit {
            purpose: list.gives.purpose,
            amount: list.gives.amount,
            per: list.gives.per,
            since: None,
            until: None,
        };
        if let Some((typed, note)) = read(ListField::Amount, RowNote::AmountUnreadable) {
            benefit.amount = values::amount(typed);
            noted(benefit.amount.is_some(), note);
        }
        if let Some((typed, note)) = read(ListField::Since, RowNote::DateUnreadable) {
            benefit.since = values::date(typed);
            noted(benefit.since.is_some(), note);
        }
        if let Some((typed, note)) = read(ListField::Until, RowNote::DateUnreadable) {
            benefit.until = values::date(typed);
            noted(benefit.until.is_some(), note);
        }
        notes.dedup();
        row.notes = notes;
        row.benefits = vec![benefit];
        if let Some(reason) = self.refusal(&raw, &row) {
            row.outcome = RowOutcome::Refused { reason };
            row.benefits.clear();
        }
        row.cells = raw.cells;
        row
    }

    fn refusal(&self, raw: &RawRow, row: &Listed) -> Option<RowRefused> {
        let long = |text: &str| text.chars().count() > MAX_NAME;
        if raw.cells.len() > self.opened.head.len() {
            return Some(RowRefused::Cells);
        }
        let name = self.opened.mapping.0.get(&ListField::Given);
        if name.is_some_and(|column| *column == row.given) {
            return Some(RowRefused::Head);
        }
        if !row.given.chars().any(char::is_alphabetic) {
            return Some(RowRefused::NameMissing);
        }
        if long(&row.given) || row.father_or_husband.as_deref().is_some_and(long) {
            return Some(RowRefused::NameTooLong);
        }
        None
    }

    fn blank(&self, raw: &RawRow) -> Listed {
        let mut hash = Sha256::new().chain_update(&self.list_key);
        for (field, at) in &self.columns {
            let cell = raw.cells.get(*at).map_or("", String::as_str);
            let cell = linkage::text::ascii_digits(&cell.to_lowercase());
            hash.update(field.code());
            hash.update([0]);
            hash.update(cell);
            hash.update([0]);
        }
        let row_key: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Listed::blank(ListingId(Uuid::now_v7()), raw.line, row_key)
    }
}
