//! A family says that something on file is wrong: with its receipt or at the desk; its centre corrects it or says why not.

pub mod answer;
pub mod asked;
pub mod case;
pub mod desk;
pub mod list;

use crate::{
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::people::{CORRECTION_DAYS, CorrectionAsking, CorrectionField, CorrectionRefused, MOST_CORRECTION};
use store::people::Asker;

/// The form of a request, as typed.
struct AskForm {
    fields: Vec<Choice>,
    whose: String,
    should_be: String,
    why: String,
    /// Working days until the answer.
    days: u32,
}

impl AskForm {
    fn typed(t: T, fields: &Fields) -> AskForm {
        let codes: Vec<&str> = CorrectionField::ALL.iter().map(|field| field.code()).collect();
        let text = |name: &str| fields.text(name).to_owned();
        AskForm {
            fields: Choice::codes(t, "correction-field", &codes, fields.text("field")),
            whose: text("whose"),
            should_be: text("should_be"),
            why: text("why"),
            days: CORRECTION_DAYS,
        }
    }
}

/// What a form asks for, about the family of a receipt.
fn asking(asker: Asker, fields: &Fields) -> CorrectionAsking {
    CorrectionAsking {
        household: asker.household,
        centre: asker.centre,
        seen: asker.version,
        receipt: Some(asker.receipt),
        visit: None,
        protected: asker.protected,
        field: fields.read("field").ok().flatten(),
        whose: fields.opt("whose"),
        should_be: fields.opt("should_be"),
        why: fields.opt("why"),
        paper: None,
    }
}

/// A refusal in the reader's language, at the field it is about.
fn refused(t: T, why: CorrectionRefused) -> Errors {
    use CorrectionRefused::*;
    match why {
        FieldMissing => Errors::one("field", t.m("correct-field-missing")),
        WhoseMissing => Errors::one("whose", t.m("correct-whose-missing")),
        ShouldBeMissing => Errors::one("should_be", t.m("correct-should-be-missing")),
        WhyMissing => Errors::one("why", t.m("correct-why-missing")),
        TooLong => Errors::one("main", t.a("correct-too-long", "count", MOST_CORRECTION)),
        AlreadyAsked => Errors::one("field", t.m("correct-already")),
        TooMany => Errors::one("main", t.m("correct-many")),
        Answered => Errors::one("main", t.m("correct-answered-before")),
        WordsMissing => Errors::one("words", t.m("correct-words-missing")),
        NothingCorrected => Errors::one("main", t.m("correct-nothing-changed")),
    }
}
