//! From a sent form to a filed complaint: what was typed, whom it is about, and what it does to its application.

use crate::{
    App,
    request::{Errors, Fields, PageError},
    text::T,
};
use domain::{
    Date,
    applications::{Actor, Application, ReceiptCode},
    event::Change,
    grievances::{Filing, GrievanceKind, GrievanceRefused, Subject},
    ids::{GrievanceId, ReceiptId},
    language::Lang,
    money::Paisa,
    programmes::{DistrictId, OperatorId},
};
use store::{Scope, grievances::Concerned};

/// The longest name, phone or description of an officer, in characters.
const MOST_NAME: usize = 200;
/// How long a complaint may have waited for a line, in days.
const MOST_WAIT: u64 = 90;

/// Key, code and keyed hash of the secret of a complaint that is about to be filed.
pub struct Drawn {
    /// Key.
    pub id: GrievanceId,
    /// Code.
    pub code: ReceiptCode,
    secret_hash: String,
}

impl Drawn {
    /// Draws them.
    pub fn new(app: &App) -> Drawn {
        let (id, code) = (GrievanceId(uuid::Uuid::now_v7()), ReceiptCode::from_random(rand::random()));
        let secret_hash = app.store.receipt_secret_hash(&code, &app.store.grievance_secret(id));
        Drawn { id, code, secret_hash }
    }
}

/// What a form says, read but not judged.
#[derive(Default)]
pub(super) struct Typed {
    kind: Option<GrievanceKind>,
    subject: Option<Subject>,
    district: Option<DistrictId>,
    operator: Option<OperatorId>,
    officer: Option<String>,
    amount: Option<Paisa>,
    words: Option<String>,
    name: Option<String>,
    phone: Option<String>,
}

/// Reads a form; everything that cannot be read is said at once.
pub(super) fn read(app: &App, t: T, fields: &Fields) -> Result<Typed, Errors> {
    let mut errors = Errors::default();
    let mut short = |field: &str| {
        let text = fields.opt(field);
        if text.as_ref().is_some_and(|text| text.chars().count() > MOST_NAME) {
            errors.add(field, t.a("complain-name-long", "count", MOST_NAME));
        }
        text
    };
    let (officer, name, phone) = (short("officer"), short("name"), short("phone"));
    let amount = match fields.number("amount") {
        None => None,
        Some(Ok(rupees @ 1..=10_000_000)) => Some(Paisa(rupees * 100)),
        Some(_) => {
            errors.add("amount", t.m("complain-amount-wrong"));
            None
        }
    };
    let kind = fields.read("kind").ok().flatten();
    if kind.is_none() {
        errors.add("kind", t.m("complain-kind-missing"));
    }
    let typed = Typed {
        kind,
        subject: fields.read("subject").ok().flatten(),
        district: fields.opt("district").filter(|code| app.pack.place(code).is_some()).map(DistrictId),
        operator: fields.opt("operator").filter(|code| app.pack.operator(code).is_some()).map(OperatorId),
        words: fields.opt("words"),
        officer,
        amount,
        name,
        phone,
    };
    if errors.is_empty() { Ok(typed) } else { Err(errors) }
}

/// The day a complaint was written, when it waited on a phone; never later than today.
pub(super) fn written_on(fields: &Fields, today: Date) -> Date {
    let earliest = today - chrono::Days::new(MOST_WAIT);
    let stated = fields.text("written_on").parse::<Date>().ok();
    stated.filter(|day| (earliest..=today).contains(day)).unwrap_or(today)
}

/// About which application, by which proven receipt.
pub(super) struct With<'a> {
    pub(super) application: &'a Application,
    pub(super) receipt: ReceiptId,
    pub(super) waiting: Vec<GrievanceKind>,
}

/// Kinds of complaints about an application that still wait, as the receipt's scope sees them.
pub(super) async fn waiting(
    app: &App,
    scope: &Scope,
    application: &Application,
) -> Result<Vec<GrievanceKind>, PageError> {
    let mine = app.store.grievances(scope).mine().await?;
    let same = mine.iter().filter(|g| g.status.is_open() && g.filed.application == Some(application.id));
    Ok(same.map(|g| g.filed.kind).collect())
}

