//! Asking, screening, choosing: what the window's middle pages promise, walked with Amina Bibi's family.

use crate::common::{Browser, Page, World};
use domain::{
    applications::{ApplicationSubmitted, Limits},
    event::Change,
    ids::{ApplicationId, PersonId},
    people::{AnswerValue, Provenance},
};

/// The marks that keep a name apart from the writing direction around it are not what these tests are about.
fn plain(page: &Page) -> String {
    page.text().replace('\u{a0}', " ").replace(['\u{2068}', '\u{2069}'], "").replace("<bdi>", "").replace("</bdi>", "")
}

fn id_of(visit: &str) -> domain::ids::VisitId {
    visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit's address")
}

async fn person(world: &World, visit: &str, name: &str) -> PersonId {
    let household = world.household(visit).await;
    household.members.iter().find(|m| m.details.given == name).expect("a member of this name").id
}

/// Amina Bibi's family at the desk of the social worker who serves the visit.
async fn amina(world: &World) -> (Browser, String) {
    let mut desk = world.desk("worker.nsr").await;
    let visit = world.family(&mut desk).await;
    desk.post(&format!("{visit}/call"), &[]).await;
    (desk, visit)
}

/// Answers one question by its own address, as the links in reasons do.
async fn answer(desk: &mut Browser, visit: &str, fact: &str, person: Option<PersonId>, value: &str) -> Page {
    let person = person.map(|p| p.to_string()).unwrap_or_default();
    let page = desk.get(&format!("{visit}/questions?fact={fact}&person={person}")).await;
    assert_eq!(page.status, 200, "{fact} is asked: {}", page.text());
    let (version, seen) = (page.value("version").expect("a version"), page.value("seen").unwrap_or_default());
    let known = if fact.starts_with("scores.") { "verified" } else { "said" };
    let fields = [
        ("fact", fact),
        ("person", person.as_str()),
        ("version", version.as_str()),
        ("seen", seen.as_str()),
        ("answer", value),
        ("known", known),
        ("then", "next"),
    ];
    desk.post(&format!("{visit}/questions"), &fields).await
}

/// What Kafaalat asks of Amina Bibi.
async fn kafaalat_answers(world: &World, desk: &mut Browser, visit: &str) {
    let amina = person(world, visit, "Amina Bibi").await;
    for (fact, about, value) in [
        ("household.registered_in_nser", None, "yes"),
        ("person.cnic_valid", Some(amina), "yes"),
        ("scores.nser_2021", None, "27.5"),
        ("household.government_employee", None, "no"),
        ("household.travelled_abroad", None, "no"),
        ("household.owns_vehicle_registered", None, "no"),
    ] {
        let page = answer(desk, visit, fact, about, value).await;
        assert_eq!(page.status, 303, "{fact}: {}", page.text());
    }
}

#[tokio::test]
async fn a_family_is_asked_screened_and_leaves_with_a_package() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let first = desk.get(&format!("{visit}/questions")).await;
    assert!(plain(&first).contains("Why we ask: it settles") || plain(&first).contains("depend"), "{}", plain(&first));
    kafaalat_answers(&world, &mut desk, &visit).await;

    let page = desk.get(&format!("{visit}/programmes")).await;
    let text = plain(&page);
    assert_eq!(page.status, 200);
    assert!(text.contains("may qualify"), "Kafaalat's rules are held in part, so it never prints meets");
    for sentence in [
        "NSER poverty score (2019-2021 survey): 27.5. Needed: 32 or less. Yes.",
        "Amina Bibi, Sex: Female. Needed: Female. Yes.",
        "Rs 4,833 a month",
        "NSER poverty score (2019-2021 survey): 27.5.",
    ] {
        assert!(text.contains(sentence), "missing: {sentence}\n{text}");
    }

    let amina = person(&world, &visit, "Amina Bibi").await;
    let pick = format!("bisp-kafaalat@{amina}");
    let chosen = desk.post(&format!("{visit}/programmes"), &[("pick", &pick)]).await;
    assert_eq!((chosen.status, chosen.location()), (303, format!("{visit}/package")), "{}", chosen.text());
    let package = plain(&desk.get(&format!("{visit}/package")).await);
    for words in ["Rs 4,833", "Rs 58,000", "Loans, insurance, fees not charged", &format!("{visit}/papers")] {
        assert!(package.contains(words), "missing: {words}\n{package}");
    }
    let recorded = world.app.store.visits(&world.system).screening(id_of(&visit)).await.expect("an answer");
    let recorded = recorded.expect("the screening is kept");
    assert_eq!(recorded.pack, world.app.pack_hash);
    let kafaalat = recorded.verdicts.iter().find(|v| v.programme.0 == "bisp-kafaalat").expect("a verdict");
    assert_eq!((kafaalat.outcome.code(), &kafaalat.candidates[..]), ("may_qualify", &[amina][..]));
    assert!(recorded.verdicts.iter().all(|v| !v.protected), "no gate was opened");
}

