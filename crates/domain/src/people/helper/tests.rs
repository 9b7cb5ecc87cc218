use super::*;
use crate::{
    applications::{ApplicationSubmitted, Limits},
    eligibility::Outcome,
    people::{MemberListStated, Provenance},
    visits::{HelpAsked, VisitEnded, VisitOutcome},
};
use HelperMay::*;
use uuid::Uuid;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn named(may: &[HelperMay]) -> HelperNamed {
    HelperNamed {
        helper: Uuid::from_u128(7).into(),
        name: " Gulalai ".to_owned(),
        kind: HelperKind::HealthWorker,
        phone: None,
        may: may.to_vec(),
        until: day("2027-02-28"),
        by: None,
        how: ConsentHow::Thumb,
        language: Lang::Ps,
    }
}

fn helper(may: &[HelperMay]) -> Helper {
    Helper { named: named(may), since: day("2026-11-22"), ended_on: None }
}

fn answer(protected: bool) -> Event {
    crate::people::AnswerGiven {
        answer: Uuid::from_u128(1).into(),
        fact: "household.monthly_income_pkr".to_owned(),
        person: None,
        value: crate::people::AnswerValue::Int(1),
        provenance: Provenance::Said,
        said_by: None,
        shown_in: Lang::Ps,
        visit: None,
        replaces: vec![],
        reason: None,
        protected,
    }
    .into()
}

#[test]
fn a_naming_has_a_name_a_purpose_and_an_end_within_a_year() {
    let today = day("2026-11-22");
    let check = |named: HelperNamed, want: Option<HelperRefused>| assert_eq!(named.decide(&[], today).err(), want);
    check(named(&[Status]), None);
    check(HelperNamed { name: " ".to_owned(), ..named(&[Status]) }, Some(HelperRefused::NameMissing));
    check(HelperNamed { name: "x".repeat(121), ..named(&[Status]) }, Some(HelperRefused::TooLong));
    check(named(&[]), Some(HelperRefused::NothingChosen));
    check(named(&[Protected]), Some(HelperRefused::NothingChosen));
    check(named(&[Messages]), Some(HelperRefused::PhoneMissing));
    check(HelperNamed { until: day("2026-11-21"), ..named(&[Status]) }, Some(HelperRefused::Until));
    check(HelperNamed { until: day("2027-11-24"), ..named(&[Status]) }, Some(HelperRefused::Until));
    let before = named(&[Status]).decide(&[], today).expect("named");
    let before = Helper { named: before, since: today, ended_on: None };
    assert_eq!(named(&[Papers]).decide(std::slice::from_ref(&before), today), Err(HelperRefused::AlreadyNamed));
    let ended = Helper { ended_on: Some(today), ..before };
    assert!(named(&[Papers]).decide(&[ended], today).is_ok(), "taken back, so named anew");
}

#[test]
fn it_ends_on_its_day_and_when_taken_back() {
    let helper = helper(&[Status]);
    assert!(helper.holds_on(day("2027-02-28")) && !helper.holds_on(day("2027-03-01")));
    assert!(!Helper { ended_on: Some(day("2026-11-23")), ..helper }.holds_on(day("2026-11-23")));
}

#[test]
fn what_was_not_named_waits_for_the_family() {
    let ended: Event = VisitEnded { outcome: VisitOutcome::Answered }.into();
    let list: Event = MemberListStated { complete: true }.into();
    let help: Event = HelpAsked { fact: "person.faces_violence".to_owned() }.into();
    let check = |may: &[HelperMay], event: &Event, want: bool| {
        assert_eq!(helper(may).allows(event), want, "{may:?} {}", event.kind());
    };
    check(&[Status], &ended, true);
    check(&[Status, Papers], &answer(false), false);
    check(&[Apply], &answer(false), true);
    check(&[Apply], &answer(true), false);
    check(&[Apply, Protected], &answer(true), true);
    check(&[Apply], &help, false);
    check(&[Apply, Protected], &help, true);
    check(&[Status, Papers, Messages, Apply, Protected], &list, false);
}

/// An application of the visit numbered 3.
fn application(status: crate::applications::Status, protected: bool) -> Application {
    let submitted = ApplicationSubmitted {
        household: Uuid::nil().into(),
        person: None,
        programme: "bisp-kafaalat".into(),
        operator: "bisp".into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: Some(Uuid::from_u128(3).into()),
        pack: "0".into(),
        outcome: Outcome::MayQualify,
        verdict: serde_json::Value::Null,
        facts_used: vec![],
        papers: vec![],
        missing_papers: vec![],
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: day("2026-12-14"),
        protected,
    };
    let (clock, since) = (status.clock_owner(), day("2026-11-02"));
    Application {
        id: Uuid::nil().into(),
        version: 4,
        submitted,
        submitted_on: since,
        status,
        clock,
        since,
        due: None,
        days_left: None,
        flags: vec![],
    }
}

#[test]
fn where_an_application_stands_is_told_to_whom_the_family_lets_ask() {
    use crate::applications::Status as Stands;
    let check = |may: &[HelperMay], stands: Stands, visit: u128, want: bool| {
        let heard = helper(may).hears_of(&application(stands, false), Uuid::from_u128(visit).into());
        assert_eq!(heard, want, "{may:?} {stands} in visit {visit}");
    };
    check(&[Status], Stands::Approved, 9, true);
    check(&[Papers, Messages, Apply], Stands::Approved, 9, false);
    check(&[Apply], Stands::Forwarded, 3, true);
    check(&[Papers], Stands::Forwarded, 3, false);
    check(&[Papers], Stands::Returned, 9, true);
    check(&[Messages], Stands::Returned, 9, false);
    check(&[], Stands::Returned, 3, false);
    let private = application(Stands::Approved, true);
    assert!(!helper(&[Status]).hears_of(&private, Uuid::from_u128(9).into()));
    assert!(helper(&[Status, Protected]).hears_of(&private, Uuid::from_u128(9).into()));
}
