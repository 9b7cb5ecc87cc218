//! How much is under way at once. What does not fit is told so within a second, with its form, instead of waiting in a
//! line that nobody sees the end of: a short answer costs little, and memory stays bounded.
//!
//! Each listener has its own places, so that a flood at the public pages leaves the officers theirs. A form is read before
//! it takes a place: a slow line keeps nobody else out.

use super::{PageError, Surface, busy, gate};
use crate::App;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use store::access::DayLimit;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The bounds of this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests worked on at once, for each listener.
    pub under_way: usize,
    /// Forms that may wait for the writer; when so many wait, a further one is told that the office is busy.
    pub to_write: usize,
    /// Forms with files whose bytes are held at once; a list of a hundred thousand rows counts as six.
    pub uploads: usize,
    /// Connections open at once, for each listener.
    pub connections: usize,
    /// How long a request waits, all together, for readers, the writer and the hashing of passwords.
    pub patience: Duration,
    /// What one officer may send in files in a day.
    pub day: DayLimit,
}

impl Default for Limits {
    /// For an office of some fifty counters on a computer with two processors and four gigabytes.
    fn default() -> Self {
        Limits {
            under_way: 64,
            to_write: 64,
            uploads: 8,
            connections: 1024,
            patience: Duration::from_millis(700),
            day: DayLimit { files: 1_000, bytes: 4 << 30 },
        }
    }
}

/// How long a request waits for a place.
const FOR_A_PLACE: Duration = Duration::from_millis(200);
/// One waits for so many places, at most: whoever comes to a full line is told at once, so that a flood of requests does not
/// wait its connections full while there is nothing to wait for.
const LINE: usize = 2;
/// How long health waits: a busy office is not an ailing one.
const PATIENT: Duration = Duration::from_secs(5);
/// How long a form may take to come in.
const TO_COME_IN: Duration = Duration::from_secs(300);
/// A writer that has been at one group for so long is waited for by nobody new.
const STUCK: Duration = Duration::from_secs(2);
/// How many places for uploads a list takes.
const LIST: u32 = 6;

/// The door of one listener.
#[derive(Debug)]
pub(crate) struct Door {
    places: Arc<Semaphore>,
    /// Places in the line before it.
    line: Semaphore,
    connections: Arc<Semaphore>,
    turned_away: AtomicU64,
}

/// Both doors, and the places for files.
#[derive(Debug)]
pub(crate) struct Doors {
    limits: Limits,
    office: Door,
    public: Door,
    uploads: Arc<Semaphore>,
}

/// What goes on at a door, for a monitor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub under_way: usize,
    pub connections: usize,
    pub turned_away: u64,
}

impl Door {
    /// A place that is free, or becomes free while the line is short.
    async fn place(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Some(place);
        }
        let _standing = self.line.try_acquire().ok()?;
        tokio::time::timeout(FOR_A_PLACE, self.places.clone().acquire_owned()).await.ok()?.ok()
    }
}

impl Doors {
    pub(crate) fn new(limits: Limits) -> Self {
        let door = || Door {
            places: Arc::new(Semaphore::new(limits.under_way)),
            line: Semaphore::new(limits.under_way / LINE),
            connections: Arc::new(Semaphore::new(limits.connections)),
            turned_away: AtomicU64::new(0),
        };
        Doors { limits, office: door(), public: door(), uploads: Arc::new(Semaphore::new(limits.uploads)) }
    }

    fn of(&self, surface: Surface) -> &Door {
        match surface {
            Surface::Office => &self.office,
            Surface::Public => &self.public,
        }
    }

    pub(crate) fn connections(&self, surface: Surface) -> Arc<Semaphore> {
        self.of(surface).connections.clone()
    }

    pub(crate) fn standing(&self, surface: Surface) -> Standing {
        let door = self.of(surface);
        Standing {
            under_way: self.limits.under_way.saturating_sub(door.places.available_permits()),
            connections: self.limits.connections.saturating_sub(door.connections.available_permits()),
            turned_away: door.turned_away.load(Relaxed),
        }
    }

    pub(crate) fn uploads_under_way(&self) -> usize {
        self.limits.uploads.saturating_sub(self.uploads.available_permits())
    }
}

tokio::task_local! {
    /// The place of the request that runs.
    static PLACE: RefCell<Option<OwnedSemaphorePermit>>;
}

/// Gives the place of this request back before it ends: what only waits, on purpose, keeps nobody out.
pub(crate) fn leave_place() {
    let _ = PLACE.try_with(|place| place.take());
}

/// Middleware: a place for the request, or the page that says that the office is busy.
pub(crate) async fn admit(State((app, surface)): State<(App, Surface)>, request: Request, next: Next) -> Response {
    let patience = app.doors.limits.patience;
    let (mut parts, body) = request.into_parts();
    if app.config.secure_cookies {
        super::cookies::keep_own(&mut parts.headers);
    }
    // A monitor must see a busy office; whoever leaves a shared computer must be able to sign out.
    if is_always_served(parts.uri.path()) {
        let wait = if parts.uri.path() == "/sign-out" { patience } else { PATIENT };
        let response = store::within(wait, next.run(Request::from_parts(parts.clone(), body))).await;
        return match busy::is_turned(&response) {
            true => busy::answered(&app, surface, &parts, response, None).await,
            false => response,
        };
    }
    let form = match come_in(&app, surface, &parts, body).await {
        Ok(form) => form,
        Err(response) => return counted(&app, surface, response),
    };
    let (bytes, _room) = match form {
        CameIn::Whole(bytes, room) => (Some(bytes), room),
        CameIn::Nothing => (None, None),
    };
    let Some(place) = place(&app, surface, &parts.method).await else {
        return counted(&app, surface, busy::page(&app, surface, &parts, bytes.map(Body::from)).await);
    };
    let asked = Request::from_parts(parts.clone(), bytes.clone().map_or_else(Body::empty, Body::from));
    let work = store::within(patience, next.run(asked));
    let response = PLACE.scope(RefCell::new(Some(place)), work).await;
    if !busy::is_turned(&response) {
        return response;
    }
    counted(&app, surface, busy::answered(&app, surface, &parts, response, bytes.as_ref()).await)
}

