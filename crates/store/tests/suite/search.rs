//! Finding people: by number, phone and name, however they are spelled; and what is shown of other districts.

use crate::common::{Base, cast, on_both, story, story::Story};
use domain::{
    ids::{HouseholdId, PersonId},
    people::{Relationship, Sex},
};
use expect_test::{Expect, expect};
use store::{Scope, people::Hit};
use uuid::Uuid;

/// The story's cast, and neighbours whose names are spelled in other ways.
async fn registry(base: &Base) -> (Story<'_>, Scope) {
    let mut story = story::full(base).await;
    let clerk = story.scope("clerk.nsr").await;
    for (given, father, village) in [
        ("آمنہ بی بی", "شیر زمان", "Risalpur"),
        ("Ameena", "Sher Zamaan", "Jehangira"),
        ("Noor Rehman", "Sher Zaman", "Pabbi"),
        ("Nur ur Rahman", "Bilal", "Pabbi"),
    ] {
        let details = cast::person(given, father, Sex::Female, "1990", Relationship::Head);
        let household = HouseholdId(Uuid::now_v7());
        let members = vec![(PersonId(Uuid::now_v7()), details)];
        register_without_phone(&mut story, &clerk, household, village, members).await;
    }
    (story, clerk)
}

async fn register_without_phone(
    story: &mut Story<'_>,
    clerk: &Scope,
    household: HouseholdId,
    village: &str,
    members: Vec<(PersonId, domain::people::PersonDetails)>,
) {
    let place = cast::place("nowshera", village);
    let registered = domain::people::HouseholdRegistered { centre: "nowshera".into(), place, phones: vec![] };
    let mut events = vec![(household.into(), domain::event::Event::from(registered))];
    for (person, details) in members {
        events.push((household.into(), domain::people::MemberAdded { person, details }.into()));
    }
    story.teller.tell(clerk, events).await;
}

fn line(hit: &Hit) -> String {
    let card = &hit.card;
    let text = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    let year = card.birth_year.map_or("-".to_owned(), |year| year.to_string());
    let yours = if hit.yours { "yours" } else { "card only" };
    let left = if card.left { ", left" } else { "" };
    format!(
        "{} / {} / {} / {} / {year} / {} / {yours}{left}\n",
        card.given,
        text(&card.father_or_husband),
        text(&card.village),
        card.district,
        text(&card.number)
    )
}

async fn lines(base: &Base, scope: &Scope, typed: &str) -> String {
    let hits = base.store.people(scope).search(&linkage::query::parse(typed)).await.expect("an answer");
    hits.iter().map(line).collect()
}

async fn check(base: &Base, scope: &Scope, typed: &str, want: Expect) {
    want.assert_eq(&lines(base, scope, typed).await);
}

on_both!(a_number_is_found_as_people_type_it, async |base: &Base| {
    let (_, clerk) = registry(base).await;
    let amina = "Amina Bibi / Sher Zaman / Akora / nowshera / 1988 / 17201-*****78-2 / yours\n";
    // With dashes, without, in Urdu digits, and with one wrong digit.
    for typed in ["17201-2345678-2", "1720123456782", "۱۷۲۰۱-۲۳۴۵۶۷۸-۲", "17201-2345679-2"] {
        assert_eq!(lines(base, &clerk, typed).await, amina, "{typed}");
    }
    check(base, &clerk, "17201-9999999-9", expect![[""]]).await;
});

