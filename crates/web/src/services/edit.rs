//! The provincial unit's forms for service sites: add, correct, close, open again; with a preview and the history.

use super::{
    fields::{self, SiteForm},
    history::{self, Line},
    view::SiteView,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    event::{Change, Event},
    ids::SiteId,
    language::Lang,
    services::{Site, SiteAdded, SiteClosed, SiteCorrected, SiteDetails, SiteRefused, SiteReopened},
};

#[derive(Template)]
#[template(path = "services/list.html")]
struct ListPage {
    shell: Shell,
    sites: Vec<Row>,
}

/// A site in the office's list.
struct Row {
    address: String,
    name: String,
    kind: String,
    district: String,
    state: String,
    lacks: Vec<String>,
}

#[derive(Template)]
#[template(path = "services/edit.html")]
struct EditPage {
    shell: Shell,
    errors: Errors,
    action: String,
    title: String,
    version: i64,
    closed: Option<(String, String)>,
    exists: bool,
    form: SiteForm,
    preview: Vec<(&'static str, &'static str, T, SiteView)>,
    history: Vec<Line>,
}

/// `GET /services`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let row = |site: Site| {
        let view = SiteView::of(&app, t, &site, 0, None);
        let d = &site.details;
        let gaps = [
            (d.point.is_none(), "site-lacks-point"),
            (d.hours.is_none(), "site-lacks-hours"),
            (d.phone.is_none(), "site-lacks-phone"),
            (Lang::ALL.iter().any(|lang| !d.name.contains_key(lang)), "site-lacks-name"),
        ];
        Row {
            address: format!("/services/{}", site.id),
            state: match (&site.closed, d.demo) {
                (Some(_), _) => t.m("site-closed"),
                (None, true) => t.m("site-demo"),
                (None, false) => String::new(),
            },
            name: view.name,
            kind: view.kind,
            district: view.district,
            lacks: gaps.iter().filter(|(lacks, _)| *lacks).map(|(_, id)| t.m(id)).collect(),
        }
    };
    let mut sites: Vec<Row> = app.store.services(&visitor.scope).sites().await?.into_iter().map(row).collect();
    sites.sort_by(|one, other| (&one.district, &one.name).cmp(&(&other.district, &other.name)));
    page(&ListPage { shell: visitor.shell(&app), sites })
}

/// `GET /services/new`
pub async fn blank(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let mut fields = Fields::default();
    fields.add("demo", if app.config.demo { "yes" } else { "" });
    form(&app, &visitor, None, &fields, Errors::default(), None).await
}

/// `POST /services/new`
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let mut errors = Errors::default();
    let details = fields::read(&app, visitor.t(), &sent.fields, &mut errors);
    let details = match details.filter(|_| errors.is_empty()) {
        Some(details) if sent.fields.is("do", "save") => details,
        details => return form(&app, &visitor, None, &sent.fields, errors, details).await,
    };
    match SiteAdded::decide(details) {
        Ok(added) => {
            let id = SiteId(uuid::Uuid::now_v7());
            carry_out(&app, &visitor, sent, id, 0, added.into()).await
        }
        Err(refused) => {
            let errors = Errors::one("name_en", sentence(visitor.t(), refused));
            form(&app, &visitor, None, &sent.fields, errors, None).await
        }
    }
}

/// `GET /services/{site}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let site = load(&app, &visitor, &id).await?;
    form(&app, &visitor, Some(&site), &fields::fields(&site.details), Errors::default(), None).await
}

