//! Amina Bibi was registered twice, in two districts, under two spellings: her records are joined, read as one, and
//! parted again to what was there.

use crate::common::{
    Base, cast, on_both,
    raw::Raw,
    story::{self, Story, answer, application, forward, paper},
};
use domain::{
    applications::Status,
    event::{Change, Event, Record},
    ids::{ApplicationId, CommandId, HouseholdId, LinkId, OfficerId, PaperId, PersonId, VisitId},
    people::{
        AnswerValue, Household, LinkDecision, Relationship, Sex,
        link::{LinkRefused, Proposal},
    },
};
use store::{Commit, Forgetting, Scope, StoreError, people::Stake, people::ToDecide};
use uuid::Uuid;

/// The records of a person registered again.
pub struct Twice<'a> {
    pub story: Story<'a>,
    /// The second household, in Lower Dir.
    pub second_home: HouseholdId,
    /// The second record.
    pub aamna: PersonId,
    /// Her application there, made in her name.
    pub application: ApplicationId,
    /// Her paper there.
    pub paper: PaperId,
    pub link: LinkId,
}

/// What may be asked about a second record: an answer of a kind nobody asked in Nowshera.
const WIDOW: &str = "person.is_widow";

/// Amina Bibi is registered again in Lower Dir, with a son, an answer, a paper and an application.
pub async fn twice(base: &Base) -> Twice<'_> {
    let mut story = story::full(base).await;
    let clerk = story.scope("clerk.dir").await;
    let (home, aamna): (HouseholdId, PersonId) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let details = cast::person("Aamna Bibi", "Sher Zamaan", Sex::Female, "1988-03-02", Relationship::Head);
    let son = cast::person("Jamal", "Sher Zamaan", Sex::Male, "2017", Relationship::Child);
    story.register(&clerk, home, "lower-dir", "Timergara", vec![(aamna, details), (Uuid::now_v7().into(), son)]).await;
    let (id, card): (ApplicationId, PaperId) = (Uuid::now_v7().into(), Uuid::now_v7().into());
    let visit: VisitId = Uuid::now_v7().into();
    let mut submitted = application("bisp-nashonuma", "bisp", home, aamna, visit);
    (submitted.district, submitted.centre) = ("lower-dir".into(), "lower-dir".into());
    submitted.facts_used = vec![format!("person.birth@{aamna}")];
    let moved = forward(&submitted);
    let photograph = base.store.blobs().put_paper(b"\x89PNG her card in Dir".to_vec()).await.expect("kept");
    let events: Vec<(Record, Event)> = vec![
        (home.into(), answer(WIDOW, Some(aamna), AnswerValue::Bool(true), visit).into()),
        (home.into(), paper(card, "cnic", aamna, photograph, false).into()),
        (id.into(), submitted.into()),
        (id.into(), moved.into()),
    ];
    story.teller.tell(&clerk, events).await;
    let link = LinkId::of(story.amina(), aamna);
    let twice = Twice { second_home: home, aamna, application: id, paper: card, link, story };
    while base.store.review_due(&Stake::default(), 50).await.expect("a turn").persons > 0 {}
    twice
}

impl Twice<'_> {
    async fn to_decide(&self, scope: &Scope) -> ToDecide {
        let people = self.story.teller.base.store.people(scope);
        people.pair_to_decide(self.link, &Stake::default()).await.expect("an answer").expect("the pair")
    }

    async fn send(&mut self, scope: &Scope, changes: Vec<Change>) -> store::Result<()> {
        self.story.teller.at += chrono::TimeDelta::seconds(1);
        let command = crate::common::teller::command(CommandId(Uuid::now_v7()));
        let commit = Commit { command, changes, outcome: String::new(), at: self.story.teller.at };
        self.story.teller.base.store.commit(scope, commit).await.map(drop)
    }

    /// The provincial unit says that they are one person, and the auditor's colleague confirms.
    async fn propose(&mut self) -> Scope {
        let unit = self.story.scope("unit").await;
        let asked = self.to_decide(&unit).await;
        let amina = Some(self.story.amina());
        let said = asked.pair.decide(LinkDecision::Same, amina, vec![], "the same woman, seen").expect("a decision");
        let today = self.story.teller.today();
        self.send(&unit, asked.decided(said, today)).await.expect("said");
        unit
    }

    pub async fn join(&mut self) -> Scope {
        let unit = self.propose().await;
        let asked = self.to_decide(&unit).await;
        let proposal = asked.now.as_ref().and_then(|now| now.proposal()).expect("a proposal");
        let second = OfficerId(Uuid::now_v7());
        let merged = asked.pair.merge(&proposal, Some(second), asked.using(self.aamna)).expect("a merge");
        let today = self.story.teller.today();
        self.send(&unit, asked.joined(None, merged, "registered twice", today)).await.expect("joined");
        unit
    }

    pub async fn part(&mut self, unit: &Scope) {
        let asked = self.to_decide(unit).await;
        let merged = domain::people::PersonsMerged {
            kept: self.story.amina(),
            absorbed: self.aamna,
            proposed_by: OfficerId(Uuid::nil()),
            approved_by: None,
            flagged: vec![],
        };
        let undone = merged.undo("two women: both came").expect("a reason");
        let today = self.story.teller.today();
        self.send(unit, asked.parted(undone, today)).await.expect("parted");
    }

    async fn home(&self, household: HouseholdId, scope: &Scope) -> Household {
        let people = self.story.teller.base.store.people(scope);
        people.household(household).await.expect("an answer").expect("a household")
    }
}

