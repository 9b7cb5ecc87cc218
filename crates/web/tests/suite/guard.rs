//! The second step of signing in, the first administrator, what ends a session, the locked screen.

use crate::cases::turn_clock;
use crate::common::{Browser, PASSWORD, Page, World, shown_secret};
use store::access::code_at;

/// Signs in with the password alone.
async fn with_password(world: &World, login: &str) -> (Browser, Page) {
    let officer = world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there");
    world.app.store.keep_password(officer.id, PASSWORD, false).await.expect("a password");
    let mut browser = world.office();
    browser.get("/sign-in").await;
    let page = browser.post("/sign-in", &[("user", login), ("password", PASSWORD)]).await;
    (browser, page)
}

/// The code at so many seconds from now.
fn code(world: &World, secret: &str, seconds: i64) -> String {
    code_at(secret, world.app.now() + chrono::TimeDelta::seconds(seconds)).expect("a code")
}

async fn address(world: &World, login: &str) -> (String, String) {
    let officer = world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there");
    (format!("/officers/{}", officer.id), officer.version.to_string())
}

#[tokio::test]
async fn the_password_alone_opens_nothing_for_a_role_that_reaches_far() {
    let world = World::new().await;
    let (mut admin, page) = with_password(&world, "admin").await;
    assert_eq!(page.location(), "/sign-in/second");
    for path in ["/officers", "/password", "/kept"] {
        assert_eq!(admin.get(path).await.location(), "/sign-in/second", "{path}");
    }
    assert_eq!(admin.post("/password", &[]).await.status, 303);
    let page = admin.get("/sign-in/second").await;
    let secret = shown_secret(&page);
    assert_eq!(secret.len(), 32);
    assert!(page.has("<svg viewBox"), "the secret is drawn as well");
    assert_eq!(shown_secret(&admin.get("/sign-in/second").await), secret, "the same on every look");
    let wrong = admin.post("/sign-in/second", &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("This code does not fit."));
    let page = admin.post("/sign-in/second", &[("code", &code(&world, &secret, 0))]).await;
    assert_eq!(page.codes().len(), 8);
    assert_eq!(admin.get("/officers").await.status, 200);
    let (_, page) = with_password(&world, "clerk.nsr").await;
    assert_eq!(page.location(), "/", "a clerk's password is enough");
}

#[tokio::test]
async fn a_code_opens_once_within_one_step_of_the_clock_in_any_digits() {
    let mut world = World::new().await;
    let (mut unit, _) = with_password(&world, "unit").await;
    let (secret, _) = world.enrol(&mut unit).await;
    let used = code(&world, &secret, 0);
    turn_clock(&mut world, "2026-11-22T04:10:00Z");
    let next = code(&world, &secret, 0);
    for (typed, want) in [
        (used.clone(), 422),
        (code(&world, &secret, 61), 422),
        (code(&world, &secret, -61), 422),
        (code(&world, &secret, -30), 303),
    ] {
        let (mut again, page) = with_password(&world, "unit").await;
        assert_eq!(page.location(), "/sign-in/code");
        assert_eq!(again.get("/services").await.location(), "/sign-in/code?next=/services");
        again.get("/sign-in/code").await;
        let answer = again.post("/sign-in/code", &[("code", &typed), ("next", "/services")]).await;
        assert_eq!(answer.status, want, "{typed}");
    }
    let (mut again, _) = with_password(&world, "unit").await;
    again.get("/sign-in/code").await;
    let replayed = again.post("/sign-in/code", &[("code", &code(&world, &secret, -30))]).await;
    assert_eq!(replayed.status, 422, "a code is taken once");
    let urdu: String =
        next.chars().map(|d| char::from_u32('۰' as u32 + d as u32 - '0' as u32).expect("a digit")).collect();
    let answer = again.post("/sign-in/code", &[("code", &urdu), ("next", "/services")]).await;
    assert_eq!((answer.status, answer.location().as_str()), (303, "/services"));
    assert_eq!(again.get("/services").await.status, 200);
}

#[tokio::test]
async fn wrong_codes_are_slowed_and_a_recovery_code_opens_once() {
    let mut world = World::new().await;
    let (mut auditor, _) = with_password(&world, "auditor").await;
    let (_, recovery) = world.enrol(&mut auditor).await;
    let (mut again, _) = with_password(&world, "auditor").await;
    again.get("/sign-in/code").await;
    for _ in 0..5 {
        assert_eq!(again.post("/sign-in/code", &[("code", "000000")]).await.status, 422);
    }
    let slowed = again.post("/sign-in/code", &[("code", &recovery[0])]).await;
    assert!(slowed.has("Wait 10 seconds"), "recovery codes are slowed alike");
    turn_clock(&mut world, "2026-11-22T04:01:00Z");
    for (typed, want) in [(recovery[0].to_lowercase().replace('-', " "), 303), (recovery[0].clone(), 422)] {
        let (mut again, _) = with_password(&world, "auditor").await;
        again.get("/sign-in/code").await;
        assert_eq!(again.post("/sign-in/code", &[("code", &typed)]).await.status, want, "{typed}");
    }
    let auditor = world.app.store.officers(&world.system).by_login("auditor").await.expect("an answer").expect("there");
    assert_eq!(world.app.store.recovery_codes_left(auditor.id).await.expect("a number"), 7);
}

