//! `onewindow support-bundle`: one text file for whoever helps from afar, to be read before it is sent. It holds versions,
//! settings, findings and numbers; no person, no file's key, no address of a person, and of logs only what has no long number.

use super::{Database, doctor};
use crate::{Outcome, packs::say};
use std::{
    fmt::Write as _,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    looked: doctor::Args,
    /// The file to write; it must not be there yet.
    #[arg(long, default_value = "onewindow-support.txt")]
    out: PathBuf,
    /// A log to add its last lines of, such as `journalctl -u onewindow > log.txt` wrote.
    #[arg(long)]
    log: Option<PathBuf>,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let mut text = format!("onewindow {}\n", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(text, "database: {}", without_account(&args.looked.database.db));
    let _ = writeln!(text, "\nFindings\n{}", doctor::told(&doctor::look(&args.looked).await));
    text += &rows(&args.looked.database).await?;
    if let Some(log) = &args.log {
        let _ = writeln!(text, "\nThe last lines of the log\n{}", last_lines(log)?);
    }
    let mut file =
        File::create_new(&args.out).map_err(|error| format!("{} cannot be made: {error}.", args.out.display()))?;
    file.write_all(text.as_bytes()).map_err(say)?;
    println!("{} is a text file. Read it before you send it.", args.out.display());
    Ok(ExitCode::SUCCESS)
}

/// An address without name and password of its account.
fn without_account(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((kind, _)), Some((_, place))) => format!("{kind}://…@{place}"),
        _ => url.to_owned(),
    }
}

async fn rows(database: &Database) -> Result<String, String> {
    let stands = store::state::standing(&database.db).await.map_err(say)?;
    if stands.is_none_or(|stands| stands.migration < stands.known) {
        return Ok(String::new());
    }
    let store = database.open().await?;
    let mut text = "\nRows\n".to_owned();
    for (table, rows) in store.rows_of_tables().await.map_err(say)? {
        let _ = writeln!(text, "{table:<24} {rows:>12}");
    }
    let pack = store.current_pack().await.map_err(say)?;
    let _ = writeln!(text, "\npack: {}", pack.map_or("none".to_owned(), |hash| hash.0));
    let verified = store.verify().await.map_err(say)?;
    let _ = writeln!(
        text,
        "journal: {} events, {} seals, {} faults",
        verified.events,
        verified.seals,
        verified.faults.len()
    );
    store.close().await;
    Ok(text)
}

/// How many lines of a log help.
const LINES: usize = 500;

/// The end of a log, every long number and every word of another script taken out: a log holds none, and this makes sure.
fn last_lines(log: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(log).map_err(|error| format!("{} cannot be read: {error}.", log.display()))?;
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LINES);
    Ok(lines[from..].iter().map(|line| masked(line)).collect::<Vec<_>>().join("\n"))
}

/// A line with runs of seven digits and more, however they are grouped, and words that are not ASCII taken out.
fn masked(line: &str) -> String {
    let word = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let time = word.len() >= 20 && word.as_bytes().get(10) == Some(&b'T') && word.ends_with('Z');
        if !word.is_ascii() || (digits >= 7 && !time) { "[…]".to_owned() } else { word.to_owned() }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{masked, without_account};

    #[test]
    fn numbers_and_names_are_taken_out_of_log_lines() {
        let check = |line: &str, want: &str| assert_eq!(masked(line), want);
        check("2026-11-22T16:23:10.123456Z  INFO web: listening", "2026-11-22T16:23:10.123456Z  INFO web: listening");
        check("card 17201-2345678-2 seen", "card […] seen");
        check("+923001234567 آمنہ 42", "[…] […] 42");
    }

    #[test]
    fn an_address_loses_its_account() {
        assert_eq!(without_account("postgres://office:secret@db/onewindow"), "postgres://…@db/onewindow");
        assert_eq!(without_account("sqlite:var/onewindow.sqlite"), "sqlite:var/onewindow.sqlite");
    }
}
