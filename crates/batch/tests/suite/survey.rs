//! A score against what families consume. The first table is published, the second was worked out by hand, the third is
//! drawn from a seed and counted person by person.

use crate::common::{Tables, asked, day, pack};
use batch::{
    Mapping,
    disclosure::Readers,
    survey::{self, Ask, Checked, Line, report},
};
use domain::money::Paisa;
use expect_test::{Expect, expect};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rules::Pack;
use std::fmt::Write;

fn ask<'a>(pack: &'a Pack, score: &'a str, line: Line, cut_offs: &'a [i64], by: &'a [String]) -> Ask<'a> {
    Ask { pack, score, at: None, line, cut_offs, by, threads: 2 }
}

fn rupees(rupees: i64) -> Line {
    Line::Below(Paisa(rupees * 100))
}

/// Checks tables, and the same tables by way of a snapshot: both say the same.
fn checked(tables: &Tables, mapping: &Mapping, ask: &Ask) -> Result<Checked, String> {
    let asked = asked(ask.pack, mapping);
    let folder = tables.folder.path();
    let of_files = survey::files(&tables.households, &tables.persons, &asked, ask, folder, &|_, _| {});
    let of_files = of_files.map_err(|faults| tables.said(&faults.to_string()));
    let name = format!("s{}", std::fs::read_dir(folder).unwrap().count());
    if let Ok(snapshot) = tables.snapshot(ask.pack, mapping, &name) {
        let of_snapshot = survey::snapshot(&snapshot, ask, &|_, _| {}).map_err(|faults| faults.to_string());
        assert_eq!(of_snapshot, of_files);
    }
    of_files
}

fn said(checked: &Checked, by: &str, group: &str, cut_off: i64) -> String {
    let row = checked.rows.iter().find(|row| row.by == by && row.group == group).expect("the group is there");
    let at = checked.cut_offs.iter().position(|one| *one == cut_off).expect("the cut-off is there");
    let measures = report::MEASURES.iter().map(|(name, measure)| match measure(&row.tallies[at]) {
        None => format!("{name} none"),
        Some(rate) if rate.low == rate.high => format!("{name} {}", report::hundredths(rate.low)),
        Some(rate) => format!("{name} {} to {}", report::hundredths(rate.low), report::hundredths(rate.high)),
    });
    measures.collect::<Vec<_>>().join(", ")
}

/// Table 7.3 of *Revisiting Targeting in Social Assistance* (Grosh and others, World Bank 2022, page 474): ten persons,
/// four ways to give, errors against a poverty line of 20 and against the poorest fifth.
#[test]
fn the_errors_of_the_ten_person_economy_are_those_published() {
    const INCOMES: [u32; 10] = [6, 8, 11, 15, 21, 25, 30, 40, 50, 100];
    let scenarios: [(&[usize], [&str; 2]); 4] = [
        (&[1, 2], ["50.00 0.00", "0.00 0.00"]),
        (&[2, 3], ["50.00 0.00", "50.00 50.00"]),
        (&[3, 4], ["50.00 0.00", "100.00 100.00"]),
        (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], ["0.00 60.00", "0.00 80.00"]),
    ];
    let pack = pack();
    for (reached, wanted) in scenarios {
        let mut households = "household_id,registry,survey.consumption_per_person\n".to_owned();
        let mut persons = "household_id,sex\n".to_owned();
        for (at, income) in INCOMES.iter().enumerate() {
            let score = if reached.contains(&(at + 1)) { 10 } else { 90 };
            writeln!(households, "{:02},{score},{income}", at + 1).unwrap();
            writeln!(persons, "{:02},", at + 1).unwrap();
        }
        let tables = Tables::csv(&households, &persons);
        for (line, wanted) in [rupees(20), Line::Poorest(2000)].into_iter().zip(wanted) {
            let checked = checked(&tables, &Mapping::plain(), &ask(&pack, "registry", line, &[5000], &[])).unwrap();
            let tally = &checked.rows[0].tallies[checked.chosen[0]];
            let rate = |rate: Option<survey::errors::Rate>| report::hundredths(rate.unwrap().low);
            assert_eq!(
                format!("{} {}", rate(tally.exclusion()), rate(tally.inclusion())),
                wanted,
                "{reached:?} {line:?}"
            );
        }
    }
}

