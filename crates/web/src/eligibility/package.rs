//! The package: what was chosen, what it adds up to honestly, what excludes what, what goes well with it, what to try instead.

use super::{
    choose,
    desk::{Desk, NoDesk},
    group::{self, Group, Value},
    reasons,
};
use crate::{
    App,
    request::Visitor,
    shell::{Shell, page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::VisitId, visits::Pick};
use rules::{
    K3, Outcome, Verdict,
    pack::{
        benefit::Worth,
        programme::{Programme, Related},
    },
};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "eligibility/package.html")]
struct PackagePage {
    shell: Shell,
    frame: Frame,
    rows: Vec<Row>,
    sum: Sum,
    links: Vec<Route>,
    fallbacks: Vec<Route>,
}

/// One pick.
struct Row {
    name: String,
    address: String,
    who: String,
    word: String,
    month: String,
    year: String,
    /// What else it gives, each said for itself.
    beside: Vec<String>,
    conflicts: Vec<String>,
    /// It can no longer be applied for as things stand.
    gone: bool,
}

/// What the package adds up to.
struct Sum {
    month: String,
    year: String,
    once: String,
    unpublished: bool,
    open: bool,
    unsure: bool,
}

/// Another programme and why it is named.
struct Route {
    from: String,
    instead: String,
    name: String,
    address: String,
    word: String,
    why: String,
}

/// `GET /visits/{visit}/package`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, NoDesk> {
    let desk = Desk::open(&app, &visitor, id, StepName::Programmes).await?;
    if desk.visit.picks.is_empty() {
        return Ok(Redirect::to(&format!("/visits/{id}/programmes")).into_response());
    }
    let t = visitor.t();
    let maker = Maker { app: &app, t, desk: &desk };
    let rows = desk.visit.picks.iter().filter_map(|pick| maker.row(pick)).collect();
    let (sum, links, fallbacks) = (maker.sum(), maker.links(), maker.fallbacks());
    let page_of = PackagePage { shell: visitor.shell(&app), rows, sum, links, fallbacks, frame: desk.frame };
    Ok(page(&page_of)?)
}

struct Maker<'a> {
    app: &'a App,
    t: T,
    desk: &'a Desk,
}

