//! The screen in the waiting room: a link of its own that shows token numbers and desks, and nothing else.

use super::Visits;
use crate::{Scope, Store, applications, db::args, error::Result, journal::hex};
use domain::{Date, access::Doing, programmes::CentreId};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// How many numbers a screen shows at once.
const SHOWN: i64 = 8;

/// The setting that keeps the hash of a centre's link.
fn setting(centre: &str) -> String {
    format!("display-{centre}")
}

fn hashed(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

impl Store {
    /// Makes a fresh link for the screen of the officer's own centre; the one before opens nothing more. `None` for
    /// whoever does not answer for a centre.
    pub async fn renew_display(&self, scope: &Scope) -> Result<Option<String>> {
        let centre = scope.officer().and_then(|officer| officer.desk_centre());
        let Some(centre) = centre.filter(|_| scope.may(Doing::Supervise)) else { return Ok(None) };
        let draw: [u8; 16] = rand::rng().random();
        let secret = hex(&draw);
        self.keep_setting(&setting(&centre.0), &hashed(&secret)).await?;
        Ok(Some(format!("{centre}.{secret}")))
    }

    /// The scope of a screen by its link.
    pub async fn display(&self, link: &str) -> Result<Option<Scope>> {
        let Some((centre, secret)) = link.rsplit_once('.') else { return Ok(None) };
        let kept = self.setting(&setting(centre)).await?;
        let right = kept.is_some_and(|kept| applications::same(&kept, &hashed(secret)));
        Ok(right.then(|| Scope::display_proven(CentreId(centre.to_owned()))))
    }
}

impl Visits<'_> {
    /// Who is called now: token and desk, the newest call first; for the screen of a waiting room alone.
    pub async fn called(&self, day: Date) -> Result<Vec<(u32, u32)>> {
        let Some(centre) = self.scope.display() else { return Ok(Vec::new()) };
        let sql = "select v.number, v.desk from visit v where v.day = $1 and v.centre = $2 and v.outcome is null
                   and v.officer_id is not null and v.desk is not null order by v.called_at desc, v.number desc limit $3";
        let number = |value: i64| u32::try_from(value).unwrap_or(u32::MAX);
        let rows = self.store.db.rows(sql, args![day, centre, SHOWN]).await?;
        rows.iter().map(|row| Ok((number(row.get(0)?), number(row.get(1)?)))).collect()
    }
}
