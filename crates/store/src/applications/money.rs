//! Approved, but no money yet: who waits in which place; and what may be recorded as delivered.

use super::{Applications, InboxRow};
use crate::{db::args, error::Result};
use domain::{
    applications::Status,
    ids::ApplicationId,
    programmes::{DistrictId, ProgrammeId},
};

/// A waiting list never shows more rows than this at once.
const MOST: i64 = 1_000;

impl Applications<'_> {
    /// These lists are the department's own; whoever else may see an application finds it where it was made.
    fn decides(&self) -> bool {
        self.scope.officer().is_some_and(|officer| officer.operator().is_some())
    }

    /// The waiting list of a programme as the scope sees it: by the day of the decision, then by the order in which
    /// people applied, which is that of their receipts.
    pub async fn waiting_for_money(&self, programme: &ProgrammeId, district: &DistrictId) -> Result<Vec<InboxRow>> {
        if !self.decides() {
            return Ok(Vec::new());
        }
        let which = "a.status = 'wait_listed' and a.programme = $3 and a.district = $4";
        let values = vec![MOST.into(), 0i64.into(), programme.into(), district.into()];
        self.rows(which, "a.since, a.application_id", values).await
    }

    /// The programmes that have a waiting list in the scope, in which district, and how long each is.
    pub async fn waiting_lists(&self) -> Result<Vec<(ProgrammeId, DistrictId, i64)>> {
        if !self.decides() {
            return Ok(Vec::new());
        }
        let (condition, args) = super::read::visible(self.scope).sql(1);
        let sql = format!(
            "select a.programme, a.district, count(*) from application a where a.status = 'wait_listed' and {condition}
             group by a.programme, a.district order by a.programme, a.district"
        );
        let rows = self.store.db.rows(sql, args).await?;
        rows.iter().map(|row| Ok((ProgrammeId(row.get(0)?), DistrictId(row.get(1)?), row.get(2)?))).collect()
    }

    /// The place of an application the scope may see on its waiting list, 1 for the first, and how many wait. `None`
    /// when it does not wait.
    pub async fn place(&self, id: ApplicationId) -> Result<Option<(i64, i64)>> {
        let Some(application) = self.get(id).await? else { return Ok(None) };
        if application.status != Status::WaitListed {
            return Ok(None);
        }
        let submitted = &application.submitted;
        let sql = "select count(*), coalesce(sum(case when a.since < $4 or (a.since = $4 and a.application_id <= $5)
                   then 1 else 0 end), 0) from application a where a.operator = $1 and a.district = $2
                   and a.status = 'wait_listed' and a.programme = $3";
        let args = args![&submitted.operator, &submitted.district, &submitted.programme, application.since, id];
        let Some(row) = self.store.db.row(sql, args).await? else { return Ok(None) };
        Ok(Some((row.get(1)?, row.get(0)?)))
    }

    /// Applications of a programme under which something may be delivered, the longest approved first.
    pub async fn deliverable(&self, programme: &ProgrammeId, offset: i64, limit: i64) -> Result<Vec<InboxRow>> {
        if !self.decides() {
            return Ok(Vec::new());
        }
        let which = "a.status in ('approved', 'enrolled', 'in_payment') and a.programme = $3";
        self.rows(which, "a.since, a.application_id", vec![limit.into(), offset.into(), programme.into()]).await
    }

    /// The programmes under which something may be delivered, and for how many.
    pub async fn deliverable_programmes(&self) -> Result<Vec<(ProgrammeId, i64)>> {
        if !self.decides() {
            return Ok(Vec::new());
        }
        let (condition, args) = super::read::visible(self.scope).sql(1);
        let sql = format!(
            "select a.programme, count(*) from application a where a.status in ('approved', 'enrolled', 'in_payment')
             and {condition} group by a.programme order by a.programme"
        );
        let rows = self.store.db.rows(sql, args).await?;
        rows.iter().map(|row| Ok((ProgrammeId(row.get(0)?), row.get(1)?))).collect()
    }
}
