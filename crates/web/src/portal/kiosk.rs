//! The free computer of a centre: large, private, nothing kept, ended by a touch or by silence.

use super::home::Tile;
use crate::{
    App,
    request::{PageError, Visitor, set_cookie},
    shell::{Shell, page},
    text::T,
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

/// The cookie of a kiosk.
const KIOSK: &str = "kiosk";
/// How long a machine stays a kiosk: a year, until its cookies are erased.
const YEAR: i64 = 31_536_000;
/// Seconds that the last page stays.
const LAST: &str = "8; url=/kiosk";

#[derive(Template)]
#[template(path = "portal/kiosk.html")]
struct KioskPage {
    shell: Shell,
    tiles: Vec<Tile>,
}

#[derive(Template)]
#[template(path = "portal/kiosk_end.html")]
struct EndPage {
    shell: Shell,
}

/// Where a kiosk leads: a sign and a few words each.
fn tiles(t: T) -> Vec<Tile> {
    let all = [
        ("/check", "may", "check-title"),
        ("/", "question", "portal-happened"),
        ("/track", "paper", "portal-track"),
        ("/sites", "home", "portal-sites"),
        ("/complain", "alert", "portal-complain"),
        ("/bring", "household", "portal-bring"),
    ];
    let tile = |(to, sign, id): &(&str, &str, &str)| Tile {
        address: (*to).to_owned(),
        drawing: (*sign).to_owned(),
        words: t.m(id),
    };
    all.iter().map(tile).collect()
}

/// `GET /kiosk`: makes this machine a kiosk and begins a session on it.
pub async fn show(State(app): State<App>, mut visitor: Visitor) -> Result<Response, PageError> {
    let token = fresh();
    visitor.kiosk = Some(token.clone());
    let mut response = page(&KioskPage { shell: visitor.shell(&app), tiles: tiles(visitor.t()) })?;
    response.headers_mut().append(header::SET_COOKIE, set_cookie(KIOSK, &token, app.config.secure_cookies, Some(YEAR)));
    Ok(response)
}

/// `GET /kiosk/end`: forgets whoever sat here, and begins anew by itself. The token dies, so that a form in the
/// browser's history shows nothing when it is sent again.
pub async fn end(State(app): State<App>, mut visitor: Visitor, headers: HeaderMap) -> Result<Response, PageError> {
    let token = fresh();
    visitor.kiosk = Some(token.clone());
    let mut response = page(&EndPage { shell: visitor.shell(&app) })?.into_response();
    let secure = app.config.secure_cookies;
    let out = response.headers_mut();
    for name in names(&headers).into_iter().filter(|name| name != KIOSK) {
        out.append(header::SET_COOKIE, set_cookie(&name, "", secure, Some(0)));
    }
    out.append(header::SET_COOKIE, set_cookie(KIOSK, &token, secure, Some(YEAR)));
    out.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    out.insert(header::REFRESH, HeaderValue::from_static(LAST));
    Ok(response)
}

fn fresh() -> String {
    let draw: [u8; 16] = rand::random();
    draw.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The names of the cookies that came.
fn names(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, _)| name.to_owned()).collect()
}
