//! Tracking: what a receipt opens and to whom, what it says, and what it never says.

use crate::cases::{SECRET, apply, family, receipt, step, turn_clock};
use crate::common::{Browser, Page, World};
use domain::applications::{Actor, ReceiptCode, Status};

async fn open(phone: &mut Browser, code: &str, secret: &str) -> Page {
    phone.get("/track").await;
    phone.post("/track", &[("code", code), ("secret", secret)]).await
}

/// The page without what differs on every rendering.
fn plain(page: &Page, code: &ReceiptCode) -> String {
    let text = page.text().replace(&code.to_string(), "CODE");
    let mut parts = text.split("name=\"command_id\" value=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    out.extend(parts.filter_map(|rest| rest.split_once('"')).map(|(_, rest)| rest));
    out
}

#[tokio::test]
async fn an_unknown_code_and_a_wrong_secret_are_answered_alike() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let unknown = ReceiptCode::from_random(77);
    let mut phone = world.public();
    for _ in 0..6 {
        let wrong = open(&mut phone, &code.to_string(), "000000").await;
        let nobody = open(&mut phone, &unknown.to_string(), "000000").await;
        assert_eq!((wrong.status, nobody.status), (422, 422));
        assert_eq!(plain(&wrong, &code), plain(&nobody, &unknown));
    }
    let (mine, other) =
        (phone.get(&format!("/track/{}", code.plain())).await, phone.get(&format!("/track/{}", unknown.plain())).await);
    assert_eq!(plain(&mine, &code).replace(code.plain(), ""), plain(&other, &unknown).replace(unknown.plain(), ""));
}

#[tokio::test]
async fn wrong_tries_slow_down_one_code_and_no_other() {
    let mut world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let (tried, other) =
        (receipt(&world, &amina, vec![id], false).await, receipt(&world, &amina, vec![id], false).await);
    let mut phone = world.public();
    for _ in 0..5 {
        open(&mut phone, &tried.to_string(), "000000").await;
    }
    let locked = open(&mut phone, &tried.to_string(), SECRET).await;
    assert_eq!(locked.status, 422);
    assert!(locked.has("Wait 10 seconds"));
    assert_eq!(open(&mut phone, &other.to_string(), SECRET).await.status, 303);
    turn_clock(&mut world, "2026-11-22T04:00:11Z");
    assert_eq!(open(&mut world.public(), &tried.to_string(), SECRET).await.status, 303);
}

#[tokio::test]
async fn a_code_is_taken_as_people_type_it_and_a_slip_is_named() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let mut phone = world.public();
    let spaced: String = code.plain().to_lowercase().chars().flat_map(|c| [c, ' ']).collect();
    assert_eq!(open(&mut phone, &spaced, "۴۸۲ ۹۱۳").await.status, 303);
    let check = |typed: &'static str, secret: &'static str, sentence: &'static str| (typed, secret, sentence);
    let cases = [
        check("7K4", SECRET, "A code has ten letters and digits"),
        check("7K4-29M-XQ3-Z", SECRET, "is mistyped"),
        check("", SECRET, "A code has ten letters and digits"),
        check("7K4-29M-XQ3-P", "12", "The secret has six digits"),
    ];
    for (typed, secret, sentence) in cases {
        let page = open(&mut phone, typed, secret).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.has(sentence) && page.has("Error:"), "{typed} should say {sentence}");
    }
}

