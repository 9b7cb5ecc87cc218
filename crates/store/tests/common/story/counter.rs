//! The counter's day: a visit handed on and called again, one that came on paper, the day closed; a list on paper with
//! its answer, and a deputy who was taken back.

use super::*;
use domain::{
    access::{DeputyEnded, DeputyNamed},
    applications::{DispatchAnswered, DispatchListed, Status},
    ids::{ClosingId, DeputyId},
    visits::{DayClosed, DayCounts, SealStated, TokenCalled, VisitHanded, VisitOutcome, VisitStated},
};

impl Story<'_> {
    pub(super) async fn counter(&mut self) {
        let (clerk, worker) = (self.scope("clerk.nsr").await, self.scope("worker.nsr").await);
        let served_by = "Saima, desk 2".to_owned();
        self.teller.one(&clerk, self.question, VisitStated { served_by, form: None }).await;
        self.teller.one(&clerk, self.visit, VisitHanded { desk: 3, note: "The B-Form is missing".to_owned() }).await;
        let called = TokenCalled { officer: self.officers["worker.nsr"], desk: 3 };
        self.teller.one(&worker, self.visit, called).await;
        let counts =
            DayCounts { tokens: 2, outcomes: [(VisitOutcome::Answered, 1)].into(), open: 1, ..DayCounts::default() };
        let closed = DayClosed {
            centre: "nowshera".into(),
            day: self.teller.today(),
            counts,
            seal: Some(SealStated { number: 1, hash: "ab".to_owned() }),
        };
        self.teller.one(&worker, fresh::<ClosingId>(), closed).await;
        let listed = DispatchListed {
            number: 1,
            centre: "nowshera".into(),
            operator: "bisp".into(),
            district: "nowshera".into(),
            applications: vec![self.kafaalat],
        };
        self.teller.one(&clerk, self.dispatch, listed).await;
        let answered =
            DispatchAnswered { application: self.kafaalat, to: Status::Approved, dated: self.teller.today() };
        self.teller.one(&clerk, self.dispatch, answered).await;
        let (away, deputy) = (self.scope("bisp.nsr").await, fresh::<DeputyId>());
        let named = DeputyNamed {
            officer: self.officers["bisp.nsr"],
            deputy: self.officers["bisp.dir"],
            operator: "bisp".into(),
            district: "nowshera".into(),
            from: self.teller.today(),
            until: self.teller.today(),
        };
        self.teller.one(&away, deputy, named).await;
        self.teller.one(&away, deputy, DeputyEnded {}).await;
    }
}
