//! Erasing content: it is gone everywhere, the chain still holds, and a rebuild arrives at the same rows.

use crate::common::{Base, On, on_both, run, story, story::Story};
use domain::{
    applications::{ApplicationFlagged, Status},
    event::{Event, Record},
    ids::{ApplicationId, PersonId},
    language::Lang,
    people::{
        AnswerValue, ConsentHow, ConsentPurpose, ConsentStated, ErasureProposed, ErasureWithdrawn, PersonDetails,
    },
};
use store::{Forgetting, Redaction, RedactionRefused, StoreError};

/// The versions of a record's events of some kinds.
async fn versions(base: &Base, story: &Story<'_>, record: Record, kinds: &[&str], holding: &str) -> Vec<i64> {
    let list = kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select cast(j.version as text) from journal j join journal_payload p on p.record_id = j.record_id
         and p.version = j.version where j.record_kind = '{}' and j.kind in ({list}) and p.payload like '%{holding}%'
         order by j.version",
        record.kind
    );
    let found: Vec<i64> = base.raw().await.texts(&sql).await.iter().map(|v| v.parse().expect("a version")).collect();
    assert!(!found.is_empty() && story.teller.version(record) > 0, "{kinds:?} {holding}");
    found
}

fn redaction(story: &Story<'_>, record: impl Into<Record>, versions: Vec<i64>) -> Redaction {
    let officers = (story.officers["admin"], story.officers["auditor"]);
    Redaction { record: record.into(), versions, reason: "the wrong person was registered".to_owned(), officers }
}

/// Sealed and whole, with so many erased, and a rebuild gives what stands there.
async fn whole(base: &Base, story: &Story<'_>, redacted: u64) {
    base.seal(story.teller.at).await;
    let verified = base.store.verify().await.expect("an answer");
    assert_eq!((verified.faults, verified.redacted), (vec![], redacted));
    let before = base.raw().await.dump().await;
    let rebuilt = base.store.rebuild(true).await.expect("a rebuild");
    assert_eq!((rebuilt.differing, rebuilt.redacted), (vec![], redacted));
    assert_eq!(base.raw().await.dump().await, before);
}

on_both!(an_erased_person_is_gone_with_keys_and_content, async |base: &Base| {
    let story = story::full(base).await;
    base.seal(story.teller.at).await;
    let bilal = story.members[1];
    let which = versions(base, &story, story.household.into(), &["member-added"], &bilal.to_string()).await;
    let keys = format!("person_key where person_id = {}", base.literal(bilal.0));
    let mut raw = base.raw().await;
    assert!(raw.count(&keys).await > 0);
    let erased = base.store.redact(&base.system, redaction(&story, story.household, which), story.teller.at).await;
    assert_eq!(erased.expect("erased"), 1);
    assert_eq!(raw.count(&keys).await, 0);
    let household =
        base.store.people(&base.system).household(story.household).await.expect("an answer").expect("there");
    let names: Vec<PersonDetails> = household.members.into_iter().map(|member| member.details).collect();
    let names: Vec<&str> = names.iter().map(|details| details.given.as_str()).collect();
    assert_eq!(names, ["Amina Bibi", "Zainab", "Hamza Zaman", "Sher Zaman"]);
    assert_eq!(raw.count("journal_payload where payload like '%1720134567891%'").await, 0);
    if !base.is_postgres() {
        nothing_left_in_files(base, b"1720134567891");
    }
    whole(base, &story, 1).await;
});

/// Deleted rows may live on in free pages and in the write-ahead log; here they must not.
fn nothing_left_in_files(base: &Base, secret: &[u8]) {
    for file in std::fs::read_dir(base.dir.path()).expect("a folder") {
        let path = file.expect("a file").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("bytes");
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{} still holds it", path.display());
        }
    }
}

