//! Amina Bibi stands in two districts under two spellings: cards beside the form, the list, the pair, two officers, undoing.

use crate::common::{Browser, World, cast};
use store::people::Stake;

/// Amina Bibi in Nowshera, and again in Lower Dir; the list is made. Answers the visit in Nowshera.
async fn twice(world: &World) -> String {
    let mut nowshera = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut nowshera).await;
    let mut dir = world.desk("clerk.dir").await;
    let second = world.visit(&mut dir).await;
    dir.get(&format!("{second}/register")).await;
    let shown = dir.post(&format!("{second}/register"), &cast::amina_again_form()).await;
    assert_eq!(shown.status, 200, "similar records come first");
    let confirmed = shown.value("confirmed").expect("what was looked at");
    let mut form = cast::amina_again_form();
    form.push(("confirmed", &confirmed));
    let page = dir.post(&format!("{second}/register"), &form).await;
    assert_eq!(page.status, 303, "{}", page.text());
    while world.app.store.review_due(&Stake::default(), 50).await.expect("a turn").persons > 0 {}
    visit
}

/// The pair's address, from the list.
async fn pair(officer: &mut Browser) -> String {
    let list = officer.get("/people/review").await;
    assert_eq!(list.status, 200);
    list.links("/people/review/").first().expect("a pair in the list").clone()
}

/// Opens the file of the other district with a reason.
async fn open_other(officer: &mut Browser, pair: &str) {
    let page = officer.get(pair).await;
    let household = page.value("household").expect("a closed side");
    let refused = officer.post(&format!("{pair}/open"), &[("household", &household), ("opening", " ")]).await;
    assert_eq!(refused.status, 422, "a reason is asked for");
    let fields = [("household", household.as_str()), ("opening", "two cards that differ in one digit")];
    assert_eq!(officer.post(&format!("{pair}/open"), &fields).await.status, 303);
}

