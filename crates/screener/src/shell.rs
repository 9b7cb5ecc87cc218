//! The frame of every page: masthead, language, places, footer.

use crate::{Choice, text::T};
use domain::language::Lang;

/// What the frame shows around a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Messages.
    pub t: T,
    /// The token of a kiosk session, on the free computer of a centre.
    pub kiosk: Option<String>,
    /// On a phone without a line: the sentence that says so, and how old what it knows is.
    pub offline: Option<String>,
    /// Draws a command id.
    pub fresh: fn() -> String,
    /// A demo database.
    pub demo: bool,
    /// The path of this page.
    pub path: String,
    /// What the page was asked with, without a language: filters stay when the language changes.
    pub query: String,
    /// The secret of this session's forms.
    pub csrf: String,
    /// The id of the command that this page's form is; several forms take [`Shell::command`] each.
    pub command_id: String,
    /// The officer, when signed in.
    pub officer: Option<ShellOfficer>,
    /// Office or public pages.
    pub office: bool,
    /// Places to go.
    pub places: Vec<Choice>,
}

/// What the masthead says of an officer.
#[derive(Debug, Clone)]
pub struct ShellOfficer {
    /// Name.
    pub name: String,
    /// Roles, in words.
    pub roles: String,
    /// Centre or office, in words.
    pub place: String,
    /// Signed in by password alone, though the roles ask for a second step: a demo says so on every page.
    pub waived: bool,
    /// Something happened to the account that the officer has not read yet.
    pub news: bool,
}

impl Shell {
    /// A fresh command id, for pages with several forms.
    pub fn command(&self) -> String {
        (self.fresh)()
    }

    /// Minutes without a touch after which an officer's page covers itself: as many as the server waits.
    pub fn lock_minutes(&self) -> i64 {
        domain::access::LOCK_MINUTES
    }

    /// The languages of the switcher: code, direction, own name, whether it is this page's.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        Lang::ALL.iter().map(|lang| (lang.code(), lang.dir(), lang.own_name(), *lang == self.t.0)).collect()
    }
}
