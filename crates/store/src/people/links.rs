//! One pair of records for an officer to look at: what each says, what speaks for and against, what was decided.

use super::{
    judge::{self, Known},
    merging::{self, Stake},
    read::{People, visible_household},
    review,
    search::MatchCard,
};
use crate::{
    Scope,
    db::{Conn, Row, Value, args, with_conn},
    error::{Result, corrupt},
};
use domain::{
    Date, Instant, Version,
    access::Doing,
    applications::Status,
    event::{Event, FORMAT},
    ids::{ApplicationId, HouseholdId, LinkId, OfficerId, PersonId},
    money::Paisa,
    people::{
        LinkDecision, MergeLimit, PersonDetails, PhoneEntry, Place,
        link::{Proposal, ordered},
    },
    programmes::{DistrictId, ProgrammeId},
};
use linkage::{Evidence, Strength};

/// The decision in force about a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkNow {
    /// What was said.
    pub decision: LinkDecision,
    /// For `Same`: the record to be kept.
    pub kept: Option<PersonId>,
    /// Why a second officer is needed.
    pub limits: Vec<MergeLimit>,
    /// The records are joined.
    pub merged: bool,
    /// Who said it.
    pub by: Option<OfficerId>,
    /// The stated day.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// The applications that the merge told.
    pub flagged: Vec<ApplicationId>,
}

impl LinkNow {
    /// The merge that waits for a second officer.
    pub fn proposal(&self) -> Option<Proposal> {
        let waits = self.decision == LinkDecision::Same && !self.merged;
        let (kept, by) = (self.kept?, self.by?);
        waits.then(|| Proposal { kept, by, limits: self.limits.clone() })
    }
}

/// One step in the history of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkStep {
    /// The event's kind, as in the journal.
    pub kind: String,
    /// For a decision: what was said.
    pub decision: Option<LinkDecision>,
    /// Why, where a reason was asked for; gone when it was erased.
    pub reason: String,
    /// Who, by name.
    pub officer: String,
    /// When.
    pub at: Instant,
}

/// One record of a pair, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairSide {
    /// Whose record.
    pub person: PersonId,
    /// The household it stands in.
    pub household: HouseholdId,
    /// What may be shown before the file is opened.
    pub card: MatchCard,
    /// Lies within the reader's own scope.
    pub yours: bool,
    /// Joined to another record.
    pub joined: bool,
    /// The record itself, when it is the reader's own or was opened with a reason.
    pub file: Option<SideFile>,
}

/// A record in full, for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFile {
    /// The person.
    pub details: PersonDetails,
    /// Where the household lives.
    pub place: Place,
    /// Its phones.
    pub phones: Vec<PhoneEntry>,
    /// The given names of the other present members.
    pub others: Vec<String>,
    /// Ordinary applications of the record that are open or give something, and of its household as a whole.
    pub applications: Vec<(ProgrammeId, Status)>,
}

/// A pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairView {
    /// Its key.
    pub id: LinkId,
    /// How many events it has seen.
    pub version: Version,
    /// The record with the smaller key.
    pub first: PairSide,
    /// The other one.
    pub second: PairSide,
    /// How the evidence reads.
    pub strength: Strength,
    /// For and against, the weightiest first.
    pub why: Vec<Evidence>,
    /// What stands on both together in a year.
    pub yearly: Paisa,
    /// Their open applications.
    pub open: i64,
    /// Why joining them would need a second officer.
    pub limits: Vec<MergeLimit>,
    /// The decision in force.
    pub now: Option<LinkNow>,
    /// Everything that was ever decided, oldest first.
    pub history: Vec<LinkStep>,
}

/// A pair whose records could not be compared, because nothing of weight agrees (any more).
const NOTHING: (Strength, Vec<Evidence>) = (Strength::FamilyOnly, Vec::new());