/// The values of the radio buttons of a name.
fn values(page: &str, name: &str) -> Vec<String> {
    let mark = format!("name=\"{name}\"");
    let parts = page.split(mark.as_str()).skip(1);
    parts.filter_map(|rest| rest.split("value=\"").nth(1)?.split('"').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn duplicates_of_all_districts_show_beside_the_form_for_and_against() {
    let world = World::new().await;
    let mut nowshera = world.desk("clerk.nsr").await;
    world.registered(&mut nowshera).await;
    let mut dir = world.desk("clerk.dir").await;
    let visit = world.visit(&mut dir).await;
    dir.get(&format!("{visit}/register")).await;
    let beside = dir.post(&format!("{visit}/similar"), &cast::amina_again_form()).await;
    let check = dir.post(&format!("{visit}/register"), &cast::amina_again_form()).await;
    for (page, which) in [(&beside, "beside"), (&check, "check step")] {
        assert_eq!(page.status, 200, "{which}");
        for text in ["The numbers are the same but for one digit.", "spelled alike", "another district", "Nowshera"] {
            assert!(page.has(text), "{which}: {text}: {}", page.text());
        }
        assert!(page.has("17201-*****78-2") && page.has("S."), "{which}: a masked number, the father's initial");
        assert!(!page.has("17201-2345678-2") && !page.has("Pabbi"), "{which}: no more than a match card");
    }
    assert!(!beside.has("<html"), "a part of a page");
    let mut other = cast::amina_again_form();
    other.retain(|(name, _)| !["given", "father", "number"].contains(name));
    other.extend([("given", "Amina Bibi"), ("father", "Sher Zaman"), ("number", "15302-9999999-4")]);
    let against = dir.post(&format!("{visit}/similar"), &other).await;
    assert!(against.has("Each has a number, and the numbers are different."), "{}", against.text());
    let nobody = dir.post(&format!("{visit}/similar"), &[("given", ""), ("district", "lower-dir")]).await;
    assert_eq!((nobody.status, nobody.text().trim()), (200, ""));
}

#[tokio::test]
async fn a_member_who_is_there_already_is_asked_about_once() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let bilal = &cast::children_forms()[0];
    desk.get(&format!("{visit}/members/new")).await;
    let page = desk.post(&format!("{visit}/members/new"), bilal).await;
    assert_eq!(page.status, 200);
    assert!(page.has("already in this household") && page.has("The given name is the same."), "{}", page.text());
    let confirmed = page.value("confirmed").expect("what was looked at");
    let mut again = bilal.clone();
    again.push(("confirmed", &confirmed));
    assert_eq!(desk.post(&format!("{visit}/members/new"), &again).await.status, 303);
}

#[tokio::test]
async fn two_officers_join_what_one_proposed_and_undoing_gives_it_back() {
    let world = World::new().await;
    let visit = twice(&world).await;
    let mut nowshera = world.desk("manager.nsr").await;
    let address = pair(&mut nowshera).await;
    let page = nowshera.get(&address).await;
    for text in ["The numbers are the same but for one digit.", "The records stand in two districts.", "Pabbi"] {
        assert!(page.has(text), "{text}: {}", page.text());
    }
    assert!(!page.has("Khall"), "the other district's side is a card");
    let version = page.value("version").expect("a version");
    let kept = values(&page.text(), "kept");
    let in_nowshera = world.household(&visit).await.members[0].id.to_string();
    assert!(kept.contains(&in_nowshera));
    let same = [("version", version.as_str()), ("decision", "same"), ("kept", &in_nowshera), ("reason", "I know her")];
    let closed = nowshera.post(&address, &same).await;
    assert_eq!(closed.status, 422);
    assert!(closed.has("Open both files"), "{}", closed.text());
    open_other(&mut nowshera, &address).await;
    let opened = nowshera.get(&address).await;
    assert!(opened.has("Khall") && opened.has("class=\"differs\""), "both sides, differences marked");
    let without =
        nowshera.post(&address, &[("version", &version), ("decision", "same"), ("reason", "I know her")]).await;
    assert_eq!(without.status, 422, "where does she eat?");
    let proposed = nowshera.post(&address, &same).await;
    assert_eq!(proposed.location(), format!("{address}?done=proposed"));
    let waiting = nowshera.get(&address).await;
    let version = waiting.value("version").expect("a version");
    let own = nowshera.post(&format!("{address}/approve"), &[("version", &version)]).await;
    assert_eq!(own.status, 422);
    assert!(own.has("Another officer must look and confirm."), "{}", own.text());
    let mut dir = world.desk("manager.dir").await;
    assert!(dir.get("/people/review?view=waiting").await.has("Aamna Bibi"));
    open_other(&mut dir, &address).await;
    let joined = dir.post(&format!("{address}/approve"), &[("version", &version)]).await;
    assert_eq!(joined.location(), format!("{address}?done=joined"), "{}", joined.text());
    let family = world.household(&visit).await;
    assert_eq!(family.members[0].records.len(), 1);
    let mut clerk = world.desk("clerk.nsr").await;
    let file = clerk.get(&format!("{visit}/household")).await;
    assert!(file.has("Also registered as: Aamna Bibi"), "{}", file.text());
    let page = nowshera.get(&address).await;
    let version = page.value("version").expect("a version");
    let undo = [("version", version.as_str()), ("undoing", "two women: both came")];
    let silent = nowshera.post(&format!("{address}/undo"), &[("version", &version), ("undoing", "")]).await;
    assert_eq!(silent.status, 422);
    let undone = nowshera.post(&format!("{address}/undo"), &undo).await;
    assert_eq!(undone.location(), format!("{address}?done=parted"));
    assert_eq!(world.household(&visit).await.members[0].records, []);
    let page = nowshera.get(&address).await;
    assert!(page.has("merge undone") && page.has("two women: both came"), "the history stays: {}", page.text());
}

#[tokio::test]
async fn an_older_form_is_answered_with_both_decisions() {
    let world = World::new().await;
    twice(&world).await;
    let mut nowshera = world.desk("manager.nsr").await;
    let address = pair(&mut nowshera).await;
    let version = nowshera.get(&address).await.value("version").expect("a version");
    let mut dir = world.desk("manager.dir").await;
    dir.get(&address).await;
    let fields = [("version", version.as_str()), ("decision", "different"), ("reason", "both women came")];
    assert_eq!(dir.post(&address, &fields).await.status, 303);
    let late = [("version", version.as_str()), ("decision", "not_sure"), ("reason", "one card only")];
    let stale = nowshera.post(&address, &late).await;
    assert_eq!(stale.status, 409);
    assert!(stale.has("two people") && stale.has("both women came") && stale.has("one card only"));
    assert!(nowshera.get("/people/review").await.links("/people/review/").is_empty(), "it does not come back");
}

#[tokio::test]
async fn the_list_is_for_managers_and_the_provincial_unit() {
    let world = World::new().await;
    twice(&world).await;
    let mut nowshera = world.desk("manager.nsr").await;
    let address = pair(&mut nowshera).await;
    for login in ["clerk.nsr", "worker.nsr", "bisp.nsr", "admin", "auditor"] {
        let mut officer = world.desk(login).await;
        for path in ["/people/review", &address] {
            assert_eq!(officer.get(path).await.status, 404, "{login} {path}");
        }
    }
}
