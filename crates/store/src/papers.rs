//! Papers of a family and the tasks to obtain them.

use crate::{
    Scope, Store,
    db::{Row, args},
    error::Result,
    people::visible_household,
    sealing::{Vault, columns as at},
};
use domain::{
    ids::{ApplicationId, HouseholdId, PaperId, PersonId, TaskId},
    papers::{FileCopy, Paper, TaskState},
};

/// A task to obtain a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperTask {
    /// Key.
    pub id: TaskId,
    /// The pack's paper id.
    pub kind: String,
    /// Whose.
    pub person: Option<PersonId>,
    /// The applications that wait for it.
    pub applications: Vec<ApplicationId>,
    /// How it stands.
    pub state: TaskState,
}

/// The papers room, seen through a scope.
pub struct Papers<'a> {
    store: &'a Store,
    scope: &'a Scope,
}

impl Store {
    /// Opens the papers room.
    pub fn papers<'a>(&'a self, scope: &'a Scope) -> Papers<'a> {
        Papers { store: self, scope }
    }
}

const COLUMNS: &str = "p.paper_id, p.kind, p.person_id, p.state, p.expires, p.file, p.protected";

impl Papers<'_> {
    /// The papers of a visible household; protected ones only through their application.
    pub async fn of_household(&self, household: HouseholdId) -> Result<Vec<Paper>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, household.into());
        let sql = format!(
            "select {COLUMNS} from paper p join household h on h.household_id = p.household_id
             where p.household_id = $1 and p.protected = false and {condition} order by p.paper_id"
        );
        let mut papers = self
            .store
            .db
            .rows(sql, args)
            .await?
            .iter()
            .map(|row| paper(row, self.store.vault()))
            .collect::<Result<Vec<_>>>()?;
        papers.extend(self.of_joined_records(household).await?);
        Ok(papers)
    }

    /// The papers of records of other households that were joined to members of this one: shown as the members' own.
    async fn of_joined_records(&self, household: HouseholdId) -> Result<Vec<Paper>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, household.into());
        let sql = format!(
            "select {COLUMNS}, r.root from household h join person k on k.household_id = h.household_id
             join person_root r on r.root = k.person_id join paper p on p.person_id = r.person_id
             where h.household_id = $1 and p.household_id <> h.household_id and p.protected = false and {condition}
             order by p.paper_id"
        );
        let own = |row: &Row| Ok(Paper { person: row.id_opt(7)?, ..paper(row, self.store.vault())? });
        self.store.db.rows(sql, args).await?.iter().map(own).collect()
    }

    /// The papers that came with an application the scope may see.
    pub async fn of_application(&self, application: ApplicationId) -> Result<Vec<Paper>> {
        let Some(application) = self.store.applications(self.scope).get(application).await? else {
            return Ok(Vec::new());
        };
        let sql = format!("select {COLUMNS} from paper p where p.household_id = $1 order by p.paper_id");
        let rows = self.store.db.rows(sql, args![application.submitted.household]).await?;
        let papers = rows.iter().map(|row| paper(row, self.store.vault())).collect::<Result<Vec<_>>>()?;
        // A child's application shows the card of the adult who applies, the head of the household.
        let sql = "select person_id from person where household_id = $1 and relationship = 'head' and left_on is null";
        let head = self.store.db.row(sql, args![application.submitted.household]).await?;
        let head: Option<PersonId> = head.map(|row| row.id(0)).transpose()?;
        let belongs = |p: &Paper| {
            application.submitted.papers.contains(&p.kind)
                && (p.person.is_none()
                    || application.submitted.person.is_none()
                    || p.person == application.submitted.person
                    || (head.is_some() && p.person == head))
                && (!p.protected || application.submitted.protected)
        };
        Ok(papers.into_iter().filter(belongs).collect())
    }

    /// The stored copy of one paper of a visible household, or of an application the scope may see; never for a
    /// receipt, because whoever finds one would hold the family's cards.
    pub async fn copy(&self, paper: PaperId, through: Option<ApplicationId>) -> Result<Option<(FileCopy, Vec<u8>)>> {
        if self.scope.receipt().is_some() {
            return Ok(None);
        }
        let papers = match through {
            Some(application) => self.of_application(application).await?,
            None => {
                let mut papers = Vec::new();
                for household in self.households_of(paper).await? {
                    papers.extend(self.of_household(household).await?);
                }
                papers
            }
        };
        let Some(file) = papers.into_iter().find(|p| p.id == paper).and_then(|p| p.file) else { return Ok(None) };
        Ok(self.store.blobs.get(&file.hash).await?.map(|bytes| (file, bytes)))
    }

    /// The household a paper was recorded in and, for a joined record, the one its person eats with.
    async fn households_of(&self, paper: PaperId) -> Result<Vec<HouseholdId>> {
        let sql = "select p.household_id from paper p where p.paper_id = $1 union
                   select k.household_id from paper p join person_root r on r.person_id = p.person_id
                   join person k on k.person_id = r.root where p.paper_id = $1";
        self.store.db.rows(sql, args![paper]).await?.iter().map(|row| row.id(0)).collect()
    }

    /// The tasks of a visible household; those of a protected application only for whoever may see it.
    pub async fn tasks(&self, household: HouseholdId) -> Result<Vec<PaperTask>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, household.into());
        let sql = format!(
            "select t.task_id, t.kind, t.person_id, t.applications, t.state from paper_task t
             join household h on h.household_id = t.household_id where t.household_id = $1 and {condition} order by t.task_id"
        );
        let task = |row: &Row| {
            let id: TaskId = row.id(0)?;
            Ok(PaperTask {
                id,
                kind: self.store.vault().text(row, 1, &at::TASK_KIND, id.0, 0)?,
                person: row.id_opt(2)?,
                applications: row.json(3)?,
                state: row.code(4)?,
            })
        };
        let tasks = self.store.db.rows(sql, args).await?.iter().map(task).collect::<Result<Vec<_>>>()?;
        let hidden = self.store.applications(self.scope).hidden_of_household(household).await?;
        let shown = |mut task: PaperTask| {
            let wanted = !task.applications.is_empty();
            task.applications.retain(|application| !hidden.contains(application));
            (!wanted || !task.applications.is_empty()).then_some(task)
        };
        Ok(tasks.into_iter().filter_map(shown).collect())
    }
}

