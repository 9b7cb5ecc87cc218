//! Which column of two tables gives which fact of a pack.

use crate::{
    chunk::Layout,
    fault::{Fault, Faults},
    field::{Field, Part, fields_of},
    mapping::{COMPLETE, Complete, DateAs, Mapping, SURVEY, Source},
    read::{Table, Want, translate::Translator},
};
use rules::{
    Date, Pack, did_you_mean,
    pack::fact::{FactKind, FactType, Record},
};
use std::collections::BTreeMap;

/// The fact by which households are laid together, where the pack declares it.
pub(crate) const DISTRICT: &str = "household.district";

/// What is asked of two tables.
pub struct Asked<'a> {
    /// The policy.
    pub pack: &'a Pack,
    /// Where its facts stand.
    pub mapping: &'a Mapping,
    /// The day the data stand for, when the mapping does not say.
    pub day: Option<Date>,
    /// Read these facts alone, by full id; all that are there when it is `None`.
    pub only: Option<&'a [String]>,
    /// Whether the persons' own ids are wanted.
    pub person_ids: bool,
}

/// Two tables ready to be read.
#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) layout: Layout,
    /// The household's id, its district, then the facts.
    pub(crate) household: Vec<Want>,
    /// The household's id, the person's if wanted, then the facts.
    pub(crate) person: Vec<Want>,
    pub(crate) person_ids: bool,
    /// Whether the second want of a household is its district and not a fact of the layout as well.
    pub(crate) own_district: bool,
    /// Where the district stands among the household's facts.
    pub(crate) district: Option<usize>,
    /// The same answer for every household, when the mapping gives one.
    pub(crate) complete: Option<bool>,
    pub(crate) day: Date,
    /// Columns of the tables that no fact comes from.
    pub(crate) left_out: Vec<String>,
}

struct Binder<'a> {
    asked: &'a Asked<'a>,
    day: Date,
    faults: Vec<Fault>,
    left_out: Vec<String>,
}

pub(crate) fn bind(asked: &Asked, households: &Table, persons: &Table) -> Result<Binding, Faults> {
    let mapping = asked.mapping;
    let Some(day) = mapping.day.or(asked.day) else {
        let file = if mapping.is_written() { &mapping.file } else { households.file() };
        let fault = Fault::of(file, "The day the data stand for is not said: ages and freshness depend on it.");
        return Err(fault.suggest("Write `day = \"2026-06-30\"` in the mapping, or give --day.").into());
    };
    let mut binder = Binder { asked, day, faults: vec![], left_out: vec![] };
    let binding = binder.binding(households, persons);
    binder.faults.sort();
    match binding {
        Ok(binding) if binder.faults.is_empty() => Ok(binding),
        Ok(_) => Err(Faults(binder.faults)),
        Err(mut faults) => {
            faults.0.extend(binder.faults);
            Err(faults)
        }
    }
}

