//! The check over the real pack: codes, pages, privacy.

mod codes;
mod pages;
mod support;