impl Maker<'_> {
    fn programme(&self, id: &str) -> Option<&Programme> {
        self.app.pack.programme(id)
    }

    fn name(&self, id: &str) -> String {
        self.programme(id).map(|p| self.t.pack(&p.name.words).to_owned()).unwrap_or_default()
    }

    fn address(&self, id: &str) -> String {
        format!("/visits/{}/programmes/{id}", self.desk.visit.id)
    }

    fn value(&self, pick: &Pick) -> Value {
        let found = choose::candidate(self.app, self.desk, pick);
        let programme = self.programme(&pick.programme.0);
        match (programme, found) {
            (Some(programme), Some((_, candidate))) => Value::of(programme, candidate, self.app.today()),
            _ => Value::default(),
        }
    }

    fn row(&self, pick: &Pick) -> Option<Row> {
        let (t, programme) = (self.t, self.programme(&pick.programme.0)?);
        let (verdict, candidate) = choose::candidate(self.app, self.desk, pick)?;
        let value = self.value(pick);
        let who = match pick.person {
            Some(person) => reasons::name(&self.desk.family, &person.to_string()).to_owned(),
            None => t.m("answers-household"),
        };
        let (_, _, code) = super::panel::look(verdict.outcome);
        Some(Row {
            name: t.pack(&programme.name.words).to_owned(),
            address: self.address(&programme.id),
            who,
            word: t.code("outcome", code),
            month: value.column(t, value.monthly),
            year: value.column(t, value.yearly),
            beside: self.beside(programme, candidate.benefits()),
            conflicts: self.conflicts(programme),
            gone: candidate.truth == K3::No || verdict.outcome == Outcome::ClosedHere,
        })
    }

    /// Every benefit that is not part of the monthly sum, said for itself.
    fn beside(&self, programme: &Programme, applies: &[K3]) -> Vec<String> {
        let t = self.t;
        let said = |(benefit, applies): (&rules::pack::benefit::Benefit, &K3)| {
            let text = t.pack(&benefit.text).to_owned();
            let with =
                |amount: String| t.with("package-beside", &[("text", text.clone().into()), ("amount", amount.into())]);
            match (applies, benefit.worth(self.app.today())) {
                (K3::No, _) => None,
                (K3::Unknown, _) => Some(with(t.m("worth-open"))),
                (K3::Yes, Worth::Regular { .. }) => None,
                (K3::Yes, Worth::Once(low, high)) => {
                    Some(with(t.a("worth-once", "amount", group::range(t, (low, high)))))
                }
                (K3::Yes, Worth::NotAdded(low, high)) => Some(with(group::range(t, (low, high)))),
                (K3::Yes, Worth::Unpublished) if group::is_money(benefit.kind) => Some(with(t.m("worth-unpublished"))),
                (K3::Yes, Worth::Unpublished) => Some(with(t.code("worth", group::kind_code(benefit.kind)))),
            }
        };
        programme.benefits.iter().zip(applies).filter_map(said).collect()
    }

    fn picked(&self, id: &str) -> bool {
        self.desk.visit.picks.iter().any(|pick| pick.programme.0 == id)
    }

    fn received(&self, id: &str) -> bool {
        let received = |verdict: &Verdict| verdict.candidates.iter().any(|c| c.receives == K3::Yes);
        self.desk.verdict(self.app, id).is_some_and(received)
    }

    /// What it cannot be held together with, among what was picked or is received already; declared on either side.
    fn conflicts(&self, programme: &Programme) -> Vec<String> {
        let clash = |other: &str| other != &*programme.id && (self.picked(other) || self.received(other));
        let mine = programme.exclusions.iter().filter(|r| clash(&r.programme)).map(|r| (r.programme.to_string(), r));
        let theirs = self.app.pack.programmes().iter().filter(|other| clash(&other.id)).flat_map(|other| {
            let back = other.exclusions.iter().filter(|r| r.programme == programme.id);
            back.map(|r| (other.id.to_string(), r))
        });
        let mut seen = BTreeSet::new();
        let words = |(other, related): (String, &Related)| {
            let why = self.t.pack(&related.why).to_owned();
            let id = if self.picked(&other) { "package-conflict" } else { "package-conflict-received" };
            self.t.with(id, &[("programme", self.name(&other).into()), ("why", why.into())])
        };
        mine.chain(theirs).filter(|(other, _)| seen.insert(other.clone())).map(words).collect()
    }

    fn sum(&self) -> Sum {
        let (t, mut total) = (self.t, Value::default());
        let mut unsure = false;
        for pick in &self.desk.visit.picks {
            total.add(&self.value(pick));
            let found = choose::candidate(self.app, self.desk, pick);
            unsure |= found.is_none_or(|(verdict, _)| verdict.outcome != Outcome::Meets);
        }
        let amount = |amount| match amount {
            Some(amount) => group::range(t, amount),
            None => t.m("package-no-cash"),
        };
        Sum {
            month: amount(total.monthly),
            year: amount(total.yearly),
            once: total.once.map(|once| group::range(t, once)).unwrap_or_default(),
            unpublished: total.unpublished,
            open: total.open,
            unsure,
        }
    }

    fn route(&self, from: &str, related: &Related, verdict: &Verdict) -> Route {
        let (_, _, code) = super::panel::look(verdict.outcome);
        Route {
            instead: self.t.a("package-instead-of", "programme", self.name(from)),
            from: self.name(from),
            name: self.name(&related.programme),
            address: self.address(&related.programme),
            word: self.t.code("outcome", code),
            why: self.t.pack(&related.why).to_owned(),
        }
    }

    /// Programmes that go well with a pick and are still possible.
    fn links(&self) -> Vec<Route> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        let picks: BTreeSet<&str> = self.desk.visit.picks.iter().map(|pick| pick.programme.0.as_str()).collect();
        for from in picks {
            let Some(programme) = self.programme(from) else { continue };
            for related in &programme.links {
                let Some(verdict) = self.possible(&related.programme) else { continue };
                if !self.picked(&related.programme) && seen.insert(related.programme.clone()) {
                    links.push(self.route(from, related, verdict));
                }
            }
        }
        links
    }

    fn possible(&self, id: &str) -> Option<&Verdict> {
        self.desk.verdict(self.app, id).filter(|verdict| Group::of(verdict) <= Group::Unknown)
    }

    /// For each programme that is not possible, the first of its fallback routes that is: health card, then Tahafuz,
    /// then Bait-ul-Mal.
    fn fallbacks(&self) -> Vec<Route> {
        let refused = |verdict: &&Verdict| matches!(verdict.outcome, Outcome::No | Outcome::ClosedHere);
        let mut seen = BTreeSet::new();
        let mut routes = Vec::new();
        for verdict in self.desk.verdicts(self.app).filter(refused) {
            let Some((related, found)) = self.first_open(&verdict.programme, &mut BTreeSet::new()) else { continue };
            if !self.picked(&related.programme) && seen.insert(related.programme.clone()) {
                routes.push(self.route(&verdict.programme, related, found));
            }
        }
        routes
    }

    fn first_open<'s>(&'s self, from: &str, been: &mut BTreeSet<String>) -> Option<(&'s Related, &'s Verdict)> {
        if !been.insert(from.to_owned()) {
            return None;
        }
        let routes = &self.programme(from)?.fallbacks;
        let open = routes.iter().find_map(|r| self.possible(&r.programme).map(|verdict| (r, verdict)));
        open.or_else(|| routes.iter().find_map(|r| self.first_open(&r.programme, been)))
    }
}
