//! Reading applications within a scope.

use super::apply::open_statuses;
use crate::{
    Scope, Store,
    access::scope::Filter,
    db::{Row, Value, args},
    error::{Result, corrupt},
    people::visible_household,
    sealing::{Vault, columns as at},
};
use domain::{
    Date, Instant,
    access::Doing,
    applications::{Application, ApplicationSubmitted, ClockOwner, DeliveryRecorded, Granted, ReceiptCode, Status},
    ids::{ApplicationId, HouseholdId, VisitId},
    language::Lang,
    money::Paisa,
    programmes::ProgrammeId,
};

/// The applications room, seen through a scope.
pub struct Applications<'a> {
    pub(super) store: &'a Store,
    pub(super) scope: &'a Scope,
}

/// One line of a list of applications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// Key.
    pub id: ApplicationId,
    /// Events seen.
    pub version: i64,
    /// The programme.
    pub programme: ProgrammeId,
    /// The applicant's, or the head's, name.
    pub name: String,
    /// Union council, as said.
    pub union_council: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Whose time runs.
    pub clock: ClockOwner,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<Date>,
    /// When it was submitted.
    pub submitted_on: Date,
    /// The receipt's code, without dashes.
    pub code: Option<String>,
    /// A fact it used was corrected.
    pub flagged: bool,
}

/// One step in an application's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From.
    pub from: Status,
    /// To.
    pub to: Status,
    /// Whose time ran from here.
    pub clock: ClockOwner,
    /// Until when.
    pub due: Option<Date>,
    /// The rule a rejection named.
    pub rule: Option<String>,
    /// The words for the citizen.
    pub words: Option<String>,
    /// The place on the waiting list.
    pub place: Option<i64>,
    /// What an approval grants, where the department stated it.
    pub granted: Option<Granted>,
    /// When.
    pub at: Instant,
    /// Who took it, by the name colleagues know.
    pub by: String,
    /// For whom they stood in, as their deputy.
    pub stead: String,
    /// It came on a list: the list's number, and the day on the department's paper.
    pub paper: Option<(i64, Date)>,
}

impl Store {
    /// Opens the applications room.
    pub fn applications<'a>(&'a self, scope: &'a Scope) -> Applications<'a> {
        Applications { store: self, scope }
    }
}

/// A receipt never names more applications than there are programmes.
const MOST_OF_A_RECEIPT: i64 = 200;

pub(crate) const COLUMNS: &str =
    "a.application_id, a.version, a.submitted, a.submitted_on, a.status, a.clock, a.since, a.due,
    a.days_left, a.flags";

/// Which application rows `a` a scope may see.
///
/// A focal person: those of the own operator in the own district, and in those of whom they are the deputy today. The desk: those of its centre and district, but a
/// protected one only in the open visit that made it. A receipt: those it names.
pub(super) fn visible(scope: &Scope) -> Filter {
    if scope.is_system() {
        return Filter::all();
    }
    if let Some(receipt) = scope.receipt() {
        let text = "exists (select 1 from receipt_application ra where ra.application_id = a.application_id and ra.receipt_id = {})";
        return Filter::new(text, vec![Value::from(receipt)]);
    }
    let Some(officer) = scope.officer() else { return Filter::nothing() };
    if officer.reads_everything() {
        return Filter::new("a.protected = false", Vec::new());
    }
    match (officer.operator(), officer.case_centre(), officer.district()) {
        (Some(operator), _, Some(district)) => {
            // A deputy also has the inboxes of whom they stand in for.
            let more = officer.deputized();
            let mut values = vec![Value::from(operator), Value::from(district)];
            values.extend(more.iter().map(|(district, _)| Value::from(district)));
            Filter::new(format!("(a.operator = {{}} and a.district in ({{}}{}))", ", {}".repeat(more.len())), values)
        }
        (None, Some(centre), Some(district)) => Filter::new(
            "((a.centre = {} or a.district = {}) and (a.protected = false or exists (select 1 from visit v
              where v.visit_id = a.visit_id and v.officer_id = {} and v.outcome is null)))",
            vec![Value::from(centre), Value::from(district), Value::from(officer.as_officer().id)],
        ),
        _ => Filter::nothing(),
    }
}

