//! Requests, one after another or by the clock, and what became of them.

use super::mix::{self, Desk};
use crate::commands::bench_portal::client::Client;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Connections of the open loop: fewer than the server lets in, more than it works on.
const CONNECTIONS: usize = 900;

/// By then somebody is answered, or told that the office is busy.
const SECOND: Duration = Duration::from_secs(1);

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Write,
    Search,
    Page,
}

/// One answered request.
pub(crate) struct Sent {
    pub(crate) status: u16,
    /// The desk and the command of a write.
    pub(crate) command: Option<(usize, Uuid)>,
}

impl Sent {
    pub(super) fn is_answered(&self) -> bool {
        matches!(self.status, 200 | 303 | 409)
    }
}

/// What became of the requests.
#[derive(Default)]
pub(crate) struct Tally {
    answered: Vec<Duration>,
    busy: Vec<Duration>,
    errors: u64,
    first_error: Option<String>,
    pub(crate) acknowledged: Vec<Uuid>,
    pub(crate) busy_writes: Vec<(usize, Uuid)>,
    pub(crate) took: Duration,
}

impl Tally {
    pub(super) fn done(&self) -> usize {
        self.answered.len()
    }

    fn note(&mut self, sent: Result<Sent, String>, time: Duration) {
        match sent {
            Ok(sent) if sent.is_answered() => {
                self.answered.push(time);
                self.acknowledged.extend(sent.command.filter(|_| sent.status == 303).map(|(_, command)| command));
            }
            Ok(sent) if sent.status == 503 => {
                self.busy.push(time);
                self.busy_writes.extend(sent.command);
            }
            Ok(sent) => self.wrong(format!("answered {}", sent.status)),
            Err(why) => self.wrong(why),
        }
    }

    fn wrong(&mut self, why: String) {
        self.errors += 1;
        self.first_error.get_or_insert(why);
    }

    pub(crate) fn join(&mut self, other: Tally) {
        self.answered.extend(other.answered);
        self.busy.extend(other.busy);
        self.errors += other.errors;
        self.acknowledged.extend(other.acknowledged);
        self.busy_writes.extend(other.busy_writes);
        self.first_error = self.first_error.take().or(other.first_error);
    }

    pub(crate) fn print(&self, title: &str) {
        let all = self.answered.len() + self.busy.len() + usize::try_from(self.errors).unwrap_or(0);
        let rate = all as f64 / self.took.as_secs_f64().max(0.001);
        println!("{title}: {all} requests, {rate:.0} a second");
        println!("  answered {}{}", self.answered.len(), times(&self.answered));
        println!("  busy, form kept {}{}", self.busy.len(), times(&self.busy));
        let why = self.first_error.as_deref().map(|why| format!(" (the first: {why})")).unwrap_or_default();
        println!("  errors {}{why}", self.errors);
    }
}

/// How long answers took, in whole milliseconds.
fn times(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |permille: usize| {
        let place = (sorted.len() * permille / 1000).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(0, Duration::as_millis)
    };
    if sorted.is_empty() {
        return String::new();
    }
    let late = sorted.iter().filter(|time| **time > SECOND).count();
    let (median, p99, longest) = (at(500), at(990), at(1000));
    format!(": median {median} ms, p99 {p99} ms, longest {longest} ms, {late} later than a second")
}

/// One request on a connection of its own.
pub(super) async fn one(at: SocketAddr, desks: &[Desk], kind: Kind, number: u64) -> Result<Sent, String> {
    let mut client = Client::connect(at).await?;
    mix::send(&mut client, desks, kind, number).await
}

/// So many browsers, each asking when its last request was answered.
pub(super) async fn closed_loop(
    at: SocketAddr,
    desks: &Arc<Vec<Desk>>,
    browsers: usize,
    length: Duration,
) -> Result<Tally, String> {
    let (began, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let browser = || {
        let (desks, next) = (desks.clone(), next.clone());
        tokio::spawn(async move {
            let (mut tally, mut client) = (Tally::default(), None);
            while began.elapsed() < length {
                let asked = Instant::now();
                let sent = ask(&mut client, at, &desks, next.fetch_add(1, Relaxed)).await;
                tally.note(sent, asked.elapsed());
            }
            tally
        })
    };
    gather((0..browsers).map(|_| browser()).collect(), began).await
}

/// Requests by the clock: each is due at its time, and its time counts from then, whether a connection was free or not.
pub(super) async fn open_loop(
    at: SocketAddr,
    desks: &Arc<Vec<Desk>>,
    rate: f64,
    length: Duration,
) -> Result<Tally, String> {
    let (began, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let sender = || {
        let (desks, next) = (desks.clone(), next.clone());
        tokio::spawn(async move {
            let (mut tally, mut client) = (Tally::default(), None);
            loop {
                let number = next.fetch_add(1, Relaxed);
                let due = Duration::from_secs_f64(number as f64 / rate);
                if due >= length {
                    return tally;
                }
                tokio::time::sleep_until((began + due).into()).await;
                let sent = ask(&mut client, at, &desks, number).await;
                tally.note(sent, began.elapsed().saturating_sub(due));
            }
        })
    };
    gather((0..CONNECTIONS).map(|_| sender()).collect(), began).await
}

/// Asks on the connection that is open, or on a new one.
async fn ask(client: &mut Option<Client>, at: SocketAddr, desks: &[Desk], number: u64) -> Result<Sent, String> {
    let mut open = match client.take() {
        Some(open) => open,
        None => Client::connect(at).await?,
    };
    let sent = tokio::time::timeout(Duration::from_secs(30), mix::send(&mut open, desks, mix::kind(number), number));
    let sent = sent.await.map_err(|_| "no answer within 30 s".to_owned())??;
    *client = Some(open);
    Ok(sent)
}

async fn gather(tasks: Vec<tokio::task::JoinHandle<Tally>>, began: Instant) -> Result<Tally, String> {
    let mut all = Tally::default();
    for task in tasks {
        all.join(task.await.map_err(|why| why.to_string())?);
    }
    all.took = began.elapsed();
    Ok(all)
}