const MAPPING: &str = r#"
day = "2026-11-22"
[households]
id = "hh"
[persons]
household = "hh"
[household.district]
column = "dist"
[household.income]
column = "inc"
[household.receives]
column = "gets"
codes = { none = "" }
[survey.consumption_per_adult_equivalent]
column = "pae"
[survey.weight]
column = "w"
null = ["?"]
[survey.size]
column = "n"
"#;

const HOUSEHOLDS: &str = "hh,dist,inc,gets,pae,w,n\n\
    A,bannu,3000,food,2000,10,4\nB,bannu,3000,none,2500,20,5\nC,bannu,9000,food,2800.00,5,8\n\
    D,swat,3000,,2900,10,6\nE,swat,,food,6000,10,2\nF,swat,9000,none,9000,30,4\nG,swat,,,7000,1,20\n\
    H,bannu,3000,food,,10,4\nI,bannu,3000,food,100,?,4\nJ,swat,3000,none,3000,4,5\n";
const PERSONS: &str = "hh,sex,relationship_to_head\nA,female,head\nB,male,head\nC,male,head\nD,female,head\nE,male,head\n\
    F,male,head\nG,male,head\nH,male,head\nI,male,head\nJ,male,head\n";

#[test]
fn a_small_survey_comes_to_what_was_worked_out_by_hand() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let by = ["head.sex".to_owned()];
    let found = checked(&tables, &mapping, &ask(&pack, "card", rupees(3000), &[4, 2], &by)).unwrap();
    // Poor: A, B, C, D with 40 + 100 + 40 + 60 = 240 people in 45 households; others 180 in 45, J at the line itself.
    let poverty = found.rows[0].tallies[0].poverty().unwrap();
    assert_eq!((poverty.low, poverty.sampled, found.poor_up_to), (5714, 8, Paisa(299_999)));
    assert_eq!((found.per, found.households, found.open_scores), ("adult_equivalent", 8, 3));
    assert_eq!((found.left_out.consumption, found.left_out.weight, found.left_out.size), (1, 1, 0));
    let check = |by: &str, group: &str, cut_off: i64, expected: Expect| {
        expected.assert_eq(&said(&found, by, group, cut_off));
    };
    // At 4: A, B, D reached, C missed; J reached too, E and G unclear, F not.
    check(
        "",
        "",
        4,
        expect![
            "exclusion 16.67, inclusion 9.09 to 23.08, coverage 52.38 to 61.90, leakage 9.09 to 27.27, cgh 1.27 to 1.59"
        ],
    );
    // At 2: A reached, D unclear, B and C missed; E and G unclear, F and J not.
    check(
        "",
        "",
        2,
        expect![
            "exclusion 58.33 to 83.33, inclusion 0.00 to 50.00, coverage 9.52 to 33.33, leakage 0.00 to 52.38, cgh 0.83 to 1.75"
        ],
    );
    check("district", "bannu", 4, expect!["exclusion 22.22, inclusion 0.00, coverage 77.78, leakage 0.00, cgh 1.00"]);
    check(
        "district",
        "swat",
        4,
        expect![
            "exclusion 0.00, inclusion 25.00 to 50.00, coverage 33.33 to 50.00, leakage 28.57 to 60.00, cgh 1.60 to 2.86"
        ],
    );
    check("head.sex", "female", 4, expect!["exclusion 0.00, inclusion 0.00, coverage 100.00, leakage 0.00, cgh 1.00"]);
    // The poorest fifth of 420 people are 84: A with 40 and B with 100, who consumes as much as the eighty-fourth.
    let poorest = checked(&tables, &mapping, &ask(&pack, "card", Line::Poorest(2000), &[4], &[])).unwrap();
    assert_eq!(poorest.poor_up_to, Paisa(250_000));
    // As many are reached as are poor at 4: 220 to 260 of 240.
    let alone = checked(&tables, &mapping, &ask(&pack, "card", rupees(3000), &[], &[])).unwrap();
    assert_eq!(alone.chosen.iter().map(|at| alone.cut_offs[*at]).collect::<Vec<_>>(), [4]);
}

