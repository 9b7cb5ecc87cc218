//! A score against a survey that knows what families consume: whom each cut-off would miss, and whom it would reach
//! without need.
//!
//! The measures and their sources stand in [`errors`]. Poor is whoever consumes less than a line in money, or belongs to
//! the poorest share of the people. A household whose score is an interval across a cut-off is neither in nor out: it is
//! a class of its own, and every error is given from the least to the most it can be.

pub mod errors;
mod observe;
pub mod report;

use crate::{
    bind::Asked,
    fault::{Fault, Faults},
    files::{Files, Order},
    notes::{About, Note},
    run::{self, Bound},
    snapshot::Snapshot,
    target::{
        Progress,
        groups::{Groups, facts_of},
    },
};
use domain::money::Paisa;
use errors::Tally;
use observe::Observed;
use rules::{Date, Pack, column::Wanted, pack::fact::Score};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Who is poor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Whoever consumes less than this in a month.
    Below(Paisa),
    /// The poorest people, in hundredths of a percent of all. Who consumes as much as the last of them belongs to them.
    Poorest(u32),
}

/// What is asked of a survey.
pub struct Ask<'a> {
    /// The policy that has the score.
    pub pack: &'a Pack,
    /// The score's id.
    pub score: &'a str,
    /// The day of the score's ages; the day of the data when it is not given.
    pub at: Option<Date>,
    /// Who is poor.
    pub line: Line,
    /// Cut-offs, times ten to the score's digits. A grid over the whole scale stands beside them.
    pub cut_offs: &'a [i64],
    /// Facts to count by, beside the district: `household.x`, `person.x` (any member) or `head.x`.
    pub by: &'a [String],
    /// How many threads.
    pub threads: usize,
}

/// Households of the survey that cannot be compared, each counted under the first thing it lacks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// What they consume is not known.
    pub consumption: u64,
    /// How many households they stand for is not known.
    pub weight: u64,
    /// How many people live in them is not known.
    pub size: u64,
}

/// Every cut-off's tally of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is counted by (empty: everything).
    pub by: String,
    /// The group (empty: not known).
    pub group: String,
    /// In the order of [`Checked::cut_offs`].
    pub tallies: Vec<Tally>,
}

/// A score as a survey shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The score's id, its digits, and whether a low score means poor.
    pub score: (String, u8, bool),
    /// The day of the score's ages.
    pub at: Date,
    /// The day of the data.
    pub day: Date,
    /// The policy's hash.
    pub policy: String,
    /// What consumption is told for: `person` or `adult_equivalent`.
    pub per: &'static str,
    /// Who was asked to be poor.
    pub line: Line,
    /// The most that a poor household consumes in a month.
    pub poor_up_to: Paisa,
    /// Households that were compared.
    pub households: u64,
    /// Of these, the score is an interval and not a number.
    pub open_scores: u64,
    /// Households that were not compared.
    pub left_out: LeftOut,
    /// Cut-offs in their order, times ten to the score's digits.
    pub cut_offs: Vec<i64>,
    /// Those that were asked for; otherwise the one at which about as many people are reached as are poor.
    pub chosen: Vec<usize>,
    /// Everything first, then by group.
    pub rows: Vec<Row>,
    /// What a reader must know to read the errors rightly.
    pub notes: Vec<Note>,
}

/// Compares a score with the consumption that two tables tell. `spill` is a folder for rows while they are put in order.
///
/// # Errors
/// No such score; no column of consumption, or two; what does not fit in the tables, with file, row and column.
pub fn files(
    households: &Path,
    persons: &Path,
    asked: &Asked,
    ask: &Ask,
    spill: &Path,
    progress: Progress,
) -> Result<Checked, Faults> {
    let score = known_score(ask)?;
    let at = ask.at.or(asked.mapping.day).or(asked.day);
    let mut needed = at.map_or(Ok(vec![]), |at| run::reads(ask.pack, at, &wanted(ask)))?;
    needed.extend(crate::mapping::SURVEY.map(str::to_owned));
    needed.extend(facts_of(ask.by));
    let asked = Asked { only: Some(&needed), person_ids: false, ..*asked };
    let files = Files::open(households, persons, &asked, ask.threads, spill)?;
    let (layout, day) = (files.layout(), files.day());
    let groups = Groups::new(layout, ask.by);
    let columns = observe::Columns::of(layout)?;
    let bound = Bound::new(ask.pack, ask.at.unwrap_or(day), &wanted(ask), layout, day, &beside(&groups))?;
    let groups = groups.placed(|_| None, true, layout);
    let places = columns.placed(|name| layout.household.iter().position(|field| field.name() == name));
    let observed = RefCell::new(Observed::default());
    files.chunks(
        Order::AsTheyCome,
        &mut |chunk| {
            let parts = run::chunk(&bound, &chunk, ask.threads, &|ran| Ok(Observed::of(ran, &places, &groups)))?;
            parts.into_iter().for_each(|part| observed.borrow_mut().append(part));
            progress(observed.borrow().households(), files.rows());
            Ok(())
        },
        &mut || {
            *observed.borrow_mut() = Observed::default();
            Ok(())
        },
    )?;
    let data = Data { day, districts: &layout.districts, groups: &groups, bound: &bound, columns: &columns };
    checked(ask, score, &data, &observed.into_inner())
}

