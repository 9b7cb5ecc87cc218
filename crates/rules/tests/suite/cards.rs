//! What a policy writer is told of a score card whose questions leave a household without an answer, or give it two.

use crate::support::SHARED;
use expect_test::{Expect, expect};
use rules::{Pack, pack::card_check::card_warnings};

/// The warnings of a card with one question whose answers have these conditions.
fn check(answers: &[&str], expected: Expect) {
    let answer = |(at, when): (usize, &&str)| format!("[[indicator.answer]]\nwhen = \"{when}\"\npoints = {at}\n");
    let answers: String = answers.iter().enumerate().map(answer).collect();
    let card = format!(
        "id = \"card\"\ntitle = {{ en = \"A card\" }}\nscale = \"c\"\ndigits = 0\nmin = 0\nmax = 60\npublished = true\n\
         [[indicator]]\nid = \"q\"\n{answers}"
    );
    let files: Vec<(&str, &str)> = SHARED
        .into_iter()
        .map(|(path, text)| (path, if path == "scores/card.toml" { card.as_str() } else { text }))
        .collect();
    let pack = Pack::load(&files).unwrap_or_else(|errors| panic!("{errors:?}"));
    let said: String = card_warnings(&pack).iter().map(|warning| format!("{warning}\n")).collect();
    expected.assert_eq(&said);
}

#[test]
fn an_answer_for_every_case_is_silent() {
    check(&["household.province == 'kp'", "household.province == 'punjab'"], expect![""]);
    check(&["household.children >= 3", "household.children >= 1", "household.children == 0"], expect![""]);
    check(&["household.registered", "!household.registered"], expect![""]);
    check(&["household.land_acres < 1.5", "household.land_acres >= 1.5"], expect![""]);
    check(
        &[
            "!members.exists(p, p.sex == 'female')",
            "members.exists(p, p.sex == 'female' && p.in_school)",
            "members.exists(p, p.sex == 'female') && !members.exists(p, p.sex == 'female' && p.in_school)",
        ],
        expect![""],
    );
}

#[test]
fn a_case_without_an_answer_is_told() {
    check(
        &["household.province == 'kp'"],
        expect![[r#"
            score card, question q: no answer may hold (household.province: punjab); any of its points then counts, and the interval is too narrow while a fact is missing. Add an answer for that case.
        "#]],
    );
    check(
        &["household.children > 3", "household.children < 3 && household.children > 0", "household.children == 0"],
        expect![[r#"
            score card, question q: no answer may hold (household.children: 3); any of its points then counts, and the interval is too narrow while a fact is missing. Add an answer for that case.
        "#]],
    );
    check(
        &["members.count(p, p.disabled) >= 2", "members.count(p, p.disabled) == 1"],
        expect![[r#"
            score card, question q: no answer may hold (a count of members: 0); any of its points then counts, and the interval is too narrow while a fact is missing. Add an answer for that case.
        "#]],
    );
}

#[test]
fn two_answers_at_once_are_told() {
    check(
        &["household.children >= 2", "household.children <= 2"],
        expect![[r#"
            score card, question q: answers 1 and 2 may both hold (household.children: 2); the first counts. Say so in one of them.
        "#]],
    );
    check(
        &["household.registered", "household.province == 'kp'", "true"],
        expect![[r#"
            score card, question q: answers 1 and 2 may both hold (household.registered: yes, household.province: kp); the first counts. Say so in one of them.
        "#]],
    );
}
