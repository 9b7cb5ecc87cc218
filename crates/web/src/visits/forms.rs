//! Blank forms for a power cut: the desk's own questions on A4, in three languages, each copy with a number.

use crate::{
    App,
    applications::receipt::{centre_name, languages},
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{language::Lang, people::ConsentPurpose};
use rand::RngExt;
use rules::pack::fact::{Fact, FactKind, Record, Sensitivity};
use screener::{ask::What, fields::Fields};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The most copies of one print.
const MOST: usize = 10;

/// How many members a form has room for.
const MEMBERS: usize = 8;

/// Letters of a form's number: none that is taken for another when it is copied by hand.
const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Template)]
#[template(path = "visits/forms.html")]
struct FormsPage {
    shell: Shell,
    own: T,
    place: String,
    copies: Vec<String>,
    members: usize,
    household: Vec<Question>,
    person: Vec<Question>,
    purposes: Vec<String>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
    more: String,
}

/// One question as printed.
struct Question {
    words: String,
    /// What may be ticked; empty where something is written.
    choices: Vec<String>,
    unit: String,
}

/// In which language, and how many.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    r#in: Option<Lang>,
    copies: Option<usize>,
}

/// `GET /desk/forms`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(options): Query<Options>,
) -> Result<Response, PageError> {
    let lang = options.r#in.unwrap_or(visitor.lang);
    let t = T(lang);
    let copies = options.copies.unwrap_or(1).clamp(1, MOST);
    let day = app.today().format("%y%m%d").to_string();
    let mut shell = visitor.shell(&app);
    shell.t = t;
    let centre = visitor.centre().and_then(|centre| app.centre(centre));
    page(&FormsPage {
        own: visitor.t(),
        place: centre_name(&app, t, centre),
        copies: (0..copies).map(|_| format!("{day}-{}", drawn())).collect(),
        members: MEMBERS,
        household: questions(&app, t, Record::Household),
        person: questions(&app, t, Record::Person),
        purposes: ConsentPurpose::ALL.iter().map(|purpose| t.code("consent-text", purpose.code())).collect(),
        languages: languages(lang, |code| format!("/desk/forms?in={code}&copies={copies}")),
        more: format!("/desk/forms?in={}&copies={MOST}", lang.code()),
        shell,
    })
}

fn drawn() -> String {
    let mut rng = rand::rng();
    (0..4).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}

/// The questions that the desk may ask without a special wish, of which some programme reads the answer. Protected ones
/// are never printed: a form lies on tables.
fn questions(app: &App, t: T, record: Record) -> Vec<Question> {
    let read: BTreeSet<&str> =
        app.pack.programmes().iter().filter(|p| !p.protected()).flat_map(|p| p.facts.iter().map(|id| &**id)).collect();
    let asked = |fact: &&Fact| {
        fact.kind == FactKind::Asked
            && fact.record == record
            && fact.sensitivity != Sensitivity::Protected
            && read.contains(&*fact.id)
    };
    let question = |fact: &Fact| {
        let what = What::Fact(fact);
        let input = what.input(&app.pack, t, &Fields::default());
        // A list that is opened at the desk is written out on paper.
        let ticked = matches!(input.kind, "rows" | "several") && input.choices.len() <= 14;
        Question {
            words: what.question(t, "…"),
            unit: format!("{} {}", input.before, input.after).trim().to_owned(),
            choices: if ticked { input.choices.into_iter().map(|choice| choice.text).collect() } else { Vec::new() },
        }
    };
    app.pack.facts().iter().filter(asked).map(question).collect()
}
