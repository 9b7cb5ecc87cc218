//! A list of the District Zakat Committee, Nowshera, with rows about the cast.

use super::story::Story;
use domain::{
    Date,
    ids::{ImportId, ListingId, PersonId},
    money::Paisa,
    payments::{ListedBenefit, Period, Purpose},
    people::{
        Birth, Gives, ImportCancelled, ImportFinished, ImportOpened, Likeness, ListField, ListHead, ListMapping,
        Listed, ListedConfirmed, ListedDecided, ListedMatched, ListedTakenBack, RowDecision, RowLimit, RowOutcome,
        RowRefused, Sex,
    },
};
use uuid::Uuid;

/// Who keeps it.
pub const SOURCE: &str = "District Zakat Committee Nowshera";

/// Its opening, of a stated day.
pub fn opened(stated_on: Date) -> ImportOpened {
    ImportOpened {
        list: ListHead {
            source: SOURCE.to_owned(),
            title: "Guzara 2026".to_owned(),
            operator: Some("kp-zakat".into()),
            programme: Some("kpz-guzara".into()),
            district: Some("nowshera".into()),
            stated_on,
            gives: Gives { purpose: Purpose::Cash, amount: Some(Paisa(1_200_000)), per: Some(Period::HalfYear) },
        },
        file: "a".repeat(64),
        file_name: "guzara.csv".to_owned(),
        mapping: ListMapping([(ListField::Given, "Name".to_owned())].into()),
        head: vec!["Name".to_owned()],
        batch_rows: 1_000,
        matched_by: "test".to_owned(),
    }
}

/// A row with a name that receives what the list gives.
pub fn row(listing: ListingId, line: u64, given: &str, father: &str, outcome: RowOutcome) -> Listed {
    let benefit = ListedBenefit {
        purpose: Purpose::Cash,
        amount: Some(Paisa(1_200_000)),
        per: Some(Period::HalfYear),
        since: Date::from_ymd_opt(2025, 7, 1),
        until: None,
    };
    Listed {
        listing,
        line,
        row_key: format!("{}-{line}", &listing.0.simple().to_string()[20..]),
        outcome,
        notes: vec![],
        given: given.to_owned(),
        father_or_husband: Some(father.to_owned()),
        number: None,
        phone: None,
        village: Some("Pabbi".to_owned()),
        tehsil: None,
        union_council: None,
        district: Some("nowshera".into()),
        birth: Some(Birth::Year(1960)),
        sex: Some(Sex::Male),
        benefits: vec![benefit],
        cells: vec![given.to_owned()],
    }
}

/// The row about Noor Rehman, whom nobody registered.
pub fn noor(listing: ListingId, line: u64) -> Listed {
    Listed {
        number: Some("1720155555553".to_owned()),
        row_key: "b1".to_owned(),
        ..row(listing, line, "Noor Rehman", "Gul Rehman", RowOutcome::New)
    }
}

/// One person, for good reasons.
pub fn matched(person: PersonId) -> RowOutcome {
    RowOutcome::Matched { to: Likeness { person, score: 12_000, why: vec!["cnic-same".to_owned()] } }
}

impl Story<'_> {
    /// The committee's list is imported: Amina Bibi, Noor Rehman, one row to be looked at, one without a name.
    pub async fn lists(&mut self) {
        let today = self.teller.today();
        let system = self.teller.base.system.clone();
        self.teller.one(&system, self.import, opened(today)).await;
        let gulalai = Likeness { person: self.gulalai, score: 900, why: vec!["name-same".to_owned()] };
        let fresh = || ListingId(Uuid::now_v7());
        let rows = [
            row(self.listing, 2, "Amina Bibi", "Sher Zaman", matched(self.members[0])),
            noor(self.unregistered, 3),
            row(self.looked, 4, "Gulalai", "Noor", RowOutcome::Review { among: vec![gulalai] }),
            row(fresh(), 5, "", "", RowOutcome::Refused { reason: RowRefused::NameMissing }),
        ];
        let alone: ListingId = fresh();
        let mut rows = rows.to_vec();
        rows.push(row(alone, 6, "Zarmina", "Spin Gul", RowOutcome::New));
        self.accept(self.import, &rows).await;
        let decided = ListedMatched { person: PersonId(alone.0), reason: "nobody like her is registered".to_owned() };
        self.teller.one(&system, alone, decided).await;
        self.looked_at().await;
        let tally = self.teller.base.store.lists(&system).counts(self.import).await.expect("counts");
        self.teller.one(&system, self.import, ImportFinished { tally }).await;
        let wrong = ImportId(Uuid::now_v7());
        let mut file = opened(today);
        file.file = "b".repeat(64);
        self.teller.one(&system, wrong, file).await;
        self.teller.one(&system, wrong, ImportCancelled { reason: "the wrong file".to_owned() }).await;
    }

    /// One officer says whom the row means, a second confirms it, and it is taken back.
    async fn looked_at(&mut self) {
        let (unit, system) = (self.scope("unit").await, self.teller.base.system.clone());
        let (person, proposed_by) = (self.gulalai, self.officers["unit"]);
        let said = ListedDecided {
            decision: RowDecision::Same,
            person: Some(person),
            limits: vec![RowLimit::OtherDistrict],
            followers: vec![],
            evidence: vec!["same_given_name".to_owned()],
            reason: "the names agree".to_owned(),
        };
        self.teller.one(&unit, self.looked, said).await;
        self.teller.one(&system, self.looked, ListedConfirmed { person, proposed_by, followers: vec![] }).await;
        let reason = "she lives in another district".to_owned();
        let back = ListedTakenBack { person: Some(person), followers: vec![], reason };
        self.teller.one(&unit, self.looked, back).await;
    }

    /// The next batch of an import.
    pub async fn accept(&mut self, import: ImportId, rows: &[Listed]) {
        let system = self.teller.base.system.clone();
        self.teller.at += chrono::TimeDelta::seconds(1);
        let version = self.teller.version(import);
        let lists = self.teller.base.store.lists(&system);
        lists.accept(import, version, rows, self.teller.at).await.expect("taken");
        self.teller.saw(import);
    }
}
