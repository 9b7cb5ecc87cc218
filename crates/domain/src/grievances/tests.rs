use super::*;
use crate::{
    Date,
    applications::{Actor, Application, ApplicationSubmitted, Calendar, Limits, MoveAsked, ReceiptCode, Status},
    eligibility::Outcome,
    ids::{ApplicationId, GrievanceId, HouseholdId, OfficerId},
    language::Lang,
};
use chrono::Weekday;
use uuid::Uuid;

const LIMITS: GrievanceLimits = GrievanceLimits { assign: 3, answer: 30, citizen: 15 };
const SAEED: OfficerId = OfficerId(Uuid::from_u128(1));
const AZIZ: OfficerId = OfficerId(Uuid::from_u128(2));
const NASREEN: OfficerId = OfficerId(Uuid::from_u128(3));

fn day(text: &str) -> Date {
    text.parse().expect("a test date")
}

fn calendar() -> Calendar {
    Calendar { weekend: vec![Weekday::Sat, Weekday::Sun], holidays: Default::default() }
}

fn application(status: Status) -> Application {
    let submitted = ApplicationSubmitted {
        household: HouseholdId(Uuid::nil()),
        person: None,
        programme: "bisp-kafaalat".into(),
        operator: "bisp".into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: None,
        pack: "0".into(),
        outcome: Outcome::MayQualify,
        verdict: serde_json::Value::Null,
        facts_used: vec![],
        papers: vec![],
        missing_papers: vec![],
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: day("2026-12-14"),
        protected: false,
    };
    Application {
        id: ApplicationId(Uuid::nil()),
        version: 4,
        submitted,
        submitted_on: day("2026-11-02"),
        status,
        clock: status.clock_owner(),
        since: day("2026-11-02"),
        due: None,
        days_left: None,
        flags: vec![],
    }
}

fn filing(kind: GrievanceKind, application: Option<&Application>) -> Filing<'_> {
    Filing {
        code: ReceiptCode::from_random(7),
        secret_hash: "00".to_owned(),
        kind,
        subject: Subject::Centre,
        application,
        receipt: None,
        waiting: &[],
        district: Some("nowshera".into()),
        centre: Some("nowshera".into()),
        operator: None,
        programme: None,
        officer_named: None,
        about: vec![AZIZ],
        amount: None,
        words: Some(" They sent us away. ".to_owned()),
        name: None,
        phone: Some("  ".to_owned()),
        language: Lang::Ps,
        actor: Actor::Citizen,
    }
}

fn file(filing: Filing<'_>) -> Result<Filed, GrievanceRefused> {
    filing.decide(LIMITS, day("2026-11-02"), &calendar())
}

fn standing(filed: GrievanceFiled) -> Grievance {
    let instant = "2026-11-02T05:00:00Z".parse().expect("an instant");
    Grievance {
        id: GrievanceId(Uuid::nil()),
        version: 1,
        filed_at: instant,
        written_on: day("2026-11-02"),
        status: GrievanceStatus::Received,
        holder: Holder::Office,
        since: filed.since,
        due: Some(filed.due),
        officer: None,
        department: false,
        appeal: filed.appeal.then_some(Appeal::Open),
        about: filed.about.clone(),
        route: None,
        filed,
    }
}

/// What an event says, put into the state, as the store does.
fn moved(mut grievance: Grievance, moved: GrievanceMoved) -> Grievance {
    assert_eq!(moved.from, grievance.status);
    grievance.version += 1;
    (grievance.status, grievance.holder, grievance.since) = (moved.to, moved.holder, moved.since);
    (grievance.due, grievance.officer, grievance.department) = (moved.due, moved.officer, moved.department);
    (grievance.appeal, grievance.route) = (moved.appeal, moved.route);
    grievance
}

const fn office(officer: OfficerId) -> Hand {
    Hand { officer, by: By::Office }
}

const fn department(officer: OfficerId) -> Hand {
    Hand { officer, by: By::Department }
}

fn complaint() -> Grievance {
    standing(file(filing(GrievanceKind::Conduct, None)).expect("filed").event)
}

