//! Taking consent back: what each would mean is said before, and what follows holds at once.

use super::{
    agreed,
    consent::stop_messages,
    household::{of_visit, visit_refused},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Choice, Shell, form_page},
    visits::{Frame, StepName},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    event::Change,
    ids::VisitId,
    language::Lang,
    people::{ConsentHow, ConsentPurpose, ConsentStated, Household},
    visits::Visit,
};

#[derive(Template)]
#[template(path = "people/withdraw.html")]
struct WithdrawPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    answered: bool,
    given: Vec<Given>,
    by: Vec<Choice>,
    how: Vec<Choice>,
}

/// One purpose that the family agrees to, and what taking it back would mean.
struct Given {
    code: &'static str,
    words: String,
    means: Vec<String>,
    chosen: bool,
}

/// `GET /visits/{visit}/consent/withdraw`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let mut fields = Fields::default();
    fields.add("by", &agreed::head(&household));
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
    let page = WithdrawPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        answered: !errors.is_empty(),
        errors,
        given: given(app, visitor, household, fields).await?,
        by: agreed::by_whom(household, fields),
        how: agreed::how(visitor.t(), fields),
    };
    form_page(&page, &page.errors)
}

/// What is agreed to now, with what would follow: counted, so that nobody is surprised.
async fn given(app: &App, visitor: &Visitor, household: &Household, fields: &Fields) -> Result<Vec<Given>, PageError> {
    let t = visitor.t();
    // The ordinary ones that this desk may see; a protected one is spoken of in its own visit.
    let applications = app.store.applications(&visitor.scope).of_household(household.id).await?;
    let open = applications.iter().filter(|a| a.status.is_open() && !a.submitted.protected).count();
    let unsent = app.store.messages(&visitor.scope).unsent(household.id).await?;
    let mut given = Vec::new();
    for purpose in ConsentPurpose::ALL.iter().filter(|purpose| household.consent(**purpose) == Some(true)) {
        let mut means = vec![t.code("withdraw", purpose.code())];
        match purpose {
            ConsentPurpose::Keep | ConsentPurpose::Forward => means.push(t.a("withdraw-open", "count", open)),
            ConsentPurpose::Message => means.push(t.a("withdraw-unsent", "count", unsent)),
            ConsentPurpose::Verify => {}
        }
        let chosen = fields.is("purpose", purpose.code());
        given.push(Given { code: purpose.code(), words: t.code("consent", purpose.code()), means, chosen });
    }
    Ok(given)
}

/// `POST /visits/{visit}/consent/withdraw`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let t = visitor.t();
    let fields = &sent.fields;
    let mut errors = Errors::default();
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(t, &refused));
    }
    let chosen: Vec<ConsentPurpose> = ConsentPurpose::ALL
        .iter()
        .copied()
        .filter(|purpose| fields.is("purpose", purpose.code()) && household.consent(*purpose) == Some(true))
        .collect();
    if chosen.is_empty() {
        errors.add("purpose", t.m("withdraw-none"));
    }
    let how = fields.read::<ConsentHow>("how").ok().flatten();
    let (Some(how), true) = (how, errors.is_empty()) else {
        if how.is_none() {
            errors.add("how", t.m("people-consent-how-missing"));
        }
        return render(&app, &visitor, &visit, &household, fields, errors).await;
    };
    let by = agreed::read_by(&household, fields);
    let language: Lang = visit.language;
    let stop = chosen.contains(&ConsentPurpose::Message);
    let said = |purpose| ConsentStated { purpose, given: false, by, how, language, phone: None };
    let change = |(purpose, seen)| Change::after(household.id, seen, said(purpose), app.today());
    let changes = chosen.into_iter().zip(household.version..).map(change).collect();
    let to = format!("/visits/{id}/household?done=withdrawn");
    let done = sent.carry_out(&app, &visitor, changes, to).await?;
    if stop {
        stop_messages(&app, &visitor, household.id).await;
    }
    Ok(done)
}
