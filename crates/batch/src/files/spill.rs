//! Rows laid aside in buckets by household id: in memory while they fit, then in one file per bucket.

use crate::{
    column::{Column, Physical},
    fault::{Fault, Faults, io},
    ids::{IdRef, Ids, Texts},
};
use std::{
    fs::File,
    hash::{BuildHasher, Hasher},
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// Rows with their keys and columns.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub(super) keys: Ids,
    pub(super) own: Option<Ids>,
    pub(super) columns: Vec<Column>,
}

impl Set {
    pub(super) fn empty_like(&self) -> Self {
        Self {
            keys: self.keys.empty_like(),
            own: self.own.as_ref().map(Ids::empty_like),
            columns: self.columns.iter().map(|c| Column::empty(c.physical())).collect(),
        }
    }

    fn take(&self, order: &[u32]) -> Self {
        Self {
            keys: self.keys.take(order),
            own: self.own.as_ref().map(|own| own.take(order)),
            columns: self.columns.iter().map(|c| c.take(order)).collect(),
        }
    }

    fn extend(&mut self, more: &Set) {
        let all = 0..more.keys.len();
        self.keys.extend_from(&more.keys, all.clone());
        for (to, from) in self.columns.iter_mut().zip(&more.columns) {
            to.extend_from(from, all.clone());
        }
        if let (Some(to), Some(from)) = (&mut self.own, &more.own) {
            to.extend_from(from, all);
        }
    }

    fn size(&self) -> usize {
        let ids = |ids: &Ids| match ids {
            Ids::Number(v) => v.len() * 8,
            Ids::Text(t) => t.bytes.len() + t.ends.len() * 8,
        };
        let columns: usize = self.columns.iter().map(|c| c.bytes().len()).sum();
        columns + ids(&self.keys) + self.own.as_ref().map_or(0, ids)
    }

    /// Writes the rows so that [`Set::read`] gives them back.
    pub(super) fn write(&self, to: &mut impl Write) -> std::io::Result<()> {
        to.write_all(&(self.keys.len() as u64).to_ne_bytes())?;
        for ids in [Some(&self.keys), self.own.as_ref()].into_iter().flatten() {
            match ids {
                Ids::Number(numbers) => to.write_all(bytemuck::cast_slice(numbers))?,
                Ids::Text(texts) => {
                    to.write_all(&(texts.bytes.len() as u64).to_ne_bytes())?;
                    to.write_all(bytemuck::cast_slice(&texts.ends))?;
                    to.write_all(&texts.bytes)?;
                }
            }
        }
        self.columns.iter().try_for_each(|column| to.write_all(column.bytes()))
    }

    /// Reads rows of the same columns; `None` at the end.
    pub(super) fn read(&self, from: &mut impl Read) -> std::io::Result<Option<Set>> {
        let mut eight = [0u8; 8];
        match from.read_exact(&mut eight) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let count = u64::from_ne_bytes(eight) as usize;
        let mut ids = |kind: &Ids| -> std::io::Result<Ids> {
            match kind {
                Ids::Number(_) => {
                    let mut numbers = vec![0i64; count];
                    from.read_exact(bytemuck::cast_slice_mut(&mut numbers))?;
                    Ok(Ids::Number(numbers))
                }
                Ids::Text(_) => {
                    from.read_exact(&mut eight)?;
                    let mut texts = Texts { ends: vec![0; count], bytes: vec![0; u64::from_ne_bytes(eight) as usize] };
                    from.read_exact(bytemuck::cast_slice_mut(&mut texts.ends))?;
                    from.read_exact(&mut texts.bytes)?;
                    Ok(Ids::Text(texts))
                }
            }
        };
        let mut set = self.empty_like();
        set.keys = ids(&self.keys)?;
        set.own = self.own.as_ref().map(ids).transpose()?;
        for column in &mut set.columns {
            from.read_exact(column.bytes_mut(count))?;
        }
        Ok(Some(set))
    }
}

/// Buckets of rows.
pub(super) struct Buckets<'a> {
    folder: &'a Path,
    buckets: Vec<Option<Set>>,
    files: Vec<Option<BufWriter<File>>>,
    held: usize,
    /// Bytes of rows kept in memory before they go to files.
    most: usize,
    hasher: std::hash::BuildHasherDefault<std::hash::DefaultHasher>,
}