#[test]
fn few_households_are_not_told_outside() {
    let pack = pack();
    let mapping = Mapping::read("m.toml", MAPPING, &pack).unwrap();
    let tables = Tables::csv(HOUSEHOLDS, PERSONS);
    let found = checked(&tables, &mapping, &ask(&pack, "card", rupees(3000), &[4], &[])).unwrap();
    let line = |readers| {
        let csv = report::csv(&found, readers).unwrap();
        csv.lines().filter(|line| line.starts_with(",,4,")).collect::<Vec<_>>().join("\n")
    };
    // Four poor households: nothing that rests on them is told. Eight in all, but two of them are not reached, and coverage
    // would tell that.
    expect![",,4,,0,,,,,,0,,,,,,,,,,,,,,"].assert_eq(&line(Readers::Anybody));
    expect![",,4,200,0,40,20,40,120,3,0,1,1,2,1,16.67,16.67,9.09,23.08,52.38,61.90,9.09,27.27,1.27,1.59"]
        .assert_eq(&line(Readers::Inside));
    let json: serde_json::Value = serde_json::from_str(&report::json(&found, Readers::Anybody)).unwrap();
    assert_eq!(json["households_compared"], 10);
    assert_eq!(json["groups"][0]["cut_offs"][0]["exclusion"], serde_json::Value::Null);
}

#[test]
fn what_is_hidden_does_not_follow_from_what_is_told() {
    let pack = pack();
    // Forty households of two, each for ten others: thirty are poor. Of the poor, two have scores between the cut-offs.
    let (mut households, mut persons) =
        ("household_id,district,registry,survey.consumption_per_person,survey.weight\n".to_owned(), String::new());
    persons.push_str("household_id,sex\n");
    for id in 100..140 {
        let (poor, score) = match id - 100 {
            at @ 0..30 => (true, if at < 2 { 35 } else { 10 }),
            _ => (false, 60),
        };
        let consumption = if poor { 2000 } else { 5000 };
        writeln!(households, "{id},bannu,{score},{consumption},10").unwrap();
        (0..2).for_each(|_| writeln!(persons, "{id},").unwrap());
    }
    let tables = Tables::csv(&households, &persons);
    let found = checked(&tables, &Mapping::plain(), &ask(&pack, "registry", rupees(3000), &[3000, 4000], &[])).unwrap();
    let cells = |readers| {
        let csv = report::csv(&found, readers).unwrap();
        let line = |cut_off: &str| {
            let line = csv.lines().find(|line| line.starts_with(&format!(",,{cut_off}.00,"))).expect("a line");
            line.split(',').map(str::to_owned).collect::<Vec<_>>()
        };
        [line("30"), line("40")]
    };
    // Poor and reached, poor and missed, in people; and the rate that would tell the missed.
    let told = |line: &[String]| [line[3].clone(), line[5].clone(), line[15].clone()];
    let inside = cells(Readers::Inside).map(|line| told(&line));
    assert_eq!(inside, [["560", "40", "6.67"], ["600", "0", "0.00"]].map(|row| row.map(str::to_owned)));
    let outside = cells(Readers::Anybody).map(|line| told(&line));
    // Five households of the survey stand for a hundred people; two of them are neither told nor a difference.
    assert_eq!(outside, [["600", "", ""], ["600", "0", "0.00"]].map(|row| row.map(str::to_owned)));
}

/// Somebody a household of the survey stands for.
struct Person {
    poor: bool,
    low: i64,
    high: i64,
    district: &'static str,
}

