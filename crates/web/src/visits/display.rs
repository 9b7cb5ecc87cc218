//! The screen in the waiting room: token numbers and desks, in three languages in turn, for everybody who waits there.

use crate::{
    App,
    request::{PageError, Sent, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use domain::language::Lang;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "visits/display.html")]
struct DisplayPage {
    shell: Shell,
    /// Who was called last.
    now: Option<(u32, u32)>,
    /// Who was called before and is still served.
    before: Vec<(u32, u32)>,
    /// The same screen in the next language.
    next: String,
}

#[derive(Template)]
#[template(path = "visits/display_link.html")]
struct LinkPage {
    shell: Shell,
    /// The fresh link, shown once.
    link: Option<String>,
}

/// Which language the screen speaks just now.
#[derive(Debug, Default, Deserialize)]
pub struct Turn {
    r#in: Option<Lang>,
}

/// The language after this one.
fn after(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ur,
        Lang::Ur => Lang::Ps,
        Lang::Ps => Lang::En,
    }
}

/// `GET /display/{link}`: no officer is signed in on that screen; the link is its key.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(link): Path<String>,
    Query(turn): Query<Turn>,
) -> Result<Response, PageError> {
    let scope = app.store.display(&link).await?.ok_or(PageError::NotFound)?;
    let mut called = app.store.visits(&scope).called(app.today()).await?.into_iter();
    let lang = turn.r#in.unwrap_or(Lang::Ur);
    let mut shell = visitor.shell(&app);
    shell.t = T(lang);
    let next = format!("/display/{link}?in={}", after(lang).code());
    page(&DisplayPage { shell, now: called.next(), before: called.collect(), next })
}

/// `GET /desk/display`
pub async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&LinkPage { shell: visitor.shell(&app), link: None })
}

/// `POST /desk/display`: a fresh link; the one before opens nothing more. It is shown once and not kept in readable form.
pub async fn renew(State(app): State<App>, visitor: Visitor, _sent: Sent) -> Result<Response, PageError> {
    let link = app.store.renew_display(&visitor.scope).await?.ok_or(PageError::NotFound)?;
    Ok(page(&LinkPage { shell: visitor.shell(&app), link: Some(format!("/display/{link}")) })?.into_response())
}
