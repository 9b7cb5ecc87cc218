//! A sheet to print and hand out: one programme or one situation on a page of A4, with the square that leads to its page.

use super::{
    content::Content,
    programme::{self, parts, private, short_worth},
    sentences::place,
    situation::words,
};
use crate::{
    App,
    applications::receipt::languages,
    request::{PageError, Visitor},
    shell::{Shell, open_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::services::TextPart;
use rules::pack::{programme::Programme, situation::Situation};
use screener::qr::{self, Qr};

/// Programmes that a situation's sheet names; the page behind the square has all of them.
const NAMED: usize = 6;

#[derive(Template)]
#[template(path = "portal/leaflet.html")]
struct LeafletPage {
    shell: Shell,
    title: String,
    line: String,
    parts: Vec<Part>,
    qr: Option<Qr>,
    /// Name and phone of each centre.
    centres: Vec<(String, String)>,
    back: String,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// A heading and what stands under it.
struct Part {
    title: String,
    lines: Vec<String>,
}

impl Part {
    fn of(t: T, id: &str, lines: Vec<String>) -> Option<Part> {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| Part { title: t.m(id), lines })
    }
}

/// `GET /programmes/{programme}/sheet`; none for a programme that it may be dangerous to be seen with.
pub async fn of_programme(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let programme = app.pack.programme(&id).filter(|programme| !private(&app, programme)).ok_or(PageError::NotFound)?;
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let title = t.pack(&programme.name.words).to_owned();
    let line = programme::line(&content, programme, t).to_owned();
    render(&app, &visitor, format!("/programmes/{id}"), (title, line), about(&app, t, programme))
}

/// The five headings; of a programme without a full text, what its rules hold.
fn about(app: &App, t: T, programme: &Programme) -> Vec<Part> {
    let told = parts(t, programme);
    let one = |text: String, instead: &dyn Fn() -> Vec<String>| if text.is_empty() { instead() } else { vec![text] };
    let papers = || -> Vec<String> {
        let paper = |rule: &rules::pack::programme::PaperRule| app.pack.paper(rule.id.as_str());
        programme.papers.iter().filter_map(paper).map(|paper| t.pack(&paper.name).to_owned()).collect()
    };
    let places = || -> Vec<String> { app.pack.apply_at(programme, t.lang()).into_iter().map(str::to_owned).collect() };
    let listed = [
        Part::of(t, "programme-whom", told.whom),
        Part::of(t, "programme-gives", one(told.gives, &|| vec![short_worth(app, t, programme)])),
        Part::of(t, "programme-bring", one(told.bring, &papers)),
        Part::of(t, "programme-where", one(told.place, &places)),
        Part::of(t, "programme-long", one(told.long, &|| Vec::new())),
    ];
    listed.into_iter().flatten().collect()
}

/// `GET /help/{situation}/sheet`; none for a situation that it may be dangerous to be seen in.
pub async fn of_situation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let situation = app.pack.situation(&id).filter(|situation| !situation.private).ok_or(PageError::NotFound)?;
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let text = |part| words(&content, situation, part, t).to_owned();
    let head = (text(TextPart::Title), text(TextPart::Line));
    render(&app, &visitor, format!("/help/{id}"), head, steps(&app, &content, t, situation))
}

fn steps(app: &App, content: &Content, t: T, situation: &Situation) -> Vec<Part> {
    let first = situation.steps.iter().map(|step| t.pack(step).to_owned()).collect();
    let programme = |id: &rules::Id| {
        app.pack.programme(id.as_str()).filter(|programme| !private(app, programme))?;
        let card = super::situation::card(app, content, t, id.as_str())?;
        Some(if card.worth.is_empty() { card.name } else { format!("{}: {}", card.name, card.worth) })
    };
    let named = situation.programmes.iter().filter_map(programme).take(NAMED).collect();
    let listed = [Part::of(t, "situation-first", first), Part::of(t, "situation-programmes", named)];
    listed.into_iter().flatten().collect()
}

fn render(
    app: &App,
    visitor: &Visitor,
    address: String,
    (title, line): (String, String),
    parts: Vec<Part>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let centre = |centre: &crate::app::Centre| (place(app, t, &centre.district.0), centre.phone.clone());
    open_page(&LeafletPage {
        title,
        line,
        parts,
        qr: qr::draw(&format!("{}{address}", app.config.public_url)),
        centres: app.config.centres.iter().map(centre).collect(),
        languages: languages(t.0, |lang| format!("{address}/sheet?lang={lang}")),
        back: address,
        shell: visitor.shell(app),
    })
}
