//! The journal's format: one example of each kind of event, as it is written and as it was ever written.
//!
//! A line that changes here is a journal that older releases wrote and this one can no longer read. Raise the event's
//! format and lift the old one instead.

use domain::{
    access::{
        DeputyEnded, DeputyNamed, OfficerAppointed, OfficerChanged, OpeningReason, Posting, ProtectedOpened,
        ProtectedOpeningSeen, Role, SecondStepReset,
    },
    applications::{
        ApplicationFlagLifted, ApplicationFlagged, ApplicationMoved, ApplicationSubmitted, ClockOwner,
        DeliveryRecorded, DispatchAnswered, DispatchListed, GrantEvery, Granted, IdentityChecked, IdentityQuestion,
        IdentitySeen, Limits, ReceiptCode, ReceiptIssued, ReceiptReissued, Status,
    },
    eligibility::{Outcome, Screened, VerdictCode},
    event::{Event, FORMAT, Redacted},
    grievances::{
        Appeal, By, Done, GrievanceFiled, GrievanceKind, GrievanceLimits, GrievanceMoved, GrievanceRecused,
        GrievanceSecretRenewed, GrievanceStatus, Holder, Subject,
    },
    identity::{IdentityKind, IdentityNumber},
    language::Lang,
    messages::SeenBy,
    money::Paisa,
    papers::{FileCopy, FileKind, PaperRecorded, PaperState, PaperTaskMoved, PaperTaskOpened, TaskState},
    payments::{Period, Purpose},
    people::{
        AnswerGiven, AnswerValue, AnswerWithdrawn, Birth, ConsentHow, ConsentPurpose, ConsentStated, Corrected,
        CorrectionAnswered, CorrectionAsked, CorrectionField, CorrectionState, ErasureProposed, ErasureWithdrawn,
        Gives, HelperEnd, HelperEnded, HelperKind, HelperMay, HelperNamed, HouseholdCorrected, HouseholdRegistered,
        Identity, IdentityCheck, ImportCancelled, ImportFinished, ImportOpened, LeaveReason, LinkDecided, LinkDecision,
        ListField, ListHead, ListMapping, ListedConfirmed, ListedDecided, ListedMatched, ListedTakenBack,
        MaritalStatus, MemberAdded, MemberLeft, MemberListStated, MergeLimit, MergeUndone, MessagePhone,
        PersonCorrected, PersonDetails, PersonsMerged, PhoneEntry, Place, Provenance, RecordsJoined, RecordsParted,
        Relationship, RowDecision, RowLimit, RowsAccepted, Sex, Tally,
    },
    programmes::PackPublished,
    services::{
        Hours, PageTextCorrected, PageTextWithdrawn, Season, Service, SiteAdded, SiteClosed, SiteCorrected,
        SiteDetails, SiteKind, SiteReopened, Spoken, TextPart, TextSubject,
    },
    visits::{
        Counter, DayClosed, DayCounts, HelpAsked, HouseholdFound, PackageChosen, Pick, QuestionLeft, SealStated,
        TokenCalled, TokenIssued, Topic, VisitCalled, VisitEnded, VisitHanded, VisitOutcome, VisitStated, VisitorSaid,
    },
};
use expect_test::expect;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A key that ends in a number, so that the examples stay readable.
fn key<I: From<Uuid>>(number: u128) -> I {
    I::from(Uuid::from_u128(number))
}

fn day(text: &str) -> domain::Date {
    text.parse().expect("a day")
}

fn place() -> Place {
    Place {
        district: "nowshera".into(),
        province_permanent: Some("kp".to_owned()),
        tehsil: None,
        union_council: Some("Pabbi 2".to_owned()),
        village: Some("Pabbi".to_owned()),
        directions: None,
    }
}

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

