//! Identity numbers and phone numbers as people type them, and the one shape in which they are kept.
//!
//! Only the structure is checked: there is no published check digit, and whether a number belongs to a person is
//! something that only the issuing authority can say. What looks odd but may be right is a note, never a refusal.
//! Sources: Samaa and The News, January 2020 (digits of the CNIC); digit 9 for the Pakistan Origin Card and the
//! old 11-digit card come from secondary sources.

mod phone;
#[cfg(test)]
mod tests;

pub use phone::{Phone, PhoneRefused};

use crate::{codes, people::Sex};
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    /// Which document a number stands on.
    IdentityKind {
        /// Computerised national identity card, also the smart card and the card with the wheelchair logo.
        Cnic = "cnic",
        /// B-Form or child registration certificate; the child keeps this number on the later card.
        BForm = "b_form",
        /// National identity card for overseas Pakistanis.
        Nicop = "nicop",
        /// Pakistan Origin Card of a foreigner of Pakistani origin.
        Poc = "poc",
        /// Proof of Registration card of a registered Afghan refugee; its number layout is not published.
        PorCard = "por_card",
        /// Afghan Citizen Card; its number layout is not published.
        Acc = "acc",
        /// The paper card of before 2004, 11 digits; no longer valid but still found in files.
        OldNic = "old_nic",
    }
}

/// The most characters that a number without published layout may have.
const MAX_FREE: usize = 20;

impl IdentityKind {
    /// How many digits the number has; `None` where the layout is not published.
    pub fn length(self) -> Option<usize> {
        match self {
            Self::Cnic | Self::BForm | Self::Nicop | Self::Poc => Some(13),
            Self::OldNic => Some(11),
            Self::PorCard | Self::Acc => None,
        }
    }
}

/// A number of a stated kind, structurally sound. Whose it is, and whether it was verified, is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IdentityNumber {
    /// The document.
    pub kind: IdentityKind,
    /// ASCII digits only; where the layout is not published (refugee and citizen cards of Afghans) also `-`.
    pub digits: String,
}

/// Something an officer should look at, which does not stop the number from being recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum IdentityNote {
    /// First digit 9: usual on a Pakistan Origin Card only.
    #[error("The number begins with 9, as on a Pakistan Origin Card. Check which card it is.")]
    FirstDigitNine,
    /// The old card is no longer valid.
    #[error("The old paper card is no longer valid. Ask for the computerised card or plan a visit to NADRA.")]
    OldCard,
    /// The last digit is usually odd for men and even for women, and here it is not.
    #[error("The last digit is usual for the other sex. Compare the number with the card; both may be right.")]
    SexDigitUnusual,
}

/// Why a text is not a number of the stated kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityRefused {
    /// Nothing was typed.
    #[error("No number was given. Type it as on the card, or choose “no number”.")]
    Empty,
    /// A character that is neither digit nor separator.
    #[error("“{found}” is not part of an identity number. Type digits only; dashes and spaces may stay.")]
    NotADigit {
        /// The first such character.
        found: char,
    },
    /// Too few or too many digits.
    #[error("This number has {found} digits and needs {needed}. Compare it with the card digit by digit.")]
    WrongLength {
        /// Digits typed.
        found: usize,
        /// Digits of this kind of number.
        needed: usize,
    },
    /// No card begins with 0.
    #[error("No card number begins with 0. Check the first digit on the card.")]
    FirstDigitZero,
    /// 11111-1111111-1 and the like stand for “no number” in old lists.
    #[error("All digits are the same, so this is a placeholder. Type the number of the card, or choose “no number”.")]
    AllEqual,
    /// Longer than any known card number.
    #[error("A card number has at most {MAX_FREE} characters. Type only the number, not other text of the card.")]
    TooLong,
}

