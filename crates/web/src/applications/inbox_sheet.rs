//! The own inbox as a sheet, a workbook or CSV, for an office that plans its week on paper or in a table. It holds what the
//! inbox shows and nothing more; what is protected is read on its own page only.

use super::inbox_rows::{InboxItem, item};
use crate::{
    App,
    request::{PageError, Visitor},
    text::T,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::language::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use store::access::Purpose;

/// As many rows as the inbox looks at.
const MOST: i64 = 2_000;

/// The columns, by the end of their message.
const COLUMNS: [&str; 8] = ["code", "name", "council", "scheme", "received", "status", "clock", "changed"];

/// The column that holds a day.
const RECEIVED: usize = 4;

/// `GET /applications/inbox.xlsx`
pub async fn workbook(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let rows = rows(&app, &visitor).await?;
    let bytes = as_workbook(visitor.t(), &rows).map_err(|error| {
        tracing::error!(%error, "a workbook failed");
        PageError::Broken
    })?;
    Ok(handed(&app, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
}

/// `GET /applications/inbox.csv`
pub async fn table(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let rows = rows(&app, &visitor).await?;
    let bytes = as_csv(visitor.t(), &rows).map_err(|error| {
        tracing::error!(%error, "a table failed");
        PageError::Broken
    })?;
    Ok(handed(&app, "csv", "text/csv; charset=utf-8", bytes))
}

async fn rows(app: &App, visitor: &Visitor) -> Result<Vec<InboxItem>, PageError> {
    let rows = app.store.applications(&visitor.scope).inbox_to_take(MOST).await?;
    let purpose = Purpose::Reason(format!("sheet of the own inbox, {} rows", rows.len()));
    app.store.log_read(&visitor.scope, "export", None, &purpose, app.now()).await?;
    Ok(rows.into_iter().map(|row| item(app, visitor.t(), row)).collect())
}

fn handed(app: &App, ending: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"inbox-{}.{ending}\"", app.today())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

fn heads(t: T) -> [String; 8] {
    COLUMNS.map(|column| t.code("inbox", column))
}

/// A row in the order of the columns.
fn cells(t: T, row: &InboxItem) -> [String; 8] {
    let clock = row.clock.as_ref().map(|clock| clock.words.clone()).unwrap_or_default();
    let changed = if row.flagged { t.m("inbox-flagged") } else { String::new() };
    let texts = [
        row.code.clone(),
        row.name.clone(),
        row.union_council.clone(),
        row.scheme.clone(),
        row.submitted.iso.clone(),
        row.status.clone(),
        clock,
        changed,
    ];
    texts.map(|text| plain(&text))
}

/// Text that no table program takes for a formula, also when a workbook is saved as CSV and opened again. Marks of writing
/// direction, which pages need around names, are left out.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    let risky = text.trim_start().starts_with(['=', '+', '-', '@', '|', '%']) || text.starts_with(['\t', '\r', '\n']);
    if risky { format!("'{text}") } else { text }
}

fn as_workbook(t: T, rows: &[InboxItem]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("onewindow"));
    let (head, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let sheet = book.add_worksheet();
    sheet.set_right_to_left(t.0 != Lang::En);
    for (at, words) in (0u16..).zip(heads(t)) {
        sheet.write_string_with_format(0, at, words, &head)?;
        sheet.set_column_width(at, if at == 3 { 36 } else { 18 })?;
    }
    for (at, row) in (1u32..).zip(rows) {
        for (column, (index, text)) in (0u16..).zip(cells(t, row).into_iter().enumerate()) {
            match index == RECEIVED {
                true => {
                    let received = ExcelDateTime::parse_from_str(&text)?;
                    sheet.write_datetime_with_format(at, column, &received, &day)?
                }
                false => sheet.write_string(at, column, text)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// UTF-8 with its mark, so that table programs read Urdu as Urdu.
fn as_csv(t: T, rows: &[InboxItem]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    table.write_record(heads(t))?;
    for row in rows {
        table.write_record(cells(t, row))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_name_becomes_a_formula() {
        let check = |text: &str, want: &str| assert_eq!(plain(text), want);
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check(" =1+1", "' =1+1");
        check("+92 300", "'+92 300");
        check("-2", "'-2");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\u{2068}=1\u{2069}", "'=1");
        check("\tAmina", "'\tAmina");
        check("|cmd", "'|cmd");
        check("Amina Bibi", "Amina Bibi");
        check("آمنہ بی بی", "آمنہ بی بی");
    }
}
