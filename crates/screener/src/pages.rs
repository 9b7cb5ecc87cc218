//! The pages of the check: each is a function of what was sent, so that nothing need be kept anywhere.
//!
//! The answers travel in the form as a code of [`crate::carry`]; every step is a POST to the same address and answers
//! with the next page. A server and a phone without a line call the same [`serve`].

mod household;
mod paper;
mod question;
mod results;

use crate::{
    Choice,
    answers::Answers,
    carry,
    fields::{Errors, Fields},
    shell::Shell,
    text::T,
};
use askama::Template;
use domain::Date;
use rules::Pack;

/// A centre as the pages name it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Centre {
    /// Its district, a code of the pack's places.
    pub district: String,
    /// Its phone as printed.
    pub phone: String,
}

/// What was asked for.
pub struct Request<'a> {
    /// The policy.
    pub pack: &'a Pack,
    /// The fields of the form; none for the first page.
    pub fields: &'a Fields,
    /// Today in Pakistan.
    pub today: Date,
    /// The centres of this installation.
    pub centres: &'a [Centre],
    /// Answers may be kept under a code for three days: there is a line to the server, and this is no kiosk.
    pub may_keep: bool,
    /// The frame around the page.
    pub shell: Shell,
}

/// A page, ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// 200, or 422 when the form comes back with what is wrong.
    pub status: u16,
    /// The page.
    pub html: String,
}

/// The step that a form asks for.
const STEP: &str = "step";
/// The field the answers travel in.
pub const ANSWERS: &str = "answers";

/// Answers with the next page.
pub fn serve(request: Request<'_>) -> Served {
    let said = request.fields.text(ANSWERS);
    let read = if said.is_empty() { Ok(Answers::default()) } else { read(&request, said) };
    let (mut answers, lost) = match read {
        Ok(answers) => (answers, None),
        // Nothing can be taken over: the person hears why and begins again.
        Err(why) => (Answers::default(), Some(request.shell.t.code("carry", why.code()))),
    };
    let step = if lost.is_some() { "" } else { request.fields.text(STEP) };
    let page = match step {
        "home" => household::home(&request, &mut answers),
        "members" => household::members(&request, &mut answers),
        "edit-home" => Ok(household::home_page(&request, &answers, Errors::default(), None)),
        "edit-members" => Ok(household::members_page(&request, &answers, Errors::default())),
        "answer" => question::answer(&request, &mut answers),
        "ask" => Ok(question::named(&request, &answers)),
        "next" => Ok(question::next(&request, &answers)),
        "gate" => Ok(question::gate(&request, &mut answers)),
        "results" => Ok(results::page(&request, &answers)),
        "paper" => Ok(paper::page(&request, &answers)),
        _ => Ok(household::home_page(&request, &answers, Errors::default(), lost)),
    };
    match page {
        Ok(html) => Served { status: 200, html },
        Err(html) => Served { status: 422, html },
    }
}

fn read(request: &Request<'_>, said: &str) -> Result<Answers, carry::NotRead> {
    carry::read(request.pack, said).map(|carried| carried.answers)
}

/// What every page of the check carries.
pub(crate) struct Carry {
    /// The answers as a code; empty before anything was said.
    pub answers: String,
    /// The step that shows this page again, for the language links.
    pub again: &'static str,
    /// Which question that is, if it is one.
    pub fact: String,
    /// About which member.
    pub person: String,
}

impl Carry {
    fn of(request: &Request<'_>, answers: &Answers, again: &'static str) -> Carry {
        let code = if answers.is_empty() { String::new() } else { carry::write(request.pack, answers) };
        Carry { answers: code, again, fact: String::new(), person: String::new() }
    }
}

/// A template that cannot be rendered has a fault that tests find; the reader sees where to begin again.
fn html(page: &impl Template) -> String {
    page.render().unwrap_or_else(|_| "<!doctype html><a href=\"/check\">/check</a>".to_owned())
}

/// The name of a district.
fn district(request: &Request<'_>, code: &str) -> String {
    request.pack.place(code).map(|place| request.shell.t.pack(&place.name).to_owned()).unwrap_or_default()
}

/// A centre as a page names it.
#[derive(Debug, Clone)]
pub(crate) struct CentreLine {
    pub name: String,
    pub phone: String,
    pub dial: String,
}

/// The centres of the family's own district, or all of them where it has none.
fn centres(request: &Request<'_>, answers: &Answers) -> Vec<CentreLine> {
    let own = |centre: &&Centre| answers.district.as_deref() == Some(centre.district.as_str());
    let mut list: Vec<&Centre> = request.centres.iter().filter(own).collect();
    if list.is_empty() {
        list = request.centres.iter().take(5).collect();
    }
    let line = |centre: &Centre| CentreLine {
        name: district(request, &centre.district),
        phone: centre.phone.clone(),
        dial: centre.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
    };
    list.into_iter().map(line).collect()
}

/// Numbers that people choose from, in words of the reader's language.
fn choices(t: T, family: &str, codes: &[&str], chosen: &str) -> Vec<Choice> {
    Choice::codes(t, family, codes, chosen)
}
