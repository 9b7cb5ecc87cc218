//! A Parquet table means the same however it was written: dictionary or not, old pages or new, any compression, any size
//! of page and row group, nulls or none. The same rows as CSV are what each is compared with.

use crate::common::{Tables, asked, pack};
use batch::{Mapping, snapshot};
use parquet::{
    basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type},
    file::{
        properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{ColumnPath, Type},
};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use std::{fs::File, path::Path, sync::Arc};

/// One person: household, birth as days since 1970, sex, widowed.
type Person = (i64, Option<i32>, Option<&'static str>, Option<bool>);
/// One household: id, income, score.
type Household = (i64, Option<i64>, Option<f64>);

fn draw(seed: u64, nulls: u32) -> (Vec<Household>, Vec<Person>) {
    let mut rng = SmallRng::seed_from_u64(seed);
    let (mut households, mut persons) = (vec![], vec![]);
    for id in 1..=700 {
        let some = |rng: &mut SmallRng| rng.random_range(0..100) >= nulls;
        let income = some(&mut rng).then(|| rng.random_range(0..1_000_000));
        let score = some(&mut rng).then(|| f64::from(rng.random_range(0..10_000)) / 100.0);
        households.push((id, income, score));
        // Runs of equal and of different values, and households without anybody.
        for _ in 0..rng.random_range(0..6) {
            let birth = some(&mut rng).then(|| rng.random_range(-9000..20_000));
            let sex = some(&mut rng)
                .then(|| if id % 90 < 60 { "female" } else { ["female", "male"][rng.random_range(0..2)] });
            let widowed = some(&mut rng).then(|| id % 50 > 25 && rng.random_range(0..3) == 0);
            persons.push((id, birth, sex, widowed));
        }
    }
    (households, persons)
}

fn as_csv(households: &[Household], persons: &[Person]) -> Tables {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map_or(String::new(), |value| value.to_string())
    }
    let day = |days: i32| chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::TimeDelta::days(days.into());
    // Texts are ordered by their letters, so numbers get leading zeros.
    let mut first = "household_id,income,registry\n".to_owned();
    for (id, income, score) in households {
        first += &format!("{id:04},{},{}\n", text(*income), text(*score));
    }
    let mut second = "household_id,birth,sex,widowed\n".to_owned();
    for (id, birth, sex, widowed) in persons {
        second += &format!("{id:04},{},{},{}\n", text(birth.map(day)), text(*sex), text(*widowed));
    }
    Tables::csv(&first, &second)
}

fn put<T: DataType>(group: &mut SerializedRowGroupWriter<'_, File>, values: Vec<Option<T::T>>, required: bool) {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<T::T> = values.into_iter().flatten().collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(&known, (!required).then_some(&levels[..]), None).unwrap();
    column.close().unwrap();
}

fn table(
    path: &Path,
    fields: Vec<Type>,
    properties: WriterPropertiesBuilder,
    rows: usize,
    group: usize,
    mut fill: impl FnMut(std::ops::Range<usize>, &mut SerializedRowGroupWriter<'_, File>),
) {
    let schema =
        Type::group_type_builder("row").with_fields(fields.into_iter().map(Arc::new).collect()).build().unwrap();
    let file = File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties.build())).unwrap();
    for start in (0..rows).step_by(group) {
        let mut to = writer.next_row_group().unwrap();
        fill(start..(start + group).min(rows), &mut to);
        to.close().unwrap();
    }
    writer.close().unwrap();
}

