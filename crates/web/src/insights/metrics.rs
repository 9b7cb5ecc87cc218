//! `GET /metrics`: numbers for a monitor, in the text format of Prometheus. Of nobody, and none of protected applications.

use crate::{
    App,
    request::{PageError, Surface, counted},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use std::fmt::Write;

/// `GET /metrics`
pub async fn show(State(app): State<App>) -> Result<Response, PageError> {
    let now = app.now();
    let state = app.store.state(app.today(), now).await?;
    let since = |at: Option<domain::Instant>| at.map(|at| (now - at).num_seconds().max(0));
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, value: Option<i64>| {
        let Some(value) = value else { return };
        let _ =
            write!(text, "# HELP onewindow_{name} {help}\n# TYPE onewindow_{name} gauge\nonewindow_{name} {value}\n");
    };
    gauge("events", "Events in the journal, counted by the place of the last.", Some(state.events));
    gauge("unsealed_events", "Events after the newest seal.", Some(state.unsealed));
    gauge("seal_age_seconds", "Seconds since the newest seal.", since(state.newest_seal));
    gauge("backup_age_seconds", "Seconds since the last backup.", since(state.backed_up));
    gauge("visits_waiting", "Tokens of today that nobody has called.", Some(state.waiting));
    gauge("applications_open", "Applications that wait for an answer.", Some(state.open_applications));
    gauge("applications_overdue", "Open applications past their day.", Some(state.overdue));
    gauge("sessions", "Officers' sessions seen within half an hour.", Some(state.sessions));
    gauge("migration", "The newest migration of the tables.", Some(state.migration));
    gauge("resident_bytes", "Memory of the program.", resident());
    let small = |count: usize| i64::try_from(count).ok();
    gauge("writer_waiting", "What waits to be written.", small(app.store.writing().waiting));
    gauge("uploads_under_way", "Places for files that are taken.", small(app.doors.uploads_under_way()));
    text += &doors(&app);
    text += &watched(&app);
    text += "# HELP onewindow_requests_total Requests answered.\n# TYPE onewindow_requests_total counter\n";
    for (listener, answers, _) in counted::so_far() {
        for (class, count) in (2..).zip(answers) {
            let _ = writeln!(text, "onewindow_requests_total{{listener=\"{listener}\",class=\"{class}xx\"}} {count}");
        }
    }
    text += "# HELP onewindow_request_microseconds_total Time of all requests.\n";
    text += "# TYPE onewindow_request_microseconds_total counter\n";
    for (listener, _, micros) in counted::so_far() {
        let _ = writeln!(text, "onewindow_request_microseconds_total{{listener=\"{listener}\"}} {micros}");
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

/// How full the listeners are, and how often that was said.
fn doors(app: &App) -> String {
    let listeners = [("office", Surface::Office), ("public", Surface::Public)];
    let all = listeners.map(|(name, surface)| (name, app.doors.standing(surface)));
    let mut text = String::new();
    let mut lines = |name: &str, kind: &str, help: &str, values: [u64; 2]| {
        let _ = writeln!(text, "# HELP onewindow_{name} {help}\n# TYPE onewindow_{name} {kind}");
        for ((listener, _), value) in all.iter().zip(values) {
            let _ = writeln!(text, "onewindow_{name}{{listener=\"{listener}\"}} {value}");
        }
    };
    let [office, public] = [all[0].1, all[1].1];
    let turned = [office.turned_away, public.turned_away];
    lines("busy_total", "counter", "Requests answered with: busy, your form is kept.", turned);
    let under_way = [office.under_way as u64, public.under_way as u64];
    lines("under_way", "gauge", "Requests worked on.", under_way);
    let connections = [office.connections as u64, public.connections as u64];
    lines("connections", "gauge", "Connections open.", connections);
    text
}

/// What is odd when there is much of it.
fn watched(app: &App) -> String {
    let counts = app.store.watched();
    let mut text = String::new();
    for (name, help, value) in [
        ("sign_ins_refused_total", "Wrong passwords and wrong codes of the second step.", counts.refused),
        ("sign_ins_slowed_total", "Sign-ins that were told to wait after wrong tries.", counts.waited),
        ("protected_opened_total", "Protected parts of files opened outside their visit.", counts.opened),
        ("exports_total", "Lists, tables and extracts that left the program.", counts.exported),
    ] {
        let _ =
            writeln!(text, "# HELP onewindow_{name} {help}\n# TYPE onewindow_{name} counter\nonewindow_{name} {value}");
    }
    text
}

/// Memory of this program, where the system tells.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<i64>().ok().map(|kb| kb * 1024)
}
