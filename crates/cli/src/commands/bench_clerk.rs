//! The part of `onewindow bench-desk` that measures a full intake as a clerk does it: every page is opened and every form
//! sent, through the officers' router with its sessions, scopes and form tokens, without a network between.
//!
//! An answer that is neither a page nor the redirect that was due stops the measurement, so it is a check of the whole
//! desk too.

mod browser;
pub(crate) mod form;
mod walk;

use super::{now, officer::appoint, system};
use crate::{demo::Dice, packs::say};
use browser::{Browser, Taken};
use domain::access::{Posting, Role};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use walk::Clerk;
use web::{App, app::Centre};

/// What the clerks did.
#[derive(Default)]
struct Tally {
    intakes: usize,
    applications: usize,
    taken: Vec<Taken>,
}

/// A centre for each clerk, all in one district: at a centre one counter issues the tokens, one after another.
pub(super) fn centres(clerks: usize, district: &str) -> Vec<Centre> {
    let one = |n| Centre { id: login(n).as_str().into(), district: district.into(), phone: "0923 000 000".to_owned() };
    (0..clerks).map(one).collect()
}

fn login(n: usize) -> String {
    format!("bench-{n}")
}

/// Runs the clerks side by side for so many seconds, each to the end of the intake under way, and prints what they did.
pub(super) async fn measure(app: &App, seconds: u64, clerks: usize) -> Result<(), String> {
    let mut ready = Vec::new();
    for n in 0..clerks {
        ready.push(clerk(app, n).await?);
    }
    let (stop, started) = (Arc::new(AtomicBool::new(false)), Instant::now());
    let until = started + Duration::from_secs(seconds);
    let tasks: Vec<_> = ready.into_iter().map(|clerk| tokio::spawn(serve(clerk, stop.clone(), until))).collect();
    let mut all = Tally::default();
    for task in tasks {
        let one = task.await.map_err(say)??;
        all.intakes += one.intakes;
        all.applications += one.applications;
        all.taken.extend(one.taken);
    }
    print(all, started.elapsed());
    Ok(())
}

/// A clerk at a desk of their own, signed in.
async fn clerk(app: &App, n: usize) -> Result<Clerk, String> {
    // Of this run alone: nobody else needs it, and it stands nowhere.
    let password = format!("{:032x}", rand::random::<u128>());
    let login = appointed(app, n, &password).await?;
    let dice = Dice::new(now().timestamp_micros() as u64 ^ (n as u64) << 56);
    let browser = Browser::new(web::office(app.clone()));
    let mut clerk = Clerk { app: app.clone(), browser, dice, visits: Vec::new() };
    clerk.sign_in(&login, &password).await?;
    clerk.browser.taken.clear();
    Ok(clerk)
}

/// So many families as this clerk takes them in; the addresses of their visits.
pub(super) async fn take_in(app: &App, n: usize, families: usize) -> Result<Vec<String>, String> {
    let mut clerk = clerk(app, n).await?;
    for _ in 0..families {
        clerk.intake().await?;
    }
    Ok(clerk.visits)
}

/// Gives a clerk of the measurement this password; the sign-in name.
pub(super) async fn appointed(app: &App, n: usize, password: &str) -> Result<String, String> {
    let (login, district) = (login(n), app.config.centres[0].district.clone());
    match app.store.officers(&system()).by_login(&login).await.map_err(say)? {
        Some(officer) => app.store.keep_password(officer.id, password, false).await.map_err(say)?,
        None => {
            let posting = Posting { centre: Some(login.as_str().into()), district: Some(district), operator: None };
            let roles = vec![Role::RegistrationClerk];
            appoint(&app.store, &login, &login, roles, posting, password, false, now()).await?;
        }
    }
    Ok(login)
}

/// One family after another until the time is over, or until another clerk's page went wrong.
async fn serve(mut clerk: Clerk, stop: Arc<AtomicBool>, until: Instant) -> Result<Tally, String> {
    let mut tally = Tally::default();
    while Instant::now() < until && !stop.load(Ordering::Relaxed) {
        match clerk.intake().await {
            Ok(made) => tally.applications += made,
            Err(sentence) => {
                stop.store(true, Ordering::Relaxed);
                return Err(sentence);
            }
        }
        tally.intakes += 1;
    }
    tally.taken = clerk.browser.taken;
    Ok(tally)
}

fn print(all: Tally, elapsed: Duration) {
    let (seconds, intakes) = (elapsed.as_secs_f64(), all.intakes.max(1) as f64);
    println!(
        "full intake as a clerk does it (every page and POST counted): {:.1} per second ({} in {seconds:.1} s, {:.2} applications each)",
        all.intakes as f64 / seconds,
        all.intakes,
        all.applications as f64 / intakes
    );
    let posts = all.taken.iter().filter(|one| one.what.starts_with("POST")).count();
    let gets = all.taken.len() - posts;
    let mut every: Vec<Duration> = all.taken.iter().map(|one| one.time).collect();
    every.sort();
    println!(
        "  {:.1} requests each (GET {:.1}, POST {:.1}), median {:.1?}, p99 {:.1?} per request",
        all.taken.len() as f64 / intakes,
        gets as f64 / intakes,
        posts as f64 / intakes,
        at(&every, 500),
        at(&every, 990)
    );
    println!("  slowest by median: {}", slowest(&all.taken).join("; "));
}

/// The three kinds of request that take longest.
fn slowest(taken: &[Taken]) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    taken.iter().for_each(|one| kinds.entry(&one.what).or_default().push(one.time));
    kinds.values_mut().for_each(|times| times.sort());
    let mut medians: Vec<(Duration, &str)> = kinds.iter().map(|(what, times)| (at(times, 500), *what)).collect();
    medians.sort();
    medians.iter().rev().take(3).map(|(median, what)| format!("{what} {median:.1?}")).collect()
}

/// The value below which so many of a thousand lie; the times are sorted.
fn at(sorted: &[Duration], permille: usize) -> Duration {
    let place = (sorted.len() * permille / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}
