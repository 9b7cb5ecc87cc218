//! What citizens do with the window beside applying: a lost secret of a complaint, programmes by group and side by side,
//! sheets to hand out, a centre's own page, and how they heard of it.

use crate::common::{Browser, Page, World, pack};
use domain::{applications::ReceiptCode, grievances::Grievance};

/// Files a complaint without a receipt, of Nowshera; its code and where it leads.
async fn file(phone: &mut Browser, fields: &[(&str, &str)]) -> (ReceiptCode, String) {
    let mut all =
        vec![("district", "nowshera"), ("words", "They sent us away."), ("kind", "other"), ("subject", "other")];
    all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    all.extend(fields);
    phone.get("/complain/new").await;
    let page = phone.post("/complain/new", &all).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let to = page.location();
    let code = to.split(['/', '?']).nth(2).and_then(|code| code.parse().ok()).expect("a code");
    (code, to)
}

async fn on_file(world: &World, code: &ReceiptCode) -> Grievance {
    world.app.store.grievances(&world.system).by_code(code).await.expect("an answer").expect("the complaint")
}

/// A visit that this desk serves; its address.
async fn served(world: &World, desk: &mut Browser) -> String {
    let visit = world.visit(desk).await;
    desk.get(&format!("{visit}/household")).await;
    desk.post(&format!("{visit}/call"), &[]).await;
    visit
}

/// Asks a desk for a new secret.
async fn renew(desk: &mut Browser, visit: &str, code: &ReceiptCode, who: &[(&str, &str)]) -> Page {
    let address = format!("{visit}/complaint");
    assert_eq!(desk.get(&address).await.status, 200);
    let code = code.to_string();
    let mut fields = vec![("code", code.as_str()), ("identity_check", "card seen, face compared")];
    fields.extend(who);
    desk.post(&address, &fields).await
}

/// Opens a complaint on a fresh phone; whether it opened.
async fn opens(world: &World, code: &ReceiptCode, secret: &str) -> bool {
    let mut phone = world.public();
    phone.get("/track").await;
    phone.post("/track", &[("code", &code.to_string()), ("secret", secret)]).await.status == 303
}

#[tokio::test]
async fn a_lost_secret_is_replaced_at_a_desk_and_the_old_one_ends() {
    let world = World::new().await;
    let mut phone = world.public();
    let (code, to) = file(&mut phone, &[("name", "Amina Bibi"), ("phone", "0300 1234567")]).await;
    assert!(phone.get(&to).await.has("data-secret"), "the phone that filed it shows the secret");
    let old = world.app.store.grievance_secret(on_file(&world, &code).await.id);
    let mut desk = world.desk("clerk.nsr").await;
    let visit = served(&world, &mut desk).await;

    let page = renew(&mut desk, &visit, &code, &[("name", "امینہ بی بی")]).await;
    assert_eq!(page.status, 303, "the name in another script is the same name: {}", page.text());
    let paper = desk.get(&page.location()).await;
    let new = world.app.store.renewed_secret(on_file(&world, &code).await.id, 2);
    assert!(paper.has(&new[..3]) && paper.has(&new[3..]), "the paper holds the new secret");
    assert!(paper.has(&code.to_string()));
    assert!(!paper.has("They sent us away."), "and nothing of the complaint");

    assert_ne!(old, new);
    assert!(!opens(&world, &code, &old).await, "the old secret opens nothing more");
    assert!(opens(&world, &code, &new).await);
    let again = phone.get(&to).await;
    assert!(!again.has("data-secret") && !again.has("They sent us away."), "nor does the phone that filed it");
    let forged = page.location().replace("issue=2", "issue=1");
    assert!(!desk.get(&forged).await.has(&old[..3]), "a proof is good for one secret");
}

