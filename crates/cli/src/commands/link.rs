//! `onewindow link`: which records of whole lists are one person.

use super::Database;
use crate::{
    Outcome,
    packs::{self, say},
};
use batch::link::{
    found, learn, lists, lists::Lists, mapping, mapping::Mapping, measure::Measured, model_file, output, run, truth,
};
use linkage::bulk::{Comparer, Model, Scorer};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    link: Link,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Learn a model from lists without labels and write it to a file.
    Train(Train),
    /// What speaks for and against two records being one person.
    Explain(Explain),
    /// Measure found pairs against known truth.
    Evaluate(Evaluate),
    /// Compare everybody in a registry again, for the list of records that may be one person.
    Registry(Registry),
}

#[derive(clap::Args)]
struct Registry {
    #[command(flatten)]
    database: Database,
    /// The folder of the policy pack, for what stands on each record.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
}

#[derive(clap::Args)]
struct Source {
    /// The lists: CSV in UTF-8 with a head, or Parquet.
    files: Vec<PathBuf>,
    /// Which columns hold what; without it the columns of the guide's example.
    #[arg(long, conflicts_with = "model")]
    mapping: Option<PathBuf>,
    /// A model file, which holds its mapping; without it a model is learned from these lists.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Look for one person on different lists only, never twice on one.
    #[arg(long)]
    between: bool,
    /// Threads; the result is the same for any number.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

#[derive(clap::Args)]
struct Link {
    #[command(flatten)]
    source: Source,
    /// Where the scored pairs go, CSV.
    #[arg(long, default_value = "pairs.csv")]
    out: PathBuf,
    /// Where the groups go, CSV.
    #[arg(long, default_value = "groups.csv")]
    groups: PathBuf,
}

#[derive(clap::Args)]
struct Train {
    #[command(flatten)]
    source: Source,
    /// Where the model goes.
    #[arg(long, default_value = "model.json")]
    out: PathBuf,
}

#[derive(clap::Args)]
struct Explain {
    /// Id of one record.
    left: String,
    /// Id of the other.
    right: String,
    #[command(flatten)]
    source: Source,
}

#[derive(clap::Args)]
struct Evaluate {
    /// Pairs or groups that `onewindow link` wrote.
    found: PathBuf,
    /// A CSV with the columns `id` and `person`.
    #[arg(long)]
    truth: PathBuf,
}

pub(crate) fn run(args: Args) -> Outcome {
    match args.command {
        None => link(&args.link),
        Some(Command::Train(args)) => train(&args),
        Some(Command::Explain(args)) => explain(&args),
        Some(Command::Evaluate(args)) => evaluate(&args),
        Some(Command::Registry(args)) => crate::wait(registry(args)),
    }
}

/// Lists with the model to link them by: given, or learned from them.
fn ready(source: &Source) -> Result<(Mapping, Lists, Model), String> {
    if source.files.is_empty() {
        return Err("Name at least one list: `onewindow link LIST.csv --mapping MAPPING.toml`.".to_owned());
    }
    if let Some(file) = &source.model {
        let (mapping, model) = model_file::read(&text(file)?).map_err(|why| format!("{}: {why}", file.display()))?;
        let lists = lists::read(&mapping, &source.files).map_err(|why| why.to_string())?;
        return Ok((mapping, lists, model));
    }
    let typed = source.mapping.as_deref().map(text).transpose()?;
    let mapping = mapping::read(typed.as_deref().unwrap_or(mapping::PERSON)).map_err(|why| why.to_string())?;
    let lists = lists::read(&mapping, &source.files).map_err(|why| why.to_string())?;
    let (blocks, _) = run::blocks(&lists.records, source.between, source.threads);
    let settings = learn::Settings::default();
    let sample = run::sample(&lists.records, &blocks, settings.records, source.threads);
    let model = learn::learn(&lists.records, &sample, settings);
    Ok((mapping, lists, model))
}

fn text(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))
}

