//! Which group a household is counted in.

use super::totals::{Counts, Totals};
use crate::{
    chunk::{Chunk, Layout, NO_DISTRICT},
    column::Column,
    field::{Field, Part},
    run::Ran,
};
use rules::{column::Planes, pack::fact::FactType};
use std::ops::Range;

/// The facts that may say who the head is, and their code for the head.
const HEAD: ([&str; 2], &str) = (["person.relationship_to_head", "person.relationship"], "head");

/// One way to count.
#[derive(Debug, Clone)]
struct By {
    /// As it was asked for: `household.x`, `person.x`, `head.x`.
    name: String,
    field: Field,
    who: Who,
    /// Places of the columns among those of a chunk: the fact's, and for the head who is the head.
    place: usize,
    head: Option<Head>,
}

/// Who is the head: the column that says so, its place, and the head's code.
#[derive(Debug, Clone)]
struct Head {
    name: String,
    place: usize,
    code: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Household,
    Anybody,
    Head,
}

/// All ways to count of a run.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    by: Vec<By>,
    /// What was asked for and cannot be counted, with why.
    pub(crate) not_counted: Vec<String>,
}

/// The facts that ways to count need.
pub(crate) fn facts_of(by: &[String]) -> Vec<String> {
    by.iter()
        .flat_map(|name| {
            let (fact, who) = split(name);
            let heads = if who == Who::Head { &HEAD.0[..] } else { &[] };
            std::iter::once(fact).chain(heads.iter().map(|head| (*head).to_owned()))
        })
        .collect()
}

fn split(name: &str) -> (String, Who) {
    match name.split_once('.') {
        Some(("head", short)) => (format!("person.{short}"), Who::Head),
        Some(("person", _)) => (name.to_owned(), Who::Anybody),
        _ => (name.to_owned(), Who::Household),
    }
}

impl Groups {
    pub(crate) fn new(layout: &Layout, names: &[String]) -> Self {
        let mut groups = Self::default();
        for name in names {
            match by(layout, name) {
                Ok(by) => groups.by.push(by),
                Err(why) => groups.not_counted.push(format!("{name}: {why}")),
            }
        }
        groups
    }

    pub(crate) fn facts(&self) -> Vec<String> {
        facts_of(&self.by.iter().map(|by| by.name.clone()).collect::<Vec<_>>())
    }

    /// The same with the places of its columns: among the selected ones, or among all when all are read.
    pub(crate) fn placed(mut self, selected: impl Fn(&str) -> Option<usize>, all: bool, layout: &Layout) -> Self {
        let whole = |name: &str| {
            let fields = if name.starts_with("person.") { &layout.person } else { &layout.household };
            fields.iter().position(|field| field.name() == name)
        };
        let place = |name: &str| if all { whole(name) } else { selected(name) };
        for by in &mut self.by {
            by.place = place(&by.field.name()).unwrap_or(usize::MAX);
            if let Some(head) = &mut by.head {
                head.place = place(&head.name).unwrap_or(usize::MAX);
            }
        }
        self
    }

    /// For each way to count, the group of every household of a range, by number.
    pub(crate) fn labels(&self, chunk: &Chunk, range: Range<usize>) -> Vec<Vec<u16>> {
        self.by.iter().map(|by| by.labels(chunk, range.clone())).collect()
    }

    /// A way to count, and the name of one of its groups; empty: not known.
    pub(crate) fn label(&self, way: usize, label: u16) -> (&str, &str) {
        let by = &self.by[way];
        (&by.name, by.label(label))
    }

    /// Counts the households of a block.
    pub(super) fn count(&self, ran: &Ran, districts: &[String], programmes: &[String]) -> Totals {
        let mut totals = Totals::of(programmes);
        let size = ran.range.len();
        add(&mut totals, ran, "", "", None);
        let labels: Vec<u16> = ran.chunk.districts[ran.range.clone()].to_vec();
        let name = |label: u16| districts.get(usize::from(label)).map_or("", String::as_str);
        if !(districts.is_empty() && labels.iter().all(|label| *label == NO_DISTRICT)) {
            each_group(&labels, |label, plane| add(&mut totals, ran, "district", name(label), plane));
        }
        for by in &self.by {
            let labels = by.labels(ran.chunk, ran.range.clone());
            debug_assert_eq!(labels.len(), size);
            each_group(&labels, |label, plane| add(&mut totals, ran, &by.name, by.label(label), plane));
        }
        totals
    }
}

fn by(layout: &Layout, name: &str) -> Result<By, String> {
    let (fact, who) = split(name);
    let fields = if who == Who::Household { &layout.household } else { &layout.person };
    let field = fields.iter().find(|field| field.fact == fact && field.part == Part::Whole);
    let Some(field) = field else { return Err(format!("no column gives `{fact}`")) };
    match (field.kind, who) {
        (FactType::Bool, _) | (FactType::Code, Who::Household | Who::Head) => {}
        _ => return Err(format!("`{fact}` is neither yes or no nor one code of somebody")),
    }
    let head = match who {
        Who::Head => {
            let head = layout.person.iter().filter(|field| HEAD.0.contains(&&*field.fact)).find_map(|field| {
                let code = field.codes.iter().position(|code| code == HEAD.1)?;
                Some(Head { name: field.name(), place: 0, code: i64::try_from(code).ok()? })
            });
            Some(head.ok_or_else(|| format!("no column says who is the head (`{}`)", HEAD.0[0]))?)
        }
        _ => None,
    };
    Ok(By { name: name.to_owned(), field: field.clone(), who, place: 0, head })
}

