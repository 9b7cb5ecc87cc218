//! Which question to ask next: the one expected to settle most.

use crate::{
    FactRef, Family, Id, K3, Pack,
    eval::{
        cells::{Ctx, Env, Val},
        wants::{Want, Wants},
    },
    pack::{
        benefit::Worth,
        fact::{Fact, FactKind, FactType, Sensitivity},
        programme::{Completeness, Level, Programme, State},
    },
    plan::ProgrammePlan,
    screen::{all_of, candidates_of, in_force, receives},
};
use domain::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most answers tried for one question; more codes than these are sampled in the dictionary's order.
const ANSWERS: usize = 12;

/// What the conversation so far forbids or allows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Questions left or skipped on this visit; never asked again on it.
    pub skipped: BTreeSet<FactRef>,
    /// Full ids of protected facts that may be asked because the person asked for that help, and ids of protected
    /// programmes whose questions may be asked for the same reason.
    pub open_gates: BTreeSet<String>,
}

/// The next question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The fact to ask, by full id.
    pub fact: Id,
    /// The member it is about, by key; none for the household.
    pub member: Option<Id>,
    /// Open programmes that some answer would settle at once, in pack order.
    pub settles: Vec<Id>,
    /// Open programmes whose verdict the answer bears on, in pack order.
    pub concerns: Vec<Id>,
}

/// The unknown asked fact that is expected to bring the open programmes closest to a verdict, weighed by what they
/// give; none when nothing askable is open.
///
/// For each askable fact every representative answer is tried on the programmes that still read it. What counts is
/// how many further answers these then need ([`crate::Verdict::missing`]), added up over candidates and answers, each
/// answer taken as equally likely. Ties go to the dictionary's order. A protected fact, or a question asked only for a
/// protected programme, needs an open gate.
pub fn next_question(pack: &Pack, family: &Family, at: Date, ctx: &Asking) -> Option<Question> {
    let now = Ctx::new(pack, family, at);
    let board = Board::new(&now, ctx);
    let best = board.askable().map(|(want, places)| (board.gain(want, places), want, places));
    let (_, want, places) = best.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))?;
    Some(board.question(want, places))
}

/// Every fact that could be asked now because an open programme still reads it, in the dictionary's order (the
/// household's, then each member's).
pub fn open_questions(pack: &Pack, family: &Family, at: Date, ctx: &Asking) -> Vec<FactRef> {
    let now = Ctx::new(pack, family, at);
    let board = Board::new(&now, ctx);
    board.askable().map(|(want, _)| now.fact_ref(want)).collect()
}

/// An open programme and, by candidate, how many answers each undecided one still lacks.
struct Open {
    index: usize,
    weight: u64,
    candidates: Vec<(Option<usize>, K3, u64)>,
}

/// Where a fact is read: open programme and candidate within it.
type Places = Vec<(usize, usize)>;

struct Board<'a> {
    now: &'a Ctx<'a>,
    asking: &'a Asking,
    open: Vec<Open>,
    reads: BTreeMap<Want, Places>,
}

impl<'a> Board<'a> {
    fn new(now: &'a Ctx<'a>, asking: &'a Asking) -> Self {
        let mut board = Self { now, asking, open: vec![], reads: BTreeMap::new() };
        for (index, programme) in now.pack.programmes.iter().enumerate() {
            board.add(index, programme);
        }
        board
    }

    fn add(&mut self, index: usize, programme: &Programme) {
        let plan = &self.now.plan.programmes[index];
        if programme.state == State::Closed
            || programme.rules == Completeness::NotPublished
            || !self.may_serve(programme)
        {
            return;
        }
        let members: Vec<Option<usize>> = candidates_of(self.now, programme).collect();
        let received = members.iter().any(|m| receives(self.now, plan, *m) == K3::Yes);
        let candidates: Vec<(Option<usize>, K3, u64)> =
            members.into_iter().map(|m| standing(self.now, programme, plan, m)).collect();
        let settled = received || candidates.iter().any(|c| c.1 == K3::Yes);
        if settled || candidates.iter().all(|c| c.1 == K3::No) {
            return;
        }
        let place = self.open.len();
        for (number, (member, truth, _)) in candidates.iter().enumerate() {
            if *truth == K3::Unknown {
                self.read(programme, plan, *member, (place, number));
            }
        }
        self.open.push(Open { index, weight: weight(programme, self.now.at), candidates });
    }