#[tokio::test]
async fn every_page_is_there_in_every_language() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    kafaalat_answers(&world, &mut desk, &visit).await;
    let amina = person(&world, &visit, "Amina Bibi").await;
    let pick = format!("bisp-kafaalat@{amina}");
    desk.post(&format!("{visit}/programmes"), &[("pick", &pick)]).await;
    for lang in ["en", "ur", "ps"] {
        for page in ["questions", "answers", "programmes", "programmes/bisp-kafaalat", "package"] {
            let shown = desk.get(&format!("{visit}/{page}?lang={lang}")).await;
            assert_eq!(shown.status, 200, "{page} in {lang}");
            for id in ["ask-", "answers-", "package-", "verdict-", "reason-", "unit-", "worth-", "mark-", "value-"] {
                let text = shown.text();
                let words = text.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, words)| words);
                let bare = words.flat_map(str::split_whitespace).any(|word| word.starts_with(id));
                assert!(!bare, "{page} in {lang} shows a message id that begins with {id}");
            }
        }
    }
}

#[tokio::test]
async fn not_known_today_keeps_the_question_away_for_this_visit_and_decides_nothing() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let mut asked = Vec::new();
    for _ in 0..3 {
        let page = desk.get(&format!("{visit}/questions")).await;
        let (fact, person) = (page.value("fact").expect("a question"), page.value("person").unwrap_or_default());
        assert!(!asked.contains(&(fact.clone(), person.clone())), "{fact} is asked again");
        let fields = [
            ("fact", fact.as_str()),
            ("person", person.as_str()),
            ("answer", "-not-today"),
            ("not-today", "yes"),
            ("known", "said"),
            ("then", "next"),
        ];
        let left = desk.post(&format!("{visit}/questions"), &fields).await;
        assert_eq!(left.status, 303, "leaving a question is never punished: {}", left.text());
        asked.push((fact, person));
    }
    assert!(world.household(&visit).await.answers.is_empty(), "an unknown is kept as unknown, never as no");
}

#[tokio::test]
async fn what_does_not_fit_comes_back_with_a_sentence_and_the_answer_kept() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let check = async |desk: &mut Browser, fact: &str, value: &str, sentence: &str| {
        let page = answer(desk, &visit, fact, None, value).await;
        assert_eq!(page.status, 422, "{fact} = {value}");
        let text = plain(&page);
        assert!(text.contains(sentence), "{fact} = {value}: {text}");
        assert!(text.contains("<title>Error:"), "the title says so");
    };
    let income = "household.monthly_income_pkr";
    check(&mut desk, income, "", "Choose an answer").await;
    check(&mut desk, income, "many", "This is not a number").await;
    check(&mut desk, income, "12.5", "Write a whole number").await;
    check(&mut desk, income, "-1", "The number must be from Rs 0 a month to Rs 10,000,000 a month").await;
    check(&mut desk, income, "99999999999999999999", "The number must be from").await;
    check(&mut desk, "household.registered_in_nser", "perhaps", "not in the list").await;
    check(&mut desk, "scores.nser_2021", "27.555", "at most 2 digits").await;
    let page = answer(&mut desk, &visit, income, None, "many").await;
    assert_eq!(page.value("answer").as_deref(), Some("many"), "what was typed is still there");
    let page = answer(&mut desk, &visit, income, None, "۲۵٬۰۰۰").await;
    assert_eq!(page.status, 303, "Urdu digits are digits: {}", page.text());
    let held = world.household(&visit).await;
    assert_eq!(held.answer(income, None).map(|a| &a.value), Some(&AnswerValue::Int(25_000)));
}

#[tokio::test]
async fn nobody_is_asked_what_may_not_be_asked() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let amina = person(&world, &visit, "Amina Bibi").await;
    let foreign = PersonId(uuid::Uuid::now_v7());
    for address in [
        format!("fact=person.drug_dependent&person={amina}"),
        format!("fact=person.sex&person={amina}"),
        format!("fact=person.ever_married&person={amina}"),
        format!("fact=person.cnic_valid&person={foreign}"),
        "fact=person.cnic_valid".to_owned(),
        format!("fact=household.monthly_income_pkr&person={amina}"),
        "fact=household.no_such_fact".to_owned(),
        "fact=scores.psc_pk_2009".to_owned(),
    ] {
        let page = desk.get(&format!("{visit}/questions?{address}")).await;
        assert_eq!(page.status, 404, "{address}");
    }
}

