//! Every table of the database has its place in `store::tables`.

use crate::common::{Base, on_both};
use store::tables::{DERIVED_TABLES, JOURNAL_TABLES, OPERATIONAL_TABLES, RECORD_TABLES};
use store::{StoreError, state::standing};

on_both!(every_table_is_listed_once, async |base: &Base| {
    let mut listed: Vec<&str> = RECORD_TABLES.iter().map(|table| table.name).collect();
    listed.extend(DERIVED_TABLES.iter().chain(OPERATIONAL_TABLES).chain(JOURNAL_TABLES));
    listed.sort_unstable();
    let mut there = base.raw().await.tables().await;
    there.sort_unstable();
    assert_eq!(there, listed);
});

on_both!(a_second_opening_changes_nothing, async |base: &Base| {
    let mut raw = base.raw().await;
    let key = "select value from setting where name = 'secret-key'";
    let before = (raw.texts(key).await, raw.count("migration").await);
    base.open_again().await.close().await;
    assert_eq!((raw.texts(key).await, raw.count("migration").await), before);
    assert_eq!(base.store.setting("secret-key").await.expect("an answer"), None, "the key stays inside");
    base.store.keep_setting("secret-key", "known").await.expect("an answer");
    assert_eq!(raw.texts(key).await, before.0, "and is never replaced");
    base.store.keep_setting("demo", "yes").await.expect("kept");
    assert_eq!(base.store.setting("demo").await.expect("an answer").as_deref(), Some("yes"));
});

on_both!(migrations_that_a_database_missed_are_brought_and_no_copy_is_made_before, async |base: &Base| {
    let mut raw = base.raw().await;
    let there = raw.count("migration").await;
    let newest = raw.texts("select cast(max(number) as text) from migration").await.remove(0);
    for undo in [
        "drop table message",
        "alter table consent drop column phone",
        "delete from setting where name = 'messages-after-seal'",
        "delete from migration where number = 17",
    ] {
        raw.execute(undo).await;
    }
    let stands = standing(&base.url).await.expect("an answer").expect("a registry");
    assert_eq!((stands.migration, stands.known.to_string()), (16, newest));
    let to = format!("sqlite:{}", base.dir.path().join("moved.db").display());
    let (papers, at) = (base.dir.path().join("papers"), "2026-11-22T04:00:00Z".parse().expect("an instant"));
    let refused = store::copy::move_registry(&base.url, &to, &papers, base.key.as_ref(), at).await.err();
    assert!(matches!(refused, Some(StoreError::Hole { missing: 17, .. })), "{refused:?}");
    base.open_again().await.close().await;
    assert_eq!((raw.count("migration").await, raw.count("message").await), (there, 0));
    let stands = standing(&base.url).await.expect("an answer").expect("a registry");
    assert_eq!(stands.migration, stands.known);
});

on_both!(a_database_of_a_newer_release_is_left_alone, async |base: &Base| {
    base.raw().await.execute("insert into migration (number) values (9999)").await;
    let refused = store::Store::open(&base.url, base.dir.path()).await.err().expect("a refusal").to_string();
    let newest = "The database was made by a newer release (migration 9999; this one knows ";
    assert!(refused.starts_with(newest) && refused.ends_with("). Upgrade onewindow."), "{refused}");
});
