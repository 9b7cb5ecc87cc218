//! Protected facts and papers at rest: sealed with keys that open only with the office's key file (ADR 18).
//!
//! Each kind of record has a key of its own; the office's key wraps these, so that a new key file re-wraps six keys and no
//! row. A sealed text is bound to its place (table, column, record, version), so that none can be put where another stands.

pub(crate) mod columns;
mod keys;
mod old;
mod vault;

pub(crate) use columns::{Family, Sealed};
pub use keys::{Wrapping, end_other_keys, key_is_needed, rotate};
pub(crate) use keys::{open_vault, read_vault};
pub use old::SealedNow;
pub(crate) use old::{OLD_IS_SEALED, paper_in};
pub(crate) use vault::{Vault, is_sealed, sealed_part};
