//! (expression, facts, expected truth): what every evaluator of this policy language must say.

use crate::support::{at, family, pack, programme};
use rules::{K3, screen};
use serde_json::{Value as Json, json};

/// The truth of an expression for `amina`, or for the household when nobody is called so.
fn truth(expression: &str, plain: Json) -> K3 {
    let level = if plain.to_string().contains("amina") { "person" } else { "household" };
    let pack = pack(&[("p", programme("p", level, "complete", &[expression]))]);
    let screening = screen(&pack, &family(&pack, plain), at());
    let candidates = &screening.verdicts[0].candidates;
    candidates.iter().find(|c| c.member.as_deref().is_none_or(|m| m == "amina")).unwrap().truth
}

#[track_caller]
fn check(expression: &str, facts: Json, expected: char) {
    let got = match truth(expression, facts.clone()) {
        K3::Yes => 'T',
        K3::No => 'F',
        K3::Unknown => 'U',
    };
    assert_eq!(got, expected, "{expression} over {facts}");
}

fn household(facts: Json) -> Json {
    json!({ "household": facts })
}

#[test]
fn logic_is_kleene() {
    let both = |a: Json, b: Json| household(json!({ "registered": a, "income": b }));
    check("household.registered && household.income < 5", both(json!(true), json!(4)), 'T');
    check("household.registered && household.income < 5", household(json!({ "registered": true })), 'U');
    check("household.registered && household.income < 5", household(json!({ "registered": false })), 'F');
    check("household.registered || household.income < 5", household(json!({ "registered": false })), 'U');
    check("household.registered || household.income < 5", household(json!({ "income": 1 })), 'T');
    check("!household.registered", household(json!({})), 'U');
    check("!household.registered", household(json!({ "registered": false })), 'T');
    check("household.registered == false", household(json!({ "registered": true })), 'F');
    check("household.registered == (household.income > 5)", both(json!(false), json!(3)), 'T');
    check("household.registered != (household.income > 5)", household(json!({ "income": 3 })), 'U');
    check("household.registered ? household.income < 5 : household.income < 10", both(json!(true), json!(7)), 'F');
    check(
        "household.registered ? household.income < 5 : household.income < 10",
        household(json!({ "income": 7 })),
        'U',
    );
    check(
        "household.registered ? household.income < 5 : household.income < 10",
        household(json!({ "income": 3 })),
        'T',
    );
}

#[test]
fn numbers_are_intervals_and_decimals_are_exact() {
    check("household.income * 12 + 1 <= 121", household(json!({ "income": 10 })), 'T');
    check("household.income / 3 == 3", household(json!({ "income": 11 })), 'T');
    check("household.income >= 0", household(json!({})), 'T');
    check("household.income > 1000000", household(json!({})), 'F');
    check("-household.income < 1", household(json!({})), 'T');
    check("household.income in [1, 2, 3]", household(json!({ "income": 2 })), 'T');
    check("18 <= household.income", household(json!({ "income": 18 })), 'T');
    check("household.land_acres <= 12.5", household(json!({ "land_acres": 12.5 })), 'T');
    check("household.land_acres < 12.5", household(json!({ "land_acres": 12.5 })), 'F');
    check("household.land_acres <= 12.49", household(json!({ "land_acres": 12.5 })), 'F');
    check("household.land_acres * 2 == 1", household(json!({ "land_acres": 0.5 })), 'T');
}

#[test]
fn codes_and_sets() {
    check("household.district == 'nowshera'", household(json!({ "district": "nowshera" })), 'T');
    check("household.district != 'nowshera'", household(json!({ "district": "nowshera" })), 'F');
    check("household.district in ['lahore', 'nowshera']", household(json!({})), 'U');
    check("household.province == 'kp'", household(json!({ "district": "nowshera" })), 'T');
    check("household.province == 'kp'", household(json!({})), 'U');
    check("'p' in household.active_programmes", household(json!({ "active_programmes": [] })), 'F');
    check("'p' in household.active_programmes", household(json!({ "active_programmes": ["p"] })), 'T');
    check("'p' in household.active_programmes", household(json!({})), 'U');
    let open = json!({ "active_programmes": { "has": [], "complete": false } });
    check("'p' in household.active_programmes", household(open), 'U');
}

