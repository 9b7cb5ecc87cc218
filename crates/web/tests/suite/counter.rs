//! The counter: calling the next token, handing a visit on, the screen of the waiting room, the day-close sheet.

use crate::cases::turn_clock;
use crate::common::{Browser, World};

async fn token(desk: &mut Browser, counter: &str) {
    desk.get("/desk").await;
    let page = desk.post("/desk", &[("counter", counter), ("topic", "help"), ("language", "ps")]).await;
    assert_eq!(page.status, 303, "{}", page.text());
}

async fn number_of(world: &World, address: &str) -> u32 {
    let id = address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit's address");
    world.app.store.visits(&world.system).get(id).await.expect("an answer").expect("the visit").number
}

async fn call(world: &World, desk: &mut Browser, number: &str, queue: &str) -> Option<u32> {
    desk.get("/desk").await;
    let page = desk.post("/desk/next", &[("desk", number), ("queue", queue)]).await;
    assert_eq!(page.status, 303, "{}", page.text());
    match page.location().as_str() {
        "/desk?nobody=1" => None,
        visit => Some(number_of(world, visit).await),
    }
}

#[tokio::test]
async fn the_next_token_comes_in_the_order_of_the_queues_and_to_one_desk_only() {
    let world = World::new().await;
    let mut tokens = world.desk("token.nsr").await;
    for counter in ["general", "women", "elderly", "general"] {
        token(&mut tokens, counter).await;
    }
    let (mut one, mut two) = (world.desk("clerk.nsr").await, world.desk("worker.nsr").await);
    assert_eq!(call(&world, &mut one, "1", "all").await, Some(3), "the elderly first");
    assert_eq!(call(&world, &mut two, "2", "general").await, Some(1), "a desk of one queue calls that queue");
    assert_eq!(call(&world, &mut one, "1", "all").await, Some(2));
    assert_eq!(call(&world, &mut one, "1", "women").await, None, "nobody of that queue waits");
    assert_eq!(call(&world, &mut two, "2", "all").await, Some(4));
    assert!(one.get("/desk?nobody=1").await.has("Nobody waits for this desk"));
    assert_eq!(one.get("/desk").await.value("desk").as_deref(), Some("1"), "the machine knows its desk");
}

#[tokio::test]
async fn two_desks_that_press_at_once_get_two_tokens() {
    let world = World::new().await;
    let mut tokens = world.desk("token.nsr").await;
    for _ in 0..6 {
        token(&mut tokens, "women").await;
    }
    let (mut one, mut two) = (world.desk("clerk.nsr").await, world.desk("worker.nsr").await);
    one.get("/desk").await;
    two.get("/desk").await;
    let mut called = Vec::new();
    for _ in 0..3 {
        let (first, second) = tokio::join!(
            one.post("/desk/next", &[("desk", "1"), ("queue", "all")]),
            two.post("/desk/next", &[("desk", "2"), ("queue", "all")])
        );
        for page in [first, second] {
            called.push(number_of(&world, &page.location()).await);
        }
    }
    called.sort_unstable();
    assert_eq!(called, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_desk_without_a_number_calls_nobody() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    token(&mut desk, "women").await;
    for typed in ["", "0", "100", "two"] {
        let page = desk.post("/desk/next", &[("desk", typed), ("queue", "all")]).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.has("Write the number over the desk"));
    }
    assert_eq!(call(&world, &mut desk, "۲", "all").await, Some(1), "in any digits");
}

#[tokio::test]
async fn a_visit_that_is_handed_on_is_called_there_first_with_its_note_and_nowhere_else() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    for counter in ["women", "disability"] {
        token(&mut clerk, counter).await;
    }
    assert_eq!(call(&world, &mut clerk, "1", "women").await, Some(1));
    let visit = clerk.get("/desk").await.links("/visits/").pop().expect("a visit");
    let hand = format!("{visit}/hand");
    for (to, note, want) in
        [("1", "x", "your own desk"), ("", "x", "number over the desk"), ("3", "", "what the next desk")]
    {
        let page = clerk.post(&hand, &[("to_desk", to), ("note", note)]).await;
        assert!(page.status == 422 && page.has(want), "{to} {note}: {}", page.text());
    }
    let page = clerk.post(&hand, &[("to_desk", "3"), ("note", "B-Form of Hamza is missing")]).await;
    assert_eq!((page.status, page.location().as_str()), (303, "/desk"));
    let list = clerk.get("/desk").await;
    assert!(list.has("waits for desk 3") && !list.has("B-Form of Hamza"), "the list does not show the note");
    assert_eq!(clerk.get(&hand).await.status, 404, "whoever handed it on serves it no more");
    let mut worker = world.desk("worker.nsr").await;
    assert_eq!(call(&world, &mut worker, "3", "all").await, Some(1), "before the disability queue");
    assert!(worker.get(&format!("{visit}/household")).await.has("B-Form of Hamza is missing"));
    assert!(!clerk.get(&format!("{visit}/household")).await.has("B-Form of Hamza"));
    assert_eq!(call(&world, &mut clerk, "1", "all").await, Some(2));
}

