//! Search, and the duplicate check of the registration form, while intakes run beside them.

use super::{
    Args, MEMBERS,
    namesakes::{CROWD, Namesakes},
    one_intake, people, queries,
};
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
    let namesakes = Namesakes::of_registry(app, args.persons / MEMBERS as u32);
    println!("with 10 intakes a second beside them, seed {seed}:");
    let mut dice = Dice::new(seed);
    let found = search(app, args, &namesakes, &mut dice).await;
    let checked = duplicates(app, args, &mut dice).await;
    stop.store(true, Ordering::Relaxed);
    paced.await.map_err(say)??;
    found.and(checked)
}

/// Each way of asking by turns, with the officer's district as the page sets it.
async fn search(app: &App, args: &Args, namesakes: &Namesakes, dice: &mut Dice) -> Result<(), String> {
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
            let crowd = namesakes.of(&known, asked.at, asked.telling) >= CROWD;
            tally.crowds += usize::from(crowd);
            if !tally.note(began.elapsed(), &hits, asked.person) {
                tally.in_crowd += usize::from(crowd);
                tally.misses.push(missed(&asked, &hits));
            }
        }
    }
    for (way, tally) in queries::WAYS.iter().zip(&ways) {
        println!("  {}", tally.line(way));
        tally.misses.iter().take(args.misses).for_each(|miss| println!("{miss}"));
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
    /// Searches that five others on file answer to as well, and how many of them missed.
    crowds: usize,
    in_crowd: usize,
    misses: Vec<String>,
}

impl Tally {
    /// Whether the right person stood among the first five.
    fn note(&mut self, taken: Duration, hits: &[Hit], wanted: PersonId) -> bool {
        self.taken.push(taken);
        let right = hits.iter().take(5).any(|hit| is_same(hit.person, wanted));
        self.right += usize::from(right);
        right
    }

    fn and(mut self, other: Tally) -> Tally {
        self.taken.extend(other.taken);
        Tally {
            right: self.right + other.right,
            crowds: self.crowds + other.crowds,
            in_crowd: self.in_crowd + other.in_crowd,
            ..self
        }
    }

    fn line(&self, what: &str) -> String {
        let mut taken = self.taken.clone();
        taken.sort();
        let count = taken.len();
        let at = |permille: usize| taken.get(count * permille / 1000).copied().unwrap_or_default();
        format!(
            "{what}: {count}, the right person among the first five in {:.3} ({} of {} misses are searches that {CROWD} others answer to), median {:.1?}, p90 {:.1?}, p99 {:.1?}, p99.9 {:.1?}",
            self.right as f64 / count.max(1) as f64,
            self.in_crowd,
            count - self.right,
            at(500),
            at(900),
            at(990),
            at(999)
        )
    }
}

/// A search that went wrong, as text: what was typed, who was meant, and who stood there instead.
fn missed(asked: &queries::Asked, hits: &[Hit]) -> String {
    let file = &asked.on_file;
    let at = hits.iter().position(|hit| is_same(hit.person, asked.person));
    let place = at.map_or("not among the hits".to_owned(), |at| format!("place {}", at + 1));
    let line = |hit: &Hit| {
        let (card, text) = (&hit.card, |field: &Option<String>| field.clone().unwrap_or_default());
        let why: Vec<_> = hit.found.why.iter().map(|why| why.code()).collect();
        format!(
            "\n        {} {} / {} / {} / {:?} ({})",
            hit.found.score,
            card.given,
            text(&card.father_or_husband),
            text(&card.village),
            card.birth_year,
            why.join(", ")
        )
    };
    let five: String =
        hits.iter().enumerate().filter(|(n, _)| *n < 5 || Some(*n) == at).map(|(_, hit)| line(hit)).collect();
    format!(
        "    {:?} meant {} / {} / {} / {:?}: {place} of {}{five}",
        asked.typed,
        file.given,
        file.father,
        file.village,
        file.year,
        hits.len()
    )
}

/// Persons made at different runs: a key begins with the time of its making, the throws come after it.
fn is_same(left: PersonId, right: PersonId) -> bool {
    left.0.as_bytes()[6..] == right.0.as_bytes()[6..]
}
