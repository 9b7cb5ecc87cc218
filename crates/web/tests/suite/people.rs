//! Families at the desk: finding, registering, correcting, leaving, consent; and what the desk may not see.

mod consent;
mod corrections;

use crate::common::{Browser, World, cast};
use corrections::application;
use domain::people::{Birth, IdentityCheck, Sex};

/// The form with some fields replaced.
fn with<'a>(form: &[(&'a str, &'a str)], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed).copied().collect()
}

async fn member_address(visit: &str, desk: &mut Browser, at: usize) -> String {
    let page = desk.get(&format!("{visit}/household")).await;
    let links = page.links(&format!("{visit}/members/"));
    links.into_iter().filter(|link| !link.ends_with("/new")).nth(at).expect("the member is on the page")
}

#[tokio::test]
async fn a_registered_family_is_found_by_number_phone_and_name_in_any_script() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    world.registered(&mut desk).await;
    let visit = world.visit(&mut desk).await;
    for typed in
        ["17201 23456782", "0300-1234567", "+92 300 1234567", "Amina w/o Sher Zaman, Pabbi", "آمنہ بی بی زوجہ شیر زمان"]
    {
        desk.get(&format!("{visit}/household")).await;
        let page = desk.post(&format!("{visit}/search"), &[("q", typed)]).await;
        assert_eq!(page.status, 200, "{typed}");
        assert!(page.has("Amina Bibi"), "{typed} finds her");
        assert!(page.has("17201-*****78-2"), "{typed} shows the number masked");
        assert!(!page.has("17201-2345678-2") || typed.contains("17201"), "{typed} shows no whole number");
    }
    let page = desk.post(&format!("{visit}/search"), &[("q", "")]).await;
    assert_eq!(page.status, 422);
}

#[tokio::test]
async fn what_is_typed_becomes_the_record_and_nothing_more() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let household = world.household(&visit).await;
    let amina = &household.members[0].details;
    assert_eq!(amina.birth, Some(Birth::parse("1988-03-02").expect("a birth")));
    assert_eq!(amina.sex, Some(Sex::Female));
    assert_eq!(amina.identities[0].number.to_string(), cast::AMINA_CNIC);
    assert_eq!(amina.identities[0].check, IdentityCheck::PaperSeen);
    assert_eq!(household.place.tehsil, None, "what was not said stays unknown");
    assert_eq!(household.phones[0].number, "+923001234567");
    assert!(!household.members_complete);
    assert!(household.consents.is_empty());
    let visit_now = desk.get(&format!("{visit}/household")).await;
    assert!(visit_now.has("Amina Bibi") && visit_now.has("17201-2345678-2"));
}

#[tokio::test]
async fn a_similar_record_is_shown_and_never_merged_silently() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    world.registered(&mut desk).await;
    let visit = world.visit(&mut desk).await;
    desk.get(&format!("{visit}/register")).await;
    let again = with(&cast::amina_form(), &[("given", "Aamina Bibi"), ("number", "17201-2345678-4")]);
    let page = desk.post(&format!("{visit}/register"), &again).await;
    assert_eq!(page.status, 200, "nothing is saved yet");
    assert!(page.has("This is the family") && page.has("The numbers are the same but for one digit."));
    assert!(page.has("Aamina Bibi"), "what was typed is kept");
    let confirmed = page.value("confirmed").expect("the set of cards that was looked at");
    let wrong = with(&again, &[("confirmed", "something else")]);
    assert_eq!(desk.post(&format!("{visit}/register"), &wrong).await.status, 200, "only these very cards count");
    let page = desk.post(&format!("{visit}/register"), &with(&again, &[("confirmed", &confirmed)])).await;
    assert_eq!(page.status, 303);
    assert_eq!(world.household(&visit).await.members[0].details.given, "Aamina Bibi");

    let third = world.visit(&mut desk).await;
    desk.get(&format!("{third}/register")).await;
    let page = desk.post(&format!("{third}/register"), &cast::amina_form()).await;
    let household = page.value("household").expect("a card");
    let page = desk.post(&format!("{third}/attach"), &[("household", &household)]).await;
    assert_eq!(page.status, 303, "one's own family opens without a reason");
    assert_eq!(world.household(&third).await.id.to_string(), household);
}

#[tokio::test]
async fn a_form_sent_twice_registers_one_family() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    desk.get(&format!("{visit}/register")).await;
    let command = uuid::Uuid::now_v7().to_string();
    let form = with(&cast::amina_form(), &[("command_id", &command)]);
    let first = desk.post(&format!("{visit}/register"), &form).await;
    let second = desk.post(&format!("{visit}/register"), &form).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location());
    assert_eq!(world.app.store.people(&world.system).recent(9).await.expect("an answer").len(), 1);
    let other = with(&form, &[("given", "Gulalai")]);
    assert_eq!(
        desk.post(&format!("{visit}/register"), &other).await.status,
        409,
        "the same command with other answers"
    );
}

