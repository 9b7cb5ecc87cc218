//! Whom a complaint is about, found out when it is filed.

use crate::{
    Store,
    db::{Row, Value, args},
    error::Result,
};
use domain::{
    grievances::{GrievanceKind, Subject},
    ids::{ApplicationId, OfficerId},
    programmes::{CentreId, DistrictId, OperatorId},
};
use std::collections::BTreeSet;

/// What a complaint says about whom it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerned {
    /// The kind.
    pub kind: Option<GrievanceKind>,
    /// Whom or what it names.
    pub subject: Option<Subject>,
    /// The application.
    pub application: Option<ApplicationId>,
    /// The district.
    pub district: Option<DistrictId>,
    /// The centre it names, or that took the application.
    pub centre: Option<CentreId>,
    /// The operator.
    pub operator: Option<OperatorId>,
    /// An officer as the citizen calls them.
    pub named: Option<String>,
}

impl Store {
    /// The officers whom a complaint is about, rather one too many than one too few: whoever stands here neither sees nor
    /// decides it. An appeal is about who took the decision; a complaint about conduct about everybody of the centre or
    /// the department it names; a name about everybody of the district who is called so, in any script.
    pub async fn concerned(&self, of: &Concerned) -> Result<Vec<OfficerId>> {
        let mut found = BTreeSet::new();
        let appeal = of.kind == Some(GrievanceKind::Refusal);
        if let Some(application) = of.application.filter(|_| appeal) {
            let sql = "select officer_id from application_step where application_id = $1 and officer_id is not null
                       and to_status in ('rejected', 'suspended')";
            found.extend(self.officers_of(sql, args![application]).await?);
        }
        if let (Some(operator), Some(district), false) = (&of.operator, &of.district, appeal) {
            let sql = "select officer_id from officer where operator = $1 and district = $2";
            found.extend(self.officers_of(sql, args![operator, district]).await?);
        }
        let of_centre = matches!(of.subject, Some(Subject::Centre | Subject::Officer))
            || matches!(of.kind, Some(GrievanceKind::Conduct | GrievanceKind::Deduction | GrievanceKind::Other));
        if let Some(centre) = of.centre.as_ref().filter(|_| of_centre) {
            found.extend(self.officers_of("select officer_id from officer where centre = $1", args![centre]).await?);
        }
        if let Some(district) = &of.district {
            found.extend(self.named_or_answering(of, district).await?);
        }
        Ok(found.into_iter().collect())
    }

    async fn officers_of(&self, sql: &'static str, args: Vec<Value>) -> Result<Vec<OfficerId>> {
        self.db.rows(sql, args).await?.iter().map(|row| row.id(0)).collect()
    }

    /// Officers of the district, or of the whole province, who are called as the citizen says; and, of a complaint about
    /// the complaints office itself, everybody who works there.
    async fn named_or_answering(&self, of: &Concerned, district: &DistrictId) -> Result<Vec<OfficerId>> {
        let wanted: Vec<String> = of.named.as_deref().map(linkage::names::skeleton).unwrap_or_default();
        let office = of.subject == Some(Subject::GrievanceOffice);
        if wanted.is_empty() && !office {
            return Ok(Vec::new());
        }
        let sql =
            "select officer_id, name, roles from officer where (district = $1 or district is null) and active = true";
        let mut found = Vec::new();
        for row in self.db.rows(sql, args![district]).await? {
            let (name, roles): (String, String) = (row.get(1)?, row.get(2)?);
            let called = linkage::names::skeleton(&name).iter().any(|part| wanted.contains(part));
            if called || (office && roles.contains("\"grievance_officer\"")) {
                found.push(id(&row)?);
            }
        }
        Ok(found)
    }
}

fn id(row: &Row) -> Result<OfficerId> {
    row.id(0)
}
