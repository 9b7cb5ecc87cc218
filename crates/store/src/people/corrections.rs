//! Reading families' requests for corrections within a scope: their centre lists and answers them, a receipt shows its own.

use crate::{
    Scope, Store,
    access::scope::Filter,
    db::{Row, Value, args},
    error::{Result, corrupt},
    sealing::{Vault, columns as at},
};
use domain::{
    Version,
    ids::{CorrectionId, HouseholdId, ReceiptId},
    people::{Correction, CorrectionState},
    programmes::CentreId,
};

/// Requests for corrections, seen through a scope.
pub struct Corrections<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

/// What a request with a proven receipt is about: keys, and nothing that stands on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The receipt.
    pub receipt: ReceiptId,
    /// Its words are neutral.
    pub protected: bool,
    /// The family.
    pub household: HouseholdId,
    /// Its version.
    pub version: Version,
    /// The centre that registered it.
    pub centre: CentreId,
}

impl Store {
    /// Opens the requests for corrections.
    pub fn corrections<'a>(&'a self, scope: &'a Scope) -> Corrections<'a> {
        Corrections { store: self, scope }
    }
}

/// The rows `c` a scope may see: a proven receipt what was asked with it, a desk that opens files those of its centre, an
/// auditor all of them.
fn visible(scope: &Scope) -> Filter {
    if scope.is_system() {
        return Filter::all();
    }
    if let Some(receipt) = scope.receipt() {
        return Filter::new("c.receipt_id = {}", vec![Value::from(receipt)]);
    }
    let Some(officer) = scope.officer() else { return Filter::nothing() };
    if officer.reads_everything() {
        return Filter::all();
    }
    match officer.case_centre() {
        Some(centre) => Filter::new("c.centre = {}", vec![Value::from(centre)]),
        None => Filter::nothing(),
    }
}

const COLUMNS: &str = "c.correction_id, c.version, c.asked, c.asked_at, c.state, c.answer, c.answered_on";

impl Corrections<'_> {
    /// One request; `None` when it is not there or not yours.
    pub async fn get(&self, id: CorrectionId) -> Result<Option<Correction>> {
        Ok(self.list("c.correction_id = $1", id.into(), "c.correction_id").await?.pop())
    }

    /// Those that wait for an answer, the most urgent first.
    pub async fn waiting(&self) -> Result<Vec<Correction>> {
        let asked = CorrectionState::Asked.code();
        self.list("c.state = $1", asked.into(), "c.due, c.correction_id limit 200").await
    }

    /// Those that were answered, newest first.
    pub async fn answered(&self) -> Result<Vec<Correction>> {
        let asked = CorrectionState::Asked.code();
        // Named one by one, so that an index finds them.
        let ended = "c.state in ('accepted', 'refused') and c.state <> $1";
        self.list(ended, asked.into(), "c.answered_on desc, c.correction_id desc limit 200").await
    }

    /// How many wait for an answer.
    pub async fn count(&self) -> Result<i64> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, CorrectionState::Asked.code().into());
        let sql = format!("select count(*) from correction c where c.state = $1 and {condition}");
        self.store.db.row(sql, args).await?.map_or(Ok(0), |row| row.get(0))
    }

    /// The requests of a family that the scope may see, newest first.
    pub async fn of_household(&self, household: HouseholdId) -> Result<Vec<Correction>> {
        self.list("c.household_id = $1", household.into(), "c.correction_id desc").await
    }

    /// What a proven receipt speaks for; nothing without one.
    pub async fn asker(&self) -> Result<Option<Asker>> {
        let Some(receipt) = self.scope.receipt() else { return Ok(None) };
        let sql = "select r.protected, r.household_id, h.version, h.centre from receipt r
                   join household h on h.household_id = r.household_id where r.receipt_id = $1";
        let asker = |row: Row| {
            let (protected, household) = (row.get(0)?, row.id(1)?);
            Ok(Asker { receipt, protected, household, version: row.get(2)?, centre: CentreId(row.get(3)?) })
        };
        self.store.db.row(sql, args![receipt]).await?.map(asker).transpose()
    }

    async fn list(&self, which: &str, value: Value, order: &str) -> Result<Vec<Correction>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, value);
        let sql = format!("select {COLUMNS} from correction c where {which} and {condition} order by {order}");
        self.store.db.rows(sql, args).await?.iter().map(|row| correction(row, self.store.vault())).collect()
    }
}

fn correction(row: &Row, vault: &Vault) -> Result<Correction> {
    let id: CorrectionId = row.id(0)?;
    let answer = vault.text_opt(row, 5, &at::CORRECTION_ANSWER, (id.0, 0))?;
    Ok(Correction {
        id,
        version: row.get(1)?,
        asked: vault.json(row, 2, &at::CORRECTION_ASKED, (id.0, 0))?,
        asked_at: row.get(3)?,
        state: row.code(4)?,
        answer: answer.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?,
        answered_on: row.get(6)?,
    })
}
