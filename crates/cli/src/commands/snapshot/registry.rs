//! `onewindow snapshot --registry`: our own households as columns, each as the desk would screen it on a day.

use super::Args;
use crate::{
    Outcome,
    commands::{system, tables::Bar},
    packs,
};
use batch::{
    registry::{Columns, Taken},
    snapshot::Making,
};
use domain::{Date, people::Household, programmes::DistrictId};
use rules::{Pack, pack::fact::Sensitivity};
use std::{collections::BTreeSet, path::Path, process::ExitCode};
use web::eligibility::family::family;

pub(super) async fn run(args: &Args, out: &Path) -> Outcome {
    let (_, pack) = packs::load(&args.policy)?;
    let day = args.tables.day.unwrap_or_else(|| web::Clock::System.today());
    known_and_protected(&pack, &args.protected)?;
    let columns = Columns::new(&pack, &args.protected, day);
    let protected: BTreeSet<String> = args.protected.iter().cloned().collect();
    let mut making = Making::for_day(out, columns.layout().clone(), day, pack.hash()).map_err(packs::say)?;
    let (store, scope) = (args.database.open().await?, system());
    let people = store.people(&scope);
    let bar = Bar::new();
    let (mut taken, mut refused) = (0u64, 0);
    for district in in_order(people.districts().await.map_err(packs::say)?, columns.districts()) {
        let mut after = None;
        loop {
            let page = people.extract(&district, after, &protected).await.map_err(packs::say)?;
            let families: Vec<Taken> = page.households.iter().map(|household| one(household, day)).collect();
            if !families.is_empty() {
                making.add(&columns.chunk(&families)).map_err(packs::say)?;
            }
            taken += families.len() as u64;
            refused += page.refused;
            bar.draw(taken, None);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    bar.end();
    let made = making.finish().map_err(packs::say)?;
    store.close().await;
    println!("{}: {} households, {} persons, as on {day}.", out.display(), made.households, made.persons);
    if refused > 0 {
        println!("{refused} families do not agree that what they said is kept; they are not in it.");
    }
    Ok(ExitCode::SUCCESS)
}

fn one(household: &Household, day: Date) -> Taken {
    let district = household.place.district.0.clone();
    Taken { id: household.id.to_string(), district, family: family(household, day) }
}

/// Districts as a snapshot takes them: in the policy's order, those it does not know at the end.
fn in_order(mut districts: Vec<DistrictId>, known: &[String]) -> Vec<DistrictId> {
    districts.sort_by_key(|district| known.iter().position(|one| *one == district.0).unwrap_or(usize::MAX));
    districts
}

/// A fact named as protected is one; a slip of the pen is not passed over.
fn known_and_protected(pack: &Pack, named: &[String]) -> Result<(), String> {
    let protected = || pack.facts().iter().filter(|fact| fact.sensitivity == Sensitivity::Protected);
    for id in named {
        if !protected().any(|fact| *fact.id == **id) {
            let near = rules::did_you_mean(id, protected().map(|fact| &*fact.id)).unwrap_or_default();
            return Err(format!("The policy has no protected fact `{id}`. {near}"));
        }
    }
    Ok(())
}
