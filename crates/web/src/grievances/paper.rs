//! The paper of a complaint: code, secret, kind, and the day of the answer; on A5, like a receipt.

use super::{
    mine::{Wanted, see},
    sentences::about,
};
use crate::{
    App,
    applications::receipt::{centre_name, languages},
    portal::{sentences::place, track},
    request::{Errors, PageError, Visitor},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Date, applications::ReceiptCode, language::Lang};
use screener::qr::{self, Qr};

#[derive(Template)]
#[template(path = "grievances/paper.html")]
struct PaperPage {
    /// In the paper's language.
    shell: Shell,
    code: ReceiptCode,
    groups: Vec<String>,
    qr: Option<Qr>,
    title: String,
    office: String,
    place: String,
    phone: String,
    on: Date,
    kind: String,
    about: String,
    answer_by: Date,
    english: String,
    secret: Option<(String, String)>,
    languages: Vec<(&'static str, &'static str, &'static str, String, bool)>,
}

/// `GET /complain/{code}/receipt`: with the secret for the browser that has just filed it.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Ok(code) = typed.parse::<ReceiptCode>() else { return Err(PageError::NotFound) };
    let Some(seen) = see(&app, &visitor, &headers, code.clone(), &wanted.new).await? else {
        return track::form(&app, &visitor, &code.to_string(), Errors::default());
    };
    let (t, filed) = (visitor.t(), &seen.grievance.filed);
    let centre = filed.centre.as_ref().and_then(|id| app.centre(id));
    let here = centre.or_else(|| app.config.centres.iter().find(|centre| centre.district == filed.district));
    let english = |t: T| {
        let parts = [t.code("complaint-kind", filed.kind.code()), about(&app, t, &seen.grievance)];
        format!("{} · {}", parts.join(" · "), t.a("receipt-by", "date", t.date(filed.answer_by)))
    };
    let shown = code.to_string();
    page(&PaperPage {
        shell: visitor.shell(&app),
        groups: shown.split('-').map(str::to_owned).collect(),
        qr: qr::draw(&format!("{}/complain/{}", app.config.public_url, code.plain())),
        title: t.m("complaint-paper-title"),
        office: t.a("complaint-past-received", "place", place(&app, t, &filed.district.0)),
        place: centre_name(&app, t, here),
        phone: here.map(|centre| centre.phone.clone()).unwrap_or_default(),
        on: filed.since,
        kind: t.code("complaint-kind", filed.kind.code()),
        about: about(&app, t, &seen.grievance),
        answer_by: filed.answer_by,
        english: if t.0 == Lang::En { String::new() } else { english(T(Lang::En)) },
        secret: super::mine::secret(&app, &seen),
        languages: languages(t.0, |lang| {
            let proof = if seen.fresh { format!("&new={}", wanted.new) } else { String::new() };
            format!("/complain/{}/receipt?lang={lang}{proof}", code.plain())
        }),
        code,
    })
}
