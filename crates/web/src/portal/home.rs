//! The first public page, and what to bring to a centre.

use super::{content::Content, situation};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, open_page},
    text::T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::services::TextPart;
use rules::pack::{programme::State as ProgrammeState, situation::Situation};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    shell: Shell,
    tiles: Vec<Tile>,
    programmes: usize,
}

/// A situation as a drawing and two words.
pub struct Tile {
    /// Where it leads.
    pub address: String,
    /// The drawing's name.
    pub drawing: String,
    /// The words.
    pub words: String,
}

/// The situations as tiles, with the words as they were corrected.
pub(super) fn tiles(app: &App, t: T, content: &Content) -> Vec<Tile> {
    let tile = |situation: &Situation| Tile {
        address: format!("/help/{}", situation.id),
        drawing: situation.drawing.clone(),
        words: situation::words(content, situation, TextPart::Tile, t).to_owned(),
    };
    app.pack.situations().iter().map(tile).collect()
}

/// `GET /` on the public listener
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let content = app.content(&visitor.scope).await?;
    let tiles = tiles(&app, visitor.t(), &content);
    open_page(&HomePage { shell: visitor.shell(&app), tiles, programmes: app.pack.programmes().len() })
}

#[derive(Template)]
#[template(path = "portal/bring.html")]
struct BringPage {
    shell: Shell,
    papers: Vec<PaperLine>,
}

/// A paper that many programmes ask for.
struct PaperLine {
    name: String,
    asked_by: usize,
    place: String,
    how: String,
}

/// How many papers the page names; more than a hand's fingers nobody remembers on the way.
const NAMED: usize = 8;

/// `GET /bring`
pub async fn bring(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for programme in app.pack.programmes().iter().filter(|p| !p.protected() && p.state != ProgrammeState::Closed) {
        for paper in &programme.papers {
            *asked.entry(paper.id.as_str()).or_default() += 1;
        }
    }
    let mut most: Vec<(&str, usize)> = asked.into_iter().collect();
    most.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let line = |(id, asked_by): (&str, usize)| {
        let paper = app.pack.paper(id)?;
        let words = |words| t.pack(words).to_owned();
        Some(PaperLine { name: words(&paper.name), asked_by, place: words(&paper.place), how: words(&paper.how) })
    };
    open_page(&BringPage {
        shell: visitor.shell(&app),
        papers: most.into_iter().filter_map(line).take(NAMED).collect(),
    })
}
