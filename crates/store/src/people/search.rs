//! Finding people by number, phone or name: keys first, then at most some hundred candidates ranked in Rust.

use super::{
    key_rows::hashed,
    keys::{self, Keyed},
    read::{People, visible_household},
};
use crate::{
    Scope,
    db::{Value, placeholders},
    error::Result,
};
use domain::{
    access::Doing,
    ids::{HouseholdId, PersonId},
    programmes::DistrictId,
};
use linkage::{KeyKind, Match, Query};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// How many persons one key may bring; a key that brings more is a common name and brings these at most.
const PER_KEY: i64 = 100;
/// How many candidates are compared.
const CANDIDATES: usize = 300;
/// How many hits are shown.
const SHOWN: usize = 20;

/// One person found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// Their household.
    pub household: HouseholdId,
    /// What may be shown.
    pub card: MatchCard,
    /// How strongly it matches, and why.
    pub found: Match,
    /// Whether the file lies within the scope; a file that does not opens with a written reason.
    pub yours: bool,
}

/// What is shown of a person of any district before the file is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchCard {
    /// Given name.
    pub given: String,
    /// Father's or husband's name: whole for one's own families, the first letter for others.
    pub father_or_husband: Option<String>,
    /// Village, for one's own families only.
    pub village: Option<String>,
    /// District.
    pub district: DistrictId,
    /// Year of birth, for one's own families only.
    pub birth_year: Option<i32>,
    /// The first identity number, masked.
    pub number: Option<String>,
    /// Left the household: died, married out, moved.
    pub left: bool,
}

/// How many keys one statement looks up: one round trip for most searches.
const PROBES: usize = 16;

/// The keys in order, each bringing at most [`PER_KEY`] persons.
static PROBE: LazyLock<String> = LazyLock::new(|| {
    let one = |i: usize| {
        format!("select * from (select person_id from person_key where key = ${} limit {PER_KEY}) k{i}", i + 1)
    };
    (0..PROBES).map(one).collect::<Vec<_>>().join(" union all ")
});

/// A short list is filled up with its last key, which brings nobody new, so that there is one statement for every length.
fn probe_args(keys: &[(KeyKind, String)]) -> Vec<Value> {
    let mut values: Vec<Value> = keys.iter().map(|(kind, key)| hashed(*kind, key).into()).collect();
    if let Some(last) = values.last().cloned() {
        values.resize(PROBES, last);
    }
    values
}

