//! Two policies over one snapshot: who gains and loses, what it costs, how far a budget reaches; the same on every
//! machine with the same seed.

use crate::common::{self, Files, Tables, load, programme};
use batch::{
    Mapping,
    disclosure::Readers,
    report,
    simulate::{self, Ask, Simulation, change::change, compare, reach::Limits, seed::Seed},
    snapshot::Snapshot,
};
use expect_test::expect;
use rules::Pack;
use std::{collections::BTreeMap, fs, path::Path};

const CASH: &str = "[[benefit]]\nid = \"pay\"\nkind = \"cash\"\ntext = { en = \"Pay\" }\nper = \"quarter\"\n\
                    status = \"assumed\"\n[[benefit.amount]]\npkr = 1000\nstatus = \"assumed\"\n";

fn files() -> Files {
    let programmes = [
        programme("cash", "household", "scores.registry <= 32", CASH),
        programme("widow", "person", "person.widowed && scores.registry <= 50", CASH),
        programme("food", "household", "scores.registry < 20", ""),
    ];
    common::files(&str::to_owned, &programmes)
}

/// The policy, and the same with its cut-off for cash at 25 instead of 32.
fn packs() -> [Pack; 2] {
    let first = load(&files());
    let (changed, what) = change(&files(), &first, &"cash/poor=25".parse().unwrap()).unwrap();
    assert_eq!((what.before.as_str(), what.after.as_str()), ("scores.registry <= 32", "scores.registry <= 25"));
    [first, load(&changed)]
}

const HOUSEHOLDS: [&str; 7] =
    ["1,bannu,12", "2,bannu,25", "3,swat,25", "4,swat,25", "5,swat,31.5", "6,bannu,", "7,,80"];
const PERSONS: [&str; 9] = [
    "1,a,head,female,true",
    "1,b,child,female,true",
    "2,a,head,male,",
    "3,a,head,female,false",
    "4,a,head,male,false",
    "5,a,head,male,false",
    "5,b,child,female,",
    "6,a,head,female,true",
    "7,a,head,,true",
];

fn snapshot(pack: &Pack, turn: usize) -> (Tables, Snapshot) {
    let (mut households, mut persons) = (HOUSEHOLDS, PERSONS);
    households.rotate_left(turn);
    persons.rotate_left(turn * 2);
    let tables = Tables::csv(
        &format!("household_id,district,scores.registry\n{}\n", households.join("\n")),
        &format!("household_id,person_id,relationship_to_head,sex,widowed\n{}\n", persons.join("\n")),
    );
    let mapping = Mapping { complete: batch::mapping::Complete::Always(true), ..Mapping::plain() };
    let snapshot = tables.snapshot(pack, &mapping, "s").unwrap();
    (tables, snapshot)
}

fn simulated(packs: &[Pack; 2], snapshot: &Snapshot, seed: &str, threads: usize) -> Simulation {
    let limits = Limits { budget: Some(2 * 4 * 1000 * 100), quotas: BTreeMap::from([("bannu".into(), 1)]) };
    let ask = Ask {
        packs: [&packs[0], &packs[1]],
        at: None,
        programmes: None,
        by: vec!["head.sex".into()],
        limits: BTreeMap::from([("cash".into(), limits)]),
        rank_by: None,
        seed: Seed(seed.into()),
        threads,
    };
    compare(&ask, snapshot, &|_, _| {}).unwrap()
}

fn ranking(simulation: &Simulation) -> String {
    let line =
        |r: &batch::simulate::reach::Ranked| format!("{} {} {}\n", r.standing.household, r.place.word(), r.sure.word());
    simulation.reaches[0].reach.ranked.iter().map(line).collect()
}

