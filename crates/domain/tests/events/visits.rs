//! Examples of the day at a centre.

use super::{day, key};
use domain::{
    eligibility::{Outcome, Screened, VerdictCode},
    event::Event,
    language::Lang,
    money::Paisa,
    visits::{
        Counter, DayClosed, DayCounts, HelpAsked, HouseholdFound, PackageChosen, Pick, QuestionLeft, SealStated,
        TokenCalled, TokenIssued, Topic, VisitCalled, VisitEnded, VisitHanded, VisitOutcome, VisitStated,
    },
};

pub fn visits() -> Vec<Event> {
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
