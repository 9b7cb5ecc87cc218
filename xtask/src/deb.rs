//! `cargo xtask deb`: the package for Debian, made with Debian's own `dpkg-deb`, and tried in a clean root.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::offline;
use crate::shell::{Outcome, am_root, cargo, have, program, read, root, run, target_dir};
use crate::{assets, booted, letters, materials, node, sign, stories};

/// Guides that go along.
const GUIDES: [&str; 10] = [
    "installing.md",
    "backup.md",
    "tls.md",
    "sizing.md",
    "moving-to-postgresql.md",
    "erasing.md",
    "keys.md",
    "guarding.md",
    "monitoring.md",
    "audit.md",
];

/// Builds the package; `--debug` takes the quick build, `--try` installs it in a clean Debian root, `--story` then lets a
/// browser take a family through a whole visit at the installed program, `--sign KEYID` signs it.
///
/// # Errors
/// A sentence, when a program is missing or the package does not come about.
pub fn command(words: &[String]) -> Outcome {
    let (mut debug, mut in_a_root, mut story, mut key) = (false, false, false, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--debug" => debug = true,
            "--try" => in_a_root = true,
            "--story" => (in_a_root, story) = (true, true),
            "--sign" => {
                key = Some(words.next().ok_or("Name the key after --sign; `gpg --list-secret-keys` shows yours.")?)
            }
            other => {
                return Err(format!(
                    "`cargo xtask deb` does not know `{other}`; it takes --debug, --try, --story and --sign KEYID."
                ));
            }
        }
    }
    if key.is_some() && !have("gpg") {
        return Err(sign::MISSING.to_owned());
    }
    let package = build(debug)?;
    println!("{}", package.display());
    if let Some(key) = key {
        println!("{}", sign::sign(&package, key)?.display());
    }
    if in_a_root {
        try_in_root(&package)?;
    }
    if story { story_in_root() } else { Ok(()) }
}

/// Where the installed demo is reached; the clean root shares this machine's network.
const AT: (&str, &str) = ("127.0.0.1:18090", "127.0.0.1:18091");

/// The browser story of a whole visit against the installed program.
fn story_in_root() -> Outcome {
    let clean = target_dir().join("debian");
    let script = root().join("deploy/story.sh");
    run(program("npm", &["ci"]).current_dir(root().join("stories")))?;
    fs::copy(&script, clean.join("story.sh")).map_err(|why| format!("{}: {why}.", script.display()))?;
    let log = target_dir().join("installed.log");
    let out = fs::File::create(&log).map_err(|why| format!("{}: {why}.", log.display()))?;
    let both = out.try_clone().map_err(|why| format!("{}: {why}.", log.display()))?;
    let mut server = program("chroot", &[&clean.to_string_lossy(), "/bin/sh", "/story.sh", AT.0, AT.1])
        .stdout(out)
        .stderr(both)
        .spawn()
        .map_err(|why| format!("The installed program did not start: {why}."))?;
    let mut story = program(node::binary()?, &["--test", "--test-name-pattern", "en, sqlite", "visit.test.mjs"]);
    story
        .current_dir(root().join("stories"))
        .env("ONEWINDOW_AT", format!("{} {} {}", AT.0, AT.1, log.display()))
        .env("CHROMIUM", stories::chromium());
    let told = run(&mut story);
    let ended = server.kill().and_then(|()| server.wait());
    told?;
    ended.map(drop).map_err(|why| format!("The installed program did not end: {why}."))
}

fn build(debug: bool) -> Outcome<PathBuf> {
    if !have("dpkg-deb") {
        return Err("dpkg-deb is missing: it comes with Debian (package dpkg).".to_owned());
    }
    let mut args = vec!["build", "-p", "onewindow"];
    args.extend((!debug).then_some("--release"));
    run(&mut cargo(&args))?;
    let binary = target_dir().join(if debug { "debug" } else { "release" }).join("onewindow");
    let letters = letters::build(debug)?;
    if !letters::fonts_are_in(&root().join(assets::FOLDER)) {
        assets::fonts()?;
    }
    let tree = target_dir().join("deb");
    if tree.exists() {
        fs::remove_dir_all(&tree).map_err(|why| format!("{} stays: {why}.", tree.display()))?;
    }
    lay_out(&tree, &[("onewindow", &binary), (letters::BINARY, &letters)])?;
    let version = version()?;
    let arch = read(&mut program("dpkg", &["--print-architecture"]))?.trim().to_owned();
    let size = read(&mut program("du", &["-sk", &tree.to_string_lossy()]))?;
    control(&tree, &version, &arch, size.split_whitespace().next().unwrap_or("0"))?;
    let package = target_dir().join(format!("onewindow_{version}_{arch}.deb"));
    let (from, to) = (tree.to_string_lossy().into_owned(), package.to_string_lossy().into_owned());
    run(&mut program("dpkg-deb", &["--root-owner-group", "-Zxz", "--build", &from, &to]))?;
    Ok(package)
}