#[tokio::test]
async fn an_administrator_resets_a_lost_phone_the_officer_is_told_and_nobody_resets_their_own() {
    let world = World::new().await;
    let mut unit = world.desk("unit").await;
    let mut admin = world.desk("admin").await;
    let (mine, _) = address(&world, "admin").await;
    assert!(!admin.get(&mine).await.has("Reset the second step"));
    let page = admin.post(&format!("{mine}/second"), &[("lost", "my own")]).await;
    assert!(page.status == 422 && page.has("This is your own account."));
    let (theirs, _) = address(&world, "unit").await;
    assert!(admin.get(&theirs).await.has("Reset the second step"));
    let page = admin.post(&format!("{theirs}/second"), &[("lost", "  ")]).await;
    assert!(page.status == 422 && page.has("Write why this changes."));
    assert_eq!(admin.post(&format!("{theirs}/second"), &[("lost", "left in the bus")]).await.status, 303);
    assert!(unit.get("/services").await.location().starts_with("/sign-in"), "the open session ended");
    let (mut again, page) = with_password(&world, "unit").await;
    assert_eq!(page.location(), "/sign-in/second");
    let page = again.get("/sign-in/second").await;
    assert!(page.has("Your second step was reset on") && page.has("left in the bus") && page.has(">admin<"));
}

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_that_works_once_and_for_a_day() {
    let mut world = World::new().await;
    let offer = |world: &World| {
        let (store, now) = (world.app.store.clone(), world.app.now());
        async move { store.offer_first_administrator(now).await.expect("an answer") }
    };
    let old = offer(&world).await.expect("a link");
    let token = offer(&world).await.expect("a link");
    let mut browser = world.office();
    assert_eq!(browser.get(&format!("/first/{old}")).await.status, 404, "a newer link ends an older one");
    turn_clock(&mut world, "2026-11-23T04:00:00Z");
    assert_eq!(world.office().get(&format!("/first/{token}")).await.status, 404, "after a day it is nothing");
    turn_clock(&mut world, "2026-11-23T03:59:00Z");
    let mut browser = world.office();
    let to = format!("/first/{token}");
    assert_eq!(browser.get(&to).await.status, 200);
    let form = |new: &'static str, again: &'static str| {
        [("login", "hassan"), ("name", "Hassan"), ("new", new), ("again", again)]
    };
    for (new, again, sentence) in
        [("short", "short", "at least 12"), ("nine quiet sparrows", "ten quiet sparrows", "differ")]
    {
        let page = browser.post(&to, &form(new, again)).await;
        assert!(page.status == 422 && page.has(sentence) && page.has("Hassan"), "{sentence}");
    }
    let page = browser.post(&to, &form("nine quiet sparrows", "nine quiet sparrows")).await;
    assert_eq!(page.location(), "/sign-in/second", "the phone comes next");
    world.enrol(&mut browser).await;
    assert_eq!(browser.get("/officers").await.status, 200);
    assert_eq!(world.office().get(&to).await.status, 404, "once");
    assert_eq!(offer(&world).await, None, "refused when somebody administers");
}

#[tokio::test]
async fn whoever_gains_or_loses_a_right_signs_in_again() {
    let world = World::new().await;
    let mut admin = world.desk("admin").await;
    let place = [("district", "nowshera"), ("centre", "nowshera"), ("active", "yes"), ("reason", "moved")];
    let dir = [("district", "lower-dir"), ("centre", "lower-dir"), ("active", "yes"), ("reason", "moved")];
    let cases: [(&str, Vec<(&str, &str)>); 4] = [
        ("a role", [&place[..], &[("role", "social_worker")]].concat()),
        ("a district", [&dir[..], &[("role", "social_worker")]].concat()),
        ("a password", vec![]),
        ("a second step", vec![("lost", "left in the bus")]),
    ];
    for (what, fields) in cases {
        let login = if what == "a second step" { "manager.nsr" } else { "worker.nsr" };
        let mut officer = world.desk(login).await;
        assert_eq!(officer.get("/desk").await.status, 200, "{what}");
        let (to, version) = address(&world, login).await;
        admin.get(&to).await;
        let to = match what {
            "a password" => format!("{to}/password"),
            "a second step" => format!("{to}/second"),
            _ => to,
        };
        let answer = admin.post(&to, &[&fields[..], &[("version", &version)]].concat()).await;
        assert!([200, 303].contains(&answer.status), "{what}: {}", answer.text());
        assert!(officer.get("/desk").await.location().starts_with("/sign-in"), "{what} ends the session");
    }
}

