//! A list is uploaded: looked at once, kept, and on to its columns.

use super::{fault_code, fault_words};
use crate::{
    App,
    request::{Errors, PageError, Sent, Visitor},
    shell::{Shell, form_page},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use batch::lists::{FileFault, ListFile, MATCHED_BY, guess};
use domain::{
    ids::ImportId,
    payments::Purpose,
    people::{Gives, Import, ImportOpened, ListHead},
};
use std::io::Write;

/// Rows taken in one transaction: few enough that a desk does not notice.
pub const BATCH_ROWS: u32 = 1_000;

#[derive(Template)]
#[template(path = "people/imports/new.html")]
struct NewPage {
    shell: Shell,
    errors: Errors,
    source: String,
    /// Operators of the pack and earlier sources.
    sources: Vec<String>,
    /// The import that has this file already.
    earlier: Option<ImportId>,
}

/// `GET /people/imports/new`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    render(&app, &visitor, String::new(), Errors::default(), None).await
}

async fn render(
    app: &App,
    visitor: &Visitor,
    source: String,
    errors: Errors,
    earlier: Option<ImportId>,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let mut sources = app.store.lists(&visitor.scope).sources().await?;
    sources.extend(app.pack.operators().iter().map(|operator| t.pack(&operator.name).to_owned()));
    let page = NewPage { shell: visitor.shell(app), errors, source, sources, earlier };
    form_page(&page, &page.errors)
}

/// `POST /people/imports/new`: nothing of the list is on file yet but the file itself.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let t = visitor.t();
    let source = sent.fields.text("source").to_owned();
    let mut errors = Errors::default();
    if source.is_empty() {
        errors.add("source", t.m("import-source-missing"));
    }
    let Some(upload) = sent.files.into_iter().find(|file| file.field == "list") else {
        errors.add("list", t.m("import-file-missing"));
        return render(&app, &visitor, source, errors, None).await;
    };
    if !app.store.take_upload(&visitor.scope, app.today(), upload.bytes.len(), app.config.limits.day).await? {
        errors.add("list", t.m("upload-day-full"));
        return render(&app, &visitor, source, errors, None).await;
    }
    let bytes = std::sync::Arc::new(upload.bytes);
    let looked = bytes.clone();
    let looked = tokio::task::spawn_blocking(move || look(&looked)).await.map_err(std::io::Error::other);
    let file = match looked.map_err(store::StoreError::from)? {
        Ok(file) => Some(file),
        Err(fault) => {
            errors.add("list", fault_words(t, &fault_code(&fault)));
            None
        }
    };
    let (Some(file), true) = (file, errors.is_empty()) else {
        return render(&app, &visitor, source, errors, None).await;
    };
    let bytes = std::sync::Arc::unwrap_or_clone(bytes);
    let address = app.store.blobs().put(bytes).await?;
    let lists = app.store.lists(&visitor.scope);
    if let Some(earlier) = lists.of_file(&address).await? {
        let errors = Errors::one("list", taken(t, &earlier));
        return render(&app, &visitor, source, errors, Some(earlier.id)).await;
    }
    let remembered = lists.remembered(&source).await?;
    let plan = plan(&app, &visitor, source, address, upload.name, &file, remembered);
    let import = ImportId(uuid::Uuid::now_v7());
    lists.draft(import, &plan, app.now()).await?;
    Ok(Redirect::to(&format!("/people/imports/{import}")).into_response())
}

fn taken(t: crate::text::T, earlier: &Import) -> String {
    let day = t.date(crate::app::local_day(earlier.opened_at));
    t.with("import-same-file", &[("title", earlier.opened.list.title.as_str().into()), ("date", day.into())])
}

/// Opens what was uploaded, from a file, because a workbook is read from both ends.
fn look(bytes: &[u8]) -> Result<ListFile, FileFault> {
    let unreadable = |error: std::io::Error| FileFault::Unreadable(error.to_string());
    let mut file = tempfile::NamedTempFile::new().map_err(unreadable)?;
    file.write_all(bytes).map_err(unreadable)?;
    ListFile::open(file.path())
}

/// What is known of a list before anybody said anything: its columns by name or by memory.
pub fn plan_of(
    source: String,
    file: String,
    file_name: String,
    head: &ListFile,
    remembered: Option<ImportOpened>,
    today: domain::Date,
) -> ImportOpened {
    let earlier = remembered.as_ref().map(|opened| &opened.mapping);
    let mapping = guess(&head.head, earlier);
    let mut list = remembered.map_or_else(
        || ListHead {
            source: source.clone(),
            title: String::new(),
            operator: None,
            programme: None,
            district: None,
            stated_on: today,
            gives: Gives { purpose: Purpose::Cash, amount: None, per: None },
        },
        |opened| opened.list,
    );
    list.source = source;
    list.stated_on = today;
    ImportOpened {
        list,
        file,
        file_name,
        mapping,
        head: head.head.clone(),
        batch_rows: BATCH_ROWS,
        matched_by: MATCHED_BY.to_owned(),
    }
}

fn plan(
    app: &App,
    visitor: &Visitor,
    source: String,
    file: String,
    file_name: String,
    head: &ListFile,
    remembered: Option<ImportOpened>,
) -> ImportOpened {
    let t = visitor.t();
    let mut plan = plan_of(source, file, file_name, head, remembered, app.today());
    let named = |operator: &&rules::pack::catalogue::Operator| t.pack(&operator.name) == plan.list.source;
    if let Some(operator) = app.pack.operators().iter().find(named) {
        plan.list.operator = Some(operator.id.as_str().into());
    }
    plan
}
