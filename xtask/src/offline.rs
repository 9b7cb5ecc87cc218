//! The check compiled for browsers, and whether it says what the server says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::node;
use crate::shell::{Outcome, cargo, have, program, read, root, run, target_dir};

/// Where the module is put; the program looks for it there.
pub const MODULE: &str = "crates/web/assets/made/check.wasm";
/// The target of browsers.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's packages to build it with: compiler, sources of its standard library, linker.
pub const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld-22"];
/// The oldest compiler that the workspace builds with.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");
/// Names the compiler to build with, where it is not at its usual place.
const COMPILER: &str = "ONEWINDOW_WASM_RUSTC";
/// Debian's compiler, which brings the sources that the standard library of browsers is built from.
const DEBIAN: &str = "/usr/bin/rustc";

/// How the module can be built here.
enum Toolchain {
    /// The compiler that runs this program has the target.
    Ready,
    /// A compiler with the sources of its standard library, and its linker.
    Sources { compiler: PathBuf, linker: PathBuf },
}

/// Builds the module where a toolchain for it is; elsewhere says how to get one, and nothing fails.
///
/// # Errors
/// A sentence, when it cannot be built although the toolchain is there.
pub fn module() -> Outcome {
    let Some(toolchain) = toolchain() else {
        println!(
            "The check without a line is not made here: pages need a line for it. To make it, add the target {TARGET} to the \
             compiler, or on Debian install {}.",
            PACKAGES.join(", ")
        );
        return Ok(());
    };
    let folder = target_dir().join("offline");
    let mut build = cargo(&["build", "--quiet", "-p", "offline", "--profile", "offline", "--target", TARGET]);
    build.env("CARGO_TARGET_DIR", &folder);
    if let Toolchain::Sources { compiler, linker } = toolchain {
        build.args(["-Zbuild-std=std,panic_abort"]);
        // Debian's compiler is a stable one; only its own standard library may be built with what is not stable.
        build
            .env("RUSTC", compiler)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    run(&mut build)?;
    let made = folder.join(TARGET).join("offline/offline.wasm");
    let to = root().join(MODULE);
    let parent = to.parent().ok_or("The module has no folder.")?;
    fs::create_dir_all(parent).map_err(|why| format!("{} could not be made: {why}.", parent.display()))?;
    let bytes = fs::copy(&made, &to).map_err(|why| format!("{} could not be copied: {why}.", made.display()))?;
    println!("{MODULE}: {} kB.", bytes / 1_000);
    Ok(())
}

/// Whether the module can be built here.
pub fn can_be_made() -> bool {
    toolchain().is_some()
}

/// Whether a version as Debian writes it (`1.96.0+dfsg1-1`) is new enough to build with.
pub fn new_enough(version: &str) -> bool {
    let numbers = |version: &str| -> Option<(u32, u32)> {
        let mut parts = version.split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    numbers(version) >= numbers(OLDEST)
}

fn toolchain() -> Option<Toolchain> {
    let libraries = read(&mut program("rustc", &["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Some(Toolchain::Ready);
    }
    let compiler = PathBuf::from(std::env::var(COMPILER).unwrap_or_else(|_| DEBIAN.to_owned()));
    let said = read(program(&compiler, &["--version"]).env_remove("RUSTUP_TOOLCHAIN")).ok()?;
    said.split_whitespace().nth(1).filter(|version| new_enough(version))?;
    let home = read(program(&compiler, &["--print", "sysroot"]).env_remove("RUSTUP_TOOLCHAIN")).ok()?;
    let sources = Path::new(home.trim()).join("lib/rustlib/src/rust/library/std/Cargo.toml");
    let beside = compiler.with_file_name("wasm-ld-22");
    let linker = if beside.is_file() { beside } else { PathBuf::from("wasm-ld-22") };
    let linked = linker.is_absolute() || have("wasm-ld-22");
    (sources.is_file() && linked).then_some(Toolchain::Sources { compiler, linker })
}

/// `cargo xtask offline [--households N] [--seed S]`: the module and the server over random households, cell by cell.
///
/// # Errors
/// A sentence, when the module is not there or says something else.
pub fn command(words: &[String]) -> Outcome {
    let given = |name: &str, otherwise: &str| {
        let place = words.iter().position(|word| word == name);
        place.and_then(|place| words.get(place + 1)).cloned().unwrap_or_else(|| otherwise.to_owned())
    };
    let module = root().join(MODULE);
    if !module.is_file() {
        return Err(format!("{MODULE} is not there. Run `cargo xtask assets`, which makes it where it can."));
    }
    let (households, seed) = (given("--households", "10000"), given("--seed", "20261122"));
    run(&mut cargo(&["build", "--quiet", "-p", "offline", "--example", "agree"]))?;
    let server = target_dir().join("debug/examples/agree");
    let mut asking = program(&server, &[&households, &seed])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|why| format!("{} could not be started: {why}.", server.display()))?;
    let questions = asking.stdout.take().ok_or("The questions cannot be read.")?;
    let script = root().join("crates/offline/examples/agree.mjs");
    let mut node = program(node::binary()?, &[]);
    let status = node.arg(script).arg(&module).stdin(questions).status().map_err(|why| format!("Node.js: {why}."))?;
    let asked = asking.wait().map_err(|why| format!("The server's part could not be waited for: {why}."))?;
    match (status.success(), asked.success()) {
        (true, true) => Ok(()),
        (_, false) => Err("The server's part did not come to its end.".to_owned()),
        (false, _) => Err(format!("The module and the server differ. Again: cargo xtask offline --seed {seed}")),
    }
}

/// The comparison as a step of the tests: where no module could be made it says so.
///
/// # Errors
/// As [`command`].
pub fn step() -> Outcome {
    module()?;
    if !root().join(MODULE).is_file() {
        return Ok(());
    }
    command(&[])
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn a_compiler_older_than_the_workspace_needs_is_left_alone() {
        let check = |version: &str, want: bool| assert_eq!(new_enough(version), want, "{version}");
        check("1.96.0+dfsg1-1~deb12u2", true);
        check("1.95.0", true);
        check("1.85.0+dfsg3-1~deb12u3", false);
        check("(none)", false);
        check("", false);
    }
}
