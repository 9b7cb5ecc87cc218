//! Receipts: printed at the desk, opened by code and second secret.

use super::read::Applications;
use crate::{
    Scope, Store,
    access::{Asker, Attempts},
    db::{Row, args},
    error::{Result, corrupt},
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Instant,
    access::Doing,
    applications::{IdentityChecked, ReceiptCode},
    ids::{ApplicationId, HouseholdId, ReceiptId, VisitId},
    language::Lang,
};

/// A receipt as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Key.
    pub id: ReceiptId,
    /// Events seen.
    pub version: i64,
    /// The code.
    pub code: ReceiptCode,
    /// The family.
    pub household: HouseholdId,
    /// Neutral wording.
    pub protected: bool,
    /// The family's language.
    pub language: Lang,
    /// When it was issued.
    pub issued_on: Date,
    /// What it tracks.
    pub applications: Vec<ApplicationId>,
}

/// A lost receipt that was printed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedAgain {
    /// Which receipt.
    pub receipt: ReceiptId,
    /// How it was checked who asked.
    pub check: IdentityChecked,
    /// In the officer's words; may be empty.
    pub words: String,
    /// Who printed it, by the name colleagues know.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// The answer to a code and a secret.
#[derive(Debug, Clone)]
pub enum Tracked {
    /// Both fit.
    Open(Box<Scope>),
    /// One of them does not; which one is not said.
    Unknown,
    /// Too many wrong tries on this code.
    Wait {
        /// Seconds left.
        seconds: i64,
    },
}

const COLUMNS: &str = "r.receipt_id, r.version, r.code, r.household_id, r.protected, r.language, r.issued_on";

impl Store {
    /// The keyed hash of a receipt's secret, for the event that issues it.
    pub fn receipt_secret_hash(&self, code: &ReceiptCode, secret: &str) -> String {
        self.access.secret_hash(code.plain(), secret)
    }

    /// The second secret of a receipt's `issue`th printing (its version): six digits drawn by a keyed function, so that
    /// a page reloaded after a dropped line shows the same secret, while the database alone can never give it back.
    pub fn receipt_secret(&self, receipt: ReceiptId, issue: i64) -> String {
        self.drawn_secret(&receipt.to_string(), issue)
    }

    /// Six digits drawn by a keyed function from a record's key and the number of its printing.
    pub(crate) fn drawn_secret(&self, record: &str, issue: i64) -> String {
        let drawn = self.access.secret_hash(record, &format!("secret/{issue}"));
        let number = u64::from_str_radix(&drawn[..15], 16).unwrap_or_default();
        format!("{:06}", number % 1_000_000)
    }

    /// Opens a receipt, or a complaint, by code and second secret. Wrong tries slow down for this code only.
    pub async fn track(&self, code: &ReceiptCode, secret: &str, now: Instant) -> Result<Tracked> {
        if let Some(seconds) = self.must_wait(Attempts::Receipt, code.plain(), now).await? {
            return Ok(Tracked::Wait { seconds });
        }
        let given = self.receipt_secret_hash(code, secret.trim());
        let found = self.of_code(code).await?.filter(|(_, secret_hash)| same(secret_hash, &given));
        match found {
            Some((scope, _)) => {
                self.forget_failures(Attempts::Receipt, code.plain()).await?;
                Ok(Tracked::Open(Box::new(scope)))
            }
            None => {
                self.note_failure(Attempts::Receipt, code.plain(), now).await?;
                Ok(Tracked::Unknown)
            }
        }
    }

    /// What a code opens, once its secret is proven, and the keyed hash of that secret: a receipt, or a complaint. Both
    /// are drawn from the same 45 bits, so that one page opens both.
    async fn of_code(&self, code: &ReceiptCode) -> Result<Option<(Scope, String)>> {
        let sql = "select receipt_id, secret_hash from receipt where code = $1";
        if let Some(row) = self.db.row(sql, args![code.plain()]).await? {
            return Ok(Some((Scope::receipt_proven(row.id(0)?), row.get(1)?)));
        }
        let sql = "select grievance_id, secret_hash from grievance where code = $1";
        let row = self.db.row(sql, args![code.plain()]).await?;
        row.map(|row| Ok((Scope::grievance_proven(row.id(0)?), row.get(1)?))).transpose()
    }

