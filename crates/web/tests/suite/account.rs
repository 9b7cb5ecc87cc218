//! Guessing that keeps nobody waiting but whoever guesses; what an officer is told of the own account; how strong a new
//! password is; how much one may send in a day.

use crate::common::{Browser, PASSWORD, Page, World};
use axum::http::header;
use store::access::DayLimit;
use web::{App, Config, request::Limits};

async fn sign_in(browser: &mut Browser, user: &str, password: &str) -> Page {
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("user", user), ("password", password)]).await
}

/// The clerk has a password; a browser that nobody used.
async fn stranger(world: &World) -> Browser {
    let officers = world.app.store.officers(&world.system);
    let clerk = officers.by_login("clerk.nsr").await.expect("an answer").expect("there");
    world.app.store.keep_password(clerk.id, PASSWORD, false).await.expect("a password");
    world.office()
}

#[tokio::test]
async fn strangers_keep_an_officer_waiting_in_no_browser_that_was_the_officers() {
    let world = World::new().await;
    let mut known = world.desk("clerk.nsr").await;
    let mut token = world.desk("token.nsr").await;
    assert_eq!(known.post("/sign-out", &[]).await.status, 303);
    let mut other = world.office();
    for _ in 0..5 {
        assert!(sign_in(&mut other, "clerk.nsr", "a wrong one").await.has("not right"));
    }
    assert!(sign_in(&mut other, "clerk.nsr", PASSWORD).await.has("Too many wrong tries"), "the stranger waits");
    assert!(sign_in(&mut world.office(), "clerk.nsr", PASSWORD).await.has("Too many wrong tries"), "in every browser");
    assert_eq!(token.post("/sign-out", &[]).await.status, 303);
    let page = sign_in(&mut token, "clerk.nsr", PASSWORD).await;
    assert!(page.has("Too many wrong tries"), "a colleague's browser is a stranger's for the clerk");
    assert_eq!(sign_in(&mut known, "clerk.nsr", PASSWORD).await.status, 303, "the clerk's own browser goes on");
    assert!(sign_in(&mut other, "clerk.nsr", PASSWORD).await.has("Too many wrong tries"), "the stranger still waits");
}

#[tokio::test]
async fn the_officers_own_browser_is_slowed_by_its_own_tries_and_slows_nobody_else() {
    let world = World::new().await;
    let mut known = world.desk("clerk.nsr").await;
    assert_eq!(known.post("/sign-out", &[]).await.status, 303);
    for _ in 0..5 {
        assert!(sign_in(&mut known, "clerk.nsr", "a wrong one").await.has("not right"));
    }
    assert!(sign_in(&mut known, "clerk.nsr", PASSWORD).await.has("Too many wrong tries"));
    assert_eq!(sign_in(&mut world.office(), "clerk.nsr", PASSWORD).await.status, 303, "another browser goes on");
}

#[tokio::test]
async fn a_locked_screen_opens_in_its_browser_whatever_strangers_try() {
    let world = World::new().await;
    let mut known = world.desk("clerk.nsr").await;
    assert_eq!(known.post("/lock", &[("page", "/desk")]).await.location(), "/lock");
    let mut other = world.office();
    for _ in 0..5 {
        sign_in(&mut other, "clerk.nsr", "a wrong one").await;
    }
    known.get("/lock").await;
    assert_eq!(known.post("/unlock", &[("password", PASSWORD)]).await.location(), "/desk");
}

#[tokio::test]
async fn the_mark_of_a_browser_opens_nothing_and_names_nobody() {
    let world = World::new().await;
    let mut browser = stranger(&world).await;
    let page = sign_in(&mut browser, "clerk.nsr", PASSWORD).await;
    let lines = page.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let line = lines.into_iter().find(|line| line.starts_with("office-browser=")).expect("the mark").to_owned();
    for word in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(line.contains(word), "{line}");
    }
    let value = line.trim_start_matches("office-browser=").split(';').next().unwrap_or_default();
    assert!(value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'.') && value.len() == 65, "{value}");
    browser.rename_cookies(|name| if name == "office-session" { "gone".to_owned() } else { name.to_owned() });
    assert_eq!(browser.get("/desk").await.location(), "/sign-in?next=/desk");
}

