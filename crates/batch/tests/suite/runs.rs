//! The same answers by every way: from tables in any order, from a snapshot, on any number of threads, in one go or
//! taken up again, and the row evaluator's own.

use crate::common::{Tables, asked, day, pack, pakistan, rows};
use batch::{
    Chunk, Mapping,
    families::Families,
    files::{Files, Order, Room},
    generate::{self, Invented},
    snapshot::{self, Snapshot},
    target::{self, Options, Report, Totals},
};
use expect_test::expect;
use rules::{K3, Pack};
use std::{cell::Cell, fs, path::Path};

const HOUSEHOLDS: &str = "hh;dist;inc;pmt;gets\n\
                          B7;2;9;20.5;\n\
                          A1;1;15;31;cash|food\n\
                          A2;1;99;40.25;none\n\
                          C3;;2;;cash\n";
const PERSONS: &str = "no;hh;sex;age;w;rel\n\
                       p3;A1;2;41;Y;1\n\
                       p1;B7;1;77;N;1\n\
                       p4;A1;2;6;;2\n\
                       p2;B7;9;30;Y;2\n\
                       p5;C3;2;17;Y;1\n";
const MAPPING: &str = r#"
day = "2026-06-30"
members_complete = true

[households]
id = "hh"
district = "dist"

[persons]
household = "hh"
id = "no"
null = [9]

[household.district]
column = "dist"
codes = { 1 = "bannu", 2 = "swat" }

[household.income]
column = "inc"
factor = 1000
null = ["99"]

[household.receives]
column = "gets"
separator = "|"
codes = { none = "" }

[person.sex]
column = "sex"
codes = { 1 = "male", 2 = "female" }

[person.birth]
column = "age"
as = "age"

[person.widowed]
column = "w"
yes = ["Y"]
no = ["N"]

[person.relationship_to_head]
column = "rel"
codes = { 1 = "head", 2 = "child" }

[scores.registry]
column = "pmt"
"#;

fn options(threads: usize) -> Options {
    Options { threads, by: vec!["head.sex".into()], ..Options::default() }
}

fn run(pack: &Pack, snapshot: &Snapshot, options: &Options, out: &Path) -> Report {
    target::snapshot(pack, snapshot, options, out, &|_, _| {}).unwrap()
}

