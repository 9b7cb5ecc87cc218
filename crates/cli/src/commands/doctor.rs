//! `onewindow doctor`: what is well, what is not, and what to do about it.

use super::{Database, now, serve::Pages};
use crate::{Outcome, packs::say};
use domain::messages::MessageState;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};
use store::{
    sealing::key_is_needed,
    state::{Standing, State, standing},
};

#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub pages: Pages,
    /// A reverse proxy with TLS stands before the listeners.
    #[arg(long)]
    pub tls: bool,
    /// The folder of backups.
    #[arg(long, default_value = "var/backups")]
    pub backups: PathBuf,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Well,
    Look,
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub what: &'static str,
    pub how: How,
    pub said: String,
}

fn finding(what: &'static str, how: How, said: impl Into<String>) -> Finding {
    Finding { what, how, said: said.into() }
}

/// The findings as the terminal prints them.
pub(crate) fn told(findings: &[Finding]) -> String {
    let line = |found: &Finding| {
        let mark = match found.how {
            How::Well => "well",
            How::Look => "LOOK",
            How::Bad => "BAD ",
        };
        format!("{mark}  {:<11} {}\n", found.what, found.said)
    };
    findings.iter().map(line).collect()
}

pub(crate) async fn run(args: Args) -> Outcome {
    let findings = look(&args).await;
    print!("{}", told(&findings));
    let bad = findings.iter().filter(|found| found.how == How::Bad).count();
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Looks at everything. Tables of an earlier release are left as they are.
pub(crate) async fn look(args: &Args) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = args.database.db.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"));
    if let Some(path) = place {
        findings.push(disk("disk", Path::new(path).parent().unwrap_or(Path::new("."))));
    }
    findings.push(disk("papers", &args.database.blobs));
    findings.push(fonts(&args.pages.fonts));
    for (what, address) in [("office", args.pages.office), ("public", args.pages.public)] {
        findings.push(listener(what, address));
    }
    findings.push(open_door(args.pages.office, args.tls));
    match registry(&args.database).await {
        Ok(more) => findings.extend(more),
        Err(sentence) => findings.push(finding("registry", How::Bad, sentence)),
    }
    findings
}

async fn registry(database: &Database) -> Result<Vec<Finding>, String> {
    match standing(&database.db).await.map_err(say)? {
        None => {
            let said = "there is none yet: the first `onewindow serve` makes it.";
            return Ok(vec![finding("registry", How::Look, said)]);
        }
        Some(Standing { migration, known }) if migration < known => {
            let said = format!("the tables are at {migration}, this release has {known}: run `onewindow upgrade`.");
            return Ok(vec![finding("tables", How::Bad, said)]);
        }
        Some(_) => {}
    }
    let mut findings = vec![key_file(database).await?];
    if findings[0].how == How::Bad {
        return Ok(findings);
    }
    let store = database.open().await?;
    if store.old_lies_open().await.map_err(say)? {
        let said = "what was written before the key still lies open: run `onewindow keys seal-old`.";
        findings.push(finding("key file", How::Bad, said));
    }
    let at = now();
    let state = store.state(web::app::local_day(at), at).await.map_err(say)?;
    let missing = store::copy::missing_papers(&database.db, &database.blobs).await.map_err(say)?;
    findings.extend(stand(&state, at));
    findings.push(match missing.len() {
        0 => finding("files", How::Well, "every paper, pack and list that a record names is there."),
        some => finding(
            "files",
            How::Bad,
            format!("{some} that records name are gone; bring them back from a backup: {}", missing[0]),
        ),
    });
    if let Some(ailing) = store.ailing().await {
        findings.push(finding(
            "writing",
            How::Bad,
            format!("the {ailing} does not answer: is the disk full or read-only?"),
        ));
    }
    store.close().await;
    Ok(findings)
}

/// Whether papers and protected facts are sealed, and where the key is.
async fn key_file(database: &Database) -> Result<Finding, String> {
    let keys = key_is_needed(&database.db).await.map_err(say)?;
    let given = match database.key() {
        Ok(key) => key.map(|key| key.name()),
        Err(sentence) => return Ok(finding("key file", How::Bad, sentence)),
    };
    let said = |how, said: String| Ok(finding("key file", how, said));
    match (&keys[..], given) {
        ([], None) => {
            said(How::Look, "none: papers and protected facts lie open on this disk, docs/guide/keys.md.".into())
        }
        ([], Some(name)) => {
            said(How::Well, format!("the next start seals papers and protected facts with the key {name}."))
        }
        (some, None) => said(
            How::Bad,
            format!("none is given, and this registry is sealed with {}: name it in ONEWINDOW_KEY_FILE.", some[0].key),
        ),
        (some, Some(name)) if some.iter().all(|wrapping| wrapping.key != name) => {
            said(How::Bad, format!("it holds the key {name}, and this registry is sealed with {}.", some[0].key))
        }
        ([_, _, ..], Some(name)) => said(
            How::Look,
            format!(
                "other keys than {name} still open this registry: run `onewindow keys end-old` when they are done with."
            ),
        ),
        (_, Some(name)) if database.key_is_beside() => said(
            How::Look,
            format!(
                "sealed with the key {name}, which lies on the same disk: a thief of the machine has both, docs/guide/keys.md."
            ),
        ),
        (_, Some(name)) => said(How::Well, format!("papers and protected facts are sealed with the key {name}.")),
    }
}

