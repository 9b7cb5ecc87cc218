//! `onewindow import`: a list of a department or organisation, tried or taken, from the terminal.

use super::{Database, now, system};
use crate::{Outcome, packs, packs::say};
use batch::lists::{ListFile, sound};
use domain::{
    Date,
    ids::ImportId,
    money::Paisa,
    payments::{Period, Purpose},
    people::{ImportOpened, ImportState, ListField, ListMapping},
};
use rules::Pack;
use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};
use store::{Store, people::lists::JobState};
use web::{
    Clock,
    people::imports::{new::plan_of, work::DryReport, work::Worker},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The list: a workbook (.xlsx) or CSV in UTF-8.
    list: PathBuf,
    /// Who keeps it, such as "District Zakat Committee Nowshera"; its columns are remembered.
    #[arg(long)]
    source: String,
    /// What it is called, such as "Guzara 2026".
    #[arg(long)]
    title: String,
    /// The day printed on it.
    #[arg(long)]
    stated_on: Date,
    /// Which column holds what, as TOML (`given = "Name"`); without it guessed from their names.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The programme of the pack whose beneficiaries it names.
    #[arg(long)]
    programme: Option<String>,
    /// The district of rows that name none.
    #[arg(long)]
    district: Option<String>,
    /// What people on it receive: cash, health, education, food, housing, livelihood, disability, other.
    #[arg(long, default_value = "cash")]
    purpose: Purpose,
    /// How much, in rupees, where no column says it.
    #[arg(long)]
    amount: Option<i64>,
    /// How often: once, month, quarter, half_year, year.
    #[arg(long)]
    per: Option<Period>,
    /// Try it and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
    #[command(flatten)]
    database: Database,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let (_, pack) = packs::load(&args.pack)?;
    let store = args.database.open().await?;
    let file = ListFile::open(&args.list).map_err(say)?;
    for note in &file.notes {
        let (code, about) = note.code();
        println!("Note: {code} {about}");
    }
    let bytes = std::fs::read(&args.list).map_err(say)?;
    let address = store.blobs().put(bytes).await.map_err(say)?;
    let plan = plan(&args, &store, &pack, &file, address).await?;
    sound(&plan, now().date_naive()).map_err(say)?;
    for (field, column) in &plan.mapping.0 {
        println!("{field} = {column}");
    }
    let worker = Worker::new(store.clone(), Arc::new(pack), Clock::System, system());
    let done = if args.dry_run { try_it(&store, &worker, &plan).await } else { take(&store, &worker, plan).await };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn plan(
    args: &Args,
    store: &Store,
    pack: &Pack,
    file: &ListFile,
    address: String,
) -> Result<ImportOpened, String> {
    let remembered = store.lists(&system()).remembered(&args.source).await.map_err(say)?;
    let name = args.list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut plan = plan_of(args.source.clone(), address, name, file, remembered, args.stated_on);
    if let Some(path) = &args.mapping {
        let text = std::fs::read_to_string(path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))?;
        plan.mapping = mapping(&text).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    let list = &mut plan.list;
    list.title = args.title.clone();
    list.stated_on = args.stated_on;
    if let Some(id) = &args.programme {
        let programme = pack.programme(id).ok_or_else(|| format!("The pack has no programme \"{id}\"."))?;
        if programme.protected() {
            return Err("Whom this programme helps is protected. Its lists are not imported.".to_owned());
        }
        list.programme = Some(id.as_str().into());
        list.operator = Some(programme.operator.as_str().into());
    }
    if let Some(code) = &args.district {
        pack.place(code).ok_or_else(|| format!("The pack has no district \"{code}\"."))?;
        list.district = Some(code.as_str().into());
    }
    list.gives.purpose = args.purpose;
    list.gives.amount = args.amount.map(|rupees| Paisa(rupees.saturating_mul(100))).or(list.gives.amount);
    list.gives.per = args.per.or(list.gives.per);
    Ok(plan)
}

fn mapping(text: &str) -> Result<ListMapping, String> {
    let table: std::collections::BTreeMap<String, String> = toml::from_str(text).map_err(|why| why.to_string())?;
    let known = || ListField::ALL.iter().map(|field| field.code()).collect::<Vec<_>>().join(", ");
    let read = |(field, column): (String, String)| match field.parse::<ListField>() {
        Ok(field) => Ok((field, column)),
        Err(_) => Err(format!("\"{field}\" is no field; fields are {}.", known())),
    };
    Ok(ListMapping(table.into_iter().map(read).collect::<Result<_, String>>()?))
}

async fn try_it(store: &Store, worker: &Worker, plan: &ImportOpened) -> Result<(), String> {
    let (scope, id) = (system(), ImportId(uuid::Uuid::now_v7()));
    let lists = store.lists(&scope);
    lists.ask(id, plan, now()).await.map_err(say)?;
    loop {
        let job = lists.job(id).await.map_err(say)?.ok_or("The dry run is gone.")?;
        match (job.state, job.report, job.fault) {
            (JobState::Done, Some(report), _) => return print(&report),
            (JobState::Failed, _, fault) => {
                return Err(format!("The list cannot be read: {}.", fault.unwrap_or_default()));
            }
            _ => {}
        }
        if !worker.step().await.map_err(say)? {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

fn print(report: &str) -> Result<(), String> {
    let report: DryReport = serde_json::from_str(report).map_err(say)?;
    let t = report.tally;
    println!(
        "Tried; nothing was written. {} new, {} matched, {} to look at, {} refused.",
        t.new, t.matched, t.review, t.refused
    );
    for (code, count) in report.refused.iter().chain(&report.notes) {
        println!("{count:>8}  {code}");
    }
    if report.blank > 0 {
        println!("{:>8}  empty rows left out", report.blank);
    }
    Ok(())
}

async fn take(store: &Store, worker: &Worker, plan: ImportOpened) -> Result<(), String> {
    let scope = system();
    let lists = store.lists(&scope);
    let id = match lists.of_file(&plan.file).await.map_err(say)? {
        Some(import) if import.state == ImportState::Finished => {
            println!("This very file was imported before, as \"{}\"; nothing changed.", import.opened.list.title);
            return Ok(());
        }
        Some(import) => {
            println!("Going on behind row {}.", import.tally.rows());
            import.id
        }
        None => {
            let id = ImportId(uuid::Uuid::now_v7());
            lists.note(id, 0, plan, now()).await.map_err(say)?;
            id
        }
    };
    loop {
        let import = lists.import(id).await.map_err(say)?.ok_or("The import is gone.")?;
        if import.state != ImportState::Running {
            let t = lists.counts(id).await.map_err(say)?;
            println!(
                "{}: {} new, {} matched, {} to look at, {} refused. See /people/imports/{id}.",
                import.state, t.new, t.matched, t.review, t.refused
            );
            return Ok(());
        }
        if let Some(fault) = lists.job(id).await.map_err(say)?.and_then(|job| job.fault) {
            return Err(format!("The list cannot be read: {fault}. What was taken stays."));
        }
        let ticking = async {
            loop {
                tokio::time::sleep(Duration::from_secs(5)).await;
                if let Ok(Some(import)) = lists.import(id).await {
                    println!("{} rows taken", import.tally.rows());
                }
            }
        };
        tokio::select! {
            done = worker.step() => {
                if !done.map_err(say)? {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
            () = ticking => {}
        }
    }
}