fn people() -> Vec<Event> {
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

fn what_a_family_asks() -> Vec<Event> {
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

fn answers_and_papers() -> Vec<Event> {
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

fn pairs() -> Vec<Event> {
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

fn visits() -> Vec<Event> {
    let pick = Pick { programme: "bisp-kafaalat".into(), person: Some(key(1)) };
    let verdict = VerdictCode {
        programme: "bisp-kafaalat".into(),
        outcome: Outcome::MayQualify,
        candidates: vec![key(1)],
        protected: false,
    };
    vec![
        TokenIssued {
            centre: "nowshera".into(),
            number: 12,
            counter: Counter::Women,
            language: Lang::Ps,
            topic: Topic::Help,
        }
        .into(),
        VisitCalled { officer: key(9) }.into(),
        HouseholdFound { household: key(10), reason: Some("moved here".to_owned()) }.into(),
        QuestionLeft { fact: "household.owns_land".to_owned(), person: None }.into(),
        HelpAsked { fact: "person.needs_safe_place".to_owned() }.into(),
        Screened {
            household: key(10),
            pack: "cd".into(),
            on: day("2026-11-02"),
            facts: "ef".to_owned(),
            verdicts: vec![verdict],
        }
        .into(),
        PackageChosen { picks: vec![pick] }.into(),
        VisitEnded { outcome: VisitOutcome::Receipt }.into(),
        TokenCalled { officer: key(9), desk: 3 }.into(),
        VisitHanded { desk: 5, note: "the B-Form is missing".to_owned() }.into(),
        VisitStated { served_by: "Saima, desk 2".to_owned(), form: Some("NSR-7".to_owned()) }.into(),
        day_closed().into(),
    ]
}

fn day_closed() -> DayClosed {
    let counts = DayCounts {
        tokens: 4,
        outcomes: [(VisitOutcome::Receipt, 2), (VisitOutcome::Left, 1)].into(),
        open: 1,
        families: 1,
        applications: [("bisp-kafaalat".into(), 2)].into(),
        papers: 3,
        receipts: 2,
        money: Paisa(1_450_000),
        later: 1,
    };
    let seal = Some(SealStated { number: 7, hash: "abab".to_owned() });
    DayClosed { centre: "nowshera".into(), day: day("2026-11-02"), counts, seal }
}

fn applications() -> Vec<Event> {
    let code = ReceiptCode::from_random(0x0123_4567_89AB);
    vec![
        submitted().into(),
        ApplicationMoved {
            from: Status::UnderReview,
            to: Status::Rejected,
            clock: ClockOwner::Nobody,
            since: day("2026-11-02"),
            due: Some(day("2026-11-30")),
            days_left: Some(20),
            rule: Some("income".to_owned()),
            words: Some("The income is above the limit.".to_owned()),
            place: Some(4),
            stead: None,
            granted: None,
        }
        .into(),
        ApplicationMoved {
            from: Status::UnderReview,
            to: Status::Approved,
            clock: ClockOwner::Department,
            since: day("2026-11-02"),
            due: None,
            days_left: None,
            rule: None,
            words: None,
            place: None,
            stead: None,
            granted: Some(Granted {
                amount: Some((Paisa(1_450_000), GrantEvery::Quarter)),
                from: Some(day("2026-12-01")),
            }),
        }
        .into(),
        ApplicationFlagged { fact: "household.monthly_income_pkr".to_owned(), reason: "corrected".to_owned() }.into(),
        DeliveryRecorded { amount: Some(Paisa(1_450_000)), what: "cash".to_owned(), on: day("2026-11-02") }.into(),
        ReceiptIssued {
            code,
            secret_hash: "ab".to_owned(),
            visit: Some(key(4)),
            household: key(10),
            applications: vec![key(8)],
            protected: false,
            language: Lang::Ur,
        }
        .into(),
        ReceiptReissued { secret_hash: "cd".to_owned(), identity_check: "card seen".to_owned(), check: None }.into(),
        ReceiptReissued {
            secret_hash: "cd".to_owned(),
            identity_check: String::new(),
            check: Some(IdentityChecked {
                seen: IdentitySeen::Cnic,
                digits: Some("6782".to_owned()),
                questions: vec![],
            }),
        }
        .into(),
        ReceiptReissued {
            secret_hash: "cd".to_owned(),
            identity_check: "the family's neighbour came along".to_owned(),
            check: Some(IdentityChecked {
                seen: IdentitySeen::Questions,
                digits: None,
                questions: vec![IdentityQuestion::Father, IdentityQuestion::Members],
            }),
        }
        .into(),
        DispatchListed {
            number: 4,
            centre: "nowshera".into(),
            operator: "eobi".into(),
            district: "nowshera".into(),
            applications: vec![key(8)],
        }
        .into(),
        DispatchAnswered { application: key(8), to: Status::Approved, dated: day("2026-11-20") }.into(),
        DeputyNamed {
            officer: key(9),
            deputy: key(14),
            operator: "bisp".into(),
            district: "nowshera".into(),
            from: day("2026-12-01"),
            until: day("2026-12-10"),
        }
        .into(),
        DeputyEnded {}.into(),
    ]
}

fn submitted() -> ApplicationSubmitted {
    ApplicationSubmitted {
        household: key(10),
        person: Some(key(1)),
        programme: "bisp-kafaalat".into(),
        operator: "bisp".into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: Some(key(4)),
        pack: "cd".into(),
        outcome: Outcome::MayQualify,
        verdict: serde_json::json!({ "rules": ["income"] }),
        facts_used: vec!["household.monthly_income_pkr".to_owned()],
        papers: vec!["cnic".to_owned(), "b_form".to_owned()],
        missing_papers: vec!["b_form".to_owned()],
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: day("2026-12-14"),
        protected: false,
    }
}

fn grievances() -> Vec<Event> {
    let filed = GrievanceFiled {
        code: ReceiptCode::from_random(0x0ACE_0ACE_0ACE),
        secret_hash: "ab".to_owned(),
        kind: GrievanceKind::Deduction,
        subject: Subject::Application,
        district: "nowshera".into(),
        centre: Some("nowshera".into()),
        operator: Some("bisp".into()),
        programme: Some("bisp-kafaalat".into()),
        application: Some(key(8)),
        household: Some(key(10)),
        receipt: Some(key(13)),
        officer_named: Some("the agent in the bazaar".to_owned()),
        about: vec![key(9)],
        amount: Some(Paisa(50_000)),
        words: Some("He kept 500 rupees.".to_owned()),
        name: Some("Amina Bibi".to_owned()),
        phone: Some("+923001234567".to_owned()),
        protected: false,
        appeal: false,
        language: Lang::Ps,
        limits: GrievanceLimits { assign: 3, answer: 30, citizen: 15 },
        since: day("2026-11-02"),
        due: day("2026-11-05"),
        answer_by: day("2026-12-14"),
    };
    let moved = GrievanceMoved {
        from: GrievanceStatus::Assigned,
        to: GrievanceStatus::Answered,
        by: By::Office,
        holder: Holder::Citizen,
        since: day("2026-11-10"),
        due: Some(day("2026-12-01")),
        officer: Some(key(14)),
        department: false,
        done: Some(Done::PaidBack),
        words: Some("The agent gave it back.".to_owned()),
        appeal: Some(Appeal::Upheld),
        route: Some("federal-ombudsman".to_owned()),
    };
    let renewed = GrievanceSecretRenewed { secret_hash: "ef".to_owned(), identity_check: "card seen".to_owned() };
    vec![filed.into(), moved.into(), GrievanceRecused { officer: key(14) }.into(), renewed.into()]
}

fn office() -> Vec<Event> {
    let posting = Posting { centre: Some("nowshera".into()), district: Some("nowshera".into()), operator: None };
    vec![
        OfficerAppointed {
            login: "clerk.nsr".to_owned(),
            name: "Clerk, Nowshera".to_owned(),
            roles: vec![Role::RegistrationClerk],
            posting: posting.clone(),
        }
        .into(),
        OfficerChanged { roles: vec![Role::SocialWorker], posting, active: true, reason: "another duty".to_owned() }
            .into(),
        SecondStepReset { reason: "the phone is lost".to_owned() }.into(),
        ProtectedOpened {
            household: key(10),
            district: "nowshera".into(),
            why: OpeningReason::Danger,
            words: "she is at the door".to_owned(),
            until: "2026-11-22T04:30:00Z".parse().expect("an instant"),
        }
        .into(),
        ProtectedOpeningSeen {}.into(),
        PackPublished { hash: "cd".into(), bundle: "ef".to_owned(), title: "Pakistan".to_owned(), programmes: 77 }
            .into(),
        Redacted { position: 42, reason: "the wrong person".to_owned(), officers: (key(11), key(12)), kept: None }
            .into(),
    ]
}

fn lists() -> Vec<Event> {
    let tally = Tally { new: 1, matched: 2, review: 3, refused: 4 };
    let list = ListHead {
        source: "District Zakat Committee Nowshera".to_owned(),
        title: "Guzara 2026".to_owned(),
        operator: Some("kp-zakat".into()),
        programme: Some("kpz-guzara".into()),
        district: Some("nowshera".into()),
        stated_on: day("2026-10-01"),
        gives: Gives { purpose: Purpose::Cash, amount: Some(Paisa(1_200_000)), per: Some(Period::HalfYear) },
    };
    vec![
        ImportOpened {
            list,
            file: "abab".to_owned(),
            file_name: "guzara.xlsx".to_owned(),
            mapping: ListMapping([(ListField::Given, "Name".to_owned())].into()),
            head: vec!["S.No".to_owned(), "Name".to_owned()],
            batch_rows: 2_000,
            matched_by: "people 1".to_owned(),
        }
        .into(),
        RowsAccepted { batch: 1, rows: "cdcd".to_owned(), tally }.into(),
        ImportFinished { tally }.into(),
        ImportCancelled { reason: "the wrong file".to_owned() }.into(),
        ListedMatched { person: key(1), reason: "same card".to_owned() }.into(),
        ListedDecided {
            decision: RowDecision::Same,
            person: Some(key(1)),
            limits: vec![RowLimit::OtherDistrict, RowLimit::OwnImport],
            followers: vec![key(2)],
            evidence: vec!["same_number".to_owned()],
            reason: "same card".to_owned(),
        }
        .into(),
        ListedDecided {
            decision: RowDecision::Refused,
            person: None,
            limits: vec![],
            followers: vec![],
            evidence: vec![],
            reason: "a shop".to_owned(),
        }
        .into(),
        ListedConfirmed { person: key(1), proposed_by: key(2), followers: vec![] }.into(),
        ListedTakenBack { person: Some(key(1)), followers: vec![key(2)], reason: "another woman".to_owned() }.into(),
    ]
}

fn site() -> SiteDetails {
    let mut hours = Hours::default();
    hours.days[4] = Hours::read_day("9:00-12:30, 14:00-17:00").expect("hours");
    SiteDetails {
        kind: SiteKind::Shelter,
        services: [Service::NightShelter, Service::Meals].into(),
        name: [(Lang::En, "Panahgah".to_owned()), (Lang::Ur, "پناہ گاہ".to_owned())].into(),
        address: [(Lang::En, "behind the bus stand".to_owned())].into(),
        note: Default::default(),
        district: "nowshera".into(),
        point: Some("34.0158, 71.9812".parse().expect("a point")),
        phone: Some("0923 000 000".to_owned()),
        hours: Some(hours),
        season: None,
        spoken: [Spoken::Pashto].into(),
        capacity: Some(100),
        centre: None,
        demo: true,
    }
}

fn season() -> Season {
    Season { from: day("2027-02-08"), until: day("2027-03-09"), hours: Hours::default() }
}

fn services() -> Vec<Event> {
    let reason = "it moved".to_owned();
    vec![
        SiteAdded { details: site() }.into(),
        SiteCorrected { details: SiteDetails { season: Some(season()), ..site() }, reason: reason.clone() }.into(),
        SiteClosed { on: day("2026-11-22"), reason: reason.clone() }.into(),
        SiteReopened { reason: reason.clone() }.into(),
        PageTextCorrected {
            subject: TextSubject::Situation,
            name: "illness".to_owned(),
            part: TextPart::Notice,
            words: [(Lang::Ps, "دفتر بدل شو".to_owned())].into(),
            reason: reason.clone(),
        }
        .into(),
        PageTextWithdrawn { reason }.into(),
    ]
}

fn every_kind() -> Vec<Event> {
    [
        people(),
        what_a_family_asks(),
        lists(),
        answers_and_papers(),
        pairs(),
        visits(),
        applications(),
        grievances(),
        services(),
        office(),
    ]
    .concat()
}

#[test]
fn there_is_an_example_of_every_kind() {
    let shown: BTreeSet<&str> = every_kind().iter().map(Event::kind).collect();
    assert_eq!(shown, Event::KINDS.iter().copied().collect());
}

#[test]
fn every_event_is_read_back_as_it_was_written() {
    for event in every_kind() {
        let read = Event::decode(event.kind(), FORMAT, &event.payload()).expect("readable");
        assert_eq!(read, event);
    }
}

#[test]
fn an_event_of_another_release_is_refused_with_the_next_step() {
    let refused = Event::decode("member-list-stated", FORMAT + 1, "{}").expect_err("refused").to_string();
    expect![[r#"The journal holds a "member-list-stated" event of version 2 that this release does not know. Upgrade onewindow."#]].assert_eq(&refused);
    let refused = Event::decode("member-list-stated", FORMAT, "{}").expect_err("refused").to_string();
    expect![[r#"A "member-list-stated" event cannot be read: missing field `complete` at line 1 column 2. Restore the journal from a backup."#]].assert_eq(&refused);
}

#[test]
fn the_format_of_every_kind_stands() {
    let lines: String = every_kind().iter().map(|event| format!("{} {}\n", event.kind(), event.payload())).collect();
    expect![[r#"
        household-registered {"centre":"nowshera","place":{"district":"nowshera","province_permanent":"kp","tehsil":null,"union_council":"Pabbi 2","village":"Pabbi","directions":null},"phones":[{"number":"+923001234567","whose":null,"may_message":true}]}
        household-corrected {"place":{"district":"nowshera","province_permanent":"kp","tehsil":null,"union_council":"Pabbi 2","village":"Pabbi","directions":null},"phones":[{"number":"+923001234567","whose":null,"may_message":true}],"reason":"as on the card"}
        member-added {"person":"00000000-0000-0000-0000-000000000001","details":{"given":"Amina Bibi","father_or_husband":"Sher Zaman","sex":"female","birth":"~1988","relationship":"head","marital_status":"widowed","identities":[{"number":{"kind":"cnic","digits":"1720123456782"},"check":"paper_seen","expires":"2030-01-31"}]}}
        person-corrected {"person":"00000000-0000-0000-0000-000000000001","details":{"given":"Amina Bibi","father_or_husband":"Sher Zaman","sex":"female","birth":"~1988","relationship":"head","marital_status":"widowed","identities":[{"number":{"kind":"cnic","digits":"1720123456782"},"check":"paper_seen","expires":"2030-01-31"}]},"reason":"as on the card"}
        member-left {"person":"00000000-0000-0000-0000-000000000002","reason":"death","on":"2026-10-30"}
        member-list-stated {"complete":true}
        consent-stated {"purpose":"forward","given":true,"by":"00000000-0000-0000-0000-000000000001","how":"thumb","language":"ps"}
        consent-stated {"purpose":"message","given":true,"by":null,"how":"spoken","language":"ur","phone":{"number":"+923001234567","whose":"the neighbour's","seen_by":"others"}}
        erasure-proposed {"reason":"the family asked"}
        erasure-withdrawn {}
        correction-asked {"household":"00000000-0000-0000-0000-00000000000a","centre":"nowshera","receipt":"00000000-0000-0000-0000-00000000000d","visit":null,"field":"birth","whose":"Bilal","should_be":"2012","why":"the B-Form says so","paper":null,"seen":4,"protected":false,"since":"2026-11-02","due":"2026-11-23"}
        correction-answered {"to":"accepted","words":null,"done":{"version":5,"person":"00000000-0000-0000-0000-000000000002","applications":["00000000-0000-0000-0000-000000000008"],"pack":"cd","moved":["bisp-kafaalat"]}}
        correction-answered {"to":"refused","words":"the card says 2011","done":null}
        helper-named {"helper":"00000000-0000-0000-0000-00000000000f","name":"Gulalai","kind":"lady_health_worker","phone":"+923007654321","may":["status","papers"],"until":"2027-02-28","by":"00000000-0000-0000-0000-000000000001","how":"thumb","language":"ps"}
        helper-ended {"helper":"00000000-0000-0000-0000-00000000000f","by":"receipt"}
        visitor-said {"helper":"00000000-0000-0000-0000-00000000000f"}
        import-opened {"list":{"source":"District Zakat Committee Nowshera","title":"Guzara 2026","operator":"kp-zakat","programme":"kpz-guzara","district":"nowshera","stated_on":"2026-10-01","gives":{"purpose":"cash","amount":1200000,"per":"half_year"}},"file":"abab","file_name":"guzara.xlsx","mapping":{"given":"Name"},"head":["S.No","Name"],"batch_rows":2000,"matched_by":"people 1"}
        rows-accepted {"batch":1,"rows":"cdcd","tally":{"new":1,"matched":2,"review":3,"refused":4}}
        import-finished {"tally":{"new":1,"matched":2,"review":3,"refused":4}}
        import-cancelled {"reason":"the wrong file"}
        listed-matched {"person":"00000000-0000-0000-0000-000000000001","reason":"same card"}
        listed-decided {"decision":"same","person":"00000000-0000-0000-0000-000000000001","limits":["other_district","own_import"],"followers":["00000000-0000-0000-0000-000000000002"],"evidence":["same_number"],"reason":"same card"}
        listed-decided {"decision":"refused","person":null,"reason":"a shop"}
        listed-confirmed {"person":"00000000-0000-0000-0000-000000000001","proposed_by":"00000000-0000-0000-0000-000000000002"}
        listed-taken-back {"person":"00000000-0000-0000-0000-000000000001","followers":["00000000-0000-0000-0000-000000000002"],"reason":"another woman"}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"bool":true},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"int":12000},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"decimal":325},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"code":"rented"},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"set":{"has":["cow","goat"],"complete":true}},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-withdrawn {"answer":"00000000-0000-0000-0000-000000000003","reason":"said wrongly"}
        paper-recorded {"paper":"00000000-0000-0000-0000-000000000006","kind":"cnic","person":"00000000-0000-0000-0000-000000000001","state":"present","expires":"2030-01-31","file":{"hash":"abababab","kind":"jpeg","bytes":1024},"protected":false}
        paper-task-opened {"task":"00000000-0000-0000-0000-000000000007","kind":"b_form","person":"00000000-0000-0000-0000-000000000002","applications":["00000000-0000-0000-0000-000000000008"]}
        paper-task-moved {"task":"00000000-0000-0000-0000-000000000007","state":"booked"}
        link-decided {"first":"00000000-0000-0000-0000-000000000001","second":"00000000-0000-0000-0000-00000000000d","decision":"same","kept":"00000000-0000-0000-0000-000000000001","limits":["other_district","much_at_stake"],"evidence":["number_one_digit_off","same_phone"],"reason":"the card was read wrongly in Dir"}
        persons-merged {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","proposed_by":"00000000-0000-0000-0000-000000000009","approved_by":"00000000-0000-0000-0000-00000000000b","flagged":["00000000-0000-0000-0000-000000000008"]}
        merge-undone {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","reason":"two sisters-in-law"}
        records-joined {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","link":"00000000-0000-0000-0000-00000000000e"}
        records-parted {"absorbed":"00000000-0000-0000-0000-00000000000d","link":"00000000-0000-0000-0000-00000000000e"}
        application-flag-lifted {"fact":"person.joined@00000000-0000-0000-0000-00000000000d"}
        token-issued {"centre":"nowshera","number":12,"counter":"women","language":"ps","topic":"help"}
        visit-called {"officer":"00000000-0000-0000-0000-000000000009"}
        household-found {"household":"00000000-0000-0000-0000-00000000000a","reason":"moved here"}
        question-left {"fact":"household.owns_land","person":null}
        help-asked {"fact":"person.needs_safe_place"}
        screened {"household":"00000000-0000-0000-0000-00000000000a","pack":"cd","on":"2026-11-02","facts":"ef","verdicts":[{"programme":"bisp-kafaalat","outcome":"may_qualify","candidates":["00000000-0000-0000-0000-000000000001"],"protected":false}]}
        package-chosen {"picks":[{"programme":"bisp-kafaalat","person":"00000000-0000-0000-0000-000000000001"}]}
        visit-ended {"outcome":"receipt"}
        token-called {"officer":"00000000-0000-0000-0000-000000000009","desk":3}
        visit-handed {"desk":5,"note":"the B-Form is missing"}
        visit-stated {"served_by":"Saima, desk 2","form":"NSR-7"}
        day-closed {"centre":"nowshera","day":"2026-11-02","counts":{"tokens":4,"outcomes":{"receipt":2,"left":1},"open":1,"families":1,"applications":{"bisp-kafaalat":2},"papers":3,"receipts":2,"money":1450000,"later":1},"seal":{"number":7,"hash":"abab"}}
        application-submitted {"household":"00000000-0000-0000-0000-00000000000a","person":"00000000-0000-0000-0000-000000000001","programme":"bisp-kafaalat","operator":"bisp","district":"nowshera","centre":"nowshera","visit":"00000000-0000-0000-0000-000000000004","pack":"cd","outcome":"may_qualify","verdict":{"rules":["income"]},"facts_used":["household.monthly_income_pkr"],"papers":["cnic","b_form"],"missing_papers":["b_form"],"limits":{"acknowledge":3,"complete_or_return":7,"decide":30},"promised":"2026-12-14","protected":false}
        application-moved {"from":"under_review","to":"rejected","clock":"nobody","since":"2026-11-02","due":"2026-11-30","days_left":20,"rule":"income","words":"The income is above the limit.","place":4}
        application-moved {"from":"under_review","to":"approved","clock":"department","since":"2026-11-02","due":null,"days_left":null,"rule":null,"words":null,"place":null,"granted":{"amount":[1450000,"quarter"],"from":"2026-12-01"}}
        application-flagged {"fact":"household.monthly_income_pkr","reason":"corrected"}
        delivery-recorded {"amount":1450000,"what":"cash","on":"2026-11-02"}
        receipt-issued {"code":"BD2FP2D41V","secret_hash":"ab","visit":"00000000-0000-0000-0000-000000000004","household":"00000000-0000-0000-0000-00000000000a","applications":["00000000-0000-0000-0000-000000000008"],"protected":false,"language":"ur"}
        receipt-reissued {"secret_hash":"cd","identity_check":"card seen"}
        receipt-reissued {"secret_hash":"cd","identity_check":"","check":{"seen":"cnic","digits":"6782"}}
        receipt-reissued {"secret_hash":"cd","identity_check":"the family's neighbour came along","check":{"seen":"questions","questions":["father","members"]}}
        dispatch-listed {"number":4,"centre":"nowshera","operator":"eobi","district":"nowshera","applications":["00000000-0000-0000-0000-000000000008"]}
        dispatch-answered {"application":"00000000-0000-0000-0000-000000000008","to":"approved","dated":"2026-11-20"}
        deputy-named {"officer":"00000000-0000-0000-0000-000000000009","deputy":"00000000-0000-0000-0000-00000000000e","operator":"bisp","district":"nowshera","from":"2026-12-01","until":"2026-12-10"}
        deputy-ended {}
        grievance-filed {"code":"EP2WC5RSAK","secret_hash":"ab","kind":"deduction","subject":"application","district":"nowshera","centre":"nowshera","operator":"bisp","programme":"bisp-kafaalat","application":"00000000-0000-0000-0000-000000000008","household":"00000000-0000-0000-0000-00000000000a","receipt":"00000000-0000-0000-0000-00000000000d","officer_named":"the agent in the bazaar","about":["00000000-0000-0000-0000-000000000009"],"amount":50000,"words":"He kept 500 rupees.","name":"Amina Bibi","phone":"+923001234567","protected":false,"appeal":false,"language":"ps","limits":{"assign":3,"answer":30,"citizen":15},"since":"2026-11-02","due":"2026-11-05","answer_by":"2026-12-14"}
        grievance-moved {"from":"assigned","to":"answered","by":"office","holder":"citizen","since":"2026-11-10","due":"2026-12-01","officer":"00000000-0000-0000-0000-00000000000e","department":false,"done":"paid_back","words":"The agent gave it back.","appeal":"upheld","route":"federal-ombudsman"}
        grievance-recused {"officer":"00000000-0000-0000-0000-00000000000e"}
        grievance-secret-renewed {"secret_hash":"ef","identity_check":"card seen"}
        site-added {"details":{"kind":"shelter","services":["night_shelter","meals"],"name":{"en":"Panahgah","ur":"پناہ گاہ"},"address":{"en":"behind the bus stand"},"district":"nowshera","point":{"lat":34015800,"lon":71981200},"phone":"0923 000 000","hours":{"days":[[],[],[],[],[{"from":540,"to":750},{"from":840,"to":1020}],[],[]]},"spoken":["pashto"],"capacity":100,"demo":true}}
        site-corrected {"details":{"kind":"shelter","services":["night_shelter","meals"],"name":{"en":"Panahgah","ur":"پناہ گاہ"},"address":{"en":"behind the bus stand"},"district":"nowshera","point":{"lat":34015800,"lon":71981200},"phone":"0923 000 000","hours":{"days":[[],[],[],[],[{"from":540,"to":750},{"from":840,"to":1020}],[],[]]},"season":{"from":"2027-02-08","until":"2027-03-09","hours":{"days":[[],[],[],[],[],[],[]]}},"spoken":["pashto"],"capacity":100,"demo":true},"reason":"it moved"}
        site-closed {"on":"2026-11-22","reason":"it moved"}
        site-reopened {"reason":"it moved"}
        page-text-corrected {"subject":"situation","name":"illness","part":"notice","words":{"ps":"دفتر بدل شو"},"reason":"it moved"}
        page-text-withdrawn {"reason":"it moved"}
        officer-appointed {"login":"clerk.nsr","name":"Clerk, Nowshera","roles":["registration_clerk"],"posting":{"centre":"nowshera","district":"nowshera","operator":null}}
        officer-changed {"roles":["social_worker"],"posting":{"centre":"nowshera","district":"nowshera","operator":null},"active":true,"reason":"another duty"}
        second-step-reset {"reason":"the phone is lost"}
        protected-opened {"household":"00000000-0000-0000-0000-00000000000a","district":"nowshera","why":"danger","words":"she is at the door","until":"2026-11-22T04:30:00Z"}
        protected-opening-seen {}
        pack-published {"hash":"cd","bundle":"ef","title":"Pakistan","programmes":77}
        redacted {"position":42,"reason":"the wrong person","officers":["00000000-0000-0000-0000-00000000000b","00000000-0000-0000-0000-00000000000c"]}
    "#]].assert_eq(&lines);
}
