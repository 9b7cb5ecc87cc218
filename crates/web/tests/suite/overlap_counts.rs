//! The figures of the overlap page: by pair, purpose, district and sex, broken exclusions, who is below the cut-off and
//! receives nothing; and what of it leaves the centre.

use crate::{
    common::{Page, World},
    overlap::receives,
};
use domain::{
    event::{Change, Event},
    ids::{AnswerId, HouseholdId, PersonId},
    language::Lang,
    people::{
        AnswerGiven, AnswerValue, Household, HouseholdRegistered, MemberAdded, PersonDetails, Place, Provenance,
        Relationship, Sex,
    },
};
use uuid::Uuid;

/// A family of one, with a score when it has one.
async fn family(world: &World, district: &str, sex: Option<Sex>, score: Option<i64>) -> Household {
    let (home, person) = (HouseholdId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
    let place = Place {
        district: district.into(),
        province_permanent: None,
        tehsil: None,
        union_council: None,
        village: Some("Pabbi".to_owned()),
        directions: None,
    };
    let details = PersonDetails {
        given: "Gulalai".to_owned(),
        father_or_husband: None,
        sex,
        birth: None,
        relationship: Some(Relationship::Head),
        marital_status: None,
        identities: vec![],
    };
    let mut events: Vec<Event> = vec![
        HouseholdRegistered { centre: district.into(), place, phones: vec![] }.into(),
        MemberAdded { person, details }.into(),
    ];
    events.extend(score.map(|points| {
        Event::from(AnswerGiven {
            answer: AnswerId(Uuid::now_v7()),
            person: None,
            fact: "scores.nser_2021".to_owned(),
            value: AnswerValue::Decimal(points),
            provenance: Provenance::Verified,
            said_by: None,
            shown_in: Lang::Ur,
            visit: None,
            replaces: vec![],
            reason: None,
            protected: false,
        })
    }));
    let today = world.app.today();
    world.commit((0..).zip(events).map(|(seen, event)| Change::after(home, seen, event, today)).collect()).await;
    world.app.store.people(&world.system).household(home).await.expect("an answer").expect("the family")
}

/// The cells of the rows of a table, by the words in its caption.
fn rows(page: &Page, caption: &str) -> Vec<String> {
    let whole = page.text();
    let text = whole.split("<table").find(|table| table.contains(caption)).unwrap_or_default();
    let body = text.split("<tbody>").nth(1).unwrap_or_default().split("</tbody>").next().unwrap_or_default();
    let plain = |row: &str| {
        let mut words = String::new();
        let mut inside = false;
        for c in row.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    body.split("<tr>").skip(1).map(plain).collect()
}

#[tokio::test]
async fn counts_go_by_pair_district_and_sex_and_leave_rounded() {
    let world = World::new().await;
    for (district, sex) in [
        ("nowshera", Some(Sex::Female)),
        ("nowshera", Some(Sex::Female)),
        ("nowshera", Some(Sex::Female)),
        ("nowshera", Some(Sex::Male)),
        ("nowshera", None),
        ("lower-dir", Some(Sex::Female)),
    ] {
        let family = family(&world, district, sex, None).await;
        receives(&world, &family, "bisp-kafaalat", "bisp", false).await;
        receives(&world, &family, "eobi-survivors-pension", "eobi", false).await;
    }
    let mut unit = world.desk("unit").await;
    let page = unit.get("/insights/overlap").await;
    let lines = rows(&page, "Two or more of the same purpose");
    assert_eq!(lines.len(), 2, "one row a district: {lines:?}");
    assert!(lines[0].ends_with("Nowshera 3 1 5") && lines[1].ends_with("Lower Dir 1 0 1"), "{lines:?}");
    let one = unit.get("/insights/overlap?district=lower-dir").await;
    assert_eq!(rows(&one, "Two or more of the same purpose").len(), 1, "one district is chosen");
    let csv = unit.get("/insights/overlap/export").await.text();
    assert!(csv.contains("\"Nowshera\",5,0,5") && csv.contains("\"Lower Dir\",0,0,0"), "{csv}");
}

#[tokio::test]
async fn programmes_that_exclude_each_other_meet_in_a_household() {
    let world = World::new().await;
    let family = family(&world, "nowshera", Some(Sex::Male), None).await;
    receives(&world, &family, "alkhidmat-orphan-family-support", "alkhidmat", false).await;
    let mut manager = world.desk("manager.nsr").await;
    let before = manager.get("/insights/overlap").await;
    assert_eq!(rows(&before, "Together although one excludes the other").len(), 0);
    receives(&world, &family, "pbm-sweet-homes", "pbm", false).await;
    let page = manager.get("/insights/overlap").await;
    let lines = rows(&page, "Together although one excludes the other");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with("Nowshera 1"), "{lines:?}");
}

#[tokio::test]
async fn who_is_below_the_cut_off_and_receives_nothing_is_counted() {
    let world = World::new().await;
    // At the cut-off of 32.00, below, above, and without a score.
    for score in [Some(3_200), Some(1_450), Some(2_000), Some(3_201), Some(5_000), None] {
        family(&world, "nowshera", Some(Sex::Female), score).await;
    }
    let served = family(&world, "nowshera", Some(Sex::Female), Some(1_100)).await;
    receives(&world, &served, "bisp-kafaalat", "bisp", false).await;
    family(&world, "lower-dir", Some(Sex::Female), Some(1_200)).await;
    let mut manager = world.desk("manager.nsr").await;
    let page = manager.get("/insights/overlap").await;
    let lines = rows(&page, "receives nothing");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with("Nowshera 3"), "{lines:?}");
    let csv = manager.get("/insights/overlap/export").await.text();
    let line = csv.lines().find(|line| line.starts_with("\"nothing\"")).expect("a line").to_owned();
    assert!(line.ends_with("\"Nowshera\",0,0,5"), "three are told as five: {line}");
    let behind = page.links("/insights/overlap/families").first().expect("the families").replace("&#38;", "&");
    let families = manager.get(&behind.replace("&amp;", "&")).await;
    assert_eq!(rows(&families, "Families").len(), 3);
}

#[tokio::test]
async fn merges_of_a_member_stand_on_a_page_for_whoever_decides() {
    let world = World::new().await;
    let family = family(&world, "nowshera", Some(Sex::Female), None).await;
    let address = format!("/people/{}/persons/{}/merges", family.id, family.members[0].id);
    let mut manager = world.desk("manager.nsr").await;
    let page = manager.get(&address).await;
    assert!(page.status == 200 && page.has("No record was ever joined here."), "{}", page.text());
    for login in ["manager.dir", "clerk.nsr", "unit", "bisp.nsr"] {
        assert_eq!(world.desk(login).await.get(&address).await.status, 404, "{login}");
    }
}
