//! `onewindow score check`: a score card against a survey that knows what families consume.

mod print;

use super::tables::{Bar, Tables};
use crate::{
    Outcome, packs,
    pages::{self, names::Names},
};
use batch::{
    disclosure::Readers,
    report,
    survey::{self, Ask, Checked, Line},
};
use domain::{Date, language::Lang, money::Paisa};
use rules::Pack;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use web::text::T;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Whom each cut-off of a score would miss and whom it would reach without need.
    Check(Args),
}

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the policy that has the score.
    #[arg(long, default_value = "programmes/pk")]
    policy: PathBuf,
    /// The score.
    #[arg(long)]
    score: String,
    #[command(flatten)]
    tables: Tables,
    /// A snapshot of the survey instead of tables.
    #[arg(long, conflicts_with_all = ["households", "mapping"])]
    snapshot: Option<PathBuf>,
    /// Poor is whoever consumes less than so many rupees in a month.
    #[arg(long, value_name = "RUPEES", required_unless_present = "poorest", conflicts_with = "poorest")]
    line: Option<String>,
    /// Poor are the poorest so many percent of the people.
    #[arg(long, value_name = "PERCENT")]
    poorest: Option<String>,
    /// A cut-off to show by group; the one at which as many are reached as are poor when none is given.
    #[arg(long = "cut-off")]
    cut_offs: Vec<String>,
    /// The day of the score's ages; the day of the data when it is not given.
    #[arg(long)]
    on: Option<Date>,
    /// Facts to count by beside the district: household.x, person.x (any member) or head.x.
    #[arg(long = "by", default_values = ["head.sex", "person.has_disability_certificate"])]
    by: Vec<String>,
    /// Also write errors.csv, score.json and one page (report.html) into this new folder.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Write everything, also what rests on fewer than five households. Such a folder stays inside the centre.
    #[arg(long, requires = "out")]
    inside: bool,
    /// The language of the page and of names: en, ur or ps.
    #[arg(long, default_value = "en")]
    lang: Lang,
}

pub(crate) fn run(Command::Check(args): Command) -> Outcome {
    let (_, pack) = packs::load(&args.policy)?;
    let digits = pack.score(&args.score).map_or(0, |score| score.digits);
    let cut_offs: Vec<i64> =
        args.cut_offs.iter().map(|text| number(text, digits, "cut-off", "16.17")).collect::<Result<_, _>>()?;
    let ask = Ask {
        pack: &pack,
        score: &args.score,
        at: args.on,
        line: line(&args)?,
        cut_offs: &cut_offs,
        by: &args.by,
        threads: args.tables.threads(),
    };
    let bar = Bar::new();
    let checked = checked(&args, &pack, &ask, &bar);
    bar.end();
    let checked = checked?;
    let packs = [&pack];
    let names = Names { t: T(args.lang), packs: &packs };
    print::checked(&checked, &names);
    if let Some(folder) = &args.out {
        write(&checked, &names, folder, if args.inside { Readers::Inside } else { Readers::Anybody })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn checked(args: &Args, pack: &Pack, ask: &Ask, bar: &Bar) -> Result<Checked, String> {
    let progress = |done, all| bar.draw(done, all);
    if let Some(folder) = &args.snapshot {
        let snapshot = batch::snapshot::open(folder).map_err(packs::say)?;
        return survey::snapshot(&snapshot, ask, &progress).map_err(packs::say);
    }
    let (Some(households), Some(persons)) = (&args.tables.households, &args.tables.persons) else {
        return Err("Give --households and --persons, or --snapshot.".into());
    };
    let mapping = args.tables.mapping(pack)?;
    let asked = args.tables.asked(pack, &mapping);
    survey::files(households, persons, &asked, ask, &std::env::temp_dir(), &progress).map_err(packs::say)
}

fn write(checked: &Checked, names: &Names, folder: &Path, readers: Readers) -> Result<(), String> {
    let files = [
        ("errors.csv".to_owned(), survey::report::csv(checked, readers).map_err(packs::say)?),
        ("score.json".to_owned(), survey::report::json(checked, readers)),
        ("report.html".to_owned(), pages::score::page(checked, names, readers)),
    ];
    report::folder(folder, &files).map_err(packs::say)?;
    println!("Written: {}", folder.display());
    Ok(())
}

fn line(args: &Args) -> Result<Line, String> {
    if let Some(rupees) = &args.line {
        let paisa = number(&rupees.replace(',', ""), 2, "poverty line", "3757.85")?;
        return Ok(Line::Below(Paisa(paisa)));
    }
    let text = args.poorest.as_deref().unwrap_or_default();
    let share = number(text, 2, "share of the people", "20")?;
    match u32::try_from(share) {
        Ok(share @ 1..=10_000) => Ok(Line::Poorest(share)),
        _ => Err(format!("`{text}` is no share of the people. Give a percentage above 0, up to 100.")),
    }
}

/// A number of at most so many decimals, times ten to that.
fn number(text: &str, digits: u8, what: &str, example: &str) -> Result<i64, String> {
    let read = || {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let sound = !whole.is_empty() && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
        let fits = part.len() <= usize::from(digits);
        let padded = format!("{whole}{part:0<width$}", width = usize::from(digits));
        (sound && fits).then(|| padded.parse().ok()).flatten()
    };
    read().ok_or_else(|| format!("`{text}` is no {what} with at most {digits} decimals. Write it as {example}."))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_keep_to_their_decimals() {
        let read = |text| number(text, 2, "cut-off", "16.17").ok();
        let texts = ["16.17", "16", "0.5", " 3 ", "16.175", "", ".5", "-1", "1e3", "99999999999999999999"];
        let wanted = [Some(1617), Some(1600), Some(50), Some(300), None, None, None, None, None, None];
        assert_eq!(texts.map(read), wanted);
    }
}
