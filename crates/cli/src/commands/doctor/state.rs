//! What the doctor finds of a registry: clock, seals, backups, what waits.

use super::{Finding, How, finding};
use domain::messages::MessageState;
use std::path::Path;
use store::state::State;

/// What a registry's state says at this instant.
pub(super) fn stand(state: &State, now: domain::Instant) -> Vec<Finding> {
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

pub(super) fn clock(state: &State, now: domain::Instant) -> Finding {
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

pub(super) fn seals(state: &State, now: domain::Instant) -> Finding {
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

pub(super) fn messages(state: &State, now: domain::Instant) -> Finding {
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

pub(super) fn backup(state: &State, now: domain::Instant) -> Finding {
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
