//! The page that says that the office is busy, and gives the form back: one button sends it again, as the same command, so
//! that nothing is recorded twice. Works without a script.

use super::{Fields, PageError, Surface, Visitor, gate, sent};
use crate::{App, shell::Shell};
use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};

/// Seconds after which a browser or a program may try again.
const AGAIN_AFTER: &str = "5";

/// What is never written into a page: it is typed again.
const SECRETS: [&str; 4] = ["password", "old", "new", "again"];

/// A request that a handler could not carry out because everybody was waiting; the page is made where the form is.
#[derive(Clone)]
pub(super) struct Turned(Visitor);

/// What the gate answers in place of a page.
pub(super) fn turned(visitor: &Visitor) -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response.extensions_mut().insert(Turned(visitor.clone()));
    response
}

/// Whether this is what [`turned`] made.
pub(super) fn is_turned(response: &Response) -> bool {
    response.extensions().get::<Turned>().is_some()
}

/// A form that can be sent again.
struct Again {
    fields: Vec<(String, String)>,
    /// Typed again.
    secrets: Vec<String>,
    /// Chosen again.
    files: Vec<String>,
    with_files: bool,
}

#[derive(Template)]
#[template(path = "shell/busy.html")]
struct BusyPage {
    shell: Shell,
    address: String,
    form: Option<Again>,
    post: bool,
}

/// The page for a request that found no place. What it typed is read from its body; files are let go of as they come.
pub(super) async fn page(app: &App, surface: Surface, parts: &Parts, body: Option<Body>) -> Response {
    let visitor = gate::stranger(surface, &parts.headers, &parts.uri);
    let form = form_of(app, parts, body).await;
    made(app, &visitor, parts, form)
}

/// The page for a request that a handler gave up; the cookies it set are kept.
pub(super) async fn answered(
    app: &App,
    surface: Surface,
    parts: &Parts,
    mut response: Response,
    body: Option<&Bytes>,
) -> Response {
    let visitor = response.extensions_mut().remove::<Turned>().map(|turned| turned.0);
    let visitor = visitor.unwrap_or_else(|| gate::stranger(surface, &parts.headers, &parts.uri));
    let form = form_of(app, parts, body.cloned().map(Body::from)).await;
    let mut page = made(app, &visitor, parts, form);
    for line in response.headers().get_all(header::SET_COOKIE) {
        page.headers_mut().append(header::SET_COOKIE, line.clone());
    }
    page
}

fn made(app: &App, visitor: &Visitor, parts: &Parts, form: Option<Again>) -> Response {
    let post = parts.method == Method::POST;
    // A form of another site is not given back with a button to press.
    if post && !sent::same_site(&parts.headers) {
        return gate::secured(PageError::OtherSite.page(app, visitor));
    }
    let page = BusyPage { shell: visitor.shell(app), address: visitor.address.clone(), form, post };
    let Ok(html) = page.render() else { return super::admission::bare() };
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, Html(html)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(AGAIN_AFTER));
    gate::secured(response)
}

/// Reads the form of a request that is not carried out; nothing for what is no form of ours.
async fn form_of(app: &App, parts: &Parts, body: Option<Body>) -> Option<Again> {
    let kind = parts.headers.get(header::CONTENT_TYPE)?.to_str().ok()?.to_owned();
    let body = body?;
    if parts.method != Method::POST {
        return None;
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        let bytes = axum::body::to_bytes(body, sent::MAX_FORM).await.ok()?;
        return again(Fields::parse(std::str::from_utf8(&bytes).ok()?), Vec::new(), false);
    }
    if !kind.starts_with("multipart/form-data") {
        return None;
    }
    let request = Request::from_parts(parts.clone(), body);
    let (fields, files) = typed(Multipart::from_request(request, app).await.ok()?).await?;
    again(fields, files, true)
}

/// What was typed, and which fields held files; the files themselves are not kept.
async fn typed(mut multipart: Multipart) -> Option<(Fields, Vec<String>)> {
    let (mut fields, mut files, mut held) = (Fields::default(), Vec::new(), 0);
    while let Some(mut part) = multipart.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            files.push(name);
            while part.chunk().await.ok()?.is_some() {}
            continue;
        }
        let bytes = part.bytes().await.ok()?;
        held += bytes.len();
        if held > sent::MAX_FORM {
            return None;
        }
        fields.add(&name, std::str::from_utf8(&bytes).ok()?);
    }
    Some((fields, files))
}

fn again(fields: Fields, files: Vec<String>, with_files: bool) -> Option<Again> {
    let is_secret = |name: &str| SECRETS.contains(&name);
    let secrets = fields.iter().map(|(name, _)| name).filter(|name| is_secret(name)).map(str::to_owned).collect();
    let kept = fields.iter().filter(|(name, _)| !is_secret(name));
    let fields: Vec<_> = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    // Without its command the form cannot be sent as the same one.
    let whole = fields.iter().any(|(name, _)| name == "command_id");
    whole.then_some(Again { fields, secrets, files, with_files })
}

#[cfg(test)]
mod tests {
    use super::SECRETS;

    /// Every field that a page hides while it is typed.
    fn hidden_fields(folder: &std::path::Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                hidden_fields(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let text = std::fs::read_to_string(&path).expect("a template");
                let tags = text.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
                for tag in tags.filter(|tag| tag.contains("type=\"password\"")) {
                    let name = tag.split(" name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
                    into.push(name.to_owned());
                }
                // The part of a form that most of them are made with: template, errors, id, name.
                let calls = text.split("f::secret(").skip(1).filter_map(|rest| rest.split(',').nth(3));
                into.extend(calls.map(|name| name.trim().trim_matches('"').to_owned()));
            }
        }
    }

    #[test]
    fn every_hidden_field_of_every_page_is_typed_again() {
        let mut names = Vec::new();
        hidden_fields(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        assert!(names.iter().any(|name| name == "password"), "{names:?}");
        // A name put together by its template is listed with its values in the page's own test.
        for name in names.iter().filter(|name| !name.contains("{{")) {
            assert!(SECRETS.contains(&name.as_str()), "`{name}` would be written into a page: add it to SECRETS");
        }
    }
}
