//! Golden cases: families whose verdict the source's own sentence demands, and whether they are strong enough.

use crate::{
    Date, Family, Id, K3, Pack,
    eval::cells::{Ctx, Env},
    expr::{
        node::Compare,
        rule::{AtomKind, Cond},
    },
    pack::programme::{Criterion, Level, Programme},
    plan::{CriterionPlan, ProgrammePlan},
    screen::{all_of, candidates_of, in_force},
};
use serde::Serialize;

/// One golden case of a programme.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// The programme.
    pub programme: Id,
    /// What it shows, as a sentence.
    pub name: String,
    /// The source that demands the verdict.
    pub source: String,
    /// The screening day.
    pub on: Date,
    /// The verdict of the criteria alone.
    pub expect: K3,
    /// Whose verdict is meant, for person-level programmes.
    pub candidate: Option<Id>,
    /// The family; what is not written is unknown.
    pub family: Family,
}

/// A case and what the criteria said.
#[derive(Debug, Clone, Serialize)]
pub struct CaseResult<'a> {
    /// The case.
    pub case: &'a Case,
    /// The criteria's verdict.
    pub got: K3,
}

impl CaseResult<'_> {
    /// Whether the criteria say what the case expects.
    pub fn passed(&self) -> bool {
        self.got == self.case.expect
    }
}

/// A change to a criterion that no case of its programme notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survivor {
    /// The programme.
    pub programme: Id,
    /// The criterion.
    pub criterion: Id,
    /// The alternative, when the criterion has some.
    pub alternative: Option<Id>,
    /// What was changed.
    pub mutation: Mutation,
}

/// A change to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Mutation {
    /// It always holds.
    Always,
    /// It never holds.
    Never,
    /// It says the opposite.
    Opposite,
    /// Its n-th comparison of numbers, from 0, treats the boundary the other way.
    Boundary(usize),
}

/// How well the cases pin the criteria down.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MutationReport {
    /// Changes tried.
    pub tried: usize,
    /// Changes that no case noticed.
    pub survivors: Vec<Survivor>,
    /// Programmes with criteria and no case at all; their criteria are not tried.
    pub without_cases: Vec<Id>,
}

/// Runs every golden case of the pack.
pub fn run_cases(pack: &Pack) -> Vec<CaseResult<'_>> {
    pack.cases.iter().map(|case| run_case(pack, case)).collect()
}

fn run_case<'a>(pack: &'a Pack, case: &'a Case) -> CaseResult<'a> {
    let programme = pack.by_id.get(&case.programme).copied();
    CaseResult { case, got: programme.map_or(K3::Unknown, |p| Run { pack, programme: p }.truth(case, None)) }
}

/// Changes each criterion in turn and reports the changes that no case notices.
pub fn mutation_check(pack: &Pack) -> MutationReport {
    let mut report = MutationReport::default();
    for (index, programme) in pack.programmes.iter().enumerate() {
        let cases: Vec<&Case> = pack.cases.iter().filter(|c| c.programme == programme.id).collect();
        if !cases.is_empty() {
            Run { pack, programme: index }.mutate(&cases, &mut report);
        } else if !programme.criteria.is_empty() {
            report.without_cases.push(programme.id.clone());
        }
    }
    report
}

/// A condition put in the place of another: criterion, alternative, condition.
type Instead<'c> = (usize, usize, &'c Cond);

struct Run<'a> {
    pack: &'a Pack,
    programme: usize,
}

impl<'a> Run<'a> {
    fn parts(&self) -> (&'a Programme, &'a ProgrammePlan) {
        (&self.pack.programmes[self.programme], &self.pack.plan.programmes[self.programme])
    }

    /// The criteria's verdict on a case: its candidate's, or the household's.
    fn truth(&self, case: &Case, instead: Option<Instead>) -> K3 {
        let ctx = Ctx::new(self.pack, &case.family, case.on);
        let (programme, _) = self.parts();
        let meant = |m: &Option<usize>| match (&case.candidate, m) {
            (Some(key), Some(m)) => ctx.keys[*m] == *key,
            _ => true,
        };
        let open = ctx.open && programme.level == Level::Person && case.candidate.is_none();
        let start = if open { K3::Unknown } else { K3::No };
        let members: Vec<Option<usize>> = candidates_of(&ctx, programme).filter(meant).collect();
        members.into_iter().fold(start, |any, m| any.or(self.candidate(&ctx, m, instead)))
    }

