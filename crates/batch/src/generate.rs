//! Invented registries for benchmarks: two Parquet files for any policy, the same on every machine for the same seed.
//!
//! Marginals (authored to look like a national registry; nothing about any real household):
//! - households: sizes 1 to 16 with a mean of about 6.5; districts of equal size, in order, ids ascending;
//! - 5 % of household facts and 3 % of person facts are null, each drawn on its own;
//! - the first person is the head (12 % women, aged 22 to 80), the second the spouse, others are 70 % children under 18;
//! - yes or no: 20 % yes, except 95 % yes for whether the member list is complete;
//! - one code: the first is twice as likely as the second, three times as likely as the third, and so on;
//! - numbers: between the bounds, on a logarithmic scale when these span more than a thousand, otherwise evenly;
//! - sets: empty (written `;`) nine times in ten, otherwise one code.
//!
//! Only facts that the policy reads are written. Codes are text, dates are days, numbers stand in the fact's unit;
//! decimals are digits with their scale. Both files are zstd-compressed, with a row group per 131,072 households.

use crate::{
    fault::{Fault, Faults, io},
    field::{Part, fields_of},
    mapping::COMPLETE,
};
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use rules::{
    Date, Pack,
    pack::fact::{FactType, Record},
};
use std::{fs::File, io::BufWriter, path::Path, sync::Arc};

/// Households of a row group.
const GROUP: u64 = 131_072;

/// Of a thousand households, how many have 1, 2, .. 16 members.
const SIZES: [u32; 16] = [20, 40, 70, 110, 140, 150, 130, 100, 80, 55, 35, 25, 18, 12, 8, 7];

/// Districts when the policy declares none.
const DISTRICTS: u64 = 136;

/// A column to write.
struct Column {
    name: String,
    kind: FactType,
    record: Record,
    low: i64,
    high: i64,
    codes: Vec<String>,
}

/// One value of a column.
enum Value {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
}

/// What registry to invent.
#[derive(Debug, Clone, Copy)]
pub struct Invented {
    /// The day ages are reckoned from.
    pub day: Date,
    /// How many households.
    pub households: u64,
    /// The same seed gives the same registry.
    pub seed: u64,
    /// The last household first, as a table that has to be put in order.
    pub backwards: bool,
}

/// Writes invented households and their persons with these facts of a policy; gives the number of persons.
///
/// # Errors
/// When a file cannot be written.
pub fn write(pack: &Pack, facts: &[String], invented: &Invented, paths: [&Path; 2]) -> Result<u64, Faults> {
    let Invented { day, households, seed, backwards } = *invented;
    let columns: Vec<Column> =
        facts.iter().filter(|f| *f != "household.district").filter_map(|f| column(pack, f)).collect();
    let districts = districts(pack);
    let mut files =
        [Output::create(paths[0], &columns, Record::Household)?, Output::create(paths[1], &columns, Record::Person)?];
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut persons = 0;
    let mut done = 0;
    while done < households {
        let count = GROUP.min(households - done);
        let mut of_household = Rows::new(&columns, Record::Household);
        let mut of_person = Rows::new(&columns, Record::Person);
        for at in done..done + count {
            let at = if backwards { households - 1 - at } else { at };
            let district = at * districts.len() as u64 / households.max(1);
            let id = (district as i64 + 1) * 100_000_000 + at as i64;
            of_household.ids.push(id);
            of_household.districts.push(districts[district as usize].clone());
            of_household.fill(&columns, Record::Household, |column| household_value(column, &mut rng));
            let size = size(&mut rng);
            for nth in 0..size {
                of_person.ids.push(id);
                let person = Person::new(nth, &mut rng);
                of_person.fill(&columns, Record::Person, |column| person_value(column, &person, day, &mut rng));
            }
            persons += size;
        }
        files[0].write(&columns, &of_household)?;
        files[1].write(&columns, &of_person)?;
        done += count;
    }
    files.into_iter().try_for_each(Output::finish)?;
    Ok(persons)
}

fn column(pack: &Pack, fact: &str) -> Option<Column> {
    let field =
        fields_of(pack, fact).into_iter().find(|f| matches!(f.part, Part::Whole | Part::Earliest | Part::Has(0)))?;
    Some(Column {
        name: fact.to_owned(),
        kind: field.kind,
        record: field.record(),
        low: field.low,
        high: field.high,
        codes: field.codes,
    })
}

fn districts(pack: &Pack) -> Vec<String> {
    let declared = pack.fact("household.district").filter(|fact| !fact.codes.is_empty());
    match declared {
        Some(fact) => fact.codes.iter().map(|code| code.id.to_string()).collect(),
        None => (1..=DISTRICTS).map(|n| format!("district-{n:03}")).collect(),
    }
}

