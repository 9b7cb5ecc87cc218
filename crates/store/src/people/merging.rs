//! What a decision about a pair needs to know beside the two records, and the changes it makes of them.

use super::{
    judge::{self, Known},
    links::{self, LinkNow},
    read::People,
};
use crate::{
    applications::apply::open_statuses,
    db::{Conn, args, with_conn},
    error::Result,
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Version,
    applications::{ApplicationFlagLifted, ApplicationFlagged, Status},
    event::Change,
    ids::{ApplicationId, HouseholdId, LinkId, OfficerId, PersonId},
    money::Paisa,
    payments::Period,
    people::{
        LinkDecided, MergeLimit, MergeUndone, PersonsMerged, RecordsJoined, RecordsParted,
        link::{Pair, Side, joined_fact},
    },
    programmes::ProgrammeId,
};
use std::collections::{BTreeSet, HashMap};

/// What programmes are worth in a year, by the pack: regular cash at most, and what is paid once.
#[derive(Debug, Clone, Default)]
pub struct Stake {
    /// Paisa a year, by programme; one without a published amount is absent and adds nothing.
    pub yearly: HashMap<ProgrammeId, Paisa>,
}

/// All that a decision about a pair reads, with the versions it was read at. For deciding, never for showing.
#[derive(Debug, Clone)]
pub struct ToDecide {
    /// The two records.
    pub pair: Pair,
    /// What was decided so far.
    pub now: Option<LinkNow>,
    /// The pair's own version; 0 before anything was decided.
    pub version: Version,
    link: LinkId,
    households: Vec<(HouseholdId, Version)>,
    using: HashMap<PersonId, Vec<(ApplicationId, Version)>>,
    flagged: Vec<(ApplicationId, Version)>,
}

impl People<'_> {
    /// What a decision about a pair reads; `None` when the scope may not decide about it.
    pub async fn pair_to_decide(&self, id: LinkId, stake: &Stake) -> Result<Option<ToDecide>> {
        with_conn!(&self.store.db, conn => {
            let (conn, vault) = (&mut conn, self.store.vault());
            let Some((first, second)) = links::records(conn, id).await? else { return Ok(None) };
            if !self.may_review([&first, &second]) {
                return Ok(None);
            }
            let now = links::now(conn, id).await?;
            let (at_stake, _) = at_stake(conn, &first, &second, stake).await?;
            let mut households = Vec::new();
            for household in BTreeSet::from([first.household, second.household]) {
                let row = conn.row("select version from household where household_id = $1", args![household]).await?;
                households.extend(row.map(|row| row.get(0)).transpose()?.map(|version| (household, version)));
            }
            let mut using = HashMap::new();
            for side in [&first, &second] {
                using.insert(side.person, using_member(conn, side.household, side.person, vault).await?);
            }
            let told = now.iter().flat_map(|now| now.flagged.iter().copied()).collect::<Vec<_>>();
            let flagged = versions(conn, told).await?;
            let version = links::version(conn, id).await?;
            let importers = importers(conn, &first, &second).await?;
            let pair = Pair { first: side(first), second: side(second), at_stake, importers };
            Ok(Some(ToDecide { pair, now, version, link: id, households, using, flagged }))
        })
    }
}

fn side(known: Known) -> Side {
    Side {
        person: known.person,
        household: known.household,
        district: domain::programmes::DistrictId(known.card.district),
        left: known.left,
        joined: known.joined_to.is_some(),
        details: known.details,
    }
}

impl ToDecide {
    /// The open applications that used a record, so that a merge tells them.
    pub fn using(&self, absorbed: PersonId) -> Vec<ApplicationId> {
        self.using.get(&absorbed).into_iter().flatten().map(|(id, _)| *id).collect()
    }

    /// The changes of a decision that joins nothing.
    pub fn decided(&self, decided: LinkDecided, today: Date) -> Vec<Change> {
        vec![Change::after(self.link, self.version, decided, today)]
    }

    /// The changes of a merge, after the decision that comes with it if it was not said before. `reason` is what the
    /// departments with an open application read.
    pub fn joined(
        &self,
        decided: Option<LinkDecided>,
        merged: PersonsMerged,
        reason: &str,
        today: Date,
    ) -> Vec<Change> {
        let (kept, absorbed, link) = (merged.kept, merged.absorbed, self.link);
        let mut changes: Vec<Change> = decided.into_iter().flat_map(|decided| self.decided(decided, today)).collect();
        let seen = self.version + changes.len() as Version;
        changes.push(Change::after(link, seen, merged, today));
        for (household, version) in &self.households {
            changes.push(Change::after(*household, *version, RecordsJoined { kept, absorbed, link }, today));
        }
        for (application, version) in self.using.get(&absorbed).into_iter().flatten() {
            let flagged = ApplicationFlagged { fact: joined_fact(absorbed), reason: reason.to_owned() };
            changes.push(Change::after(*application, *version, flagged, today));
        }
        changes
    }

    /// The changes that undo a merge: what it told is taken back.
    pub fn parted(&self, undone: MergeUndone, today: Date) -> Vec<Change> {
        let (absorbed, link) = (undone.absorbed, self.link);
        let mut changes = vec![Change::after(link, self.version, undone, today)];
        for (household, version) in &self.households {
            changes.push(Change::after(*household, *version, RecordsParted { absorbed, link }, today));
        }
        for (application, version) in &self.flagged {
            let lifted = ApplicationFlagLifted { fact: joined_fact(absorbed) };
            changes.push(Change::after(*application, *version, lifted, today));
        }
        changes
    }
}