    fn candidate(&self, ctx: &Ctx, member: Option<usize>, instead: Option<Instead>) -> K3 {
        let (programme, plan) = self.parts();
        let env = member.map_or(Env::default(), Env::of);
        let truths = in_force(programme, plan, ctx.at).map(|(criterion, conds)| {
            let changed = instead.filter(|(c, ..)| std::ptr::eq(&programme.criteria[*c], criterion));
            conds.any_of.iter().enumerate().fold(K3::No, |any, (a, condition)| {
                let other = changed.filter(|(_, alternative, _)| *alternative == a);
                any.or(other.map_or_else(|| ctx.shared_truth(*condition, member), |(.., cond)| ctx.truth(cond, env)))
            })
        });
        all_of(programme, truths)
    }

    fn mutate(&self, cases: &[&Case], report: &mut MutationReport) {
        let (programme, plan) = self.parts();
        for (c, (criterion, conds)) in programme.criteria.iter().zip(&plan.criteria).enumerate() {
            for (a, condition) in conds.any_of.iter().enumerate() {
                for (mutation, changed) in mutations(&self.pack.plan.conditions[*condition].cond) {
                    report.tried += 1;
                    let noticed = |case: &&Case| self.truth(case, Some((c, a, &changed))) != self.truth(case, None);
                    if !cases.iter().any(noticed) {
                        report.survivors.push(survivor(programme, criterion, conds, a, mutation));
                    }
                }
            }
        }
    }
}

fn survivor(
    programme: &Programme,
    criterion: &Criterion,
    plan: &CriterionPlan,
    a: usize,
    mutation: Mutation,
) -> Survivor {
    let alternative = criterion.any_of.get(a).filter(|_| !plan.single).map(|a| a.id.clone());
    Survivor { programme: programme.id.clone(), criterion: criterion.id.clone(), alternative, mutation }
}

fn mutations(cond: &Cond) -> Vec<(Mutation, Cond)> {
    let mut all = vec![
        (Mutation::Always, Cond::Const(true)),
        (Mutation::Never, Cond::Const(false)),
        (Mutation::Opposite, Cond::Not(Box::new(cond.clone()))),
    ];
    for nth in 0.. {
        let (mut changed, mut left) = (cond.clone(), nth);
        if !shift_boundary(&mut changed, &mut left) {
            return all;
        }
        all.push((Mutation::Boundary(nth), changed));
    }
    all
}

/// Turns `<=` into `<` and so on in the n-th comparison of numbers; false when there are fewer.
fn shift_boundary(cond: &mut Cond, left: &mut usize) -> bool {
    let mut any = |parts: &mut [Cond]| parts.iter_mut().any(|p| shift_boundary(p, left));
    match cond {
        Cond::Const(_) => false,
        Cond::Not(inner) => any(std::slice::from_mut(inner)),
        Cond::And(parts) | Cond::Or(parts) => any(parts),
        Cond::If(parts) => any(&mut parts[..]),
        Cond::Same(parts) => any(&mut parts[..]),
        Cond::Atom(atom) => match &mut atom.kind {
            AtomKind::Some(inner) | AtomKind::All(inner) => any(std::slice::from_mut(inner)),
            AtomKind::Number(sign, ..) if *left == 0 => {
                *sign = shifted(*sign);
                true
            }
            AtomKind::Number(..) => {
                *left -= 1;
                false
            }
            _ => false,
        },
    }
}

fn shifted(sign: Compare) -> Compare {
    match sign {
        Compare::Le => Compare::Lt,
        Compare::Lt => Compare::Le,
        Compare::Ge => Compare::Gt,
        Compare::Gt => Compare::Ge,
        Compare::Eq | Compare::Ne => Compare::Le,
    }
}