/// Which application rows `a` a scope may count.
fn countable(scope: &Scope) -> Filter {
    match scope.officer() {
        Some(officer) if scope.may(Doing::Figures) && officer.desk_centre().is_none() => match officer.district() {
            Some(district) => Filter::new("(a.district = {} and a.protected = false)", vec![Value::from(district)]),
            None => Filter::new("a.protected = false", Vec::new()),
        },
        _ => visible(scope),
    }
}

impl Applications<'_> {
    /// One application; `None` when it is not there or not yours.
    pub async fn get(&self, id: ApplicationId) -> Result<Option<Application>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, id.into());
        let sql = format!("select {COLUMNS} from application a where a.application_id = $1 and {condition}");
        self.store.db.row(sql, args).await?.map(|row| application(&row, self.store.vault())).transpose()
    }

    /// The applications of a household that the scope may see, those of joined records included, newest first.
    pub async fn of_household(&self, household: HouseholdId) -> Result<Vec<Application>> {
        let mut all = self.list("a.household_id = $1", household.into()).await?;
        all.extend(self.of_joined_records(household).await?);
        all.sort_by_key(|application| std::cmp::Reverse(application.id));
        Ok(all)
    }

    /// The ordinary applications made for records of other households that were joined to members of this one. They are
    /// these members' own; a protected one stays with the visit that made it.
    async fn of_joined_records(&self, household: HouseholdId) -> Result<Vec<Application>> {
        let (condition, mut args) = visible_household(self.scope).sql(2);
        args.insert(0, household.into());
        let sql = format!(
            "select {COLUMNS} from household h join person k on k.household_id = h.household_id
             join person_root r on r.root = k.person_id join application a on a.person_id = r.person_id
             where h.household_id = $1 and a.household_id <> h.household_id and a.protected = false and {condition}"
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| application(row, self.store.vault())).collect()
    }

    /// The applications made in a visit.
    pub async fn of_visit(&self, visit: VisitId) -> Result<Vec<Application>> {
        self.list("a.visit_id = $1", visit.into()).await
    }

    async fn list(&self, which: &str, value: Value) -> Result<Vec<Application>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, value);
        let sql =
            format!("select {COLUMNS} from application a where {which} and {condition} order by a.application_id desc");
        self.store.db.rows(sql, args).await?.iter().map(|row| application(row, self.store.vault())).collect()
    }

    /// The open applications of a visible household that used a fact, protected ones included: for flagging by whoever
    /// corrects people, never for showing.
    pub async fn using_fact(&self, household: HouseholdId, fact: &str) -> Result<Vec<(ApplicationId, i64)>> {
        let corrects = self.scope.is_system() || self.scope.may(Doing::People);
        if !corrects || self.store.people(self.scope).version(household).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "select a.application_id, a.version, a.submitted from application a where a.household_id = $1 and a.status in ({})",
            open_statuses()
        );
        let mut found = Vec::new();
        for row in self.store.db.rows(sql, args![household]).await? {
            let id: ApplicationId = row.id(0)?;
            let vault = self.store.vault();
            let submitted: ApplicationSubmitted = vault.json(&row, 2, &at::APPLICATION_SUBMITTED, (id.0, 0))?;
            if submitted.facts_used.iter().any(|used| used == fact) {
                found.push((id, row.get(1)?));
            }
        }
        Ok(found)
    }

    /// The protected applications of a household that the scope may not see, so that other rooms can leave them out.
    pub(crate) async fn hidden_of_household(&self, household: HouseholdId) -> Result<Vec<ApplicationId>> {
        let (condition, mut args) = visible(self.scope).sql(2);
        args.insert(0, household.into());
        let sql = format!(
            "select a.application_id from application a where a.household_id = $1 and a.protected = true and not {condition}"
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| row.id(0)).collect()
    }

    /// The inbox: what is open, the most urgent first.
    pub async fn inbox(&self, offset: i64, limit: i64) -> Result<Vec<InboxRow>> {
        let which = format!("a.status in ({})", open_statuses());
        let order = "case when a.clock = 'department' then 0 else 1 end, a.due, a.application_id";
        self.rows(&which, order, vec![limit.into(), offset.into()]).await
    }

    /// What is open and ordinary, for a sheet that leaves these pages: what is protected is read in its own page only.
    pub async fn inbox_to_take(&self, limit: i64) -> Result<Vec<InboxRow>> {
        let which = format!("a.protected = false and a.status in ({})", open_statuses());
        let order = "case when a.clock = 'department' then 0 else 1 end, a.due, a.application_id";
        self.rows(&which, order, vec![limit.into(), 0i64.into()]).await
    }

    /// What was decided, newest first.
    pub async fn decided(&self, offset: i64, limit: i64) -> Result<Vec<InboxRow>> {
        let which = format!("a.status not in ({})", open_statuses());
        self.rows(&which, "a.since desc, a.application_id desc", vec![limit.into(), offset.into()]).await
    }

    /// The applications on a receipt that the scope may see, open or decided. A code that is not there and one whose
    /// applications are not yours are answered alike, with nothing.
    pub async fn by_code(&self, code: &ReceiptCode) -> Result<Vec<InboxRow>> {
        let which = "a.application_id in (select ra.application_id from receipt r
             join receipt_application ra on ra.receipt_id = r.receipt_id where r.code = $3)";
        self.rows(which, "a.application_id", vec![MOST_OF_A_RECEIPT.into(), 0i64.into(), code.plain().into()]).await
    }

    /// The codes of the receipts that name an application the scope may see, the first printed first.
    pub async fn codes(&self, id: ApplicationId) -> Result<Vec<ReceiptCode>> {
        if self.get(id).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "select r.code from receipt_application ra join receipt r on r.receipt_id = ra.receipt_id
                   where ra.application_id = $1 order by r.receipt_id";
        let code = |row: &Row| row.get::<String>(0)?.parse().map_err(corrupt);
        self.store.db.rows(sql, args![id]).await?.iter().map(code).collect()
    }

    /// The family's language as its first receipt for an application the scope may see says it.
    pub async fn language(&self, id: ApplicationId) -> Result<Option<Lang>> {
        if self.get(id).await?.is_none() {
            return Ok(None);
        }
        let sql = "select r.language from receipt_application ra join receipt r on r.receipt_id = ra.receipt_id
                   where ra.application_id = $1 order by r.receipt_id limit 1";
        self.store.db.row(sql, args![id]).await?.map(|row| row.code(0)).transpose()
    }

    /// Rows of a list; the first values are limit and offset, then those that `which` names.
    pub(super) async fn rows(&self, which: &str, order: &str, mut values: Vec<Value>) -> Result<Vec<InboxRow>> {
        let (condition, scope) = visible(self.scope).sql(values.len() + 1);
        values.extend(scope);
        let sql = format!(
            "select a.application_id, a.version, a.programme,
             coalesce((select p.given from person p where p.person_id = a.person_id),
                      (select p.given from person p where p.household_id = a.household_id
                       order by case when p.relationship = 'head' then 0 else 1 end, p.place_in_list limit 1), ''),
             (select h.union_council from household h where h.household_id = a.household_id),
             a.status, a.clock, a.since, a.due, a.submitted_on,
             (select min(r.code) from receipt r join receipt_application ra on ra.receipt_id = r.receipt_id
              where ra.application_id = a.application_id), a.flags
             from application a where {which} and {condition} order by {order} limit $1 offset $2"
        );
        self.store.db.rows(sql, values).await?.iter().map(inbox_row).collect()
    }

    /// How many applications stand in each status.
    ///
    /// Whoever reads figures counts the ordinary ones of the own district, or of all districts without a posting,
    /// and opens none of them.
    pub async fn counts(&self) -> Result<Vec<(Status, i64)>> {
        let (condition, args) = countable(self.scope).sql(1);
        let sql = format!(
            "select a.status, count(*) from application a where {condition} group by a.status order by a.status"
        );
        self.store.db.rows(sql, args).await?.iter().map(|row| Ok((row.code(0)?, row.get(1)?))).collect()
    }

    /// The history of an application the scope may see, oldest first.
    pub async fn history(&self, id: ApplicationId) -> Result<Vec<Step>> {
        if self.get(id).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "select s.from_status, s.to_status, s.clock, s.due, s.rule, s.words, s.place, s.recorded_at, o.name, d.name,
                   n.number, l.dated, s.version, s.granted from application_step s left join officer o on o.officer_id = s.officer_id
                   left join officer d on d.officer_id = s.stead_id
                   left join dispatch_line l on l.application_id = s.application_id and l.entered_at = s.recorded_at
                   and l.answer = s.to_status left join dispatch n on n.dispatch_id = l.dispatch_id
                   where s.application_id = $1 order by s.version";
        self.store.db.rows(sql, args![id]).await?.iter().map(|row| step(row, id, self.store.vault())).collect()
    }

    /// What was delivered under an application the scope may see.
    pub async fn deliveries(&self, id: ApplicationId) -> Result<Vec<DeliveryRecorded>> {
        if self.get(id).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "select amount, what, delivered_on, version from delivery where application_id = $1 order by version";
        let delivery = |row: &Row| {
            let amount = row.get::<Option<i64>>(0)?.map(Paisa);
            let what = self.store.vault().text(row, 1, &at::DELIVERY_WHAT, id.0, row.get(3)?)?;
            Ok(DeliveryRecorded { amount, what, on: row.get(2)? })
        };
        self.store.db.rows(sql, args![id]).await?.iter().map(delivery).collect()
    }

    /// The household's version and names a department needs, through an application it may see; never for a receipt,
    /// because whoever finds one would read the family's numbers.
    pub async fn household(&self, id: ApplicationId) -> Result<Option<domain::people::Household>> {
        if self.scope.receipt().is_some() {
            return Ok(None);
        }
        let Some(application) = self.get(id).await? else { return Ok(None) };
        let system = crate::access::scope::Scope::inside();
        self.store.people(&system).household(application.submitted.household).await.map(|household| {
            household.map(|mut household| {
                // The department reads the facts its application carries, not the family's other answers.
                household.answers.clear();
                household
            })
        })
    }
}

