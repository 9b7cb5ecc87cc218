//! A backup that was damaged on its way: whichever part of it a byte belongs to, that part is named; and nothing of it is restored.

use super::copies::{back_up, open};
use crate::common::{Base, on_both, story};
use archive::{Damage, Reader, SecretKey, check};
use std::{collections::BTreeMap, fs, io::BufReader, path::Path};
use store::{StoreError, copy::restore};

/// Bytes of content in a piece of the file, and in the file: sealed, each with its tag.
const PIECE: u64 = 64 * 1024;
const STORED: u64 = PIECE + 16;
/// A block of `tar`.
const BLOCK: u64 = 512;

/// What an entry is, as the drill's page speaks of it.
fn class(name: &str) -> &'static str {
    match name.split('/').next() {
        Some("onewindow-backup.json") => "about",
        Some("tables") => "table",
        Some("sums.json") => "sums",
        Some("blobs") => "blob",
        Some("files") => "file",
        _ => "manifest",
    }
}

/// Every entry with the bytes of the plain row of entries that it takes, the manifest as the last.
fn laid_out(file: &Path, key: &SecretKey, plain: u64) -> Vec<(String, u64, u64)> {
    let (mut reader, mut at, mut entries) = (open(file, key), 0, Vec::new());
    while let Some((name, content)) = reader.next().expect("whole") {
        let end = at + BLOCK + (content.len() as u64).next_multiple_of(BLOCK);
        entries.push((name, at, end));
        at = end;
    }
    entries.push(("manifest".to_owned(), at, plain));
    entries
}

