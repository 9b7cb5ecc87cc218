//! The words of a letter. The page and the PDF say the same ones.

use crate::{
    App,
    app::local_day,
    applications::{inbox_rows::Day, inbox_rows::scheme},
    portal::{
        programme::sum,
        sentences::{self, office, rule_words},
        timeline::place,
    },
    text::T,
};
use domain::{
    Date,
    applications::{Application, Granted, ReceiptCode, Status},
};
use screener::{group, qr};
use serde::Serialize;
use store::applications::Step;

/// The decisions that a letter tells.
pub const TOLD: [Status; 5] =
    [Status::Approved, Status::Rejected, Status::WaitListed, Status::Suspended, Status::Upheld];

/// The newest decision in a history, if one was taken.
pub fn told_in(history: &[Step]) -> Option<&Step> {
    history.iter().rev().find(|step| TOLD.contains(&step.to))
}

/// What a letter is made from.
pub struct Of<'a> {
    /// The application.
    pub application: &'a Application,
    /// Everything that happened to it.
    pub history: &'a [Step],
    /// Its place on a waiting list, and how many wait.
    pub place: Option<(i64, i64)>,
    /// The receipt that tracks it.
    pub code: Option<&'a ReceiptCode>,
    /// The applicant; empty where the reader may not know who applied.
    pub name: String,
    /// Neutral words: whoever finds the letter must not learn what it is about, nor whose it is.
    pub neutral: bool,
}

/// A letter, ready to print, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// `en`, `ur`, `ps`.
    pub lang: &'static str,
    /// `ltr`, `rtl`.
    pub dir: &'static str,
    /// Who decided.
    pub office: String,
    /// The heading.
    pub title: String,
    /// The day of the decision, as `2026-11-22`.
    pub day: String,
    /// The same in the reader's language.
    pub date: String,
    /// `To Amina Bibi`; empty in a neutral letter.
    pub to: String,
    /// Which application it is about.
    pub about: String,
    /// The decision in one sentence.
    pub decision: String,
    /// What is granted, or what the programme gives, and since when.
    pub gives: Vec<String>,
    /// The rule that is not met, and the words the office wrote, each with its heading.
    pub reasons: Vec<(String, String)>,
    /// What comes next, and what to do when one disagrees, each with its heading.
    pub parts: Vec<(String, Vec<String>)>,
    /// The heading above the code.
    pub code_label: String,
    /// The receipt's code as it is read aloud.
    pub code: String,
    /// The line under the drawing.
    pub scan: String,
    /// The tracking page as a drawing: side in modules, and path.
    pub qr: Option<(usize, String)>,
    /// Lines for a hand: for the office, and its stamp.
    pub signs: Vec<String>,
}

/// Composes the newest decision's letter; `None` when nothing was decided yet.
pub fn letter(app: &App, t: T, of: &Of<'_>) -> Option<Letter> {
    let (application, step) = (of.application, told_in(of.history)?);
    let told = if of.neutral { t.m("letter-office") } else { office(app, t, application, false) };
    let decided = step.paper.map_or(local_day(step.at), |(_, dated)| dated);
    let day = Day::of(t, decided);
    let address = of.code.map(|code| format!("{}/track/{}", app.config.public_url, code.plain()));
    Some(Letter {
        lang: t.lang(),
        dir: t.dir(),
        title: t.m("letter-title"),
        day: day.iso,
        date: day.words,
        to: if of.neutral || of.name.is_empty() { String::new() } else { t.a("letter-to", "name", of.name.as_str()) },
        about: about(app, t, of),
        decision: decision(t, step, &told),
        gives: if of.neutral { Vec::new() } else { gives(app, t, application, step, decided) },
        reasons: reasons(app, t, of, step),
        parts: parts(app, t, of, step, decided),
        code_label: t.m("receipt-code"),
        code: of.code.map(ToString::to_string).unwrap_or_default(),
        scan: t.m("receipt-scan"),
        qr: address.and_then(|address| qr::draw(&address)).map(|qr| (qr.side, qr.path)),
        signs: vec![t.m("letter-sign"), t.m("letter-stamp")],
        office: told,
    })
}

fn about(app: &App, t: T, of: &Of<'_>) -> String {
    let submitted = t.date(of.application.submitted_on);
    if of.neutral {
        return t.a("letter-about-neutral", "day", submitted);
    }
    let programme = scheme(app, t, &of.application.submitted.programme);
    t.with("letter-about", &[("day", submitted.into()), ("programme", programme.into())])
}

fn decision(t: T, step: &Step, office: &str) -> String {
    t.a(&format!("letter-{}", step.to.code().replace('_', "-")), "office", office)
}

