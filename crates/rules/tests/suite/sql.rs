//! The SQL text: what a policy looks like in it. That it says what the evaluators say is shown by `cargo xtask oracle`.

use crate::support::{at, pack, programme};
use expect_test::{Expect, expect};
use rules::{
    pack::fact::Record,
    sql::{Dialect, Rows, columns, tables, text},
};

fn households(level: &str, conditions: &[&str]) -> String {
    let pack = pack(&[("p", programme("p", level, "complete", conditions))]);
    text(&pack, at(), Dialect::DuckDb, Rows::Households)
}

/// The line that makes a column, with the comment above it.
#[track_caller]
fn check(text: &str, column: &str, expected: Expect) {
    let lines: Vec<&str> = text.lines().collect();
    let made = format!(" AS \"{column}\"");
    let at = lines.iter().position(|line| line.trim_end_matches(',').ends_with(&made));
    let at = at.unwrap_or_else(|| panic!("no column {column} in\n{text}"));
    let said = |line: &&str| format!("{}\n", line.trim());
    let comment = lines[at - 1].trim().strip_prefix("--").map(|_| said(&lines[at - 1]));
    expected.assert_eq(&(comment.unwrap_or_default() + &said(&lines[at])));
}

#[test]
fn a_condition_is_a_column_with_the_line_it_comes_from() {
    let text = households("household", &["household.registered && household.income < 5000"]);
    check(
        &text,
        "condition 1",
        expect![[r#"
            -- p/programme.toml:8: household.registered && household.income < 5000
            ("household.registered" AND ("household.income" < 5000)) AS "condition 1"
        "#]],
    );
}

#[test]
fn what_does_not_fit_its_fact_is_left_out() {
    let text = households("household", &["household.land_acres <= 12.5 && household.registered"]);
    assert!(
        text.contains(r#"CASE WHEN "land_acres" BETWEEN 0.0 AND 500.0 THEN CAST("land_acres" * 10 AS BIGINT) END AS "household.land_acres""#),
        "{text}"
    );
    assert!(text.contains(r#"("household.land_acres" <= 125)"#), "{text}");
}

#[test]
fn a_comparison_that_the_bounds_decide_is_decided() {
    let text = households("household", &["household.income <= 1000000", "household.income < 0"]);
    check(
        &text,
        "programme p",
        expect![[r#"
            ("condition 1") AND ("condition 2") AS "programme p"
        "#]],
    );
    assert!(text.contains("TRUE AS \"condition 1\"") && text.contains("FALSE AS \"condition 2\""), "{text}");
}

#[test]
fn ages_are_intervals_and_counts_wait_for_the_open_list() {
    let text = households("household", &["members.count(p, age(p, at) < 18) >= 2"]);
    check(
        &text,
        "condition 1",
        expect![[r#"
            -- p/programme.toml:8: members.count(p, age(p, at) < 18) >= 2
            (CASE WHEN "members 1 yes" >= 2 THEN TRUE WHEN ("members 1 yes" + "members 1 unknown" + "unlisted") < 2 THEN FALSE END) AS "condition 1"
        "#]],
    );
}

#[test]
fn a_member_compared_with_the_candidate_makes_pairs() {
    let text = households("person", &["members.exists(p, p.wage > person.wage)"]);
    assert!(text.contains("c JOIN \"persons 1.1\" p USING (household_id)"), "{text}");
    assert!(text.contains("p.\"person.wage\"") && text.contains("c.\"person.wage\""), "{text}");
}

#[test]
fn criteria_out_of_force_are_named_and_left_out() {
    let criterion = "[[criterion]]\nid = \"later\"\nfrom = 2027-01-01\nwhen = \"household.registered\"\n";
    let pack = pack(&[("p", crate::support::head("p", "household", "complete") + criterion)]);
    let text = text(&pack, at(), Dialect::DuckDb, Rows::Households);
    assert!(text.contains("-- later is not in force on 2026-11-22"), "{text}");
    assert!(text.contains("CAST(NULL AS BOOLEAN) AS \"programme p\""), "{text}");
}

#[test]
fn tables_have_a_column_for_every_fact_that_is_held() {
    let pack = pack(&[("p", programme("p", "household", "complete", &["household.registered"]))]);
    let said: Vec<String> =
        columns(&pack, Record::Person).iter().map(|c| format!("{} {}", c.name, c.kind.duckdb())).collect();
    expect![[r#"
        household_id VARCHAR NOT NULL
        person_id VARCHAR NOT NULL
        birth_low DATE
        birth_high DATE
        sex VARCHAR
        marital_status VARCHAR
        disabled BOOLEAN
        in_school BOOLEAN
        class BIGINT
        wage BIGINT
        active_programmes VARCHAR[]
        active_programmes_complete BOOLEAN
        beaten_at_home BOOLEAN"#]]
    .assert_eq(&said.join("\n"));
    let tables = tables(&pack);
    assert!(tables.contains("\"land_acres\" DECIMAL(18, 1)") && tables.contains("\"score_registry\" DECIMAL(18, 2)"));
}

#[test]
fn the_same_policy_gives_the_same_text() {
    for seed in 0..20 {
        let [one, other] =
            [0, 1].map(|_| text(&specimens::pack(seed), specimens::day(), Dialect::DuckDb, Rows::Candidates));
        assert_eq!(one, other, "seed {seed}");
    }
}
