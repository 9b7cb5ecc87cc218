//! A pair as its page shows it: rows side by side, evidence as sentences, what was decided.

use super::{
    review::{self, Line},
    words,
};
use crate::{App, request::Visitor, shell::Choice, text::T};
use domain::{Date, ids::HouseholdId, money::Paisa};
use linkage::{Evidence, Strength};
use store::people::{LinkStep, PairSide, PairView, QueueRow, SideFile};

/// A pair in words.
pub(super) struct PairShown {
    pub address: String,
    pub sides: [SideShown; 2],
    pub strength: String,
    /// What speaks for one person.
    pub favours: Vec<String>,
    /// What relatives share.
    pub shared: Vec<String>,
    /// What speaks against.
    pub against: Vec<String>,
    /// Two or more things that relatives share: a sentence says what that is worth.
    pub family: bool,
    pub yearly: String,
    pub open: i64,
    /// Why a second officer is needed.
    pub limits: Vec<String>,
    pub state: State,
    pub history: Vec<StepShown>,
    pub around: Vec<Line>,
}

/// What can be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A decision is asked for.
    Open,
    /// A second officer is asked for; the reader may be that.
    Waiting,
    /// The reader said it and cannot confirm it.
    Mine,
    /// Joined: it can be undone.
    Joined,
    /// Told apart: it can be decided anew.
    Apart,
}

/// One record.
pub(super) struct SideShown {
    pub household: HouseholdId,
    pub name: String,
    pub yours: bool,
    pub joined: bool,
    /// The file is not open: a reason opens it.
    pub closed: bool,
    /// Label, value, whether the other record says something else.
    pub rows: Vec<(String, String, bool)>,
}

/// One step of the history.
pub(super) struct StepShown {
    pub what: String,
    pub officer: String,
    pub day: String,
    pub iso: String,
    pub reason: String,
}

impl PairShown {
    pub fn of(app: &App, visitor: &Visitor, view: &PairView, around: &[QueueRow]) -> Self {
        let t = visitor.t();
        let sentences = |keep: &dyn Fn(Evidence) -> bool| {
            let kept = view.why.iter().filter(|evidence| keep(**evidence));
            kept.map(|evidence| t.code("review-why", evidence.code())).collect::<Vec<_>>()
        };
        let shared = sentences(&|e| e.is_shared_by_families() && !e.is_against());
        let rows = rows(app, t, view);
        let [first, second] = rows;
        PairShown {
            address: format!("/people/review/{}", view.id),
            sides: [side(&view.first, first), side(&view.second, second)],
            strength: strength(t, view.strength),
            favours: sentences(&|e| !e.is_shared_by_families() && !e.is_against()),
            family: shared.len() > 1,
            shared,
            against: sentences(&|e| e.is_against()),
            yearly: if view.yearly == Paisa(0) { String::new() } else { t.money(view.yearly) },
            open: view.open,
            limits: view.limits.iter().map(|limit| t.code("review-limit", limit.code())).collect(),
            state: state(visitor, view),
            history: view.history.iter().map(|step| step_shown(t, step)).collect(),
            around: around.iter().map(|row| review::line(app, t, row)).collect(),
        }
    }
}

/// How the evidence reads, as a word.
pub(super) fn strength(t: T, strength: Strength) -> String {
    t.m(match strength {
        Strength::FamilyOnly => "review-strength-family",
        Strength::Possible => "review-strength-possible",
        Strength::Strong => "review-strength-strong",
    })
}

/// Where the person may be kept: the household that each record stands in.
pub(super) fn kept(app: &App, t: T, view: &PairView, chosen: &str) -> Vec<Choice> {
    let choice = |side: &PairSide| {
        let district = words::district(app, t, &side.card.district.0);
        let village = side.card.village.clone().unwrap_or_default();
        let place = if village.is_empty() { district } else { format!("{village}, {district}") };
        let value = side.person.to_string();
        let text = t.with("review-eats", &[("name", (&side.card.given).into()), ("place", place.into())]);
        Choice { chosen: chosen == value, value, text }
    };
    [&view.first, &view.second].map(choice).to_vec()
}

fn state(visitor: &Visitor, view: &PairView) -> State {
    let Some(now) = &view.now else { return State::Open };
    match now.proposal() {
        _ if now.merged => State::Joined,
        Some(proposal) if Some(proposal.by) == visitor.scope.officer_id() => State::Mine,
        Some(_) => State::Waiting,
        None if now.decision == domain::people::LinkDecision::Different => State::Apart,
        None => State::Open,
    }
}

