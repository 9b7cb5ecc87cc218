//! A pack compiled for columns at one reference date.

use super::{
    block::Block,
    compiled::Compiled,
    decisions::{Decisions, Intervals, Verdicts},
    explain,
    input::{Input, Kind, Part, Physical},
    reads::Reads,
    run::{self, Scratch},
};
use crate::{
    Date, Id, Interval, Pack,
    pack::{
        error::did_you_mean,
        fact::{FactType, Record},
        programme::Level,
    },
    plan::SlotPlan,
};
use chrono::{Datelike, Months};

/// What is wanted of a pack.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Ids of the programmes to decide, in the order wanted; `None`: every programme of the pack.
    pub programmes: Option<Vec<String>>,
    /// Ids of the scores to put out; `None`: every score the programmes read.
    pub scores: Option<Vec<String>>,
    /// Whether person-level programmes also say which persons.
    pub candidates: bool,
    /// Names of inputs ([`Input::name`]) for which there is no column: taken as unknown, and the plan is shorter.
    pub absent: Vec<String>,
    /// The day on which all values of the columns were learnt. A fact that stays fresh for less time than from then to
    /// the reference date is unknown throughout and is not read. `None`: all values are fresh.
    pub learnt_on: Option<Date>,
}

/// Why a pack cannot be compiled for columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// No such programme.
    #[error("The pack has no programme `{id}`. {hint}")]
    Programme {
        /// What was asked for.
        id: String,
        /// A near id, or what to do.
        hint: String,
    },
    /// No such score.
    #[error("The pack has no score `{id}`. {hint}")]
    Score {
        /// What was asked for.
        id: String,
        /// A near id, or what to do.
        hint: String,
    },
    /// A reference date at which day numbers cannot tell ages.
    #[error(
        "The reference date {at} is outside 2011-02-01 to 2059-01-01, where births can be told as day numbers. Use a date within."
    )]
    Date {
        /// The date asked for.
        at: Date,
    },
    /// A score whose numbers do not fit.
    #[error(
        "The score `{id}` can be beyond 2,147,483,646 at its decimals. Declare it with fewer decimals or closer bounds."
    )]
    ScoreTooWide {
        /// The score.
        id: Id,
    },
}

/// A pack compiled for columns. Share one between threads; give each thread its own [`Scratch`].
#[derive(Debug)]
pub struct Program {
    /// Facts that are unknown throughout because the columns' values are too old.
    stale: Vec<Id>,
    /// What is put out, empty of decisions.
    programmes: Vec<Verdicts>,
    scores: Vec<Intervals>,
    plan: Compiled,
}

/// What is wanted, found in the pack.
#[derive(Debug)]
pub(crate) struct Wants {
    pub(crate) programmes: Vec<usize>,
    pub(crate) scores: Vec<usize>,
    pub(crate) candidates: bool,
}

impl Program {
    /// Compiles what is wanted of a pack for its rules at a reference date: ages, criteria in force and freshness are
    /// those of that day.
    ///
    /// # Errors
    /// When something wanted is not in the pack, or the date or a score does not fit the encoding.
    pub fn compile(pack: &Pack, at: Date, which: &Wanted) -> Result<Self, CompileError> {
        if !(2011..2059).contains(&at.year()) || (at.year() == 2011 && at.month() == 1) {
            return Err(CompileError::Date { at });
        }
        let programmes = wanted_programmes(pack, which)?;
        let mut reads = Reads::new(&pack.plan);
        for &index in &programmes {
            let (programme, plan) = (&pack.programmes[index], &pack.plan.programmes[index]);
            let in_force = programme.criteria.iter().zip(&plan.criteria).filter(|(c, _)| c.in_force(at));
            in_force.flat_map(|(_, p)| &p.any_of).for_each(|c| reads.cond(&pack.plan.conditions[*c].cond));
            let (record, slot, code) = match programme.level {
                Level::Household => (Record::Household, pack.plan.household_active, plan.household_code),
                Level::Person => (Record::Person, pack.plan.person_active, plan.person_code),
            };
            if let (Some(slot), Some(_)) = (slot, code) {
                reads.slot(record, slot);
            }
            reads.list |= programme.level == Level::Person;
        }
        let scores = wanted_scores(pack, which, &reads)?;
        scores.iter().for_each(|s| reads.score(*s));
        let (inputs, stale) = inputs(pack, &reads, at, which);
        let wants = Wants { programmes, scores, candidates: which.candidates };
        let plan = Compiled::of(pack, &inputs, at, &wants);
        let verdicts = wants.programmes.iter().map(|index| no_verdicts(pack, *index, which.candidates)).collect();
        let intervals = wants.scores.iter().map(|index| no_intervals(pack, *index)).collect();
        Ok(Self { stale, programmes: verdicts, scores: intervals, plan })
    }