impl IdentityNumber {
    /// Reads a number as typed, with any spaces and dashes, in ASCII, Urdu or Arabic digits.
    pub fn parse(kind: IdentityKind, text: &str) -> Result<(Self, Vec<IdentityNote>), IdentityRefused> {
        let typed = plain(text)?;
        let count = typed.bytes().filter(u8::is_ascii_digit).count();
        if count == 0 {
            return Err(IdentityRefused::Empty);
        }
        let Some(needed) = kind.length() else {
            let short = typed.len() <= MAX_FREE;
            return if short { Ok((Self { kind, digits: typed }, vec![])) } else { Err(IdentityRefused::TooLong) };
        };
        let digits = typed.replace('-', "");
        if count != needed {
            return Err(IdentityRefused::WrongLength { found: count, needed });
        }
        if digits.bytes().all(|digit| digit == digits.as_bytes()[0]) {
            return Err(IdentityRefused::AllEqual);
        }
        let number = Self { kind, digits };
        let notes = number.notes()?;
        Ok((number, notes))
    }

    fn notes(&self) -> Result<Vec<IdentityNote>, IdentityRefused> {
        match (self.kind, self.digits.as_bytes().first()) {
            (IdentityKind::OldNic, _) => Ok(vec![IdentityNote::OldCard]),
            (_, Some(b'0')) => Err(IdentityRefused::FirstDigitZero),
            (kind, Some(b'9')) if kind != IdentityKind::Poc => Ok(vec![IdentityNote::FirstDigitNine]),
            _ => Ok(vec![]),
        }
    }

    /// A note when the last digit is unusual for the stated sex: odd for men, even for women.
    ///
    /// A transgender person may carry either, so there is nothing to note; nor for kinds without that digit.
    /// The sex of a person is never set from the number.
    pub fn sex_digit_note(&self, stated: Sex) -> Option<IdentityNote> {
        let last = self.digits.bytes().last().filter(|_| self.kind.length() == Some(13))?;
        let unusual = match stated {
            Sex::Male => last % 2 == 0,
            Sex::Female => last % 2 == 1,
            Sex::Transgender => false,
        };
        unusual.then_some(IdentityNote::SexDigitUnusual)
    }

    /// The number as lists and match cards show it: `12345-*****67-1`.
    pub fn masked(&self) -> String {
        let hidden: Vec<bool> = (0..self.digits.len()).map(|at| self.is_hidden(at)).collect();
        self.grouped(&hidden)
    }

    /// Whether the digit at this place is hidden in lists.
    fn is_hidden(&self, at: usize) -> bool {
        match self.kind.length() {
            Some(13) => (5..10).contains(&at),
            Some(_) => (3..9).contains(&at),
            None => at + 3 < self.digits.len(),
        }
    }

    /// The digits with the dashes of the card and a star for each hidden one.
    fn grouped(&self, hidden: &[bool]) -> String {
        let dash_before: &[usize] = match self.kind.length() {
            Some(13) => &[5, 12],
            Some(_) => &[3, 5],
            None => &[],
        };
        let mut out = String::with_capacity(self.digits.len() + 2);
        for (at, digit) in self.digits.chars().enumerate() {
            if dash_before.contains(&at) {
                out.push('-');
            }
            let shown = digit == '-' || !hidden.get(at).copied().unwrap_or(false);
            out.push(if shown { digit } else { '*' });
        }
        out
    }
}

/// With the dashes of the card: `12345-1234567-1`. Pages put it into `<bdi>`, because it reads left to right.
impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped(&[]))
    }
}

/// ASCII digits and `-` of what was typed; spaces and direction marks vanish.
fn plain(text: &str) -> Result<String, IdentityRefused> {
    let mut out = String::with_capacity(text.len());
    for typed in text.chars() {
        match typed {
            _ if typed.is_whitespace() || is_invisible(typed) => {}
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            _ => out.push(ascii_digit(typed).ok_or(IdentityRefused::NotADigit { found: typed })?),
        }
    }
    Ok(out)
}

/// The ASCII form of an ASCII, Arabic (U+0660) or Urdu (U+06F0) digit.
fn ascii_digit(typed: char) -> Option<char> {
    let value = match typed {
        '0'..='9' => return Some(typed),
        '\u{0660}'..='\u{0669}' => u32::from(typed) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(typed) - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Joiners, byte order mark and direction controls, which come along when numbers are copied from other programs.
fn is_invisible(typed: char) -> bool {
    matches!(typed, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