    /// The scope of a receipt or complaint that a signed cookie of this server proves was opened before.
    pub async fn receipt_again(&self, code: &ReceiptCode, proof: &str) -> Result<Option<Scope>> {
        let found = self.of_code(code).await?;
        Ok(found.filter(|(_, hash)| same(&self.receipt_proof(code, hash), proof)).map(|(scope, _)| scope))
    }

    /// The proof for a cookie that code and secret were right; it ends when the receipt is printed again.
    pub async fn proof_of(&self, scope: &Scope, code: &ReceiptCode) -> Result<Option<String>> {
        let row = match (scope.receipt(), scope.grievance()) {
            (Some(receipt), _) => {
                self.db.row("select secret_hash from receipt where receipt_id = $1", args![receipt]).await?
            }
            (None, Some(grievance)) => {
                self.db.row("select secret_hash from grievance where grievance_id = $1", args![grievance]).await?
            }
            (None, None) => return Ok(None),
        };
        row.map(|row| Ok(self.receipt_proof(code, &row.get::<String>(0)?))).transpose()
    }

    /// The scope of an ordinary receipt for a caller who has the code but not the secret: the desk sees the family, and the
    /// number said is that of one of its members. A protected receipt opens with its secret only, and reads here like one
    /// that is not there.
    pub async fn receipt_of_caller(&self, scope: &Scope, code: &ReceiptCode, number: &str) -> Result<Option<Scope>> {
        if !scope.may(Doing::People) {
            return Ok(None);
        }
        let sql = "select receipt_id, household_id from receipt where code = $1 and protected = false";
        let Some(row) = self.db.row(sql, args![code.plain()]).await? else { return Ok(None) };
        let (receipt, household): (ReceiptId, HouseholdId) = (row.id(0)?, row.id(1)?);
        let Some(household) = self.people(scope).household(household).await? else { return Ok(None) };
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let said = digits(number);
        let numbers = household.present().flat_map(|member| &member.details.identities);
        let fits = numbers.into_iter().any(|identity| digits(&identity.number.to_string()) == said);
        Ok((fits && !said.is_empty()).then(|| Scope::receipt_proven(receipt)))
    }

    /// Records who asked where the things of a proven receipt or complaint stand, each time.
    pub async fn log_call(&self, scope: &Scope, opened: &Scope, by: Asker, now: Instant) -> Result<()> {
        let record = opened.receipt().map(|id| id.0).or(opened.grievance().map(|id| id.0));
        self.log_asked(scope, record, by, now).await
    }

    /// Records that somebody asked who is told nothing, before anything was compared: the family finds it among those who
    /// looked, and the answer is the same whether there is such a code or not.
    pub async fn log_refusal(&self, scope: &Scope, code: Option<&ReceiptCode>, by: Asker, now: Instant) -> Result<()> {
        let opened = match code {
            Some(code) => self.of_code(code).await?.map(|(opened, _)| opened),
            None => None,
        };
        match opened {
            Some(opened) => self.log_call(scope, &opened, by, now).await,
            None => self.log_asked(scope, None, by, now).await,
        }
    }

    fn receipt_proof(&self, code: &ReceiptCode, secret_hash: &str) -> String {
        self.access.secret_hash(code.plain(), &format!("opened/{secret_hash}"))
    }
}

/// Compares two hex hashes without stopping at the first difference.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b)) == 0
}