    /// The reference date.
    pub fn at(&self) -> Date {
        self.plan.at
    }

    /// The columns to lend, in the order [`Block::new`] takes them: households' first, each in the dictionary's order.
    pub fn inputs(&self) -> &[Input] {
        &self.plan.inputs
    }

    /// The scores it puts out, in the order of [`Decisions::scores`].
    pub fn score_ids(&self) -> impl Iterator<Item = &Id> {
        self.scores.iter().map(|intervals| &intervals.score)
    }

    /// Facts the policy reads that are unknown throughout, since on the reference date the values are too old to count.
    pub fn stale(&self) -> &[Id] {
        &self.stale
    }

    /// Ids of the programmes decided, in the order of [`Decisions::programmes`].
    pub fn programmes(&self) -> impl Iterator<Item = &Id> {
        self.programmes.iter().map(|v| &v.programme)
    }

    /// The plan in plain words: columns read, what is shared, what is looked up, in which order.
    pub fn explain(&self) -> String {
        explain::explain(&self.plan)
    }

    /// Decides a block. Whatever `out` held before is replaced; its room is used again.
    pub fn run(&self, block: &Block, scratch: &mut Scratch, out: &mut Decisions) {
        self.make_room(block, out);
        run::run(&self.plan, block, scratch, out);
    }

    fn make_room(&self, block: &Block, out: &mut Decisions) {
        (out.households, out.persons) = (block.households(), block.persons());
        if !self.is_ours(out) {
            out.programmes = self.programmes.clone();
            out.scores = self.scores.clone();
        }
        for verdicts in &mut out.programmes {
            verdicts.truth.reset(out.households);
            verdicts.receives.clear();
            verdicts.receives.resize(out.households.div_ceil(64), 0);
            if let Some(candidates) = &mut verdicts.candidates {
                candidates.reset(out.persons);
            }
        }
        for intervals in &mut out.scores {
            intervals.low.resize(out.households, 0);
            intervals.high.resize(out.households, 0);
        }
    }

    fn is_ours(&self, out: &Decisions) -> bool {
        let named = |v: &Verdicts| (v.programme.clone(), v.state, v.rules, v.candidates.is_some());
        out.programmes.iter().map(named).eq(self.programmes.iter().map(named))
            && out.scores.iter().map(|s| &s.score).eq(self.scores.iter().map(|s| &s.score))
    }
}

fn no_verdicts(pack: &Pack, index: usize, candidates: bool) -> Verdicts {
    let programme = &pack.programmes[index];
    let personal = programme.level == Level::Person;
    Verdicts {
        programme: programme.id.clone(),
        truth: Default::default(),
        receives: vec![],
        candidates: (candidates && personal).then(Default::default),
        state: programme.state,
        rules: programme.rules,
    }
}

fn no_intervals(pack: &Pack, index: usize) -> Intervals {
    let score = &pack.scores[index];
    Intervals { score: score.id.clone(), digits: score.digits, low: vec![], high: vec![] }
}

fn wanted_programmes(pack: &Pack, which: &Wanted) -> Result<Vec<usize>, CompileError> {
    let Some(ids) = &which.programmes else { return Ok((0..pack.programmes.len()).collect()) };
    let find = |id: &String| {
        pack.programmes.iter().position(|p| p.id == **id).ok_or_else(|| CompileError::Programme {
            id: id.clone(),
            hint: near(id, pack.programmes.iter().map(|p| p.id.as_str())),
        })
    };
    ids.iter().map(find).collect()
}

