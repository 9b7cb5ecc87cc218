//! What the events of the next seal have to tell, and whom: only families who agreed, to the phone they named.

use super::{AFTER_SEAL, Messages};
use crate::{
    db::{Row, Value, args},
    error::{Result, StoreError, corrupt},
};
use chrono::TimeDelta;
use domain::{
    Date, Instant,
    applications::{ApplicationMoved, ReceiptCode, ReceiptIssued, Status},
    event::{Event, FORMAT, RecordKind},
    grievances::{By, GrievanceMoved, GrievanceStatus},
    ids::HouseholdId,
    language::Lang,
    messages::{MessageStep, SeenBy},
    people::{ConsentPurpose, HelperMay, MessagePhone},
    programmes::ProgrammeId,
};
use uuid::Uuid;

/// One event that a family is to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The event's place in the journal.
    pub position: i64,
    /// The family.
    pub household: HouseholdId,
    /// The receipt, application or complaint.
    pub about: Uuid,
    /// What there is to tell.
    pub step: MessageStep,
    /// It is about protected help.
    pub protected: bool,
    /// The code on the family's paper.
    pub code: ReceiptCode,
    /// The programme, of an application.
    pub programme: Option<ProgrammeId>,
    /// Until when, where a clock runs longer.
    pub until: Option<Date>,
    /// Where to.
    pub phone: MessagePhone,
    /// The language it is read in.
    pub language: Lang,
}

/// What an event tells, before it is known whom.
struct Told {
    step: MessageStep,
    until: Option<Date>,
}

/// A family's paper and what is on it.
struct About {
    household: HouseholdId,
    protected: bool,
    code: ReceiptCode,
    programme: Option<ProgrammeId>,
}

const EVENTS: &str =
    "select e.position, j.record_id, j.kind, j.format, p.payload, j.record_kind, j.version, j.recorded_at from seal_entry e
    join journal j on j.position = e.position
    join journal_payload p on p.record_id = j.record_id and p.version = j.version
    where e.number = $1 and j.kind in ('receipt-issued', 'application-moved', 'delivery-recorded', 'grievance-moved',
    'correction-answered')
    order by e.position";

