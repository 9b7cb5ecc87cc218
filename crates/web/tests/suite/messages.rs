//! Messages to families: words that fit, consent with a phone, a sender, and the page of whoever runs the program.

use crate::common::{World, now, pack};
use domain::{
    applications::ReceiptCode,
    event::Change,
    ids::HouseholdId,
    language::Lang,
    messages::{MessageStep, SeenBy, fits, room},
    people::{ConsentPurpose, MessagePhone},
    programmes::ProgrammeId,
};
use std::{
    io,
    sync::{Arc, Mutex},
};
use store::messages::{Due, Outgoing};
use web::messages::{Post, Sender, words::compose};

fn due(step: MessageStep, language: Lang, seen_by: SeenBy, protected: bool, programme: Option<&str>) -> Due {
    Due {
        position: 1,
        household: HouseholdId(uuid::Uuid::nil()),
        about: uuid::Uuid::nil(),
        step,
        protected,
        code: ReceiptCode::from_random(0x1FFF_FFFF_FFFF),
        programme: programme.map(|id| ProgrammeId(id.to_owned())),
        until: Some("2026-09-28".parse().expect("a day")),
        phone: MessagePhone { number: "+923001234567".to_owned(), whose: "Amina Bibi".to_owned(), seen_by },
        language,
    }
}

/// Every message that can ever be sent: each step, language and programme.
#[test]
fn every_message_goes_as_one_and_says_which_paper_it_is_about() {
    let pack = pack();
    let tail = web::messages::words::tail(&ReceiptCode::from_random(0x1FFF_FFFF_FFFF));
    let mut named = 0;
    for language in Lang::ALL {
        for step in MessageStep::ALL {
            let programmes = pack.programmes().iter().map(|programme| Some(programme.id.as_ref()));
            for programme in programmes.chain([None]) {
                let words = compose(&pack, &due(*step, *language, SeenBy::Nobody, false, programme));
                assert!(fits(&words), "{:?} {words}", room(&words));
                assert!(words.contains(&tail), "{words}");
                assert!(!words.contains("message-") && !words.contains('{'), "{words}");
                assert!(!words.contains("Amina") && !words.contains("http"), "{words}");
                let name = programme.and_then(|id| pack.programme(id)).map(|p| p.name.words.get(language.code()));
                named += usize::from(name.is_some_and(|name| words.contains(name)));
            }
        }
    }
    assert!(named > 400, "where there is room, the programme is named: {named}");
}

#[test]
fn of_protected_help_and_on_a_shared_phone_only_that_there_is_news() {
    let pack = pack();
    for language in Lang::ALL {
        let all = MessageStep::ALL.iter().flat_map(|step| {
            pack.programmes().iter().flat_map(|programme| {
                let of = |seen_by, protected| {
                    compose(&pack, &due(*step, *language, seen_by, protected, Some(programme.id.as_ref())))
                };
                [of(SeenBy::Nobody, true), of(SeenBy::House, false), of(SeenBy::Others, true)]
            })
        });
        let mut all: Vec<String> = all.collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 1, "whatever happened and wherever, the same words: {all:?}");
    }
    let words = compose(&pack, &due(MessageStep::Refused, Lang::En, SeenBy::House, false, Some("kpz-guzara")));
    assert_eq!(
        words,
        "There is news about your receipt ending ZZZ-P."
            .replace("ZZZ-P", &web::messages::words::tail(&ReceiptCode::from_random(0x1FFF_FFFF_FFFF)))
    );
}

/// Keeps what it is given; refuses while it has nothing to say.
#[derive(Default)]
struct Kept {
    messages: Mutex<Vec<Outgoing>>,
    down: Mutex<bool>,
}

impl Sender for Kept {
    fn send(&self, message: &Outgoing) -> io::Result<()> {
        if *self.down.lock().expect("held") {
            return Err(io::Error::other("the command ended with code 1"));
        }
        self.messages.lock().expect("held").push(message.clone());
        Ok(())
    }
}

const HOW: [(&str, &str); 2] = [("how", "spoken"), ("language", "en")];