on_both!(what_stood_on_an_erased_event_falls_back, async |base: &Base| {
    let story = story::full(base).await;
    // The household's first event, a corrected member's first event, and the newest answer with what it replaced.
    let household = Record::from(story.household);
    let mut which = versions(base, &story, household, &["member-added"], &story.members[3].to_string()).await;
    which.push(1);
    which.extend(versions(base, &story, household, &["answer-given"], "12000").await);
    which.extend(versions(base, &story, household, &["paper-task-opened"], "b_form").await);
    let count = which.len() as u64;
    base.store.redact(&base.system, redaction(&story, household, which), story.teller.at).await.expect("erased");
    whole(base, &story, count).await;
    let mut raw = base.raw().await;
    let left = "select fact from answer where set_aside is null and fact = 'household.monthly_income_pkr'";
    assert_eq!(raw.texts(left).await, ["household.monthly_income_pkr"], "the earlier answer counts again");
});

on_both!(every_kind_of_record_can_lose_its_content, async |base: &Base| {
    let story = story::full(base).await;
    let mut erased = 0;
    let records: [Record; 4] =
        [story.visit.into(), story.kafaalat.into(), story.receipt.into(), story.officers["clerk.nsr"].into()];
    for record in records {
        // First the beginning alone, so that all that follows finds nothing to change; then the rest.
        for which in [vec![1], (2..=story.teller.version(record)).collect()] {
            erased += which.len() as u64;
            let done = base.store.redact(&base.system, redaction(&story, record, which), story.teller.at).await;
            done.unwrap_or_else(|error| panic!("{record:?}: {error}"));
            whole(base, &story, erased).await;
        }
    }
});

on_both!(an_erased_paper_takes_its_photograph_along, async |base: &Base| {
    let story = story::full(base).await;
    let copy = async |paper| {
        let papers = base.store.papers(&base.system);
        papers.copy(paper, None).await.expect("an answer").map(|(file, _)| file.hash)
    };
    let hash = copy(story.paper).await.expect("a photograph");
    let which = versions(base, &story, story.household.into(), &["paper-recorded"], &story.paper.to_string()).await;
    base.store.redact(&base.system, redaction(&story, story.household, which), story.teller.at).await.expect("erased");
    assert_eq!(base.store.blobs().get(&hash).await.expect("an answer"), None);
    whole(base, &story, 1).await;
});

on_both!(an_erasure_is_refused_without_all_it_needs, async |base: &Base| {
    let story = story::full(base).await;
    let admin = story.scope("admin").await;
    let good = redaction(&story, story.household, vec![2]);
    let check = async |scope, redaction: Redaction, want: RedactionRefused| {
        let refused = base.store.redact(scope, redaction, story.teller.at).await.expect_err("refused");
        assert!(matches!(&refused, StoreError::Redaction(found) if *found == want), "{refused:?} for {want:?}");
    };
    let mut alone = good.clone();
    alone.officers.1 = alone.officers.0;
    check(&base.system, alone, RedactionRefused::OneOfficer).await;
    check(&base.system, Redaction { reason: " ".to_owned(), ..good.clone() }, RedactionRefused::ReasonMissing).await;
    check(&base.system, Redaction { versions: vec![2, 999], ..good.clone() }, RedactionRefused::Gone(999)).await;
    check(&base.system, Redaction { versions: vec![], ..good.clone() }, RedactionRefused::Gone(0)).await;
    check(&admin, good.clone(), RedactionRefused::NotAllowed).await;
    base.store.redact(&base.system, good.clone(), story.teller.at).await.expect("erased");
    check(&base.system, good, RedactionRefused::Gone(2)).await;
    whole(base, &story, 1).await;
});

/// An answer of Bilal that only this test gives: so long that no key and no hash holds it by chance.
const ANSWER: i64 = 735_194_206_857;

