//! Letters of decision, what an approval grants, and the inbox as a sheet: who reads what, in which words.

use crate::cases::{Family, SECRET, apply, family, receipt, step, turn_clock};
use crate::common::{Browser, Page, World, pack};
use calamine::{Data, Reader, Xlsx};
use domain::{
    applications::{Actor, Status},
    ids::ApplicationId,
};
use std::{fs, io::Cursor, os::unix::fs::PermissionsExt};
use web::{App, Config};

const PROGRAMME: &str = "bisp-kafaalat";
const SHELTER: &str = "kpsw-dar-ul-aman";

async fn applied(world: &World, name: &str, programme: &str) -> (Family, ApplicationId) {
    let family = family(world, name, "nowshera").await;
    let id = apply(world, &family, programme).await;
    step(world, id, Status::Received, Actor::Department).await;
    (family, id)
}

fn letter(id: ApplicationId, lang: &str) -> String {
    format!("/applications/{id}/letter?in={lang}")
}

async fn decide(desk: &mut Browser, id: ApplicationId, to: &str, more: &[(&str, &str)]) -> Page {
    let version = desk.get(&format!("/applications/{id}?to={to}")).await.value("version").unwrap_or_default();
    let mut fields = vec![("version", version.as_str()), ("to", to)];
    fields.extend(more);
    desk.post(&format!("/applications/{id}/move"), &fields).await
}

