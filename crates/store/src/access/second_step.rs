//! The second step of signing in: one-time codes by the clock (RFC 6238), and eight recovery codes for a lost phone.
//!
//! The secret is kept sealed, recovery codes as keyed hashes. A code is taken once: the newest step that was taken is
//! written in the statement that takes it.

use super::{Attempts, SignInRefused, Stage, officers};
use crate::{
    Store,
    db::{Conn, args},
    error::Result,
    maintain,
};
use domain::{Instant, access::Officer, ids::OfficerId};
use rand::RngExt;
use std::sync::atomic::Ordering::Relaxed;
use totp_rs::{Builder, Totp};

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226, requirement 6).
const SECRET: usize = 20;
/// Recovery codes of an enrolment.
const RECOVERY: usize = 8;
/// What a recovery code is written with: Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What a secret is written with (RFC 4648).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub(super) const PURPOSE: &str = "second step";

/// An enrolment that waits for its first code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base 32, as authenticator programs take it.
    pub secret: String,
    /// The reset that made it necessary, if one did.
    pub reset: Option<Reset>,
}

/// An administrator's reset, for the officer to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset {
    /// Who; absent when it was done from the terminal.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// SHA-1, six digits, thirty seconds, one step of clock error to each side: what every authenticator does.
fn totp(secret: [u8; SECRET]) -> Totp {
    Builder::new().with_secret(secret).build().unwrap_or_else(|_| unreachable!("a secret of 20 bytes is allowed"))
}

/// The code of a secret at an instant.
#[must_use]
pub fn code_at(secret: &str, at: Instant) -> Option<String> {
    let bytes = from_base32(secret)?;
    Some(totp(bytes).generate(u64::try_from(at.timestamp()).ok()?).to_string())
}

fn to_base32(bytes: &[u8]) -> String {
    // Five bytes are eight letters; twenty bytes leave nothing over.
    let letters = |chunk: &[u8]| {
        let number = chunk.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        (0..8).rev().map(move |place| char::from(BASE32[(number >> (5 * place) & 31) as usize])).collect::<String>()
    };
    bytes.chunks_exact(5).map(letters).collect()
}

fn from_base32(text: &str) -> Option<[u8; SECRET]> {
    let mut bytes = Vec::with_capacity(SECRET);
    for group in text.as_bytes().chunks(8) {
        let mut number = 0u64;
        for letter in group {
            number = number << 5 | BASE32.iter().position(|known| known == letter)? as u64;
        }
        bytes.extend(&number.to_be_bytes()[3..]);
    }
    bytes.try_into().ok()
}

/// A code as it is compared: without spaces and dashes, in capitals, `O` and `I` read as the digits they are taken for.
fn plain(typed: &str) -> String {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect()
}

impl Store {
    /// A password is enough in this program's run: for a demo, which says so on every page.
    pub fn waive_second_step(&self) {
        self.access.waived.store(true, Relaxed);
    }

    /// Whether a password is enough in this run.
    pub fn second_step_waived(&self) -> bool {
        self.access.waived.load(Relaxed)
    }

    /// How far an officer's password alone brings them.
    pub(super) async fn stage_of(&self, officer: &Officer) -> Result<Stage> {
        let needs = officer.roles.iter().any(|role| role.needs_second_step());
        let enrolled = self.second_step_enrolled(officer.id).await?;
        // Who once enrolled goes on with it, whatever roles are left.
        Ok(match (needs || enrolled, enrolled) {
            _ if self.second_step_waived() => Stage::Open,
            (false, _) => Stage::Open,
            (true, true) => Stage::Code,
            (true, false) => Stage::Enrol,
        })
    }

    /// Whether an officer has confirmed a second step.
    pub async fn second_step_enrolled(&self, officer: OfficerId) -> Result<bool> {
        let sql = "select 1 from second_step where officer_id = $1 and confirmed = true";
        Ok(self.db.row(sql, args![officer]).await?.is_some())
    }

    /// The secret that an officer is to enrol: drawn the first time, the same on every look until a code confirms it;
    /// nothing once it is confirmed.
    pub async fn begin_second_step(&self, officer: OfficerId, now: Instant) -> Result<Option<Enrolment>> {
        let draw: [u8; SECRET] = rand::rng().random();
        let sealed = self.seal_for(PURPOSE, officer, &draw)?;
        let sql = "insert into second_step (officer_id, secret, confirmed, last_step, begun_at)
                   values ($1, $2, false, 0, $3) on conflict (officer_id) do nothing";
        self.writer.run_one(sql, args![officer, sealed, now]).await?;
        let Some((secret, confirmed)) = self.secret(officer).await? else {
            // Sealed with another key, such as after a restore without it: only a reset helps.
            return Ok(None);
        };
        if confirmed {
            return Ok(None);
        }
        Ok(Some(Enrolment { secret: to_base32(&secret), reset: self.reset_of(officer).await? }))
    }