on_both!(a_phone_finds_the_family, async |base: &Base| {
    let (_, clerk) = registry(base).await;
    check(
        base,
        &clerk,
        "0300 1234567",
        expect![[r#"
        Amina Bibi / Sher Zaman / Akora / nowshera / 1988 / 17201-*****78-2 / yours
        Bilal / Sher Zaman / Akora / nowshera / 2012 / 17201-*****89-1 / yours
        Zainab / Sher Zaman / Akora / nowshera / 2015 / - / yours
        Hamza Zaman / Sher Zaman / Akora / nowshera / 2019 / - / yours
        Sher Zaman / Noor Rehman / Akora / nowshera / 1952 / - / yours, left
    "#]],
    )
    .await;
});

on_both!(a_name_with_a_father_or_village_is_found_in_any_spelling, async |base: &Base| {
    let (_, clerk) = registry(base).await;
    check(
        base,
        &clerk,
        "Amina d/o Sher Zaman",
        expect![[r#"
        Amina Bibi / Sher Zaman / Akora / nowshera / 1988 / 17201-*****78-2 / yours
        Ameena / Sher Zamaan / Jehangira / nowshera / 1990 / - / yours
        آمنہ بی بی / شیر زمان / Risalpur / nowshera / 1990 / - / yours
    "#]],
    )
    .await;
    check(
        base,
        &clerk,
        "آمنہ دختر شیر زمان",
        expect![[r#"
        آمنہ بی بی / شیر زمان / Risalpur / nowshera / 1990 / - / yours
        Ameena / Sher Zamaan / Jehangira / nowshera / 1990 / - / yours
        Amina Bibi / Sher Zaman / Akora / nowshera / 1988 / 17201-*****78-2 / yours
    "#]],
    )
    .await;
    check(
        base,
        &clerk,
        "Noor Rahman, Pabbi",
        expect![[r#"
        Noor Rehman / Sher Zaman / Pabbi / nowshera / 1990 / - / yours
        Nur ur Rahman / Bilal / Pabbi / nowshera / 1990 / - / yours
    "#]],
    )
    .await;
    check(
        base,
        &clerk,
        "Hamza Zaman, Akora",
        expect![[r#"
            Hamza Zaman / Sher Zaman / Akora / nowshera / 2019 / - / yours
            Sher Zaman / Noor Rehman / Akora / nowshera / 1952 / - / yours, left
            Amina Bibi / Sher Zaman / Akora / nowshera / 1988 / 17201-*****78-2 / yours
            Zainab / Sher Zaman / Akora / nowshera / 2015 / - / yours
            Bilal / Sher Zaman / Akora / nowshera / 2012 / 17201-*****89-1 / yours
        "#]],
    )
    .await;
    check(base, &clerk, "Zainab", expect![[""]]).await;
});

on_both!(of_another_district_a_card_is_shown, async |base: &Base| {
    let (story, clerk) = registry(base).await;
    let (theirs, auditor) = (story.scope("clerk.dir").await, story.scope("auditor").await);
    let card = "Gulalai / N. / - / lower-dir / - / 15302-*****21-4 / card only\n";
    let whole = "Gulalai / Noor Rehman / Timergara / lower-dir / 1995 / 15302-*****21-4 / yours\n";
    for (scope, want) in [(&clerk, card), (&theirs, whole), (&auditor, whole)] {
        assert_eq!(lines(base, scope, cast::GULALAI_CNIC).await, want);
    }
    assert_eq!(
        lines(base, &theirs, "Amina d/o Sher Zaman").await,
        "Amina Bibi / S. / - / nowshera / - / 17201-*****78-2 / card only\n\
         Ameena / S. / - / nowshera / - / - / card only\n\
         آمنہ بی بی / ش. / - / nowshera / - / - / card only\n"
    );
});

on_both!(who_opens_no_files_finds_nobody, async |base: &Base| {
    let (story, _) = registry(base).await;
    for login in ["token.nsr", "bisp.nsr", "grievance.nsr", "unit", "admin"] {
        assert_eq!(lines(base, &story.scope(login).await, cast::AMINA_CNIC).await, "", "{login}");
    }
    assert_eq!(lines(base, &Scope::public(), cast::AMINA_CNIC).await, "");
});

on_both!(before_registering_the_similar_are_shown, async |base: &Base| {
    let (_, clerk) = registry(base).await;
    let person = linkage::PersonForKeys {
        given: "Aamina",
        father_or_husband: Some("Sher Zaman"),
        village: Some("Pabbi"),
        district: Some("nowshera"),
        birth_year: Some(1988),
        numbers: &["1720123456782"],
        phones: &[],
    };
    let hits = base.store.people(&clerk).similar(&person).await.expect("an answer");
    let found: Vec<&str> = hits.iter().map(|hit| hit.card.given.as_str()).collect();
    assert_eq!(found, ["Amina Bibi", "Ameena", "آمنہ بی بی"]);
});

on_both!(keys_of_another_builder_are_made_again, async |base: &Base| {
    story::full(base).await;
    let mut raw = base.raw().await;
    let before = raw.dump().await;
    assert!(before["person_key"].len() > 20 && before["person_keys"].len() > 3, "{}", before["person_key"].len());
    for (name, builder) in [("another builder's", "0"), ("left half made", "making 0")] {
        raw.execute(&format!("update setting set value = '{builder}' where name = 'search-keys'")).await;
        raw.execute("update person_key set key = key / 2").await;
        assert_ne!(raw.dump().await, before, "{name}");
        base.open_again().await.close().await;
        assert_eq!(raw.dump().await, before, "{name}");
    }
    // An interrupted run goes on where it stopped: the newest person's keys are missing.
    raw.execute("update setting set value = 'making ' || value where name = 'search-keys'").await;
    let newest = "(select person_id from person_keys order by person_id desc limit 1)";
    for table in ["person_key", "person_keys"] {
        let newest = if table == "person_key" { newest.to_owned() } else { newest.replace("person_keys", "person") };
        raw.execute(&format!("delete from {table} where person_id = {newest}")).await;
    }
    assert_ne!(raw.dump().await, before);
    base.open_again().await.close().await;
    assert_eq!(raw.dump().await, before);
});

on_both!(among_many_namesakes_the_village_finds_the_one_meant, async |base: &Base| {
    let (mut story, clerk) = registry(base).await;
    let namesake = || cast::person("Gulalai", "Noor Rehman", Sex::Female, "1990", Relationship::OtherRelative);
    // More than are compared, all of them older on file than the one meant.
    for (village, count) in [("Risalpur", 130), ("Pabbi", 1)] {
        let members = (0..count).map(|_| (PersonId(Uuid::now_v7()), namesake())).collect();
        register_without_phone(&mut story, &clerk, HouseholdId(Uuid::now_v7()), village, members).await;
    }
    let found = lines(base, &clerk, "Gulalai d/o Noor Rehman, Pabbi").await;
    assert!(found.starts_with("Gulalai / Noor Rehman / Pabbi /"), "{found}");
});
