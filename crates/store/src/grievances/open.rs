//! What opens a complaint besides its code and secret: the browser that filed it, for an hour; and what lets a phone file
//! one about a receipt later, when the line is back.

use crate::{Scope, Store, applications::same, db::args, error::Result};
use chrono::TimeDelta;
use domain::{Instant, Version, applications::ReceiptCode, ids::GrievanceId};

/// How long the browser that filed a complaint may read its secret again.
const FRESH: TimeDelta = TimeDelta::hours(1);

impl Store {
    /// The second secret of a complaint as it was filed; drawn as a receipt's is.
    pub fn grievance_secret(&self, grievance: GrievanceId) -> String {
        self.renewed_secret(grievance, 1)
    }

    /// The secret that the event with this version of the complaint brought: 1 filed it, a later one renewed its secret.
    pub fn renewed_secret(&self, grievance: GrievanceId, issue: Version) -> String {
        self.drawn_secret(&grievance.to_string(), issue)
    }

    /// Proves that the browser with this form token filed the complaint; useless to any other.
    pub fn filed_proof(&self, code: &ReceiptCode, form_token: &str) -> String {
        self.access.secret_hash(code.plain(), &format!("filed/{form_token}"))
    }

    /// The scope of a complaint for the browser that filed it, within the hour: a dropped line shows its code and secret
    /// again.
    pub async fn just_filed(
        &self,
        code: &ReceiptCode,
        form_token: &str,
        proof: &str,
        now: Instant,
    ) -> Result<Option<Scope>> {
        if !same(&self.filed_proof(code, form_token), proof) {
            return Ok(None);
        }
        let sql = "select grievance_id, filed_at, secret_hash from grievance where code = $1";
        let Some(row) = self.db.row(sql, args![code.plain()]).await? else { return Ok(None) };
        let first = self.receipt_secret_hash(code, &self.grievance_secret(row.id(0)?));
        // A secret that a desk renewed meanwhile is nobody's but the person's who stood there.
        let fresh = now - row.get::<Instant>(1)? < FRESH && same(&first, &row.get::<String>(2)?);
        if fresh { Ok(Some(Scope::grievance_proven(row.id(0)?))) } else { Ok(None) }
    }

    /// What a phone that opened a receipt keeps to file a complaint about it later: good for nothing else, and ended when
    /// the receipt is printed again.
    pub async fn complaint_pass(&self, scope: &Scope, code: &ReceiptCode) -> Result<Option<String>> {
        let Some(receipt) = scope.receipt() else { return Ok(None) };
        let row = self.db.row("select secret_hash from receipt where receipt_id = $1", args![receipt]).await?;
        row.map(|row| Ok(self.pass(code, &row.get::<String>(0)?))).transpose()
    }

    /// The scope of the receipt whose pass this is; for filing a complaint only.
    pub async fn by_complaint_pass(&self, code: &ReceiptCode, pass: &str) -> Result<Option<Scope>> {
        let sql = "select receipt_id, secret_hash from receipt where code = $1";
        let Some(row) = self.db.row(sql, args![code.plain()]).await? else { return Ok(None) };
        let fits = same(&self.pass(code, &row.get::<String>(1)?), pass);
        if fits { Ok(Some(Scope::receipt_proven(row.id(0)?))) } else { Ok(None) }
    }

    fn pass(&self, code: &ReceiptCode, secret_hash: &str) -> String {
        self.access.secret_hash(code.plain(), &format!("complain/{secret_hash}"))
    }
}
