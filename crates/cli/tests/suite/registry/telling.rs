//! Families at random, told to a store as a desk would tell them.

use domain::{
    Instant,
    event::{Change, Event},
    ids::{AnswerId, CommandId, HouseholdId, LinkId, OfficerId, PersonId},
    language::Lang,
    people::{
        AnswerGiven, AnswerValue, Birth, HouseholdRegistered, LeaveReason, LinkDecided, LinkDecision, MaritalStatus,
        MemberAdded, MemberLeft, MemberListStated, PersonDetails, PersonsMerged, Place, Provenance, RecordsJoined,
        Relationship, Sex, link::ordered,
    },
};
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};
use rules::{
    Pack,
    pack::fact::{Fact, FactKind, FactType, Record, Sensitivity},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Commit, Scope, Store};
use uuid::Uuid;

/// Families told to a store, at random.
pub struct Telling<'a> {
    pub pack: &'a Pack,
    pub store: &'a Store,
    pub system: Scope,
    pub random: StdRng,
    pub seen: BTreeMap<Uuid, i64>,
    pub at: Instant,
}

impl Telling<'_> {
    pub async fn tell(&mut self, household: HouseholdId, events: Vec<Event>) {
        self.at += chrono::TimeDelta::seconds(1);
        let seen = self.seen.entry(household.0).or_default();
        let day = self.at.date_naive();
        let changes: Vec<Change> =
            (*seen..).zip(events).map(|(seen, event)| Change::after(household, seen, event, day)).collect();
        *seen += i64::try_from(changes.len()).unwrap();
        let id = CommandId(Uuid::now_v7());
        let command = store::Command { id, officer: None, route: "POST /test".into(), body_hash: vec![7; 32] };
        let commit = Commit { command, changes, outcome: String::new(), at: self.at };
        self.store.commit(&self.system, commit).await.expect("a commit");
    }

    /// Two of different families are one person: the first record is kept.
    pub async fn joined(&mut self, kept: (HouseholdId, PersonId), absorbed: (HouseholdId, PersonId)) {
        self.at += chrono::TimeDelta::seconds(1);
        let (day, link) = (self.at.date_naive(), LinkId::of(kept.1, absorbed.1));
        let (first, second) = ordered(kept.1, absorbed.1);
        let decided = LinkDecided {
            first,
            second,
            decision: LinkDecision::Same,
            kept: Some(kept.1),
            limits: vec![],
            evidence: vec![],
            reason: "seen".to_owned(),
        };
        let by = OfficerId(Uuid::now_v7());
        let merged =
            PersonsMerged { kept: kept.1, absorbed: absorbed.1, proposed_by: by, approved_by: None, flagged: vec![] };
        let mut changes = vec![Change::after(link, 0, decided, day), Change::after(link, 1, merged, day)];
        for household in [kept.0, absorbed.0] {
            let seen = self.seen.entry(household.0).or_default();
            let both = RecordsJoined { kept: kept.1, absorbed: absorbed.1, link };
            changes.push(Change::after(household, *seen, both, day));
            *seen += 1;
        }
        let id = CommandId(Uuid::now_v7());
        let command = store::Command { id, officer: None, route: "POST /test".into(), body_hash: vec![7; 32] };
        let commit = Commit { command, changes, outcome: String::new(), at: self.at };
        self.store.commit(&self.system, commit).await.expect("a commit");
    }

    /// A family comes, long ago; some of what it says is of that day.
    pub async fn arrives(&mut self) -> (HouseholdId, Vec<PersonId>) {
        let household = HouseholdId(Uuid::now_v7());
        let districts = ["nowshera", "swat", "lower-dir", "peshawar"];
        let place = Place {
            district: (*districts.choose(&mut self.random).unwrap()).into(),
            province_permanent: self.random.random_bool(0.6).then(|| "kp".to_owned()),
            tehsil: None,
            union_council: None,
            village: None,
            directions: None,
        };
        let mut events: Vec<Event> =
            vec![HouseholdRegistered { centre: "nowshera".into(), place, phones: vec![] }.into()];
        let members: Vec<PersonId> = (0..self.random.random_range(1..7)).map(|_| PersonId(Uuid::now_v7())).collect();
        for (at, person) in members.iter().enumerate() {
            let details = self.details(at);
            events.push(MemberAdded { person: *person, details }.into());
        }
        if self.random.random_bool(0.5) {
            events.push(MemberListStated { complete: true }.into());
        }
        if members.len() > 2 && self.random.random_bool(0.2) {
            let left = MemberLeft { person: members[2], reason: LeaveReason::Moved, on: self.at.date_naive() };
            events.push(left.into());
        }
        self.tell(household, events).await;
        (household, members)
    }

    fn details(&mut self, at: usize) -> PersonDetails {
        let random = &mut self.random;
        let births = ["1952", "~1960", "1985-03-02", "1990-07", "2012-05", "2019-01-15", "2025-08-30"];
        let birth = random.random_bool(0.85).then(|| Birth::parse(births.choose(random).unwrap()).unwrap());
        let relationship = if at == 0 { Relationship::Head } else { Relationship::Child };
        PersonDetails {
            given: "Amina Bibi".into(),
            father_or_husband: None,
            sex: random.random_bool(0.9).then(|| if random.random_bool(0.5) { Sex::Female } else { Sex::Male }),
            birth,
            relationship: random.random_bool(0.9).then_some(relationship),
            marital_status: random.random_bool(0.4).then_some(MaritalStatus::Widowed),
            identities: vec![],
        }
    }

    /// Some answers of today.
    pub async fn answers(&mut self, household: HouseholdId, members: &[PersonId], share: f64) {
        let mut events: Vec<Event> = vec![];
        let pack = self.pack;
        for fact in pack.facts().iter().filter(|fact| matches!(fact.kind, FactKind::Asked | FactKind::Registry)) {
            let about: Vec<Option<PersonId>> = match fact.record {
                Record::Household => vec![None],
                Record::Person => members.iter().copied().map(Some).collect(),
            };
            for person in about {
                if self.random.random_bool(share)
                    && let Some(value) = self.value(fact)
                {
                    events.push(self.answer(&fact.id, person, value, fact.sensitivity == Sensitivity::Protected));
                }
            }
        }
        for score in pack.scores().iter().filter(|score| !score.published) {
            if self.random.random_bool(share) {
                let points = AnswerValue::Decimal(self.random.random_range(score.bounds.low..=score.bounds.high));
                events.push(self.answer(&format!("scores.{}", score.id), None, points, false));
            }
        }
        self.tell(household, events).await;
    }

    fn answer(&mut self, fact: &str, person: Option<PersonId>, value: AnswerValue, protected: bool) -> Event {
        let provenance = if self.random.random_bool(0.3) { Provenance::PaperSeen } else { Provenance::Said };
        let answer = AnswerGiven {
            answer: AnswerId(Uuid::now_v7()),
            person,
            fact: fact.to_owned(),
            value,
            provenance,
            said_by: None,
            shown_in: Lang::Ur,
            visit: None,
            replaces: vec![],
            reason: None,
            protected,
        };
        answer.into()
    }

    fn value(&mut self, fact: &Fact) -> Option<AnswerValue> {
        let random = &mut self.random;
        let code = |random: &mut StdRng| fact.codes.choose(random).map(|code| code.id.to_string());
        // Half of the numbers are small, where most cut-offs are.
        let high = if random.random_bool(0.5) { fact.bounds.high.min(60_000) } else { fact.bounds.high };
        Some(match fact.kind_of_value {
            FactType::Bool => AnswerValue::Bool(random.random_bool(0.5)),
            FactType::Int => AnswerValue::Int(random.random_range(fact.bounds.low..=high)),
            FactType::Decimal { .. } => AnswerValue::Decimal(random.random_range(fact.bounds.low..=high)),
            FactType::Code => AnswerValue::Code(code(random)?),
            FactType::Set => {
                let has: BTreeSet<String> = (0..random.random_range(0..3)).filter_map(|_| code(random)).collect();
                AnswerValue::Set { has, complete: random.random_bool(0.6) }
            }
            FactType::Date => return None,
        })
    }
}
