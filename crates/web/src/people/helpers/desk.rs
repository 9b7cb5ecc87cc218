//! Naming a helper at the desk, and taking it back there.

use super::HelperLine;
use crate::{
    App,
    people::{
        agreed,
        fields::Reader,
        household::{of_visit, visit_refused},
    },
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    text::T,
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::{Change, Event},
    ids::{HelperId, VisitId},
    language::Lang,
    people::{
        ConsentHow, HelperEnd, HelperEnded, HelperKind, HelperMay, HelperNamed, HelperRefused, Household, MAX_NAME,
    },
    visits::{Visit, VisitorSaid},
};

#[derive(Template)]
#[template(path = "people/helpers/desk.html")]
struct DeskPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    answered: bool,
    helpers: Vec<HelperLine>,
    helper_name: String,
    kinds: Vec<Choice>,
    phone: String,
    may: Vec<Choice>,
    until: [String; 3],
    by: Vec<Choice>,
    how: Vec<Choice>,
    languages: Vec<Choice>,
}

/// `GET /visits/{visit}/helper`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let mut fields = Fields::default();
    fields.add("by", &agreed::head(&household));
    fields.add("language", visit.language.code());
    render(&app, &visitor, &visit, &household, &fields, Errors::default()).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let helpers = app.store.people(&visitor.scope).helpers(household.id).await?;
    let kinds: Vec<&str> = HelperKind::ALL.iter().map(|kind| kind.code()).collect();
    let may = |may: &HelperMay| Choice {
        value: may.code().to_owned(),
        text: t.code("helper-may", may.code()),
        chosen: fields.is("may", may.code()),
    };
    let page = DeskPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        answered: !errors.is_empty(),
        errors,
        helpers: helpers.iter().map(|helper| HelperLine::of(app, t, helper)).collect(),
        helper_name: fields.text("name").to_owned(),
        kinds: Choice::codes(t, "helper-kind", &kinds, fields.text("kind")),
        phone: fields.text("phone").to_owned(),
        may: HelperMay::ALL.iter().map(may).collect(),
        until: ["day", "month", "year"].map(|part| fields.text(&format!("until_{part}")).to_owned()),
        by: agreed::by_whom(household, fields),
        how: agreed::how(t, fields),
        languages: agreed::languages(fields),
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/helper`: the family agrees, so the family is here.
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let (named, mut errors) = read(&app, visitor.t(), &household, &sent.fields);
    if let Err(why) = visit.open() {
        errors.add("main", visit_refused(visitor.t(), &why));
    }
    let known = app.store.people(&visitor.scope).helpers(household.id).await?;
    let decided = match (named, errors.is_empty()) {
        (Some(named), true) => named.decide(&known, app.today()).map_err(|why| refused(visitor.t(), why)),
        _ => Err(errors),
    };
    let named = match decided {
        Ok(named) => named,
        Err(errors) => return render(&app, &visitor, &visit, &household, &sent.fields, errors).await,
    };
    let mut changes = vec![Change::after(household.id, household.version, named, app.today())];
    if visit.came.is_none() {
        changes.push(Change::after(visit.id, visit.version, VisitorSaid { helper: None }, app.today()));
    }
    sent.carry_out(&app, &visitor, changes, format!("/visits/{id}/household?done=helper")).await
}

/// `GET /visits/{visit}/helper/end`: a form's own address, opened, leads to its page.
pub async fn back(Path(id): Path<VisitId>) -> Redirect {
    Redirect::to(&format!("/visits/{id}/helper"))
}

/// `POST /visits/{visit}/helper/end`
pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    if let Err(why) = visit.open() {
        let errors = Errors::one("main", visit_refused(visitor.t(), &why));
        return render(&app, &visitor, &visit, &household, &Fields::default(), errors).await;
    }
    let to = format!("/visits/{id}/household?done=helper-ended");
    let wanted = sent.fields.read::<HelperId>("helper").ok().flatten();
    let all = app.store.people(&visitor.scope).helpers(household.id).await?;
    let named = all.iter().find(|helper| Some(helper.named.helper) == wanted).ok_or(PageError::NotFound)?;
    if named.ended_on.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let ended: Event = HelperEnded { helper: named.named.helper, by: HelperEnd::Desk }.into();
    let change = Change::after(household.id, household.version, ended, app.today());
    sent.carry_out(&app, &visitor, vec![change], to).await
}

fn read(app: &App, t: T, household: &Household, fields: &Fields) -> (Option<HelperNamed>, Errors) {
    let mut reader = Reader::new(t, fields, app.today());
    let name = reader.words("name");
    let phone = reader.phone("");
    let mut errors = reader.errors;
    let may: Vec<HelperMay> = HelperMay::ALL.iter().copied().filter(|may| fields.is("may", may.code())).collect();
    let kind = fields.read::<HelperKind>("kind").ok().flatten();
    let how = fields.read::<ConsentHow>("how").ok().flatten();
    let language = fields.read::<Lang>("language").ok().flatten();
    let until = fields.date("until").and_then(Result::ok);
    let missing = [
        ("name", name.is_none(), "helper-name-missing"),
        ("kind", kind.is_none(), "helper-kind-missing"),
        ("until_day", until.is_none(), "helper-until-wrong"),
        ("how", how.is_none(), "people-consent-how-missing"),
        ("language", language.is_none(), "people-consent-language-missing"),
    ];
    for (field, _, message) in missing.into_iter().filter(|(_, missing, _)| *missing) {
        errors.add(field, t.m(message));
    }
    let named = || {
        Some(HelperNamed {
            helper: HelperId(uuid::Uuid::now_v7()),
            name: name?,
            kind: kind?,
            phone: phone.map(|phone| phone.number),
            may,
            until: until?,
            by: agreed::read_by(household, fields),
            how: how?,
            language: language?,
        })
    };
    (named(), errors)
}

fn refused(t: T, why: HelperRefused) -> Errors {
    match why {
        HelperRefused::NameMissing => Errors::one("name", t.m("helper-name-missing")),
        HelperRefused::TooLong => {
            let values = [("most", MAX_NAME.into()), ("count", MAX_NAME.into())];
            Errors::one("name", t.with("people-too-long", &values))
        }
        HelperRefused::NothingChosen => Errors::one("may", t.m("helper-may-missing")),
        HelperRefused::PhoneMissing => Errors::one("phone", t.m("helper-phone-missing")),
        HelperRefused::Until => Errors::one("until_day", t.m("helper-until-wrong")),
        HelperRefused::AlreadyNamed => Errors::one("name", t.m("helper-already")),
    }
}