fn size(rng: &mut SmallRng) -> u64 {
    let mut left = rng.random_range(0..1000);
    for (at, weight) in SIZES.iter().enumerate() {
        if left < *weight {
            return at as u64 + 1;
        }
        left -= weight;
    }
    1
}

struct Person {
    nth: u64,
    female: bool,
    age_days: i64,
}

impl Person {
    fn new(nth: u64, rng: &mut SmallRng) -> Self {
        let female = match nth {
            0 => rng.random_range(0..100) < 12,
            1 => rng.random_range(0..100) < 88,
            _ => rng.random_range(0..100) < 49,
        };
        let years = match nth {
            0 | 1 => rng.random_range(22..80),
            _ if rng.random_range(0..100) < 70 => rng.random_range(0..18),
            _ => rng.random_range(18..90),
        };
        Self { nth, female, age_days: years * 365 + rng.random_range(0..365) }
    }
}

fn household_value(column: &Column, rng: &mut SmallRng) -> Value {
    if rng.random_range(0..100) < 5 {
        return Value::Null;
    }
    if column.name == COMPLETE {
        return Value::Bool(rng.random_range(0..100) < 95);
    }
    value(column, rng)
}

fn person_value(column: &Column, person: &Person, day: Date, rng: &mut SmallRng) -> Value {
    if rng.random_range(0..100) < 3 {
        return Value::Null;
    }
    let has = |code: &str| column.codes.iter().any(|c| c == code);
    match column.name.as_str() {
        "person.birth" => {
            let epoch = Date::from_ymd_opt(1970, 1, 1).unwrap_or_default();
            Value::Number((day - epoch).num_days() - person.age_days)
        }
        "person.sex" if has("female") && has("male") => {
            Value::Text(if person.female { "female" } else { "male" }.into())
        }
        "person.relationship_to_head" | "person.relationship" if has("head") => match person.nth {
            0 => Value::Text("head".into()),
            1 if has("spouse") => Value::Text("spouse".into()),
            _ => Value::Text(column.codes[rng.random_range(1..column.codes.len())].clone()),
        },
        _ => value(column, rng),
    }
}

fn value(column: &Column, rng: &mut SmallRng) -> Value {
    match column.kind {
        FactType::Bool => Value::Bool(rng.random_range(0..100) < 20),
        FactType::Int | FactType::Decimal { .. } => Value::Number(number(column.low, column.high, rng)),
        FactType::Code => {
            column.codes.get(harmonic(column.codes.len(), rng)).map_or(Value::Null, |c| Value::Text(c.clone()))
        }
        FactType::Set if rng.random_range(0..10) < 9 => Value::Text(String::from(";")),
        FactType::Set => {
            column.codes.get(harmonic(column.codes.len(), rng)).map_or(Value::Null, |c| Value::Text(c.clone()))
        }
        FactType::Date => Value::Number(rng.random_range(0..20_000)),
    }
}

fn number(low: i64, high: i64, rng: &mut SmallRng) -> i64 {
    let span = high.saturating_sub(low);
    if span <= 1000 {
        return rng.random_range(low..=high);
    }
    let steps = i64::from(64 - span.leading_zeros());
    let top = 1i64 << rng.random_range(1..steps.min(62));
    (low + rng.random_range(top / 2..=top)).min(high)
}

/// Place `k` with a weight of `1 / (k + 1)`, in whole numbers.
fn harmonic(count: usize, rng: &mut SmallRng) -> usize {
    let weight = |k: usize| 5040 / (k as u32 + 1);
    let mut left = rng.random_range(0..(0..count.max(1)).map(weight).sum::<u32>().max(1));
    for k in 0..count {
        if left < weight(k) {
            return k;
        }
        left -= weight(k);
    }
    0
}

/// Rows of one table.
struct Rows {
    ids: Vec<i64>,
    districts: Vec<String>,
    values: Vec<Vec<Value>>,
}

impl Rows {
    fn new(columns: &[Column], record: Record) -> Self {
        let count = columns.iter().filter(|c| c.record == record).count();
        Self { ids: vec![], districts: vec![], values: (0..count).map(|_| vec![]).collect() }
    }

    /// One more value in each column of a record.
    fn fill(&mut self, columns: &[Column], record: Record, mut value: impl FnMut(&Column) -> Value) {
        for (column, values) in columns.iter().filter(|c| c.record == record).zip(&mut self.values) {
            values.push(value(column));
        }
    }
}

struct Output {
    file: String,
    record: Record,
    writer: SerializedFileWriter<BufWriter<File>>,
}