    /// A protected programme is worked on only through an open gate, so that no question hints at it.
    fn may_serve(&self, programme: &Programme) -> bool {
        let gates = &self.asking.open_gates;
        !programme.protected
            || gates.contains(&*programme.id)
            || programme.facts.iter().any(|fact| gates.contains(&**fact))
    }

    fn read(&mut self, programme: &Programme, plan: &ProgrammePlan, member: Option<usize>, place: (usize, usize)) {
        let env = member.map_or(Env::default(), Env::of);
        let mut wants = Wants::default();
        for (_, criterion) in in_force(programme, plan, self.now.at) {
            if criterion.any_of.iter().any(|c| self.now.shared_truth(*c, member) == K3::Yes) {
                continue; // another way already meets it
            }
            for condition in &criterion.any_of {
                self.now.undecided(&self.now.plan.conditions[*condition].cond, env, &mut wants);
            }
        }
        for want in wants.get() {
            self.reads.entry(*want).or_default().push(place);
        }
    }

    fn askable(&self) -> impl Iterator<Item = (Want, &Places)> {
        let ready = |want: Want| self.may_ask(want) && self.applies(want);
        self.reads.iter().map(|(want, places)| (*want, places)).filter(move |(want, _)| ready(*want))
    }

    fn fact(&self, want: Want) -> Option<&'a Fact> {
        let cell = want as usize;
        (cell < self.now.cells.len()).then(|| &self.now.pack.facts[self.now.slot(cell).fact])
    }

    fn may_ask(&self, want: Want) -> bool {
        self.fact(want).is_some_and(|fact| {
            let gated = fact.sensitivity == Sensitivity::Protected && !self.asking.open_gates.contains(&*fact.id);
            fact.kind == FactKind::Asked && !gated && !self.asking.skipped.contains(&self.now.fact_ref(want))
        })
    }

    /// Whether the question applies to this person; while that is open, what it depends on is asked first.
    fn applies(&self, want: Want) -> bool {
        let cell = want as usize;
        let Some((applies, _)) = &self.now.slot(cell).applies else { return true };
        let env = self.now.member_and_slot(cell).0.map_or(Env::default(), Env::of);
        match self.now.truth(applies, env) {
            K3::Yes => true,
            K3::No => false,
            K3::Unknown => {
                let mut first = Wants::default();
                self.now.undecided(applies, env, &mut first);
                !first.get().iter().any(|w| self.may_ask(*w))
            }
        }
    }

    /// How many needed answers the question saves on average, times sixty-fourths, weighed by what programmes give.
    fn gain(&self, want: Want, places: &Places) -> u64 {
        let answers = answers(self.now, want as usize);
        let total: u64 = answers.iter().map(|a| self.saved(want, *a, places, |_, _| {})).sum();
        total * 64 / u64::try_from(answers.len().max(1)).unwrap_or(1)
    }

    /// What one answer saves; tells the watcher what each programme it bears on then lacks.
    fn saved(&self, want: Want, answer: Val, places: &Places, mut watch: impl FnMut(usize, u64)) -> u64 {
        let then = self.now.with(want as usize, answer);
        let mut saved = 0;
        for group in places.chunk_by(|a, b| a.0 == b.0) {
            let open = &self.open[group[0].0];
            let (programme, plan) = (&self.now.pack.programmes[open.index], &self.now.plan.programmes[open.index]);
            let mut after = open.candidates.clone();
            for (_, number) in group {
                after[*number] = standing(&then, programme, plan, after[*number].0);
            }
            let unnamed = u64::from(self.now.open && programme.level == Level::Person);
            let (before, after) = (lacking(&open.candidates, unnamed), lacking(&after, unnamed));
            watch(open.index, after);
            saved += open.weight * before.saturating_sub(after);
        }
        saved
    }

    fn question(&self, want: Want, places: &Places) -> Question {
        let mut settles = BTreeSet::new();
        for answer in answers(self.now, want as usize) {
            self.saved(want, answer, places, |programme, lacks| {
                settles.extend((lacks == 0).then_some(programme));
            });
        }
        let id = |index: usize| self.now.pack.programmes[index].id.clone();
        let FactRef { fact, member } = self.now.fact_ref(want);
        let concerns: BTreeSet<usize> = places.iter().map(|(place, _)| self.open[*place].index).collect();
        Question {
            fact,
            member,
            settles: settles.into_iter().map(id).collect(),
            concerns: concerns.into_iter().map(id).collect(),
        }
    }
}

