//! Forgetting a person or a family everywhere: their own events go, and what other events copied from them is taken out.
//!
//! An application carries the facts and the verdict it stands on, and officers write words that may name somebody. There
//! the event stays without that content: the payload is replaced, and the erasure holds the hash of what stays, so that
//! the chain of seals and the check of payloads still hold.

mod corrections;
mod lists;

use super::{
    append::payload_hash,
    commit::{self, Command, Commit, Prepared},
    rebuild,
    redact::{RedactionRefused, erase, forget_messages, remove_rows, unnamed},
    seal::hex,
};
use crate::{
    Scope,
    applications::apply::open_statuses,
    blobs::Blobs,
    db::{Conn, args},
    error::{Result, corrupt},
    sealing::Vault,
};
use domain::{
    Instant, Version,
    event::{Change, Event, Record, RecordKind, Redacted},
    ids::{CommandId, HouseholdId, OfficerId, PersonId},
    people::{PersonDetails, PhoneEntry},
};
use rand::RngExt;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who is to be forgotten, and who decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// The family.
    pub household: HouseholdId,
    /// One member; `None` for the whole family.
    pub person: Option<PersonId>,
    /// Why: the family asked, wrong person, court order, retention over.
    pub reason: String,
    /// The two officers who decided it.
    pub officers: (OfficerId, OfficerId),
}

impl Forgetting {
    /// Refuses before anything is read.
    pub(crate) fn check(&self, scope: &Scope) -> std::result::Result<(), RedactionRefused> {
        match self.officers {
            _ if !scope.is_system() => Err(RedactionRefused::NotAllowed),
            _ if self.reason.trim().is_empty() => Err(RedactionRefused::ReasonMissing),
            (first, second) if first == second => Err(RedactionRefused::OneOfficer),
            _ => Ok(()),
        }
    }
}

/// An event with its content.
struct Kept {
    record: Record,
    version: Version,
    position: i64,
    kind: String,
    payload: Json,
}

/// Fields in which officers write what they like.
const WORDS: &[(&str, &str)] = &[
    ("household-corrected", "reason"),
    ("person-corrected", "reason"),
    ("answer-given", "reason"),
    ("answer-withdrawn", "reason"),
    ("household-found", "reason"),
    ("listed-matched", "reason"),
    ("listed-decided", "reason"),
    ("listed-taken-back", "reason"),
    ("application-moved", "words"),
    ("application-flagged", "reason"),
    ("delivery-recorded", "what"),
    ("receipt-reissued", "identity_check"),
    ("visit-handed", "note"),
    ("grievance-filed", "words"),
    ("grievance-filed", "officer_named"),
    ("grievance-moved", "words"),
    ("grievance-secret-renewed", "identity_check"),
    ("link-decided", "reason"),
    ("merge-undone", "reason"),
    ("protected-opened", "words"),
];

/// Fields of a complaint that say who complained.
const COMPLAINT: &[&str] = &["name", "phone"];

