//! Every change of record is one of these events. The journal keeps them; the tables are what they add up to.

use crate::{
    Date, Version,
    access::{
        DeputyEnded, DeputyNamed, OfficerAppointed, OfficerChanged, ProtectedOpened, ProtectedOpeningSeen,
        SecondStepReset,
    },
    applications::{
        ApplicationFlagLifted, ApplicationFlagged, ApplicationMoved, ApplicationSubmitted, DeliveryRecorded,
        DispatchAnswered, DispatchListed, ReceiptIssued, ReceiptReissued,
    },
    codes,
    eligibility::Screened,
    grievances::{GrievanceFiled, GrievanceMoved, GrievanceRecused, GrievanceSecretRenewed},
    ids::{
        ApplicationId, ClosingId, CorrectionId, DeputyId, DispatchId, GrievanceId, HouseholdId, ImportId, LinkId,
        ListingId, OfficerId, OpeningId, PageTextId, ReceiptId, SiteId, VisitId,
    },
    papers::{PaperRecorded, PaperTaskMoved, PaperTaskOpened},
    people::{
        AnswerGiven, AnswerWithdrawn, ConsentStated, CorrectionAnswered, CorrectionAsked, ErasureProposed,
        ErasureWithdrawn, HelperEnded, HelperNamed, HouseholdCorrected, HouseholdRegistered, ImportCancelled,
        ImportFinished, ImportOpened, LinkDecided, ListedConfirmed, ListedDecided, ListedMatched, ListedTakenBack,
        MemberAdded, MemberLeft, MemberListStated, MergeUndone, PersonCorrected, PersonsMerged, RecordsJoined,
        RecordsParted, RowsAccepted,
    },
    programmes::PackPublished,
    services::{PageTextCorrected, PageTextWithdrawn, SiteAdded, SiteClosed, SiteCorrected, SiteReopened},
    visits::{
        DayClosed, HelpAsked, HouseholdFound, PackageChosen, QuestionLeft, TokenCalled, TokenIssued, VisitCalled,
        VisitEnded, VisitHanded, VisitStated, VisitorSaid,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// The kinds of record that events belong to. Order and locking are per record.
    RecordKind {
        /// A household with its members, answers, consents and papers.
        Household = "household",
        /// What was decided about a pair of records that may be one person.
        Link = "link",
        /// A visit.
        Visit = "visit",
        /// An application.
        Application = "application",
        /// A receipt.
        Receipt = "receipt",
        /// A complaint or appeal.
        Grievance = "grievance",
        /// An officer.
        Officer = "officer",
        /// What is protected in a file, opened outside its visit.
        Opening = "opening",
        /// A service site.
        Site = "site",
        /// A text of the public pages.
        PageText = "page_text",
        /// A policy pack.
        Pack = "pack",
        /// An import of a list, with the rows it took.
        Import = "import",
        /// A listed beneficiary: whom it means.
        Listing = "listing",
        /// The closing of a centre's day.
        Closing = "closing",
        /// A list printed for a department without a line.
        Dispatch = "dispatch",
        /// A deputy named for a time of leave.
        Deputy = "deputy",
        /// A family's request to correct what is on file.
        Correction = "correction",
        /// The journal itself: erasures.
        Journal = "journal",
    }
}

/// Which record an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// Its kind.
    pub kind: RecordKind,
    /// Its key.
    pub id: Uuid,
}

macro_rules! records {
    ($($id:ident => $kind:ident),+ $(,)?) => {$(
        impl From<$id> for Record { fn from(id: $id) -> Self { Record { kind: RecordKind::$kind, id: id.0 } } }
    )+};
}
records! { HouseholdId => Household, VisitId => Visit, ApplicationId => Application, ReceiptId => Receipt, OfficerId => Officer, ImportId => Import, ListingId => Listing, LinkId => Link,
GrievanceId => Grievance, SiteId => Site, PageTextId => PageText, OpeningId => Opening, ClosingId => Closing, DispatchId => Dispatch, DeputyId => Deputy, CorrectionId => Correction }

/// An event of a record, ready to be committed: its version is the one it makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose event.
    pub record: Record,
    /// The version this event makes; 1 for the first. Taken already means someone else was faster.
    pub version: Version,
    /// What happened.
    pub event: Event,
    /// The stated day; may be earlier than the day it is recorded.
    pub happened_on: Date,
}

