//! Codes of answers: what is written is read again, and nothing else is.

use crate::support::{Dice, PACK, random};
use screener::carry::{NotRead, read, write};

const SEED: u64 = 20_261_122;

#[test]
fn what_is_written_is_read_again() {
    println!("seed {SEED}");
    let mut dice = Dice(SEED);
    for _ in 0..500 {
        let answers = random(&mut dice);
        let code = write(&PACK, &answers);
        let carried = read(&PACK, &code).expect("its own code");
        assert_eq!(carried.answers, answers, "{code}");
        assert!(!carried.other_pack);
    }
}

#[test]
fn a_code_is_taken_as_people_type_it() {
    let answers = random(&mut Dice(7));
    let code = write(&PACK, &answers);
    let spaced: Vec<String> = code.as_bytes().chunks(5).map(|c| String::from_utf8_lossy(c).to_lowercase()).collect();
    let typed = spaced.join(" - ").replace('0', "o").replace('1', "l");
    assert_eq!(read(&PACK, &typed).expect("typed").answers, answers);
}

#[test]
fn a_slip_is_noticed() {
    println!("seed {SEED}");
    let mut dice = Dice(SEED);
    let code = write(&PACK, &random(&mut dice));
    let mut noticed = 0;
    for place in 2..code.len() {
        let mut letters = code.clone().into_bytes();
        letters[place] = if letters[place] == b'7' { b'8' } else { b'7' };
        let changed = String::from_utf8(letters).expect("letters");
        noticed += usize::from(read(&PACK, &changed).is_err());
    }
    assert_eq!(noticed, code.len() - 2, "every changed letter is noticed");
    assert_eq!(read(&PACK, &code[..code.len() - 9]), Err(NotRead::Damaged));
    for other in ["", "OW", "7K4-29M-XQ3-P", "https://example.pk", "OW!!!!", "OW000"] {
        assert_eq!(read(&PACK, other).err(), Some(NotRead::Unreadable), "{other}");
    }
    assert_eq!(read(&PACK, &"OW0".repeat(4000)).err(), Some(NotRead::Unreadable));
}

#[test]
fn random_bytes_never_break_the_reader() {
    println!("seed {SEED}");
    let mut dice = Dice(SEED);
    let letters = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for _ in 0..2_000 {
        let text: String = (0..dice.below(300)).map(|_| char::from(letters[dice.below(32)])).collect();
        assert!(read(&PACK, &format!("OW{text}")).is_err());
    }
}

#[test]
fn a_large_family_still_fits_a_code_that_a_camera_reads() {
    println!("seed {SEED}");
    let mut dice = Dice(SEED);
    let mut longest = 0;
    for _ in 0..300 {
        longest = longest.max(write(&PACK, &random(&mut dice).for_the_desk(&PACK)).len());
    }
    println!("the longest of 300 random families has {longest} letters");
    assert!(longest <= 600, "{longest}");
}

#[test]
fn what_is_private_is_not_carried() {
    let mut answers = random(&mut Dice(3));
    answers.members[0].facts.insert("serious_illness".to_owned(), domain::people::AnswerValue::Bool(true));
    answers.gates.insert("person.serious_illness".to_owned());
    let carried = read(&PACK, &write(&PACK, &answers.for_the_desk(&PACK))).expect("its own code").answers;
    assert!(!carried.members[0].facts.contains_key("serious_illness"));
    assert!(carried.gates.is_empty() && carried.skipped.is_empty());
}
