//! Writing a snapshot: under a temporary name, seen onto the disk, then given its own name, so that what looks like a
//! snapshot is one.

use super::arrow::{arrow_field, household_batch, person_batch};
use super::{
    HOUSEHOLDS, INDEX, MOST_HOUSEHOLDS, PERSONS,
    index::{Block, Index, Source},
};
use crate::{
    bind::Asked,
    chunk::{Chunk, Layout},
    fault::{Fault, Faults, io},
    files::{Files, Order, hash_of},
    ids::Ids,
    leftovers,
};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema};
use rules::Date;
use std::{
    fs::{self, File},
    io::{BufWriter, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// How many households.
    pub households: u64,
    /// How many persons.
    pub persons: u64,
    /// Columns of the tables that no fact comes from.
    pub left_out: Vec<String>,
    /// Facts that are there, by full id.
    pub facts: Vec<String>,
}

/// Makes a snapshot of two tables in a new folder.
///
/// # Errors
/// Whatever does not fit in the tables, with file, row and column; a folder that is there already; a full disk. After
/// an error nothing bears the snapshot's name.
pub fn write(
    households: &Path,
    persons: &Path,
    asked: &Asked,
    threads: usize,
    out: &Path,
    progress: &dyn Fn(u64, Option<u64>),
) -> Result<Made, Faults> {
    let folder = Folder::new(out)?;
    let files = Files::open(households, persons, asked, threads, folder.parent())?;
    let (pack, mapping) = (asked.pack.hash(), asked.mapping.hash.as_str());
    let begin = || Writer::in_folder(&folder.partial, files.layout().clone(), files.day(), pack, mapping);
    let writer = std::cell::RefCell::new(begin()?);
    files.chunks(
        Order::ByDistrict,
        &mut |chunk| {
            writer.borrow_mut().add(&chunk)?;
            progress(writer.borrow().index.households, files.rows());
            Ok(())
        },
        &mut || {
            *writer.borrow_mut() = begin()?;
            Ok(())
        },
    )?;
    let mut writer = writer.into_inner();
    for path in [households, persons] {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        writer.index.sources.push(Source { file, sha256: hash_of(path)? });
    }
    let index = writer.finish()?;
    folder.keep()?;
    Ok(Made { left_out: files.left_out().to_vec(), ..Made::of(&index) })
}

impl Made {
    fn of(index: &Index) -> Self {
        let fields = index.layout.household.iter().chain(&index.layout.person);
        let mut facts: Vec<String> = fields.map(|field| field.fact.clone()).collect();
        facts.dedup();
        Self { households: index.households, persons: index.persons, left_out: vec![], facts }
    }
}

/// A snapshot being made of households that come by district and id, such as a registry's own.
pub struct Making {
    folder: Folder,
    writer: Writer,
}

impl Making {
    /// Begins a snapshot for one day alone: every value was taken or left by its own age on it. `pack` is the hash of the
    /// policy whose dictionary the columns follow.
    ///
    /// # Errors
    /// A folder that is there already, or cannot be made.
    pub fn for_day(out: &Path, layout: Layout, day: Date, pack: &str) -> Result<Self, Faults> {
        let folder = Folder::new(out)?;
        let mut writer = Writer::in_folder(&folder.partial, layout, day, pack, "")?;
        writer.index.aged = true;
        Ok(Self { folder, writer })
    }

    /// Adds households, which must go on by district and id.
    ///
    /// # Errors
    /// When the disk is full or does not take them.
    pub fn add(&mut self, chunk: &Chunk) -> Result<(), Faults> {
        self.writer.add(chunk)
    }

    /// Sees everything onto the disk and gives the folder its name.
    ///
    /// # Errors
    /// When there are no households, or the disk does not take them. Then nothing bears the name.
    pub fn finish(self) -> Result<Made, Faults> {
        let index = self.writer.finish()?;
        self.folder.keep()?;
        Ok(Made::of(&index))
    }
}

/// A folder under a temporary name; removed again unless it is kept.
struct Folder {
    partial: PathBuf,
    out: PathBuf,
    kept: std::cell::Cell<bool>,
    /// Tells other runs that this one goes on.
    _held: Option<File>,
}

impl Folder {
    fn new(out: &Path) -> Result<Self, Faults> {
        if out.exists() {
            let fault = Fault::of(&out.display().to_string(), "There is something of this name already.");
            return Err(fault.suggest("Name another folder, or remove it first.").into());
        }
        let partial = leftovers::name(out);
        let held = leftovers::create_folder(&partial).map_err(io(&partial, "made"))?;
        Ok(Self { partial, out: out.to_owned(), kept: std::cell::Cell::new(false), _held: held })
    }

    fn parent(&self) -> &Path {
        match self.out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }

    fn keep(&self) -> Result<(), Faults> {
        fs::rename(&self.partial, &self.out).map_err(io(&self.out, "named"))?;
        self.kept.set(true);
        let seen = File::open(self.parent()).and_then(|parent| parent.sync_all());
        Ok(seen.map_err(io(&self.out, "seen onto the disk"))?)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.kept.get() {
            drop(fs::remove_dir_all(&self.partial));
        }
    }
}

/// Writes blocks one after the other.
pub struct Writer {
    folder: PathBuf,
    index: Index,
    files: Option<[Table; 2]>,
    /// Households of a district that do not fill a block yet.
    waiting: Option<Chunk>,
}

/// One of the two files.
struct Table {
    path: PathBuf,
    writer: FileWriter<BufWriter<File>>,
    schema: Arc<Schema>,
}

impl Writer {
    /// A writer of blocks in a folder that exists; the caller names the folder when all is written.
    ///
    /// # Errors
    /// None yet; files are made when the first households come.
    pub fn in_folder(folder: &Path, layout: Layout, day: Date, pack: &str, mapping: &str) -> Result<Self, Faults> {
        let index = Index::new(layout, day, pack, mapping);
        Ok(Self { folder: folder.to_owned(), index, files: None, waiting: None })
    }

    /// Names a source of the data.
    pub fn source(&mut self, source: Source) {
        self.index.sources.push(source);
    }

    /// Adds households, which must go on by district and id.
    ///
    /// # Errors
    /// When the disk is full or does not take them.
    pub fn add(&mut self, chunk: &Chunk) -> Result<(), Faults> {
        let mut start = 0;
        for run in chunk.districts.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            while start < end {
                let held = self.waiting.as_ref().map_or(0, Chunk::households);
                let other = self.waiting.as_ref().is_some_and(|w| w.districts.first() != run.first());
                if other || held == MOST_HOUSEHOLDS {
                    self.flush()?;
                    continue;
                }
                let part = start..end.min(start + MOST_HOUSEHOLDS - held);
                start = part.end;
                self.waiting.get_or_insert_with(|| chunk.empty_like()).extend_from(chunk, part);
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Faults> {
        let Some(chunk) = self.waiting.take().filter(|chunk| chunk.households() > 0) else { return Ok(()) };
        if self.files.is_none() {
            self.begin(&chunk)?;
        }
        let Some([households, persons]) = &mut self.files else { return Ok(()) };
        let (household, household_sums) = household_batch(&chunk, &households.schema);
        let (person, person_sums) = person_batch(&chunk, &persons.schema);
        household
            .and_then(|batch| households.writer.write(&batch))
            .map_err(|error| failed(&households.path, &error))?;
        person.and_then(|batch| persons.writer.write(&batch)).map_err(|error| failed(&persons.path, &error))?;
        let unplaced = |sums: Vec<u32>| sums.into_iter().map(|sum| (0, 0, sum)).collect();
        self.index.blocks.push(Block {
            district: chunk.districts[0],
            households: chunk.households() as u32,
            persons: chunk.persons() as u32,
            household: unplaced(household_sums),
            person: unplaced(person_sums),
        });
        self.index.households += chunk.households() as u64;
        self.index.persons += chunk.persons() as u64;
        Ok(())
    }

    fn begin(&mut self, chunk: &Chunk) -> Result<(), Faults> {
        self.index.text_ids = matches!(chunk.ids, Ids::Text(_));
        self.index.person_ids = chunk.person_ids.as_ref().map(|ids| matches!(ids, Ids::Text(_)));
        let ids = |name: &str, text: bool| {
            ArrowField::new(name, if text { DataType::LargeUtf8 } else { DataType::Int64 }, false)
        };
        let mut household = vec![
            ids("household_id", self.index.text_ids),
            ArrowField::new("district", DataType::UInt16, true),
            ArrowField::new("members_end", DataType::UInt32, false),
        ];
        household.extend(self.index.layout.household.iter().map(arrow_field));
        let mut person: Vec<ArrowField> = self.index.person_ids.iter().map(|text| ids("person_id", *text)).collect();
        person.extend(self.index.layout.person.iter().map(arrow_field));
        let table = |name: &str, fields: Vec<ArrowField>| -> Result<Table, Faults> {
            let path = self.folder.join(name);
            let file = File::create(&path).map_err(io(&path, "written"))?;
            let schema = Arc::new(Schema::new(fields));
            let buffered = BufWriter::with_capacity(1 << 20, file);
            let writer = FileWriter::try_new(buffered, &schema).map_err(|error| failed(&path, &error))?;
            Ok(Table { path, writer, schema })
        };
        self.files = Some([table(HOUSEHOLDS, household)?, table(PERSONS, person)?]);
        Ok(())
    }

    /// Writes what waits, sees the files onto the disk and describes them.
    ///
    /// # Errors
    /// When there are no households, or the disk does not take them.
    pub fn finish(mut self) -> Result<Index, Faults> {
        self.flush()?;
        let Some(files) = self.files.take() else {
            return Err(Fault::of(&self.folder.display().to_string(), "There are no households.").into());
        };
        for (at, table) in files.into_iter().enumerate() {
            self.index.bytes[at] = table.finish(&mut self.index.blocks, at == 1)?;
        }
        self.index.save(&self.folder.join(INDEX))?;
        let seen = File::open(&self.folder).and_then(|folder| folder.sync_all());
        seen.map_err(io(&self.folder, "seen onto the disk"))?;
        Ok(self.index)
    }
}

impl Table {
    /// Ends the file and notes where each buffer lies; gives its length.
    fn finish(mut self, blocks: &mut [Block], persons: bool) -> Result<u64, Faults> {
        let wrong = |error: &ArrowError| failed(&self.path, error);
        self.writer.finish().map_err(|error| wrong(&error))?;
        let buffered = self.writer.into_inner().map_err(|error| wrong(&error))?;
        let file = buffered.into_inner().map_err(|error| io(&self.path, "written")(error.into_error()))?;
        file.sync_all().map_err(io(&self.path, "seen onto the disk"))?;
        drop(file);
        let mut file = File::open(&self.path).map_err(io(&self.path, "read"))?;
        let length = file.metadata().map_err(io(&self.path, "read"))?.len();
        let places = buffers(&mut file, length, &self.schema).map_err(io(&self.path, "read"))?;
        for (block, places) in blocks.iter_mut().zip(places) {
            let known = if persons { &mut block.person } else { &mut block.household };
            for (entry, (start, bytes)) in known.iter_mut().zip(places) {
                (entry.0, entry.1) = (start, bytes);
            }
        }
        Ok(length)
    }
}

/// Where the buffers of values of each record batch lie, by the file's own footer; buffers of validity are left out.
fn buffers(file: &mut File, length: u64, schema: &Schema) -> std::io::Result<Vec<Vec<(u64, u64)>>> {
    let bad = |what: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
    let mut at = |start: u64, bytes: usize| -> std::io::Result<Vec<u8>> {
        let mut held = vec![0; bytes];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut held)?;
        Ok(held)
    };
    let tail = at(length - 10, 4)?;
    let footer_length = u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]) as usize;
    let bytes = at(length - 10 - footer_length as u64, footer_length)?;
    let footer = arrow_ipc::root_as_footer(&bytes).map_err(|_| bad("its footer is not readable"))?;
    let mut all = vec![];
    for block in footer.recordBatches().into_iter().flatten() {
        let (start, metadata) = (block.offset().unsigned_abs(), block.metaDataLength().unsigned_abs());
        let bytes = at(start, metadata as usize)?;
        let message = arrow_ipc::root_as_message(&bytes[8..]).map_err(|_| bad("a record batch is not readable"))?;
        let batch = message.header_as_record_batch().ok_or_else(|| bad("a record batch is missing"))?;
        let mut lie = batch.buffers().into_iter().flatten();
        let body = start + u64::from(metadata);
        let mut places = vec![];
        for field in schema.fields() {
            lie.next();
            let count = if *field.data_type() == DataType::LargeUtf8 { 2 } else { 1 };
            for buffer in lie.by_ref().take(count) {
                places.push((body + buffer.offset().unsigned_abs(), buffer.length().unsigned_abs()));
            }
        }
        all.push(places);
    }
    Ok(all)
}

fn failed(path: &Path, error: &ArrowError) -> Fault {
    match error {
        ArrowError::IoError(_, error) => io(path, "written")(std::io::Error::new(error.kind(), error.to_string())),
        other => Fault::of(&path.display().to_string(), format!("It cannot be written: {other}.")),
    }
}