#[tokio::test]
async fn bad_input_is_a_sentence_beside_its_field_and_nothing_is_lost() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    let long = "a".repeat(10_000);
    let cases = [
        ("given", "", "given", "The name is missing"),
        ("given", "12345", "given", "A name has letters"),
        ("given", "Аmina", "given", "letters of two alphabets"),
        ("given", long.as_str(), "given", "at most"),
        ("village", long.as_str(), "village", "at most"),
        ("number", "17201-234567-8", "number", "needs"),
        ("number", "1720l-2345678-2", "number", "is not part of an identity number"),
        ("number", "11111-1111111-1", "number", "placeholder"),
        ("birth_day", "31", "birth_year", "This is not a date"),
        ("birth_year", "2031", "birth_year", "lies in the future"),
        ("about", "34", "birth_year", "not both"),
        ("phone", "0300 12345", "phone", "11 digits"),
        ("phone", "0800 26477", "phone", "service number"),
        ("district", "atlantis", "district", "Choose the district"),
        ("sex", "other", "sex", "not in the list"),
    ];
    for (field, typed, at, sentence) in cases {
        desk.get(&format!("{visit}/register")).await;
        let form = with(&cast::amina_form(), &[("birth_month", "2"), (field, typed)]);
        let form = if field == "birth_day" { form } else { with(&form, &[("birth_month", "3"), (field, typed)]) };
        let page = desk.post(&format!("{visit}/register"), &form).await;
        assert_eq!(page.status, 422, "{field} = {typed:.20}");
        assert!(page.has(sentence), "{field} = {typed:.20}: {sentence}");
        assert!(
            page.has(&format!("href=\"#{at}\"")) && page.has(&format!("id=\"{at}\"")),
            "{field} leads to its field"
        );
        assert!(page.has("behind the mosque"), "{field}: the rest is kept");
        assert!(page.text().contains("<title>Error: "), "{field}: the title says so");
        if !matches!(field, "district" | "sex") {
            assert!(page.value(field).is_some_and(|kept| kept == typed), "{field}: what was typed is kept");
        }
    }
    assert!(world.app.store.people(&world.system).recent(9).await.expect("an answer").is_empty());
}

#[tokio::test]
async fn direction_controls_never_come_into_a_name() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    desk.get(&format!("{visit}/register")).await;
    let form = with(&cast::amina_form(), &[("given", "\u{202E}Amina\u{2066} Bibi")]);
    assert_eq!(desk.post(&format!("{visit}/register"), &form).await.status, 303);
    assert_eq!(world.household(&visit).await.members[0].details.given, "Amina Bibi");
}

#[tokio::test]
async fn an_unusual_number_is_a_note_and_no_error() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    desk.get(&format!("{visit}/register")).await;
    let form = with(&cast::amina_form(), &[("number", "17201-2345678-1")]);
    assert_eq!(desk.post(&format!("{visit}/register"), &form).await.status, 303);
    assert!(desk.get(&format!("{visit}/household")).await.has("usual for the other sex"));
}

#[tokio::test]
async fn another_districts_file_is_masked_and_opens_with_a_reason_that_is_logged() {
    let world = World::new().await;
    let mut dir = world.desk("clerk.dir").await;
    let far = world.visit(&mut dir).await;
    dir.get(&format!("{far}/register")).await;
    assert_eq!(dir.post(&format!("{far}/register"), &cast::gulalai_form()).await.status, 303);
    let gulalai = world.household(&far).await.id.to_string();
    dir.post(&format!("{far}/end"), &[]).await;

    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut desk).await;
    let unfound = desk.post(&format!("{visit}/attach"), &[("household", &gulalai), ("reason", "a guess")]).await;
    assert_eq!(unfound.status, 404, "a file that no search found does not open");
    let found = desk.post(&format!("{visit}/search"), &[("q", "15302-7654321-4")]).await;
    assert!(found.has("Gulalai") && found.has("another district") && found.has("15302-*****21-4"));
    assert!(!found.has("Timergara<") && !found.has("Noor Rehman"), "village and father are not shown");
    let q = ("q", "15302-7654321-4");
    let without = desk.post(&format!("{visit}/attach"), &[("household", &gulalai), q]).await;
    assert_eq!(without.status, 422);
    assert!(without.has("Write in a few words why you open this file"));
    let opened =
        desk.post(&format!("{visit}/attach"), &[("household", &gulalai), q, ("reason", "She moved here")]).await;
    assert_eq!(opened.status, 303);
    assert!(desk.get(&format!("{visit}/household")).await.has("Timergara"));

    let log = world.app.store.read_log(&world.system, 99).await.expect("the log");
    assert!(log.iter().any(|line| line.what == "household" && line.purpose.contains("She moved here")));
    assert!(log.iter().any(|line| line.what == "search"));
    assert!(log.iter().all(|line| !line.purpose.contains("Gulalai") && !line.purpose.contains("7654321")));

    desk.post(&format!("{visit}/end"), &[]).await;
    assert_eq!(desk.get(&format!("{visit}/household")).await.status, 404, "after the visit the file is closed again");
}

