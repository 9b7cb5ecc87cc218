//! An extract of the journal is checked elsewhere by a program of one file: what was changed is found and named.

use crate::common::{Base, on_both, story};
use std::{path::Path, process::Command};
use store::{StoreError, journal::Days};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/audit/verify.py");
const ALL: Days = Days { from: None, to: None };

/// What the program says about an extract, and whether it holds.
fn judged(dir: &Path, lines: &[String], more: &[String]) -> (bool, String) {
    let file = dir.join("extract.jsonl");
    std::fs::write(&file, lines.join("\n") + "\n").expect("written");
    let done = Command::new("python3").arg(PROGRAM).arg(&file).args(more).output().expect("python3 is installed");
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    (done.status.success(), said)
}

async fn three_seals(base: &Base) -> (Vec<String>, String) {
    let mut story = story::full(base).await;
    base.seal(story.teller.at).await;
    story.end_visit().await;
    base.seal(story.teller.at).await;
    story.another_member().await;
    base.seal(story.teller.at).await;
    let auditor = story.scope("auditor").await;
    let (bytes, done) = base.store.extract(&auditor, ALL, story.teller.at).await.expect("an extract");
    assert_eq!((done.first, done.seals, done.unsealed), (1, 3, 0));
    let mut same = Vec::new();
    store::journal::extract(&base.url, ALL, story.teller.at, &mut same).await.expect("an extract");
    assert_eq!(same, bytes, "the command writes what the auditor gets");
    let clerk = story.scope("clerk.nsr").await;
    assert!(matches!(base.store.extract(&clerk, ALL, story.teller.at).await, Err(StoreError::NotYours)));
    let text = String::from_utf8(bytes).expect("text");
    for name in ["Amina", "Gulalai", "1720123456782", story::PROTECTED_FACT, "\"payload\"", "\"salt\""] {
        assert!(!text.contains(name), "{name}");
    }
    let seal = base.store.newest_seal().await.expect("an answer").expect("a seal");
    (text.lines().map(str::to_owned).collect(), format!("{}:{}", seal.number, seal.hash))
}

on_both!(an_extract_is_checked_offline_and_every_change_is_named, async |base: &Base| {
    let (lines, seal) = three_seals(base).await;
    let dir = base.dir.path();
    let (holds, said) = judged(dir, &lines, &["--seal".to_owned(), seal.clone()]);
    assert!(holds && said.contains("under 3 seals, 0 faults"), "{said}");
    let other = format!("{}:{}", seal.split(':').next().unwrap_or_default(), "00".repeat(32));
    let (holds, said) = judged(dir, &lines, &["--seal".to_owned(), other]);
    assert!(!holds && said.contains("is not the printed one"), "{said}");
    let check = |what: &str, lines: &[String], wanted: &[&str]| {
        let (holds, said) = judged(dir, lines, &[]);
        assert!(!holds, "{what}: {said}");
        wanted.iter().for_each(|wanted| assert!(said.contains(wanted), "{what}, {wanted}: {said}"));
        assert!(!said.contains("Traceback"), "{what}: {said}");
    };
    let at = 20;
    let event: serde_json::Value = serde_json::from_str(&lines[at]).expect("an event");
    let place = format!("Event {} (", event["position"]);
    // Every part of an envelope, one byte flipped.
    for (part, value) in event.as_object().expect("an envelope") {
        let flipped = match value {
            serde_json::Value::Number(number) => serde_json::json!(number.as_i64().expect("a number") ^ 1),
            serde_json::Value::Null => serde_json::json!("00000000-0000-4000-8000-000000000000"),
            other => {
                let text = other.as_str().expect("text");
                let last = if text.ends_with('1') { '2' } else { '1' };
                let cut = if part == "recorded_at" { text.replace(":", ";") } else { text.to_owned() };
                serde_json::json!(format!("{}{last}", &cut[..cut.len() - 1]))
            }
        };
        let mut changed = event.clone();
        changed[part] = flipped;
        let mut wrong = lines.clone();
        wrong[at] = changed.to_string();
        let line = format!("Line {} cannot be read", at + 1);
        let (holds, said) = judged(dir, &wrong, &[]);
        assert!(!holds && (part == "position" || said.contains(&place) || said.contains(&line)), "{part}: {said}");
    }
    let mut dropped = lines.clone();
    dropped.remove(at);
    let next: serde_json::Value = serde_json::from_str(&lines[at + 1]).expect("an event");
    check("a dropped event", &dropped, &[&format!("Event {} (", next["position"]), "Seal 1 covers", "are here"]);
    let mut reordered = lines.clone();
    reordered.swap(at, at + 1);
    check("two events exchanged", &reordered, &[&place, "the order was changed", "Seal 1"]);
    let seals: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains("\"seal\":")).collect();
    let mut without = lines.clone();
    without.drain(seals[0] + 1..=seals[1]);
    check("a block dropped", &without, &["where seal 2 belongs"]);
    check("cut off", &lines[..lines.len() - 1], &["The end of the extract is missing"]);
    check(
        "its last block cut off",
        &[&lines[..=seals[1]], &lines[lines.len() - 1..]].concat(),
        &["The extract was of 3"],
    );
    check("no extract", &["{}".to_owned()], &["no extract"]);
    let mut unreadable = lines;
    unreadable[at].truncate(40);
    check("half a line", &unreadable, &[&format!("Line {} cannot be read", at + 1)]);
});
