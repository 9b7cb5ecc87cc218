//! One row of a list for an officer to decide: what it says, whom it may mean, what was said about it so far.
//!
//! Whom it may mean is worked out again when the row is opened: somebody may have been registered, joined to another
//! record or forgotten since the list was imported.

use super::{ListedRow, Lists, batch};
use crate::{
    db::{Conn, Row, args, with_conn},
    error::Result,
    people::{
        MatchCard, PairSide, Stake, candidates,
        judge::{self, Known},
        keys::Keyed,
        links::reviews,
        merging,
        read::People,
    },
};
use domain::{
    Date, Instant,
    event::{Change, Event},
    ids::{ListingId, OfficerId, PersonId},
    money::Paisa,
    payments::ListedBenefit,
    people::{ImportOpened, Likeness, Listed, Meant, RowCase, RowLimit, RowOutcome, RowSaid, RowStepKind},
    programmes::DistrictId,
};
use linkage::{Evidence, Match, Query, Ranker, Strength};

/// How many people are shown beside a row.
const SHOWN: usize = 8;
/// How many of those who look alike today are added to the ones found at the import.
const ALIKE: usize = 5;

/// Somebody whom a row may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCandidate {
    /// Who; somebody known by lists only has the key of the row that was new.
    pub person: PersonId,
    /// What may be shown.
    pub card: MatchCard,
    /// The record; `None` for somebody known by lists only.
    pub record: Option<PairSide>,
    /// How the evidence reads.
    pub strength: Strength,
    /// For and against, the weightiest first.
    pub why: Vec<Evidence>,
    /// What stands on them and in the row together in a year.
    pub yearly: Paisa,
    /// Their open applications.
    pub open: i64,
    /// Why a second officer would have to confirm.
    pub limits: Vec<RowLimit>,
}

/// One step in the history of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowStep {
    /// What was said.
    pub kind: RowStepKind,
    /// Why.
    pub reason: String,
    /// Who, by name.
    pub officer: String,
    /// When.
    pub at: Instant,
}

/// A row with all that a decision about it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowToDecide {
    /// The row.
    pub row: ListedRow,
    /// How its list was opened.
    pub opened: ImportOpened,
    /// What it says is received.
    pub benefits: Vec<ListedBenefit>,
    /// Whom it may mean, the likeliest first.
    pub candidates: Vec<RowCandidate>,
    /// What the decision rests on.
    pub case: RowCase,
    /// Everything that was ever said about it, oldest first.
    pub history: Vec<RowStep>,
}

impl RowToDecide {
    /// The change of a decision about it.
    pub fn change(&self, event: impl Into<Event>, today: Date) -> Vec<Change> {
        vec![Change::after(self.row.listed.listing, self.row.version, event, today)]
    }
}

/// A candidate before it is shown: the registered record, or the row of a list that was new.
enum Who {
    Registered(Box<Known>),
    Listed(Box<Listed>),
}

impl Who {
    fn person(&self) -> PersonId {
        match self {
            Who::Registered(known) => known.person,
            Who::Listed(listed) => PersonId(listed.listing.0),
        }
    }
}