#[test]
fn a_mapping_says_how_other_peoples_tables_are_meant() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let snapshot = tables.snapshot(&pack, &mapping, "made").unwrap();
    // Household, district, score from and to, then girls, poor, widow.
    let expected = expect![[r#"
        A1 bannu 31.00 31.00 yes yes yes
        A2 bannu 40.25 40.25 no no no
        B7 swat 20.50 20.50 no yes unknown
        C3 - 0.00 100.00 no unknown no
    "#]];
    let mut all = run(&pack, &snapshot, &options(1), &tables.path("r.parquet"));
    expected.assert_eq(&rows(&tables.path("r.parquet")).iter().map(|r| format!("{r}\n")).collect::<String>());
    tables.target(&pack, &mapping, &options(2), "again.parquet").unwrap();
    assert_eq!(rows(&tables.path("again.parquet")), rows(&tables.path("r.parquet")));
    let row = all.totals.rows.remove("head.sex").unwrap();
    let households = |group: &str| row.get(group).map(|r| (r.households, r.persons));
    assert_eq!((households("female"), households("male"), households("")), (Some((2, 3)), Some((1, 2)), Some((1, 0))));
}

#[test]
fn reasons_say_who_and_what_is_missing() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let snapshot = tables.snapshot(&pack, &mapping, "made").unwrap();
    let options = Options { deciding: true, districts: vec!["swat".into()], ..options(1) };
    let report = run(&pack, &snapshot, &options, &tables.path("r.parquet"));
    let expected = expect![[r#"
        B7 girls - no poor 
        B7 poor - yes  
        B7 widow p1 no poor 
        B7 widow p2 unknown poor person.sex@p2
    "#]];
    expected.assert_eq(&rows(&report.reasons.unwrap()).iter().map(|r| format!("{r}\n")).collect::<String>());
    let options = Options { candidates: true, ..self::options(2) };
    let report = tables.target(&pack, &mapping, &options, "c.parquet").unwrap();
    let expected = expect![[r#"
        A1 girls - yes  
        A1 poor - yes  
        A1 widow p3 yes  
        B7 poor - yes  
    "#]];
    expected.assert_eq(&rows(&report.reasons.unwrap()).iter().map(|r| format!("{r}\n")).collect::<String>());
}

/// Invented households for the repository's policy, as Parquet.
fn invented(pack: &Pack, households: u64) -> Tables {
    let tables = Tables::named("households.parquet", "persons.parquet");
    let facts = batch::run::reads(pack, day(), &rules::column::Wanted::default()).unwrap();
    let paths = [tables.households.as_path(), tables.persons.as_path()];
    generate::write(pack, &facts, &Invented { day: day(), households, seed: 2026, backwards: false }, paths).unwrap();
    tables
}

#[test]
fn every_way_gives_the_same_bytes_or_rows() {
    let pack = pakistan();
    let tables = invented(&pack, 800);
    let snapshot = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    snapshot.verify().unwrap();
    let one = run(&pack, &snapshot, &options(1), &tables.path("one.parquet"));
    let many = run(&pack, &snapshot, &options(3), &tables.path("many.parquet"));
    assert_eq!(fs::read(tables.path("one.parquet")).unwrap(), fs::read(tables.path("many.parquet")).unwrap());
    assert_eq!(one, many);
    let straight = tables.target(&pack, &Mapping::plain(), &options(2), "straight.parquet").unwrap();
    assert_eq!(rows(&tables.path("straight.parquet")), rows(&tables.path("one.parquet")));
    assert_eq!(straight.totals, one.totals);
    // A district at a time gives the same counts.
    let mut sum = Totals::default();
    for district in &snapshot.index().layout.districts {
        let options = Options { districts: vec![district.clone()], ..options(2) };
        sum.add(&run(&pack, &snapshot, &options, &tables.path("part.parquet")).totals);
    }
    assert_eq!(sum, one.totals);
}

#[test]
fn a_snapshot_holds_what_the_row_evaluator_decides_alike() {
    let pack = pakistan();
    let tables = invented(&pack, 200);
    let snapshot = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    run(&pack, &snapshot, &options(2), &tables.path("r.parquet"));
    let mut decided = rows(&tables.path("r.parquet")).into_iter();
    let wanted = options(1).wanted(&pack);
    let scores = rules::column::Program::compile(&pack, day(), &wanted).unwrap().score_ids().count();
    let mut seen = [0; 3];
    for block in 0..snapshot.blocks() {
        let chunk = snapshot.chunk(block).unwrap();
        let families = Families::new(&chunk, &snapshot.index().layout, day());
        for at in 0..chunk.households() {
            let row = decided.next().unwrap();
            let words: Vec<&str> = row.split(' ').collect();
            let screening = rules::screen(&pack, &families.get(at), day());
            let shown = screening.verdicts.iter().filter(|verdict| !verdict.protected);
            for (verdict, told) in shown.zip(&words[2 + 2 * scores..]) {
                // What is given: a programme that is closed, say, is for nobody.
                let settled = pack.programme(&verdict.programme).and_then(|programme| programme.settled());
                let wanted = match settled.unwrap_or(verdict.truth) {
                    K3::Yes => "yes",
                    K3::No => "no",
                    K3::Unknown => "unknown",
                };
                assert_eq!(*told, wanted, "{} of {row}", verdict.programme);
                seen[["yes", "no", "unknown"].iter().position(|v| v == told).unwrap()] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 50), "every answer occurs: {seen:?}");
}

#[test]
fn an_interrupted_run_is_taken_up_and_damaged_parts_are_done_again() {
    let pack = pakistan();
    let tables = invented(&pack, 300);
    let snapshot = tables.snapshot(&pack, &Mapping::plain(), "made").unwrap();
    let whole = run(&pack, &snapshot, &options(1), &tables.path("whole.parquet"));
    let out = tables.path("r.parquet");
    let done = Cell::new(0);
    let stops = |_: u64, _: Option<u64>| {
        done.set(done.get() + 1);
        assert!(done.get() < 9, "the power fails");
    };
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        target::snapshot(&pack, &snapshot, &options(1), &out, &stops)
    }));
    assert!(failed.is_err() && !out.exists(), "an interrupted run leaves no result");
    let parts = tables.path("r.parquet.parts");
    let mut left: Vec<_> = fs::read_dir(&parts).unwrap().map(|e| e.unwrap().path()).collect();
    left.retain(|path| path.extension().is_some_and(|end| end == "parquet"));
    left.sort();
    let mut bytes = fs::read(&left[0]).unwrap();
    bytes[10] ^= 1;
    fs::write(&left[0], bytes).unwrap();
    let again = run(&pack, &snapshot, &options(2), &out);
    assert!(again.resumed > 0 && again.resumed < left.len() + 1, "{} of {} parts", again.resumed, left.len());
    assert_eq!(again.totals, whole.totals);
    assert_eq!(rows(&out), rows(&tables.path("whole.parquet")));
    assert!(!parts.exists());
    // Parts of another question are not taken up.
    let other = Options { at: Some(day().succ_opt().unwrap()), ..options(1) };
    assert_eq!(run(&pack, &snapshot, &other, &out).resumed, 0);
}

#[test]
fn a_changed_snapshot_is_refused() {
    let pack = pack();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let folder = tables.path("made");
    let open = || snapshot::open(&folder).and_then(|s| s.verify()).map_err(|e| tables.said(&e.to_string()));
    tables.snapshot(&pack, &mapping, "made").unwrap();
    assert_eq!(open(), Ok(()));
    let persons = fs::read(folder.join("persons.arrow")).unwrap();
    let (start, ..) = snapshot::open(&folder).unwrap().index().blocks[0].person[2];
    let mut changed = persons.clone();
    changed[start as usize] ^= 1;
    fs::write(folder.join("persons.arrow"), &changed).unwrap();
    expect!["made/persons.arrow: Block 0 is damaged: buffer 2 does not match its checksum. Copy the snapshot again, or make it again."]
        .assert_eq(&open().unwrap_err());
    fs::write(folder.join("persons.arrow"), &persons[..persons.len() - 8]).unwrap();
    assert!(open().unwrap_err().starts_with("made/persons.arrow: It has "));
    fs::write(folder.join("persons.arrow"), &persons).unwrap();
    let index = fs::read_to_string(folder.join("snapshot.json")).unwrap();
    fs::write(folder.join("snapshot.json"), index.replacen("\"households\":4", "\"households\":5", 1)).unwrap();
    expect!["made/snapshot.json: The description was changed: its checksum does not match. Make the snapshot again with `onewindow snapshot`."]
        .assert_eq(&open().unwrap_err());
}

#[test]
fn any_tool_reads_a_snapshot() {
    let pack = pack();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    tables.snapshot(&pack, &mapping, "made").unwrap();
    let file = fs::File::open(tables.path("made/households.arrow")).unwrap();
    let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
    let names: Vec<String> = reader.schema().fields().iter().map(|f| f.name().clone()).collect();
    expect!["household_id district members_end household.district household.income household.receives#0 household.receives#complete scores.registry household.members_complete"]
        .assert_eq(&names.join(" "));
    let rows: usize = reader.map(|batch| batch.unwrap().num_rows()).sum();
    assert_eq!(rows, 4);
}

#[test]
fn tables_in_any_order_give_the_same_snapshot() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let shuffled = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    let sorted = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].sort_unstable_by_key(|line| line.split(';').find(|word| word.len() == 2 && !word.starts_with('p')));
        lines.join("\n") + "\n"
    };
    let result = |households: &str, persons: &str| {
        let tables = Tables::csv(households, persons);
        let snapshot = tables.snapshot(&pack, &mapping, "made").unwrap();
        run(&pack, &snapshot, &options(1), &tables.path("r.parquet"));
        rows(&tables.path("r.parquet"))
    };
    let wanted = result(HOUSEHOLDS, PERSONS);
    assert_eq!(result(&shuffled(HOUSEHOLDS), &shuffled(PERSONS)), wanted);
    assert_eq!(result(&sorted(HOUSEHOLDS), &sorted(PERSONS)), wanted);
}