#[tokio::test]
async fn a_changed_password_is_told_at_the_next_sign_in_with_when_and_by_whom() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    clerk.get("/password").await;
    let new = "the buffalo ate my shoe";
    let changed = clerk.post("/password", &[("old", PASSWORD), ("new", new), ("again", new)]).await;
    assert_eq!(changed.location(), "/sign-in");
    assert_eq!(sign_in(&mut clerk, "clerk.nsr", new).await.location(), "/password");
    let page = clerk.get("/password").await;
    let text = page.text();
    for words in ["The password was changed", "22 Nov 2026", "I know of this"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    assert!(clerk.get("/desk").await.has("News of your account"), "every page says so until it is known");
    clerk.get("/password").await;
    assert_eq!(clerk.post("/password/known", &[]).await.location(), "/");
    assert!(!clerk.get("/desk").await.has("News of your account"));
    let page = clerk.get("/password").await;
    assert!(!page.has("I know of this") && page.has("The password was changed"), "it stays in the list");

    let mut admin = world.desk("admin").await;
    let officers = world.app.store.officers(&world.system);
    let officer = officers.by_login("clerk.nsr").await.expect("an answer").expect("there");
    let administrator = officers.by_login("admin").await.expect("an answer").expect("there");
    admin.get(&format!("/officers/{}", officer.id)).await;
    let page = admin.post(&format!("/officers/{}/password", officer.id), &[]).await;
    let text = page.text();
    let first = text.split("ltr code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("the password");
    assert_eq!(sign_in(&mut clerk, "clerk.nsr", first).await.location(), "/password");
    let page = clerk.get("/password").await;
    assert!(
        page.has("An administrator gave a new first password")
            && page.has(&format!("<bdi>{}</bdi>", administrator.name)),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_sign_in_from_a_new_browser_is_told_in_the_others_and_not_in_itself() {
    let world = World::new().await;
    let mut known = world.desk("clerk.nsr").await;
    assert!(!known.get("/desk").await.has("News of your account"), "the first browser of all is no news");
    let mut new = world.office();
    assert_eq!(sign_in(&mut new, "clerk.nsr", PASSWORD).await.location(), "/");
    assert!(!new.get("/desk").await.has("News of your account"), "whoever it was is not asked");
    new.get("/password").await;
    new.post("/password/known", &[]).await;
    assert!(known.get("/desk").await.has("News of your account"), "and cannot take it away");
    let page = known.get("/password").await;
    assert!(page.has("from a browser that was new"), "{}", page.text());
    assert_eq!(known.post("/password/known", &[]).await.location(), "/");
    assert_eq!(sign_in(&mut new, "clerk.nsr", PASSWORD).await.status, 303);
    assert!(!known.get("/desk").await.has("News of your account"), "the second time it is new no more");
}

#[tokio::test]
async fn how_strong_a_new_password_is_is_said_by_the_rules_that_refuse_it() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let page = clerk.get("/password").await;
    assert!(page.has("data-strength") && page.text().matches("data-text-show=\"Show what I typed\"").count() == 3);
    for (new, words) in [
        ("short", "Not yet"),
        ("Pakistan12345!", "Not this one"),
        ("Kx7#mQ2v!tRz", "This will do"),
        ("the buffalo ate my shoe", "This is a strong password"),
        ("", ""),
    ] {
        clerk.get("/password").await;
        let live = clerk.post("/password/strength", &[("new", new)]).await;
        assert_eq!((live.status, live.text().is_empty()), (200, words.is_empty()), "{new}");
        assert!(live.has(words), "{new}: {}", live.text());
        clerk.get("/password").await;
        let refused = clerk.post("/password", &[("old", "a wrong one"), ("new", new), ("again", new)]).await;
        assert!(refused.status == 422 && refused.has(words) && !refused.has(&format!("value=\"{new}x")), "{new}");
    }
    assert_eq!(world.office().get("/password/strength").await.location(), "/sign-in?next=/password/strength");
}

/// The pages with this limit for a day.
fn bounded(world: &World, day: DayLimit) -> App {
    let limits = Limits { day, ..Limits::default() };
    App::new(world.app.store.clone(), world.app.pack.clone(), Config { limits, ..world.app.config.clone() })
}

#[tokio::test]
async fn files_beyond_an_officers_day_are_refused_and_the_form_is_kept() {
    let world = World::new().await;
    let mut lists = world.desk("lists").await;
    let list = b"Name,CNIC,Amount\nGulalai,17201-5555555-5,9000\n";
    for (day, taken) in [
        (DayLimit { files: 1, bytes: 1 << 20 }, true),
        (DayLimit { files: 1, bytes: 1 << 20 }, false),
        (DayLimit { files: 9, bytes: 60 }, false),
        (DayLimit { files: 9, bytes: 1 << 20 }, true),
    ] {
        lists.now_at(web::office(bounded(&world, day)));
        lists.get("/people/imports/new").await;
        let fields = [("source", "District Zakat Committee Nowshera")];
        let page = lists.upload("/people/imports/new", &fields, ("list", list)).await;
        assert_eq!(page.has("as many files today"), !taken, "{day:?}: {} {}", page.status, page.text());
        let kept = page.value("source").as_deref() == Some("District Zakat Committee Nowshera");
        assert!(taken || (page.status == 422 && kept), "{day:?}: what was typed is kept");
    }
}
