//! Screening: every programme for one family on one day, with reasons.

use crate::{
    AlternativeResult, CandidateVerdict, CriterionResult, FactRef, Family, K3, Outcome, Pack, Reasons, ScoreSeen,
    Screening, Verdict,
    eval::cells::{Ctx, Env},
    pack::programme::{Completeness, Criterion, Level, Programme, State},
    plan::{CriterionPlan, ProgrammePlan, When},
};
use domain::Date;
use std::sync::Arc;

/// Screens every programme. Pure: the same pack, family and day always give the same verdicts.
///
/// A person-level programme asks each member named; while the member list is open, "no one so far" is *cannot tell*.
/// The outcome follows DESIGN's honest completeness: see [`Outcome`].
pub fn screen(pack: &Pack, family: &Family, at: Date) -> Screening {
    let mut ctx = Ctx::new(pack, family, at);
    ctx.make_room_for_reasons();
    let verdicts = (0..pack.programmes.len()).map(|index| verdict(&ctx, index)).collect();
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

fn verdict(ctx: &Ctx, index: usize) -> Verdict {
    let (programme, plan) = (&ctx.pack.programmes[index], &ctx.plan.programmes[index]);
    let candidates = candidates_of(ctx, programme);
    let mut verdicts = Vec::with_capacity(ctx.members.max(1));
    verdicts.extend(candidates.map(|m| candidate(ctx, programme, plan, m)));
    let candidates: Vec<CandidateVerdict> = verdicts;
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
    let undecided = candidates.iter().filter(|c| c.truth == K3::Unknown && !c.missing.is_empty());
    match undecided.min_by_key(|c| c.missing.len()) {
        Some(nearest) => nearest.missing.clone(),
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

fn candidate(ctx: &Ctx, programme: &Programme, plan: &ProgrammePlan, member: Option<usize>) -> CandidateVerdict {
    let env = member.map_or(Env::default(), Env::of);
    let mut criteria = Vec::with_capacity(programme.criteria.len());
    criteria.extend(in_force(programme, plan, ctx.at).map(|(c, p)| criterion(ctx, c, p, member)));
    let truth = all_of(programme, criteria.iter().map(|c| c.truth));
    let hopeful = truth != K3::No;
    let missing = if truth == K3::Unknown && programme.rules != Completeness::NotPublished {
        let wants = ctx.missing(in_force(programme, plan, ctx.at).map(|(_, p)| &p.any_of[..]), member);
        wants.into_iter().map(|w| ctx.fact_ref(w)).collect()
    } else {
        vec![]
    };
    let when = |when: &When| if hopeful { when.truths(ctx, env) } else { ctx.nothing.clone() };
    // A protected programme stands in no list that is asked: a complete list without it leaves it open.
    let receives = match receives(ctx, plan, member) {
        K3::No if programme.protected => K3::Unknown,
        other => other,
    };
    CandidateVerdict {
        member: member.map(|m| ctx.keys[m].clone()),
        truth,
        receives,
        missing,
        benefits: when(&plan.benefits),
        papers: when(&plan.papers),
        preferences: when(&plan.preferences),
        criteria,
    }
}

/// All criteria; with none in force nothing decides, unless the programme is open to all.
pub(crate) fn all_of(programme: &Programme, truths: impl Iterator<Item = K3>) -> K3 {
    let nothing = if programme.rules == Completeness::OpenToAll { K3::Yes } else { K3::Unknown };
    truths.reduce(K3::and).unwrap_or(nothing)
}

impl When {
    fn truths(&self, ctx: &Ctx, env: Env) -> Arc<[K3]> {
        match self {
            When::Always(yes) => Arc::clone(yes),
            When::If(conds) => conds.iter().map(|c| ctx.truth(c, env)).collect(),
        }
    }
}

fn criterion(ctx: &Ctx, criterion: &Criterion, plan: &CriterionPlan, member: Option<usize>) -> CriterionResult {
    let id = criterion.id.clone();
    if plan.single {
        let (truth, because) =
            plan.any_of.first().map(|c| ctx.shared_reasons(*c, member)).unwrap_or((K3::Unknown, Reasons::default()));
        return CriterionResult { id, truth, because, alternatives: vec![] };
    }
    let alternatives: Vec<AlternativeResult> = criterion
        .any_of
        .iter()
        .zip(&plan.any_of)
        .map(|(alternative, condition)| {
            let (truth, because) = ctx.shared_reasons(*condition, member);
            AlternativeResult { id: alternative.id.clone(), truth, because }
        })
        .collect();
    let truth = alternatives.iter().fold(K3::No, |any, a| any.or(a.truth));
    CriterionResult { id, truth, because: ctx.no_reasons.clone(), alternatives }
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
