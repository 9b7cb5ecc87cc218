//! What everybody gets alike is packed once, is told apart by its tag, and is the same bytes unpacked.

use crate::common::World;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use flate2::read::GzDecoder;
use std::io::Read;
use tower::ServiceExt;

async fn ask(pages: &Router, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = pages.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    (status, headers, to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec())
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

#[tokio::test]
async fn packed_and_plain_are_the_same_and_a_known_tag_is_answered_with_nothing() {
    let world = World::new().await;
    for (pages, path) in [
        (web::public(world.app.clone()), "/"),
        (web::public(world.app.clone()), "/programmes/kpz-guzara"),
        (web::public(world.app.clone()), "/assets/style.css"),
        (web::office(world.app.clone()), "/assets/style.css"),
        (web::public(world.app.clone()), "/assets/app.js"),
    ] {
        let (status, plain_headers, plain) = ask(&pages, path, &[]).await;
        assert_eq!((status, plain_headers.get("content-encoding")), (StatusCode::OK, None), "{path}");
        let mut sizes = Vec::new();
        // Twice: made, then taken from what is kept.
        for _ in 0..2 {
            let (_, headers, body) = ask(&pages, path, &[("accept-encoding", "gzip, br")]).await;
            assert_eq!(headers["content-encoding"], "gzip", "{path}");
            assert!(
                headers.get_all("vary").iter().any(|v| v.as_bytes().eq_ignore_ascii_case(b"accept-encoding")),
                "{path}"
            );
            assert_eq!(unpacked(&body), plain, "{path}");
            assert!(body.len() * 2 < plain.len(), "{path}");
            sizes.push(body);
        }
        assert_eq!(sizes[0], sizes[1], "{path}");
        let tag = plain_headers["etag"].to_str().expect("a tag");
        for coding in ["gzip", "identity"] {
            let (status, headers, body) =
                ask(&pages, path, &[("if-none-match", tag), ("accept-encoding", coding)]).await;
            assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
            assert_eq!(headers.get("content-encoding"), None, "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_with_a_form_has_no_tag_and_an_office_page_is_never_packed() {
    let world = World::new().await;
    let (_, headers, _) = ask(&web::public(world.app.clone()), "/track", &[("accept-encoding", "gzip")]).await;
    assert_eq!(headers.get("etag"), None);
    let (_, headers, _) = ask(&web::office(world.app.clone()), "/sign-in", &[("accept-encoding", "gzip")]).await;
    assert_eq!(headers.get("content-encoding"), None);
}
