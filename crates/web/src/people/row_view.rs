//! A row of a list as its page shows it: what it says, the cards of those whom it may mean, what was said about it.

use super::{
    cards::Card,
    pair_view::{self, StepShown},
    rows::said_words,
    words,
};
use crate::{App, request::Visitor, shell::Choice, text::T};
use domain::{
    Date,
    access::Doing,
    ids::{HouseholdId, ImportId},
    money::Paisa,
    payments::ListedBenefit,
    people::{Listed, ListedState, RowDecision},
};
use linkage::{Evidence, Strength};
use store::people::{
    MatchCard,
    lists::{RowCandidate, RowStep, RowToDecide},
};

/// A row in words.
pub(super) struct RowShown {
    pub address: String,
    pub list: ImportId,
    /// Whether the reader may open the page of the list.
    pub imports: bool,
    pub title: String,
    pub source: String,
    pub stated_on: Date,
    pub line: u64,
    pub state: String,
    pub standing: Standing,
    /// What was read of the row: label and value.
    pub facts: Vec<(String, String)>,
    /// What could not be read.
    pub notes: Vec<String>,
    /// The row as it was written, under the names of its columns.
    pub cells: Vec<(String, String)>,
    pub candidates: Vec<CandidateShown>,
    pub history: Vec<StepShown>,
}

/// What can be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// A decision is asked for.
    Open,
    /// A second officer is asked for; the reader may be that.
    Waiting,
    /// The reader said it, or imported the list, and cannot confirm it.
    Mine,
    /// An officer decided: it can be taken back.
    Decided,
    /// The import itself settled it.
    Settled,
}

/// One person whom the row may mean.
pub(super) struct CandidateShown {
    pub card: Card,
    /// The household's file stands open to the reader.
    pub file: Option<String>,
    /// A reason opens it.
    pub opens: Option<HouseholdId>,
    /// Known by lists only.
    pub listed: bool,
    /// What stands on them and in the row together.
    pub yearly: String,
    pub open: i64,
    /// Why a second officer would have to confirm.
    pub limits: Vec<String>,
    /// It is this one that an officer named.
    pub named: bool,
}

impl RowShown {
    pub fn of(app: &App, visitor: &Visitor, case: &RowToDecide) -> Self {
        let t = visitor.t();
        let (listed, list) = (&case.row.listed, &case.opened.list);
        let meant = case.case.said.as_ref().and_then(|said| said.person);
        let head = case.opened.head.iter().zip(&listed.cells);
        RowShown {
            address: format!("/people/rows/{}", listed.listing),
            list: case.row.import,
            imports: visitor.may(Doing::Import),
            title: list.title.clone(),
            source: list.source.clone(),
            stated_on: list.stated_on,
            line: listed.line,
            state: state(t, case),
            standing: standing(visitor, case),
            facts: facts(app, t, listed, &case.benefits),
            notes: listed.notes.iter().map(|note| t.code("row-note", note.code())).collect(),
            cells: head.map(|(head, cell)| (head.clone(), cell.clone())).filter(|(_, cell)| !cell.is_empty()).collect(),
            candidates: case.candidates.iter().map(|one| candidate(app, t, one, meant == Some(one.person))).collect(),
            history: case.history.iter().map(|step| step_shown(t, step)).collect(),
        }
    }
}

fn state(t: T, case: &RowToDecide) -> String {
    match (&case.case.said, case.case.waits()) {
        (_, Some(_)) => t.m("rows-tab-waiting"),
        (Some(said), None) => said_words(t, said.kind),
        (None, None) => t.code("listed-state", case.case.state.code()),
    }
}

fn standing(visitor: &Visitor, case: &RowToDecide) -> Standing {
    let me = visitor.scope.officer_id();
    match (case.case.state, &case.case.said, case.case.waits()) {
        (ListedState::Review, _, Some(said)) if said.by == me || case.case.imported_by == me => Standing::Mine,
        (ListedState::Review, _, Some(_)) => Standing::Waiting,
        (ListedState::Review, ..) => Standing::Open,
        (_, Some(_), _) => Standing::Decided,
        (_, None, _) => Standing::Settled,
    }
}

/// What was read of a row; what it does not say is left out.
fn facts(app: &App, t: T, row: &Listed, benefits: &[ListedBenefit]) -> Vec<(String, String)> {
    let district = row.district.as_ref().map(|district| words::district(app, t, &district.0));
    let sex = row.sex.map(|sex| words::code_words(app, t, "person.sex", sex.code()));
    let said = [
        ("people-name", Some(row.given.clone())),
        ("people-father", row.father_or_husband.clone()),
        ("people-number", row.number.as_deref().map(number)),
        ("people-birth", row.birth.map(|birth| words::birth_words(t, birth))),
        ("people-sex", sex),
        ("people-phone", row.phone.clone()),
        ("people-village", row.village.clone()),
        ("people-union-council", row.union_council.clone()),
        ("people-district", district),
    ];
    let mut facts: Vec<(String, String)> =
        said.into_iter().filter_map(|(label, value)| Some((t.m(label), value?))).collect();
    facts.extend(benefits.iter().map(|benefit| (t.m("row-receives"), receives(t, benefit))));
    facts
}

