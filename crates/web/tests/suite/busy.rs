//! A busy office says so, keeps the form, and records it once; with a stopped writer, and with no place at all.

use crate::common::{Browser, PASSWORD, Page, World};
use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use std::time::Duration;
use tower::ServiceExt;
use web::{App, Config, request::Limits, request::Surface};

const COMMAND: &str = "0199a1b2-0000-7000-8000-00000000abcd";

/// The same registry behind other bounds.
fn bounded(world: &World, limits: Limits) -> App {
    App::new(world.app.store.clone(), world.app.pack.clone(), Config { limits, ..world.app.config.clone() })
}

fn full() -> Limits {
    Limits { under_way: 0, ..Limits::default() }
}

/// Nobody waits for ever; how long is measured by `cargo xtask bench load`.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), what).await.expect("an answer")
}

/// The fields of the form on a page that gives it back.
fn kept(page: &Page) -> Vec<(String, String)> {
    let text = page.text();
    let form = text.split("data-unsent").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap_or_default();
    let tags = form.split("<input type=\"hidden\" ").skip(1).filter_map(|rest| rest.split('>').next());
    let part = |tag: &str, name: &str| {
        let after = tag.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    };
    tags.map(|tag| (part(tag, "name"), part(tag, "value"))).collect()
}

