//! A small policy, tables as text, and results read back.
#![allow(dead_code, reason = "each test file uses its own part")]

use batch::{
    Mapping,
    bind::Asked,
    snapshot,
    target::{self, Options, Report},
};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use rules::{Date, Pack};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

const FACTS: &str = r#"
[[fact]]
id = "household.district"
type = "code"
codes = [{ id = "bannu" }, { id = "swat" }, { id = "tank" }]
kind = "recorded"
meaning = "District."
status = "assumed"
[[fact]]
id = "household.income"
type = "int"
unit = "PKR"
min = 0
max = 1000000
kind = "recorded"
meaning = "Monthly income."
status = "assumed"
[[fact]]
id = "household.receives"
type = "set"
codes = [{ id = "cash" }, { id = "food" }]
kind = "recorded"
meaning = "What the household receives."
status = "assumed"
[[fact]]
id = "person.birth"
type = "date"
kind = "recorded"
meaning = "Birth."
status = "assumed"
[[fact]]
id = "person.sex"
type = "code"
codes = [{ id = "female" }, { id = "male" }]
kind = "recorded"
meaning = "Sex."
status = "assumed"
[[fact]]
id = "person.widowed"
type = "bool"
kind = "recorded"
meaning = "Widowed."
status = "assumed"
[[fact]]
id = "person.relationship_to_head"
type = "code"
codes = [{ id = "head" }, { id = "child" }]
kind = "recorded"
meaning = "Relationship."
status = "assumed"
"#;

const SCORE: &str = r#"
id = "registry"
title = { en = "Registry score" }
scale = "r"
digits = 2
min = 0
max = 100
lower_is = "poorer"
published = false
source = []
"#;

/// A score card of two questions, whose answers are income bands and what the household receives.
const CARD: &str = r#"
id = "card"
title = { en = "Score card" }
scale = "c"
digits = 0
min = 0
max = 10
lower_is = "poorer"
published = true
source = []
[[indicator]]
id = "income"
text = { en = "Income" }
[[indicator.answer]]
when = "household.income < 5000"
points = 0
[[indicator.answer]]
when = "household.income >= 5000"
points = 6
[[indicator]]
id = "food"
text = { en = "Receives food" }
[[indicator.answer]]
when = "'food' in household.receives"
points = 0
[[indicator.answer]]
when = "!('food' in household.receives)"
points = 4
"#;

/// Files of a policy: path and text.
pub type Files = Vec<(String, String)>;

/// One criterion, called `poor`, and benefits.
pub fn programme(id: &str, level: &str, when: &str, benefits: &str) -> Files {
    let text = format!(
        "id = \"{id}\"\noperator = \"office\"\nlevel = \"{level}\"\nstate = \"open\"\nrules = \"complete\"\n\
         [[criterion]]\nid = \"poor\"\nwhen = \"{when}\"\n{benefits}"
    );
    let words = "[name]\nen = \"A <programme>\"\n[line]\nen = \"For whom and what\"\n".to_owned();
    vec![(format!("{id}/programme.toml"), text), (format!("{id}/texts.toml"), words)]
}

/// A policy of these programmes over the facts of every test, as files.
pub fn files(facts: &dyn Fn(&str) -> String, programmes: &[Files]) -> Files {
    let mut files = vec![
        (
            "pack.toml".to_owned(),
            "id = \"t\"\ntitle = { en = \"T\" }\nlanguages = [\"en\"]\nmembers_max = 20\n".to_owned(),
        ),
        ("facts.toml".into(), facts(FACTS)),
        ("scores/registry.toml".into(), SCORE.into()),
        ("scores/card.toml".into(), CARD.into()),
        ("operators.toml".into(), "[[operator]]\nid = \"office\"\nname = { en = \"Office\" }\n".into()),
        ("sources.toml".into(), String::new()),
        ("papers.toml".into(), String::new()),
        ("calendar.toml".into(), String::new()),
    ];
    files.extend(programmes.concat());
    files
}

/// A policy from its files.
pub fn load(files: &[(String, String)]) -> Pack {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files)
        .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| format!("{e}\n")).collect::<String>()))
}

/// Three programmes over a few facts and a score from a registry.
pub fn pack() -> Pack {
    pack_with(&str::to_owned)
}

/// The same over other facts.
pub fn pack_with(facts: &dyn Fn(&str) -> String) -> Pack {
    load(&files(facts, &three()))
}

/// The same with one more programme.
pub fn pack_with_rule(id: &str, level: &str, when: &str, facts: &dyn Fn(&str) -> String) -> Pack {
    load(&files(facts, &[three(), vec![programme(id, level, when, "")]].concat()))
}

/// The three programmes of most tests.
pub fn three() -> Vec<Files> {
    vec![
        programme("poor", "household", "scores.registry <= 32 && household.income < 40000", ""),
        programme("widow", "person", "person.widowed && person.sex == 'female' && age(person, at) >= 18", ""),
        programme("girls", "household", "members.exists(p, p.sex == 'female' && age(p, at) < 10)", ""),
    ]
}

/// The policy of this repository.
pub fn pakistan() -> Pack {
    let mut found = vec![];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk");
    collect(&root, &root, &mut found);
    let files: Vec<(&str, &str)> = found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files).expect("the pack of this repository is right")
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the pack folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).expect("pack files are text")));
        }
    }
}

/// The day of every test: 22 November 2026.
pub fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Two tables in a folder of their own.
pub struct Tables {
    pub folder: TempDir,
    pub households: PathBuf,
    pub persons: PathBuf,
}

impl Tables {
    /// From text.
    pub fn csv(households: &str, persons: &str) -> Self {
        let tables = Self::named("households.csv", "persons.csv");
        fs::write(&tables.households, households).unwrap();
        fs::write(&tables.persons, persons).unwrap();
        tables
    }

    pub fn named(households: &str, persons: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let [households, persons] = [households, persons].map(|name| folder.path().join(name));
        Self { folder, households, persons }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a snapshot.
    pub fn snapshot(&self, pack: &Pack, mapping: &Mapping, name: &str) -> Result<snapshot::Snapshot, String> {
        let out = self.path(name);
        let asked = asked(pack, mapping);
        snapshot::write(&self.households, &self.persons, &asked, 2, &out, &|_, _| {}).map_err(|e| e.to_string())?;
        snapshot::open(&out).map_err(|e| e.to_string())
    }

    /// Targets the tables themselves.
    pub fn target(&self, pack: &Pack, mapping: &Mapping, options: &Options, name: &str) -> Result<Report, String> {
        let asked = asked(pack, mapping);
        let out = self.path(name);
        target::files(&self.households, &self.persons, &asked, options, &out, &|_, _| {}).map_err(|e| e.to_string())
    }

    /// What somebody reads, without the folder's name.
    pub fn said(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

pub fn asked<'a>(pack: &'a Pack, mapping: &'a Mapping) -> Asked<'a> {
    Asked { pack, mapping, day: Some(day()), only: None, person_ids: true }
}

/// A file of results as lines, its columns separated by spaces.
pub fn rows(path: &Path) -> Vec<String> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let text = |field: &Field| match field {
        Field::Str(text) => text.clone(),
        Field::Null => "-".into(),
        other => other.to_string(),
    };
    let row = |row: Result<parquet::record::Row, _>| {
        row.unwrap().get_column_iter().map(|(_, field)| text(field)).collect::<Vec<_>>().join(" ")
    };
    reader.get_row_iter(None).unwrap().map(row).collect()
}
