//! `onewindow-letters`, the program that typesets letters: a workspace of its own, built where a PDF is wanted and never by
//! the edit loop (docs/adr/0021-letters.md).

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, cargo, program, run, target_dir};
use crate::{assets, node};

/// Its workspace.
pub const MANIFEST: &str = "crates/letters/Cargo.toml";
/// Its lock file.
pub const LOCK: &str = "crates/letters/Cargo.lock";
/// Its name beside `onewindow`.
pub const BINARY: &str = "onewindow-letters";
/// A letter of its tests, to try an installed program with.
pub const SPECIMEN: &str = "crates/letters/tests/letters/ur.json";

/// What it reads, which knows no packed fonts: these, unpacked beside the others.
const FONTS: [&str; 6] = [
    "noto-nastaliq-urdu-arabic-400-normal",
    "noto-nastaliq-urdu-arabic-700-normal",
    "noto-naskh-arabic-arabic-400-normal",
    "noto-naskh-arabic-arabic-700-normal",
    "noto-naskh-arabic-latin-400-normal",
    "noto-naskh-arabic-latin-700-normal",
];

/// `cargo xtask letters [--debug]`: the program with its fonts, put where `onewindow` of the same build finds it.
///
/// # Errors
/// A sentence, when the fonts cannot be fetched or it cannot be built.
pub fn command(words: &[String]) -> Outcome {
    let debug = match words {
        [] => false,
        [word] if word == "--debug" => true,
        _ => return Err("`cargo xtask letters` takes nothing, or --debug for the quick build.".to_owned()),
    };
    assets::fonts()?;
    let made = build(debug)?;
    let beside = target_dir().join(folder(debug)).join(BINARY);
    let parent = beside.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|why| format!("{} could not be made: {why}.", parent.display()))?;
    // What runs now keeps its file; a new one takes the name.
    let new = beside.with_extension("new");
    let put = fs::copy(&made, &new).and_then(|_| fs::rename(&new, &beside));
    put.map_err(|why| format!("{} could not be put there: {why}.", beside.display()))?;
    println!("{} is there; `onewindow` beside it makes PDF letters with it.", beside.display());
    Ok(())
}

/// Builds it; where it is.
///
/// # Errors
/// A sentence, when it cannot be built.
pub fn build(debug: bool) -> Outcome<PathBuf> {
    let mut args = vec!["build"];
    args.extend((!debug).then_some("--release"));
    run(&mut apart(&args))?;
    Ok(place().join(folder(debug)).join(BINARY))
}

/// Its formatting, which needs nothing built.
///
/// # Errors
/// A sentence, when a line is not as the formatter writes it.
pub fn formatted() -> Outcome {
    run(&mut cargo(&["fmt", "--manifest-path", MANIFEST, "--check"]))
}

/// Its lints and tests, with the fonts they need; then it stands beside `onewindow` for the stories.
///
/// # Errors
/// A sentence, when a font cannot be fetched or a test fails.
pub fn step() -> Outcome {
    command(&["--debug".to_owned()])?;
    let mut lints = apart(&["clippy", "--all-targets"]);
    lints.args(["--", "-D", "warnings"]);
    run(&mut lints)?;
    run(&mut apart(&["test"]))
}

/// Unpacks its fonts beside the packed ones.
///
/// # Errors
/// A sentence, when there is no Node.js for it or a font is broken.
pub fn unpack(fonts: &Path) -> Outcome {
    for font in FONTS {
        let (packed, plain) = (fonts.join(format!("{font}.woff2")), fonts.join(format!("{font}.ttf")));
        let (packed, plain) = (packed.to_string_lossy(), plain.to_string_lossy());
        run(&mut program(node::binary()?, &["stories/unpack.mjs", &packed, &plain]))?;
    }
    Ok(())
}

/// Whether its fonts are unpacked in this folder.
pub fn fonts_are_in(folder: &Path) -> bool {
    FONTS.iter().all(|font| folder.join(format!("{font}.ttf")).is_file())
}

/// Cargo in its workspace, with a folder of its own: the same packages are built there with other features, and neither
/// build waits for the other.
fn apart(args: &[&str]) -> std::process::Command {
    let mut command = cargo(&args[..1]);
    command.args(["--locked", "--manifest-path", MANIFEST]).args(&args[1..]);
    command.env("CARGO_TARGET_DIR", place());
    command
}

fn place() -> PathBuf {
    target_dir().join("letters")
}

fn folder(debug: bool) -> &'static str {
    if debug { "debug" } else { "release" }
}
