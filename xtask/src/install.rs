//! What a fresh Debian machine lacks for the tests, installed from Debian's own packages.

use std::path::Path;

use crate::shell::{Outcome, am_root, have, program, read, run};
use crate::{node, offline, oracle, pg, stories};

/// Installs what is missing, and says nothing when nothing is.
///
/// # Errors
/// A sentence naming the packages, when they cannot be installed from here.
pub fn missing() -> Outcome {
    let wanted = packages();
    if wanted.is_empty() {
        println!("Chromium, PostgreSQL, Node.js and Python are here.");
        node::fetch()?;
        for_browsers();
        return Ok(());
    }
    let list = wanted.join(" ");
    if !have("apt-get") || !am_root() {
        return Err(format!(
            "These programs are missing: {list}. Install them, then run this again (on Debian, as administrator: apt-get install {list})."
        ));
    }
    apt(&["update"])?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(wanted);
    apt(&args)?;
    node::fetch()?;
    for_browsers();
    Ok(())
}

/// A compiler for browsers, which the check without a line is made with: Debian's own where Debian has a new enough one,
/// else the target of rustup's. It is wished for and not needed, so nothing fails without it.
fn for_browsers() {
    if offline::can_be_made() {
        return;
    }
    if have("apt-get") && am_root() && debian_has_it() {
        let mut args = vec!["install", "-y", "--no-install-recommends"];
        args.extend(offline::PACKAGES);
        if apt(&args).is_ok() {
            return;
        }
    }
    // A machine without that line would wait for it for minutes.
    let add = ["120", "rustup", "target", "add", offline::TARGET];
    if have("rustup") && run(&mut program("timeout", &add)).is_ok() {
        return;
    }
    println!("No compiler for browsers can be installed here: the check without a line is neither made nor tested.");
}

/// Whether Debian's lists of packages name a compiler for browsers that is as new as ours has to be.
fn debian_has_it() -> bool {
    let new_enough = || {
        let shown = read(&mut program("apt-cache", &["policy", offline::PACKAGES[0]])).unwrap_or_default();
        let candidate = shown.lines().find_map(|line| line.trim().strip_prefix("Candidate: ")).unwrap_or_default();
        offline::new_enough(candidate)
            && read(program("apt-cache", &["show", "--no-all-versions"]).args(offline::PACKAGES)).is_ok()
    };
    // A machine that never asked for the lists has none.
    new_enough() || (apt(&["update"]).is_ok() && new_enough())
}

fn packages() -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if !Path::new(&stories::chromium()).is_file() {
        // The browser comes without letters of its own, least of all Urdu's.
        wanted.extend(["chromium", "fonts-noto-core"]);
    }
    if pg::binaries().is_none() {
        wanted.push("postgresql");
    }
    if !have("node") {
        wanted.extend(["nodejs", "npm"]);
    } else if !have("npm") {
        wanted.push("npm");
    }
    if !oracle::python_is_whole() {
        wanted.extend(["python3", "python3-venv"]);
    }
    wanted
}

fn apt(args: &[&str]) -> Outcome {
    run(program("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"))
}
