//! The gate: every request is looked up in the access table before any handler sees it. Deny by default.

use super::{Fields, Network, PageError, Visitor, cookies, sent::MAX_FORM};
use crate::App;
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::Doing, language::Lang};
use sha2::{Digest, Sha256};
use store::{
    Scope,
    access::{Session, Stage},
};

/// Which of the two listeners a request came through. Each has its own cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Officers.
    Office,
    /// Everybody.
    Public,
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// Any officer who is signed in, even one who must change the password first.
    SignedIn,
    /// Officers whose role may do this.
    May(Doing),
}

/// One row of the access table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The listener.
    pub surface: Surface,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The route as the router knows it.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// The address officers sign in at.
pub(crate) const SIGN_IN: &str = "/sign-in";

/// Middleware: makes the visitor, checks the table, sets the headers of every answer.
pub async fn gate(State((app, surface)): State<(App, Surface)>, mut request: Request, next: Next) -> Response {
    let mut visitor = match visitor(&app, surface, request.headers(), request.uri()).await {
        Ok(visitor) => visitor,
        Err(error) => return secured(error.page(&app, &stranger(surface, request.headers(), request.uri()))),
    };
    let chosen = chosen_language(request.uri());
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    visitor.lang = chosen.unwrap_or(visitor.lang);
    visitor.network = Network::of(&request);
    let path = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_owned());
    let allowed = check(&app, &visitor, surface, request.method(), path.as_deref());
    request.extensions_mut().insert(visitor.clone());
    let fresh_token = cookies::cookie(request.headers(), form_cookie(surface)).is_none();
    let mut response = match allowed {
        Ok(()) => answered(request, next).await,
        Err(refused) => match visitor.half.as_ref().filter(|half| half.stage == Stage::Locked) {
            Some(session) => held(&app, &visitor, session, request).await.unwrap_or_else(IntoResponse::into_response),
            None => refused,
        },
    };
    if let Some(error) = response.extensions_mut().remove::<PageError>() {
        response = error.page(&app, &visitor);
    }
    if let Some(error) = plain_refusal(&response) {
        response = error.page(&app, &visitor);
    }
    let unchanged = known.is_some() && known.as_ref() == response.headers().get(header::ETAG) && chosen.is_none();
    if unchanged && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
    }
    let open = response.headers().contains_key(header::ETAG);
    let headers = response.headers_mut();
    if let Some(lang) = chosen {
        append(headers, cookies::set("lang", lang.code(), app.config.secure_cookies, Some(31_536_000)));
    }
    let bare = ["/assets/", "/offline/", "/health", "/sw.js", "/manifest.webmanifest"];
    let page = !bare.iter().any(|path| visitor.address.starts_with(path));
    // A page that everybody gets alike carries no form, and leaves nothing on the phone.
    if fresh_token && page && !open && visitor.session.is_none() {
        append(headers, cookies::set(form_cookie(surface), &visitor.form_token, app.config.secure_cookies, None));
    }
    // The free computer of a centre keeps no page for the next person.
    if visitor.kiosk.is_some() && page {
        headers.remove(header::ETAG);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    secure(headers);
    // Behind TLS the browser never asks without it again.
    if app.config.secure_cookies {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// What comes while the screen is locked waits for the officer: the page by its address, the form sealed.
async fn held(app: &App, visitor: &Visitor, session: &Session, request: Request) -> Result<Response, PageError> {
    let token = cookies::cookie(request.headers(), SESSION).unwrap_or_default().to_owned();
    let form = if request.method() != Method::POST || !super::sent::same_site(request.headers()) {
        None
    } else {
        let bytes = to_bytes(request.into_body(), MAX_FORM).await.map_err(|_| PageError::TooLarge)?;
        Some(Fields::parse(&String::from_utf8_lossy(&bytes)))
    };
    crate::access::lock::hold(app, visitor, session, &token, form).await
}

/// Runs the handler. A form whose record moved on while it was being carried out is asked once more: then the handler
/// reads the record as it is now, and either finds nothing in the way or shows both answers.
async fn answered(request: Request, next: Next) -> Response {
    let is_form = |kind: &HeaderValue| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded");
    if request.method() != Method::POST || !request.headers().get(header::CONTENT_TYPE).is_some_and(is_form) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_FORM).await else { return PageError::TooLarge.into_response() };
    let again = || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let response = next.clone().run(again()).await;
    match response.extensions().get::<PageError>() {
        Some(PageError::Moved(_)) => next.run(again()).await,
        _ => response,
    }
}

/// The framework's own refusals are one line of English; a reader gets a page. Assets and health have no reader.
fn plain_refusal(response: &Response) -> Option<PageError> {
    let plain =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        status if !status.is_client_error() || !plain => None,
        StatusCode::PAYLOAD_TOO_LARGE => Some(PageError::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => Some(PageError::BadForm),
        _ => Some(PageError::NotFound),
    }
}

fn append(headers: &mut HeaderMap, line: Option<HeaderValue>) {
    if let Some(line) = line {
        headers.append(header::SET_COOKIE, line);
    }
}

/// The cookie of an officer's session.
pub(crate) const SESSION: &str = "office-session";

/// The cookie by which a browser is known in which an officer signed in before. It opens nothing.
pub(crate) const BROWSER: &str = "office-browser";

/// As long as browsers keep a cookie at most: 400 days.
pub(crate) const BROWSER_SECONDS: i64 = 400 * 86_400;

/// The cookie of a kiosk: a token that dies with the session of whoever sat there.
pub(crate) const KIOSK: &str = "kiosk";

fn form_cookie(surface: Surface) -> &'static str {
    match surface {
        Surface::Office => "office-form",
        Surface::Public => "public-form",
    }
}

