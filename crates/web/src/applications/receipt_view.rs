//! What stands on a receipt: lines in the family's language with English small below, neutral words for a protected one.

use super::{
    apply::{programme_name, who},
    receipt::{centre_name, holder},
};
use crate::{App, papers::needed, text::T};
use domain::{
    Date,
    applications::{Application, Status},
    language::Lang,
    papers::Paper,
    people::Household,
};
use screener::qr::{self, Qr};
use store::applications::Receipt;

/// A receipt ready to print.
pub struct Sheet {
    /// The code as it is read aloud.
    pub code: String,
    /// Its groups.
    pub groups: Vec<String>,
    /// The tracking page as a drawing.
    pub qr: Option<Qr>,
    /// For whom; empty on a protected receipt.
    pub name: String,
    /// The centre's place.
    pub place: String,
    /// The centre's phone.
    pub phone: String,
    /// The day it was issued.
    pub on: Date,
    /// Neutral words.
    pub protected: bool,
    /// How to ask, in English; empty when the receipt is in English.
    pub english_ask: String,
    /// Many programmes: smaller print.
    pub dense: bool,
    /// So many lines that they go on to a second page, which names the code again.
    pub long: bool,
    /// A line for each application.
    pub lines: Vec<Line>,
}

/// One application on a receipt.
pub struct Line {
    /// The programme.
    pub programme: String,
    /// The applicant.
    pub who: String,
    /// Who holds it.
    pub holder: String,
    /// When an answer is promised; nothing once it is decided.
    pub promised: Option<Date>,
    /// Where it stands, when that is more than being with the department.
    pub standing: String,
    /// What is still missing, in words.
    pub missing: String,
    /// The same in English; empty when the receipt is in English.
    pub english: String,
}

/// What a receipt is made from.
pub struct Of<'a> {
    /// The receipt.
    pub receipt: &'a Receipt,
    /// The family.
    pub household: &'a Household,
    /// Its applications.
    pub applications: &'a [Application],
    /// The papers on file that may be seen.
    pub papers: &'a [Paper],
    /// The centre.
    pub centre: Option<&'a crate::app::Centre>,
}

/// Composes a receipt in a language.
pub fn sheet(app: &App, t: T, of: &Of<'_>) -> Sheet {
    let code = of.receipt.code.to_string();
    // The address carries the code alone: the second secret stays on the strip.
    let address = format!("{}/track/{}", app.config.public_url, of.receipt.code.plain());
    let head = of.household.head().map(|m| m.details.given.clone()).unwrap_or_default();
    let mine = of.applications.iter().filter(|a| of.receipt.applications.contains(&a.id));
    let phone = of.centre.map(|c| c.phone.clone()).unwrap_or_default();
    let mine: Vec<&Application> = mine.collect();
    // Nastaliq stands high, and English stands below: less fits on a side.
    let (dense, long) =
        if t.0 == Lang::En { (mine.len() > 4, mine.len() > 7) } else { (mine.len() > 2, mine.len() > 5) };
    let lines: Vec<Line> = mine.into_iter().map(|a| line(app, t, of, a, dense)).collect();
    Sheet {
        groups: code.split('-').map(str::to_owned).collect(),
        qr: qr::draw(&address),
        name: if of.receipt.protected { String::new() } else { head },
        place: centre_name(app, t, of.centre),
        on: of.receipt.issued_on,
        protected: of.receipt.protected,
        dense,
        long,
        english_ask: if t.0 == Lang::En { String::new() } else { ask_in_english(&phone) },
        phone,
        lines,
        code,
    }
}

fn ask_in_english(phone: &str) -> String {
    T(Lang::En).a("receipt-ask-short", "phone", phone)
}

fn line(app: &App, t: T, of: &Of<'_>, a: &Application, dense: bool) -> Line {
    let promised = a.status.is_open().then_some(a.submitted.promised);
    let moved_on = !matches!(a.status, Status::Submitted | Status::Forwarded);
    let neutral = of.receipt.protected;
    let (programme, holder, missing) = words(app, t, of, a, "receipt-missing");
    let english = || english(words(app, T(Lang::En), of, a, "receipt-missing-short"), promised, dense);
    let named = !neutral && a.submitted.person.is_some();
    Line {
        english: if t.0 == Lang::En { String::new() } else { english() },
        who: if named { who(t, of.household, a.submitted.person) } else { String::new() },
        standing: if moved_on && !neutral { t.code("history", a.status.code()) } else { String::new() },
        programme,
        holder,
        promised,
        missing,
    }
}

/// The programme, who holds it, and what is missing; on a protected receipt nothing that tells one from another.
fn words(app: &App, t: T, of: &Of<'_>, a: &Application, list: &str) -> (String, String, String) {
    let missing = missing(app, of, a);
    if of.receipt.protected {
        let count = t.a("receipt-missing-count", "count", missing.len());
        let count = if missing.is_empty() { String::new() } else { count };
        return (t.m("receipt-neutral"), t.m("receipt-neutral-holder"), count);
    }
    let names: Vec<String> = missing.iter().map(|kind| paper(app, t, kind)).collect();
    let papers = t.a(list, "papers", names.join(&t.m("receipt-comma")));
    let holder = holder(app, t, a.submitted.operator.as_ref(), &a.submitted.district);
    let programme = programme_name(app, t, a.submitted.programme.as_ref());
    (programme, holder, if names.is_empty() { String::new() } else { papers })
}

/// `Zakat Guzara · Zakat office Nowshera · by 28 Nov 2026 · missing: death certificate`; without the office where there
/// is no room.
fn english((programme, holder, missing): (String, String, String), promised: Option<Date>, dense: bool) -> String {
    let t = T(Lang::En);
    let by = promised.map(|day| t.a("receipt-by", "date", t.date(day)));
    let parts = [Some(programme), Some(holder).filter(|_| !dense), by, Some(missing).filter(|m| !m.is_empty())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn paper(app: &App, t: T, kind: &str) -> String {
    app.pack.paper(kind).map_or_else(|| kind.to_owned(), |p| t.pack(&p.name).to_owned())
}

/// The papers that were missing when it was submitted and are not here yet.
fn missing(app: &App, of: &Of<'_>, a: &Application) -> Vec<String> {
    let here = |kind: &String| needed::is_here(app, of.household, of.papers, a, kind);
    a.submitted.missing_papers.iter().filter(|kind| !here(kind)).cloned().collect()
}