/// What the department states it grants; where it states nothing, what the programme is published to give, said as that.
fn gives(app: &App, t: T, application: &Application, step: &Step, decided: Date) -> Vec<String> {
    if !matches!(step.to, Status::Approved | Status::WaitListed) {
        return Vec::new();
    }
    match &step.granted {
        Some(granted) => stated(t, granted),
        None => published(app, t, application, decided),
    }
}

fn stated(t: T, granted: &Granted) -> Vec<String> {
    let amount = granted.amount.map(|(amount, every)| {
        let amount = group::range(t, (amount, amount));
        t.a("letter-amount", "amount", bare(t.a(&format!("per-{}", every.code()), "amount", amount)))
    });
    let from = granted.from.map(|from| t.a("letter-from", "day", t.date(from)));
    amount.into_iter().chain(from).collect()
}

/// Without marks of writing direction: the message around it brings its own, and marks inside those turn a line around.
fn bare(text: String) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Money that everybody in the programme gets alike; an amount that depends on the family is not promised here.
fn published(app: &App, t: T, application: &Application, decided: Date) -> Vec<String> {
    let programme = app.pack.programme(&application.submitted.programme.0);
    let benefits = programme.iter().flat_map(|programme| &programme.benefits);
    let alike = benefits.filter(|benefit| group::is_money(benefit.kind) && benefit.applies.is_empty());
    let mut lines: Vec<String> = alike
        .filter_map(|benefit| {
            let amount = benefit.current(decided)?;
            let since = amount.from.map(|from| t.a("programme-since", "day", t.date(from))).unwrap_or_default();
            Some(
                format!("{} {since}", t.a("letter-published", "amount", bare(sum(t, benefit, amount))))
                    .trim()
                    .to_owned(),
            )
        })
        .collect();
    lines.push(t.m("letter-unstated"));
    lines
}

/// In plain words why: the rule in the pack's words, and what the officer wrote. A neutral letter says neither.
fn reasons(app: &App, t: T, of: &Of<'_>, step: &Step) -> Vec<(String, String)> {
    if of.neutral {
        return Vec::new();
    }
    let rule = step
        .rule
        .as_deref()
        .map(|rule| (t.m("track-rule"), rule_words(app, t, &of.application.submitted.programme, rule)));
    let words = step.words.clone().map(|words| (t.m("track-words"), words));
    rule.into_iter().chain(words).collect()
}

fn parts(app: &App, t: T, of: &Of<'_>, step: &Step, decided: Date) -> Vec<(String, Vec<String>)> {
    let application = of.application;
    let mut next = Vec::new();
    if application.status == step.to {
        let coming = sentences::next(app, t, application, of.neutral);
        let by = coming.by.map(|day| t.a("status-until", "date", day.words)).unwrap_or_default();
        next.push(format!("{} {by}", coming.sentence).trim_end().to_owned());
    } else {
        // A letter printed later must not hide that things moved on.
        next.push(t.a("letter-since", "status", t.code("status", application.status.code())));
    }
    next.extend(Some(place(t, of.place)).filter(|place| !place.is_empty()));
    next.push(t.m("letter-track"));
    let mut parts = vec![(t.m("letter-next"), next)];
    if matches!(step.to, Status::Rejected | Status::Suspended | Status::Upheld) {
        parts.push((t.m("letter-disagree"), disagree(app, t, of, step, decided)));
    } else {
        parts.push((t.m("letter-complain"), vec![t.m("letter-complain-how")]));
    }
    parts
}

/// What to do when one disagrees. The pack sets no last day for asking and this letter makes none up; it says until when
/// the answer comes for whoever asks on the day of the decision.
fn disagree(app: &App, t: T, of: &Of<'_>, step: &Step, decided: Date) -> Vec<String> {
    let limits = app.pack.grievances().limits;
    let mut lines = Vec::new();
    if step.to != Status::Upheld {
        lines.push(t.m("letter-appeal"));
        let by = app.calendar.after(decided, limits.answer);
        let values = [("days", limits.answer.into()), ("asked", t.date(decided).into()), ("by", t.date(by).into())];
        lines.push(t.with("letter-appeal-days", &values));
    }
    let submitted = &of.application.submitted;
    let operator = app.pack.operator(&submitted.operator.0).filter(|_| !of.neutral);
    // Which body takes it on says who decided; a neutral letter leaves that to the tracking page.
    if let Some(route) = app.pack.grievances().route_of(operator).filter(|_| !of.neutral) {
        let (body, how) = (t.pack(&route.name), t.pack(&route.how));
        let body = t.a(if step.to == Status::Upheld { "letter-body-now" } else { "letter-body" }, "body", body);
        lines.push(format!("{body} {how}").trim_end().to_owned());
    } else if step.to == Status::Upheld {
        lines.push(t.m("letter-body-ask"));
    }
    lines.push(t.m("letter-free"));
    lines
}