/// What a registry's state says at this instant.
fn stand(state: &State, now: domain::Instant) -> Vec<Finding> {
    let mut findings =
        vec![finding("database", How::Well, format!("{}, tables at {}.", state.database, state.migration))];
    for pragma in &state.pragmas {
        if let Some(wanted) = &pragma.wanted {
            let said = format!(
                "{} is {}, and must be {wanted}: a power cut could lose what was acknowledged.",
                pragma.name, pragma.value
            );
            findings.push(finding("database", How::Bad, said));
        }
    }
    findings.push(clock(state, now));
    findings.push(seals(state, now));
    findings.push(backup(state, now));
    let (waiting, open, overdue) = (state.waiting, state.open_applications, state.overdue);
    let how = if overdue * 4 > open && overdue > 20 { How::Look } else { How::Well };
    let said = format!("{waiting} tokens wait, {open} applications are open, {overdue} of them past their day.");
    findings.push(finding("queues", how, said));
    findings.push(messages(state, now));
    findings.push(match state.administrators {
        0 => finding(
            "officers",
            How::Bad,
            "nobody can sign in as administrator: `onewindow officer first` prints a link for the first one.",
        ),
        1 => finding("officers", How::Look, "there is one administrator only: appoint a second for leave and illness."),
        some => finding("officers", How::Well, format!("{some} administrators, {} sessions.", state.sessions)),
    });
    findings
}

fn clock(state: &State, now: domain::Instant) -> Finding {
    let ahead = state.newest_event.map_or(0, |at| (at - now).num_seconds());
    let shown = now.format("%Y-%m-%d %H:%M UTC");
    if ahead > 5 {
        return finding(
            "clock",
            How::Bad,
            format!("it says {shown}, {ahead} seconds behind the last entry: set it; until then nothing is written."),
        );
    }
    let synchronised =
        ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid"].iter().any(|path| Path::new(path).exists());
    match synchronised {
        true => finding("clock", How::Well, format!("it says {shown} and is kept right over the network.")),
        false => finding(
            "clock",
            How::Look,
            format!("it says {shown}: compare with a phone, and let systemd-timesyncd or chrony keep it right."),
        ),
    }
}

fn seals(state: &State, now: domain::Instant) -> Finding {
    let age = state.newest_seal.map_or(i64::MAX, |at| (now - at).num_minutes());
    match state.unsealed {
        0 => finding(
            "seals",
            How::Well,
            match age {
                i64::MAX => "nothing is in the journal yet.".to_owned(),
                age => format!(
                    "every event is under a seal, the newest {} old; print it now and then (`onewindow journal seal`).",
                    long(age)
                ),
            },
        ),
        some if age > 10 => {
            finding("seals", How::Look, format!("{some} events wait for a seal: is `onewindow serve` running?"))
        }
        some => finding("seals", How::Well, format!("{some} events wait for the next seal.")),
    }
}

