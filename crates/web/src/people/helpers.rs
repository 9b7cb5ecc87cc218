//! A family's helper: named at the desk with the family's consent, for what it says and until when, and taken back any time.

pub mod desk;
pub mod here;
pub mod own;
pub mod sheet;

use crate::{App, applications::inbox_rows::Day, text::T};
use domain::{
    ids::HelperId,
    people::{Helper, HelperMay},
};

/// A helper as the desk shows it.
#[derive(Debug, Clone)]
pub struct HelperLine {
    /// Key of the naming.
    pub id: HelperId,
    /// The name.
    pub name: String,
    /// Who they are to the family.
    pub kind: String,
    /// For what, in words.
    pub may: String,
    /// The last day.
    pub until: Day,
    /// The naming holds today.
    pub holds: bool,
    /// May be told where the applications stand.
    pub status: bool,
}

impl HelperLine {
    /// A helper in words.
    pub fn of(app: &App, t: T, helper: &Helper) -> HelperLine {
        HelperLine {
            id: helper.named.helper,
            name: helper.named.name.clone(),
            kind: t.code("helper-kind", helper.named.kind.code()),
            may: may_words(t, &helper.named.may),
            until: Day::of(t, helper.named.until),
            holds: helper.holds_on(app.today()),
            status: helper.holds_on(app.today()) && helper.may(HelperMay::Status),
        }
    }
}

/// What a helper may do, as one line.
fn may_words(t: T, may: &[HelperMay]) -> String {
    let words: Vec<String> = may.iter().map(|may| t.code("helper-may", may.code())).collect();
    words.join(&t.m("receipt-comma"))
}
