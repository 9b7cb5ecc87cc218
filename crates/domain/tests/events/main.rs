//! The journal's format: one example of each kind of event, as it is written and as it was ever written.
//!
//! A line that changes here is a journal that older releases wrote and this one can no longer read. Raise the event's
//! format and lift the old one instead.

mod applications;
mod lists;
mod offices;
mod people;
mod visits;

use domain::{
    event::{Event, FORMAT},
    people::Place,
};
use expect_test::expect;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A key that ends in a number, so that the examples stay readable.
fn key<I: From<Uuid>>(number: u128) -> I {
    I::from(Uuid::from_u128(number))
}

fn day(text: &str) -> domain::Date {
    text.parse().expect("a day")
}

fn place() -> Place {
    Place {
        district: "nowshera".into(),
        province_permanent: Some("kp".to_owned()),
        tehsil: None,
        union_council: Some("Pabbi 2".to_owned()),
        village: Some("Pabbi".to_owned()),
        directions: None,
    }
}

fn every_kind() -> Vec<Event> {
    [
        people::people(),
        people::what_a_family_asks(),
        lists::lists(),
        people::answers_and_papers(),
        people::pairs(),
        visits::visits(),
        applications::applications(),
        offices::grievances(),
        offices::services(),
        offices::office(),
    ]
    .concat()
}

#[test]
fn there_is_an_example_of_every_kind() {
    let shown: BTreeSet<&str> = every_kind().iter().map(Event::kind).collect();
    assert_eq!(shown, Event::KINDS.iter().copied().collect());
}

#[test]
fn every_event_is_read_back_as_it_was_written() {
    for event in every_kind() {
        let read = Event::decode(event.kind(), FORMAT, &event.payload()).expect("readable");
        assert_eq!(read, event);
    }
}

