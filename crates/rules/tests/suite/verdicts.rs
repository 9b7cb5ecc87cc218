//! What a screening answers, and on what.

use crate::support::{at, family, head, line, names, pack, programme};
use expect_test::{Expect, expect};
use rules::{Family, Held, K3, Outcome, Pack, Provenance, Value, screen};
use serde_json::{Value as Json, json};

fn outcome(pack: &Pack, plain: Json) -> Outcome {
    screen(pack, &family(pack, plain), at()).verdicts[0].outcome
}

fn registered(value: Option<bool>) -> Json {
    json!({ "household": value.map_or(json!({}), |v| json!({ "registered": v })) })
}

#[test]
fn yes_is_promised_only_when_all_rules_are_held() {
    let check = |rules: &str, yes: Outcome, no: Outcome, unknown: Outcome| {
        let pack = pack(&[("p", programme("p", "household", rules, &["household.registered"]))]);
        let got = [Some(true), Some(false), None].map(|v| outcome(&pack, registered(v)));
        assert_eq!(got, [yes, no, unknown], "{rules}");
    };
    use Outcome::{CannotTell, MayQualify, Meets, No};
    check("complete", Meets, No, CannotTell);
    check("partial", MayQualify, No, CannotTell);
    check("not published", CannotTell, CannotTell, CannotTell);
}

#[test]
fn without_criteria_or_applications() {
    let check = |text: String, expected: Outcome| assert_eq!(outcome(&pack(&[("p", text)]), json!({})), expected);
    check(head("p", "household", "open to all"), Outcome::Meets);
    check(head("p", "person", "open to all"), Outcome::Meets);
    check(head("p", "household", "not published"), Outcome::CannotTell);
    check(head("p", "household", "open to all").replace("\"open\"", "\"closed\""), Outcome::ClosedHere);
    let closed = programme("p", "household", "complete", &["true"]).replace("\"open\"", "\"closed\"");
    check(closed, Outcome::ClosedHere);
    let announced = programme("p", "household", "complete", &["true"]).replace("\"open\"", "\"announced\"");
    check(announced, Outcome::Meets);
    let over = programme("p", "household", "complete", &["true"]) + "until = 2026-11-21\n";
    check(over, Outcome::CannotTell);
}

#[test]
fn who_already_receives_it_is_told_so() {
    let household = pack(&[("p", programme("p", "household", "complete", &["household.registered"]))]);
    let receives = json!({ "household": { "registered": true, "active_programmes": ["p"] } });
    assert_eq!(outcome(&household, receives), Outcome::AlreadyReceives);
    let person = pack(&[("p", programme("p", "person", "complete", &["person.sex == 'female'"]))]);
    let amina = json!({ "id": "amina", "sex": "female", "active_programmes": ["p"] });
    assert_eq!(outcome(&person, json!({ "members": [amina.clone()] })), Outcome::AlreadyReceives);
    // Another woman of the family can still get it.
    let gulalai = json!({ "id": "gulalai", "sex": "female", "active_programmes": [] });
    assert_eq!(outcome(&person, json!({ "members": [amina, gulalai] })), Outcome::Meets);
}

#[test]
fn a_complete_list_says_nothing_of_a_protected_programme() {
    let check = |more: &str, list: Json, want: K3| {
        let text =
            head("p", "household", "complete") + more + "[[criterion]]\nid = \"c\"\nwhen = \"household.registered\"\n";
        let pack = pack(&[("p", text)]);
        let told = family(&pack, json!({ "household": { "registered": true, "active_programmes": list } }));
        assert_eq!(screen(&pack, &told, at()).verdicts[0].candidates[0].receives, want, "{more}");
    };
    check("", json!([]), K3::No);
    check("protected = true\n", json!([]), K3::Unknown);
    check("protected = true\n", json!(["p"]), K3::Yes);
}

#[test]
fn nobody_so_far_is_not_nobody() {
    let pack = pack(&[("p", programme("p", "person", "complete", &["person.sex == 'female'"]))]);
    let men = |complete: bool| json!({ "household": { "members_complete": complete }, "members": [{ "id": "noor", "sex": "male" }] });
    assert_eq!(outcome(&pack, men(true)), Outcome::No);
    assert_eq!(outcome(&pack, men(false)), Outcome::CannotTell);
    let verdict = &screen(&pack, &family(&pack, men(false)), at()).verdicts[0];
    assert_eq!(names(&verdict.missing), "household.members_complete");
    assert_eq!(outcome(&pack, json!({})), Outcome::CannotTell);
}