fn appeal() -> (Grievance, Application) {
    let mut contested = application(Status::Rejected);
    let filed = file(filing(GrievanceKind::Refusal, Some(&contested))).expect("filed");
    let step = filed.application.expect("the application is contested");
    (contested.status, contested.due) = (step.to, step.due);
    (standing(filed.event), contested)
}

fn assigned(grievance: Grievance, to: Assignee) -> Grievance {
    let step = grievance.assign(office(SAEED), to, day("2026-11-03")).expect("assigned");
    moved(grievance, step)
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn answer_of(done: Option<Done>, outcome: Option<Appeal>) -> Answer {
    Answer { done, words: words("We looked into it."), outcome }
}

#[test]
fn a_complaint_says_what_happened_and_where_or_names_a_receipt() {
    let rejected = application(Status::Rejected);
    let review = application(Status::UnderReview);
    let check = |filing: Filing<'_>, want: Result<(), GrievanceRefused>| {
        assert_eq!(file(filing.clone()).map(drop), want, "{filing:?}");
    };
    let silent = |kind, of| Filing { words: words(" "), ..filing(kind, of) };
    check(filing(GrievanceKind::Conduct, None), Ok(()));
    check(silent(GrievanceKind::Conduct, None), Err(GrievanceRefused::WordsMissing));
    check(silent(GrievanceKind::Delay, Some(&review)), Ok(()));
    check(silent(GrievanceKind::Delay, None), Err(GrievanceRefused::WordsMissing));
    check(Filing { district: None, ..filing(GrievanceKind::Other, None) }, Err(GrievanceRefused::PlaceMissing));
    check(Filing { district: None, ..filing(GrievanceKind::Delay, Some(&review)) }, Ok(()));
    check(filing(GrievanceKind::Refusal, Some(&rejected)), Ok(()));
    check(filing(GrievanceKind::Refusal, Some(&application(Status::Suspended))), Ok(()));
    check(filing(GrievanceKind::Refusal, None), Ok(()));
    check(filing(GrievanceKind::Refusal, Some(&review)), Err(GrievanceRefused::NothingRefused));
    let long = Filing { words: Some("x".repeat(MOST_WORDS + 1)), ..filing(GrievanceKind::Other, None) };
    check(long, Err(GrievanceRefused::TooLong));
    let twice = Filing { waiting: &[GrievanceKind::Delay], ..filing(GrievanceKind::Delay, Some(&review)) };
    check(twice, Err(GrievanceRefused::AlreadyOpen));
}

#[test]
fn a_filed_complaint_carries_its_promise_and_nothing_empty() {
    let filed = file(filing(GrievanceKind::Conduct, None)).expect("filed");
    assert_eq!(filed.application, None);
    let event = filed.event;
    assert_eq!((event.since, event.due, event.answer_by), (day("2026-11-02"), day("2026-11-05"), day("2026-12-14")));
    assert_eq!((event.words.as_deref(), event.phone, event.appeal), (Some("They sent us away."), None, false));
}

#[test]
fn an_appeal_opens_the_decision_and_its_answer_closes_or_reopens_it() {
    for (outcome, done, status) in [
        (Appeal::Upheld, Done::DecisionStays, Status::Upheld),
        (Appeal::Overturned, Done::DecisionSetAside, Status::Overturned),
    ] {
        let (grievance, contested) = appeal();
        assert_eq!((contested.status, grievance.appeal), (Status::Appealed, Some(Appeal::Open)));
        let grievance = assigned(grievance, Assignee::Officer(SAEED));
        let today = day("2026-11-10");
        let missing = grievance.answer(
            office(SAEED),
            answer_of(Some(Done::Explained), None),
            Some(&contested),
            today,
            &calendar(),
        );
        assert_eq!(missing, Err(GrievanceRefused::OutcomeMissing));
        let gone = grievance.answer(office(SAEED), answer_of(None, Some(outcome)), None, today, &calendar());
        assert_eq!(gone, Err(GrievanceRefused::ApplicationMovedOn));
        let answered = grievance
            .answer(office(SAEED), answer_of(None, Some(outcome)), Some(&contested), today, &calendar())
            .expect("answered");
        assert_eq!((answered.moved.appeal, answered.moved.done), (Some(outcome), Some(done)));
        let step = answered.application.expect("coupled");
        assert_eq!((step.to, step.words.as_deref()), (status, Some("We looked into it.")));
    }
    assert!(Status::Overturned.is_open() && !Status::Upheld.is_open());
}