/// Every household with its persons, a line each.
fn households(tables: &Tables, pack: &Pack, room: Room, order: Order) -> Vec<String> {
    let mapping = Mapping::plain();
    let files = Files::open(&tables.households, &tables.persons, &asked(pack, &mapping), 2, tables.folder.path());
    let files = files.unwrap().with_room(room);
    let lines = std::cell::RefCell::new(vec![]);
    let mut take = |chunk: Chunk| {
        for at in 0..chunk.households() {
            let own: Vec<String> = chunk.household.iter().map(|column| format!("{:?}", column.get(at))).collect();
            let mut line = format!("{} {} {}", chunk.ids.get(at), chunk.districts[at], own.join(" "));
            for row in chunk.members[at] as usize..chunk.members[at + 1] as usize {
                let own: Vec<String> = chunk.person.iter().map(|column| format!("{:?}", column.get(row))).collect();
                line += &format!(" | {}", own.join(" "));
            }
            lines.borrow_mut().push(line);
        }
        Ok(())
    };
    let mut restart = || {
        lines.borrow_mut().clear();
        Ok(())
    };
    files.chunks(order, &mut take, &mut restart).unwrap();
    lines.into_inner()
}

#[test]
fn tables_larger_than_memory_are_put_in_order_through_files() {
    let pack = pack();
    let facts: Vec<String> =
        ["household.income", "person.sex", "person.birth"].into_iter().map(str::to_owned).collect();
    let tables = Tables::named("households.parquet", "persons.parquet");
    let invented = Invented { day: day(), households: 3000, seed: 5, backwards: true };
    generate::write(&pack, &facts, &invented, [&tables.households, &tables.persons]).unwrap();
    let wanted = households(&tables, &pack, Room::default(), Order::ByDistrict);
    assert_eq!(wanted.len(), 3000);
    assert!(wanted.is_sorted_by_key(|line| line.split(' ').next().unwrap().parse::<i64>().unwrap()));
    for (households_each, bytes) in [(100, 1), (37, 1 << 14), (1, 1 << 30)] {
        let room = Room { households: households_each, bytes };
        assert!(households(&tables, &pack, room, Order::AsTheyCome) == wanted, "{room:?}");
    }
    let left = fs::read_dir(tables.folder.path()).unwrap().count();
    assert_eq!(left, 2, "temporary files are gone");
}

