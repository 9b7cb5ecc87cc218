//! What the people of a household receive, by the lists that name them.

use super::{super::read::visible_household, Lists};
use crate::{
    db::{Row, Value},
    error::Result,
};
use domain::{
    Date,
    ids::{HouseholdId, ImportId, ListingId, PersonId},
    money::Paisa,
    payments::ListedBenefit,
    people::ImportOpened,
    programmes::{OperatorId, ProgrammeId},
};

/// Something a person receives, and the list that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Which row.
    pub listing: ListingId,
    /// Of which list.
    pub import: ImportId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub benefit: ListedBenefit,
    /// Who keeps the list.
    pub source: String,
    /// What the list is called.
    pub title: String,
    /// Whose of the pack the list is.
    pub operator: Option<OperatorId>,
    /// Of which programme of the pack.
    pub programme: Option<ProgrammeId>,
    /// The day it says it was true.
    pub stated_on: Date,
}

impl Lists<'_> {
    /// What the members of a visible household receive, on joined records too. Of several lists of one source about one programme and purpose the
    /// newest counts.
    pub async fn received(&self, household: HouseholdId) -> Result<Vec<Received>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, Value::from(household));
        let sql = format!(
            "select b.listing_id, b.import_id, p.person_id, b.purpose, b.amount, b.per, b.since, b.until, i.opened
             from person p join household h on h.household_id = p.household_id
             join benefit b on b.person_id = p.person_id
               or b.person_id in (select r.person_id from person_root r where r.root = p.person_id)
             join import i on i.import_id = b.import_id
             where p.household_id = $1 and p.joined_to is null and {condition}
             order by b.stated_on desc, b.listing_id, b.place"
        );
        let all = self.store.db.rows(sql, args).await?.iter().map(received).collect::<Result<Vec<_>>>()?;
        let mut newest: Vec<Received> = Vec::new();
        for one in all {
            let same = |other: &Received| {
                (other.person, &other.source, &other.programme, other.benefit.purpose)
                    == (one.person, &one.source, &one.programme, one.benefit.purpose)
                    && other.stated_on > one.stated_on
            };
            if !newest.iter().any(same) {
                newest.push(one);
            }
        }
        Ok(newest)
    }
}

fn received(row: &Row) -> Result<Received> {
    let list = row.json::<ImportOpened>(8)?.list;
    Ok(Received {
        listing: row.id(0)?,
        import: row.id(1)?,
        person: row.id(2)?,
        benefit: ListedBenefit {
            purpose: row.code(3)?,
            amount: row.get::<Option<i64>>(4)?.map(Paisa),
            per: row.code_opt(5)?,
            since: row.get(6)?,
            until: row.get(7)?,
        },
        source: list.source,
        title: list.title,
        operator: list.operator,
        programme: list.programme,
        stated_on: list.stated_on,
    })
}