/// A candidate's truth and how many answers are lacking.
fn standing(ctx: &Ctx, programme: &Programme, plan: &ProgrammePlan, member: Option<usize>) -> (Option<usize>, K3, u64) {
    let any = |any_of: &[usize]| any_of.iter().fold(K3::No, |any, c| any.or(ctx.shared_truth(*c, member)));
    let truth = all_of(programme, in_force(programme, plan, ctx.at).map(|(_, c)| any(&c.any_of)));
    if truth.is_known() {
        return (member, truth, 0);
    }
    let mut set = vec![];
    ctx.missing(in_force(programme, plan, ctx.at).map(|(_, c)| &c.any_of[..]), member, &mut set);
    (member, truth, effort(set.len().max(1)))
}

/// The answers expected until a candidate is decided who lacks this many, in sixty-fourths: each is as likely to be
/// decisive as not, so the second counts half, the third a quarter.
fn effort(lacks: usize) -> u64 {
    128 - (128 >> lacks.min(7))
}

/// Answers a programme still lacks: none once somebody meets it; while members may be unnamed, one for them.
fn lacking(candidates: &[(Option<usize>, K3, u64)], unnamed: u64) -> u64 {
    let met = candidates.iter().any(|c| c.1 == K3::Yes);
    if met { 0 } else { candidates.iter().map(|c| c.2).sum::<u64>() + unnamed }
}

/// What a programme gives, as a weight from 4 (unpublished, or not money) to 8 (much money a year). Steps authored.
fn weight(programme: &Programme, at: Date) -> u64 {
    let rupees = programme.benefits.iter().map(|benefit| match benefit.worth(at) {
        Worth::Regular { yearly, .. } => yearly.0.rupees(),
        Worth::Once(low, _) => low.rupees(),
        Worth::NotAdded(..) | Worth::Unpublished => 0,
    });
    match rupees.max().unwrap_or(0) {
        ..1_000 => 4,
        1_000..10_000 => 5,
        10_000..50_000 => 6,
        50_000..200_000 => 7,
        _ => 8,
    }
}

/// Representative answers to a question: each code, both truths, a number on either side of every cut-off.
fn answers(ctx: &Ctx, cell: usize) -> Vec<Val> {
    let slot = ctx.slot(cell);
    match slot.kind_of_value {
        FactType::Bool => vec![Val::Bool(true), Val::Bool(false)],
        FactType::Code => (0u16..).take(slot.codes.len().min(ANSWERS)).map(Val::Code).collect(),
        FactType::Int | FactType::Decimal { .. } => numbers(ctx, cell),
        FactType::Set => vec![Val::EmptySet],
        FactType::Date => vec![],
    }
}

fn numbers(ctx: &Ctx, cell: usize) -> Vec<Val> {
    let slot = ctx.slot(cell);
    let cuts = ctx.plan.cut_offs.get(&slot.fact).map_or(&[][..], |c| &c[..]);
    let around = cuts.iter().flat_map(|cut| [*cut, cut.saturating_add(1)]);
    let within = |n: &i64| slot.bounds.low <= *n && *n <= slot.bounds.high;
    let tried: BTreeSet<i64> = around.chain([slot.bounds.low]).filter(within).collect();
    tried.into_iter().take(ANSWERS).map(|n| Val::Number(crate::Interval::exactly(n))).collect()
}