impl Lists<'_> {
    /// A row to decide; `None` when it is not there or not the scope's to decide. A file of another district shows when
    /// this officer gave a reason for opening it since `since`.
    pub async fn row_to_decide(
        &self,
        listing: ListingId,
        stake: &Stake,
        since: Instant,
    ) -> Result<Option<RowToDecide>> {
        if !reviews(self.scope) {
            return Ok(None);
        }
        let Some(row) = self.one(listing).await? else { return Ok(None) };
        with_conn!(&self.store.db, conn => {
            let conn = &mut conn;
            let said = said(conn, listing, row.version).await?;
            if !self.decides_about(conn, &row, said.as_ref()).await? {
                return Ok(None);
            }
            let sql = "select opened, opened_by from import where import_id = $1";
            let Some(import) = conn.row(sql, args![row.import]).await? else { return Ok(None) };
            let (opened, imported_by): (ImportOpened, Option<OfficerId>) = (import.json(0)?, import.id_opt(1)?);
            let benefits = benefits(conn, listing).await?;
            let running = benefits.iter().filter(|benefit| benefit.until.is_none()).filter_map(ListedBenefit::yearly);
            let yearly = Paisa(running.fold(0, |sum, paisa| sum.saturating_add(paisa.0)));
            let mut case = RowCase {
                listing,
                state: row.listed.outcome.state(),
                district: row.listed.district.clone(),
                number: row.listed.number.clone(),
                imported_by,
                among: Vec::new(),
                followers: followers(conn, listing).await?,
                said,
            };
            let counted = counted_on(conn, listing).await?;
            let mut candidates = Vec::new();
            for who in whom(conn, &row.listed, case.said.as_ref().and_then(|said| said.person)).await? {
                // What stands on whom the row was decided for holds the row already.
                let added = if counted.is_some() && counted == Some(who.person()) { Paisa(0) } else { yearly };
                let (candidate, meant) = self.candidate(conn, &row.listed, who, added, stake, since).await?;
                let limits = case.limits(&meant, self.scope.officer_id());
                candidates.push(RowCandidate { limits, ..candidate });
                case.among.push(meant);
            }
            let history = history(conn, listing).await?;
            Ok(Some(RowToDecide { row, opened, benefits, candidates, case, history }))
        })
    }

    /// Within one's own district, or over all without one: the row's, or that of the person whom it was said to mean.
    async fn decides_about(&self, conn: &mut Conn<'_>, row: &ListedRow, said: Option<&RowSaid>) -> Result<bool> {
        let Some(own) = self.scope.officer().and_then(|officer| officer.district()) else { return Ok(true) };
        if row.listed.district.as_ref() == Some(own) {
            return Ok(true);
        }
        let Some(person) = said.and_then(|said| said.person) else { return Ok(false) };
        let known = judge::known(conn, person).await?;
        Ok(known.is_some_and(|known| known.card.district == own.0))
    }

    async fn candidate(
        &self,
        conn: &mut Conn<'_>,
        row: &Listed,
        who: Who,
        yearly: Paisa,
        stake: &Stake,
        since: Instant,
    ) -> Result<(RowCandidate, Meant)> {
        let together = |stands: Paisa| Paisa(stands.0.saturating_add(yearly.0));
        match who {
            Who::Registered(known) => {
                let (stands, open) = merging::stands_on(conn, &[known.person], stake).await?;
                let found = judge::judge_row(row, &batch::keyed(row), &known);
                let (person, district) = (known.person, DistrictId(known.card.district.clone()));
                let meant = Meant::registered(person, district, &known.details, together(stands));
                let side = People { store: self.store, scope: self.scope }.side(conn, *known, since).await?;
                let (card, record) = (side.card.clone(), Some(side));
                Ok((shown(person, card, record, found, meant.at_stake, open), meant))
            }
            Who::Listed(listed) => {
                let person = PersonId(listed.listing.0);
                let stands = merging::listed(conn, person).await?;
                let other = batch::keyed(&listed);
                let found = compared(&batch::keyed(row), &other);
                let own = self.scope.officer().and_then(|officer| officer.district());
                let yours = own.is_none() || listed.district.as_ref() == own;
                let card = MatchCard::of(other, false);
                let card = if yours { card } else { card.hidden() };
                let at_stake = together(Paisa(stands));
                let meant = Meant { person, district: listed.district.clone(), checked: Vec::new(), at_stake };
                Ok((shown(person, card, None, found, at_stake, 0), meant))
            }
        }
    }
}

fn shown(
    person: PersonId,
    card: MatchCard,
    record: Option<PairSide>,
    found: Option<Match>,
    yearly: Paisa,
    open: i64,
) -> RowCandidate {
    let (strength, why) = found.map_or((Strength::FamilyOnly, Vec::new()), |found| (found.strength, found.why));
    RowCandidate { person, card, record, strength, why, yearly, open, limits: Vec::new() }
}

fn compared(row: &Keyed, other: &Keyed) -> Option<Match> {
    let query = row.borrowed(Query::of_person);
    other.borrowed(|other| Ranker::new(&query).compare(other))
}

/// Whom the row may mean as the registry stands today: those of the import, whoever was said, and who looks alike now.
async fn whom(conn: &mut Conn<'_>, row: &Listed, said: Option<PersonId>) -> Result<Vec<Who>> {
    let mut ids: Vec<PersonId> = said.into_iter().collect();
    ids.extend(among(conn, row.listing).await?.into_iter().map(|like| like.person));
    ids.extend(alike(conn, row).await?);
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for id in ids {
        let Some((person, who)) = resolved(conn, id, row.listing).await? else { continue };
        if !seen.contains(&person) && found.len() < SHOWN {
            seen.push(person);
            found.push(who);
        }
    }
    Ok(found)
}

/// Those whom the import found likely; a decision does not change them.
async fn among(conn: &mut Conn<'_>, listing: ListingId) -> Result<Vec<Likeness>> {
    let row = conn.row("select among from listing where listing_id = $1", args![listing]).await?;
    Ok(row.map(|row| row.json(0)).transpose()?.unwrap_or_default())
}

