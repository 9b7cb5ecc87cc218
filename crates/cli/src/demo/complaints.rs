//! A few invented complaints of the last weeks: late, due soon, new, answered, one of a district without an officer, and
//! an appeal.

use super::days::at;
use crate::{
    commands::system,
    packs::{commit, say},
};
use domain::{
    Date,
    applications::{Actor, Application, ReceiptCode, Status},
    event::Change,
    grievances::{Answer, Assignee, By, Done, Filing, Grievance, GrievanceKind, GrievanceRefused, Hand, Subject},
    ids::{GrievanceId, OfficerId},
    language::Lang,
    money::Paisa,
};
use web::App;

/// One complaint of the demo.
struct Invented {
    /// Working days before the last one.
    before: usize,
    kind: GrievanceKind,
    subject: Subject,
    district: &'static str,
    words: &'static str,
    language: Lang,
    rupees: Option<i64>,
    /// Taken by the district's officer on the same day.
    taken: bool,
    /// And answered.
    answered: bool,
}

const fn invented(before: usize, kind: GrievanceKind, subject: Subject, words: &'static str) -> Invented {
    Invented {
        before,
        kind,
        subject,
        district: "nowshera",
        words,
        language: Lang::Ur,
        rupees: None,
        taken: false,
        answered: false,
    }
}

fn all() -> [Invented; 7] {
    use GrievanceKind::{Conduct, Deduction, Delay, Other, Refusal};
    [
        Invented {
            rupees: Some(500),
            ..invented(34, Deduction, Subject::Officer, "پیسے دیتے وقت ایجنٹ نے 500 روپے رکھ لیے۔")
        },
        Invented {
            taken: true,
            answered: true,
            ..invented(26, Other, Subject::Centre, "The women's counter was closed the whole morning.")
        },
        Invented { taken: true, ..invented(24, Delay, Subject::Application, "") },
        Invented {
            taken: true,
            language: Lang::Ps,
            ..invented(9, Conduct, Subject::Programme, "موږ یې په دروازه کې ودرولو او هېچا خبره وانه ورېده.")
        },
        Invented { district: "lower-dir", ..invented(5, Other, Subject::Centre, "There is no ramp for a wheelchair.") },
        invented(2, Refusal, Subject::Application, "ہمارے پاس زمین نہیں ہے، دوبارہ دیکھیں۔"),
        invented(1, Conduct, Subject::GrievanceOffice, "Nobody took my complaint last week."),
    ]
}

/// The complaints that come in on the day that is `before` working days from the end.
pub(super) async fn come_in(app: &App, day: Date, before: usize) -> Result<(), String> {
    for (number, one) in all().iter().enumerate().filter(|(_, one)| one.before == before) {
        if let Some(id) = file(app, one, day, number).await?.filter(|_| one.taken) {
            answer(app, id, day, one.answered).await?;
        }
    }
    Ok(())
}

/// An application to complain about: one that waits, or one that was refused.
async fn application(app: &App, one: &Invented) -> Result<Option<Application>, String> {
    if one.subject != Subject::Application {
        return Ok(None);
    }
    let scope = system();
    let room = app.store.applications(&scope);
    let refused = one.kind == GrievanceKind::Refusal;
    let rows = if refused { room.decided(0, 500).await } else { room.inbox(0, 50).await }.map_err(say)?;
    for row in rows.iter().filter(|row| (row.status == Status::Rejected) == refused) {
        let found = room.get(row.id).await.map_err(say)?;
        if let Some(found) = found.filter(|a| !a.submitted.protected && a.submitted.district.0 == one.district) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn file(app: &App, one: &Invented, day: Date, number: usize) -> Result<Option<GrievanceId>, String> {
    let application = application(app, one).await?;
    if one.subject == Subject::Application && application.is_none() {
        return Ok(None);
    }
    let id = GrievanceId(uuid::Uuid::now_v7());
    let code = ReceiptCode::from_random((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let secret_hash = app.store.receipt_secret_hash(&code, &app.store.grievance_secret(id));
    let about =
        if one.subject == Subject::GrievanceOffice { officer(app).await?.into_iter().collect() } else { vec![] };
    let filing = Filing {
        code,
        secret_hash,
        kind: one.kind,
        subject: one.subject,
        application: application.as_ref(),
        receipt: None,
        waiting: &[],
        district: Some(one.district.into()),
        centre: (one.subject == Subject::Centre).then(|| one.district.into()),
        operator: (one.subject == Subject::Programme).then(|| "kp-zakat".into()),
        programme: None,
        officer_named: None,
        about,
        amount: one.rupees.map(|rupees| Paisa(rupees * 100)),
        words: Some(one.words.to_owned()),
        name: None,
        phone: None,
        language: one.language,
        actor: Actor::Citizen,
    };
    let filed = filing.decide(app.pack.grievances().limits, day, &app.calendar).map_err(say)?;
    let mut changes = vec![Change::after(id, 0, filed.event, day)];
    if let (Some(application), Some(moved)) = (&application, filed.application) {
        changes.push(Change::after(application.id, application.version, moved, day));
    }
    write(app, changes, day, 10).await?;
    Ok(Some(id))
}

async fn officer(app: &App) -> Result<Option<OfficerId>, String> {
    let found = app.store.officers(&system()).by_login("grievance").await.map_err(say)?;
    Ok(found.map(|officer| officer.id))
}

/// Taken, and perhaps answered, on the same day.
async fn answer(app: &App, id: GrievanceId, day: Date, answered: bool) -> Result<(), String> {
    let Some(officer) = officer(app).await? else { return Ok(()) };
    let hand = Hand { officer, by: By::Office };
    let decide = |grievance: &Grievance| -> Result<Change, GrievanceRefused> {
        let moved = if grievance.officer.is_none() {
            grievance.assign(hand, Assignee::Officer(officer), day)?
        } else {
            let words = "From Monday two officers sit at the women's counter. Thank you for telling us.";
            let given = Answer { done: Some(Done::Acted), words: Some(words.to_owned()), outcome: None };
            grievance.answer(hand, given, None, day, &app.calendar)?.moved
        };
        Ok(Change::after(grievance.id, grievance.version, moved, day))
    };
    for minute in [20, 40].into_iter().take(1 + usize::from(answered)) {
        let found = app.store.grievances(&system()).get(id).await.map_err(say)?;
        let Some(grievance) = found else { return Ok(()) };
        write(app, vec![decide(&grievance).map_err(say)?], day, minute).await?;
    }
    Ok(())
}

async fn write(app: &App, changes: Vec<Change>, day: Date, minute: u32) -> Result<(), String> {
    let done = app.store.commit(&system(), commit("demo/complaint", changes, at(day, 17, minute))).await;
    done.map(drop).map_err(say)
}