#[tokio::test]
async fn forbidden_pairs_are_refused_when_appointing_and_when_changing() {
    let world = World::new().await;
    let mut admin = world.desk("admin").await;
    let pairs = [("social_worker", "department_focal"), ("administrator", "auditor"), ("centre_manager", "auditor")];
    for (first, second) in pairs {
        let roles =
            [("role", first), ("role", second), ("centre", "nowshera"), ("district", "nowshera"), ("operator", "bisp")];
        admin.get("/officers").await;
        let page = admin.post("/officers", &[&roles[..], &[("login", "both"), ("name", "Both")]].concat()).await;
        assert!(page.status == 422 && page.has("One person may not hold both roles"), "appointing {first}, {second}");
        let (to, version) = address(&world, "worker.nsr").await;
        admin.get(&to).await;
        let more = [("version", version.as_str()), ("active", "yes"), ("reason", "both")];
        let page = admin.post(&to, &[&roles[..], &more[..]].concat()).await;
        assert!(page.status == 422 && page.has("One person may not hold both roles"), "changing to {first}, {second}");
    }
}

#[tokio::test]
async fn a_locked_screen_shows_nothing_of_the_family_and_the_password_brings_the_page_back() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let page = format!("{visit}/household");
    assert!(clerk.get(&page).await.has("Amina Bibi"));
    assert_eq!(clerk.post("/lock", &[("page", &page)]).await.location(), "/lock");
    for path in [page.as_str(), "/desk", "/lock", "/people"] {
        let answer = clerk.get(path).await;
        assert!(!answer.has("Amina") && !answer.has(&visit), "{path}");
    }
    assert_eq!(clerk.get("/sign-in").await.location(), "/lock");
    clerk.get("/lock").await;
    let wrong = clerk.post("/unlock", &[("password", "wrong")]).await;
    assert!(wrong.status == 422 && wrong.has("The password is not right."));
    assert_eq!(clerk.post("/unlock", &[("password", PASSWORD)]).await.location(), page);
    assert!(clerk.get(&page).await.has("Amina Bibi"));
}

#[tokio::test]
async fn a_form_sent_after_a_quarter_of_an_hour_waits_for_its_officer() {
    let mut world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let to = format!("{visit}/members/new");
    clerk.get(&to).await;
    turn_clock(&mut world, "2026-11-22T04:15:00Z");
    clerk.now_at(web::office(world.app.clone()));
    let command = uuid::Uuid::now_v7().to_string();
    let child = crate::common::cast::children_forms().remove(0);
    let form = [&child[..], &[("command_id", &command)]].concat();
    assert_eq!(clerk.post(&to, &form).await.location(), "/lock");
    // A colleague signs in from the locked page in one step and sees nothing of it.
    let first = clerk.clone();
    let mut other = clerk;
    let locked = other.get("/lock").await;
    assert!(!locked.has("Bilal"));
    with_password(&world, "worker.nsr").await;
    let answer = other.post("/sign-in", &[("user", "worker.nsr"), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/", "not to the colleague's page");
    other.get("/password").await;
    assert!(other.get("/kept").await.has("Nothing is waiting"));
    // The first one comes back.
    let mut clerk = first;
    clerk.get("/lock").await;
    assert_eq!(clerk.post("/unlock", &[("password", PASSWORD)]).await.location(), "/kept");
    let kept = clerk.get("/kept").await;
    assert!(kept.has("You sent a form.") && kept.has("value=\"Bilal\""));
    let send = kept
        .text()
        .split("action=\"")
        .find(|rest| rest.contains("/send\""))
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
    let send = send.expect("a form");
    let answer = clerk.post(&send, &form).await;
    assert_eq!((answer.status, answer.location()), (307, to.clone()));
    assert_eq!(clerk.post(&to, &form).await.status, 303, "the same form goes on, as the same command");
    assert_eq!(world.household(&visit).await.present().count(), 2);
    assert!(clerk.get("/kept").await.has("Nothing is waiting"));
}

#[tokio::test]
async fn a_form_from_elsewhere_is_not_kept_and_a_draft_is() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    clerk.post("/lock", &[("page", "/people"), ("draft", "{\"kept:member\":\"[]\"}")]).await;
    clerk.post("/people", &[("csrf", "another session's"), ("q", "Amina")]).await;
    clerk.get("/lock").await;
    assert_eq!(clerk.post("/unlock", &[("password", PASSWORD)]).await.location(), "/kept");
    let kept = clerk.get("/kept").await;
    assert!(kept.has("You were filling in a form.") && !kept.has("You sent a form."));
    let drop = kept
        .text()
        .split("action=\"")
        .find(|rest| rest.contains("/drop\""))
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
    assert_eq!(clerk.post(&drop.expect("a form"), &[]).await.location(), "/people");
}
