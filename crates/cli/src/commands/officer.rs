//! `onewindow officer`: the link of the first administrator, and any officer from the terminal.

use super::{Database, now, system};
use crate::{
    Outcome,
    packs::{commit, say},
};
use domain::{
    access::{OfficerAppointed, Posting, Role},
    event::Change,
    ids::OfficerId,
};
use rand::RngExt;
use std::process::ExitCode;
use store::Store;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Print a link, valid once and for 24 hours, over which the first administrator chooses name and password.
    First(First),
    /// Appoint an officer; prints a password that must be changed at the first sign-in.
    Add(Add),
    /// Appoint the officers of a table; their first passwords go into a file.
    Import(super::officers_csv::Import),
    /// List the officers.
    List(Database),
}

#[derive(clap::Args)]
pub(crate) struct First {
    /// The address of the office pages, as the administrator's browser reaches them.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    office_url: String,
    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
pub(crate) struct Add {
    /// The sign-in name.
    login: String,
    /// The name shown to colleagues.
    #[arg(long)]
    name: String,
    /// A role, such as administrator or registration_clerk; may be given several times.
    #[arg(long = "role", required = true)]
    roles: Vec<Role>,
    /// The centre, for desk roles.
    #[arg(long)]
    centre: Option<String>,
    /// The district, for desk and department roles.
    #[arg(long)]
    district: Option<String>,
    /// The operator, for department roles.
    #[arg(long)]
    operator: Option<String>,
    #[command(flatten)]
    database: Database,
}

pub(crate) async fn run(command: Command) -> Outcome {
    match command {
        Command::First(first) => offer(first).await,
        Command::Add(add) => add_officer(add).await,
        Command::Import(import) => super::officers_csv::import(import).await,
        Command::List(database) => list(database).await,
    }
}

async fn offer(first: First) -> Outcome {
    let store = first.database.open().await?;
    let token = store.offer_first_administrator(now()).await.map_err(say)?;
    store.close().await;
    let token = token.ok_or(
        "Somebody administers this installation already. They appoint the others on the page Officers; when nobody can \
         sign in any more, use `onewindow officer add NAME --role administrator`.",
    )?;
    println!("{}/first/{token}", first.office_url.trim_end_matches('/'));
    println!("Open it within 24 hours; it works once, and a newer link ends it.");
    Ok(ExitCode::SUCCESS)
}

async fn add_officer(add: Add) -> Outcome {
    let store = add.database.open().await?;
    let posting = Posting {
        centre: add.centre.as_deref().map(Into::into),
        district: add.district.as_deref().map(Into::into),
        operator: add.operator.as_deref().map(Into::into),
    };
    let password = first_password();
    appoint(&store, &add.login, &add.name, add.roles, posting, &password, true, now()).await?;
    println!("{} may sign in with the password {password} and must change it then.", add.login);
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Appoints an officer with a first password.
#[allow(clippy::too_many_arguments, reason = "an appointment has that many parts")]
pub(crate) async fn appoint(
    store: &Store,
    login: &str,
    name: &str,
    roles: Vec<Role>,
    posting: Posting,
    password: &str,
    must_change: bool,
    at: domain::Instant,
) -> Result<OfficerId, String> {
    if store.officers(&system()).by_login(login).await.map_err(say)?.is_some() {
        return Err(format!("There is already an officer called {login}. Choose another sign-in name."));
    }
    let appointed = OfficerAppointed::decide(login, name, roles, posting).map_err(say)?;
    let id = OfficerId(uuid::Uuid::now_v7());
    let change = Change::after(id, 0, appointed, at.date_naive());
    store.commit(&system(), commit("officer/add", vec![change], at)).await.map_err(say)?;
    let kept = match must_change {
        true => store.keep_first_password(id, password, at).await,
        false => store.keep_password(id, password, false).await,
    };
    kept.map_err(say)?;
    Ok(id)
}

/// Four groups of four letters and digits that are not mistaken for one another: about 78 bits.
pub(crate) fn first_password() -> String {
    const SYMBOLS: &[u8] = b"abcdefghjkmnpqrstvwxyz23456789";
    let mut rng = rand::rng();
    let group = |rng: &mut rand::rngs::ThreadRng| {
        (0..4).map(|_| SYMBOLS[rng.random_range(0..SYMBOLS.len())] as char).collect::<String>()
    };
    (0..4).map(|_| group(&mut rng)).collect::<Vec<_>>().join("-")
}

async fn list(database: Database) -> Outcome {
    let store = database.open().await?;
    for officer in store.officers(&system()).list().await.map_err(say)? {
        let roles: Vec<&str> = officer.roles.iter().map(|role| role.code()).collect();
        let standing = if officer.active { "" } else { " (may not sign in)" };
        println!("{}\t{}\t{}{standing}", officer.login, officer.name, roles.join(", "));
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