/// Forgets inside the caller's transaction, and brings the rows to what a rebuild gives. Answers how many events were
/// erased or lost a part, and the files that no event names any more.
pub(crate) async fn forget(
    conn: &mut Conn<'_>,
    asked: &Forgetting,
    at: Instant,
    blobs: &Blobs,
) -> Result<(usize, Vec<String>)> {
    rebuild::hold_writers(conn).await?;
    refuse_joined(conn, asked).await?;
    let related = related(conn, asked.household).await?;
    if asked.person.is_none() {
        refuse_open(conn, asked.household).await?;
    }
    let household = Record::from(asked.household);
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for record in std::iter::once(household).chain(related) {
        let events = events(conn, record, blobs.vault()).await?;
        let tasks = tasks_of(&events, asked.person);
        for event in events {
            let mine = event.record == household && asked.person.is_none_or(|person| about(&event, person, &tasks));
            if mine { own.push(event) } else { others.push(event) }
        }
    }
    if own.is_empty() {
        return Err(RedactionRefused::Nobody.into());
    }
    let names = names(&own);
    // While the rows of lists still say whom they mean.
    let lists = lists::forget(conn, asked, blobs).await?;
    let (mut redacted, mut files, mut touched) = (Vec::new(), Vec::new(), BTreeSet::from([household.id]));
    for event in &own {
        let (position, file) = erase(conn, event.record, event.version, blobs).await?;
        files.extend(file);
        redacted.push((position, None));
    }
    let mut records = vec![household];
    let requests = corrections::about(&others, asked.person, &names);
    for mut event in others {
        let request = requests.contains(&event.record.id) && corrections::strip(&mut event);
        if strip(&mut event, asked.person, &names) || request {
            redacted.push((event.position, Some(replace(conn, &event, blobs.vault()).await?)));
            if touched.insert(event.record.id) {
                records.push(event.record);
            }
        }
    }
    for (event, file) in lists.events {
        redacted.push((event.position, Some(replace(conn, &event, blobs.vault()).await?)));
        files.push(file);
    }
    commit::write(conn, &Prepared::of(commit_of(asked, &redacted, at), blobs)?).await?;
    for record in records {
        remove_rows(conn, record).await?;
        rebuild::replay_record(conn, record, blobs).await?;
    }
    lists::rows_gone(conn, &lists.rows).await?;
    if asked.person.is_none() {
        forget_messages(conn, household).await?;
    }
    forget_reads(conn, household.id, &names).await?;
    Ok((redacted.len(), unnamed(conn, files, blobs).await?))
}

/// The visits, applications, receipts, complaints, requests for corrections and pairs of a family.
async fn related(conn: &mut Conn<'_>, household: HouseholdId) -> Result<Vec<Record>> {
    let of = [
        (RecordKind::Visit, "select visit_id from visit where household_id = $1 order by visit_id"),
        (
            RecordKind::Application,
            "select application_id from application where household_id = $1 order by application_id",
        ),
        (RecordKind::Receipt, "select receipt_id from receipt where household_id = $1 order by receipt_id"),
        (
            RecordKind::Listing,
            "select l.listing_id from listing l join person p on p.person_id = l.person_id where p.household_id = $1
             and l.version > 0 union
             select s.listing_id from person p join listing_step s on s.person_id = p.person_id where p.household_id = $1",
        ),
        (RecordKind::Opening, "select opening_id from opening where household_id = $1 order by opening_id"),
        (RecordKind::Grievance, "select grievance_id from grievance where household_id = $1 order by grievance_id"),
        (RecordKind::Correction, "select correction_id from correction where household_id = $1 order by correction_id"),
        (
            RecordKind::Link,
            "select l.link_id from person p join person_link l on l.first = p.person_id where p.household_id = $1 union
             select l.link_id from person p join person_link l on l.second = p.person_id where p.household_id = $1",
        ),
    ];
    let mut records = Vec::new();
    for (kind, sql) in of {
        for row in conn.rows(sql, args![household]).await? {
            records.push(Record { kind, id: row.get(0)? });
        }
    }
    Ok(records)
}

/// Whoever is joined with another record is parted first: the other record would point at nobody, and count nowhere.
async fn refuse_joined(conn: &mut Conn<'_>, asked: &Forgetting) -> Result<()> {
    let sql = "select p.person_id from person p where p.household_id = $1 and p.joined_to is not null union
               select r.root from person p join person_root r on r.root = p.person_id where p.household_id = $1";
    for row in conn.rows(sql, args![asked.household]).await? {
        let person: PersonId = row.id(0)?;
        if asked.person.is_none_or(|asked| asked == person) {
            return Err(RedactionRefused::Joined.into());
        }
    }
    Ok(())
}

