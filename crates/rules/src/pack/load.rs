//! Reads a pack's files, collects every mistake, and gives the checked pack.

use super::{
    Pack,
    catalogue::{Calendar, Holiday, Operator, Paper, Place, Source},
    error::{PolicyError, did_you_mean, line_column},
    grievances::{Grievances, Route},
    raw::{Placed, RawCalendar, RawGrievances, RawOperators, RawPack, RawPapers, RawSources},
    words::Words,
};
use crate::{Date, Id, expr::parse::Mistake, verdict::Shapes};
use domain::grievances::GrievanceLimits;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The files of one pack and the mistakes found so far.
pub(crate) struct Loader<'a> {
    /// Text by path within the pack.
    pub(crate) files: BTreeMap<&'a str, &'a str>,
    /// What comes before those paths, for messages.
    root: String,
    pub(crate) errors: Vec<PolicyError>,
}

/// Reads and checks a whole pack.
pub(crate) fn load(files: &[(&str, &str)]) -> Result<Pack, Vec<PolicyError>> {
    let mut loader = Loader::new(files)?;
    let pack = loader.pack();
    loader.errors.sort();
    loader.errors.dedup();
    match pack {
        Some(pack) if loader.errors.is_empty() => Ok(pack),
        _ => Err(loader.errors),
    }
}

/// SHA-256 over path and text of every file in path order, each with its length before it.
fn content_hash(files: &BTreeMap<&str, &str>) -> Id {
    let mut sum = Sha256::new();
    for part in files.iter().flat_map(|(path, text)| [path, text]) {
        sum.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        sum.update(part.as_bytes());
    }
    let hex: String = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Id::from(hex)
}