/// Compares a score with the consumption that a snapshot holds.
///
/// # Errors
/// No such score; no consumption in the snapshot, or two; a damaged snapshot.
pub fn snapshot(snapshot: &Snapshot, ask: &Ask, progress: Progress) -> Result<Checked, Faults> {
    let score = known_score(ask)?;
    let index = snapshot.index();
    let layout = &index.layout;
    let at = index.reference(ask.at)?;
    let groups = Groups::new(layout, ask.by);
    let columns = observe::Columns::of(layout)?;
    let bound = Bound::new(ask.pack, at, &wanted(ask), layout, index.day, &beside(&groups))?;
    let groups = groups.placed(|name| bound.selected(layout, name), false, layout);
    let places = columns.placed(|name| bound.selected(layout, name));
    let mut observed = Observed::default();
    let blocks: Vec<usize> = snapshot.by_district().map(|(at, _)| at).collect();
    let observe = |ran: &run::Ran| Ok(Observed::of(ran, &places, &groups));
    run::snapshot(&bound, snapshot, &blocks, false, ask.threads, &observe, &mut |_, part| {
        observed.append(part);
        progress(observed.households(), Some(index.households));
        Ok(())
    })?;
    let data = Data { day: index.day, districts: &layout.districts, groups: &groups, bound: &bound, columns: &columns };
    checked(ask, score, &data, &observed)
}

fn known_score<'a>(ask: &Ask<'a>) -> Result<&'a Score, Faults> {
    let known = || ask.pack.scores().iter().map(|score| score.id.as_str());
    let fault = || {
        let fault = Fault::of("policy", format!("It has no score `{}`.", ask.score));
        rules::did_you_mean(ask.score, known()).into_iter().fold(fault, Fault::suggest)
    };
    ask.pack.score(ask.score).ok_or_else(|| fault().into())
}

fn wanted(ask: &Ask) -> Wanted {
    Wanted { programmes: Some(vec![]), scores: Some(vec![ask.score.to_owned()]), ..Wanted::default() }
}

fn beside(groups: &Groups) -> Vec<String> {
    groups.facts().into_iter().chain(crate::mapping::SURVEY.map(str::to_owned)).collect()
}

/// What was read, beside the households themselves.
struct Data<'a> {
    day: Date,
    districts: &'a [String],
    groups: &'a Groups,
    bound: &'a Bound,
    columns: &'a observe::Columns,
}

fn checked(ask: &Ask, score: &Score, data: &Data, observed: &Observed) -> Result<Checked, Faults> {
    let mut left_out = LeftOut::default();
    let measured: Vec<usize> = (0..observed.len()).filter(|at| observed.measured(*at, &mut left_out)).collect();
    if measured.is_empty() {
        let fault = Fault::of("survey", "No household tells its consumption, weight and size.");
        return Err(fault.suggest("Check the mapping's [survey] columns and what stands for not known.").into());
    }
    let poor_up_to = poor_up_to(ask.line, observed, &measured)?;
    let lower_is_poorer = score.lower_is != "richer";
    let (cut_offs, asked_for) = cut_offs(score, ask.cut_offs)?;
    // One direction for all: the lower, the poorer.
    let turned = |value: i64| if lower_is_poorer { value } else { -value };
    let limits: Vec<i64> = cut_offs.iter().map(|cut_off| turned(*cut_off)).collect();
    let mut rows: BTreeMap<(usize, u16), Vec<Tally>> = BTreeMap::new();
    for at in measured.iter().copied() {
        let one = observed.one(at);
        let (low, high) = (turned(one.score.0), turned(one.score.1));
        let (low, high) = (low.min(high), low.max(high));
        let keys = std::iter::once((0, 0)).chain(observed.labels(at).enumerate().map(|(way, label)| (way + 1, label)));
        for key in keys {
            let tallies = rows.entry(key).or_insert_with(|| vec![Tally::default(); limits.len()]);
            for (tally, limit) in tallies.iter_mut().zip(&limits) {
                tally.add(one.consumption <= poor_up_to, (high <= *limit, low <= *limit), one.weight, one.size);
            }
        }
    }
    let name = |(way, label): (usize, u16)| match way {
        0 => (String::new(), String::new()),
        1 => ("district".into(), data.districts.get(usize::from(label)).cloned().unwrap_or_default()),
        way => {
            let (by, group) = data.groups.label(way - 2, label);
            (by.to_owned(), group.to_owned())
        }
    };
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|(key, tallies)| {
            let (by, group) = name(key);
            Row { by, group, tallies }
        })
        .filter(|row| row.by != "district" || !data.districts.is_empty())
        .collect();
    let chosen = if asked_for.is_empty() { vec![as_many_as_poor(&rows[0].tallies)] } else { asked_for };
    Ok(Checked {
        score: (ask.score.to_owned(), score.digits, lower_is_poorer),
        at: data.bound.program.at(),
        day: data.day,
        policy: ask.pack.hash().to_owned(),
        per: data.columns.per,
        line: ask.line,
        poor_up_to: Paisa(poor_up_to),
        households: measured.len() as u64,
        open_scores: measured.iter().filter(|at| observed.one(**at).is_open()).count() as u64,
        left_out,
        cut_offs,
        chosen,
        rows,
        notes: notes(data, score),
    })
}

