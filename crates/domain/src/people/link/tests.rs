//! Who may decide about a pair, and when one officer is not enough.

use super::*;
use crate::{
    identity::{IdentityKind, IdentityNumber},
    people::Identity,
};

fn key<I: From<Uuid>>(number: u128) -> I {
    I::from(Uuid::from_u128(number))
}

fn side(number: u128, district: &str, card: Option<(&str, IdentityCheck)>) -> Side {
    let identity = |(typed, check): (&str, IdentityCheck)| {
        let (number, _) = IdentityNumber::parse(IdentityKind::Cnic, typed).expect("a number");
        Identity { number, check, expires: None }
    };
    let details = PersonDetails {
        given: "Amina Bibi".to_owned(),
        father_or_husband: Some("Sher Zaman".to_owned()),
        sex: None,
        birth: None,
        relationship: None,
        marital_status: None,
        identities: card.map(identity).into_iter().collect(),
    };
    let household = key(100 + number);
    Side { person: key(number), details, household, district: district.into(), left: false, joined: false }
}

fn pair(second: Side) -> Pair {
    Pair { first: side(1, "nowshera", None), second, at_stake: Paisa(0), importers: vec![] }
}

const ONE: &str = "17201-2345678-2";
const OTHER: &str = "15302-7654321-4";

#[test]
fn a_second_officer_is_needed_where_a_mistake_would_cost_most() {
    let check = |pair: Pair, want: &[MergeLimit]| assert_eq!(pair.limits(), want, "{pair:?}");
    check(pair(side(2, "nowshera", None)), &[]);
    check(pair(side(2, "lower-dir", None)), &[MergeLimit::OtherDistrict]);
    let cards = |one: IdentityCheck, other: &str, second: IdentityCheck| {
        let (first, second) = (side(1, "nowshera", Some((ONE, one))), side(2, "nowshera", Some((other, second))));
        Pair { first, ..pair(second) }
    };
    let (said, seen, verified) = (IdentityCheck::NotYetVerified, IdentityCheck::PaperSeen, IdentityCheck::Verified);
    check(cards(seen, OTHER, verified), &[MergeLimit::NumbersDiffer]);
    check(cards(seen, ONE, verified), &[]);
    check(cards(said, OTHER, verified), &[]);
    let much = |paisa| Pair { at_stake: Paisa(paisa), ..pair(side(2, "nowshera", None)) };
    check(much(5_000_000), &[]);
    check(much(5_000_001), &[MergeLimit::MuchAtStake]);
}

#[test]
fn who_said_it_and_who_imported_it_do_not_confirm_it() {
    let (clerk, manager, importer) = (key(7), key(8), key(9));
    let proposal = |limits: Vec<MergeLimit>| Proposal { kept: key(1), by: clerk, limits };
    let far = Pair { importers: vec![importer], ..pair(side(2, "lower-dir", None)) };
    let limits = far.limits();
    let check = |pair: &Pair, limits: &[MergeLimit], approver: Option<OfficerId>, want: Result<(), LinkRefused>| {
        assert_eq!(pair.merge(&proposal(limits.to_vec()), approver, vec![]).map(drop), want, "{approver:?}");
    };
    check(&far, &limits, None, Err(LinkRefused::OwnProposal));
    check(&far, &limits, Some(clerk), Err(LinkRefused::OwnProposal));
    check(&far, &limits, Some(importer), Err(LinkRefused::OwnImport));
    check(&far, &limits, Some(manager), Ok(()));
    let near = pair(side(2, "nowshera", None));
    check(&near, &[], None, Ok(()));
    // A limit that was passed when it was said still holds, and so does one that is passed now.
    check(&near, &limits, None, Err(LinkRefused::OwnProposal));
    check(&far, &[], None, Err(LinkRefused::OwnProposal));
    let imported = Pair { importers: vec![clerk], ..near };
    check(&imported, &[], None, Err(LinkRefused::OwnImport));
}

#[test]
fn a_person_is_kept_where_they_eat() {
    let merged = |pair: &Pair, kept: u128| {
        let proposal = Proposal { kept: key(kept), by: key(7), limits: vec![] };
        pair.merge(&proposal, None, vec![]).map(|merged| (merged.kept, merged.absorbed))
    };
    let mut near = pair(side(2, "nowshera", None));
    assert_eq!(merged(&near, 2), Ok((key(2), key(1))));
    assert_eq!(merged(&near, 3), Err(LinkRefused::ChooseKept));
    near.second.left = true;
    assert_eq!(merged(&near, 2), Err(LinkRefused::KeptHasLeft));
    assert_eq!(merged(&near, 1), Ok((key(1), key(2))));
    near.first.left = true;
    assert_eq!(merged(&near, 2), Ok((key(2), key(1))), "who left both is kept on either");
    near.first.joined = true;
    assert_eq!(merged(&near, 2), Err(LinkRefused::AlreadyJoined));
}

#[test]
fn every_decision_says_how_it_is_known() {
    let near = pair(side(2, "nowshera", None));
    let decided = |reason: &str| near.decide(LinkDecision::Different, None, vec![], reason).map(|d| d.reason);
    assert_eq!(decided("  two sisters-in-law, both were here "), Ok("two sisters-in-law, both were here".to_owned()));
    assert_eq!(decided("  "), Err(LinkRefused::ReasonMissing));
    assert_eq!(decided(&"x".repeat(MAX_REASON + 1)), Err(LinkRefused::TooLong));
    let same = near.decide(LinkDecision::Same, None, vec![], "one card");
    assert_eq!(same, Err(LinkRefused::ChooseKept));
}

#[test]
fn a_pair_has_one_key_whichever_is_named_first() {
    let (amina, gulalai, other) = (key(0x0190_AAAA), key(0x0190_BBBB), key(0x0190_CCCC));
    assert_eq!(LinkId::of(amina, gulalai), LinkId::of(gulalai, amina));
    assert_ne!(LinkId::of(amina, gulalai), LinkId::of(amina, other));
    assert_ne!(LinkId::of(amina, other), LinkId::of(gulalai, other));
}