/// The open applications of a household whose facts name a member, protected ones included: for flagging, never for
/// showing.
async fn using_member(
    conn: &mut Conn<'_>,
    household: HouseholdId,
    person: PersonId,
    vault: &Vault,
) -> Result<Vec<(ApplicationId, Version)>> {
    let sql = format!(
        "select a.application_id, a.version, a.submitted from application a
         where a.household_id = $1 and a.status in ({}) order by a.application_id",
        open_statuses()
    );
    let (mut found, key) = (Vec::new(), person.to_string());
    for row in conn.rows(sql, args![household]).await? {
        let id: ApplicationId = row.id(0)?;
        if vault.text(&row, 2, &at::APPLICATION_SUBMITTED, id.0, 0)?.contains(&key) {
            found.push((id, row.get(1)?));
        }
    }
    Ok(found)
}

/// The officers who imported a list that names one of the records.
async fn importers(conn: &mut Conn<'_>, first: &Known, second: &Known) -> Result<Vec<OfficerId>> {
    let mut officers = BTreeSet::new();
    for side in [first, second] {
        for record in super::review::group(conn, side.person).await? {
            let sql = "select distinct i.opened_by from listing l join import i on i.import_id = l.import_id
                       where l.person_id = $1";
            for row in conn.rows(sql, args![record]).await? {
                officers.extend(row.id_opt::<OfficerId>(0)?);
            }
        }
    }
    Ok(officers.into_iter().collect())
}

async fn versions(conn: &mut Conn<'_>, of: Vec<ApplicationId>) -> Result<Vec<(ApplicationId, Version)>> {
    let mut versions = Vec::new();
    for id in of {
        let row = conn.row("select version from application where application_id = $1", args![id]).await?;
        versions.extend(row.map(|row| row.get(0)).transpose()?.map(|version| (id, version)));
    }
    Ok(versions)
}

/// What stands on two persons together in a year, and how many of their applications are open. Protected applications
/// count for nothing: an amount would tell of them.
pub(super) async fn at_stake(
    conn: &mut Conn<'_>,
    first: &Known,
    second: &Known,
    stake: &Stake,
) -> Result<(Paisa, i64)> {
    stands_on(conn, &[first.person, second.person], stake).await
}

/// The same for any persons.
pub(super) async fn stands_on(conn: &mut Conn<'_>, persons: &[PersonId], stake: &Stake) -> Result<(Paisa, i64)> {
    let (mut yearly, mut open, mut seen) = (0i64, 0i64, BTreeSet::new());
    for person in persons {
        for record in super::review::group(conn, *person).await? {
            yearly = yearly.saturating_add(listed(conn, record).await?);
            let sql = "select a.application_id, a.programme, a.status from application a
                       where a.person_id = $1 and a.protected = false";
            let mut rows = conn.rows(sql, args![record]).await?;
            let sql = "select a.application_id, a.programme, a.status from person p join application a
                       on a.household_id = p.household_id
                       where p.person_id = $1 and a.person_id is null and a.protected = false";
            rows.extend(conn.rows(sql, args![record]).await?);
            for row in rows {
                let (id, status): (ApplicationId, Status) = (row.id(0)?, row.code(2)?);
                if !seen.insert(id) || !(status.is_open() || receives(status)) {
                    continue;
                }
                open += i64::from(status.is_open());
                let worth = stake.yearly.get(&ProgrammeId(row.get(1)?)).map_or(0, |paisa| paisa.0);
                yearly = yearly.saturating_add(worth);
            }
        }
    }
    Ok((Paisa(yearly), open))
}

/// What lists say a record receives in a year: of several lists of one source about one programme and purpose the newest.
pub(super) async fn listed(conn: &mut Conn<'_>, record: PersonId) -> Result<i64> {
    let sql = "select b.amount, b.per from benefit b where b.person_id = $1 and b.amount is not null
               and b.per is not null and b.until is null
               and not exists (select 1 from benefit n where n.person_id = b.person_id and n.source = b.source
                 and n.purpose = b.purpose and coalesce(n.programme, '') = coalesce(b.programme, '')
                 and n.stated_on > b.stated_on)";
    let mut yearly = 0i64;
    for row in conn.rows(sql, args![record]).await? {
        let times = row.code::<Period>(1)?.times_a_year().unwrap_or(1);
        yearly = yearly.saturating_add(row.get::<i64>(0)?.saturating_mul(times));
    }
    Ok(yearly)
}

/// Why joining two records needs a second officer.
pub(super) fn limits(first: &Known, second: &Known, at_stake: Paisa) -> Vec<MergeLimit> {
    Pair { first: side(first.clone()), second: side(second.clone()), at_stake, importers: Vec::new() }.limits()
}

/// Whether something is given under an application in this status.
pub(crate) fn receives(status: Status) -> bool {
    matches!(status, Status::Approved | Status::Enrolled | Status::InPayment | Status::ServiceGiven)
}

/// The statuses in which something is given, quoted for a statement.
pub(crate) fn receiving_statuses() -> String {
    let quoted = Status::ALL.iter().filter(|status| receives(**status)).map(|s| format!("'{}'", s.code()));
    quoted.collect::<Vec<_>>().join(", ")
}

/// Both records of a pair.
pub(super) async fn both(conn: &mut Conn<'_>, first: PersonId, second: PersonId) -> Result<Option<(Known, Known)>> {
    let (Some(first), Some(second)) = (judge::known(conn, first).await?, judge::known(conn, second).await?) else {
        return Ok(None);
    };
    Ok(Some((first, second)))
}
