//! The registry read from end to end, for a snapshot of it: whole households, district by district.
//!
//! Only a job of this installation reads so; every other scope is shown nothing. Protected answers are left out unless
//! their fact is named.

use super::read::{People, answer, member};
use crate::{
    db::{Row, Value, args, placeholders},
    error::{Result, StoreError},
};
use domain::{
    Version,
    ids::{HouseholdId, PersonId},
    people::{Answer, ConsentPurpose, Household, Place, PlaceSaid},
    programmes::{CentreId, DistrictId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Households read together.
const TOGETHER: usize = 200;

/// How often households that changed while they were read are read again.
const TRIES: usize = 5;

/// Some households of a district.
#[derive(Debug, Default)]
pub struct Page {
    /// In the order of their keys.
    pub households: Vec<Household>,
    /// Families whose newest word is that nothing is kept: they wait to be erased and are in no extract.
    pub refused: u64,
    /// Where the next page begins; `None` after the last.
    pub next: Option<HouseholdId>,
}

/// Rows by household.
type ByHousehold<T> = BTreeMap<HouseholdId, Vec<T>>;

impl People<'_> {
    /// The districts in which households live.
    pub async fn districts(&self) -> Result<Vec<DistrictId>> {
        if !self.scope.is_system() {
            return Ok(vec![]);
        }
        let sql = "select distinct district from household order by district";
        self.store.db.rows(sql, args![]).await?.iter().map(|row| Ok(DistrictId(row.get(0)?))).collect()
    }

    /// Households of a district with keys after one, as they stand: members who left are among them, answers set aside are
    /// not, protected answers only of the facts named. Each household is of one moment: one that changed while it was
    /// read is read again.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the households change faster than they can be read.
    pub async fn extract(
        &self,
        district: &DistrictId,
        after: Option<HouseholdId>,
        protected: &BTreeSet<String>,
    ) -> Result<Page> {
        if !self.scope.is_system() {
            return Ok(Page::default());
        }
        for _ in 0..TRIES {
            let (households, next) = self.page(district, after).await?;
            let ids: Vec<HouseholdId> = households.iter().map(|household| household.id).collect();
            if ids.is_empty() {
                return Ok(Page::default());
            }
            let mut members = self
                .of_all(
                    "person_id, given, father_or_husband, sex, birth, relationship, marital_status,
                identities, left_reason, left_on, joined_to, sex_said, relationship_said, marital_said,
                household_id",
                    "person",
                    "household_id, place_in_list",
                    &ids,
                    14,
                    member,
                )
                .await?;
            let mut answers = self
                .of_all(
                    "answer_id, person_id, fact, value, provenance, given_on, protected, household_id",
                    "answer",
                    "household_id, answer_id",
                    &ids,
                    7,
                    |row| answer(row, self.store.vault()),
                )
                .await?;
            self.add_joined(&ids, &mut answers).await?;
            let refused = self.refused(&ids).await?;
            let (again, _) = self.page(district, after).await?;
            let versions =
                |of: &[Household]| of.iter().map(|h| (h.id, h.version)).collect::<Vec<(HouseholdId, Version)>>();
            if versions(&households) != versions(&again) {
                continue;
            }
            let readable = |answer: &Answer| !answer.protected || protected.contains(&answer.fact);
            let mut page = Page { next, ..Page::default() };
            for household in households {
                if refused.contains(&household.id) {
                    page.refused += 1;
                    continue;
                }
                let answers = answers.remove(&household.id).unwrap_or_default();
                page.households.push(Household {
                    members: members.remove(&household.id).unwrap_or_default(),
                    answers: answers.into_iter().filter(readable).collect(),
                    ..household
                });
            }
            return Ok(page);
        }
        Err(StoreError::Busy)
    }

    /// The households themselves, without members and answers, and where the next ones begin.
    async fn page(
        &self,
        district: &DistrictId,
        after: Option<HouseholdId>,
    ) -> Result<(Vec<Household>, Option<HouseholdId>)> {
        let after = after.unwrap_or(HouseholdId(uuid::Uuid::nil()));
        let args = args![district, after];
        let sql = format!(
            "select household_id, version, centre, province_permanent, members_complete, district_said, province_said
             from household where district = $1 and household_id > $2 order by household_id limit {TOGETHER}"
        );
        let rows = self.store.db.rows(sql, args).await?;
        let households = rows.iter().map(|row| household(row, district)).collect::<Result<Vec<_>>>()?;
        let next = households.last().filter(|_| households.len() == TOGETHER).map(|household| household.id);
        Ok((households, next))
    }

    /// Rows of some households, by household; the household's key is the column at `key`.
    async fn of_all<T>(
        &self,
        columns: &str,
        table: &str,
        order: &str,
        ids: &[HouseholdId],
        key: usize,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<ByHousehold<T>> {
        let live = if table == "answer" { " and set_aside is null" } else { "" };
        let sql = format!(
            "select {columns} from {table} where household_id in ({}){live} order by {order}",
            placeholders(1, TOGETHER)
        );
        let mut all: ByHousehold<T> = BTreeMap::new();
        for row in &self.store.db.rows(sql, padded(ids)).await? {
            all.entry(row.id(key)?).or_default().push(read(row)?);
        }
        Ok(all)
    }

    /// What was said on a record that was joined to a member's is that member's answer, wherever the record stands. Both
    /// households of a merge change with it, so a merge meanwhile is noticed like any other change.
    async fn add_joined(&self, ids: &[HouseholdId], answers: &mut ByHousehold<Answer>) -> Result<()> {
        let sql = format!(
            "select a.answer_id, a.person_id, a.fact, a.value, a.provenance, a.given_on, a.protected, r.root, k.household_id
             from person k join person_root r on r.root = k.person_id join answer a on a.person_id = r.person_id
             where k.household_id in ({}) and a.set_aside is null order by a.answer_id",
            placeholders(1, TOGETHER)
        );
        for row in &self.store.db.rows(sql, padded(ids)).await? {
            let theirs = answer(row, self.store.vault())?;
            let from = theirs.person;
            let root: PersonId = row.id(7)?;
            answers.entry(row.id(8)?).or_default().push(Answer { person: Some(root), from, ..theirs });
        }
        Ok(())
    }

    /// Which of some households do not agree that what they say is kept.
    async fn refused(&self, ids: &[HouseholdId]) -> Result<BTreeSet<HouseholdId>> {
        let sql = format!(
            "select household_id, given from consent where household_id in ({}) and purpose = '{}' order by version",
            placeholders(1, TOGETHER),
            ConsentPurpose::Keep.code()
        );
        let mut refused = BTreeSet::new();
        for row in &self.store.db.rows(sql, padded(ids)).await? {
            let id = row.id(0)?;
            if row.get(1)? {
                refused.remove(&id)
            } else {
                refused.insert(id)
            };
        }
        Ok(refused)
    }
}

/// As many keys as the statement has places, the last one again and again, so that one statement serves every page.
fn padded(ids: &[HouseholdId]) -> Vec<Value> {
    let last = ids.last().copied();
    ids.iter().copied().chain(last.into_iter().cycle()).take(TOGETHER).map(Value::from).collect()
}

fn household(row: &Row, district: &DistrictId) -> Result<Household> {
    Ok(Household {
        id: row.id(0)?,
        version: row.get(1)?,
        centre: CentreId(row.get(2)?),
        place: Place {
            district: district.clone(),
            province_permanent: row.get(3)?,
            tehsil: None,
            union_council: None,
            village: None,
            directions: None,
        },
        place_said: PlaceSaid { district: row.get(5)?, province_permanent: row.get(6)? },
        phones: vec![],
        members_complete: row.get(4)?,
        members: vec![],
        answers: vec![],
        consents: vec![],
    })
}
