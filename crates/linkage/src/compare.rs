//! How strongly a record matches a search, and why, in words that a page can show.
//!
//! Brothers share father, phone and village, so family evidence alone never makes a match of persons: without a number,
//! a near number or a similar given name a record is marked [`Strength::FamilyOnly`] and its score is capped.

mod evidence;
mod free;
#[cfg(test)]
mod tests;

pub use evidence::Evidence;

use crate::{PersonForKeys, Query, names, names::Name};
use evidence::Weighed;
use free::{Left, Stretch};

/// How a match is to be read. A person confirms every match, whatever its strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Shares the phone or the family, nothing of the person: at most a relative.
    FamilyOnly,
    /// Some personal evidence.
    Possible,
    /// Personal evidence and more that agrees, and the given names are not different (numbers are lent).
    Strong,
}

/// One candidate's match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Points for ordering: about 1000 for the same number, 300 at most without personal evidence.
    pub score: i32,
    /// How to read it.
    pub strength: Strength,
    /// What speaks for and against, the weightiest first.
    pub why: Vec<Evidence>,
}

impl Match {
    /// The same match with more evidence, such as what only the whole records tell.
    pub fn with(self, more: impl IntoIterator<Item = Evidence>) -> Match {
        Weighed::of(self.why.iter().copied().chain(more)).into_match().unwrap_or(self)
    }

    /// Whether an officer should look at it as a pair of records on file. What relatives share counts jointly and once:
    /// father, phone and village of two brothers add up to no evidence about a person.
    pub fn is_worth_reviewing(&self) -> bool {
        let points = |shared: bool| -> i32 {
            let these = self.why.iter().filter(|evidence| evidence.is_shared_by_families() == shared);
            these.map(|evidence| evidence.points()).sum()
        };
        let score = points(false) + points(true).min(FAMILY_JOINTLY);
        self.strength > Strength::FamilyOnly && score >= WORTH_REVIEWING
    }

    /// Whether a number, whole or nearly, or the very same given name speaks for one person; a similar name does not:
    /// brothers are called alike.
    pub fn is_more_than_a_similar_name(&self) -> bool {
        let similar = |evidence: &Evidence| matches!(evidence, Evidence::SimilarGivenName { .. });
        self.why.iter().any(|evidence| evidence.is_personal() && !similar(evidence))
    }

    /// The greater, the further up in a list: persons before relatives, then by score.
    pub fn rank_key(&self) -> (bool, i32) {
        (self.strength > Strength::FamilyOnly, self.score)
    }

    /// Whether it may be the person now being registered: no relative, and more than a given name agrees.
    pub fn may_be_the_same(&self) -> bool {
        self.strength > Strength::FamilyOnly && self.score >= WORTH_SHOWING
    }
}

/// The most points that family evidence alone can reach.
const FAMILY_CAP: i32 = 300;
/// From here on a match with personal evidence is strong.
const STRONG: i32 = 600;
/// From here on two given names are alike, in permille.
const NAMES_ALIKE: i32 = 850;
/// Below this two given names are different, in permille.
const NAMES_DIFFER: i32 = 750;

/// How well one person matches a search; `None` when nothing of weight agrees.
///
/// For many candidates use [`rank`] or a [`Ranker`], which read the search once.
pub fn match_strength(query: &Query, person: &PersonForKeys) -> Option<Match> {
    Ranker::new(query).compare(person)
}

/// The candidates that match, best first, each with its place in the input. Equal scores keep the input's order.
pub fn rank<'a>(query: &Query, candidates: impl IntoIterator<Item = PersonForKeys<'a>>) -> Vec<(usize, Match)> {
    let ranker = Ranker::new(query);
    let candidates = candidates.into_iter().enumerate();
    let mut found: Vec<_> = candidates.filter_map(|(at, person)| Some((at, ranker.compare(&person)?))).collect();
    found.sort_by_key(|(at, found)| (std::cmp::Reverse(found.rank_key()), *at));
    found
}

