//! Every programme by name, under who runs it; or those for one group of people.

use super::situation::{Card, card};
use crate::{
    App,
    request::{Fields, PageError, Visitor},
    shell::{Choice, Shell, open_page},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use rules::pack::{catalogue::Operator, group::Group, programme::Programme};

#[derive(Template)]
#[template(path = "portal/catalogue.html")]
struct CataloguePage {
    shell: Shell,
    groups: Vec<Choice>,
    /// The chosen group, and its programmes with what each gives.
    chosen: Option<(String, Vec<Card>)>,
    operators: Vec<(String, Vec<(String, String)>)>,
}

/// `GET /programmes`
pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let wanted = Fields::parse(&query.unwrap_or_default()).text("group").to_owned();
    let group = app.pack.groups().iter().find(|group| group.id == *wanted);
    let line = |p: &Programme| (format!("/programmes/{}", p.id), t.pack(&p.name.words).to_owned());
    let of = |operator: &Operator| {
        let mine = app.pack.programmes().iter().filter(|programme| programme.operator == operator.id);
        (t.pack(&operator.name).to_owned(), mine.map(line).collect::<Vec<_>>())
    };
    let choice = |one: &Group| Choice {
        value: one.id.to_string(),
        text: t.pack(&one.name).to_owned(),
        chosen: group.is_some_and(|group| group.id == one.id),
    };
    let mine = |group: &Group| {
        let taken = app.pack.programmes().iter().filter(|programme| group.takes(programme));
        let cards = taken.filter_map(|programme| card(&app, &content, t, programme.id.as_str())).collect();
        (t.pack(&group.name).to_owned(), cards)
    };
    let operators = match group {
        Some(_) => Vec::new(),
        None => app.pack.operators().iter().map(of).filter(|(_, mine)| !mine.is_empty()).collect(),
    };
    let groups = app.pack.groups().iter().map(choice).collect();
    open_page(&CataloguePage { chosen: group.map(mine), groups, operators, shell: visitor.shell(&app) })
}
