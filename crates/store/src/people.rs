//! Households and persons: applying their events, reading them within a scope, finding them.

pub(crate) mod apply;
mod candidates;
pub(crate) mod correction_rows;
mod corrections;
mod extract;
pub(crate) mod helper_rows;
mod helpers;
mod judge;
pub(crate) mod key_rows;
pub(crate) mod keys;
pub(crate) mod link_rows;
mod links;
pub mod lists;
mod merges;
mod merging;
mod quiet;
mod read;
pub(crate) mod remake;
pub(crate) mod restake;
pub(crate) mod review;
pub(crate) mod roots;
mod search;

pub use corrections::{Asker, Corrections};
pub use extract::Page as Extract;
pub use helpers::OwnHelpers;
pub use links::{LinkNow, LinkStep, PairSide, PairView, SideFile};
pub use merges::Merge;
pub use merging::{Stake, ToDecide};
pub use quiet::{Quiet, SinceDay};
pub use read::{AskedToForget, Brief, ErasureWaiting, People};
pub use review::{Face, QueueRow, QueueView, Reviewed};
pub use search::{Hit, MatchCard};

pub(crate) use merging::receiving_statuses;
pub(crate) use read::visible_household;

use crate::{db::Conn, error::Result};

/// Forgets the pairs of some persons.
pub(crate) async fn remove_pairs(conn: &mut Conn<'_>, persons: &[domain::ids::PersonId]) -> Result<()> {
    review::remove(conn, persons).await
}

/// Forgets what is derived beside the search keys, before everything is replayed.
pub(crate) async fn remove_derived(conn: &mut Conn<'_>) -> Result<()> {
    roots::remove_all(conn).await?;
    review::remove_all(conn).await
}