/// An application for Bilal whose verdict holds his answer, with words that name him and his number.
async fn application_of_bilal(story: &mut Story<'_>) -> ApplicationId {
    let (worker, focal) = (story.scope("worker.nsr").await, story.scope("bisp.nsr").await);
    let (id, bilal) = (ApplicationId(uuid::Uuid::now_v7()), story.members[1]);
    let told = story::answer("person.monthly_wage_pkr", Some(bilal), AnswerValue::Int(ANSWER), story.visit);
    let mut submitted = story::application("bisp-kafaalat", "bisp", story.household, bilal, story.visit);
    submitted.verdict = serde_json::json!({ "member": bilal, "seen": { "number": ANSWER } });
    let forwarded = story::forward(&submitted);
    let events: [(Record, Event); 3] =
        [(story.household.into(), told.into()), (id.into(), submitted.into()), (id.into(), forwarded.into())];
    story.teller.tell(&worker, events).await;
    let words = Some("Bilal must bring the form 17201-3456789-1");
    let received = story::step(Status::Forwarded, Status::Received, words);
    let flagged =
        ApplicationFlagged { fact: "person.monthly_wage_pkr".to_owned(), reason: "BILAL left school".to_owned() };
    story.teller.tell::<Event>(&focal, [(id.into(), received.into()), (id.into(), flagged.into())]).await;
    id
}

fn forgetting(story: &Story<'_>, person: Option<PersonId>) -> Forgetting {
    let officers = (story.officers["admin"], story.officers["auditor"]);
    Forgetting { household: story.household, person, reason: "the family asked".to_owned(), officers }
}

/// Every text of every table, journal included.
async fn everything(base: &Base) -> String {
    let mut raw = base.raw().await;
    let mut all = format!("{:?}", raw.dump().await);
    all.push_str(&raw.texts("select payload from journal_payload").await.join("\n"));
    all.push_str(&raw.texts("select purpose from read_log").await.join("\n"));
    all.push_str(&raw.texts("select outcome from command").await.join("\n"));
    all
}

/// Sealed and whole, and a rebuild gives what stands there.
async fn still_whole(base: &Base, story: &Story<'_>) {
    base.seal(story.teller.at).await;
    assert_eq!(base.store.verify().await.expect("an answer").faults, []);
    let before = base.raw().await.dump().await;
    assert_eq!(base.store.rebuild(true).await.expect("a rebuild").differing, Vec::<String>::new());
    assert_eq!(base.raw().await.dump().await, before);
}

on_both!(a_forgotten_person_is_in_no_table_and_no_payload, async |base: &Base| {
    let mut story = story::full(base).await;
    let (id, bilal) = (application_of_bilal(&mut story).await, story.members[1]);
    base.seal(story.teller.at).await;
    let clerk = story.scope("clerk.nsr").await;
    let purpose = store::access::Purpose::Reason("Bilal's uncle asked".to_owned());
    base.store.log_read(&clerk, "household", Some(story.household.0), &purpose, story.teller.at).await.expect("logged");
    let holds = [
        "Bilal",
        "BILAL",
        "1720134567891",
        "17201-3456789-1",
        "735194206857",
        // A request for a correction that was made on him, whether or not it names him.
        "in the cold winter",
        "as on the green form",
    ];
    let before = everything(base).await;
    assert!(holds.iter().all(|secret| before.contains(secret)), "the story holds all of it first");
    let lost =
        base.store.forget(&base.system, forgetting(&story, Some(bilal)), story.teller.at).await.expect("forgotten");
    assert!(lost > 5, "{lost} events lost something");
    let after = everything(base).await;
    for secret in holds {
        assert!(!after.contains(secret), "{secret} still stands");
        if !base.is_postgres() {
            nothing_left_in_files(base, secret.as_bytes());
        }
    }
    assert!(after.contains("Amina Bibi") && after.contains("Hamza"), "the others stay");
    assert!(after.contains("with a long vowel"), "what was asked about another stays");
    let application = base.store.applications(&base.system).get(id).await.expect("an answer").expect("still there");
    assert_eq!((application.status, application.submitted.verdict), (Status::Received, serde_json::Value::Null));
    assert_eq!(application.submitted.person, Some(bilal), "whose it was is a key, and a key names nobody");
    let amina = base.store.applications(&base.system).get(story.kafaalat).await.expect("an answer").expect("there");
    assert!(!amina.submitted.verdict.is_null(), "another's application keeps what it stands on");
    still_whole(base, &story).await;
    // What an erasure left may not be changed either.
    let sql = "update journal_payload set payload = replace(payload, '[…]', 'changed') where payload like '%[…]%'";
    assert!(base.raw().await.execute(sql).await > 0);
    assert!(!base.store.verify().await.expect("an answer").faults.is_empty());
});

