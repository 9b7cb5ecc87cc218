//! What reached many families at once: one row for each, with its amount and day. Each row ends by itself: what is right
//! is recorded, what is not stands on the page again as it was typed.

use super::{
    deliveries_rows::{judge, only},
    inbox_rows::{InboxItem, item, scheme},
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor},
    shell::{Shell, form_page, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::Datelike;
use domain::{Date, Version, applications::DeliveryRecorded, programmes::ProgrammeId};
use serde::Deserialize;
use store::access::{LeftForm, Purpose};

/// Rows on one page.
pub(super) const PAGE: i64 = 25;

#[derive(Template)]
#[template(path = "applications/deliveries.html")]
struct DeliveriesPage {
    shell: Shell,
    errors: Errors,
    programmes: Vec<(String, String, i64, bool)>,
    programme: String,
    name: String,
    from: i64,
    what: String,
    rows: Vec<Row>,
    earlier: Option<String>,
    later: Option<String>,
    done: Option<String>,
}

/// One family.
struct Row {
    item: InboxItem,
    version: Version,
    /// Something was handed over, though it is no money.
    ticked: bool,
    amount: String,
    on: String,
    /// What was recorded last.
    last: String,
}

/// Which programme, and from which row.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    from: i64,
    done: Option<usize>,
}

/// The programmes under which something may be delivered, and the one that is shown.
struct Shown {
    all: Vec<(ProgrammeId, i64)>,
    programme: ProgrammeId,
    from: i64,
}

impl Shown {
    async fn of(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Shown, PageError> {
        let all = app.store.applications(&visitor.scope).deliverable_programmes().await?;
        // With one programme there is nothing to choose.
        let only = all.first().filter(|_| all.len() == 1).map(|(programme, _)| programme.clone());
        let programme = only.unwrap_or(ProgrammeId(wanted.programme.clone()));
        Ok(Shown { all, programme, from: wanted.from.clamp(0, 1_000_000) })
    }

    /// The address of a page of it.
    fn page(&self, from: i64) -> String {
        format!("/applications/deliveries?programme={}&from={from}", self.programme)
    }
}

/// `GET /applications/deliveries`: with the rows that were not taken before, as they were typed.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    let shown = Shown::of(&app, &visitor, &wanted).await?;
    let kept = app.store.kept_rows(&visitor.scope, &shown.page(shown.from), app.now()).await?;
    let mut fields = Fields::default();
    if let Some(LeftForm::Rows { fields: left, .. }) = kept.map(|kept| kept.form) {
        left.iter().for_each(|(name, value)| fields.add(name, value));
    }
    let errors = judge(&app, &visitor, &fields).await?.errors;
    page(&render(&app, &visitor, shown, wanted.done, &fields, errors).await?)
}

async fn render(
    app: &App,
    visitor: &Visitor,
    shown: Shown,
    done: Option<usize>,
    fields: &Fields,
    errors: Errors,
) -> Result<DeliveriesPage, PageError> {
    let t = visitor.t();
    let room = app.store.applications(&visitor.scope);
    let Shown { all, programme, from } = &shown;
    let from = *from;
    let count = all.iter().find(|(one, _)| one == programme).map_or(0, |(_, count)| *count);
    let mut rows = Vec::new();
    if count > 0 {
        let purpose = Purpose::Reason(format!("deliveries of {programme}"));
        app.store.log_read(&visitor.scope, "deliveries", None, &purpose, app.now()).await?;
    }
    for row in room.deliverable(programme, from, PAGE).await? {
        let last = room.deliveries(row.id).await?.pop();
        let last = last.map(|last| format!("{} · {}", told(t, &last), t.date(last.on))).unwrap_or_default();
        let (id, version) = (row.id, row.version);
        let typed = |name: &str| fields.opt(&format!("{name}-{id}"));
        rows.push(Row {
            item: item(app, t, row),
            version,
            ticked: fields.is("given", &id.to_string()),
            amount: typed("amount").unwrap_or_default(),
            on: typed("on").unwrap_or_else(|| as_typed(app.today())),
            last,
        });
    }
    Ok(DeliveriesPage {
        shell: visitor.shell(app),
        programmes: all
            .iter()
            .map(|(one, count)| (one.to_string(), scheme(app, t, one), *count, one == programme))
            .collect(),
        name: scheme(app, t, programme),
        earlier: (from > 0).then(|| shown.page((from - PAGE).max(0))),
        later: (from + PAGE < count).then(|| shown.page(from + PAGE)),
        done: done.map(|count| t.a("deliveries-done", "count", count)),
        programme: programme.to_string(),
        what: fields.text("what").to_owned(),
        from,
        rows,
        errors,
    })
}

fn told(t: T, given: &DeliveryRecorded) -> String {
    let amount = given.amount.map(|amount| t.money(amount)).unwrap_or_default();
    format!("{amount} {}", given.what).trim().to_owned()
}

fn as_typed(day: Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

/// `POST /applications/deliveries`: each row ends by itself. What is right is recorded; what is not is kept for its officer
/// as it was typed and shown again, with its sentence, on the same page. Sent twice, it leads to the same page.
pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, PageError> {
    let fields = &sent.fields;
    let wanted = Wanted {
        programme: fields.text("programme").to_owned(),
        from: fields.number("from").and_then(Result::ok).unwrap_or(0),
        done: None,
    };
    let shown = Shown::of(&app, &visitor, &wanted).await?;
    let mut judged = judge(&app, &visitor, fields).await?;
    if judged.foreign {
        return Err(PageError::NotFound);
    }
    if judged.changes.is_empty() {
        if judged.errors.is_empty() {
            judged.errors.add("rows", visitor.t().m("deliveries-nothing"));
        }
        let page = render(&app, &visitor, shown, None, fields, judged.errors).await?;
        return form_page(&page, &page.errors);
    }
    let page = shown.page(shown.from);
    let to = format!("{page}&done={}", judged.changes.len());
    let (scope, id, now) = (&visitor.scope, sent.command.id.0, app.now());
    // Kept before anything is written: what is recorded must not be all that is left of the form.
    match judged.left.is_empty() {
        true => app.store.drop_kept_rows(scope, &page, now).await?,
        false => {
            let fields = only(fields, &judged.left);
            app.store.keep_rows(scope, id, &LeftForm::Rows { page, fields }, now).await?;
        }
    }
    sent.carry_out(&app, &visitor, judged.changes, to).await
}
