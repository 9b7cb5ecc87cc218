//! One pair: both records side by side, what speaks for and against, and the decision.

use super::{
    file::reason_refused,
    pair_view::{self, PairShown},
    review,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use domain::{
    Instant, Version,
    event::Change,
    ids::{HouseholdId, LinkId, PersonId},
    people::{LinkDecision, LinkRefused, PersonsMerged, link::MAX_REASON},
};
use serde::Deserialize;
use store::people::{PairView, ToDecide};

/// How long a file of another district stays open to an officer who gave a reason: a working day.
const STAYS_OPEN: i64 = 12;

#[derive(Template)]
#[template(path = "people/pair.html")]
struct PairPage {
    shell: Shell,
    errors: Errors,
    done: String,
    pair: PairShown,
    /// What was chosen and typed.
    decisions: Vec<Choice>,
    kept: Vec<Choice>,
    reason: String,
    version: Version,
}

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

pub(super) fn since(app: &App) -> Instant {
    app.now() - TimeDelta::hours(STAYS_OPEN)
}

async fn load(app: &App, visitor: &Visitor, id: LinkId) -> Result<PairView, PageError> {
    let people = app.store.people(&visitor.scope);
    people.pair(id, &review::stake(&app.pack, app.today()), since(app)).await?.ok_or(PageError::NotFound)
}

async fn to_decide(app: &App, visitor: &Visitor, id: LinkId) -> Result<ToDecide, PageError> {
    let people = app.store.people(&visitor.scope);
    people.pair_to_decide(id, &review::stake(&app.pack, app.today())).await?.ok_or(PageError::NotFound)
}

/// `GET /people/review/{pair}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<LinkId>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = format!("review-done-{}", done.done);
    let done = if visitor.t().has(&words) { visitor.t().m(&words) } else { String::new() };
    render(&app, &visitor, id, done, &Fields::default(), Errors::default()).await
}

/// `GET` of a form's own address: to its page.
pub async fn back(Path(id): Path<LinkId>) -> Response {
    Redirect::to(&format!("/people/review/{id}")).into_response()
}

async fn render(
    app: &App,
    visitor: &Visitor,
    id: LinkId,
    done: String,
    typed: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let view = load(app, visitor, id).await?;
    let around = app.store.people(&visitor.scope).review_around(id, view.first.person, view.second.person).await?;
    for side in [&view.first, &view.second].into_iter().filter(|side| side.yours) {
        let purpose = store::access::Purpose::Reason("review".to_owned());
        app.store.log_read(&visitor.scope, "household", Some(side.household.0), &purpose, app.now()).await?;
    }
    let codes: Vec<&str> = LinkDecision::ALL.iter().map(|decision| decision.code()).collect();
    let page = PairPage {
        shell: visitor.shell(app),
        decisions: Choice::codes(t, "review-decide", &codes, typed.text("decision")),
        kept: pair_view::kept(app, t, &view, typed.text("kept")),
        reason: typed.text("reason").to_owned(),
        version: typed.text("version").parse().unwrap_or(view.version),
        pair: PairShown::of(app, visitor, &view, &around),
        errors,
        done,
    };
    form_page(&page, &page.errors)
}

/// `POST /people/review/{pair}/open`: the reason for opening a file of another district, logged.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<LinkId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let view = load(&app, &visitor, id).await?;
    let asked = sent.fields.read::<HouseholdId>("household").ok().flatten();
    let side = [&view.first, &view.second].into_iter().find(|side| Some(side.household) == asked);
    let side = side.ok_or(PageError::NotFound)?;
    let reason = sent.fields.text("opening");
    let field = format!("opening-{}", side.household);
    if let Some(sentence) = reason_refused(visitor.t(), reason) {
        return render(&app, &visitor, id, String::new(), &sent.fields, Errors::one(&field, sentence)).await;
    }
    app.store.log_opening(&visitor.scope, side.household.0, reason, app.now()).await?;
    Ok(Redirect::to(&format!("/people/review/{id}")).into_response())
}

pub(super) fn too_long(t: T, count: usize) -> String {
    t.with("people-too-long", &[("most", MAX_REASON.into()), ("count", count.into())])
}

/// `POST /people/review/{pair}`: one person, two people, or not sure. One person, and no limit passed: joined at once.
pub async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<LinkId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let (view, asked) = (load(&app, &visitor, id).await?, to_decide(&app, &visitor, id).await?);
    fresh(&visitor, &sent, &asked)?;
    let mut errors = Errors::default();
    let decision = sent.fields.read::<LinkDecision>("decision").ok().flatten();
    if decision.is_none() {
        errors.add("decision", t.m("review-decision-missing"));
    }
    let kept = sent.fields.read::<PersonId>("kept").ok().flatten();
    let evidence = view.why.iter().map(|evidence| evidence.code().to_owned()).collect();
    let merged_now = asked.now.as_ref().is_some_and(|now| now.merged);
    if merged_now {
        errors.add("main", t.m("review-part-first"));
    }
    if decision == Some(LinkDecision::Same) && (view.first.file.is_none() || view.second.file.is_none()) {
        errors.add("main", t.m("review-open-both"));
    }
    let reason = sent.fields.text("reason").to_owned();
    let decided = asked.pair.decide(decision.unwrap_or(LinkDecision::NotSure), kept, evidence, &reason);
    let decided = refuse(t, &mut errors, decided);
    let (Some(decided), Some(officer), true) = (decided, visitor.scope.officer_id(), errors.is_empty()) else {
        return render(&app, &visitor, id, String::new(), &sent.fields, errors).await;
    };
    let (changes, done): (Vec<Change>, &str) = match (decided.decision, decided.kept, decided.limits.is_empty()) {
        (LinkDecision::Same, Some(kept), true) => {
            let proposal = domain::people::link::Proposal { kept, by: officer, limits: vec![] };
            let absorbed = if kept == decided.first { decided.second } else { decided.first };
            let merged = asked.pair.merge(&proposal, None, asked.using(absorbed));
            let Some(merged) = refuse(t, &mut errors, merged) else {
                return render(&app, &visitor, id, String::new(), &sent.fields, errors).await;
            };
            (asked.joined(Some(decided), merged, &reason, app.today()), "joined")
        }
        (LinkDecision::Same, ..) => (asked.decided(decided, app.today()), "proposed"),
        (LinkDecision::Different, ..) => (asked.decided(decided, app.today()), "different"),
        (LinkDecision::NotSure, ..) => (asked.decided(decided, app.today()), "not-sure"),
    };
    sent.carry_out(&app, &visitor, changes, format!("/people/review/{id}?done={done}")).await
}