on_both!(a_family_is_forgotten_when_nothing_waits_for_an_answer, async |base: &Base| {
    let mut story = story::full(base).await;
    let refused =
        base.store.forget(&base.system, forgetting(&story, None), story.teller.at).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Redaction(RedactionRefused::ApplicationsOpen)), "{refused:?}");
    let desk = story.scope("worker.nsr").await;
    for application in base.store.applications(&base.system).of_household(story.household).await.expect("applications")
    {
        if application.status.is_open() {
            let withdrawn = story::step(application.status, Status::Withdrawn, None);
            story.teller.one(&desk, application.id, withdrawn).await;
        }
    }
    // The last digits of the card that was seen for a lost receipt.
    let digits = "\"digits\":\"6782\"";
    assert!(everything(base).await.contains(digits));
    base.store.forget(&base.system, forgetting(&story, None), story.teller.at).await.expect("forgotten");
    let after = everything(base).await;
    assert!(!after.contains(digits));
    for secret in [
        "Amina",
        "Hamza",
        "1720123456782",
        "3001234567",
        "behind the mosque, Akora",
        "in the cold winter",
        "with a long vowel",
        "the card says otherwise",
        "the health worker",
    ] {
        assert!(!after.contains(secret), "{secret} still stands");
    }
    assert!(after.contains("Gulalai"), "the other family stays");
    still_whole(base, &story).await;
    let again = base.store.forget(&base.system, forgetting(&story, None), story.teller.at).await.expect_err("refused");
    assert!(matches!(again, StoreError::Redaction(RedactionRefused::Nobody)), "{again:?}");
});

on_both!(who_does_not_agree_to_keeping_is_listed_until_they_agree_again, async |base: &Base| {
    let mut story = story::full(base).await;
    let (manager, stranger) = (story.scope("worker.nsr").await, story.scope("clerk.dir").await);
    let keep = |given| ConsentStated {
        purpose: ConsentPurpose::Keep,
        given,
        by: None,
        how: ConsentHow::Spoken,
        language: Lang::Ps,
        phone: None,
    };
    let listed = async |scope| {
        let asked = base.store.people(scope).asked_to_forget().await.expect("an answer");
        asked.iter().map(|one| format!("{}, {}, {} open", one.head, one.stated_on, one.open)).collect::<Vec<_>>()
    };
    assert_eq!(listed(&manager).await, Vec::<String>::new(), "they agreed");
    story.teller.one(&manager, story.household, keep(false)).await;
    assert_eq!(listed(&manager).await, ["Amina Bibi, 2026-11-02, 1 open"], "the protected one is not counted");
    assert_eq!(listed(&stranger).await, Vec::<String>::new(), "not another district's");
    story.teller.one(&manager, story.household, keep(true)).await;
    assert_eq!(listed(&manager).await, Vec::<String>::new(), "they agree again");
});

