//! The same request at the desk, for a family that came: by name, with the paper it showed.

use super::{AskForm, refused};
use crate::{
    App,
    people::household::{of_visit, visit_refused},
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
    ids::{CorrectionId, VisitId},
    people::{CorrectionAsked, CorrectionAsking, CorrectionState, Household, Member},
    visits::Visit,
};

#[derive(Template)]
#[template(path = "people/corrections/desk.html")]
struct AskPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    answered: bool,
    ask: AskForm,
    /// The members, by name.
    members: Vec<Choice>,
    paper: String,
}

/// `GET /visits/{visit}/correct`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    render(&app, &visitor, &visit, &household, &Fields::default(), Errors::default()).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let member = |member: &Member| Choice {
        value: member.details.given.clone(),
        text: member.details.given.clone(),
        chosen: member.details.given == fields.text("whose"),
    };
    let page = AskPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        answered: !errors.is_empty(),
        ask: AskForm::typed(visitor.t(), fields),
        members: household.present().map(member).collect(),
        paper: fields.text("paper").to_owned(),
        errors,
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/correct`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let fields = &sent.fields;
    if let Err(why) = visit.open() {
        let errors = Errors::one("main", visit_refused(visitor.t(), &why));
        return render(&app, &visitor, &visit, &household, fields, errors).await;
    }
    let asking = CorrectionAsking {
        household: household.id,
        centre: household.centre.clone(),
        seen: household.version,
        receipt: None,
        visit: Some(id),
        protected: false,
        field: fields.read("field").ok().flatten(),
        whose: fields.opt("whose"),
        should_be: fields.opt("should_be"),
        why: fields.opt("why"),
        paper: fields.opt("paper"),
    };
    let known = app.store.corrections(&visitor.scope).of_household(household.id).await?;
    let waiting: Vec<CorrectionAsked> =
        known.into_iter().filter(|one| one.state == CorrectionState::Asked).map(|one| one.asked).collect();
    match asking.decide(&waiting, app.today(), &app.calendar) {
        Ok(asked) => {
            let change = Change::after(CorrectionId(uuid::Uuid::now_v7()), 0, asked, app.today());
            sent.carry_out(&app, &visitor, vec![change], format!("/visits/{id}/household?done=asked")).await
        }
        Err(why) => render(&app, &visitor, &visit, &household, fields, refused(visitor.t(), why)).await,
    }
}
