//! Who carries messages away: a folder that another program empties, or a command that is given each message.

use serde::Serialize;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use store::messages::Outgoing;
use web::messages::Sender;

/// How long a command may take for one message.
const PATIENCE: Duration = Duration::from_secs(30);

/// The sender that the settings name: a command, else the folder.
pub(crate) fn sender(folder: &Path, command: Option<&Path>) -> Arc<dyn Sender> {
    match command {
        Some(command) => Arc::new(Program { command: command.to_owned(), patience: PATIENCE }),
        None => Arc::new(Folder(folder.to_owned())),
    }
}

/// A message as it is handed over: one line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    to: &'a str,
    language: &'a str,
    text: &'a str,
}

fn line(message: &Outgoing) -> io::Result<Vec<u8>> {
    let line = Line {
        id: message.id.to_string(),
        to: &message.phone,
        language: message.language.code(),
        text: &message.words,
    };
    let mut bytes = serde_json::to_vec(&line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// One file for each message, named by its key: a message that comes twice is one file. It appears whole or not at all.
struct Folder(PathBuf);

impl Sender for Folder {
    fn send(&self, message: &Outgoing) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0)?;
        let begun = self.0.join(format!(".{}", message.id));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&begun)?;
        file.write_all(&line(message)?)?;
        file.sync_all()?;
        fs::rename(&begun, self.0.join(format!("{}.json", message.id)))?;
        File::open(&self.0)?.sync_all()
    }
}

/// A command that reads the message from its standard input and ends with 0 when it took it. What it prints is not kept:
/// it might name somebody.
struct Program {
    command: PathBuf,
    patience: Duration,
}

impl Sender for Program {
    fn send(&self, message: &Outgoing) -> io::Result<()> {
        let mut child = Command::new(&self.command)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                io::Error::new(error.kind(), format!("the command cannot be started: {}", error.kind()))
            })?;
        let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(&line(message)?));
        let status = self.wait(&mut child)?;
        match status.code() {
            // A command may close its input early and still have taken the message.
            Some(0) => Ok(()),
            _ if written.is_err() => Err(io::Error::other("the command ended before it read the message")),
            Some(code) => Err(io::Error::other(format!("the command ended with code {code}"))),
            None => Err(io::Error::other("the command was stopped by a signal")),
        }
    }
}

impl Program {
    fn wait(&self, child: &mut Child) -> io::Result<std::process::ExitStatus> {
        let until = Instant::now() + self.patience;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > until {
                child.kill()?;
                child.wait()?;
                let seconds = self.patience.as_secs();
                return Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("the command took over {seconds} seconds"),
                ));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Folder, Program, line};
    use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, time::Duration};
    use store::messages::Outgoing;
    use web::messages::Sender;

    fn message() -> Outgoing {
        Outgoing {
            id: uuid::Uuid::nil(),
            household: domain::ids::HouseholdId(uuid::Uuid::nil()),
            phone: "+923001234567".to_owned(),
            language: domain::language::Lang::Ur,
            words: "خبر\nہے \"XQ3-P\"".to_owned(),
            tries: 0,
        }
    }

    #[test]
    fn a_message_that_comes_twice_is_one_file_that_nobody_else_reads() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder(place.path().join("out"));
        for _ in 0..2 {
            folder.send(&message()).expect("written");
        }
        let files: Vec<PathBuf> =
            fs::read_dir(&folder.0).expect("listed").map(|one| one.expect("one").path()).collect();
        let [file] = &files[..] else { panic!("{files:?}") };
        assert_eq!(file.file_name().and_then(|name| name.to_str()), Some("00000000-0000-0000-0000-000000000000.json"));
        assert_eq!(fs::metadata(file).expect("there").permissions().mode() & 0o777, 0o600);
        let text = fs::read_to_string(file).expect("text");
        assert_eq!(text.lines().count(), 1, "one line, whatever the words hold");
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((&read["to"], &read["language"]), (&"+923001234567".into(), &"ur".into()));
        assert_eq!(read["text"], message().words);
    }

    fn program(text: &str, place: &tempfile::TempDir) -> Program {
        let command = place.path().join("send");
        fs::write(&command, format!("#!/bin/sh\n{text}\n")).expect("written");
        fs::set_permissions(&command, fs::Permissions::from_mode(0o700)).expect("may run");
        Program { command, patience: Duration::from_secs(2) }
    }

    #[test]
    fn a_command_gets_the_message_and_says_whether_it_took_it() {
        let place = tempfile::tempdir().expect("a folder");
        let kept = place.path().join("kept");
        program(&format!("cat > {}", kept.display()), &place).send(&message()).expect("taken");
        assert_eq!(fs::read(&kept).expect("kept"), line(&message()).expect("a line"));
        let fault = |text: &str| program(text, &place).send(&message()).expect_err("refused").to_string();
        assert_eq!(fault("cat > /dev/null; echo +923001234567 >&2; exit 3"), "the command ended with code 3");
        assert_eq!(fault("exec sleep 60"), "the command took over 2 seconds");
        let gone = Program { command: place.path().join("none"), patience: Duration::from_secs(2) };
        assert_eq!(
            gone.send(&message()).expect_err("refused").to_string(),
            "the command cannot be started: entity not found"
        );
    }
}
