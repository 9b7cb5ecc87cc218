//! The sitemap: every route with who may use it. What is not here is not there.

use crate::{
    App, access, applications, assets, eligibility, papers, people, portal,
    request::{Access, Row, Surface, gate},
    visits,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, get, post},
};
use domain::access::Doing;

/// Room for a 10 MB paper and its form.
const MAX_BODY: usize = 11 * 1024 * 1024;

/// One route: its row of the access table, and its handler.
type Route = (Row, fn() -> MethodRouter<App>);

macro_rules! routes {
    ($($surface:ident $method:ident $path:literal $access:expr => $handler:path;)+) => {
        /// The access table.
        pub const TABLE: &[Row] = &[$(
            Row { surface: Surface::$surface, method: stringify!($method), path: $path, access: $access },
        )+];

        fn table_routes() -> Vec<Route> {
            vec![$((
                Row { surface: Surface::$surface, method: stringify!($method), path: $path, access: $access },
                || method!($method, $handler),
            ),)+]
        }
    };
}

macro_rules! method {
    (GET, $handler:path) => {
        get($handler)
    };
    (POST, $handler:path) => {
        post($handler)
    };
}

use Access::{Anybody, May, SignedIn};

routes! {
    // Both surfaces: assets, health.
    Office GET "/assets/{name}" Anybody => assets::show;
    Office GET "/assets/fonts/{name}" Anybody => assets::font;
    Office GET "/health" Anybody => portal::health::show;
    Public GET "/assets/{name}" Anybody => assets::show;
    Public GET "/assets/fonts/{name}" Anybody => assets::font;
    Public GET "/health" Anybody => portal::health::show;

    // access: signing in, officers, reads.
    Office GET "/" Anybody => access::home::show;
    Office GET "/sign-in" Anybody => access::sign_in::show;
    Office POST "/sign-in" Anybody => access::sign_in::create;
    Office POST "/sign-out" SignedIn => access::sign_in::end;
    Office GET "/password" SignedIn => access::password::show;
    Office POST "/password" SignedIn => access::password::update;

    // visits: tokens and the visit itself.
    Office GET "/desk" May(Doing::Tokens) => visits::list::show;
    Office POST "/desk" May(Doing::Tokens) => visits::list::create;
    Office GET "/visits/{visit}" May(Doing::Tokens) => visits::visit::show;
    Office POST "/visits/{visit}/call" May(Doing::Tokens) => visits::visit::call;
    Office POST "/visits/{visit}/end" May(Doing::Tokens) => visits::visit::end;
}

fn surface(app: App, which: Surface) -> Router {
    let routes = table_routes().into_iter().filter(|(row, _)| row.surface == which);
    let router = routes.fold(Router::new(), |router, (row, handler)| router.route(row.path, handler()));
    router
        .fallback(portal::health::nothing)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state((app.clone(), which), gate))
        .with_state(app)
}

/// The officers' pages.
pub fn office(app: App) -> Router {
    surface(app, Surface::Office)
}

/// Everybody's pages.
pub fn public(app: App) -> Router {
    surface(app, Surface::Public)
}
