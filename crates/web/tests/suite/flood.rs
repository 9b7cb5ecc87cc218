//! A flood of complaints without a receipt is slowed by the network it comes from; nothing that was typed is lost, and
//! whoever comes from elsewhere goes through.

use crate::common::{Browser, Page, World};
use axum::{Extension, extract::ConnectInfo};
use std::net::SocketAddr;

/// A phone in a network.
fn phone(world: &World, address: &str) -> Browser {
    let peer: SocketAddr = address.parse().expect("an address");
    Browser::new(web::public(world.app.clone()).layer(Extension(ConnectInfo(peer))))
}

async fn complain(mut phone: Browser, words: &str) -> Page {
    phone.get("/complain/new").await;
    let fields = [("kind", "conduct"), ("subject", "centre"), ("district", "nowshera"), ("words", words)];
    phone.post("/complain/new", &fields).await
}

#[tokio::test]
async fn a_flood_is_sent_back_with_its_words_and_the_honest_go_through() {
    let world = World::new().await;
    let mut sent = Vec::new();
    for number in 0..45 {
        let one = phone(&world, &format!("203.0.113.{number}:4000"));
        sent.push(tokio::spawn(complain(one, "Again and again.")));
    }
    let mut answers = Vec::new();
    for one in sent {
        answers.push(one.await.expect("an answer"));
    }
    let taken = answers.iter().filter(|page| page.status == 303).count();
    // While they come, the first are a little forgotten.
    assert!((40..=42).contains(&taken), "{taken} were taken");
    for page in answers.iter().filter(|page| page.status != 303) {
        assert_eq!((page.status, &page.headers["retry-after"]), (429, &"300".parse().expect("a header")));
        assert!(page.has("Again and again."), "the words come back");
    }
    let honest = complain(phone(&world, "198.51.100.7:4000"), "They sent us away.").await;
    assert_eq!(honest.status, 303, "{}", honest.text());
}