#[test]
fn an_event_of_another_release_is_refused_with_the_next_step() {
    let refused = Event::decode("member-list-stated", FORMAT + 1, "{}").expect_err("refused").to_string();
    expect![[r#"The journal holds a "member-list-stated" event of version 2 that this release does not know. Upgrade onewindow."#]].assert_eq(&refused);
    let refused = Event::decode("member-list-stated", FORMAT, "{}").expect_err("refused").to_string();
    expect![[r#"A "member-list-stated" event cannot be read: missing field `complete` at line 1 column 2. Restore the journal from a backup."#]].assert_eq(&refused);
}

#[test]
fn the_format_of_every_kind_stands() {
    let lines: String = every_kind().iter().map(|event| format!("{} {}\n", event.kind(), event.payload())).collect();
    expect![[r#"
        household-registered {"centre":"nowshera","place":{"district":"nowshera","province_permanent":"kp","tehsil":null,"union_council":"Pabbi 2","village":"Pabbi","directions":null},"phones":[{"number":"+923001234567","whose":null,"may_message":true}]}
        household-corrected {"place":{"district":"nowshera","province_permanent":"kp","tehsil":null,"union_council":"Pabbi 2","village":"Pabbi","directions":null},"phones":[{"number":"+923001234567","whose":null,"may_message":true}],"reason":"as on the card"}
        member-added {"person":"00000000-0000-0000-0000-000000000001","details":{"given":"Amina Bibi","father_or_husband":"Sher Zaman","sex":"female","birth":"~1988","relationship":"head","marital_status":"widowed","identities":[{"number":{"kind":"cnic","digits":"1720123456782"},"check":"paper_seen","expires":"2030-01-31"}]}}
        person-corrected {"person":"00000000-0000-0000-0000-000000000001","details":{"given":"Amina Bibi","father_or_husband":"Sher Zaman","sex":"female","birth":"~1988","relationship":"head","marital_status":"widowed","identities":[{"number":{"kind":"cnic","digits":"1720123456782"},"check":"paper_seen","expires":"2030-01-31"}]},"reason":"as on the card"}
        member-left {"person":"00000000-0000-0000-0000-000000000002","reason":"death","on":"2026-10-30"}
        member-list-stated {"complete":true}
        consent-stated {"purpose":"forward","given":true,"by":"00000000-0000-0000-0000-000000000001","how":"thumb","language":"ps"}
        consent-stated {"purpose":"message","given":true,"by":null,"how":"spoken","language":"ur","phone":{"number":"+923001234567","whose":"the neighbour's","seen_by":"others"}}
        erasure-proposed {"reason":"the family asked"}
        erasure-withdrawn {}
        correction-asked {"household":"00000000-0000-0000-0000-00000000000a","centre":"nowshera","receipt":"00000000-0000-0000-0000-00000000000d","visit":null,"field":"birth","whose":"Bilal","should_be":"2012","why":"the B-Form says so","paper":null,"seen":4,"protected":false,"since":"2026-11-02","due":"2026-11-23"}
        correction-answered {"to":"accepted","words":null,"done":{"version":5,"person":"00000000-0000-0000-0000-000000000002","applications":["00000000-0000-0000-0000-000000000008"],"pack":"cd","moved":["bisp-kafaalat"]}}
        correction-answered {"to":"refused","words":"the card says 2011","done":null}
        helper-named {"helper":"00000000-0000-0000-0000-00000000000f","name":"Gulalai","kind":"lady_health_worker","phone":"+923007654321","may":["status","papers"],"until":"2027-02-28","by":"00000000-0000-0000-0000-000000000001","how":"thumb","language":"ps"}
        helper-ended {"helper":"00000000-0000-0000-0000-00000000000f","by":"receipt"}
        visitor-said {"helper":"00000000-0000-0000-0000-00000000000f"}
        import-opened {"list":{"source":"District Zakat Committee Nowshera","title":"Guzara 2026","operator":"kp-zakat","programme":"kpz-guzara","district":"nowshera","stated_on":"2026-10-01","gives":{"purpose":"cash","amount":1200000,"per":"half_year"}},"file":"abab","file_name":"guzara.xlsx","mapping":{"given":"Name"},"head":["S.No","Name"],"batch_rows":2000,"matched_by":"people 1"}
        rows-accepted {"batch":1,"rows":"cdcd","tally":{"new":1,"matched":2,"review":3,"refused":4}}
        import-finished {"tally":{"new":1,"matched":2,"review":3,"refused":4}}
        import-cancelled {"reason":"the wrong file"}
        listed-matched {"person":"00000000-0000-0000-0000-000000000001","reason":"same card"}
        listed-decided {"decision":"same","person":"00000000-0000-0000-0000-000000000001","limits":["other_district","own_import"],"followers":["00000000-0000-0000-0000-000000000002"],"evidence":["same_number"],"reason":"same card"}
        listed-decided {"decision":"refused","person":null,"reason":"a shop"}
        listed-confirmed {"person":"00000000-0000-0000-0000-000000000001","proposed_by":"00000000-0000-0000-0000-000000000002"}
        listed-taken-back {"person":"00000000-0000-0000-0000-000000000001","followers":["00000000-0000-0000-0000-000000000002"],"reason":"another woman"}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"bool":true},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"int":12000},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"decimal":325},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"code":"rented"},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-given {"answer":"00000000-0000-0000-0000-000000000003","person":"00000000-0000-0000-0000-000000000001","fact":"person.monthly_income_pkr","value":{"set":{"has":["cow","goat"],"complete":true}},"provenance":"said","said_by":null,"shown_in":"ur","visit":"00000000-0000-0000-0000-000000000004","replaces":["00000000-0000-0000-0000-000000000005"],"reason":"said wrongly","protected":false}
        answer-withdrawn {"answer":"00000000-0000-0000-0000-000000000003","reason":"said wrongly"}
        paper-recorded {"paper":"00000000-0000-0000-0000-000000000006","kind":"cnic","person":"00000000-0000-0000-0000-000000000001","state":"present","expires":"2030-01-31","file":{"hash":"abababab","kind":"jpeg","bytes":1024},"protected":false}
        paper-task-opened {"task":"00000000-0000-0000-0000-000000000007","kind":"b_form","person":"00000000-0000-0000-0000-000000000002","applications":["00000000-0000-0000-0000-000000000008"]}
        paper-task-moved {"task":"00000000-0000-0000-0000-000000000007","state":"booked"}
        link-decided {"first":"00000000-0000-0000-0000-000000000001","second":"00000000-0000-0000-0000-00000000000d","decision":"same","kept":"00000000-0000-0000-0000-000000000001","limits":["other_district","much_at_stake"],"evidence":["number_one_digit_off","same_phone"],"reason":"the card was read wrongly in Dir"}
        persons-merged {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","proposed_by":"00000000-0000-0000-0000-000000000009","approved_by":"00000000-0000-0000-0000-00000000000b","flagged":["00000000-0000-0000-0000-000000000008"]}
        merge-undone {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","reason":"two sisters-in-law"}
        records-joined {"kept":"00000000-0000-0000-0000-000000000001","absorbed":"00000000-0000-0000-0000-00000000000d","link":"00000000-0000-0000-0000-00000000000e"}
        records-parted {"absorbed":"00000000-0000-0000-0000-00000000000d","link":"00000000-0000-0000-0000-00000000000e"}
        application-flag-lifted {"fact":"person.joined@00000000-0000-0000-0000-00000000000d"}
        token-issued {"centre":"nowshera","number":12,"counter":"women","language":"ps","topic":"help"}
        visit-called {"officer":"00000000-0000-0000-0000-000000000009"}
        household-found {"household":"00000000-0000-0000-0000-00000000000a","reason":"moved here"}
        question-left {"fact":"household.owns_land","person":null}
        help-asked {"fact":"person.needs_safe_place"}
        screened {"household":"00000000-0000-0000-0000-00000000000a","pack":"cd","on":"2026-11-02","facts":"ef","verdicts":[{"programme":"bisp-kafaalat","outcome":"may_qualify","candidates":["00000000-0000-0000-0000-000000000001"],"protected":false}]}
        package-chosen {"picks":[{"programme":"bisp-kafaalat","person":"00000000-0000-0000-0000-000000000001"}]}
        visit-ended {"outcome":"receipt"}
        token-called {"officer":"00000000-0000-0000-0000-000000000009","desk":3}
        visit-handed {"desk":5,"note":"the B-Form is missing"}
        visit-stated {"served_by":"Saima, desk 2","form":"NSR-7"}
        day-closed {"centre":"nowshera","day":"2026-11-02","counts":{"tokens":4,"outcomes":{"receipt":2,"left":1},"open":1,"families":1,"applications":{"bisp-kafaalat":2},"papers":3,"receipts":2,"money":1450000,"later":1},"seal":{"number":7,"hash":"abab"}}
        application-submitted {"household":"00000000-0000-0000-0000-00000000000a","person":"00000000-0000-0000-0000-000000000001","programme":"bisp-kafaalat","operator":"bisp","district":"nowshera","centre":"nowshera","visit":"00000000-0000-0000-0000-000000000004","pack":"cd","outcome":"may_qualify","verdict":{"rules":["income"]},"facts_used":["household.monthly_income_pkr"],"papers":["cnic","b_form"],"missing_papers":["b_form"],"limits":{"acknowledge":3,"complete_or_return":7,"decide":30},"promised":"2026-12-14","protected":false}
        application-moved {"from":"under_review","to":"rejected","clock":"nobody","since":"2026-11-02","due":"2026-11-30","days_left":20,"rule":"income","words":"The income is above the limit.","place":4}
        application-moved {"from":"under_review","to":"approved","clock":"department","since":"2026-11-02","due":null,"days_left":null,"rule":null,"words":null,"place":null,"granted":{"amount":[1450000,"quarter"],"from":"2026-12-01"}}
        application-flagged {"fact":"household.monthly_income_pkr","reason":"corrected"}
        delivery-recorded {"amount":1450000,"what":"cash","on":"2026-11-02"}
        receipt-issued {"code":"BD2FP2D41V","secret_hash":"ab","visit":"00000000-0000-0000-0000-000000000004","household":"00000000-0000-0000-0000-00000000000a","applications":["00000000-0000-0000-0000-000000000008"],"protected":false,"language":"ur"}
        receipt-reissued {"secret_hash":"cd","identity_check":"card seen"}
        receipt-reissued {"secret_hash":"cd","identity_check":"","check":{"seen":"cnic","digits":"6782"}}
        receipt-reissued {"secret_hash":"cd","identity_check":"the family's neighbour came along","check":{"seen":"questions","questions":["father","members"]}}
        dispatch-listed {"number":4,"centre":"nowshera","operator":"eobi","district":"nowshera","applications":["00000000-0000-0000-0000-000000000008"]}
        dispatch-answered {"application":"00000000-0000-0000-0000-000000000008","to":"approved","dated":"2026-11-20"}
        deputy-named {"officer":"00000000-0000-0000-0000-000000000009","deputy":"00000000-0000-0000-0000-00000000000e","operator":"bisp","district":"nowshera","from":"2026-12-01","until":"2026-12-10"}
        deputy-ended {}
        grievance-filed {"code":"EP2WC5RSAK","secret_hash":"ab","kind":"deduction","subject":"application","district":"nowshera","centre":"nowshera","operator":"bisp","programme":"bisp-kafaalat","application":"00000000-0000-0000-0000-000000000008","household":"00000000-0000-0000-0000-00000000000a","receipt":"00000000-0000-0000-0000-00000000000d","officer_named":"the agent in the bazaar","about":["00000000-0000-0000-0000-000000000009"],"amount":50000,"words":"He kept 500 rupees.","name":"Amina Bibi","phone":"+923001234567","protected":false,"appeal":false,"language":"ps","limits":{"assign":3,"answer":30,"citizen":15},"since":"2026-11-02","due":"2026-11-05","answer_by":"2026-12-14"}
        grievance-moved {"from":"assigned","to":"answered","by":"office","holder":"citizen","since":"2026-11-10","due":"2026-12-01","officer":"00000000-0000-0000-0000-00000000000e","department":false,"done":"paid_back","words":"The agent gave it back.","appeal":"upheld","route":"federal-ombudsman"}
        grievance-recused {"officer":"00000000-0000-0000-0000-00000000000e"}
        grievance-secret-renewed {"secret_hash":"ef","identity_check":"card seen"}
        site-added {"details":{"kind":"shelter","services":["night_shelter","meals"],"name":{"en":"Panahgah","ur":"پناہ گاہ"},"address":{"en":"behind the bus stand"},"district":"nowshera","point":{"lat":34015800,"lon":71981200},"phone":"0923 000 000","hours":{"days":[[],[],[],[],[{"from":540,"to":750},{"from":840,"to":1020}],[],[]]},"spoken":["pashto"],"capacity":100,"demo":true}}
        site-corrected {"details":{"kind":"shelter","services":["night_shelter","meals"],"name":{"en":"Panahgah","ur":"پناہ گاہ"},"address":{"en":"behind the bus stand"},"district":"nowshera","point":{"lat":34015800,"lon":71981200},"phone":"0923 000 000","hours":{"days":[[],[],[],[],[{"from":540,"to":750},{"from":840,"to":1020}],[],[]]},"season":{"from":"2027-02-08","until":"2027-03-09","hours":{"days":[[],[],[],[],[],[],[]]}},"spoken":["pashto"],"capacity":100,"demo":true},"reason":"it moved"}
        site-closed {"on":"2026-11-22","reason":"it moved"}
        site-reopened {"reason":"it moved"}
        page-text-corrected {"subject":"situation","name":"illness","part":"notice","words":{"ps":"دفتر بدل شو"},"reason":"it moved"}
        page-text-withdrawn {"reason":"it moved"}
        officer-appointed {"login":"clerk.nsr","name":"Clerk, Nowshera","roles":["registration_clerk"],"posting":{"centre":"nowshera","district":"nowshera","operator":null}}
        officer-changed {"roles":["social_worker"],"posting":{"centre":"nowshera","district":"nowshera","operator":null},"active":true,"reason":"another duty"}
        second-step-reset {"reason":"the phone is lost"}
        protected-opened {"household":"00000000-0000-0000-0000-00000000000a","district":"nowshera","why":"danger","words":"she is at the door","until":"2026-11-22T04:30:00Z"}
        protected-opening-seen {}
        pack-published {"hash":"cd","bundle":"ef","title":"Pakistan","programmes":77}
        redacted {"position":42,"reason":"the wrong person","officers":["00000000-0000-0000-0000-00000000000b","00000000-0000-0000-0000-00000000000c"]}
    "#]].assert_eq(&lines);
}
