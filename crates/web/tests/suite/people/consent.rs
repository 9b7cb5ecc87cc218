//! Consent: stated purpose by purpose, on a sheet, refused; and a family that is forgotten.

use super::with;
use crate::common::World;
use domain::people::ConsentPurpose;

#[tokio::test]
async fn who_does_not_agree_to_keeping_is_told_what_happens_and_stands_on_the_managers_list() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let household = world.household(&visit).await.id.to_string();
    let mut manager = world.desk("manager.nsr").await;
    assert!(manager.get("/people/forgetting").await.has("No family asked"));
    let address = format!("{visit}/consent");
    desk.get(&address).await;
    let refused =
        [("consent_keep", "no"), ("consent_forward", "yes"), ("how", "spoken"), ("language", "ps"), ("by", "")];
    assert_eq!(desk.post(&address, &refused).await.status, 303);
    let page = desk.get(&format!("{visit}/household")).await;
    assert!(page.has("until two officers decide to erase it"), "{}", page.text());
    let apply = desk.get(&format!("{visit}/apply")).await;
    assert!(!apply.has("name=\"command_id\" value") || !apply.has("Submit 1 application"));
    let list = manager.get("/people/forgetting").await;
    assert!(list.has("Amina Bibi") && list.has(&household) && list.has("said aloud"), "{}", list.text());
    assert_eq!(desk.get("/people/forgetting").await.status, 404, "a clerk has no such list");
    desk.get(&address).await;
    let agreed = with(&refused, &[("consent_keep", "yes")]);
    assert_eq!(desk.post(&address, &agreed).await.status, 303);
    assert!(manager.get("/people/forgetting").await.has("No family asked"), "they changed their mind");
    assert!(!desk.get(&format!("{visit}/household")).await.has("until two officers decide"));
}

#[tokio::test]
async fn a_family_is_forgotten_when_two_officers_agree() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut clerk).await;
    let household = world.household(&visit).await.id.to_string();
    let address = format!("/people/{household}/erasure");
    let confirm = format!("{address}/confirm");
    assert!(clerk.get(&address).await.has("Nobody has decided to forget this family"));
    assert_eq!(clerk.post(&address, &[("why", "asked")]).await.status, 404, "a clerk decides nothing");
    let mut manager = world.desk("manager.nsr").await;
    manager.get(&address).await;
    let page = manager.post(&address, &[("why", "")]).await;
    assert!(page.status == 422 && page.has("Choose why"), "{}", page.status);
    assert_eq!(manager.post(&address, &[("why", "asked")]).await.status, 303);
    let page = manager.get(&address).await;
    assert!(page.has("Another officer must confirm") && !page.has("Erase for good"), "{}", page.text());
    let page = manager.post(&confirm, &[("agree", "yes")]).await;
    assert!(page.status == 422 && page.has("You decided it yourself"), "{}", page.status);
    // Another officer finds the decision at the family, and looks before agreeing.
    assert!(clerk.get(&format!("/people/{household}")).await.has("a second one has yet to confirm"));
    clerk.get(&address).await;
    let page = clerk.post(&confirm, &[]).await;
    assert!(page.status == 422 && page.has("Tick the box"), "{}", page.status);
    // Taken back, nothing can be confirmed; decided again, it can.
    manager.get(&address).await;
    assert_eq!(manager.post(&format!("{address}/withdraw"), &[]).await.status, 303);
    clerk.get("/people").await;
    let page = clerk.post(&confirm, &[("agree", "yes")]).await;
    assert!(page.status == 422 && page.has("Nobody has decided"), "{}", page.text());
    manager.get(&address).await;
    assert_eq!(manager.post(&address, &[("why", "wrong-person")]).await.status, 303);
    clerk.get(&address).await;
    assert_eq!(clerk.post(&confirm, &[("agree", "yes")]).await.status, 303);
    assert!(clerk.get("/people/forgotten").await.has("The family is forgotten"));
    assert_eq!(clerk.get(&address).await.status, 404);
    assert!(world.app.store.verify().await.expect("an answer").faults.is_empty());
}

#[tokio::test]
async fn the_consent_sheet_is_printed_in_the_familys_language_and_in_any_other() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.family(&mut desk).await;
    let address = format!("{visit}/consent/sheet");
    // The visit is in Urdu.
    for (query, lang, words) in [("", "ur", "دستخط"), ("?in=en", "en", "Signature"), ("?in=ps", "ps", "لاسلیک")]
    {
        let page = desk.get(&format!("{address}{query}")).await;
        assert!(page.status == 200 && page.has(&format!("<html lang=\"{lang}\"")), "{query}");
        assert!(page.has(words) && page.has("Amina Bibi") && page.text().matches("sheet-box").count() == 8, "{query}");
    }
    let mut other = world.desk("clerk.dir").await;
    assert_eq!(other.get(&address).await.status, 404);
}

/// Agreeing to messages: to which phone, and who reads there.
const MESSAGE: [(&str, &str); 4] = [
    ("consent_message", "yes"),
    ("phone_message_to", "0300 1234567"),
    ("phone_whose_message_to", "her own"),
    ("seen_by", "nobody"),
];

#[tokio::test]
async fn consent_is_stated_purpose_by_purpose_and_may_change() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let address = format!("{visit}/consent");
    let page = desk.get(&address).await;
    assert!(page.has("lang=\"ur\" dir=\"rtl\">کیا ہم"), "it is read out in the family's language");
    let how = [("how", "thumb"), ("language", "ur")];
    let none = desk.post(&address, &how).await;
    assert_eq!(none.status, 422);
    let said = with(&how, &[("consent_keep", "yes"), ("consent_message", "no")]);
    assert_eq!(desk.post(&address, &said).await.status, 303);
    let household = world.household(&visit).await;
    assert_eq!(household.consent(ConsentPurpose::Keep), Some(true));
    assert_eq!(household.consent(ConsentPurpose::Message), Some(false));
    assert_eq!(household.consent(ConsentPurpose::Verify), None, "what was not asked stays unknown");
    desk.get(&address).await;
    assert_eq!(desk.post(&address, &with(&said, &MESSAGE)).await.status, 303);
    let after = world.household(&visit).await;
    assert_eq!(after.consent(ConsentPurpose::Message), Some(true));
    assert_eq!(after.version, household.version + 1, "only what changed is stated again");
}