impl Output {
    fn create(path: &Path, columns: &[Column], record: Record) -> Result<Self, Faults> {
        let file = path.display().to_string();
        let failed = |error: ParquetError| Fault::of(&file, format!("It cannot be written: {error}."));
        let id = Type::primitive_type_builder("household_id", Physical::INT64).with_repetition(Repetition::REQUIRED);
        let mut fields = vec![id.build().map_err(failed)?];
        if record == Record::Household {
            fields.push(text("district").map_err(failed)?);
        }
        for column in columns.iter().filter(|c| c.record == record) {
            fields.push(field(column).map_err(failed)?);
        }
        let schema = Type::group_type_builder("row").with_fields(fields.into_iter().map(Arc::new).collect());
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let out = BufWriter::new(File::create(path).map_err(io(path, "written"))?);
        let writer = SerializedFileWriter::new(out, Arc::new(schema.build().map_err(failed)?), Arc::new(properties));
        let writer = writer.map_err(failed)?;
        Ok(Self { file, record, writer })
    }

    fn write(&mut self, columns: &[Column], rows: &Rows) -> Result<(), Faults> {
        let file = self.file.clone();
        let failed = |error: ParquetError| Faults::from(Fault::of(&file, format!("It cannot be written: {error}.")));
        let mut group = self.writer.next_row_group().map_err(failed)?;
        put::<Int64Type>(&mut group, &rows.ids, None).map_err(failed)?;
        if self.record == Record::Household {
            let texts: Vec<ByteArray> = rows.districts.iter().map(|d| d.as_str().into()).collect();
            put::<ByteArrayType>(&mut group, &texts, Some(&vec![1; texts.len()])).map_err(failed)?;
        }
        for (column, values) in columns.iter().filter(|c| c.record == self.record).zip(&rows.values) {
            let levels: Vec<i16> = values.iter().map(|v| i16::from(!matches!(v, Value::Null))).collect();
            put_values(&mut group, column, values, &levels).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        Ok(())
    }

    fn finish(self) -> Result<(), Faults> {
        let file = self.file.clone();
        let failed = |error: String| Fault::of(&file, format!("It cannot be written: {error}."));
        let out = self.writer.into_inner().map_err(|error| failed(error.to_string()))?;
        out.into_inner().map_err(|error| failed(error.to_string()))?;
        Ok(())
    }
}

fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

fn put_values(
    group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>,
    column: &Column,
    values: &[Value],
    levels: &[i16],
) -> Result<(), ParquetError> {
    let numbers = || values.iter().filter_map(|v| if let Value::Number(n) = v { Some(*n) } else { None });
    match column.kind {
        FactType::Bool => {
            let known: Vec<bool> =
                values.iter().filter_map(|v| if let Value::Bool(b) = v { Some(*b) } else { None }).collect();
            put::<BoolType>(group, &known, Some(levels))
        }
        FactType::Int | FactType::Decimal { .. } | FactType::Date if fits(column) => {
            let known: Vec<i32> = numbers().map(|n| i32::try_from(n).unwrap_or(i32::MAX)).collect();
            put::<Int32Type>(group, &known, Some(levels))
        }
        FactType::Int | FactType::Decimal { .. } | FactType::Date => {
            put::<Int64Type>(group, &numbers().collect::<Vec<_>>(), Some(levels))
        }
        FactType::Code | FactType::Set => {
            let text = |v: &Value| if let Value::Text(t) = v { Some(ByteArray::from(t.as_str())) } else { None };
            put::<ByteArrayType>(group, &values.iter().filter_map(text).collect::<Vec<_>>(), Some(levels))
        }
    }
}

/// Whether 32 bits hold every number of a column.
fn fits(column: &Column) -> bool {
    column.kind == FactType::Date || i32::try_from(column.low).is_ok() && i32::try_from(column.high).is_ok()
}

fn text(name: &str) -> Result<Type, ParquetError> {
    let builder = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_repetition(Repetition::OPTIONAL);
    builder.with_logical_type(Some(LogicalType::String)).build()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let name = match column.name.strip_prefix("scores.") {
        Some(_) => column.name.as_str(),
        None => column.name.split_once('.').map_or("", |(_, short)| short),
    };
    let of = |physical| Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    let number = if fits(column) { Physical::INT32 } else { Physical::INT64 };
    match column.kind {
        FactType::Bool => of(Physical::BOOLEAN).build(),
        FactType::Int => of(number).build(),
        FactType::Decimal { scale } => {
            let (scale, digits) = (i32::from(scale), if number == Physical::INT32 { 9 } else { 18 });
            of(number)
                .with_logical_type(Some(LogicalType::decimal(scale, digits)))
                .with_precision(digits)
                .with_scale(scale)
                .build()
        }
        FactType::Date => of(Physical::INT32).with_logical_type(Some(LogicalType::Date)).build(),
        FactType::Code | FactType::Set => text(name),
    }
}
