//! Papers: recognised by content, written anew without metadata, refused in sentences, kept in scope.

use crate::common::{Browser, Page, World};
use domain::{
    event::Change,
    ids::VisitId,
    papers::{Paper, PaperState, TaskState},
    programmes::ProgrammeId,
    visits::{HelpAsked, PackageChosen, Pick},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

const MARK: &[u8] = b"a house in Pabbi, 34.01 N 71.79 E";

struct Story {
    world: World,
    desk: Browser,
    visit: String,
    person: String,
}

impl Story {
    /// Amina Bibi's family with this programme picked for her; protected gates open.
    async fn picked(programme: &str) -> Story {
        let world = World::new().await;
        let mut desk = world.desk("clerk.nsr").await;
        let visit = world.family(&mut desk).await;
        let amina = world.household(&visit).await.head().expect("a head").id;
        let id: VisitId = visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an address");
        let now = world.app.store.visits(&world.system).get(id).await.expect("an answer").expect("the visit");
        let (pack, mut version, mut changes) = (crate::common::pack(), now.version, Vec::new());
        for fact in &pack.programme(programme).expect("a programme of the pack").facts {
            let protected = rules::pack::fact::Sensitivity::Protected;
            if pack.fact(fact).is_some_and(|f| f.sensitivity == protected) {
                changes.push(Change::after(id, version, HelpAsked { fact: fact.to_string() }, world.app.today()));
                version += 1;
            }
        }
        let picks = vec![Pick { programme: ProgrammeId::from(programme), person: Some(amina) }];
        changes.push(Change::after(id, version, PackageChosen { picks }, world.app.today()));
        world.commit(changes).await;
        Story { world, desk, visit, person: amina.to_string() }
    }

    async fn upload(&mut self, bytes: &[u8]) -> Page {
        let address = format!("{}/papers/record", self.visit);
        self.desk.get(&format!("{address}?kind=cnic&person={}", self.person)).await;
        let person = self.person.clone();
        let fields = [
            ("kind", "cnic"),
            ("person", person.as_str()),
            ("state", "present"),
            ("expires_year", "2031"),
            ("expires_month", "5"),
            ("expires_day", "2"),
        ];
        self.desk.upload(&address, &fields, ("scan", bytes)).await
    }

    async fn record(&mut self, fields: &[(&str, &str)]) -> Page {
        let address = format!("{}/papers/record", self.visit);
        self.desk.get(&format!("{address}?kind=cnic&person={}", self.person)).await;
        let person = self.person.clone();
        let mut all = vec![("kind", "cnic"), ("person", person.as_str())];
        all.extend(fields);
        self.desk.post(&address, &all).await
    }

    async fn papers(&self) -> Vec<Paper> {
        let household = self.world.household(&self.visit).await.id;
        self.world.app.store.papers(&self.world.system).of_household(household).await.expect("papers")
    }

    async fn stored(&mut self) -> Page {
        let page = self.desk.get(&format!("{}/papers", self.visit)).await;
        let copy = page.links("/papers/").into_iter().next().expect("a link to the copy");
        self.desk.get(&copy.replace("&amp;", "&")).await
    }
}

fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) })
}

fn encoded(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).expect("a picture is written");
    bytes.into_inner()
}

/// A JPEG as a phone makes it: an Exif segment that says "turn me right" and where it was taken.
fn photograph() -> Vec<u8> {
    let plain = encoded(picture(40, 20), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(MARK);
    let length = u16::try_from(exif.len() + 2).expect("a short segment");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_photograph_is_kept_upright_and_without_metadata() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let sent = photograph();
    assert!(contains(&sent, MARK));
    let page = story.upload(&sent).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let copy = story.stored().await;
    assert_eq!(copy.headers["content-type"], "image/jpeg");
    assert_eq!(copy.headers["x-content-type-options"], "nosniff");
    assert!(!contains(&copy.bytes, MARK) && !contains(&copy.bytes, b"Exif"));
    let kept = image::load_from_memory(&copy.bytes).expect("a picture");
    assert_eq!((kept.width(), kept.height()), (20, 40), "it was turned before the instruction was dropped");
    let paper = story.papers().await.remove(0);
    assert_eq!(paper.state_on(story.world.app.today()), PaperState::Present);
    assert_eq!(paper.expires, "2031-05-02".parse().ok());
}

#[tokio::test]
async fn what_hangs_behind_a_picture_is_not_kept() {
    let mut story = Story::picked("bisp-kafaalat").await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let mut bytes = encoded(picture(30, 30), format);
        bytes.extend(b"<script>alert(1)</script>PK\x03\x04");
        assert_eq!(story.upload(&bytes).await.status, 303);
        let copy = story.stored().await;
        assert!(!contains(&copy.bytes, b"<script>") && !contains(&copy.bytes, b"PK\x03\x04"), "{format:?}");
    }
    assert_eq!(story.papers().await.len(), 1, "a new copy replaces the old one");
}

