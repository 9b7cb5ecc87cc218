//! A department's supervisor names who stands in for an officer of the own office, and lends nothing else.

use crate::cases::{apply, family, turn_clock};
use crate::common::World;

async fn of(world: &World, login: &str) -> String {
    world.app.store.officers(&world.system).by_login(login).await.expect("an answer").expect("there").id.to_string()
}

#[tokio::test]
async fn a_supervisor_names_a_deputy_within_the_own_office_and_it_ends_by_itself() {
    let mut world = World::new().await;
    let amina = family(&world, "Amina Bibi", "nowshera").await;
    let id = apply(&world, &amina, "bisp-kafaalat").await;
    let (away, deputy) = (of(&world, "bisp.nsr").await, of(&world, "bisp.dir").await);
    let mut head = world.desk("head.nsr").await;
    assert_eq!(head.get("/").await.location(), "/deputies", "the place of this role");
    let list = head.get("/deputies?lang=en").await;
    assert!(list.has("bisp.nsr") && list.has("bisp2.nsr"), "{}", list.text());
    assert!(!list.has("bisp.dir") && !list.has("zakat.nsr"), "the own office only: {}", list.text());

    let address = format!("/deputies/{away}");
    let form = [("deputy", deputy.as_str()), ("from", "2026-11-22"), ("until", "2026-11-30")];
    assert!(head.get(&address).await.has("bisp.dir"));
    for login in ["zakat.nsr", "bisp.dir", "clerk.nsr", "head.nsr", "admin"] {
        let foreign = format!("/deputies/{}", of(&world, login).await);
        assert_eq!(head.get(&foreign).await.status, 404, "{login}");
        assert_eq!(head.post(&foreign, &form).await.status, 404, "{login}");
    }
    for login in ["head.nsr", "zakat.nsr", "bisp2.nsr"] {
        let who = of(&world, login).await;
        let refused = head.post(&address, &[("deputy", &*who), form[1], form[2]]).await;
        assert_eq!(refused.status, 422, "{login} cannot stand in");
    }
    for path in ["/applications", "/applications/deputy", "/officers", "/people", "/grievances"] {
        assert_eq!(head.get(path).await.status, 404, "{path}");
    }
    for login in ["bisp2.nsr", "manager.nsr"] {
        let mut other = world.desk(login).await;
        assert_eq!(other.get("/deputies").await.status, 404, "{login}");
        assert_eq!(other.post(&address, &form).await.status, 404, "{login}");
    }

    assert_eq!(world.desk("bisp.dir").await.get(&format!("/applications/{id}")).await.status, 404, "not before");
    head.get(&address).await;
    assert_eq!(head.post(&address, &form).await.location(), address);
    assert!(head.get("/deputies").await.has("bisp.dir"));
    let again = head.post(&address, &[("deputy", &*deputy), ("from", "2026-11-30"), ("until", "2026-12-04")]).await;
    assert!(again.status == 422 && again.has("on some of these days already"), "{}", again.text());
    let mine = world.desk("bisp.nsr").await.get("/applications/deputy?lang=en").await;
    assert!(mine.has("bisp.dir stands in for you"), "the officer reads it: {}", mine.text());
    let mut stands_in = world.desk("bisp.dir").await;
    let version =
        stands_in.get(&format!("/applications/{id}?lang=en")).await.value("version").expect("the inbox is lent");
    let moved = [("version", version.as_str()), ("to", "received")];
    assert_eq!(stands_in.post(&format!("/applications/{id}/move"), &moved).await.status, 303);
    let page = stands_in.get(&format!("/applications/{id}")).await;
    assert!(page.has("bisp.dir, standing in for bisp.nsr"), "in whose place: {}", page.text());

    turn_clock(&mut world, "2026-12-01T05:00:00Z");
    let over = world.desk("bisp.dir").await.get(&format!("/applications/{id}")).await;
    assert_eq!(over.status, 404, "over by itself");
    let mut head = world.desk("head.nsr").await;
    assert!(!head.get("/deputies").await.has("bisp.dir"));
    let early = [("deputy", deputy.as_str()), ("from", "2026-12-01"), ("until", "2026-12-05")];
    head.get(&address).await;
    assert_eq!(head.post(&address, &early).await.status, 303);
    let page = head.get(&address).await;
    let text = page.text();
    let (_, rest) = text.split_once(&format!("action=\"{address}/")).expect("the form that ends it");
    let naming = rest.split('/').next().expect("its key").to_owned();
    assert_eq!(head.post(&format!("{address}/{naming}/end"), &[]).await.location(), address);
    assert!(!head.get("/deputies").await.has("bisp.dir"), "ended by the supervisor");
    assert_eq!(world.desk("bisp.dir").await.get(&format!("/applications/{id}")).await.status, 404);
}