#[test]
fn a_stale_value_is_unknown_and_still_shown() {
    let pack = pack(&[("p", programme("p", "household", "complete", &["household.income < 5000"]))]);
    let told = |on: &str| {
        let held = Held { source: Provenance::PaperSeen, ..Held::said(Value::Int(10), on.parse().unwrap()) };
        Family { household: [("income".to_owned(), held)].into(), ..Family::default() }
    };
    let fresh = screen(&pack, &told("2025-11-22"), at());
    assert_eq!(fresh.verdicts[0].outcome, Outcome::Meets);
    let stale = screen(&pack, &told("2025-11-21"), at());
    assert_eq!(stale.verdicts[0].outcome, Outcome::CannotTell);
    let because = &stale.verdicts[0].candidates[0].criteria().next().unwrap().because[0];
    assert!(because.stale && because.on == "2025-11-21".parse().ok());
}

#[test]
fn what_does_not_fit_its_fact_is_unknown_and_listed() {
    let pack = pack(&[("p", programme("p", "household", "complete", &["household.income < 5000"]))]);
    let held = |value| Held::said(value, at());
    let family = Family {
        household: [("income".to_owned(), held(Value::Int(-1))), ("incme".to_owned(), held(Value::Bool(true)))].into(),
        ..Family::default()
    };
    let screening = screen(&pack, &family, at());
    assert_eq!(screening.verdicts[0].outcome, Outcome::CannotTell);
    assert_eq!(names(&screening.ignored), "household.incme, household.income");
}

/// The reasons of the one candidate, a line each.
fn check_reasons(conditions: &[&str], plain: Json, expected: Expect) {
    let pack = pack(&[("p", programme("p", "person", "complete", conditions))]);
    let screening = screen(&pack, &family(&pack, plain), at());
    let criteria = screening.verdicts[0].candidates[0].criteria();
    expected.assert_eq(&criteria.flat_map(|c| c.because).map(|b| line(b) + "\n").collect::<String>());
}