/// `POST /services/{site}`: `do` is `preview`, `save`, `close` or `reopen`.
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, PageError> {
    let site = load(&app, &visitor, &id).await?;
    let t = visitor.t();
    if sent.version() != Some(site.version) && !sent.fields.is("do", "preview") {
        let rows = differing(&app, t, &site.details, &sent.fields);
        return Err(PageError::stale(&sent.fields, &visitor.address, rows, Some(site.version)));
    }
    let why = sent.fields.text("reason").to_owned();
    let decided: Result<Event, SiteRefused> = match sent.fields.text("do") {
        "close" => SiteClosed::decide(&site, app.today(), app.today(), &why).map(Event::from),
        "reopen" => SiteReopened::decide(&site, &why).map(Event::from),
        act => {
            let mut errors = Errors::default();
            let details = fields::read(&app, t, &sent.fields, &mut errors);
            match details.filter(|_| errors.is_empty()) {
                Some(details) if act == "save" => SiteCorrected::decide(&site, details, &why).map(Event::from),
                details => return form(&app, &visitor, Some(&site), &sent.fields, errors, details).await,
            }
        }
    };
    match decided {
        Ok(event) => carry_out(&app, &visitor, sent, site.id, site.version, event).await,
        Err(refused) => {
            let errors = Errors::one(field_of(refused), sentence(t, refused));
            // Closing and opening send no details: the form shows them as they stand.
            let mut shown =
                if sent.fields.text("kind").is_empty() { fields::fields(&site.details) } else { sent.fields.clone() };
            shown.add("reason", &why);
            form(&app, &visitor, Some(&site), &shown, errors, None).await
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Site, PageError> {
    let id: SiteId = id.parse().map_err(|_| PageError::NotFound)?;
    app.store.services(&visitor.scope).site(id).await?.ok_or(PageError::NotFound)
}

async fn carry_out(
    app: &App,
    visitor: &Visitor,
    sent: Sent,
    id: SiteId,
    version: i64,
    event: Event,
) -> Result<Response, PageError> {
    let change = Change::after(id, version, event, app.today());
    let answer = sent.carry_out(app, visitor, vec![change], format!("/services/{id}")).await?;
    app.content_changed();
    Ok(answer)
}

async fn form(
    app: &App,
    visitor: &Visitor,
    site: Option<&Site>,
    fields: &Fields,
    errors: Errors,
    preview: Option<SiteDetails>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let services = app.store.services(&visitor.scope);
    let history = match site {
        Some(site) => services.history_of_site(site.id).await?,
        None => Vec::new(),
    };
    let id = site.map_or(SiteId(uuid::Uuid::nil()), |site| site.id);
    let preview = preview.map(|details| Site { id, version: 0, details, closed: None });
    let seen = |site: &Site| {
        let one = |lang: &Lang| (lang.code(), lang.dir(), T(*lang), SiteView::of(app, T(*lang), site, 1, None));
        Lang::ALL.iter().map(one).collect()
    };
    let name = site.map(|site| SiteDetails::text(&site.details.name, t.0).to_owned());
    let shown = EditPage {
        shell: visitor.shell(app),
        action: site.map_or_else(|| "/services/new".to_owned(), |site| format!("/services/{}", site.id)),
        title: name.unwrap_or_else(|| t.m("site-new")),
        version: site.map_or(0, |site| site.version),
        closed: site.and_then(|site| site.closed.clone()).map(|(on, why)| (t.date(on), why)),
        exists: site.is_some(),
        form: SiteForm::of(app, t, fields),
        preview: preview.as_ref().map(seen).unwrap_or_default(),
        history: history.iter().map(|changed| history::line(t, changed)).collect(),
        errors,
    };
    form_page(&shown, &shown.errors)
}

fn field_of(refused: SiteRefused) -> &'static str {
    match refused {
        SiteRefused::NameMissing => "name_en",
        SiteRefused::ServiceMissing => "service",
        SiteRefused::Backwards => "season_until",
        _ => "reason",
    }
}

fn sentence(t: T, refused: SiteRefused) -> String {
    t.m(match refused {
        SiteRefused::NameMissing => "site-name-missing",
        SiteRefused::ServiceMissing => "site-service-missing",
        SiteRefused::Backwards => "site-season-backwards",
        SiteRefused::ReasonMissing => "site-reason-missing",
        SiteRefused::Nothing => "site-nothing",
        SiteRefused::Closed => "site-is-closed",
        SiteRefused::Open => "site-is-open",
        SiteRefused::Future => "site-future",
    })
}

/// What differs between the record and a form that was made from an older one.
fn differing(app: &App, t: T, on_file: &SiteDetails, typed: &Fields) -> Vec<(String, String, String)> {
    let (now, mine) = (fields::fields(on_file), typed);
    let form = SiteForm::of(app, t, mine);
    let mut rows = Vec::new();
    let mut row = |label: String, name: &str| {
        let (left, right) = (now.all(name).join(", "), mine.all(name).join(", "));
        if left != right {
            rows.push((label, left, right));
        }
    };
    form.words.iter().for_each(|word| row(word.label.clone(), &word.field));
    form.days.iter().for_each(|(name, label, _)| row(label.clone(), name));
    let other = t.m("site-season");
    form.season_days.iter().for_each(|(name, label, _)| row(format!("{other}: {label}"), name));
    let others = [
        ("kind", "site-field-kind"),
        ("season_from", "site-season-first"),
        ("season_until", "site-season-last"),
        ("service", "sites-service"),
        ("district", "sites-district"),
        ("spoken", "sites-spoken"),
        ("point", "site-point"),
        ("phone", "site-phone"),
        ("capacity", "site-capacity"),
    ];
    others.iter().for_each(|(name, id)| row(t.m(id), name));
    rows
}