/// The people who may be the one now being registered, best first: relatives and weak matches are left out.
pub fn similar_people<'a>(
    person: &PersonForKeys,
    candidates: impl IntoIterator<Item = PersonForKeys<'a>>,
) -> Vec<(usize, Match)> {
    let mut found = rank(&Query::of_person(person), candidates);
    found.retain(|(_, found)| found.may_be_the_same());
    found
}

/// A given name alone reaches 300; something else must agree before a clerk is interrupted.
const WORTH_SHOWING: i32 = 400;

/// All that relatives share, together, counts at most as much as the same father's name.
const FAMILY_JOINTLY: i32 = 200;
/// The same given and father's name reach 500, which thousands share: a third thing must agree.
const WORTH_REVIEWING: i32 = 570;

/// A search with its names read once, to be held against many candidates.
pub struct Ranker<'q> {
    query: &'q Query,
    given: Option<Name>,
    father: Option<Name>,
    village: Option<Name>,
    free: Vec<Stretch>,
    district: Vec<String>,
}

impl<'q> Ranker<'q> {
    /// Reads the names of a search.
    pub fn new(query: &'q Query) -> Self {
        let name = |text: &Option<String>| text.as_deref().map(|text| Name::new(names::parts(text)));
        Self {
            given: name(&query.given),
            father: name(&query.father_or_husband),
            village: query.village.as_deref().map(|village| Name::new(names::place_parts(village))),
            free: query.free.iter().map(|stretch| Stretch::new(&names::parts(stretch))).collect(),
            district: query.district.as_deref().map(names::district_forms).unwrap_or_default(),
            query,
        }
    }

    /// As [`match_strength`].
    pub fn compare(&self, person: &PersonForKeys) -> Option<Match> {
        let mut weighed = Weighed::default();
        weighed.numbers(&self.query.numbers, person.numbers);
        weighed.phones(&self.query.phones, person.phones);
        self.names(person, &mut weighed);
        let known = person.district.filter(|_| !self.district.is_empty()).map(names::district_forms);
        if known.is_some_and(|known| known.iter().any(|form| self.district.contains(form))) {
            weighed.add(Evidence::SameDistrict);
        }
        weighed.birth_years(self.query.birth_year, person.birth_year);
        weighed.into_match()
    }

    fn names(&self, person: &PersonForKeys, weighed: &mut Weighed) {
        if self.given.is_none() && self.father.is_none() && self.village.is_none() && self.free.is_empty() {
            return;
        }
        let own = Name::new(names::parts(person.given));
        let father = person.father_or_husband.map(|father| Name::new(names::parts(father)));
        let village = person.village.map(|village| Name::new(names::place_parts(village)));
        if let Some(asked) = &self.given {
            weighed.given(asked.similarity(&own));
        }
        if let (Some(asked), Some(known)) = (&self.father, &father) {
            weighed.father(asked.similarity(known));
        }
        if let (Some(asked), Some(known)) = (&self.village, &village) {
            weighed.village(asked.place_similarity(known));
        }
        self.free_names(&own, father.as_ref(), village.as_ref(), weighed);
    }

    /// Words not told apart: each field takes the stretch of words most like it, the person's own name first.
    fn free_names(&self, own: &Name, father: Option<&Name>, village: Option<&Name>, weighed: &mut Weighed) {
        if self.free.is_empty() {
            return;
        }
        let mut left = Left::of(&self.free);
        if self.given.is_none() {
            weighed.given(left.take_best(|run| run.similarity(own)));
        }
        if let (None, Some(father)) = (&self.father, father) {
            weighed.father_if_alike(left.take_best(|run| run.similarity(father)));
        }
        if let (None, Some(village)) = (&self.village, village) {
            weighed.village(left.take_best(|run| run.place_similarity(village)));
        }
        // Of somebody whose father or village is not on file, a word may say just that.
        if father.is_some() && village.is_some() {
            weighed.left_over(left.telling());
        }
    }
}
