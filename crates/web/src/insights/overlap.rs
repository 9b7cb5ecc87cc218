//! `GET /insights/overlap`: who receives two things of one purpose, where exclusions are broken, who is below a cut-off and
//! receives nothing. Counts within one's district; names only of families whose files one may open; what leaves is rounded.

use super::overlap_counts::{self, Counted, Kind, Row};
use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Choice, Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::insights::{neutral, rounded};
use serde::Deserialize;
use store::access::Purpose;

#[derive(Template)]
#[template(path = "insights/overlap.html")]
struct OverlapPage {
    shell: Shell,
    same: Vec<Line>,
    excluded: Vec<Line>,
    nothing: Vec<Line>,
    /// The districts there are, for whoever counts several.
    districts: Vec<Choice>,
    csv: String,
}

/// One line of a table.
struct Line {
    /// Where the families stand; empty when nothing leads there.
    address: String,
    first: String,
    second: String,
    /// Purpose, or the score.
    about: String,
    district: String,
    women: u64,
    men: u64,
    all: u64,
}

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    district: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    first: String,
    #[serde(default)]
    second: String,
}

/// `GET /insights/overlap`
pub async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let t = visitor.t();
    let counted = overlap_counts::count(&app, &visitor).await?;
    let districts = counted.districts();
    let chosen = |district: &str| asked.district.is_empty() || asked.district == district;
    let lines = |kind: Kind| {
        let rows = counted.rows(kind).into_iter().filter(|row| chosen(&row.district));
        rows.map(|row| line(&app, t, kind, &row)).collect::<Vec<_>>()
    };
    let choice = |code: &String| Choice {
        value: code.clone(),
        text: crate::people::district(&app, t, code),
        chosen: *code == asked.district,
    };
    page(&OverlapPage {
        same: lines(Kind::Same),
        excluded: lines(Kind::Excluded),
        nothing: lines(Kind::Nothing),
        districts: if districts.len() > 1 { districts.iter().map(choice).collect() } else { Vec::new() },
        csv: format!("/insights/overlap/export?district={}", query_word(&asked.district)),
        shell: visitor.shell(&app),
    })
}

/// A code as it stands in an address; anything else is left out.
fn query_word(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect()
}

fn line(app: &App, t: T, kind: Kind, row: &Row) -> Line {
    let (first, second) =
        (overlap_counts::scheme_words(app, t, &row.first), overlap_counts::scheme_words(app, t, &row.second));
    let about = match kind {
        Kind::Same => row.about.as_deref().map(|code| t.code("benefit-purpose", code)).unwrap_or_default(),
        Kind::Excluded => String::new(),
        Kind::Nothing => overlap_counts::score_words(app, t, row.about.as_deref().unwrap_or_default()),
    };
    let address = format!(
        "/insights/overlap/families?kind={}&first={}&second={}&district={}",
        kind.code(),
        overlap_counts::scheme_code(&row.first),
        overlap_counts::scheme_code(&row.second),
        row.district
    );
    let (women, men, all) = (row.women, row.men, row.all);
    let district = crate::people::district(app, t, &row.district);
    Line { address, first, second, about, district, women, men, all }
}

#[derive(Template)]
#[template(path = "insights/families.html")]
struct FamiliesPage {
    shell: Shell,
    title: String,
    what: String,
    families: Vec<store::insights::FamilyLine>,
    /// Families that are counted but whose files are not the reader's.
    others: usize,
}

/// The most families a page names.
const SHOWN: usize = 200;

/// `GET /insights/overlap/families`: the families behind a number, those the reader may open; logged.
pub async fn families(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let kind = Kind::of(&asked.kind).ok_or(PageError::NotFound)?;
    let counted = overlap_counts::count(&app, &visitor).await?;
    let mut households = counted.households(kind, &asked.first, &asked.second, &asked.district);
    let all = households.len();
    households.truncate(SHOWN);
    let purpose = Purpose::Reason(format!("overlap {}", kind.code()));
    app.store.log_read(&visitor.scope, "search", None, &purpose, app.now()).await?;
    let families = app.store.insights(&visitor.scope).families(&households).await?;
    for family in &families {
        app.store.log_read(&visitor.scope, "household", Some(family.household.0), &purpose, app.now()).await?;
    }
    let names = [&asked.first, &asked.second].map(|code| overlap_counts::scheme_of(code));
    let words: Vec<String> =
        names.iter().flatten().map(|scheme| overlap_counts::scheme_words(&app, t, scheme)).collect();
    page(&FamiliesPage {
        title: t.code("overlap", kind.code()),
        what: words.join(" · "),
        others: all - families.len(),
        families,
        shell: visitor.shell(&app),
    })
}

/// `GET /insights/overlap/export`: the counts as CSV, rounded to five, so that no small number points at somebody.
pub async fn export(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let counted: Counted = overlap_counts::count(&app, &visitor).await?;
    let purpose = Purpose::Reason("overlap".to_owned());
    app.store.log_read(&visitor.scope, "export", None, &purpose, app.now()).await?;
    let mut csv = String::from("kind,first,second,about,district,women,men,all\r\n");
    for kind in Kind::ALL {
        for row in counted.rows(kind) {
            if !asked.district.is_empty() && asked.district != row.district {
                continue;
            }
            let line = line(&app, t, kind, &row);
            let texts = [kind.code().to_owned(), line.first, line.second, line.about, line.district];
            let cells = texts.iter().map(|text| quoted(text));
            let counts = [row.women, row.men, row.all].map(|count| rounded(count).to_string());
            csv.push_str(&cells.chain(counts).collect::<Vec<_>>().join(","));
            csv.push_str("\r\n");
        }
    }
    let heads = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"overlap.csv\""),
    ];
    Ok((heads, csv).into_response())
}

/// A cell of CSV that no spreadsheet takes for a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", neutral(text).replace('"', "\"\""))
}