    async fn secret(&self, officer: OfficerId) -> Result<Option<([u8; SECRET], bool)>> {
        let sql = "select secret, confirmed from second_step where officer_id = $1";
        let Some(row) = self.db.row(sql, args![officer]).await? else { return Ok(None) };
        let opened = self.unseal_for(PURPOSE, officer, &row.get::<Vec<u8>>(0)?);
        let confirmed = row.get(1)?;
        Ok(opened.and_then(|bytes| bytes.try_into().ok()).map(|secret| (secret, confirmed)))
    }

    async fn reset_of(&self, officer: OfficerId) -> Result<Option<Reset>> {
        let sql =
            "select o.reset_at, o.reset_reason, b.name from officer o left join officer b on b.officer_id = o.reset_by
                   where o.officer_id = $1 and o.reset_at is not null";
        let Some(row) = self.db.row(sql, args![officer]).await? else { return Ok(None) };
        Ok(Some(Reset { at: row.get(0)?, reason: row.get(1)?, by: row.get(2)? }))
    }

    /// Confirms an enrolment with its first code, opens the session it was begun in, and draws the recovery codes, which
    /// are shown once.
    pub async fn confirm_second_step(
        &self,
        token: &str,
        code: &str,
        now: Instant,
    ) -> Result<std::result::Result<Vec<String>, SignInRefused>> {
        let Some(officer) = self.waiting(token, Stage::Enrol).await? else { return Ok(Err(SignInRefused::Wrong)) };
        let step = match self.fitting_step(&officer, code, now).await? {
            Ok(step) => step,
            Err(refused) => return Ok(Err(refused)),
        };
        let codes: Vec<String> = (0..RECOVERY).map(|_| recovery_code()).collect();
        let hashes: Vec<String> = codes.iter().map(|code| self.recovery_hash(officer.id, code)).collect();
        let confirmed = self.confirm(officer.id, step, hashes, super::sessions::hashed(token), now).await?;
        Ok(if confirmed { Ok(codes) } else { Err(SignInRefused::Wrong) })
    }

    /// Takes the second step: a code of the officer's phone, or a recovery code, each only once.
    pub async fn take_code(
        &self,
        token: &str,
        code: &str,
        now: Instant,
    ) -> Result<std::result::Result<(), SignInRefused>> {
        let Some(officer) = self.waiting(token, Stage::Code).await? else { return Ok(Err(SignInRefused::Wrong)) };
        let spent = if plain(code).len() == RECOVERY_LENGTH {
            if let Some(seconds) = self.must_wait(Attempts::SecondStep, &officer.login, now).await? {
                return Ok(Err(SignInRefused::Wait { seconds }));
            }
            Spent::Recovery(self.recovery_hash(officer.id, code))
        } else {
            match self.fitting_step(&officer, code, now).await? {
                Ok(step) => Spent::Step(step),
                Err(refused) => return Ok(Err(refused)),
            }
        };
        let taken = self.spend(officer.id, spent, super::sessions::hashed(token), now).await?;
        if !taken {
            self.note_failure(Attempts::SecondStep, &officer.login, now).await?;
            return Ok(Err(SignInRefused::Wrong));
        }
        self.forget_failures(Attempts::SecondStep, &officer.login).await?;
        Ok(Ok(()))
    }

    async fn confirm(
        &self,
        officer: OfficerId,
        step: i64,
        codes: Vec<String>,
        session: Vec<u8>,
        now: Instant,
    ) -> Result<bool> {
        maintain!(self, true, conn => confirmed(&mut conn, officer, step, &codes, &session, now).await)
    }

    async fn spend(&self, officer: OfficerId, spent: Spent, session: Vec<u8>, now: Instant) -> Result<bool> {
        maintain!(self, true, conn => taken(&mut conn, officer, &spent, &session, now).await)
    }

    /// The step that a code belongs to, when it fits the officer's secret now; wrong ones are counted and slowed.
    async fn fitting_step(
        &self,
        officer: &Officer,
        code: &str,
        now: Instant,
    ) -> Result<std::result::Result<i64, SignInRefused>> {
        if let Some(seconds) = self.must_wait(Attempts::SecondStep, &officer.login, now).await? {
            return Ok(Err(SignInRefused::Wait { seconds }));
        }
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let secret = self.secret(officer.id).await?;
        let step = secret.and_then(|(secret, _)| totp(secret).check(&plain(code), seconds));
        match step.and_then(|step| i64::try_from(step).ok()) {
            Some(step) => Ok(Ok(step)),
            None => {
                self.note_failure(Attempts::SecondStep, &officer.login, now).await?;
                Ok(Err(SignInRefused::Wrong))
            }
        }
    }

