//! Lists of departments and organisations: uploaded, their columns said once, tried without writing, then imported in the
//! background; every row ends as new, matched, to be looked at, or refused with a reason.

pub mod download;
mod fields;
pub mod new;
pub mod show;
pub mod work;

use crate::{
    App,
    request::{PageError, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{
    Date,
    ids::ImportId,
    people::{ImportState, Tally},
};
use store::people::lists::JobState;

#[derive(Template)]
#[template(path = "people/imports/list.html")]
struct ListPage {
    shell: Shell,
    imports: Vec<ImportLine>,
    drafts: Vec<DraftLine>,
}

/// One import in the list.
struct ImportLine {
    id: ImportId,
    title: String,
    source: String,
    stated_on: Date,
    state: String,
    class: &'static str,
    now: Tally,
}

/// One list that was tried or is being looked at.
struct DraftLine {
    id: ImportId,
    name: String,
    source: String,
    state: String,
}

/// `GET /people/imports`
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let lists = app.store.lists(&visitor.scope);
    let imports = lists.imports(50).await?;
    let known: Vec<ImportId> = imports.iter().map(|brief| brief.import.id).collect();
    let line = |brief: store::people::lists::ImportBrief| ImportLine {
        id: brief.import.id,
        title: brief.import.opened.list.title,
        source: brief.import.opened.list.source,
        stated_on: brief.import.opened.list.stated_on,
        state: t.code("import-state", brief.import.state.code()),
        class: state_class(brief.import.state),
        now: brief.now,
    };
    let drafts = lists.dry_runs(20).await?.into_iter().filter(|job| !known.contains(&job.import));
    let draft = |job: store::people::lists::ImportJob| DraftLine {
        id: job.import,
        name: if job.plan.list.title.is_empty() { job.plan.file_name } else { job.plan.list.title },
        source: job.plan.list.source,
        state: job_words(t, job.state, job.report.is_some()),
    };
    let drafts = drafts.map(draft).collect();
    page(&ListPage { shell: visitor.shell(&app), imports: imports.into_iter().map(line).collect(), drafts })
}

fn state_class(state: ImportState) -> &'static str {
    match state {
        ImportState::Running => "is-amber",
        ImportState::Finished => "",
        ImportState::Cancelled => "is-red",
    }
}

fn job_words(t: T, state: JobState, reported: bool) -> String {
    match (state, reported) {
        (JobState::Waiting | JobState::Running, _) => t.m("import-trying"),
        (JobState::Done, true) => t.m("import-tried"),
        (JobState::Done, false) => t.m("import-draft"),
        (JobState::Failed, _) => t.m("import-failed"),
    }
}

/// Why a list cannot be read, in the reader's language. What the worker wrote is a code and perhaps a line.
fn fault_words(t: T, fault: &str) -> String {
    let (code, line) = fault.split_once(':').unwrap_or((fault, ""));
    let id = format!("import-fault-{}", code.replace('_', "-"));
    if t.has(&id) { t.a(&id, "line", line) } else { t.m("import-fault-unreadable") }
}

/// What the worker writes of a fault.
fn fault_code(fault: &batch::lists::FileFault) -> String {
    match fault.line() {
        Some(line) => format!("{}:{line}", fault.code()),
        None => fault.code().to_owned(),
    }
}