on_both!(forgetting_needs_the_program_a_reason_and_two_officers, async |base: &Base| {
    let story = story::full(base).await;
    let admin = story.scope("admin").await;
    let good = forgetting(&story, Some(story.members[1]));
    let check = async |scope, asked: Forgetting, want: RedactionRefused| {
        let refused = base.store.forget(scope, asked, story.teller.at).await.expect_err("refused");
        assert!(matches!(&refused, StoreError::Redaction(found) if *found == want), "{refused:?} for {want:?}");
    };
    check(&admin, good.clone(), RedactionRefused::NotAllowed).await;
    check(&base.system, Forgetting { reason: " ".to_owned(), ..good.clone() }, RedactionRefused::ReasonMissing).await;
    let alone = Forgetting { officers: (good.officers.0, good.officers.0), ..good };
    check(&base.system, alone, RedactionRefused::OneOfficer).await;
});

on_both!(one_officer_decides_on_forgetting_and_another_confirms, async |base: &Base| {
    let mut story = story::full(base).await;
    let (worker, clerk) = (story.scope("worker.nsr").await, story.scope("clerk.nsr").await);
    let stranger = story.scope("clerk.dir").await;
    let confirm = async |scope, at| base.store.confirm_erasure(scope, story.household, at).await;
    let refused = async |scope, at, want: RedactionRefused| {
        let refused = confirm(scope, at).await.expect_err("refused");
        assert!(matches!(&refused, StoreError::Redaction(found) if *found == want), "{refused:?} for {want:?}");
    };
    let at = story.teller.at;
    refused(&clerk, at, RedactionRefused::NotProposed).await;
    let proposed = || ErasureProposed { reason: "asked".to_owned() };
    story.teller.one(&worker, story.household, proposed()).await;
    let waiting = base.store.people(&clerk).erasure(story.household).await.expect("read").expect("it waits");
    assert_eq!((waiting.officer, waiting.reason.as_str()), (Some(story.officers["worker.nsr"]), "asked"));
    let at = story.teller.at;
    refused(&worker, at, RedactionRefused::SameOfficer).await;
    refused(&stranger, at, RedactionRefused::NotProposed).await;
    refused(&clerk, at, RedactionRefused::ApplicationsOpen).await;
    story.teller.one(&worker, story.household, ErasureWithdrawn {}).await;
    refused(&clerk, story.teller.at, RedactionRefused::NotProposed).await;
    story.teller.one(&worker, story.household, proposed()).await;
    for application in base.store.applications(&base.system).of_household(story.household).await.expect("applications")
    {
        if application.status.is_open() {
            let withdrawn = story::step(application.status, Status::Withdrawn, None);
            story.teller.one(&worker, application.id, withdrawn).await;
        }
    }
    confirm(&clerk, story.teller.at).await.expect("forgotten");
    let after = everything(base).await;
    assert!(!after.contains("Amina") && !after.contains("1720123456782"), "gone everywhere");
    assert!(base.store.people(&base.system).erasure(story.household).await.expect("read").is_none());
    still_whole(base, &story).await;
});

/// While somebody reads, the write-ahead log keeps what was erased; that is known, and mended as soon as it can be.
#[test]
fn what_the_log_still_holds_is_emptied_when_the_reading_ends() {
    run(On::Sqlite, "log", async |base: &Base| {
        let story = story::full(base).await;
        let bilal = story.members[1];
        let which = versions(base, &story, story.household.into(), &["member-added"], &bilal.to_string()).await;
        let mut reader = base.raw().await;
        reader.execute("begin").await;
        reader.texts("select login from officer").await;
        base.store
            .redact(&base.system, redaction(&story, story.household, which), story.teller.at)
            .await
            .expect("erased");
        assert!(base.store.log_holds_erased().await.expect("read"), "somebody reads");
        base.seal(story.teller.at).await;
        assert!(base.store.log_holds_erased().await.expect("read"), "somebody still reads");
        reader.execute("commit").await;
        base.seal(story.teller.at).await;
        assert!(!base.store.log_holds_erased().await.expect("read"));
        nothing_left_in_files(base, b"1720134567891");
    });
}