#[tokio::test]
async fn a_desk_learns_nothing_from_a_code_that_is_not_the_familys() {
    let world = World::new().await;
    let mut phone = world.public();
    let (named, _) = file(&mut phone, &[("name", "Amina Bibi")]).await;
    let (by_phone, _) = file(&mut phone, &[("phone", "0300 1234567")]).await;
    let (anonymous, _) = file(&mut phone, &[]).await;
    let (about_us, _) = file(&mut phone, &[("kind", "conduct"), ("subject", "centre"), ("name", "Gulalai")]).await;
    let nobodys = ReceiptCode::from_random(7);
    let mut desk = world.desk("clerk.nsr").await;
    let visit = served(&world, &mut desk).await;
    let refused = [
        ("a code that is not there", &nobodys, ("name", "Amina Bibi")),
        ("somebody else's name", &named, ("name", "Gulalai")),
        ("a phone where a name was given", &named, ("phone", "0300 1234567")),
        ("a complaint without name and phone", &anonymous, ("name", "Amina Bibi")),
    ];
    let mut said = Vec::new();
    for (why, code, who) in refused {
        let page = renew(&mut desk, &visit, code, &[who]).await;
        assert_eq!(page.status, 422, "{why}");
        said.push(page.text().matches("complaints office of the district").count());
    }
    assert!(said.iter().all(|count| *count == said[0] && *count > 0), "all are answered alike: {said:?}");
    // Four wrong tries cost nothing more than the try; the next one waits, so the officer gets a right one first.
    let mut other = world.desk("worker.nsr").await;
    let theirs = served(&world, &mut other).await;
    assert_eq!(renew(&mut other, &theirs, &about_us, &[("name", "Gulalai")]).await.status, 422, "it is about them");
    assert_eq!(renew(&mut other, &theirs, &by_phone, &[("phone", "+92 300 1234567")]).await.status, 303);
    let mut dir = world.desk("clerk.dir").await;
    let elsewhere = served(&world, &mut dir).await;
    assert_eq!(
        renew(&mut dir, &elsewhere, &about_us, &[("name", "Gulalai")]).await.status,
        303,
        "another centre helps"
    );
    let missing = renew(&mut dir, &elsewhere, &named, &[("identity_check", "")]).await;
    assert_eq!(missing.status, 422, "without a check there is none");
}

#[tokio::test]
async fn every_programme_is_found_by_at_least_one_of_fourteen_groups() {
    let world = World::new().await;
    let pack = pack();
    assert_eq!(pack.groups().len(), 14);
    for programme in pack.programmes().iter().filter(|programme| !programme.target_groups.is_empty()) {
        assert!(pack.groups().iter().any(|group| group.takes(programme)), "{} is in no group", programme.id);
    }
    let mut phone = world.public();
    let widows = phone.get("/programmes?group=widows").await;
    assert!(widows.has("/programmes/kpz-guzara") && widows.has("/programmes/pbm-owsp"));
    assert!(!widows.has("/programmes/kptevta-course"), "a course for young people is not listed for widows");
    assert!(
        phone.get("/programmes?group=nobody").await.has("/programmes/kptevta-course"),
        "an unknown group hides nothing"
    );
}

#[tokio::test]
async fn programmes_stand_side_by_side_with_what_keeps_them_apart() {
    let world = World::new().await;
    let pack = pack();
    let (one, other) = pack
        .programmes()
        .iter()
        .find_map(|programme| Some((programme, pack.programme(programme.exclusions.first()?.programme.as_str())?)))
        .expect("a programme that excludes another");
    let mut phone = world.public();
    let page = phone.get(&format!("/compare?p={}&p={}", other.id, one.id)).await;
    let names = [one, other].map(|programme| programme.name.words.get("en").to_owned());
    for name in &names {
        assert!(
            page.has(&format!("Not together with \u{2068}{name}\u{2069}."))
                || page.has(&format!("Not together with {name}.")),
            "{name}"
        );
    }
    let many = phone.get("/compare?p=bisp-kafaalat&p=kpz-guzara&p=pbm-owsp&p=eobi-old-age-pension").await;
    assert_eq!(many.text().matches("scope=\"col\"").count(), 3, "three at most");
    assert_eq!(phone.get("/compare?p=bisp-kafaalat").await.text().matches("scope=\"row\"").count(), 0);
    assert_eq!(phone.get("/compare?p=no-such&p=").await.status, 200);
}

