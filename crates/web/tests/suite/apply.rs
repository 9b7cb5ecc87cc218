//! Applying and receipts: once per pick and visit, protected picks apart, a lost receipt's old secret dead.

use crate::common::{Browser, Page, World, cast::AMINA_CNIC};
use domain::{
    applications::{Application, ReceiptCode, Status},
    event::Change,
    ids::VisitId,
    papers::TaskState,
    people::{ConsentHow, ConsentPurpose, ConsentStated},
    programmes::ProgrammeId,
    visits::{HelpAsked, PackageChosen, Pick, Visit},
};
use store::applications::{Receipt, Tracked};

const ORDINARY: &str = "bisp-kafaalat";
const SHELTER: &str = "kpsw-dar-ul-aman";

struct Story {
    world: World,
    desk: Browser,
    visit: String,
}

impl Story {
    /// Amina Bibi's family, with consent, and these programmes picked for her; protected gates open.
    async fn picked(programmes: &[&str]) -> Story {
        let world = World::new().await;
        let mut desk = world.desk("clerk.nsr").await;
        let visit = world.family(&mut desk).await;
        let mut story = Story { world, desk, visit };
        story.consent(true).await;
        story.pick(programmes).await;
        story
    }

    fn id(&self) -> VisitId {
        self.visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit's address")
    }

    async fn now(&self) -> Visit {
        let visits = self.world.app.store.visits(&self.world.system);
        visits.get(self.id()).await.expect("an answer").expect("the visit")
    }

    async fn consent(&mut self, given: bool) {
        let household = self.world.household(&self.visit).await;
        let stated = ConsentStated {
            purpose: ConsentPurpose::Forward,
            given,
            by: None,
            how: ConsentHow::Thumb,
            language: domain::language::Lang::Ur,
            phone: None,
        };
        let today = self.world.app.today();
        self.world.commit(vec![Change::after(household.id, household.version, stated, today)]).await;
    }

    async fn pick(&mut self, programmes: &[&str]) {
        let (pack, visit, today) = (crate::common::pack(), self.now().await, self.world.app.today());
        let amina = self.world.household(&self.visit).await.head().expect("a head").id;
        let mut version = visit.version;
        let mut changes = Vec::new();
        let mut push = |event: domain::event::Event| {
            changes.push(Change::after(visit.id, version, event, today));
            version += 1;
        };
        for fact in programmes.iter().filter_map(|p| pack.programme(p)).flat_map(|p| &p.facts) {
            let protected = rules::pack::fact::Sensitivity::Protected;
            if pack.fact(fact).is_some_and(|f| f.sensitivity == protected) {
                push(HelpAsked { fact: fact.to_string() }.into());
            }
        }
        let pick = |id: &&str| Pick { programme: ProgrammeId::from(*id), person: Some(amina) };
        push(PackageChosen { picks: programmes.iter().map(pick).collect() }.into());
        self.world.commit(changes).await;
    }

    async fn open(&mut self, step: &str) -> Page {
        self.desk.get(&format!("{}/{step}", self.visit)).await
    }

    async fn submit(&mut self, command: &str) -> Page {
        self.open("apply").await;
        self.desk.post(&format!("{}/apply", self.visit), &[("command_id", command)]).await
    }

    async fn applications(&self) -> Vec<Application> {
        self.world.app.store.applications(&self.world.system).of_visit(self.id()).await.expect("an answer")
    }

    async fn receipts(&self) -> Vec<Receipt> {
        self.world.app.store.applications(&self.world.system).receipts_of_visit(self.id()).await.expect("an answer")
    }

    async fn opens(&self, code: &ReceiptCode, secret: &str) -> bool {
        let tracked = self.world.app.store.track(code, secret, crate::common::now()).await.expect("an answer");
        matches!(tracked, Tracked::Open(_))
    }
}

