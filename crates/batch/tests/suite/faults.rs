//! What the owner of a table reads when something in it does not fit: file, place, column, a sentence, what to do.

use crate::common::{Tables, pack};
use batch::{Mapping, generate::Invented, target::Options};
use expect_test::{Expect, expect};
use std::fs;

const HOUSEHOLDS: &str = "household_id,district,income,registry,receives\n1,bannu,10000,20.5,;\n2,swat,,31,cash\n";
const PERSONS: &str = "household_id,birth,sex,widowed,relationship_to_head\n\
                       1,1985-03-02,female,true,head\n1,2018,female,no,child\n2,~1990,male,,head\n";

/// The message for these tables, read with this mapping, as a snapshot and as a run: both say the same.
#[track_caller]
fn check_with(mapping: &Mapping, tables: &Tables, expected: Expect) {
    let pack = pack();
    let error = tables.snapshot(&pack, mapping, "made").expect_err("the tables are refused");
    expected.assert_eq(&format!("{}\n", tables.said(&error)));
    assert!(!tables.path("made").exists(), "what failed bears no name");
    let options = Options { threads: 2, ..Options::default() };
    let again = tables.target(&pack, mapping, &options, "r.parquet").expect_err("the tables are refused");
    assert_eq!(tables.said(&again), tables.said(&error));
    let left: Vec<_> = fs::read_dir(tables.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing is left behind: {left:?}");
}

#[track_caller]
fn check(households: &str, persons: &str, expected: Expect) {
    check_with(&Mapping::plain(), &Tables::csv(households, persons), expected);
}

#[test]
fn the_tables_themselves_are_right() {
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    tables.snapshot(&pack(), &Mapping::plain(), "made").unwrap();
}

#[test]
fn values_fit_their_facts() {
    check(
        &HOUSEHOLDS.replace("bannu", "banu"),
        PERSONS,
        expect![[r#"
            households.csv, line 2, column `district`: `household.district` has no code `banu`. Did you mean `bannu`?
        "#]],
    );
    check(
        &HOUSEHOLDS.replace("10000", "2000000"),
        PERSONS,
        expect![[r#"
            households.csv, line 2, column `income`: `2000000` is outside the bounds of `household.income`, 0 to 1000000. Mend it, name it under `null`, or say `outside = "unknown"` in the mapping.
        "#]],
    );
    check(
        &HOUSEHOLDS.replace("10000", "ten"),
        PERSONS,
        expect![[r#"
            households.csv, line 2, column `income`: `ten` is text; `household.income` is a whole number. If it means that the value is not known, name it under `null` in the mapping.
        "#]],
    );
    check(
        &HOUSEHOLDS.replace("20.5", "20.555"),
        PERSONS,
        expect![[r#"
            households.csv, line 2, column `registry`: `20.555` falls between two values of `scores.registry`, which is a number with 2 decimals. Say in the mapping how to `round`: down, up or nearest.
        "#]],
    );
    check(
        HOUSEHOLDS,
        &PERSONS.replace("2018", "2018-13"),
        expect![[r#"
            persons.csv, line 3, column `birth`: `2018-13` is no date for `person.birth`. Write days as 1985-03-02, or say in the mapping `as = "year"` or `as = "age"`.
        "#]],
    );
    check(
        HOUSEHOLDS,
        &PERSONS.replace("true", "J"),
        expect![[r#"
            persons.csv, line 2, column `widowed`: `J` is neither yes nor no for `person.widowed`. Say in the mapping what stands for `yes`, `no` and `null`.
        "#]],
    );
}

#[test]
fn rows_belong_together() {
    check(
        &HOUSEHOLDS.replace("\n2,swat", "\n1,swat"),
        PERSONS,
        expect![[r#"
            households.csv, row 2, column `household_id`: The household 1 already stands in row 1. Keep one row per household.
            persons.csv, row 3, column `household_id`: No household 2 stands in households.csv. Add the household, or leave the person out.
        "#]],
    );
    check(
        HOUSEHOLDS,
        &PERSONS.replace("\n2,~1990", "\n,~1990"),
        expect![[r#"
            persons.csv, line 4, column `household_id`: The id is missing. Every row needs the id of its household.
        "#]],
    );
    check(
        &HOUSEHOLDS.replace("31,cash", "31"),
        PERSONS,
        expect![[r#"
            households.csv, line 3: The line has 4 values and the first line names 5 columns.
        "#]],
    );
}

#[test]
fn columns_are_facts() {
    check(
        &HOUSEHOLDS.replace("income", "incme"),
        PERSONS,
        expect![[r#"
            households.csv, column `incme`: No fact of the policy has this name. Did you mean `income`?
        "#]],
    );
    check(
        &HOUSEHOLDS.replace("household_id", "hhid"),
        PERSONS,
        expect![[r#"
            households.csv: There is no column `household_id`. Say in a mapping file which column it is; see docs/guide/targeting.md.
            households.csv, column `hhid`: No fact of the policy has this name. Leave the column out, or write a mapping file; see docs/guide/targeting.md.
        "#]],
    );
}

#[test]
fn files_are_whole() {
    check(
        "",
        PERSONS,
        expect![[r#"
        households.csv: The file is empty. Ask for it again.
    "#]],
    );
    check(
        "household_id,district\n",
        PERSONS,
        expect![[r#"
        households.csv: The table has no households.
    "#]],
    );
    let tables = Tables::named("households.parquet", "persons.csv");
    fs::write(&tables.households, "PAR1 and then nothing that follows the format").unwrap();
    fs::write(&tables.persons, PERSONS).unwrap();
    check_with(
        &Mapping::plain(),
        &tables,
        expect![[r#"
        households.parquet: This is no whole Parquet file: Invalid Parquet file. Corrupt footer. Ask for the file again, or check that the copy is complete.
    "#]],
    );
    let tables = Tables::named("households.xlsx", "persons.csv");
    fs::write(&tables.households, [0x50, 0x4b, 3, 4, 0, 0]).unwrap();
    fs::write(&tables.persons, PERSONS).unwrap();
    check_with(
        &Mapping::plain(),
        &tables,
        expect![[r#"
        households.xlsx: This is neither Parquet nor CSV text. Give a .parquet file, or a .csv file in UTF-8.
    "#]],
    );
}

#[test]
fn a_parquet_file_cut_short_or_changed_is_refused() {
    let pack = pack();
    let facts: Vec<String> =
        ["household.income", "person.sex", "person.birth"].into_iter().map(str::to_owned).collect();
    let make = || {
        let tables = Tables::named("households.parquet", "persons.parquet");
        let paths = [tables.households.as_path(), tables.persons.as_path()];
        batch::generate::write(
            &pack,
            &facts,
            &Invented { day: crate::common::day(), households: 200, seed: 7, backwards: false },
            paths,
        )
        .unwrap();
        tables
    };
    let tables = make();
    let bytes = fs::read(&tables.persons).unwrap();
    fs::write(&tables.persons, &bytes[..bytes.len() - 20]).unwrap();
    check_with(
        &Mapping::plain(),
        &tables,
        expect![[r#"
        persons.parquet: This is no whole Parquet file: Invalid Parquet file. Corrupt footer. Ask for the file again, or check that the copy is complete.
    "#]],
    );
    let tables = make();
    let mut bytes = fs::read(&tables.persons).unwrap();
    bytes[200..900].fill(0xaa);
    fs::write(&tables.persons, &bytes).unwrap();
    let error = tables.snapshot(&pack, &Mapping::plain(), "made").expect_err("it is refused");
    assert!(error.contains("persons.parquet, column `"), "{error}");
    assert!(error.contains("damaged or cut short"), "{error}");
}

/// The message for a mapping.
#[track_caller]
fn check_mapping(text: &str, expected: Expect) {
    let error = Mapping::read("m.toml", text, &pack()).expect_err("the mapping is refused");
    expected.assert_eq(&format!("{error}\n"));
}

#[test]
fn a_mapping_names_facts_and_codes_of_the_policy() {
    let head = "[households]\nid = \"hh\"\n[persons]\nhousehold = \"hh\"\n";
    check_mapping(
        &format!("{head}[person.sx]\ncolumn = \"gender\"\n"),
        expect![[r#"
            m.toml, line 5: The policy declares no fact `person.sx`. Did you mean `person.sex`?
        "#]],
    );
    check_mapping(
        &format!("{head}[person.sex]\ncolumn = \"gender\"\ncodes = {{ 1 = \"mail\" }}\n"),
        expect![[r#"
            m.toml, line 7: `person.sex` has no code `mail`. Did you mean `male`?
        "#]],
    );
    check_mapping(
        &format!("{head}[household.income]\ncolumn = \"inc\"\nfactor = \"a thousand\"\nseparator = \",\"\n"),
        expect![[r#"
            m.toml, column `inc`: `separator` means nothing for `household.income`, which is a whole number.
            m.toml, line 7: `a thousand` is no factor. Write a number or a fraction: 1000, 0.5, "1/12".
        "#]],
    );
    check_mapping(
        "day = \"yesterday\"\n[households]\nid = \"hh\"\n[persons]\nhousehold = \"hh\"\n",
        expect![[r#"
            m.toml, line 1: `yesterday` is no day. Write it as "2026-06-30".
        "#]],
    );
    check_mapping(
        "[households]\nidd = \"hh\"\n",
        expect![[r#"
            m.toml, line 2: unknown field `idd`, expected one of `id`, `district`, `null`.
        "#]],
    );
}

/// A file of this name that takes nothing, as a full disk.
#[cfg(target_os = "linux")]
fn full(path: &std::path::Path) {
    std::os::unix::fs::symlink("/dev/full", path).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let pack = pack();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let snapshot = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    let partial = format!("r.parquet.partial-{}", std::process::id());
    let said = |error: String| tables.said(&error).replace(&std::process::id().to_string(), "N");
    full(&tables.path(&partial));
    let options = Options { threads: 1, ..Options::default() };
    let error = tables.target(&pack, &Mapping::plain(), &options, "r.parquet").expect_err("the disk is full");
    expect!["r.parquet.partial-N: It cannot be written: No space left on device (os error 28). Make room on the disk and run the same command again."]
        .assert_eq(&said(error));
    full(&tables.path(&partial));
    let out = tables.path("r.parquet");
    let error = batch::target::snapshot(&pack, &snapshot, &options, &out, &|_, _| {}).expect_err("the disk is full");
    expect!["r.parquet.partial-N: It cannot be written: No space left on device (os error 28). Make room on the disk and run the same command again."]
        .assert_eq(&said(error.to_string()));
    assert!(!out.exists());
    let folder = tables.path(&format!("again.partial-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    full(&folder.join("persons.arrow"));
    let error = tables.snapshot(&pack, &Mapping::plain(), "again").expect_err("the disk is full");
    expect!["again.partial-N/persons.arrow: It cannot be written: No space left on device (os error 28). Make room on the disk and run the same command again."]
        .assert_eq(&said(error));
    assert!(!tables.path("again").exists() && !folder.exists());
}