impl<'a> Buckets<'a> {
    pub(super) fn new(folder: &'a Path, count: usize, most: usize) -> Self {
        let buckets = (0..count).map(|_| None).collect();
        Self { folder, buckets, files: (0..count).map(|_| None).collect(), held: 0, most, hasher: Default::default() }
    }

    fn bucket_of(&self, id: IdRef) -> usize {
        let mut hasher = self.hasher.build_hasher();
        // A number and the same number as text go together.
        match id {
            IdRef::Number(number) => hasher.write(number.to_string().as_bytes()),
            IdRef::Text(text) => hasher.write(text),
        }
        (hasher.finish() % self.buckets.len() as u64) as usize
    }

    /// Lays rows into their buckets.
    pub(super) fn add(&mut self, rows: Set) -> Result<(), Faults> {
        if self.buckets.len() == 1 {
            self.put(0, rows);
        } else {
            let mut orders: Vec<Vec<u32>> = vec![vec![]; self.buckets.len()];
            for row in 0..rows.keys.len() {
                orders[self.bucket_of(rows.keys.get(row))].push(row as u32);
            }
            for (bucket, order) in orders.iter().enumerate().filter(|(_, order)| !order.is_empty()) {
                self.put(bucket, rows.take(order));
            }
        }
        if self.held > self.most && self.buckets.len() > 1 { self.flush() } else { Ok(()) }
    }

    fn put(&mut self, bucket: usize, rows: Set) {
        self.held += rows.size();
        match &mut self.buckets[bucket] {
            Some(held) => held.extend(&rows),
            none => *none = Some(rows),
        }
    }

    fn flush(&mut self) -> Result<(), Faults> {
        for (bucket, file) in self.buckets.iter_mut().zip(&mut self.files) {
            let Some(rows) = bucket else { continue };
            let file = match file {
                Some(file) => file,
                none => {
                    none.insert(BufWriter::new(tempfile::tempfile_in(self.folder).map_err(io(self.folder, "written"))?))
                }
            };
            rows.write(file).map_err(io(self.folder, "written"))?;
            *rows = rows.empty_like();
        }
        self.held = 0;
        Ok(())
    }

    /// All rows of a bucket, which is then empty.
    pub(super) fn take(&mut self, bucket: usize) -> Result<Option<Set>, Faults> {
        let Some(held) = self.buckets[bucket].take() else { return Ok(None) };
        let Some(writer) = self.files[bucket].take() else { return Ok(Some(held)) };
        let failed = |error: std::io::Error| io(self.folder, "read")(error);
        let mut file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let mut all = held.empty_like();
        while let Some(rows) = held.read(&mut reader).map_err(failed)? {
            all.extend(&rows);
        }
        all.extend(&held);
        Ok(Some(all))
    }
}

/// Runs of rows in a file, read back one by one.
pub(super) struct Run {
    kinds: Vec<Set>,
    reader: BufReader<File>,
}

/// Writes sets one after the other into a file of their own.
pub(super) fn run(folder: &Path, sets: impl Iterator<Item = Vec<Set>>) -> Result<Option<Run>, Faults> {
    let file = tempfile::tempfile_in(folder).map_err(io(folder, "written"))?;
    let mut writer = BufWriter::with_capacity(1 << 18, file);
    let mut kinds = None;
    for set in sets {
        set.iter().try_for_each(|set| set.write(&mut writer)).map_err(io(folder, "written"))?;
        kinds.get_or_insert_with(|| set.iter().map(Set::empty_like).collect());
    }
    let Some(kinds) = kinds else { return Ok(None) };
    let mut file = writer.into_inner().map_err(|error| io(folder, "written")(error.into_error()))?;
    file.seek(SeekFrom::Start(0)).map_err(io(folder, "read"))?;
    Ok(Some(Run { kinds, reader: BufReader::with_capacity(1 << 18, file) }))
}

impl Run {
    /// The next sets, as many as were written together; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Set>>, Faults> {
        let mut sets = vec![];
        for kind in &self.kinds {
            match kind.read(&mut self.reader) {
                Ok(Some(set)) => sets.push(set),
                Ok(None) if sets.is_empty() => return Ok(None),
                Ok(None) => return Err(Fault::of("temporary file", "It ends too early.").into()),
                Err(error) => return Err(io(Path::new("temporary file"), "read")(error).into()),
            }
        }
        Ok(Some(sets))
    }
}

/// A column of numbers as they are.
pub(super) fn numbers(values: impl Iterator<Item = i64>, physical: Physical) -> Column {
    let mut column = Column::empty(physical);
    values.for_each(|value| column.push(value));
    column
}
