//! Finding people by number, phone or name: keys first, then at most some hundred candidates ranked in Rust.

use super::{
    candidates,
    keys::Keyed,
    read::{People, visible_household},
};
use crate::{
    db::{Conn, Row, Value, placeholders, with_conn},
    error::Result,
};
use domain::{
    access::Doing,
    ids::{HouseholdId, PersonId},
    programmes::DistrictId,
};
use linkage::{KeyKind, Match, PersonForKeys, Query, Ranker};
use std::collections::{HashMap, HashSet};

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

impl People<'_> {
    /// Searches all districts; what is shown of others is a match card.
    pub async fn search(&self, query: &Query) -> Result<Vec<Hit>> {
        let ranker = Ranker::new(query);
        self.find(&linkage::query_keys(query), |person| ranker.compare(person)).await
    }

    /// People who may be the same as someone about to be registered; none is ever merged silently.
    pub async fn similar(&self, person: &PersonForKeys<'_>) -> Result<Vec<Hit>> {
        let query = Query::of_person(person);
        let ranker = Ranker::new(&query);
        self.find(&linkage::query_keys(&query), |other| ranker.compare(other).filter(Match::may_be_the_same)).await
    }

    /// Whoever opens case files may look for people; tokens, decisions and accounts need no search.
    fn may_search(&self) -> bool {
        self.scope.is_system()
            || self.scope.may(Doing::People)
            || self.scope.officer().is_some_and(|officer| officer.reads_everything())
    }

    async fn find(
        &self,
        keys: &[(KeyKind, String)],
        compare: impl Fn(&PersonForKeys<'_>) -> Option<Match>,
    ) -> Result<Vec<Hit>> {
        if !self.may_search() {
            return Ok(Vec::new());
        }
        with_conn!(&self.store.db, conn => {
            let candidates = candidates::read(&mut conn, keys).await?;
            let mut found: Vec<(PersonId, Keyed, Match)> = Vec::new();
            for (person, card) in candidates {
                let keyed = Keyed::of_card(&card)?;
                if let Some(matched) = keyed.borrowed(&compare) {
                    found.push((person, keyed, matched));
                }
            }
            found.sort_by(|(a, _, x), (b, _, y)| y.rank_key().cmp(&x.rank_key()).then(a.cmp(b)));
            found.truncate(SHOWN);
            self.hits(&mut conn, found).await
        })
    }

    /// The hits in their order, with their household and whether it is the reader's own.
    async fn hits(&self, conn: &mut Conn<'_>, found: Vec<(PersonId, Keyed, Match)>) -> Result<Vec<Hit>> {
        let Some((last, ..)) = found.last() else { return Ok(Vec::new()) };
        let mut values: Vec<Value> = found.iter().map(|(person, ..)| Value::from(*person)).collect();
        // A short list repeats its last person, so that there is one statement for every length.
        values.resize(SHOWN, Value::from(*last));
        let (condition, rest) = visible_household(self.scope).sql(SHOWN + 1);
        values.extend(rest);
        let sql = format!(
            "select s.person_id, p.household_id, p.left_on is not null, {condition}, r.root, c.card from person s
             left join person_root r on r.person_id = s.person_id
             join person p on p.person_id = coalesce(r.root, s.person_id)
             join household h on h.household_id = p.household_id
             left join person_keys c on c.person_id = r.root where s.person_id in ({})",
            placeholders(1, SHOWN)
        );
        let mut files: HashMap<PersonId, File> = HashMap::new();
        for row in conn.rows(sql, values).await? {
            files.insert(row.id(0)?, File::read(&row)?);
        }
        let mut seen = HashSet::new();
        let hit = |(person, keyed, found): (PersonId, Keyed, Match)| {
            let file = files.remove(&person)?;
            // A person whose records were joined is found by any of them and answered once, as the record they stand under.
            let person = file.root.unwrap_or(person);
            let card = MatchCard::of(file.card.unwrap_or(keyed), file.left);
            let card = if file.yours { card } else { card.hidden() };
            let hit = Hit { person, household: file.household, card, found, yours: file.yours };
            seen.insert(person).then_some(hit)
        };
        Ok(found.into_iter().filter_map(hit).collect())
    }
}

/// Where a person who was found stands.
struct File {
    household: HouseholdId,
    left: bool,
    yours: bool,
    /// For a joined record: whom it was joined to, and their card.
    root: Option<PersonId>,
    card: Option<Keyed>,
}

impl File {
    fn read(row: &Row) -> Result<Self> {
        let card: Option<String> = row.get(5)?;
        Ok(File {
            household: row.id(1)?,
            left: row.get(2)?,
            yours: row.get(3)?,
            root: row.id_opt(4)?,
            card: card.as_deref().map(Keyed::of_card).transpose()?,
        })
    }
}

impl MatchCard {
    pub(super) fn of(keyed: Keyed, left: bool) -> Self {
        MatchCard {
            given: keyed.given,
            father_or_husband: keyed.father_or_husband,
            village: keyed.village,
            district: DistrictId(keyed.district),
            birth_year: keyed.birth_year,
            number: keyed.numbers.first().map(|digits| mask(digits)),
            left,
        }
    }

    /// Without what another district's file may not show before a reason is given.
    pub(super) fn hidden(self) -> Self {
        let initial = self.father_or_husband.and_then(|name| name.chars().next()).map(|c| format!("{c}."));
        MatchCard { father_or_husband: initial, village: None, birth_year: None, ..self }
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
