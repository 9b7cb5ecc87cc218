//! Signing in and staying signed in.

use crate::common::{Base, PASSWORD, on_both, story, story::Story};
use chrono::TimeDelta;
use domain::{
    Instant,
    access::{OfficerChanged, Role},
};
use store::{
    Store,
    access::{Browser, SignInRefused, Stage},
};

/// Signs in; the token.
async fn token(store: &Store, login: &str, password: &str, now: Instant) -> Result<String, SignInRefused> {
    store.sign_in(login, password, now).await.expect("an answer").map(|sign_in| sign_in.token)
}

async fn signed_in(story: &Story<'_>, token: &str, minutes: i64) -> bool {
    let now = story.teller.at + TimeDelta::minutes(minutes);
    let session = story.teller.base.store.session(token, now).await.expect("an answer");
    session.is_some_and(|session| session.stage == Stage::Open && session.scope.officer_id().is_some())
}

/// The clerk with a password, and a token.
async fn clerk(base: &Base) -> (Story<'_>, String) {
    let story = story::full(base).await;
    base.store.keep_password(story.officers["clerk.nsr"], PASSWORD, false).await.expect("kept");
    let token = token(&base.store, "clerk.nsr", PASSWORD, story.teller.at).await.expect("a sign-in");
    (story, token)
}

on_both!(a_wrong_password_and_an_unknown_name_read_alike_and_wait_alike, async |base: &Base| {
    let (story, _) = clerk(base).await;
    let mut now = story.teller.at;
    for (name, password) in [("clerk.nsr", "wrong"), ("nobody", PASSWORD), ("Clerk.nsr", PASSWORD)] {
        for _ in 0..5 {
            assert_eq!(token(&base.store, name, password, now).await, Err(SignInRefused::Wrong), "{name}");
        }
        let refused = token(&base.store, name, password, now).await;
        assert_eq!(refused, Err(SignInRefused::Wait { seconds: 10 }), "{name}");
        now += TimeDelta::seconds(10);
        assert_eq!(token(&base.store, name, password, now).await, Err(SignInRefused::Wrong), "{name}");
        let refused = token(&base.store, name, password, now).await;
        assert_eq!(refused, Err(SignInRefused::Wait { seconds: 20 }), "{name}");
    }
    // Waiting holds for the right password too, and only for that name.
    let refused = token(&base.store, "clerk.nsr", PASSWORD, story.teller.at + TimeDelta::seconds(11)).await;
    assert!(matches!(refused, Err(SignInRefused::Wait { .. })), "{refused:?}");
    base.store.keep_password(story.officers["worker.nsr"], PASSWORD, false).await.expect("kept");
    assert!(token(&base.store, "worker.nsr", PASSWORD, now).await.is_ok());
    now += TimeDelta::minutes(1);
    assert!(token(&base.store, "clerk.nsr", PASSWORD, now).await.is_ok());
    // A right one forgets the wrong ones.
    assert_eq!(token(&base.store, "clerk.nsr", "wrong", now).await, Err(SignInRefused::Wrong));
    assert!(token(&base.store, "clerk.nsr", PASSWORD, now).await.is_ok());
});

