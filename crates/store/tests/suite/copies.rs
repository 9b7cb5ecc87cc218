//! Backups, restoring and moving: what comes out is what went in, on either database, or nothing comes out.

use crate::common::{Base, On, Place, on_both, on_both_sealed, story, story::Story};
use archive::{Reader, SecretKey};
use domain::ids::PersonId;
use std::path::{Path, PathBuf};
use store::{
    Forgetting, Store, StoreError,
    applications::Tracked,
    copy::{BackedUp, Backup, Restored, Sums, check_written, move_registry, restore, take_back},
};

/// Writes a backup of a registry into a file.
pub async fn back_up(url: &str, blobs: &Path, key: &SecretKey, at: domain::Instant, file: &Path) -> BackedUp {
    let to = [key.public()];
    let files: &[PathBuf] = &[];
    let scope = &store::Scope::system(store::SystemKey::for_this_program());
    let backup = Backup { scope, url, blobs, files, to: &to, release: "0.1.0", at };
    let out = std::fs::File::create(file).expect("a file");
    let (done, out) = backup.write(std::io::BufWriter::new(out)).await.expect("a backup");
    out.into_inner().expect("written").sync_all().expect("on disk");
    done
}

/// Opens a backup's file.
pub fn open(file: &Path, key: &SecretKey) -> Reader<std::io::BufReader<std::fs::File>> {
    Reader::open(std::io::BufReader::new(std::fs::File::open(file).expect("the backup")), key)
        .expect("the key opens it")
}

/// Where a registry of the other kind than `base` can be put; `None` without a server.
pub fn other(base: &Base, name: &str) -> Option<(Place, String)> {
    let on = if base.is_postgres() { On::Sqlite } else { On::Postgres };
    // A place of PostgreSQL makes its database with a runtime of its own.
    let name = name.to_owned();
    let place = std::thread::spawn(move || Place::make(on, &name)).join().expect("a place")?;
    let url = match place.url.as_str() {
        "" => format!("sqlite:{}", base.dir.path().join("other.db").display()),
        url => url.to_owned(),
    };
    Some((place, url))
}

fn gone(place: Place) {
    std::thread::spawn(move || place.remove()).join().expect("removed");
}

async fn sums(url: &str, blobs: &Path, at: domain::Instant, dir: &Path) -> Sums {
    back_up(url, blobs, &SecretKey::draw(), at, &dir.join("for-its-sums")).await.tables
}

/// The story is there as it was told: sealed, whole, tracked by its receipt, with its photographs.
async fn told(store: &Store, story: &Story<'_>) {
    let system = &story.teller.base.system;
    let verified = store.verify().await.expect("an answer");
    assert_eq!((verified.faults, verified.sealed), (vec![], verified.events), "every event is under a seal");
    assert_eq!(store.rebuild(false).await.expect("a rebuild").differing, Vec::<String>::new());
    let tracked = store.track(&story::code(), story::SECRET, story.teller.at).await.expect("an answer");
    assert!(matches!(tracked, Tracked::Open(_)), "the receipt opens by its second secret");
    let copy = store.papers(system).copy(story.paper, None).await.expect("an answer");
    assert_eq!(copy.map(|(_, bytes)| bytes).as_deref(), Some(&b"\x89PNG card"[..]), "the photograph opens");
    let family = store.people(system).household(story.household).await.expect("an answer").expect("the family");
    assert_eq!(family.members[0].details.given, "Amina Bibi");
}

/// How many files the folder of papers has.
fn papers_of(base: &Base) -> usize {
    let folders = std::fs::read_dir(base.dir.path().join("papers")).expect("the folder").flatten();
    folders.map(|folder| std::fs::read_dir(folder.path()).expect("a folder").count()).sum()
}

on_both!(nobody_else_reads_a_whole_registry, async |base: &Base| {
    let story = story::full(base).await;
    let scope = &story.scope("admin").await;
    let to = [SecretKey::draw().public()];
    let papers = base.dir.path().join("papers");
    let backup =
        Backup { scope, url: &base.url, blobs: &papers, files: &[], to: &to, release: "0.1.0", at: story.teller.at };
    assert!(matches!(backup.write(Vec::new()).await.err(), Some(StoreError::OnTheServer)));
});

