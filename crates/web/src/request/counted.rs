//! Requests counted by listener and kind of answer, for a monitor. No address, no visitor.

use super::Surface;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Instant,
};

/// Answers of 2xx, 3xx, 4xx and 5xx of one listener, and the time they took.
#[derive(Debug)]
struct Counts {
    answers: [AtomicU64; 4],
    micros: AtomicU64,
}

impl Counts {
    const fn none() -> Self {
        Counts { answers: [const { AtomicU64::new(0) }; 4], micros: AtomicU64::new(0) }
    }
}

/// Since the program began.
static OFFICE: Counts = Counts::none();
static PUBLIC: Counts = Counts::none();

fn of(surface: Surface) -> &'static Counts {
    match surface {
        Surface::Office => &OFFICE,
        Surface::Public => &PUBLIC,
    }
}

/// Middleware: counts the answer.
pub(crate) async fn counted(State(surface): State<Surface>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    let counts = of(surface);
    let class = usize::from(response.status().as_u16() / 100).clamp(2, 5) - 2;
    counts.answers[class].fetch_add(1, Relaxed);
    counts.micros.fetch_add(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX), Relaxed);
    response
}

/// For each listener: its name, answers by class from 2xx to 5xx, and microseconds of all of them.
pub(crate) fn so_far() -> [(&'static str, [u64; 4], u64); 2] {
    [("office", &OFFICE), ("public", &PUBLIC)].map(|(name, counts)| {
        (name, std::array::from_fn(|class| counts.answers[class].load(Relaxed)), counts.micros.load(Relaxed))
    })
}
