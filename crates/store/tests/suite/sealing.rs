//! A stolen disk: what is protected, and every paper, is on it only sealed; and with the key all is as it was.

use crate::common::{
    Base, on_both, on_both_sealed,
    raw::Raw,
    story::{self, PROTECTED_FACT, Story},
};
use archive::OfficeKey;
use domain::{ids::PersonId, people::Household};
use std::path::Path;
use store::{
    Forgetting, Store, StoreError,
    journal::verify_closed,
    sealing::{Wrapping, end_other_keys, key_is_needed, rotate},
};

/// Every byte of a folder's files.
fn bytes_under(folder: &Path, all: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => bytes_under(&entry.path(), all),
            false => all.extend(std::fs::read(entry.path()).expect("a file")),
        }
    }
}

/// Everything a thief finds: the data folder with database, write-ahead log and papers; of PostgreSQL every row.
pub async fn on_the_disk(base: &Base) -> Vec<u8> {
    let mut all = Vec::new();
    bytes_under(base.dir.path(), &mut all);
    if base.is_postgres() {
        let mut raw = base.raw().await;
        for table in raw.tables().await {
            for row in raw.texts(&format!("select t::text from {table} t")).await {
                all.extend(row.into_bytes());
            }
        }
    }
    all
}

/// A protected answer's fact, papers' bytes, a protected paper's kind, and words that people wrote.
const SECRETS: [&str; 7] = [
    PROTECTED_FACT,
    "PNG card",
    "PNG letter",
    "shelter_letter",
    "I still need it.",
    "The committee meets on Monday.",
    "she is at the door",
];

async fn found(base: &Base) -> Vec<&'static str> {
    let all = on_the_disk(base).await;
    let holds = |secret: &str| all.windows(secret.len()).any(|window| window == secret.as_bytes());
    SECRETS.into_iter().filter(|secret| holds(secret)).collect()
}

async fn family(base: &Base, store: &Store, story: &Story<'_>) -> Household {
    store.people(&base.system).household(story.household).await.expect("an answer").expect("the family")
}

/// All of it reads as it was told.
async fn reads(base: &Base, store: &Store, story: &Story<'_>) {
    let household = family(base, store, story).await;
    let protected = household.answers.iter().find(|answer| answer.id == story.protected_answer).expect("the answer");
    assert_eq!((protected.fact.as_str(), protected.protected), (PROTECTED_FACT, true));
    let shelter = store.applications(&base.system).get(story.shelter).await.expect("an answer").expect("it");
    assert!(shelter.submitted.facts_used.iter().any(|fact| fact == PROTECTED_FACT));
    let papers = store.papers(&base.system).of_application(story.shelter).await.expect("an answer");
    assert!(papers.iter().any(|paper| paper.kind == "shelter_letter"));
    let copy = store.papers(&base.system).copy(story.paper, None).await.expect("an answer");
    assert_eq!(copy.map(|(_, bytes)| bytes).as_deref(), Some(&b"\x89PNG card"[..]));
    let verified = store.verify().await.expect("an answer");
    assert_eq!((verified.faults, verified.locked), (vec![], 0));
    assert_eq!(store.rebuild(false).await.expect("a rebuild").differing, Vec::<String>::new());
    assert_eq!(store.rebuild(true).await.expect("a rebuild").differing, Vec::<String>::new());
}

on_both!(without_a_key_everything_lies_open_and_is_found, async |base: &Base| {
    story::full(base).await;
    if base.key.is_none() {
        assert_eq!(found(base).await, SECRETS, "the search finds what is there");
    }
});

on_both_sealed!(a_thief_of_the_disk_finds_nothing_protected, async |base: &Base| {
    let mut story = story::full(base).await;
    base.seal(story.teller.at).await;
    assert_eq!(found(base).await, Vec::<&str>::new());
    reads(base, &base.store, &story).await;
    assert_eq!(found(base).await, Vec::<&str>::new(), "a rebuild seals as well");
    story.end_visit().await;
    assert_eq!(base.store.lies_open().await.expect("counts"), vec![]);
    let again = base.open_again().await;
    reads(base, &again, &story).await;
    again.close().await;
});

on_both_sealed!(seals_and_versions_are_checked_without_the_key, async |base: &Base| {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    let open = base.store.verify().await.expect("an answer");
    let closed = verify_closed(&base.url).await.expect("an answer");
    assert_eq!((closed.faults, closed.sealed, closed.events), (vec![], open.sealed, open.events));
    assert!(closed.locked > 40 && closed.locked < closed.events, "{}", closed.locked);
    base.raw().await.execute("update journal set kind = 'member-left' where position = 20").await;
    assert_eq!(verify_closed(&base.url).await.expect("an answer").faults.len(), 1);
});

