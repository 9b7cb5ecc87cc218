//! What happens in the story after the families are registered.

use super::*;
use domain::{
    applications::{
        ApplicationFlagLifted, ApplicationFlagged, ApplicationMoved, ApplicationSubmitted, DeliveryRecorded,
        IdentityChecked, IdentitySeen, ReceiptIssued, ReceiptReissued, Status,
    },
    eligibility::Screened,
    language::Lang,
    money::Paisa,
    papers::{PaperRecorded, PaperState, PaperTaskMoved, PaperTaskOpened, TaskState},
    people::{
        AnswerValue, AnswerWithdrawn, ConsentHow, ConsentPurpose, ConsentStated, ErasureProposed, ErasureWithdrawn,
        HouseholdCorrected, LeaveReason, LinkDecided, LinkDecision, MemberLeft, MemberListStated, MergeUndone,
        PersonCorrected, PersonsMerged, RecordsJoined, RecordsParted, Relationship, Sex,
        link::{joined_fact, ordered},
    },
    visits::{
        Counter, HelpAsked, HouseholdFound, PackageChosen, Pick, QuestionLeft, TokenIssued, Topic, VisitCalled,
        VisitEnded, VisitOutcome,
    },
};

impl Story<'_> {
    /// Two tokens: a question that ends at once, and the family's visit with questions, screening and package.
    pub(super) async fn visit(&mut self) {
        let (token, worker) = (self.scope("token.nsr").await, self.scope("worker.nsr").await);
        self.teller.one(&token, self.question, issued(1, Topic::Question)).await;
        self.teller.one(&token, self.question, VisitEnded { outcome: VisitOutcome::Answered }).await;
        self.teller.one(&token, self.visit, issued(2, Topic::Help)).await;
        let visit = Record::from(self.visit);
        let events: Vec<(Record, Event)> = vec![
            (visit, VisitCalled { officer: self.officers["worker.nsr"] }.into()),
            (visit, HouseholdFound { household: self.household, reason: None }.into()),
            (visit, QuestionLeft { fact: "household.owns_land".to_owned(), person: None }.into()),
            (visit, HelpAsked { fact: PROTECTED_FACT.to_owned() }.into()),
            (visit, QuestionLeft { fact: PROTECTED_FACT.to_owned(), person: Some(self.members[2]) }.into()),
        ];
        self.teller.tell(&worker, events).await;
        self.answers(&worker).await;
        self.package(&worker).await;
    }

    async fn answers(&mut self, worker: &Scope) {
        let household = Record::from(self.household);
        let first = answer(INCOME, None, AnswerValue::Int(9_000), self.visit);
        let mut corrected = answer(INCOME, None, AnswerValue::Int(12_000), self.visit);
        corrected.replaces = vec![first.answer];
        corrected.reason = Some("a son's wages were left out".to_owned());
        let taken_back = answer("household.has_fridge", None, AnswerValue::Bool(true), self.visit);
        let withdrawn = AnswerWithdrawn { answer: taken_back.answer, reason: "it was the neighbour's".to_owned() };
        let mut protected = answer(PROTECTED_FACT, Some(self.amina()), AnswerValue::Bool(true), self.visit);
        (protected.answer, protected.protected) = (self.protected_answer, true);
        let consent = |purpose, given| ConsentStated {
            purpose,
            given,
            by: Some(self.amina()),
            how: ConsentHow::Thumb,
            language: Lang::Ps,
            phone: None,
        };
        let events: Vec<(Record, Event)> = vec![
            (household, MemberListStated { complete: true }.into()),
            (household, consent(ConsentPurpose::Keep, true).into()),
            (household, consent(ConsentPurpose::Message, false).into()),
            (household, first.into()),
            (household, corrected.into()),
            (household, taken_back.into()),
            (household, withdrawn.into()),
            (household, protected.into()),
        ];
        self.teller.tell(worker, events).await;
    }

    async fn package(&mut self, worker: &Scope) {
        let programmes = [("bisp-kafaalat", false), ("kp-zakat", false), ("kp-shelter", true)];
        let screened = Screened {
            household: self.household,
            pack: pack_hash(),
            on: self.teller.today(),
            facts: "cd".repeat(32),
            verdicts: programmes.iter().map(|(p, protected)| verdict(p, self.amina(), *protected)).collect(),
        };
        let pick = |(programme, _): &(&str, bool)| Pick { programme: (*programme).into(), person: Some(self.amina()) };
        let chosen = PackageChosen { picks: programmes.iter().map(pick).collect() };
        let visit = Record::from(self.visit);
        self.teller.tell::<Event>(worker, [(visit, screened.into()), (visit, chosen.into())]).await;
    }

    /// Two photographs, a missing B-Form that became a task, and the task of the protected application.
    pub(super) async fn papers(&mut self) {
        let clerk = self.scope("clerk.nsr").await;
        let blobs = self.teller.base.store.blobs();
        let card = blobs.put_paper(b"\x89PNG card".to_vec()).await.expect("kept");
        let letter = blobs.put_paper(b"\x89PNG letter".to_vec()).await.expect("kept");
        let (household, bilal) = (Record::from(self.household), Some(self.members[1]));
        let missing = PaperRecorded {
            paper: fresh(),
            kind: "b_form".to_owned(),
            person: bilal,
            state: PaperState::Missing,
            expires: None,
            file: None,
            protected: false,
        };
        let task = |task: TaskId, kind: &str, applications: Vec<ApplicationId>| PaperTaskOpened {
            task,
            kind: kind.to_owned(),
            person: bilal,
            applications,
        };
        let events: Vec<(Record, Event)> = vec![
            (household, paper(self.paper, "cnic", self.amina(), card, false).into()),
            (household, paper(self.protected_paper, "shelter_letter", self.amina(), letter, true).into()),
            (household, missing.into()),
            (household, task(self.task, "b_form", vec![self.kafaalat]).into()),
            (household, PaperTaskMoved { task: self.task, state: TaskState::Booked }.into()),
            (household, task(self.protected_task, "shelter_letter", vec![self.shelter]).into()),
        ];
        self.teller.tell(&clerk, events).await;
    }

    /// Three applications, each submitted and forwarded in one command.
    pub(super) async fn apply(&mut self) {
        let worker = self.scope("worker.nsr").await;
        let (household, amina, visit) = (self.household, self.amina(), self.visit);
        let mut shelter = application("kp-shelter", "kp-social-welfare", household, amina, visit);
        (shelter.protected, shelter.facts_used) = (true, vec![PROTECTED_FACT.to_owned(), INCOME.to_owned()]);
        shelter.papers.push("shelter_letter".to_owned());
        let all = [
            (self.kafaalat, application("bisp-kafaalat", "bisp", household, amina, visit)),
            (self.zakat, application("kp-zakat", "kp-zakat", household, amina, visit)),
            (self.shelter, shelter),
        ];
        for (id, submitted) in all {
            let moved: ApplicationMoved = forward(&submitted);
            let submitted: ApplicationSubmitted = submitted;
            self.teller.tell::<Event>(&worker, [(id.into(), submitted.into()), (id.into(), moved.into())]).await;
        }
    }

    /// One receipt for the ordinary applications, printed twice, and one of its own for the protected one.
    pub(super) async fn receipts(&mut self) {
        let clerk = self.scope("clerk.nsr").await;
        let store = self.teller.base.store.clone();
        let issue = |code: domain::applications::ReceiptCode, secret: &str, applications, protected| ReceiptIssued {
            secret_hash: store.receipt_secret_hash(&code, secret),
            code,
            visit: Some(self.visit),
            household: self.household,
            applications,
            protected,
            language: Lang::Ps,
        };
        let ordinary = issue(code(), FIRST_SECRET, vec![self.kafaalat, self.zakat], false);
        let protected = issue(protected_code(), PROTECTED_SECRET, vec![self.shelter], true);
        let again = ReceiptReissued {
            secret_hash: store.receipt_secret_hash(&code(), SECRET),
            identity_check: "card seen".to_owned(),
            check: Some(IdentityChecked {
                seen: IdentitySeen::Cnic,
                digits: Some("6782".to_owned()),
                questions: vec![],
            }),
        };
        self.teller.one(&clerk, self.receipt, ordinary).await;
        self.teller.one(&clerk, self.receipt, again).await;
        self.teller.one(&clerk, self.protected_receipt, protected).await;
    }

    /// BISP approves and delivers; the zakat committee sends back.
    pub(super) async fn departments(&mut self) {
        let bisp = self.scope("bisp.nsr").await;
        for (from, to) in [
            (Status::Forwarded, Status::Received),
            (Status::Received, Status::UnderReview),
            (Status::UnderReview, Status::Approved),
        ] {
            self.teller.one(&bisp, self.kafaalat, step(from, to, None)).await;
        }
        let given =
            DeliveryRecorded { amount: Some(Paisa(1_450_000)), what: "cash".to_owned(), on: self.teller.today() };
        self.teller.one(&bisp, self.kafaalat, given).await;
        let zakat = self.scope("zakat.nsr").await;
        self.teller.one(&zakat, self.zakat, step(Status::Forwarded, Status::Received, None)).await;
        let back = step(Status::Received, Status::Returned, Some("Bring the B-Form of Bilal."));
        self.teller.one(&zakat, self.zakat, back).await;
    }

    /// A name and an address are corrected, Sher Zaman has died, and the open application is told.
    pub(super) async fn corrections(&mut self) {
        let clerk = self.scope("clerk.nsr").await;
        let household = Record::from(self.household);
        let mut details = cast::family().swap_remove(3);
        details.given = "Hamza Zaman".to_owned();
        let corrected = PersonCorrected { person: self.members[3], details, reason: "as on the B-Form".to_owned() };
        let moved = HouseholdCorrected {
            place: cast::place("nowshera", "Akora"),
            phones: vec![cast::phone(cast::AMINA_PHONE)],
            reason: "moved within the district".to_owned(),
        };
        let left = MemberLeft { person: self.members[4], reason: LeaveReason::Death, on: self.teller.today() };
        let flag = ApplicationFlagged { fact: INCOME.to_owned(), reason: "corrected by the family".to_owned() };
        let events: Vec<(Record, Event)> = vec![
            (household, corrected.into()),
            (household, moved.into()),
            (household, left.into()),
            (self.zakat.into(), flag.into()),
            // Thought of, and taken back.
            (self.other_household.into(), ErasureProposed { reason: "asked".to_owned() }.into()),
            (self.other_household.into(), ErasureWithdrawn {}.into()),
        ];
        self.teller.tell(&clerk, events).await;
    }

    /// Amina Bibi and Gulalai are taken for one person, which is undone; then they are told apart.
    pub(super) async fn pairs(&mut self) {
        let unit = self.scope("unit").await;
        let (kept, absorbed, link) = (self.amina(), self.gulalai, self.link);
        let (first, second) = ordered(kept, absorbed);
        let decided = |decision: LinkDecision, kept: Option<PersonId>, reason: &str| LinkDecided {
            first,
            second,
            decision,
            kept,
            limits: vec![],
            evidence: vec!["same_phone".to_owned()],
            reason: reason.to_owned(),
        };
        let merged = PersonsMerged {
            kept,
            absorbed,
            proposed_by: self.officers["clerk.nsr"],
            approved_by: Some(self.officers["unit"]),
            flagged: vec![self.zakat],
        };
        let undone = MergeUndone { kept, absorbed, reason: "two people: both were here".to_owned() };
        let (ours, theirs) = (Record::from(self.household), Record::from(self.other_household));
        let fact = joined_fact(absorbed);
        let flag = ApplicationFlagged { fact: fact.clone(), reason: "one card".to_owned() };
        let events: Vec<(Record, Event)> = vec![
            (link.into(), decided(LinkDecision::Same, Some(kept), "one card").into()),
            (link.into(), merged.into()),
            (ours, RecordsJoined { kept, absorbed, link }.into()),
            (theirs, RecordsJoined { kept, absorbed, link }.into()),
            (self.zakat.into(), flag.into()),
        ];
        self.teller.tell(&unit, events).await;
        let events: Vec<(Record, Event)> = vec![
            (link.into(), undone.into()),
            (ours, RecordsParted { absorbed, link }.into()),
            (theirs, RecordsParted { absorbed, link }.into()),
            (self.zakat.into(), ApplicationFlagLifted { fact }.into()),
        ];
        self.teller.tell(&unit, events).await;
        self.teller.one(&unit, link, decided(LinkDecision::Different, None, "two cards were seen")).await;
    }

    /// A cousin is entered, who is not in the family's list.
    pub async fn another_member(&mut self) {
        let clerk = self.scope("clerk.nsr").await;
        let details = cast::person("Zainab", "Noor Rehman", Sex::Female, "2001", Relationship::NieceNephew);
        self.teller.one(&clerk, self.household, MemberAdded { person: fresh(), details }).await;
    }

    /// The family leaves with its receipt.
    pub async fn end_visit(&mut self) {
        let worker = self.scope("worker.nsr").await;
        self.teller.one(&worker, self.visit, VisitEnded { outcome: VisitOutcome::Receipt }).await;
    }
}

fn issued(number: u32, topic: Topic) -> TokenIssued {
    TokenIssued { centre: "nowshera".into(), number, counter: Counter::Women, language: Lang::Ps, topic }
}
