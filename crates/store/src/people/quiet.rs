//! Families of whom nothing was written since a day and to whom nothing runs: a list for two officers to decide on. Nothing
//! is erased by age.

use super::read::People;
use crate::{
    StoreError,
    db::{Row, args},
    error::Result,
};
use domain::{Date, Instant, applications::Status, grievances::GrievanceStatus, ids::HouseholdId};

/// A family of whom nothing was written for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// Key.
    pub household: HouseholdId,
    /// When it was registered.
    pub registered_on: Date,
    /// When the last entry about it was written.
    pub last_entry: Instant,
    /// The centre that registered it.
    pub centre: String,
    /// Its district.
    pub district: String,
}

/// A day, and the instant at which it begins where the offices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinceDay {
    /// The day.
    pub day: Date,
    /// Its beginning.
    pub begins: Instant,
}

/// Whether something runs or is still to be decided.
const fn runs(status: Status) -> bool {
    match status {
        Status::Draft
        | Status::Submitted
        | Status::Forwarded
        | Status::Received
        | Status::UnderReview
        | Status::Returned
        | Status::Resubmitted
        | Status::Approved
        | Status::WaitListed
        | Status::Enrolled
        | Status::InPayment
        | Status::Suspended
        | Status::Appealed
        | Status::Overturned => true,
        Status::Rejected
        | Status::ServiceGiven
        | Status::Closed
        | Status::Withdrawn
        | Status::Duplicate
        | Status::Expired
        | Status::Deceased
        | Status::Transferred
        | Status::Upheld => false,
    }
}

/// The records of a household `h` beside its own, by table, key and how it leads to the family.
const RECORDS: &[(&str, &str)] = &[
    ("visit", "visit_id"),
    ("application", "application_id"),
    ("receipt", "receipt_id"),
    ("grievance", "grievance_id"),
    ("correction", "correction_id"),
    ("opening", "opening_id"),
];

impl People<'_> {
    /// Families of whom nothing was written since a day, none of whose applications runs, and to whom no list says that
    /// anything is paid; for the program itself. A benefit whose end nobody stated runs. Families with persons that were
    /// joined with others are left out, because they cannot be erased while they are joined.
    ///
    /// # Errors
    /// [`StoreError::OnTheServer`] for any other scope than the program's own.
    pub async fn quiet(&self, since: SinceDay) -> Result<Vec<Quiet>> {
        if !self.scope.is_system() {
            return Err(StoreError::OnTheServer);
        }
        let running: Vec<String> =
            Status::ALL.iter().filter(|s| runs(**s)).map(|s| format!("'{}'", s.code())).collect();
        let complaints: Vec<String> =
            GrievanceStatus::ALL.iter().filter(|s| s.is_open()).map(|s| format!("'{}'", s.code())).collect();
        let written = |(table, key): &(&str, &str)| {
            format!(
                "and not exists (select 1 from {table} r join journal j on j.record_id = r.{key}
                 where r.household_id = h.household_id and j.recorded_at >= $2)"
            )
        };
        let sql = format!(
            "select h.household_id, h.registered_on, h.centre, h.district,
             (select max(j.recorded_at) from journal j where j.record_id = h.household_id)
             from household h where h.registered_on < $1
             and not exists (select 1 from journal j where j.record_id = h.household_id and j.recorded_at >= $2)
             {}
             and not exists (select 1 from application a where a.household_id = h.household_id and a.status in ({}))
             and not exists (select 1 from grievance g where g.household_id = h.household_id and g.status in ({}))
             and not exists (select 1 from person p join benefit b on b.person_id = p.person_id
                             where p.household_id = h.household_id and (b.until is null or b.until >= $1))
             and not exists (select 1 from person p where p.household_id = h.household_id and p.joined_to is not null)
             and not exists (select 1 from person p join person_root r on r.root = p.person_id
                             where p.household_id = h.household_id)
             order by h.household_id",
            RECORDS.iter().map(written).collect::<Vec<_>>().join("\n             "),
            running.join(", "),
            complaints.join(", ")
        );
        self.store.db.rows(sql, args![since.day, since.begins]).await?.iter().map(quiet).collect()
    }
}

fn quiet(row: &Row) -> Result<Quiet> {
    let registered_on: Date = row.get(1)?;
    // Every household has its registration in the journal.
    let last_entry: Option<Instant> = row.get(4)?;
    let household = row.id(0)?;
    let last_entry =
        last_entry.ok_or_else(|| crate::error::corrupt(format!("a household without entries: {household}")))?;
    Ok(Quiet { household, registered_on, last_entry, centre: row.get(2)?, district: row.get(3)? })
}
