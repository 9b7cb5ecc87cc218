//! Forms that were sent, or left half filled, while the screen was locked: sealed for their officer, kept for a day.

use crate::{Scope, Store, db::args, error::Result};
use domain::{Instant, ids::OfficerId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Hours that a form is kept.
const HOURS: i64 = 24;
/// The most forms kept for one officer; the oldest goes first.
const MOST: usize = 20;
pub(super) const PURPOSE: &str = "kept form";

/// A form as it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftForm {
    /// It was sent while the screen was locked.
    Sent {
        /// Where to.
        address: String,
        /// Its fields, without the session's secret.
        fields: Vec<(String, String)>,
    },
    /// It was being filled in.
    Draft {
        /// The page it stands on.
        page: String,
        /// What the page's script kept, as it kept it.
        values: String,
    },
    /// Rows of a list that were not taken, though others of the same form were; they wait on the list's own page.
    Rows {
        /// The page they stand on.
        page: String,
        /// The form with these rows alone, without the session's secret.
        fields: Vec<(String, String)>,
    },
}

/// A kept form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForm {
    /// Its key.
    pub id: Uuid,
    /// When it was kept.
    pub at: Instant,
    /// The form.
    pub form: LeftForm,
}

impl Store {
    /// Keeps a form for its officer.
    pub async fn keep_form(&self, officer: OfficerId, form: &LeftForm, now: Instant) -> Result<()> {
        let text = serde_json::to_vec(form).map_err(crate::error::corrupt)?;
        let sealed = self.seal_for(PURPOSE, officer, &text)?;
        let sql = "insert into kept_form (kept_id, officer_id, sealed, kept_at) values ($1, $2, $3, $4)";
        self.writer.run_one(sql, args![Uuid::now_v7(), officer, sealed, now]).await?;
        let kept = "select kept_id from kept_form where officer_id = $1 order by kept_id desc";
        for row in self.db.rows(kept, args![officer]).await?.iter().skip(MOST) {
            self.writer.run_one("delete from kept_form where kept_id = $1", args![row.get::<Uuid>(0)?]).await?;
        }
        Ok(())
    }

    /// Keeps the rows that were not taken of a form, in place of those kept for the same page before. `id` is that of the
    /// form's command, so that the same form sent twice keeps them once.
    pub async fn keep_rows(&self, scope: &Scope, id: Uuid, form: &LeftForm, now: Instant) -> Result<()> {
        let LeftForm::Rows { page, .. } = form else { return Ok(()) };
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        self.drop_kept_rows(scope, page, now).await?;
        let text = serde_json::to_vec(form).map_err(crate::error::corrupt)?;
        let sealed = self.seal_for(PURPOSE, officer, &text)?;
        self.drop_kept_form(scope, id).await?;
        let sql = "insert into kept_form (kept_id, officer_id, sealed, kept_at) values ($1, $2, $3, $4)";
        self.writer.run_one(sql, args![id, officer, sealed, now]).await
    }

    /// The rows kept for a page of the scope's officer.
    pub async fn kept_rows(&self, scope: &Scope, page: &str, now: Instant) -> Result<Option<KeptForm>> {
        let forms = self.kept_forms(scope, now).await?;
        let of_page = |kept: &KeptForm| matches!(&kept.form, LeftForm::Rows { page: of, .. } if of == page);
        Ok(forms.into_iter().rev().find(of_page))
    }

    /// Lets go of the rows kept for a page.
    pub async fn drop_kept_rows(&self, scope: &Scope, page: &str, now: Instant) -> Result<()> {
        while let Some(kept) = self.kept_rows(scope, page, now).await? {
            self.drop_kept_form(scope, kept.id).await?;
        }
        Ok(())
    }

    /// Whether something is kept for an officer.
    pub async fn keeps_forms(&self, officer: OfficerId, now: Instant) -> Result<bool> {
        let sql = "select 1 from kept_form where officer_id = $1 and kept_at > $2 limit 1";
        Ok(self.db.row(sql, args![officer, now - chrono::Duration::hours(HOURS)]).await?.is_some())
    }

    /// The forms kept for the scope's officer, the oldest first.
    pub async fn kept_forms(&self, scope: &Scope, now: Instant) -> Result<Vec<KeptForm>> {
        let Some(officer) = scope.officer_id() else { return Ok(Vec::new()) };
        let sql =
            "select kept_id, sealed, kept_at from kept_form where officer_id = $1 and kept_at > $2 order by kept_id";
        let rows = self.db.rows(sql, args![officer, now - chrono::Duration::hours(HOURS)]).await?;
        let mut forms = Vec::new();
        for row in &rows {
            let opened = self.unseal_for(PURPOSE, officer, &row.get::<Vec<u8>>(1)?);
            if let Some(form) = opened.and_then(|text| serde_json::from_slice(&text).ok()) {
                forms.push(KeptForm { id: row.get(0)?, at: row.get(2)?, form });
            }
        }
        Ok(forms)
    }

    /// Lets go of a form of the scope's officer.
    pub async fn drop_kept_form(&self, scope: &Scope, id: Uuid) -> Result<()> {
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        let sql = "delete from kept_form where kept_id = $1 and officer_id = $2";
        self.writer.run_one(sql, args![id, officer]).await
    }

    /// Erases what is older than a day.
    pub async fn erase_kept_forms(&self, now: Instant) -> Result<()> {
        let sql = "delete from kept_form where kept_at <= $1";
        self.writer.run_one(sql, args![now - chrono::Duration::hours(HOURS)]).await
    }
}