impl Change {
    /// The event that follows version `seen` of a record.
    pub fn after(record: impl Into<Record>, seen: Version, event: impl Into<Event>, happened_on: Date) -> Self {
        Change { record: record.into(), version: seen + 1, event: event.into(), happened_on }
    }
}

/// Personal content was erased from an earlier event, whole or in part: wrong person, court order, retention over, or the
/// family asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// The journal position whose payload was removed, or replaced by what may stay of it.
    pub position: i64,
    /// Why.
    pub reason: String,
    /// The two officers who decided it.
    pub officers: (OfficerId, OfficerId),
    /// SHA-256, in hex, of salt and payload of what stays; absent when nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

/// An event in the journal that this release cannot read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Unknown kind or version: written by a newer release.
    #[error(
        "The journal holds a \"{kind}\" event of version {version} that this release does not know. Upgrade onewindow."
    )]
    Unknown {
        /// The event's kind.
        kind: String,
        /// Its format version.
        version: i32,
    },
    /// The payload does not fit its kind.
    #[error("A \"{kind}\" event cannot be read: {error}. Restore the journal from a backup.")]
    Payload {
        /// The event's kind.
        kind: String,
        /// What does not fit.
        error: serde_json::Error,
    },
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// One thing that happened to one record.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(clippy::large_enum_variant, reason = "events are moved, never stored in bulk")]
        pub enum Event { $($(#[$doc])* $name($name)),+ }

        impl Event {
            /// Every kind of event, as named in the journal.
            pub const KINDS: &'static [&'static str] = &[$($code),+];

            /// The kind's name in the journal.
            pub fn kind(&self) -> &'static str { match self { $(Event::$name(_) => $code),+ } }

            /// The payload as JSON text; these exact bytes are hashed and kept.
            pub fn payload(&self) -> String {
                let text = match self { $(Event::$name(inner) => serde_json::to_string(inner)),+ };
                // Plain structs of strings, numbers and lists always serialise.
                text.unwrap_or_default()
            }

            /// Reads an event back from the journal.
            pub fn decode(kind: &str, version: i32, payload: &str) -> Result<Self, DecodeError> {
                match (kind, version) {
                    $(($code, FORMAT) => serde_json::from_str(payload).map(Event::$name)
                        .map_err(|error| DecodeError::Payload { kind: kind.to_owned(), error }),)+
                    _ => Err(DecodeError::Unknown { kind: kind.to_owned(), version }),
                }
            }
        }

        $(impl From<$name> for Event { fn from(inner: $name) -> Self { Event::$name(inner) } })+
    };
}

/// The format version written today. Older ones are lifted by pure upcasters before decoding.
pub const FORMAT: i32 = 1;

