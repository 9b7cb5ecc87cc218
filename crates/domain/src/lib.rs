//! What the words mean: types, decisions and events of one-window operations.
//!
//! Pure by construction: no file, clock, network, thread or database. A decision takes the state and what was
//! asked, and returns an event or a refusal written as a sentence; dates and random draws are passed in.

pub mod access;
pub mod applications;
pub mod eligibility;
pub mod event;
pub mod grievances;
pub mod identity;
pub mod ids;
pub mod insights;
pub mod language;
pub mod messages;
pub mod money;
pub mod papers;
pub mod payments;
pub mod people;
pub mod programmes;
pub mod services;
pub mod visits;

/// A civil date in the Gregorian calendar; what people state and papers print.
pub type Date = chrono::NaiveDate;
/// An instant in UTC; what the server's clock stamps.
pub type Instant = chrono::DateTime<chrono::Utc>;
/// How many events a record has seen. The first event makes version 1; a form carries the version it was made from.
pub type Version = i64;

/// Gives an enum its stable text code: serde name, `code()`, `Display` and `FromStr` from one list.
///
/// The codes stand in the database, in forms and in message ids, so they never change once released.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order shown to people.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable code used in storage, forms and message ids.
            pub fn code(self) -> &'static str { match self { $($name::$variant => $code),+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;
            fn from_str(text: &str) -> Result<Self, $crate::UnknownCode> {
                match text { $($code => Ok($name::$variant),)+ _ => Err($crate::UnknownCode) }
            }
        }
    };
}
pub(crate) use codes;

/// A code that is not in its list; the form was changed by hand or is from another release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This choice is not in the list. Choose again from the list.")]
pub struct UnknownCode;