async fn send_again(browser: &mut Browser, page: &Page) -> Page {
    let fields = kept(page);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post("/desk", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_writer_stands_still_a_form_is_kept_and_then_recorded_once() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    desk.get("/desk?lang=ur").await;
    let held = world.app.store.hold_writers().await;
    let token = [("counter", "women"), ("topic", "help"), ("language", "ur"), ("command_id", COMMAND)];
    let busy = soon(desk.post("/desk", &token)).await;
    assert_eq!(busy.status, 503);
    assert!(busy.headers.contains_key(header::RETRY_AFTER));
    assert!(busy.has("lang=\"ur\"") && busy.has("آپ کا فارم محفوظ ہے"), "{}", busy.text());
    for field in token {
        assert!(kept(&busy).contains(&(field.0.to_owned(), field.1.to_owned())), "{field:?} in {:?}", kept(&busy));
    }
    assert_eq!(soon(desk.get("/desk")).await.status, 200, "pages are read meanwhile");
    drop(held);
    let first = soon(send_again(&mut desk, &busy)).await;
    let second = soon(send_again(&mut desk, &busy)).await;
    assert_eq!((first.status, second.status), (303, 303), "{}", first.text());
    assert_eq!(first.location(), second.location());
    assert_eq!(desk.get("/desk").await.links("/visits/").len(), 1, "one token");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_any_more_is_not_written_afterwards() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    desk.get("/desk").await;
    let held = world.app.store.hold_writers().await;
    // The first is in the writer's hands when it stops, and is written; the others are told before it is their turn.
    for _ in 0..3 {
        let page = soon(desk.post("/desk", &[("counter", "women"), ("topic", "help"), ("language", "ur")])).await;
        assert_eq!(page.status, 503);
    }
    drop(held);
    world.app.store.keep_setting("after", "all").await.expect("the writer goes on");
    let tokens = desk.get("/desk").await.links("/visits/").len();
    assert!(tokens <= 1, "{tokens} tokens");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_is_served_while_the_writer_stands_still() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let mut thief = desk.clone();
    let held = world.app.store.hold_writers().await;
    let out = soon(desk.post("/sign-out", &[])).await;
    assert_eq!((out.status, out.location().as_str()), (303, "/sign-in"));
    let after = soon(thief.get("/desk")).await;
    assert!(after.location().starts_with("/sign-in"), "the session is over: {}", after.status);
    drop(held);
    world.app.store.finish_sign_outs().await.expect("taken out of the table");
    assert!(thief.get("/desk").await.location().starts_with("/sign-in"));
}

/// Sends a form to every address that takes one.
#[tokio::test]
async fn every_form_of_a_full_office_is_given_back() {
    let world = World::new().await;
    let app = bounded(&world, full());
    let id = "0199a1b2-0000-7000-8000-000000000001";
    for row in web::router::TABLE.iter().filter(|row| row.method == "POST" && row.path != "/sign-out") {
        let address: String = row
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { id.to_owned() } else { part.to_owned() })
            .collect::<Vec<_>>()
            .join("/");
        let router = if row.surface == Surface::Office { web::office(app.clone()) } else { web::public(app.clone()) };
        let mut browser = Browser::new(router);
        let page = browser
            .post(&address, &[("command_id", COMMAND), ("given", "Amina \"Bibi\""), ("pick", "a"), ("pick", "b")])
            .await;
        assert_eq!(page.status, 503, "{address}");
        let fields = kept(&page);
        for (name, value) in [("command_id", COMMAND), ("given", "Amina &#34;Bibi&#34;"), ("pick", "a"), ("pick", "b")]
        {
            assert!(fields.contains(&(name.to_owned(), value.to_owned())), "{address}: {name} in {fields:?}");
        }
        assert!(page.has(&format!("action=\"{address}\"")), "{address}");
        assert!(page.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{address}");
    }
}

#[tokio::test]
async fn a_full_office_still_says_how_it_is_and_how_often_it_was_busy() {
    let world = World::new().await;
    let app = bounded(&world, full());
    let (mut office, mut public) = (Browser::new(web::office(app.clone())), Browser::new(web::public(app.clone())));
    let page = public.get("/programmes?lang=ps").await;
    assert_eq!(page.status, 503);
    assert!(page.has("href=\"/programmes?lang=ps\""), "it can be opened again: {}", page.text());
    assert_eq!(office.get("/sign-in").await.status, 503);
    for browser in [&mut office, &mut public] {
        assert_eq!(browser.get("/health").await.text().trim(), "ok");
        assert_eq!(browser.get("/assets/style.css").await.status, 200);
    }
    let metrics = office.get("/metrics").await.text();
    for line in ["onewindow_busy_total{listener=\"office\"} 1", "onewindow_busy_total{listener=\"public\"} 1"] {
        assert!(metrics.lines().any(|found| found == line), "{line} in\n{metrics}");
    }
}

#[tokio::test]
async fn passwords_are_typed_again_and_never_written_into_a_page() {
    let world = World::new().await;
    let mut office = Browser::new(web::office(bounded(&world, full())));
    let page = office.post("/sign-in", &[("user", "clerk.nsr"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 503);
    assert!(!page.has(PASSWORD), "{}", page.text());
    assert!(page.has("type=\"password\"") && page.has("name=\"password\""), "{}", page.text());
    assert!(kept(&page).contains(&("user".to_owned(), "clerk.nsr".to_owned())));
}

#[tokio::test]
async fn a_file_is_chosen_again_and_what_was_typed_is_kept() {
    let world = World::new().await;
    let desk = world.desk("clerk.nsr").await;
    for limits in [full(), Limits { uploads: 0, ..Limits::default() }] {
        let mut desk = desk.at(web::office(bounded(&world, limits)));
        let typed = [("note", "stamp is faint")];
        let page = desk.upload("/visits/x/papers/record", &typed, ("scan", b"the bytes of a photograph")).await;
        assert_eq!(page.status, 503, "{limits:?}");
        assert!(page.has("enctype=\"multipart/form-data\"") && page.has("name=\"scan\""), "{}", page.text());
        assert!(!page.has("the bytes of a photograph"));
        assert!(kept(&page).contains(&("note".to_owned(), "stamp is faint".to_owned())), "{:?}", kept(&page));
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_not_given_back_with_a_button() {
    let world = World::new().await;
    let router: Router = web::office(bounded(&world, full()));
    let request = Request::post("/people/imports/new")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("command_id={COMMAND}&csrf=guess&bait=chosen-elsewhere")))
        .expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    assert_eq!(response.status().as_u16(), 403);
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    assert!(!String::from_utf8_lossy(&bytes).contains("chosen-elsewhere"));
}

#[tokio::test]
async fn a_silent_connection_gives_its_place_to_the_next() {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(1));
    let listener = web::request::Bounded::new(listener, places).silent_for(Duration::from_millis(200));
    let server = tokio::spawn(axum::serve(listener, web::public(world.app.clone())).into_future());
    let _silent = TcpStream::connect(at).await.expect("a connection");
    let mut next = TcpStream::connect(at).await.expect("it waits in the system's line");
    next.write_all(b"GET /health HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").await.expect("asked");
    let mut answer = String::new();
    soon(next.read_to_string(&mut answer)).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.abort();
}
