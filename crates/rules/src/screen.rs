//! Screening: every programme for one family on one day, with reasons.

use crate::{
    CandidateVerdict, FactRef, Family, K3, Outcome, Pack, ScoreSeen, Screening, Verdict,
    eval::{
        cells::{Ctx, Env},
        wants::Want,
    },
    pack::programme::{Completeness, Criterion, Level, Programme, State},
    plan::{CriterionPlan, ProgrammePlan, When},
    verdict::{Found, Span},
};
use domain::Date;
use std::sync::Arc;

/// Screens every programme. Pure: the same pack, family and day always give the same verdicts.
///
/// A person-level programme asks each member named; while the member list is open, "no one so far" is *cannot tell*.
/// The outcome follows DESIGN's honest completeness: see [`Outcome`].
pub fn screen(pack: &Pack, family: &Family, at: Date) -> Screening {
    screen_where(pack, family, at, |_| true)
}

/// Screens the programmes that are wanted and no others; their verdicts are those that [`screen`] gives.
pub fn screen_where(pack: &Pack, family: &Family, at: Date, wanted: impl Fn(&Programme) -> bool) -> Screening {
    let ctx = Ctx::new(pack, family, at);
    let wanted: Vec<usize> = (0..pack.programmes.len()).filter(|index| wanted(&pack.programmes[*index])).collect();
    let mut found = ctx.explain_all(&wanted);
    let mut standings = Vec::with_capacity(wanted.len() * ctx.members.max(1));
    let mut set = vec![];
    for &index in &wanted {
        let each = candidates_of(&ctx, &pack.programmes[index]);
        standings.extend(each.map(|member| standing(&ctx, &mut found, &mut set, index, member)));
    }
    let (found, mut rest) = (Arc::new(found), &standings[..]);
    let verdict = |&index: &usize| {
        let (own, others) = rest.split_at(candidates_of(&ctx, &pack.programmes[index]).count());
        rest = others;
        verdict(&ctx, index, own.iter().map(|standing| standing.compose(&ctx, &found, index)).collect())
    };
    let verdicts = wanted.iter().map(verdict).collect();
    let scores = scores(&ctx);
    Screening { pack_hash: pack.hash.clone(), at, verdicts, scores, ignored: ctx.ignored }
}

fn scores(ctx: &Ctx) -> Vec<ScoreSeen> {
    let seen = |(index, score): (usize, &crate::pack::fact::Score)| {
        let value = ctx.score(index);
        let known_in_part = value != score.bounds || value.known().is_some();
        ScoreSeen { score: score.id.clone(), value, known_in_part, digits: score.digits }
    };
    ctx.pack.scores.iter().enumerate().map(seen).collect()
}

fn verdict(ctx: &Ctx, index: usize, candidates: Vec<CandidateVerdict>) -> Verdict {
    let programme = &ctx.pack.programmes[index];
    let truth = overall(ctx, programme, &candidates);
    let outcome = outcome(programme, truth, &candidates);
    let missing = if outcome == Outcome::CannotTell { missing(ctx, programme, &candidates) } else { vec![] };
    Verdict {
        programme: programme.id.clone(),
        index,
        outcome,
        truth,
        protected: programme.protected,
        candidates,
        missing,
    }
}

/// The household as a whole, or each member.
pub(crate) fn candidates_of(ctx: &Ctx, programme: &Programme) -> impl Iterator<Item = Option<usize>> + use<> {
    let (household, members) = match programme.level {
        Level::Household => (Some(None), 0),
        Level::Person => (None, ctx.members),
    };
    household.into_iter().chain((0..members).map(Some))
}

/// Whether anybody meets the criteria; a member not yet named still might.
fn overall(ctx: &Ctx, programme: &Programme, candidates: &[CandidateVerdict]) -> K3 {
    let somebody = ctx.open && programme.level == Level::Person;
    let start = if somebody { K3::Unknown } else { K3::No };
    candidates.iter().fold(start, |any, c| any.or(c.truth))
}

/// The criteria's truth read with the programme's state and the completeness of its rules.
fn outcome(programme: &Programme, truth: K3, candidates: &[CandidateVerdict]) -> Outcome {
    let receives = candidates.iter().any(|c| c.receives == K3::Yes);
    let fresh_yes = candidates.iter().any(|c| c.truth == K3::Yes && c.receives != K3::Yes);
    match (programme.state, programme.rules, truth) {
        (State::Closed, ..) => Outcome::ClosedHere,
        _ if receives && !fresh_yes => Outcome::AlreadyReceives,
        (_, Completeness::OpenToAll, _) => Outcome::Meets,
        (_, Completeness::NotPublished, _) | (_, _, K3::Unknown) => Outcome::CannotTell,
        (_, _, K3::No) => Outcome::No,
        (_, Completeness::Complete, K3::Yes) => Outcome::Meets,
        (_, Completeness::Partial, K3::Yes) => Outcome::MayQualify,
    }
}