/// What the store says about a registry with this key.
async fn refused(base: &Base, key: Option<&OfficeKey>) -> String {
    let opened = Store::open_with(&base.url, &base.dir.path().join("papers"), key).await;
    opened.err().expect("refused").to_string()
}

on_both_sealed!(a_missing_or_wrong_key_and_a_changed_one_are_named, async |base: &Base| {
    story::full(base).await;
    let key = base.key.as_ref().expect("a key");
    let said = refused(base, None).await;
    assert!(said.contains(&key.name()) && said.contains("ONEWINDOW_KEY_FILE"), "{said}");
    let other = OfficeKey::draw();
    let said = refused(base, Some(&other)).await;
    assert!(said.contains(&key.name()) && said.contains(&other.name()), "{said}");
    let byte = if base.is_postgres() { "set_byte(wrapped, 30, 7)" } else { "zeroblob(72)" };
    base.raw().await.execute(&format!("update sealing_key set wrapped = {byte} where family = 'visit'")).await;
    let said = refused(base, Some(key)).await;
    assert!(said.contains("visit records") && said.contains("sealing_key"), "{said}");
});

/// A text with one letter of its sealed part changed.
const CHANGED: &str = "substr(COLUMN, 1, 20) || case when substr(COLUMN, 21, 1) = 'A' then 'B' else 'A' end ||
    substr(COLUMN, 22)";

fn changed(table: &str, column: &str, only: &str) -> String {
    format!("update {table} set {column} = {} where {only}", CHANGED.replace("COLUMN", column))
}

on_both_sealed!(what_was_changed_or_put_elsewhere_is_named, async |base: &Base| {
    let story = story::full(base).await;
    let mut raw = base.raw().await;
    let answer = format!("answer_id = {}", base.literal(story.protected_answer.0));
    raw.execute("create table kept as select * from answer").await;
    raw.execute(&changed("answer", "value", &answer)).await;
    let said = base.store.people(&base.system).household(story.household).await.expect_err("named").to_string();
    assert!(said.contains(&format!("The value of answer {}", story.protected_answer)), "{said}");
    let from = format!("(select {{}} from kept where {answer})");
    // The fact where the value stands: sealed with the same key, in another place.
    raw.execute(&format!("update answer set value = {} where {answer}", from.replace("{}", "fact"))).await;
    let said = base.store.people(&base.system).household(story.household).await.expect_err("named").to_string();
    assert!(said.contains("The value of answer"), "{said}");
    raw.execute(&format!("update answer set value = {} where {answer}", from.replace("{}", "value"))).await;
    family(base, &base.store, &story).await;
    contents(base, &mut raw).await;
    let file = a_paper(base);
    let mut bytes = std::fs::read(&file).expect("a paper");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).expect("changed");
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let mut said = String::new();
    for (paper, through) in [(story.paper, None), (story.protected_paper, Some(story.shelter))] {
        let copy = base.store.papers(&base.system).copy(paper, through).await;
        said += &copy.err().map(|error| error.to_string()).unwrap_or_default();
    }
    assert!(said.contains(&name), "{said}");
});

/// Of two events of one record the sealed contents are exchanged: `verify` names both.
async fn contents(base: &Base, raw: &mut Raw) {
    let sql = "select cast(position as text) from journal where kind = 'answer-given' order by position limit 2";
    let two = raw.texts(sql).await;
    let payload = |position: &str| {
        format!(
            "(select k.payload from kept_payload k join journal j on j.record_id = k.record_id and j.version = k.version
             where j.position = {position})"
        )
    };
    raw.execute("create table kept_payload as select * from journal_payload").await;
    for (to, from) in [(&two[0], &two[1]), (&two[1], &two[0])] {
        let sql = format!(
            "update journal_payload set payload = {} where (record_id, version) =
             (select j.record_id, j.version from journal j where j.position = {to})",
            payload(from)
        );
        assert_eq!(raw.execute(&sql).await, 1);
    }
    let faults = base.store.verify().await.expect("an answer").faults;
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for (sentence, position) in said.iter().zip(&two) {
        assert!(sentence.contains(&format!("Event {position}:")) && sentence.contains("sealed"), "{sentence}");
    }
}

