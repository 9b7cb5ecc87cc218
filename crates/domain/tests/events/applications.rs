//! Examples of what departments are asked and answer.

use super::{day, key};
use domain::{
    access::{DeputyEnded, DeputyNamed},
    applications::{
        ApplicationFlagged, ApplicationMoved, ApplicationSubmitted, ClockOwner, DeliveryRecorded, DispatchAnswered,
        DispatchListed, GrantEvery, Granted, IdentityChecked, IdentityQuestion, IdentitySeen, Limits, ReceiptCode,
        ReceiptIssued, ReceiptReissued, Status,
    },
    eligibility::Outcome,
    event::Event,
    language::Lang,
    money::Paisa,
};

pub fn applications() -> Vec<Event> {
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
