//! What a department sees of an application: the family as far as it needs it, facts and verdict as screened, papers,
//! history.

use super::inbox_rows::{Day, scheme};
use crate::{
    App,
    eligibility::{
        family::family,
        panel::look,
        reasons::{Reason, label, reasons, telling},
    },
    portal::sentences::{Past, office, past_for_officers, place},
    request::{PageError, Visitor},
    shell::ClockView,
    text::T,
};
use domain::{
    applications::Application,
    ids::{ApplicationId, PersonId},
    papers::{Paper, PaperState},
    people::{Household, Member},
};
use rules::{K3, Verdict};

/// Everything the page shows of one application.
pub struct Case {
    /// Key.
    pub id: ApplicationId,
    /// The version a form is made from.
    pub version: i64,
    /// The programme.
    pub scheme: String,
    /// The applicant, or the head for a household.
    pub name: String,
    /// Where it stands.
    pub status: String,
    /// The running clock.
    pub clock: Option<ClockView>,
    /// Who and where: label, value, and whether it is a number, which runs left to right.
    pub about: Vec<(String, String, bool)>,
    /// Members of the family by name.
    pub members: String,
    /// Verdict: class, icon, words.
    pub verdict: (&'static str, &'static str, String),
    /// Facts that were corrected since: label and reason.
    pub flags: Vec<(String, String)>,
    /// The rules as screened.
    pub reasons: Vec<ReasonView>,
    /// Its papers.
    pub papers: Vec<PaperView>,
    /// What happened.
    pub past: Vec<Past>,
    /// A decision was taken of which a letter tells.
    pub letter: bool,
    /// What was delivered: day, amount, what.
    pub given: Vec<(Day, String, String)>,
    /// The receipt's code; several where it was printed on more than one.
    pub codes: Vec<String>,
    /// When it was submitted.
    pub submitted: Day,
    /// The promise on the receipt.
    pub promised: Day,
}

/// One rule as shown.
pub struct ReasonView {
    /// `is-yes`, `is-no`, `is-unknown`.
    pub class: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// Said before it to who cannot see the icon.
    pub word: String,
    /// The sentences.
    pub lines: Vec<String>,
    /// How the values are known.
    pub source: String,
}

/// One paper as shown.
pub struct PaperView {
    /// `is-here`, `is-missing`, `is-late`.
    pub class: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// Its name.
    pub name: String,
    /// Whose, when it is one person's.
    pub whose: String,
    /// Its state, in words.
    pub state: String,
    /// Where the copy is, if one was taken.
    pub address: Option<String>,
}

/// Gathers the page's parts within the visitor's scope.
pub async fn case(app: &App, visitor: &Visitor, application: &Application) -> Result<Case, PageError> {
    let t = visitor.t();
    let applications = app.store.applications(&visitor.scope);
    let household = applications.household(application.id).await?.ok_or(PageError::NotFound)?;
    let history = applications.history(application.id).await?;
    let delivered = applications.deliveries(application.id).await?;
    let papers = app.store.papers(&visitor.scope).of_application(application.id).await?;
    let codes = applications.codes(application.id).await?;
    let submitted = &application.submitted;
    let person = submitted.person.and_then(|id| member(&household, id)).or_else(|| household.head());
    let verdict = verdict(application);
    let (class, icon, code) = look(outcome(submitted.outcome));
    Ok(Case {
        id: application.id,
        version: application.version,
        scheme: scheme(app, t, &submitted.programme),
        name: person.map(|member| member.details.given.clone()).unwrap_or_default(),
        status: t.code("status", application.status.code()),
        clock: ClockView::of(app, t, application.clock, application.since, application.due),
        about: about(app, t, application, &household, person),
        members: household.present().map(|m| m.details.given.as_str()).collect::<Vec<_>>().join(" · "),
        verdict: (class, icon, t.code("outcome", code)),
        flags: application
            .flags
            .iter()
            .map(|flag| (flagged(app, t, &household, &flag.fact), flag.reason.clone()))
            .collect(),
        reasons: verdict.map(|verdict| views(app, t, application, &household, &verdict)).unwrap_or_default(),
        papers: paper_views(app, t, application, &household, &papers),
        letter: crate::letters::told_in(&history).is_some(),
        past: past_for_officers(app, t, application, &history),
        given: delivered
            .into_iter()
            .map(|d| (Day::of(t, d.on), d.amount.map(|a| t.money(a)).unwrap_or_default(), d.what))
            .collect(),
        codes: codes.iter().map(ToString::to_string).collect(),
        submitted: Day::of(t, application.submitted_on),
        promised: Day::of(t, submitted.promised),
    })
}

fn member(household: &Household, id: PersonId) -> Option<&Member> {
    household.members.iter().find(|member| member.id == id)
}

fn outcome(outcome: domain::eligibility::Outcome) -> rules::Outcome {
    use domain::eligibility::Outcome as Kept;
    match outcome {
        Kept::Meets => rules::Outcome::Meets,
        Kept::MayQualify => rules::Outcome::MayQualify,
        Kept::No => rules::Outcome::No,
        Kept::CannotTell => rules::Outcome::CannotTell,
        Kept::AlreadyReceives => rules::Outcome::AlreadyReceives,
        Kept::ClosedHere => rules::Outcome::ClosedHere,
    }
}

/// The verdict as it was submitted, alone or beside its facts; `None` when an older release wrote it otherwise.
fn verdict(application: &Application) -> Option<Verdict> {
    let kept = &application.submitted.verdict;
    let kept = kept.get("verdict").unwrap_or(kept);
    serde_json::from_value(kept.clone()).ok()
}

