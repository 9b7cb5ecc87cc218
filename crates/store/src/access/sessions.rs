//! Signing in, staying signed in, signing out.

use super::{Attempts, Browser, notices::NEWS, officers};
use crate::{Scope, Store, StoreError, db::args, error::Result, sealing::columns as at};
use domain::{
    Instant,
    access::{FIRST_PASSWORD_DAYS, LOCK_MINUTES, Officer},
    ids::OfficerId,
};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// Hours after which a session ends whatever happens: one long working day.
const LONGEST_HOURS: i64 = 12;

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Signed in.
    Open,
    /// The password was right; a code of the officer's phone is missing.
    Code,
    /// The password was right; a second step has to be enrolled first.
    Enrol,
    /// The officer left, or was idle: the password opens it again.
    Locked,
}

impl Stage {
    /// The stage as it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Code => "code",
            Stage::Enrol => "enrol",
            Stage::Locked => "locked",
        }
    }

    /// What is not known opens nothing.
    fn of(code: &str) -> Self {
        match code {
            "open" => Stage::Open,
            "code" => Stage::Code,
            "enrol" => Stage::Enrol,
            _ => Stage::Locked,
        }
    }
}

/// A fresh session: the token goes into the cookie and is stored only as a hash.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The cookie's value.
    pub token: String,
    /// The password was given by somebody else and must be changed first.
    pub must_change: bool,
    /// Whether a second step is missing.
    pub stage: Stage,
    /// Who.
    pub officer: OfficerId,
    /// What the browser keeps from now on; see [`Browser`].
    pub browser: String,
}

/// Why nobody was signed in. An unknown name and a wrong password read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// Name or password does not fit.
    #[error("The sign-in name or the password is not right. Check both, or ask your administrator.")]
    Wrong,
    /// Too many wrong tries.
    #[error("Too many wrong tries. Wait {seconds} seconds, then try again.")]
    Wait {
        /// Seconds left.
        seconds: i64,
    },
    /// A first password that nobody used in time; told only to whoever knows it.
    #[error("This first password is too old. Ask your administrator for a new one.")]
    TooOld,
}

/// A request's session.
#[derive(Debug, Clone)]
pub struct Session {
    /// What the officer may see: nothing while the session is not open.
    pub scope: Scope,
    /// How far it is.
    pub stage: Stage,
    /// Whose it is.
    pub officer: Officer,
    /// The page it was locked on; empty when it is not locked.
    pub place: String,
    /// The secret that every form of this session carries.
    pub form_token: String,
    /// The password must be changed before anything else.
    pub must_change: bool,
    /// Something happened to the account that the officer has not read yet.
    pub news: bool,
}

/// Whose wrong tries on a name are counted together: those of one browser in which its officer signed in before, or those
/// of all others.
fn tried(login: &str, known: Option<&str>) -> String {
    known.map_or_else(|| login.to_owned(), |number| format!("{login} {number}"))
}