#[test]
fn a_lower_cut_off_shows_who_loses_and_what_is_saved() {
    let packs = packs();
    let (_tables, snapshot) = snapshot(&packs[0], 0);
    let simulation = simulated(&packs, &snapshot, "spring", 2);
    let mut said = String::new();
    for ((by, group), row) in &simulation.flows.rows {
        for (programme, flow) in simulation.flows.programmes.iter().zip(&row.flows) {
            said += &format!("{by}/{group} {} {programme} {:?}\n", row.households, flow.0);
        }
    }
    expect![[r#"
        / 7 cash [[1, 0, 0], [0, 1, 0], [1, 0, 4]]
        / 7 food [[5, 0, 0], [0, 1, 0], [0, 0, 1]]
        / 7 widow [[3, 0, 0], [0, 3, 0], [0, 0, 1]]
        district/ 1 cash [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        district/ 1 food [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        district/ 1 widow [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        district/bannu 3 cash [[0, 0, 0], [0, 1, 0], [0, 0, 2]]
        district/bannu 3 food [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        district/bannu 3 widow [[0, 0, 0], [0, 2, 0], [0, 0, 1]]
        district/swat 3 cash [[0, 0, 0], [0, 0, 0], [1, 0, 2]]
        district/swat 3 food [[3, 0, 0], [0, 0, 0], [0, 0, 0]]
        district/swat 3 widow [[2, 0, 0], [0, 1, 0], [0, 0, 0]]
        head.sex/ 1 cash [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        head.sex/ 1 food [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        head.sex/ 1 widow [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        head.sex/female 3 cash [[0, 0, 0], [0, 1, 0], [0, 0, 2]]
        head.sex/female 3 food [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        head.sex/female 3 widow [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        head.sex/male 3 cash [[0, 0, 0], [0, 0, 0], [1, 0, 2]]
        head.sex/male 3 food [[3, 0, 0], [0, 0, 0], [0, 0, 0]]
        head.sex/male 3 widow [[1, 0, 0], [0, 2, 0], [0, 0, 0]]
    "#]]
    .assert_eq(&said);
    let cost = |at: usize, side: usize| {
        let (price, paid) = simulation.costs[at][side].as_ref().unwrap();
        format!("{} added {}", price.cost(*paid).regular, price.is_added)
    };
    let costs = [cost(0, 0), cost(0, 1), cost(1, 0), cost(2, 0)].join("\n");
    expect![[r#"
        Rs 20,000 to Rs 24,000 added true
        Rs 16,000 to Rs 20,000 added true
        Rs 0 added false
        Rs 8,000 to Rs 20,000 added true"#]]
    .assert_eq(&costs);
    expect![[r#"
        1 reached depends
        2 waits_for_place never
        3 reached depends
        4 waits_for_budget depends
        6 unclear_behind depends
    "#]]
    .assert_eq(&ranking(&simulation));
}

#[test]
fn order_and_threads_do_not_matter_and_the_seed_does() {
    let packs = packs();
    let (_tables, straight) = snapshot(&packs[0], 0);
    let lists: Vec<String> = (0..8).map(|seed| ranking(&simulated(&packs, &straight, &seed.to_string(), 1))).collect();
    for turn in [1, 4] {
        let (_tables, turned) = snapshot(&packs[0], turn);
        for (seed, list) in lists.iter().enumerate() {
            assert_eq!(&ranking(&simulated(&packs, &turned, &seed.to_string(), 3)), list);
        }
    }
    assert!(lists.iter().any(|list| list != &lists[0]), "eight seeds draw the same order of equals");
}

#[test]
fn the_report_is_whole_or_not_there() {
    let packs = packs();
    let (tables, snapshot) = snapshot(&packs[0], 0);
    let write = |readers: Readers, name: &str| {
        let out = tables.path(name);
        let seen = simulated(&packs, &snapshot, "spring", 1).seen_by(readers);
        report::folder(&out, &simulate::report::files(&seen).unwrap()).map(|()| out)
    };
    let out = write(Readers::Inside, "report").unwrap();
    let listed = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(listed(&out), ["costs.csv", "flows.csv", "ranking-cash.csv", "reach.csv", "run.json"]);
    let text = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    expect![[r#"
        programme,policy,what,benefit,recipients_low,recipients_high,rupees_low,rupees_high,note
        cash,first,regular_cash_a_year,,5,6,20000,24000,
        cash,first,cash_that_comes_once,,5,6,0,0,
        cash,second,regular_cash_a_year,,4,5,16000,20000,
        cash,second,cash_that_comes_once,,4,5,0,0,
        widow,first,regular_cash_a_year,,2,5,8000,20000,
        widow,first,cash_that_comes_once,,2,5,0,0,
        widow,second,regular_cash_a_year,,2,5,8000,20000,
        widow,second,cash_that_comes_once,,2,5,0,0,
    "#]]
    .assert_eq(&text("costs.csv"));
    expect![[r#"
        rank,household_id,district,score_low,score_high,verdict,place,sure,rupees_low,rupees_high
        1,1,bannu,12.00,12.00,yes,reached,depends,4000,4000
        2,2,bannu,25.00,25.00,yes,waits_for_place,never,4000,4000
        3,3,swat,25.00,25.00,yes,reached,depends,4000,4000
        4,4,swat,25.00,25.00,yes,waits_for_budget,depends,4000,4000
        5,6,bannu,0.00,100.00,unknown,unclear_behind,depends,0,4000
    "#]]
    .assert_eq(&text("ranking-cash.csv"));
    assert!(text("run.json").contains("\"seed\": \"spring\""));
    // What leaves the centre holds no list, and no count that is not a multiple of five.
    let outside = write(Readers::Anybody, "outside").unwrap();
    assert_eq!(listed(&outside), ["costs.csv", "flows.csv", "reach.csv", "run.json"]);
    expect![[r#"
        programme,policy,what,benefit,recipients_low,recipients_high,rupees_low,rupees_high,note
        cash,first,regular_cash_a_year,,5,5,20000,20000,
        cash,first,cash_that_comes_once,,5,5,0,0,
        cash,second,regular_cash_a_year,,5,5,20000,20000,
        cash,second,cash_that_comes_once,,5,5,0,0,
        widow,first,regular_cash_a_year,,0,5,0,20000,
        widow,first,cash_that_comes_once,,0,5,0,0,
        widow,second,regular_cash_a_year,,0,5,0,20000,
        widow,second,cash_that_comes_once,,0,5,0,0,
    "#]]
    .assert_eq(&fs::read_to_string(outside.join("costs.csv")).unwrap());
    for name in ["flows.csv", "reach.csv"] {
        let text = fs::read_to_string(outside.join(name)).unwrap();
        let counts = text.lines().skip(1).flat_map(|line| line.split(',')).filter_map(|cell| cell.parse::<u64>().ok());
        assert!(counts.clone().count() > 50 || name == "reach.csv", "{text}");
        assert!(counts.clone().all(|count| count.is_multiple_of(5)), "{text}");
    }
    let again = write(Readers::Inside, "report").unwrap_err().to_string();
    assert_eq!(
        tables.said(&again),
        "report: It is there already. Name a folder that is not there, so that no earlier report is lost."
    );
}

#[test]
fn what_cannot_be_done_is_refused() {
    let packs = packs();
    let (_tables, snapshot) = snapshot(&packs[0], 0);
    let refused = |programme: &str, limits: Limits| {
        let ask = Ask {
            packs: [&packs[0], &packs[1]],
            at: None,
            programmes: None,
            by: vec![],
            limits: BTreeMap::from([(programme.into(), limits)]),
            rank_by: None,
            seed: Seed("spring".into()),
            threads: 1,
        };
        compare(&ask, &snapshot, &|_, _| {}).err().map_or("done".into(), |faults| faults.to_string())
    };
    let budget = || Limits { budget: Some(100), quotas: BTreeMap::new() };
    let quota = |district: &str| Limits { budget: None, quotas: BTreeMap::from([(district.into(), 1)]) };
    let said = [
        refused("cahs", budget()),
        refused("food", budget()),
        refused("food", quota("swat")),
        refused("cash", quota("swta")),
    ];
    expect![[r#"
        policy: Neither policy has a programme `cahs`. Did you mean `cash`?
        policy: `food` gives no cash of a published amount, so no budget can be shared out. Give --quota instead, or the amount in the policy.
        done
        snapshot: There is no district `swta` in it. Did you mean `swat`?"#]].assert_eq(&said.join("\n"));
}