#[tokio::test]
async fn a_receipt_tells_what_happened_until_when_and_what_is_missing() {
    let mut world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    turn_clock(&mut world, "2026-11-24T05:00:00Z");
    step(&world, id, Status::Received, Actor::Department).await;
    let mut phone = world.public();
    let opened = open(&mut phone, &code.to_string(), SECRET).await;
    assert_eq!(opened.location(), format!("/track/{}", code.plain()));
    let page = phone.get(&opened.location()).await;
    for text in [
        "Ehsaas / Benazir Kafaalat",
        "24 Nov 2026",
        "Received by Benazir Income Support Programme (BISP), Nowshera.",
        "3 Dec 2026",
        "You need not come.",
        "Still missing",
        "0923 000 000",
    ] {
        assert!(page.has(text), "the page says {text}");
    }
    assert!(!page.has("Amina"), "a receipt names nobody");
    // A mark of direction right inside another leaves the outer one without a letter to judge by: Urdu names turn around.
    let urdu = phone.get(&format!("{}?lang=ur", opened.location())).await;
    assert!(!String::from_utf8_lossy(&urdu.bytes).contains("\u{2068}\u{2068}"));
    // Late: the promise is named, and so is the family's right.
    turn_clock(&mut world, "2026-12-10T05:00:00Z");
    let mut phone = world.public();
    let to = open(&mut phone, &code.to_string(), SECRET).await.location();
    let late = phone.get(&to).await;
    assert!(late.has("and is late") && late.has("you have a right to know"));
}

#[tokio::test]
async fn a_phone_forgets_the_receipt_and_a_new_print_ends_the_old_proof() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let code = receipt(&world, &amina, vec![id], false).await;
    let mut phone = world.public();
    let opened = open(&mut phone, &code.to_string(), SECRET).await;
    let line = opened.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Max-Age=1800"), "{line}");
    let to = opened.location();
    assert!(phone.get(&to).await.has("Ehsaas / Benazir Kafaalat"));
    assert_eq!(phone.post(&format!("{to}/forget"), &[]).await.location(), "/track");
    let form = phone.get(&to).await;
    assert!(!form.has("Ehsaas / Benazir Kafaalat"));
    assert_eq!(form.value("code"), Some(code.to_string()), "the code of the QR is filled in");
    // The officers' pages know nothing of receipts.
    assert_eq!(world.office().get(&to).await.status, 404);
}

#[tokio::test]
async fn a_protected_receipt_says_neither_what_nor_who() {
    let world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "kpsw-dar-ul-aman").await;
    let code = receipt(&world, &amina, vec![id], true).await;
    step(&world, id, Status::Received, Actor::Department).await;
    step(&world, id, Status::Returned, Actor::Department).await;
    let mut phone = world.public();
    let to = open(&mut phone, &code.to_string(), SECRET).await.location();
    let programme = world.app.pack.programme("kpsw-dar-ul-aman").expect("the programme");
    for lang in ["en", "ur", "ps"] {
        let page = phone.get(&format!("{to}?lang={lang}")).await;
        assert_eq!(page.status, 200);
        let operator = world.app.pack.operator("kp-social-welfare").expect("the operator");
        for said in [programme.name.words.get(lang), operator.name.get(lang), "See the papers.", "dar-ul-aman"] {
            assert!(!page.has(said), "{lang}: the page must not say {said}");
        }
    }
    assert!(phone.get(&format!("{to}?lang=en")).await.has("Your application"));
}

#[tokio::test]
async fn the_public_pages_open_without_anything_and_lead_on() {
    let world = World::new().await;
    let mut phone = world.public();
    for lang in ["en", "ur", "ps"] {
        let home = phone.get(&format!("/?lang={lang}")).await;
        assert_eq!(home.status, 200);
        for to in ["/track", "/sites", "/bring", "/programmes"] {
            assert!(home.links("/").contains(&to.to_owned()), "{to}");
            assert_eq!(phone.get(to).await.status, 200);
        }
    }
    let centres = phone.get("/sites?service=register&lang=en").await;
    assert!(centres.has("Nowshera") && centres.has("Lower Dir") && centres.has("tel:0923000000"));
    // A code by hand that is none is the form, with what was typed and nothing that could run.
    let odd = phone.get("/track/%3Cscript%3E7k4?lang=en").await;
    assert_eq!((odd.status, odd.has("<script>7k4")), (200, false));
}
