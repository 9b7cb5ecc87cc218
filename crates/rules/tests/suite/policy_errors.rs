//! What a policy writer reads when a pack is wrong: file, line, column, a sentence, and what to write instead.

use crate::support::{SHARED, head, programme, try_pack};
use expect_test::{Expect, expect};

/// The errors of a pack with one person-level programme that has this criterion.
fn check(expression: &str, expected: Expect) {
    check_programme(programme("p", "person", "complete", &[expression]), expected);
}

fn check_programme(text: String, expected: Expect) {
    let errors = try_pack(&[("p", text)]).expect_err("the pack is refused");
    expected.assert_eq(&errors.iter().map(|e| format!("{e}\n")).collect::<String>());
}

#[test]
fn names_and_codes_are_known() {
    check(
        "household.distrct == 'nowshera'",
        expect![[r#"
        p/programme.toml:8:9: No fact `household.distrct` is declared in facts.toml. Did you mean `household.district`?
    "#]],
    );
    check(
        "household.district == 'nowsherra'",
        expect![[r#"
        p/programme.toml:8:31: `household.district` has no code `nowsherra`. Did you mean `nowshera`?
    "#]],
    );
    check(
        "person.sex in ['female', 'mail']",
        expect![[r#"
        p/programme.toml:8:34: `person.sex` has no code `mail`. Did you mean `male`?
    "#]],
    );
    check(
        "houshold.income < 5",
        expect![[r#"
        p/programme.toml:8:9: `houshold.income` is not a name known here. Did you mean `household`?
    "#]],
    );
    check(
        "p.income < 5",
        expect![[r#"
        p/programme.toml:8:9: `p.income` is not a name known here. Known here: `household.x`, `scores.x`, `person.x`.
    "#]],
    );
    check(
        "scores.regstry < 5",
        expect![[r#"
        p/programme.toml:8:9: No score `regstry` is declared in scores/. Did you mean `registry`?
    "#]],
    );
    check(
        "'q' in household.active_programmes",
        expect![[r#"
        p/programme.toml:8:9: `household.active_programmes` has no code `q`. Did you mean `p`?
    "#]],
    );
}

#[test]
fn no_rule_looks_for_a_protected_programme_in_a_list_that_is_asked() {
    let hidden = head("hidden", "household", "complete") + "protected = true\n";
    let looks = programme("p", "household", "complete", &["!('hidden' in household.active_programmes)"]);
    let packs = |hidden: String| try_pack(&[("p", looks.clone()), ("hidden", hidden + ONE_CRITERION)]);
    let errors = packs(hidden).expect_err("the pack is refused");
    expect![[r#"
        p/programme.toml:8:11: The protected programme `hidden` is never in a list that a family is asked, so a list without it does not say that it is not received. Ask a fact that names no programme, such as who else pays."#]]
    .assert_eq(&errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    packs(head("hidden", "household", "complete")).expect("an ordinary programme may be looked for");
}

/// A criterion that any household can meet.
const ONE_CRITERION: &str = "[[criterion]]\nid = \"any\"\nwhen = \"household.registered\"\n";

#[test]
fn types_fit() {
    check(
        "household.income",
        expect![[r#"
        p/programme.toml:8:9: A condition is needed here, and this is a number.
    "#]],
    );
    check(
        "household.registered < 5",
        expect![[r#"
        p/programme.toml:8:9: A condition and a number cannot be compared this way.
    "#]],
    );
    check(
        "person.birth < 5",
        expect![[r#"
        p/programme.toml:8:9: Dates are not compared; use age(person, at) or age_months(person, at).
    "#]],
    );
    check(
        "household.active_programmes == 'p'",
        expect![[r#"
        p/programme.toml:8:9: A set is not compared; ask `'code' in set`.
    "#]],
    );
    check(
        "household.district == household.province",
        expect![[r#"
        p/programme.toml:8:9: A code is compared with codes written out, not with another fact.
    "#]],
    );
    check(
        "household.income in ['a']",
        expect![[r#"
        p/programme.toml:8:30: A number is needed here, and this is a text.
    "#]],
    );
    check(
        "household.registered ? 1 : true",
        expect![[r#"
        p/programme.toml:8:9: Both sides of `:` must be alike; here are a number and a condition.
    "#]],
    );
}

#[test]
fn scales_are_never_mixed() {
    check(
        "scores.registry < scores.card",
        expect![[r#"
        p/programme.toml:8:9: Scores of different scales are never compared: `registry-2021` and `card-2009`.
    "#]],
    );
    check(
        "scores.registry < household.income",
        expect![[r#"
        p/programme.toml:8:9: A score is compared only with a number written out.
    "#]],
    );
    check(
        "scores.registry / 2 < 16",
        expect![[r#"
        p/programme.toml:8:9: A score is compared as it stands, not calculated with.
    "#]],
    );
}

#[test]
fn arithmetic_is_bounded() {
    check(
        "household.income / 0 < 5",
        expect![[r#"
        p/programme.toml:8:28: Divide only by a whole number other than zero, written out.
    "#]],
    );
    check(
        "household.income / household.children < 5",
        expect![[r#"
        p/programme.toml:8:28: Divide only by a whole number other than zero, written out.
    "#]],
    );
    check(
        "household.income * household.income * household.income * household.income < 5",
        expect![[r#"
        p/programme.toml:8:9: This calculation can exceed what the machine can hold. Declare tighter bounds for its facts.
    "#]],
    );
    check(
        "household.land_acres < 0.12345678901",
        expect![[r#"
        p/programme.toml:8:32: This number is too long. Use at most nine digits after the point.
    "#]],
    );
}

#[test]
fn only_the_subset_is_read() {
    check(
        "household.income % 2 == 0",
        expect![[r#"
        p/programme.toml:8:26: This operator is not part of the policy language. Use && || ! == != < <= > >= in + - * / ?:, age(..), age_months(..) and members.exists/all/count/sum/filter/map/size.
    "#]],
    );
    check(
        "members.exists_one(p, p.disabled)",
        expect![[r#"
        p/programme.toml:8:9: Of the list functions only exists, all, filter, map, count, sum and size are known. Use && || ! == != < <= > >= in + - * / ?:, age(..), age_months(..) and members.exists/all/count/sum/filter/map/size.
    "#]],
    );
    check(
        "members.exists(p, members.exists(q, q.disabled))",
        expect![[r#"
        p/programme.toml:8:27: List functions are not nested; declare a derived fact for the inner one.
    "#]],
    );
    check(
        "members.filter(p, p.disabled)",
        expect![[r#"
        p/programme.toml:8:9: Ask for the .size() of a filtered list, or .map(..).sum() over it.
    "#]],
    );
    check(
        "age(person, '2026-01-01') > 5",
        expect![[r#"
        p/programme.toml:8:21: Ages are taken on the screening date only. Write `at`.
    "#]],
    );
    check(
        "agee(person, at) > 5",
        expect![[r#"
        p/programme.toml:8:9: There is no function `agee` with these arguments. Did you mean `age`?
    "#]],
    );
    check(
        "household.registered == null",
        expect![[r#"
        p/programme.toml:8:33: There is no null: a fact that nobody answered is unknown by itself.
    "#]],
    );
    check(
        "household.registered &&",
        expect![[r#"
        p/programme.toml:8:32: This is not an expression: it ends too early.
    "#]],
    );
    check(
        "[1, 2]",
        expect![[r#"
        p/programme.toml:8:9: A list can only stand on the right of `in`.
    "#]],
    );
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    check(
        "household.incme < 5 && person.sexx == 'female'",
        expect![[r#"
        p/programme.toml:8:9: No fact `household.incme` is declared in facts.toml. Did you mean `household.income`?
        p/programme.toml:8:32: No fact `person.sexx` is declared in facts.toml. Did you mean `person.sex`?
    "#]],
    );
    let several = head("p", "household", "complete")
        + "[[criterion]]\nid = \"a\"\nwhen = '''\nhousehold.registered\n  && person.disabled'''\n"
        + "[[criterion]]\nid = \"b\"\nwhen = \"household.district == \\\"x\\\" || household.oops\"\n";
    check_programme(
        several,
        expect![[r#"
        p/programme.toml:10:6: `person` is the candidate, and there is none here. Set level = "person", or use members.exists(p, ..) with p in place of person.
        p/programme.toml:13:31: `household.district` has no code `x`.
        p/programme.toml:13:40: No fact `household.oops` is declared in facts.toml.
    "#]],
    );
}

#[test]
fn a_programme_is_whole() {
    check_programme(
        head("p", "household", "complete"),
        expect![[r#"
        p/programme.toml:5:9: There is no criterion. Add a criterion, or write rules = "open to all" or "not published".
    "#]],
    );
    check_programme(
        programme("p", "household", "open to all", &["household.registered"]),
        expect![[r#"
        p/programme.toml:5:9: A programme with criteria is not open to all. Write rules = "complete" or "partial".
    "#]],
    );
    check_programme(
        programme("q", "household", "complete", &["household.registered"]),
        expect![[r#"
        p/programme.toml:1:6: The programme `q` stands in the folder `p`. Name the folder after the programme.
    "#]],
    );
    let wrong = programme("p", "household", "partial", &["household.registered"])
        + "source = [\"s2\"]\n[[criterion]]\nid = \"c0\"\n[[paper]]\nid = \"cnik\"\n[[step]]\nid = \"decide\"\nowner = \"department\"\nworking_days = 3\n[[link]]\nprogramme = \"p2\"\n[[benefit]]\nid = \"b\"\nkind = \"cash\"\nper = \"month\"\n[[benefit.amount]]\nmin_pkr = 5\nmax_pkr = 3\n";
    check_programme(
        wrong,
        expect![[r#"
        p/programme.toml:9:11: No source `s2` is declared. Did you mean `s1`?
        p/programme.toml:11:6: The criterion `c0` needs either `when` or alternatives. Write when = "..", or [[criterion.any_of]] tables, not both.
        p/programme.toml:11:6: The id `c0` is used twice.
        p/programme.toml:13:6: No paper `cnik` is declared. Did you mean `cnic`?
        p/programme.toml:19:13: No programme `p2` is declared. Did you mean `p`?
        p/programme.toml:25:11: This amount cannot be read. Write pkr = .., or min_pkr and max_pkr, the lower first; `from` not after `until`.
    "#]],
    );
    check_programme(
        head("p", "household", "open to all") + "[[criterium]]\nid = \"c\"\n",
        expect![[r#"
        p/programme.toml:6:3: Unknown field `criterium`. Did you mean `criterion`?
    "#]],
    );
}

#[test]
fn facts_are_whole() {
    let facts = "[[fact]]\nid = \"household.income\"\ntype = \"int\"\nkind = \"asked\"\nquestion = { en = \"How much?\" }\n\
        [[fact]]\nid = \"household.a\"\ntype = \"bool\"\nkind = \"derived\"\nderive = \"household.b\"\n\
        [[fact]]\nid = \"household.b\"\ntype = \"bool\"\nkind = \"derived\"\nderive = \"household.a\"\n\
        [[fact]]\nid = \"household.c\"\ntype = \"bool\"\nkind = \"asked\"\napplies = \"household.a\"\nquestion = { en = \"C?\" }\n\
        [[fact]]\nid = \"household.d\"\ntype = \"boolean\"\nkind = \"asked\"\n\
        [[fact]]\nid = \"person.sex\"\ntype = \"code\"\nkind = \"recorded\"\n";
    let files: Vec<(&str, &str)> = SHARED
        .iter()
        .map(|(path, text)| (*path, if *path == "facts.toml" { facts } else { text }))
        .filter(|(p, _)| !p.starts_with("scores"))
        .collect();
    let errors = rules::Pack::load(&files).expect_err("the pack is refused");
    expect![[r#"
        facts.toml:2:6: The number `household.income` needs bounds, the lower first. Add min = .. and max = .. within which every true value lies.
        facts.toml:7:6: `household.a` is computed from itself. Break the circle.
        facts.toml:12:6: `household.b` is computed from itself. Break the circle.
        facts.toml:17:6: `household.c` has `applies` but no fitting `otherwise`. Write the value it has when it does not apply: a yes/no, a number within bounds, one of its codes, or [].
        facts.toml:23:6: The question of `household.d` has no text in `en`.
        facts.toml:24:8: No type `boolean` is declared.
        facts.toml:27:6: `person.sex` has no codes. Add codes = [..] or open_codes.
    "#]].assert_eq(&errors.iter().map(|e| format!("{e}\n")).collect::<String>());
}

#[test]
fn golden_cases_speak_of_the_pack() {
    let cases = "[[case]]\nname = \"a\"\non = 2026-11-22\nexpect = \"maybe\"\n[case.household]\nincom = 5\n\
        [[case]]\nname = \"b\"\non = 2026-11-22\nexpect = \"yes\"\n[case.household]\nprovince = \"kp\"\nincome = 99999999\n";
    let text = programme("p", "household", "complete", &["household.registered"]);
    let mut files: Vec<(&str, &str)> = SHARED.to_vec();
    files.extend([
        ("p/programme.toml", text.as_str()),
        ("p/cases.toml", cases),
        ("p/texts.toml", "[name]\nen = \"\"\n"),
    ]);
    let errors = rules::Pack::load(&files).expect_err("the pack is refused");
    expect![[r#"
        p/cases.toml:2:8: No fact `household.incom` is declared. Did you mean `household.income`?
        p/cases.toml:4:10: `maybe` is not a verdict. Write yes, no or unknown.
        p/cases.toml:8:8: `household.income` cannot be 99999999: it does not fit the fact's type, codes or bounds.
        p/cases.toml:8:8: `household.province` is derived from `household.district == 'nowshera' ? 'kp' : 'punjab'`; write what it is derived from.
        p/texts.toml: [line] has no text in `en`.
        p/texts.toml: [name] has no text in `en`.
    "#]].assert_eq(&errors.iter().map(|e| format!("{e}\n")).collect::<String>());
}

#[test]
fn a_folder_without_pack_toml_is_no_pack() {
    let errors = rules::Pack::load(&[("x/facts.toml", "")]).expect_err("the pack is refused");
    expect!["pack.toml: There is no pack.toml, so this folder is not a pack. Name the folder that holds pack.toml."]
        .assert_eq(&errors[0].to_string());
}

#[test]
fn the_same_files_have_the_same_hash_in_any_order() {
    let hash = |files: &[(&str, &str)]| rules::Pack::load(files).unwrap().hash().to_owned();
    let mut files = SHARED.to_vec();
    let first = hash(&files);
    files.reverse();
    assert_eq!(first, hash(&files));
    assert_eq!(first.len(), 64);
    let under: Vec<(String, &str)> = SHARED.iter().map(|(p, t)| (format!("programmes/pk/{p}"), *t)).collect();
    assert_eq!(first, hash(&under.iter().map(|(p, t)| (p.as_str(), *t)).collect::<Vec<_>>()));
    let changed: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, if *path == "calendar.toml" { "weekend = [7]" } else { text }))
        .collect();
    assert_ne!(first, hash(&changed));
}
