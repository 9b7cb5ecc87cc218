//! Typed keys. Every key is a UUIDv7 made where the record is born and carries no meaning.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { text.parse().map(Self) }
        }
        impl From<Uuid> for $name { fn from(raw: Uuid) -> Self { Self(raw) } }
    )+};
}

ids! {
    /// One household: the people who eat from one kitchen, and everything said about them.
    HouseholdId,
    /// One human being; stays the same when they move to another household.
    PersonId,
    /// One answer to one question about a household or a member.
    AnswerId,
    /// One visit to a centre, from token to leaving.
    VisitId,
    /// One application to one programme.
    ApplicationId,
    /// One receipt: a code, a second secret, and the applications it tracks.
    ReceiptId,
    /// One paper of a family, present or missing.
    PaperId,
    /// One task to obtain a missing paper.
    TaskId,
    /// One complaint or appeal.
    GrievanceId,
    /// One service site.
    SiteId,
    /// One text of the public pages that was written in place of the pack's.
    PageTextId,
    /// One person who works with the system.
    OfficerId,
    /// One import of a list.
    ImportId,
    /// One row of a list, and the person it is about while nobody of the registry is known to be meant.
    ListingId,
    /// One closing of a centre's day.
    ClosingId,
    /// One printed list of applications for a department without a line.
    DispatchId,
    /// One naming of a deputy.
    DeputyId,
    /// One request of a family to correct what is on file.
    CorrectionId,
    /// One naming of a helper.
    HelperId,
    /// One opening of what is protected in a file.
    OpeningId,
    /// One pair of records that may be one person.
    LinkId,
    /// One command as sent by a browser; a repeat carries the same id.
    CommandId,
}
