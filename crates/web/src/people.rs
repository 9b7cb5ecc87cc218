//! Families: finding one, registering one, its members, its place, its consent; and its file outside a visit.

mod agreed;
mod cards;
pub mod carried;
mod carried_form;
pub mod consent;
pub mod corrections;
pub mod erasure;
mod fields;
pub mod file;
pub mod find;
mod flags;
pub mod forgetting;
mod forms;
pub mod helpers;
pub mod household;
pub mod imports;
pub mod leave;
pub mod looked;
pub mod member;
pub mod merges;
pub mod pair;
mod pair_view;
pub mod pictured;
pub mod place;
mod received;
pub mod register;
pub mod review;
pub mod row;
mod row_view;
pub mod rows;
pub mod sheet;
pub mod similar;
pub mod withdraw;
mod words;

pub use flags::fact_words;
pub use words::{age_words, birth_words, code_words, district, member_words};