    /// The officer whose session waits at a stage.
    async fn waiting(&self, token: &str, stage: Stage) -> Result<Option<Officer>> {
        let columns = officers::COLUMNS.split(", ").map(|c| format!("o.{c}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "select {columns} from session s join officer o on o.officer_id = s.officer_id
             where s.token_hash = $1 and s.stage = $2 and o.active = true"
        );
        let row = self.db.row(sql, args![super::sessions::hashed(token), stage.code()]).await?;
        row.as_ref().map(officers::officer).transpose()
    }

    fn recovery_hash(&self, officer: OfficerId, code: &str) -> String {
        self.access.secret_hash(&format!("recovery:{officer}"), &plain(code))
    }

    /// How many recovery codes an officer has left.
    pub async fn recovery_codes_left(&self, officer: OfficerId) -> Result<i64> {
        let row = self.db.row("select count(*) from recovery_code where officer_id = $1", args![officer]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

/// What opens a session for the second time.
enum Spent {
    /// The step of a code.
    Step(i64),
    /// The keyed hash of a recovery code.
    Recovery(String),
}

/// Writes the enrolment with its recovery codes and opens the session; not when another request was faster.
async fn confirmed(
    conn: &mut Conn<'_>,
    officer: OfficerId,
    step: i64,
    codes: &[String],
    session: &[u8],
    now: Instant,
) -> Result<bool> {
    let sql = "update second_step set confirmed = true, last_step = $2 where officer_id = $1 and confirmed = false";
    if conn.execute(sql, args![officer, step]).await? != 1 {
        return Ok(false);
    }
    conn.execute("delete from recovery_code where officer_id = $1", args![officer]).await?;
    for code in codes {
        conn.execute("insert into recovery_code (code_hash, officer_id) values ($1, $2)", args![code, officer]).await?;
    }
    opened(conn, session, now).await
}

/// Takes a code, once: of two requests with one code the second finds it taken.
async fn taken(conn: &mut Conn<'_>, officer: OfficerId, spent: &Spent, session: &[u8], now: Instant) -> Result<bool> {
    let count = match spent {
        Spent::Step(step) => {
            let sql = "update second_step set last_step = $2 where officer_id = $1 and last_step < $2";
            conn.execute(sql, args![officer, *step]).await?
        }
        Spent::Recovery(hash) => {
            let sql = "delete from recovery_code where code_hash = $1 and officer_id = $2";
            conn.execute(sql, args![hash, officer]).await?
        }
    };
    if count == 1 { opened(conn, session, now).await } else { Ok(false) }
}

async fn opened(conn: &mut Conn<'_>, session: &[u8], now: Instant) -> Result<bool> {
    let sql = "update session set stage = 'open', seen_at = $2 where token_hash = $1";
    Ok(conn.execute(sql, args![session.to_vec(), now]).await? == 1)
}

/// Symbols of a recovery code: 50 bits.
const RECOVERY_LENGTH: usize = 10;

fn recovery_code() -> String {
    let random: [u8; RECOVERY_LENGTH] = rand::rng().random();
    let text: String = random.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    format!("{}-{}", &text[..5], &text[5..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: SHA-1 with the secret of ASCII "12345678901234567890"; the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = *b"12345678901234567890";
        let check =
            |seconds: u64, want: &str| assert_eq!(totp(secret).generate(seconds).to_string(), want, "{seconds}");
        check(59, "287082");
        check(1_111_111_109, "081804");
        check(1_111_111_111, "050471");
        check(1_234_567_890, "005924");
        check(2_000_000_000, "279037");
        check(20_000_000_000, "353130");
    }

    #[test]
    fn one_step_of_clock_error_is_taken_and_two_are_not() {
        let secret = *b"12345678901234567890";
        let code = totp(secret).generate(1_111_111_109).to_string();
        let check = |seconds: u64, want: bool| {
            assert_eq!(totp(secret).check(&code, seconds).is_some(), want, "{seconds}");
        };
        check(1_111_111_109, true);
        check(1_111_111_109 - 30, true);
        check(1_111_111_109 + 30, true);
        check(1_111_111_109 - 61, false);
        check(1_111_111_109 + 61, false);
    }

    /// RFC 4648, section 10, and the secret of RFC 6238.
    #[test]
    fn a_secret_is_written_in_base_32_and_read_back() {
        assert_eq!(to_base32(b"fooba"), "MZXW6YTB");
        let secret = b"12345678901234567890";
        assert_eq!(to_base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").as_ref(), Some(secret));
        assert_eq!(from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"), None);
    }

    #[test]
    fn a_code_is_taken_as_people_type_it() {
        assert_eq!(plain(" 287 082 "), "287082");
        assert_eq!(plain("7k4p2-9mxqo"), "7K4P29MXQ0");
    }
}