/// What is not known about a household.
const NOT_KNOWN: u16 = u16::MAX;

impl By {
    fn label(&self, label: u16) -> &str {
        match (self.field.kind, label) {
            (_, NOT_KNOWN) => "",
            (FactType::Bool, 0) => "no",
            (FactType::Bool, _) => "yes",
            (_, code) => self.field.codes.get(usize::from(code)).map_or("", String::as_str),
        }
    }

    /// The group of each household of a range.
    fn labels(&self, chunk: &Chunk, range: Range<usize>) -> Vec<u16> {
        let columns = if self.who == Who::Household { &chunk.household } else { &chunk.person };
        let Some(column) = columns.get(self.place) else { return vec![NOT_KNOWN; range.len()] };
        let value = |at: usize| column.get(at).and_then(|n| u16::try_from(n).ok()).unwrap_or(NOT_KNOWN);
        let persons = |h: usize| chunk.members[h] as usize..chunk.members[h + 1] as usize;
        match (self.who, &self.head) {
            (Who::Household, _) => range.map(value).collect(),
            (Who::Head, Some(head)) => {
                let heads = chunk.person.get(head.place);
                let is_head = |at: &usize| heads.and_then(|c| c.get(*at)) == Some(head.code);
                range.map(|h| persons(h).find(is_head).map_or(NOT_KNOWN, value)).collect()
            }
            _ => match column {
                Column::U8(values) => range.map(|h| any(&values[persons(h)])).collect(),
                _ => vec![NOT_KNOWN; range.len()],
            },
        }
    }
}

/// Yes when anybody has it, no when nobody has, otherwise not known.
fn any(values: &[u8]) -> u16 {
    let (mut yes, mut unknown) = (false, false);
    for value in values {
        yes |= *value == 1;
        unknown |= *value == u8::MAX;
    }
    match (yes, unknown) {
        (true, _) => 1,
        (_, true) => NOT_KNOWN,
        _ => 0,
    }
}

/// A bit per household of a group; `None` is all of them.
type Members<'a> = Option<(&'a [u64], Range<usize>)>;

/// Gives each group that occurs with a bit per household and the words in which it has any.
fn each_group(labels: &[u16], mut give: impl FnMut(u16, Members)) {
    if labels.windows(2).all(|two| two[0] == two[1]) {
        if let Some(label) = labels.first() {
            give(*label, None);
        }
        return;
    }
    let words = labels.len().div_ceil(64);
    let mut planes: Vec<(u16, Vec<u64>, Range<usize>)> = vec![];
    let mut last = 0;
    for (at, label) in labels.iter().enumerate() {
        if planes.get(last).is_none_or(|(known, ..)| known != label) {
            last = planes.iter().position(|(known, ..)| known == label).unwrap_or_else(|| {
                planes.push((*label, vec![0; words], at / 64..at / 64 + 1));
                planes.len() - 1
            });
        }
        let (_, plane, range) = &mut planes[last];
        plane[at / 64] |= 1 << (at % 64);
        range.end = at / 64 + 1;
    }
    planes.iter().for_each(|(label, plane, range)| give(*label, Some((plane, range.clone()))));
}

fn add(totals: &mut Totals, ran: &Ran, by: &str, group: &str, members: Members) {
    let (households, persons) = match &members {
        None => {
            let ends = &ran.chunk.members;
            (ran.range.len() as u64, u64::from(ends[ran.range.end] - ends[ran.range.start]))
        }
        Some((plane, words)) => {
            let mut persons = 0;
            for word in words.clone() {
                let mut bits = plane[word];
                while bits != 0 {
                    let at = ran.range.start + word * 64 + bits.trailing_zeros() as usize;
                    persons += u64::from(ran.chunk.members[at + 1] - ran.chunk.members[at]);
                    bits &= bits - 1;
                }
            }
            (ones(plane, words.clone()), persons)
        }
    };
    let row = totals.row(by, group);
    row.households += households;
    row.persons += persons;
    for (counts, verdicts) in row.counts.iter_mut().zip(&ran.decisions.programmes) {
        let Counts { yes, no, unknown, receives } = counted(&verdicts.truth, &verdicts.receives, &members, households);
        counts.yes += yes;
        counts.no += no;
        counts.unknown += unknown;
        counts.receives += receives;
    }
}

fn counted(truth: &Planes, receives: &[u64], members: &Members, households: u64) -> Counts {
    let count = |plane: &[u64]| match members {
        None => ones(plane, 0..plane.len()),
        Some((group, words)) => {
            let both = plane[words.clone()].iter().zip(&group[words.clone()]);
            both.map(|(a, b)| u64::from((a & b).count_ones())).sum()
        }
    };
    let (yes, no) = (count(&truth.yes), count(&truth.no));
    Counts { yes, no, unknown: households - yes - no, receives: count(receives) }
}

fn ones(plane: &[u64], words: Range<usize>) -> u64 {
    plane[words].iter().map(|word| u64::from(word.count_ones())).sum()
}
