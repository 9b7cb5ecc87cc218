//! One list: its columns and what trying it came to, then its import and what came of every row.

use super::{
    fault_words,
    fields::{ListForm, read},
    work::DryReport,
};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use batch::lists::{ListFile, RawRow};
use domain::{
    Date,
    access::Doing,
    event::Change,
    ids::{ImportId, ListingId},
    people::{Import, ImportState, ListedState, RowOutcome, Tally},
};
use store::people::lists::{ImportJob, JobState, ListedRow};

/// How many rows of each kind a page shows; the others are downloaded.
const SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "people/imports/draft.html")]
struct DraftPage {
    shell: Shell,
    errors: Errors,
    id: ImportId,
    source: String,
    file_name: String,
    /// What is odd about the file.
    notes: Vec<String>,
    head: Vec<String>,
    first: Vec<FirstRow>,
    form: ListForm,
    busy: bool,
    read_rows: i64,
    fault: String,
    report: Option<ReportView>,
}

/// One of the first rows: its cells with the names of their columns.
struct FirstRow {
    line: u64,
    cells: Vec<(String, String)>,
}

impl FirstRow {
    fn of(head: &[String], raw: RawRow) -> Self {
        let cell = |(at, name): (usize, &String)| (name.clone(), raw.cells.get(at).cloned().unwrap_or_default());
        FirstRow { line: raw.line, cells: head.iter().enumerate().map(cell).collect() }
    }
}

/// What a dry run came to.
struct ReportView {
    tally: Tally,
    blank: u64,
    notes: Vec<(String, u64)>,
    examples: Vec<(u64, String, String)>,
}

#[derive(Template)]
#[template(path = "people/imports/show.html")]
struct ShowPage {
    shell: Shell,
    errors: Errors,
    id: ImportId,
    title: String,
    source: String,
    programme: String,
    stated_on: Date,
    state: String,
    running: bool,
    taken: u64,
    fault: String,
    now: Tally,
    version: i64,
    review: Vec<RowView>,
    /// Whether the reader may decide rows.
    decides: bool,
    refused: Vec<RowView>,
}

/// One row on the page.
struct RowView {
    id: ListingId,
    line: u64,
    name: String,
    why: String,
}

/// `GET /people/imports/{import}`
pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<ImportId>) -> Result<Response, PageError> {
    let lists = app.store.lists(&visitor.scope);
    if let Some(import) = lists.import(id).await? {
        return imported(&app, &visitor, import, Errors::default()).await;
    }
    let job = lists.job(id).await?.filter(|job| job.dry_run).ok_or(PageError::NotFound)?;
    draft(&app, &visitor, job, Errors::default()).await
}

/// `GET` of a form's own address.
pub async fn back(Path(id): Path<ImportId>) -> Response {
    Redirect::to(&format!("/people/imports/{id}")).into_response()
}

/// `POST /people/imports/{import}/columns`: says what the columns hold, and tries the list; nothing of it is written.
pub async fn columns(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ImportId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let lists = app.store.lists(&visitor.scope);
    if lists.import(id).await?.is_some() {
        return Ok(Redirect::to(&format!("/people/imports/{id}")).into_response());
    }
    let mut job = lists.job(id).await?.filter(|job| job.dry_run).ok_or(PageError::NotFound)?;
    let errors = read(&app, visitor.t(), &sent.fields, &mut job.plan);
    if !errors.is_empty() {
        return draft(&app, &visitor, job, errors).await;
    }
    lists.ask(id, &job.plan, app.now()).await?;
    Ok(Redirect::to(&format!("/people/imports/{id}")).into_response())
}

/// `POST /people/imports/{import}/start`: the import as it was tried.
pub async fn start(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ImportId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let (lists, t, to) = (app.store.lists(&visitor.scope), visitor.t(), format!("/people/imports/{id}"));
    if lists.import(id).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let job = lists.job(id).await?.filter(|job| job.dry_run).ok_or(PageError::NotFound)?;
    let mut errors = Errors::default();
    if job.state != JobState::Done || job.report.is_none() {
        errors.add("main", t.m("import-try-first"));
    }
    if lists.of_file(&job.plan.file).await?.is_some() {
        errors.add("main", t.m("import-same-file-now"));
    }
    if let Err(refused) = job.plan.check(app.today()) {
        let (field, sentence) = super::fields::refused_words(t, &refused, &job.plan);
        errors.add(&field, sentence);
    }
    if !errors.is_empty() {
        return draft(&app, &visitor, job, errors).await;
    }
    let opened = Change::after(id, 0, job.plan, app.today());
    sent.carry_out(&app, &visitor, vec![opened], to).await
}

