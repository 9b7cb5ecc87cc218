//! The order of the parts: persons' columns wait for the household's, and these for what is gathered over members.

use super::{
    Rows,
    chain::{Chain, Part},
    writer::{Def, Gathered, Level, Reads, Writer, quoted},
};
use std::{collections::BTreeSet, fmt::Write};

/// The whole query.
pub(super) fn text(writer: Writer, rows: Rows) -> String {
    let head = format!(
        "-- Policy {} ({}), on {}.\n-- NULL is not known. Numbers are whole, times ten to their scale.\n",
        writer.pack.id(),
        writer.pack.hash(),
        writer.at
    );
    let mut layers = Layers::new(writer, rows);
    layers.all();
    head + &layers.written()
}

struct Layers<'a> {
    writer: Writer<'a>,
    rows: Rows,
    defs: Vec<Def>,
    gathered: Vec<Gathered>,
    parts: Vec<Part>,
    households: Chain,
    persons: Chain,
}

impl<'a> Layers<'a> {
    fn new(mut writer: Writer<'a>, rows: Rows) -> Self {
        let (defs, gathered) = (std::mem::take(&mut writer.defs), std::mem::take(&mut writer.gathered));
        let chain =
            |level, last: &str| Chain { level, last: last.to_owned(), own: BTreeSet::new(), brought: BTreeSet::new() };
        let (households, persons) = (chain(Level::Household, "households"), chain(Level::Person, "persons"));
        Self { writer, rows, defs, gathered, parts: vec![], households, persons }
    }

    /// Goes round until every column is written: persons, pairs of them, what is gathered of them, households.
    fn all(&mut self) {
        self.base();
        let mut round = 0;
        while !self.defs.is_empty() || !self.gathered.is_empty() {
            round += 1;
            let before = self.defs.len() + self.gathered.len();
            self.bring(round);
            self.persons(round);
            self.gather(round);
            self.add_ready(Level::Household, &round.to_string());
            self.keep(Level::Household, format!("households {round}"));
            assert!(
                self.defs.len() + self.gathered.len() < before,
                "a checked policy computes nothing from itself, so something can always be written next"
            );
        }
    }

    /// What the tables say.
    fn base(&mut self) {
        let most = self.writer.plan.members_max;
        let [household, person] = self.writer.base.clone();
        let open = "coalesce(NOT members_complete, TRUE)";
        let mut columns = vec![
            ("open".to_owned(), open.to_owned()),
            ("members".to_owned(), "coalesce(listed, 0)".to_owned()),
            (
                "unlisted".to_owned(),
                format!("CASE WHEN {open} THEN greatest({most} - coalesce(listed, 0), 0) ELSE 0 END"),
            ),
        ];
        columns.extend(household);
        let from = "households LEFT JOIN (SELECT household_id, count(*) AS listed FROM persons GROUP BY household_id) USING (household_id)";
        let comment =
            "What the tables say; a value that does not fit its fact is left out. Open: more members may come.";
        let part = first(&mut self.households, "households 0", comment, columns, from);
        self.parts.push(part);
        let part =
            first(&mut self.persons, "persons 0", "The members listed.", person.into_iter().collect(), "persons");
        self.parts.push(part);
    }

    /// Brings the household's columns to its members' rows.
    fn bring(&mut self, round: usize) {
        let persons = self.defs.iter().filter(|def| def.level == Level::Person).map(|def| &def.reads);
        let asked = persons.chain(self.gathered.iter().map(|gathered| &gathered.reads));
        let asked: BTreeSet<&String> = asked.flat_map(|reads| &reads.household).collect();
        let new: Vec<(String, String)> = asked
            .into_iter()
            .filter(|column| self.households.own.contains(*column) && !self.persons.brought.contains(*column))
            .map(|column| (column.clone(), format!("n.{}", quoted(column))))
            .collect();
        if new.is_empty() {
            return;
        }
        let from = self.households.last.clone();
        let part = self.persons.join(&format!("persons {round} with household"), &from, "JOIN", &new);
        self.parts.push(part);
        self.persons.brought.extend(new.into_iter().map(|(column, _)| column));
    }

    /// Writes persons' columns, and what is gathered for each candidate, as far as it goes.
    fn persons(&mut self, round: usize) {
        for step in 1.. {
            self.add_ready(Level::Person, &format!("{round}.{step}"));
            if !self.gathered.iter().any(|one| self.can_gather(one, Level::Person)) {
                break;
            }
            self.keep(Level::Person, format!("persons {round}.{step}"));
            let ready = self.take_gathered(Level::Person);
            let name = format!("pairs {round}.{step}");
            let last = quoted(&self.persons.last);
            let from = format!("{last} c JOIN {last} p USING (household_id)");
            self.parts.push(grouped(&name, "c.household_id, c.person_id", "household_id, person_id", &ready, &from));
            let columns = gathered_columns(&ready);
            let part = self.persons.join(&format!("persons {round}.{step} with pairs"), &name, "JOIN", &columns);
            self.parts.push(part);
            self.persons.own.extend(columns.into_iter().map(|(column, _)| column));
        }
        self.keep(Level::Person, format!("persons {round}"));
    }

    /// Gathers what is ready over the members of each household.
    fn gather(&mut self, round: usize) {
        let ready = self.take_gathered(Level::Household);
        if ready.is_empty() {
            return;
        }
        let name = format!("members {round}");
        let from = quoted(&self.persons.last);
        self.parts.push(grouped(&name, "household_id", "household_id", &ready, &from));
        let columns = gathered_columns(&ready);
        let part = self.households.join(&format!("households {round} with members"), &name, "LEFT JOIN", &columns);
        self.parts.push(part);
        self.households.own.extend(columns.into_iter().map(|(column, _)| column));
    }

