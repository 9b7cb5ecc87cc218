//! One situation: what to do first, and which programmes it may open.

use super::{
    content::Content,
    demand::Asked,
    programme::{self, short_worth},
};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, open_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::services::{TextPart, TextSubject};
use rules::pack::{programme::State as ProgrammeState, situation::Situation};

#[derive(Template)]
#[template(path = "portal/situation.html")]
struct SituationPage {
    shell: Shell,
    private: bool,
    sheet: String,
    drawing: String,
    title: String,
    line: String,
    notice: String,
    steps: Vec<String>,
    programmes: Vec<Card>,
    services: Vec<(String, String)>,
}

/// A programme in a list: its name, one line, and what it is worth.
pub struct Card {
    /// Where its page is.
    pub address: String,
    /// Its name.
    pub name: String,
    /// One line.
    pub line: String,
    /// What it gives, in a few words; empty when it is no money.
    pub worth: String,
    /// It is announced or closed, in words.
    pub state: String,
}

/// A text of a situation: as it was corrected, else the pack's.
pub fn words<'a>(content: &'a Content, situation: &'a Situation, part: TextPart, t: T) -> &'a str {
    let own = || match part {
        TextPart::Tile => t.pack(&situation.tile),
        TextPart::Title => t.pack(&situation.title),
        TextPart::Line => t.pack(&situation.line),
        TextPart::Notice => "",
    };
    content.text(TextSubject::Situation, situation.id.as_str(), part, t.0).unwrap_or_else(own)
}

/// A programme as a card; `None` when the pack does not have it.
pub fn card(app: &App, content: &Content, t: T, id: &str) -> Option<Card> {
    let programme = app.pack.programme(id)?;
    let state = match programme.state {
        ProgrammeState::Closed => t.m("portal-state-closed"),
        ProgrammeState::Announced => t.m("portal-state-announced"),
        ProgrammeState::Open | ProgrammeState::Unknown => String::new(),
    };
    Some(Card {
        address: format!("/programmes/{}", programme.id),
        name: t.pack(&programme.name.words).to_owned(),
        line: programme::line(content, programme, t).to_owned(),
        worth: short_worth(app, t, programme),
        state,
    })
}

/// `GET /help/{situation}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let situation = app.pack.situation(&id).ok_or(PageError::NotFound)?;
    app.asked(&visitor, Asked::Situation, &id);
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let text = |part| words(&content, situation, part, t).to_owned();
    let service =
        |service: &domain::services::Service| (format!("/sites?service={service}"), t.code("service", service.code()));
    let shown = SituationPage {
        shell: visitor.shell(&app),
        private: situation.private,
        sheet: if situation.private { String::new() } else { format!("/help/{id}/sheet") },
        drawing: situation.drawing.clone(),
        title: text(TextPart::Title),
        line: text(TextPart::Line),
        notice: text(TextPart::Notice),
        steps: situation.steps.iter().map(|step| t.pack(step).to_owned()).collect(),
        programmes: situation.programmes.iter().filter_map(|id| card(&app, &content, t, id.as_str())).collect(),
        services: situation.services.iter().map(service).collect(),
    };
    // A page that may be dangerous to be seen on is kept by nobody.
    if situation.private { page(&shown) } else { open_page(&shown) }
}
