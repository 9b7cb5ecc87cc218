//! Reports as pages of their own: one file for screen and paper, without script and without anything from elsewhere,
//! in the reader's language.

pub(crate) mod kit;
pub(crate) mod names;
pub(crate) mod score;
pub(crate) mod simulation;
