use super::*;
use uuid::Uuid;

fn key<I: From<Uuid>>(number: u128) -> I {
    I::from(Uuid::from_u128(number))
}

/// A row of Nowshera, imported by officer 9, that may mean person 1.
fn case() -> RowCase {
    let meant =
        Meant { person: key(1), district: Some("nowshera".into()), checked: vec![], at_stake: Paisa(1_200_000) };
    RowCase {
        listing: key(7),
        state: ListedState::Review,
        district: Some("nowshera".into()),
        number: Some("1720123456782".to_owned()),
        imported_by: Some(key(9)),
        among: vec![meant],
        said: None,
        followers: vec![],
    }
}

fn said(kind: RowStepKind, by: u128) -> RowSaid {
    let limits = vec![RowLimit::MuchAtStake];
    RowSaid { kind, person: Some(key(1)), limits, followers: vec![], by: Some(key(by)), reason: "the card".to_owned() }
}

#[test]
fn a_second_officer_confirms_what_weighs_much() {
    let check = |change: fn(&mut RowCase), by: u128, want: &[RowLimit]| {
        let mut case = case();
        change(&mut case);
        assert_eq!(case.limits(&case.among[0], Some(key(by))), want);
    };
    check(|_| {}, 2, &[]);
    check(|case| case.district = None, 2, &[]);
    check(|case| case.district = Some("lower-dir".into()), 2, &[RowLimit::OtherDistrict]);
    check(|case| case.among[0].checked = vec!["1720123456782".to_owned()], 2, &[]);
    check(|case| case.among[0].checked = vec!["1720199999999".to_owned()], 2, &[RowLimit::NumbersDiffer]);
    check(|case| case.among[0].at_stake = MUCH_AT_STAKE, 2, &[]);
    check(|case| case.among[0].at_stake = Paisa(MUCH_AT_STAKE.0 + 1), 2, &[RowLimit::MuchAtStake]);
    check(|_| {}, 9, &[RowLimit::OwnImport]);
    check(|case| case.imported_by = None, 9, &[]);
}

#[test]
fn a_decision_names_one_of_those_shown_and_says_why() {
    use RowDecision::*;
    let check = |decision, person: Option<u128>, reason: &str, want: Result<Option<u128>, RowUndecided>| {
        let decided = case().decide(decision, person.map(key), Some(key(2)), vec![], reason);
        let shown = decided.map(|decided| decided.person.map(|person| person.0.as_u128()));
        assert_eq!(shown, want, "{decision} {person:?}");
    };
    check(Same, Some(1), "her card", Ok(Some(1)));
    check(Same, Some(5), "her card", Err(RowUndecided::ChoosePerson));
    check(Same, None, "her card", Err(RowUndecided::ChoosePerson));
    check(Same, Some(1), " ", Err(RowUndecided::ReasonMissing));
    check(New, None, "nobody like her", Ok(Some(7)));
    check(Refused, None, "a shop, no person", Ok(None));
    check(Refused, None, "", Err(RowUndecided::ReasonMissing));
    check(NotSure, None, "", Ok(None));
    check(NotSure, None, &"x".repeat(MAX_REASON + 1), Err(RowUndecided::TooLong));
}

#[test]
fn who_said_it_and_who_imported_it_do_not_confirm_it() {
    let check = |said: Option<RowSaid>, by: u128, want: Option<RowUndecided>| {
        let case = RowCase { said, ..case() };
        assert_eq!(case.confirm(key(by)).err(), want);
    };
    check(Some(said(RowStepKind::Same, 2)), 3, None);
    check(Some(said(RowStepKind::Same, 2)), 2, Some(RowUndecided::OwnProposal));
    check(Some(said(RowStepKind::Same, 2)), 9, Some(RowUndecided::OwnImport));
    check(Some(said(RowStepKind::NotSure, 2)), 3, Some(RowUndecided::NothingProposed));
    check(None, 3, Some(RowUndecided::NothingProposed));
    let gone = RowCase { said: Some(said(RowStepKind::Same, 2)), among: vec![], ..case() };
    assert_eq!(gone.confirm(key(3)), Err(RowUndecided::ChoosePerson), "the record went meanwhile");
}

#[test]
fn only_what_was_decided_is_taken_back() {
    let mut case = RowCase { said: Some(said(RowStepKind::Same, 2)), ..case() };
    assert_eq!(case.take_back("a mistake"), Err(RowUndecided::NothingDecided), "it only waits");
    case.state = ListedState::Matched;
    assert_eq!(case.take_back(""), Err(RowUndecided::ReasonMissing));
    assert_eq!(case.take_back("a mistake").map(|back| back.person), Ok(Some(key(1))));
    let decided = case.decide(RowDecision::New, None, Some(key(2)), vec![], "another word");
    assert_eq!(decided, Err(RowUndecided::Decided));
    case.said = None;
    assert_eq!(case.take_back("a mistake"), Err(RowUndecided::NothingDecided), "the matcher took it");
}