/// A command of a form that a test sends more than once.
fn command() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The six digits on the strip.
fn secret(page: &Page) -> String {
    let text = page.text();
    let (_, after) = text.split_once("class=\"secret\"").expect("a secret on the page");
    after.split("</dd>").next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn the_same_button_pressed_twice_is_one_application() {
    let mut story = Story::picked(&[ORDINARY]).await;
    let again = command();
    let (first, second) = (story.submit(&again).await, story.submit(&again).await);
    assert_eq!((first.status, second.status), (303, 303), "{}", first.text());
    assert_eq!(first.location(), second.location());
    assert_eq!(story.applications().await.len(), 1);
    assert_eq!(story.receipts().await.len(), 1);
}

#[tokio::test]
async fn two_forms_never_apply_twice_for_a_pick_in_one_visit() {
    let mut story = Story::picked(&[ORDINARY]).await;
    for _ in 0..2 {
        let page = story.submit(&command()).await;
        assert_eq!((page.status, page.location()), (303, format!("{}/receipt", story.visit)));
    }
    assert_eq!(story.applications().await.len(), 1);
    story.pick(&[ORDINARY, "bisp-nashonuma"]).await;
    assert_eq!(story.submit(&command()).await.status, 303);
    assert_eq!(story.applications().await.len(), 2, "a pick that was added is applied for");
}

#[tokio::test]
async fn two_officers_at_once_make_one_application() {
    let story = Story::picked(&[ORDINARY]).await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        let mut desk = story.world.desk("clerk.nsr").await;
        desk.get(&format!("{}/apply", story.visit)).await;
        browsers.push(desk);
    }
    let address = format!("{}/apply", story.visit);
    let posts = browsers.into_iter().map(|mut desk| {
        let address = address.clone();
        tokio::spawn(async move { desk.post(&address, &[]).await })
    });
    for post in posts.collect::<Vec<_>>() {
        assert_eq!(post.await.expect("an answer").status, 303);
    }
    assert_eq!(story.applications().await.len(), 1);
    assert_eq!(story.receipts().await.len(), 1);
}

#[tokio::test]
async fn an_application_carries_facts_verdict_papers_and_a_promise() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let application = story.applications().await.remove(0);
    let submitted = &application.submitted;
    assert_eq!((application.status, application.version), (Status::Forwarded, 2));
    assert_eq!((submitted.operator.as_ref(), submitted.district.as_ref()), ("bisp", "nowshera"));
    let amina = submitted.person.expect("an applicant");
    assert!(submitted.facts_used.contains(&format!("person.sex@{amina}")), "{:?}", submitted.facts_used);
    let carried = web::applications::apply_carried::Carried::read(&submitted.verdict).expect("a verdict");
    assert_eq!(carried.verdict.candidates.len(), 1, "nobody else's verdict leaves the desk");
    assert_eq!(carried.names(), submitted.facts_used);
    let calendar = &story.world.app.calendar;
    assert_eq!(submitted.promised, calendar.after(story.world.app.today(), submitted.limits.decide));
    assert!(!submitted.papers.is_empty() && submitted.missing_papers == submitted.papers);
    let tasks = story.world.app.store.papers(&story.world.system).tasks(submitted.household).await.expect("tasks");
    assert_eq!(tasks.len(), submitted.missing_papers.len());
    assert!(tasks.iter().all(|t| t.state == TaskState::Open && t.applications == [application.id]));
    assert!(story.now().await.screened);
}

#[tokio::test]
async fn nothing_is_submitted_without_consent_to_forward() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.consent(false).await;
    let page = story.open("apply").await;
    assert!(page.has(&format!("{}/consent", story.visit)) && !page.has("Submit 1 application"));
    let page = story.submit(&command()).await;
    assert_eq!(page.status, 422);
    assert!(page.has("has not yet agreed"));
    assert!(story.applications().await.is_empty());
}