#[tokio::test]
async fn the_screen_opens_by_its_link_alone_and_shows_numbers_and_desks_only() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    world.registered(&mut clerk).await;
    token(&mut clerk, "women").await;
    token(&mut clerk, "women").await;
    assert_eq!(clerk.post("/desk/display", &[]).await.status, 404, "the manager makes the link");
    let mut manager = world.desk("manager.nsr").await;
    let mut links = Vec::new();
    for _ in 0..2 {
        manager.get("/desk/display").await;
        links.extend(manager.post("/desk/display", &[]).await.links("/display/"));
    }
    let mut screen = world.office();
    assert_eq!(screen.get(&links[0]).await.status, 404, "a new link closes the one before");
    assert_eq!(screen.get("/display/nowshera.0").await.status, 404);
    assert!(screen.get(&format!("{}?in=en", links[1])).await.has("Your number will be called"));
    call(&world, &mut clerk, "7", "all").await;
    call(&world, &mut clerk, "7", "all").await;
    let page = screen.get(&format!("{}?in=en", links[1])).await;
    assert!(page.has("data-now=\"3.7\""), "the newest call stands on top: {}", page.text());
    assert!(page.has("<noscript><meta http-equiv=\"refresh\""), "it turns without a script");
    assert!(!page.has("Amina") && !page.has("clerk.nsr"), "no names");
    assert!(page.has("?in=ur") && screen.get(&format!("{}?in=ur", links[1])).await.has("?in=ps"));
    assert_eq!(screen.get("/desk").await.status, 303, "and nothing else of the office");
}

#[tokio::test]
async fn a_day_is_closed_as_it_stood_and_what_changes_later_is_marked() {
    let mut world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    token(&mut clerk, "general").await;
    let sheet = clerk.get("/desk/day").await;
    assert!(sheet.has("This day is not closed yet") && sheet.has("Close this day"));
    assert!(line(&sheet.text(), "Tokens given").ends_with("2"), "{}", line(&sheet.text(), "Tokens given"));
    assert!(line(&sheet.text(), "Families registered").ends_with("1"));
    let page = clerk.post("/desk/day", &[("day", "2026-11-22")]).await;
    assert_eq!(page.location(), "/desk/day?day=2026-11-22&done=1");
    let sheet = clerk.get("/desk/day").await;
    assert!(sheet.has("Closed by clerk.nsr") && !sheet.has("changed since"));
    clerk.post(&format!("{visit}/end"), &[]).await;
    let sheet = clerk.get("/desk/day").await;
    assert!(sheet.has("changed since") && sheet.has("after it was closed"), "an ended visit shows as a change");
    let mut manager = world.desk("manager.nsr").await;
    manager.get("/desk/day").await;
    manager.post("/desk/day", &[("day", "2026-11-22")]).await;
    let sheet = manager.get("/desk/day").await;
    assert!(sheet.has("Closed by clerk.nsr") && sheet.has("Closed by manager.nsr"), "both closings stay");
    assert!(!sheet.has("changed since"), "the newest one is what later changes are measured by");
    let future = clerk.post("/desk/day", &[("day", "2026-11-23")]).await;
    assert!(future.status == 422 && future.has("has not come yet"));
    turn_clock(&mut world, "2026-11-23T04:00:00Z");
    let mut dir = world.desk("clerk.dir").await;
    assert!(!dir.get("/desk/day?day=2026-11-22").await.has("Closed by"), "another centre's day is its own");
}

/// The words of the sheet's line that begins so.
fn line(page: &str, label: &str) -> String {
    let rest = page.split(&format!(">{label}")).nth(1).unwrap_or_default();
    let row = rest.split("</tr>").next().unwrap_or_default();
    let text: String = row.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_protected_receipt_is_in_no_count_of_the_day() {
    let world = World::new().await;
    let mut clerk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut clerk).await;
    let id: domain::ids::VisitId = visit.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a visit");
    let household = world.household(&visit).await;
    let family = crate::cases::Family { household: household.id, head: household.members[0].id, district: "nowshera" };
    let hidden = crate::cases::apply(&world, &family, "kpsw-dar-ul-aman").await;
    let issued = domain::applications::ReceiptIssued {
        code: domain::applications::ReceiptCode::from_random(99),
        secret_hash: "ab".to_owned(),
        visit: Some(id),
        household: household.id,
        applications: vec![hidden],
        protected: true,
        language: domain::language::Lang::Ps,
    };
    let receipt = domain::ids::ReceiptId(uuid::Uuid::now_v7());
    world.commit(vec![domain::event::Change::after(receipt, 0, issued, world.app.today())]).await;
    let stands = world.app.store.visits(&world.system).get(id).await.expect("an answer").expect("the visit");
    let ended = stands.end(domain::visits::VisitOutcome::Receipt).expect("open");
    world.commit(vec![domain::event::Change::after(id, stands.version, ended, world.app.today())]).await;
    let sheet = clerk.get("/desk/day").await.text();
    assert!(line(&sheet, "left with a receipt").ends_with("0"), "it counts as registered");
    assert!(line(&sheet, "registered or updated").ends_with("1"));
    assert!(line(&sheet, "Receipts printed").ends_with("0") && line(&sheet, "Applications").ends_with("0"));
}