/// Who and where: what a focal person needs to find the family, and no more.
fn about(
    app: &App,
    t: T,
    application: &Application,
    household: &Household,
    person: Option<&Member>,
) -> Vec<(String, String, bool)> {
    let submitted = &application.submitted;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(details) = person.map(|member| &member.details) {
        rows.push(("case-father", details.father_or_husband.clone().unwrap_or_default()));
        let age = details.birth.map(|birth| birth.age_on(app.today()));
        rows.push((
            "case-age",
            age.map(|(low, high)| if low == high { low.to_string() } else { format!("{low}–{high}") })
                .unwrap_or_default(),
        ));
        let numbers: Vec<String> = details.identities.iter().map(|identity| identity.number.to_string()).collect();
        rows.push(("case-number", numbers.join(" · ")));
    }
    if let Some(head) = household.head().filter(|head| person.is_some_and(|person| person.id != head.id)) {
        rows.push(("case-head", head.details.given.clone()));
    }
    let phones: Vec<&str> = household.phones.iter().map(|phone| phone.number.as_str()).collect();
    rows.push(("case-phone", phones.join(" · ")));
    rows.push(("inbox-council", household.place.union_council.clone().unwrap_or_default()));
    rows.push(("case-village", household.place.village.clone().unwrap_or_default()));
    rows.push(("case-directions", household.place.directions.clone().unwrap_or_default()));
    let centre = app.centre(&submitted.centre).map_or(submitted.centre.0.as_str(), |centre| &centre.district.0);
    rows.push(("case-centre", place(app, t, centre)));
    rows.push(("case-office", office(app, t, application, false)));
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(id, value)| (t.m(id), value, numeric(id))).collect()
}

fn numeric(id: &str) -> bool {
    matches!(id, "case-age" | "case-number" | "case-phone")
}

/// A corrected fact in words: its label, and whose.
fn flagged(app: &App, t: T, household: &Household, fact: &str) -> String {
    let (fact, person) = fact.split_once('@').unwrap_or((fact, ""));
    let text = label(&app.pack, fact, t);
    match person.parse::<PersonId>().ok().and_then(|id| member(household, id)) {
        Some(member) => format!("{} · {text}", member.details.given),
        None => text,
    }
}

/// The rules of the applicant's verdict; for a household, or when the applicant is not named, of who comes nearest.
fn views(app: &App, t: T, application: &Application, household: &Household, verdict: &Verdict) -> Vec<ReasonView> {
    let Some(programme) = app.pack.programme(&verdict.programme) else { return Vec::new() };
    let key = application.submitted.person.map(|person| person.to_string());
    let mine = verdict.candidates.iter().find(|c| key.is_some() && c.member.as_deref() == key.as_deref());
    let Some(candidate) = mine.or_else(|| telling(verdict).into_iter().next()) else { return Vec::new() };
    // Names come from the household; the values are those of the verdict, as they stood.
    let names = family(household, app.today());
    reasons(&app.pack, &names, programme, candidate, t).iter().map(|reason| view(t, reason)).collect()
}

fn view(t: T, reason: &Reason) -> ReasonView {
    let (class, icon, word) = match reason.truth {
        K3::Yes => ("is-yes", "tick", "reason-yes"),
        K3::No => ("is-no", "cross", "reason-no"),
        K3::Unknown => ("is-unknown", "question", "reason-unknown"),
    };
    let ways = reason.ways.iter().flat_map(|way| way.words.iter().chain(way.lines.iter().map(|line| &line.text)));
    let lines: Vec<String> =
        reason.words.iter().chain(reason.lines.iter().map(|line| &line.text)).chain(ways).cloned().collect();
    let shown = reason.lines.iter().chain(reason.ways.iter().flat_map(|way| &way.lines));
    let known = |line: &crate::eligibility::reasons::Line| {
        let how = t.code("case-known", line.known?);
        Some(line.on.map_or(how.clone(), |on| format!("{how}, {}", t.date(on))))
    };
    let mut sources: Vec<String> = shown.filter_map(known).collect();
    sources.dedup();
    ReasonView { class, icon, word: t.m(word), lines, source: sources.join(" · ") }
}

fn paper_views(app: &App, t: T, application: &Application, household: &Household, papers: &[Paper]) -> Vec<PaperView> {
    let name = |kind: &str| app.pack.paper(kind).map_or_else(|| kind.replace('_', " "), |p| t.pack(&p.name).to_owned());
    let mut views = Vec::new();
    for kind in &application.submitted.papers {
        let mut of_kind = papers.iter().filter(|paper| paper.kind == *kind).peekable();
        if of_kind.peek().is_none() {
            let (class, icon, state) = paper_look(t, PaperState::Missing);
            views.push(PaperView { class, icon, name: name(kind), whose: String::new(), state, address: None });
        }
        for paper in of_kind {
            let (class, icon, state) = paper_look(t, paper.state_on(app.today()));
            let whose = paper.person.and_then(|id| member(household, id)).map(|m| m.details.given.clone());
            let address = paper.file.as_ref().map(|_| format!("/applications/{}/papers/{}", application.id, paper.id));
            views.push(PaperView { class, icon, name: name(kind), whose: whose.unwrap_or_default(), state, address });
        }
    }
    views
}

fn paper_look(t: T, state: PaperState) -> (&'static str, &'static str, String) {
    let (class, icon) = match state {
        PaperState::Present => ("is-here", "tick"),
        PaperState::Missing => ("is-missing", "paper"),
        PaperState::Expired => ("is-late", "alert"),
    };
    (class, icon, t.code("case-paper", state.code()))
}
