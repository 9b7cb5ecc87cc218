//! What a monitor asks for: numbers of nobody, on the officers' listener only.

use crate::common::World;

#[tokio::test]
async fn metrics_are_numbers_of_nobody_and_not_for_the_public() {
    let world = World::new().await;
    let mut desk = world.desk("clerk.nsr").await;
    world.family(&mut desk).await;
    let page = world.office().get("/metrics").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for name in [
        "onewindow_events ",
        "onewindow_visits_waiting ",
        "onewindow_requests_total{listener=\"office\",class=\"2xx\"}",
    ] {
        assert!(text.lines().any(|line| line.starts_with(name)), "{name} is missing in\n{text}");
    }
    let value = |line: &str| line.rsplit_once(' ').is_some_and(|(_, value)| value.parse::<i64>().is_ok());
    assert!(text.lines().filter(|line| !line.starts_with('#')).all(value), "every line ends in a number:\n{text}");
    for name in ["Amina", "Bilal", "Sher Zaman", "17201", "0300", "clerk"] {
        assert!(!text.contains(name), "{name}");
    }
    assert_eq!(world.public().get("/metrics").await.status, 404);
}

#[tokio::test]
async fn what_is_odd_when_there_is_much_of_it_is_counted() {
    let world = World::new().await;
    let (mut auditor, mut clerk) = (world.desk("auditor").await, world.office());
    let counted = async || {
        let text = world.office().get("/metrics").await.text();
        ["sign_ins_refused", "sign_ins_slowed", "exports", "protected_opened"].map(|name| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("onewindow_{name}_total ")));
            line.and_then(|value| value.parse::<u64>().ok()).unwrap_or_else(|| panic!("{name} is missing in\n{text}"))
        })
    };
    assert_eq!(counted().await, [0, 0, 0, 0]);
    for _ in 0..7 {
        clerk.get("/sign-in").await;
        assert_eq!(clerk.post("/sign-in", &[("user", "clerk.nsr"), ("password", "a wrong one")]).await.status, 422);
    }
    assert_eq!(auditor.get("/access/reads/export").await.status, 200);
    assert_eq!(counted().await, [5, 2, 1, 0]);
}

#[tokio::test]
async fn health_says_ok_on_both_listeners_while_the_registry_can_be_written() {
    let world = World::new().await;
    for mut browser in [world.office(), world.public()] {
        let page = browser.get("/health").await;
        assert_eq!((page.status, page.text().trim()), (200, "ok"));
    }
    world.app.store.close().await;
    let page = world.office().get("/health").await;
    assert_eq!((page.status, page.text().trim()), (503, "database"));
}