/// How many persons stand in the index of a registry.
async fn persons_of(base: &Base) -> i64 {
    i64::try_from(base.raw().await.dump().await["person_keys"].len()).expect("a count")
}

async fn a_backup_restores_to_either_database_told(base: &Base) {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    let (dir, papers) = (base.dir.path(), base.dir.path().join("papers"));
    let (key, file) = (SecretKey::draw(), dir.join("backup.age"));
    let done = back_up(&base.url, &papers, &key, story.teller.at, &file).await;
    assert_eq!(done.missing, ["ef".repeat(32)], "the story's pack has no bundle, and the backup says so");
    assert_eq!((done.papers, check_written(&file, &done).expect("whole").damage.len()), (papers_of(base), 0));
    let key_rows = |raw: &std::collections::BTreeMap<&'static str, Vec<String>>| raw["person_key"].len();
    let mut places = vec![(None, format!("sqlite:{}", dir.join("again").join("registry.db").display()))];
    places.extend(other(base, "restored").map(|(place, url)| (Some(place), url)));
    for (number, (place, url)) in places.into_iter().enumerate() {
        let blobs = dir.join(format!("papers-{number}"));
        let restored =
            restore(open(&file, &key), &url, &blobs, base.key.as_ref(), story.teller.at).await.expect("restored");
        let Restored { about, tables, store, verified, .. } = restored;
        assert_eq!((about.seal, tables), (done.about.seal.clone(), done.tables.clone()));
        assert_eq!(verified.faults, vec![]);
        told(&store, &story).await;
        assert_eq!(sums(&url, &blobs, story.teller.at, dir).await, done.tables, "{url}");
        // Who is due for comparing is noted again by the job that compares; it was not made with the copy.
        assert!(store.setting("review-pairs").await.expect("an answer").is_none());
        store.review_up_to_date().await.expect("everybody is due");
        assert_eq!(store.review_waiting().await.expect("an answer"), persons_of(base).await);
        let (mut there, mut here) =
            (crate::common::raw::Raw::connect(&url).await.dump().await, base.raw().await.dump().await);
        there.remove("review_due");
        here.remove("review_due");
        assert_eq!(key_rows(&there), key_rows(&here), "search keys are made again");
        if url.starts_with("sqlite:") != base.is_postgres() {
            assert_eq!(there, here, "every table is as it was");
        }
        // Life goes on there: the next event has its own place.
        store.seal(story.teller.at).await.expect("a seal");
        store.close().await;
        let again =
            restore(open(&file, &key), &url, &blobs, base.key.as_ref(), story.teller.at).await.err().expect("refused");
        assert!(matches!(again, StoreError::NotEmpty(_)), "{again}");
        place.into_iter().for_each(gone);
    }
}

on_both!(a_backup_restores_to_either_database, a_backup_restores_to_either_database_told);

on_both_sealed!(a_backup_restores_to_either_database_when_sealed, a_backup_restores_to_either_database_told);

async fn a_moved_registry_is_the_same_and_the_old_place_is_closed_told(base: &Base) {
    let mut story = story::full(base).await;
    base.seal(story.teller.at).await;
    let Some((place, to)) = other(base, "moved") else { return };
    let (dir, papers) = (base.dir.path(), base.dir.path().join("papers"));
    let before = sums(&base.url, &papers, story.teller.at, dir).await;
    let moved = move_registry(&base.url, &to, &papers, base.key.as_ref(), story.teller.at).await.expect("moved");
    assert_eq!((moved.tables, moved.verified.faults), (before.clone(), vec![]));
    let store = Store::open_with(&to, &papers, base.key.as_ref()).await.expect("the new place");
    told(&store, &story).await;
    // Whoever still has the old place open can write nothing there.
    let left = story
        .teller
        .commit([(story.visit.into(), domain::visits::VisitEnded { outcome: domain::visits::VisitOutcome::Receipt })]);
    let refused = base.store.commit(&base.system, left.clone()).await.err().map(|error| error.to_string());
    assert!(refused.as_ref().is_some_and(|sentence| sentence.contains("moved")), "{refused:?}");
    let refused = Store::open_with(&base.url, &papers, base.key.as_ref()).await.err().expect("closed");
    assert!(matches!(refused, StoreError::Moved(_)), "{refused}");
    // At the new place the next event follows.
    let done = store.commit(&base.system, left).await.expect("written");
    assert_eq!(done.outcome(), "/next");
    store.close().await;
    assert!(matches!(
        move_registry(&base.url, &to, &papers, base.key.as_ref(), story.teller.at).await,
        Err(StoreError::NotEmpty(_) | StoreError::Database(_) | StoreError::File(_))
    ));
    take_back(&base.url).await.expect("taken back");
    base.open_again().await.close().await;
    assert_eq!(sums(&base.url, &papers, story.teller.at, dir).await, before);
    gone(place);
}

