//! Letters in three languages, with the fonts that `cargo xtask assets` unpacks. Without them these tests fail: they run
//! in `cargo xtask nightly --only letters`, which fetches them first.

use letters::{Looked, NotTypeset, look, pdf};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

const LETTERS: [(&str, &str); 4] = [
    ("en", include_str!("letters/en.json")),
    ("ur", include_str!("letters/ur.json")),
    ("ps", include_str!("letters/ps.json")),
    // The longest that is usual: Nastaliq, both reasons, two scripts in the words of the office.
    ("ur, refused", include_str!("letters/ur-refused.json")),
];

fn fonts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/assets/fonts")
}

#[test]
fn a_letter_of_each_language_is_one_sheet_on_which_every_letter_has_its_shape() {
    for (lang, letter) in LETTERS {
        assert_eq!(look(letter, &fonts()), Ok(Looked { pages: 1, without_shape: Vec::new() }), "{lang}");
    }
}

#[test]
fn long_words_of_an_officer_go_on_a_second_sheet_and_nothing_is_cut() {
    for (lang, letter) in LETTERS {
        let mut told: serde_json::Value = serde_json::from_str(letter).expect("a letter");
        let words = told["parts"][0][1][0].as_str().expect("a sentence").repeat(40);
        told["reasons"] = serde_json::json!([["", words]]);
        let looked = look(&told.to_string(), &fonts()).expect("typeset");
        assert_eq!(looked, Looked { pages: 2, without_shape: Vec::new() }, "{lang}");
    }
}

#[test]
fn what_no_font_has_a_shape_for_is_found() {
    let told = LETTERS[0].1.replace("The score is above the limit.", "漢");
    assert_eq!(look(&told, &fonts()).expect("typeset").without_shape, ["漢"]);
}

#[test]
fn the_same_letter_is_the_same_file() {
    for (lang, letter) in LETTERS {
        let first = run(letter, &fonts());
        assert!(first.status.success(), "{lang}: {}", String::from_utf8_lossy(&first.stderr));
        assert!(first.stdout.starts_with(b"%PDF-"), "{lang}");
        assert_eq!(first.stdout, run(letter, &fonts()).stdout, "{lang}: by another process");
        assert_eq!(first.stdout, pdf(letter, &fonts()).expect("typeset"), "{lang}: by this one");
    }
}

#[test]
fn words_are_never_read_as_markup() {
    let (_, letter) = LETTERS[0];
    let told = letter.replace("The score is above the limit.", "#panic(1) *bold* $x$ \\\\ <a> @b // c");
    assert_ne!(told, letter);
    assert!(pdf(&told, &fonts()).is_ok());
}

#[test]
fn what_is_no_letter_and_what_lacks_its_fonts_end_with_their_own_code() {
    let check = |letter: &str, fonts: &Path, want: i32, says: &str| {
        let ended = run(letter, fonts);
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(want), "{said}");
        assert!(said.contains(says) && ended.stdout.is_empty(), "{said}");
    };
    check("[]", &fonts(), 2, "no letter");
    check("not JSON", &fonts(), 2, "no letter");
    check(LETTERS[0].1, Path::new("/nowhere"), 3, "cargo xtask letters");
    check("{}", &fonts(), 4, "could not be typeset");
    assert_eq!(pdf("", &fonts()), Err(NotTypeset::NoLetter));
}

/// The program itself, with nothing of the machine's surroundings.
fn run(letter: &str, fonts: &Path) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onewindow-letters"))
        .arg("--fonts")
        .arg(fonts)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("its input").write_all(letter.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}
