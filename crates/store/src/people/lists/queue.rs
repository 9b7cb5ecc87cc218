//! Rows that officers look at, by what is at stake.

use super::{Lists, batch, read::listing};
use crate::{
    access::scope::Filter,
    db::{Row, Value, with_conn},
    error::Result,
    people::{MatchCard, links::reviews},
};
use domain::{
    Date,
    ids::{ImportId, ListingId},
    money::Paisa,
    people::{ImportOpened, ListedState, RowOutcome, RowStepKind},
};

/// Which part of the rows is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowView {
    /// Nobody decided yet.
    Open,
    /// Somebody was not sure.
    NotSure,
    /// One officer said whom the row means; another must confirm.
    Waiting,
    /// Decided by an officer.
    Decided,
}

/// One row in a list of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLine {
    /// Which row.
    pub listing: ListingId,
    /// Of which list.
    pub import: ImportId,
    /// Its place in the file.
    pub line: u64,
    /// What may be shown of the person it names.
    pub card: MatchCard,
    /// Who keeps the list.
    pub source: String,
    /// What the list is called.
    pub title: String,
    /// The day it says it was true.
    pub stated_on: Date,
    /// What the row says is received in a year.
    pub yearly: Paisa,
    /// How many it may mean, by the reckoning.
    pub among: usize,
    /// Codes of the evidence about the likeliest of them.
    pub why: Vec<String>,
    /// How the row stands.
    pub state: ListedState,
    /// What was said and still holds.
    pub said: Option<RowStepKind>,
}

/// What a row says is received in a year, of what is paid at intervals and has not ended.
const YEARLY: &str = "(select cast(coalesce(sum(b.amount * case b.per when 'month' then 12 when 'quarter' then 4
    when 'half_year' then 2 when 'year' then 1 else 0 end), 0) as bigint) from benefit b
    where b.listing_id = l.listing_id and b.amount is not null and b.until is null)";

impl RowView {
    /// The tables it begins with, and which of their rows it holds.
    fn from(self) -> (&'static str, &'static str) {
        let rows = "listing l left join listing_step s on s.listing_id = l.listing_id and s.version = l.version";
        let steps = "listing_step s join listing l on l.listing_id = s.listing_id and l.version = s.version";
        match self {
            RowView::Open => (rows, "l.state = 'review' and (s.said is null or s.said = 'taken_back')"),
            RowView::NotSure => (steps, "l.state = 'review' and s.said = 'not_sure'"),
            RowView::Waiting => (steps, "l.state = 'review' and s.said = 'same'"),
            RowView::Decided => (steps, "l.state <> 'review' and s.said in ('same', 'new', 'refused', 'confirmed')"),
        }
    }
}

impl Lists<'_> {
    /// Which rows `l` the scope decides about: those of its own district, and those that were said to mean a person there.
    fn decides(&self, view: RowView) -> Filter {
        if !reviews(self.scope) {
            return Filter::nothing();
        }
        let Some(district) = self.scope.officer().and_then(|officer| officer.district()) else { return Filter::all() };
        match view {
            RowView::Open => Filter::new("l.district = {}", vec![Value::from(district)]),
            _ => Filter::new(
                "(l.district = {} or exists (select 1 from person sp join household sh
                  on sh.household_id = sp.household_id where sp.person_id = s.person_id and sh.district = {}))",
                vec![Value::from(district), Value::from(district)],
            ),
        }
    }

    /// The condition of a view, from placeholder `first` on; of one list, or of all.
    fn of_view(&self, view: RowView, list: Option<ImportId>, first: usize) -> (String, Vec<Value>) {
        let (from, which) = view.from();
        let (scope, mut values) = self.decides(view).sql(first);
        let mut of_list = String::new();
        if let Some(list) = list {
            of_list = format!(" and l.import_id = ${}", first + values.len());
            values.push(Value::from(list));
        }
        (format!("from {from} join import i on i.import_id = l.import_id where {which}{of_list} and {scope}"), values)
    }

    /// The rows of a view, of one list or of all: the largest amounts a year first, then the likeliest; decided ones
    /// from the newest.
    pub async fn rows_to_decide(
        &self,
        view: RowView,
        list: Option<ImportId>,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<RowLine>> {
        let (from, values) = self.of_view(view, list, 3);
        let values = [vec![Value::from(limit), Value::from(offset)], values].concat();
        let rows = with_conn!(&self.store.db, conn => {
            let score = if conn.is_postgres() {
                "coalesce((l.among::json -> 0 ->> 'score')::bigint, 0)"
            } else {
                "coalesce(json_extract(l.among, '$[0].score'), 0)"
            };
            let order = match view {
                RowView::Decided => "s.recorded_at desc, l.listing_id".to_owned(),
                _ => format!("yearly desc, {score} desc, l.listing_id"),
            };
            let sql = format!("select {}, i.opened, {YEARLY} as yearly {from} order by {order} limit $1 offset $2",
                super::read::LISTING_COLUMNS);
            conn.rows(sql, values).await?
        });
        rows.iter().map(|row| self.line(row)).collect()
    }

    fn line(&self, row: &Row) -> Result<RowLine> {
        let found = listing(row)?;
        let opened: ImportOpened = row.json(OPENED)?;
        let row_district = found.listed.district.as_ref();
        let own = self.scope.officer().and_then(|officer| officer.district());
        let yours = own.is_none() || row_district == own;
        let card = MatchCard::of(batch::keyed(&found.listed), false);
        let (among, why) = match &found.listed.outcome {
            RowOutcome::Review { among } => {
                (among.len(), among.first().map(|like| like.why.clone()).unwrap_or_default())
            }
            _ => (0, Vec::new()),
        };
        Ok(RowLine {
            listing: found.listed.listing,
            import: found.import,
            line: found.listed.line,
            card: if yours { card } else { card.hidden() },
            source: opened.list.source,
            title: opened.list.title,
            stated_on: opened.list.stated_on,
            yearly: Paisa(row.get(OPENED + 1)?),
            among,
            why,
            state: found.listed.outcome.state(),
            said: found.said.map(|(kind, _)| kind),
        })
    }

    /// How many rows stand in each view but the decided ones.
    pub async fn row_counts(&self, list: Option<ImportId>) -> Result<Vec<(RowView, i64)>> {
        let mut counts = Vec::new();
        for view in [RowView::Open, RowView::Waiting, RowView::NotSure] {
            let (from, values) = self.of_view(view, list, 1);
            let row = self.store.db.row(format!("select count(*) {from}"), values).await?;
            counts.push((view, row.map(|row| row.get(0)).transpose()?.unwrap_or(0)));
        }
        Ok(counts)
    }
}

/// The column behind those of a row.
const OPENED: usize = super::read::LISTING_WIDTH;
