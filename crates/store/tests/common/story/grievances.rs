//! Complaints of the story: one with the receipt, answered; a protected appeal in the department's hands; one about the
//! complaints office itself, which only the province may read.

use super::*;
use crate::common::teller::first_day;
use domain::{
    applications::{Calendar, ReceiptCode},
    grievances::{
        Appeal, By, Done, GrievanceFiled, GrievanceKind, GrievanceLimits, GrievanceMoved, GrievanceRecused,
        GrievanceSecretRenewed, GrievanceStatus, Holder, Subject,
    },
    language::Lang,
};

/// The second secret of the ordinary complaint.
pub const COMPLAINT_SECRET: &str = "640213";

/// The code of the ordinary complaint.
pub fn complaint_code() -> ReceiptCode {
    ReceiptCode::from_random(0x0ACE_0ACE_0ACE)
}

impl Story<'_> {
    /// Complaints come in from the public pages and are worked on.
    pub(super) async fn grievances(&mut self) {
        let public = Scope::public();
        let store = self.teller.base.store.clone();
        let (zakat, welfare) = (self.officers["zakat.nsr"], self.officers["welfare.nsr"]);
        let mut delay = filed(complaint_code(), GrievanceKind::Delay, Subject::Application);
        delay.secret_hash = store.receipt_secret_hash(&complaint_code(), COMPLAINT_SECRET);
        (delay.application, delay.household) = (Some(self.zakat), Some(self.household));
        (delay.receipt, delay.about) = (Some(self.receipt), vec![zakat]);
        (delay.operator, delay.programme) = (Some("kp-zakat".into()), Some("kp-zakat".into()));
        delay.name = Some("Amina Bibi".to_owned());
        self.teller.one(&public, self.complaint, delay).await;
        let mut appeal = filed(ReceiptCode::from_random(0x0BAD_0BAD), GrievanceKind::Refusal, Subject::Application);
        (appeal.application, appeal.household) = (Some(self.shelter), Some(self.household));
        (appeal.receipt, appeal.protected, appeal.appeal) = (Some(self.protected_receipt), true, true);
        (appeal.operator, appeal.programme) = (Some("kp-social-welfare".into()), Some("kp-shelter".into()));
        appeal.words = Some("I still need it.".to_owned());
        self.teller.one(&public, self.protected_appeal, appeal).await;
        let mut office = filed(office_code(), GrievanceKind::Conduct, Subject::GrievanceOffice);
        office.about = vec![self.officers["grievance.nsr"]];
        self.teller.one(&public, self.about_office, office).await;
        self.work(welfare).await;
    }

    /// The district's officer takes and answers one, hands the appeal to the department, and steps aside once.
    async fn work(&mut self, welfare: OfficerId) {
        let officer = self.scope("grievance.nsr").await;
        let me = self.officers["grievance.nsr"];
        let mut taken = moved(GrievanceStatus::Received, GrievanceStatus::Assigned, Holder::Office);
        taken.officer = Some(me);
        let mut answered = moved(GrievanceStatus::Assigned, GrievanceStatus::Answered, Holder::Citizen);
        (answered.officer, answered.done) = (Some(me), Some(Done::Acted));
        answered.words = Some("The committee meets on Monday.".to_owned());
        self.teller.one(&officer, self.complaint, taken).await;
        self.teller.one(&officer, self.complaint, answered).await;
        let mut handed = moved(GrievanceStatus::Received, GrievanceStatus::Assigned, Holder::Department);
        (handed.department, handed.appeal) = (true, Some(Appeal::Open));
        self.teller.one(&officer, self.protected_appeal, handed).await;
        let unit = self.scope("unit").await;
        let bisp = self.officers["bisp.nsr"];
        assert_ne!(bisp, welfare);
        self.teller.one(&unit, self.about_office, GrievanceRecused { officer: bisp }).await;
        let clerk = self.scope("clerk.nsr").await;
        let secret_hash = self.teller.base.store.receipt_secret_hash(&office_code(), "135790");
        let renewed = GrievanceSecretRenewed { secret_hash, identity_check: "card seen".to_owned() };
        self.teller.one(&clerk, self.about_office, renewed).await;
    }
}

/// The code of the complaint about the complaints office.
fn office_code() -> ReceiptCode {
    ReceiptCode::from_random(0x0FF1CE)
}

fn filed(code: ReceiptCode, kind: GrievanceKind, subject: Subject) -> GrievanceFiled {
    let limits = GrievanceLimits { assign: 3, answer: 30, citizen: 30 };
    let calendar = Calendar::default();
    GrievanceFiled {
        code,
        secret_hash: "00".repeat(32),
        kind,
        subject,
        district: "nowshera".into(),
        centre: Some("nowshera".into()),
        operator: None,
        programme: None,
        application: None,
        household: None,
        receipt: None,
        officer_named: None,
        about: vec![],
        amount: None,
        words: Some("Nobody answers.".to_owned()),
        name: None,
        phone: None,
        protected: false,
        appeal: false,
        language: Lang::Ps,
        limits,
        since: first_day(),
        due: calendar.after(first_day(), limits.assign),
        answer_by: calendar.after(first_day(), limits.answer),
    }
}

/// A step of a complaint, as it would be decided.
fn moved(from: GrievanceStatus, to: GrievanceStatus, holder: Holder) -> GrievanceMoved {
    GrievanceMoved {
        from,
        to,
        by: By::Office,
        holder,
        since: first_day(),
        due: Some(first_day()),
        officer: None,
        department: false,
        done: None,
        words: None,
        appeal: None,
        route: None,
    }
}
