//! `DuckDB`'s answers: files written, queries run, answers read.

use crate::{Outcome, duckdb::DuckDb, row::Answers, table};
use rules::{
    Family, Pack,
    sql::{Dialect, Rows, tables, text},
};
use specimens::{day, fresh};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

/// The texts of a policy: by household and by candidate.
#[derive(Debug, Clone)]
pub struct Texts(pub [String; 2]);

impl Texts {
    /// A policy's texts.
    pub fn of(pack: &Pack) -> Texts {
        Texts([Rows::Households, Rows::Candidates].map(|rows| text(pack, day(), Dialect::DuckDb, rows)))
    }
}

/// Where files go, and who runs them.
pub struct Sql {
    duckdb: DuckDb,
    folder: PathBuf,
}

impl Sql {
    /// Starts `DuckDB`, which works in a folder of its own.
    pub fn start(python: &str, folder: &Path) -> Outcome<Sql> {
        fs::create_dir_all(folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
        Ok(Sql { duckdb: DuckDb::start(python)?, folder: folder.to_owned() })
    }

    /// What `DuckDB` says of these households.
    pub fn answers(&mut self, pack: &Pack, texts: &Texts, families: &[Family]) -> Outcome<Vec<Answers>> {
        let fresh: Vec<Family> = families.iter().map(|family| fresh(pack, family, day())).collect();
        let [households, persons] = table::csv(pack, &fresh);
        self.write("tables.sql", &tables(pack))?;
        self.write("households.csv", &households)?;
        self.write("persons.csv", &persons)?;
        self.write("households.query.sql", &texts.0[0])?;
        self.write("candidates.query.sql", &texts.0[1])?;
        self.duckdb.run(&self.folder)?;
        let mut households = rows(&self.read("households.answer.csv")?, 1);
        let mut candidates = rows(&self.read("candidates.answer.csv")?, 2);
        let answers = families.iter().enumerate().map(|(number, family)| Answers {
            household: households.remove(&format!("h{number}")).unwrap_or_default(),
            candidates: family
                .members
                .iter()
                .map(|member| candidates.remove(&format!("h{number},{}", member.key)).unwrap_or_default())
                .collect(),
        });
        let answers = answers.collect();
        match households.len() + candidates.len() {
            0 => Ok(answers),
            more => Err(format!("DuckDB gives {more} rows that were not asked for.")),
        }
    }

    fn write(&self, name: &str, text: &str) -> Outcome {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|why| format!("{} cannot be written: {why}.", path.display()))
    }

    fn read(&self, name: &str) -> Outcome<String> {
        let path = self.folder.join(name);
        fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))
    }
}

/// Lines by their first cells; no cell holds a comma.
fn rows(csv: &str, keys: usize) -> HashMap<String, Vec<String>> {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[..keys].join(","), cells[keys..].iter().map(|cell| (*cell).to_owned()).collect())
    };
    csv.lines().skip(1).map(line).collect()
}
