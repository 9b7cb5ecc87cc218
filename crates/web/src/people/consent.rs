//! Consent, purpose by purpose: what is read out in the family's language, and how they answered.

use super::household::{of_visit, visit_refused};
use crate::{
    App,
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
    event::Change,
    ids::{PersonId, VisitId},
    language::Lang,
    people::{ConsentHow, ConsentPurpose, ConsentStated, Household},
    visits::Visit,
};

#[derive(Template)]
#[template(path = "people/consent.html")]
struct ConsentPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    answered: bool,
    purposes: Vec<PurposeView>,
    how: Vec<Choice>,
    by: Vec<Choice>,
    languages: Vec<Choice>,
    /// The visit's language, in which the text is read out.
    aloud: T,
    /// The desk's own language differs, so the purpose stands in both.
    both: bool,
}

/// One purpose: what is read out, and the answer.
struct PurposeView {
    field: String,
    /// In the desk's language.
    text: String,
    /// In the family's language.
    aloud: String,
    choices: Vec<Choice>,
}

fn field(purpose: ConsentPurpose) -> String {
    format!("consent_{}", purpose.code())
}

/// `GET /visits/{visit}/consent`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<VisitId>) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let fields = on_file(&visit, &household);
    render(&app, &visitor, &visit, &household, &fields, Errors::default()).await
}

/// The form as the newest statements would fill it.
fn on_file(visit: &Visit, household: &Household) -> Fields {
    let mut fields = Fields::default();
    for purpose in ConsentPurpose::ALL {
        if let Some(given) = household.consent(*purpose) {
            fields.add(&field(*purpose), if given { "yes" } else { "no" });
        }
    }
    if let Some(newest) = household.consents.first() {
        fields.add("how", newest.how.code());
        fields.add("by", &newest.by.map(|by| by.to_string()).unwrap_or_default());
        fields.add("language", newest.language.code());
    } else {
        fields.add("by", &household.head().map(|head| head.id.to_string()).unwrap_or_default());
        fields.add("language", visit.language.code());
    }
    fields
}

async fn render(
    app: &App,
    visitor: &Visitor,
    visit: &Visit,
    household: &Household,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let (t, aloud) = (visitor.t(), T(visit.language));
    let purpose = |purpose: &ConsentPurpose| PurposeView {
        field: field(*purpose),
        text: t.code("consent-text", purpose.code()),
        aloud: aloud.code("consent-text", purpose.code()),
        choices: Choice::codes(t, "people-consent", &["yes", "no"], fields.text(&field(*purpose))),
    };
    let member = |member: &domain::people::Member| Choice {
        value: member.id.to_string(),
        text: member.details.given.clone(),
        chosen: member.id.to_string() == fields.text("by"),
    };
    let language = |lang: &Lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: lang.code() == fields.text("language"),
    };
    let how: Vec<&str> = ConsentHow::ALL.iter().map(|how| how.code()).collect();
    let page = ConsentPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        answered: !errors.is_empty(),
        errors,
        purposes: ConsentPurpose::ALL.iter().map(purpose).collect(),
        how: Choice::codes(t, "consent-how", &how, fields.text("how")),
        by: household.present().map(member).collect(),
        languages: Lang::ALL.iter().map(language).collect(),
        aloud,
        both: t != aloud,
    };
    form_page(&page, &page.errors)
}

/// `POST /visits/{visit}/consent`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (visit, household) = of_visit(&app, &visitor, id).await?;
    let (stated, mut errors) = read(visitor.t(), &household, &sent.fields);
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(visitor.t(), &refused));
    }
    if !errors.is_empty() {
        return render(&app, &visitor, &visit, &household, &sent.fields, errors).await;
    }
    // What was said before in the same way needs no second entry.
    let new: Vec<ConsentStated> = stated.into_iter().filter(|said| !household.consents.contains(said)).collect();
    let to = format!("/visits/{id}/household?done=consent");
    if new.is_empty() {
        return Ok(Redirect::to(&to).into_response());
    }
    let versions = household.version..;
    let change = |(said, seen)| Change::after(household.id, seen, said, app.today());
    let changes = new.into_iter().zip(versions).map(change).collect();
    sent.carry_out(&app, &visitor, changes, to).await
}

fn read(t: T, household: &Household, fields: &Fields) -> (Vec<ConsentStated>, Errors) {
    let mut errors = Errors::default();
    let how = fields.read::<ConsentHow>("how").ok().flatten();
    let language = fields.read::<Lang>("language").ok().flatten();
    let by = fields.read::<PersonId>("by").ok().flatten().filter(|by| household.member(*by).is_ok());
    let answers = ConsentPurpose::ALL.iter().filter_map(|purpose| match fields.text(&field(*purpose)) {
        "yes" => Some((*purpose, true)),
        "no" => Some((*purpose, false)),
        _ => None,
    });
    let answers: Vec<(ConsentPurpose, bool)> = answers.collect();
    if answers.is_empty() {
        errors.add(&field(ConsentPurpose::Keep), t.m("people-consent-none"));
    }
    if how.is_none() {
        errors.add("how", t.m("people-consent-how-missing"));
    }
    if language.is_none() {
        errors.add("language", t.m("people-consent-language-missing"));
    }
    let (Some(how), Some(language)) = (how, language) else { return (Vec::new(), errors) };
    let stated = |(purpose, given)| ConsentStated { purpose, given, by, how, language };
    (answers.into_iter().map(stated).collect(), errors)
}