/// Some paper in the folder.
fn a_paper(base: &Base) -> std::path::PathBuf {
    let folders = std::fs::read_dir(base.dir.path().join("papers")).expect("papers").flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).expect("a folder").flatten());
    let mut papers: Vec<_> = files
        .map(|file| file.path())
        .filter(|path| std::fs::read(path).expect("a file").starts_with(b"\x01onewindow sealed"))
        .collect();
    papers.sort();
    papers.into_iter().next().expect("a paper")
}

on_both!(what_was_written_before_the_key_is_sealed_and_nothing_else_changes, async |base: &Base| {
    if base.key.is_some() {
        return;
    }
    let mut story = story::full(base).await;
    base.seal(story.teller.at).await;
    let household = family(base, &base.store, &story).await;
    let (key, papers) = (OfficeKey::draw(), base.dir.path().join("papers"));
    let store = Store::open_with(&base.url, &papers, Some(&key)).await.expect("opened");
    assert!(store.old_lies_open().await.expect("an answer"));
    assert!(matches!(store.rebuild(false).await, Err(StoreError::OldLiesOpen)));
    assert_eq!(family(base, &store, &story).await, household, "both kinds are read");
    let first = store.seal_old().await.expect("sealed");
    assert!(first.events > 40 && first.texts > 10 && first.papers == 2, "{first:?}");
    let again = store.seal_old().await.expect("sealed");
    assert_eq!((again.events, again.texts, again.papers), (0, 0, 0), "what is sealed is passed over");
    assert_eq!(family(base, &store, &story).await, household);
    reads(base, &store, &story).await;
    assert!(!store.old_lies_open().await.expect("an answer"));
    assert_eq!(found(base).await, Vec::<&str>::new());
    // The chain was not touched: the seals of before still hold.
    assert_eq!(verify_closed(&base.url).await.expect("an answer").faults, vec![]);
    store.close().await;
    story.teller.at += chrono::TimeDelta::seconds(1);
});

on_both_sealed!(a_new_key_file_opens_it_and_the_old_one_until_it_is_ended, async |base: &Base| {
    let story = story::full(base).await;
    let (old, new) = (base.key.clone().expect("a key"), OfficeKey::draw());
    let papers = base.dir.path().join("papers");
    assert!(matches!(rotate(&base.url, &new, &old).await, Err(StoreError::OtherKey { .. })));
    let keys = rotate(&base.url, &old, &new).await.expect("rotated");
    let mut names = [old.name(), new.name()];
    names.sort();
    let wrapping = |key: &String| Wrapping { key: key.clone(), wraps: 6 };
    assert_eq!(keys, names.iter().map(wrapping).collect::<Vec<_>>());
    assert_eq!(key_is_needed(&base.url).await.expect("an answer"), keys);
    for key in [&old, &new] {
        let store = Store::open_with(&base.url, &papers, Some(key)).await.expect("either opens it");
        reads(base, &store, &story).await;
        store.close().await;
    }
    assert_eq!(end_other_keys(&base.url, &new).await.expect("ended"), [wrapping(&new.name())]);
    assert!(matches!(Store::open_with(&base.url, &papers, Some(&old)).await.err(), Some(StoreError::OtherKey { .. })));
    let store = Store::open_with(&base.url, &papers, Some(&new)).await.expect("the new one opens it");
    reads(base, &store, &story).await;
    store.close().await;
});

on_both_sealed!(whoever_is_forgotten_is_gone_from_what_is_sealed_too, async |base: &Base| {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    let amina: PersonId = story.amina();
    let mut files = Vec::new();
    bytes_under(&base.dir.path().join("papers"), &mut files);
    let before = files.len();
    let officers = (story.officers["admin"], story.officers["auditor"]);
    let asked =
        Forgetting { household: story.household, person: Some(amina), reason: "the family asked".to_owned(), officers };
    assert!(base.store.forget(&base.system, asked, story.teller.at).await.expect("forgotten") > 0);
    files.clear();
    bytes_under(&base.dir.path().join("papers"), &mut files);
    assert!(files.len() < before, "both photographs were hers");
    let household = family(base, &base.store, &story).await;
    assert!(household.answers.iter().all(|answer| answer.person != Some(amina)));
    let verified = base.store.verify().await.expect("an answer");
    assert!(verified.faults.is_empty() && verified.redacted > 0);
    assert_eq!(base.store.rebuild(true).await.expect("a rebuild").differing, Vec::<String>::new());
    assert_eq!(verify_closed(&base.url).await.expect("an answer").faults, vec![]);
});
