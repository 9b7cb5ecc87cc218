//! What ids are called in the reader's language, from the policies that have them.

use rules::{Pack, pack::benefit::Benefit};
use web::text::T;

/// Names out of one or more policies, the first that has one.
pub(crate) struct Names<'a> {
    pub(crate) t: T,
    pub(crate) packs: &'a [&'a Pack],
}

impl Names<'_> {
    /// A fact's, a score's or a programme's, whichever has the id; the id itself when none has.
    pub(crate) fn any(&self, id: &str) -> String {
        let fact = self.packs.iter().find_map(|pack| pack.fact(id)).map(|fact| fact.label(self.t.lang()).to_owned());
        match (fact.filter(|label| !label.is_empty()), id.strip_prefix("scores.")) {
            (Some(label), _) => label,
            (None, Some(score)) => self.score(score),
            (None, None) => self.programme(id),
        }
    }

    /// A programme's.
    pub(crate) fn programme(&self, id: &str) -> String {
        let found = self.packs.iter().find_map(|pack| pack.programme(id));
        found.map_or_else(|| id.to_owned(), |programme| self.t.pack(&programme.name.words).to_owned())
    }

    /// A benefit's, among those of a programme.
    pub(crate) fn benefit(&self, programme: &str, id: &str) -> String {
        let of = |pack: &&Pack| -> Option<String> {
            let programme = pack.programme(programme)?;
            let benefit: &Benefit = programme.benefits.iter().find(|benefit| benefit.id == *id)?;
            Some(self.t.pack(&benefit.text).to_owned())
        };
        self.packs.iter().find_map(of).filter(|text| !text.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// A score's.
    pub(crate) fn score(&self, id: &str) -> String {
        let found = self.packs.iter().find_map(|pack| pack.score(id));
        found.map_or_else(|| id.to_owned(), |score| self.t.pack(&score.title).to_owned())
    }

    /// What is counted by: `district`, or a fact of the household, of anybody (`person.`) or of its head (`head.`).
    pub(crate) fn by(&self, by: &str) -> String {
        let label = |fact: &str| {
            let found = self.packs.iter().find_map(|pack| pack.fact(fact));
            let label = found.map_or("", |fact| fact.label(self.t.lang())).to_owned();
            if label.is_empty() { fact.to_owned() } else { label }
        };
        match by.split_once('.') {
            None => self.t.m("report-by-district"),
            Some(("head", short)) => self.t.a("report-by-head", "fact", label(&format!("person.{short}"))),
            Some(("person", _)) => self.t.a("report-by-person", "fact", label(by)),
            Some(_) => label(by),
        }
    }

    /// A group's: a district, a code, yes or no; the empty one is not known.
    pub(crate) fn group(&self, by: &str, group: &str) -> String {
        let fact = match by.split_once('.') {
            None => "household.district".to_owned(),
            Some(("head", short)) => format!("person.{short}"),
            Some(_) => by.to_owned(),
        };
        match group {
            "" => self.t.m("value-unknown"),
            "yes" => self.t.m("value-yes"),
            "no" => self.t.m("value-no"),
            code => {
                let found = self.packs.iter().find_map(|pack| pack.fact(&fact));
                found.map_or(code, |fact| fact.code_text(code, self.t.lang())).to_owned()
            }
        }
    }
}