/// Whoever it is, without asking the database: for pages that are made when it cannot be asked.
pub(super) fn stranger(surface: Surface, headers: &HeaderMap, uri: &Uri) -> Visitor {
    let form_token = cookies::cookie(headers, form_cookie(surface)).map_or_else(random_token, str::to_owned);
    made(surface, headers, uri, None, form_token)
}

/// A page for somebody of whom nothing is known.
pub(super) fn plain_page(
    app: &App,
    surface: Surface,
    parts: &axum::http::request::Parts,
    error: &PageError,
) -> Response {
    secured(error.page(app, &stranger(surface, &parts.headers, &parts.uri)))
}

/// An answer with the headers of every answer.
pub(super) fn secured(mut response: Response) -> Response {
    secure(response.headers_mut());
    response
}

async fn visitor(app: &App, surface: Surface, headers: &HeaderMap, uri: &Uri) -> Result<Visitor, PageError> {
    let session = match (surface, cookies::cookie(headers, SESSION)) {
        (Surface::Office, Some(token)) => app.store.session(token, app.now()).await?,
        _ => None,
    };
    // A session that is not open is none, for every page but those that open it.
    let (session, half) = match session {
        Some(session) if session.stage == Stage::Open => (Some(session), None),
        other => (None, other),
    };
    // Without a session a form carries the value of a cookie that another site cannot read.
    let form_token = match (session.as_ref().or(half.as_ref()), cookies::cookie(headers, form_cookie(surface))) {
        (Some(session), _) => session.form_token.clone(),
        (None, Some(token)) => token.to_owned(),
        (None, None) => random_token(),
    };
    Ok(Visitor { half, ..made(surface, headers, uri, session, form_token) })
}

fn made(surface: Surface, headers: &HeaderMap, uri: &Uri, session: Option<Session>, form_token: String) -> Visitor {
    Visitor {
        scope: session.as_ref().map_or_else(Scope::public, |session| session.scope.clone()),
        session,
        half: None,
        lang: cookies::cookie(headers, "lang").and_then(|code| code.parse().ok()).unwrap_or_else(|| preferred(headers)),
        surface,
        kiosk: cookies::cookie(headers, KIOSK).filter(|_| surface == Surface::Public).map(str::to_owned),
        address: uri.path_and_query().map(|p| p.as_str().to_owned()).unwrap_or_default(),
        by_hand: by_hand(headers),
        network: None,
        form_token,
    }
}

/// Browsers say what a request is for: only one that opens a page counts as somebody asking.
fn by_hand(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    said("sec-purpose").is_none() && said("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
}

/// The first language of the reader's browser that is served here; English when it names none.
fn preferred(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let code = |part: &str| part.trim().get(..2).and_then(|code| code.to_ascii_lowercase().parse().ok());
    wanted.split(',').find_map(code).unwrap_or(Lang::En)
}

fn random_token() -> String {
    let draw: [u8; 32] = rand::random();
    Sha256::digest(draw).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// `?lang=ur` on any page chooses the language from then on.
fn chosen_language(uri: &Uri) -> Option<Lang> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(|code| code.parse().ok())
}

/// Looks the route up. What is not in the table does not exist; what is not yours does not exist either.
#[allow(clippy::result_large_err, reason = "a refusal is the whole answer")]
fn check(app: &App, visitor: &Visitor, surface: Surface, method: &Method, path: Option<&str>) -> Result<(), Response> {
    let not_there = || PageError::NotFound.page(app, visitor);
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let Some(path) = path else { return Err(not_there()) };
    let row = crate::router::TABLE.iter().find(|r| r.surface == surface && r.method == method && r.path == path);
    match row.map(|row| row.access) {
        None => Err(not_there()),
        Some(Access::Anybody) => Ok(()),
        Some(_) if visitor.session.is_none() => Err(to_sign_in(visitor)),
        Some(Access::SignedIn) => Ok(()),
        Some(Access::May(_)) if visitor.session.as_ref().is_some_and(|s| s.must_change) => {
            Err(Redirect::to("/password").into_response())
        }
        Some(Access::May(doing)) if visitor.may(doing) => Ok(()),
        Some(Access::May(doing)) => {
            let officer = visitor.scope.officer_id().map(|officer| officer.to_string()).unwrap_or_default();
            tracing::warn!(
                officer,
                route = path,
                asked = doing.code(),
                "a page outside the officer's rights was asked for"
            );
            Err(not_there())
        }
    }
}

/// After signing in again the officer is where they were; a form kept by the browser is sent again from there.
fn to_sign_in(visitor: &Visitor) -> Response {
    let next = encoded(&visitor.address);
    match visitor.half.as_ref().map(|half| half.stage) {
        Some(Stage::Code) => Redirect::to(&format!("{SIGN_IN}/code?next={next}")).into_response(),
        Some(Stage::Enrol) => Redirect::to(&format!("{SIGN_IN}/second")).into_response(),
        _ => Redirect::to(&format!("{SIGN_IN}?next={next}")).into_response(),
    }
}

/// An address as a value of another one's query.
pub(crate) fn encoded(address: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let encoded = |byte: u8| if plain(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(encoded).collect()
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Strict headers on every answer.
fn secure(headers: &mut HeaderMap) {
    let set = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, "content-security-policy", POLICY);
    }
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "cross-origin-resource-policy", "same-origin");
    // The camera reads codes, the place finds the nearest office; both ask first.
    set(headers, "permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()");
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, "cache-control", "no-store");
    }
}
