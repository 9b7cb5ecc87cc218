//! Every route as everybody: without a session, and as every role, with ids that belong to nobody here. The rows come
//! from the access table itself, so a new route is walked from the day it is written.

use crate::cases::{apply, card, family, receipt};
use crate::common::{Browser, World};
use domain::{
    access::{Doing, OfficerAppointed, Posting, Role},
    event::Change,
    ids::{OfficerId, VisitId},
    visits::{HouseholdFound, VisitCalled},
};
use std::collections::BTreeMap;
use web::{
    request::{Access, Row, Surface},
    router::TABLE,
};

/// What stands in an address in braces, for records of another centre, district and operator, and for none at all.
struct Ids {
    foreign: BTreeMap<&'static str, String>,
    nobody: String,
}

impl Ids {
    fn address(&self, path: &str, foreign: bool) -> String {
        let mut out = String::new();
        for part in path.split('/').skip(1) {
            out.push('/');
            match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) if foreign => out.push_str(self.foreign.get(name).unwrap_or(&self.nobody)),
                Some(_) => out.push_str(&self.nobody),
                None => out.push_str(part),
            }
        }
        out
    }
}

/// A family of Lower Dir with an application to an operator that has no officer here, its receipt and paper.
async fn foreign(world: &World) -> Ids {
    let gulalai = family(world, "Gulalai", "lower-dir").await;
    let paper = card(world, &gulalai).await;
    let application = apply(world, &gulalai, "eobi-old-age-pension").await;
    let code = receipt(world, &gulalai, vec![application], false).await;
    let mut clerk = world.desk("clerk.dir").await;
    let visit = world.visit(&mut clerk).await;
    let visit = visit.rsplit('/').next().expect("an id").to_owned();
    let id: VisitId = visit.parse().expect("an id");
    let officer = world.app.store.officers(&world.system).by_login("clerk.dir").await.expect("an answer");
    let officer = officer.expect("the clerk").id;
    let found = HouseholdFound { household: gulalai.household, reason: None };
    let today = world.app.today();
    let called = Change::after(id, 1, VisitCalled { officer }, today);
    crate::cases::write(world, vec![called, Change::after(id, 2, found, today)]).await;
    let foreign = BTreeMap::from([
        ("visit", visit),
        ("household", gulalai.household.to_string()),
        ("person", gulalai.head.to_string()),
        ("member", gulalai.head.to_string()),
        ("application", application.to_string()),
        ("paper", paper.to_string()),
        ("code", code.plain().to_owned()),
        ("programme", "eobi-old-age-pension".to_owned()),
        ("name", "style.css".to_owned()),
        ("import", uuid::Uuid::now_v7().to_string()),
        ("state", "refused".to_owned()),
    ]);
    Ids { foreign, nobody: uuid::Uuid::now_v7().to_string() }
}

/// The officers who walk, one for each role; all of them far from Lower Dir.
async fn walkers(world: &World) -> Vec<(&'static [Role], Browser)> {
    appoint_more(world).await;
    vec![
        (&[Role::TokenCounter], world.desk("token.nsr").await),
        (&[Role::RegistrationClerk], world.desk("clerk.nsr").await),
        (&[Role::SocialWorker], world.desk("worker.nsr").await),
        (&[Role::CentreManager], world.desk("manager.nsr").await),
        (&[Role::DepartmentFocal], world.desk("zakat.nsr").await),
        (&[Role::DepartmentSupervisor], world.desk("head.nsr").await),
        (&[Role::GrievanceOfficer], world.desk("grievance.nsr").await),
        (&[Role::ProvincialUnit], world.desk("unit").await),
        (&[Role::ListKeeper], world.desk("lists").await),
        (&[Role::Administrator], world.desk("admin").await),
        (&[Role::Auditor], world.desk("auditor").await),
    ]
}

/// The roles that the common cast leaves out.
pub async fn appoint_more(world: &World) {
    let posting = |centre: bool, district: bool| Posting {
        centre: centre.then(|| "nowshera".into()),
        district: district.then(|| "nowshera".into()),
        operator: None,
    };
    let more = [
        ("manager.nsr", Role::CentreManager, posting(true, true)),
        ("grievance.nsr", Role::GrievanceOfficer, posting(false, true)),
        ("unit", Role::ProvincialUnit, posting(false, false)),
        ("lists", Role::ListKeeper, posting(false, false)),
    ];
    for (login, role, posting) in more {
        if world.app.store.officers(&world.system).by_login(login).await.expect("an answer").is_none() {
            let appointed = OfficerAppointed::decide(login, login, vec![role], posting).expect("an appointment");
            let id = OfficerId(uuid::Uuid::now_v7());
            crate::cases::write(world, vec![Change::after(id, 0, appointed, world.app.today())]).await;
        }
    }
}

async fn ask(browser: &mut Browser, row: &Row, address: &str) -> crate::common::Page {
    match row.method {
        "GET" => browser.get(address).await,
        "POST" => browser.post(address, &[]).await,
        other => panic!("{other} {} is not walked: teach this test the method", row.path),
    }
}

fn named(row: &Row) -> String {
    format!("{:?} {} {}", row.surface, row.method, row.path)
}

