//! Registries that earlier releases wrote open in this one, and tell the same story; those of a later one are refused.

use super::copies::{back_up, open};
use crate::common::{Base, on_both, raw::Raw};
use archive::{OfficeKey, SecretKey};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
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

/// What the stores of earlier commits wrote, by the newest migration of each; made by `tests/fixtures/earlier.sh`.
fn written() -> Vec<i64> {
    let folder = std::fs::read_dir(fixture("")).expect("the fixtures").flatten();
    let names = folder.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let number = |name: String| name.strip_prefix("migration-")?.strip_suffix(".sql.zst")?.parse().ok();
    let mut all: Vec<i64> = names.filter_map(number).collect();
    all.sort_unstable();
    assert!(all.contains(&9) && all.contains(&13), "{all:?}");
    all
}

/// Lays out what an earlier store wrote: its database and its papers.
async fn lay_out(migration: i64, url: &str, papers: &Path) {
    let packed = std::fs::read(fixture(&format!("migration-{migration}.sql.zst"))).expect("the fixture");
    let text = String::from_utf8(zstd::decode_all(&packed[..]).expect("packed text")).expect("text");
    let (comments, sql): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("-- paper "));
    Raw::connect_new(url).await.script(&sql.join("\n")).await;
    for line in comments {
        let hex = line.trim_start_matches("-- paper ").as_bytes().as_chunks::<2>().0;
        let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).expect("hex"), 16).expect("hex");
        let bytes: Vec<u8> = hex.iter().map(byte).collect();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::create_dir_all(papers.join(&hash[..2])).expect("a folder");
        std::fs::write(papers.join(&hash[..2]).join(hash), bytes).expect("a paper");
    }
}

/// Opened by this release it verifies, and its tables are as its journal tells.
async fn stands(store: &Store, migration: i64) -> u64 {
    let verified = store.verify().await.expect("an answer");
    assert_eq!(verified.faults, vec![], "{migration}");
    assert_eq!(verified.sealed, verified.events, "{migration}: all of it was sealed then, and the seals hold");
    let rebuilt = store.rebuild(true).await.expect("a rebuild");
    // Since migration 14 corrected facts carry the day they were said, which a rebuild finds in the journal.
    let later = |table: &String| migration < 14 && ["household", "person"].contains(&table.as_str());
    assert!(rebuilt.differing.iter().all(later), "{migration}: {:?}", rebuilt.differing);
    assert_eq!(store.rebuild(false).await.expect("a rebuild").differing, Vec::<String>::new(), "{migration}");
    verified.events
}

#[tokio::test]
async fn what_the_store_of_any_earlier_migration_wrote_is_copied_upgraded_verified_rebuilt_and_sealed() {
    let at = domain::Date::from_ymd_opt(2026, 12, 1).expect("a day").and_hms_opt(5, 0, 0).expect("a time").and_utc();
    for migration in &written() {
        let dir = tempfile::tempdir().expect("a folder");
        let (url, papers) = (format!("sqlite:{}", dir.path().join("registry.db").display()), dir.path().join("papers"));
        lay_out(*migration, &url, &papers).await;
        assert_eq!(standing(&url).await.expect("an answer").map(|stands| stands.migration), Some(*migration));
        // The copy that `onewindow upgrade` makes before it touches anything.
        let (key, copy) = (SecretKey::draw(), dir.path().join("copy.age"));
        back_up(&url, &papers, &key, at, &copy).await;
        let store = Store::open(&url, &papers).await.unwrap_or_else(|error| panic!("{migration}: {error}"));
        let events = stands(&store, *migration).await;
        assert!(events > 40, "{migration}: {events} events");
        store.close().await;
        let (again, beside) = (format!("sqlite:{}", dir.path().join("again.db").display()), dir.path().join("beside"));
        let restored = restore(open(&copy, &key), &again, &beside, None, at).await;
        let restored = restored.unwrap_or_else(|error| panic!("{migration}: {error}"));
        assert_eq!(restored.about.migration, *migration, "the way back is a copy of before");
        assert_eq!(stands(&restored.store, *migration).await, events);
        restored.store.close().await;
        let key = OfficeKey::draw();
        let store = Store::open_with(&again, &beside, Some(&key)).await.expect("opened with a key");
        assert!(store.seal_old().await.expect("sealed").events > 30, "{migration}");
        assert_eq!(store.lies_open().await.expect("counts"), vec![], "{migration}");
        assert_eq!(stands(&store, 14).await, events);
        store.close().await;
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