#[tokio::test]
async fn a_programme_and_a_situation_have_a_sheet_to_hand_out_unless_it_is_dangerous() {
    let world = World::new().await;
    let mut phone = world.public();
    let sheet = phone.get("/programmes/bisp-kafaalat/sheet").await;
    for heading in ["For whom", "It gives Rs 14,500", "Bring your identity card", "tehsil office", "0923 000 000"] {
        assert!(sheet.has(heading), "{heading}: {}", sheet.text());
    }
    assert!(phone.get("/help/husband-died/sheet").await.has("class=\"qr\""));
    for hidden in ["/programmes/kpsw-dar-ul-aman/sheet", "/help/safety/sheet", "/help/nothing/sheet"] {
        assert_eq!(phone.get(hidden).await.status, 404, "{hidden}");
    }
    assert!(!phone.get("/programmes/kpsw-dar-ul-aman").await.has("/sheet\""));
}

#[tokio::test]
async fn a_centre_says_whom_to_ask_for_and_names_nobody() {
    let world = World::new().await;
    let mut phone = world.public();
    let page = phone.get("/centres/nowshera").await;
    assert_eq!(page.status, 200);
    for words in ["Registration desk", "Social worker", "Complaints office", "0923 000 000"] {
        assert!(page.has(words), "{words}");
    }
    assert!(!page.has("clerk.nsr") && !page.has("worker.nsr"), "no officer is named");
    let other = phone.get("/centres/lower-dir").await;
    assert!(other.has("Registration desk") && !other.has("Token counter"), "only what somebody holds there");
    assert_eq!(phone.get("/centres/nowhere").await.status, 404);
}

#[tokio::test]
async fn how_people_heard_of_the_centre_is_counted_without_them() {
    let world = World::new().await;
    let mut desk = world.desk("token.nsr").await;
    let token = [("counter", "women"), ("topic", "help"), ("language", "ur")];
    for _ in 0..5 {
        desk.get("/desk").await;
        let mut fields = token.to_vec();
        fields.push(("heard", "mosque"));
        assert_eq!(desk.post("/desk", &fields).await.status, 303);
    }
    desk.get("/desk").await;
    assert_eq!(desk.post("/desk", &token).await.status, 303, "nobody has to say");
    desk.get("/desk").await;
    let mut fields = token.to_vec();
    fields.push(("heard", "a bird"));
    assert_eq!(desk.post("/desk", &fields).await.status, 422);
    let mut manager = world.desk("manager.nsr").await;
    let page = manager.get("/insights/demand").await;
    assert!(page.has("How people heard of the centre") && page.has("Mosque"), "{}", page.text());
    assert!(!page.has("a bird"));
}

#[tokio::test]
async fn the_filter_of_places_stays_open_for_who_opened_it() {
    let world = World::new().await;
    let mut phone = world.public();
    assert!(phone.get("/sites?district=nowshera").await.has("<details class=\"more is-folded\"><summary>"));
    let open = phone.get("/sites?filter=open&district=nowshera&open=now").await;
    assert!(open.has("<details class=\"more is-folded\" open><summary>"));
    assert!(open.has("Nowshera"), "the summary says what is chosen");
}

#[tokio::test]
async fn a_programme_page_has_its_text_under_the_headings() {
    let world = World::new().await;
    let mut phone = world.public();
    let page = phone.get("/programmes/kpz-guzara").await.text();
    let order = [
        "id=\"whom\"",
        "This is for poor Muslims",
        "id=\"gives\"",
        "It gives Rs 24,000",
        "id=\"papers\"",
        "Bring your identity card",
        "id=\"where\"",
        "Go to the Local Zakat Committee",
        "id=\"long\"",
        "Asking is free",
    ];
    let at: Vec<Option<usize>> = order.iter().map(|words| page.find(words)).collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{at:?}");
}