/// What `backup check` says.
fn said(bytes: &[u8], key: &SecretKey) -> Vec<String> {
    match Reader::open(bytes, key) {
        Ok(reader) => check(reader).damage.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// A backup of the story with a pack and a photograph that fill pieces of their own, and where its content begins.
async fn large(base: &Base, key: &SecretKey) -> (std::path::PathBuf, Vec<u8>, u64) {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    // Bytes that cannot be pressed together, alike in every run.
    let noise = |seed: u64, length: u64| -> Vec<u8> {
        (0..length).map(|at| ((at + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect()
    };
    for seed in 0..3 {
        base.store.blobs().put(noise(seed, 3 * PIECE)).await.expect("kept");
    }
    let file = base.dir.path().join("backup.age");
    back_up(&base.url, &base.dir.path().join("papers"), key, story.teller.at, &file).await;
    let bytes = fs::read(&file).expect("the backup");
    let head = bytes.windows(5).position(|window| window == b"\n--- ").expect("the head's last line") + 1;
    let head = head + bytes[head..].iter().position(|byte| *byte == b'\n').expect("its end") + 1;
    (file, bytes, head as u64)
}

on_both!(every_part_of_a_backup_is_named_when_a_byte_of_it_changed, async |base: &Base| {
    let key = SecretKey::draw();
    let (file, sound, head) = large(base, &key).await;
    let content = sound.len() as u64 - head - 16;
    let plain = content - content.div_ceil(STORED) * 16;
    let entries = laid_out(&file, &key, plain);
    let flipped = |at: u64| {
        let mut wrong = sound.clone();
        wrong[at as usize] ^= 1;
        said(&wrong, &key)
    };
    // The head: what it is, for whom, and that nobody touched it.
    let first = sound.iter().position(|byte| *byte == b'\n').expect("a line") as u64;
    for at in (0..head).step_by(5) {
        let said = flipped(at).join(" ");
        let wanted = if at < first { "not a backup" } else { "head" };
        let named = said.contains(wanted) || said.contains("This key does not open") || said.contains("not a backup");
        assert!(named, "byte {at} of the head: {said}");
    }
    // The content: each piece is named by its bytes and by what it holds.
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    let begins = head + 16;
    for (name, from, to) in &entries {
        let middle = from + (to - from) / 2;
        for at in [*from, middle] {
            let piece = at / PIECE;
            let place = begins + piece * STORED + at % PIECE;
            let said = flipped(place).join(" ");
            let range = format!("Bytes {} to ", begins + piece * STORED);
            assert!(said.contains(&range), "{name}, byte {place}: {said}");
            // What was being read where the piece begins: one of the entries that reach into it, or the one before it.
            let within = |one: &&(String, u64, u64)| one.1 < (piece + 1) * PIECE && one.2 + BLOCK >= piece * PIECE;
            let known = entries.iter().filter(within).any(|(name, ..)| said.contains(name.as_str()));
            assert!(known || said.contains("the end") || piece * PIECE < BLOCK, "{name}, byte {place}: {said}");
            *met.entry(class(name)).or_default() += 1;
        }
    }
    for part in ["about", "table", "sums", "blob", "manifest"] {
        assert!(met.contains_key(part), "no byte of {part} was tried: {met:?}");
    }
    assert!(!flipped(head).is_empty() && !flipped(sound.len() as u64 - 1).is_empty(), "the first and the last byte");
});

on_both!(a_backup_cut_off_or_put_together_anew_is_named_and_restores_nothing, async |base: &Base| {
    let key = SecretKey::draw();
    let (file, sound, head) = large(base, &key).await;
    let begins = (head + 16) as usize;
    let stored = STORED as usize;
    let mut wrong: Vec<(&str, Vec<u8>, &[&str])> = Vec::new();
    for (what, end) in [
        ("nothing", 0),
        ("half the head", head as usize / 2),
        ("the head alone", head as usize),
        ("half a nonce", head as usize + 7),
        ("one piece", begins + stored),
        ("a piece and a half", begins + stored + stored / 2),
        ("all but the last byte", sound.len() - 1),
    ] {
        wrong.push((what, sound[..end].to_vec(), &[]));
    }
    let mut swapped = sound.clone();
    swapped[begins..begins + 2 * stored].rotate_left(stored);
    wrong.push(("two pieces exchanged", swapped, &["Bytes"]));
    let dropped = [&sound[..begins + stored], &sound[begins + 2 * stored..]].concat();
    wrong.push(("a piece dropped", dropped, &["Bytes"]));
    let doubled = [&sound[..begins + stored], &sound[begins..]].concat();
    wrong.push(("a piece twice", doubled, &["Bytes"]));
    wrong.push(("something added", [&sound[..], b"more"].concat(), &[]));
    let other = base.dir.path().join("other.age");
    let now = domain::Instant::from_timestamp_micros(1_795_000_000_000_000).expect("an instant");
    back_up(&base.url, &base.dir.path().join("papers"), &key, now, &other).await;
    let other = fs::read(other).expect("another backup");
    wrong.push(("the head of another", [&other[..head as usize], &sound[head as usize..]].concat(), &["Bytes"]));
    for (what, bytes, wanted) in wrong {
        let said = said(&bytes, &key).join(" ");
        assert!(!said.is_empty(), "{what}");
        wanted.iter().for_each(|wanted| assert!(said.contains(wanted), "{what}: {said}"));
        fs::write(&file, &bytes).expect("written");
        let place = base.dir.path().join("again");
        let url = format!("sqlite:{}", place.join("again.db").display());
        let reader = Reader::open(BufReader::new(fs::File::open(&file).expect("it")), &key);
        let refused = match reader {
            Ok(reader) => restore(reader, &url, &place.join("papers"), base.key.as_ref(), now).await.err(),
            Err(damage) => Some(StoreError::Backup(damage)),
        };
        let refused = refused.unwrap_or_else(|| panic!("{what}: restored"));
        assert!(matches!(refused, StoreError::Backup(_)), "{what}: {refused}");
        assert!(!place.join("again.db").exists() && !place.join("papers").exists(), "{what}: nothing is left");
    }
    // Whole, and the wrong key: that is said, and not that something were damaged.
    let refused = Reader::open(&sound[..], &SecretKey::draw()).err().expect("refused");
    assert!(matches!(refused, Damage::NotThisKey) && refused.to_string().contains("This key does not open"));
});
