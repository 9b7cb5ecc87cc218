//! Files as offices hand them over: CSV in UTF-8, or XLSX. Rows come one after the other; the file never stands in memory.

use super::{
    fault::{FileFault, FileNote},
    guard,
    guess::recognised,
};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use std::{
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

/// Rows of one file; more are split by whoever keeps the list.
pub const MOST_ROWS: u64 = 2_000_000;
/// Columns of one file.
pub(super) const MOST_COLUMNS: usize = 200;
/// How many rows are looked at for the head: titles and logos stand above it.
const HEAD_WITHIN: usize = 30;

/// A row as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Its place in the file, from 1.
    pub line: u64,
    /// Its cells; those behind the last that was written are left out.
    pub cells: Vec<String>,
}

/// What a file held in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    /// Rows with anything in them, without head and titles.
    pub rows: u64,
    /// Rows with nothing in them.
    pub blank: u64,
}

/// A list that was opened: its head is known.
#[derive(Debug, Clone)]
pub struct ListFile {
    path: PathBuf,
    kind: Kind,
    head_line: u64,
    /// The names of its columns, each once.
    pub head: Vec<String>,
    /// What is odd about it.
    pub notes: Vec<FileNote>,
}

#[derive(Debug, Clone)]
enum Kind {
    Csv(u8),
    Xlsx(String),
}

impl ListFile {
    /// Opens a file, whatever it is called: its first bytes say what it is.
    ///
    /// # Errors
    /// [`FileFault`] with the next step, when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, FileFault> {
        let mut first = Vec::new();
        File::open(path).and_then(|file| file.take(64 * 1024).read_to_end(&mut first)).map_err(unreadable)?;
        let mut notes = Vec::new();
        let kind = match first.as_slice() {
            [] => return Err(FileFault::Empty),
            [b'P', b'K', 3 | 5, ..] => workbook(path, &mut notes)?,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(FileFault::OldWorkbook),
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Err(FileFault::Utf16),
            bytes if bytes.starts_with(b"%PDF") || bytes.starts_with(&[0xFF, 0xD8]) => {
                return Err(FileFault::NotATable);
            }
            bytes if bytes.contains(&0) => {
                let nothings = bytes.iter().filter(|byte| **byte == 0).count();
                return Err(if nothings * 4 > bytes.len() { FileFault::Utf16 } else { FileFault::NotATable });
            }
            bytes => Kind::Csv(separator(bytes)),
        };
        let mut file = ListFile { path: path.to_owned(), kind, head_line: 0, head: Vec::new(), notes };
        file.find_head()?;
        Ok(file)
    }

    /// Calls `each` with every row under the head that holds anything, until it answers false.
    pub fn each(&self, mut each: impl FnMut(RawRow) -> bool) -> Result<Ended, FileFault> {
        let mut ended = Ended::default();
        self.scan(|line, cells| {
            if line <= self.head_line {
                return Ok(true);
            }
            if cells.iter().all(String::is_empty) {
                ended.blank += 1;
                return Ok(true);
            }
            ended.rows += 1;
            if ended.rows > MOST_ROWS {
                return Err(FileFault::TooLarge);
            }
            Ok(each(RawRow { line, cells }))
        })?;
        Ok(ended)
    }

    /// The first rows, for a page that shows what was understood.
    pub fn first(&self, count: usize) -> Result<Vec<RawRow>, FileFault> {
        let mut rows = Vec::new();
        self.each(|row| {
            rows.push(row);
            rows.len() < count
        })?;
        Ok(rows)
    }

    /// The head is the row with the most known column names; without any, the first row with two cells.
    fn find_head(&mut self) -> Result<(), FileFault> {
        let (mut looked, mut best): (usize, Option<(usize, u64, Vec<String>)>) = (0, None);
        let mut behind = false;
        self.scan(|line, cells| {
            let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
            if filled == 0 {
                return Ok(true);
            }
            let known = cells.iter().filter(|cell| recognised(cell)).count();
            let better = best.as_ref().is_none_or(|(most, _, head)| known > *most || (head.len() < 2 && filled > 1));
            if better {
                best = Some((known, line, cells));
                behind = false;
            } else {
                behind = true;
            }
            looked += 1;
            Ok(looked < HEAD_WITHIN)
        })?;
        let Some((_, line, head)) = best.filter(|_| behind) else { return Err(FileFault::Empty) };
        if line > 1 {
            self.notes.push(FileNote::Above(line - 1));
        }
        self.head_line = line;
        for (at, name) in head.into_iter().enumerate() {
            let name = if name.is_empty() { column_name(at) } else { name };
            let mut own = name.clone();
            let mut nth = 1;
            while self.head.contains(&own) {
                nth += 1;
                own = format!("{name} ({nth})");
            }
            if nth > 1 {
                self.notes.push(FileNote::Twice(name));
            }
            self.head.push(own);
        }
        Ok(())
    }

    fn scan(&self, row: impl FnMut(u64, Vec<String>) -> Result<bool, FileFault>) -> Result<(), FileFault> {
        match &self.kind {
            Kind::Csv(separator) => scan_csv(&self.path, *separator, row),
            Kind::Xlsx(sheet) => scan_sheet(&self.path, sheet, row),
        }
    }
}

