//! Reading imports and their rows.

use super::Lists;
use crate::{
    db::{Row, Value, args},
    error::{Result, corrupt},
};
use domain::{
    Version,
    ids::{ImportId, ListingId},
    people::{Birth, Import, ImportOpened, ImportState, Likeness, Listed, ListedState, RowOutcome, RowStepKind, Tally},
    programmes::DistrictId,
};

/// An import with what its rows stand at now: decisions move them on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportBrief {
    /// The import.
    pub import: Import,
    /// Its rows as they stand.
    pub now: Tally,
}

/// A row on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRow {
    /// Of which import.
    pub import: ImportId,
    /// Decisions about it.
    pub version: Version,
    /// The row; what it receives is read apart.
    pub listed: Listed,
    /// What an officer said last, and why, unless it was taken back.
    pub said: Option<(RowStepKind, String)>,
}

const IMPORT: &str = "select i.import_id, i.version, i.opened, i.state, i.batches, i.tally, i.opened_at, i.opened_by,
    i.ended_at from import i";
/// The columns of a row `l`, with the last step `s` about it.
pub(super) const LISTING_COLUMNS: &str =
    "l.import_id, l.version, l.listing_id, l.line, l.row_key, l.state, l.reason, l.notes,
    l.person_id, l.among, l.given, l.father_or_husband, l.number, l.phone, l.village, l.tehsil, l.union_council,
    l.district, l.birth, l.sex, l.cells, s.said, s.reason";
/// How many they are.
pub(super) const LISTING_WIDTH: usize = 23;
/// Rows with the last step about each.
pub(super) const LISTINGS: &str =
    "listing l left join listing_step s on s.listing_id = l.listing_id and s.version = l.version";

impl Lists<'_> {
    /// The newest imports.
    pub async fn imports(&self, limit: i64) -> Result<Vec<ImportBrief>> {
        if !self.reads() {
            return Ok(Vec::new());
        }
        let sql = format!("{IMPORT} order by i.opened_at desc limit $1");
        let imports = self.store.db.rows(sql, args![limit]).await?.iter().map(import).collect::<Result<Vec<_>>>()?;
        let mut briefs = Vec::with_capacity(imports.len());
        for import in imports {
            briefs.push(ImportBrief { now: self.counts(import.id).await?, import });
        }
        Ok(briefs)
    }

    /// One import; `None` when it is not there or not yours.
    pub async fn import(&self, id: ImportId) -> Result<Option<Import>> {
        if !self.reads() {
            return Ok(None);
        }
        let row = self.store.db.row(format!("{IMPORT} where i.import_id = $1"), args![id]).await?;
        row.as_ref().map(import).transpose()
    }

    /// What the rows of an import stand at now.
    pub async fn counts(&self, id: ImportId) -> Result<Tally> {
        let mut tally = Tally::default();
        if !self.reads() {
            return Ok(tally);
        }
        let sql = "select l.state, count(*) from listing l where l.import_id = $1 group by l.state";
        for row in self.store.db.rows(sql, args![id]).await? {
            let count = u64::try_from(row.get::<i64>(1)?).map_err(corrupt)?;
            match row.code(0)? {
                ListedState::New => tally.new = count,
                ListedState::Matched => tally.matched = count,
                ListedState::Review => tally.review = count,
                ListedState::Refused => tally.refused = count,
            }
        }
        Ok(tally)
    }

    /// Rows of an import in one state, in the order of the file, after a line.
    pub async fn rows(&self, id: ImportId, state: ListedState, after: i64, limit: i64) -> Result<Vec<ListedRow>> {
        if !self.reads() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "select {LISTING_COLUMNS} from {LISTINGS} where l.import_id = $1 and l.state = $2 and l.line > $3
             order by l.line limit $4"
        );
        let rows = self.store.db.rows(sql, args![id, state.code(), after, limit]).await?;
        rows.iter().map(listing).collect()
    }

    /// A row by its key, whoever asks: callers check.
    pub(super) async fn one(&self, listing_id: ListingId) -> Result<Option<ListedRow>> {
        let sql = format!("select {LISTING_COLUMNS} from {LISTINGS} where l.listing_id = $1");
        let row = self.store.db.row(sql, args![listing_id]).await?;
        row.as_ref().map(listing).transpose()
    }

    /// A row of a list; `None` when it is not there or not yours.
    pub async fn row(&self, listing: ListingId) -> Result<Option<ListedRow>> {
        if self.reads() { self.one(listing).await } else { Ok(None) }
    }

    /// How the newest list of a source was opened: its columns are remembered.
    pub async fn remembered(&self, source: &str) -> Result<Option<ImportOpened>> {
        if !self.takes() {
            return Ok(None);
        }
        let sql = "select i.opened from import i where i.source = $1 order by i.opened_at desc limit 1";
        let row = self.store.db.row(sql, args![source]).await?;
        row.map(|row| row.json(0)).transpose()
    }

    /// The import that took this file and was not cancelled, if there is one.
    pub async fn of_file(&self, file: &str) -> Result<Option<Import>> {
        if !self.reads() {
            return Ok(None);
        }
        let sql = format!("{IMPORT} where i.file = $1 and i.state <> 'cancelled' order by i.opened_at limit 1");
        let row = self.store.db.row(sql, args![file]).await?;
        row.as_ref().map(import).transpose()
    }

    /// Who kept the lists imported so far.
    pub async fn sources(&self) -> Result<Vec<String>> {
        if !self.takes() {
            return Ok(Vec::new());
        }
        let sql = "select distinct i.source from import i order by i.source limit 200";
        self.store.db.rows(sql, Vec::<Value>::new()).await?.iter().map(|row| row.get(0)).collect()
    }
}

