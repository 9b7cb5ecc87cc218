//! What the family asked of its own file: two corrections, one made and one refused, and a helper who was taken back.

use super::*;
use domain::{
    applications::Calendar,
    ids::{CorrectionId, HelperId},
    language::Lang,
    people::{
        ConsentHow, Corrected, CorrectionAnswered, CorrectionAsking, CorrectionField, CorrectionState, HelperEnd,
        HelperEnded, HelperKind, HelperMay, HelperNamed,
    },
    visits::VisitorSaid,
};

impl Story<'_> {
    pub(super) async fn family_asks(&mut self) {
        let (clerk, worker) = (self.scope("clerk.nsr").await, self.scope("worker.nsr").await);
        let household = Record::from(self.household);
        let seen = self.teller.version(household);
        let asking = |field, whose: &str, should_be: &str, why: &str| CorrectionAsking {
            household: self.household,
            centre: "nowshera".into(),
            seen,
            receipt: Some(self.receipt),
            visit: None,
            protected: false,
            field: Some(field),
            whose: Some(whose.to_owned()),
            should_be: Some(should_be.to_owned()),
            why: Some(why.to_owned()),
            paper: None,
        };
        let (today, calendar) = (self.teller.today(), Calendar::default());
        let decide = |asking: CorrectionAsking| asking.decide(&[], today, &calendar).expect("a request");
        let birth = decide(asking(CorrectionField::Birth, "my son", "in the cold winter", "Bilal has a B-Form"));
        let name = decide(asking(CorrectionField::Name, "the middle one", "with a long vowel", "so we say it"));
        let done = Corrected {
            version: seen + 1,
            person: Some(self.members[1]),
            applications: vec![],
            pack: pack_hash(),
            moved: vec!["bisp-kafaalat".into()],
        };
        let words = Some("as on the green form".to_owned());
        let made = CorrectionAnswered { to: CorrectionState::Accepted, words, done: Some(done) };
        let words = Some("the card says otherwise".to_owned());
        let refused = CorrectionAnswered { to: CorrectionState::Refused, words, done: None };
        self.teller.one(&Scope::public(), self.correction, birth).await;
        self.teller.one(&clerk, self.correction, made).await;
        let other: CorrectionId = fresh();
        self.teller.one(&clerk, other, name).await;
        self.teller.one(&clerk, other, refused).await;
        let helper: HelperId = fresh();
        let named = HelperNamed {
            helper,
            name: "Gulalai the health worker".to_owned(),
            kind: HelperKind::HealthWorker,
            phone: None,
            may: vec![HelperMay::Status, HelperMay::Papers],
            until: today,
            by: Some(self.amina()),
            how: ConsentHow::Thumb,
            language: Lang::Ps,
        };
        self.teller.one(&worker, household, named).await;
        self.teller.one(&worker, household, HelperEnded { helper, by: HelperEnd::Desk }).await;
        self.teller.one(&worker, self.visit, VisitorSaid { helper: None }).await;
    }
}
