//! Who looked at a family's file: for the family itself, at the desk and by its receipt.

use crate::{
    Scope, Store,
    db::{Row, args},
    error::Result,
};
use domain::{
    Instant,
    access::{Posting, Role},
    ids::HouseholdId,
    programmes::{CentreId, DistrictId, OperatorId},
};
use std::collections::HashSet;

/// One look, by office: the person who looked is known to the auditor, not told here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Instant,
    /// At what kind of thing.
    pub what: String,
    /// Why, as logged.
    pub purpose: String,
    /// The roles of whoever looked, as they are today.
    pub roles: Vec<Role>,
    /// Where they work.
    pub posting: Posting,
    /// In a visit to which the family's helper came alone.
    pub helper: bool,
}

/// The most looks given.
const MOST: i64 = 300;

/// What a look at a family's things is logged under; nothing of protected help is among them, and a look at what is
/// protected in the file itself (`protected`) is left out below: whoever reads this list at home would learn of it.
const OF_HOUSEHOLD: &str = "select $1 union all
    select a.application_id from application a where a.household_id = $1 and a.protected = false union all
    select p.paper_id from paper p where p.household_id = $1 and p.protected = false union all
    select c.receipt_id from receipt c where c.household_id = $1 and c.protected = false union all
    select g.grievance_id from grievance g where g.household_id = $1 and g.protected = false";

/// Of a receipt alone: of a protected one the family's other things are not told on its page.
const OF_RECEIPT: &str = "select $1 union all
    select ra.application_id from receipt_application ra where ra.receipt_id = $1 union all
    select g.grievance_id from grievance g where g.receipt_id = $1";

impl Store {
    /// Who looked at what a family has on file, the newest first: for a desk that sees the family. Nothing of protected
    /// help is told, neither the look nor that there is something to look at.
    pub async fn looks_at_family(&self, scope: &Scope, household: HouseholdId) -> Result<Vec<Look>> {
        if scope.officer().is_none() || self.people(scope).version(household).await?.is_none() {
            return Ok(Vec::new());
        }
        self.looks(OF_HOUSEHOLD, household).await
    }

    /// The same for whoever holds the receipt. An ordinary receipt shows looks at the family's file too; a protected one
    /// shows its own alone.
    pub async fn looks_by_receipt(&self, scope: &Scope) -> Result<Vec<Look>> {
        let Some(receipt) = scope.receipt() else { return Ok(Vec::new()) };
        let sql = "select household_id, protected from receipt where receipt_id = $1";
        let Some(row) = self.db.row(sql, args![receipt]).await? else { return Ok(Vec::new()) };
        if row.get::<bool>(1)? {
            return self.look_rows(OF_RECEIPT, receipt.0, &HashSet::new()).await;
        }
        self.looks(OF_HOUSEHOLD, row.id(0)?).await
    }

    async fn looks(&self, of: &str, household: HouseholdId) -> Result<Vec<Look>> {
        // An ordinary paper that was opened for a protected application would tell who is deciding it.
        let sql = "select 'task:', a.application_id from application a where a.household_id = $1 and a.protected = true
                   union all select 'complaint:', g.grievance_id from grievance g
                   where g.household_id = $1 and g.protected = true";
        let hidden = self.db.rows(sql, args![household]).await?;
        let hidden = hidden.iter().map(|row| Ok(format!("{}{}", row.get::<String>(0)?, row.get::<uuid::Uuid>(1)?)));
        self.look_rows(of, household.0, &hidden.collect::<Result<_>>()?).await
    }

    async fn look_rows(&self, of: &str, key: uuid::Uuid, hidden: &HashSet<String>) -> Result<Vec<Look>> {
        let sql = format!(
            "select r.read_at, r.what, r.purpose, o.roles, o.centre, o.district, o.operator from read_log r
             join officer o on o.officer_id = r.officer_id where r.record_id in ({of}) and r.what <> 'protected' order by r.position desc limit $2"
        );
        let rows = self.db.rows(sql, args![key, MOST]).await?;
        let mut looks = rows.iter().map(look).collect::<Result<Vec<_>>>()?;
        // A visit is a helper's alone when one was named as who came.
        let sql = "select v.visit_id from visit v where v.household_id = $1 and v.came like '%\"helper\":\"%'";
        let visits = self.db.rows(sql, args![key]).await?;
        let visits = visits.iter().map(|row| Ok(format!("visit:{}", row.get::<uuid::Uuid>(0)?)));
        let visits = visits.collect::<Result<HashSet<String>>>()?;
        looks.iter_mut().for_each(|look| look.helper = visits.contains(&look.purpose));
        Ok(looks.into_iter().filter(|look| !hidden.contains(&look.purpose)).collect())
    }
}

fn look(row: &Row) -> Result<Look> {
    Ok(Look {
        at: row.get(0)?,
        what: row.get(1)?,
        purpose: row.get(2)?,
        roles: row.json(3)?,
        posting: Posting {
            centre: row.get::<Option<String>>(4)?.map(CentreId),
            district: row.get::<Option<String>>(5)?.map(DistrictId),
            operator: row.get::<Option<String>>(6)?.map(OperatorId),
        },
        helper: false,
    })
}