/// A family whose applications still wait for an answer is not forgotten under the departments' hands.
async fn refuse_open(conn: &mut Conn<'_>, household: HouseholdId) -> Result<()> {
    let sql = format!("select 1 from application where household_id = $1 and status in ({}) limit 1", open_statuses());
    match conn.row(sql, args![household]).await? {
        Some(_) => Err(RedactionRefused::ApplicationsOpen.into()),
        None => Ok(()),
    }
}

/// The events of a record that still have their content.
async fn events(conn: &mut Conn<'_>, record: Record, vault: &Vault) -> Result<Vec<Kept>> {
    let sql = "select j.version, j.position, j.kind, p.payload from journal j
               join journal_payload p on p.record_id = j.record_id and p.version = j.version
               where j.record_id = $1 order by j.version";
    let mut events = Vec::new();
    for row in conn.rows(sql, args![record.id]).await? {
        let (version, position, kind) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let payload = vault.event(record.kind, (record.id, version), row.get(3)?)?;
        let payload = serde_json::from_str(&payload).map_err(corrupt)?;
        events.push(Kept { record, version, position, kind, payload });
    }
    Ok(events)
}

/// The answers and paper tasks of a person: events that move them name only their key.
fn tasks_of(events: &[Kept], person: Option<PersonId>) -> BTreeSet<String> {
    let Some(person) = person.map(|person| person.to_string()) else { return BTreeSet::new() };
    let mine = events.iter().filter(|event| event.payload["person"].as_str() == Some(&person));
    let keys = mine.flat_map(|event| ["answer", "task"].map(|key| event.payload[key].as_str().map(str::to_owned)));
    keys.flatten().collect()
}

fn about(event: &Kept, person: PersonId, tasks: &BTreeSet<String>) -> bool {
    let named = event.payload["person"].as_str() == Some(&person.to_string());
    named || ["answer", "task"].iter().any(|key| event.payload[*key].as_str().is_some_and(|id| tasks.contains(id)))
}

/// The names and numbers that the erased events held, in lower case: what other texts must not hold either.
fn names(own: &[Kept]) -> Vec<String> {
    let mut names = BTreeSet::new();
    for event in own {
        if let Ok(details) = serde_json::from_value::<PersonDetails>(event.payload["details"].clone()) {
            names.insert(details.given.to_lowercase());
            names.extend(details.identities.iter().map(|identity| identity.number.to_string()));
        }
        if let Ok(phones) = serde_json::from_value::<Vec<PhoneEntry>>(event.payload["phones"].clone()) {
            names.extend(phones.into_iter().map(|phone| phone.number));
        }
    }
    names.retain(|name| !name.is_empty());
    names.into_iter().collect()
}

/// Whether a text names one of them: digits however they are grouped, names as whole words.
fn holds(text: &str, names: &[String]) -> bool {
    let lower = text.to_lowercase();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    names.iter().any(|name| {
        let number: String = name.chars().filter(char::is_ascii_digit).collect();
        if number.len() >= 7 {
            return digits.contains(&number);
        }
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        lower.match_indices(name.as_str()).any(|(at, found)| {
            apart(lower[..at].chars().next_back()) && apart(lower[at + found.len()..].chars().next())
        })
    })
}

