//! The frame of every page: masthead, language, places, footer; and the parts that forms are made of.

mod parts;

pub use parts::{Choice, ClockView};

use crate::{
    App,
    app::fresh_command,
    request::{Errors, PageError, Surface, Visitor},
    text::T,
};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{access::Doing, language::Lang};
use sha2::{Digest, Sha256};

/// What the frame shows around a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Messages.
    pub t: T,
    /// A demo database.
    pub demo: bool,
    /// The path of this page.
    pub path: String,
    /// What the page was asked with, without a language: filters stay when the language changes.
    pub query: String,
    /// The secret of this session's forms.
    pub csrf: String,
    /// The id of the command that this page's form is; several forms take [`Shell::command`] each.
    pub command_id: String,
    /// The officer, when signed in.
    pub officer: Option<ShellOfficer>,
    /// Office or public pages.
    pub office: bool,
    /// Places to go.
    pub places: Vec<Choice>,
}

/// What the masthead says of an officer.
#[derive(Debug, Clone)]
pub struct ShellOfficer {
    /// Name.
    pub name: String,
    /// Roles, in words.
    pub roles: String,
    /// Centre or office, in words.
    pub place: String,
}

impl Shell {
    /// The frame for a visitor.
    pub fn new(app: &App, visitor: &Visitor) -> Self {
        let t = visitor.t();
        let (path, query) = visitor.address.split_once('?').unwrap_or((&visitor.address, ""));
        let path = path.to_owned();
        let query = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        let query = query.map(|pair| format!("{pair}&")).collect();
        let officer = visitor.scope.officer().map(|scope| {
            let officer = scope.as_officer();
            let roles: Vec<String> = officer.roles.iter().map(|role| t.code("role", role.code())).collect();
            let place = officer
                .posting
                .district
                .as_ref()
                .and_then(|d| app.pack.place(&d.0))
                .map(|p| t.pack(&p.name).to_owned());
            ShellOfficer { name: officer.name.clone(), roles: roles.join(", "), place: place.unwrap_or_default() }
        });
        Shell {
            t,
            demo: app.config.demo,
            csrf: visitor.form_token.clone(),
            command_id: fresh_command().to_string(),
            officer,
            office: visitor.surface == Surface::Office,
            places: places(visitor, &path),
            path,
            query,
        }
    }

    /// A fresh command id, for pages with several forms.
    pub fn command(&self) -> String {
        fresh_command().to_string()
    }

    /// The languages of the switcher: code, direction, own name, whether it is this page's.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        Lang::ALL.iter().map(|lang| (lang.code(), lang.dir(), lang.own_name(), *lang == self.t.0)).collect()
    }
}

/// The places an officer's roles lead to.
fn places(visitor: &Visitor, path: &str) -> Vec<Choice> {
    let t = visitor.t();
    let all = [
        (Doing::Tokens, "/desk", t.m("place-desk")),
        (Doing::People, "/people", t.m("place-people")),
        (Doing::Decide, "/applications", t.m("place-inbox")),
        (Doing::Supervise, "/people/forgetting", t.m("place-forgetting")),
        (Doing::Figures, "/insights", t.m("place-figures")),
        (Doing::Publish, "/services", t.m("place-sites")),
        (Doing::Publish, "/texts", t.m("place-texts")),
        (Doing::Administer, "/officers", t.m("place-officers")),
        (Doing::Audit, "/access/reads", t.m("place-reads")),
    ];
    // One place's address may begin another's: the longer one is where the reader is.
    let here = all.iter().map(|(_, to, _)| *to).filter(|to| path.starts_with(to)).max_by_key(|to| to.len());
    let mine = all.into_iter().filter(|(doing, _, _)| visitor.may(*doing));
    mine.map(|(_, to, text)| Choice { value: to.to_owned(), text, chosen: here == Some(to) }).collect()
}

/// Renders a page.
pub fn page(template: &impl Template) -> Result<Response, PageError> {
    Ok(Html(template.render()?).into_response())
}

/// Renders a page that everybody gets alike: no form of a session, nothing of a person. The browser keeps it and asks
/// each time whether it is still the same; the answer is then a few bytes.
pub fn open_page(template: &impl Template) -> Result<Response, PageError> {
    let html = template.render()?;
    let sum: String = Sha256::digest(&html).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let headers = [
        (header::ETAG, format!("W/\"{sum}\"")),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "Cookie, Accept-Language".to_owned()),
    ];
    Ok((headers, Html(html)).into_response())
}

/// Renders a page that gives a form back: 422 when something is wrong with it.
pub fn form_page(template: &impl Template, errors: &Errors) -> Result<Response, PageError> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Html(template.render()?)).into_response())
}