impl Store {
    /// Signs in by name and password, from nowhere in particular.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        now: Instant,
    ) -> Result<std::result::Result<SignIn, SignInRefused>> {
        self.sign_in_from(login, password, Browser::default(), now).await
    }

    /// Signs in by name and password from a browser.
    pub async fn sign_in_from(
        &self,
        login: &str,
        password: &str,
        browser: Browser<'_>,
        now: Instant,
    ) -> Result<std::result::Result<SignIn, SignInRefused>> {
        let sql = format!(
            "select {}, c.password, c.must_change, c.given_at from officer o join credential c on c.officer_id = o.officer_id
             where o.login = $1 and o.active = true",
            of_officer()
        );
        let row = self.db.row(sql, args![login]).await?;
        let known = match &row {
            Some(row) => self.access.known(browser, officers::officer(row)?.id),
            None => None,
        };
        let tried = tried(login, known);
        if let Some(seconds) = self.must_wait(Attempts::SignIn, &tried, now).await? {
            return Ok(Err(SignInRefused::Wait { seconds }));
        }
        // A name that is not there costs the same work as a wrong password.
        let stored = match &row {
            Some(row) => self.vault().text(row, 9, &at::CREDENTIAL, officers::officer(row)?.id.0, 0)?,
            None => NOBODY.to_owned(),
        };
        let fits = self.access.fits(password, stored).await?;
        let Some(row) = row.filter(|_| fits) else {
            self.note_failure(Attempts::SignIn, &tried, now).await?;
            return Ok(Err(SignInRefused::Wrong));
        };
        let given: Option<Instant> = row.get(11)?;
        if given.is_some_and(|given| (now - given).num_days() >= FIRST_PASSWORD_DAYS) {
            return Ok(Err(SignInRefused::TooOld));
        }
        self.forget_failures(Attempts::SignIn, &tried).await?;
        let officer = officers::officer(&row)?;
        let (kept, name) = self.remember(browser, officer.id);
        if known.is_none() {
            self.note_browser(officer.id, &name, now).await?;
        }
        let (token, stage) = self.begin_session(&officer, &name, now).await?;
        Ok(Ok(SignIn { token, must_change: row.get(10)?, stage, officer: officer.id, browser: kept }))
    }

    /// A session of who has just given the password.
    pub(super) async fn begin_session(
        &self,
        officer: &Officer,
        browser: &str,
        now: Instant,
    ) -> Result<(String, Stage)> {
        let (token, form_token) = (random_token(), random_token());
        let stage = self.stage_of(officer).await?;
        let sql = "insert into session (token_hash, officer_id, form_token, started_at, seen_at, stage, browser)
                   values ($1, $2, $3, $4, $5, $6, $7)";
        self.writer
            .run_one(sql, args![hashed(&token), officer.id, form_token, now, now, stage.code(), browser])
            .await?;
        Ok((token, stage))
    }

    /// The session of a cookie, while it lasts; its scope is nobody's until it is open.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let sql = format!(
            "select {}, s.form_token, s.started_at, s.seen_at, c.must_change, s.stage, s.place,
             cast(case when exists (select 1 from account_notice n where {NEWS}) then 1 else 0 end as bigint) from session s
             join officer o on o.officer_id = s.officer_id join credential c on c.officer_id = s.officer_id
             where s.token_hash = $1 and o.active = true",
            of_officer()
        );
        if self.access.has_ended(&hashed(token)) {
            return Ok(None);
        }
        let Some(row) = self.db.row(sql, args![hashed(token)]).await? else { return Ok(None) };
        let (started, seen): (Instant, Instant) = (row.get(10)?, row.get(11)?);
        let (stage, idle) = (Stage::of(&row.get::<String>(13)?), (now - seen).num_minutes() >= LOCK_MINUTES);
        // A password without its second step is worth nothing after a while.
        let given_up = idle && matches!(stage, Stage::Code | Stage::Enrol);
        if given_up || (now - started).num_hours() >= LONGEST_HOURS {
            return Ok(None);
        }
        let stage = if idle { Stage::Locked } else { stage };
        // Once a minute is enough to know that somebody is there, and spares a write on every page.
        if stage == Stage::Open && (now - seen).num_seconds() >= 60 {
            let sql = "update session set seen_at = $2 where token_hash = $1";
            self.writer.offer_one(sql, args![hashed(token), now]).await?;
        }
        let officer = officers::officer(&row)?;
        let scope = match stage {
            Stage::Open => Scope::officer_signed_in(officer.clone(), self.deputized(&officer, now).await?),
            _ => Scope::public(),
        };
        let (form_token, must_change, place) = (row.get(9)?, row.get(12)?, row.get(14)?);
        let news = row.get::<i64>(15)? == 1;
        Ok(Some(Session { scope, stage, officer, form_token, must_change, place, news }))
    }

    /// Locks a session on a page; one that is locked already keeps its page.
    pub async fn lock(&self, token: &str, place: &str) -> Result<()> {
        let sql = "update session set stage = 'locked', place = $2 where token_hash = $1 and stage = 'open'";
        self.writer.run_one(sql, args![hashed(token), place]).await
    }

    /// Opens a locked session again with its officer's password; where it was locked. Wrong ones are counted like those
    /// of signing in.
    pub async fn unlock(
        &self,
        token: &str,
        password: &str,
        browser: Browser<'_>,
        now: Instant,
    ) -> Result<std::result::Result<String, SignInRefused>> {
        let locked = self.session(token, now).await?.filter(|session| session.stage == Stage::Locked);
        let Some(Session { officer, place, .. }) = locked else { return Ok(Err(SignInRefused::Wrong)) };
        let tried = tried(&officer.login, self.access.known(browser, officer.id));
        if let Some(seconds) = self.must_wait(Attempts::SignIn, &tried, now).await? {
            return Ok(Err(SignInRefused::Wait { seconds }));
        }
        if !self.is_password(officer.id, password).await? {
            self.note_failure(Attempts::SignIn, &tried, now).await?;
            return Ok(Err(SignInRefused::Wrong));
        }
        self.forget_failures(Attempts::SignIn, &tried).await?;
        let sql = "update session set stage = 'open', place = '', seen_at = $2 where token_hash = $1
                   and stage in ('open', 'locked')";
        self.writer.run_one(sql, args![hashed(token), now]).await?;
        Ok(Ok(place))
    }

    /// Ends a session, at once: even while the writer is busy it opens nothing any more.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let hash = hashed(token);
        self.access.end(hash.clone());
        match self.remove_session(hash).await {
            Err(StoreError::Overloaded) => Ok(()),
            removed => removed,
        }
    }

    /// Takes sessions that ended while the writer was busy out of their table.
    pub async fn finish_sign_outs(&self) -> Result<()> {
        for hash in self.access.all_ended() {
            self.remove_session(hash).await?;
        }
        Ok(())
    }

    async fn remove_session(&self, hash: Vec<u8>) -> Result<()> {
        self.writer.run_one("delete from session where token_hash = $1", args![hash.clone()]).await?;
        self.access.forget_ended(&hash);
        Ok(())
    }

    /// Whether this is the officer's present password.
    pub async fn is_password(&self, officer: OfficerId, password: &str) -> Result<bool> {
        let row = self.db.row("select password from credential where officer_id = $1", args![officer]).await?;
        match row {
            Some(row) => {
                let stored = self.vault().text(&row, 0, &at::CREDENTIAL, officer.0, 0)?;
                self.access.fits(password, stored).await
            }
            None => Ok(false),
        }
    }
}

