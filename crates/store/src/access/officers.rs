//! Officers: reading them, and their passwords.

use crate::{
    Scope, Store,
    db::{Row, args},
    error::Result,
};
use domain::{
    Instant,
    access::{Doing, Officer, Posting, Role},
    ids::OfficerId,
    programmes::{CentreId, DistrictId, OperatorId},
};
use std::collections::BTreeSet;

/// A place of work that somebody holds, without who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Staffed {
    /// The role.
    pub role: Role,
    /// The department it is held for.
    pub operator: Option<OperatorId>,
    /// The centre it is held at.
    pub centre: Option<CentreId>,
}

/// The officers room, seen through a scope.
pub struct Officers<'a> {
    pub(super) store: &'a Store,
    pub(super) scope: &'a Scope,
}

pub(super) const COLUMNS: &str = "officer_id, version, login, name, roles, centre, district, operator, active";

pub(super) fn officer(row: &Row) -> Result<Officer> {
    Ok(Officer {
        id: row.id(0)?,
        version: row.get(1)?,
        login: row.get(2)?,
        name: row.get(3)?,
        roles: row.json(4)?,
        posting: Posting {
            centre: row.get::<Option<String>>(5)?.map(CentreId),
            district: row.get::<Option<String>>(6)?.map(DistrictId),
            operator: row.get::<Option<String>>(7)?.map(OperatorId),
        },
        active: row.get(8)?,
    })
}

impl Store {
    /// Opens the officers room.
    pub fn officers<'a>(&'a self, scope: &'a Scope) -> Officers<'a> {
        Officers { store: self, scope }
    }

    /// Whether an officer has this sign-in name: for whoever chooses one.
    pub async fn login_taken(&self, login: &str) -> Result<bool> {
        Ok(self.db.row("select 1 from officer where login = $1", args![login]).await?.is_some())
    }

    /// Who has this sign-in name; for the log of refusals.
    pub async fn officer_of(&self, login: &str) -> Result<Option<OfficerId>> {
        self.db
            .row("select officer_id from officer where login = $1", args![login])
            .await?
            .map(|row| row.id(0))
            .transpose()
    }

    /// Keeps an officer's password as its hash, and ends their sessions.
    pub async fn keep_password(&self, officer: OfficerId, password: &str, must_change: bool) -> Result<()> {
        self.keep_credential(officer, password, must_change, None).await
    }

    /// Keeps a password that somebody else gives the officer: it must be changed at the first sign-in, which is soon or
    /// never ([`domain::access::FIRST_PASSWORD_DAYS`]).
    pub async fn keep_first_password(&self, officer: OfficerId, password: &str, now: Instant) -> Result<()> {
        self.keep_credential(officer, password, true, Some(now)).await
    }

    async fn keep_credential(
        &self,
        officer: OfficerId,
        password: &str,
        must_change: bool,
        given_at: Option<Instant>,
    ) -> Result<()> {
        let hash = self.access.hash(password).await?;
        let hash = self.vault().seal(&crate::sealing::columns::CREDENTIAL, officer.0, 0, &hash);
        let keep = "insert into credential (officer_id, password, must_change, given_at) values ($1, $2, $3, $4)
                    on conflict (officer_id) do update set password = excluded.password,
                    must_change = excluded.must_change, given_at = excluded.given_at";
        let end = "delete from session where officer_id = $1";
        let args = args![officer, hash, must_change, given_at];
        self.writer.run(vec![(keep.into(), args), (end.into(), args![officer])]).await
    }
}

impl Officers<'_> {
    /// Every officer; for administrators, auditors and the program itself.
    pub async fn list(&self) -> Result<Vec<Officer>> {
        if !self.may_list() {
            return Ok(Vec::new());
        }
        let rows = self.store.db.rows(format!("select {COLUMNS} from officer order by login"), args![]).await?;
        rows.iter().map(officer).collect()
    }

    /// One officer by sign-in name; for administrators, auditors and the program itself.
    pub async fn by_login(&self, login: &str) -> Result<Option<Officer>> {
        if !self.may_list() {
            return Ok(None);
        }
        let row = self.store.db.row(format!("select {COLUMNS} from officer where login = $1"), args![login]).await?;
        row.as_ref().map(officer).transpose()
    }

    /// Whom a family may ask for in a district: each role and department that somebody holds there, and at which centre.
    /// No names, so anybody may read it.
    pub async fn staffed(&self, district: &DistrictId) -> Result<BTreeSet<Staffed>> {
        let sql = format!("select {COLUMNS} from officer where active = true and district = $1");
        let mut found = BTreeSet::new();
        for row in &self.store.db.rows(sql, args![district]).await? {
            let Officer { roles, posting: Posting { centre, operator, .. }, .. } = officer(row)?;
            let one = |role| Staffed { role, operator: operator.clone(), centre: centre.clone() };
            found.extend(roles.into_iter().map(one));
        }
        Ok(found)
    }

    fn may_list(&self) -> bool {
        self.scope.is_system() || self.scope.may(Doing::Administer) || self.scope.may(Doing::Audit)
    }
}
