//! The result file: a row per household with its district, its scores and its verdicts.
//!
//! Columns: `household_id`; `district`, null when not known; for each score `<score>_low` and `<score>_high`, the least
//! and the most it can be; for each programme a text `no`, `yes` or `unknown`.

use super::{
    encode::{
        ColumnChunk, Places, VERDICTS, dictionary_column, failed, library_column, number_dictionary_column, pack,
        verdict_places,
    },
    reasons::{Reason, ReasonsFile},
};
use crate::{
    chunk::{Layout, NO_DISTRICT},
    fault::{Fault, Faults, io},
    ids::Ids,
    leftovers,
    run::Ran,
};
use parquet::{
    basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel},
    data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{WriterProperties, WriterPropertiesPtr},
        writer::SerializedFileWriter,
    },
    schema::types::{ColumnDescPtr, ColumnPath, SchemaDescriptor, Type, TypePtr},
};
use rules::{Pack, column::Program};
use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The widest range of a score whose values are put in a dictionary.
const NARROW: i64 = 4096;

/// What the result's columns are.
pub(super) struct Meaning {
    schema: TypePtr,
    columns: Vec<ColumnDescPtr>,
    properties: WriterPropertiesPtr,
    /// Ids of the programmes, in the program's order.
    pub(super) programmes: Vec<String>,
    districts: Vec<String>,
    /// What a run must have in common with another to take up its parts.
    pub(super) name: String,
}

/// A row group, encoded.
pub(super) struct Encoded {
    columns: Vec<ColumnChunk>,
}

impl Meaning {
    pub(super) fn new(program: &Program, pack: &Pack, layout: &Layout, text_ids: bool) -> Self {
        let named = |id: &str| pack.scores().iter().find(|score| score.id == *id);
        let scores: Vec<(String, u8)> =
            program.score_ids().map(|id| (id.to_string(), named(id).map_or(0, |score| score.digits))).collect();
        let programmes: Vec<String> = program.programmes().map(ToString::to_string).collect();
        let schema = Arc::new(schema(text_ids, &scores, &programmes));
        let descriptor = SchemaDescriptor::new(Arc::clone(&schema));
        let note = |key: &str, value: String| KeyValue::new(format!("onewindow.{key}"), value);
        let notes = vec![
            note("policy", pack.hash().to_owned()),
            note("reference_date", program.at().to_string()),
            note("meaning", "yes: somebody meets the criteria; unknown: the data cannot tell".into()),
        ];
        let id = ColumnPath::from("household_id");
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_column_dictionary_enabled(id.clone(), false)
            .set_column_encoding(id, if text_ids { Encoding::DELTA_BYTE_ARRAY } else { Encoding::DELTA_BINARY_PACKED })
            .set_key_value_metadata(Some(notes))
            .set_created_by("onewindow".into());
        let name = format!("{} {} {:?} {:?}", pack.hash(), program.at(), scores, programmes);
        Self {
            schema,
            columns: descriptor.columns().to_vec(),
            properties: Arc::new(properties.build()),
            programmes,
            districts: layout.districts.clone(),
            name,
        }
    }

    /// Encodes decided households as a row group.
    pub(super) fn encode(&self, ran: &Ran) -> Result<Encoded, Faults> {
        self.columns_of(ran).map(|columns| Encoded { columns }).map_err(|error| failed("result")(error).into())
    }

    fn columns_of(&self, ran: &Ran) -> Result<Vec<ColumnChunk>, ParquetError> {
        let mut descriptors = self.columns.iter().cloned();
        let mut next = || descriptors.next().ok_or_else(|| ParquetError::General("the schema is too short".into()));
        let rows = ran.range.len();
        let mut columns = vec![self.ids(next()?, ran)?, self.district(next()?, ran)?];
        for score in &ran.decisions.scores {
            columns.push(self.numbers(next()?, &score.low[..rows])?);
            columns.push(self.numbers(next()?, &score.high[..rows])?);
        }
        for verdicts in &ran.decisions.programmes {
            let packed = Places::Packed { width: 2, bytes: verdict_places(&verdicts.truth, rows) };
            columns.push(dictionary_column(next()?, &VERDICTS, &packed, rows)?);
        }
        Ok(columns)
    }

