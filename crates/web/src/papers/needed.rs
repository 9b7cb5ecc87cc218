//! Which papers the picked programmes ask for, of whom, and how each stands.

use crate::{
    App,
    eligibility::panel,
    request::{PageError, Visitor},
    visits::Frame,
};
use domain::{
    Date,
    applications::Application,
    ids::PersonId,
    papers::{Paper, PaperState},
    people::{Household, Member},
    programmes::ProgrammeId,
    visits::Pick,
};
use rules::{CandidateVerdict, K3, Screening, Verdict};

/// The card that only adults have; a child's application shows the card of the adult who applies.
const ADULT_CARD: &str = "cnic";
/// The form that only children have; an adult's application shows those of the family's children.
const CHILD_FORM: &str = "b_form";

/// One paper of one person, or of the household, that picked programmes ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The pack's paper id.
    pub kind: String,
    /// Whose; `None` for the household's.
    pub person: Option<PersonId>,
    /// Needed for sure; otherwise it depends on something not known yet.
    pub sure: bool,
    /// The picks that ask for it.
    pub programmes: Vec<ProgrammeId>,
    /// Only protected picks ask for it.
    pub protected: bool,
}

/// The picks that may be shown in this visit: a protected one only to the officer who serves it, while it is open.
pub fn picks(app: &App, frame: &Frame) -> Vec<Pick> {
    let Some(panel) = &frame.panel else { return Vec::new() };
    let may_show = |pick: &&Pick| match app.pack.programme(pick.programme.as_ref()) {
        Some(programme) if programme.protected => {
            let verdict = panel.screening.verdict(pick.programme.as_ref());
            frame.mine && !frame.over() && verdict.is_some_and(|v| panel::shown(app, &frame.visit, v))
        }
        known => known.is_some(),
    };
    frame.visit.picks.iter().filter(may_show).cloned().collect()
}

/// The verdict of a pick and the candidate in it.
pub fn verdict_of<'s>(screening: &'s Screening, pick: &Pick) -> Option<(&'s Verdict, &'s CandidateVerdict)> {
    let verdict = screening.verdict(pick.programme.as_ref())?;
    let key = pick.person.map(|person| person.to_string());
    let candidate = verdict.candidates.iter().find(|c| c.member.as_deref() == key.as_deref())?;
    Some((verdict, candidate))
}

/// The papers of one pick, in the programme's order. What is known not to be needed is left out.
pub fn of_pick(app: &App, household: &Household, screening: &Screening, pick: &Pick, today: Date) -> Vec<Need> {
    let Some(programme) = app.pack.programme(pick.programme.as_ref()) else { return Vec::new() };
    let found = verdict_of(screening, pick);
    let needed = |i: usize| match found {
        // A refused candidate has no answers here: what is asked for under a condition may be needed.
        Some((_, candidate)) if !candidate.papers().is_empty() => candidate.papers().get(i).copied(),
        _ => Some(if programme.papers[i].when.is_empty() { K3::Yes } else { K3::Unknown }),
    };
    let need = |(i, rule): (usize, &rules::pack::programme::PaperRule)| {
        let truth = needed(i).unwrap_or(K3::Unknown);
        (truth != K3::No).then(|| Need {
            kind: rule.id.to_string(),
            person: whose(app, household, &rule.id, pick.person, today),
            sure: truth == K3::Yes,
            programmes: vec![pick.programme.clone()],
            protected: programme.protected,
        })
    };
    programme.papers.iter().enumerate().filter_map(need).collect()
}

/// The papers of all picks, each once.
pub fn of_picks(app: &App, household: &Household, screening: &Screening, picks: &[Pick], today: Date) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for need in picks.iter().flat_map(|pick| of_pick(app, household, screening, pick, today)) {
        match needs.iter_mut().find(|n| n.kind == need.kind && n.person == need.person) {
            Some(known) => {
                known.sure |= need.sure;
                known.protected &= need.protected;
                let new = |p: &ProgrammeId| !known.programmes.contains(p);
                let more: Vec<ProgrammeId> = need.programmes.into_iter().filter(new).collect();
                known.programmes.extend(more);
            }
            None => needs.push(need),
        }
    }
    needs
}

fn whose(app: &App, household: &Household, kind: &str, pick: Option<PersonId>, today: Date) -> Option<PersonId> {
    if app.pack.paper(kind).is_some_and(|paper| paper.household) {
        return None;
    }
    let head = household.head().map(|m| m.id);
    let child = |m: &Member| m.details.birth.is_some_and(|birth| birth.age_on(today).1 < 18);
    let applicant = pick.and_then(|person| household.member(person).ok());
    match applicant {
        Some(member) if kind == ADULT_CARD && child(member) => head,
        Some(member) if kind == CHILD_FORM && !child(member) => None,
        Some(member) => Some(member.id),
        None => head,
    }
}

/// The papers of the family that this visit may see: the ordinary ones, and protected ones of its own applications.
pub async fn on_file(app: &App, visitor: &Visitor, frame: &Frame) -> Result<Vec<Paper>, PageError> {
    let Some(household) = &frame.household else { return Ok(Vec::new()) };
    let mut papers = app.store.papers(&visitor.scope).of_household(household.id).await?;
    for application in app.store.applications(&visitor.scope).of_visit(frame.visit.id).await? {
        for paper in app.store.papers(&visitor.scope).of_application(application.id).await? {
            if papers.iter().all(|known| known.id != paper.id) {
                papers.push(paper);
            }
        }
    }
    Ok(papers)
}

/// The newest record of a needed paper.
pub fn found<'p>(papers: &'p [Paper], kind: &str, person: Option<PersonId>) -> Option<&'p Paper> {
    papers.iter().filter(|p| p.kind == kind && p.person == person).max_by_key(|p| p.id)
}

/// How a needed paper stands; `None` while nobody looked.
pub fn state(papers: &[Paper], need: &Need, today: Date) -> Option<PaperState> {
    found(papers, &need.kind, need.person).map(|p| p.state_on(today))
}

/// Whether a needed paper still has to be brought.
pub fn lacking(papers: &[Paper], need: &Need, today: Date) -> bool {
    state(papers, need, today) != Some(PaperState::Present)
}

/// Whether a paper that an application asks for is at hand now.
pub fn is_here(app: &App, household: &Household, papers: &[Paper], application: &Application, kind: &str) -> bool {
    let today = app.today();
    let person = whose(app, household, kind, application.submitted.person, today);
    found(papers, kind, person).is_some_and(|p| p.state_on(today) == PaperState::Present)
}