#[test]
fn whoever_decided_does_not_decide_the_appeal() {
    let (grievance, contested) = appeal();
    assert_eq!(
        grievance.assign(office(AZIZ), Assignee::Officer(SAEED), day("2026-11-03")),
        Err(GrievanceRefused::AboutYourself)
    );
    assert_eq!(
        grievance.assign(office(SAEED), Assignee::Officer(AZIZ), day("2026-11-03")),
        Err(GrievanceRefused::AboutYourself)
    );
    let grievance = assigned(grievance, Assignee::Department);
    let outcome = || answer_of(None, Some(Appeal::Overturned));
    let answer = |hand| grievance.answer(hand, outcome(), Some(&contested), day("2026-11-10"), &calendar()).map(drop);
    assert_eq!(answer(department(AZIZ)), Err(GrievanceRefused::AboutYourself));
    assert_eq!(answer(office(SAEED)), Err(GrievanceRefused::NotYours), "it is in the department's hands");
    assert_eq!(answer(department(NASREEN)), Ok(()));
    // The department's own inbox has no such step at all.
    let asked = MoveAsked { to: Status::Overturned, actor: Actor::Department, rule: None, words: None, place: None };
    assert!(contested.step(asked, day("2026-11-10"), &calendar()).is_err());
}

#[test]
fn a_complaint_about_a_department_never_goes_to_that_department() {
    let grievance = complaint();
    let refused = grievance.assign(office(SAEED), Assignee::Department, day("2026-11-03"));
    assert_eq!(refused, Err(GrievanceRefused::NotFromHere));
    let grievance = assigned(grievance, Assignee::Officer(SAEED));
    let answer =
        grievance.answer(department(NASREEN), answer_of(Some(Done::Acted), None), None, day("2026-11-04"), &calendar());
    assert_eq!(answer.map(drop), Err(GrievanceRefused::NotYours));
}

#[test]
fn the_promise_to_the_citizen_does_not_move_when_a_complaint_changes_hands() {
    let grievance = assigned(complaint(), Assignee::Officer(SAEED));
    assert_eq!((grievance.since, grievance.due), (day("2026-11-02"), Some(day("2026-12-14"))));
    let step = grievance.assign(office(SAEED), Assignee::Officer(NASREEN), day("2026-12-01")).expect("assigned");
    let grievance = moved(grievance, step);
    assert_eq!((grievance.since, grievance.due), (day("2026-11-02"), Some(day("2026-12-14"))));
    let other =
        grievance.answer(office(SAEED), answer_of(Some(Done::Acted), None), None, day("2026-12-02"), &calendar());
    assert_eq!(other.map(drop), Err(GrievanceRefused::NotYours));
}

#[test]
fn an_answer_says_what_was_done_and_the_citizen_has_the_next_word() {
    let grievance = assigned(complaint(), Assignee::Officer(SAEED));
    let today = day("2026-11-10");
    let answer = |given| grievance.answer(office(SAEED), given, None, today, &calendar()).map(|decided| decided.moved);
    assert_eq!(answer(answer_of(None, None)), Err(GrievanceRefused::DoneMissing));
    let silent = Answer { words: words("  "), ..answer_of(Some(Done::Acted), None) };
    assert_eq!(answer(silent), Err(GrievanceRefused::WordsMissing));
    let step = answer(answer_of(Some(Done::Acted), None)).expect("answered");
    assert_eq!((step.holder, step.due), (Holder::Citizen, Some(day("2026-12-01"))));
    let answered = moved(grievance.clone(), step);
    assert_eq!(answered.accept(today).expect("accepted").to, GrievanceStatus::Accepted);
    let closing = || Closing { words: words("No word came."), outcome: None };
    let close = |on: &str| answered.close(office(SAEED), closing(), None, day(on), &calendar()).map(drop);
    assert_eq!(close("2026-12-01"), Err(GrievanceRefused::CitizensTime { until: day("2026-12-01") }));
    assert_eq!(close("2026-12-02"), Ok(()));
}

