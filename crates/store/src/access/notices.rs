//! What happened to an officer's own account: told at the next sign-in, and shown where one's sessions are.

use crate::{
    Scope, Store,
    db::{Row, args},
    error::Result,
};
use domain::{Instant, access::Happened, ids::OfficerId};
use uuid::Uuid;

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub what: Happened,
    /// Who did it, when it was not the officer.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
    /// The officer has not said yet that it is known.
    pub news: bool,
}

/// The most notices kept for one officer.
const MOST: i64 = 20;

/// Notices that are news in a session `s`: a browser that was new is not told of itself.
pub(super) const NEWS: &str = "n.officer_id = s.officer_id and n.told = false and n.browser <> s.browser";

impl Store {
    /// Notes what happened to an account; `by` when it was somebody else.
    pub async fn note_account(
        &self,
        officer: OfficerId,
        what: Happened,
        by: Option<OfficerId>,
        now: Instant,
    ) -> Result<()> {
        self.keep_notice(officer, what, by, "-", now).await
    }

    /// `browser` is the name of the browser that was new, or a dash.
    async fn keep_notice(
        &self,
        officer: OfficerId,
        what: Happened,
        by: Option<OfficerId>,
        browser: &str,
        now: Instant,
    ) -> Result<()> {
        let add = "insert into account_notice (notice_id, officer_id, what, by_officer, browser, happened_at, told)
                   values ($1, $2, $3, $4, $5, $6, $7)";
        // The first browser of all is no news.
        let first = what == Happened::NewBrowser && !self.had_browser(officer).await?;
        let args = args![Uuid::now_v7(), officer, what.code(), by, browser, now, first];
        let drop = "delete from account_notice where officer_id = $1 and notice_id not in
                    (select notice_id from account_notice where officer_id = $1 order by notice_id desc limit $2)";
        self.writer.run(vec![(add.into(), args), (drop.into(), args![officer, MOST])]).await
    }

    async fn had_browser(&self, officer: OfficerId) -> Result<bool> {
        let sql = "select 1 from account_notice where officer_id = $1 and what = 'new-browser' limit 1";
        Ok(self.db.row(sql, args![officer]).await?.is_some())
    }

    /// Notes a sign-in from a browser that was new. A demo is signed in to from everywhere, and says nothing of it.
    pub(super) async fn note_browser(&self, officer: OfficerId, browser: &str, now: Instant) -> Result<()> {
        if self.second_step_waived() {
            return Ok(());
        }
        self.keep_notice(officer, Happened::NewBrowser, None, browser, now).await
    }

    /// Whether this session's officer has to be told of a password that changed.
    pub async fn password_news(&self, token: &str) -> Result<bool> {
        let sql = format!(
            "select 1 from session s join account_notice n on {NEWS} where s.token_hash = $1
             and n.what <> 'new-browser' limit 1"
        );
        Ok(self.db.row(sql, args![super::sessions::hashed(token)]).await?.is_some())
    }

    /// What happened to the account of this session's officer, the newest first; nothing for somebody else's token.
    pub async fn own_notices(&self, scope: &Scope, token: &str) -> Result<Vec<Notice>> {
        let Some(officer) = scope.officer_id() else { return Ok(Vec::new()) };
        let sql = format!(
            "select n.what, b.name, n.happened_at, cast(case when {NEWS} then 1 else 0 end as bigint) from session s
             join account_notice n on n.officer_id = s.officer_id left join officer b on b.officer_id = n.by_officer
             where s.token_hash = $1 and s.officer_id = $2 order by n.happened_at desc, n.notice_id desc limit 10"
        );
        let notice = |row: &Row| {
            Ok(Notice { what: row.code(0)?, by: row.get(1)?, at: row.get(2)?, news: row.get::<i64>(3)? == 1 })
        };
        self.db.rows(sql, args![super::sessions::hashed(token), officer]).await?.iter().map(notice).collect()
    }

    /// The officer of this session knows of all that is news in it.
    pub async fn notices_known(&self, scope: &Scope, token: &str) -> Result<()> {
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        let sql = "update account_notice set told = true where officer_id = $1 and told = false and browser <>
                   (select s.browser from session s where s.token_hash = $2)";
        self.writer.run_one(sql, args![officer, super::sessions::hashed(token)]).await
    }
}
