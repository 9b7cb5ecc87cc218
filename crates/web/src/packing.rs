//! What everybody gets alike is packed once and kept by its tag: the next reader gets the packed bytes as they are.
//!
//! Only answers with an `ETag` come here, and a tag is made of the content it stands for, so what is kept can be full but
//! never old. Everything else (a page with a form, an answer of the check) is packed for its one reader by the layer outside.

use crate::{App, surface::worth_packing};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::HashMap,
    io::Write,
    sync::{Mutex, PoisonError},
};

use crate::request::Surface;

/// How many packed bytes one generation holds: all pages in three languages, the styles, and the check twice over.
const ROOM: usize = 6 * 1024 * 1024;
/// What is smaller gains nothing.
const SMALL: usize = 256;
/// What is larger is packed beside the requests, not among them, and as small as it gets.
const LARGE: usize = 128 * 1024;

/// Packed answers by their tags, in two generations: when the young one is full it becomes the old one, and what of the old
/// one is asked for again moves over. Addresses that somebody invents cannot fill the memory.
#[derive(Debug, Default)]
pub struct Packing {
    kept: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Vec<u8>, Bytes>,
    old: HashMap<Vec<u8>, Bytes>,
    bytes: usize,
}

impl Generations {
    fn get(&mut self, tag: &[u8]) -> Option<Bytes> {
        if let Some(found) = self.young.get(tag) {
            return Some(found.clone());
        }
        let found = self.old.remove(tag)?;
        self.put(tag.to_vec(), found.clone());
        Some(found)
    }

    fn put(&mut self, tag: Vec<u8>, packed: Bytes) {
        if self.bytes + packed.len() > ROOM {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += packed.len();
        self.young.insert(tag, packed);
    }
}

impl Packing {
    fn get(&self, tag: &[u8]) -> Option<Bytes> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(tag)
    }

    fn put(&self, tag: &[u8], packed: Bytes) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(tag.to_vec(), packed);
    }
}

/// Middleware: answers with a tag are sent packed to whoever takes gzip.
pub async fn pack(State((app, surface)): State<(App, Surface)>, request: Request, next: Next) -> Response {
    let takes = takes_gzip(request.headers());
    let mut response = next.run(request).await;
    let tag = response.headers().get(header::ETAG).cloned();
    let Some(tag) = tag.filter(|_| worth_packing(surface, response.headers())) else { return response };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let plain = !response.headers().contains_key(header::CONTENT_ENCODING);
    if !takes || !plain || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // What has a tag stands in memory as a whole: this takes it, and copies nothing.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    if bytes.len() < SMALL {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let packed = match app.packing.get(tag.as_bytes()) {
        Some(packed) => packed,
        None => {
            let packed = packed(bytes).await;
            app.packing.put(tag.as_bytes(), packed.clone());
            packed
        }
    };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(packed))
}

async fn packed(bytes: Bytes) -> Bytes {
    if bytes.len() < LARGE {
        return gzip(&bytes, Compression::default());
    }
    let work = bytes.clone();
    let done = tokio::task::spawn_blocking(move || gzip(&work, Compression::best())).await;
    // The task is never cancelled; if it were, the bytes are still the right ones in the other measure.
    done.unwrap_or_else(|_| gzip(&bytes, Compression::default()))
}

fn gzip(bytes: &[u8], level: Compression) -> Bytes {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    // Writing into memory cannot fail.
    let _ = packer.write_all(bytes);
    Bytes::from(packer.finish().unwrap_or_default())
}

/// Whether a browser takes gzip: named, and not with the weight of nothing.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let said = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|line| line.split(',')).any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let nothing = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().trim_matches(['0', '.']).is_empty());
        name.trim().eq_ignore_ascii_case("gzip") && !nothing
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_whether_it_takes_gzip() {
        let check = |said: &'static str, want: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(said));
            assert_eq!(takes_gzip(&headers), want, "{said}");
        };
        check("gzip", true);
        check("br;q=1.0, GZIP;q=0.5", true);
        check("gzip;q=0, br", false);
        check("identity", false);
        check("", false);
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_asked_for_stays_when_invented_addresses_fill_the_room() {
        let packing = Packing::default();
        packing.put(b"home", Bytes::from(vec![1; 1000]));
        for number in 0..20_u32 {
            assert!(packing.get(b"home").is_some(), "asked for again and again, it stays");
            packing.put(&number.to_be_bytes(), Bytes::from(vec![0; ROOM / 4]));
        }
        assert!(packing.get(&0_u32.to_be_bytes()).is_none(), "what nobody asked for again is gone");
        let kept = packing.kept.lock().unwrap();
        let all: usize = kept.young.values().chain(kept.old.values()).map(Bytes::len).sum();
        assert!(all <= 2 * ROOM + 1000, "{all} bytes");
    }
}