impl People<'_> {
    /// Whether the scope decides about records in these districts: within its own, or over all without one.
    pub(super) fn may_review(&self, sides: [&Known; 2]) -> bool {
        let within = |district: &DistrictId| sides.iter().any(|side| side.card.district == district.0);
        reviews(self.scope) && self.scope.officer().and_then(|officer| officer.district()).is_none_or(within)
    }

    /// A pair to look at; `None` when it is not there or not the scope's to decide. A file of another district shows
    /// when this officer gave a reason for opening it since `since`.
    pub async fn pair(&self, id: LinkId, stake: &Stake, since: Instant) -> Result<Option<PairView>> {
        with_conn!(&self.store.db, conn => {
            let conn = &mut conn;
            let Some((first, second)) = records(conn, id).await? else { return Ok(None) };
            if !self.may_review([&first, &second]) {
                return Ok(None);
            }
            let (strength, why) = judge::judge(&first, &second).map_or(NOTHING, |found| (found.strength, found.why));
            let (yearly, open) = merging::at_stake(conn, &first, &second, stake).await?;
            let limits = merging::limits(&first, &second, yearly);
            Ok(Some(PairView {
                id,
                version: version(conn, id).await?,
                first: self.side(conn, first, since).await?,
                second: self.side(conn, second, since).await?,
                strength,
                why,
                yearly,
                open,
                limits,
                now: now(conn, id).await?,
                history: history(conn, id).await?,
            }))
        })
    }

    pub(super) async fn side(&self, conn: &mut Conn<'_>, known: Known, since: Instant) -> Result<PairSide> {
        let (condition, mut values) = visible_household(self.scope).sql(2);
        values.insert(0, Value::from(known.household));
        let sql = format!("select 1 from household h where h.household_id = $1 and {condition}");
        let yours = conn.row(sql, values).await?.is_some();
        let opened = yours || self.opened(conn, known.household, since).await?;
        let file = if opened { Some(file(conn, &known).await?) } else { None };
        let (person, household, joined) = (known.person, known.household, known.joined_to.is_some());
        let card = MatchCard::of(known.card, known.left);
        let card = if opened { card } else { card.hidden() };
        Ok(PairSide { person, household, card, yours, joined, file })
    }

    /// Whether this officer gave a reason for opening a file since then.
    async fn opened(&self, conn: &mut Conn<'_>, household: HouseholdId, since: Instant) -> Result<bool> {
        let Some(officer) = self.scope.officer_id() else { return Ok(self.scope.is_system()) };
        let sql = "select 1 from read_log r where r.record_id = $1 and r.officer_id = $2 and r.what = 'household'
                   and r.purpose like 'reason:%' and r.read_at >= $3 limit 1";
        Ok(conn.row(sql, args![household, officer, since]).await?.is_some())
    }
}

/// Whether the scope decides about pairs at all.
pub(super) fn reviews(scope: &Scope) -> bool {
    scope.is_system() || scope.may(Doing::Review)
}

/// The two records of a pair: as it stands in the queue or as it was decided; a merge that was undone is in the journal.
pub(super) async fn records(conn: &mut Conn<'_>, id: LinkId) -> Result<Option<(Known, Known)>> {
    let sql = "select q.first, q.second from review_pair q where q.link_id = $1 union
               select l.first, l.second from person_link l where l.link_id = $1";
    let named = match conn.row(sql, args![id]).await? {
        Some(row) => Some((row.id(0)?, row.id(1)?)),
        None => decided_once(conn, id).await?,
    };
    match named {
        Some((first, second)) => merging::both(conn, first, second).await,
        None => Ok(None),
    }
}

async fn decided_once(conn: &mut Conn<'_>, id: LinkId) -> Result<Option<(PersonId, PersonId)>> {
    for (_, event) in events(conn, id).await? {
        match event {
            Some(Event::LinkDecided(e)) => return Ok(Some((e.first, e.second))),
            Some(Event::PersonsMerged(e)) => return Ok(Some(ordered(e.kept, e.absorbed))),
            _ => {}
        }
    }
    Ok(None)
}

/// The pair's version, which goes on counting after a merge was undone.
pub(super) async fn version(conn: &mut Conn<'_>, id: LinkId) -> Result<Version> {
    let row = conn.row("select max(version) from journal where record_id = $1", args![id]).await?;
    Ok(row.map(|row| row.get::<Option<i64>>(0)).transpose()?.flatten().unwrap_or(0))
}

