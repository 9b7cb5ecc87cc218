//! Examples of complaints, officers and service sites.

use super::{day, key};
use domain::{
    access::{
        OfficerAppointed, OfficerChanged, OpeningReason, Posting, ProtectedOpened, ProtectedOpeningSeen, Role,
        SecondStepReset,
    },
    applications::ReceiptCode,
    event::{Event, Redacted},
    grievances::{
        Appeal, By, Done, GrievanceFiled, GrievanceKind, GrievanceLimits, GrievanceMoved, GrievanceRecused,
        GrievanceSecretRenewed, GrievanceStatus, Holder, Subject,
    },
    language::Lang,
    money::Paisa,
    programmes::PackPublished,
    services::{
        Hours, PageTextCorrected, PageTextWithdrawn, Season, Service, SiteAdded, SiteClosed, SiteCorrected,
        SiteDetails, SiteKind, SiteReopened, Spoken, TextPart, TextSubject,
    },
};

pub fn grievances() -> Vec<Event> {
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

pub fn office() -> Vec<Event> {
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

pub fn services() -> Vec<Event> {
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
