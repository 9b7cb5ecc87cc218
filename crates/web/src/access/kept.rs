//! Forms that were sent or left while the screen was locked, for their officer to send or to let go.

use crate::{
    App,
    applications::inbox_rows::Day,
    request::{PageError, Sent, Visitor},
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use store::access::{KeptForm, LeftForm};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "access/kept.html")]
struct KeptPage {
    shell: Shell,
    forms: Vec<Left>,
}

/// One form on the page.
struct Left {
    id: Uuid,
    day: Day,
    time: String,
    /// Of a form that was sent: its fields. The page shows none of them.
    fields: Option<Vec<(String, String)>>,
    /// Of a form that was being filled in: what its page's script kept.
    values: String,
    /// Of rows that were not taken: the page on which they wait.
    page: Option<String>,
}

/// `GET /kept`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let t = visitor.t();
    let left = |kept: KeptForm| {
        let (day, time) = crate::app::local_time(kept.at);
        let (fields, values, page) = match kept.form {
            LeftForm::Sent { fields, .. } => (Some(fields), String::new(), None),
            LeftForm::Draft { values, .. } => (None, values, None),
            LeftForm::Rows { page, .. } => (None, String::new(), Some(page)),
        };
        Left { id: kept.id, day: Day::of(t, day), time, fields, values, page }
    };
    let forms = app.store.kept_forms(&visitor.scope, app.now()).await?.into_iter().map(left).collect();
    page(&KeptPage { shell: visitor.shell(&app), forms })
}

/// `GET` of a form's own address.
pub async fn back() -> Response {
    Redirect::to("/kept").into_response()
}

/// The form, let go of in the same step: the browser holds what it says.
async fn taken(app: &App, visitor: &Visitor, id: &str) -> Result<LeftForm, PageError> {
    let id: Uuid = id.parse().map_err(|_| PageError::NotFound)?;
    let forms = app.store.kept_forms(&visitor.scope, app.now()).await?;
    let kept = forms.into_iter().find(|kept| kept.id == id).ok_or(PageError::NotFound)?;
    app.store.drop_kept_form(&visitor.scope, id).await?;
    Ok(kept.form)
}

/// `POST /kept/{kept}/send`: the same form goes on to where it was sent first (307 keeps method and fields), as the same
/// command.
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    _sent: Sent,
) -> Result<Response, PageError> {
    match taken(&app, &visitor, &id).await? {
        LeftForm::Sent { address, .. } => Ok(Redirect::temporary(&address).into_response()),
        LeftForm::Draft { page, .. } | LeftForm::Rows { page, .. } => Ok(Redirect::to(&page).into_response()),
    }
}

/// `POST /kept/{kept}/drop`: lets go of it, and back to the page a draft stands on.
pub async fn forget(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    _sent: Sent,
) -> Result<Response, PageError> {
    match taken(&app, &visitor, &id).await? {
        LeftForm::Draft { page, .. } | LeftForm::Rows { page, .. } => Ok(Redirect::to(&page).into_response()),
        LeftForm::Sent { .. } => Ok(Redirect::to("/kept").into_response()),
    }
}
