//! The journal: written with its tables, sealed, checked, replayed.

use crate::common::{Base, on_both, story};
use domain::event::Event;
use std::collections::BTreeSet;

on_both!(the_full_story_holds_every_kind_of_event, async |base: &Base| {
    story::full(base).await;
    let told: BTreeSet<String> =
        base.raw().await.texts("select distinct kind from journal").await.into_iter().collect();
    let known = Event::KINDS.iter().map(|kind| (*kind).to_owned()).filter(|kind| kind != "redacted").collect();
    assert_eq!(told, known);
});

on_both!(a_sealed_story_is_whole_and_rebuilds_to_equal_rows, async |base: &Base| {
    let story = story::full(base).await;
    let sealed = base.seal(story.teller.at).await;
    let verified = base.store.verify().await.expect("an answer");
    assert_eq!(verified.faults, []);
    assert_eq!((verified.events, verified.sealed, verified.seals), (sealed as u64, sealed as u64, 1));
    assert_eq!(base.store.seal(story.teller.at).await.expect("an answer"), 0, "nothing is sealed twice");
    let before = base.raw().await.dump().await;
    for keep in [false, true] {
        let rebuilt = base.store.rebuild(keep).await.expect("a rebuild");
        assert_eq!((rebuilt.differing, rebuilt.redacted, rebuilt.events), (vec![], 0, sealed as u64), "keep: {keep}");
        assert_eq!(base.raw().await.dump().await, before, "keep: {keep}");
    }
});
