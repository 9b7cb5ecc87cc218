//! Fonts for the pages, from the npm packages that `stories/package.json` pins, and the check compiled for phones.
//!
//! `cargo build` never comes here: without these files the pages use the reader's own fonts.

use std::fs;
use std::path::Path;

use crate::shell::{Outcome, program, root, run};
use crate::{letters, node, offline};

/// Package, and the start of its files' names.
const FONTS: [&str; 2] = ["noto-nastaliq-urdu", "noto-naskh-arabic"];
/// Naskh with the letters of our languages alone: what a Pashto phone without such a font fetches.
const LETTERS: &str = "noto-naskh-arabic-letters-400-normal.woff2";
const SHAPES: [&str; 4] = ["arabic-400", "arabic-700", "latin-400", "latin-700"];

/// Where the fonts are put.
pub const FOLDER: &str = "crates/web/assets/fonts";

/// Fetches the fonts, and compiles the check for phones.
///
/// # Errors
/// A sentence, when the packages cannot be fetched or a file cannot be made.
pub fn command() -> Outcome {
    fonts()?;
    offline::module()
}

/// Fetches the npm packages, copies the fonts to `crates/web/assets/fonts` and unpacks those of letters.
///
/// # Errors
/// A sentence, when the packages cannot be fetched or a file cannot be copied.
pub fn fonts() -> Outcome {
    run(program("npm", &["ci"]).current_dir(root().join("stories")))?;
    let to = root().join(FOLDER);
    fs::create_dir_all(&to).map_err(|why| format!("{} could not be made: {why}.", to.display()))?;
    for font in FONTS {
        let package = root().join("stories/node_modules/@fontsource").join(font);
        copy(&package.join("LICENSE"), &to.join(format!("{font}.LICENSE")))?;
        for shape in SHAPES {
            let name = format!("{font}-{shape}-normal.woff2");
            copy(&package.join("files").join(&name), &to.join(&name))?;
        }
    }
    let naskh = to.join("noto-naskh-arabic-arabic-400-normal.woff2");
    let (naskh, letters) = (naskh.to_string_lossy(), to.join(LETTERS));
    run(&mut program(node::binary()?, &["stories/subset.mjs", &naskh, &letters.to_string_lossy()]))?;
    letters::unpack(&to)?;
    println!("The fonts are in {}.", to.strip_prefix(root()).unwrap_or(&to).display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(drop).map_err(|why| format!("{} could not be copied: {why}.", from.display()))
}