#[tokio::test]
async fn a_correction_needs_a_reason_and_flags_the_open_application_that_used_the_answer() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let fact = "person.cnic_valid";
    let amina = person(&world, &visit, "Amina Bibi").await;
    answer(&mut desk, &visit, fact, Some(amina), "yes").await;
    let application = ApplicationId(uuid::Uuid::now_v7());
    let used = vec![format!("{fact}@{amina}")];
    world.commit(submitted(&world, &visit, application, used).await).await;

    let refused = answer(&mut desk, &visit, fact, Some(amina), "no").await;
    assert_eq!(refused.status, 422, "a correction without a reason");
    assert!(plain(&refused).contains("Write in a few words why it changes"));
    let (version, seen) = (refused.value("version").unwrap_or_default(), refused.value("seen").unwrap_or_default());
    let person = amina.to_string();
    let fields = [
        ("fact", fact),
        ("person", person.as_str()),
        ("version", &version),
        ("seen", &seen),
        ("answer", "no"),
        ("known", "paper_seen"),
        ("reason", "the card ended in March"),
        ("from", "answers"),
        ("then", "next"),
    ];
    let done = desk.post(&format!("{visit}/questions"), &fields).await;
    assert_eq!((done.status, done.location()), (303, format!("{visit}/answers?saved=1")), "{}", done.text());
    let flagged = world.app.store.applications(&world.system).get(application).await.expect("an answer");
    let flags = flagged.expect("the application").flags;
    assert_eq!(flags.len(), 1);
    assert_eq!(
        (flags[0].fact.as_str(), flags[0].reason.as_str()),
        (format!("{fact}@{amina}").as_str(), "the card ended in March")
    );

    let held = world.household(&visit).await;
    let in_force = held.answer(fact, Some(amina)).expect("an answer");
    assert_eq!((&in_force.value, in_force.provenance), (&AnswerValue::Bool(false), Provenance::PaperSeen));
    // Hearsay does not set a paper aside: both stand, and the page says that they differ.
    let page = desk.get(&format!("{visit}/questions?fact={fact}&person={amina}")).await;
    let (version, seen) = (page.value("version").unwrap_or_default(), page.value("seen").unwrap_or_default());
    let fields = [
        ("fact", fact),
        ("person", person.as_str()),
        ("version", &version),
        ("seen", &seen),
        ("answer", "yes"),
        ("known", "said"),
        ("reason", "she says it was renewed"),
        ("then", "next"),
    ];
    assert_eq!(desk.post(&format!("{visit}/questions"), &fields).await.status, 303);
    assert!(plain(&desk.get(&format!("{visit}/answers")).await).contains("Also on file, and different:"));

    let address = format!("{visit}/answers/{}/withdraw", in_force.id);
    let field = format!("reason-{}", in_force.id);
    assert_eq!(desk.post(&address, &[(&field, "")]).await.status, 422, "taking back needs a reason");
    assert_eq!(desk.post(&address, &[(&field, "wrong card")]).await.status, 303);
    let held = world.household(&visit).await;
    assert_eq!(held.answer(fact, Some(amina)).map(|a| &a.value), Some(&AnswerValue::Bool(true)), "falls back");
}

#[tokio::test]
async fn two_officers_who_answer_one_question_see_both_answers() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let fact = "household.monthly_income_pkr";
    let open = desk.get(&format!("{visit}/questions?fact={fact}")).await;
    let (version, seen) = (open.value("version").unwrap_or_default(), open.value("seen").unwrap_or_default());
    let mut other = world.desk("clerk.nsr").await;
    assert_eq!(answer(&mut other, &visit, fact, None, "20000").await.status, 303);
    let fields = [
        ("fact", fact),
        ("version", &version),
        ("seen", &seen),
        ("answer", "30000"),
        ("known", "said"),
        ("reason", "counted again"),
        ("then", "next"),
    ];
    let page = desk.post(&format!("{visit}/questions"), &fields).await;
    assert_eq!(page.status, 409);
    assert!(plain(&page).contains("Rs 20,000 a month") && plain(&page).contains("Rs 30,000 a month"));
}