#[tokio::test]
async fn a_refusal_says_which_rule_in_plain_words_and_until_when_an_appeal_is_answered() {
    let world = World::new().await;
    let (family, id) = applied(&world, "Amina Bibi", PROGRAMME).await;
    let code = receipt(&world, &family, vec![id], false).await;
    let mut bisp = world.desk("bisp.nsr").await;
    assert_eq!(bisp.get(&letter(id, "en")).await.status, 404, "nothing was decided yet");
    assert!(!bisp.get(&format!("/applications/{id}")).await.has("Letter of decision"));
    let words = "The score is above the limit.";
    let done = decide(&mut bisp, id, "rejected", &[("rule", "department_rule"), ("words", words)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(bisp.get(&format!("/applications/{id}")).await.has("Letter of decision"));
    let page = bisp.get(&letter(id, "en")).await;
    let answered = world.app.calendar.after(world.app.today(), pack().grievances().limits.answer);
    let answered = web::text::T(domain::language::Lang::En).date(answered);
    for text in [
        "Benazir Income Support Programme (BISP), Nowshera has not approved it.",
        "To Amina Bibi",
        "Ehsaas / Benazir Kafaalat",
        "22 Nov 2026",
        words,
        "If you do not agree",
        &answered,
        "Federal Ombudsman",
        &code.to_string(),
        "M4 4h7",
    ] {
        assert!(page.has(text), "the letter says {text}: {}", page.text());
    }
    let family_language = bisp.get(&format!("/applications/{id}/letter")).await;
    assert!(family_language.has("<html lang=\"ps\"") && family_language.has("ستاسو پر غوښتنلیک فیصله"));
    assert!(bisp.get(&letter(id, "ur")).await.has("آپ کی درخواست پر فیصلہ"));
    let mut other = world.desk("zakat.nsr").await;
    assert_eq!(other.get(&letter(id, "en")).await.status, 404);
}

#[tokio::test]
async fn an_approval_states_amount_and_first_day_or_says_that_it_does_not() {
    let world = World::new().await;
    let (_, id) = applied(&world, "Amina Bibi", PROGRAMME).await;
    let mut bisp = world.desk("bisp.nsr").await;
    for (fields, want) in [
        ([("grant_amount", "4833"), ("grant_every", ""), ("grant_from_year", "")], "how often the amount comes"),
        ([("grant_amount", ""), ("grant_every", "month"), ("grant_from_year", "")], "Write the amount"),
        ([("grant_amount", "lots"), ("grant_every", "month"), ("grant_from_year", "")], "whole number of rupees"),
        ([("grant_amount", "4833"), ("grant_every", "month"), ("grant_from_year", "2026")], "day, month and year"),
    ] {
        let refused = decide(&mut bisp, id, "approved", &fields).await;
        assert!(refused.status == 422 && refused.has(want), "{want}: {}", refused.text());
    }
    let granted = [
        ("grant_amount", "14,500"),
        ("grant_every", "quarter"),
        ("grant_from_day", "1"),
        ("grant_from_month", "12"),
        ("grant_from_year", "2026"),
    ];
    assert_eq!(decide(&mut bisp, id, "approved", &granted).await.status, 303);
    let page = bisp.get(&letter(id, "en")).await;
    assert!(page.has("Rs\u{a0}14,500 every three months") && page.has("From: 1 Dec 2026"), "{}", page.text());
    assert!(!page.has("not stated"), "what is stated is not doubted");
    let (_, silent) = applied(&world, "Gulalai", PROGRAMME).await;
    assert_eq!(decide(&mut bisp, silent, "approved", &[]).await.status, 303);
    let page = bisp.get(&letter(silent, "en")).await;
    assert!(page.has("has not stated in this decision how much"), "nothing is promised that nobody stated");
}

#[tokio::test]
async fn a_letter_printed_later_says_that_things_moved_on() {
    let mut world = World::new().await;
    let (_, id) = applied(&world, "Amina Bibi", PROGRAMME).await;
    step(&world, id, Status::Rejected, Actor::Department).await;
    turn_clock(&mut world, "2026-11-25T05:00:00Z");
    step(&world, id, Status::Appealed, Actor::Citizen).await;
    let page = world.desk("bisp.nsr").await.get(&letter(id, "en")).await;
    assert!(
        page.has("22 Nov 2026") && page.has("Since this decision it moved on") && page.has("Being looked at again")
    );
}

#[tokio::test]
async fn a_protected_letter_is_neutral_and_names_nobody() {
    let world = World::new().await;
    let (family, id) = applied(&world, "Amina Bibi", SHELTER).await;
    let code = receipt(&world, &family, vec![id], true).await;
    step(&world, id, Status::Rejected, Actor::Department).await;
    let mut welfare = world.desk("welfare.nsr").await;
    let office = welfare.get(&letter(id, "en")).await;
    let mut phone = world.public();
    phone.get("/track").await;
    phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    let own = phone.get(&format!("/track/{}/letter/{id}?in=en", code.plain())).await;
    for page in [&office, &own] {
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.has("The office has not approved it.") && page.has(&code.to_string()));
        let main = page.text();
        let main = main.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
        for word in ["Dar-ul-Aman", "helter", "Welfare", "Amina", "See the papers.", "Commission"] {
            assert!(!main.contains(word), "{word} stands in {main}");
        }
    }
}

#[tokio::test]
async fn a_family_reads_its_letter_with_the_secret_and_nobody_without() {
    let world = World::new().await;
    let (family, id) = applied(&world, "Amina Bibi", PROGRAMME).await;
    let (_, strange) = applied(&world, "Gulalai", PROGRAMME).await;
    let code = receipt(&world, &family, vec![id], false).await;
    step(&world, id, Status::Approved, Actor::Department).await;
    step(&world, strange, Status::Approved, Actor::Department).await;
    let address = format!("/track/{}/letter/{id}", code.plain());
    let mut phone = world.public();
    assert!(phone.get(&address).await.has("name=\"secret\""), "the form, without the secret");
    phone.get("/track").await;
    phone.post("/track", &[("code", &code.to_string()), ("secret", SECRET)]).await;
    assert!(phone.get(&format!("/track/{}", code.plain())).await.has(&address));
    let page = phone.get(&format!("{address}?in=en")).await;
    assert!(page.has("has approved it.") && !page.has("Amina"), "whoever holds the paper reads no name");
    let others = phone.get(&format!("/track/{}/letter/{strange}", code.plain())).await;
    assert_eq!(others.status, 404, "a receipt opens its own applications");
}

/// The world's pages with a program for letters that does what this script says.
fn with_printer(world: &mut World, place: &tempfile::TempDir, script: &str) {
    let program = place.path().join("letters");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("may run");
    let fonts = Some(place.path().to_owned());
    let config = Config { letters: Some(program), fonts, ..world.app.config.clone() };
    world.app = App::new(world.app.store.clone(), pack(), config);
}

/// The names of a JSON object's fields.
fn fields(letter: &str) -> Vec<String> {
    let letter: serde_json::Value = serde_json::from_str(letter.trim()).expect("JSON");
    letter.as_object().expect("an object").keys().cloned().collect()
}

#[tokio::test]
async fn a_pdf_comes_from_its_own_program_and_its_absence_is_said_on_the_page() {
    let mut world = World::new().await;
    let (_, id) = applied(&world, "Amina Bibi", PROGRAMME).await;
    step(&world, id, Status::Approved, Actor::Department).await;
    let address = format!("/applications/{id}/letter/pdf?in=en");
    let mut bisp = world.desk("bisp.nsr").await;
    let page = bisp.get(&address).await;
    assert!(page.status == 503 && page.has("has no program for PDF letters") && page.has("has approved it."));
    let place = tempfile::tempdir().expect("a folder");
    // The program gets the whole letter as JSON, and nothing of the machine's surroundings.
    with_printer(&mut world, &place, "printf '%%PDF-1.7 '; env | /bin/grep -c HOME; exec /bin/cat");
    let made = world.desk("bisp.nsr").await.get(&address).await;
    let text = String::from_utf8_lossy(&made.bytes).into_owned();
    assert!(made.status == 200 && text.starts_with("%PDF-1.7 0") && text.contains("\"lang\":\"en\""), "{text}");
    // The typesetter's own tests stand on letters with the same fields.
    let specimen = include_str!("../../../letters/tests/letters/en.json");
    assert_eq!(fields(text.trim_start_matches("%PDF-1.7 0")), fields(specimen));
    with_printer(&mut world, &place, "exit 4");
    let failed = world.desk("bisp.nsr").await.get(&address).await;
    assert!(failed.status == 503 && failed.has("could not be made"));
}

#[tokio::test]
async fn the_inbox_leaves_as_a_sheet_without_formulas_and_without_what_is_protected() {
    let world = World::new().await;
    let (_, _) = applied(&world, "=1+1", "kpsw-disability-certificate").await;
    let (_, secret) = applied(&world, "Gulalai", SHELTER).await;
    let mut welfare = world.desk("welfare.nsr").await;
    assert!(welfare.get("/applications").await.has(&secret.to_string()), "its page shows it to who decides");
    let sheet = welfare.get("/applications/inbox.xlsx").await;
    assert_eq!(sheet.status, 200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(sheet.bytes)).expect("a workbook");
    let range = book.worksheet_range("Sheet1").expect("its sheet");
    assert_eq!(range.height(), 2, "the head and one row: what is protected stays");
    assert_eq!(range.get((1, 1)), Some(&Data::String("'=1+1".to_owned())));
    let csv = welfare.get("/applications/inbox.csv").await;
    let text = String::from_utf8(csv.bytes).expect("UTF-8");
    assert!(text.starts_with('\u{feff}') && text.contains(",'=1+1,") && !text.contains("Gulalai"), "{text}");
    let reads = world.app.store.read_log(&world.system, 50).await.expect("reads");
    assert!(reads.iter().any(|read| read.purpose.contains("sheet of the own inbox, 1 rows")), "taking it is noted");
}
