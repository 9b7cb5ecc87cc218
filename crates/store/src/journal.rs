//! The journal: decide -> event -> journal -> tables, in one transaction; sealed behind the writers.

mod append;
mod apply;
mod checkpoint;
mod commit;
mod export;
mod extract;
mod forget;
mod rebuild;
mod redact;
mod seal;
mod standing;
mod verify;
mod writer;

pub use commit::{Command, Commit, Committed};
pub use export::JournalEntry;
pub use extract::{Days, Extracted, extract};
pub use forget::Forgetting;
pub use rebuild::Rebuilt;
pub use redact::{Redaction, RedactionRefused};
pub use seal::SealInfo;
pub use standing::{WritersHeld, Writing};
pub use verify::{Fault, Verified, verify_closed};

pub(crate) use append::{Envelope, newest_instant};
pub(crate) use writer::{Writer, alone, held};

pub(crate) use forget::forget as forget_all;
pub(crate) use rebuild::rebuild as rebuild_all;
pub(crate) use redact::redact as redact_all;
pub(crate) use seal::{SEALED_BELOW, hex, newest as newest_seal, seal_next};
pub(crate) use verify::verify as verify_all;