#[tokio::test]
async fn protected_help_is_invisible_until_asked_for_and_then_only_to_the_officer_who_serves() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let addresses = ["questions", "programmes", "answers"];
    let names = ["Dar-ul-Aman", "drug", "Guzara", "Tahafuz"];
    let hint = |text: &str| {
        let main = text.split("<details class=\"verdict-group help\">").next().unwrap_or_default().to_owned();
        names.iter().find(|name| main.contains(**name)).copied()
    };
    for address in addresses {
        let text = plain(&desk.get(&format!("{visit}/{address}")).await);
        assert_eq!(hint(&text), None, "{address}");
    }
    for programme in ["kpsw-dar-ul-aman", "kpz-guzara", "passd-tahafuz"] {
        assert_eq!(desk.get(&format!("{visit}/programmes/{programme}")).await.status, 404, "{programme}");
        let page = desk.post(&format!("{visit}/programmes"), &[("pick", programme)]).await;
        assert_eq!(page.status, 422, "{programme} cannot be picked");
        assert!(!plain(&page).contains("cannot be applied for"), "nor is it named");
    }

    let mut other = world.desk("clerk.nsr").await;
    let page = other.post(&format!("{visit}/help"), &[("topic", "person.survivor_of_violence")]).await;
    assert!([403, 404].contains(&page.status), "another officer opens no gate");

    desk.get(&format!("{visit}/questions")).await;
    let page = desk.post(&format!("{visit}/help"), &[("topic", "person.survivor_of_violence")]).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let amina = person(&world, &visit, "Amina Bibi").await;
    let page = answer(&mut desk, &visit, "person.survivor_of_violence", Some(amina), "yes").await;
    assert_eq!(page.status, 303, "{}", page.text());
    let held = world.household(&visit).await;
    assert!(held.answers.iter().all(|a| a.protected == (a.fact == "person.survivor_of_violence")));
    assert_eq!(desk.get(&format!("{visit}/programmes/kpsw-dar-ul-aman")).await.status, 200);
    assert_eq!(desk.get(&format!("{visit}/programmes/kpsw-drug-rehabilitation")).await.status, 404);

    for address in addresses {
        let text = plain(&other.get(&format!("{visit}/{address}")).await);
        assert!(!text.contains("Dar-ul-Aman") && !text.contains("safe shelter"), "{address} for another officer");
    }
    assert_eq!(other.get(&format!("{visit}/programmes/kpsw-dar-ul-aman")).await.status, 404);
}

#[tokio::test]
async fn a_family_that_refuses_to_be_kept_is_asked_nothing() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    let household = world.household(&visit).await;
    let consent = domain::people::ConsentStated {
        purpose: domain::people::ConsentPurpose::Keep,
        given: false,
        by: None,
        how: domain::people::ConsentHow::Spoken,
        language: domain::language::Lang::Ur,
        phone: None,
    };
    world.commit(vec![Change::after(household.id, household.version, consent, world.app.today())]).await;
    let page = desk.get(&format!("{visit}/questions")).await;
    assert_eq!((page.status, page.value("fact")), (200, None));
    let fields = [("fact", "household.monthly_income_pkr"), ("answer", "1"), ("known", "said"), ("then", "next")];
    assert_eq!(desk.post(&format!("{visit}/questions"), &fields).await.status, 422);
}

#[tokio::test]
async fn sums_are_honest() {
    let world = World::new().await;
    let (mut desk, visit) = amina(&world).await;
    kafaalat_answers(&world, &mut desk, &visit).await;
    let amina = person(&world, &visit, "Amina Bibi").await;
    // Offered to the same person: regular cash, and help that is no money.
    let page = desk.get(&format!("{visit}/programmes")).await;
    let all: Vec<String> = page
        .text()
        .split("name=\"pick\"")
        .skip(1)
        .filter_map(|rest| rest.split("value=\"").nth(1)?.split('"').next().map(str::to_owned))
        .filter(|pick| !pick.contains('@') || pick.ends_with(&amina.to_string()))
        .collect();
    assert!(all.len() > 2, "{all:?}");
    let fields: Vec<(&str, &str)> = all.iter().map(|pick| ("pick", pick.as_str())).collect();
    let chosen = desk.post(&format!("{visit}/programmes"), &fields).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    let text = plain(&desk.get(&format!("{visit}/package")).await);
    let (body, foot) = text.split_once("<tfoot>").expect("a sum");
    assert!(!body.contains(">Rs 0<") && !foot.contains("Rs 0<"), "nothing unpublished is shown as zero");
    assert!(text.contains("amount not published") || text.contains("a loan") || text.contains("in kind"));
    assert!(text.contains("Not together with") || text.contains("The sum is no promise"));
}

/// An application to Kafaalat as the department holds it.
async fn submitted(world: &World, visit: &str, id: ApplicationId, facts_used: Vec<String>) -> Vec<Change> {
    let household = world.household(visit).await;
    let today = world.app.today();
    let event = ApplicationSubmitted {
        household: household.id,
        person: Some(household.members[0].id),
        programme: "bisp-kafaalat".into(),
        operator: "bisp".into(),
        district: "nowshera".into(),
        centre: "nowshera".into(),
        visit: Some(id_of(visit)),
        pack: world.app.pack_hash.clone(),
        outcome: domain::eligibility::Outcome::MayQualify,
        verdict: serde_json::Value::Null,
        facts_used,
        papers: Vec::new(),
        missing_papers: Vec::new(),
        limits: Limits { acknowledge: 3, complete_or_return: 7, decide: 30 },
        promised: today,
        protected: false,
    };
    let forward = event.forward(today, &world.app.calendar);
    vec![Change::after(id, 0, event, today), Change::after(id, 1, forward, today)]
}
