//! Listed beneficiaries in a search: people whom no centre registered yet stand on lists, and are found there.

use super::super::{key_rows::hashed, keys::Keyed, search::MatchCard};
use super::Lists;
use crate::{
    db::{Conn, args, with_conn},
    error::Result,
};
use domain::{
    Date,
    access::Doing,
    ids::{ListingId, PersonId},
    people::{ImportOpened, ListedState},
};
use linkage::{KeyKind, Match, PersonForKeys, Query, Ranker};

/// How many one key may bring, how many are compared, how many are shown.
const PER_KEY: usize = 40;
const CANDIDATES: usize = 60;
const SHOWN: usize = 8;

/// A listed beneficiary found.
#[derive(Debug, Clone)]
pub struct ListedHit {
    /// Which row.
    pub listing: ListingId,
    /// Whom it means; `None` while an officer has not decided. Its own key when nobody registered is meant.
    pub person: Option<PersonId>,
    /// New, or waiting for a decision.
    pub state: ListedState,
    /// Who keeps the list.
    pub source: String,
    /// What the list is called.
    pub title: String,
    /// The day it says it was true.
    pub stated_on: Date,
    /// What may be shown.
    pub card: MatchCard,
    /// How strongly it matches, and why.
    pub found: Match,
    /// Whether it lies in one's own district.
    pub yours: bool,
}

impl Lists<'_> {
    /// Searches the lists of all districts for people who are not registered; what is shown of others is a match card.
    pub async fn search(&self, query: &Query) -> Result<Vec<ListedHit>> {
        let ranker = Ranker::new(query);
        self.find(&linkage::query_keys(query), |person| ranker.compare(person)).await
    }

    /// Listed people who may be the same as someone about to be registered.
    pub async fn similar(&self, person: &PersonForKeys<'_>) -> Result<Vec<ListedHit>> {
        let query = Query::of_person(person);
        let ranker = Ranker::new(&query);
        self.find(&linkage::query_keys(&query), |other| ranker.compare(other).filter(Match::may_be_the_same)).await
    }

    /// One listed beneficiary who is not registered, as whoever may register people sees it: whole in the own district.
    pub async fn to_register(&self, listing: ListingId) -> Result<Option<super::ListedRow>> {
        let Some(district) =
            self.scope.officer().and_then(|officer| officer.district()).filter(|_| self.scope.may(Doing::People))
        else {
            return Ok(None);
        };
        let row = self.one(listing).await?;
        Ok(row.filter(|row| {
            row.listed.district.as_ref() == Some(district)
                && matches!(row.listed.outcome.state(), ListedState::New | ListedState::Review)
        }))
    }

    /// Whoever opens case files may look for people.
    fn finds(&self) -> bool {
        self.scope.may(Doing::People) || self.reads()
    }

    async fn find(
        &self,
        keys: &[(KeyKind, String)],
        compare: impl Fn(&PersonForKeys<'_>) -> Option<Match>,
    ) -> Result<Vec<ListedHit>> {
        if !self.finds() || keys.is_empty() {
            return Ok(Vec::new());
        }
        let hashes: Vec<String> = keys
            .iter()
            .filter(|(kind, _)| *kind != KeyKind::GivenDistrict)
            .map(|(kind, key)| hashed(*kind, key).to_string())
            .collect();
        with_conn!(&self.store.db, conn => {
            let mut found: Vec<(ListingId, Keyed, Match)> = Vec::new();
            for (listing, card) in candidates(&mut conn, &hashes).await? {
                let keyed = Keyed::of_card(&card)?;
                if let Some(matched) = keyed.borrowed(&compare) {
                    found.push((listing, keyed, matched));
                }
            }
            found.sort_by(|(a, _, x), (b, _, y)| y.rank_key().cmp(&x.rank_key()).then(a.cmp(b)));
            let mut hits = Vec::new();
            for (listing, keyed, matched) in found {
                hits.extend(self.hit(&mut conn, listing, keyed, matched).await?);
                if hits.len() == SHOWN {
                    break;
                }
            }
            Ok(hits)
        })
    }

    /// The hit, unless the row means a registered person, whom the search of persons finds.
    async fn hit(
        &self,
        conn: &mut Conn<'_>,
        listing: ListingId,
        keyed: Keyed,
        found: Match,
    ) -> Result<Option<ListedHit>> {
        let sql = "select l.person_id, l.state, l.district, i.opened from listing l
                   join import i on i.import_id = l.import_id where l.listing_id = $1";
        let Some(row) = conn.row(sql, args![listing]).await? else { return Ok(None) };
        let (person, state): (Option<PersonId>, ListedState) = (row.id_opt(0)?, row.code(1)?);
        if state != ListedState::Review && person != Some(PersonId(listing.0)) {
            return Ok(None);
        }
        let opened: ImportOpened = row.json(3)?;
        let district: Option<String> = row.get(2)?;
        let own = self.scope.officer().and_then(|officer| officer.district()).map(|own| own.0.clone());
        let yours = self.reads() || (own.is_some() && district == own);
        let card = MatchCard::of(keyed, false);
        Ok(Some(ListedHit {
            listing,
            person,
            state,
            source: opened.list.source,
            title: opened.list.title,
            stated_on: opened.list.stated_on,
            card: if yours { card } else { card.hidden() },
            found,
            yours,
        }))
    }
}

/// The cards of whoever is filed under most of the keys.
async fn candidates(conn: &mut Conn<'_>, hashes: &[String]) -> Result<Vec<(ListingId, String)>> {
    let within = format!("(select listing_id from listing_key where key = q.key order by listing_id limit {PER_KEY})");
    let (asked, filed) = if conn.is_postgres() {
        let filed = format!("unnest($1::text::bigint[]) q (key) cross join lateral {within} k");
        (format!("{{{}}}", hashes.join(",")), format!("select k.listing_id from {filed}"))
    } else {
        // No key brings more than the bound; SQLite has no joined limit, so the keys of many are cut by the outer one.
        let filed = "select k.listing_id from json_each($1) q join listing_key k on k.key = q.value limit 4000";
        (format!("[{}]", hashes.join(",")), filed.to_owned())
    };
    let sql = format!(
        "select c.listing_id, c.card from (select f.listing_id, count(*) as shared from ({filed}) f group by f.listing_id
         order by shared desc, f.listing_id limit {CANDIDATES}) b join listing_keys c on c.listing_id = b.listing_id"
    );
    conn.rows(sql, args![asked]).await?.iter().map(|row| Ok((row.id(0)?, row.get(1)?))).collect()
}
