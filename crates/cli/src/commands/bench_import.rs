//! `onewindow bench-import`: a list of a hundred thousand rows against a filled registry, with known truth.
//!
//! Figures are printed, never asserted: they belong to the machine they were measured on.

use super::{Database, now, system};
use crate::{Outcome, packs, packs::say};
use batch::link::generate::{Lists, Mix, Row, lists};
use batch::lists::ListFile;
use domain::{
    event::Change,
    identity::{IdentityKind, IdentityNumber, Phone},
    ids::{CommandId, HouseholdId, ImportId, PersonId},
    people::{
        Birth, HouseholdRegistered, Identity, IdentityCheck, ImportState, ListedState, MemberAdded, PersonDetails,
        PhoneEntry, Place, Relationship, RowOutcome, Sex,
    },
};
use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Instant,
};
use store::{Command, Commit, Store};
use web::{
    Clock,
    people::imports::{new::plan_of, work::Worker},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The database; a fresh SQLite file in a temporary folder when it is not given.
    #[arg(long)]
    db: Option<String>,
    /// About how many rows the list has; the registry gets half as many persons again.
    #[arg(long, default_value_t = 100_000)]
    rows: usize,
    /// Seed of the invented people.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The policy pack's folder.
    #[arg(long, default_value = "programmes/pk")]
    pack: PathBuf,
}