fn as_parquet(
    households: &[Household],
    persons: &[Person],
    properties: &dyn Fn() -> WriterPropertiesBuilder,
    group: usize,
) -> Tables {
    let tables = Tables::named("households.parquet", "persons.parquet");
    let field = |name: &str, physical, repetition, logical| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .build()
            .unwrap()
    };
    let id = || field("household_id", Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String));
    let key = |id: i64| Some(ByteArray::from(format!("{id:04}").as_str()));
    let fields = vec![
        id(),
        field("income", Physical::INT64, Repetition::OPTIONAL, None),
        field("registry", Physical::DOUBLE, Repetition::OPTIONAL, None),
    ];
    table(&tables.households, fields, properties(), households.len(), group, |range, to| {
        let rows = &households[range];
        put::<ByteArrayType>(to, rows.iter().map(|h| key(h.0)).collect(), true);
        put::<Int64Type>(to, rows.iter().map(|h| h.1).collect(), false);
        put::<DoubleType>(to, rows.iter().map(|h| h.2).collect(), false);
    });
    let fields = vec![
        id(),
        field("birth", Physical::INT32, Repetition::OPTIONAL, Some(LogicalType::Date)),
        field("sex", Physical::BYTE_ARRAY, Repetition::OPTIONAL, Some(LogicalType::String)),
        field("widowed", Physical::BOOLEAN, Repetition::OPTIONAL, None),
    ];
    table(&tables.persons, fields, properties(), persons.len(), group * 3 + 1, |range, to| {
        let rows = &persons[range];
        put::<ByteArrayType>(to, rows.iter().map(|p| key(p.0)).collect(), true);
        put::<Int32Type>(to, rows.iter().map(|p| p.1).collect(), false);
        put::<ByteArrayType>(to, rows.iter().map(|p| p.2.map(ByteArray::from)).collect(), false);
        put::<BoolType>(to, rows.iter().map(|p| p.3).collect(), false);
    });
    tables
}

/// Every column of a snapshot of these tables.
fn columns(tables: &Tables) -> Vec<batch::Chunk> {
    let pack = pack();
    let mapping = Mapping::plain();
    let out = tables.path("made");
    snapshot::write(&tables.households, &tables.persons, &asked(&pack, &mapping), 2, &out, &|_, _| {}).unwrap();
    let made = snapshot::open(&out).unwrap();
    // CSV has no type for days, so its births have two columns; those of Parquet have one.
    let latest = made.index().layout.person.iter().position(|field| field.part == batch::field::Part::Latest);
    let mut chunks: Vec<batch::Chunk> = (0..made.blocks()).map(|block| made.chunk(block).unwrap()).collect();
    if let Some(at) = latest {
        chunks.iter_mut().for_each(|chunk| drop(chunk.person.remove(at)));
    }
    chunks
}

#[test]
fn a_table_means_the_same_however_it_was_written() {
    let old = || WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_1_0);
    let new = || WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_2_0);
    let packed = |builder: WriterPropertiesBuilder| {
        let delta = |builder: WriterPropertiesBuilder, name: &str, encoding| {
            builder.set_column_encoding(ColumnPath::from(name), encoding)
        };
        let builder = delta(builder.set_dictionary_enabled(false), "income", Encoding::DELTA_BINARY_PACKED);
        let builder = delta(builder, "birth", Encoding::DELTA_BINARY_PACKED);
        let builder = delta(builder, "household_id", Encoding::DELTA_BYTE_ARRAY);
        delta(delta(builder, "sex", Encoding::DELTA_LENGTH_BYTE_ARRAY), "registry", Encoding::BYTE_STREAM_SPLIT)
    };
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let ways: [(&str, &dyn Fn() -> WriterPropertiesBuilder); 8] = [
        ("dictionary, old pages", &old),
        ("dictionary, new pages, zstd", &|| new().set_compression(zstd)),
        ("plain, old pages, snappy", &|| old().set_dictionary_enabled(false).set_compression(Compression::SNAPPY)),
        ("plain, new pages", &|| new().set_dictionary_enabled(false)),
        ("deltas, old pages", &|| packed(old())),
        ("deltas, new pages, lz4", &|| packed(new()).set_compression(Compression::LZ4_RAW)),
        ("a dictionary that overflows into plain", &|| {
            old().set_dictionary_page_size_limit(64).set_write_batch_size(16)
        }),
        ("many small pages", &|| new().set_data_page_row_count_limit(13).set_write_batch_size(13)),
    ];
    for (seed, nulls) in [(1, 0), (2, 5), (3, 60), (4, 100)] {
        let (households, persons) = draw(seed, nulls);
        let wanted = columns(&as_csv(&households, &persons));
        for (about, properties) in &ways {
            for group in [64, 10_000] {
                let tables = as_parquet(&households, &persons, properties, group);
                assert!(columns(&tables) == wanted, "{about}; groups of {group}; seed {seed}, {nulls} % nulls");
            }
        }
    }
}
