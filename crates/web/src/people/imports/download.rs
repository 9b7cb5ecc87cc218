//! Rows of an import as CSV, for whoever keeps the list: line, what came of it, why, and the row as it was written.

use super::show::why;
use crate::{
    App,
    request::{PageError, Visitor},
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{ids::ImportId, people::ListedState};
use store::access::Purpose;

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// `GET /people/imports/{import}/rows/{state}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, state)): Path<(ImportId, String)>,
) -> Result<Response, PageError> {
    let Ok(state) = state.parse::<ListedState>() else { return Err(PageError::NotFound) };
    let (t, lists) = (visitor.t(), app.store.lists(&visitor.scope));
    let import = lists.import(id).await?.ok_or(PageError::NotFound)?;
    let purpose = Purpose::Reason("export".to_owned());
    app.store.log_read(&visitor.scope, "export", Some(id.0), &purpose, app.now()).await?;
    // The mark tells spreadsheets that this is UTF-8.
    let mut out = "\u{FEFF}".to_owned();
    let head = [t.m("import-line"), t.m("import-came-to"), t.m("import-why")];
    line(&mut out, head.iter().chain(&import.opened.head).map(String::as_str));
    let mut after = 0;
    loop {
        let rows = lists.rows(id, state, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = i64::try_from(last.listed.line).unwrap_or(i64::MAX);
        for row in rows {
            let why = why(t, &row);
            let row = row.listed;
            let own = [row.line.to_string(), t.code("listed-state", row.outcome.state().code()), why];
            line(&mut out, own.iter().chain(&row.cells).map(String::as_str));
        }
    }
    let name = format!("attachment; filename=\"{}-{}.csv\"", state.code(), &id.to_string()[24..]);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, out).into_response())
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&harmless(cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe, and is text again.
pub fn harmless(cell: &str) -> String {
    let formula = |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(formula) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_formula_from_a_list_stays_text_in_a_spreadsheet() {
        let check = |cell: &str, want: &str| assert_eq!(harmless(cell), want);
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check("+923001234567", "'+923001234567");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\tcmd", "'\tcmd");
        check("\r=1", "'\r=1");
        check("＝1", "'＝1");
        check("Amina Bibi", "Amina Bibi");
        check("", "");
    }
}
