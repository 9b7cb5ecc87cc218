//! `onewindow soak`: a steady mixed load for some minutes; memory and files every minute, and how steeply they rise.

use super::{Place, fire, size};
use crate::Outcome;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Place,
    /// How long.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// Requests a second at the officers' pages.
    #[arg(long, default_value_t = 40.0)]
    rate: f64,
}

/// What was seen at a minute's end, in bytes.
struct Minute {
    memory: u64,
    database: u64,
    log: u64,
}

/// Public pages asked for beside the desks.
const PUBLIC: [&str; 5] = ["/", "/programmes", "/help/husband-died", "/find?q=bewah", "/check"];

pub(crate) async fn run(args: Args) -> Outcome {
    let office = args.place.open().await?;
    let mut minutes: Vec<Minute> = Vec::new();
    let mut all = fire::Tally::default();
    println!("minute  memory kB  database kB  log kB");
    for minute in 1..=args.minutes {
        let length = Duration::from_secs(60);
        let public = tokio::spawn(visitors(office.server.public, Instant::now() + length));
        all.join(fire::open_loop(office.server.office, &office.desks, args.rate, length).await?);
        public.await.map_err(|why| why.to_string())??;
        let seen = look(&args, &office);
        println!("{minute:>6}  {:>9}  {:>11}  {:>6}", seen.memory / 1024, seen.database / 1024, seen.log / 1024);
        minutes.push(seen);
    }
    all.took = Duration::from_secs(args.minutes * 60);
    all.print("asked");
    println!("{}", verdict(&minutes));
    let super::Office { database, server, .. } = office;
    server.stop()?;
    super::count(&database, &[&all], &[]).await
}

/// A few visitors of the public pages, ten pages a second.
async fn visitors(at: std::net::SocketAddr, until: Instant) -> Result<(), String> {
    let mut number = 0;
    let mut client = crate::commands::bench_portal::client::Client::connect(at).await?;
    while Instant::now() < until {
        client.get(PUBLIC[number % PUBLIC.len()], &[]).await?;
        number += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

fn look(args: &Args, office: &super::Office) -> Minute {
    let file = args.place.database().db.strip_prefix("sqlite:").map(PathBuf::from);
    let log = file.as_ref().map(|file| PathBuf::from(format!("{}-wal", file.display())));
    let of = |path: &Option<PathBuf>| path.as_ref().map_or(0, |path| size(path));
    Minute { memory: office.server.memory().unwrap_or(0), database: of(&file), log: of(&log) }
}

/// What memory and log did over the second half: the first half warms caches up.
fn verdict(minutes: &[Minute]) -> String {
    let half = &minutes[minutes.len() / 2..];
    let memory: Vec<f64> = half.iter().map(|minute| minute.memory as f64).collect();
    let log = half.iter().map(|minute| minute.log).max().unwrap_or(0);
    let (slope, mean) = (slope(&memory), memory.iter().sum::<f64>() / memory.len().max(1) as f64);
    let an_hour = slope * 60.0;
    let word = if an_hour.abs() < mean * 0.05 { "bounded" } else { "NOT shown to be bounded" };
    format!(
        "memory over the second half: {:+.0} kB a minute ({:+.1} % an hour): {word}; longest write-ahead log {} kB",
        slope / 1024.0,
        an_hour / mean * 100.0,
        log / 1024
    )
}

/// The slope of the line with the least squares through values one apart.
fn slope(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let (middle, mean) = ((count - 1.0) / 2.0, values.iter().sum::<f64>() / count.max(1.0));
    let (mut above, mut below) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        above += (at as f64 - middle) * (value - mean);
        below += (at as f64 - middle).powi(2);
    }
    if below == 0.0 { 0.0 } else { above / below }
}

#[cfg(test)]
mod tests {
    use super::{Minute, slope, verdict};

    #[test]
    fn a_line_that_rises_is_seen_and_one_that_rests_is_bounded() {
        assert_eq!(slope(&[1.0, 3.0, 5.0]), 2.0);
        assert_eq!(slope(&[4.0]), 0.0);
        let minutes = |step: u64| -> Vec<Minute> {
            (0..20).map(|n| Minute { memory: 100_000_000 + n * step, database: 0, log: 0 }).collect()
        };
        assert!(verdict(&minutes(0)).contains("bounded") && !verdict(&minutes(0)).contains("NOT"));
        assert!(verdict(&minutes(1_000_000)).contains("NOT"));
    }
}
