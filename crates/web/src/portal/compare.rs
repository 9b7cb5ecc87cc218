//! Two or three programmes side by side, from the programme files: for whom, what each gives, papers, where, how long, and
//! whether one stands in the way of the other.

use super::programme::{self, parts, private, short_worth, within};
use crate::{
    App,
    request::{Fields, PageError, Visitor},
    shell::{Choice, Shell, open_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use rules::pack::programme::{Programme, Related};

/// Side by side on a screen, and on a sheet of paper.
const MOST: usize = 3;

#[derive(Template)]
#[template(path = "portal/compare.html")]
struct ComparePage {
    shell: Shell,
    private: bool,
    /// The lists to choose from: field id, label, choices.
    lists: Vec<(String, String, Vec<Choice>)>,
    /// The chosen ones: address and name.
    chosen: Vec<(String, String)>,
    rows: Vec<Row>,
}

/// One line of the table: what is compared, and what holds for each.
struct Row {
    title: String,
    cells: Vec<(String, Vec<String>)>,
}

/// `GET /compare?p=ONE&p=OTHER`
pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let (t, content) = (visitor.t(), app.content(&visitor.scope).await?);
    let fields = Fields::parse(&query.unwrap_or_default());
    let mut chosen: Vec<&Programme> = Vec::new();
    for found in fields.all("p").iter().filter_map(|id| app.pack.programme(id)) {
        if chosen.len() < MOST && chosen.iter().all(|one| one.id != found.id) {
            chosen.push(found);
        }
    }
    let hidden = chosen.iter().any(|programme| private(&app, programme));
    let name = |programme: &Programme| t.pack(&programme.name.words).to_owned();
    let row = |id: &str, of: &dyn Fn(&Programme) -> Vec<String>| Row {
        title: t.m(id),
        cells: chosen.iter().map(|programme| (name(programme), of(programme))).collect(),
    };
    let mut rows = vec![
        row("programme-whom", &|programme| {
            let told = parts(t, programme).whom;
            if told.is_empty() { vec![programme::line(&content, programme, t).to_owned()] } else { told }
        }),
        row("programme-gives", &|programme| gives(&app, t, programme)),
        row("programme-bring", &|programme| papers(&app, t, programme)),
        row("programme-where", &|programme| {
            let told: Vec<String> = app.pack.apply_at(programme, t.lang()).into_iter().map(str::to_owned).collect();
            if told.is_empty() { vec![t.m("programme-where-window")] } else { told }
        }),
        row("programme-decided-by", &|programme| {
            app.pack.operator(&programme.operator).map(|o| t.pack(&o.name).to_owned()).into_iter().collect()
        }),
        row("programme-long", &|programme| programme.steps.iter().map(|step| long(t, step)).collect()),
    ];
    if chosen.len() > 1 {
        rows.push(row("compare-together", &|programme| together(t, programme, &chosen)));
    } else {
        rows.clear();
    }
    let shown = ComparePage {
        private: hidden,
        lists: (0..MOST).map(|n| list(&app, t, n, chosen.get(n).copied())).collect(),
        chosen: chosen.iter().map(|one| (format!("/programmes/{}", one.id), name(one))).collect(),
        rows,
        shell: visitor.shell(&app),
    };
    if hidden { page(&shown) } else { open_page(&shown) }
}

/// One list to choose a programme from.
fn list(app: &App, t: T, number: usize, chosen: Option<&Programme>) -> (String, String, Vec<Choice>) {
    let choice = |programme: &Programme| Choice {
        value: programme.id.to_string(),
        text: t.pack(&programme.name.words).to_owned(),
        chosen: chosen.is_some_and(|chosen| chosen.id == programme.id),
    };
    let mut all: Vec<Choice> = app.pack.programmes().iter().map(choice).collect();
    all.sort_by(|a, b| a.text.cmp(&b.text));
    (format!("p{}", number + 1), t.a("compare-number", "number", number + 1), all)
}

/// What it gives: the text, else each thing by name; the published amount comes first.
fn gives(app: &App, t: T, programme: &Programme) -> Vec<String> {
    let worth = Some(short_worth(app, t, programme)).filter(|worth| !worth.is_empty());
    let told = parts(t, programme).gives;
    let things = programme.benefits.iter().map(|benefit| t.pack(&benefit.text).to_owned());
    let rest: Vec<String> = if told.is_empty() { things.collect() } else { vec![told] };
    worth.into_iter().chain(rest).collect()
}

fn papers(app: &App, t: T, programme: &Programme) -> Vec<String> {
    let named = programme.papers.iter().filter_map(|rule| app.pack.paper(rule.id.as_str()).map(|paper| (rule, paper)));
    let told = named.map(|(rule, paper)| match rule.when.is_empty() {
        true => t.pack(&paper.name).to_owned(),
        false => format!("{} ({})", t.pack(&paper.name), t.m("verdict-paper-perhaps")),
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { vec![t.m("programme-no-papers")] } else { told }
}

fn long(t: T, step: &rules::pack::programme::Step) -> String {
    let (words, days, sure) = within(t, step);
    if sure { format!("{words}: {days}") } else { format!("{words}: {days} ({})", t.m("programme-usual")) }
}

/// How it stands to each of the others: an exclusion is written on either side.
fn together(t: T, one: &Programme, all: &[&Programme]) -> Vec<String> {
    let names = |related: &[Related], other: &Programme| related.iter().find(|to| to.programme == other.id).cloned();
    let told = |other: &&&Programme| {
        let name = t.pack(&other.name.words);
        let excludes = names(&one.exclusions, other).or_else(|| names(&other.exclusions, one));
        if let Some(related) = excludes {
            return format!("{} {}", t.a("compare-excludes", "name", name), t.pack(&related.why)).trim_end().to_owned();
        }
        if names(&one.links, other).or_else(|| names(&other.links, one)).is_some() {
            return t.a("compare-goes-with", "name", name);
        }
        let same = one.purpose.is_some() && one.purpose == other.purpose;
        t.a(if same { "compare-same-purpose" } else { "compare-nothing-said" }, "name", name)
    };
    all.iter().filter(|other| other.id != one.id).map(|other| told(&other)).collect()
}