    /// Adds every definition of a level whose columns are there, until none is left: those that are ready together in
    /// one part, because an engine plans a long row of parts slowly.
    fn add_ready(&mut self, level: Level, round: &str) {
        for step in 1.. {
            let all = std::mem::take(&mut self.defs);
            let (ready, rest): (Vec<Def>, Vec<Def>) =
                all.into_iter().partition(|def| def.level == level && self.is_ready(level, &def.reads));
            self.defs = rest;
            if ready.is_empty() {
                return;
            }
            let (chain, whose) = match level {
                Level::Person => (&mut self.persons, "persons"),
                Level::Household => (&mut self.households, "households"),
            };
            let part = chain.add(&format!("rules of {whose} {round}.{step}"), &ready);
            self.parts.push(part);
        }
    }

    fn is_ready(&self, level: Level, reads: &Reads) -> bool {
        match level {
            Level::Household => reads.household.is_subset(&self.households.own),
            Level::Person => {
                reads.person.is_subset(&self.persons.own) && reads.household.is_subset(&self.persons.brought)
            }
        }
    }

    /// Whatever it is gathered for, it is read off persons' rows.
    fn can_gather(&self, one: &Gathered, level: Level) -> bool {
        one.level == level && self.is_ready(Level::Person, &one.reads)
    }

    fn take_gathered(&mut self, level: Level) -> Vec<Gathered> {
        let all = std::mem::take(&mut self.gathered);
        let (ready, rest) = all.into_iter().partition(|one| self.can_gather(one, level));
        self.gathered = rest;
        ready
    }

    fn keep(&mut self, level: Level, name: String) {
        let wanted = self.wanted();
        let part = match level {
            Level::Household => self.households.keep(&name, &wanted.household, &BTreeSet::new()),
            Level::Person => self.persons.keep(&name, &wanted.person, &wanted.household),
        };
        self.parts.push(part);
    }

    /// Columns that something not yet written reads, and those of the answer.
    fn wanted(&self) -> Reads {
        let mut all = Reads::default();
        for reads in self.defs.iter().map(|d| &d.reads).chain(self.gathered.iter().map(|g| &g.reads)) {
            all.household.extend(reads.household.iter().cloned());
            all.person.extend(reads.person.iter().cloned());
        }
        for programme in self.writer.pack.programmes() {
            all.household.extend(["programme", "outcome"].map(|what| format!("{what} {}", programme.id)));
            if self.rows == Rows::Candidates {
                all.person.insert(format!("candidate {}", programme.id));
            }
        }
        for score in self.writer.pack.scores() {
            all.household.extend(["low", "high"].map(|end| format!("scores.{}.{end}", score.id)));
        }
        all
    }

    fn written(self) -> String {
        let mut text = String::from("WITH");
        for (number, part) in self.parts.iter().enumerate() {
            let _ = writeln!(text, "{}", if number == 0 { "" } else { "," });
            for line in &part.comment {
                let _ = writeln!(text, "-- {}", line.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            let kept = if part.kept { " MATERIALIZED" } else { "" };
            let _ = write!(text, "{} AS{kept} (\n{}\n)", quoted(&part.name), part.body);
        }
        let (chain, answers) = match self.rows {
            Rows::Households => (&self.households, &self.writer.answers),
            Rows::Candidates => (&self.persons, &self.writer.candidate_answers),
        };
        let _ = write!(text, "\nSELECT {}", chain.keys());
        for (column, expression) in answers {
            let _ = write!(text, ",\n  {expression} AS {}", quoted(column));
        }
        let _ = writeln!(text, "\nFROM {};", quoted(&chain.last));
        text
    }
}

fn first(chain: &mut Chain, name: &str, comment: &str, columns: Vec<(String, String)>, from: &str) -> Part {
    let mut body = format!("  SELECT {}", chain.keys());
    for (column, expression) in &columns {
        let _ = write!(body, ",\n    {expression} AS {}", quoted(column));
    }
    let _ = write!(body, "\n  FROM {from}");
    chain.own.extend(columns.into_iter().map(|(column, _)| column));
    name.clone_into(&mut chain.last);
    Part { name: name.to_owned(), comment: vec![comment.to_owned()], body, kept: true }
}

/// Reckons something of each row and gathers it by keys.
fn grouped(name: &str, keys: &str, by: &str, gathered: &[Gathered], from: &str) -> Part {
    let mut inner = format!("    SELECT {keys}");
    let mut outer = format!("  SELECT {by}");
    for one in gathered {
        for (column, expression) in &one.each {
            let _ = write!(inner, ",\n      {expression} AS {}", quoted(column));
        }
        for (column, expression) in &one.columns {
            let _ = write!(outer, ",\n    {expression} AS {}", quoted(column));
        }
    }
    let body = format!("{outer}\n  FROM (\n{inner}\n    FROM {from}\n  ) GROUP BY {by}");
    Part { name: name.to_owned(), comment: vec![], body, kept: false }
}

/// A household without members has nothing gathered: none, or a sum of nothing.
fn gathered_columns(gathered: &[Gathered]) -> Vec<(String, String)> {
    let columns = gathered.iter().flat_map(|one| &one.columns);
    columns.map(|(column, _)| (column.clone(), format!("coalesce(n.{}, 0)", quoted(column)))).collect()
}
