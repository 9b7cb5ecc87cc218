//! Receipts: a code that can be read over the phone, and a second secret on a tear-off strip.

use super::IdentityChecked;
use crate::{
    ids::{ApplicationId, HouseholdId, VisitId},
    language::Lang,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Crockford's base 32: no I, L, O, U, so a neighbour can read it aloud.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Nine random symbols (45 bits) and a check symbol, shown as `7K4-29M-XQ3-P`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReceiptCode(String);

/// Why a typed code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptCodeRefused {
    /// Wrong length or symbols.
    #[error("A receipt code has ten letters and digits, such as 7K4-29M-XQ3-P. Copy it from the receipt.")]
    Shape,
    /// One symbol is mistyped.
    #[error("One letter or digit of the code is mistyped. Compare it with the receipt.")]
    Check,
}

impl ReceiptCode {
    /// The code made of the lowest 45 bits of a random draw.
    pub fn from_random(draw: u64) -> Self {
        let mut values: Vec<u32> = (0..9).map(|i| ((draw >> (i * 5)) & 31) as u32).collect();
        values.push(check_value(&values));
        ReceiptCode(values.iter().map(|v| SYMBOLS[*v as usize] as char).collect())
    }

    /// Ten symbols without dashes, for addresses and keys.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

/// Luhn's check modulo 32: finds every single wrong symbol and nearly every swap of neighbours.
fn check_value(values: &[u32]) -> u32 {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(i, v)| {
            let doubled = if i % 2 == 0 { v * 2 } else { *v };
            doubled / 32 + doubled % 32
        })
        .sum();
    (32 - sum % 32) % 32
}

impl FromStr for ReceiptCode {
    type Err = ReceiptCodeRefused;

    /// Takes any case, spaces and dashes; reads O as 0, I and L as 1, as Crockford does.
    fn from_str(text: &str) -> Result<Self, ReceiptCodeRefused> {
        let value = |symbol: char| {
            let read = match symbol.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            SYMBOLS.iter().position(|s| *s as char == read).map(|p| p as u32)
        };
        let typed =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'));
        let values: Vec<u32> = typed.map(|c| value(c).ok_or(ReceiptCodeRefused::Shape)).collect::<Result<_, _>>()?;
        if values.len() != 10 {
            return Err(ReceiptCodeRefused::Shape);
        }
        if check_value(&values[..9]) != values[9] {
            return Err(ReceiptCodeRefused::Check);
        }
        Ok(ReceiptCode(values.iter().map(|v| SYMBOLS[*v as usize] as char).collect()))
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = &self.0;
        write!(f, "{}-{}-{}-{}", &code[0..3], &code[3..6], &code[6..9], &code[9..])
    }
}

impl TryFrom<String> for ReceiptCode {
    type Error = ReceiptCodeRefused;
    fn try_from(text: String) -> Result<Self, ReceiptCodeRefused> {
        text.parse()
    }
}

impl From<ReceiptCode> for String {
    fn from(code: ReceiptCode) -> String {
        code.0
    }
}

/// A receipt was issued for the applications of a visit. The secret itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptIssued {
    /// The code.
    pub code: ReceiptCode,
    /// Keyed hash of the six-digit secret, in hex.
    pub secret_hash: String,
    /// The visit.
    pub visit: Option<VisitId>,
    /// The family.
    pub household: HouseholdId,
    /// What it tracks.
    pub applications: Vec<ApplicationId>,
    /// A protected application has a receipt of its own in neutral words.
    pub protected: bool,
    /// The family's language.
    pub language: Lang,
}

/// A lost receipt was printed again with a new secret, after an identity check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptReissued {
    /// Keyed hash of the new secret; the old one no longer opens anything.
    pub secret_hash: String,
    /// How identity was checked, in the officer's words; may be empty since the check below is stated.
    pub identity_check: String,
    /// Which document was seen, or what was asked; absent in entries from before it was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<IdentityChecked>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_a_neighbour_reading_it_aloud() {
        let code = ReceiptCode::from_random(0x1234_5678_9ABC);
        let shown = code.to_string();
        assert_eq!(shown.len(), 13);
        for typed in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "O").replace('1', "l")]
        {
            assert_eq!(typed.parse(), Ok(code.clone()), "typed as {typed}");
        }
    }

    #[test]
    fn every_single_wrong_symbol_is_found() {
        let code = ReceiptCode::from_random(987_654_321_012);
        for place in 0..10 {
            for symbol in SYMBOLS {
                let mut wrong: Vec<u8> = code.plain().bytes().collect();
                if wrong[place] == *symbol {
                    continue;
                }
                wrong[place] = *symbol;
                let typed = String::from_utf8(wrong).expect("ASCII");
                assert_eq!(typed.parse::<ReceiptCode>(), Err(ReceiptCodeRefused::Check), "{typed}");
            }
        }
    }
}