fn wanted_scores(pack: &Pack, which: &Wanted, reads: &Reads) -> Result<Vec<usize>, CompileError> {
    let wanted: Vec<usize> = match &which.scores {
        None => reads.scores.iter().copied().collect(),
        Some(ids) => {
            let find = |id: &String| {
                pack.scores.iter().position(|s| s.id == **id).ok_or_else(|| CompileError::Score {
                    id: id.clone(),
                    hint: near(id, pack.scores.iter().map(|s| s.id.as_str())),
                })
            };
            ids.iter().map(find).collect::<Result<_, _>>()?
        }
    };
    let wide = |s: &&usize| {
        !matches!(Physical::of_bounds(pack.scores[**s].bounds), Physical::U8 | Physical::U16 | Physical::I32)
    };
    match wanted.iter().find(wide) {
        Some(&wide) => Err(CompileError::ScoreTooWide { id: pack.scores[wide].id.clone() }),
        None => Ok(wanted),
    }
}

fn near<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> String {
    did_you_mean(id, known).unwrap_or_else(|| "Name one that it declares.".to_owned())
}

/// The columns, and the facts that are too old to read.
fn inputs(pack: &Pack, reads: &Reads, at: Date, which: &Wanted) -> (Vec<Input>, Vec<Id>) {
    let mut found = Found { pack, at, which, inputs: vec![], stale: vec![] };
    if reads.list {
        let fact = Id::from("household.members_complete");
        found.push(fact, Record::Household, Part::Whole, Physical::U8, Kind::Bool);
    }
    reads.household.iter().for_each(|s| found.slot(Record::Household, &pack.plan.household[usize::from(*s)]));
    for &score in &reads.scores {
        let kind = Kind::Number { scale: pack.scores[score].digits };
        let plan = &pack.plan.scores[score];
        found.push(plan.full_id.clone(), Record::Household, Part::Whole, Physical::of_bounds(plan.bounds), kind);
        found.inputs.iter_mut().last().into_iter().for_each(|input| input.bounds = plan.bounds);
    }
    if reads.birth {
        for part in [Part::Earliest, Part::Latest] {
            found.push(Id::from("person.birth"), Record::Person, part, Physical::U16, Kind::Day);
        }
    }
    reads.person.iter().for_each(|s| found.slot(Record::Person, &pack.plan.person[usize::from(*s)]));
    found.inputs.retain(|input| !which.absent.contains(&input.name));
    (found.inputs, found.stale)
}

struct Found<'a> {
    pack: &'a Pack,
    at: Date,
    which: &'a Wanted,
    inputs: Vec<Input>,
    stale: Vec<Id>,
}

impl Found<'_> {
    fn slot(&mut self, record: Record, slot: &SlotPlan) {
        let fact = &self.pack.facts[slot.fact];
        let last_day = self.which.learnt_on.and_then(|on| on.checked_add_months(Months::new(slot.fresh_months)));
        if slot.fresh_months > 0 && last_day.is_some_and(|last| last < self.at) {
            return self.stale.push(fact.id.clone());
        }
        let id = fact.id.clone();
        let number = Physical::of_bounds(slot.bounds);
        let (physical, kind) = match slot.kind_of_value {
            FactType::Bool => (Physical::U8, Kind::Bool),
            FactType::Int => (number, Kind::Number { scale: 0 }),
            FactType::Decimal { scale } => (number, Kind::Number { scale }),
            FactType::Code => (Physical::of_codes(slot.codes.len()), Kind::Code),
            FactType::Set => {
                for word in 0..slot.codes.len().div_ceil(64) {
                    self.push(id.clone(), record, Part::Has(word), Physical::U64, Kind::Bits);
                }
                return self.push(id, record, Part::Complete, Physical::U8, Kind::Bool);
            }
            FactType::Date => return,
        };
        self.push(id, record, Part::Whole, physical, kind);
    }

    fn push(&mut self, fact: Id, record: Record, part: Part, physical: Physical, kind: Kind) {
        let declared = self.pack.facts.iter().find(|f| f.id == fact);
        let name = match part {
            Part::Whole | Part::Earliest => fact.to_string(),
            Part::Latest => format!("{fact}#latest"),
            Part::Has(word) => format!("{fact}#{word}"),
            Part::Complete => format!("{fact}#complete"),
        };
        let has_codes = matches!(kind, Kind::Code | Kind::Bits);
        let input = Input {
            name,
            part,
            record,
            physical,
            kind,
            bounds: declared.map_or(Interval::exactly(0), |f| f.bounds),
            codes: declared.filter(|_| has_codes).map_or(vec![], |f| f.codes.iter().map(|c| c.id.clone()).collect()),
            fresh_months: declared.map_or(0, |f| f.fresh_months),
            fact,
        };
        self.inputs.push(input);
    }
}
