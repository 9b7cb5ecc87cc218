//! Examples of lists that other offices send.

use super::{day, key};
use domain::{
    event::Event,
    money::Paisa,
    payments::{Period, Purpose},
    people::{
        Gives, ImportCancelled, ImportFinished, ImportOpened, ListField, ListHead, ListMapping, ListedConfirmed,
        ListedDecided, ListedMatched, ListedTakenBack, RowDecision, RowLimit, RowsAccepted, Tally,
    },
};

pub fn lists() -> Vec<Event> {
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
