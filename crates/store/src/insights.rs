//! Who receives what, laid side by side within a scope. Protected programmes are in none of these answers.

use crate::{
    Scope, Store,
    access::scope::Filter,
    db::{Row, Value},
    error::Result,
    people::{receiving_statuses, visible_household},
};
use domain::{
    Date,
    access::Doing,
    ids::{HouseholdId, PersonId},
    insights::{Receives, Scheme},
    payments::Purpose,
    people::AnswerValue,
    programmes::{DistrictId, ProgrammeId},
};
use std::collections::HashMap;

/// The insights room, seen through a scope.
pub struct Insights<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

/// A household whose score is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Which.
    pub household: HouseholdId,
    /// Where it lives.
    pub district: DistrictId,
    /// The score's id in the pack.
    pub score: String,
    /// At the score's own scale.
    pub value: i64,
}

/// A family in a list of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyLine {
    /// Which.
    pub household: HouseholdId,
    /// The head's, or the first member's, name.
    pub head: String,
    /// Village, as said.
    pub village: Option<String>,
}

impl Store {
    /// Opens the insights room.
    pub fn insights<'a>(&'a self, scope: &'a Scope) -> Insights<'a> {
        Insights { store: self, scope }
    }
}

/// The households `h` that a scope may count: those of its district, or all for a post without one.
fn counted(scope: &Scope) -> Filter {
    if scope.is_system() {
        return Filter::all();
    }
    match scope.officer().filter(|_| scope.may(Doing::Figures)) {
        Some(officer) => match officer.district() {
            Some(district) => Filter::new("h.district = {}", vec![Value::from(district)]),
            None => Filter::all(),
        },
        None => Filter::nothing(),
    }
}

impl Insights<'_> {
    /// Everything that is received on a day, by applications under which something is given and by lists that name somebody.
    /// A joined record's belongs to the person it was joined to, where they eat: that is how one person in two districts
    /// is seen. `purpose` says what a programme is for.
    pub async fn receiving(&self, purposes: &HashMap<ProgrammeId, Purpose>, today: Date) -> Result<Vec<Receives>> {
        let given = format!("a.protected = false and a.status in ({})", receiving_statuses());
        let mut all = Vec::new();
        for sql in [
            format!(
                "select h.household_id, a.person_id, h.district, p.sex, a.programme from household h
                 join application a on a.household_id = h.household_id left join person p on p.person_id = a.person_id
                 where {given} and p.joined_to is null"
            ),
            format!(
                "select h.household_id, k.person_id, h.district, k.sex, a.programme from person_root r
                 join application a on a.person_id = r.person_id join person k on k.person_id = r.root
                 join household h on h.household_id = k.household_id where {given}"
            ),
        ] {
            let (condition, values) = counted(self.scope).sql(1);
            let rows = self.store.db.rows(format!("{sql} and {condition}"), values).await?;
            for row in &rows {
                let programme = ProgrammeId(row.get(4)?);
                let purpose = purposes.get(&programme).copied();
                all.push(receives(row, Scheme::Programme(programme), purpose)?);
            }
        }
        all.extend(self.listed(today).await?);
        Ok(all)
    }

    async fn listed(&self, today: Date) -> Result<Vec<Receives>> {
        let runs = "(b.until is null or b.until >= $1)";
        let mut all = Vec::new();
        for sql in [
            format!(
                "select h.household_id, p.person_id, h.district, p.sex, b.programme, b.source, b.purpose from household h
                 join person p on p.household_id = h.household_id join benefit b on b.person_id = p.person_id
                 where p.joined_to is null and {runs}"
            ),
            format!(
                "select h.household_id, k.person_id, h.district, k.sex, b.programme, b.source, b.purpose from person_root r
                 join benefit b on b.person_id = r.person_id join person k on k.person_id = r.root
                 join household h on h.household_id = k.household_id where {runs}"
            ),
        ] {
            let (condition, scope) = counted(self.scope).sql(2);
            let mut values = vec![Value::from(today)];
            values.extend(scope);
            for row in &self.store.db.rows(format!("{sql} and {condition}"), values).await? {
                let scheme = match row.get::<Option<String>>(4)? {
                    Some(programme) => Scheme::Programme(ProgrammeId(programme)),
                    None => Scheme::List(row.get(5)?),
                };
                all.push(receives(row, scheme, Some(row.code(6)?))?);
            }
        }
        Ok(all)
    }

    /// The scores that are known, of several values the one in force.
    pub async fn scored(&self) -> Result<Vec<Scored>> {
        let (condition, values) = counted(self.scope).sql(1);
        let sql = format!(
            "select h.household_id, h.district, a.fact, a.value, a.provenance, a.given_on, a.answer_id from household h
             join answer a on a.household_id = h.household_id
             where substr(a.fact, 1, 7) = 'scores.' and a.person_id is null and a.set_aside is null
             and a.protected = false and {condition} order by a.answer_id"
        );
        let mut best: HashMap<(HouseholdId, String), ((String, Date), Scored)> = HashMap::new();
        for row in self.store.db.rows(sql, values).await? {
            let value = match row.json::<AnswerValue>(3)? {
                AnswerValue::Decimal(n) | AnswerValue::Int(n) => n,
                _ => continue,
            };
            let fact: String = row.get(2)?;
            let score = fact.trim_start_matches("scores.").to_owned();
            let scored = Scored { household: row.id(0)?, district: DistrictId(row.get(1)?), score, value };
            // Verified outweighs paper, paper outweighs what was said; then the newest.
            let provenance = match row.get::<String>(4)?.as_str() {
                "verified" => "2",
                "paper_seen" => "1",
                _ => "0",
            };
            let rank = (provenance.to_owned(), row.get::<Date>(5)?);
            let key = (scored.household, scored.score.clone());
            if best.get(&key).is_none_or(|(have, _)| *have <= rank) {
                best.insert(key, (rank, scored));
            }
        }
        let mut all: Vec<Scored> = best.into_values().map(|(_, scored)| scored).collect();
        all.sort_by(|a, b| (a.household, &a.score).cmp(&(b.household, &b.score)));
        Ok(all)
    }

    /// Those of some households whose files the scope may open, with a name to find them by.
    pub async fn families(&self, households: &[HouseholdId]) -> Result<Vec<FamilyLine>> {
        let mut lines = Vec::new();
        for household in households {
            let (condition, mut values) = visible_household(self.scope).sql(2);
            values.insert(0, Value::from(*household));
            let sql = format!(
                "select h.household_id, (select p.given from person p where p.household_id = h.household_id
                   order by case when p.joined_to is null then 0 else 1 end,
                   case when p.relationship = 'head' then 0 else 1 end, p.place_in_list limit 1), h.village
                 from household h where h.household_id = $1 and {condition}"
            );
            for row in self.store.db.rows(sql, values).await? {
                let head = row.get::<Option<String>>(1)?.unwrap_or_default();
                lines.push(FamilyLine { household: row.id(0)?, head, village: row.get(2)? });
            }
        }
        Ok(lines)
    }
}

fn receives(row: &Row, scheme: Scheme, purpose: Option<Purpose>) -> Result<Receives> {
    Ok(Receives {
        household: row.id(0)?,
        person: row.id_opt::<PersonId>(1)?,
        district: DistrictId(row.get(2)?),
        sex: row.code_opt(3)?,
        scheme,
        purpose,
    })
}
