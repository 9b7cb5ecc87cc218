//! A list means the same as CSV and as Parquet, and what is written is the same, byte by byte, for any number of threads.

use batch::link::{
    found,
    generate::{self, Mix, Row},
    learn, lists, mapping, output, run,
};
use parquet::{
    basic::{LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, Int64Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

fn as_csv(path: &Path, rows: &[Row]) {
    let mut out = csv::Writer::from_path(path).unwrap();
    out.write_record(["id"].iter().chain(&Row::COLUMNS)).unwrap();
    for (number, row) in rows.iter().enumerate() {
        let id = number.to_string();
        out.write_record([id.as_str()].iter().chain(&row.cells())).unwrap();
    }
    out.flush().unwrap();
}

/// Ids as whole numbers, everything else as text; what is empty is null, in row groups of some hundred.
fn as_parquet(path: &Path, rows: &[Row], text: impl Fn(&str) -> Vec<u8>) {
    let string = |name: &&str| {
        let kind = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_repetition(Repetition::OPTIONAL);
        Arc::new(kind.with_logical_type(Some(LogicalType::String)).build().unwrap())
    };
    let id = Type::primitive_type_builder("id", Physical::INT64).with_repetition(Repetition::REQUIRED).build().unwrap();
    let fields = std::iter::once(Arc::new(id)).chain(Row::COLUMNS.iter().map(string)).collect();
    let schema = Arc::new(Type::group_type_builder("row").with_fields(fields).build().unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, properties).unwrap();
    for (part, some) in rows.chunks(700).enumerate() {
        let mut group = writer.next_row_group().unwrap();
        let ids: Vec<i64> = (0..some.len()).map(|at| (part * 700 + at) as i64).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&ids, None, None).unwrap();
        column.close().unwrap();
        for at in 0..Row::COLUMNS.len() {
            let cells: Vec<&str> = some.iter().map(|row| row.cells()[at]).collect();
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
            let there = cells.iter().filter(|cell| !cell.is_empty());
            let values: Vec<ByteArray> = there.map(|cell| ByteArray::from(text(cell))).collect();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

/// Links a file and gives what is written: pairs and groups.
fn linked(folder: &Path, list: PathBuf, threads: usize) -> [String; 2] {
    let mapping = mapping::read(mapping::PERSON).unwrap();
    let lists = lists::read(&mapping, &[list]).unwrap_or_else(|fault| panic!("{fault}"));
    let (blocks, _) = run::blocks(&lists.records, false, threads);
    let settings = learn::Settings { strangers: 20_000, ..learn::Settings::default() };
    let sample = run::sample(&lists.records, &blocks, settings.records, threads);
    let model = learn::learn(&lists.records, &sample, settings);
    let pairs = found::found(&lists.records, &blocks, &model, threads).pairs;
    let groups = run::clusters(&lists.records, &model, &pairs);
    let files = [folder.join("pairs.csv"), folder.join("groups.csv")];
    output::pairs(&files[0], &lists.ids, &pairs, &groups).unwrap();
    output::groups(&files[1], &lists.ids, lists.records.len(), &groups).unwrap();
    files.map(|file| fs::read_to_string(file).unwrap())
}

#[test]
fn a_list_means_the_same_in_every_format_and_with_any_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let seed = 21;
    println!("seed {seed}");
    let rows = generate::lists(1200, seed, Mix::Tuning).rows;
    let (csv, parquet) = (folder.path().join("list.csv"), folder.path().join("list.parquet"));
    as_csv(&csv, &rows);
    as_parquet(&parquet, &rows, |cell| cell.as_bytes().to_vec());
    let want = linked(folder.path(), csv.clone(), 1);
    assert!(want[0].lines().count() > 100, "some were found");
    for (list, threads) in [(&csv, 2), (&csv, 5), (&parquet, 1), (&parquet, 3), (&parquet, 8)] {
        assert_eq!(linked(folder.path(), list.clone(), threads), want, "{} with {threads} threads", list.display());
    }
}

#[test]
fn a_faulty_parquet_list_is_refused_with_its_place() {
    let folder = TempDir::new().unwrap();
    let rows = generate::lists(60, 22, Mix::Tuning).rows;
    let mapping = mapping::read(mapping::PERSON).unwrap();
    let whole = folder.path().join("whole.parquet");
    as_parquet(&whole, &rows, |cell| cell.as_bytes().to_vec());
    let read = |file: &Path| lists::read(&mapping, &[file.to_owned()]).map(|_| ()).unwrap_err().to_string();
    let cut = folder.path().join("cut.parquet");
    let bytes = fs::read(&whole).unwrap();
    fs::write(&cut, &bytes[..bytes.len() - 9]).unwrap();
    assert!(read(&cut).contains("no whole Parquet file"), "{}", read(&cut));
    let foreign = folder.path().join("foreign.parquet");
    as_parquet(&foreign, &rows, |_| vec![b'A', 0xFF]);
    assert!(read(&foreign).contains("row 1, column `name`: This is not text in UTF-8."), "{}", read(&foreign));
    let mut other = mapping.clone();
    other.id = Some("number".to_owned());
    let fault = lists::read(&other, &[whole]).map(|_| ()).unwrap_err().to_string();
    assert!(fault.contains("has no column `number`") && fault.contains("id, name"), "{fault}");
}