fn unreadable(error: impl std::fmt::Display) -> FileFault {
    FileFault::Unreadable(error.to_string())
}

/// `A`, `B`, .. `AA`: what a spreadsheet calls a column without a name.
fn column_name(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    let first = if at >= 26 { letter(at / 26 - 1).to_string() } else { String::new() };
    format!("{first}{}", letter(at))
}

fn separator(first: &[u8]) -> u8 {
    let lines: Vec<&[u8]> = first.split(|byte| *byte == b'\n').take(10).collect();
    let count =
        |separator: &u8| lines.iter().map(|line| line.iter().filter(|b| *b == separator).count()).sum::<usize>();
    // The earlier of two that are equally many.
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// A record longer than this is a quote that nothing closed.
const LONGEST: usize = 256 * 1024;

fn scan_csv(
    path: &Path,
    separator: u8,
    mut row: impl FnMut(u64, Vec<String>) -> Result<bool, FileFault>,
) -> Result<(), FileFault> {
    let file = File::open(path).map_err(unreadable)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(file);
    let mut record = csv::ByteRecord::new();
    let mut begun = false;
    while reader.read_byte_record(&mut record).map_err(unreadable)? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.as_slice().len() > LONGEST {
            return Err(FileFault::Quote(line));
        }
        if record.len() > MOST_COLUMNS {
            return Err(FileFault::TooLarge);
        }
        let mut cells = Vec::with_capacity(record.len());
        for bytes in &record {
            let bytes = if begun { bytes } else { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) };
            begun = true;
            let text = std::str::from_utf8(bytes).map_err(|_| FileFault::Encoding { line, arabic: arabic(bytes) })?;
            cells.push(linkage::text::clean_input(text));
        }
        if !row(line, trimmed(cells))? {
            break;
        }
    }
    Ok(())
}

/// Whether bytes look like Windows-1256: mostly its letters.
fn arabic(bytes: &[u8]) -> bool {
    let high: Vec<&u8> = bytes.iter().filter(|byte| **byte >= 0x80).collect();
    let letters = high.iter().filter(|byte| matches!(***byte, 0x81 | 0x8D..=0x90 | 0x98 | 0x9A | 0x9F | 0xC0..=0xFF));
    letters.count() * 10 >= high.len() * 8
}

fn trimmed(mut cells: Vec<String>) -> Vec<String> {
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    cells.truncate(filled);
    cells
}

/// Measures a workbook, opens it, and chooses the sheet: the first that is shown.
fn workbook(path: &Path, notes: &mut Vec<FileNote>) -> Result<Kind, FileFault> {
    let odd = guard::measure(path)?;
    let book = open(path)?;
    let sheets = book.sheets_metadata();
    let shown: Vec<_> = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible).collect();
    let sheet = shown.first().map(|sheet| sheet.name.clone()).ok_or(FileFault::Empty)?;
    if shown.len() > 1 {
        notes.push(FileNote::Sheet(sheet.clone()));
    }
    if odd.merged > 0 {
        notes.push(FileNote::Merged(odd.merged));
    }
    if odd.formulas > 0 {
        notes.push(FileNote::Formulas(odd.formulas));
    }
    Ok(Kind::Xlsx(sheet))
}

fn open(path: &Path) -> Result<Xlsx<BufReader<File>>, FileFault> {
    let file = File::open(path).map_err(unreadable)?;
    Xlsx::new(BufReader::new(file)).map_err(|error| match error {
        calamine::XlsxError::Password => FileFault::OldWorkbook,
        calamine::XlsxError::FileNotFound(_) | calamine::XlsxError::Zip(_) => FileFault::NotATable,
        other => unreadable(other),
    })
}

fn scan_sheet(
    path: &Path,
    sheet: &str,
    mut row: impl FnMut(u64, Vec<String>) -> Result<bool, FileFault>,
) -> Result<(), FileFault> {
    let mut book = open(path)?;
    let mut reader = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let (mut line, mut cells): (u32, Vec<String>) = (0, Vec::new());
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (at, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = column as usize;
        if column >= MOST_COLUMNS {
            return Err(FileFault::TooLarge);
        }
        if at != line && !cells.is_empty() && !row(u64::from(line) + 1, std::mem::take(&mut cells))? {
            return Ok(());
        }
        line = at;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    if !cells.is_empty() {
        row(u64::from(line) + 1, cells)?;
    }
    Ok(())
}

/// A cell as its sheet shows it: whole numbers without a point, dates as `2026-11-22`.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => linkage::text::clean_input(text),
        DataRef::SharedString(text) => linkage::text::clean_input(text),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(day) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{date:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => format!("{error}"),
    }
}