/// `POST /people/imports/{import}/cancel`: what was taken stays.
pub async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ImportId>,
    sent: Sent,
) -> Result<Response, PageError> {
    let import = app.store.lists(&visitor.scope).import(id).await?.ok_or(PageError::NotFound)?;
    match import.cancel(sent.fields.text("reason")) {
        // A batch that is taken meanwhile moves the record on; the gate then asks this handler once more.
        Ok(cancelled) => {
            let change = Change::after(id, import.version, cancelled, app.today());
            sent.carry_out(&app, &visitor, vec![change], format!("/people/imports/{id}")).await
        }
        Err(_) => Ok(Redirect::to(&format!("/people/imports/{id}")).into_response()),
    }
}

async fn draft(app: &App, visitor: &Visitor, job: ImportJob, errors: Errors) -> Result<Response, PageError> {
    let t = visitor.t();
    let path = app.store.blobs().file(&job.plan.file);
    let looked = tokio::task::spawn_blocking(move || {
        let file = ListFile::open(&path?).ok()?;
        let first = file.first(5).ok()?;
        Some((file.notes, first))
    });
    let (notes, first) = looked.await.ok().flatten().unwrap_or_default();
    let note = |note: &batch::lists::FileNote| {
        let (code, about) = note.code();
        t.a(&format!("import-note-{code}"), "about", about)
    };
    let report = job.report.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let page = DraftPage {
        shell: visitor.shell(app),
        errors,
        id: job.import,
        source: job.plan.list.source.clone(),
        file_name: job.plan.file_name.clone(),
        notes: notes.iter().map(note).collect(),
        first: first.into_iter().map(|raw| FirstRow::of(&job.plan.head, raw)).collect(),
        head: job.plan.head.clone(),
        form: ListForm::of(app, t, &job.plan),
        busy: matches!(job.state, JobState::Waiting | JobState::Running),
        read_rows: job.read_rows,
        fault: job.fault.map(|fault| fault_words(t, &fault)).unwrap_or_default(),
        report: report.map(|report| report_view(t, report)),
    };
    form_page(&page, &page.errors)
}

fn report_view(t: T, report: DryReport) -> ReportView {
    let words = |family: &str, counts: std::collections::BTreeMap<String, u64>| -> Vec<(String, u64)> {
        counts.into_iter().map(|(code, count)| (t.code(family, &code), count)).collect()
    };
    let mut notes = words("row-refused", report.refused);
    notes.extend(words("row-note", report.notes));
    let example = |one: super::work::Example| {
        let why: Vec<String> = one.why.iter().map(|(family, code)| t.code(family, code)).collect();
        (one.line, one.name, why.join(" · "))
    };
    ReportView {
        tally: report.tally,
        blank: report.blank,
        notes,
        examples: report.examples.into_iter().map(example).collect(),
    }
}

async fn imported(app: &App, visitor: &Visitor, import: Import, errors: Errors) -> Result<Response, PageError> {
    let (t, lists) = (visitor.t(), app.store.lists(&visitor.scope));
    let purpose = store::access::Purpose::Reason("import".to_owned());
    app.store.log_read(&visitor.scope, "import", Some(import.id.0), &purpose, app.now()).await?;
    let job = lists.job(import.id).await?;
    let rows = async |state| lists.rows(import.id, state, 0, SHOWN).await;
    let view = |row: &ListedRow| RowView {
        id: row.listed.listing,
        line: row.listed.line,
        name: row.listed.given.clone(),
        why: why(t, row),
    };
    let list = &import.opened.list;
    let programme = list.programme.as_ref().and_then(|id| app.pack.programme(&id.0));
    let page = ShowPage {
        shell: visitor.shell(app),
        errors,
        id: import.id,
        title: list.title.clone(),
        source: list.source.clone(),
        programme: programme.map(|programme| t.pack(&programme.name.words).to_owned()).unwrap_or_default(),
        stated_on: list.stated_on,
        state: t.code("import-state", import.state.code()),
        running: import.state == ImportState::Running,
        taken: import.tally.rows(),
        fault: job.and_then(|job| job.fault).map(|fault| fault_words(t, &fault)).unwrap_or_default(),
        now: lists.counts(import.id).await?,
        version: import.version,
        decides: visitor.may(Doing::Review),
        review: rows(ListedState::Review).await?.iter().map(view).collect(),
        refused: rows(ListedState::Refused).await?.iter().map(view).collect(),
    };
    form_page(&page, &page.errors)
}

/// Why a row came to what it did, in words; where an officer decided, what they said.
pub(super) fn why(t: T, row: &ListedRow) -> String {
    if let Some((kind, reason)) = &row.said {
        let said = crate::people::rows::said_words(t, *kind);
        return if reason.is_empty() { said } else { format!("{said} · {reason}") };
    }
    let evidence = |codes: &[String]| -> String {
        codes.iter().map(|code| t.code("evidence", code)).collect::<Vec<_>>().join(" · ")
    };
    match &row.listed.outcome {
        RowOutcome::New => String::new(),
        RowOutcome::Matched { to } => evidence(&to.why),
        RowOutcome::Review { among } => among.first().map(|like| evidence(&like.why)).unwrap_or_default(),
        RowOutcome::Refused { reason } => t.code("row-refused", reason.code()),
    }
}