/// Whether an address names a record of somebody.
fn names_a_record(row: &Row) -> bool {
    row.path.contains('{') && !row.path.starts_with("/assets/")
}

#[tokio::test]
async fn without_a_session_nothing_of_the_office_opens() {
    let world = World::new().await;
    let ids = foreign(&world).await;
    for row in TABLE.iter().filter(|row| row.surface == Surface::Office && row.access != Access::Anybody) {
        for whose in [true, false] {
            let page = ask(&mut world.office(), row, &ids.address(row.path, whose)).await;
            assert_eq!(page.status, 303, "{}", named(row));
            assert!(page.location().starts_with("/sign-in?next=/"), "{} leads to signing in", named(row));
        }
    }
}

#[tokio::test]
async fn a_role_opens_its_own_routes_and_no_foreign_record_on_them() {
    let world = World::new().await;
    let ids = foreign(&world).await;
    for (roles, mut browser) in walkers(&world).await {
        let role = roles[0];
        let auditor = role == Role::Auditor;
        for row in TABLE.iter().filter(|row| row.surface == Surface::Office) {
            // Signing out or locking would end the walk.
            if row.path == "/sign-out" || (row.path == "/lock" && row.method == "POST") {
                continue;
            }
            let may = match row.access {
                Access::Anybody | Access::SignedIn => true,
                Access::May(doing) => role.may().contains(&doing),
            };
            let mut answers = Vec::new();
            for whose in [true, false] {
                // The form token of the last page may have been another page's: ask for a fresh one first.
                browser.get("/password").await;
                let page = ask(&mut browser, row, &ids.address(row.path, whose)).await;
                let context = format!("{} as {role} answered {}", named(row), page.status);
                assert!(page.status < 500, "{context}");
                if !may {
                    assert_eq!(page.status, 404, "{context}");
                }
                if may && names_a_record(row) {
                    let allowed: &[u16] = if auditor { &[200, 303, 404] } else { &[303, 400, 404] };
                    assert!(allowed.contains(&page.status), "{context}: a foreign record");
                    assert!(!page.has("Gulalai"), "{context}: names a person of another district");
                }
                answers.push(page.status);
            }
            if names_a_record(row) && !auditor {
                assert_eq!(answers[0], answers[1], "{} as {role}: not yours and not there read alike", named(row));
            }
        }
    }
}

#[tokio::test]
async fn the_public_routes_open_for_everybody_and_show_no_record() {
    let world = World::new().await;
    let ids = foreign(&world).await;
    for row in TABLE.iter().filter(|row| row.surface == Surface::Public) {
        assert_eq!(row.access, Access::Anybody, "{}: the public listener has no sessions", named(row));
        for whose in [true, false] {
            let mut phone = world.public();
            phone.get("/track").await;
            let page = ask(&mut phone, row, &ids.address(row.path, whose)).await;
            let context = format!("{} answered {}", named(row), page.status);
            assert!([200, 303, 404, 422].contains(&page.status), "{context}");
            assert!(!page.has("Gulalai"), "{context}");
        }
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_or_from_another_session_changes_nothing() {
    let world = World::new().await;
    let ids = foreign(&world).await;
    for (roles, mut browser) in walkers(&world).await {
        for row in TABLE.iter().filter(|row| row.surface == Surface::Office && row.method == "POST") {
            let may = match row.access {
                Access::Anybody | Access::SignedIn => true,
                Access::May(doing) => roles[0].may().contains(&doing),
            };
            let page = browser.post(&ids.address(row.path, false), &[("csrf", "another session's")]).await;
            let want = if may { 403 } else { 404 };
            assert_eq!(page.status, want, "{} as {}", named(row), roles[0]);
        }
    }
}

#[test]
fn every_doing_has_a_route_and_a_role() {
    for doing in Doing::ALL {
        let route = TABLE.iter().any(|row| row.access == Access::May(*doing));
        let role = Role::ALL.iter().any(|role| role.may().contains(doing));
        assert!(route && role, "{doing} has no route or no role");
    }
}

#[test]
fn no_route_stands_twice_and_every_word_in_braces_is_known_to_this_walk() {
    const WORDS: [&str; 9] =
        ["visit", "household", "person", "member", "application", "paper", "code", "programme", "name"];
    // Ids that only their own officers reach; walked with an id of nobody.
    const OTHERS: &[&str] = &[
        "opening",
        "token",
        "kept",
        "dispatch",
        "deputy",
        "link",
        "import",
        "state",
        "officer",
        "receipt",
        "fact",
        "task",
        "answer",
        "situation",
        "site",
        "topic",
        "subject",
        "grievance",
        "pair",
        "correction",
        "listing",
        "centre",
    ];
    let mut unknown = std::collections::BTreeSet::new();
    for (index, row) in TABLE.iter().enumerate() {
        let twice = TABLE[..index].iter().any(|r| (r.surface, r.method, r.path) == (row.surface, row.method, row.path));
        assert!(!twice, "{} stands twice", named(row));
        for word in row.path.split('/').filter_map(|part| part.strip_prefix('{')).map(|part| part.trim_end_matches('}'))
        {
            if !WORDS.contains(&word) && !OTHERS.contains(&word) {
                unknown.insert(word);
            }
        }
    }
    assert!(unknown.is_empty(), "teach this walk about {unknown:?}");
}
