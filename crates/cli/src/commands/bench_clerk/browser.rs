//! A browser inside the program: keeps cookies, follows redirects, fills and sends the forms of its page, and notes how
//! long every request took. Style sheet, script and pictures are in its cache already, so it asks for pages alone.

use super::form::{Form, plain};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tower::ServiceExt;

/// One request.
pub(super) struct Taken {
    /// Method and address, with `*` for every id.
    pub what: String,
    /// From sending it to the last byte of its answer.
    pub time: Duration,
}

/// One browser of one clerk.
pub(super) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// The page shown.
    pub page: String,
    /// Its address.
    pub address: String,
    /// Every request so far.
    pub taken: Vec<Taken>,
}

/// An answer before redirects are followed.
struct Answer {
    status: StatusCode,
    location: Option<String>,
    body: String,
}

impl Browser {
    /// A browser without cookies.
    pub(super) fn new(router: Router) -> Self {
        let (page, address) = (String::new(), String::new());
        Browser { router, cookies: BTreeMap::new(), page, address, taken: Vec::new() }
    }

    /// Opens an address, and where it leads.
    pub(super) async fn open(&mut self, address: &str) -> Result<(), String> {
        let mut to = address.to_owned();
        for _ in 0..5 {
            let answer = self.send(Method::GET, &to, String::new()).await?;
            match (answer.status, answer.location) {
                (StatusCode::OK, _) => {
                    (self.page, self.address) = (answer.body, to);
                    return Ok(());
                }
                (StatusCode::SEE_OTHER, Some(next)) => to = next,
                (status, _) => return Err(wrong(&Method::GET, &to, status, &answer.body)),
            }
        }
        Err(format!("GET {address} leads from page to page without end."))
    }

    /// Sends the form of the page that goes to `action`, with these fields filled in. True when it led to another page,
    /// false when the answer is a page itself.
    pub(super) async fn send_form(&mut self, action: &str, fields: &[(&str, &str)]) -> Result<bool, String> {
        let form = Form::of(&self.page, action);
        let mut form = form.ok_or_else(|| format!("The page {} has no form for {action}.", self.address))?;
        for (name, value) in fields {
            if !form.set(name, value) {
                return Err(format!("On the page {} nothing takes {name}={value}.", self.address));
            }
        }
        let answer = self.send(Method::POST, action, form.body()).await?;
        match (answer.status, answer.location) {
            (StatusCode::SEE_OTHER, Some(next)) => self.open(&next).await.map(|()| true),
            (StatusCode::OK, _) => {
                (self.page, self.address) = (answer.body, action.to_owned());
                Ok(false)
            }
            (status, _) => Err(wrong(&Method::POST, action, status, &answer.body)),
        }
    }

    /// Sends a form that must lead to another page.
    pub(super) async fn press(&mut self, action: &str, fields: &[(&str, &str)]) -> Result<(), String> {
        match self.send_form(action, fields).await? {
            true => Ok(()),
            false => Err(wrong(&Method::POST, action, StatusCode::OK, &self.page)),
        }
    }

    async fn send(&mut self, method: Method, address: &str, body: String) -> Result<Answer, String> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(&method).uri(address).header(header::COOKIE, cookies.join("; "));
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            request = request.header("sec-fetch-site", "same-origin");
        }
        let request = request.body(Body::from(body)).map_err(|error| format!("{address} cannot be asked: {error}."))?;
        let began = Instant::now();
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let bytes =
            to_bytes(body, usize::MAX).await.map_err(|error| format!("{method} {address} broke off: {error}."))?;
        self.taken.push(Taken { what: format!("{method} {}", without_ids(address)), time: began.elapsed() });
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            self.cookies.extend(pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        let location = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        Ok(Answer { status: parts.status, location, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

/// The sentence the measurement stops with, with what the page itself says.
fn wrong(method: &Method, address: &str, status: StatusCode, page: &str) -> String {
    let between = |begin: &str, end: &str| {
        let text = page.split_once(begin).and_then(|(_, after)| after.split(end).next()).map(plain);
        text.map(|text| text.replace(['\u{2068}', '\u{2069}'], "")).unwrap_or_default()
    };
    // The first line of an error summary is a link to its field, with the sentence about it.
    let (title, first) = (between("<title>", "</title>"), between("<li><a href=\"#", "</a>"));
    let said = first.split_once("\">").map(|(_, sentence)| format!(": {sentence}")).unwrap_or_default();
    format!("{method} {address} answered {} \"{title}\"{said}. The measurement stops here.", status.as_u16())
}

/// An address by which pages are compared: no query, `*` for every id.
fn without_ids(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let part = |part: &str| if part.len() == 36 { "*".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}
