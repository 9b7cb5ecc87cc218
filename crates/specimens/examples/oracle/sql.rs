//! `DuckDB`'s answers: files written, queries run, answers read.

use crate::{Outcome, duckdb::DuckDb, row::Answers, table};
use rules::{
    Family, Pack,
    sql::{self, Dialect, tables, text},
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
        Texts([sql::Rows::Households, sql::Rows::Candidates].map(|rows| text(pack, day(), Dialect::DuckDb, rows)))
    }
}

/// Cells by the first of their line.
pub type Rows = HashMap<String, Vec<String>>;

/// Where files go, and who runs them.
pub struct Sql {
    duckdb: DuckDb,
    folder: PathBuf,
}

impl Sql {
    /// Starts `DuckDB`, which works in a folder of its own, `run`, below this one.
    pub fn start(python: &str, folder: &Path) -> Outcome<Sql> {
        Ok(Sql { duckdb: DuckDb::start(python)?, folder: folder.join("run") })
    }

    /// What `DuckDB` says of these households.
    pub fn answers(&mut self, pack: &Pack, texts: &Texts, families: &[Family]) -> Outcome<Vec<Answers>> {
        let both = self.run(pack, families, &texts.0)?;
        let [households, candidates] = &both[..] else { return Err("Two answers were asked for.".to_owned()) };
        let mut households = rows(households.as_ref().map_err(String::clone)?, 1);
        let mut candidates = rows(candidates.as_ref().map_err(String::clone)?, 2);
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

    /// What queries by household say: for each the answers, or what `DuckDB` has against it.
    pub fn households(&mut self, pack: &Pack, queries: &[String], families: &[Family]) -> Outcome<Vec<Outcome<Rows>>> {
        let all = self.run(pack, families, queries)?;
        Ok(all.into_iter().map(|one| one.map(|csv| rows(&csv, 1))).collect())
    }

    /// Runs queries over the tables of these households; the text of each answer, or what is wrong with the query.
    fn run(&mut self, pack: &Pack, families: &[Family], queries: &[String]) -> Outcome<Vec<Outcome<String>>> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .map_err(|why| format!("{} cannot be emptied: {why}.", self.folder.display()))?;
        }
        fs::create_dir_all(&self.folder).map_err(|why| format!("{} cannot be made: {why}.", self.folder.display()))?;
        let fresh: Vec<Family> = families.iter().map(|family| fresh(pack, family, day())).collect();
        let [households, persons] = table::csv(pack, &fresh);
        self.write("tables.sql", &tables(pack))?;
        self.write("households.csv", &households)?;
        self.write("persons.csv", &persons)?;
        for (number, query) in queries.iter().enumerate() {
            self.write(&format!("{number}.query.sql"), query)?;
        }
        self.duckdb.run(&self.folder)?;
        let answer = |number: usize| {
            let text = self.read(&format!("{number}.answer.csv"))?;
            Ok(match text.strip_prefix("error: ") {
                Some(why) => Err(why.to_owned()),
                None => Ok(text),
            })
        };
        (0..queries.len()).map(answer).collect()
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
fn rows(csv: &str, keys: usize) -> Rows {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[..keys].join(","), cells[keys..].iter().map(|cell| (*cell).to_owned()).collect())
    };
    csv.lines().skip(1).map(line).collect()
}
