//! The key file as an IT officer meets it: from making it to restoring a backup on another machine; and a support bundle that
//! holds nobody's name.

use domain::{
    Instant,
    event::{Change, Event},
    identity::{IdentityKind, IdentityNumber},
    ids::{AnswerId, CommandId, HouseholdId, PersonId},
    language::Lang,
    people::{
        AnswerGiven, AnswerValue, Birth, HouseholdRegistered, Identity, IdentityCheck, MemberAdded, PersonDetails,
        PhoneEntry, Place, Provenance, Relationship, Sex,
    },
};
use std::{fs, path::Path, process::Command};
use store::{Commit, Scope, Store, SystemKey};
use uuid::Uuid;

/// What no file but a backup's inside may hold.
const CAST: [&str; 5] = ["Amina", "Sher Zaman", "1720123456782", "923001234567", "Pabbi"];

/// Runs the program in a folder, with these settings.
fn onewindow(folder: &Path, key: Option<&str>, words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onewindow"));
    command.current_dir(folder).args(words).env_remove("ONEWINDOW_KEY_FILE");
    command.env("ONEWINDOW_DB", "sqlite:data/registry.sqlite").env("ONEWINDOW_BLOBS", "data/blobs");
    if let Some(key) = key {
        command.env("ONEWINDOW_KEY_FILE", key);
    }
    let done = command.output().expect("the program starts");
    let text = [done.stdout, done.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (done.status.success(), text)
}

fn well(folder: &Path, key: Option<&str>, words: &[&str]) -> String {
    let (done, text) = onewindow(folder, key, words);
    assert!(done, "{words:?}: {text}");
    text
}

fn refused(folder: &Path, key: Option<&str>, words: &[&str], wanted: &str) {
    let (done, text) = onewindow(folder, key, words);
    assert!(!done && text.contains(wanted), "{words:?}: {text}");
}

/// A family with a protected answer, written before there was a key.
async fn family(folder: &Path) {
    let url = format!("sqlite:{}", folder.join("data/registry.sqlite").display());
    let store = Store::open(&url, &folder.join("data/blobs")).await.expect("the store opens");
    let (household, amina) = (HouseholdId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
    let at: Instant = "2026-11-20T05:00:00Z".parse().expect("a time");
    let (number, _) = IdentityNumber::parse(IdentityKind::Cnic, "17201-2345678-2").expect("a number");
    let events: Vec<Event> = vec![
        HouseholdRegistered {
            centre: "nowshera".into(),
            place: Place {
                district: "nowshera".into(),
                province_permanent: None,
                tehsil: None,
                union_council: None,
                village: Some("Pabbi".to_owned()),
                directions: None,
            },
            phones: vec![PhoneEntry { number: "+923001234567".to_owned(), whose: None, may_message: false }],
        }
        .into(),
        MemberAdded {
            person: amina,
            details: PersonDetails {
                given: "Amina Bibi".to_owned(),
                father_or_husband: Some("Sher Zaman".to_owned()),
                sex: Some(Sex::Female),
                birth: Some(Birth::Year(1988)),
                relationship: Some(Relationship::Head),
                marital_status: None,
                identities: vec![Identity { number, check: IdentityCheck::PaperSeen, expires: None }],
            },
        }
        .into(),
        AnswerGiven {
            answer: AnswerId(Uuid::now_v7()),
            person: Some(amina),
            fact: "person.needs_safe_place".to_owned(),
            value: AnswerValue::Bool(true),
            provenance: Provenance::Said,
            said_by: None,
            shown_in: Lang::Ps,
            visit: None,
            reason: None,
            protected: true,
            replaces: vec![],
        }
        .into(),
    ];
    let change = |(seen, event)| Change::after(household, seen, event, at.date_naive());
    let changes = (0i64..).zip(events).map(change).collect();
    let id = CommandId(Uuid::now_v7());
    let command = store::Command { id, officer: None, route: "test".to_owned(), body_hash: id.0.as_bytes().to_vec() };
    let system = Scope::system(SystemKey::for_this_program());
    let commit = Commit { command, changes, outcome: String::new(), at };
    store.commit(&system, commit).await.expect("written");
    store.close().await;
}

fn holds(path: &Path, secret: &str) -> bool {
    if path.is_dir() {
        return fs::read_dir(path).expect("a folder").flatten().any(|entry| holds(&entry.path(), secret));
    }
    let bytes = fs::read(path).expect("a file");
    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
}

#[test]
fn an_office_makes_a_key_seals_changes_it_and_restores_with_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let here = dir.path();
    fs::create_dir(here.join("data")).expect("a folder");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(family(here));
    assert!(holds(&here.join("data"), "needs_safe_place"), "it lies open before");
    let made = well(here, None, &["keys", "new", "key"]);
    assert!(made.contains("docs/guide/keys.md"), "{made}");
    refused(here, None, &["keys", "new", "key"], "cannot be made");
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../programmes/pk");
    refused(here, None, &["serve", "--pack", pack], "No key file is given");
    fs::copy(here.join("key"), here.join("data/key")).expect("copied");
    refused(here, Some("data/key"), &["keys", "seal-old"], "lies inside");
    fs::remove_file(here.join("data/key")).expect("removed");
    let sealed = well(here, Some("key"), &["keys", "seal-old"]);
    assert!(sealed.contains("3 events") && !holds(&here.join("data"), "needs_safe_place"), "{sealed}");
    refused(here, None, &["journal", "rebuild"], "no key file is given");
    refused(here, Some("lost"), &["journal", "rebuild"], "The key file lost cannot be read");
    assert!(well(here, Some("key"), &["journal", "rebuild"]).contains("Every record table is as the journal tells"));
    let closed = well(here, None, &["journal", "verify"]);
    assert!(closed.contains("0 faults") && closed.contains("The content of 3 events is sealed"), "{closed}");
    let open = well(here, Some("key"), &["journal", "verify"]);
    assert!(open.contains("0 faults") && !open.contains("is sealed"), "{open}");
    let (_, looked) = onewindow(here, Some("key"), &["doctor"]);
    assert!(looked.contains("lies on the same disk"), "{looked}");
    let (_, looked) = onewindow(here, None, &["doctor"]);
    assert!(looked.contains("BAD   key file"), "{looked}");
    well(here, None, &["keys", "new", "new"]);
    refused(here, Some("new"), &["keys", "seal-old"], "is sealed with");
    let both = well(here, Some("key"), &["keys", "rotate", "--new", "new"]);
    assert!(both.contains("keys end-old"), "{both}");
    let (_, looked) = onewindow(here, Some("new"), &["doctor"]);
    assert!(looked.contains("other keys than"), "{looked}");
    well(here, Some("new"), &["keys", "end-old"]);
    refused(here, Some("key"), &["journal", "rebuild"], "is sealed with");
    let shown = well(here, Some("new"), &["keys", "show"]);
    assert_eq!(shown.matches("opens this registry").count(), 1, "{shown}");
    restored(here);
}

/// A backup carries the key along; on a machine without the key file it comes out of it.
fn restored(here: &Path) {
    let pair = well(here, None, &["backup", "key", "new", "pair"]);
    let public = pair.split_whitespace().find(|word| word.starts_with("age1")).expect("a public key");
    well(here, Some("new"), &["backup", "--to", public, "--out", "backups"]);
    CAST.iter().chain(&["needs_safe_place", "ONEWINDOW-KEY"]).for_each(|secret| {
        assert!(!holds(&here.join("backups"), secret), "{secret} in a backup");
    });
    let file = fs::read_dir(here.join("backups")).expect("backups").flatten().map(|entry| entry.path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "age")).expect("one");
    let file = file.to_str().expect("a path");
    let there = ["--db", "sqlite:there/registry.sqlite", "--blobs", "there/blobs"];
    let words = [&["restore", file, "--key", "pair", "--files", "out"][..], &there].concat();
    let said = well(here, None, &words);
    assert!(said.contains("It is the office's key") && said.contains("0 faults"), "{said}");
    assert_eq!(fs::read(here.join("out/new")).expect("the key"), fs::read(here.join("new")).expect("the key"));
    let again = [&["journal", "rebuild"][..], &there].concat();
    assert!(well(here, Some("out/new"), &again).contains("Every record table is as the journal tells"));
    let wrong =
        [&["restore", file, "--key", "pair", "--files", "out2"][..], &["--db", "sqlite:no/registry.sqlite"]].concat();
    refused(here, Some("key"), &[&wrong[..], &["--blobs", "no/blobs"]].concat(), "is sealed with");
    assert!(!here.join("no/registry.sqlite").exists() && !here.join("no/blobs").exists(), "nothing is left behind");
}

#[test]
fn a_support_bundle_names_nobody() {
    let dir = tempfile::tempdir().expect("a folder");
    let here = dir.path();
    fs::create_dir(here.join("data")).expect("a folder");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(family(here));
    let log = "2026-11-22T05:00:00.000000Z  INFO web: opened for 17201-2345678-2 by +923001234567\nآمنہ بی بی\n";
    fs::write(here.join("log.txt"), log).expect("written");
    let said = well(here, None, &["support-bundle", "--log", "log.txt", "--out", "bundle.txt"]);
    assert!(said.contains("Read it before you send it"), "{said}");
    let bundle = fs::read_to_string(here.join("bundle.txt")).expect("the bundle");
    assert!(bundle.contains("person") && bundle.contains("sealing_key"), "it counts rows: {bundle}");
    for secret in CAST.iter().chain(&["17201-2345678-2", "needs_safe_place", "آمنہ", "Bibi"]) {
        assert!(!bundle.contains(secret) && !said.contains(secret), "{secret}: {bundle}");
    }
}
