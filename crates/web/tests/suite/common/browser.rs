//! A browser that keeps cookies, and fills the form token of the last page and a fresh command id into every form.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, byte for byte.
    pub bytes: Vec<u8>,
}

impl Page {
    /// The body as text, without the invisible marks that messages put around their values.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Whether the text stands on the page.
    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// The addresses of the page's links that begin so, in order.
    pub fn links(&self, begin: &str) -> Vec<String> {
        let text = self.text();
        let addresses = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        addresses.filter(|address| address.starts_with(begin)).map(str::to_owned).collect()
    }

    /// The recovery codes that it shows.
    pub fn codes(&self) -> Vec<String> {
        let text = self.text();
        let Some((_, list)) = text.split_once("class=\"recovery\"") else { return Vec::new() };
        let list = list.split("</ol>").next().unwrap_or_default();
        list.split("code\">").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
    }

    /// The value of the first field of this name.
    pub fn value(&self, name: &str) -> Option<String> {
        let text = self.text();
        let (_, after) = text.split_once(&format!("name=\"{name}\""))?;
        let tag = after.split('>').next()?;
        let (_, value) = tag.split_once("value=\"")?;
        value.split('"').next().map(str::to_owned)
    }
}

/// One browser of one person.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    form_token: String,
}

impl Browser {
    /// A browser without cookies.
    pub fn new(router: Router) -> Self {
        Browser { router, cookies: BTreeMap::new(), form_token: String::new() }
    }

    /// Gives every cookie another name.
    pub fn rename_cookies(&mut self, name: impl Fn(&str) -> String) {
        self.cookies = std::mem::take(&mut self.cookies).into_iter().map(|(key, value)| (name(&key), value)).collect();
    }

    /// The same browser, with its cookies, at pages whose clock was turned.
    pub fn now_at(&mut self, router: Router) {
        self.router = router;
    }

    /// The same browser at another router, with its cookies.
    pub fn at(&self, router: Router) -> Self {
        Browser { router, ..self.clone() }
    }

    /// Opens an address; a redirect is answered, not followed.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens an address with headers of its own.
    pub async fn get_with(&mut self, path: &str, headers: &[(header::HeaderName, &str)]) -> Page {
        let ask =
            |ask: axum::http::request::Builder, (name, value): &(header::HeaderName, &str)| ask.header(name, *value);
        self.send(headers.iter().fold(Request::get(path), ask), Body::empty()).await
    }

    /// Sends a form; `csrf` and `command_id` are filled in unless given.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut all: Vec<(String, String)> = Vec::new();
        let given = |name: &str| fields.iter().any(|(given, _)| *given == name);
        if !given("csrf") {
            all.push(("csrf".to_owned(), self.form_token.clone()));
        }
        if !given("command_id") {
            all.push(("command_id".to_owned(), uuid::Uuid::now_v7().to_string()));
        }
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body: Vec<String> = all.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&"))).await
    }

    /// Sends a form with a file as a browser does.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Page {
        const EDGE: &str = "----an-edge-that-no-test-file-holds";
        let token = self.form_token.clone();
        let command = uuid::Uuid::now_v7().to_string();
        let own = [("csrf", token.as_str()), ("command_id", command.as_str())];
        let mut body = Vec::new();
        for (name, value) in own.iter().chain(fields) {
            let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head =
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"scan\"\r\n\r\n", file.0);
        body.extend(head.into_bytes());
        body.extend(file.1);
        body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind), Body::from(body)).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        let page = Page { status: parts.status.as_u16(), headers: parts.headers, bytes };
        if let Some(token) = page.value("csrf") {
            self.form_token = token;
        }
        page
    }
}

/// Percent-encodes whatever is not a plain letter or digit.
fn encode(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