on_both!(
    a_moved_registry_is_the_same_and_the_old_place_is_closed,
    a_moved_registry_is_the_same_and_the_old_place_is_closed_told
);

on_both_sealed!(
    a_moved_registry_is_the_same_and_the_old_place_is_closed_when_sealed,
    a_moved_registry_is_the_same_and_the_old_place_is_closed_told
);

on_both!(a_damaged_backup_restores_nothing, async |base: &Base| {
    let story = story::full(base).await;
    let (dir, key) = (base.dir.path(), SecretKey::draw());
    let file = dir.join("backup.age");
    back_up(&base.url, &dir.join("papers"), &key, story.teller.at, &file).await;
    let mut bytes = std::fs::read(&file).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).expect("damaged");
    let (db, blobs) = (dir.join("again.db"), dir.join("again"));
    let url = format!("sqlite:{}", db.display());
    let refused =
        restore(open(&file, &key), &url, &blobs, base.key.as_ref(), story.teller.at).await.err().expect("refused");
    assert!(matches!(refused, StoreError::Backup(_)), "{refused}");
    let left: Vec<String> = std::fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("again"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
});

/// Every text of a backup, tables unpacked.
fn texts(file: &Path, key: &SecretKey) -> Vec<u8> {
    let mut reader = open(file, key);
    let mut texts = Vec::new();
    while let Some((name, content)) = reader.next().expect("whole") {
        texts.extend(if name.ends_with(".zst") { zstd::decode_all(&content[..]).expect("lines") } else { content });
    }
    texts
}

on_both!(a_forgotten_person_is_in_no_later_backup, async |base: &Base| {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    let (dir, papers, key) = (base.dir.path(), base.dir.path().join("papers"), SecretKey::draw());
    let amina: PersonId = story.amina();
    let photograph =
        base.store.papers(&base.system).copy(story.paper, None).await.expect("an answer").expect("it").0.hash;
    let holds = |texts: &[u8]| {
        let secrets = ["1720123456782", "Amina", "1988-03-02", photograph.as_str()];
        secrets.map(|secret| texts.windows(secret.len()).filter(|window| *window == secret.as_bytes()).count())
    };
    let file = dir.join("before.age");
    let before = back_up(&base.url, &papers, &key, story.teller.at, &file).await;
    assert!(holds(&texts(&file, &key)).iter().all(|count| *count > 0), "before, all of it is there");
    let officers = (story.officers["admin"], story.officers["auditor"]);
    let asked =
        Forgetting { household: story.household, person: Some(amina), reason: "the family asked".to_owned(), officers };
    base.store.forget(&base.system, asked, story.teller.at).await.expect("forgotten");
    base.seal(story.teller.at).await;
    let file = dir.join("after.age");
    let done = back_up(&base.url, &papers, &key, story.teller.at, &file).await;
    assert_eq!(holds(&texts(&file, &key)), [0; 4], "number, name, birth, photograph");
    assert_eq!(done.papers, before.papers - 2, "both photographs were hers");
    let keys = format!("person_key where person_id = {}", base.literal(amina.0));
    assert_eq!(base.raw().await.count(&keys).await, 0);
    let url = format!("sqlite:{}", dir.join("again.db").display());
    let restored = restore(open(&file, &key), &url, &dir.join("again"), base.key.as_ref(), story.teller.at)
        .await
        .expect("restored");
    assert!(restored.verified.faults.is_empty() && restored.verified.redacted > 0);
    let rebuilt = restored.store.rebuild(true).await.expect("a rebuild");
    assert_eq!((rebuilt.differing, rebuilt.redacted > 0), (vec![], true), "a rebuild shows the removal");
    restored.store.close().await;
});