impl Messages<'_> {
    /// The next seal and what its events have to tell; `None` when every seal was read.
    pub async fn due(&self) -> Result<Option<(i64, Vec<Due>)>> {
        if !self.scope.is_system() {
            return Err(StoreError::NotYours);
        }
        let done = self.store.setting(AFTER_SEAL).await?.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        let seal = done + 1;
        if self.store.db.row("select 1 from seal where number = $1", args![seal]).await?.is_none() {
            return Ok(None);
        }
        let mut due = Vec::new();
        for row in &self.store.db.rows(EVENTS, args![seal]).await? {
            due.extend(self.told(row).await?);
        }
        Ok(Some((seal, due)))
    }

    async fn told(&self, row: &Row) -> Result<Option<Due>> {
        let (position, about): (i64, Uuid) = (row.get(0)?, row.get(1)?);
        let format = i32::try_from(row.get::<i64>(3)?).map_err(corrupt)?;
        debug_assert!(format <= FORMAT);
        let payload =
            self.store.blobs.vault().event(row.code::<RecordKind>(5)?, (about, row.get(6)?), row.get::<String>(4)?)?;
        let event = Event::decode(&row.get::<String>(2)?, format, &payload)?;
        let Some(told) = told(&event) else { return Ok(None) };
        let of = match &event {
            Event::ReceiptIssued(receipt) => Some(of_receipt(receipt)),
            Event::GrievanceMoved(_) => self.of_grievance(about).await?,
            Event::CorrectionAnswered(_) => self.of_correction(about).await?,
            _ => self.of_application(about).await?,
        };
        let Some(of) = of else { return Ok(None) };
        // The family as it is now: one that was forgotten, or agrees no more, is told nothing.
        let Some((phone, language)) = self.phone_of(of.household, day_of(row.get(7)?)).await? else { return Ok(None) };
        Ok(Some(Due {
            position,
            household: of.household,
            about,
            step: told.step,
            protected: of.protected,
            code: of.code,
            programme: of.programme,
            until: told.until,
            phone,
            language,
        }))
    }

    /// The phone that messages to a family go to on a day: the one it agreed to; where it named none and did not refuse, that
    /// of a helper who may receive them, on which others read.
    pub(super) async fn phone_of(&self, id: HouseholdId, day: Date) -> Result<Option<(MessagePhone, Lang)>> {
        let Some(household) = self.store.people(self.scope).household(id).await? else { return Ok(None) };
        if let Some((phone, language)) = household.message_phone() {
            return Ok(Some((phone.clone(), language)));
        }
        if household.consents.iter().any(|said| said.purpose == ConsentPurpose::Message) {
            return Ok(None);
        }
        let helpers = self.store.helpers_of(id).await?;
        let mut those = helpers.into_iter().filter(|one| one.holds_on(day) && one.may(HelperMay::Messages));
        Ok(those.find_map(|one| {
            let (number, whose) = (one.named.phone?, one.named.name);
            Some((MessagePhone { number, whose, seen_by: SeenBy::Others }, one.named.language))
        }))
    }

    async fn of_application(&self, id: Uuid) -> Result<Option<About>> {
        let sql = "select a.household_id, a.protected, min(r.code), a.programme from application a
                   join receipt_application ra on ra.application_id = a.application_id
                   join receipt r on r.receipt_id = ra.receipt_id where a.application_id = $1
                   group by a.household_id, a.protected, a.programme";
        self.about(sql, args![id]).await
    }

    /// A complaint of a family; one without a receipt names no family, and nobody agreed to anything.
    async fn of_grievance(&self, id: Uuid) -> Result<Option<About>> {
        let sql = "select g.household_id, g.protected, g.code, null from grievance g
                   where g.grievance_id = $1 and g.household_id is not null";
        self.about(sql, args![id]).await
    }

    /// A request for a correction: told by the receipt it was asked with, else by the family's newest ordinary one.
    async fn of_correction(&self, id: Uuid) -> Result<Option<About>> {
        let sql = "select c.household_id, r.protected, r.code, null from correction c join receipt r
                   on r.receipt_id = coalesce(c.receipt_id, (select n.receipt_id from receipt n
                     where n.household_id = c.household_id and n.protected = false order by n.receipt_id desc limit 1))
                   where c.correction_id = $1";
        self.about(sql, args![id]).await
    }

    async fn about(&self, sql: &'static str, args: Vec<Value>) -> Result<Option<About>> {
        let Some(row) = self.store.db.row(sql, args).await? else { return Ok(None) };
        Ok(Some(About {
            household: row.id(0)?,
            protected: row.get(1)?,
            code: row.get::<String>(2)?.parse().map_err(corrupt)?,
            programme: row.get::<Option<String>>(3)?.map(ProgrammeId),
        }))
    }
}

/// The day of an instant in Pakistan.
pub(super) fn day_of(at: Instant) -> Date {
    (at + TimeDelta::hours(5)).date_naive()
}

fn of_receipt(receipt: &ReceiptIssued) -> About {
    About { household: receipt.household, protected: receipt.protected, code: receipt.code.clone(), programme: None }
}

/// What an event tells a family; nothing of most.
fn told(event: &Event) -> Option<Told> {
    let (step, until) = match event {
        Event::ReceiptIssued(_) => (MessageStep::Applied, None),
        Event::ApplicationMoved(moved) => (of_move(moved)?, None),
        Event::DeliveryRecorded(_) => (MessageStep::Delivered, None),
        Event::GrievanceMoved(moved) => of_complaint(moved)?,
        Event::CorrectionAnswered(_) => (MessageStep::Correction, None),
        _ => return None,
    };
    Some(Told { step, until })
}

/// The steps a family has to know of. What was handed over is told by its delivery, an appeal by its complaint.
fn of_move(moved: &ApplicationMoved) -> Option<MessageStep> {
    match moved.to {
        Status::Returned => Some(MessageStep::Returned),
        Status::Approved => Some(MessageStep::Approved),
        Status::Rejected => Some(MessageStep::Refused),
        Status::WaitListed => Some(MessageStep::Waiting),
        _ => None,
    }
}

/// An answer; or a longer clock, when the office passed it on. Who passed it on themselves knows.
fn of_complaint(moved: &GrievanceMoved) -> Option<(MessageStep, Option<Date>)> {
    match moved.to {
        GrievanceStatus::Answered => Some((MessageStep::Answered, None)),
        GrievanceStatus::Escalated if moved.by != By::Citizen => {
            moved.due.map(|due| (MessageStep::Extended, Some(due)))
        }
        _ => None,
    }
}