impl<'a> Loader<'a> {
    fn new(files: &[(&'a str, &'a str)]) -> Result<Self, Vec<PolicyError>> {
        let is_root = |path: &&str| *path == "pack.toml" || path.ends_with("/pack.toml");
        let Some(pack) = files.iter().map(|(path, _)| *path).filter(is_root).min_by_key(|p| p.len()) else {
            return Err(vec![PolicyError {
                file: "pack.toml".into(),
                line: 0,
                column: 0,
                message: "There is no pack.toml, so this folder is not a pack.".into(),
                suggestion: Some("Name the folder that holds pack.toml.".into()),
            }]);
        };
        let root = pack.strip_suffix("pack.toml").unwrap_or("").to_owned();
        let within = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(root.as_str())?, *text)));
        Ok(Self { files: within.collect(), root, errors: vec![] })
    }

    fn pack(&mut self) -> Option<Pack> {
        let raw: RawPack = self.read("pack.toml")?;
        let operators: Vec<Operator> = self.read::<RawOperators>("operators.toml").map_or(vec![], |o| o.operator);
        let papers: Vec<Paper> = self.read::<RawPapers>("papers.toml").map_or(vec![], |p| p.paper);
        let sources: Vec<Source> = self.read::<RawSources>("sources.toml").map_or(vec![], |s| s.source);
        let mut pack = Pack {
            hash: content_hash(&self.files),
            id: raw.id,
            title: raw.title,
            version: raw.version,
            currency: raw.currency,
            languages: raw.languages,
            members_max: raw.members_max,
            facts: vec![],
            scores: vec![],
            programmes: vec![],
            operators,
            papers,
            sources,
            places: self.places(),
            calendar: self.calendar(),
            grievances: Grievances::default(),
            situations: vec![],
            groups: vec![],
            apply: BTreeMap::new(),
            by_id: BTreeMap::new(),
            plan: crate::plan::Plan::default(),
            shapes: Shapes::from([]),
            in_order: Default::default(),
            cases: vec![],
        };
        self.unique("operators.toml", pack.operators.iter().map(|o| &o.id));
        self.unique("papers.toml", pack.papers.iter().map(|p| &p.id));
        self.unique("sources.toml", pack.sources.iter().map(|s| &s.id));
        pack.grievances = self.grievances(&pack);
        self.facts_and_programmes(&mut pack);
        pack.situations = self.situations(&pack);
        pack.groups = self.groups(&pack);
        pack.apply = self.apply(&pack);
        self.stray_files();
        Some(pack)
    }

    pub(super) fn unique<'i>(&mut self, file: &str, ids: impl Iterator<Item = &'i Id>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.error(file, None, format!("`{id}` is declared twice."), Some("Give each its own id.".into()));
            }
        }
    }

    /// A mistake at a byte offset of a file, or about the whole file.
    pub(crate) fn error(&mut self, file: &str, at: Option<usize>, message: String, suggestion: Option<String>) {
        let text = self.files.get(file).copied().unwrap_or("");
        let (line, column) = at.map_or((0, 0), |at| line_column(text, at));
        self.errors.push(PolicyError { file: format!("{}{file}", self.root), line, column, message, suggestion });
    }

    /// The line of a file where something is written, counted from 1.
    pub(crate) fn line(&self, file: &str, placed: &Placed) -> usize {
        line_column(self.files.get(file).copied().unwrap_or(""), placed.span().start).0
    }

    /// Mistakes within an expression, at their place in the file.
    pub(crate) fn mistakes(&mut self, file: &str, placed: &Placed, mistakes: Vec<Mistake>) {
        for mistake in mistakes {
            let at = self.place_in_file(file, placed, mistake.at);
            self.error(file, Some(at), mistake.message, mistake.suggestion);
        }
    }

    /// Where the n-th byte of a text value stands in the file: past its opening quotes and any escapes.
    fn place_in_file(&self, file: &str, placed: &Placed, offset: usize) -> usize {
        let text = self.files.get(file).copied().unwrap_or("");
        let raw = text.get(placed.span()).unwrap_or("");
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let mut at = quotes;
        if quotes == 3 && raw[at..].starts_with('\n') {
            at += 1;
        }
        let (literal, mut left) = (raw.starts_with('\''), offset);
        while left > 0 && at < raw.len() {
            at += usize::from(!literal && raw[at..].starts_with('\\'));
            let step = raw[at..].chars().next().map_or(1, char::len_utf8);
            at += step;
            left = left.saturating_sub(step);
        }
        placed.span().start + at.min(raw.len())
    }

    /// Refuses an id that is not among the known ones.
    pub(crate) fn known<'i>(
        &mut self,
        file: &str,
        id: &Placed,
        what: &str,
        known: impl IntoIterator<Item = &'i str>,
    ) -> Id {
        let known: BTreeSet<&str> = known.into_iter().collect();
        let name = id.get_ref();
        if !known.contains(name.as_str()) {
            let near = did_you_mean(name, known);
            self.error(file, Some(id.span().start), format!("No {what} `{name}` is declared."), near);
        }
        Id::from(name.as_str())
    }

    /// Reads one file; a missing or malformed one is an error.
    pub(crate) fn read<T: DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let Some(text) = self.files.get(file).copied() else {
            self.error(file, None, "This file is missing.".into(), None);
            return None;
        };
        match toml::from_str(text) {
            Ok(read) => Some(read),
            Err(error) => {
                let (message, suggestion) = toml_words(error.message());
                self.error(file, Some(error.span().map_or(0, |s| s.start)), message, suggestion);
                None
            }
        }
    }

    fn places(&mut self) -> Vec<Place> {
        let Some(text) = self.files.get("places.csv").copied() else { return vec![] };
        let mut rows = text.lines().filter(|l| !l.trim().is_empty()).map(csv_row);
        let heads = rows.next().unwrap_or_default();
        let places: Vec<Place> = rows.map(|row| place(heads.iter().cloned().zip(row).collect())).collect();
        if !heads.iter().any(|h| h == "code") && !places.is_empty() {
            self.error("places.csv", Some(0), "There is no column `code`.".into(), None);
        }
        self.unique("places.csv", places.iter().map(|p| &p.code));
        places
    }

    fn calendar(&mut self) -> Calendar {
        if !self.files.contains_key("calendar.toml") {
            return Calendar::default();
        }
        let Some(raw) = self.read::<RawCalendar>("calendar.toml") else { return Calendar::default() };
        let mut holidays = vec![];
        for day in raw.holiday {
            match date(&day.on) {
                Some(on) => holidays.push(Holiday { on, name: day.name, expected: day.expected, status: day.status }),
                None => self.error("calendar.toml", None, format!("`{}` is not a day.", day.on), None),
            }
        }
        holidays.sort_by_key(|h| h.on);
        Calendar { weekend: raw.weekend, holidays }
    }

    /// Limits and routes of complaints; a pack without the file has the defaults.
    fn grievances(&mut self, pack: &Pack) -> Grievances {
        const FILE: &str = "grievances.toml";
        if !self.files.contains_key(FILE) {
            return Grievances::default();
        }
        let Some(raw) = self.read::<RawGrievances>(FILE) else { return Grievances::default() };
        let of = raw.limits;
        let limits = GrievanceLimits { assign: of.assign, answer: of.answer, citizen: of.citizen };
        if limits.assign == 0 || limits.citizen == 0 || limits.answer < limits.assign {
            let next = Some("Give each at least one working day, and the answer no fewer than the assignment.".into());
            self.error(FILE, None, "The limits of complaints leave somebody no time.".into(), next);
        }
        self.unique(FILE, raw.route.iter().map(|route| &route.id));
        for route in &raw.route {
            if let Some(unknown) = route.operators.iter().find(|id| pack.operator(id).is_none()) {
                let near = did_you_mean(unknown, pack.operators().iter().map(|operator| &*operator.id));
                self.error(FILE, None, format!("Route `{}`: no operator `{unknown}` is declared.", route.id), near);
            }
            if route.days == 0 {
                let next = Some("Give it at least one working day.".into());
                self.error(FILE, None, format!("Route `{}` has no time to answer.", route.id), next);
            }
        }
        let every = |route: &Route| route.operators.is_empty() && route.levels.is_empty();
        if !raw.route.is_empty() && raw.route.iter().filter(|route| every(route)).count() != 1 {
            let next = Some("Leave out `operators` and `levels` of exactly one route.".into());
            self.error(FILE, None, "Not every complaint has one body above.".into(), next);
        }
        Grievances { limits, status: of.status, source: of.source, routes: raw.route }
    }

    fn stray_files(&mut self) {
        let top = [
            "pack.toml",
            "facts.toml",
            "operators.toml",
            "papers.toml",
            "sources.toml",
            "calendar.toml",
            "grievances.toml",
            super::situation::FILE,
            super::apply::FILE,
            super::group::FILE,
        ];
        let per_programme = ["programme.toml", "texts.toml", "cases.toml"];
        let stray: Vec<String> = self
            .files
            .keys()
            .filter(|path| path.ends_with(".toml"))
            .filter(|path| match path.split_once('/') {
                None => !top.contains(path),
                Some(("scores", rest)) => rest.contains('/'),
                Some((_, rest)) => !per_programme.contains(&rest),
            })
            .map(|path| (*path).to_owned())
            .collect();
        for path in stray {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let near = did_you_mean(name, top.into_iter().chain(per_programme));
            self.error(&path, None, "This file is not part of a pack, so nothing would read it.".into(), near);
        }
    }
}

