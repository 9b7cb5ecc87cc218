//! Who asks for a lost receipt: the questions of the form, what was answered, and how it reads in the history.

use crate::{
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::{
    applications::{IdentityChecked, IdentityQuestion, IdentityRefused, IdentitySeen, IdentityStated},
    people::Household,
};
use store::applications::PrintedAgain;

/// The form as it was sent, or fresh.
pub struct CheckForm {
    /// Which document was seen.
    pub seen: Vec<Choice>,
    /// Its last four digits.
    pub digits: String,
    /// Which questions were answered rightly.
    pub questions: Vec<Choice>,
    /// In the officer's words.
    pub words: String,
}

impl CheckForm {
    /// The form with what was sent.
    pub fn of(t: T, fields: &Fields) -> Self {
        let question = |question: &IdentityQuestion| Choice {
            value: question.code().to_owned(),
            text: t.code("again-question", question.code()),
            chosen: fields.is("questions", question.code()),
        };
        let seen = |seen: &IdentitySeen| Choice {
            value: seen.code().to_owned(),
            text: t.code("again-seen", seen.code()),
            chosen: fields.text("seen") == seen.code(),
        };
        CheckForm {
            seen: IdentitySeen::ALL.iter().map(seen).collect(),
            digits: fields.text("digits").to_owned(),
            questions: IdentityQuestion::ALL.iter().map(question).collect(),
            words: fields.text("identity_check").to_owned(),
        }
    }
}

/// The check as stated, decided against the family's file; with the officer's words.
pub fn checked(t: T, fields: &Fields, household: &Household) -> Result<(IdentityChecked, String), Errors> {
    let digits = linkage::text::ascii_digits(fields.text("digits"));
    let questions: Vec<IdentityQuestion> = fields.all("questions").iter().filter_map(|one| one.parse().ok()).collect();
    let numbers = household.present().flat_map(|member| &member.details.identities);
    let on_file: Vec<String> = numbers.map(|identity| identity.number.to_string()).collect();
    let words = fields.text("identity_check").trim().to_owned();
    let stated = IdentityStated {
        seen: fields.read::<IdentitySeen>("seen").ok().flatten(),
        digits: &digits,
        questions: &questions,
        words: &words,
        on_file: &on_file,
    };
    match IdentityChecked::decide(stated) {
        Ok(checked) => Ok((checked, words)),
        Err(why) => Err(refused(t, why)),
    }
}

fn refused(t: T, why: IdentityRefused) -> Errors {
    match why {
        IdentityRefused::SeenMissing => Errors::one("seen", t.m("again-seen-missing")),
        IdentityRefused::DigitsMissing => Errors::one("digits", t.m("again-digits-missing")),
        IdentityRefused::DigitsUnknown => Errors::one("digits", t.m("again-digits-unknown")),
        IdentityRefused::QuestionsFew => Errors::one("questions", t.m("again-questions-few")),
        IdentityRefused::WordsMissing => Errors::one("identity_check", t.m("again-words-missing")),
        IdentityRefused::WordsLong => {
            Errors::one("identity_check", t.a("receipt-check-long", "count", IdentityChecked::LONGEST))
        }
    }
}

/// A check as the history of a receipt tells it.
pub fn told(t: T, again: &PrintedAgain) -> String {
    let check = &again.check;
    let mut parts = vec![t.code("again-seen", check.seen.code())];
    parts.extend(check.digits.as_ref().map(|digits| t.a("again-digits-told", "digits", digits)));
    parts.extend(check.questions.iter().map(|question| t.code("again-question", question.code())));
    parts.extend(Some(again.words.clone()).filter(|words| !words.is_empty()));
    parts.join(" · ")
}