pub(crate) fn application(row: &Row, vault: &Vault) -> Result<Application> {
    let id: ApplicationId = row.id(0)?;
    Ok(Application {
        id,
        version: row.get(1)?,
        submitted: vault.json(row, 2, &at::APPLICATION_SUBMITTED, (id.0, 0))?,
        submitted_on: row.get(3)?,
        status: row.code(4)?,
        clock: row.code(5)?,
        since: row.get(6)?,
        due: row.get(7)?,
        days_left: row.get::<Option<i64>>(8)?.and_then(|days| u32::try_from(days).ok()),
        flags: vault.json(row, 9, &at::APPLICATION_FLAGS, (id.0, 0))?,
    })
}

fn inbox_row(row: &Row) -> Result<InboxRow> {
    Ok(InboxRow {
        id: row.id(0)?,
        version: row.get(1)?,
        programme: ProgrammeId(row.get(2)?),
        name: row.get(3)?,
        union_council: row.get(4)?,
        status: row.code(5)?,
        clock: row.code(6)?,
        since: row.get(7)?,
        due: row.get(8)?,
        submitted_on: row.get(9)?,
        code: row.get(10)?,
        flagged: row.get::<String>(11)? != "[]",
    })
}

fn granted(text: Option<String>) -> Result<Option<Granted>> {
    text.map(|text| serde_json::from_str(&text).map_err(corrupt)).transpose()
}

fn step(row: &Row, id: ApplicationId, vault: &Vault) -> Result<Step> {
    Ok(Step {
        from: row.code(0)?,
        to: row.code(1)?,
        clock: row.code(2)?,
        due: row.get(3)?,
        rule: row.get(4)?,
        words: vault.text_opt(row, 5, &at::STEP_WORDS, (id.0, row.get(12)?))?,
        place: row.get(6)?,
        granted: granted(row.get(13)?)?,
        at: row.get(7)?,
        by: row.get::<Option<String>>(8)?.unwrap_or_default(),
        stead: row.get::<Option<String>>(9)?.unwrap_or_default(),
        paper: row.get::<Option<i64>>(10)?.zip(row.get(11)?),
    })
}
