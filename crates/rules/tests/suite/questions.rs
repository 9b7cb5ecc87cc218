//! Which question comes next.

use crate::support::{at, family, pack, programme};
use rules::{Asking, FactRef, Id, Pack, next_question};
use serde_json::{Value as Json, json};

/// The question as `fact of member -> programmes settled`.
fn ask(pack: &Pack, plain: Json, asking: &Asking) -> String {
    match next_question(pack, &family(pack, plain), at(), asking) {
        None => "nothing".into(),
        Some(q) => {
            let of = q.member.map_or(String::new(), |m| format!(" of {m}"));
            format!("{}{of} -> {}", q.fact, q.settles.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
    }
}

fn three() -> Pack {
    pack(&[
        ("a", programme("a", "household", "complete", &["household.registered", "household.income < 5000"])),
        ("b", programme("b", "household", "complete", &["household.registered", "household.land_acres < 1"])),
        ("c", programme("c", "household", "complete", &["household.registered"])),
        ("s", programme("s", "person", "complete", &["person.beaten_at_home", "person.wage < 1000"])),
    ])
}

#[test]
fn the_fact_that_settles_most_comes_first() {
    let none = Asking::default();
    assert_eq!(ask(&three(), json!({}), &none), "household.registered -> a b c");
    assert_eq!(ask(&three(), json!({ "household": { "registered": true } }), &none), "household.income -> a");
    assert_eq!(
        ask(&three(), json!({ "household": { "registered": true, "income": 9000 } }), &none),
        "household.land_acres -> b"
    );
}

#[test]
fn money_breaks_the_tie() {
    let paid = programme("b", "household", "complete", &["household.land_acres < 1"])
        + "[[benefit]]\nid = \"x\"\nkind = \"cash\"\nper = \"month\"\n[[benefit.amount]]\npkr = 5000\n";
    let pack = pack(&[("a", programme("a", "household", "complete", &["household.income < 5000"])), ("b", paid)]);
    assert_eq!(ask(&pack, json!({}), &Asking::default()), "household.land_acres -> b");
}

#[test]
fn a_question_left_is_not_asked_again() {
    let fact = |id: &str| FactRef { fact: Id::from(id), member: None };
    let mut asking = Asking { skipped: [fact("household.registered")].into(), ..Asking::default() };
    assert_eq!(ask(&three(), json!({}), &asking), "household.land_acres -> b");
    asking.skipped.extend([fact("household.income"), fact("household.land_acres")]);
    assert_eq!(ask(&three(), json!({}), &asking), "nothing");
}

#[test]
fn nothing_is_asked_for_a_protected_programme_without_its_gate() {
    let settled = || json!({ "household": { "registered": false }, "members": [{ "id": "amina" }] });
    assert_eq!(ask(&three(), settled(), &Asking::default()), "nothing");
    let gate = Asking { open_gates: ["person.beaten_at_home".to_owned()].into(), ..Asking::default() };
    assert_eq!(ask(&three(), settled(), &gate), "person.wage of amina -> ");
    let complete =
        json!({ "household": { "registered": false, "members_complete": true }, "members": [{ "id": "amina" }] });
    assert_eq!(ask(&three(), complete, &gate), "person.wage of amina -> s");
    let told = json!({ "household": { "registered": false, "members_complete": true }, "members": [{ "id": "amina", "wage": 10 }] });
    assert_eq!(ask(&three(), told.clone(), &gate), "person.beaten_at_home of amina -> s");
    assert_eq!(ask(&three(), told, &Asking::default()), "nothing");
}

#[test]
fn a_question_waits_for_the_one_it_depends_on() {
    let pack = pack(&[("p", programme("p", "person", "complete", &["person.class >= 5"]))]);
    let bilal = |facts: Json| {
        let mut member = json!({ "id": "bilal", "birth": "2015" });
        member.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        json!({ "members": [member], "household": { "members_complete": true } })
    };
    assert_eq!(ask(&pack, bilal(json!({})), &Asking::default()), "person.in_school of bilal -> p");
    assert_eq!(ask(&pack, bilal(json!({ "in_school": true })), &Asking::default()), "person.class of bilal -> p");
    assert_eq!(ask(&pack, bilal(json!({ "in_school": false })), &Asking::default()), "nothing");
    assert_eq!(ask(&pack, bilal(json!({ "birth": "1950" })), &Asking::default()), "nothing");
}

#[test]
fn what_cannot_be_settled_by_asking_is_not_asked_for() {
    let pack = pack(&[
        ("a", programme("a", "household", "complete", &["scores.registry < 32"])),
        ("n", programme("n", "household", "not published", &["household.registered"])),
        ("z", programme("z", "household", "complete", &["household.income < 9"]).replace("\"open\"", "\"closed\"")),
    ]);
    assert_eq!(ask(&pack, json!({}), &Asking::default()), "nothing");
}
