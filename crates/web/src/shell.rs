//! The frame of every page: masthead, language, places, footer; and the parts that forms are made of.

mod parts;

pub use parts::{Choice, ClockView, districts};

use crate::{
    App,
    app::fresh_command,
    request::{Errors, PageError, Surface, Visitor},
};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::access::Doing;
pub use screener::shell::{Shell, ShellOfficer};
use sha2::{Digest, Sha256};

/// The frame for a visitor.
pub(crate) fn frame(app: &App, visitor: &Visitor) -> Shell {
    let t = visitor.t();
    let (path, query) = visitor.address.split_once('?').unwrap_or((&visitor.address, ""));
    let path = path.to_owned();
    let query = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let query = query.map(|pair| format!("{pair}&")).collect();
    let officer = visitor.scope.officer().map(|scope| {
        let officer = scope.as_officer();
        let roles: Vec<String> = officer.roles.iter().map(|role| t.code("role", role.code())).collect();
        let place =
            officer.posting.district.as_ref().and_then(|d| app.pack.place(&d.0)).map(|p| t.pack(&p.name).to_owned());
        ShellOfficer {
            name: officer.name.clone(),
            roles: roles.join(", "),
            place: place.unwrap_or_default(),
            news: visitor.session.as_ref().is_some_and(|session| session.news),
            waived: app.store.second_step_waived() && officer.roles.iter().any(|role| role.needs_second_step()),
        }
    });
    Shell {
        t,
        kiosk: visitor.kiosk.clone(),
        offline: None,
        fresh: || fresh_command().to_string(),
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

/// The places an officer's roles lead to.
fn places(visitor: &Visitor, path: &str) -> Vec<Choice> {
    let t = visitor.t();
    let all = [
        (Doing::Tokens, "/desk", t.m("place-desk")),
        (Doing::People, "/people", t.m("place-people")),
        (Doing::People, "/status", t.m("place-status")),
        (Doing::Decide, "/applications", t.m("place-inbox")),
        (Doing::Deputies, "/deputies", t.m("place-deputies")),
        (Doing::Grievances, "/grievances", t.m("place-grievances")),
        (Doing::Review, "/people/review", t.m("place-review")),
        (Doing::People, "/people/corrections", t.m("place-corrections")),
        (Doing::Supervise, "/people/forgetting", t.m("place-forgetting")),
        (Doing::Import, "/people/imports", t.m("place-imports")),
        (Doing::Figures, "/insights", t.m("place-figures")),
        (Doing::Publish, "/services", t.m("place-sites")),
        (Doing::Publish, "/texts", t.m("place-texts")),
        (Doing::Administer, "/officers", t.m("place-officers")),
        (Doing::Administer, "/messages", t.m("place-messages")),
        (Doing::Openings, "/access/openings", t.m("openings-place")),
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
