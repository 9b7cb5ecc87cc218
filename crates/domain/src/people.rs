//! Persons, households, identity numbers, consent, answers.

mod answers;
mod birth;
mod correction;
mod helper;
mod household;
mod import;
pub mod link;
mod listing;
mod person;
mod row;

pub use answers::{Answer, AnswerGiven, AnswerValue, AnswerWithdrawn, Provenance};
pub use birth::{Birth, BirthRefused};
pub use correction::{
    CORRECTION_DAYS, Corrected, Correction, CorrectionAnswered, CorrectionAsked, CorrectionAsking, CorrectionField,
    CorrectionRefused, CorrectionState, MOST_CORRECTION, MOST_CORRECTIONS,
};
pub use helper::{Helper, HelperEnd, HelperEnded, HelperKind, HelperMay, HelperNamed, HelperRefused, LONGEST_HELP};
pub use household::{
    ConsentHow, ConsentPurpose, ConsentStated, ErasureProposed, ErasureWithdrawn, Household, HouseholdCorrected,
    HouseholdRegistered, MAX_NAME, MemberAdded, MemberLeft, MemberListStated, MessagePhone, PeopleRefused,
    PersonCorrected, PhoneEntry, Place, PlaceSaid,
};
pub use import::{
    Import, ImportCancelled, ImportFinished, ImportOpened, ImportRefused, ImportState, RowsAccepted, Tally,
};
pub use link::{
    LinkDecided, LinkDecision, LinkRefused, MergeLimit, MergeUndone, PersonsMerged, RecordsJoined, RecordsParted,
};
pub use listing::{
    Gives, Likeness, Limits, ListField, ListHead, ListMapping, Listed, ListedMatched, ListedState, RowNote, RowOutcome,
    RowRefused, Weighed,
};
pub use person::{
    DetailsSaid, Identity, IdentityCheck, LeaveReason, MaritalStatus, Member, PersonDetails, Relationship, Sex,
    SourceRecord,
};
pub use row::{
    ListedConfirmed, ListedDecided, ListedTakenBack, Meant, RowCase, RowDecision, RowLimit, RowSaid, RowStepKind,
    RowUndecided,
};
