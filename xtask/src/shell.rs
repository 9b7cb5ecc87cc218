//! Running other programs so that nothing of them is left behind, however this one ends.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What every command gives back: nothing, or a sentence that says what to do next.
pub type Outcome<T = ()> = Result<T, String>;

/// The top folder of the workspace.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    here.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    root().join(set.unwrap_or_else(|| PathBuf::from("target")))
}

/// A program to be run at the top of the workspace.
pub fn program(name: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

/// The cargo that runs this program.
pub fn cargo(args: &[&str]) -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args)
}

/// Runs a program to its end, its words going straight to the reader.
///
/// It gets a process group of its own on a leash, so what it leaves running ends with it.
///
/// # Errors
/// A sentence, when it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Outcome {
    let shown = show(command);
    println!("$ {shown}");
    let mut child = command
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(|why| format!("`{shown}` could not be started: {why}."))?;
    let leash = Leash::on_group(&child);
    let status = child.wait().map_err(|why| format!("`{shown}` could not be waited for: {why}."))?;
    drop(leash);
    if status.success() { Ok(()) } else { Err(format!("`{shown}` did not succeed ({status}).")) }
}

/// Runs a program and gives back what it printed.
///
/// # Errors
/// A sentence with what it said, when it cannot be started or does not succeed.
pub fn read(command: &mut Command) -> Outcome<String> {
    let shown = show(command);
    let out = command.stdin(Stdio::null()).output().map_err(|why| format!("`{shown}` could not be started: {why}."))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    Err(format!("`{shown}` did not succeed ({}): {}", out.status, String::from_utf8_lossy(&out.stderr).trim()))
}

/// Whether a program of this name can be found.
pub fn have(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Whether we are the administrator of this machine (a fresh CI machine is).
pub fn am_root() -> bool {
    read(&mut program("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}

/// The command as a person would type it: without the folder its program was found in.
fn show(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// A dead man's switch: a small shell waits on a pipe from us and cleans up when the pipe closes, whether we let go
/// of it or were killed. The standard library knows no signals, and we hold no unsafe code, so the shell does it.
pub struct Leash {
    watcher: Option<Child>,
}

const UNTIL_WE_END: &str = "trap '' INT TERM HUP; cat >/dev/null; ";

const END_GROUP: &str = r#"kill -s TERM -- -"$1" || exit 0
    n=0; while kill -s 0 -- -"$1" && [ $n -lt 50 ]; do sleep 0.1; n=$((n+1)); done
    kill -s KILL -- -"$1""#;

impl Leash {
    /// Runs `script` (its arguments are `$1`, `$2`, ...) when the leash is dropped or this program dies.
    pub fn new(script: &str, args: &[&str]) -> Leash {
        let watcher = Command::new("sh")
            .args(["-c", &format!("{UNTIL_WE_END}{script}"), "leash"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        Leash { watcher: watcher.ok() }
    }

    fn on_group(child: &Child) -> Leash {
        Leash::new(END_GROUP, &[&child.id().to_string()])
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        if let Some(mut watcher) = self.watcher.take() {
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_leaves_running_ends_with_it() {
        let note = std::env::temp_dir().join(format!("onewindow-leash-{}", std::process::id()));
        let script = format!("sleep 60 & echo $! > {}", note.display());
        run(&mut program("sh", &["-c", &script])).unwrap();
        let left = std::fs::read_to_string(&note).unwrap();
        std::fs::remove_file(&note).unwrap();
        // Ended, or waiting for its new parent to notice; never still sleeping.
        let state = std::fs::read_to_string(format!("/proc/{}/stat", left.trim())).unwrap_or_default();
        assert!(state.is_empty() || state.contains(") Z "), "it is still there: {state}");
    }

    #[test]
    fn a_failure_names_the_program() {
        let why = run(&mut program("false", &[])).unwrap_err();
        assert_eq!(why, "`false` did not succeed (exit status: 1).");
        let why = run(&mut program("no-such-program", &[])).unwrap_err();
        assert!(why.starts_with("`no-such-program` could not be started: "), "{why}");
    }
}
