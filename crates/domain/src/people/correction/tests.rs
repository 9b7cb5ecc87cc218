use super::*;
use CorrectionField::{Birth, Place};
use uuid::Uuid;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn asking(field: CorrectionField, whose: &str, should_be: &str, why: &str) -> CorrectionAsking {
    let said = |text: &str| Some(text.to_owned());
    CorrectionAsking {
        household: Uuid::from_u128(1).into(),
        centre: "nowshera".into(),
        seen: 4,
        receipt: None,
        visit: None,
        protected: false,
        field: Some(field),
        whose: said(whose),
        should_be: said(should_be),
        why: said(why),
        paper: None,
    }
}

fn decide(asking: CorrectionAsking, waiting: &[CorrectionAsked]) -> Result<CorrectionAsked, CorrectionRefused> {
    let calendar = Calendar { weekend: vec![chrono::Weekday::Sat, chrono::Weekday::Sun], ..Calendar::default() };
    asking.decide(waiting, day("2026-11-20"), &calendar)
}

fn asked() -> CorrectionAsked {
    decide(asking(Birth, "Bilal", "2012", "the B-form says so"), &[]).expect("a request")
}

#[test]
fn a_request_says_what_is_wrong_whose_it_is_what_it_should_be_and_why() {
    use CorrectionRefused::*;
    let check = |field, [whose, should_be, why]: [&str; 3], want: Option<CorrectionRefused>| {
        assert_eq!(decide(asking(field, whose, should_be, why), &[]).err(), want, "{field} {whose} {should_be} {why}");
    };
    check(Birth, ["Bilal", "2012", "the B-form says so"], None);
    check(Birth, [" ", "2012", "so"], Some(WhoseMissing));
    check(Place, ["", "Akora", "we moved"], None);
    check(Place, ["", " ", "we moved"], Some(ShouldBeMissing));
    check(Place, ["", "Akora", ""], Some(WhyMissing));
    check(Place, ["", &"x".repeat(501), "we moved"], Some(TooLong));
    let nothing = CorrectionAsking { field: None, ..asking(Birth, "Bilal", "2012", "so") };
    assert_eq!(decide(nothing, &[]).err(), Some(FieldMissing));
}

#[test]
fn the_answer_is_promised_within_fifteen_working_days() {
    assert_eq!((asked().since, asked().due), (day("2026-11-20"), day("2026-12-11")));
}

#[test]
fn the_same_request_waits_once_and_few_wait_at_a_time() {
    let again = decide(asking(Birth, " Bilal ", "2012", "another reason"), &[asked()]);
    assert_eq!(again.err(), Some(CorrectionRefused::AlreadyAsked));
    assert!(decide(asking(Birth, "Bilal", "2011", "so"), &[asked()]).is_ok(), "another value is another request");
    let many = vec![asked(); MOST_CORRECTIONS];
    assert_eq!(decide(asking(Place, "", "Akora", "so"), &many).err(), Some(CorrectionRefused::TooMany));
}

#[test]
fn it_is_answered_once_and_accepted_only_when_something_was_corrected() {
    let mut request = Correction {
        id: Uuid::from_u128(2).into(),
        version: 1,
        asked: asked(),
        asked_at: Instant::default(),
        state: CorrectionState::Asked,
        answer: None,
        answered_on: None,
    };
    let done = |version| Corrected { version, person: None, applications: vec![], pack: "ab".into(), moved: vec![] };
    assert_eq!(request.accept(None, done(4)), Err(CorrectionRefused::NothingCorrected), "as it was when asked");
    assert_eq!(request.refuse(Some(" ".to_owned())), Err(CorrectionRefused::WordsMissing));
    assert_eq!(request.accept(None, done(5)).map(|answer| answer.to), Ok(CorrectionState::Accepted));
    request.state = CorrectionState::Refused;
    assert_eq!(request.accept(None, done(6)), Err(CorrectionRefused::Answered));
    assert_eq!(request.refuse(Some("no".to_owned())), Err(CorrectionRefused::Answered));
}