/// Every record table without its versions.
async fn but_for_versions(mut raw: Raw) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for table in store::tables::RECORD_TABLES {
        let names = match &raw {
            Raw::Postgres(_) => {
                format!("select column_name::text from information_schema.columns where table_name = '{}'", table.name)
            }
            Raw::Sqlite(_) => format!("select name from pragma_table_info('{}')", table.name),
        };
        let mut names = raw.texts(&names).await;
        // The version orders the rows of some tables; there it is part of the key.
        names.retain(|name| name != "version" || table.key.contains("version"));
        names.sort();
        let quoted: Vec<String> = match &raw {
            Raw::Postgres(_) => names.iter().map(|name| format!("coalesce({name}::text, '-')")).collect(),
            Raw::Sqlite(_) => names.iter().map(|name| format!("quote({name})")).collect(),
        };
        let sql = format!("select {} from {} order by 1", quoted.join(" || ',' || "), table.name);
        all.push((table.name.to_owned(), raw.texts(&sql).await));
    }
    all
}

on_both!(a_merge_that_is_undone_leaves_what_was_there, async |base: &Base| {
    let mut twice = twice(base).await;
    let before = but_for_versions(base.raw().await).await;
    let unit = twice.join().await;
    let joined = but_for_versions(base.raw().await).await;
    let differing: Vec<&str> =
        before.iter().zip(&joined).filter(|(b, j)| b != j).map(|(table, _)| table.0.as_str()).collect();
    assert_eq!(differing, ["person", "person_link", "application"], "a merge rewrites no other table");
    let rebuilt = base.store.rebuild(true).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new(), "the journal tells the merge");
    twice.part(&unit).await;
    assert_eq!(but_for_versions(base.raw().await).await, before);
    let rebuilt = base.store.rebuild(true).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new(), "the journal tells the undoing");
    assert_eq!(base.store.verify().await.expect("an answer").faults, []);
    // Joined again and parted again, with versions going on.
    let unit = twice.join().await;
    twice.part(&unit).await;
    assert_eq!(but_for_versions(base.raw().await).await, before);
});

