//! Reading a family's helpers within a scope.

use super::People;
use crate::{
    Store,
    db::{Row, args},
    error::Result,
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Version,
    ids::{HelperId, HouseholdId},
    people::{Helper, HelperMay, HelperNamed},
};

/// The helpers of the family of a proven receipt, and what a change to them needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHelpers {
    /// The family.
    pub household: HouseholdId,
    /// Its version.
    pub version: Version,
    /// Everybody it named, newest first.
    pub helpers: Vec<Helper>,
}

impl People<'_> {
    /// Everybody a visible family ever named as its helper, newest first.
    pub async fn helpers(&self, household: HouseholdId) -> Result<Vec<Helper>> {
        match self.version(household).await? {
            Some(_) => self.store.helpers_of(household).await,
            None => Ok(Vec::new()),
        }
    }

    /// The helpers of the family whose ordinary receipt was proven. A receipt in neutral words tells of none: whoever
    /// finds it would learn whom the family trusts.
    pub async fn own_helpers(&self) -> Result<Option<OwnHelpers>> {
        let asker = self.store.corrections(self.scope).asker().await?;
        let Some(asker) = asker.filter(|asker| !asker.protected) else { return Ok(None) };
        let helpers = self.store.helpers_of(asker.household).await?;
        Ok(Some(OwnHelpers { household: asker.household, version: asker.version, helpers }))
    }

    /// The helpers who may be told on a day where the applications of a proven receipt stand: named for that, not taken
    /// back, not over; on a receipt in neutral words only those named for private help too. For the desk.
    pub async fn askers(&self, day: Date) -> Result<Vec<Helper>> {
        let Some(asker) = self.store.corrections(self.scope).asker().await? else { return Ok(Vec::new()) };
        let mut helpers = self.store.helpers_of(asker.household).await?;
        let open = |helper: &Helper| !asker.protected || helper.may(HelperMay::Protected);
        helpers.retain(|helper| helper.holds_on(day) && helper.may(HelperMay::Status) && open(helper));
        Ok(helpers)
    }
}

impl Store {
    pub(crate) async fn helpers_of(&self, household: HouseholdId) -> Result<Vec<Helper>> {
        let sql =
            "select helper_id, name, kind, phone, may, until_on, by_person, how, language, since, ended_on from helper
                   where household_id = $1 order by helper_id desc";
        self.db.rows(sql, args![household]).await?.iter().map(|row| helper(row, self.vault())).collect()
    }
}

fn helper(row: &Row, vault: &Vault) -> Result<Helper> {
    let id: HelperId = row.id(0)?;
    let named = HelperNamed {
        helper: id,
        name: row.get(1)?,
        kind: row.code(2)?,
        phone: row.get(3)?,
        may: vault.json(row, 4, &at::HELPER_MAY, (id.0, 0))?,
        until: row.get(5)?,
        by: row.id_opt(6)?,
        how: row.code(7)?,
        language: row.code(8)?,
    };
    Ok(Helper { named, since: row.get(9)?, ended_on: row.get(10)? })
}