#[tokio::test]
async fn a_protected_pick_has_a_neutral_receipt_of_its_own() {
    let mut story = Story::picked(&[ORDINARY, SHELTER]).await;
    let page = story.submit(&command()).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let receipts = story.receipts().await;
    let (apart, ordinary): (Vec<_>, Vec<_>) = receipts.iter().partition(|r| r.protected);
    assert_eq!((apart.len(), ordinary.len()), (1, 1));
    assert_ne!(apart[0].code, ordinary[0].code);
    let telling = ["Dar-ul-Aman", "shelter", "Social Welfare"];
    let first = story.open("receipt?in=en").await;
    assert!(first.has(&ordinary[0].code.to_string()) && first.has("Receipt for"));
    assert!(!first.has(&apart[0].code.to_string()) && telling.iter().all(|word| !first.has(word)));
    let second = story.open(&format!("receipt?receipt={}&in=en", apart[0].id)).await;
    assert!(second.has(&apart[0].code.to_string()) && second.has("Your request"));
    assert!(telling.iter().all(|word| !second.has(word)), "neutral words only");
    assert!(!second.has("Amina Bibi") && !second.has("CNIC"), "a found receipt says nothing of the person");
}

#[tokio::test]
async fn a_protected_receipt_is_nowhere_once_its_visit_is_over() {
    let mut story = Story::picked(&[ORDINARY, SHELTER]).await;
    story.submit(&command()).await;
    let apart = story.receipts().await.into_iter().find(|r| r.protected).expect("a protected receipt");
    story.open("apply").await;
    story.desk.post(&format!("{}/end", story.visit), &[]).await;
    let protected = apart.applications[0];
    for step in ["receipt", "receipt?all=1", "apply", "papers"] {
        let page = story.open(step).await;
        assert!(page.status == 200 && !page.has("Dar-ul-Aman") && !page.has(&apart.code.to_string()), "{step}");
    }
    for step in [format!("receipt?receipt={}", apart.id), format!("applications/{protected}")] {
        assert_eq!(story.open(&step).await.status, 404, "{step}");
    }
}

#[tokio::test]
async fn the_secret_on_the_strip_opens_the_tracking_page_until_it_is_printed_again() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let receipt = story.receipts().await.remove(0);
    let page = story.open("receipt").await;
    let old = secret(&page);
    assert!(page.has("lang=\"ur\"") && page.has(&receipt.code.to_string()));
    assert!(story.opens(&receipt.code, &old).await);
    let again = format!("receipt/{}/again", receipt.id);
    story.open(&again).await;
    let refused = story.desk.post(&format!("{}/{again}", story.visit), &[("identity_check", " ")]).await;
    assert_eq!(refused.status, 422, "without an identity check nothing is printed");
    assert!(story.opens(&receipt.code, &old).await);
    let card = AMINA_CNIC.replace('-', "");
    let ends = &card[card.len() - 4..];
    for (seen, digits, words) in [("", ends, "known to me"), ("cnic", "", "known to me"), ("cnic", "0000", "")] {
        let fields = [("seen", seen), ("digits", digits), ("identity_check", words), ("questions", "father")];
        let refused = story.desk.post(&format!("{}/{again}", story.visit), &fields).await;
        assert_eq!(refused.status, 422, "{seen} {digits}: {}", refused.text());
    }
    let one = [("seen", "questions"), ("questions", "father")];
    assert_eq!(story.desk.post(&format!("{}/{again}", story.visit), &one).await.status, 422, "one answer is not two");
    let check = [("seen", "cnic"), ("digits", ends), ("identity_check", "")];
    let done = story.desk.post(&format!("{}/{again}", story.visit), &check).await;
    assert_eq!(done.status, 303);
    let new = secret(&story.desk.get(&done.location()).await);
    assert_ne!(old, new);
    assert!(!story.opens(&receipt.code, &old).await, "the old secret is dead");
    assert!(story.opens(&receipt.code, &new).await);
    let list = story.open("receipt?all=1").await;
    assert!(list.has("Printed again on") && list.has(ends), "the history names the check: {}", list.text());
    let mut phone = story.world.public();
    phone.get("/track").await;
    phone.post("/track", &[("code", &receipt.code.to_string()), ("secret", &new)]).await;
    assert!(phone.get(&format!("/track/{}", receipt.code.plain())).await.has("printed again on"));
}

