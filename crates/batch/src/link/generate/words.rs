//! Words that invented people, villages and tribes are made of. Single words only: no list of real persons.
//!
//! One entry holds the Latin spellings seen on forms, the usual one first, then the Urdu spelling behind a semicolon.
//! The lists know nothing of how matching folds a name; they are general knowledge of spelling habits.

mod companions;
mod given;
mod places;

pub(super) use companions::{MEN_AFTER, MEN_BEFORE, MUHAMMAD, TRIBES, WOMEN_AFTER, WOMEN_BEFORE};
pub(super) use given::{MEN, WOMEN};
pub(super) use places::{PLACES, PLACES_AFTER, TEHSILS};