/// `POST /people/review/{pair}/approve`: the second officer looks and confirms; the records are joined.
pub async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<LinkId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let (view, asked) = (load(&app, &visitor, id).await?, to_decide(&app, &visitor, id).await?);
    fresh(&visitor, &sent, &asked)?;
    let mut errors = Errors::default();
    if view.first.file.is_none() || view.second.file.is_none() {
        errors.add("main", t.m("review-open-both"));
    }
    let waits = asked.now.as_ref().and_then(|now| now.proposal()).ok_or(LinkRefused::NothingProposed);
    let merged = waits.and_then(|proposal| {
        let [first, second] = [asked.pair.first.person, asked.pair.second.person];
        let absorbed = if proposal.kept == first { second } else { first };
        asked.pair.merge(&proposal, visitor.scope.officer_id(), asked.using(absorbed))
    });
    let merged = refuse(t, &mut errors, merged);
    let (Some(merged), true) = (merged, errors.is_empty()) else {
        return render(&app, &visitor, id, String::new(), &sent.fields, errors).await;
    };
    let reason = asked.now.as_ref().map(|now| now.reason.clone()).unwrap_or_default();
    let changes = asked.joined(None, merged, &reason, app.today());
    sent.carry_out(&app, &visitor, changes, format!("/people/review/{id}?done=joined")).await
}

/// `POST /people/review/{pair}/undo`: the merge was a mistake; everything stands as before it.
pub async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<LinkId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let asked = to_decide(&app, &visitor, id).await?;
    fresh(&visitor, &sent, &asked)?;
    let mut errors = Errors::default();
    let undone = match asked.now.as_ref().filter(|now| now.merged).and_then(|now| Some((now, now.kept?, now.by?))) {
        Some((now, kept, by)) => {
            let [first, second] = [asked.pair.first.person, asked.pair.second.person];
            let absorbed = if kept == first { second } else { first };
            let flagged = now.flagged.clone();
            let merged = PersonsMerged { kept, absorbed, proposed_by: by, approved_by: None, flagged };
            merged.undo(sent.fields.text("undoing"))
        }
        None => Err(LinkRefused::NotJoined),
    };
    let Some(undone) = refuse_in(t, &mut errors, "undoing", undone) else {
        return render(&app, &visitor, id, String::new(), &sent.fields, errors).await;
    };
    let changes = asked.parted(undone, app.today());
    sent.carry_out(&app, &visitor, changes, format!("/people/review/{id}?done=parted")).await
}

/// Somebody decided meanwhile: both answers are shown.
fn fresh(visitor: &Visitor, sent: &Sent, asked: &ToDecide) -> Result<(), PageError> {
    if sent.version() == Some(asked.version) {
        return Ok(());
    }
    let t = visitor.t();
    let said = |decision: Option<LinkDecision>| {
        decision.map_or_else(|| t.m("review-nothing-said"), |d| t.code("review-said", d.code()))
    };
    let on_file = asked.now.as_ref().map(|now| now.decision);
    let yours = sent.fields.read::<LinkDecision>("decision").ok().flatten();
    let reason = asked.now.as_ref().map(|now| now.reason.clone()).unwrap_or_default();
    let rows = vec![
        (t.m("review-decision"), said(on_file), said(yours)),
        (t.m("review-reason"), reason, sent.fields.text("reason").to_owned()),
    ];
    Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(asked.version)))
}

/// A decision, or its refusal as a sentence beside its field.
fn refuse<V>(t: T, errors: &mut Errors, decided: Result<V, LinkRefused>) -> Option<V> {
    refuse_in(t, errors, "reason", decided)
}

fn refuse_in<V>(t: T, errors: &mut Errors, reason: &str, decided: Result<V, LinkRefused>) -> Option<V> {
    let refused = match decided {
        Ok(decided) => return Some(decided),
        Err(refused) => refused,
    };
    let (field, sentence) = match refused {
        LinkRefused::ReasonMissing => (reason, t.m("review-reason-missing")),
        LinkRefused::TooLong => (reason, too_long(t, MAX_REASON + 1)),
        LinkRefused::ChooseKept => ("kept", t.m("review-kept-missing")),
        LinkRefused::KeptHasLeft => ("kept", t.m("review-kept-left")),
        LinkRefused::AlreadyJoined => ("main", t.m("review-already-joined")),
        LinkRefused::NothingProposed => ("main", t.m("review-nothing-proposed")),
        LinkRefused::OwnProposal => ("main", t.m("review-own-proposal")),
        LinkRefused::OwnImport => ("main", t.m("review-own-import")),
        LinkRefused::NotJoined => ("main", t.m("review-not-joined")),
    };
    if errors.of(field).is_none() {
        errors.add(field, sentence);
    }
    None
}