#[tokio::test]
async fn messages_are_agreed_to_with_a_phone_whose_it_is_and_who_reads_there() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let address = format!("{visit}/consent");
    let page = desk.get(&address).await;
    assert!(page.has("0300 1234567") && page.has("her own"), "the only phone on file is offered");
    let said = |more: &[(&'static str, &'static str)]| [&HOW[..], &[("consent_message", "yes")], more].concat();
    let phone =
        [("phone_message_to", "0300 7654321"), ("phone_whose_message_to", "the neighbour's"), ("seen_by", "others")];
    for without in 0..3 {
        let mut some = phone.to_vec();
        some.remove(without);
        let some = said(&some);
        let mut form = some.clone();
        form.push((phone[without].0, ""));
        assert_eq!(desk.post(&address, &form).await.status, 422, "without {}", phone[without].0);
    }
    let landline = said(&[("phone_message_to", "0923 123456"), phone[1], phone[2]]);
    assert_eq!(desk.post(&address, &landline).await.status, 422);
    assert!(world.household(&visit).await.consents.is_empty());
    assert_eq!(desk.post(&address, &said(&phone)).await.status, 303);
    let household = world.household(&visit).await;
    let (agreed, language) = household.message_phone().expect("agreed");
    assert_eq!((agreed.number.as_str(), agreed.seen_by, language), ("+923007654321", SeenBy::Others, Lang::En));
    assert_eq!(household.phones.len(), 2, "the phone is on file from now on");
    let page = desk.get(&format!("{visit}/household")).await;
    assert!(page.has("0300 7654321") && page.has("the neighbour"));
    // "No" asks for no phone, and takes it back.
    let no = [&HOW[..], &[("consent_message", "no")], &phone].concat();
    assert_eq!(desk.post(&address, &no).await.status, 303);
    let household = world.household(&visit).await;
    assert_eq!((household.consent(ConsentPurpose::Message), household.message_phone()), (Some(false), None));
}

#[tokio::test]
async fn a_receipt_brings_a_message_a_failing_sender_is_told_and_a_no_stops_it() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    let visit = world.registered(&mut desk).await;
    let address = format!("{visit}/consent");
    let yes = [
        ("consent_message", "yes"),
        ("phone_message_to", "0300 1234567"),
        ("phone_whose_message_to", "her own"),
        ("seen_by", "house"),
    ];
    desk.get(&address).await;
    assert_eq!(desk.post(&address, &[&HOW[..], &yes].concat()).await.status, 303);
    let household = world.household(&visit).await;
    let receipt = || domain::applications::ReceiptIssued {
        code: ReceiptCode::from_random(uuid::Uuid::now_v7().as_u128() as u64),
        secret_hash: String::new(),
        visit: None,
        household: household.id,
        applications: vec![],
        protected: false,
        language: Lang::En,
    };
    let issue = async || {
        let id = domain::ids::ReceiptId(uuid::Uuid::now_v7());
        world.commit(vec![Change::after(id, 0, receipt(), world.app.today())]).await;
        world.app.store.seal(now()).await.expect("sealed");
    };
    let kept = Arc::new(Kept::default());
    let system = store::Scope::system(store::SystemKey::for_this_program());
    let post = Post::new(world.app.clone(), system, kept.clone());
    issue().await;
    assert_eq!(post.step().await.expect("sent"), 1);
    assert_eq!(post.step().await.expect("nothing more"), 0);
    let message = kept.messages.lock().expect("held")[0].clone();
    assert_eq!((message.phone.as_str(), message.language), ("+923001234567", Lang::En));
    assert!(message.words.starts_with("There is news about your receipt"), "others read there: {}", message.words);
    *kept.down.lock().expect("held") = true;
    issue().await;
    assert_eq!(post.step().await.expect("tried"), 0);
    let mut admin = world.desk("admin").await;
    let page = admin.get("/messages").await;
    assert!(page.has("the command ended with code 1") && !page.has("1234567") && !page.has("There is news"));
    // The family says no: what waits is dropped at once.
    let no = [&HOW[..], &[("consent_message", "no")]].concat();
    desk.get(&address).await;
    assert_eq!(desk.post(&address, &no).await.status, 303);
    assert!(!admin.get("/messages").await.has("the command ended"));
    assert_eq!(desk.get("/messages").await.status, 404, "a clerk has no such page");
    assert_eq!(kept.messages.lock().expect("held").len(), 1);
}
