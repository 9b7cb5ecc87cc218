//! The pages as an app in the hand: manifest, service worker, and what a phone keeps for days without a line.

use super::{check::centres, content::Content};
use crate::{
    App,
    request::{PageError, Visitor},
    router::TABLE,
    shell::{Shell, page},
};
use askama::Template;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::Datelike;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

/// The worker's own policy: it alone runs the compiled check.
const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// Scripts and styles whose change makes a new release of what phones keep.
const PARTS: [&str; 5] = [
    include_str!("../../assets/sw.js"),
    include_str!("../../assets/app.js"),
    include_str!("../../assets/enhance.js"),
    include_str!("../../assets/complain.js"),
    crate::assets::STYLE,
];

fn mark(parts: &[&str]) -> String {
    let hash = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0]));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What phones fetch for days without a line, read once: it changes with the program and the policy only.
#[derive(Debug, Default)]
pub struct Phone {
    module: OnceCell<Option<File>>,
    pack: OnceCell<Option<File>>,
}

/// A file that everybody gets alike, with the tag of its content.
#[derive(Debug, Clone)]
struct File {
    kind: &'static str,
    bytes: Bytes,
    tag: String,
}

impl File {
    fn new(kind: &'static str, bytes: Vec<u8>) -> File {
        let sum: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        File { kind, bytes: Bytes::from(bytes), tag: format!("W/\"{sum}\"") }
    }
}

/// Asked for again each time; the answer is then a few bytes.
fn handed_out(file: Option<&File>) -> Response {
    let Some(file) = file else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [(header::CONTENT_TYPE, file.kind), (header::CACHE_CONTROL, "no-cache"), (header::ETAG, &file.tag)];
    (headers, file.bytes.clone()).into_response()
}

/// The release of what phones keep: it changes with the program's scripts and styles, the check and the policy.
async fn release(app: &App) -> String {
    let [worker, script, enhance, complain, style] = PARTS;
    let check = module(app).await.map(|file| file.tag.as_str()).unwrap_or_default();
    mark(&[worker, script, enhance, complain, style, env!("CARGO_PKG_VERSION"), &app.pack_hash.0, check])
}

/// `GET /manifest.webmanifest`
pub async fn manifest(visitor: Visitor) -> Response {
    let t = visitor.t();
    let icon = |purpose: &str| json!({ "src": "/assets/mark.svg", "type": "image/svg+xml", "sizes": "any", "purpose": purpose });
    let manifest = json!({
        "name": t.m("portal-title"),
        "short_name": "onewindow",
        "lang": t.lang(),
        "dir": t.dir(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcf9f2",
        "theme_color": "#0b4f37",
        "icons": [icon("any"), icon("maskable")],
        "shortcuts": [
            { "name": t.m("check-title"), "url": "/check" },
            { "name": t.m("portal-track"), "url": "/track" },
        ],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")], manifest.to_string())
        .into_response()
}

/// `GET /sw.js`
pub async fn worker(State(app): State<App>) -> Response {
    let script = PARTS[0].replace("{{ version }}", &release(&app).await);
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, WORKER_POLICY),
    ];
    (headers, script).into_response()
}

#[derive(Template)]
#[template(path = "portal/offline.html")]
struct OfflinePage {
    shell: Shell,
}

/// `GET /offline`: shown for what the phone has not kept.
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&OfflinePage { shell: visitor.shell(&app) })
}

#[derive(Template)]
#[template(path = "portal/saved.html")]
struct SavedPage {
    shell: Shell,
}

/// `GET /saved`: the receipts that this phone keeps; the server knows nothing of them.
pub async fn saved(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&SavedPage { shell: visitor.shell(&app) })
}

/// `GET /offline/list`: what a phone keeps, with a mark that changes when it should fetch again: with the policy, with
/// the program, and once a week.
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let (t, today, content) = (visitor.t(), app.today(), app.content(&visitor.scope).await?);
    let week = (today.num_days_from_ce() / 7).to_string();
    let files =
        if module(&app).await.is_some() { vec!["/offline/check.wasm", "/offline/pack.json"] } else { Vec::new() };
    let list = json!({
        "mark": mark(&[&release(&app).await, &week, &content.stamp]),
        "pages": pages(&app, &content),
        "files": files,
        "words": t.a("offline-words", "date", t.date(today)),
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(list)).into_response())
}

/// The most service sites whose own pages a phone keeps; the list of all of them is one page.
const SITES: usize = 100;

/// The pages that need no line to be useful, and hold nothing personal. What would be dangerous to have been seen with
/// leaves no trace on a phone that others may pick up.
fn pages(app: &App, content: &Content) -> Vec<String> {
    let there = |path: &&&str| TABLE.iter().any(|row| row.method == "GET" && row.path == **path);
    let plain =
        ["/", "/check", "/offline", "/saved", "/bring", "/sites", "/programmes", "/days", "/complain", "/complain/new"];
    let mut pages: Vec<String> = plain.iter().filter(there).map(|path| (*path).to_owned()).collect();
    let situations = app.pack.situations().iter().filter(|situation| !situation.private);
    pages.extend(situations.map(|situation| format!("/help/{}", situation.id)));
    let programmes = app.pack.programmes().iter().filter(|programme| !programme.protected());
    pages.extend(programmes.map(|programme| format!("/programmes/{}", programme.id)));
    pages.extend(app.config.centres.iter().map(|centre| format!("/centres/{}", centre.id)));
    pages.extend(content.sites.iter().take(SITES).map(|site| format!("/sites/{}", site.id)));
    pages
}

/// The module, read from its file once; `cargo xtask assets` makes it.
async fn module(app: &App) -> Option<&File> {
    let read = || async {
        let path = app.config.module.clone()?;
        let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
        read.ok()?.ok().map(|bytes| File::new("application/wasm", bytes))
    };
    app.phone.module.get_or_init(read).await.as_ref()
}

/// `GET /offline/check.wasm`: the check compiled for the browser, where `cargo xtask assets` has made it.
pub async fn wasm(State(app): State<App>) -> Response {
    handed_out(module(&app).await)
}

/// `GET /offline/pack.json`: the request that gives the module its policy, from the files as they were published.
pub async fn pack(State(app): State<App>) -> Result<Response, PageError> {
    let read = || async {
        let Some(files) = app.store.pack_files(&app.pack_hash).await? else { return Ok(None) };
        let centres = serde_json::to_string(&centres(&app)).map_err(|_| PageError::Broken)?;
        let mut body =
            format!("{{\"ask\":\"load\",\"demo\":{},\"centres\":{centres},\"files\":", app.config.demo).into_bytes();
        body.extend(files);
        body.push(b'}');
        Ok::<_, PageError>(Some(File::new("application/json", body)))
    };
    Ok(handed_out(app.phone.pack.get_or_try_init(read).await?.as_ref()))
}
