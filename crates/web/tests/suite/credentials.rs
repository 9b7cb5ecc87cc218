//! Passwords that are tried first, first passwords that nobody used, and what the log says of refusals.

use crate::common::{PASSWORD, World, now};
use std::sync::{Mutex, PoisonError};
use tracing::{Event, Metadata, Subscriber, field, span};

#[tokio::test]
async fn a_password_that_is_tried_first_is_refused_with_what_to_do() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    for (new, taken) in [
        ("Password123456", false),
        ("123456789012", false),
        ("clerk.nsr 2026", false),
        ("the buffalo ate my shoe", true),
    ] {
        clerk.get("/password").await;
        let page = clerk.post("/password", &[("old", PASSWORD), ("new", new), ("again", new)]).await;
        assert_eq!(page.status, if taken { 303 } else { 422 }, "{new}: {}", page.text());
        assert_eq!(page.has("among the first that a thief tries"), !taken, "{new}");
    }
}

#[tokio::test]
async fn a_first_password_older_than_a_week_asks_for_a_new_one() {
    let world = World::new().await;
    let officer =
        world.app.store.officers(&world.system).by_login("clerk.nsr").await.expect("an answer").expect("there");
    let given = now() - chrono::TimeDelta::days(8);
    world.app.store.keep_first_password(officer.id, "six patient herons", given).await.expect("kept");
    let mut office = world.office();
    office.get("/sign-in").await;
    let page = office.post("/sign-in", &[("user", "clerk.nsr"), ("password", "six patient herons")]).await;
    assert!(page.status == 422 && page.has("older than seven days"), "{}", page.text());
}

#[tokio::test]
async fn an_officer_sees_where_they_are_signed_in_and_ends_the_others() {
    let world = World::new().await;
    let mut here = world.desk("clerk.nsr").await;
    let mut there = world.office();
    there.get("/sign-in").await;
    assert_eq!(there.post("/sign-in", &[("user", "clerk.nsr"), ("password", PASSWORD)]).await.status, 303);
    let page = here.get("/password").await;
    assert_eq!(page.text().matches("this computer").count(), 1);
    assert_eq!(page.text().matches("last used").count(), 1, "the other window: {}", page.text());
    assert_eq!(here.post("/password/others", &[]).await.location(), "/password");
    let page = here.get("/password").await;
    assert!(page.has("this computer") && !page.has("last used") && !page.has("Sign out everywhere else"));
    assert_eq!(there.get("/desk").await.location(), "/sign-in?next=/desk", "ended");
}

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps what the pages log.
struct Listener;

struct Line(String);

impl field::Visit for Line {
    fn record_debug(&mut self, field: &field::Field, value: &dyn std::fmt::Debug) {
        self.0 += &format!("{}={value:?} ", field.name());
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("web")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        SAID.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn refusals_are_written_into_the_log_with_the_officer_and_without_what_was_typed() {
    let _ = tracing::subscriber::set_global_default(Listener);
    let world = World::new().await;
    let officer =
        world.app.store.officers(&world.system).by_login("clerk.nsr").await.expect("an answer").expect("there");
    let mut office = world.office();
    for (user, password) in [("clerk.nsr", "a wrong password"), ("my secret, in the wrong field", "x")] {
        office.get("/sign-in").await;
        assert_eq!(office.post("/sign-in", &[("user", user), ("password", password)]).await.status, 422);
    }
    let mut clerk = world.desk("clerk.nsr").await;
    assert_eq!(clerk.get("/access/reads").await.status, 404);
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let of = |parts: &[&str]| said.iter().filter(|line| parts.iter().all(|part| line.contains(part))).count();
    let id = officer.id.to_string();
    assert_eq!(of(&["a sign-in was refused", &id, "wrong"]), 1, "{said:?}");
    assert_eq!(of(&["a sign-in was refused", "unknown"]), 1, "{said:?}");
    assert_eq!(of(&["outside the officer's rights", &id, "/access/reads", "audit"]), 1, "{said:?}");
    assert!(!said.iter().any(|line| line.contains("wrong password") || line.contains("wrong field")), "{said:?}");
}