#[tokio::test]
async fn only_roles_that_open_files_reach_families() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let household = world.household(&visit).await;
    let member = member_address(&visit, &mut desk, 0).await;
    let addresses = [
        format!("{visit}/household"),
        format!("{visit}/register"),
        format!("{visit}/members/new"),
        member.clone(),
        format!("{member}/leave"),
        format!("{visit}/consent"),
        format!("{visit}/place"),
        format!("/people/{}", household.id),
    ];
    for login in ["token.nsr", "clerk.dir", "bisp.nsr", "admin", "auditor"] {
        let mut other = world.desk(login).await;
        for address in &addresses {
            let page = other.get(address).await;
            assert_eq!(page.status, 404, "{login} at {address}");
            assert!(!page.has("Amina"), "{login} at {address}");
        }
        let page = other.post(&format!("{visit}/members-complete"), &[("complete", "no")]).await;
        assert_eq!(page.status, 404, "{login} changes nothing");
    }
    for address in &addresses {
        assert_eq!(world.office().get(address).await.status, 303, "{address} asks to sign in");
        assert_eq!(world.public().get(address).await.status, 404, "{address} is not public");
    }
    assert!(world.household(&visit).await.members_complete);
    let mut worker = world.desk("worker.nsr").await;
    for address in &addresses {
        let status = worker.get(address).await.status;
        assert!(matches!(status, 200 | 303), "{address} is open to the centre's social worker: {status}");
    }
}

#[tokio::test]
async fn a_second_head_and_a_number_of_another_member_are_refused() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let address = format!("{visit}/members/new");
    desk.get(&address).await;
    let child = cast::children_forms().remove(0);
    let page = desk.post(&address, &with(&child, &[("relationship", "head")])).await;
    assert!(page.status == 422 && page.has("already has a head"), "{}", page.status);
    let number = [("number_kind", "cnic"), ("number", cast::AMINA_CNIC)];
    let page = desk.post(&address, &with(&child, &number)).await;
    assert!(page.status == 422 && page.has("Another member already has this number"), "{}", page.status);
    assert_eq!(world.household(&visit).await.members.len(), 1);
}

#[tokio::test]
async fn a_file_outside_a_visit_opens_with_a_logged_reason_only() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let household = world.household(&visit).await;
    application(&world, &visit).await;
    let found = desk.post("/people", &[("q", "Amina w/o Sher Zaman, Pabbi")]).await;
    let mut places = found.links("/people/").into_iter().filter(|link| link != "/people/corrections");
    let address = places.next().expect("a card leads to the file");
    assert_eq!(address, format!("/people/{}", household.id));
    let ask = desk.get(&address).await;
    assert_eq!(ask.status, 200);
    assert!(!ask.has("Amina"), "nothing is shown before the reason");
    let before = world.app.store.read_log(&world.system, 99).await.expect("the log").len();
    let without = desk.post(&format!("{address}/open"), &[("reason", " ")]).await;
    assert_eq!(without.status, 422);
    assert!(!without.has("Amina"));
    assert_eq!(world.app.store.read_log(&world.system, 99).await.expect("the log").len(), before);
    let open = desk.post(&format!("{address}/open"), &[("reason", "She called about her card")]).await;
    assert_eq!(open.status, 200);
    assert!(open.has("Amina Bibi") && open.has("Hamza"));
    assert_eq!(open.links("/visits/"), Vec::<String>::new(), "the file outside a visit changes nothing");
    let log = world.app.store.read_log(&world.system, 99).await.expect("the log");
    assert!(log.iter().any(|line| line.purpose.contains("She called about her card")));
    let mut dir = world.desk("clerk.dir").await;
    let far = dir.post("/people", &[("q", cast::AMINA_CNIC)]).await;
    assert!(far.has("another district") && far.links("/people/").iter().all(|link| link == "/people/corrections"));
}

#[tokio::test]
async fn every_page_speaks_every_language() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let empty = world.visit(&mut desk).await;
    let member = member_address(&visit, &mut desk, 1).await;
    let addresses = [
        format!("{visit}/household?done=registered"),
        format!("{visit}/members/new"),
        member.clone(),
        format!("{member}/leave"),
        format!("{visit}/consent"),
        format!("{visit}/place"),
        format!("{empty}/household"),
        format!("{empty}/register"),
        "/people".to_owned(),
    ];
    for (lang, dir) in [("en", "ltr"), ("ur", "rtl"), ("ps", "rtl")] {
        for address in &addresses {
            let mark = if address.contains('?') { '&' } else { '?' };
            let page = desk.get(&format!("{address}{mark}lang={lang}")).await;
            assert_eq!(page.status, 200, "{address}");
            assert!(page.has(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{address}");
            let text = page.text();
            for family in [">people-", ">identity-", ">consent-", ">leave-", ">evidence-"] {
                assert!(!text.contains(family), "{address} in {lang} shows the id of a missing message: {family}");
            }
            assert_eq!(text.matches("<h1").count(), 1, "{address} has one first heading");
        }
    }
}