/// A CNIC as it stands on the card; another number as its digits.
fn number(digits: &str) -> String {
    if digits.len() == 13 && digits.is_ascii() {
        return format!("{}-{}-{}", &digits[..5], &digits[5..12], &digits[12..]);
    }
    digits.to_owned()
}

fn receives(t: T, benefit: &ListedBenefit) -> String {
    let mut words = t.code("gives-purpose", benefit.purpose.code());
    if let Some(amount) = benefit.amount {
        // Isolated, so that a line from right to left does not turn figures and words around.
        words = format!("{words} · \u{2066}{}\u{2069}", t.money(amount));
        if let Some(per) = benefit.per {
            words = format!("{words} {}", t.code("gives-per", per.code()));
        }
    }
    if let Some(since) = benefit.since {
        words = format!("{words} · {}", t.a("received-since", "date", t.date(since)));
    }
    if let Some(until) = benefit.until {
        words = format!("{words} · {}", t.a("received-until", "date", t.date(until)));
    }
    words
}

fn candidate(app: &App, t: T, one: &RowCandidate, named: bool) -> CandidateShown {
    let record = one.record.as_ref();
    let closed = record.filter(|record| record.file.is_none());
    CandidateShown {
        card: card(app, t, one),
        file: record.filter(|record| record.yours).map(|record| format!("/people/{}", record.household)),
        opens: closed.map(|record| record.household),
        listed: record.is_none(),
        yearly: if one.yearly == Paisa(0) { String::new() } else { t.money(one.yearly) },
        open: one.open,
        limits: one.limits.iter().map(|limit| t.code("row-limit", limit.code())).collect(),
        named,
    }
}

/// The same card as at the desk, with the evidence as sentences.
fn card(app: &App, t: T, one: &RowCandidate) -> Card {
    let MatchCard { given, father_or_husband, village, district, birth_year, number, left } = one.card.clone();
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>| rows.extend(value.map(|value| (t.m(label), value)));
    row("people-father", father_or_husband);
    row("people-birth-year", birth_year.map(|year| year.to_string()));
    row("people-village", village);
    let district = Some(district.0).filter(|code| !code.is_empty());
    row("people-district", district.map(|code| words::district(app, t, &code)));
    row("people-state", left.then(|| t.m("people-card-left")));
    let sentences = |against: bool| {
        let these = one.why.iter().filter(|evidence: &&Evidence| evidence.is_against() == against);
        these.map(|evidence| t.code("review-why", evidence.code())).collect::<Vec<_>>()
    };
    Card {
        household: one.record.as_ref().map_or(HouseholdId(uuid::Uuid::nil()), |record| record.household),
        name: given,
        why: String::new(),
        favours: sentences(false),
        against: sentences(true),
        strength: pair_view::strength(t, one.strength),
        here: false,
        rows,
        number: number.unwrap_or_default(),
        others: String::new(),
        family_only: one.strength == Strength::FamilyOnly,
        yours: one.record.as_ref().is_none_or(|record| record.yours),
    }
}

/// What can be said: one of those shown, somebody new, not sure, refused.
pub(super) fn choices(app: &App, t: T, case: &RowToDecide, chosen: &str) -> Vec<Choice> {
    let person = |one: &RowCandidate| {
        let district = Some(one.card.district.0.as_str()).filter(|code| !code.is_empty());
        let district = district.map(|code| words::district(app, t, code));
        let parts = [Some(one.card.given.clone()), one.card.village.clone(), district, one.card.number.clone()];
        let who = parts.into_iter().flatten().map(|part| format!("\u{2068}{part}\u{2069}")).collect::<Vec<_>>();
        let value = one.person.to_string();
        Choice { chosen: chosen == value, value, text: t.a("row-decide-same", "who", who.join(" · ")) }
    };
    let mut choices: Vec<Choice> = case.candidates.iter().map(person).collect();
    let codes = [RowDecision::New, RowDecision::NotSure, RowDecision::Refused].map(RowDecision::code);
    choices.extend(Choice::codes(t, "row-decide", &codes, chosen));
    choices
}

fn step_shown(t: T, step: &RowStep) -> StepShown {
    let day: Date = crate::app::local_day(step.at);
    StepShown {
        what: said_words(t, step.kind),
        officer: step.officer.clone(),
        day: t.date(day),
        iso: day.to_string(),
        reason: step.reason.clone(),
    }
}
