//! Who asks for a lost receipt: which document was seen, or which questions were answered. Without one of the two a receipt
//! is not printed again, because whoever holds it reads where a family's applications stand.

use crate::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// What an officer looked at, or asked.
    IdentitySeen {
        /// The identity card, with the face compared.
        Cnic = "cnic",
        /// The B-Form or child registration certificate.
        BForm = "b_form",
        /// The Proof of Registration card of an Afghan refugee.
        PorCard = "por_card",
        /// Another paper, named in words.
        OtherPaper = "other_paper",
        /// No paper: two questions that only the family can answer.
        Questions = "questions",
    }
}

codes! {
    /// A question that only the family can answer; the officer compares the answer with the file.
    IdentityQuestion {
        /// The father's or husband's name.
        Father = "father",
        /// The date or year of birth of a member.
        Birth = "birth",
        /// The village and how to find the house.
        Village = "village",
        /// The names of the other members.
        Members = "members",
        /// The phone number on file.
        Phone = "phone",
        /// What was applied for, and about when.
        Programmes = "programmes",
    }
}

/// How it was checked who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityChecked {
    /// What was seen or asked.
    pub seen: IdentitySeen,
    /// The last four digits of the document's number; never more of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<String>,
    /// The questions that were answered rightly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<IdentityQuestion>,
}

/// What an officer states about the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityStated<'a> {
    /// What was seen or asked.
    pub seen: Option<IdentitySeen>,
    /// The last four digits, as ASCII.
    pub digits: &'a str,
    /// The questions answered rightly.
    pub questions: &'a [IdentityQuestion],
    /// In the officer's words.
    pub words: &'a str,
    /// The numbers of documents on the family's file.
    pub on_file: &'a [String],
}

/// Why a check does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityRefused {
    /// Nothing chosen.
    #[error("Choose which document you saw, or that you asked questions.")]
    SeenMissing,
    /// No digits.
    #[error("Write the last four digits of the document.")]
    DigitsMissing,
    /// Digits of nobody in the family.
    #[error("No document on this family's file ends so. Compare the digits, or ask two questions.")]
    DigitsUnknown,
    /// Fewer than two questions.
    #[error("Tick at least two questions that were answered rightly.")]
    QuestionsFew,
    /// A paper without a name.
    #[error("Write which paper you saw.")]
    WordsMissing,
    /// Too long.
    #[error("Write it in at most 300 characters.")]
    WordsLong,
}

impl IdentityChecked {
    /// The longest words about a check, in characters.
    pub const LONGEST: usize = 300;
    /// Questions that must have been answered rightly.
    pub const QUESTIONS: usize = 2;

    /// Decides whether the check does. The digits of a card or form must be those of a document on the family's file,
    /// where there is any; another paper is named in words.
    pub fn decide(stated: IdentityStated<'_>) -> Result<Self, IdentityRefused> {
        let seen = stated.seen.ok_or(IdentityRefused::SeenMissing)?;
        if stated.words.chars().count() > Self::LONGEST {
            return Err(IdentityRefused::WordsLong);
        }
        let mut checked = IdentityChecked { seen, digits: None, questions: Vec::new() };
        match seen {
            IdentitySeen::Cnic | IdentitySeen::BForm | IdentitySeen::PorCard => {
                checked.digits = Some(last_four(stated.digits, stated.on_file)?);
            }
            IdentitySeen::OtherPaper if stated.words.trim().is_empty() => return Err(IdentityRefused::WordsMissing),
            IdentitySeen::OtherPaper => {}
            IdentitySeen::Questions => {
                checked.questions = stated.questions.to_vec();
                checked.questions.sort_unstable();
                checked.questions.dedup();
                if checked.questions.len() < Self::QUESTIONS {
                    return Err(IdentityRefused::QuestionsFew);
                }
            }
        }
        Ok(checked)
    }
}

fn last_four(typed: &str, on_file: &[String]) -> Result<String, IdentityRefused> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let typed = digits(typed);
    if typed.len() != 4 {
        return Err(IdentityRefused::DigitsMissing);
    }
    let fits = on_file.is_empty() || on_file.iter().any(|number| digits(number).ends_with(&typed));
    if fits { Ok(typed) } else { Err(IdentityRefused::DigitsUnknown) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_receipt_takes_a_document_of_the_family_or_two_right_answers() {
        use IdentityQuestion::{Father, Village};
        let on_file = ["17201-2345678-2".to_owned()];
        let check = |seen, digits, questions: &[IdentityQuestion], words, want: Result<(), IdentityRefused>| {
            let stated = IdentityStated { seen, digits, questions, words, on_file: &on_file };
            assert_eq!(IdentityChecked::decide(stated).map(drop), want, "{stated:?}");
        };
        check(None, "6782", &[Father, Village], "known to me", Err(IdentityRefused::SeenMissing));
        check(Some(IdentitySeen::Cnic), "", &[], "", Err(IdentityRefused::DigitsMissing));
        check(Some(IdentitySeen::Cnic), "17201-2345678-2", &[], "", Err(IdentityRefused::DigitsMissing));
        check(Some(IdentitySeen::Cnic), "1111", &[], "", Err(IdentityRefused::DigitsUnknown));
        check(Some(IdentitySeen::Cnic), "678-2", &[], "", Ok(()));
        check(Some(IdentitySeen::OtherPaper), "", &[], " ", Err(IdentityRefused::WordsMissing));
        check(Some(IdentitySeen::OtherPaper), "", &[], "driving licence", Ok(()));
        check(Some(IdentitySeen::Questions), "", &[Father, Father], "", Err(IdentityRefused::QuestionsFew));
        check(Some(IdentitySeen::Questions), "", &[Father, Village], "", Ok(()));
        let nothing =
            IdentityStated { seen: Some(IdentitySeen::BForm), digits: "4444", questions: &[], words: "", on_file: &[] };
        assert!(IdentityChecked::decide(nothing).is_ok(), "a family without a number on file can still show its form");
    }
}
