//! A question of a visit: which fact, about which member of the family that is open.

use super::{desk::Desk, reasons};
use crate::{App, text::T};
use domain::ids::PersonId;
use rules::pack::fact::{FactKind, Record};
pub use screener::ask::{Given, Input, NOT_TODAY, What};
use std::ops::Deref;

/// A question about one person or the household.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// What.
    pub what: What<'a>,
    /// About whom.
    pub person: Option<PersonId>,
}

impl<'a> Deref for Ask<'a> {
    type Target = What<'a>;
    fn deref(&self) -> &What<'a> {
        &self.what
    }
}

impl<'a> Ask<'a> {
    /// The question that an address or a form names, if it may be asked here: an asked fact about a present member or
    /// the household, a protected one only behind its open gate; or a score that only a registry supplies.
    pub fn named(app: &'a App, desk: &Desk, fact: &str, person: &str) -> Option<Ask<'a>> {
        let person = match person {
            "" => None,
            text => Some(text.parse::<PersonId>().ok().filter(|id| desk.household.member(*id).is_ok())?),
        };
        if let Some(score) = fact.strip_prefix("scores.").and_then(|id| app.pack.score(id)) {
            let open = !score.published && person.is_none();
            return open.then_some(Ask { what: What::Score(score), person: None });
        }
        let fact = app.pack.fact(fact)?;
        let about = (fact.record == Record::Person) == person.is_some();
        let open = fact.kind == FactKind::Asked && about && desk.may_see(fact);
        open.then_some(Ask { what: What::Fact(fact), person })
    }

    /// The question with the member's name in it.
    pub fn text(&self, t: T, desk: &Desk) -> String {
        let name = self.person.map(|id| reasons::name(&desk.family, &id.to_string()).to_owned());
        self.what.question(t, &name.unwrap_or_default())
    }
}
