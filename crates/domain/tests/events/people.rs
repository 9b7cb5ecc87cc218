//! Examples of families: their people, answers and papers, what they ask, records that may be one person.

use super::{day, key, place};
use domain::{
    applications::ApplicationFlagLifted,
    event::Event,
    identity::{IdentityKind, IdentityNumber},
    language::Lang,
    messages::SeenBy,
    papers::{FileCopy, FileKind, PaperRecorded, PaperState, PaperTaskMoved, PaperTaskOpened, TaskState},
    people::{
        AnswerGiven, AnswerValue, AnswerWithdrawn, Birth, ConsentHow, ConsentPurpose, ConsentStated, Corrected,
        CorrectionAnswered, CorrectionAsked, CorrectionField, CorrectionState, ErasureProposed, ErasureWithdrawn,
        HelperEnd, HelperEnded, HelperKind, HelperMay, HelperNamed, HouseholdCorrected, HouseholdRegistered, Identity,
        IdentityCheck, LeaveReason, LinkDecided, LinkDecision, MaritalStatus, MemberAdded, MemberLeft,
        MemberListStated, MergeLimit, MergeUndone, MessagePhone, PersonCorrected, PersonDetails, PersonsMerged,
        PhoneEntry, Provenance, RecordsJoined, RecordsParted, Relationship, Sex,
    },
    visits::VisitorSaid,
};
use std::collections::BTreeSet;

fn amina() -> PersonDetails {
    let (number, _) = IdentityNumber::parse(IdentityKind::Cnic, "17201-2345678-2").expect("a number");
    let card = Identity { number, check: IdentityCheck::PaperSeen, expires: Some(day("2030-01-31")) };
    PersonDetails {
        given: "Amina Bibi".to_owned(),
        father_or_husband: Some("Sher Zaman".to_owned()),
        sex: Some(Sex::Female),
        birth: Some(Birth::About(1988)),
        relationship: Some(Relationship::Head),
        marital_status: Some(MaritalStatus::Widowed),
        identities: vec![card],
    }
}

pub fn people() -> Vec<Event> {
    let phones = vec![PhoneEntry { number: "+923001234567".to_owned(), whose: None, may_message: true }];
    let reason = "as on the card".to_owned();
    vec![
        HouseholdRegistered { centre: "nowshera".into(), place: place(), phones: phones.clone() }.into(),
        HouseholdCorrected { place: place(), phones, reason: reason.clone() }.into(),
        MemberAdded { person: key(1), details: amina() }.into(),
        PersonCorrected { person: key(1), details: amina(), reason }.into(),
        MemberLeft { person: key(2), reason: LeaveReason::Death, on: day("2026-10-30") }.into(),
        MemberListStated { complete: true }.into(),
        ConsentStated {
            purpose: ConsentPurpose::Forward,
            given: true,
            by: Some(key(1)),
            how: ConsentHow::Thumb,
            language: Lang::Ps,
            phone: None,
        }
        .into(),
        ConsentStated {
            purpose: ConsentPurpose::Message,
            given: true,
            by: None,
            how: ConsentHow::Spoken,
            language: Lang::Ur,
            phone: Some(MessagePhone {
                number: "+923001234567".to_owned(),
                whose: "the neighbour's".to_owned(),
                seen_by: SeenBy::Others,
            }),
        }
        .into(),
        ErasureProposed { reason: "the family asked".to_owned() }.into(),
        ErasureWithdrawn {}.into(),
    ]
}

pub fn what_a_family_asks() -> Vec<Event> {
    let asked = CorrectionAsked {
        household: key(10),
        centre: "nowshera".into(),
        receipt: Some(key(13)),
        visit: None,
        field: CorrectionField::Birth,
        whose: Some("Bilal".to_owned()),
        should_be: "2012".to_owned(),
        why: "the B-Form says so".to_owned(),
        paper: None,
        seen: 4,
        protected: false,
        since: day("2026-11-02"),
        due: day("2026-11-23"),
    };
    let done = Corrected {
        version: 5,
        person: Some(key(2)),
        applications: vec![key(8)],
        pack: "cd".into(),
        moved: vec!["bisp-kafaalat".into()],
    };
    let named = HelperNamed {
        helper: key(15),
        name: "Gulalai".to_owned(),
        kind: HelperKind::HealthWorker,
        phone: Some("+923007654321".to_owned()),
        may: vec![HelperMay::Status, HelperMay::Papers],
        until: day("2027-02-28"),
        by: Some(key(1)),
        how: ConsentHow::Thumb,
        language: Lang::Ps,
    };
    vec![
        asked.into(),
        CorrectionAnswered { to: CorrectionState::Accepted, words: None, done: Some(done) }.into(),
        CorrectionAnswered { to: CorrectionState::Refused, words: Some("the card says 2011".to_owned()), done: None }
            .into(),
        named.into(),
        HelperEnded { helper: key(15), by: HelperEnd::Receipt }.into(),
        VisitorSaid { helper: Some(key(15)) }.into(),
    ]
}

fn answer(value: AnswerValue) -> Event {
    AnswerGiven {
        answer: key(3),
        person: Some(key(1)),
        fact: "person.monthly_income_pkr".to_owned(),
        value,
        provenance: Provenance::Said,
        said_by: None,
        shown_in: Lang::Ur,
        visit: Some(key(4)),
        replaces: vec![key(5)],
        reason: Some("said wrongly".to_owned()),
        protected: false,
    }
    .into()
}

pub fn answers_and_papers() -> Vec<Event> {
    let has = BTreeSet::from(["cow".to_owned(), "goat".to_owned()]);
    let file = FileCopy { hash: "ab".repeat(4), kind: FileKind::Jpeg, bytes: 1024 };
    vec![
        answer(AnswerValue::Bool(true)),
        answer(AnswerValue::Int(12_000)),
        answer(AnswerValue::Decimal(325)),
        answer(AnswerValue::Code("rented".to_owned())),
        answer(AnswerValue::Set { has, complete: true }),
        AnswerWithdrawn { answer: key(3), reason: "said wrongly".to_owned() }.into(),
        PaperRecorded {
            paper: key(6),
            kind: "cnic".to_owned(),
            person: Some(key(1)),
            state: PaperState::Present,
            expires: Some(day("2030-01-31")),
            file: Some(file),
            protected: false,
        }
        .into(),
        PaperTaskOpened { task: key(7), kind: "b_form".to_owned(), person: Some(key(2)), applications: vec![key(8)] }
            .into(),
        PaperTaskMoved { task: key(7), state: TaskState::Booked }.into(),
    ]
}

pub fn pairs() -> Vec<Event> {
    vec![
        LinkDecided {
            first: key(1),
            second: key(13),
            decision: LinkDecision::Same,
            kept: Some(key(1)),
            limits: vec![MergeLimit::OtherDistrict, MergeLimit::MuchAtStake],
            evidence: vec!["number_one_digit_off".to_owned(), "same_phone".to_owned()],
            reason: "the card was read wrongly in Dir".to_owned(),
        }
        .into(),
        PersonsMerged {
            kept: key(1),
            absorbed: key(13),
            proposed_by: key(9),
            approved_by: Some(key(11)),
            flagged: vec![key(8)],
        }
        .into(),
        MergeUndone { kept: key(1), absorbed: key(13), reason: "two sisters-in-law".to_owned() }.into(),
        RecordsJoined { kept: key(1), absorbed: key(13), link: key(14) }.into(),
        RecordsParted { absorbed: key(13), link: key(14) }.into(),
        ApplicationFlagLifted { fact: "person.joined@00000000-0000-0000-0000-00000000000d".to_owned() }.into(),
    ]
}
