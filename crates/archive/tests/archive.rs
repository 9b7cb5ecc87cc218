//! An archive comes back as it was, and a changed, missing or added byte anywhere is found and named.

use archive::{Checked, Damage, Reader, SecretKey, Writer, check};
use expect_test::{Expect, expect};
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Three entries, the second longer than two pieces of the format.
fn entries() -> Vec<(String, Vec<u8>)> {
    let long = StdRng::seed_from_u64(1).random_iter::<u8>().take(150_000).collect();
    vec![
        ("onewindow-backup.json".to_owned(), b"{}".to_vec()),
        ("blobs/ab/photograph".to_owned(), long),
        ("tables/person/000001.jsonl".to_owned(), "[\"آمنہ بی بی\"]\n".into()),
    ]
}

fn written(key: &SecretKey) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &[key.public()]).expect("begun");
    for (name, content) in entries() {
        writer.add(&name, &content).expect("added");
    }
    writer.finish().expect("ended").out
}

fn read(file: &[u8], key: &SecretKey) -> Result<Vec<(String, Vec<u8>)>, Damage> {
    let mut reader = Reader::open(file, key)?;
    let mut found = Vec::new();
    while let Some(entry) = reader.next()? {
        found.push(entry);
    }
    Ok(found)
}

fn checked(file: &[u8], key: &SecretKey) -> Vec<String> {
    match Reader::open(file, key).map(check) {
        Ok(Checked { damage, .. }) => damage.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn what_was_added_comes_back_in_order() {
    let key = SecretKey::draw();
    let file = written(&key);
    let mut found = read(&file, &key).expect("whole");
    assert_eq!(found.pop().map(|(name, _)| name).as_deref(), Some("manifest.json"));
    assert_eq!(found, entries());
    assert_eq!(checked(&file, &key), Vec::<String>::new());
}

#[test]
fn each_of_several_keys_opens_it_and_no_other_does() {
    let (first, second) = (SecretKey::draw(), SecretKey::draw());
    let mut writer = Writer::new(Vec::new(), &[first.public(), second.public()]).expect("begun");
    writer.add("a", b"b").expect("added");
    let file = writer.finish().expect("ended").out;
    assert!(read(&file, &first).is_ok() && read(&file, &second).is_ok());
    assert!(matches!(read(&file, &SecretKey::draw()), Err(Damage::NotThisKey)));
    assert!(Writer::new(Vec::new(), &[]).is_err(), "an archive for nobody is refused");
}

#[test]
fn damage_is_named() {
    let key = SecretKey::draw();
    let file = written(&key);
    let named = |change: &dyn Fn(&mut Vec<u8>), want: Expect| {
        let mut file = file.clone();
        change(&mut file);
        assert!(read(&file, &key).is_err(), "what is damaged is not read to its end");
        want.assert_eq(&checked(&file, &key).join("\n"));
    };
    named(
        &|file| file[100_000] ^= 1,
        expect![[r#"
            Bytes 65736 to 131288 of the file are damaged: blobs/ab/photograph, or what follows it there.
            blobs/ab/photograph is not what the backup's own list says."#]],
    );
    named(
        &|file| file.truncate(131_288),
        expect![[r#"
            The file ends at byte 131288, before its end. What comes after blobs/ab/photograph is missing.
            After blobs/ab/photograph nothing of the file can be told apart."#]],
    );
    named(&|file| file[3] = b'!', expect!["This file is not a backup of onewindow, or its first line is damaged."]);
    named(&|file| file.clear(), expect!["This file is not a backup of onewindow, or its first line is damaged."]);
}

#[test]
fn one_changed_byte_anywhere_is_found() {
    let seed: u64 = rand::rng().random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let key = SecretKey::draw();
    let file = written(&key);
    // Every byte of the head, and many of the rest.
    let head = 0..200;
    let rest: Vec<usize> = (0..200).map(|_| random.random_range(200..file.len())).collect();
    for at in head.chain(rest) {
        let mut wrong = file.clone();
        wrong[at] ^= 1 << random.random_range(0..8u32);
        assert!(read(&wrong, &key).is_err(), "seed {seed}: byte {at}");
        assert!(!checked(&wrong, &key).is_empty(), "seed {seed}: byte {at}");
    }
    for length in (0..200).map(|_| random.random_range(0..file.len())) {
        assert!(read(&file[..length], &key).is_err(), "seed {seed}: cut off at {length}");
        assert!(!checked(&file[..length], &key).is_empty(), "seed {seed}: cut off at {length}");
    }
}

#[test]
fn whoever_wrote_it_reads_it_back_without_the_secret_key() {
    let mut writer = Writer::new(Vec::new(), &[SecretKey::draw().public()]).expect("begun");
    writer.add("a", b"b").expect("added");
    let written = writer.finish().expect("ended");
    let reader = Reader::reopen(&written.out[..], &written.key).expect("opened");
    let Checked { entries, bytes, damage } = check(reader);
    assert_eq!((entries, bytes, damage.len()), (1, 1, 0));
}
