//! The steps a department may take from where an application stands, the form of each, and why one was not taken.

use super::decide_grant::GrantForm;
use crate::{
    App,
    portal::sentences::{DEPARTMENT_RULE, rule_words},
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::applications::{Actor, Application, ApplicationRefused, MoveAsked, Status};

/// The longest text an officer writes for a family, in characters.
const LONGEST: usize = 1_000;

/// One step that may be taken.
pub struct MoveButton {
    /// The status it leads to.
    pub to: &'static str,
    /// What the button says.
    pub text: String,
    /// The button's class after `button`.
    pub class: &'static str,
    /// Taken at once; the others open a form first.
    pub at_once: bool,
}

/// The form of a step that needs more than a button.
pub struct MoveForm {
    /// The status it leads to.
    pub to: &'static str,
    /// What it is about.
    pub title: String,
    /// Asks for the rule that is not met.
    pub asks_rule: bool,
    /// The hint above the words.
    pub words_hint: String,
    /// What was written.
    pub words: String,
    /// Asks for the place on the waiting list.
    pub asks_place: bool,
    /// What was typed there.
    pub place: String,
    /// Asks what is granted.
    pub grant: Option<GrantForm>,
    /// Its button is an outline in red.
    pub hard: bool,
}

/// Steps that say nothing more than that work goes on.
fn at_once(to: Status) -> bool {
    matches!(to, Status::Received | Status::UnderReview | Status::Enrolled | Status::InPayment | Status::ServiceGiven)
}

/// Steps that take something away from the family.
fn is_hard(to: Status) -> bool {
    matches!(to, Status::Rejected | Status::Suspended | Status::Closed | Status::Expired | Status::Upheld)
}

/// Where a step stands among the buttons: what officers do most comes first, the rare endings last.
fn order(to: Status) -> u8 {
    match to {
        Status::Received | Status::Approved | Status::Enrolled => 0,
        Status::UnderReview | Status::InPayment | Status::Overturned => 1,
        Status::Returned | Status::ServiceGiven => 2,
        Status::WaitListed => 3,
        Status::Duplicate | Status::Deceased | Status::Transferred => 5,
        _ => 4,
    }
}

/// The steps a department may take from a status, in the order of their buttons.
fn steps(from: Status) -> Vec<Status> {
    let mine = from.next().iter().filter(|(to, by)| *by == Actor::Department && *to != from);
    let mut mine: Vec<Status> = mine.map(|(to, _)| *to).collect();
    mine.sort_by_key(|to| order(*to));
    mine
}

/// The steps the state allows; the first one is the page's main button.
pub fn buttons(t: T, application: &Application) -> Vec<MoveButton> {
    let button = |(index, to): (usize, Status)| MoveButton {
        to: to.code(),
        text: t.code("move", to.code()),
        class: match (index, order(to)) {
            _ if is_hard(to) => "is-danger",
            (0, _) => "",
            (_, 5) => "is-plain",
            _ => "is-quiet",
        },
        at_once: at_once(to),
    };
    steps(application.status).into_iter().enumerate().map(button).collect()
}

/// The form of a step; nothing for a step that is not possible from here.
pub fn move_form(t: T, application: &Application, to: Status, fields: &Fields) -> Option<MoveForm> {
    if at_once(to) || !application.status.may_move(to, Actor::Department) {
        return None;
    }
    let needs_words = matches!(to, Status::Rejected | Status::Returned);
    Some(MoveForm {
        to: to.code(),
        title: t.code("move", to.code()),
        asks_rule: to == Status::Rejected,
        words_hint: t.m(if needs_words { "decide-words-needed" } else { "decide-words-optional" }),
        words: fields.text("words").to_owned(),
        asks_place: to == Status::WaitListed,
        place: fields.text("place").to_owned(),
        grant: GrantForm::of(to, fields),
        hard: is_hard(to),
    })
}

/// The programme's rules, and the department's own that the pack does not hold.
pub fn rules(app: &App, t: T, application: &Application, chosen: &str) -> Vec<Choice> {
    let programme = &application.submitted.programme;
    let held = app.pack.programme(&programme.0).map(|p| p.criteria.as_slice()).unwrap_or_default();
    let held =
        held.iter().filter(|criterion| criterion.in_force(app.today())).map(|criterion| criterion.id.to_string());
    let choice = |value: String| Choice { text: rule_words(app, t, programme, &value), chosen: value == chosen, value };
    held.chain(std::iter::once(DEPARTMENT_RULE.to_owned())).map(choice).collect()
}

/// Reads what an officer asks for; a step takes only the fields that belong to it.
pub fn asked(app: &App, t: T, application: &Application, to: Status, fields: &Fields) -> Result<MoveAsked, Errors> {
    let mut errors = Errors::default();
    let words = fields.opt("words");
    if words.as_ref().is_some_and(|words| words.chars().count() > LONGEST) {
        errors.add("words", t.a("decide-words-long", "count", LONGEST));
    }
    let known = |rule: &String| rules(app, t, application, "").iter().any(|choice| choice.value == *rule);
    let rule = fields.opt("rule").filter(|_| to == Status::Rejected).filter(known);
    let place = match fields.number("place").filter(|_| to == Status::WaitListed) {
        None => None,
        Some(typed) => {
            let place = typed.ok().and_then(|place| u32::try_from(place).ok()).filter(|place| *place > 0);
            if place.is_none() {
                errors.add("place", t.m("decide-place-wrong"));
            }
            place
        }
    };
    // Both are said at once, so that nobody sends a rejection twice to learn of two gaps.
    if to == Status::Rejected && application.status.may_move(to, Actor::Department) {
        if rule.is_none() {
            errors.add("rule", t.m("refused-rule-missing"));
        }
        if words.is_none() {
            errors.add("words", t.m("refused-words-missing"));
        }
    }
    if errors.is_empty() { Ok(MoveAsked { to, actor: Actor::Department, rule, words, place }) } else { Err(errors) }
}

/// A refusal in the reader's language, at the field it is about.
pub fn refused(t: T, why: &ApplicationRefused, application: &Application) -> Errors {
    match why {
        ApplicationRefused::NotFromHere => {
            let status = t.code("status", application.status.code());
            Errors::one("decide", t.a("refused-not-from-here", "status", status))
        }
        ApplicationRefused::WordsMissing => Errors::one("words", t.m("refused-words-missing")),
        ApplicationRefused::RuleMissing => Errors::one("rule", t.m("refused-rule-missing")),
        ApplicationRefused::NotApproved => Errors::one("decide", t.m("refused-not-approved")),
        ApplicationRefused::Future { on } => Errors::one("on_day", t.a("refused-future", "on", t.date(*on))),
        ApplicationRefused::WhatMissing => Errors::one("what", t.m("refused-what-missing")),
    }
}

/// The rows of a conflict: where it stands now, and where you wanted it.
pub fn standing_and_yours(
    app: &App,
    t: T,
    application: &Application,
    to: Status,
    fields: &Fields,
) -> Vec<(String, String, String)> {
    let status = |status: Status| t.code("status", status.code());
    let mut rows = vec![(t.m("inbox-status"), status(application.status), status(to))];
    if let Some(rule) = fields.opt("rule") {
        rows.push((t.m("decide-rule"), String::new(), rule_words(app, t, &application.submitted.programme, &rule)));
    }
    if let Some(words) = fields.opt("words") {
        rows.push((t.m("decide-words"), String::new(), words));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_button_is_what_officers_do_most_and_returning_never_is() {
        let check = |from: Status, main: Status| assert_eq!(steps(from).first(), Some(&main), "{from}");
        check(Status::Forwarded, Status::Received);
        for from in [Status::Received, Status::UnderReview, Status::Resubmitted, Status::WaitListed] {
            check(from, Status::Approved);
        }
        check(Status::Approved, Status::Enrolled);
        for from in Status::ALL {
            assert_ne!(steps(*from).first(), Some(&Status::Returned), "{from}");
        }
    }
}