on_both!(every_read_answers_for_the_whole_person, async |base: &Base| {
    let mut twice = twice(base).await;
    let (amina, home, second) = (twice.story.amina(), twice.story.household, twice.second_home);
    let before = twice.home(second, &base.system).await;
    twice.join().await;
    let clerk = twice.story.scope("clerk.nsr").await;
    let family = twice.home(home, &clerk).await;
    let member = family.member(amina).expect("a member");
    let records: Vec<&str> = member.records.iter().map(|record| record.details.given.as_str()).collect();
    assert_eq!(records, ["Aamna Bibi"], "the other record is shown as it was written");
    let said = family.answer(WIDOW, Some(amina)).expect("what was said in Dir is hers");
    assert_eq!((said.from, &said.value), (Some(twice.aamna), &AnswerValue::Bool(true)));
    assert!(family.replaced_by(WIDOW, Some(amina), domain::people::Provenance::Verified).is_empty());
    let applications = base.store.applications(&clerk).of_household(home).await.expect("applications");
    assert!(applications.iter().any(|application| application.id == twice.application), "her application in Dir");
    let papers = base.store.papers(&clerk).of_household(home).await.expect("papers");
    let card = papers.iter().find(|paper| paper.id == twice.paper).expect("her card in Dir");
    assert_eq!(card.person, Some(amina));
    assert!(base.store.papers(&clerk).copy(twice.paper, None).await.expect("an answer").is_some());
    assert_eq!(base.store.people(&clerk).household_of(twice.aamna).await.expect("an answer"), Some(home));
    // In Dir she is registered with another household, and does not count.
    let clerk_dir = twice.story.scope("clerk.dir").await;
    let there = twice.home(second, &clerk_dir).await;
    assert_eq!((before.present().count(), there.present().count()), (2, 1));
    assert_eq!(there.members[0].joined_to, Some(amina));
    assert!(there.member(twice.aamna).is_err(), "nobody corrects her there");
    let recent = base.store.people(&clerk_dir).recent(5).await.expect("families");
    let brief = recent.iter().find(|brief| brief.household == second).expect("the family");
    assert_eq!((brief.members, brief.head.as_str()), (1, "Jamal"));
    let told = base.store.applications(&clerk_dir).get(twice.application).await.expect("an answer").expect("it");
    assert_eq!(
        told.flags.iter().map(|flag| flag.fact.clone()).collect::<Vec<_>>(),
        [format!("person.joined@{}", twice.aamna)]
    );
    assert!(told.status.is_open() && told.status == Status::Forwarded, "told, not stopped");
    // A search by either spelling answers once, with where she stands.
    for typed in ["Aamna Bibi w/o Sher Zamaan", "Amina Bibi w/o Sher Zaman", cast::AMINA_CNIC] {
        let hits = base.store.people(&clerk_dir).search(&linkage::query::parse(typed)).await.expect("hits");
        let hers: Vec<_> = hits.iter().filter(|hit| hit.person == amina || hit.person == twice.aamna).collect();
        assert_eq!(hers.len(), 1, "{typed}");
        assert_eq!((hers[0].person, hers[0].household, hers[0].yours), (amina, home, false), "{typed}");
        assert_eq!(hers[0].card.village, None, "{typed}: another district's card");
    }
});

on_both!(a_merge_over_two_districts_needs_a_second_officer, async |base: &Base| {
    let mut twice = twice(base).await;
    let unit = twice.propose().await;
    let asked = twice.to_decide(&unit).await;
    let proposal: Proposal = asked.now.as_ref().and_then(|now| now.proposal()).expect("a proposal");
    let merge = |approver| asked.pair.merge(&proposal, approver, vec![]).map(drop);
    assert_eq!(merge(None), Err(LinkRefused::OwnProposal));
    assert_eq!(merge(unit.officer_id()), Err(LinkRefused::OwnProposal));
    assert_eq!(merge(Some(OfficerId(Uuid::now_v7()))), Ok(()));
    let mut raw = base.raw().await;
    assert_eq!(raw.count("person where joined_to is not null").await, 0, "saying it joins nothing");
});

on_both!(two_officers_at_once_meet_in_the_pair, async |base: &Base| {
    let mut twice = twice(base).await;
    let unit = twice.story.scope("unit").await;
    let asked = twice.to_decide(&unit).await;
    let today = twice.story.teller.today();
    let decide = |decision| asked.pair.decide(decision, None, vec![], "both were here").expect("a decision");
    let (one, other) = (decide(LinkDecision::Different), decide(LinkDecision::NotSure));
    twice.send(&unit, asked.decided(one, today)).await.expect("the first");
    let late = twice.send(&unit, asked.decided(other, today)).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
});

on_both!(nobody_who_is_joined_is_forgotten, async |base: &Base| {
    let mut twice = twice(base).await;
    let unit = twice.join().await;
    let asked = |household, person| Forgetting {
        household,
        person,
        reason: "the family asked".to_owned(),
        officers: (OfficerId(Uuid::now_v7()), OfficerId(Uuid::now_v7())),
    };
    let at = twice.story.teller.at;
    let (home, amina, second, aamna) = (twice.story.household, twice.story.amina(), twice.second_home, twice.aamna);
    for (household, person) in [(home, amina), (second, aamna)] {
        let refused = base.store.forget(&base.system, asked(household, Some(person)), at).await;
        let sentence = refused.expect_err("refused").to_string();
        assert!(sentence.contains("Undo that first"), "{sentence}");
    }
    twice.part(&unit).await;
    let at = twice.story.teller.at;
    let forgotten = base.store.forget(&base.system, asked(second, Some(aamna)), at).await.expect("forgotten");
    assert!(forgotten > 0);
    let rebuilt = base.store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, Vec::<String>::new());
});
