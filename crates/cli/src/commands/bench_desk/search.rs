//! Search, and the duplicate check of the registration form, while intakes run beside them.

use super::{Args, MEMBERS, one_intake, people, queries};
use crate::{
    commands::{now, system},
    demo::Dice,
    packs::say,
};
use domain::ids::PersonId;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use store::people::Hit;
use web::App;

/// Searches, then duplicate checks, one after another, while ten intakes a second run beside them.
pub(super) async fn measure(app: &App, args: &Args, tokens: &Arc<AtomicU32>) -> Result<(), String> {
    let stop = Arc::new(AtomicBool::new(false));
    let paced = {
        let (app, stop, tokens) = (app.clone(), stop.clone(), tokens.clone());
        tokio::spawn(async move {
            let mut dice = Dice::new(now().timestamp_micros() as u64);
            let mut every = tokio::time::interval(Duration::from_millis(100));
            while !stop.load(Ordering::Relaxed) {
                every.tick().await;
                one_intake(&app, &mut dice, tokens.fetch_add(1, Ordering::Relaxed)).await?;
            }
            Ok::<(), String>(())
        })
    };
    let seed = 11;
    println!("with 10 intakes a second beside them, seed {seed}:");
    let mut dice = Dice::new(seed);
    let found = search(app, args, &mut dice).await;
    let checked = duplicates(app, args, &mut dice).await;
    stop.store(true, Ordering::Relaxed);
    paced.await.map_err(say)??;
    found.and(checked)
}

/// Each way of asking by turns, with the officer's district as the page sets it.
async fn search(app: &App, args: &Args, dice: &mut Dice) -> Result<(), String> {
    let scope = system();
    let mut ways: Vec<Tally> = queries::WAYS.iter().map(|_| Tally::default()).collect();
    let until = Instant::now() + Duration::from_secs(args.seconds);
    while Instant::now() < until {
        for (way, tally) in queries::WAYS.iter().zip(&mut ways) {
            let known = someone(app, args, dice);
            let asked = queries::ask(&known, way, dice);
            let began = Instant::now();
            let mut query = linkage::query::parse(&asked.typed);
            query.district = Some(known.family.registered.place.district.0.clone());
            let hits = app.store.people(&scope).search(&query).await.map_err(say)?;
            tally.note(began.elapsed(), &hits, asked.person);
        }
    }
    for (way, tally) in queries::WAYS.iter().zip(&ways) {
        println!("  {}", tally.line(way));
    }
    println!("search: {}", ways.into_iter().fold(Tally::default(), Tally::and).line("all of them"));
    Ok(())
}

/// A member of a family on file, about to be registered once more: other spellings, no number, the phone half the time.
async fn duplicates(app: &App, args: &Args, dice: &mut Dice) -> Result<(), String> {
    let scope = system();
    let mut tally = Tally::default();
    let until = Instant::now() + Duration::from_secs(args.seconds);
    while Instant::now() < until {
        let known = someone(app, args, dice);
        let typed = queries::register_again(&known, dice);
        let phones: Vec<&str> = typed.phone.iter().map(String::as_str).collect();
        let person = linkage::PersonForKeys {
            given: &typed.given,
            father_or_husband: Some(&typed.father),
            village: Some(&typed.village),
            district: Some(&known.family.registered.place.district.0),
            birth_year: typed.birth_year,
            numbers: &[],
            phones: &phones,
        };
        let began = Instant::now();
        let hits = app.store.people(&scope).similar(&person).await.map_err(say)?;
        tally.note(began.elapsed(), &hits, typed.person);
    }
    println!("duplicate check while registering: {}", tally.line("another spelling, no number"));
    Ok(())
}

fn someone(app: &App, args: &Args, dice: &mut Dice) -> people::Known {
    let families = i64::from(args.persons / MEMBERS as u32);
    people::known(app, u32::try_from(dice.between(0, families - 1)).unwrap_or(0))
}

/// How long searches took, and how often the right person stood among the first five.
#[derive(Default)]
struct Tally {
    taken: Vec<Duration>,
    right: usize,
}

impl Tally {
    fn note(&mut self, taken: Duration, hits: &[Hit], wanted: PersonId) {
        self.taken.push(taken);
        self.right += usize::from(hits.iter().take(5).any(|hit| is_same(hit.person, wanted)));
    }

    fn and(mut self, other: Tally) -> Tally {
        self.taken.extend(other.taken);
        Tally { right: self.right + other.right, ..self }
    }

    fn line(&self, what: &str) -> String {
        let mut taken = self.taken.clone();
        taken.sort();
        let count = taken.len();
        let at = |permille: usize| taken.get(count * permille / 1000).copied().unwrap_or_default();
        format!(
            "{what}: {count}, the right person among the first five in {:.3}, median {:.1?}, p90 {:.1?}, p99 {:.1?}, p99.9 {:.1?}",
            self.right as f64 / count.max(1) as f64,
            at(500),
            at(900),
            at(990),
            at(999)
        )
    }
}

/// Persons made at different runs: a key begins with the time of its making, the throws come after it.
fn is_same(left: PersonId, right: PersonId) -> bool {
    left.0.as_bytes()[6..] == right.0.as_bytes()[6..]
}
