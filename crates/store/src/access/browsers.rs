//! Browsers in which an officer signed in before: their tries are counted by themselves, so that strangers who know a
//! sign-in name keep its officer waiting nowhere but in browsers that were never theirs.
//!
//! What such a browser keeps is a random number and a mark for each officer, made with the installation's secret. It names
//! nobody and opens nothing.

use super::Memory;
use crate::Store;
use domain::ids::OfficerId;
use rand::RngExt;

/// Officers a browser is remembered for: a shared computer's day. The oldest goes first.
const MOST: usize = 12;
/// Letters of the number, and of each mark.
const LENGTH: usize = 32;

/// A browser as a request shows it: what it keeps, as it keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Browser<'a>(pub Option<&'a str>);

impl<'a> Browser<'a> {
    /// The number and the marks, when they have the shape of such.
    fn parts(self) -> Option<(&'a str, Vec<&'a str>)> {
        let mut parts = self.0?.split('.');
        let shaped = |part: &str| part.len() == LENGTH && part.bytes().all(|b| b.is_ascii_hexdigit());
        let number = parts.next().filter(|part| shaped(part))?;
        Some((number, parts.filter(|part| shaped(part)).take(MOST).collect()))
    }
}

impl Memory {
    fn mark(&self, number: &str, officer: OfficerId) -> String {
        self.secret_hash(&format!("browser:{officer}"), number)[..LENGTH].to_owned()
    }

    /// The number of a browser in which this officer signed in before.
    pub(super) fn known<'a>(&self, browser: Browser<'a>, officer: OfficerId) -> Option<&'a str> {
        let (number, marks) = browser.parts()?;
        let mark = self.mark(number, officer);
        marks.iter().any(|known| same(known, &mark)).then_some(number)
    }

    /// What a browser keeps from now on, and its number.
    fn remembered(&self, browser: Browser<'_>, officer: OfficerId) -> (String, String) {
        let (number, marks) = match browser.parts() {
            Some((number, marks)) => (number.to_owned(), marks),
            None => (crate::journal::hex(&rand::rng().random::<[u8; LENGTH / 2]>()), Vec::new()),
        };
        let mark = self.mark(&number, officer);
        let mut others: Vec<&str> = marks.into_iter().filter(|other| *other != mark).collect();
        others.insert(0, &mark);
        others.truncate(MOST);
        (format!("{number}.{}", others.join(".")), number)
    }
}

impl Store {
    /// What a browser keeps after this officer signed in with it, and the browser's name in the tables.
    pub(super) fn remember(&self, browser: Browser<'_>, officer: OfficerId) -> (String, String) {
        let (kept, number) = self.access.remembered(browser, officer);
        let name = self.access.subject("browser:", &number);
        (kept, name)
    }
}

/// Compares without telling by time where two marks differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
