//! Small parts that stories are made of.

use super::{INCOME, pack_hash};
use domain::{
    applications::{ApplicationMoved, ApplicationSubmitted, Calendar, Limits, ReceiptCode, Status},
    eligibility::{Outcome, VerdictCode},
    ids::{AnswerId, HouseholdId, PersonId, VisitId},
    language::Lang,
    papers::{FileCopy, FileKind, PaperRecorded, PaperState},
    people::{AnswerGiven, AnswerValue, Provenance},
};
use uuid::Uuid;

/// The code of the ordinary receipt.
pub fn code() -> ReceiptCode {
    ReceiptCode::from_random(0x0123_4567_89AB)
}

/// The code of the protected receipt.
pub fn protected_code() -> ReceiptCode {
    ReceiptCode::from_random(0x0BAD_CAFE_1234)
}

/// An answer about the household, or about one person.
pub fn answer(fact: &str, person: Option<PersonId>, value: AnswerValue, visit: VisitId) -> AnswerGiven {
    AnswerGiven {
        answer: AnswerId(Uuid::now_v7()),
        person,
        fact: fact.to_owned(),
        value,
        provenance: Provenance::Said,
        said_by: None,
        shown_in: Lang::Ur,
        visit: Some(visit),
        replaces: vec![],
        reason: None,
        protected: false,
    }
}

/// A verdict that may qualify.
pub fn verdict(programme: &str, person: PersonId, protected: bool) -> VerdictCode {
    VerdictCode { programme: programme.into(), outcome: Outcome::MayQualify, candidates: vec![person], protected }
}

/// An application of one person, in Nowshera.
pub fn application(
    programme: &str,
    operator: &str,
    household: HouseholdId,
    person: PersonId,
    visit: VisitId,
) -> ApplicationSubmitted {
    ApplicationSubmitted {
        household,
        person: Some(person),
        programme: programme.into(),
        operator: operator.into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: Some(visit),
        pack: pack_hash(),
        outcome: Outcome::MayQualify,
        verdict: serde_json::json!({ "rules": ["income"] }),
        facts_used: vec![INCOME.to_owned()],
        papers: vec!["cnic".to_owned()],
        missing_papers: vec![],
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: domain::Date::from_ymd_opt(2026, 12, 14).expect("a day"),
        protected: false,
    }
}

/// The desk forwards an application on the first day.
pub fn forward(submitted: &ApplicationSubmitted) -> ApplicationMoved {
    submitted.forward(crate::common::teller::first_day(), &Calendar::default())
}

/// A step of a department, with its words.
pub fn step(from: Status, to: Status, words: Option<&str>) -> ApplicationMoved {
    ApplicationMoved {
        from,
        to,
        clock: to.clock_owner(),
        since: crate::common::teller::first_day(),
        due: None,
        days_left: (to == Status::Returned).then_some(20),
        rule: None,
        words: words.map(str::to_owned),
        place: None,
        stead: None,
        granted: None,
    }
}

/// A paper that was seen, with its photograph.
pub fn paper(
    paper: domain::ids::PaperId,
    kind: &str,
    person: PersonId,
    hash: String,
    protected: bool,
) -> PaperRecorded {
    let file = FileCopy { hash, kind: FileKind::Png, bytes: 9 };
    PaperRecorded {
        paper,
        kind: kind.to_owned(),
        person: Some(person),
        state: PaperState::Present,
        expires: None,
        file: Some(file),
        protected,
    }
}
