//! Calling the next token to a desk, and handing a visit on to another one.

use super::{
    frame::{Frame, StepName},
    list::{self, TRIES},
    visit,
};
use crate::{
    App,
    request::{Errors, Fields, PageError, Sent, Visitor, cookie, set_cookie},
    shell::{Choice, Shell, form_page},
    text::T,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    event::Change,
    ids::VisitId,
    visits::{CallRefused, Counter, LONGEST_NOTE, MOST_DESKS, TokenCalled, next_token},
};
use store::StoreError;

/// The cookie of the machine that stands on a desk: its number, and the queue it serves.
const COOKIE: &str = "office-desk";

/// Which desk a machine stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnDesk {
    /// The number over it.
    pub number: u32,
    /// The queue it serves; all of them when it is `None`.
    pub queue: Option<Counter>,
}

impl OwnDesk {
    fn of(number: u32, queue: Option<Counter>) -> Option<OwnDesk> {
        (1..=MOST_DESKS).contains(&number).then_some(OwnDesk { number, queue })
    }

    fn cookie(self) -> String {
        format!("{}.{}", self.number, self.queue.map_or("all", Counter::code))
    }
}

/// The desk this machine was last used at.
pub fn own_desk(headers: &HeaderMap) -> Option<OwnDesk> {
    let (number, queue) = cookie(headers, COOKIE)?.split_once('.')?;
    OwnDesk::of(number.parse().ok()?, queue.parse().ok())
}

/// The form that calls the next token.
pub struct NextForm {
    /// The desk's number as typed or known.
    pub desk: String,
    /// Which queue.
    pub queues: Vec<Choice>,
    /// Nobody waited when the button was pressed.
    pub nobody: bool,
}

impl NextForm {
    /// The form as it was sent, or as this machine used it last.
    pub fn of(t: T, headers: &HeaderMap, sent: &Fields, nobody: bool) -> NextForm {
        let own = own_desk(headers);
        let typed = sent.opt("desk").or(own.map(|desk| desk.number.to_string())).unwrap_or_default();
        let queue = own.and_then(|desk| desk.queue).map_or("all", Counter::code);
        let chosen = sent.opt("queue").unwrap_or(queue.to_owned());
        let all = Choice { value: "all".to_owned(), text: t.m("next-queue-all"), chosen: chosen == "all" };
        let codes: Vec<&str> = Counter::ALL.iter().map(|counter| counter.code()).collect();
        let queues = std::iter::once(all).chain(Choice::codes(t, "counter", &codes, &chosen)).collect();
        NextForm { desk: typed, queues, nobody }
    }
}

/// `GET /desk/next`: where a form leads that was sent after its session had ended.
pub async fn back() -> Redirect {
    Redirect::to("/desk")
}

/// `POST /desk/next`: the next token comes to this desk. Two desks that press at once get two tokens: whoever was slower
/// takes the one after.
pub async fn next(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let t = visitor.t();
    let number = sent.fields.number("desk").and_then(Result::ok).and_then(|number| u32::try_from(number).ok());
    let queue = sent.fields.read::<Counter>("queue").ok().flatten();
    let Some(desk) = number.and_then(|number| OwnDesk::of(number, queue)) else {
        let next = NextForm::of(t, &headers, &sent.fields, false);
        let errors = Errors::one("desk", refused(t, CallRefused::Desk));
        return list::render(&app, &visitor, &Fields::default(), errors, None, next).await;
    };
    let Some(officer) = visitor.scope.officer_id() else { return Err(PageError::NotFound) };
    for _ in 0..TRIES {
        let open = app.store.visits(&visitor.scope).waiting(app.today()).await?;
        let Some(visit) = next_token(&open, desk.number, desk.queue) else {
            return Ok(with_cookie(&app, desk, "/desk?nobody=1"));
        };
        let called = TokenCalled { officer, desk: desk.number };
        let change = Change::after(visit.id, visit.version, called, app.today());
        let commit = app.commit(sent.command.clone(), vec![change], format!("/visits/{}", visit.id));
        match app.store.commit(&visitor.scope, commit).await {
            Ok(done) => return Ok(with_cookie(&app, desk, done.outcome())),
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(PageError::Broken)
}

/// Goes on, and leaves the desk's number on this machine for a year.
fn with_cookie(app: &App, desk: OwnDesk, to: &str) -> Response {
    let line = set_cookie(COOKIE, &desk.cookie(), app.config.secure_cookies, Some(31_536_000));
    ([(header::SET_COOKIE, line)], Redirect::to(to)).into_response()
}

#[derive(Template)]
#[template(path = "visits/hand.html")]
struct HandPage {
    shell: Shell,
    frame: Frame,
    errors: Errors,
    desk: String,
    note: String,
}

/// `GET /visits/{visit}/hand`
pub async fn ask_hand(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
) -> Result<Response, PageError> {
    hand_page(&app, &visitor, id, &Fields::default(), Errors::default()).await
}

/// `POST /visits/{visit}/hand`: the visit waits for another desk, which sees it before all others.
pub async fn hand(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<VisitId>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    let visit = visit::load(&app, &visitor, id).await?;
    if visit.officer != visitor.scope.officer_id() {
        return Err(PageError::NotFound);
    }
    let typed = sent.fields.number("to_desk").and_then(Result::ok).and_then(|number| u32::try_from(number).ok());
    let own = visit.desk.or(own_desk(&headers).map(|desk| desk.number));
    match visit.hand(typed.unwrap_or(0), own, sent.fields.text("note")) {
        Ok(handed) => {
            let change = Change::after(id, visit.version, handed, app.today());
            sent.carry_out(&app, &visitor, vec![change], "/desk".to_owned()).await
        }
        Err(why) => {
            let field = match why {
                CallRefused::NoteMissing | CallRefused::NoteLong => "note",
                _ => "to_desk",
            };
            let errors = Errors::one(field, refused(visitor.t(), why));
            hand_page(&app, &visitor, id, &sent.fields, errors).await
        }
    }
}

/// The page, for the officer who serves the visit.
async fn hand_page(
    app: &App,
    visitor: &Visitor,
    id: VisitId,
    fields: &Fields,
    errors: Errors,
) -> Result<Response, PageError> {
    let visit = visit::load(app, visitor, id).await?;
    let frame = Frame::of(app, visitor, &visit, StepName::Household).await?;
    if !frame.mine {
        return Err(PageError::NotFound);
    }
    let (desk, note) = (fields.text("to_desk").to_owned(), fields.text("note").to_owned());
    let page = HandPage { shell: visitor.shell(app), frame, desk, note, errors };
    form_page(&page, &page.errors)
}

/// A refusal in the reader's language.
fn refused(t: T, why: CallRefused) -> String {
    match why {
        CallRefused::Ended => t.m("people-visit-ended"),
        CallRefused::Desk => t.m("next-desk-wrong"),
        CallRefused::SameDesk => t.m("hand-same-desk"),
        CallRefused::NoteMissing => t.m("hand-note-missing"),
        CallRefused::NoteLong => t.a("hand-note-long", "count", LONGEST_NOTE),
    }
}
