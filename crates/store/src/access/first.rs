//! The first administrator: a link from the terminal, valid once and for a day. Nobody else can let anybody in yet.

use crate::{Store, db::args, error::Result};
use domain::{Instant, access::Role, ids::CommandId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The setting that holds the hash of the link's token and its end.
const OFFER: &str = "first-administrator";
/// Hours that the link is valid.
const HOURS: i64 = 24;

impl Store {
    /// Makes the link's token; an earlier one is worth nothing from then on. Nothing when somebody administers already.
    pub async fn offer_first_administrator(&self, now: Instant) -> Result<Option<String>> {
        if self.has_administrator().await? {
            return Ok(None);
        }
        let token = super::sessions::random_token();
        let until = now + chrono::Duration::hours(HOURS);
        self.keep_setting(OFFER, &format!("{} {}", hash(&token), until.to_rfc3339())).await?;
        Ok(Some(token))
    }

    /// The command that appointing over this link is, always the same, so that the journal takes it once; nothing when
    /// the link is unknown, too old, or somebody administers already.
    pub async fn first_offer(&self, token: &str, now: Instant) -> Result<Option<CommandId>> {
        let Some(kept) = self.setting(OFFER).await? else { return Ok(None) };
        let Some((known, until)) = kept.split_once(' ') else { return Ok(None) };
        let until = chrono::DateTime::parse_from_rfc3339(until).ok().filter(|until| now < until.to_utc());
        if until.is_none() || hash(token) != known || self.has_administrator().await? {
            return Ok(None);
        }
        let id = Sha256::new().chain_update("first administrator").chain_update(token).finalize();
        Ok(Uuid::from_slice(&id[..16]).ok().map(CommandId))
    }

    /// Whether somebody can sign in and administer.
    async fn has_administrator(&self) -> Result<bool> {
        let sql =
            "select o.roles from officer o join credential c on c.officer_id = o.officer_id where o.active = true";
        for row in self.db.rows(sql, args![]).await? {
            if row.json::<Vec<Role>>(0)?.contains(&Role::Administrator) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn hash(token: &str) -> String {
    crate::journal::hex(&Sha256::digest(token.as_bytes()))
}