/// A session of an officer, as they see it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnSession {
    /// When they signed in.
    pub started: Instant,
    /// When something was last asked in it, to the minute.
    pub seen: Instant,
    /// It is the one that asks.
    pub this: bool,
}

impl Store {
    /// Where the scope's officer is signed in, the newest first; `token` is this session's.
    pub async fn own_sessions(&self, scope: &Scope, token: &str, now: Instant) -> Result<Vec<OwnSession>> {
        let Some(officer) = scope.officer_id() else { return Ok(Vec::new()) };
        let sql = "select token_hash, started_at, seen_at from session where officer_id = $1 and started_at > $2
                   order by started_at desc";
        let rows = self.db.rows(sql, args![officer, now - chrono::Duration::hours(LONGEST_HOURS)]).await?;
        let this = hashed(token);
        let mut sessions = Vec::new();
        for row in &rows {
            let hash: Vec<u8> = row.get(0)?;
            if !self.access.has_ended(&hash) {
                sessions.push(OwnSession { started: row.get(1)?, seen: row.get(2)?, this: hash == this });
            }
        }
        Ok(sessions)
    }

    /// Ends every session of the scope's officer but this one.
    pub async fn end_other_sessions(&self, scope: &Scope, token: &str) -> Result<()> {
        let Some(officer) = scope.officer_id() else { return Ok(()) };
        let sql = "delete from session where officer_id = $1 and token_hash <> $2";
        self.writer.run_one(sql, args![officer, hashed(token)]).await
    }
}

/// An Argon2id hash of nothing anybody knows, with the parameters of real ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$k5VXn1GzM4oGOpYPjkKxLdXrVOZFgyZwZxIqk9r4GdA";

/// The columns of an officer `o`.
fn of_officer() -> String {
    officers::COLUMNS.split(", ").map(|column| format!("o.{column}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn random_token() -> String {
    let draw: [u8; 32] = rand::rng().random();
    crate::journal::hex(&draw)
}

pub(super) fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::NOBODY;
    use argon2::{Argon2, PasswordHasher, password_hash::phc::PasswordHash};

    #[test]
    fn an_unknown_name_costs_the_work_of_a_real_one() {
        let real = Argon2::default().hash_password(b"nine quiet sparrows").expect("a hash").to_string();
        let (real, nobody) = (PasswordHash::new(&real).expect("valid"), PasswordHash::new(NOBODY).expect("valid"));
        assert_eq!((nobody.algorithm, nobody.version, &nobody.params), (real.algorithm, real.version, &real.params));
        let length = |hash: &PasswordHash| hash.hash.as_ref().map(|bytes| bytes.as_ref().len());
        assert_eq!(length(&nobody), length(&real));
    }
}
