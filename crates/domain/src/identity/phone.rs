//! Phone numbers of Pakistan, mobile and landline.

use super::{ascii_digit, is_invisible};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A phone number in Pakistan as E.164, for example `+923001234567`.
///
/// The operator is never read off the prefix: numbers move between operators.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Why a text is not a phone number that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneRefused {
    /// Nothing was typed.
    #[error("No phone number was given. Type it as people say it, for example 0300 1234567, or leave it empty.")]
    Empty,
    /// A character that is neither digit nor separator.
    #[error("“{found}” is not part of a phone number. Type digits only; spaces and dashes may stay.")]
    NotADigit {
        /// The first such character.
        found: char,
    },
    /// Another country's code.
    #[error("This number belongs to another country. Give a number in Pakistan, beginning with 0 or +92.")]
    Foreign,
    /// Short codes and free-call numbers do not reach a person.
    #[error("This is a service number. Give the number of a person's own phone.")]
    ServiceNumber,
    /// A mobile number has ten digits after the 0.
    #[error("A mobile number has 11 digits, such as 0300 1234567; this one has {found}. Read it out again.")]
    MobileLength {
        /// Digits typed, counted with the leading 0.
        found: usize,
    },
    /// A landline needs its area code and number.
    #[error(
        "A landline number needs its area code, such as 0923 for Nowshera, and 6 to 8 digits. Add what is missing."
    )]
    LandlineLength,
}

impl Phone {
    /// Reads a number typed with `0092`, `92`, `+92`, a leading `0`, or as a bare `3XX...`, in any digits and spacing.
    pub fn parse(text: &str) -> Result<Self, PhoneRefused> {
        let (digits, plus) = plain(text)?;
        let national = national(&digits, plus)?;
        if national.starts_with('3') {
            if national.len() != 10 {
                return Err(PhoneRefused::MobileLength { found: national.len() + 1 });
            }
        } else {
            landline(national)?;
        }
        Ok(Self(format!("+92{national}")))
    }

    /// The number as stored and as messages are sent to: `+923001234567`.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// Whether it is a mobile number, so that a text message can reach it.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with("+923")
    }

    /// The number as lists show it: `0300 *****67`.
    pub fn masked(&self) -> String {
        let shown = self.to_string();
        let (area, own) = shown.split_once(' ').unwrap_or(("", &shown));
        let keep = own.len().saturating_sub(2);
        format!("{area} {}{}", "*".repeat(keep), &own[keep..])
    }
}

/// As people say it: `0300 1234567`, `0923 123456`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let national = self.0.strip_prefix("+92").unwrap_or(&self.0);
        let area = if self.is_mobile() { 3 } else { area_code_length(national) };
        let (area, own) = national.split_at_checked(area).unwrap_or((national, ""));
        write!(f, "0{area} {own}")
    }
}

/// ASCII digits of what was typed, and whether it began with `+`.
fn plain(text: &str) -> Result<(String, bool), PhoneRefused> {
    let mut digits = String::with_capacity(text.len());
    let mut plus = false;
    for typed in text.chars() {
        match typed {
            _ if typed.is_whitespace() || is_invisible(typed) => {}
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '(' | ')' | '.' | '/' => {}
            '+' if digits.is_empty() => plus = true,
            _ => digits.push(ascii_digit(typed).ok_or(PhoneRefused::NotADigit { found: typed })?),
        }
    }
    if digits.is_empty() { Err(PhoneRefused::Empty) } else { Ok((digits, plus)) }
}

/// The digits after the country code or the leading 0.
fn national(digits: &str, plus: bool) -> Result<&str, PhoneRefused> {
    let international = digits.strip_prefix("00").or(plus.then_some(digits));
    if let Some(rest) = international {
        // People also write +92 0300 ...; the 0 is meant for callers inside the country.
        return rest.strip_prefix("92").map(|n| n.strip_prefix('0').unwrap_or(n)).ok_or(PhoneRefused::Foreign);
    }
    if let Some(rest) = digits.strip_prefix('0') {
        return if rest.starts_with("800") || rest.starts_with("900") {
            Err(PhoneRefused::ServiceNumber)
        } else {
            Ok(rest)
        };
    }
    // Without a leading 0 an area code 92 (Nowshera is 0923) reads like the country code; 12 digits can only be that.
    match digits.strip_prefix("92") {
        Some(rest) if digits.len() >= 11 => Ok(rest.strip_prefix('0').unwrap_or(rest)),
        _ if digits.len() <= 5 => Err(PhoneRefused::ServiceNumber),
        _ if digits.starts_with('3') => Ok(digits),
        _ => Err(PhoneRefused::LandlineLength),
    }
}

/// Area code and subscriber number together: 9 or 10 digits (two-digit codes with 7 or 8, three-digit ones with 6 or 7).
fn landline(national: &str) -> Result<(), PhoneRefused> {
    let plausible = (8..=10).contains(&national.len()) && !national.starts_with('0') && !national.starts_with('1');
    if plausible { Ok(()) } else { Err(PhoneRefused::LandlineLength) }
}

/// Digits of the area code without its 0. The two-digit codes belong to the large cities and are general knowledge;
/// a wrong guess moves a space on the page and nothing else.
fn area_code_length(national: &str) -> usize {
    const LARGE_CITIES: [&str; 12] = ["21", "22", "41", "42", "44", "48", "51", "52", "55", "61", "81", "91"];
    if LARGE_CITIES.iter().any(|code| national.starts_with(code)) { 2 } else { 3 }
}