events! {
    /// A household came into the registry.
    HouseholdRegistered = "household-registered",
    /// Place or phones were corrected.
    HouseholdCorrected = "household-corrected",
    /// A person was added.
    MemberAdded = "member-added",
    /// A person's details were corrected.
    PersonCorrected = "person-corrected",
    /// A member left.
    MemberLeft = "member-left",
    /// The member list was said to be complete, or open again.
    MemberListStated = "member-list-stated",
    /// Consent was given or refused.
    ConsentStated = "consent-stated",
    /// The family named a helper.
    HelperNamed = "helper-named",
    /// The family took that back.
    HelperEnded = "helper-ended",
    /// A family asked for a correction of what is on file.
    CorrectionAsked = "correction-asked",
    /// Its centre answered.
    CorrectionAnswered = "correction-answered",
    /// An officer decided that the family is to be forgotten.
    ErasureProposed = "erasure-proposed",
    /// That was taken back.
    ErasureWithdrawn = "erasure-withdrawn",
    /// A question was answered.
    AnswerGiven = "answer-given",
    /// An answer was taken back.
    AnswerWithdrawn = "answer-withdrawn",
    /// A paper's state was recorded.
    PaperRecorded = "paper-recorded",
    /// A missing paper became a task.
    PaperTaskOpened = "paper-task-opened",
    /// A task moved on.
    PaperTaskMoved = "paper-task-moved",
    /// An import of a list was opened.
    ImportOpened = "import-opened",
    /// A batch of its rows was taken.
    RowsAccepted = "rows-accepted",
    /// Every row was taken or refused.
    ImportFinished = "import-finished",
    /// It was stopped.
    ImportCancelled = "import-cancelled",
    /// An officer said whom a listed beneficiary means.
    ListedMatched = "listed-matched",
    /// An officer decided about a row that was to be looked at.
    ListedDecided = "listed-decided",
    /// A second officer confirmed whom a row means.
    ListedConfirmed = "listed-confirmed",
    /// A decision about a row was taken back.
    ListedTakenBack = "listed-taken-back",
    /// An officer decided about a pair of records.
    LinkDecided = "link-decided",
    /// Two records were joined.
    PersonsMerged = "persons-merged",
    /// A merge was undone.
    MergeUndone = "merge-undone",
    /// A member was joined to another record.
    RecordsJoined = "records-joined",
    /// A member counts again where they stood.
    RecordsParted = "records-parted",
    /// A token was issued.
    TokenIssued = "token-issued",
    /// A token was called.
    VisitCalled = "visit-called",
    /// The family was found.
    HouseholdFound = "household-found",
    /// A question was left for today.
    QuestionLeft = "question-left",
    /// Help of a protected kind was asked for.
    HelpAsked = "help-asked",
    /// All programmes were screened.
    Screened = "screened",
    /// A package was chosen.
    PackageChosen = "package-chosen",
    /// A visit ended.
    VisitEnded = "visit-ended",
    /// A token was called to a numbered desk.
    TokenCalled = "token-called",
    /// A visit was handed to another desk.
    VisitHanded = "visit-handed",
    /// It was said who came: the family itself, or a helper.
    VisitorSaid = "visitor-said",
    /// A visit of an earlier day came on paper.
    VisitStated = "visit-stated",
    /// A centre's day was closed.
    DayClosed = "day-closed",
    /// An application was submitted.
    ApplicationSubmitted = "application-submitted",
    /// An application moved.
    ApplicationMoved = "application-moved",
    /// A fact it used was corrected.
    ApplicationFlagged = "application-flagged",
    /// A flag was taken back, with what had caused it.
    ApplicationFlagLifted = "application-flag-lifted",
    /// Something was delivered.
    DeliveryRecorded = "delivery-recorded",
    /// A list for a department without a line was printed.
    DispatchListed = "dispatch-listed",
    /// An answer on such a list was entered.
    DispatchAnswered = "dispatch-answered",
    /// A receipt was issued.
    ReceiptIssued = "receipt-issued",
    /// A receipt was printed again.
    ReceiptReissued = "receipt-reissued",
    /// A complaint or appeal came in.
    GrievanceFiled = "grievance-filed",
    /// A complaint or appeal moved.
    GrievanceMoved = "grievance-moved",
    /// An officer passed on a complaint that is about them.
    GrievanceRecused = "grievance-recused",
    /// A lost secret of a complaint was replaced.
    GrievanceSecretRenewed = "grievance-secret-renewed",
    /// An officer was appointed.
    OfficerAppointed = "officer-appointed",
    /// An officer's roles or standing changed.
    OfficerChanged = "officer-changed",
    /// An officer enrols a second step again.
    SecondStepReset = "second-step-reset",
    /// A deputy was named.
    DeputyNamed = "deputy-named",
    /// A deputy was taken back.
    DeputyEnded = "deputy-ended",
    /// What is protected in a file was opened outside its visit.
    ProtectedOpened = "protected-opened",
    /// A second person has seen that.
    ProtectedOpeningSeen = "protected-opening-seen",
    /// A service site was added.
    SiteAdded = "site-added",
    /// What is told of a site was corrected.
    SiteCorrected = "site-corrected",
    /// A site closed for good.
    SiteClosed = "site-closed",
    /// A closed site is open again.
    SiteReopened = "site-reopened",
    /// A text of the public pages was written.
    PageTextCorrected = "page-text-corrected",
    /// A text of the public pages was taken back.
    PageTextWithdrawn = "page-text-withdrawn",
    /// A pack was published.
    PackPublished = "pack-published",
    /// Personal content was erased.
    Redacted = "redacted",
}