/// Each person of a drawn survey on their own, so that weights and sizes cannot be mixed up.
#[test]
fn a_drawn_survey_comes_to_what_counting_person_by_person_gives() {
    let pack = pack();
    for seed in 0..8 {
        let mut random = StdRng::seed_from_u64(seed);
        let (mut households, mut persons) = (
            "household_id,district,registry,survey.consumption_per_person,survey.weight\n".to_owned(),
            "household_id,sex\n".to_owned(),
        );
        // Once for each person stood for.
        let mut people: Vec<Person> = vec![];
        for id in 100..400 {
            let (size, weight) = (random.random_range(1..7), random.random_range(0..5));
            let district = ["bannu", "swat", ""][random.random_range(0..3)];
            let consumption = random.random_range(1000..6000);
            let score =
                random.random_bool(0.8).then(|| (consumption / 80 + random.random_range(-10..30)).clamp(0, 100));
            let text = score.map_or(String::new(), |score: i64| score.to_string());
            writeln!(households, "{id},{district},{text},{consumption},{weight}").unwrap();
            (0..size).for_each(|_| writeln!(persons, "{id},").unwrap());
            let (low, high) = score.map_or((0, 100), |score| (score, score));
            people.extend((0..size * weight).map(|_| Person { poor: consumption < 3000, low, high, district }));
        }
        let tables = Tables::csv(&households, &persons);
        let cut_offs = [3000, 4500];
        let found = checked(&tables, &Mapping::plain(), &ask(&pack, "registry", rupees(3000), &cut_offs, &[])).unwrap();
        let count = |of: &dyn Fn(&Person) -> bool| people.iter().filter(|one| of(one)).count() as u128;
        for (by, group) in [("", ""), ("district", "bannu"), ("district", "swat"), ("district", "")] {
            let row = found.rows.iter().find(|row| row.by == by && row.group == group).unwrap();
            for (cut_off, tally) in found.cut_offs.iter().zip(&row.tallies) {
                let here = |one: &Person| by.is_empty() || one.district == group;
                let cells = [tally.poor, tally.other].map(|cells| cells.map(|cell| cell.persons));
                for (poor, cells) in [true, false].into_iter().zip(cells) {
                    let surely = count(&|one| here(one) && one.poor == poor && one.high * 100 <= *cut_off);
                    let never = count(&|one| here(one) && one.poor == poor && one.low * 100 > *cut_off);
                    let all = count(&|one| here(one) && one.poor == poor);
                    assert_eq!(cells, [surely, all - surely - never, never], "seed {seed}, {by} {group} {cut_off}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let pack = pack();
    let refused = |households: &str, mapping: &str, ask: &Ask| {
        let tables = Tables::csv(households, PERSONS);
        match Mapping::read("m.toml", mapping, &pack) {
            Ok(mapping) => checked(&tables, &mapping, ask).map_or_else(|said| said, |_| "done".into()),
            Err(faults) => faults.to_string(),
        }
    };
    let usual = ask(&pack, "card", rupees(3000), &[], &[]);
    let without = &MAPPING[..MAPPING.find("[survey.").unwrap()];
    let said = [
        refused(HOUSEHOLDS, without, &usual),
        refused(HOUSEHOLDS, &MAPPING.replace("survey.weight", "survey.wieght"), &usual),
        refused(&HOUSEHOLDS.replace(",20,5", ",2.5,5"), MAPPING, &usual),
        refused(HOUSEHOLDS, MAPPING, &ask(&pack, "crad", rupees(3000), &[], &[])),
        refused(HOUSEHOLDS, MAPPING, &ask(&pack, "card", rupees(3000), &[11], &[])),
    ];
    expect![[r#"
        survey: No column tells what households consume. Name it in the mapping under [survey.consumption_per_person] or [survey.consumption_per_adult_equivalent]; see docs/guide/score-check.md.
        m.toml, line 16: `survey.wieght` is nothing that a survey tells: survey.consumption_per_person, survey.consumption_per_adult_equivalent, survey.weight, survey.size. Did you mean `survey.weight`?
        households.csv, line 3, column `w`: `2.5` falls between two values of `survey.weight`, which is a whole number. Say in the mapping how to `round`: down, up or nearest.
        policy: It has no score `crad`. Did you mean `card`?
        survey: The cut-off 11 is outside the scale of `card`. It goes from 0 to 10."#]]
    .assert_eq(&said.join("\n"));
    assert_eq!(day().to_string(), "2026-11-22");
}
