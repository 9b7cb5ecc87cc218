//! Every programme at once, in the order people read them; and the choice of a package.

use super::{
    change,
    choose::{self, Row},
    desk::{Desk, NoDesk},
    group::{self, Group},
    help::{Topic, topics},
    values,
    view::{View, Viewer},
};
use crate::{
    App,
    request::{Errors, Fields, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{event::Change, ids::VisitId, visits::VisitRefused};

#[derive(Template)]
#[template(path = "eligibility/programmes.html")]
struct ProgrammesPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    groups: Vec<GroupView>,
    scores: Vec<Score>,
    sure: Vec<Row>,
    unsure: Vec<Row>,
    topics: Vec<Topic>,
    /// What is ticked in the package so far.
    chosen: usize,
    not_listed: bool,
}

/// One group of verdicts.
struct GroupView {
    group: Group,
    title: String,
    views: Vec<View>,
}

/// A score as far as it is known.
struct Score {
    text: String,
    note: String,
    address: String,
}

impl GroupView {
    /// Folded away, each verdict in a line.
    fn folded(&self) -> bool {
        self.group >= Group::No
    }
}

/// `GET /visits/{visit}/programmes`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Programmes).await?;
    render(&app, &visitor, desk, None, Errors::default())
}

fn render(
    app: &App,
    visitor: &Visitor,
    desk: Desk,
    typed: Option<&Fields>,
    errors: Errors,
) -> Result<Response, NoDesk> {
    let t = visitor.t();
    let (sure, unsure) = choose::rows(app, t, &desk, typed);
    let ticked = |rows: &[Row]| rows.iter().flat_map(|row| &row.boxes).filter(|one| one.chosen).count();
    let page = ProgrammesPage {
        chosen: ticked(&sure) + ticked(&unsure),
        shell: visitor.shell(app),
        errors,
        groups: groups(app, t, &desk),
        scores: scores(app, t, &desk),
        sure,
        unsure,
        topics: topics(app, t, &desk),
        not_listed: !desk.household.members_complete,
        frame: desk.frame,
    };
    Ok(form_page(&page, &page.errors)?)
}

fn groups(app: &App, t: T, desk: &Desk) -> Vec<GroupView> {
    let viewer = Viewer { app, t, desk };
    let of = |group: Group| {
        let mut ranked: Vec<_> = desk
            .verdicts(app)
            .filter(|verdict| Group::of(verdict) == group)
            .filter_map(|verdict| viewer.view(verdict, false).map(|view| (group::rank(verdict, &view.value), view)))
            .collect();
        ranked.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
        let views: Vec<View> = ranked.into_iter().map(|(_, view)| view).collect();
        GroupView { group, title: t.code("group", group.code()), views }
    };
    Group::ALL.into_iter().map(of).filter(|group| !group.views.is_empty()).collect()
}

/// Every score that is known at all, with its scale named; one that a programme lacks may be entered from its registry.
fn scores(app: &App, t: T, desk: &Desk) -> Vec<Score> {
    let lacking = |id: &str| {
        let full = format!("scores.{id}");
        desk.verdicts(app).any(|verdict| verdict.missing.iter().any(|missing| missing.fact == *full))
    };
    let one = |seen: &rules::ScoreSeen| {
        let score = app.pack.score(&seen.score)?;
        let ends = [score.bounds.low, score.bounds.high].map(|n| values::number(t, n, score.digits, ""));
        let [low, high] = ends;
        let title = t.pack(&score.title).to_owned();
        let address = format!("/visits/{}/questions?fact=scores.{}&from=programmes", desk.visit.id, score.id);
        if !seen.known_in_part {
            let text = t.a("score-unknown", "score", title);
            return (!score.published && lacking(&score.id)).then(|| Score {
                text,
                note: t.m("score-registry"),
                address,
            });
        }
        let value = values::interval(t, seen.value, seen.digits, "");
        let text = t.with("score-seen", &[("score", title.into()), ("value", value.into())]);
        let mut note = t.with("score-scale", &[("low", low.into()), ("high", high.into())]);
        if score.lower_is == "poorer" {
            note = format!("{note} {}", t.m("score-lower-poorer"));
        }
        if score.published {
            note = format!("{note} {}", t.m("score-computed"));
        }
        Some(Score { text, note, address: String::new() })
    };
    desk.screening().scores.iter().filter_map(one).collect()
}

/// `POST /visits/{visit}/programmes`: records what was screened and what the family chose, in one commit.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Programmes).await?;
    let t = visitor.t();
    let picks = match choose::read(&app, t, &desk, &sent.fields) {
        Ok(picks) => picks,
        Err(errors) => return render(&app, &visitor, desk, Some(&sent.fields), errors),
    };
    let chosen = match desk.visit.choose(picks) {
        Ok(chosen) => chosen,
        Err(refused) => {
            let id = match refused {
                VisitRefused::Ended => "ask-visit-ended",
                VisitRefused::NoHousehold | VisitRefused::OtherHousehold => "package-no-household",
                VisitRefused::NothingPicked => "package-nothing-picked",
            };
            return render(&app, &visitor, desk, Some(&sent.fields), Errors::one("pick", t.m(id)));
        }
    };
    let mut changes: Vec<Change> =
        change::screened(&app, &visitor, &desk, desk.visit.version).await?.into_iter().collect();
    let seen = desk.visit.version + i64::try_from(changes.len()).unwrap_or_default();
    changes.push(Change::after(id, seen, chosen, app.today()));
    Ok(sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/package")).await?)
}
