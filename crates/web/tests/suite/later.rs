//! Days without power: blank forms, and visits entered later under their stated day.

use crate::cases::turn_clock;
use crate::common::{World, cast};

const FORM: [(&str, &str); 6] = [
    ("on_day", "20"),
    ("on_month", "11"),
    ("on_year", "2026"),
    ("served_by", "Saima, desk 2"),
    ("counter", "women"),
    ("language", "ps"),
];

#[tokio::test]
async fn a_paper_form_is_entered_under_its_own_day_with_who_served_then() {
    let mut world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    for (field, value, want) in [
        ("on_day", "22", "an earlier day"),
        ("on_day", "31", "day, month and year"),
        ("served_by", " ", "who served the family"),
        ("counter", "", "Choose the counter"),
    ] {
        let form: Vec<_> = FORM.map(|(name, old)| (name, if name == field { value } else { old })).into();
        let page = clerk.post("/desk/later", &form).await;
        assert!(page.status == 422 && page.has(want), "{field} {value}: {}", page.text());
    }
    let page = clerk.post("/desk/later", &FORM).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let visit = page.location();
    assert!(clerk.get("/desk/later").await.has("Saima, desk 2"), "it stands in the list until it is ended");
    clerk.get(&format!("{visit}/register")).await;
    assert_eq!(clerk.post(&format!("{visit}/register"), &cast::amina_form()).await.status, 303);
    let shown = clerk.get(&format!("{visit}/household")).await;
    assert!(shown.has("Entered later from a paper form") && shown.has("20 Nov 2026") && shown.has("Saima, desk 2"));
    let fact = "household.monthly_income_pkr";
    let page = clerk.get(&format!("{visit}/questions?fact={fact}&person=")).await;
    let (version, seen) = (page.value("version").expect("a version"), page.value("seen").unwrap_or_default());
    let said = [
        ("fact", fact),
        ("person", ""),
        ("version", version.as_str()),
        ("seen", seen.as_str()),
        ("answer", "12000"),
        ("known", "said"),
        ("then", "next"),
    ];
    assert_eq!(clerk.post(&format!("{visit}/questions"), &said).await.status, 303);
    let days: Vec<String> = world.household(&visit).await.answers.iter().map(|a| a.on.to_string()).collect();
    assert_eq!(days, ["2026-11-20"], "it was said on the form's day");
    let sheet = clerk.get("/desk/day?day=2026-11-20").await.text();
    assert!(sheet.contains("Visits of this day entered later") && sheet.contains("Families registered"));
    let (scope, day) = (clerk_scope(&world).await, "2026-11-20".parse().expect("a day"));
    let counts = world.app.store.visits(&scope).day_counts(day, web::app::day_ends(day)).await.expect("counts");
    assert_eq!((counts.tokens, counts.later, counts.families), (1, 1, 1));
    turn_clock(&mut world, "2026-11-23T04:00:00Z");
    let mut clerk = world.desk("clerk.nsr").await;
    assert_eq!(clerk.post(&format!("{visit}/end"), &[]).await.status, 303);
    assert!(!clerk.get("/desk/later").await.has("Saima, desk 2"));
}

/// The clerk's scope, as a session gives it.
async fn clerk_scope(world: &World) -> store::Scope {
    let now = world.app.now();
    let signed = world.app.store.sign_in("clerk.nsr", crate::common::PASSWORD, now).await.expect("an answer");
    let token = signed.expect("signed in").token;
    world.app.store.session(&token, now).await.expect("an answer").expect("a session").scope
}

#[tokio::test]
async fn a_blank_form_holds_the_desks_questions_without_the_protected_ones_and_a_number() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let pack = crate::common::pack();
    for lang in ["en", "ur", "ps"] {
        let page = clerk.get(&format!("/desk/forms?in={lang}")).await;
        assert!(page.status == 200 && page.has(&format!("lang=\"{lang}\"")));
        for fact in pack.facts().iter().filter(|f| f.sensitivity == rules::pack::fact::Sensitivity::Protected) {
            let question = fact.question.get(lang).replace("{ $name }", "");
            assert!(question.is_empty() || !page.has(question.trim()), "{}: a form lies on tables", fact.id);
        }
        assert!(page.has("sheet-box") && page.has("261122-"), "the day and a drawn part");
    }
    let one = clerk.get("/desk/forms?in=en").await;
    assert!(one.text().matches("<li>").count() > 40, "the questions of the pack");
    let ten = clerk.get("/desk/forms?in=en&copies=99").await;
    assert_eq!(ten.text().matches("class=\"receipt blank-form\"").count(), 10);
}