#[tokio::test]
async fn a_later_visit_sees_a_secret_only_after_printing_again() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let receipt = story.receipts().await.remove(0);
    story.open("apply").await;
    story.desk.post(&format!("{}/end", story.visit), &[]).await;
    assert!(!story.open("receipt").await.has("class=\"secret\""), "the visit is over");
    let household = story.world.household(&story.visit).await.id;
    story.visit = story.world.visit(&mut story.desk).await;
    story.desk.post(&format!("{}/call", story.visit), &[]).await;
    let visit = story.now().await;
    let found = visit.find(household, None).expect("the family is found");
    story.world.commit(vec![Change::after(visit.id, visit.version, found, story.world.app.today())]).await;
    let shown = story.open(&format!("receipt?receipt={}", receipt.id)).await;
    assert!(shown.status == 200 && !shown.has("class=\"secret\""));
    let forged = story.open(&format!("receipt?receipt={}&again=0000", receipt.id)).await;
    assert!(!forged.has("class=\"secret\""));
    let again = format!("{}/receipt/{}/again", story.visit, receipt.id);
    story.desk.get(&again).await;
    let done =
        story.desk.post(&again, &[("seen", "questions"), ("questions", "father"), ("questions", "members")]).await;
    let page = story.desk.get(&done.location()).await;
    assert!(story.opens(&receipt.code, &secret(&page)).await);
}

#[tokio::test]
async fn the_qr_and_the_address_carry_the_code_and_never_the_secret() {
    let mut story = Story::picked(&[ORDINARY]).await;
    let done = story.submit(&command()).await;
    let page = story.open("receipt").await;
    let secret = secret(&page);
    assert!(page.has("<path d=\"M4 4h7"), "a QR code is drawn");
    assert!(!done.location().contains(&secret) && page.links("/").iter().all(|link| !link.contains(&secret)));
}

#[tokio::test]
async fn the_family_takes_an_application_back_only_on_purpose() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let application = story.applications().await.remove(0);
    let address = format!("{}/applications/{}", story.visit, application.id);
    let page = story.desk.get(&address).await;
    assert!(page.has("The centre sent it to the department.") && !page.has("Answer the department"));
    let version = application.version.to_string();
    let form = [("version", version.as_str()), ("to", "withdrawn"), ("words_withdrawn", "moved to Swabi")];
    assert_eq!(story.desk.post(&address, &form).await.status, 422);
    let sure = [form[0], form[1], form[2], ("sure", "yes")];
    assert_eq!(story.desk.post(&address, &sure).await.status, 303);
    assert_eq!(story.applications().await[0].status, Status::Withdrawn);
    let page = story.desk.get(&address).await;
    assert!(page.has("The family took it back.") && page.has("moved to Swabi"));
    assert_eq!(story.desk.post(&address, &sure).await.status, 409, "the form is older than the record");
}

#[tokio::test]
async fn the_desk_never_decides() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let application = story.applications().await.remove(0);
    let address = format!("{}/applications/{}", story.visit, application.id);
    for to in ["approved", "rejected", "received", "resubmitted", "appeal", "nonsense"] {
        story.desk.get(&address).await;
        let version = application.version.to_string();
        let words = format!("words_{to}");
        let page = story.desk.post(&address, &[("version", &version), ("to", to), (&words, "please")]).await;
        assert_eq!(page.status, 422, "{to}");
    }
    assert_eq!(story.applications().await[0].status, Status::Forwarded);
}

#[tokio::test]
async fn another_centre_finds_nothing() {
    let mut story = Story::picked(&[ORDINARY]).await;
    story.submit(&command()).await;
    let mut other = story.world.desk("clerk.dir").await;
    let (receipt, application) = (story.receipts().await.remove(0), story.applications().await.remove(0));
    for step in ["papers", "papers/missing", "apply", "receipt"] {
        assert_eq!(other.get(&format!("{}/{step}", story.visit)).await.status, 404, "{step}");
    }
    for step in [format!("receipt?receipt={}", receipt.id), format!("applications/{}", application.id)] {
        assert_eq!(other.get(&format!("{}/{step}", story.visit)).await.status, 404, "{step}");
    }
}