pub(super) fn import(row: &Row) -> Result<Import> {
    Ok(Import {
        id: row.id(0)?,
        version: row.get(1)?,
        opened: row.json(2)?,
        state: row.code::<ImportState>(3)?,
        batches: u32::try_from(row.get::<i64>(4)?).map_err(corrupt)?,
        tally: row.json(5)?,
        opened_at: row.get(6)?,
        opened_by: row.id_opt(7)?,
        ended_at: row.get(8)?,
    })
}

pub(super) const IMPORT_COLUMNS: &str = IMPORT;

pub(super) fn listing(row: &Row) -> Result<ListedRow> {
    let mut among: Vec<Likeness> = row.json(9)?;
    let person = row.id_opt(8)?;
    let outcome = match row.code::<ListedState>(5)? {
        ListedState::New => RowOutcome::New,
        ListedState::Review => RowOutcome::Review { among },
        ListedState::Refused => RowOutcome::Refused { reason: row.code(6)? },
        ListedState::Matched => {
            let person = person.ok_or_else(|| corrupt("a matched row without a person"))?;
            // A decision of an officer names somebody whom no reckoning may have named.
            let at = among.iter().position(|like| like.person == person);
            let to = at.map(|at| among.swap_remove(at));
            RowOutcome::Matched { to: to.unwrap_or(Likeness { person, score: 0, why: Vec::new() }) }
        }
    };
    let birth: Option<String> = row.get(18)?;
    let listed = Listed {
        listing: row.id(2)?,
        line: u64::try_from(row.get::<i64>(3)?).map_err(corrupt)?,
        row_key: row.get(4)?,
        outcome,
        notes: row.json(7)?,
        given: row.get(10)?,
        father_or_husband: row.get(11)?,
        number: row.get(12)?,
        phone: row.get(13)?,
        village: row.get(14)?,
        tehsil: row.get(15)?,
        union_council: row.get(16)?,
        district: row.get::<Option<String>>(17)?.map(DistrictId),
        birth: birth.map(|text| Birth::parse(&text)).transpose().map_err(corrupt)?,
        sex: row.code_opt(19)?,
        benefits: Vec::new(),
        cells: row.json(20)?,
    };
    let said = row.code_opt::<RowStepKind>(21)?.filter(|kind| *kind != RowStepKind::TakenBack);
    let reason = row.get::<Option<String>>(22)?.unwrap_or_default();
    Ok(ListedRow { import: row.id(0)?, version: row.get(1)?, listed, said: said.map(|kind| (kind, reason)) })
}
