//! A receipt opens by its code and second secret, and tells nobody which of the two was wrong.

use super::scope::receipt;
use crate::common::{
    Base, on_both,
    story::{self, FIRST_SECRET, PROTECTED_SECRET, SECRET, code, protected_code},
};
use chrono::TimeDelta;
use domain::{
    Instant,
    applications::{ReceiptCode, ReceiptReissued},
};
use store::applications::Tracked;

/// The answer in a word.
async fn track(base: &Base, code: &ReceiptCode, secret: &str, now: Instant) -> String {
    match base.store.track(code, secret, now).await.expect("an answer") {
        Tracked::Open(_) => "open".to_owned(),
        Tracked::Unknown => "unknown".to_owned(),
        Tracked::Wait { seconds } => format!("wait {seconds}"),
    }
}

on_both!(an_unknown_code_and_a_wrong_secret_are_answered_alike, async |base: &Base| {
    let story = story::full(base).await;
    let now = story.teller.at;
    let nowhere = ReceiptCode::from_random(99);
    for code in [code(), nowhere] {
        for _ in 0..5 {
            assert_eq!(track(base, &code, "000000", now).await, "unknown", "{code}");
        }
        assert_eq!(track(base, &code, "000000", now).await, "wait 10", "{code}");
    }
    assert_eq!(track(base, &code(), SECRET, now).await, "wait 10", "the right secret waits too");
    assert_eq!(track(base, &protected_code(), PROTECTED_SECRET, now).await, "open", "other codes do not");
    assert_eq!(track(base, &code(), &format!(" {SECRET} "), now + TimeDelta::seconds(10)).await, "open");
    assert_eq!(track(base, &code(), "000000", now).await, "unknown", "and the count starts anew");
});

on_both!(a_receipt_printed_again_ends_the_old_secret_and_its_proof, async |base: &Base| {
    let mut story = story::full(base).await;
    let now = story.teller.at;
    assert_eq!(track(base, &code(), FIRST_SECRET, now).await, "unknown");
    let scope = receipt(base, &code(), SECRET, now).await;
    let proof = base.store.proof_of(&scope, &code()).await.expect("an answer").expect("a proof");
    let again = async |code: &ReceiptCode, proof: &str| {
        base.store.receipt_again(code, proof).await.expect("an answer").map(|scope| scope.receipt())
    };
    assert_eq!(again(&code(), &proof).await, Some(Some(story.receipt)));
    assert_eq!(again(&protected_code(), &proof).await, None, "a proof is for its own receipt");
    assert_eq!(again(&code(), "").await, None);
    assert_eq!(again(&code(), &base.store.receipt_secret_hash(&code(), SECRET)).await, None, "the stored hash is none");
    let clerk = story.scope("clerk.nsr").await;
    let secret_hash = base.store.receipt_secret_hash(&code(), "555000");
    let reissued = ReceiptReissued { secret_hash, identity_check: "card seen".to_owned(), check: None };
    story.teller.one(&clerk, story.receipt, reissued).await;
    assert_eq!(track(base, &code(), SECRET, now).await, "unknown");
    assert_eq!(again(&code(), &proof).await, None);
    assert_eq!(track(base, &code(), "555000", now).await, "open");
});

on_both!(a_receipt_shows_what_it_tracks, async |base: &Base| {
    let story = story::full(base).await;
    for (code, secret, applications, protected) in [
        (code(), SECRET, vec![story.kafaalat, story.zakat], false),
        (protected_code(), PROTECTED_SECRET, vec![story.shelter], true),
    ] {
        let scope = receipt(base, &code, secret, story.teller.at).await;
        let room = base.store.applications(&scope);
        let found = room.receipt().await.expect("an answer").expect("its receipt");
        assert_eq!((found.code, found.applications, found.protected), (code, applications.clone(), protected));
        for id in applications {
            assert!(room.get(id).await.expect("an answer").is_some());
            assert!(!room.history(id).await.expect("an answer").is_empty());
        }
    }
    let public = store::Scope::public();
    assert_eq!(base.store.applications(&public).receipt().await.expect("an answer"), None);
    assert_eq!(base.store.proof_of(&public, &code()).await.expect("an answer"), None);
});

on_both!(secrets_are_keyed_to_this_installation, async |base: &Base| {
    let hash = base.store.receipt_secret_hash(&code(), SECRET);
    assert_ne!(hash, base.store.receipt_secret_hash(&protected_code(), SECRET), "a secret is hashed with its code");
    let again = base.open_again().await;
    assert_eq!(hash, again.receipt_secret_hash(&code(), SECRET), "the key survives a restart");
    again.close().await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", elsewhere.path().join("other.db").display());
    let other = store::Store::open(&url, elsewhere.path()).await.expect("another store");
    assert_ne!(hash, other.receipt_secret_hash(&code(), SECRET), "and no other installation has it");
    other.close().await;
});