impl People<'_> {
    /// Searches all districts; what is shown of others is a match card.
    pub async fn search(&self, query: &Query) -> Result<Vec<Hit>> {
        let candidates = self.candidates(&linkage::query_keys(query)).await?;
        let ranker = linkage::compare::Ranker::new(query);
        self.hits(&candidates, |keyed| keyed.borrowed(|person| ranker.compare(person))).await
    }

    /// People who may be the same as someone about to be registered; none is ever merged silently.
    pub async fn similar(&self, person: &linkage::PersonForKeys<'_>) -> Result<Vec<Hit>> {
        let candidates = self.candidates(&linkage::registration_keys(person)).await?;
        self.hits(&candidates, |keyed| {
            keyed.borrowed(|other| linkage::similar_people(person, [*other]).into_iter().next().map(|(_, m)| m))
        })
        .await
    }

    /// Whoever opens case files may look for people; tokens, decisions and accounts need no search.
    fn may_search(&self) -> bool {
        self.scope.is_system()
            || self.scope.may(Doing::People)
            || self.scope.officer().is_some_and(|officer| officer.reads_everything())
    }

    async fn candidates(&self, keys: &[(KeyKind, String)]) -> Result<Vec<PersonId>> {
        if !self.may_search() {
            return Ok(Vec::new());
        }
        let mut found: Vec<PersonId> = Vec::new();
        let mut seen: HashSet<PersonId> = HashSet::new();
        for chunk in keys.chunks(PROBES) {
            for row in self.store.db.rows(PROBE.as_str(), probe_args(chunk)).await? {
                let person = row.id(0)?;
                if seen.insert(person) {
                    found.push(person);
                }
            }
            if found.len() >= CANDIDATES {
                break;
            }
        }
        found.truncate(CANDIDATES);
        Ok(found)
    }

    async fn hits(&self, candidates: &[PersonId], compare: impl Fn(&Keyed) -> Option<Match>) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for chunk in candidates.chunks(50) {
            hits.extend(self.load_hits(chunk, &compare).await?);
        }
        hits.sort_by(|a: &Hit, b: &Hit| b.found.rank_key().cmp(&a.found.rank_key()).then(a.person.cmp(&b.person)));
        hits.truncate(SHOWN);
        let visible = self.visible(&hits).await?;
        for hit in &mut hits {
            hit.yours = visible.contains_key(&hit.household);
            if !hit.yours {
                hit.card.hide();
            }
        }
        Ok(hits)
    }

    async fn load_hits(&self, chunk: &[PersonId], compare: &impl Fn(&Keyed) -> Option<Match>) -> Result<Vec<Hit>> {
        // A short list repeats its last key, so that there is one statement for every length.
        let Some(last) = chunk.last() else { return Ok(Vec::new()) };
        let padded = chunk.iter().chain(std::iter::repeat_n(last, 50 - chunk.len()));
        let values: Vec<Value> = padded.map(|id| Value::from(*id)).collect();
        let sql = format!(
            "select p.person_id, p.household_id, p.left_on is not null, {} from person p
             join household h on h.household_id = p.household_id where p.person_id in ({})",
            keys::COLUMNS,
            placeholders(1, 50)
        );
        let rows = self.store.db.rows(sql, values).await?;
        let mut hits = Vec::new();
        for row in &rows {
            let keyed = Keyed::read(row, 3)?;
            if let Some(found) = compare(&keyed) {
                let card = MatchCard::of(&keyed, row.get(2)?);
                hits.push(Hit { person: row.id(0)?, household: row.id(1)?, card, found, yours: false });
            }
        }
        Ok(hits)
    }

    async fn visible(&self, hits: &[Hit]) -> Result<HashMap<HouseholdId, ()>> {
        visible_among(self, hits.iter().map(|hit| hit.household)).await
    }
}

async fn visible_among(
    people: &People<'_>,
    ids: impl Iterator<Item = HouseholdId>,
) -> Result<HashMap<HouseholdId, ()>> {
    let mut values: Vec<Value> = ids.map(Value::from).collect();
    let Some(last) = values.last().cloned() else { return Ok(HashMap::new()) };
    values.resize(SHOWN, last);
    let (condition, rest) = visible_household(people.scope as &Scope).sql(SHOWN + 1);
    values.extend(rest);
    let sql = format!(
        "select h.household_id from household h where h.household_id in ({}) and {condition}",
        placeholders(1, SHOWN)
    );
    people.store.db.rows(sql, values).await?.iter().map(|row| Ok((row.id(0)?, ()))).collect()
}

impl MatchCard {
    fn of(keyed: &Keyed, left: bool) -> Self {
        MatchCard {
            given: keyed.given.clone(),
            father_or_husband: keyed.father_or_husband.clone(),
            village: keyed.village.clone(),
            district: DistrictId(keyed.district.clone()),
            birth_year: keyed.birth_year,
            number: keyed.numbers.first().map(|digits| mask(digits)),
            left,
        }
    }

    /// Takes away what another district's file may not show before a reason is given.
    fn hide(&mut self) {
        self.father_or_husband =
            self.father_or_husband.take().and_then(|name| name.chars().next()).map(|c| format!("{c}."));
        self.village = None;
        self.birth_year = None;
    }
}

/// `12345-*****67-1`; a number of another length shows its last three digits.
fn mask(digits: &str) -> String {
    if digits.len() == 13 && digits.is_ascii() {
        return format!("{}-*****{}-{}", &digits[..5], &digits[10..12], &digits[12..]);
    }
    let tail: String = digits.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    format!("***{tail}")
}