/// Minutes as somebody says them.
fn long(minutes: i64) -> String {
    match minutes {
        ..120 => format!("{minutes} minutes"),
        120..2_880 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

/// How long a message waits before somebody looks, in minutes.
const MESSAGE_LATE: i64 = 60;

fn messages(state: &State, now: domain::Instant) -> Finding {
    let of = |at| state.messages.of(at);
    let (waiting, dead) = (of(MessageState::Waiting), of(MessageState::Dead));
    let late = state.messages.oldest.is_some_and(|at| (now - at).num_minutes() > MESSAGE_LATE);
    match (waiting, dead) {
        (_, 1..) => finding(
            "messages",
            How::Bad,
            format!("{dead} to families were given up: mend the sender, then try them again on the page /messages."),
        ),
        (1.., _) if late => finding(
            "messages",
            How::Look,
            format!(
                "{waiting} to families wait, the oldest over an hour: does the sender work? See the page /messages."
            ),
        ),
        _ => finding("messages", How::Well, format!("{waiting} to families wait.")),
    }
}

fn backup(state: &State, now: domain::Instant) -> Finding {
    let Some(at) = state.backed_up else {
        return finding("backup", How::Bad, "there was none of this database yet: see docs/guide/backup.md.");
    };
    let hours = (now - at).num_hours();
    let how = match hours {
        ..=26 => How::Well,
        27..=72 => How::Look,
        _ => How::Bad,
    };
    let said = if how == How::Well { "" } else { ": look at its timer and at the disk it writes to" };
    finding("backup", how, format!("the last is {hours} hours old{said}."))
}

/// Free space below which a warning comes, and below which work stops soon.
const LOW: u64 = 5 << 30;
const LAST: u64 = 1 << 30;

fn disk(what: &'static str, folder: &Path) -> Finding {
    let there = folder.ancestors().find(|path| path.exists()).filter(|path| !path.as_os_str().is_empty());
    match rustix::fs::statvfs(there.unwrap_or(Path::new("."))) {
        Ok(space) => {
            let free = space.f_bavail * space.f_frsize;
            let how = if free < LAST {
                How::Bad
            } else if free < LOW {
                How::Look
            } else {
                How::Well
            };
            let advice = if how == How::Well { "" } else { ": make room before it is full, or forms are refused" };
            finding(what, how, format!("{}: {} MB free{advice}.", folder.display(), free >> 20))
        }
        Err(error) => finding(what, How::Bad, format!("{}: {error}.", folder.display())),
    }
}

fn fonts(folder: &Path) -> Finding {
    let count = std::fs::read_dir(folder).map_or(0, |entries| entries.flatten().count());
    match count {
        0 => finding(
            "fonts",
            How::Look,
            "none of its own: Urdu and Pashto look as each counter's computer has them (`cargo xtask assets`).",
        ),
        some => finding("fonts", How::Well, format!("{some} files in {}.", folder.display())),
    }
}

/// Asks a listener how it is.
fn listener(what: &'static str, address: SocketAddr) -> Finding {
    let asked = || -> std::io::Result<String> {
        let mut line = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        line.set_read_timeout(Some(Duration::from_secs(8)))?;
        line.write_all(format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        line.take(4_096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    match asked() {
        Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
            finding(what, How::Well, format!("http://{address} answers."))
        }
        Ok(answer) => {
            let word = answer.lines().last().unwrap_or_default().to_owned();
            finding(what, How::Bad, format!("http://{address} says it is not well: {word}."))
        }
        Err(error) => finding(
            what,
            How::Look,
            format!(
                "http://{address} does not answer ({error}): is the service running? `systemctl status onewindow`."
            ),
        ),
    }
}

fn open_door(office: SocketAddr, tls: bool) -> Finding {
    match (office.ip().is_loopback(), tls) {
        (true, true) => finding("TLS", How::Well, "a proxy stands before the listeners."),
        (true, false) => finding(
            "TLS",
            How::Well,
            "the officers' pages are reached from this machine only; for counters see docs/guide/tls.md.",
        ),
        (false, _) => finding(
            "TLS",
            How::Bad,
            format!(
                "officers' pages on {office} go over the network in the open: listen on 127.0.0.1 behind a proxy, docs/guide/tls.md."
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{How, backup, clock, messages, open_door, seals};
    use domain::messages::MessageState;
    use store::{messages::MessageTotals, state::State};

    fn state(now: domain::Instant) -> State {
        State {
            database: "SQLite".to_owned(),
            pragmas: vec![],
            migration: 1,
            events: 10,
            unsealed: 0,
            newest_event: Some(now),
            newest_seal: Some(now),
            backed_up: Some(now),
            waiting: 0,
            open_applications: 0,
            overdue: 0,
            sessions: 0,
            administrators: 2,
            messages: Default::default(),
        }
    }

    #[test]
    fn what_is_old_or_behind_is_said() {
        let now =
            domain::Date::from_ymd_opt(2026, 11, 22).expect("a day").and_hms_opt(5, 0, 0).expect("a time").and_utc();
        let ago = |hours| Some(now - chrono::TimeDelta::hours(hours));
        let well = state(now);
        assert_eq!((backup(&well, now).how, seals(&well, now).how), (How::Well, How::Well));
        assert_eq!(backup(&State { backed_up: ago(30), ..well.clone() }, now).how, How::Look);
        assert_eq!(backup(&State { backed_up: ago(100), ..well.clone() }, now).how, How::Bad);
        assert_eq!(backup(&State { backed_up: None, ..well.clone() }, now).how, How::Bad);
        assert_eq!(seals(&State { unsealed: 5, newest_seal: ago(1), ..well.clone() }, now).how, How::Look);
        assert_eq!(clock(&State { newest_event: ago(-1), ..well.clone() }, now).how, How::Bad);
        let post =
            |state, oldest| State { messages: MessageTotals { counts: vec![(state, 3)], oldest }, ..well.clone() };
        assert_eq!(messages(&post(MessageState::Waiting, ago(0)), now).how, How::Well);
        assert_eq!(messages(&post(MessageState::Waiting, ago(2)), now).how, How::Look);
        assert_eq!(messages(&post(MessageState::Dead, None), now).how, How::Bad);
        assert_eq!(messages(&well, now).how, How::Well);
    }

    #[test]
    fn officers_pages_in_the_open_are_bad_even_if_a_proxy_is_claimed() {
        let how = |address: &str, tls| open_door(address.parse().expect("an address"), tls).how;
        assert_eq!((how("0.0.0.0:8080", true), how("127.0.0.1:8080", true)), (How::Bad, How::Well));
    }
}
