//! The full story: two families, a visit from token to package, three applications (one protected), two receipts,
//! a department's moves, a delivery, corrections, complaints. It holds every kind of event except an erasure.

mod counter;
mod desk;
mod family;
mod grievances;
mod parts;
mod public;

pub use grievances::{COMPLAINT_SECRET, complaint_code};
pub use parts::*;

use super::{Base, cast, teller::Teller};
use domain::{
    access::{OfficerChanged, OpeningReason, ProtectedOpened, ProtectedOpeningSeen, Role, SecondStepReset},
    event::{Event, Record, RecordKind},
    ids::{
        AnswerId, ApplicationId, CorrectionId, DispatchId, GrievanceId, HouseholdId, ImportId, LinkId, ListingId,
        OfficerId, OpeningId, PaperId, PersonId, ReceiptId, TaskId, VisitId,
    },
    people::{HouseholdRegistered, MemberAdded, PersonDetails},
    programmes::{PackHash, PackPublished},
};
use std::collections::BTreeMap;
use store::Scope;
use uuid::Uuid;

/// Keys of everything in the story.
pub struct Story<'a> {
    /// Goes on telling.
    pub teller: Teller<'a>,
    /// Officers by sign-in name.
    pub officers: BTreeMap<String, OfficerId>,
    /// The family in Nowshera.
    pub household: HouseholdId,
    /// Amina Bibi, Bilal, Zainab, Hamza, Sher Zaman.
    pub members: Vec<PersonId>,
    /// Gulalai's household in Lower Dir.
    pub other_household: HouseholdId,
    /// Gulalai.
    pub gulalai: PersonId,
    /// The Zakat committee's list.
    pub import: ImportId,
    /// Its row about Amina Bibi.
    pub listing: ListingId,
    /// Its row about Noor Rehman, whom nobody registered.
    pub unregistered: ListingId,
    /// Its row that waits for an officer: decided once, and taken back.
    pub looked: ListingId,
    /// The family's visit, still open when the story ends.
    pub visit: VisitId,
    /// A visit that was a question only.
    pub question: VisitId,
    /// The protected answer.
    pub protected_answer: AnswerId,
    /// With a photograph, ordinary.
    pub paper: PaperId,
    /// With a photograph, protected.
    pub protected_paper: PaperId,
    /// The task that waits for the B-Form.
    pub task: TaskId,
    /// The task of the protected application.
    pub protected_task: TaskId,
    /// To BISP: approved and delivered.
    pub kafaalat: ApplicationId,
    /// To the zakat committee: returned to the family, flagged.
    pub zakat: ApplicationId,
    /// Protected: to social welfare.
    pub shelter: ApplicationId,
    /// The list on paper that names the application to BISP.
    pub dispatch: DispatchId,
    /// For the ordinary applications.
    pub receipt: ReceiptId,
    /// For the protected one.
    pub protected_receipt: ReceiptId,
    /// About the zakat committee's delay, with the ordinary receipt.
    pub complaint: GrievanceId,
    /// An appeal against the decision about the protected application.
    pub protected_appeal: GrievanceId,
    /// About the complaints office of Nowshera itself, without a receipt.
    pub about_office: GrievanceId,
    /// The family's request to correct what is on file about Bilal, with the ordinary receipt.
    pub correction: CorrectionId,
    /// Amina Bibi and Gulalai: joined by mistake, parted, told apart.
    pub link: LinkId,
    /// What was opened of the family outside its visit.
    pub opening: OpeningId,
}

/// The protected fact.
pub const PROTECTED_FACT: &str = "person.needs_safe_place";
/// An ordinary fact.
pub const INCOME: &str = "household.monthly_income_pkr";
/// The second secret of the ordinary receipt as first printed.
pub const FIRST_SECRET: &str = "111111";
/// The second secret of the ordinary receipt after it was printed again.
pub const SECRET: &str = "482913";
/// The second secret of the protected receipt.
pub const PROTECTED_SECRET: &str = "730051";

/// Tells the whole story.
pub async fn full(base: &Base) -> Story<'_> {
    let mut story = Story::new(base);
    story.office().await;
    story.public_pages().await;
    story.families().await;
    story.visit().await;
    story.papers().await;
    story.apply().await;
    story.receipts().await;
    story.departments().await;
    story.counter().await;
    story.corrections().await;
    story.family_asks().await;
    story.lists().await;
    story.grievances().await;
    story.pairs().await;
    story.opening().await;
    story
}