/// The decision in force.
pub(super) async fn now(conn: &mut Conn<'_>, id: LinkId) -> Result<Option<LinkNow>> {
    let sql = "select decision, kept, limits, merged, decided_by, decided_on, reason, flagged from person_link
               where link_id = $1";
    let now = |row: Row| {
        Ok(LinkNow {
            decision: row.code(0)?,
            kept: row.id_opt(1)?,
            limits: row.json(2)?,
            merged: row.get(3)?,
            by: row.id_opt(4)?,
            on: row.get(5)?,
            reason: row.get(6)?,
            flagged: row.json(7)?,
        })
    };
    conn.row(sql, args![id]).await?.map(now).transpose()
}

/// The events of a pair with their rows: kind, format, recorded at, officer's name, payload.
async fn events(conn: &mut Conn<'_>, id: LinkId) -> Result<Vec<(Row, Option<Event>)>> {
    let sql = "select j.kind, j.format, j.recorded_at, o.name, p.payload from journal j
               left join journal_payload p on p.record_id = j.record_id and p.version = j.version
               left join officer o on o.officer_id = j.officer_id where j.record_id = $1 order by j.version";
    let mut events = Vec::new();
    for row in conn.rows(sql, args![id]).await? {
        let format = i32::try_from(row.get::<i64>(1)?).unwrap_or(FORMAT);
        let event = match row.get::<Option<String>>(4)? {
            Some(payload) => Some(Event::decode(&row.get::<String>(0)?, format, &payload).map_err(corrupt)?),
            None => None,
        };
        events.push((row, event));
    }
    Ok(events)
}

pub(super) async fn history(conn: &mut Conn<'_>, id: LinkId) -> Result<Vec<LinkStep>> {
    let step = |(row, event): (Row, Option<Event>)| {
        let (decision, reason) = match event {
            Some(Event::LinkDecided(e)) => (Some(e.decision), e.reason),
            Some(Event::MergeUndone(e)) => (None, e.reason),
            _ => (None, String::new()),
        };
        let officer = row.get::<Option<String>>(3)?.unwrap_or_default();
        Ok(LinkStep { kind: row.get(0)?, decision, reason, officer, at: row.get(2)? })
    };
    events(conn, id).await?.into_iter().map(step).collect()
}

async fn file(conn: &mut Conn<'_>, known: &Known) -> Result<SideFile> {
    let sql = "select h.district, h.province_permanent, h.tehsil, h.union_council, h.village, h.directions, h.phones
               from household h where h.household_id = $1";
    let row = conn.row(sql, args![known.household]).await?.ok_or_else(|| corrupt("a person without a household"))?;
    let place = Place {
        district: DistrictId(row.get(0)?),
        province_permanent: row.get(1)?,
        tehsil: row.get(2)?,
        union_council: row.get(3)?,
        village: row.get(4)?,
        directions: row.get(5)?,
    };
    let sql = "select p.given from person p where p.household_id = $1 and p.person_id <> $2 and p.left_on is null
               and p.joined_to is null order by p.place_in_list";
    let others = conn.rows(sql, args![known.household, known.person]).await?;
    let mut applications = Vec::new();
    for record in review::group(conn, known.person).await? {
        let sql = "select a.programme, a.status from person p join application a on a.household_id = p.household_id
                   where p.person_id = $1 and (a.person_id = p.person_id or a.person_id is null)
                   and a.protected = false order by a.application_id";
        for row in conn.rows(sql, args![record]).await? {
            let status: Status = row.code(1)?;
            if status.is_open() || merging::receives(status) {
                applications.push((ProgrammeId(row.get(0)?), status));
            }
        }
    }
    Ok(SideFile {
        details: known.details.clone(),
        place,
        phones: row.json(6)?,
        others: others.iter().map(|row| row.get(0)).collect::<Result<_>>()?,
        applications,
    })
}
