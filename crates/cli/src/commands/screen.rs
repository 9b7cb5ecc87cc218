//! `onewindow screen household.json`: every verdict with reasons, in the terminal.

use crate::{
    Outcome,
    packs::{self, say},
};
use domain::{Date, language::Lang};
use rules::{Family, Pack, Screening, Verdict};
use std::{io::Write, path::PathBuf, process::ExitCode};
use web::text::T;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The household, written plainly: see docs/guide/screening.md.
    household: PathBuf,
    /// The pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
    /// The language of the reasons: en, ur or ps.
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// The day to screen for; today when it is not given.
    #[arg(long)]
    on: Option<Date>,
    /// Everything the rules say, as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args) -> Outcome {
    let (_, pack) = packs::load(&args.pack)?;
    let on = args.on.unwrap_or_else(|| web::Clock::System.today());
    let text = std::fs::read_to_string(&args.household)
        .map_err(|error| format!("{} cannot be read: {error}.", args.household.display()))?;
    let plain: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{} is not JSON: {error}.", args.household.display()))?;
    let family = Family::from_plain(&pack, &plain, on).map_err(|wrong| wrong.join("\n"))?;
    let screening = rules::screen(&pack, &family, on);
    if args.json {
        println!("{}", serde_json::to_string_pretty(&screening).map_err(say)?);
    } else {
        print(&pack, &family, &screening, T(args.lang));
    }
    Ok(ExitCode::SUCCESS)
}

fn print(pack: &Pack, family: &Family, screening: &Screening, t: T) {
    let mut verdicts: Vec<&Verdict> = screening.verdicts.iter().collect();
    verdicts.sort_by_key(|verdict| verdict.outcome);
    let mut out = String::new();
    for verdict in verdicts {
        let Some(programme) = pack.programme(&verdict.programme) else { continue };
        let (_, _, code) = web::eligibility::panel::look(verdict.outcome);
        out.push_str(&format!("{}: {}\n", t.pack(&programme.name.words), t.code("outcome", code)));
        for line in web::eligibility::reasons::lines(pack, family, verdict, t) {
            out.push_str(&format!("    {line}\n"));
        }
    }
    if t.0 == Lang::En {
        // One direction needs no isolation marks, and terminals show them as boxes.
        out.retain(|c| !matches!(c, '\u{2068}' | '\u{2069}'));
    }
    // A reader that stops early, such as `head`, is no failure.
    drop(std::io::stdout().write_all(out.as_bytes()));
}
