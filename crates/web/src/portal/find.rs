//! Search of the public pages. What is typed stands in the address like any search, is matched, and goes no further.

use super::{
    demand::Asked,
    home::{Tile, tiles},
    search::Found,
    sentences::place,
    situation::{self, Card, card},
};
use crate::{
    App,
    request::{Fields, PageError, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use domain::services::TextPart;

#[derive(Template)]
#[template(path = "portal/find.html")]
struct FindPage {
    shell: Shell,
    asked: String,
    number: bool,
    nothing: bool,
    situations: Vec<Tile>,
    programmes: Vec<Card>,
    districts: Vec<(String, String)>,
    tiles: Vec<Tile>,
}

/// The most letters of a question that are looked at.
const LONGEST: usize = 80;

/// `GET /find?q=`
pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let asked: String = Fields::parse(&query.unwrap_or_default()).text("q").chars().take(LONGEST).collect();
    let digits = linkage::text::ascii_digits(&asked).chars().filter(char::is_ascii_digit).count();
    let found = content.index.find(&asked);
    if !asked.is_empty() {
        app.asked(&visitor, Asked::Search, if found.is_empty() { "nothing" } else { "found" });
    }
    let (mut situations, mut programmes, mut districts) = (Vec::new(), Vec::new(), Vec::new());
    for one in &found {
        match one {
            Found::Situation(id) => situations.extend(app.pack.situation(id).map(|found| Tile {
                address: format!("/help/{id}"),
                drawing: found.drawing.clone(),
                words: situation::words(&content, found, TextPart::Title, t).to_owned(),
            })),
            Found::Programme(id) => programmes.extend(card(&app, &content, t, id)),
            Found::District(code) => districts.push((format!("/sites?district={code}"), place(&app, t, code))),
        }
    }
    page(&FindPage {
        shell: visitor.shell(&app),
        // A number is nobody's topic: it may be somebody's card.
        number: digits >= 5,
        nothing: found.is_empty() && !asked.is_empty(),
        tiles: if found.is_empty() { tiles(&app, t, &content) } else { Vec::new() },
        asked,
        situations,
        programmes,
        districts,
    })
}
