//! The demo: two pilot centres, one account per role, and invented families at the pilot's scale.

mod accounts;
mod answers;
mod complaints;
mod days;
mod dice;
mod families;
mod lists;
mod sites;
mod twice;

use crate::{
    commands::{now, serve::Pages, system},
    packs::{self, Files},
};
use web::{App, app::Centre};

pub(crate) use dice::Dice;
pub(crate) use {
    answers::Asker,
    families::{Invented, invent},
};

/// How much is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Volume {
    /// Households registered.
    pub households: usize,
    /// Applications forwarded.
    pub applications: usize,
    /// Of them disability certificates handed over.
    pub certificates: usize,
    /// Families that came to the other centre too, under another spelling; beside the households above.
    pub twice: usize,
}

impl Volume {
    /// What the two pilot centres reached in ten months of 2019 (GIZ, One-Window Operations, 2020).
    pub(crate) const PILOT: Volume = Volume { households: 3_000, applications: 1_900, certificates: 427, twice: 40 };
    /// Enough for a look and for the browser stories.
    pub(crate) const SMALL: Volume = Volume { households: 30, applications: 19, certificates: 4, twice: 4 };
}

/// Ten months.
const DAYS: i64 = 305;

/// The two pilot centres.
pub(crate) fn centres() -> Vec<Centre> {
    let centre = |id: &str, phone: &str| Centre { id: id.into(), district: id.into(), phone: phone.to_owned() };
    vec![centre("nowshera", "0923 000 000"), centre("lower-dir", "0945 000 000")]
}

/// Fills a fresh demo database.
pub(crate) async fn seed(app: &App, files: &Files, volume: Volume) -> Result<(), String> {
    eprintln!("Making {} invented families; this is done once.", volume.households);
    let start = now() - chrono::Duration::days(DAYS);
    packs::publish(&app.store, &system(), files, &app.pack, start).await?;
    accounts::appoint(&app.store, start).await?;
    sites::add(app, start).await?;
    let mut months = days::Months::new(app, volume);
    let first = web::app::local_day(start + chrono::Duration::days(1));
    let last = days::yesterday(app.today());
    months.play(first, last).await?;
    let known = months.known();
    // Lists first: of somebody registered twice nobody can say whom a row means.
    lists::import(app, known, last).await?;
    twice::come(app, known, last).await?;
    let (families, applications, certificates) = months.made();
    eprintln!("{families} families, {applications} applications forwarded, {certificates} disability certificates;");
    eprintln!("{} of them came to both centres, and four lists were imported.", known.len());
    Ok(())
}

/// What the terminal says when the demo is up.
pub(crate) fn welcome(pages: &Pages) -> String {
    format!(
        "Officers: http://{}\nPublic:   http://{}\n\nWho can sign in (password for all: {}):\n{}",
        pages.office,
        pages.public,
        accounts::PASSWORD,
        accounts::list()
    )
}
