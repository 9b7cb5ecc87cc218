//! Reading households within a scope.

use crate::{
    Scope, Store,
    access::scope::Filter,
    applications::apply::open_statuses,
    db::{Row, Value, args},
    error::{Result, corrupt},
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Instant,
    ids::{AnswerId, HouseholdId, OfficerId, PersonId, VisitId},
    people::{
        Answer, Birth, ConsentHow, ConsentStated, DetailsSaid, Household, Member, PersonDetails, Place, PlaceSaid,
        SourceRecord,
    },
    programmes::DistrictId,
};
use std::str::FromStr;

/// The name of the head, or of the first member, of a household row `h`.
const HEAD: &str = "(select p.given from person p where p.household_id = h.household_id
    order by case when p.joined_to is null then 0 else 1 end, case when p.relationship = 'head' then 0 else 1 end,
    p.place_in_list limit 1)";

/// The people room, seen through a scope.
pub struct People<'a> {
    pub(super) store: &'a Store,
    pub(super) scope: &'a Scope,
}

/// A household in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Key.
    pub household: HouseholdId,
    /// The head's, or the first member's, name.
    pub head: String,
    /// Village, as said.
    pub village: Option<String>,
    /// Present members.
    pub members: i64,
    /// When it was registered.
    pub registered_on: Date,
}

/// A family that does not agree that what it said is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedToForget {
    /// Key.
    pub household: HouseholdId,
    /// The head's, or the first member's, name.
    pub head: String,
    /// When they said so.
    pub stated_on: Date,
    /// How it was shown.
    pub how: ConsentHow,
    /// Ordinary applications that still wait for an answer.
    pub open: i64,
    /// One officer decided to forget them; a second one has yet to confirm.
    pub decided: bool,
}

/// A decision to forget a family that one officer made and a second one has yet to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureWaiting {
    /// Who decided it.
    pub officer: Option<OfficerId>,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub proposed_on: Date,
}

impl Store {
    /// Opens the people room.
    pub fn people<'a>(&'a self, scope: &'a Scope) -> People<'a> {
        People { store: self, scope }
    }
}

/// The condition under which a household row `h` is visible; `None` when nothing is.
///
/// The desk sees the families of its centre and district, and any family whose visit is open at its centre.
pub(crate) fn visible_household(scope: &Scope) -> Filter {
    let Some(officer) = scope.officer() else {
        return if scope.is_system() { Filter::all() } else { Filter::nothing() };
    };
    if officer.reads_everything() {
        return Filter::all();
    }
    match (officer.case_centre(), officer.district()) {
        (Some(centre), Some(district)) => Filter::new(
            "(h.district = {} or h.centre = {} or exists (select 1 from visit v where v.household_id = h.household_id
              and v.centre = {} and v.outcome is null))",
            vec![Value::from(district), Value::from(centre), Value::from(centre)],
        ),
        _ => Filter::nothing(),
    }
}

/// Which protected answers are read.
#[derive(Clone, Copy)]
enum Gates {
    /// None.
    Closed,
    /// Those whose gate this visit opened.
    Of(VisitId),
    /// All of them, for a stated reason.
    Opened,
}