impl Applications<'_> {
    /// The receipt of a proven scope.
    pub async fn receipt(&self) -> Result<Option<Receipt>> {
        let Some(id) = self.scope.receipt() else { return Ok(None) };
        let row =
            self.store.db.row(format!("select {COLUMNS} from receipt r where r.receipt_id = $1"), args![id]).await?;
        self.with_applications(row).await
    }

    /// The receipts of a visit that the desk may see; protected ones only for the officer who serves it.
    pub async fn receipts_of_visit(&self, visit: VisitId) -> Result<Vec<Receipt>> {
        let visits = self.store.visits(self.scope);
        let Some(found) = visits.get(visit).await?.filter(|_| visits.opens_files()) else { return Ok(Vec::new()) };
        let sql = format!("select {COLUMNS} from receipt r where r.visit_id = $1 order by r.receipt_id");
        let serving = visits.serves(&found);
        self.receipts(sql, visit.0, serving).await
    }

    /// The ordinary receipts of a household the scope may see.
    pub async fn receipts_of_household(&self, household: HouseholdId) -> Result<Vec<Receipt>> {
        if self.store.people(self.scope).household(household).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = format!("select {COLUMNS} from receipt r where r.household_id = $1 order by r.receipt_id desc");
        self.receipts(sql, household.0, false).await
    }

    /// Which ordinary receipts of a household the scope may see were printed again, the newest first.
    pub async fn printed_again(&self, household: HouseholdId) -> Result<Vec<PrintedAgain>> {
        if self.store.people(self.scope).household(household).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "select n.receipt_id, n.version, n.checked, o.name, n.recorded_at from receipt r
                   join receipt_again n on n.receipt_id = r.receipt_id left join officer o on o.officer_id = n.officer_id
                   where r.household_id = $1 and r.protected = false order by n.recorded_at desc, n.version desc";
        let rows = self.store.db.rows(sql, args![household]).await?;
        rows.iter().map(|row| printed_again(row, self.store.vault())).collect()
    }

    /// When the receipt of a proven scope was printed again, the oldest first: so that its family sees it, should it have
    /// been somebody else.
    pub async fn own_printed_again(&self) -> Result<Vec<Instant>> {
        let Some(id) = self.scope.receipt() else { return Ok(Vec::new()) };
        let sql = "select recorded_at from receipt_again where receipt_id = $1 order by version";
        self.store.db.rows(sql, args![id]).await?.iter().map(|row| row.get(0)).collect()
    }

    async fn receipts(&self, sql: String, key: uuid::Uuid, with_protected: bool) -> Result<Vec<Receipt>> {
        let mut receipts = Vec::new();
        for row in self.store.db.rows(sql, args![key]).await? {
            receipts.extend(self.with_applications(Some(row)).await?);
        }
        receipts.retain(|receipt| with_protected || !receipt.protected);
        Ok(receipts)
    }

    async fn with_applications(&self, row: Option<Row>) -> Result<Option<Receipt>> {
        let Some(row) = row else { return Ok(None) };
        let id: ReceiptId = row.id(0)?;
        let sql = "select application_id from receipt_application where receipt_id = $1 order by application_id";
        let applications = self.store.db.rows(sql, args![id]).await?;
        Ok(Some(Receipt {
            id,
            version: row.get(1)?,
            code: row.get::<String>(2)?.parse().map_err(corrupt)?,
            household: row.id(3)?,
            protected: row.get(4)?,
            language: row.code(5)?,
            issued_on: row.get(6)?,
            applications: applications.iter().map(|row| row.id(0)).collect::<Result<_>>()?,
        }))
    }
}

fn printed_again(row: &Row, vault: &Vault) -> Result<PrintedAgain> {
    let receipt: ReceiptId = row.id(0)?;
    let (check, words) = vault.json(row, 2, &at::RECEIPT_CHECKED, (receipt.0, row.get(1)?))?;
    let by = row.get::<Option<String>>(3)?.unwrap_or_default();
    Ok(PrintedAgain { receipt, check, words, by, at: row.get(4)? })
}