/// Decides a complaint of a citizen; the changes to commit.
pub(super) async fn decide(
    app: &App,
    typed: Typed,
    with: Option<With<'_>>,
    drawn: &Drawn,
    language: Lang,
    on: Date,
) -> Result<Result<Vec<Change>, GrievanceRefused>, PageError> {
    let of = with.as_ref().map(|with| &with.application.submitted);
    let subject = if of.is_some() { Subject::Application } else { typed.subject.unwrap_or(Subject::Other) };
    let district = of.map(|of| of.district.clone()).or(typed.district);
    let at_centre = matches!(subject, Subject::Centre | Subject::Officer);
    let here = district.as_ref().and_then(|code| app.config.centres.iter().find(|centre| centre.district == *code));
    let centre = of.map(|of| of.centre.clone()).or_else(|| here.filter(|_| at_centre).map(|centre| centre.id.clone()));
    let operator = of.map(|of| of.operator.clone()).or(typed.operator);
    let concerned = Concerned {
        kind: typed.kind,
        subject: Some(subject),
        application: with.as_ref().map(|with| with.application.id),
        district: district.clone(),
        centre: centre.clone(),
        operator: operator.clone(),
        named: typed.officer.clone(),
    };
    let about = app.store.concerned(&concerned).await?;
    let filing = Filing {
        code: drawn.code.clone(),
        secret_hash: drawn.secret_hash.clone(),
        kind: typed.kind.unwrap_or(GrievanceKind::Other),
        subject,
        application: with.as_ref().map(|with| with.application),
        receipt: with.as_ref().map(|with| with.receipt),
        waiting: with.as_ref().map_or(&[], |with| with.waiting.as_slice()),
        district,
        centre,
        operator,
        programme: None,
        officer_named: typed.officer,
        about,
        amount: typed.amount,
        words: typed.words,
        name: typed.name,
        phone: typed.phone,
        language,
        actor: Actor::Citizen,
    };
    Ok(changes(app, filing, drawn.id, on))
}

fn changes(app: &App, filing: Filing<'_>, id: GrievanceId, on: Date) -> Result<Vec<Change>, GrievanceRefused> {
    let application = filing.application.map(|application| (application.id, application.version));
    let filed = filing.decide(app.pack.grievances().limits, app.today(), &app.calendar)?;
    let mut changes = vec![Change::after(id, 0, filed.event, on)];
    if let (Some((id, version)), Some(moved)) = (application, filed.application) {
        changes.push(Change::after(id, version, moved, app.today()));
    }
    Ok(changes)
}

/// An appeal that the desk writes down for a family that came: a complaint of its own, followed with the family's receipt.
pub async fn desk_appeal(
    app: &App,
    application: &Application,
    receipt: Option<ReceiptId>,
    words: Option<String>,
    language: Lang,
) -> Result<Result<Vec<Change>, GrievanceRefused>, PageError> {
    let of = &application.submitted;
    let concerned = Concerned {
        kind: Some(GrievanceKind::Refusal),
        subject: Some(Subject::Application),
        application: Some(application.id),
        district: Some(of.district.clone()),
        centre: Some(of.centre.clone()),
        operator: Some(of.operator.clone()),
        named: None,
    };
    let about = app.store.concerned(&concerned).await?;
    let drawn = Drawn::new(app);
    let filing = Filing {
        code: drawn.code,
        secret_hash: drawn.secret_hash,
        kind: GrievanceKind::Refusal,
        subject: Subject::Application,
        application: Some(application),
        receipt,
        waiting: &[],
        district: None,
        centre: None,
        operator: None,
        programme: None,
        officer_named: None,
        about,
        amount: None,
        words,
        name: None,
        phone: None,
        language,
        actor: Actor::Desk,
    };
    Ok(changes(app, filing, drawn.id, app.today()))
}

/// A refusal in the reader's language, at the field it is about.
pub(super) fn refused(t: T, why: &GrievanceRefused) -> Errors {
    use GrievanceRefused::*;
    let most = domain::grievances::MOST_WORDS;
    match why {
        PlaceMissing => Errors::one("district", t.m("complain-district-missing")),
        WordsMissing => Errors::one("words", t.m("complain-words-missing")),
        TooLong => Errors::one("words", t.a("complain-words-long", "count", most)),
        NothingRefused => Errors::one("kind", t.m("complain-nothing-refused")),
        AlreadyOpen => Errors::one("kind", t.m("complain-already-open")),
        NotFromHere => Errors::one("main", t.m("complaint-refused-not-from-here")),
        AboutYourself => Errors::one("main", t.m("complaint-refused-about-yourself")),
        NotYours => Errors::one("main", t.m("complaint-refused-not-yours")),
        DoneMissing => Errors::one("done", t.m("complaint-refused-done")),
        OutcomeMissing => Errors::one("outcome", t.m("complaint-refused-outcome")),
        TooEarly { until } => Errors::one("main", t.a("complaint-refused-early", "until", t.date(*until))),
        CitizensTime { until } => Errors::one("main", t.a("complaint-refused-citizen", "until", t.date(*until))),
        ApplicationMovedOn => Errors::one("main", t.m("complaint-refused-moved-on")),
    }
}
