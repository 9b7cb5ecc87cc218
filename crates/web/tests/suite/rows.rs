//! A row that is to be looked at: beside the person with its number, decided, confirmed by a second officer, taken back.

use crate::common::{Browser, Page, World};
use crate::imports::{LIST, imported, taken};
use domain::{ids::ImportId, people::Tally};

/// Amina Bibi is registered in Nowshera and a list is imported, one row of which has her number under another name.
/// Answers her visit, the list's page, and the row's page.
async fn looked_at(world: &World) -> (String, String, String) {
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let list = imported(world, &mut world.desk("lists").await).await;
    let page = world.desk("unit").await.get("/people/rows").await;
    let row = page.links("/people/rows/").first().expect("the row to look at").clone();
    (visit, list, row)
}

/// Nobody may import and decide; whoever kept lists and has a new post has imported them all the same.
async fn moved_to_the_unit(world: &World, login: &str) {
    let officer = world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there");
    let (to, mut admin) = (format!("/officers/{}", officer.id), world.desk("admin").await);
    let version = admin.get(&to).await.value("version").expect("a version");
    let post =
        [("centre", ""), ("district", ""), ("active", "yes"), ("role", "provincial_unit"), ("reason", "a new post")];
    let page = admin.post(&to, &[&[("version", version.as_str())], &post[..]].concat()).await;
    assert_eq!(page.status, 303, "{}", page.text());
}

async fn counts(world: &World, list: &str) -> Tally {
    let id: ImportId = list.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an import");
    world.app.store.lists(&world.system).counts(id).await.expect("counts")
}

