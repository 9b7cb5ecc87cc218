//! Search while intakes run beside it.

use super::{Args, MEMBERS, five, one_intake};
use crate::{
    commands::{now, system},
    demo::Dice,
    packs::say,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use web::App;

/// Searches one after another while ten intakes a second run beside them.
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
    let scope = system();
    let (mut taken, mut hits) = (Vec::new(), 0usize);
    let mut dice = Dice::new(11);
    let until = Instant::now() + Duration::from_secs(args.seconds);
    while Instant::now() < until {
        let text = typed(&mut dice, app, args.persons);
        let began = Instant::now();
        let found = app.store.people(&scope).search(&linkage::query::parse(&text)).await.map_err(say)?;
        taken.push(began.elapsed());
        hits += usize::from(!found.is_empty());
    }
    stop.store(true, Ordering::Relaxed);
    paced.await.map_err(say)??;
    taken.sort();
    let at = |permille: usize| taken[(taken.len() * permille / 1000).min(taken.len() - 1)];
    println!(
        "search with 10 intakes a second beside it: {} searches, {} with a hit, median {:.1?}, p90 {:.1?}, p99 {:.1?}, worst {:.1?}",
        taken.len(),
        hits,
        at(500),
        at(900),
        at(990),
        at(999)
    );
    Ok(())
}

/// What a clerk types for somebody on file: a number, a phone, a name with father and village, by turns.
fn typed(dice: &mut Dice, app: &App, persons: u32) -> String {
    let number = u32::try_from(dice.between(0, i64::from(persons / MEMBERS as u32) - 1)).unwrap_or(0);
    let family = five(&mut Dice::new(u64::from(number) + 7), app, number);
    let member = dice.pick(&family.members);
    let digits = member.details.identities.first().map(|i| i.number.digits.clone());
    let phone = family.registered.phones.first().map(|p| p.number.clone());
    let village = family.registered.place.village.clone().unwrap_or_default();
    let name = format!(
        "{}, {}, {village}",
        member.details.given,
        member.details.father_or_husband.clone().unwrap_or_default()
    );
    match dice.between(0, 3) {
        0 => digits.unwrap_or(name),
        1 => phone.unwrap_or(name),
        _ => name,
    }
}