fn fresh<I: From<Uuid>>() -> I {
    I::from(Uuid::now_v7())
}

impl<'a> Story<'a> {
    fn new(base: &'a Base) -> Self {
        let members: Vec<PersonId> = cast::family().iter().map(|_| fresh()).collect();
        let gulalai: PersonId = fresh();
        Story {
            teller: Teller::new(base),
            officers: BTreeMap::new(),
            household: fresh(),
            link: LinkId::of(members[0], gulalai),
            members,
            other_household: fresh(),
            gulalai,
            import: fresh(),
            listing: fresh(),
            unregistered: fresh(),
            looked: fresh(),
            visit: fresh(),
            question: fresh(),
            protected_answer: fresh(),
            paper: fresh(),
            protected_paper: fresh(),
            task: fresh(),
            protected_task: fresh(),
            kafaalat: fresh(),
            zakat: fresh(),
            shelter: fresh(),
            dispatch: fresh(),
            receipt: fresh(),
            protected_receipt: fresh(),
            complaint: fresh(),
            protected_appeal: fresh(),
            about_office: fresh(),
            correction: fresh(),
            opening: fresh(),
        }
    }

    /// The scope of an officer by sign-in name.
    pub async fn scope(&self, login: &str) -> Scope {
        self.teller.base.scope_of(self.officers[login], self.teller.at).await
    }

    /// Amina Bibi.
    pub fn amina(&self) -> PersonId {
        self.members[0]
    }

    /// The pack and the officers.
    async fn office(&mut self) {
        let system = &self.teller.base.system;
        let pack = Record { kind: RecordKind::Pack, id: Uuid::now_v7() };
        let published =
            PackPublished { hash: pack_hash(), bundle: "ef".repeat(32), title: "Test pack".to_owned(), programmes: 3 };
        self.teller.tell(system, [(pack, published)]).await;
        for appointed in cast::officers() {
            let officer: OfficerId = fresh();
            self.officers.insert(appointed.login.clone(), officer);
            self.teller.one(system, officer, appointed).await;
        }
        let clerk = cast::officers().into_iter().find(|o| o.login == "clerk.nsr").expect("the clerk");
        let changed = OfficerChanged {
            roles: vec![Role::RegistrationClerk, Role::SocialWorker],
            posting: clerk.posting,
            active: true,
            reason: "also assesses from today".to_owned(),
        };
        self.teller.one(system, self.officers["clerk.nsr"], changed).await;
        let reset = SecondStepReset { reason: "the phone is lost".to_owned() };
        self.teller.one(system, self.officers["unit"], reset).await;
    }

    /// Who does not serve the family opens what is protected, and the unit sees it.
    async fn opening(&mut self) {
        let (clerk, unit) = (self.scope("clerk.nsr").await, self.scope("unit").await);
        let why = Some(OpeningReason::Danger);
        let opened =
            ProtectedOpened::decide(self.household, "nowshera".into(), why, "she is at the door", self.teller.at);
        self.teller.one(&clerk, self.opening, opened.expect("an opening")).await;
        self.teller.one(&unit, self.opening, ProtectedOpeningSeen {}).await;
    }

    /// Both households, each registered at its own centre.
    async fn families(&mut self) {
        let clerk = self.scope("clerk.nsr").await;
        let people = self.members.clone().into_iter().zip(cast::family()).collect();
        self.register(&clerk, self.household, "nowshera", "Pabbi", people).await;
        let clerk = self.scope("clerk.dir").await;
        let people = vec![(self.gulalai, cast::gulalai())];
        self.register(&clerk, self.other_household, "lower-dir", "Timergara", people).await;
    }

    /// Registers a household with its members, as one command.
    pub async fn register(
        &mut self,
        scope: &Scope,
        household: HouseholdId,
        centre: &str,
        village: &str,
        members: Vec<(PersonId, PersonDetails)>,
    ) {
        let phones = if centre == "nowshera" { vec![cast::phone(cast::AMINA_PHONE)] } else { vec![] };
        let registered = HouseholdRegistered { centre: centre.into(), place: cast::place(centre, village), phones };
        let mut events: Vec<(Record, Event)> = vec![(household.into(), registered.into())];
        for (person, details) in members {
            events.push((household.into(), MemberAdded { person, details }.into()));
        }
        self.teller.tell(scope, events).await;
    }
}

/// The hash of the story's pack.
pub fn pack_hash() -> PackHash {
    PackHash("ab".repeat(32))
}