#[test]
fn a_citizen_passes_on_an_answer_at_once_and_silence_after_its_day() {
    let passing = || Passing {
        by: By::Citizen,
        officer: None,
        route: Route { id: "federal-ombudsman".to_owned(), days: 60 },
        words: None,
    };
    let grievance = complaint();
    let early = grievance.escalate(passing(), day("2026-12-14"), &calendar());
    assert_eq!(early, Err(GrievanceRefused::TooEarly { until: day("2026-12-14") }));
    assert!(!grievance.may_be_passed_on(day("2026-12-14")) && grievance.may_be_passed_on(day("2026-12-15")));
    let step = grievance.escalate(passing(), day("2026-12-15"), &calendar()).expect("passed on");
    assert_eq!((step.holder, step.route.as_deref()), (Holder::OtherBody, Some("federal-ombudsman")));
    let by_office = Passing { by: By::Office, officer: Some(SAEED), ..passing() };
    let silent = grievance.escalate(by_office, day("2026-11-03"), &calendar());
    assert_eq!(silent, Err(GrievanceRefused::WordsMissing), "the office says why");
}

#[test]
fn a_body_above_may_set_aside_what_stayed_below() {
    let (grievance, mut contested) = appeal();
    let grievance = assigned(grievance, Assignee::Officer(SAEED));
    let stays = answer_of(None, Some(Appeal::Upheld));
    let answered =
        grievance.answer(office(SAEED), stays, Some(&contested), day("2026-11-10"), &calendar()).expect("answered");
    contested.status = answered.application.expect("coupled").to;
    let grievance = moved(grievance, answered.moved);
    let route = Route { id: "rts-commission".to_owned(), days: 60 };
    let passing = Passing { by: By::Citizen, officer: None, route, words: None };
    let step = grievance.escalate(passing, day("2026-11-11"), &calendar()).expect("passed on");
    let grievance = moved(grievance, step);
    let closing = Closing { words: words("The commission decided."), outcome: Some(Appeal::Overturned) };
    let closed =
        grievance.close(office(SAEED), closing, Some(&contested), day("2026-12-20"), &calendar()).expect("closed");
    assert_eq!(closed.application.map(|step| step.to), Some(Status::Overturned));
    assert_eq!(closed.moved.appeal, Some(Appeal::Overturned));
}

#[test]
fn an_officer_steps_aside_once_and_is_in_its_way_no_more() {
    let grievance = complaint();
    assert_eq!(grievance.recuse(office(SAEED)), Ok(GrievanceRecused { officer: SAEED }));
    assert_eq!(grievance.recuse(office(AZIZ)), Err(GrievanceRefused::AboutYourself));
}

#[test]
fn every_status_is_reached_and_only_the_citizen_accepts() {
    for status in GrievanceStatus::ALL {
        let reached = GrievanceStatus::ALL.iter().any(|from| from.next().iter().any(|(to, _)| to == status));
        assert!(reached || *status == GrievanceStatus::Received, "{status} is never reached");
        assert_eq!(status.is_open(), !status.next().is_empty(), "{status}");
        for by in [By::Office, By::Department] {
            assert!(!status.may_move(GrievanceStatus::Accepted, by));
        }
    }
}

#[test]
fn a_small_count_points_at_nobody() {
    let check = |count: i64, want: Shown| assert_eq!(Shown::of(count), want, "{count}");
    check(0, Shown::None);
    check(1, Shown::Few);
    check(4, Shown::Few);
    check(5, Shown::About(5));
    check(7, Shown::About(5));
    check(8, Shown::About(10));
    check(12, Shown::About(10));
}
