//! Parquet tables: their columns, and the values of one row group.

use super::{
    Got, Want,
    generic::{self, Shape},
    pages,
};
use crate::{
    fault::{Fault, Faults, io},
    ids::Texts,
};
use bytes::{Buf, Bytes};
use parquet::{
    column::page::PageReader,
    errors::ParquetError,
    file::{
        metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader},
        reader::{ChunkReader, Length},
        serialized_reader::SerializedPageReader,
    },
};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::{Arc, Mutex},
};

/// An open Parquet table.
pub(crate) struct Parquet {
    pub(super) file: String,
    handle: Mutex<File>,
    pub(super) metadata: ParquetMetaData,
}

impl Parquet {
    pub(crate) fn open(path: &Path) -> Result<Self, Faults> {
        let name = path.display().to_string();
        let handle = File::open(path).map_err(io(path, "read"))?;
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&handle).map_err(|error| {
            Fault::of(&name, format!("This is no whole Parquet file: {}.", sentence(&error)))
                .suggest("Ask for the file again, or check that the copy is complete.")
        })?;
        Ok(Self { file: name, handle: Mutex::new(handle), metadata })
    }

    /// Names of the columns that hold one value per row, and what they hold.
    pub(crate) fn columns(&self) -> Vec<(String, &'static str)> {
        let schema = self.metadata.file_metadata().schema_descr();
        schema.columns().iter().map(|c| (c.path().string(), Shape::of(c).in_words())).collect()
    }

    /// Rows of a row group.
    pub(crate) fn rows(&self, group: usize) -> usize {
        usize::try_from(self.metadata.row_group(group).num_rows()).unwrap_or(0)
    }

    /// How many row groups.
    pub(crate) fn groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    /// The values of one column of one row group; `before` counts the rows of the groups before.
    pub(super) fn read(&self, group: usize, want: &Want, before: u64) -> Result<Got, Faults> {
        let (rows, chunk) = (self.rows(group), self.chunk(group, want.column())?);
        let held = self.held(chunk, want.column())?;
        let pages = || self.pages(&held, chunk, rows, want.column());
        let place = pages::Where { file: &self.file, before, rows };
        if let Some(read) = pages::read(pages()?, chunk.column_descr(), want, place)? {
            return Ok(read);
        }
        generic::read(pages()?, chunk.column_descr_ptr(), want, place)
    }

    /// The values of one column of one row group as texts; `before` counts the rows of the groups before.
    pub(crate) fn texts(&self, group: usize, column: &str, before: u64) -> Result<Texts, Faults> {
        let (rows, chunk) = (self.rows(group), self.chunk(group, column)?);
        let held = self.held(chunk, column)?;
        let place = pages::Where { file: &self.file, before, rows };
        generic::texts(self.pages(&held, chunk, rows, column)?, chunk.column_descr_ptr(), (&self.file, column), place)
    }

    fn chunk(&self, group: usize, column: &str) -> Result<&ColumnChunkMetaData, Faults> {
        let chunk = self.metadata.row_group(group).column(self.leaf(column)?);
        if chunk.column_descr().max_rep_level() > 0 {
            let fault = Fault::of(&self.file, "Each row holds a list; one value per row is needed.");
            return Err(fault.column(column).into());
        }
        Ok(chunk)
    }

    fn held(&self, chunk: &ColumnChunkMetaData, column: &str) -> Result<Arc<Held>, Faults> {
        let bytes = self.bytes(chunk.byte_range());
        bytes.map(Arc::new).map_err(|error| broken(&self.file, column, &sentence(&error)))
    }

    fn pages(
        &self,
        held: &Arc<Held>,
        chunk: &ColumnChunkMetaData,
        rows: usize,
        column: &str,
    ) -> Result<Box<dyn PageReader>, Faults> {
        let reader = SerializedPageReader::new(Arc::clone(held), chunk, rows, None);
        Ok(Box::new(reader.map_err(|error| broken(&self.file, column, &sentence(&error)))?))
    }

    fn leaf(&self, column: &str) -> Result<usize, Faults> {
        let schema = self.metadata.file_metadata().schema_descr();
        let found = schema.columns().iter().position(|c| c.path().string() == column);
        found.ok_or_else(|| Fault::of(&self.file, format!("There is no column `{column}`.")).into())
    }

    fn bytes(&self, (start, length): (u64, u64)) -> Result<Held, ParquetError> {
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        let mut file = self.handle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(Held { start, bytes: bytes.into() })
    }
}

/// A column whose bytes do not make sense.
pub(super) fn broken(file: &str, column: &str, why: &str) -> Faults {
    let fault = Fault::of(file, format!("The column cannot be read: {why}.")).column(column);
    fault.suggest("The file is damaged or cut short; ask for it again.").into()
}

/// A library's message without the name of its error and without a full stop.
pub(super) fn sentence(error: &ParquetError) -> String {
    let text = error.to_string();
    let text = text.split_once(": ").map_or(text.as_str(), |(_, rest)| rest);
    text.trim().trim_end_matches('.').to_owned()
}

/// The bytes of one column chunk, at its place in the file.
struct Held {
    start: u64,
    bytes: Bytes,
}

impl Held {
    fn from(&self, start: u64) -> Result<usize, ParquetError> {
        let at = start.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        at.filter(|at| *at <= self.bytes.len()).ok_or_else(|| ParquetError::EOF("it ends too early".into()))
    }
}

impl Length for Held {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Held {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(self.bytes.slice(self.from(start)?..).reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let at = self.from(start)?;
        if at + length > self.bytes.len() {
            return Err(ParquetError::EOF("it ends too early".into()));
        }
        Ok(self.bytes.slice(at..at + length))
    }
}