/// Registered persons who look like the row today.
async fn alike(conn: &mut Conn<'_>, row: &Listed) -> Result<Vec<PersonId>> {
    let query = batch::keyed(row).borrowed(Query::of_person);
    let ranker = Ranker::new(&query);
    let mut found = Vec::new();
    for (person, card) in candidates::read(conn, &linkage::query_keys(&query)).await? {
        let matched = Keyed::of_card(&card)?.borrowed(|other| ranker.compare(other)).filter(Match::may_be_the_same);
        found.extend(matched.map(|matched| (matched.rank_key(), person)));
    }
    found.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.cmp(y)));
    Ok(found.into_iter().take(ALIKE).map(|(_, person)| person).collect())
}

/// Who stands behind a key today: the record a person is known by, or the row of a list that nobody was registered from.
async fn resolved(conn: &mut Conn<'_>, id: PersonId, own: ListingId) -> Result<Option<(PersonId, Who)>> {
    let listed = conn.row("select person_id from listing where listing_id = $1", args![id.0]).await?;
    let id = match listed.map(|row| row.id_opt::<PersonId>(0)).transpose()? {
        // A row that waits means nobody, and no row means itself before it was decided.
        Some(None) => return Ok(None),
        Some(Some(person)) => person,
        None => id,
    };
    if id.0 == own.0 {
        return Ok(None);
    }
    let root = conn.row("select root from person_root where person_id = $1", args![id]).await?;
    let person = root.map(|row| row.id(0)).transpose()?.unwrap_or(id);
    if let Some(known) = judge::known(conn, person).await? {
        return Ok(Some((person, Who::Registered(Box::new(known)))));
    }
    let sql = format!("select {} from {} where l.listing_id = $1", super::read::LISTING_COLUMNS, super::read::LISTINGS);
    let row = conn.row(sql, args![person.0]).await?;
    let row = row.as_ref().map(super::read::listing).transpose()?;
    Ok(row.filter(|row| row.listed.outcome == RowOutcome::New).map(|row| (person, Who::Listed(Box::new(row.listed)))))
}

/// On whom the row's benefits stand today; nobody while it waits or was refused.
async fn counted_on(conn: &mut Conn<'_>, listing: ListingId) -> Result<Option<PersonId>> {
    let row = conn.row("select person_id from listing where listing_id = $1", args![listing]).await?;
    let Some(person) = row.map(|row| row.id_opt::<PersonId>(0)).transpose()?.flatten() else { return Ok(None) };
    Ok(resolved(conn, person, listing).await?.map(|(person, _)| person))
}

async fn benefits(conn: &mut Conn<'_>, listing: ListingId) -> Result<Vec<ListedBenefit>> {
    let sql = "select purpose, amount, per, since, until from benefit where listing_id = $1 order by place";
    let rows = conn.rows(sql, args![listing]).await?;
    let benefit = |row: &Row| {
        Ok(ListedBenefit {
            purpose: row.code(0)?,
            amount: row.get::<Option<i64>>(1)?.map(Paisa),
            per: row.code_opt(2)?,
            since: row.get(3)?,
            until: row.get(4)?,
        })
    };
    rows.iter().map(benefit).collect()
}

/// Rows that were taken for the person that this row is by itself.
async fn followers(conn: &mut Conn<'_>, listing: ListingId) -> Result<Vec<ListingId>> {
    let sql = "select listing_id from listing where person_id = $1 and listing_id <> $1 order by listing_id";
    conn.rows(sql, args![listing]).await?.iter().map(|row| row.id(0)).collect()
}

/// What was said last, unless it was taken back.
async fn said(conn: &mut Conn<'_>, listing: ListingId, version: i64) -> Result<Option<RowSaid>> {
    let sql = "select said, person_id, limits, followers, officer_id, reason from listing_step
               where listing_id = $1 and version = $2";
    let Some(row) = conn.row(sql, args![listing, version]).await? else { return Ok(None) };
    let kind: RowStepKind = row.code(0)?;
    let said = RowSaid {
        kind,
        person: row.id_opt(1)?,
        limits: row.json(2)?,
        followers: row.json(3)?,
        by: row.id_opt(4)?,
        reason: row.get(5)?,
    };
    Ok(Some(said).filter(|_| kind != RowStepKind::TakenBack))
}

async fn history(conn: &mut Conn<'_>, listing: ListingId) -> Result<Vec<RowStep>> {
    let sql = "select s.said, s.reason, o.name, s.recorded_at from listing_step s
               left join officer o on o.officer_id = s.officer_id where s.listing_id = $1 order by s.version";
    let step = |row: &Row| {
        let officer = row.get::<Option<String>>(2)?.unwrap_or_default();
        Ok(RowStep { kind: row.code(0)?, reason: row.get(1)?, officer, at: row.get(3)? })
    };
    conn.rows(sql, args![listing]).await?.iter().map(step).collect()
}
