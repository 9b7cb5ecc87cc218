//! Four invented lists of other offices, so that files show what is received, and overlaps are there to look at.

use super::{days, dice::Dice, families::Invented, families::invent};
use crate::{commands::system, packs::say};
use batch::lists::ListFile;
use domain::{
    Date,
    ids::ImportId,
    money::Paisa,
    payments::{Period, Purpose},
    people::{ImportState, Member},
    programmes::CentreId,
};
use std::{fmt::Write, time::Duration};
use web::{
    App, Clock,
    people::imports::{new::plan_of, work::Worker},
};

/// One list: who keeps it, what it is called, whose beneficiaries it names, what they receive.
struct List {
    source: &'static str,
    title: &'static str,
    programme: Option<&'static str>,
    purpose: Purpose,
    rupees: i64,
    per: Period,
    /// Every so many of the known families stand on it.
    every: usize,
    /// People nobody registered, for each of them.
    strangers: usize,
}

const LISTS: [List; 4] = [
    List {
        source: "Khair Foundation Nowshera (invented)",
        title: "Monthly support 2026",
        programme: None,
        purpose: Purpose::Cash,
        rupees: 3_000,
        per: Period::Month,
        every: 1,
        strangers: 2,
    },
    List {
        source: "Alkhidmat Nowshera (invented list)",
        title: "Orphan families 2026",
        programme: Some("alkhidmat-orphan-family-support"),
        purpose: Purpose::Cash,
        rupees: 5_000,
        per: Period::Month,
        every: 2,
        strangers: 0,
    },
    List {
        source: "Bait-ul-Mal Nowshera (invented list)",
        title: "Education assistance 2026",
        programme: Some("pbm-ifa-education"),
        purpose: Purpose::Education,
        rupees: 40_000,
        per: Period::Year,
        every: 2,
        strangers: 1,
    },
    List {
        source: "Sweet Home Nowshera (invented list)",
        title: "Children of the home 2026",
        programme: Some("pbm-sweet-homes"),
        purpose: Purpose::Housing,
        rupees: 60_000,
        per: Period::Year,
        every: 4,
        strangers: 0,
    },
];

/// Imports every list, as the provincial unit would.
pub(super) async fn import(app: &App, known: &[Invented], day: Date) -> Result<(), String> {
    let mut dice = Dice::new(2021);
    for list in &LISTS {
        let centre = app.config.centres[0].id.clone();
        take(app, list, written(list, known, &centre, &mut dice, day), day).await?;
    }
    Ok(())
}

/// The list as its keeper writes it: some numbers are missing, one name too, and one row stands there twice.
fn written(list: &List, known: &[Invented], centre: &CentreId, dice: &mut Dice, day: Date) -> String {
    let mut rows = Vec::new();
    for family in known.iter().step_by(list.every) {
        let strangers =
            (0..list.strangers).map(|_| invent(dice, centre, days::at(day, 9, 0), day, false)).collect::<Vec<_>>();
        for one in std::iter::once(family).chain(&strangers) {
            let Some(head) = one.members.first() else { continue };
            rows.push(row(head, one, list.rupees, dice.percent(80)));
        }
    }
    rows.extend(rows.first().cloned());
    rows.push(format!(",,,,,,{}", list.rupees));
    let mut text = "S.No,Name,Father/Husband Name,CNIC No,Mobile No,Village,Date of Birth,Amount (Rs)\n".to_owned();
    for (number, row) in (1..).zip(rows) {
        // Writing to a text never fails.
        let _ = writeln!(text, "{number},{row}");
    }
    text
}

fn row(head: &Member, family: &Invented, rupees: i64, numbered: bool) -> String {
    let details = &head.details;
    let number = details.identities.first().filter(|_| numbered).map(|identity| identity.number.to_string());
    let phone = family.registered.phones.first().map(|phone| phone.number.clone());
    let birth = details.birth.map(|birth| birth.year().to_string());
    let cells = [
        Some(details.given.clone()),
        details.father_or_husband.clone(),
        number,
        phone,
        family.registered.place.village.clone(),
        birth,
        Some(rupees.to_string()),
    ];
    cells.map(Option::unwrap_or_default).join(",")
}

async fn take(app: &App, list: &List, text: String, day: Date) -> Result<(), String> {
    let (store, scope) = (&app.store, system());
    let address = store.blobs().put(text.into_bytes()).await.map_err(say)?;
    let path = store.blobs().file(&address).ok_or("The list was not kept.")?;
    let file = ListFile::open(&path).map_err(say)?;
    let mut plan = plan_of(list.source.to_owned(), address, format!("{}.csv", list.title), &file, None, day);
    let head = &mut plan.list;
    head.title = list.title.to_owned();
    head.district = Some(app.config.centres[0].district.clone());
    if let Some(id) = list.programme {
        let open = app.pack.programme(id).filter(|programme| !programme.protected());
        let programme = open.ok_or_else(|| format!("The pack has no programme {id} whose lists may be imported."))?;
        head.programme = Some(programme.id.as_str().into());
        head.operator = Some(programme.operator.as_str().into());
    }
    head.gives.purpose = list.purpose;
    head.gives.amount = Some(Paisa(list.rupees.saturating_mul(100)));
    head.gives.per = Some(list.per);
    let (lists, id) = (store.lists(&scope), ImportId(uuid::Uuid::now_v7()));
    // The hour at which the same families come to the other centre: the journal's time does not go back.
    let at = days::at(day, 12, 0);
    lists.note(id, 0, plan, at).await.map_err(say)?;
    let worker = Worker::new(store.clone(), app.pack.clone(), Clock::Fixed(at), system());
    loop {
        if !worker.step().await.map_err(say)? {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let import = lists.import(id).await.map_err(say)?.ok_or("The import is gone.")?;
        if import.state != ImportState::Running {
            return Ok(());
        }
        if let Some(fault) = lists.job(id).await.map_err(say)?.and_then(|job| job.fault) {
            return Err(format!("The demo's list \"{}\" cannot be read: {fault}.", list.title));
        }
    }
}