fn paper(row: &Row, vault: &Vault) -> Result<Paper> {
    let id: PaperId = row.id(0)?;
    let file = match row.get::<Option<String>>(5)? {
        Some(text) => Some(serde_json::from_str(&text).map_err(crate::error::corrupt)?),
        None => None,
    };
    Ok(Paper {
        id,
        kind: vault.text(row, 1, &at::PAPER_KIND, id.0, 0)?,
        person: row.id_opt(2)?,
        recorded: row.code(3)?,
        expires: row.get(4)?,
        file,
        protected: row.get(6)?,
    })
}

/// Storing what the events of papers say.
pub(crate) mod apply {
    use crate::{
        db::{Conn, args, json},
        error::Result,
        journal::Envelope,
        sealing::columns as at,
    };
    use domain::papers::{PaperRecorded, PaperTaskMoved, PaperTaskOpened};

    pub(crate) async fn recorded(conn: &mut Conn<'_>, on: &Envelope, e: &PaperRecorded) -> Result<()> {
        let sql = "insert into paper (paper_id, household_id, kind, person_id, state, expires, file, protected, recorded_on)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   on conflict (paper_id) do update set state = excluded.state, expires = excluded.expires,
                   file = coalesce(excluded.file, paper.file), protected = excluded.protected, recorded_on = excluded.recorded_on";
        let file = e.file.as_ref().map(json).transpose()?;
        let kind = match e.protected {
            true => on.vault.seal(&at::PAPER_KIND, e.paper.0, 0, &e.kind),
            false => e.kind.clone(),
        };
        let args =
            args![e.paper, on.record.id, kind, e.person, e.state.code(), e.expires, file, e.protected, on.happened_on];
        conn.execute(sql, args).await.map(drop)
    }

    pub(crate) async fn task_opened(conn: &mut Conn<'_>, on: &Envelope, e: &PaperTaskOpened) -> Result<()> {
        let sql = "insert into paper_task (task_id, household_id, kind, person_id, applications, state, opened_on)
                   values ($1, $2, $3, $4, $5, 'open', $6)";
        let kind = on.vault.seal(&at::TASK_KIND, e.task.0, 0, &e.kind);
        let args = args![e.task, on.record.id, kind, e.person, json(&e.applications)?, on.happened_on];
        conn.execute(sql, args).await.map(drop)
    }

    pub(crate) async fn task_moved(conn: &mut Conn<'_>, _: &Envelope, e: &PaperTaskMoved) -> Result<()> {
        conn.execute("update paper_task set state = $2 where task_id = $1", args![e.task, e.state.code()])
            .await
            .map(drop)
    }
}