#[tokio::test]
async fn a_pdf_is_only_ever_downloaded() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let pdf = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF".to_vec();
    assert_eq!(story.upload(&pdf).await.status, 303);
    let copy = story.stored().await;
    assert_eq!(
        (copy.bytes.as_slice(), &copy.headers["content-type"]),
        (pdf.as_slice(), &"application/pdf".parse().expect("a header"))
    );
    assert!(copy.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
    assert!(copy.headers["content-security-policy"].to_str().expect("text").contains("default-src 'none'"));
}

/// A PNG that announces `side` by `side` points and holds nothing.
fn bomb(side: u32) -> Vec<u8> {
    let mut bytes = encoded(picture(4, 4), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The checksum of PNG chunks (ISO 3309), so that a forged head is believed.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[tokio::test]
async fn what_is_no_photograph_of_a_paper_is_refused_in_a_sentence() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let mut damaged = encoded(picture(30, 30), ImageFormat::Png);
    damaged.truncate(40);
    let mut disguised = vec![0xFF, 0xD8, 0xFF, 0xE0];
    disguised.extend(b"<html><script>alert(1)</script></html>");
    let mut heavy = b"%PDF-".to_vec();
    heavy.resize(10 * 1024 * 1024 + 1, b' ');
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("a page with another name", b"<html><script>alert(1)</script></html>".to_vec(), "not a JPEG, a PNG or a PDF"),
        ("a page behind a picture's first bytes", disguised, "cannot be read"),
        ("half a picture", damaged, "cannot be read"),
        ("an archive", b"PK\x03\x04 and so on".to_vec(), "not a JPEG, a PNG or a PDF"),
        ("a bomb", bomb(60_000), "larger than 60 megapixels"),
        ("too heavy", heavy, "larger than 10 MB"),
    ];
    for (what, bytes, sentence) in cases {
        let page = story.upload(&bytes).await;
        assert_eq!(page.status, 422, "{what}");
        assert!(page.has(sentence), "{what}: {}", page.text());
        assert_eq!(page.value("expires_year").as_deref(), Some("2031"), "{what}: nothing typed is lost");
    }
    assert!(story.papers().await.is_empty());
}

#[tokio::test]
async fn a_missing_paper_becomes_a_task_and_a_found_one_ends_it() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let household = story.world.household(&story.visit).await.id;
    for _ in 0..2 {
        assert_eq!(story.record(&[("state", "missing")]).await.status, 303);
    }
    let tasks = story.world.app.store.papers(&story.world.system).tasks(household).await.expect("tasks");
    assert_eq!(tasks.iter().map(|t| t.state).collect::<Vec<_>>(), [TaskState::Open]);
    let list = story.desk.get(&format!("{}/papers/missing?in=en", story.visit)).await;
    assert!(list.has("CNIC") && list.has("NADRA registration centre"));
    assert_eq!(story.record(&[("state", "present")]).await.status, 303);
    let tasks = story.world.app.store.papers(&story.world.system).tasks(household).await.expect("tasks");
    assert_eq!(tasks.iter().map(|t| t.state).collect::<Vec<_>>(), [TaskState::Done]);
}

