//! Registries that earlier releases wrote open in this one, and tell the same story; those of a later one are refused.

use super::copies::open;
use crate::common::{Base, on_both};
use archive::SecretKey;
use std::path::PathBuf;
use store::{Scope, Store, StoreError, SystemKey, copy::restore, state::standing};

/// Each made by `onewindow backup` from a demo of that time; locked with the key beside it, which locks nothing else.
const EARLIER: &[(&str, i64, u64)] = &[("migration-8.backup.age", 8, 1_394)];

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[tokio::test]
async fn a_registry_of_every_earlier_release_is_brought_up_to_date_and_tells_the_same_story() {
    let key = std::fs::read_to_string(fixture("key.txt")).expect("the key");
    let key = SecretKey::from_file_text(&key).expect("a key");
    for (name, migration, events) in EARLIER {
        let dir = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", dir.path().join("registry.db").display());
        let at =
            domain::Date::from_ymd_opt(2026, 12, 1).expect("a day").and_hms_opt(5, 0, 0).expect("a time").and_utc();
        let restored = restore(open(&fixture(name), &key), &url, &dir.path().join("papers"), None, at).await;
        let restored = restored.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((restored.about.migration, restored.verified.events), (*migration, *events), "{name}");
        assert_eq!(restored.verified.faults, vec![], "{name}");
        let rebuilt = restored.store.rebuild(false).await.expect("a rebuild");
        assert_eq!(
            (rebuilt.events, rebuilt.differing),
            (*events, vec![]),
            "{name}: the tables are as the journal tells"
        );
        let system = Scope::system(SystemKey::for_this_program());
        assert!(restored.store.officers(&system).by_login("clerk").await.expect("an answer").is_some(), "{name}");
        assert!(restored.store.state(at.date_naive(), at).await.expect("a state").administrators > 0, "{name}");
        restored.store.close().await;
        let stands = standing(&url).await.expect("an answer").expect("a registry");
        assert_eq!(stands.migration, stands.known, "{name}");
    }
}

on_both!(a_journal_of_a_later_release_is_refused_and_left_alone, async |base: &Base| {
    crate::common::story::full(base).await;
    assert!(standing(&base.url).await.expect("an answer").is_some());
    let later = "update journal set format = 99 where position = (select max(position) from journal)";
    base.raw().await.execute(later).await;
    let refused = Store::open_with(&base.url, base.dir.path(), base.key.as_ref()).await.err().expect("refused");
    assert!(matches!(refused, StoreError::NewerJournal(99)), "{refused}");
    assert!(matches!(standing(&base.url).await, Err(StoreError::NewerJournal(99))));
});

on_both!(a_state_counts_and_names_nobody, async |base: &Base| {
    let story = crate::common::story::full(base).await;
    let now = story.teller.at;
    let state = base.store.state(now.date_naive(), now).await.expect("a state");
    assert_eq!((state.waiting, state.open_applications, state.overdue), (0, 1, 0), "the protected one is not counted");
    assert_eq!((state.administrators, state.backed_up, state.newest_event), (1, None, Some(now)));
    assert_eq!(state.unsealed, state.events);
    base.seal(now).await;
    let state = base.store.state(now.date_naive(), now).await.expect("a state");
    assert_eq!((state.unsealed, state.newest_seal), (0, Some(now)));
    assert_eq!(base.store.ailing().await, None);
    let told = format!("{state:?} {:?}", base.store.rows_of_tables().await.expect("rows"));
    for name in ["Amina", "Sher Zaman", "Gulalai", "1720123456782", "+92300"] {
        assert!(!told.contains(name), "{name}");
    }
});