/// The most that a poor household consumes, in paisa.
fn poor_up_to(line: Line, observed: &Observed, measured: &[usize]) -> Result<i64, Faults> {
    let share = match line {
        Line::Below(line) => return Ok(line.0 - 1),
        Line::Poorest(share) => u128::from(share),
    };
    let mut by_consumption: Vec<(i64, u128)> = measured.iter().map(|at| observed.one(*at).persons()).collect();
    by_consumption.sort_unstable();
    let all: u128 = by_consumption.iter().map(|(_, persons)| persons).sum();
    let mut below = 0;
    for (consumption, persons) in by_consumption {
        below += persons;
        if below * 10_000 >= share * all && below > 0 {
            return Ok(consumption);
        }
    }
    Err(Fault::of("survey", "Its households stand for nobody: every weight is 0.").into())
}

/// The cut-offs to try, in order, and which of them were asked for.
fn cut_offs(score: &Score, asked: &[i64]) -> Result<(Vec<i64>, Vec<usize>), Faults> {
    let (low, high) = (score.bounds.low, score.bounds.high);
    if let Some(outside) = asked.iter().find(|cut_off| !(low..=high).contains(*cut_off)) {
        let say = |value| crate::simulate::report::decimal(value, score.digits);
        let message = format!("The cut-off {} is outside the scale of `{}`.", say(*outside), score.id);
        return Err(Fault::of("survey", message)
            .suggest(format!("It goes from {} to {}.", say(low), say(high)))
            .into());
    }
    let step = ((high - low) / 20).max(1);
    let grid = (0..=20).map(|nth| low + nth * step).filter(|cut_off| *cut_off <= high);
    let all: BTreeSet<i64> = grid.chain(asked.iter().copied()).collect();
    let all: Vec<i64> = all.into_iter().collect();
    let places = asked.iter().filter_map(|cut_off| all.binary_search(cut_off).ok());
    let places: BTreeSet<usize> = places.collect();
    Ok((all, places.into_iter().collect()))
}

/// The cut-off at which about as many people are reached as are poor: there both errors count the same people twice
/// over, which is how cards are compared (Grosh and others 2022, chapter 7).
fn as_many_as_poor(tallies: &[Tally]) -> usize {
    let apart = |tally: &Tally| {
        let reached = tally.reached_persons();
        (reached[0] + reached[1]).abs_diff(2 * tally.poor_persons())
    };
    (0..tallies.len()).min_by_key(|at| apart(&tallies[*at])).unwrap_or(0)
}

fn notes(data: &Data, score: &Score) -> Vec<Note> {
    // A published score is added up from its card; it needs no column of its own.
    let own = format!("scores.{}", score.id);
    let without = data.bound.without_column.iter().filter(|fact| !score.published || **fact != own).cloned().collect();
    let unpublished = if score.published { vec![] } else { vec![score.id.to_string()] };
    let stale = data.bound.program.stale().iter().map(ToString::to_string).collect();
    let notes = [
        Note::of(About::PointsNotPublished, unpublished),
        (!data.columns.weight).then_some(Note::all(About::NoWeights)),
        (!data.columns.size).then_some(Note::all(About::NoSizes)),
        Note::of(About::WithoutColumn, without),
        Note::of(About::Stale, stale),
        Note::of(About::NotCounted, data.groups.not_counted.clone()),
    ];
    notes.into_iter().flatten().collect()
}