/// The workspace's version.
fn version() -> Outcome<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).map_err(|why| format!("Cargo.toml: {why}."))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    line.map(|text| text.trim_matches('"').to_owned()).ok_or("Cargo.toml states no version.".to_owned())
}

fn lay_out(tree: &Path, programs: &[(&str, &Path)]) -> Outcome {
    let put = |from: PathBuf, to: &str, mode: u32| -> Outcome {
        let to = tree.join(to);
        let made = fs::create_dir_all(to.parent().unwrap_or(tree)).and_then(|()| fs::copy(&from, &to));
        made.map_err(|why| format!("{} could not be copied: {why}.", from.display()))?;
        fs::set_permissions(&to, fs::Permissions::from_mode(mode)).map_err(|why| format!("{}: {why}.", to.display()))
    };
    for (name, made) in programs {
        let to = format!("usr/bin/{name}");
        put(made.to_path_buf(), &to, 0o755)?;
        if have("strip") {
            run(&mut program("strip", &["--strip-debug", &tree.join(&to).to_string_lossy()]))?;
        }
    }
    for unit in ["onewindow.service", "onewindow-backup.service", "onewindow-backup.timer"] {
        put(root().join("deploy").join(unit), &format!("lib/systemd/system/{unit}"), 0o644)?;
    }
    for guide in GUIDES {
        put(root().join("docs/guide").join(guide), &format!("usr/share/doc/onewindow/{guide}"), 0o644)?;
    }
    put(root().join("docs/audit/verify.py"), "usr/share/doc/onewindow/audit/verify.py", 0o644)?;
    put(materials::write()?, "usr/share/doc/onewindow/onewindow.cdx.json", 0o644)?;
    put(root().join("centres.example.toml"), "usr/share/doc/onewindow/centres.example.toml", 0o644)?;
    for (from, to) in [("programmes", "usr/share/onewindow/programmes"), (assets::FOLDER, "usr/share/onewindow/fonts")]
    {
        for file in files(&root().join(from)) {
            let name = file.strip_prefix(root().join(from)).unwrap_or(&file).to_string_lossy().into_owned();
            put(file.clone(), &format!("{to}/{name}"), 0o644)?;
        }
    }
    // The check for phones goes along where this machine could make it; without it the check needs a line.
    let module = root().join(offline::MODULE);
    if module.is_file() {
        put(module, "usr/share/onewindow/check.wasm", 0o644)?;
    } else {
        println!("The check without a line is not in this package: run `cargo xtask assets` before.");
    }
    for folder in ["etc/onewindow", "usr/share/onewindow/fonts"] {
        fs::create_dir_all(tree.join(folder)).map_err(|why| format!("{folder}: {why}."))?;
    }
    for script in ["postinst", "prerm", "postrm"] {
        put(root().join("deploy").join(script), &format!("DEBIAN/{script}"), 0o755)?;
    }
    Ok(())
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn control(tree: &Path, version: &str, arch: &str, kilobytes: &str) -> Outcome {
    let text = format!(
        "Package: onewindow\nVersion: {version}\nArchitecture: {arch}\nMaintainer: onewindow <onewindow@example.org>\n\
         Installed-Size: {kilobytes}\nDepends: libc6, libgcc-s1, adduser\nRecommends: nginx | apache2\n\
         Suggests: postgresql (>= 15), age\nSection: web\nPriority: optional\n\
         Description: one-window operations for social protection\n \
         A poor family is registered once, all programmes are screened with reasons,\n \
         applications go to the departments, and the family leaves with a receipt.\n"
    );
    fs::write(tree.join("DEBIAN/control"), text).map_err(|why| format!("control: {why}."))
}

/// Installs the package in a clean root, starts the service's own command there and asks it how it is; then boots the root,
/// so that systemd starts the units themselves.
fn try_in_root(package: &Path) -> Outcome {
    if !have("debootstrap") || !am_root() {
        return Err(
            "A clean root needs debootstrap and an administrator (on Debian: apt-get install debootstrap).".to_owned()
        );
    }
    let clean = target_dir().join("debian");
    if !clean.join("usr/bin/dpkg").is_file() || !booted::can_boot(&clean) {
        if clean.exists() {
            fs::remove_dir_all(&clean).map_err(|why| format!("{} stays: {why}.", clean.display()))?;
        }
        let include = format!("--include=adduser,curl,{}", booted::PACKAGES);
        run(&mut program("debootstrap", &["--variant=minbase", &include, "bookworm", &clean.to_string_lossy()]))?;
    }
    fs::copy(package, clean.join("onewindow.deb")).map_err(|why| format!("the package could not be copied: {why}."))?;
    for (from, to) in [("deploy/try.sh", "try.sh"), (letters::SPECIMEN, "letter.json")] {
        fs::copy(root().join(from), clean.join(to)).map_err(|why| format!("{from}: {why}."))?;
    }
    run(&mut program("chroot", &[&clean.to_string_lossy(), "/bin/sh", "/try.sh"]))?;
    booted::try_units(&clean)
}