/// What could decide the programme: the candidate who lacks least, or else somebody not yet named.
fn missing(ctx: &Ctx, programme: &Programme, candidates: &[CandidateVerdict]) -> Vec<FactRef> {
    if programme.rules == Completeness::NotPublished {
        return vec![];
    }
    let undecided = candidates.iter().filter(|c| c.truth == K3::Unknown && !c.missing().is_empty());
    match undecided.min_by_key(|c| c.missing().len()) {
        Some(nearest) => nearest.missing().to_vec(),
        None if ctx.open && programme.level == Level::Person => vec![ctx.fact_ref(ctx.list())],
        None => vec![],
    }
}

/// Criteria in force on the day, with their plans.
pub(crate) fn in_force<'p>(
    programme: &'p Programme,
    plan: &'p ProgrammePlan,
    at: Date,
) -> impl Iterator<Item = (&'p Criterion, &'p CriterionPlan)> + Clone {
    programme.criteria.iter().zip(&plan.criteria).filter(move |(c, _)| c.in_force(at))
}

/// How one candidate stands, before the verdict is written out.
struct Standing {
    member: Option<usize>,
    truth: K3,
    receives: K3,
    missing: Span,
    benefits: Span,
    papers: Span,
    preferences: Span,
}

fn standing(ctx: &Ctx, found: &mut Found, set: &mut Vec<Want>, index: usize, member: Option<usize>) -> Standing {
    let (programme, plan) = (&ctx.pack.programmes[index], &ctx.plan.programmes[index]);
    let place = member.unwrap_or(0);
    let truth = all_of(programme, found.in_force(index).map(|shape| found.truth(shape, place)));
    let before = found.missing.len();
    if truth == K3::Unknown && programme.rules != Completeness::NotPublished {
        ctx.missing(in_force(programme, plan, ctx.at).map(|(_, p)| &p.any_of[..]), member, set);
        found.missing.extend(set.iter().map(|want| ctx.fact_ref(*want)));
    }
    let missing = Span::since(before, &found.missing);
    let env = member.map_or(Env::default(), Env::of);
    let mut when = |when: &When| {
        let before = found.marks.len();
        if truth != K3::No {
            when.truths(ctx, env, &mut found.marks);
        }
        Span::since(before, &found.marks)
    };
    let (benefits, papers, preferences) = (when(&plan.benefits), when(&plan.papers), when(&plan.preferences));
    // A protected programme stands in no list that is asked: a complete list without it leaves it open.
    let receives = match receives(ctx, plan, member) {
        K3::No if programme.protected => K3::Unknown,
        other => other,
    };
    Standing { member, truth, receives, missing, benefits, papers, preferences }
}

impl Standing {
    fn compose(&self, ctx: &Ctx, found: &Arc<Found>, index: usize) -> CandidateVerdict {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        CandidateVerdict {
            member: self.member.map(|m| ctx.keys[m].clone()),
            truth: self.truth,
            receives: self.receives,
            found: Arc::clone(found),
            programme: place(index),
            place: place(self.member.unwrap_or(0)),
            missing: self.missing,
            benefits: self.benefits,
            papers: self.papers,
            preferences: self.preferences,
        }
    }
}

/// All criteria; with none in force nothing decides, unless the programme is open to all.
pub(crate) fn all_of(programme: &Programme, truths: impl Iterator<Item = K3>) -> K3 {
    let nothing = if programme.rules == Completeness::OpenToAll { K3::Yes } else { K3::Unknown };
    truths.reduce(K3::and).unwrap_or(nothing)
}

impl When {
    fn truths(&self, ctx: &Ctx, env: Env, out: &mut Vec<K3>) {
        match self {
            When::Always(yes) => out.extend_from_slice(yes),
            When::If(conds) => out.extend(conds.iter().map(|c| ctx.truth(c, env))),
        }
    }
}

/// Whether a candidate already receives the programme.
pub(crate) fn receives(ctx: &Ctx, plan: &ProgrammePlan, member: Option<usize>) -> K3 {
    let (slot, code) = match member {
        None => (ctx.plan.household_active, plan.household_code),
        Some(_) => (ctx.plan.person_active, plan.person_code),
    };
    match (slot, code) {
        (Some(slot), Some(code)) => ctx.has(ctx.value(ctx.cell_of(member, slot)), code),
        _ => K3::Unknown,
    }
}