#[test]
fn ages_come_from_partial_dates() {
    let amina = |birth: &str| json!({ "members": [{ "id": "amina", "birth": birth }] });
    check("age(person, at) >= 18", amina("2008-11-22"), 'T');
    check("age(person, at) >= 18", amina("2008-11-23"), 'F');
    check("age(person, at) >= 18", amina("2008-11"), 'U');
    check("age(person, at) >= 18", amina("2007"), 'T');
    check("age(person, at) >= 18", amina("2008"), 'U');
    check("age(person, at) >= 37", amina("~1986"), 'T');
    check("age(person, at) >= 38", amina("~1986"), 'U');
    check("age_months(person, at) < 24", amina("2025"), 'T');
    check("age(person, at) >= 18", json!({ "members": [{ "id": "amina" }] }), 'U');
    check("age(person, at) <= 130", json!({ "members": [{ "id": "amina" }] }), 'T');
}

#[test]
fn an_open_member_list_leaves_room_for_more() {
    let listed = |complete: bool, births: &[&str]| {
        let members: Vec<Json> =
            births.iter().enumerate().map(|(i, b)| json!({ "id": format!("m{i}"), "birth": b })).collect();
        json!({ "household": { "members_complete": complete }, "members": members })
    };
    let exists = "members.exists(p, age(p, at) < 5)";
    check(exists, listed(false, &["2024"]), 'T');
    check(exists, listed(false, &["1990"]), 'U');
    check(exists, listed(true, &["1990"]), 'F');
    let all = "members.all(p, age(p, at) > 5)";
    check(all, listed(false, &["1990"]), 'U');
    check(all, listed(true, &["1990"]), 'T');
    check(all, listed(false, &["2024"]), 'F');
    check("members.size() >= 2", listed(false, &["1990", "1991"]), 'T');
    check("members.size() >= 3", listed(false, &["1990", "1991"]), 'U');
    check("members.size() <= 12", listed(false, &["1990", "1991"]), 'T');
    check("members.count(p, age(p, at) < 18) <= 2", listed(false, &["1990"]), 'U');
    check("members.count(p, age(p, at) < 18) <= 2", listed(true, &["1990"]), 'T');
    check("members.filter(p, age(p, at) < 18).size() == 1", listed(true, &["1990", "2020"]), 'T');
    check("household.children == 2", listed(true, &["1990", "2020", "2021"]), 'T');
}

#[test]
fn sums_run_over_members() {
    let wages = |complete: bool| {
        json!({ "household": { "members_complete": complete }, "members": [
            { "id": "noor", "birth": "1990", "wage": 20000 }, { "id": "bilal", "birth": "2015", "wage": 3000 }, { "id": "gulalai", "birth": "1992" }
        ]})
    };
    let adults = "members.sum(p, age(p, at) >= 18, p.wage)";
    check(&format!("{adults} >= 20000"), wages(true), 'T');
    check(&format!("{adults} > 520000"), wages(true), 'F');
    check(&format!("{adults} > 520000"), wages(false), 'U');
    check(&format!("{adults} > 20000"), wages(true), 'U');
    check("members.filter(p, age(p, at) < 18).map(p, p.wage).sum() == 3000", wages(true), 'T');
    check("members.map(p, p.wage * 2).sum() >= 46000", wages(true), 'T');
}

#[test]
fn a_fact_that_does_not_apply_has_its_other_value() {
    let bilal = |birth: &str, facts: Json| {
        let mut member = json!({ "id": "amina", "birth": birth });
        member.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        json!({ "members": [member] })
    };
    check("!person.in_school", bilal("1980", json!({})), 'T');
    check("person.class == 0", bilal("1980", json!({})), 'T');
    check("person.in_school", bilal("2015", json!({})), 'U');
    check("person.class >= 3", bilal("2015", json!({ "in_school": true, "class": 3 })), 'T');
    check("person.class >= 3", bilal("2015", json!({ "class": 3 })), 'U');
    check("person.in_school", bilal("2000", json!({ "in_school": true })), 'U');
    check("person.in_school", bilal("2000", json!({ "in_school": false })), 'F');
}

#[test]
fn scores_are_intervals_while_inputs_are_missing() {
    check("scores.registry <= 32", json!({ "scores": { "registry": 31.99 } }), 'T');
    check("scores.registry <= 32", json!({ "scores": { "registry": 32.01 } }), 'F');
    check("scores.registry <= 32", json!({}), 'U');
    let told = |district: &str, land: Json| {
        json!({ "household": { "district": district, "land_acres": land, "members_complete": true },
                "members": [{ "id": "noor", "birth": "1990" }, { "id": "bilal", "birth": "2015" }] })
    };
    check("scores.card == 25", told("nowshera", json!(1.4)), 'T');
    check("scores.card == 35", told("nowshera", json!(1.5)), 'T');
    let no_land = json!({ "household": { "district": "nowshera", "members_complete": true }, "members": [] });
    check("scores.card <= 50", no_land.clone(), 'T');
    check("scores.card < 40", no_land.clone(), 'F');
    check("scores.card <= 40", no_land, 'U');
}