impl People<'_> {
    /// A household as the scope may see it: without protected answers. `None` when it is not there or not yours.
    pub async fn household(&self, id: HouseholdId) -> Result<Option<Household>> {
        self.load(id, Gates::Closed).await
    }

    /// A household inside a visit: with the protected answers whose gate this visit opened.
    pub async fn household_in_visit(&self, id: HouseholdId, visit: VisitId) -> Result<Option<Household>> {
        self.load(id, Gates::Of(visit)).await
    }

    /// A household with every protected answer, while the scope's officer has it open for a stated reason; without
    /// protected answers otherwise.
    pub async fn household_opened(&self, id: HouseholdId, now: Instant) -> Result<Option<Household>> {
        let open = self.store.open_now(self.scope, id, now).await?.is_some();
        self.load(id, if open { Gates::Opened } else { Gates::Closed }).await
    }

    async fn load(&self, id: HouseholdId, gates: Gates) -> Result<Option<Household>> {
        let filter = visible_household(self.scope);
        let (condition, mut args) = filter.sql(2);
        args.insert(0, Value::from(id));
        let sql = format!(
            "select h.version, h.centre, h.district, h.province_permanent, h.tehsil, h.union_council, h.village, h.directions,
             h.phones, h.members_complete, h.district_said, h.province_said from household h where h.household_id = $1 and {condition}"
        );
        let Some(row) = self.store.db.row(sql, args).await? else { return Ok(None) };
        let members = self.members(id).await?;
        let answers = self.answers(id, &members, gates).await?;
        Ok(Some(Household {
            id,
            version: row.get(0)?,
            centre: domain::programmes::CentreId(row.get(1)?),
            place: Place {
                district: DistrictId(row.get(2)?),
                province_permanent: row.get(3)?,
                tehsil: row.get(4)?,
                union_council: row.get(5)?,
                village: row.get(6)?,
                directions: row.get(7)?,
            },
            place_said: PlaceSaid { district: row.get(10)?, province_permanent: row.get(11)? },
            phones: row.json(8)?,
            members_complete: row.get(9)?,
            members,
            answers,
            consents: self.consents(id).await?,
        }))
    }

    /// The version of a visible household: whether the scope may see it, without reading it.
    pub(crate) async fn version(&self, id: HouseholdId) -> Result<Option<i64>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, Value::from(id));
        let sql = format!("select h.version from household h where h.household_id = $1 and {condition}");
        self.store.db.row(sql, args).await?.map(|row| row.get(0)).transpose()
    }

    async fn members(&self, id: HouseholdId) -> Result<Vec<Member>> {
        let sql = format!(
            "select {DETAILS}, p.left_reason, p.left_on, p.joined_to, p.sex_said, p.relationship_said, p.marital_said
             from person p where p.household_id = $1
             order by p.place_in_list"
        );
        let rows = self.store.db.rows(sql, args![id]).await?;
        let mut members = rows.iter().map(member).collect::<Result<Vec<_>>>()?;
        let sql = format!(
            "select {DETAILS}, r.root, p.household_id, h.district from person k join person_root r on r.root = k.person_id
             join person p on p.person_id = r.person_id join household h on h.household_id = p.household_id
             where k.household_id = $1 order by p.person_id"
        );
        for row in self.store.db.rows(sql, args![id]).await? {
            let record = SourceRecord {
                person: row.id(0)?,
                household: row.id(9)?,
                district: DistrictId(row.get(10)?),
                details: details(&row)?,
            };
            let root: PersonId = row.id(8)?;
            members.iter_mut().filter(|member| member.id == root).for_each(|m| m.records.push(record.clone()));
        }
        Ok(members)
    }

    /// Answers that count. A protected one is read only in an open visit of this officer that opened its gate, or while
    /// this officer has the file open for a stated reason.
    /// What was said on a record that was joined to a member's is that member's answer.
    async fn answers(&self, id: HouseholdId, members: &[Member], gates: Gates) -> Result<Vec<Answer>> {
        let all = self.scope.is_system() || matches!(gates, Gates::Opened);
        let gates = match (gates, self.scope.officer_id()) {
            (Gates::Of(visit), Some(officer)) => self.open_gates(id, visit, officer).await?,
            _ => Vec::new(),
        };
        let sql = format!(
            "select {ANSWER} from answer a where a.household_id = $1 and a.set_aside is null order by a.answer_id"
        );
        let rows = self.store.db.rows(sql, args![id]).await?;
        let vault = self.store.vault();
        let mut answers = rows.iter().map(|row| answer(row, vault)).collect::<Result<Vec<_>>>()?;
        let sql = format!(
            "select {ANSWER} from answer a where a.person_id = $1 and a.set_aside is null order by a.answer_id"
        );
        let mut joined: Vec<(PersonId, PersonId)> = Vec::new();
        for member in members {
            joined.extend(member.records.iter().map(|record| (member.id, record.person)));
        }
        for (member, record) in joined {
            let rows = self.store.db.rows(sql.clone(), args![record]).await?;
            let theirs = rows.iter().map(|row| answer(row, vault)).collect::<Result<Vec<_>>>()?;
            answers.extend(theirs.into_iter().map(|a| Answer { person: Some(member), from: Some(record), ..a }));
        }
        let readable = |a: &Answer| !a.protected || all || gates.contains(&a.fact);
        Ok(answers.into_iter().filter(readable).collect())
    }

    async fn open_gates(&self, id: HouseholdId, visit: VisitId, officer: OfficerId) -> Result<Vec<String>> {
        let sql =
            "select gates from visit where visit_id = $1 and household_id = $2 and officer_id = $3 and outcome is null";
        match self.store.db.row(sql, args![visit, id, officer]).await? {
            Some(row) => self.store.vault().json(&row, 0, &at::VISIT_GATES, (visit.0, 0)),
            None => Ok(Vec::new()),
        }
    }

    async fn consents(&self, id: HouseholdId) -> Result<Vec<ConsentStated>> {
        let sql = "select purpose, given, by_person, how, language, phone from consent where household_id = $1 order by version desc";
        let mut newest: Vec<ConsentStated> = Vec::new();
        for row in self.store.db.rows(sql, args![id]).await? {
            let consent = ConsentStated {
                purpose: row.code(0)?,
                given: row.get(1)?,
                by: row.id_opt(2)?,
                how: row.code(3)?,
                language: row.code(4)?,
                phone: row
                    .get::<Option<String>>(5)?
                    .map(|text| serde_json::from_str(&text))
                    .transpose()
                    .map_err(corrupt)?,
            };
            if newest.iter().all(|seen| seen.purpose != consent.purpose) {
                newest.push(consent);
            }
        }
        Ok(newest)
    }

    /// The households registered last, newest first.
    pub async fn recent(&self, limit: i64) -> Result<Vec<Brief>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, Value::from(limit));
        let sql = format!(
            "select h.household_id, {HEAD}, h.village,
             (select count(*) from person p where p.household_id = h.household_id and p.left_on is null and p.joined_to is null),
             h.registered_on
             from household h where {condition} order by h.household_id desc limit $1"
        );
        self.store.db.rows(sql, args).await?.iter().map(brief).collect()
    }

    /// The visible families whose newest word on keeping is no, the longest waiting first.
    pub async fn asked_to_forget(&self) -> Result<Vec<AskedToForget>> {
        let (condition, args) = visible_household(self.scope).sql(1);
        let sql = format!(
            "select h.household_id, {HEAD}, c.stated_on, c.how,
             (select count(*) from application a where a.household_id = h.household_id and a.protected = false
               and a.status in ({})),
             exists (select 1 from erasure e where e.household_id = h.household_id)
             from consent c join household h on h.household_id = c.household_id
             where c.purpose = 'keep' and c.given = false and {condition}
             and not exists (select 1 from consent d where d.household_id = c.household_id and d.purpose = c.purpose
               and d.version > c.version)
             order by c.stated_on, h.household_id",
            open_statuses()
        );
        let asked = |row: &Row| {
            Ok(AskedToForget {
                household: row.id(0)?,
                head: row.get::<Option<String>>(1)?.unwrap_or_default(),
                stated_on: row.get(2)?,
                how: row.code(3)?,
                open: row.get(4)?,
                decided: row.get(5)?,
            })
        };
        self.store.db.rows(sql, args).await?.iter().map(asked).collect()
    }

    /// The decision to forget a visible family that waits for a second officer, if there is one.
    pub async fn erasure(&self, id: HouseholdId) -> Result<Option<ErasureWaiting>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, Value::from(id));
        let sql = format!(
            "select e.officer_id, o.name, e.reason, e.proposed_on from erasure e
             join household h on h.household_id = e.household_id left join officer o on o.officer_id = e.officer_id
             where e.household_id = $1 and {condition}"
        );
        let waiting = |row: Row| {
            Ok(ErasureWaiting {
                officer: row.id_opt(0)?,
                name: row.get::<Option<String>>(1)?.unwrap_or_default(),
                reason: row.get(2)?,
                proposed_on: row.get(3)?,
            })
        };
        self.store.db.row(sql, args).await?.map(waiting).transpose()
    }

    /// The household a person belongs to, if it is visible: for a joined record, that of the record it was joined to.
    pub async fn household_of(&self, person: PersonId) -> Result<Option<HouseholdId>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, Value::from(person));
        let sql = format!(
            "select h.household_id from person p join household h on h.household_id = p.household_id
             where p.person_id = coalesce((select r.root from person_root r where r.person_id = $1), $1) and {condition}"
        );
        self.store.db.row(sql, args).await?.map(|row| row.id(0)).transpose()
    }
}

