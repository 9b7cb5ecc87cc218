//! The two listeners, made of the access table: what stands around every route, and how large a form may be.

use crate::{
    App, packing, portal,
    request::{Row, Surface, admit, counted::counted, gate},
    router::table_routes,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware,
};
use tower_http::compression::{CompressionLayer, DefaultPredicate, predicate::Predicate};

/// Room for a 10 MB paper and its form.
pub(crate) const MAX_BODY: usize = 11 * 1024 * 1024;

/// Room for a list of some hundred thousand rows; larger ones come by `onewindow import`.
pub(crate) const MAX_LIST: usize = 64 * 1024 * 1024;

/// Where such lists are sent.
pub(crate) const LISTS: &str = "/people/imports/new";

fn surface(app: App, which: Surface) -> Router {
    let routes = table_routes().into_iter().filter(|(row, _)| row.surface == which);
    let room = |row: &Row| if row.path == LISTS { MAX_LIST } else { MAX_BODY };
    let router = routes.fold(Router::new(), |router, (row, handler)| {
        router.route(row.path, handler().layer(DefaultBodyLimit::max(room(&row))))
    });
    router
        .fallback(portal::health::nothing)
        .layer(middleware::from_fn_with_state((app.clone(), which), gate))
        .layer(middleware::from_fn_with_state((app.clone(), which), packing::pack))
        .layer(middleware::from_fn_with_state((app.clone(), which), admit))
        .layer(CompressionLayer::new().gzip(true).compress_when(packed(which)))
        .layer(middleware::from_fn_with_state(which, counted))
        .with_state(app)
}

/// What is sent packed. An office page holds the token of its session beside words that somebody else may have chosen,
/// and the size of the two packed together would tell about the token; fonts are packed already.
fn packed(which: Surface) -> impl Predicate {
    let worth = move |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| worth_packing(which, headers);
    DefaultPredicate::new().and(worth)
}

/// As [`packed`] says.
pub(crate) fn worth_packing(which: Surface, headers: &HeaderMap) -> bool {
    let is = |name, begin: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with(begin))
    };
    let open = which == Surface::Public || is(header::CACHE_CONTROL, "public");
    open && !is(header::CONTENT_TYPE, "font/")
}

/// The officers' pages.
pub fn office(app: App) -> Router {
    surface(app, Surface::Office)
}

/// Everybody's pages.
pub fn public(app: App) -> Router {
    surface(app, Surface::Public)
}