pub(crate) async fn run(args: Args) -> Outcome {
    let (_, pack) = packs::load(&args.pack)?;
    let folder = std::env::temp_dir().join(format!("onewindow-bench-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(say)?;
    let db = args.db.clone().unwrap_or_else(|| format!("sqlite:{}", folder.join("registry.db").display()));
    let store = Database { db, blobs: folder.join("blobs"), key_file: None }.open().await?;
    let invented = lists(args.rows * 22 / 10, args.seed, Mix::Final);
    let (registry, list) = halves(&invented);
    let (began, cpu) = (Instant::now(), processor());
    let persons = fill(&store, &invented, &registry).await?;
    println!("{} persons registered in {:.1} s, {:.1} CPU s", persons.len(), secs(began), processor() - cpu);
    let path = folder.join("list.csv");
    std::fs::write(&path, csv(&invented, &list)).map_err(say)?;
    let id = open(&store, &path).await?;
    let worker = Worker::new(store.clone(), Arc::new(pack), Clock::System, system());
    let (began, cpu) = (Instant::now(), processor());
    while worker.step().await.map_err(say)? {}
    let (wall, cpu) = (secs(began), processor() - cpu);
    println!("{} rows imported with matching in {wall:.1} s, {cpu:.1} CPU s", list.len());
    judge(&store, id, &invented, &list, &persons).await?;
    store.close().await;
    std::fs::remove_dir_all(&folder).map_err(say)?;
    Ok(ExitCode::SUCCESS)
}

fn secs(began: Instant) -> f64 {
    began.elapsed().as_secs_f64()
}

/// Processor seconds of this program so far.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Two thirds of the people are registered, by one of their records; the list has everything else.
fn halves(invented: &Lists) -> (Vec<usize>, Vec<usize>) {
    let mut seen = BTreeSet::new();
    let registered = |at: &usize| {
        let person = invented.truth[*at];
        !person.is_multiple_of(3) && seen.insert(person)
    };
    (0..invented.rows.len()).partition(registered)
}

async fn fill(store: &Store, invented: &Lists, registry: &[usize]) -> Result<HashMap<PersonId, u32>, String> {
    let mut persons = HashMap::new();
    for some in registry.chunks(500) {
        let (mut changes, today) = (Vec::new(), now().date_naive());
        for at in some {
            let (household, person) = (HouseholdId(uuid::Uuid::now_v7()), PersonId(uuid::Uuid::now_v7()));
            let (registered, details) = registered(&invented.rows[*at]);
            changes.push(Change::after(household, 0, registered, today));
            changes.push(Change::after(household, 1, MemberAdded { person, details }, today));
            persons.insert(person, invented.truth[*at]);
        }
        let id = CommandId(uuid::Uuid::now_v7());
        let command = Command { id, officer: None, route: "bench".to_owned(), body_hash: id.0.as_bytes().to_vec() };
        let commit = Commit { command, changes, outcome: String::new(), at: now() };
        store.commit(&system(), commit).await.map_err(say)?;
    }
    Ok(persons)
}

fn registered(row: &Row) -> (HouseholdRegistered, PersonDetails) {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let number = IdentityNumber::parse(IdentityKind::Cnic, &row.cnic).ok();
    let phone = Phone::parse(&row.phone).ok();
    let place = Place {
        district: "nowshera".into(),
        province_permanent: None,
        tehsil: text(&row.tehsil),
        union_council: None,
        village: text(&row.village),
        directions: None,
    };
    let entry = |phone: Phone| PhoneEntry { number: phone.e164().to_owned(), whose: None, may_message: false };
    let details = PersonDetails {
        given: row.name.clone(),
        father_or_husband: text(&row.father_or_husband),
        sex: match row.sex.as_str() {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            _ => None,
        },
        birth: Birth::parse(&row.birth).ok(),
        relationship: Some(Relationship::Head),
        marital_status: None,
        identities: number
            .map(|(number, _)| Identity { number, check: IdentityCheck::NotYetVerified, expires: None })
            .into_iter()
            .collect(),
    };
    let phones = phone.map(entry).into_iter().collect();
    (HouseholdRegistered { centre: "nowshera".into(), place, phones }, details)
}

fn csv(invented: &Lists, list: &[usize]) -> String {
    let mut out = "Name,Father/Husband Name,Sex,Date of Birth,CNIC,Mobile,Village,Tehsil,District,Amount\n".to_owned();
    for at in list {
        for cell in invented.rows[*at].cells() {
            let _ = write!(out, "\"{}\",", cell.replace('"', "\"\""));
        }
        out.push_str("12000\n");
    }
    out
}

async fn open(store: &Store, path: &std::path::Path) -> Result<ImportId, String> {
    let file = ListFile::open(path).map_err(say)?;
    let address = store.blobs().put(std::fs::read(path).map_err(say)?).await.map_err(say)?;
    let mut plan = plan_of("Bench".to_owned(), address, "list.csv".to_owned(), &file, None, now().date_naive());
    plan.list.title = "Bench".to_owned();
    let id = ImportId(uuid::Uuid::now_v7());
    store.lists(&system()).note(id, 0, plan, now()).await.map_err(say)?;
    Ok(id)
}

/// What came of the rows, beside the truth.
async fn judge(
    store: &Store,
    id: ImportId,
    invented: &Lists,
    list: &[usize],
    persons: &HashMap<PersonId, u32>,
) -> Result<(), String> {
    let scope = system();
    let lists = store.lists(&scope);
    let import = lists.import(id).await.map_err(say)?.ok_or("The import is gone.")?;
    if import.state != ImportState::Finished {
        return Err(format!("The import is {}.", import.state));
    }
    let truth = |line: u64| invented.truth[list[usize::try_from(line).unwrap_or(2) - 2]];
    let mut of_person = persons.clone();
    for row in lists.rows(id, ListedState::New, 0, i64::MAX).await.map_err(say)? {
        of_person.insert(PersonId(row.listed.listing.0), truth(row.listed.line));
    }
    let known: BTreeSet<u32> = persons.values().copied().collect();
    let there = list.iter().filter(|at| known.contains(&invented.truth[**at])).count();
    let (mut right, mut wrong, mut asked_right) = (0, 0, 0);
    for row in lists.rows(id, ListedState::Matched, 0, i64::MAX).await.map_err(say)? {
        let same = row.listed.person().and_then(|person| of_person.get(&person)) == Some(&truth(row.listed.line));
        if same { right += 1 } else { wrong += 1 }
    }
    let review = lists.rows(id, ListedState::Review, 0, i64::MAX).await.map_err(say)?;
    for row in &review {
        let RowOutcome::Review { among } = &row.listed.outcome else { continue };
        let mine = truth(row.listed.line);
        asked_right += usize::from(among.iter().any(|like| of_person.get(&like.person) == Some(&mine)));
    }
    let t = import.tally;
    println!("{} new, {} matched, {} to look at, {} refused", t.new, t.matched, t.review, t.refused);
    println!("matched: {right} right, {wrong} wrong; {there} rows are of registered persons");
    println!("to look at: {asked_right} of {} name the right person", review.len());
    Ok(())
}
