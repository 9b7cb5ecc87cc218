//! Signing in, staying signed in, signing out.

use super::{Attempts, officers};
use crate::{Scope, Store, db::args, error::Result};
use domain::{Instant, ids::OfficerId};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// Minutes without a request after which a session ends.
const IDLE_MINUTES: i64 = 30;
/// Hours after which a session ends whatever happens: one long working day.
const LONGEST_HOURS: i64 = 12;

/// A fresh session: the token goes into the cookie and is stored only as a hash.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The cookie's value.
    pub token: String,
    /// The password was given by somebody else and must be changed first.
    pub must_change: bool,
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
}

/// A request's session.
#[derive(Debug, Clone)]
pub struct Session {
    /// What the officer may see.
    pub scope: Scope,
    /// The secret that every form of this session carries.
    pub form_token: String,
    /// The password must be changed before anything else.
    pub must_change: bool,
}

impl Store {
    /// Signs in by name and password.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        now: Instant,
    ) -> Result<std::result::Result<SignIn, SignInRefused>> {
        if let Some(seconds) = self.must_wait(Attempts::SignIn, login, now).await? {
            return Ok(Err(SignInRefused::Wait { seconds }));
        }
        let sql = "select o.officer_id, c.password, c.must_change from officer o join credential c on c.officer_id = o.officer_id
                   where o.login = $1 and o.active = true";
        let row = self.db.row(sql, args![login]).await?;
        // A name that is not there costs the same work as a wrong password.
        let stored = match &row {
            Some(row) => row.get::<String>(1)?,
            None => NOBODY.to_owned(),
        };
        let fits = self.access.fits(password, stored).await?;
        let Some(row) = row.filter(|_| fits) else {
            self.note_failure(Attempts::SignIn, login, now).await?;
            return Ok(Err(SignInRefused::Wrong));
        };
        self.forget_failures(Attempts::SignIn, login).await?;
        let token = self.begin_session(row.id(0)?, now).await?;
        Ok(Ok(SignIn { token, must_change: row.get(2)? }))
    }

    async fn begin_session(&self, officer: OfficerId, now: Instant) -> Result<String> {
        let (token, form_token) = (random_token(), random_token());
        let sql =
            "insert into session (token_hash, officer_id, form_token, started_at, seen_at) values ($1, $2, $3, $4, $5)";
        self.writer.run_one(sql, args![hashed(&token), officer, form_token, now, now]).await?;
        Ok(token)
    }

    /// The session of a cookie, while it lasts.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let sql = format!(
            "select {}, s.form_token, s.started_at, s.seen_at, c.must_change from session s
             join officer o on o.officer_id = s.officer_id join credential c on c.officer_id = s.officer_id
             where s.token_hash = $1 and o.active = true",
            officers::COLUMNS.split(", ").map(|c| format!("o.{c}")).collect::<Vec<_>>().join(", ")
        );
        let Some(row) = self.db.row(sql, args![hashed(token)]).await? else { return Ok(None) };
        let (started, seen): (Instant, Instant) = (row.get(10)?, row.get(11)?);
        if (now - seen).num_minutes() >= IDLE_MINUTES || (now - started).num_hours() >= LONGEST_HOURS {
            return Ok(None);
        }
        // Once a minute is enough to know that somebody is there, and spares a write on every page.
        if (now - seen).num_seconds() >= 60 {
            self.writer
                .run_one("update session set seen_at = $2 where token_hash = $1", args![hashed(token), now])
                .await?;
        }
        let scope = Scope::officer_signed_in(officers::officer(&row)?);
        Ok(Some(Session { scope, form_token: row.get(9)?, must_change: row.get(12)? }))
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        self.writer.run_one("delete from session where token_hash = $1", args![hashed(token)]).await
    }

    /// Whether this is the officer's present password.
    pub async fn is_password(&self, officer: OfficerId, password: &str) -> Result<bool> {
        let row = self.db.row("select password from credential where officer_id = $1", args![officer]).await?;
        match row {
            Some(row) => self.access.fits(password, row.get(0)?).await,
            None => Ok(false),
        }
    }
}

/// An Argon2id hash of nothing anybody knows, with the parameters of real ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$k5VXn1GzM4oGOpYPjkKxLdXrVOZFgyZwZxIqk9r4GdA";

fn random_token() -> String {
    let draw: [u8; 32] = rand::rng().random();
    crate::journal::hex(&draw)
}

fn hashed(token: &str) -> Vec<u8> {
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