#[tokio::test]
async fn a_paper_recorded_by_two_officers_shows_both_answers() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let address = format!("{}/papers/record", story.visit);
    let person = story.person.clone();
    let page = story.desk.get(&format!("{address}?kind=cnic&person={person}")).await;
    let (version, seen) = (page.value("version").expect("a version"), page.value("seen").unwrap_or_default());
    assert_eq!(story.record(&[("state", "missing")]).await.status, 303);
    let fields =
        [("kind", "cnic"), ("person", person.as_str()), ("version", version.as_str()), ("seen", seen.as_str())];
    let dated = [("state", "present"), ("expires_day", "2"), ("expires_month", "5"), ("expires_year", "2031")];
    let late = story.desk.post(&address, &[&fields[..], &dated[..]].concat()).await;
    assert_eq!(late.status, 409);
    assert!(late.has("Missing") && late.has("Present") && late.has("2 May 2031"), "{}", late.text());
    assert_eq!(story.papers().await[0].recorded, PaperState::Missing, "neither is saved");
    let newer = late.value("version").expect("the version on file");
    let again = [("kind", "cnic"), ("person", person.as_str()), ("version", newer.as_str()), ("seen", seen.as_str())];
    assert_eq!(story.desk.post(&address, &[&again[..], &dated[..]].concat()).await.status, 303);
    assert_eq!(story.papers().await[0].recorded, PaperState::Present);
}

#[tokio::test]
async fn whatever_nobody_looked_at_can_be_listed_as_missing_at_once() {
    let mut story = Story::picked("bisp-kafaalat").await;
    story.desk.get(&format!("{}/papers", story.visit)).await;
    let page = story.desk.post(&format!("{}/papers", story.visit), &[]).await;
    assert_eq!((page.status, page.location()), (303, format!("{}/papers/missing", story.visit)));
    let papers = story.papers().await;
    assert!(!papers.is_empty() && papers.iter().all(|p| p.recorded == PaperState::Missing));
}

#[tokio::test]
async fn a_paper_past_its_date_is_expired_whatever_was_chosen() {
    let mut story = Story::picked("bisp-kafaalat").await;
    let past = [("state", "present"), ("expires_day", "1"), ("expires_month", "3"), ("expires_year", "2026")];
    assert_eq!(story.record(&past).await.status, 303);
    let page = story.desk.get(&format!("{}/papers", story.visit)).await;
    assert!(page.has("is-late") && page.has("Expired"));
    let ahead = [("state", "expired"), ("expires_day", "1"), ("expires_month", "3"), ("expires_year", "2031")];
    assert_eq!(story.record(&ahead).await.status, 422, "expired in the future");
    let never = [("state", "present"), ("expires_day", "31"), ("expires_month", "2"), ("expires_year", "2031")];
    assert_eq!(story.record(&never).await.status, 422, "no such day");
    assert_eq!(story.record(&[]).await.status, 422, "no state");
}

#[tokio::test]
async fn nothing_about_a_protected_picks_papers_is_kept_before_its_application() {
    let mut story = Story::picked("kpsw-dar-ul-aman").await;
    let list = story.desk.get(&format!("{}/papers", story.visit)).await;
    assert!(list.has("recorded after the application is submitted") && !list.has("papers/record?kind"));
    assert_eq!(story.record(&[("state", "present")]).await.status, 404);
    let printed = story.desk.get(&format!("{}/papers/missing?in=en", story.visit)).await;
    assert!(printed.has("Nothing is missing."), "the ordinary list says nothing of it");
    let household = story.world.household(&story.visit).await.id;
    let mut desk = story.world.desk("worker.nsr").await;
    let other = desk.get(&format!("{}/papers", story.visit)).await;
    assert!(other.status == 200 && !other.has("recorded after"), "a colleague sees no pick");
    assert!(story.world.app.store.papers(&story.world.system).tasks(household).await.expect("tasks").is_empty());
}

#[tokio::test]
async fn a_copy_is_there_for_its_centre_and_nobody_else() {
    let mut story = Story::picked("bisp-kafaalat").await;
    story.upload(&photograph()).await;
    let paper = story.papers().await.remove(0).id;
    for login in ["clerk.dir", "token.nsr", "bisp.nsr", "zakat.nsr", "admin"] {
        let mut other = story.world.desk(login).await;
        assert_eq!(other.get(&format!("/papers/{paper}")).await.status, 404, "{login}");
    }
    let signed_out = story.world.office().get(&format!("/papers/{paper}")).await;
    assert_eq!(signed_out.status, 303, "to the sign-in page");
    let mut colleague = story.world.desk("worker.nsr").await;
    assert_eq!(colleague.get(&format!("/papers/{paper}")).await.status, 200);
}
