//! Tables that both go by household id are joined in one pass; what does not go by id is left to [`super::reorder`].

use super::{
    Files, Order,
    assemble::{self, HouseholdRows, PersonRows},
};
use crate::{
    chunk::Chunk,
    fault::{Fault, Faults},
    ids::Ids,
    read::Stream,
};

pub(super) enum End {
    Done,
    NeedsSorting,
}

/// Persons read and not yet given to a household.
struct Persons<'a> {
    files: &'a Files,
    stream: Stream<'a>,
    waiting: Option<PersonRows>,
    over: bool,
}

pub(super) fn run(
    files: &Files,
    order: Order,
    sink: &mut dyn FnMut(Chunk) -> Result<(), Faults>,
) -> Result<End, Faults> {
    let mut households = files.households.stream(&files.binding.household, files.threads)?;
    let stream = files.persons.stream(&files.binding.person, files.threads)?;
    let mut persons = Persons { files, stream, waiting: None, over: false };
    let mut last: Option<(Ids, u16)> = None;
    let mut any = false;
    while let Some(rows) = households.next()? {
        let rows = assemble::households(&files.binding, rows);
        if rows.ids.is_empty() {
            continue;
        }
        any = true;
        if !follows(&rows, last.as_ref(), order) {
            return Ok(End::NeedsSorting);
        }
        let end = rows.ids.len() - 1;
        let mut end_id = rows.ids.empty_like();
        end_id.extend_from(&rows.ids, end..end + 1);
        last = Some((end_id, rows.districts[end]));
        let Some(chunk) = persons.join(rows)? else { return Ok(End::NeedsSorting) };
        sink(chunk)?;
    }
    if !any {
        return Err(Fault::of(files.households.file(), "The table has no households.").into());
    }
    if persons.rest()? { Ok(End::NeedsSorting) } else { Ok(End::Done) }
}

/// Whether these households go on ascending by id, and by district when asked.
fn follows(rows: &HouseholdRows, last: Option<&(Ids, u16)>, order: Order) -> bool {
    let by_district = order == Order::AsTheyCome || rows.districts.is_sorted();
    let after = last.is_none_or(|(id, district)| {
        id.get(0) < rows.ids.get(0) && (order == Order::AsTheyCome || *district <= rows.districts[0])
    });
    by_district && after && rows.ids.first_not_ascending().is_none()
}

impl Persons<'_> {
    /// The persons of these households; `None` when the tables do not go by id, or do not agree.
    fn join(&mut self, rows: HouseholdRows) -> Result<Option<Chunk>, Faults> {
        let end = rows.ids.get(rows.ids.len() - 1);
        while !self.over && self.waiting.as_ref().is_none_or(|w| w.of.is_empty() || w.of.get(w.of.len() - 1) <= end) {
            self.more()?;
            let kinds = self.waiting.as_ref().map(|waiting| (&waiting.of, &rows.ids));
            if !matches!(kinds, Some((Ids::Number(_), Ids::Number(_)) | (Ids::Text(_), Ids::Text(_)))) {
                return Ok(None);
            }
        }
        let Some(waiting) = &mut self.waiting else { return Ok(None) };
        let Some(members) = members(&rows.ids, &waiting.of) else { return Ok(None) };
        let count = members.last().map_or(0, |last| *last as usize);
        let mut person = Vec::with_capacity(waiting.columns.len());
        let rest = waiting.of.len() - count;
        for column in &mut waiting.columns {
            // The rows that stay are fewer than those that go, or all of them.
            let mut stay = crate::column::Column::empty(column.physical());
            stay.extend_from(column, count..count + rest);
            column.truncate(count);
            person.push(std::mem::replace(column, stay));
        }
        let person_ids = waiting.ids.as_mut().map(|ids| {
            let mut gone = ids.empty_like();
            gone.extend_from(ids, 0..count);
            ids.drop_front(count);
            gone
        });
        waiting.of.drop_front(count);
        waiting.before += count as u64;
        let HouseholdRows { ids, districts, columns, .. } = rows;
        Ok(Some(Chunk { ids, districts, members, household: columns, person_ids, person }))
    }

    /// Reads on.
    fn more(&mut self) -> Result<(), Faults> {
        let Some(rows) = self.stream.next()? else {
            self.over = true;
            if self.waiting.is_none() {
                return Err(Fault::of(self.files.persons.file(), "The table has no persons.").into());
            }
            return Ok(());
        };
        let rows = assemble::persons(&self.files.binding, rows);
        match &mut self.waiting {
            None => self.waiting = Some(rows),
            Some(waiting) if waiting.of.is_empty() => *waiting = rows,
            Some(waiting) => {
                let all = 0..rows.of.len();
                waiting.of.extend_from(&rows.of, all.clone());
                for (to, from) in waiting.columns.iter_mut().zip(&rows.columns) {
                    to.extend_from(from, all.clone());
                }
                if let (Some(to), Some(from)) = (&mut waiting.ids, &rows.ids) {
                    to.extend_from(from, all);
                }
            }
        }
        Ok(())
    }

    /// Whether persons are left over.
    fn rest(&mut self) -> Result<bool, Faults> {
        loop {
            if self.waiting.as_ref().is_some_and(|waiting| !waiting.of.is_empty()) {
                return Ok(true);
            }
            if self.over {
                return Ok(false);
            }
            self.more()?;
        }
    }
}

/// Where each household's persons begin and end, when the next persons belong to these households in their order.
fn members(households: &Ids, of: &Ids) -> Option<Vec<u32>> {
    let mut members = Vec::with_capacity(households.len() + 1);
    members.push(0);
    let mut next = 0;
    match (households, of) {
        (Ids::Number(households), Ids::Number(of)) => {
            for household in households {
                while of.get(next) == Some(household) {
                    next += 1;
                }
                members.push(u32::try_from(next).ok()?);
            }
        }
        _ => {
            for household in 0..households.len() {
                while next < of.len() && of.get(next) == households.get(household) {
                    next += 1;
                }
                members.push(u32::try_from(next).ok()?);
            }
        }
    }
    let over = next == of.len() || of.get(next) > households.get(households.len() - 1);
    over.then_some(members)
}