fn side(side: &PairSide, rows: Vec<(String, String, bool)>) -> SideShown {
    SideShown {
        household: side.household,
        name: side.card.given.clone(),
        yours: side.yours,
        joined: side.joined,
        closed: side.file.is_none(),
        rows,
    }
}

/// The rows of both sides. What differs is marked where both are open; a closed side shows its card.
fn rows(app: &App, t: T, view: &PairView) -> [Vec<(String, String, bool)>; 2] {
    let both = match (&view.first.file, &view.second.file) {
        (Some(first), Some(second)) => Some((open_rows(app, t, first), open_rows(app, t, second))),
        _ => None,
    };
    if let Some((first, second)) = both {
        let marked = |mine: &[(String, String)], other: &[(String, String)]| {
            let differs = |(i, (label, value)): (usize, &(String, String))| {
                let theirs = &other[i].1;
                (label.clone(), value.clone(), !value.is_empty() && !theirs.is_empty() && value != theirs)
            };
            mine.iter().enumerate().map(differs).collect::<Vec<_>>()
        };
        return [marked(&first, &second), marked(&second, &first)];
    }
    [&view.first, &view.second].map(|side| {
        let plain = match &side.file {
            Some(file) => open_rows(app, t, file),
            None => card_rows(app, t, side),
        };
        plain.into_iter().map(|(label, value)| (label, value, false)).collect()
    })
}

fn card_rows(app: &App, t: T, side: &PairSide) -> Vec<(String, String)> {
    let card = &side.card;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (t.m("people-father"), text(&card.father_or_husband)),
        (t.m("people-number"), text(&card.number)),
        (t.m("people-district"), words::district(app, t, &card.district.0)),
    ]
}

fn open_rows(app: &App, t: T, file: &SideFile) -> Vec<(String, String)> {
    let details = &file.details;
    let code =
        |fact: &str, code: Option<&str>| code.map(|code| words::code_words(app, t, fact, code)).unwrap_or_default();
    let number = |identity: &domain::people::Identity| {
        format!("{} ({})", identity.number, t.code("identity-check", identity.check.code()))
    };
    let programme = |id: &str| app.pack.programme(id).map(|p| t.pack(&p.name.words).to_owned());
    let application = |(id, status): &(domain::programmes::ProgrammeId, domain::applications::Status)| {
        format!("{} ({})", programme(&id.0).unwrap_or_else(|| id.0.clone()), t.code("status", status.code()))
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let joined = |parts: Vec<String>| parts.join(" · ");
    // Nobody and nothing is known here, not unknown.
    let some = |parts: Vec<String>| if parts.is_empty() { t.m("review-none-there") } else { joined(parts) };
    vec![
        (t.m("people-name"), details.given.clone()),
        (t.m("people-father"), text(&details.father_or_husband)),
        (t.m("people-number"), joined(details.identities.iter().map(number).collect())),
        (t.m("people-birth"), details.birth.map(|birth| words::birth_words(t, birth)).unwrap_or_default()),
        (t.m("people-sex"), code("person.sex", details.sex.map(|c| c.code()))),
        (t.m("people-marital"), code("person.marital_status", details.marital_status.map(|c| c.code()))),
        (t.m("people-phone"), joined(file.phones.iter().map(words::phone_words).collect())),
        (t.m("people-village"), text(&file.place.village)),
        (t.m("people-union-council"), text(&file.place.union_council)),
        (t.m("people-district"), words::district(app, t, &file.place.district.0)),
        (t.m("people-also-in-family"), some(file.others.clone())),
        (t.m("people-applications"), some(file.applications.iter().map(application).collect())),
    ]
}

pub(super) fn step_shown(t: T, step: &LinkStep) -> StepShown {
    let what = match step.decision {
        Some(decision) => t.code("review-said", decision.code()),
        None if step.kind == "persons-merged" => t.m("review-joined"),
        None => t.m("review-parted"),
    };
    let day: Date = crate::app::local_day(step.at);
    StepShown {
        what,
        officer: step.officer.clone(),
        day: t.date(day),
        iso: day.to_string(),
        reason: step.reason.clone(),
    }
}
