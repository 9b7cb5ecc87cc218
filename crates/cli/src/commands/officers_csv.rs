//! `onewindow officer import`: a district's officers from a table, all or none.

use super::{Database, now, officer};
use crate::{Outcome, packs::say};
use domain::access::{OfficerAppointed, Posting, Role};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    process::ExitCode,
};

#[derive(clap::Args)]
pub(crate) struct Import {
    /// A CSV file with the columns login, name, roles (several apart by spaces), centre, district, operator.
    file: PathBuf,
    /// The file to write the first passwords into; it must not be there yet.
    #[arg(long)]
    passwords: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// One line.
#[derive(Debug, Deserialize)]
struct Line {
    login: String,
    name: String,
    roles: String,
    #[serde(default)]
    centre: String,
    #[serde(default)]
    district: String,
    #[serde(default)]
    operator: String,
}

/// An officer to be appointed.
struct Wanted {
    login: String,
    name: String,
    roles: Vec<Role>,
    posting: Posting,
}

pub(crate) async fn import(args: Import) -> Outcome {
    let file =
        std::fs::File::open(&args.file).map_err(|error| format!("{} cannot be read: {error}.", args.file.display()))?;
    let wanted = read(file).map_err(|faults| format!("Nobody was appointed:\n{}", faults.join("\n")))?;
    let store = args.database.open().await?;
    let system = super::system();
    for one in &wanted {
        if store.officers(&system).by_login(&one.login).await.map_err(say)?.is_some() {
            return Err(format!(
                "There is already an officer called {}. Take that line out; nobody was appointed.",
                one.login
            ));
        }
    }
    let mut passwords = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&args.passwords)
        .map_err(|error| format!("{} cannot be made: {error}. Nobody was appointed.", args.passwords.display()))?;
    let count = wanted.len();
    for Wanted { login, name, roles, posting } in wanted {
        let password = officer::first_password();
        officer::appoint(&store, &login, &name, roles, posting, &password, true, now()).await?;
        writeln!(passwords, "{login}\t{password}").map_err(say)?;
    }
    passwords.sync_all().map_err(say)?;
    store.close().await;
    let (who, file) = (if count == 1 { "One officer" } else { "Officers" }, args.passwords.display());
    println!(
        "{who} may sign in ({count}). First passwords are in {file}: hand each to its officer and remove the file."
    );
    Ok(ExitCode::SUCCESS)
}

/// Reads and checks every line.
fn read(from: impl Read) -> Result<Vec<Wanted>, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(from);
    let (mut wanted, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (number, line) in (2u64..).zip(reader.deserialize::<Line>()) {
        match line.map_err(say).and_then(check) {
            Ok(one) => match seen.insert(one.login.clone(), number) {
                Some(first) => faults.push(format!("Line {number}: {} stands in line {first} already.", one.login)),
                None => wanted.push(one),
            },
            Err(sentence) => faults.push(format!("Line {number}: {sentence}")),
        }
    }
    if wanted.is_empty() && faults.is_empty() {
        faults.push("The file holds no officer below its line of column names.".to_owned());
    }
    if faults.is_empty() { Ok(wanted) } else { Err(faults) }
}

fn check(line: Line) -> Result<Wanted, String> {
    let role = |code: &str| {
        code.parse::<Role>().map_err(|_| format!("\"{code}\" is no role. See `onewindow officer add --help`."))
    };
    let roles: Vec<Role> = line.roles.split_whitespace().map(role).collect::<Result<_, _>>()?;
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let posting = Posting {
        centre: some(&line.centre).map(|code| code.as_str().into()),
        district: some(&line.district).map(|code| code.as_str().into()),
        operator: some(&line.operator).map(|code| code.as_str().into()),
    };
    OfficerAppointed::decide(&line.login, &line.name, roles.clone(), posting.clone()).map_err(say)?;
    Ok(Wanted { login: line.login, name: line.name, roles, posting })
}

#[cfg(test)]
mod tests {
    use super::read;

    const HEAD: &str = "login,name,roles,centre,district,operator\n";

    #[test]
    fn a_table_of_officers_is_read() {
        let text = format!(
            "{HEAD}yasmin, Yasmin ,social_worker registration_clerk,nowshera,nowshera,\naziz,Aziz,department_focal,,nowshera,bisp\n"
        );
        let wanted = read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
        let told: Vec<_> = wanted.iter().map(|one| (one.login.as_str(), one.name.as_str(), one.roles.len())).collect();
        assert_eq!(told, [("yasmin", "Yasmin", 2), ("aziz", "Aziz", 1)]);
    }

    #[test]
    fn every_faulty_line_is_named_and_none_is_taken() {
        let lines = [
            "aziz,Aziz,clerk,nowshera,nowshera,",
            "hassan,Hassan,administrator,,,",
            "hassan,Hassan,administrator,,,",
            "zakia,Zakia,department_focal,,nowshera,",
            "umar,Umar",
            "both,Both,social_worker department_focal,nowshera,nowshera,bisp",
        ];
        let text = format!("{HEAD}{}\n", lines.join("\n"));
        let faults = read(text.as_bytes()).err().expect("faults");
        let lines: Vec<&str> = faults.iter().map(|fault| &fault[..7]).collect();
        assert_eq!(lines, ["Line 2:", "Line 4:", "Line 5:", "Line 6:", "Line 7:"], "{faults:?}");
        assert!(faults[4].contains("may not hold both"), "{faults:?}");
        assert!(read(HEAD.as_bytes()).is_err());
    }
}
