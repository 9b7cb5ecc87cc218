//! Consent, purpose by purpose: what is read out in the family's language, and how they answered.

use super::{
    agreed,
    fields::Reader,
    household::{of_visit, people_refused, visit_refused},
    words,
};
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
    event::{Change, Event},
    identity::Phone,
    ids::{HouseholdId, VisitId},
    language::Lang,
    messages::SeenBy,
    people::{ConsentHow, ConsentPurpose, ConsentStated, Household, MessagePhone, PhoneEntry},
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
    /// The phone that messages may go to, as typed.
    phone: String,
    /// Whose it is.
    whose: String,
    /// Who else reads there.
    seen_by: Vec<Choice>,
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
    /// The phone is asked with it.
    asks_phone: bool,
}

/// The fields of the phone that messages may go to.
const PHONE: &str = "phone_message_to";
const WHOSE: &str = "phone_whose_message_to";
const SEEN_BY: &str = "seen_by";

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
    if let Some(phone) = asked_phone(household) {
        fields.add(PHONE, &words::phone_words(&phone.0));
        fields.add(WHOSE, &phone.0.whose.unwrap_or_default());
        fields.add(SEEN_BY, phone.1.map(SeenBy::code).unwrap_or_default());
    }
    if let Some(newest) = household.consents.first() {
        fields.add("how", newest.how.code());
        fields.add("by", &newest.by.map(|by| by.to_string()).unwrap_or_default());
        fields.add("language", newest.language.code());
    } else {
        fields.add("by", &agreed::head(household));
        fields.add("language", visit.language.code());
    }
    fields
}

/// The phone that the page asks about: the one agreed on, or the only one on file. Who reads there is never guessed.
fn asked_phone(household: &Household) -> Option<(PhoneEntry, Option<SeenBy>)> {
    let said = household.consents.iter().find_map(|said| said.phone.as_ref());
    if let Some(MessagePhone { number, whose, seen_by }) = said {
        let entry = PhoneEntry { number: number.clone(), whose: Some(whose.clone()), may_message: true };
        return Some((entry, Some(*seen_by)));
    }
    match &household.phones[..] {
        [only] => Some((only.clone(), None)),
        _ => None,
    }
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
        asks_phone: *purpose == ConsentPurpose::Message,
    };
    let seen_by: Vec<&str> = SeenBy::ALL.iter().map(|seen_by| seen_by.code()).collect();
    let page = ConsentPage {
        shell: visitor.shell(app),
        frame: Frame::of(app, visitor, visit, StepName::Household).await?,
        answered: !errors.is_empty(),
        errors,
        purposes: ConsentPurpose::ALL.iter().map(purpose).collect(),
        how: agreed::how(t, fields),
        by: agreed::by_whom(household, fields),
        languages: agreed::languages(fields),
        phone: fields.text(PHONE).to_owned(),
        whose: fields.text(WHOSE).to_owned(),
        seen_by: Choice::codes(t, "seen-by", &seen_by, fields.text(SEEN_BY)),
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
    let t = visitor.t();
    let (stated, mut errors) = read(&app, t, &household, &sent.fields);
    if let Err(refused) = visit.open() {
        errors.add("main", visit_refused(t, &refused));
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
    let mut events: Vec<Event> = Vec::with_capacity(new.len() + 1);
    if let Some(phones) = new.iter().find_map(|said| with_phone(&household, said.phone.as_ref()?)) {
        match household.correct(household.place.clone(), phones, &t.m("messages-phone-reason")) {
            Ok(corrected) => events.push(corrected.into()),
            Err(refused) => {
                let errors = Errors::one("main", people_refused(t, &refused).1);
                return render(&app, &visitor, &visit, &household, &sent.fields, errors).await;
            }
        }
    }
    let stopped = new.iter().any(|said| said.purpose == ConsentPurpose::Message && !said.given);
    events.extend(new.into_iter().map(Event::from));
    let change = |(event, seen)| Change::after(household.id, seen, event, app.today());
    let changes = events.into_iter().zip(household.version..).map(change).collect();
    let done = sent.carry_out(&app, &visitor, changes, to).await?;
    if stopped {
        stop_messages(&app, &visitor, household.id).await;
    }
    Ok(done)
}

/// Drops what is not sent yet. Whoever sends asks again before each message, so nothing goes out even when this fails.
pub(super) async fn stop_messages(app: &App, visitor: &Visitor, household: HouseholdId) {
    if let Err(error) = app.store.messages(&visitor.scope).stop(household, app.now()).await {
        tracing::warn!(%error, "unsent messages are dropped when their turn comes");
    }
}

/// The phones on file once messages may go to this one; nothing when they stay as they are.
fn with_phone(household: &Household, phone: &MessagePhone) -> Option<Vec<PhoneEntry>> {
    let entry = PhoneEntry { number: phone.number.clone(), whose: Some(phone.whose.clone()), may_message: true };
    let mut phones = household.phones.clone();
    match phones.iter_mut().find(|on_file| on_file.number == entry.number) {
        Some(on_file) => *on_file = entry,
        None => phones.push(entry),
    }
    (phones != household.phones).then_some(phones)
}

fn read(app: &App, t: T, household: &Household, fields: &Fields) -> (Vec<ConsentStated>, Errors) {
    let mut errors = Errors::default();
    let asked = fields.is(&field(ConsentPurpose::Message), "yes");
    let phone = if asked { read_phone(app, t, fields, &mut errors) } else { None };
    let how = fields.read::<ConsentHow>("how").ok().flatten();
    let language = fields.read::<Lang>("language").ok().flatten();
    let by = agreed::read_by(household, fields);
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
    let stated = |(purpose, given)| {
        let phone = phone.clone().filter(|_| purpose == ConsentPurpose::Message && given);
        ConsentStated { purpose, given, by, how, language, phone }
    };
    (answers.into_iter().map(stated).collect(), errors)
}

/// The phone, whose it is, and who else reads there: without all three nobody agreed to anything.
fn read_phone(app: &App, t: T, fields: &Fields, errors: &mut Errors) -> Option<MessagePhone> {
    let mut reader = Reader::new(t, fields, app.today());
    let entry = reader.phone("_message_to");
    let mobile = entry.as_ref().and_then(|entry| Phone::parse(&entry.number).ok()).is_some_and(|p| p.is_mobile());
    let refused = reader.errors.all().to_vec();
    match &entry {
        _ if !refused.is_empty() => {}
        None => errors.add(PHONE, t.m("messages-phone-missing")),
        Some(_) if !mobile => errors.add(PHONE, t.m("messages-phone-landline")),
        Some(entry) if entry.whose.is_none() => errors.add(WHOSE, t.m("messages-whose-missing")),
        Some(_) => {}
    }
    for (field, sentence) in refused {
        errors.add(&field, sentence);
    }
    let seen_by = fields.read::<SeenBy>(SEEN_BY).ok().flatten();
    if seen_by.is_none() {
        errors.add(SEEN_BY, t.m("messages-seen-by-missing"));
    }
    let entry = entry?;
    Some(MessagePhone { number: entry.number, whose: entry.whose?, seen_by: seen_by? })
}