on_both!(what_is_stored_tells_no_name_and_no_password, async |base: &Base| {
    let (story, _) = clerk(base).await;
    let _ = token(&base.store, "nobody.here", "wrong", story.teller.at).await;
    let mut raw = base.raw().await;
    let subjects = raw.texts("select subject from attempt").await;
    assert_eq!(subjects.len(), 1);
    assert!(!subjects[0].contains("nobody"), "{subjects:?}");
    let clerk = base.literal(story.officers["clerk.nsr"].0);
    let stored = raw.texts(&format!("select password from credential where officer_id = {clerk}")).await;
    assert!(stored[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored:?}");
});

on_both!(a_session_is_locked_when_idle_and_its_password_opens_it, async |base: &Base| {
    let (story, token) = clerk(base).await;
    for minutes in [0, 14, 28, 42] {
        assert!(signed_in(&story, &token, minutes).await, "seen every 14 minutes, at {minutes}");
    }
    assert!(!signed_in(&story, &token, 57).await, "15 minutes after the last request");
    let at = |minutes| story.teller.at + TimeDelta::minutes(minutes);
    let session = base.store.session(&token, at(57)).await.expect("an answer").expect("a locked session");
    assert_eq!((session.stage, session.scope.officer_id()), (Stage::Locked, None), "it reads nothing");
    base.store.lock(&token, "/desk").await.expect("locked");
    let wrong = base.store.unlock(&token, "wrong", Browser::default(), at(58)).await.expect("an answer");
    assert_eq!(wrong, Err(SignInRefused::Wrong));
    let right = base.store.unlock(&token, PASSWORD, Browser::default(), at(59)).await.expect("an answer");
    assert_eq!(right.as_deref(), Ok("/desk"));
    assert!(signed_in(&story, &token, 60).await);
    assert!(!signed_in(&story, "no such token", 0).await);
});

on_both!(the_database_alone_does_not_give_a_second_step, async |base: &Base| {
    let (story, _) = clerk(base).await;
    let admin = story.officers["admin"];
    base.store.keep_password(admin, PASSWORD, false).await.expect("kept");
    let now = story.teller.at;
    let half = base.store.sign_in("admin", PASSWORD, now).await.expect("an answer").expect("half signed in");
    assert_eq!(half.stage, Stage::Enrol);
    assert!(!signed_in(&story, &half.token, 0).await, "a password alone reads nothing");
    let secret = base.store.begin_second_step(admin, now).await.expect("an answer").expect("a secret").secret;
    let code = store::access::code_at(&secret, now).expect("a code");
    let codes = base.store.confirm_second_step(&half.token, &code, now).await.expect("an answer").expect("confirmed");
    assert!(signed_in(&story, &half.token, 0).await);
    let mut raw = base.raw().await;
    let hashes = raw.texts("select code_hash from recovery_code").await;
    assert_eq!(hashes.len(), 8);
    assert!(codes.iter().all(|code| hashes.iter().all(|hash| !hash.contains(&code[..5]))), "recovery codes are hashed");
    let hex = if base.is_postgres() {
        "select encode(secret, 'hex') from second_step"
    } else {
        "select hex(secret) from second_step"
    };
    let stored = raw.texts(hex).await;
    assert_eq!(stored[0].len(), 2 * (12 + 20 + 16), "nonce, secret and seal: {}", stored[0]);
});

on_both!(a_session_ends_after_twelve_hours, async |base: &Base| {
    let (story, token) = clerk(base).await;
    for minutes in (0..720).step_by(14) {
        assert!(signed_in(&story, &token, minutes).await, "at {minutes}");
    }
    assert!(!signed_in(&story, &token, 720).await);
});

on_both!(another_role_ends_sessions, async |base: &Base| {
    let (mut story, token) = clerk(base).await;
    let posting = crate::common::cast::officers().remove(1).posting;
    let officer = story.officers["clerk.nsr"];
    let change = |roles: Vec<Role>, active| OfficerChanged {
        roles,
        posting: posting.clone(),
        active,
        reason: "another duty".to_owned(),
    };
    story.teller.one(&base.system, officer, change(vec![Role::TokenCounter], true)).await;
    assert!(!signed_in(&story, &token, 0).await);
    let again = self::token(&base.store, "clerk.nsr", PASSWORD, story.teller.at).await.expect("with the new role");
    let session = base.store.session(&again, story.teller.at).await.expect("an answer").expect("a session");
    assert!(session.scope.may(domain::access::Doing::Tokens) && !session.scope.may(domain::access::Doing::People));
    story.teller.one(&base.system, officer, change(vec![Role::TokenCounter], false)).await;
    assert!(!signed_in(&story, &again, 0).await);
    let refused = self::token(&base.store, "clerk.nsr", PASSWORD, story.teller.at).await;
    assert_eq!(refused, Err(SignInRefused::Wrong), "who left reads like an unknown name");
});

on_both!(another_password_ends_sessions, async |base: &Base| {
    let (story, token) = clerk(base).await;
    let officer = story.officers["clerk.nsr"];
    assert!(base.store.is_password(officer, PASSWORD).await.expect("an answer"));
    base.store.keep_password(officer, "six patient herons", true).await.expect("kept");
    assert!(!signed_in(&story, &token, 0).await);
    assert!(!base.store.is_password(officer, PASSWORD).await.expect("an answer"));
    assert!(base.store.is_password(officer, "six patient herons").await.expect("an answer"));
    let sign_in = base.store.sign_in("clerk.nsr", "six patient herons", story.teller.at).await.expect("an answer");
    assert!(sign_in.expect("a sign-in").must_change, "a password given by somebody else is changed first");
});

on_both!(a_first_password_that_nobody_used_ends_after_a_week, async |base: &Base| {
    let (story, _) = clerk(base).await;
    let (officer, at) = (story.officers["clerk.nsr"], story.teller.at);
    let first = "six patient herons";
    base.store.keep_first_password(officer, first, at).await.expect("kept");
    let tried = async |password: &'static str, days: i64| {
        let answer = base.store.sign_in("clerk.nsr", password, at + TimeDelta::days(days)).await.expect("an answer");
        answer.map(|sign_in| sign_in.must_change)
    };
    assert_eq!(tried(first, 6).await, Ok(true));
    assert_eq!(tried(first, 7).await, Err(SignInRefused::TooOld));
    assert_eq!(tried("wrong", 7).await, Err(SignInRefused::Wrong), "told only to whoever knows it");
    base.store.keep_password(officer, PASSWORD, false).await.expect("kept");
    assert_eq!(tried(PASSWORD, 70).await, Ok(false), "one's own stays");
});

on_both!(signing_out_ends_this_session_only, async |base: &Base| {
    let (story, first) = clerk(base).await;
    let second = token(&base.store, "clerk.nsr", PASSWORD, story.teller.at).await.expect("a sign-in");
    base.store.sign_out(&first).await.expect("done");
    assert!(!signed_in(&story, &first, 0).await && signed_in(&story, &second, 0).await);
    let raw = base.raw().await.texts("select form_token from session").await;
    assert!(!raw.contains(&second), "tokens are stored as hashes");
});