fn link(args: &Link) -> Outcome {
    for out in [&args.out, &args.groups] {
        if out.extension().is_some_and(|ending| ending != "csv") {
            return Err(format!("{} cannot be written: name a file that ends in .csv.", out.display()));
        }
    }
    let (_, lists, model) = ready(&args.source)?;
    let (blocks, reports) = run::blocks(&lists.records, args.source.between, args.source.threads);
    let found::Found { pairs, compared, at_home } = found::found(&lists.records, &blocks, &model, args.source.threads);
    let groups = run::clusters(&lists.records, &model, &pairs);
    output::pairs(&args.out, &lists.ids, &pairs, &groups)?;
    let people = output::groups(&args.groups, &lists.ids, lists.records.len(), &groups)?;
    let left_out: u64 = reports.iter().map(|report| report.left_out).sum();
    println!("{} records, {compared} pairs compared, {} likely to be one person.", lists.records.len(), pairs.len());
    println!("{at_home} of those were found only by the people they live with.");
    println!("{people} people; pairs in {}, groups in {}.", args.out.display(), args.groups.display());
    if left_out > 0 {
        println!("{left_out} pairs stood only in groups too large for their key; other keys looked at most of them.");
    }
    Ok(ExitCode::SUCCESS)
}

/// How many persons are compared between two lines of progress.
const AT_ONCE: i64 = 200;

async fn registry(args: Registry) -> Outcome {
    let store = args.database.open().await?;
    let (_, pack) = packs::load(&args.pack)?;
    let stake = web::stake(&pack, web::Clock::System.today());
    store.review_up_to_date().await.map_err(say)?;
    store.review_again().await.map_err(say)?;
    let all = store.review_waiting().await.map_err(say)?;
    let (mut persons, mut pairs) = (0u64, 0u64);
    loop {
        let done = store.review_due(&stake, AT_ONCE).await.map_err(say)?;
        if done.persons == 0 {
            break;
        }
        let before = persons / 10_000;
        persons += done.persons;
        pairs += done.pairs;
        if persons / 10_000 > before {
            eprintln!("{persons} of {all} persons compared");
        }
    }
    store.close().await;
    println!("{persons} persons compared; the list is made again. Each pair was found from both sides: {pairs}.");
    Ok(ExitCode::SUCCESS)
}

fn train(args: &Train) -> Outcome {
    if args.source.model.is_some() {
        return Err("A model is learned here, so none can be given: leave out --model.".to_owned());
    }
    let (mapping, lists, model) = ready(&args.source)?;
    output::text(&args.out, &model_file::write(&mapping, &model))?;
    println!("Learned from {} records, written to {}.", lists.records.len(), args.out.display());
    Ok(ExitCode::SUCCESS)
}

fn explain(args: &Explain) -> Outcome {
    let (_, lists, model) = ready(&args.source)?;
    let find = |id: &str| lists.ids.find(id).ok_or_else(|| format!("No record has the id `{id}`."));
    let (left, right) = (find(&args.left)?, find(&args.right)?);
    let scorer = Scorer::new(&model);
    let pattern = Comparer::new(&lists.records).compare(left, right);
    let (other, reasons) = scorer.explain(pattern);
    println!("score {} from {}, against {}", scorer.score(pattern), model.threshold, other.code());
    let at_home = scorer.score_at_home(pattern, found::MOST_TRUST);
    println!("score {at_home} if their homes are known to be one");
    for reason in reasons {
        let words: Vec<String> = reason.fields.iter().map(|(field, word)| format!("{field} {word}")).collect();
        println!("{:>7} {:<7} {}", reason.weight, reason.role.code(), words.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}

fn evaluate(args: &Evaluate) -> Outcome {
    let truth = truth::by_id(&args.truth)?;
    let pairs = output::read_pairs(&args.found)?;
    let mut order: Vec<&String> = truth.keys().collect();
    order.sort();
    let person: Vec<u32> = order.iter().map(|id| truth[*id]).collect();
    let place = |id: &String| {
        let at = order.binary_search(&id).map_err(|_| format!("The truth does not know the id `{id}`."))?;
        u32::try_from(at).map_err(|_| "There are too many records.".to_owned())
    };
    let pairs: Result<Vec<(u32, u32)>, String> =
        pairs.iter().map(|(left, right)| Ok((place(left)?, place(right)?))).collect();
    let measured = Measured::of(&pairs?, &person);
    let (precision, recall, f1) = (measured.precision(), measured.recall(), measured.f1());
    println!("precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
    println!("{} right, {} wrong, {} missed", measured.right, measured.wrong, measured.there - measured.right);
    Ok(ExitCode::SUCCESS)
}