    fn ids(&self, column: ColumnDescPtr, ran: &Ran) -> Result<ColumnChunk, ParquetError> {
        match &ran.chunk.ids {
            Ids::Number(numbers) => {
                library_column::<Int64Type>(column, &self.properties, &numbers[ran.range.clone()], None)
            }
            Ids::Text(texts) => {
                let values: Vec<ByteArray> = ran.range.clone().map(|at| texts.get(at).to_vec().into()).collect();
                library_column::<ByteArrayType>(column, &self.properties, &values, None)
            }
        }
    }

    fn district(&self, column: ColumnDescPtr, ran: &Ran) -> Result<ColumnChunk, ParquetError> {
        let labels = &ran.chunk.districts[ran.range.clone()];
        let text = |label: u16| self.districts.get(usize::from(label)).map_or("", String::as_str);
        if labels.contains(&NO_DISTRICT) {
            let levels: Vec<i16> = labels.iter().map(|label| i16::from(*label != NO_DISTRICT)).collect();
            let known = labels.iter().filter(|label| **label != NO_DISTRICT);
            let values: Vec<ByteArray> = known.map(|label| text(*label).into()).collect();
            return library_column::<ByteArrayType>(column, &self.properties, &values, Some(&levels));
        }
        let mut found: Vec<u16> = vec![];
        let mut places: Vec<u32> = Vec::with_capacity(labels.len());
        let mut last = (u16::MAX, 0);
        for label in labels {
            if last.0 != *label {
                let at = found.iter().position(|known| known == label).unwrap_or_else(|| {
                    found.push(*label);
                    found.len() - 1
                });
                last = (*label, at as u32);
            }
            places.push(last.1);
        }
        let texts: Vec<&str> = found.iter().map(|label| text(*label)).collect();
        dictionary_column(column, &texts, &packed(&places, found.len()), labels.len())
    }

    /// Scores of a narrow range by their places among all numbers of the range; others as the library writes them.
    fn numbers(&self, column: ColumnDescPtr, values: &[i32]) -> Result<ColumnChunk, ParquetError> {
        let (low, high) = (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0));
        if i64::from(high) - i64::from(low) >= NARROW {
            return library_column::<Int32Type>(column, &self.properties, values, None);
        }
        let places: Vec<u32> = values.iter().map(|value| (value - low).unsigned_abs()).collect();
        let numbers: Vec<i32> = (low..=high).collect();
        number_dictionary_column(column, &numbers, &packed(&places, numbers.len()), values.len())
    }
}

fn packed(places: &[u32], size: usize) -> Places {
    if size <= 1 {
        return Places::Same(0);
    }
    let width = usize::BITS - (size - 1).leading_zeros();
    Places::Packed { width, bytes: pack(places, width) }
}

fn schema(text_ids: bool, scores: &[(String, u8)], programmes: &[String]) -> Type {
    let text = |name: &str, repetition| {
        Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_repetition(repetition)
            .with_logical_type(Some(LogicalType::String))
            .build()
    };
    let mut fields = vec![
        if text_ids {
            text("household_id", Repetition::REQUIRED)
        } else {
            Type::primitive_type_builder("household_id", Physical::INT64).with_repetition(Repetition::REQUIRED).build()
        },
        text("district", Repetition::OPTIONAL),
    ];
    for (score, digits) in scores {
        for end in ["low", "high"] {
            let name = format!("{score}_{end}");
            let plain = Type::primitive_type_builder(&name, Physical::INT32).with_repetition(Repetition::REQUIRED);
            fields.push(if *digits == 0 {
                plain.build()
            } else {
                let scale = i32::from(*digits);
                plain
                    .with_logical_type(Some(LogicalType::decimal(scale, 9)))
                    .with_precision(9)
                    .with_scale(scale)
                    .build()
            });
        }
    }
    fields.extend(programmes.iter().map(|programme| text(programme, Repetition::REQUIRED)));
    let fields = fields.into_iter().filter_map(Result::ok).map(Arc::new).collect();
    Type::group_type_builder("household")
        .with_fields(fields)
        .build()
        .unwrap_or_else(|_| unreachable!("a group of fields is always a type"))
}