/// Takes out what an event copied from the forgotten; whether there was anything.
fn strip(event: &mut Kept, person: Option<PersonId>, names: &[String]) -> bool {
    let mut stripped = false;
    if event.kind == "application-submitted" && !event.payload["verdict"].is_null() {
        let told = event.payload["verdict"].to_string();
        let whose = event.payload["person"].as_str().map(str::to_owned);
        let mine = |person: PersonId| told.contains(&person.to_string()) || whose == Some(person.to_string());
        if person.is_none_or(mine) {
            event.payload["verdict"] = Json::Null;
            stripped = true;
        }
    }
    for field in COMPLAINT.iter().filter(|_| event.kind == "grievance-filed") {
        let told = event.payload[*field].as_str();
        if told.is_some_and(|text| person.is_none() || holds(text, names)) {
            event.payload[*field] = Json::Null;
            stripped = true;
        }
    }
    // Whose phone it is may name them.
    let whose = event.payload.pointer_mut("/phone/whose").filter(|_| event.kind == "consent-stated");
    if let Some(whose) = whose.filter(|whose| whose.as_str().is_some_and(|text| holds(text, names))) {
        *whose = Json::String(REMOVED.to_owned());
        stripped = true;
    }
    // The last digits of a card that was seen.
    let digits = event.payload.pointer_mut("/check/digits").filter(|_| event.kind == "receipt-reissued");
    let ends = |digits: &str| {
        names.iter().any(|name| name.chars().filter(char::is_ascii_digit).collect::<String>().ends_with(digits))
    };
    if let Some(digits) = digits.filter(|digits| digits.as_str().is_some_and(|text| person.is_none() || ends(text))) {
        *digits = Json::Null;
        stripped = true;
    }
    for (_, field) in WORDS.iter().filter(|(kind, _)| *kind == event.kind) {
        if event.payload[*field].as_str().is_some_and(|text| holds(text, names)) {
            event.payload[*field] = Json::String(REMOVED.to_owned());
            stripped = true;
        }
    }
    stripped
}

/// What stands where words were taken out.
const REMOVED: &str = "[…]";

/// Writes what stays of an event; the hash of it, for the erasure.
async fn replace(conn: &mut Conn<'_>, event: &Kept, vault: &Vault) -> Result<String> {
    let payload = event.payload.to_string();
    // What stays must still be an event.
    Event::decode(&event.kind, domain::event::FORMAT, &payload)?;
    let salt: [u8; 16] = rand::rng().random();
    let sql = "update journal_payload set salt = $3, payload = $4 where record_id = $1 and version = $2";
    let hash = hex(&payload_hash(&salt, &payload));
    let of = (event.record.id, event.version);
    let (salt, payload) = vault.seal_event(event.record.kind, of, &salt, &payload);
    conn.execute(sql, args![of.0, of.1, salt, payload]).await?;
    Ok(hash)
}

fn commit_of(asked: &Forgetting, redacted: &[(i64, Option<String>)], at: Instant) -> Commit {
    let record = Record { kind: RecordKind::Journal, id: Uuid::now_v7() };
    let event = |(position, kept): &(i64, Option<String>)| {
        let (reason, officers) = (asked.reason.trim().to_owned(), asked.officers);
        Event::from(Redacted { position: *position, reason, officers, kept: kept.clone() })
    };
    let change = |(seen, one)| Change::after(record, seen, event(one), at.date_naive());
    let command = Command {
        id: CommandId(Uuid::now_v7()),
        officer: None,
        route: "journal forget".to_owned(),
        body_hash: record.id.as_bytes().to_vec(),
    };
    Commit { command, changes: (0i64..).zip(redacted).map(change).collect(), outcome: String::new(), at }
}

/// Reasons typed for opening the file, where they name somebody.
async fn forget_reads(conn: &mut Conn<'_>, household: Uuid, names: &[String]) -> Result<()> {
    let sql = "select position, purpose from read_log where record_id = $1 and purpose like 'reason:%'";
    for row in conn.rows(sql, args![household]).await? {
        let (position, purpose): (i64, String) = (row.get(0)?, row.get(1)?);
        if holds(&purpose, names) {
            let sql = "update read_log set purpose = $2 where position = $1";
            conn.execute(sql, args![position, format!("reason:{REMOVED}")]).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_text_names_somebody_by_whole_words_and_by_any_grouping_of_a_number() {
        let names = ["noor".to_owned(), "گل".to_owned(), "1720134567891".to_owned()];
        let check = |text: &str, want: bool| assert_eq!(holds(text, &names), want, "{text}");
        check("Noor must bring the card", true);
        check("Noorani road", false);
        check("card 17201-3456789-1 was seen", true);
        check("گل، کل آئے", true);
        check("گلالئی", false);
        check("nothing", false);
    }
}