#[test]
fn a_second_policy_with_another_dictionary_reads_the_same_snapshot() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let snapshot = tables.snapshot(&pack, &mapping, "made").unwrap();
    // Codes in another order and one less, narrower bounds, more codes in the set.
    let other = crate::common::pack_with(&|facts| {
        facts
            .replace("{ id = \"bannu\" }, { id = \"swat\" }", "{ id = \"swat\" }, { id = \"bannu\" }")
            .replace(
                "{ id = \"female\" }, { id = \"male\" }",
                "{ id = \"male\" }, { id = \"transgender\" }, { id = \"female\" }",
            )
            .replace("max = 1000000", "max = 12000")
            .replace("{ id = \"cash\" }, { id = \"food\" }", "{ id = \"seeds\" }, { id = \"food\" }, { id = \"cash\" }")
    });
    let out = tables.path("other.parquet");
    let report = run(&other, &snapshot, &Options { deciding: true, ..options(2) }, &out);
    // An income of 15,000 is beyond the new bounds, so it is unknown; whatever they allow is below 40,000.
    let expected = expect![[r#"
        A1 bannu 31.00 31.00 yes yes yes
        A2 bannu 40.25 40.25 no no no
        B7 swat 20.50 20.50 no yes unknown
        C3 - 0.00 100.00 no unknown no
    "#]];
    expected.assert_eq(&rows(&out).iter().map(|r| format!("{r}\n")).collect::<String>());
    // The row evaluator says the same of each candidate.
    let told = rows(&report.reasons.unwrap());
    assert!(told.iter().any(|row| row.starts_with("A1 poor - yes")), "{told:?}");
    // Sets are read by their codes.
    let feeds = crate::common::pack_with_rule("fed", "household", "'food' in household.receives", &|facts| {
        facts
            .replace("{ id = \"cash\" }, { id = \"food\" }", "{ id = \"seeds\" }, { id = \"food\" }, { id = \"cash\" }")
    });
    let options = Options { programmes: Some(vec!["fed".into()]), ..options(1) };
    run(&feeds, &snapshot, &options, &out);
    let expected = expect![[r#"
        A1 bannu yes
        A2 bannu no
        B7 swat unknown
        C3 - no
    "#]];
    expected.assert_eq(&rows(&out).iter().map(|r| format!("{r}\n")).collect::<String>());
}
