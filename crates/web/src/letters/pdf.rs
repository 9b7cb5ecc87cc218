//! The PDF of a letter, made by a program of its own (docs/adr/0021-letters.md): it reads the letter as JSON and writes the
//! PDF. It is given a time and an amount of output; it bounds its own memory.

use super::compose::Letter;
use crate::App;
use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long one letter may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a reader waits for a place.
const WAIT: Duration = Duration::from_secs(10);
/// The largest PDF that is taken, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
/// Letters made at once.
pub(crate) const AT_ONCE: usize = 2;

/// Why there is no PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPrinted {
    /// This office has no program for it, or no fonts.
    NotInstalled,
    /// Too many at once.
    Busy,
    /// The program failed, or took too long.
    Failed,
}

/// Whether this office has the program and a folder of fonts for it.
pub fn installed(app: &App) -> bool {
    app.config.letters.is_some() && app.config.fonts.is_some()
}

/// Makes the PDF of a letter.
pub async fn print(app: &App, letter: &Letter) -> Result<Vec<u8>, NotPrinted> {
    let (Some(program), Some(fonts)) = (app.config.letters.clone(), app.config.fonts.clone()) else {
        return Err(NotPrinted::NotInstalled);
    };
    let letter = serde_json::to_vec(letter).map_err(|_| NotPrinted::Failed)?;
    // Whoever waits here keeps nobody else out.
    crate::request::leave_place();
    let place = tokio::time::timeout(WAIT, app.printing.acquire()).await;
    let Ok(Ok(_place)) = place else { return Err(NotPrinted::Busy) };
    let made = tokio::task::spawn_blocking(move || run(&program, &fonts, &letter, PATIENCE)).await;
    match made {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            tracing::error!(%error, "a letter was not printed");
            Err(if error.kind() == io::ErrorKind::NotFound { NotPrinted::NotInstalled } else { NotPrinted::Failed })
        }
        Err(_) => Err(NotPrinted::Failed),
    }
}

/// Runs the program once. What it says on its error output is not kept: it might name somebody.
fn run(program: &Path, fonts: &Path, letter: &[u8], patience: Duration) -> io::Result<Vec<u8>> {
    let mut child = Command::new(program)
        .arg("--fonts")
        .arg(fonts)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|threads| {
        // Both ends move at once, so that neither waits for the other; the end of the child ends both.
        threads.spawn(move || stdin.map(|mut stdin| stdin.write_all(letter)));
        let read = threads.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map_or(Ok(0), |stdout| stdout.take(LARGEST).read_to_end(&mut bytes));
            read.map(|_| bytes)
        });
        let ended = wait(&mut child, patience);
        let bytes = read.join().map_err(|_| io::Error::other("its output could not be read"))??;
        match ended?.code() {
            Some(0) if bytes.starts_with(b"%PDF-") => Ok(bytes),
            Some(0) => Err(io::Error::other("it gave no PDF")),
            Some(3) => Err(io::Error::new(io::ErrorKind::NotFound, "its fonts are missing: `cargo xtask letters`")),
            Some(code) => Err(io::Error::other(format!("it ended with code {code}"))),
            None => Err(io::Error::other("it was stopped by a signal")),
        }
    })
}

fn wait(child: &mut Child, patience: Duration) -> io::Result<std::process::ExitStatus> {
    let until = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            let seconds = patience.as_secs();
            return Err(io::Error::new(io::ErrorKind::TimedOut, format!("it took over {seconds} seconds")));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(test)]
mod tests {
    use super::run;
    use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

    #[test]
    fn a_program_that_hangs_fails_or_says_nothing_ends_and_is_named() {
        let place = tempfile::tempdir().expect("a folder");
        let program = place.path().join("letters");
        let with = |text: &str| {
            fs::write(&program, format!("#!/bin/sh\n{text}\n")).expect("written");
            fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("may run");
            run(&program, Path::new("/nowhere"), "x".repeat(200_000).as_bytes(), Duration::from_secs(2))
        };
        let pdf = with("/bin/cat > /dev/null; echo %PDF-1.7").expect("a PDF");
        assert_eq!(pdf, b"%PDF-1.7\n");
        let fault = |text: &str| with(text).expect_err("refused").to_string();
        assert_eq!(fault("exec /bin/sleep 60"), "it took over 2 seconds");
        assert_eq!(fault("exit 4"), "it ended with code 4");
        assert_eq!(fault("echo hello"), "it gave no PDF");
        let gone = run(Path::new("/nowhere/letters"), Path::new("/"), b"", Duration::from_secs(2));
        assert_eq!(gone.expect_err("refused").kind(), std::io::ErrorKind::NotFound);
    }
}