fn brief(row: &Row) -> Result<Brief> {
    Ok(Brief {
        household: row.id(0)?,
        head: row.get::<Option<String>>(1)?.unwrap_or_default(),
        village: row.get(2)?,
        members: row.get(3)?,
        registered_on: row.get(4)?,
    })
}

/// The columns of a person `p` that [`details`] reads.
pub(super) const DETAILS: &str = "p.person_id, p.given, p.father_or_husband, p.sex, p.birth, p.relationship,
    p.marital_status, p.identities";

/// What is known of a person, from a row that begins with [`DETAILS`].
pub(super) fn details(row: &Row) -> Result<PersonDetails> {
    let birth = row.get::<Option<String>>(4)?.map(|text| Birth::from_str(&text)).transpose().map_err(corrupt)?;
    Ok(PersonDetails {
        given: row.get(1)?,
        father_or_husband: row.get(2)?,
        sex: row.code_opt(3)?,
        birth,
        relationship: row.code_opt(5)?,
        marital_status: row.code_opt(6)?,
        identities: row.json(7)?,
    })
}

pub(super) fn member(row: &Row) -> Result<Member> {
    let left = match (row.code_opt(8)?, row.get::<Option<Date>>(9)?) {
        (Some(reason), Some(on)) => Some((reason, on)),
        _ => None,
    };
    Ok(Member {
        id: row.id(0)?,
        details: details(row)?,
        said: DetailsSaid { sex: row.get(11)?, relationship: row.get(12)?, marital_status: row.get(13)? },
        left,
        joined_to: row.id_opt(10)?,
        records: Vec::new(),
    })
}

/// The columns of an answer `a`.
const ANSWER: &str = "a.answer_id, a.person_id, a.fact, a.value, a.provenance, a.given_on, a.protected";

pub(super) fn answer(row: &Row, vault: &Vault) -> Result<Answer> {
    let id: AnswerId = row.id(0)?;
    Ok(Answer {
        id,
        person: row.id_opt(1)?,
        fact: vault.text(row, 2, &at::ANSWER_FACT, id.0, 0)?,
        value: vault.json(row, 3, &at::ANSWER_VALUE, (id.0, 0))?,
        provenance: row.code(4)?,
        on: row.get(5)?,
        protected: row.get(6)?,
        from: None,
    })
}