impl Binder<'_> {
    fn binding(&mut self, households: &Table, persons: &Table) -> Result<Binding, Faults> {
        let mapping = self.asked.mapping;
        let mut household = vec![self.ids(households, &mapping.household_id)];
        let mut person = vec![self.ids(persons, &mapping.person_household)];
        let has = |table: &Table, column: &str| table.columns().iter().any(|(name, _)| name == column);
        let mut person_ids = false;
        if let Some(column) = mapping.person_id.as_ref().filter(|_| self.asked.person_ids)
            && (mapping.is_written() || has(persons, column))
        {
            person.push(self.ids(persons, column));
            person_ids = true;
        }
        let mut sources = mapping.facts.clone();
        self.named_as_facts(households, Record::Household, &mut sources);
        self.named_as_facts(persons, Record::Person, &mut sources);
        let own_district = !sources.contains_key(DISTRICT);
        let mut layout = Layout::default();
        let raw_district = mapping.district.clone().or_else(|| (!mapping.is_written()).then(|| "district".into()));
        if let Some(column) = raw_district.filter(|column| own_district && has(households, column)) {
            household.push(self.district(households, column, &mut layout)?);
        }
        for (id, source) in sources {
            let fields = fields_of(self.asked.pack, &id);
            let table = if id.starts_with("person.") { persons } else { households };
            if !self.is_there(table, &source.column) || !self.is_asked(&id) || fields.is_empty() {
                continue;
            }
            let want = self.fact(table, fields, source);
            match &want {
                Want::Fact(translator) if id.starts_with("person.") => layout.person.extend(translator.fields.clone()),
                Want::Fact(translator) => layout.household.extend(translator.fields.clone()),
                Want::Ids(_) => {}
            }
            if id.starts_with("person.") { person.push(want) } else { household.push(want) }
        }
        let complete = match mapping.complete {
            Complete::Always(always) => {
                layout.household.extend(fields_of(self.asked.pack, COMPLETE));
                Some(always)
            }
            Complete::Unknown | Complete::Column => None,
        };
        let district = layout.household.iter().position(|f| f.fact == DISTRICT && f.kind == FactType::Code);
        if let Some(at) = district {
            layout.districts = layout.household[at].codes.clone();
        }
        let left_out = std::mem::take(&mut self.left_out);
        let own_district = own_district && household.len() > 1 && !layout.districts.is_empty();
        Ok(Binding { layout, household, person, person_ids, own_district, district, complete, day: self.day, left_out })
    }

    fn is_asked(&self, id: &str) -> bool {
        self.asked.only.is_none_or(|only| id == DISTRICT || only.iter().any(|one| one == id))
    }

    fn ids(&mut self, table: &Table, column: &str) -> Want {
        self.is_there(table, column);
        Want::Ids(column.to_owned())
    }

    fn is_there(&mut self, table: &Table, column: &str) -> bool {
        let columns = table.columns();
        if columns.iter().any(|(name, _)| name == column) {
            return true;
        }
        let fault = Fault::of(table.file(), format!("There is no column `{column}`."));
        let near = did_you_mean(column, columns.iter().map(|(name, _)| name.as_str()));
        let what =
            near.unwrap_or_else(|| "Say in a mapping file which column it is; see docs/guide/targeting.md.".into());
        let fault = fault.suggest(what);
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
        false
    }

    /// Columns that bear the name of a fact, short or in full, are that fact.
    fn named_as_facts(&mut self, table: &Table, record: Record, sources: &mut BTreeMap<String, Source>) {
        let mapping = self.asked.mapping;
        let keys = match record {
            Record::Household => vec![&mapping.household_id],
            Record::Person => {
                [Some(&mapping.person_household), mapping.person_id.as_ref()].into_iter().flatten().collect()
            }
        };
        let keys: Vec<&String> = keys.into_iter().chain(mapping.district.as_ref()).collect();
        for (column, _) in table.columns() {
            let claimed = sources.iter().any(|(id, source)| source.column == column && record_of(id) == record);
            if claimed
                || keys.contains(&&column)
                || column == "district" && record == Record::Household && !self.declares(DISTRICT)
            {
                continue;
            }
            match self.fact_named(&column, record) {
                Some(id) if !sources.contains_key(&id) => {
                    sources.insert(id, Source { column, ..Source::default() });
                }
                _ => self.stray(table, column, record),
            }
        }
    }

    fn declares(&self, id: &str) -> bool {
        !fields_of(self.asked.pack, id).is_empty()
    }

    fn fact_named(&self, column: &str, record: Record) -> Option<String> {
        let prefixes = match record {
            Record::Household => &["household.", "scores."][..],
            Record::Person => &["person."][..],
        };
        let surveyed = record == Record::Household && SURVEY.contains(&column);
        let full = prefixes.iter().find(|prefix| column.starts_with(**prefix)).map(|_| column.to_owned());
        let full = full.or_else(|| surveyed.then(|| column.to_owned()));
        let ids = full.into_iter().chain(prefixes.iter().map(|prefix| format!("{prefix}{column}")));
        let derived = |id: &String| self.asked.pack.fact(id).is_some_and(|fact| fact.kind == FactKind::Derived);
        ids.into_iter().find(|id| self.declares(id) && !derived(id))
    }

    /// A column no fact comes from: left out when a mapping was written, a fault when there is none.
    fn stray(&mut self, table: &Table, column: String, record: Record) {
        if self.asked.mapping.is_written() {
            return self.left_out.push(column);
        }
        let facts = self.asked.pack.facts().iter().filter(|fact| fact.record == record);
        let near = did_you_mean(&column, facts.map(|fact| fact.short()));
        let fault = Fault::of(table.file(), "No fact of the policy has this name.").column(&column);
        let what = "Leave the column out, or write a mapping file; see docs/guide/targeting.md.";
        self.faults.push(fault.suggest(near.unwrap_or_else(|| what.into())));
    }

    fn fact(&self, table: &Table, mut fields: Vec<Field>, source: Source) -> Want {
        let whole_days = source.date == DateAs::Date && table.has_whole_days(&source.column);
        if whole_days {
            fields.retain(|field| field.part != Part::Latest);
        }
        let mapping = self.asked.mapping;
        let personal = fields.first().is_some_and(|field| field.record() == Record::Person);
        let null = if personal { &mapping.person_null } else { &mapping.household_null };
        Want::Fact(Box::new(Translator::new(table.file(), fields, source, null, self.day)))
    }

    /// Districts that are no fact of the pack: their names in order.
    fn district(&self, table: &Table, column: String, layout: &mut Layout) -> Result<Want, Faults> {
        let wants = [Want::Ids(column.clone())];
        let mut stream = table.stream(&wants, 1)?;
        let mut names = std::collections::BTreeSet::new();
        while let Some(rows) = stream.next()? {
            if let Some(crate::read::Got::Ids(ids)) = rows.got.first() {
                for at in 0..ids.len() {
                    if at == 0 || ids.get(at) != ids.get(at - 1) {
                        names.insert(ids.get(at).to_string());
                    }
                }
            }
        }
        layout.districts = names.into_iter().collect();
        let field = Field {
            fact: DISTRICT.into(),
            part: Part::Whole,
            kind: FactType::Code,
            physical: crate::column::Physical::U16,
            low: 0,
            high: i64::from(u16::MAX) - 1,
            codes: layout.districts.clone(),
        };
        let source = Source { column, ..Source::default() };
        Ok(Want::Fact(Box::new(Translator::new(table.file(), vec![field], source, &[], self.day))))
    }
}

fn record_of(id: &str) -> Record {
    crate::field::record_of(id)
}