#[test]
fn reasons_say_what_was_seen_what_is_needed_and_by_how_much() {
    let amina = json!({
        "household": { "income": 21000, "district": "nowshera", "active_programmes": ["p"], "members_complete": true },
        "scores": { "registry": 32.5 },
        "members": [
            { "id": "amina", "birth": "1992", "sex": "female", "marital_status": "widowed" },
            { "id": "bilal", "birth": "2015-03", "disabled": true }, { "id": "zainab" }
        ]
    });
    check_reasons(
        &[
            "age(person, at) >= 18",
            "age(person, at) >= 60",
            "age(person, at) < 18",
            "!(age(person, at) < 18)",
            "household.income <= 20000",
            "scores.registry <= 32",
            "person.sex == 'male' || person.ever_married",
            "person.sex in ['male', 'transgender']",
            "person.marital_status != 'widowed'",
            "!('p' in household.active_programmes)",
            "household.has_disabled_member && members.exists(p, p.disabled)",
            "members.count(p, age(p, at) < 18) >= 3",
            "household.income * 12 < 100000",
            "household.land_acres <= 5",
            "!person.in_school",
            "members.size() == 4",
        ],
        amina,
        expect![[r#"
            Age of amina: 33 to 34. Needed: AtLeast Number(18). Yes
            Age of amina: 33 to 34. Needed: AtLeast Number(60). No (short by 26)
            Age of amina: 33 to 34. Needed: LessThan Number(18). No (short by 16)
            Age of amina: 33 to 34. Needed: AtLeast Number(18). Yes
            household.income: 21000. Needed: AtMost Number(20000). No (short by 1000)
            scores.registry: 3250. Needed: AtMost Number(3200). No (short by 50)
            person.sex of amina: female. Needed: Is Codes([Id("male")]). No
            person.ever_married of amina: Bool(true). Needed: Is Bool(true). Yes
            person.sex of amina: female. Needed: OneOf Codes([Id("male"), Id("transgender")]). No
            person.marital_status of amina: widowed. Needed: IsNot Codes([Id("widowed")]). No
            household.active_programmes: Bool(true). Needed: HasNot Codes([Id("p")]). No
            household.has_disabled_member: Bool(true). Needed: Is Bool(true). Yes
            Some of members: p.disabled: yes bilal unknown amina+zainab. Needed: Is Bool(true). Yes
            Count of members: members.count(p, age(p, at) < 18): 1 to 2. Needed: AtLeast Number(3). No (short by 1)
            household.income * 12: 252000. Needed: LessThan Number(100000). No (short by 152001)
            household.land_acres: Unknown. Needed: AtMost Number(50). Unknown
            person.in_school of amina: Bool(false). Needed: Is Bool(false). Yes
            Members: 3. Needed: Is Number(4). No (short by 1)
        "#]],
    );
}

/// The missing facts of the one candidate.
fn check_missing(conditions: &[&str], plain: Json, expected: &str) {
    let pack = pack(&[("p", programme("p", "person", "complete", conditions))]);
    let screening = screen(&pack, &family(&pack, plain), at());
    assert_eq!(names(screening.verdicts[0].candidates[0].missing()), expected, "{conditions:?}");
}

#[test]
fn the_missing_facts_are_enough_and_none_is_idle() {
    let amina = || json!({ "members": [{ "id": "amina" }, { "id": "bilal", "birth": "2015" }, { "id": "zainab" }], "household": { "members_complete": true } });
    check_missing(&["person.disabled"], amina(), "person.disabled of amina");
    check_missing(&["person.disabled", "household.income < 5"], amina(), "household.income, person.disabled of amina");
    check_missing(&["person.ever_married"], amina(), "person.marital_status of amina");
    check_missing(
        &["person.disabled || household.income < 5 && household.registered"],
        amina(),
        "person.disabled of amina",
    );
    // Either would do for the first, but the second needs the income anyway.
    check_missing(&["person.disabled || household.income < 5", "household.income < 9"], amina(), "household.income");
    check_missing(&["scores.registry < 32"], amina(), "scores.registry");
    check_missing(&["members.exists(p, p.disabled)"], amina(), "person.disabled of amina");
    check_missing(
        &["members.all(p, p.sex == 'female')"],
        amina(),
        "person.sex of amina, person.sex of bilal, person.sex of zainab",
    );
    check_missing(&["household.children >= 2"], amina(), "person.birth of amina, person.birth of zainab");
    check_missing(&["members.count(p, age(p, at) < 18) >= 2"], amina(), "person.birth of amina");
    check_missing(&["person.in_school"], amina(), "person.birth of amina, person.in_school of amina");
    check_missing(&["!person.in_school"], amina(), "person.birth of amina");
    check_missing(
        &["household.registered ? person.disabled : household.income < 5"],
        amina(),
        "household.registered, person.disabled of amina",
    );
}

#[test]
fn a_programme_that_reads_a_protected_fact_is_protected() {
    let pack = pack(&[
        ("shelter", programme("shelter", "person", "complete", &["person.beaten_at_home"])),
        ("school", programme("school", "person", "complete", &["person.in_school"])),
    ]);
    assert!(pack.programme("shelter").unwrap().protected());
    assert!(!pack.programme("school").unwrap().protected());
    let verdicts = screen(&pack, &Family::default(), at()).verdicts;
    assert_eq!(verdicts.iter().filter(|v| v.protected).map(|v| v.programme.as_str()).collect::<Vec<_>>(), ["shelter"]);
}

#[test]
fn variants_papers_and_preferences_are_told_for_those_not_refused() {
    let text = programme("p", "person", "complete", &["person.sex == 'female'"])
        + "[[preference]]\nwhen = \"person.marital_status == 'widowed'\"\n\
           [[benefit]]\nid = \"a\"\nkind = \"cash\"\nper = \"quarter\"\napplies = \"household.children > 0\"\n[[benefit.amount]]\npkr = 14500\nfrom = 2026-01-01\n[[benefit.amount]]\npkr = 13500\nfrom = 2025-01-01\n\
           [[benefit]]\nid = \"b\"\nkind = \"loan\"\nper = \"loan\"\n\
           [[paper]]\nid = \"cnic\"\n[[paper]]\nid = \"death_certificate\"\nwhen = \"person.marital_status == 'widowed'\"\n";
    let pack = pack(&[("p", text)]);
    let plain = json!({ "members": [{ "id": "amina", "sex": "female", "marital_status": "widowed", "birth": "1990" }, { "id": "noor", "sex": "male" }], "household": { "members_complete": true } });
    let screening = screen(&pack, &family(&pack, plain), at());
    let told: Vec<String> = screening.verdicts[0]
        .candidates
        .iter()
        .map(|c| format!("{:?} {:?} {:?}\n", c.benefits(), c.papers(), c.preferences()))
        .collect();
    expect![[r#"
        [Unknown, Yes] [Yes, Yes] [Yes]
        [] [] []
    "#]]
    .assert_eq(&told.concat());
    let benefits = &pack.programmes()[0].benefits;
    expect![[r#"
        Regular { monthly: (Paisa(483333), Paisa(483333)), yearly: (Paisa(5800000), Paisa(5800000)) }
        Unpublished
    "#]]
    .assert_eq(&format!("{:?}\n{:?}\n", benefits[0].worth(at()), benefits[1].worth(at())));
}

#[test]
fn scores_are_told_as_far_as_known() {
    let pack = pack(&[]);
    let plain =
        json!({ "household": { "district": "nowshera", "members_complete": true }, "scores": { "registry": 31.99 } });
    let screening = screen(&pack, &family(&pack, plain), at());
    let told: String = screening
        .scores
        .iter()
        .map(|s| format!("{} {}..{} {} decimals\n", s.score, s.value.low, s.value.high, s.digits))
        .collect();
    expect![[r#"
        card 40..50 0 decimals
        registry 3199..3199 2 decimals
    "#]]
    .assert_eq(&told);
}
