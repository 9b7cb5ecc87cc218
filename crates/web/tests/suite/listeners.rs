//! The two listeners stay apart: neither answers the other's addresses, nor takes the other's cookies.

use crate::common::{Browser, World};
use std::collections::BTreeSet;
use web::request::Surface;

fn addresses(surface: Surface) -> BTreeSet<&'static str> {
    web::router::TABLE.iter().filter(|row| row.surface == surface && row.method == "GET").map(|row| row.path).collect()
}

#[tokio::test]
async fn no_listener_answers_the_others_addresses() {
    let world = World::new().await;
    let desk = world.desk("clerk.nsr").await;
    let (office, public) = (addresses(Surface::Office), addresses(Surface::Public));
    let check = async |mut browser: Browser, foreign: BTreeSet<&'static str>| {
        assert!(!foreign.is_empty());
        for path in foreign.into_iter().filter(|path| !path.contains('{')) {
            let page = browser.get(path).await;
            assert_eq!(page.status, 404, "{path}");
        }
    };
    let office_only: BTreeSet<_> = office.difference(&public).copied().collect();
    let public_only: BTreeSet<_> = public.difference(&office).copied().collect();
    // Even with an officer's session, the public listener has no officers' pages.
    check(desk.at(web::public(world.app.clone())), office_only).await;
    check(desk, public_only.into_iter().filter(|path| !office_prefix(path)).collect()).await;
}

/// Addresses that an office route with a key in it would take.
fn office_prefix(path: &str) -> bool {
    let begin = path.rsplit_once('/').map_or("", |(begin, _)| begin);
    addresses(Surface::Office)
        .iter()
        .any(|office| office.strip_prefix(begin).is_some_and(|rest| rest.starts_with("/{")))
}
