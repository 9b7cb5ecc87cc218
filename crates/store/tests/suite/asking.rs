//! Who may be told where applications stand: a helper named for that, while it holds; and the log of who asked.

use super::scope::receipt;
use crate::common::{
    Base, on_both,
    story::{self, PROTECTED_SECRET, SECRET, Story, code, protected_code},
};
use chrono::Days;
use domain::{
    Date,
    ids::HelperId,
    language::Lang,
    people::{ConsentHow, HelperEnd, HelperEnded, HelperKind, HelperMay, HelperNamed},
};
use store::{
    Scope,
    access::{Asker, CallProof},
};
use uuid::Uuid;

/// Names a helper of the family until the day after tomorrow.
async fn named(story: &mut Story<'_>, name: &str, may: &[HelperMay]) -> HelperId {
    let (clerk, helper) = (story.scope("clerk.nsr").await, HelperId(Uuid::now_v7()));
    let named = HelperNamed {
        helper,
        name: name.to_owned(),
        kind: HelperKind::Neighbour,
        phone: None,
        may: may.to_vec(),
        until: story.teller.today() + Days::new(2),
        by: None,
        how: ConsentHow::Thumb,
        language: Lang::Ps,
    };
    story.teller.one(&clerk, story.household, named).await;
    helper
}

async fn askers(base: &Base, opened: &Scope, day: Date) -> Vec<String> {
    let helpers = base.store.people(opened).askers(day).await.expect("an answer");
    let mut names: Vec<String> = helpers.into_iter().map(|helper| helper.named.name).collect();
    names.sort();
    names
}

on_both!(a_helper_may_ask_while_the_naming_holds_and_for_what_it_says, async |base: &Base| {
    let mut story = story::full(base).await;
    let (at, today) = (story.teller.at, story.teller.today());
    let ordinary = receipt(base, &code(), SECRET, at).await;
    let neutral = receipt(base, &protected_code(), PROTECTED_SECRET, at).await;
    assert!(askers(base, &ordinary, today).await.is_empty(), "the story's helper was taken back");
    let gulalai = named(&mut story, "Gulalai", &[HelperMay::Status]).await;
    named(&mut story, "Noor Rehman", &[HelperMay::Papers, HelperMay::Apply]).await;
    named(&mut story, "Sher Zaman", &[HelperMay::Status, HelperMay::Protected]).await;
    assert_eq!(askers(base, &ordinary, today).await, ["Gulalai", "Sher Zaman"]);
    assert_eq!(askers(base, &neutral, today).await, ["Sher Zaman"], "private help was said for one");
    assert_eq!(askers(base, &ordinary, today + Days::new(2)).await.len(), 2, "on the last day");
    assert!(askers(base, &ordinary, today + Days::new(3)).await.is_empty(), "over by itself");
    let clerk = story.scope("clerk.nsr").await;
    story.teller.one(&clerk, story.household, HelperEnded { helper: gulalai, by: HelperEnd::Desk }).await;
    assert_eq!(askers(base, &ordinary, today).await, ["Sher Zaman"], "taken back at once");
    for scope in [clerk, Scope::public()] {
        assert!(askers(base, &scope, today).await.is_empty(), "only with a proven receipt");
    }
});

on_both!(who_asked_stands_in_the_log_told_or_not, async |base: &Base| {
    let story = story::full(base).await;
    let (at, clerk) = (story.teller.at, story.scope("clerk.nsr").await);
    let opened = receipt(base, &code(), SECRET, at).await;
    let helper = HelperId(Uuid::from_u128(7));
    let log = async |by| base.store.log_call(&clerk, &opened, by, at).await.expect("logged");
    log(Asker::Family(CallProof::Card)).await;
    log(Asker::Helper(helper, CallProof::Secret)).await;
    log(Asker::NoHelper).await;
    for code in [Some(code()), Some(domain::applications::ReceiptCode::from_random(99)), None] {
        base.store.log_refusal(&clerk, code.as_ref(), Asker::Other, at).await.expect("logged");
    }
    let log = base.store.read_log(&base.system, 6).await.expect("the log");
    let lines = log.iter().rev().map(|entry| (entry.what.as_str(), entry.purpose.clone(), entry.record));
    let own = Some(story.receipt.0);
    let want = [
        ("status", "call:family:card".to_owned(), own),
        ("status", format!("call:helper:secret:{helper}"), own),
        ("status-refused", "call:no-helper".to_owned(), own),
        ("status-refused", "call:other".to_owned(), own),
        ("status-refused", "call:other".to_owned(), None),
        ("status-refused", "call:other".to_owned(), None),
    ];
    assert_eq!(lines.collect::<Vec<_>>(), want);
});