/// A result being written, under a temporary name until it is whole.
pub(super) struct ResultFile {
    partial: PathBuf,
    writer: Option<SerializedFileWriter<BufWriter<File>>>,
    reasons: Option<ReasonsFile>,
}

impl ResultFile {
    pub(super) fn create(out: &Path, meaning: &Meaning, explains: bool) -> Result<Self, Faults> {
        let partial = leftovers::name(out);
        let file = leftovers::create(&partial).map_err(io(&partial, "written"))?;
        let buffered = BufWriter::with_capacity(1 << 20, file);
        let writer = SerializedFileWriter::new(buffered, Arc::clone(&meaning.schema), Arc::clone(&meaning.properties))
            .map_err(failed(&partial.display().to_string()))?;
        let reasons = explains.then(|| ReasonsFile::create(&reasons_name(out))).transpose()?;
        Ok(Self { partial, writer: Some(writer), reasons })
    }

    /// Adds a row group.
    pub(super) fn add(&mut self, encoded: Encoded, reasons: &[Reason]) -> Result<(), Faults> {
        let failed = failed(&self.partial.display().to_string());
        if let Some(writer) = &mut self.writer {
            let mut group = writer.next_row_group().map_err(&failed)?;
            for (bytes, close) in encoded.columns {
                group.append_column(&bytes, close).map_err(&failed)?;
            }
            group.close().map_err(&failed)?;
        }
        self.reasons.iter_mut().try_for_each(|file| file.add(reasons))
    }

    /// Adds the row groups of a finished result.
    pub(super) fn splice(&mut self, part: &Path) -> Result<(), Faults> {
        use parquet::file::reader::FileReader;
        let name = part.display().to_string();
        let broken = |error: ParquetError| Fault::of(&name, format!("It cannot be read: {error}."));
        let bytes = bytes::Bytes::from(fs::read(part).map_err(io(part, "read"))?);
        let reader = parquet::file::reader::SerializedFileReader::new(bytes.clone()).map_err(broken)?;
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let failed = failed(&self.partial.display().to_string());
        for group in reader.metadata().row_groups() {
            let mut to = writer.next_row_group().map_err(&failed)?;
            for column in group.columns() {
                let close = parquet::column::writer::ColumnCloseResult {
                    bytes_written: column.compressed_size().unsigned_abs(),
                    rows_written: group.num_rows().unsigned_abs(),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                to.append_column(&bytes, close).map_err(&failed)?;
            }
            to.close().map_err(&failed)?;
        }
        Ok(())
    }

    /// Ends the file, sees it onto the disk and gives it its name; gives the name of the reasons.
    pub(super) fn finish(mut self, out: &Path) -> Result<Option<PathBuf>, Faults> {
        // Held until it has its name.
        let file = self.end()?;
        file.iter().try_for_each(File::sync_all).map_err(io(&self.partial, "seen onto the disk"))?;
        let reasons = self.reasons.take().map(ReasonsFile::finish).transpose()?;
        fs::rename(&self.partial, out).map_err(io(out, "named"))?;
        Ok(reasons)
    }

    /// Ends a part and names it. Its checksum is noted, so it need not be seen onto the disk.
    pub(super) fn finish_quickly(mut self, out: &Path) -> Result<(), Faults> {
        let _held = self.end()?;
        Ok(fs::rename(&self.partial, out).map_err(io(out, "named"))?)
    }

    fn end(&mut self) -> Result<Option<File>, Faults> {
        let Some(writer) = self.writer.take() else { return Ok(None) };
        let buffered = writer.into_inner().map_err(failed(&self.partial.display().to_string()))?;
        let file = buffered.into_inner().map_err(|error| io(&self.partial, "written")(error.into_error()))?;
        Ok(Some(file))
    }
}

impl Drop for ResultFile {
    fn drop(&mut self) {
        // Kept under its own name by now, unless something failed.
        drop(fs::remove_file(&self.partial));
    }
}

/// A name beside a file's, in the same folder.
pub(super) fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    out.with_file_name(name)
}

/// Where reasons go: `R.reasons.parquet` for `R.parquet`.
pub fn reasons_name(out: &Path) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    out.with_file_name(format!("{stem}.reasons.parquet"))
}