/// The key of the only person shown.
fn person(page: &Page) -> String {
    page.text()
        .split("id=\"means\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next().map(str::to_owned))
        .expect("a choice")
}

/// What the form of a row sends.
async fn says(officer: &mut Browser, row: &str, means: &str, reason: &str) -> Page {
    let version = officer.get(row).await.value("version").expect("a version");
    officer.post(row, &[("version", &version), ("means", means), ("reason", reason)]).await
}

async fn takes_back(officer: &mut Browser, row: &str, reason: &str) -> Page {
    let version = officer.get(row).await.value("version").expect("a version");
    officer.post(&format!("{row}/take-back"), &[("version", &version), ("undoing", reason)]).await
}

#[tokio::test]
async fn a_row_is_decided_beside_its_person_and_taken_back() {
    let world = World::new().await;
    let (visit, list, row) = looked_at(&world).await;
    let mut manager = world.desk("manager.nsr").await;
    let queue = manager.get("/people/rows").await;
    assert!(queue.has("Gul Khan") && queue.has("Rs 24,000") && queue.has(&row), "{}", queue.text());
    assert!(manager.get("/people/review").await.has("Rows of lists: 1 to decide"));
    let page = manager.get(&row).await;
    for text in ["What the list says", "17201-2345678-2", "Amina Bibi", "The identity number is the same."] {
        assert!(page.has(text), "{text}: {}", page.text());
    }
    let together = "48,000</bdi> a year";
    assert!(page.has(together), "what she has and the row: {}", page.text());
    let amina = person(&page);
    let open = says(&mut manager, &row, "", "her card").await;
    assert_eq!(open.status, 422, "nothing was chosen");
    let silent = says(&mut manager, &row, &amina, "").await;
    assert_eq!(silent.status, 422);
    assert!(silent.has("Write in a few words how you know."), "{}", silent.text());
    let before = counts(&world, &list).await;
    let said = says(&mut manager, &row, &amina, "her husband collects with her card").await;
    assert_eq!(said.location(), format!("{row}?done=same"), "{}", said.text());
    let after = counts(&world, &list).await;
    assert_eq!((after.matched, after.review), (before.matched + 1, before.review - 1));
    let page = manager.get(&row).await;
    assert!(page.has(together) && !page.has("72,000"), "the row is counted once: {}", page.text());
    let received = world.app.store.lists(&world.system).received(world.household(&visit).await.id).await;
    assert_eq!(received.expect("benefits").len(), 2, "the row's benefit stands in her file");
    let download = world.desk("lists").await.get(&format!("{list}/rows/matched")).await;
    assert!(download.has("her husband collects with her card"), "{}", download.text());
    assert!(manager.get("/people/rows?view=decided").await.has(&row));
    assert_eq!(takes_back(&mut manager, &row, " ").await.status, 422, "a reason is asked for");
    let back = takes_back(&mut manager, &row, "another woman's card").await;
    assert_eq!(back.location(), format!("{row}?done=back"));
    assert_eq!(counts(&world, &list).await, before);
    let page = manager.get(&row).await;
    assert!(page.has("decision taken back") && page.has("her husband collects"), "the history stays");
    assert!(world.app.store.rebuild(false).await.expect("a rebuild").differing.is_empty());
}

#[tokio::test]
async fn who_imported_the_list_says_and_another_officer_confirms() {
    let world = World::new().await;
    let (_, list, row) = looked_at(&world).await;
    moved_to_the_unit(&world, "lists").await;
    let mut unit = world.desk("lists").await;
    let page = unit.get(&row).await;
    assert!(page.has("You imported this list.") && !page.has("Pabbi</bdi></dd>"), "a card until a reason is written");
    let amina = person(&page);
    let closed = says(&mut unit, &row, &amina, "her card").await;
    assert_eq!(closed.status, 422);
    assert!(closed.has("file first"), "{}", closed.text());
    let household = page.value("household").expect("a closed file");
    let silent = unit.post(&format!("{row}/open"), &[("household", &household), ("opening", "")]).await;
    assert_eq!(silent.status, 422);
    let fields = [("household", household.as_str()), ("opening", "a row with her number")];
    assert_eq!(unit.post(&format!("{row}/open"), &fields).await.status, 303);
    let said = says(&mut unit, &row, &amina, "the number is hers").await;
    assert_eq!(said.location(), format!("{row}?done=proposed"), "{}", said.text());
    assert_eq!(counts(&world, &list).await.review, 1, "it waits");
    let version = unit.get(&row).await.value("version").expect("a version");
    let own = unit.post(&format!("{row}/confirm"), &[("version", &version)]).await;
    assert_eq!(own.status, 422);
    assert!(own.has("Another officer must look and confirm."), "{}", own.text());
    let mut manager = world.desk("manager.nsr").await;
    assert!(manager.get("/people/rows?view=waiting").await.has(&row));
    let page = manager.get(&row).await;
    assert!(page.has("named by an officer") && page.has("Confirm: it means this person"), "{}", page.text());
    let confirmed = manager.post(&format!("{row}/confirm"), &[("version", &version)]).await;
    assert_eq!(confirmed.location(), format!("{row}?done=confirmed"), "{}", confirmed.text());
    assert_eq!(counts(&world, &list).await.matched, 2);
    assert!(manager.get(&row).await.has("the number is hers"));
}

#[tokio::test]
async fn two_officers_who_decide_see_both_answers() {
    let world = World::new().await;
    let (_, _, row) = looked_at(&world).await;
    let mut manager = world.desk("manager.nsr").await;
    let version = manager.get(&row).await.value("version").expect("a version");
    let mut unit = world.desk("unit").await;
    assert_eq!(says(&mut unit, &row, "not_sure", "").await.location(), format!("{row}?done=not-sure"));
    let late = [("version", version.as_str()), ("means", "refused"), ("reason", "a typing mistake")];
    let stale = manager.post(&row, &late).await;
    assert_eq!(stale.status, 409);
    assert!(stale.has("not sure") && stale.has("refused by an officer") && stale.has("a typing mistake"));
    assert!(manager.get("/people/rows?view=not-sure").await.has(&row), "who was not sure is remembered");
    assert!(!manager.get("/people/rows").await.has(&row));
}

#[tokio::test]
async fn a_decision_is_remembered_when_the_list_comes_again() {
    let world = World::new().await;
    let (_, list, row) = looked_at(&world).await;
    let mut manager = world.desk("manager.nsr").await;
    let refused = says(&mut manager, &row, "refused", "her number, a man's name: a slip").await;
    assert_eq!(refused.location(), format!("{row}?done=refused"), "{}", refused.text());
    let mut keeper = world.desk("lists").await;
    let page = keeper.get(&list).await;
    assert!(page.links("/people/rows/").is_empty(), "who keeps lists decides no rows");
    assert!(page.has("refused by an officer · her number, a man&#39;s name: a slip"), "{}", page.text());
    let again = taken(&world, &mut keeper, format!("{LIST}\n").as_bytes()).await;
    let tally = counts(&world, &again).await;
    assert_eq!((tally.refused, tally.rows()), (7, 7), "every row was taken or refused before");
    assert_eq!(takes_back(&mut manager, &row, "she is a widow of that name").await.status, 303);
    let new = says(&mut manager, &row, "new", "no such person here").await;
    assert_eq!(new.location(), format!("{row}?done=new"), "{}", new.text());
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.visit(&mut clerk).await;
    clerk.get(&format!("{visit}/household")).await;
    let found = clerk.post(&format!("{visit}/search"), &[("q", "Gul Khan s/o Noor Rehman")]).await;
    assert!(found.has("on a list, not registered"), "{}", found.text());
}

#[tokio::test]
async fn rows_are_for_managers_of_the_district_and_the_provincial_unit() {
    let world = World::new().await;
    let (_, _, row) = looked_at(&world).await;
    for login in ["clerk.nsr", "worker.nsr", "bisp.nsr", "admin", "auditor"] {
        let mut officer = world.desk(login).await;
        for path in ["/people/rows", &row] {
            assert_eq!(officer.get(path).await.status, 404, "{login} {path}");
        }
    }
    let mut other = world.desk("manager.dir").await;
    assert!(!other.get("/people/rows").await.has("Gul Khan"));
    assert_eq!(other.get(&row).await.status, 404);
}
