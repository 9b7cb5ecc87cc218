//! Linking invented lists: one result for any number of threads, good enough, and kept in a model file.

use batch::link::{found, generate, generate::Mix, learn, mapping, measure::Measured, model_file, run};
use linkage::bulk::{Model, Records};

fn records(persons: usize, seed: u64) -> (Records, Vec<u32>) {
    let mapping = mapping::read(mapping::PERSON).unwrap();
    of(&mapping, &generate::lists(persons, seed, Mix::Tuning))
}

fn of(mapping: &mapping::Mapping, lists: &generate::Lists) -> (Records, Vec<u32>) {
    let place = |column: &String| generate::Row::COLUMNS.iter().position(|known| known == column).unwrap();
    let places: Vec<Vec<usize>> =
        mapping.description.fields.iter().map(|field| field.columns.iter().map(place).collect()).collect();
    let mut records = Records::new(mapping.description.clone());
    for row in &lists.rows {
        let cells = row.cells();
        records.push(0, |field, nth| places[field].get(nth).map(|at| cells[*at]));
    }
    records.finish();
    (records, lists.truth.clone())
}

fn learned(records: &Records, threads: usize) -> Model {
    let (blocks, _) = run::blocks(records, false, threads);
    let settings = learn::Settings { strangers: 30_000, ..learn::Settings::default() };
    learn::learn(records, &run::sample(records, &blocks, settings.records, threads), settings)
}

#[test]
fn threads_change_nothing() {
    let (records, _) = records(1500, 11);
    let model = learned(&records, 1);
    assert_eq!(model, learned(&records, 3));
    let found = |threads: usize| {
        let (blocks, _) = run::blocks(&records, false, threads);
        found::found(&records, &blocks, &model, threads)
    };
    let alone = found(1);
    assert_eq!(alone, found(4));
    assert_eq!(run::clusters(&records, &model, &alone.pairs), run::clusters(&records, &model, &found(2).pairs));
}

#[test]
fn what_is_found_is_mostly_right_and_household_members_stay_apart() {
    let seed = 12;
    let (records, truth) = records(3000, seed);
    let model = learned(&records, 2);
    let (blocks, _) = run::blocks(&records, false, 2);
    let pairs = found::found(&records, &blocks, &model, 2).pairs;
    let measured = Measured::of(&run::clusters(&records, &model, &pairs).pairs(), &truth);
    println!("seed {seed}: {measured:?}, F1 {:.4}", measured.f1());
    assert!(measured.precision() > 0.93, "{measured:?}");
    assert!(measured.recall() > 0.80, "{measured:?}");
}

#[test]
fn a_model_file_keeps_everything() {
    let (records, _) = records(300, 13);
    let model = learned(&records, 1);
    let mapping = mapping::read(mapping::PERSON).unwrap();
    let written = model_file::write(&mapping, &model);
    let (again, read) = model_file::read(&written).unwrap();
    assert_eq!((again, read), (mapping, model));
    let foreign = written.replace("linkage model 1", "linkage model 9");
    assert!(model_file::read(&foreign).unwrap_err().to_string().contains("Train the model again"));
}

#[test]
fn the_same_seed_writes_the_same_lists() {
    let (left, right) = (generate::lists(200, 5, Mix::Tuning), generate::lists(200, 5, Mix::Tuning));
    assert_eq!(left.rows, right.rows);
    assert_ne!(left.rows, generate::lists(200, 6, Mix::Tuning).rows);
}

#[test]
fn a_field_that_is_read_along_with_another_stands_behind_it() {
    let moved = mapping::PERSON.replace("along = \"name\"", "along = \"father_companions\"");
    let fault = mapping::read(&moved).unwrap_err().to_string();
    assert!(fault.contains("`own_companions` is along with a later one"), "{fault}");
}

#[test]
fn a_set_with_unforeseen_mistakes_is_still_read_rightly() {
    let seed = 14;
    let mapping = mapping::read(mapping::PERSON).unwrap();
    let (records, truth) = of(&mapping, &generate::lists(3000, seed, Mix::Unforeseen));
    let model = learned(&records, 2);
    let (blocks, _) = run::blocks(&records, false, 2);
    let pairs = found::found(&records, &blocks, &model, 2).pairs;
    let measured = Measured::of(&run::clusters(&records, &model, &pairs).pairs(), &truth);
    println!("seed {seed}: {measured:?}, F1 {:.4}", measured.f1());
    assert!(measured.precision() > 0.93, "{measured:?}");
    assert!(measured.recall() > 0.75, "{measured:?}");
}