/// What is served however busy the office is.
fn is_always_served(path: &str) -> bool {
    const ALWAYS: [&str; 5] = ["/health", "/metrics", "/sign-out", "/sw.js", "/manifest.webmanifest"];
    ALWAYS.contains(&path) || path.starts_with("/assets/")
}

fn counted(app: &App, surface: Surface, response: Response) -> Response {
    if response.status().as_u16() == 503 {
        app.doors.of(surface).turned_away.fetch_add(1, Relaxed);
    }
    response
}

async fn place(app: &App, surface: Surface, method: &Method) -> Option<OwnedSemaphorePermit> {
    if method == Method::POST {
        let writing = app.store.writing();
        if writing.waiting >= app.doors.limits.to_write || writing.at_it >= STUCK {
            return None;
        }
    }
    app.doors.of(surface).place().await
}

/// A body as it came in.
enum CameIn {
    /// All of it, with the room that its files take.
    Whole(Bytes, Option<OwnedSemaphorePermit>),
    /// There is none that anybody reads.
    Nothing,
}

/// Takes a form in, before it takes a place.
async fn come_in(app: &App, surface: Surface, parts: &Parts, body: Body) -> Result<CameIn, Response> {
    if parts.method != Method::POST {
        return Ok(CameIn::Nothing);
    }
    let files = is_kind(&parts.headers, "multipart/form-data") && may_send_files(surface, &parts.headers);
    let (most, room) = if !files {
        (super::sent::MAX_FORM, None)
    } else {
        let (most, weight) = room_for(parts.uri.path());
        match room(app, weight).await {
            Some(room) => (most, Some(room)),
            // What was typed is given back, the files are let go of as they come.
            None => return Err(busy::page(app, surface, parts, Some(body)).await),
        }
    };
    match tokio::time::timeout(TO_COME_IN, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(CameIn::Whole(bytes, room)),
        Ok(Err(_)) => Err(gate::plain_page(app, surface, parts, &PageError::TooLarge)),
        Err(_) => Err(gate::plain_page(app, surface, parts, &PageError::BadForm)),
    }
}

fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let begins = |value: &HeaderValue| value.as_bytes().starts_with(kind.as_bytes());
    headers.get(header::CONTENT_TYPE).is_some_and(begins)
}

/// Only officers send files, so nobody else is given room for them.
fn may_send_files(surface: Surface, headers: &HeaderMap) -> bool {
    surface == Surface::Office && super::cookie(headers, gate::SESSION).is_some()
}

/// The most bytes of a form with files, and how many places for uploads it takes.
fn room_for(path: &str) -> (usize, u32) {
    let is_list = path == crate::surface::LISTS;
    if is_list { (crate::surface::MAX_LIST, LIST) } else { (crate::surface::MAX_BODY, 1) }
}

async fn room(app: &App, weight: u32) -> Option<OwnedSemaphorePermit> {
    let weight = weight.min(u32::try_from(app.doors.limits.uploads).unwrap_or(u32::MAX)).max(1);
    let uploads = app.doors.uploads.clone();
    tokio::time::timeout(app.doors.limits.patience, uploads.acquire_many_owned(weight)).await.ok()?.ok()
}

/// A bare refusal, where no page can be made.
pub(super) fn bare() -> Response {
    (axum::http::StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_comes_to_a_full_line_is_told_at_once() {
        let doors = Doors::new(Limits { under_way: 2, ..Limits::default() });
        let door = &doors.office;
        let (first, second) = (door.place().await, door.place().await);
        assert!(first.is_some() && second.is_some());
        let told = async {
            // By now the other stands in the line.
            let told = door.place().await.is_none();
            drop(first);
            told
        };
        let (waited, told) = tokio::join!(door.place(), told);
        assert!(told, "the line is full");
        assert!(waited.is_some(), "who stands in the line gets the place that becomes free");
        assert!(door.place().await.is_none(), "nobody waits longer than the line allows");
        drop(second);
        assert!(door.place().await.is_some());
    }

    #[tokio::test]
    async fn whoever_is_held_on_purpose_gives_the_place_back() {
        let places = Arc::new(Semaphore::new(1));
        let place = places.clone().try_acquire_owned().ok();
        let held = PLACE.scope(RefCell::new(place), async {
            assert_eq!(places.available_permits(), 0);
            leave_place();
            places.available_permits()
        });
        assert_eq!(held.await, 1);
        leave_place();
    }

    #[test]
    fn health_signing_out_and_assets_need_no_place() {
        let check = |path: &str, want: bool| assert_eq!(is_always_served(path), want, "{path}");
        check("/health", true);
        check("/sign-out", true);
        check("/assets/style.css", true);
        check("/sign-in", false);
        check("/assets", false);
        check("/healthy", false);
        check("/", false);
    }
}
