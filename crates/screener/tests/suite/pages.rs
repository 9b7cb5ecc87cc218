//! The pages of the check as a person meets them.

use crate::support::{PACK, amina, page, plain, value};
use domain::language::Lang;
use rules::pack::fact::Sensitivity;
use screener::carry;

/// Answers every question with what `say` gives for its fact, until there are results; the facts asked.
fn answer_all(mut html: String, say: impl Fn(&str) -> &'static str) -> (String, Vec<String>) {
    let mut asked = Vec::new();
    for _ in 0..400 {
        if !html.contains("id=\"question-text\"") {
            return (html, asked);
        }
        let form = html.split("class=\"question-card\"").nth(1).unwrap_or_default().to_owned();
        let (answers, fact, person) = (value(&form, "answers"), value(&form, "fact"), value(&form, "person"));
        let answer = say(&fact);
        let how = if answer.is_empty() { "then=skip".to_owned() } else { format!("answer={answer}") };
        let next = page(Lang::En, &format!("step=answer&answers={answers}&fact={fact}&person={person}&{how}"));
        asked.push(format!("{fact} {person}"));
        // An answer that does not fit this kind of question is skipped instead.
        html = match next.status {
            200 => next.html,
            _ => page(Lang::En, &format!("step=answer&answers={answers}&fact={fact}&person={person}&then=skip")).html,
        };
    }
    panic!("the questions never end: {asked:?}");
}

#[test]
fn a_widow_learns_what_she_may_get_without_a_name() {
    let first = amina(Lang::En);
    assert_eq!(first.status, 200);
    assert!(first.html.contains("id=\"question-text\""), "{}", plain(&first));
    let (results, asked) = answer_all(first.html, |_| "no");
    let results = results.replace(['\u{2068}', '\u{2069}'], "");
    println!("{} questions, results {} bytes", asked.len(), results.len());
    assert!(results.contains("You may qualify for"), "{results}");
    assert!(results.contains("Probably not, because:"));
    assert!(results.contains("0923 000 000"), "the centre of her district");
    assert!(!results.to_lowercase().contains("refus"), "nobody is refused here");
    let mut once = asked.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), asked.len(), "nothing is asked twice");
    let protected = |fact: &String| {
        let id = fact.split(' ').next().unwrap_or_default();
        PACK.fact(id).is_some_and(|fact| fact.sensitivity == Sensitivity::Protected)
    };
    assert!(!asked.iter().any(protected), "no protected fact is asked unasked");
}

#[test]
fn everything_may_be_skipped() {
    let (results, _) = answer_all(amina(Lang::En).html, |_| "");
    assert!(results.contains("were skipped"));
    let nothing = page(Lang::En, "step=results");
    assert_eq!(nothing.status, 200);
    assert!(plain(&nothing).contains("You may qualify for"));
}

#[test]
fn a_private_question_comes_only_after_its_gate_is_opened_and_stands_on_no_paper() {
    let first = amina(Lang::En);
    let answers = value(&first.html, "answers");
    let opened = page(Lang::En, &format!("step=gate&topic=person.serious_illness&answers={answers}"));
    let (results, asked) = answer_all(opened.html, |fact| if fact == "person.serious_illness" { "yes" } else { "" });
    assert!(asked.iter().any(|fact| fact.starts_with("person.serious_illness")), "{asked:?}");
    let answers = value(&results, "answers");
    let paper = plain(&page(Lang::En, &format!("step=paper&answers={answers}")));
    assert!(paper.contains("What you asked about in private is not in it"));
    let protected = PACK.programmes().iter().filter(|programme| programme.protected);
    for programme in protected {
        assert!(!paper.contains(programme.name.words.get("en")), "{}", programme.id);
    }
    let code: String = paper
        .split("id=\"carried-code\">")
        .nth(1)
        .and_then(|rest| rest.split("</bdi>").next())
        .expect("a code")
        .replace("<span>", "")
        .replace("</span>", "");
    let carried = carry::read(&PACK, &code).expect("the code on the paper").answers;
    assert_eq!(carried.members.len(), 5);
    assert!(carried.gates.is_empty());
    assert!(carried.members.iter().all(|person| !person.facts.contains_key("serious_illness")));
}

#[test]
fn a_mistake_is_said_and_nothing_is_lost() {
    let home = page(Lang::En, "step=home&size=many&district=nowshera");
    assert_eq!(home.status, 422);
    assert!(plain(&home).contains("from 1 to 40") && home.html.contains("value=\"many\""));
    let home = page(Lang::En, "step=home&size=2&district=nowshera");
    let answers = value(&home.html, "answers");
    let members = page(Lang::En, &format!("step=members&answers={answers}&m1_age=340&m1_sex=female&m2_age=8"));
    assert_eq!(members.status, 422);
    assert!(plain(&members).contains("Person 1: the age must be from 0 to 120 years"), "{}", plain(&members));
    assert!(members.html.contains("value=\"340\"") && members.html.contains("value=\"8\""));
    let broken = page(Lang::En, "step=results&answers=OWNONSENSE");
    assert!(plain(&broken).contains("Part of the code is missing or changed"), "{}", plain(&broken));
}

#[test]
fn correcting_a_member_keeps_what_was_answered_for_the_others() {
    let first = amina(Lang::En);
    let (answers, fact, person) = (value(&first.html, "answers"), "person.school_enrolled".to_owned(), "m2".to_owned());
    let told = page(Lang::En, &format!("step=answer&answers={answers}&fact={fact}&person={person}&answer=yes"));
    let answers = value(&told.html, "answers");
    // The boy of twelve is taken out: his sister moves up with her answer.
    let rows = "m1_age=34&m1_sex=female&m1_relation=head&m1_marital=widowed&m3_age=8&m3_sex=female&m3_relation=child&m4_months=20&m4_sex=male";
    let changed = page(Lang::En, &format!("step=members&answers={answers}&{rows}"));
    let kept = carry::read(&PACK, &value(&changed.html, "answers")).expect("a code").answers;
    assert_eq!(kept.members.len(), 3);
    assert!(kept.members[1].facts.contains_key("school_enrolled"), "{kept:?}");
    assert!(!kept.complete(), "five were said to eat here and three are told of");
}

#[test]
fn every_page_speaks_each_language_and_stays_small() {
    for &lang in Lang::ALL {
        let first = amina(lang);
        let answers = value(&first.html, "answers");
        for step in ["", "edit-home", "edit-members", "next", "results", "paper"] {
            let page = page(lang, &format!("step={step}&answers={answers}"));
            assert_eq!(page.status, 200, "{step}");
            for family in ["check-", "carry-", "keep-", "ask-", "verdict-", "shell-"] {
                let raw = page.html.split(['>', '<']).find(|text| text.starts_with(family) && !text.contains(' '));
                assert_eq!(raw, None, "{step} in {lang:?} shows the id of a message");
            }
        }
    }
}
