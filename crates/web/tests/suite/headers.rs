//! What every answer tells the browser; and what no answer tells anybody.

use crate::common::{Browser, PASSWORD, World};
use axum::http::header;
use web::{App, Config};

/// The headers of every answer, whatever it is.
const STRICT: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"),
    ("content-security-policy", "default-src 'none'"),
];

#[tokio::test]
async fn every_answer_carries_the_strict_headers() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let mut public = world.public();
    let mut answers = Vec::new();
    for path in ["/", "/desk", "/people", "/nowhere", "/sign-in", "/health", "/assets/style.css", "/metrics"] {
        answers.push((path, desk.get(path).await));
    }
    for path in ["/", "/track", "/check", "/nowhere", "/programmes", "/health", "/offline/list"] {
        answers.push((path, public.get(path).await));
    }
    answers.push(("POST /track", public.post("/track", &[("code", "x")]).await));
    for (path, page) in answers {
        for (name, begins) in STRICT {
            let value = page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert!(value.starts_with(begins), "{path}: {name} is {value:?}");
        }
        let policy = page.headers["content-security-policy"].to_str().unwrap_or_default();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn office_pages_are_kept_by_nobody() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    for path in ["/desk".to_owned(), "/people".to_owned(), visit.clone(), format!("{visit}/household")] {
        let page = desk.get(&path).await;
        let kept = page.headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
        assert_eq!(kept, Some("no-store"), "{path}");
        assert!(!page.headers.contains_key(header::ETAG), "{path}");
    }
}

#[tokio::test]
async fn cookies_are_for_this_site_and_no_script() {
    let world = World::new().await;
    let config = Config { secure_cookies: true, ..world.app.config.clone() };
    let app = App::new(world.app.store.clone(), world.app.pack.clone(), config);
    world.desk("clerk.nsr").await;
    let mut office = Browser::new(web::office(app.clone()));
    let form = office.get("/sign-in").await;
    let signed_in = office.post("/sign-in", &[("user", "clerk.nsr"), ("password", PASSWORD)]).await;
    let track = Browser::new(web::public(app)).get("/track").await;
    let lines: Vec<String> = [&form, &signed_in, &track]
        .iter()
        .flat_map(|page| page.headers.get_all(header::SET_COOKIE))
        .map(|line| line.to_str().unwrap_or_default().to_owned())
        .collect();
    assert!(lines.iter().any(|line| line.starts_with("__Host-office-session=")), "{lines:?}");
    for line in lines {
        for word in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(line.contains(word), "{line}");
        }
        assert!(line.starts_with("__Host-") && !line.contains("Domain"), "{line}");
    }
    assert_eq!(office.get("/desk").await.status, 200, "it signs in");
    office.rename_cookies(|name| name.trim_start_matches("__Host-").to_owned());
    assert_eq!(office.get("/desk").await.status, 303, "what another name may have set is not read");
}

#[tokio::test]
async fn a_session_is_new_at_each_sign_in() {
    let world = World::new().await;
    world.desk("clerk.nsr").await;
    let mut office = world.office();
    let mut tokens = Vec::new();
    for _ in 0..2 {
        office.get("/sign-in").await;
        let page = office
            .at(web::office(world.app.clone()))
            .post("/sign-in", &[("user", "clerk.nsr"), ("password", PASSWORD)])
            .await;
        let lines = page.headers.get_all(header::SET_COOKIE).iter();
        let line = lines.filter_map(|line| line.to_str().ok()).find(|line| line.starts_with("office-session="));
        tokens.push(line.expect("a session").to_owned());
    }
    assert_ne!(tokens[0], tokens[1]);
    assert!(tokens.iter().all(|token| token.len() >= "office-session=".len() + 64), "256 bits in hex");
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_stay_there() {
    let world = World::new().await;
    let config = Config { secure_cookies: true, ..world.app.config.clone() };
    let app = App::new(world.app.store.clone(), world.app.pack.clone(), config);
    let page = Browser::new(web::public(app)).get("/").await;
    assert_eq!(
        page.headers.get(header::STRICT_TRANSPORT_SECURITY).map(|value| value.as_bytes()),
        Some(&b"max-age=31536000"[..])
    );
    assert!(!world.public().get("/").await.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn a_failure_says_nothing_of_the_inside() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    world.app.store.close().await;
    for path in ["/desk", "/people", "/sign-in"] {
        let page = desk.get(path).await;
        assert_eq!(page.status, 500, "{path}");
        assert!(page.has("<h1"), "{path} is a page: {}", page.text());
        for word in ["sqlx", "pool", "Pool", "rusqlite", "select ", ".rs", "panicked", "/tmp"] {
            assert!(!page.has(word), "{path} says {word}");
        }
        assert!(!page.headers.contains_key(header::SERVER), "{path}");
    }
}
