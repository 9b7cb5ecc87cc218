//! The policy pack: read once, checked as a whole, then only read.

mod apply;
pub mod benefit;
pub mod card_check;
pub mod catalogue;
mod compile_facts;
pub(crate) mod error;
pub mod fact;
pub mod grievances;
pub mod group;
mod load;
mod load_cases;
mod load_facts;
mod load_programmes;
pub mod programme;
mod raw;
pub mod situation;
pub mod words;
mod written;

use crate::{Id, cases::Case, eval::fill::InOrder, plan::Plan, verdict::Shapes};
use catalogue::{Calendar, Operator, Paper, Place, Source};
pub use error::PolicyError;
use fact::{Fact, Score};
use grievances::Grievances;
use group::Group;
use programme::Programme;
use situation::Situation;
use std::collections::BTreeMap;
use words::Words;

/// A checked policy pack. Obtain one with [`Pack::load`]; it never changes afterwards.
#[derive(Debug)]
pub struct Pack {
    pub(crate) hash: Id,
    pub(crate) id: Id,
    pub(crate) title: Words,
    pub(crate) version: String,
    pub(crate) currency: String,
    pub(crate) languages: Vec<String>,
    pub(crate) members_max: u32,
    pub(crate) facts: Vec<Fact>,
    pub(crate) scores: Vec<Score>,
    pub(crate) programmes: Vec<Programme>,
    pub(crate) operators: Vec<Operator>,
    pub(crate) papers: Vec<Paper>,
    pub(crate) sources: Vec<Source>,
    pub(crate) places: Vec<Place>,
    pub(crate) calendar: Calendar,
    pub(crate) grievances: Grievances,
    pub(crate) situations: Vec<Situation>,
    pub(crate) groups: Vec<Group>,
    /// Where one applies, by what programmes write.
    pub(crate) apply: BTreeMap<String, Words>,
    pub(crate) by_id: BTreeMap<Id, usize>,
    pub(crate) plan: Plan,
    /// The criteria as verdicts show them.
    pub(crate) shapes: Shapes,
    /// Slots of the household and of a person by name.
    pub(crate) in_order: [InOrder; 2],
    pub(crate) cases: Vec<Case>,
}

impl Pack {
    /// Reads and checks a pack from its files, given as (path within the pack, text). Returns every mistake found.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, Vec<PolicyError>> {
        load::load(files)
    }

    /// SHA-256 over the files in path order, in hexadecimal: the same files always have the same hash.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The pack's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title.
    pub fn title(&self) -> &Words {
        &self.title
    }

    /// The day its facts were gathered, as the pack writes it; empty when it does not say.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The currency of its amounts.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// Language codes of its texts.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The most members a household is thought to have while its list is open.
    pub fn members_max(&self) -> u32 {
        self.members_max
    }

    /// Every programme, ordered by id.
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }

    /// One programme.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.by_id.get(id).map(|i| &self.programmes[*i])
    }

    /// Every fact, in the dictionary's order.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// One fact by its full id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|f| f.id == *id)
    }

    /// Every score.
    pub fn scores(&self) -> &[Score] {
        &self.scores
    }

    /// One score, by its id without `scores.`.
    pub fn score(&self, id: &str) -> Option<&Score> {
        self.scores.iter().find(|s| s.id == *id)
    }

    /// Who runs programmes.
    pub fn operators(&self) -> &[Operator] {
        &self.operators
    }

    /// One operator.
    pub fn operator(&self, id: &str) -> Option<&Operator> {
        self.operators.iter().find(|o| o.id == *id)
    }

    /// The documents families bring.
    pub fn papers(&self) -> &[Paper] {
        &self.papers
    }

    /// Where a programme is applied for, in words: each of its `apply_at` in every language the pack has it in.
    pub fn apply_at<'p>(&'p self, programme: &'p Programme, lang: &str) -> Vec<&'p str> {
        let words = |at: &'p String| self.apply.get(at).map_or(at.as_str(), |words| words.get(lang));
        programme.apply_at.iter().map(words).collect()
    }

    /// One paper.
    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.papers.iter().find(|p| p.id == *id)
    }

    /// What the source ids stand for.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// One source.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == *id)
    }

    /// Districts.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// One district by code.
    pub fn place(&self, code: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.code == *code)
    }

    /// Weekend and holidays.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Limits of complaints, and the bodies above.
    pub fn grievances(&self) -> &Grievances {
        &self.grievances
    }

    /// What happens to people, in the order to show it.
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// Groups of people that programmes are for, in the order to show them.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// One situation.
    pub fn situation(&self, id: &str) -> Option<&Situation> {
        self.situations.iter().find(|s| s.id == *id)
    }

    /// The golden cases of every programme.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }
}