/// What the TOML reader says, as a sentence with a suggestion where a name is misspelt.
fn toml_words(message: &str) -> (String, Option<String>) {
    let message = message.lines().next().unwrap_or("").trim();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let near = match quoted.split_first() {
        Some((wrong, known)) if message.starts_with("unknown") => did_you_mean(wrong, known.iter().copied()),
        _ => None,
    };
    let said = if near.is_some() { message.split(", expected").next().unwrap_or(message) } else { message };
    let mut chars = said.chars();
    let capital = chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
    (format!("{}.", capital.trim_end_matches('.')), near)
}

/// A TOML date as a civil date.
pub(crate) fn date(written: &toml::value::Datetime) -> Option<Date> {
    written.date.and_then(|d| Date::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)))
}

fn place(mut columns: BTreeMap<String, String>) -> Place {
    let take = |name: &str| columns.get(name).cloned().unwrap_or_default();
    let code = Id::from(take("code"));
    let names = ["en", "ur", "ps"].map(|lang| (lang.to_owned(), take(&format!("name_{lang}"))));
    let name = Words(names.into_iter().filter(|(_, text)| !text.is_empty()).collect());
    let population = ["population", "population_2023"].iter().find_map(|column| take(column).parse().ok());
    let province = take("province");
    columns.retain(|_, text| !text.is_empty());
    Place { code, name, province, population, columns }
}

/// One line of comma-separated values; quoted values may hold commas, doubled quotes stand for one.
fn csv_row(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (vec![], String::new(), false);
    let mut chars = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_values_may_hold_commas() {
        assert_eq!(csv_row("a,\"b, \"\"c\"\"\",,d\r"), ["a", "b, \"c\"", "", "d"]);
    }

    #[test]
    fn a_misspelt_key_gets_a_suggestion() {
        let said = toml_words("unknown field `wehn`, expected one of `id`, `when`, `status`");
        assert_eq!(said, ("Unknown field `wehn`.".into(), Some("Did you mean `when`?".into())));
    }
}
