//! A programme as the pack declares it: who runs it, who may get it, what it gives, what it asks for.

use super::words::{MarkedWords, Status, Words};
use crate::{Id, K3};
use domain::Date;
use serde::{Deserialize, Serialize};

/// Whether each member is a candidate or the household as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Each member is a candidate.
    Person,
    /// The household as a whole.
    Household,
}

/// Whether the programme takes applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Takes applications.
    Open,
    /// Announced, not yet opened; verdicts are computed and the page says so.
    Announced,
    /// Takes none; every verdict is *closed here*.
    Closed,
    /// The sources do not say; verdicts are computed and the page says so.
    Unknown,
}

/// How much of the programme's rules the pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Completeness {
    /// All of them: yes means *meets the rules*.
    #[serde(rename = "complete")]
    Complete,
    /// Some: yes means *may qualify; the department also checks rules we do not hold*.
    #[serde(rename = "partial")]
    Partial,
    /// Anyone may come.
    #[serde(rename = "open to all")]
    OpenToAll,
    /// None are public: always *cannot tell*.
    #[serde(rename = "not published")]
    NotPublished,
}

/// Who decides an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Decides {
    /// The operating department.
    Operator,
    /// The desk, by this deed of delegation.
    Delegated {
        /// The deed's title or number.
        deed: String,
    },
}

/// What kind of thing a programme books, when it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Booking {
    /// A bed for one night.
    BedNight,
    /// A place to live.
    ResidentialPlace,
    /// A seat in a course.
    TrainingSeat,
    /// Something made to measure.
    MadeToOrder,
    /// A board that sits on given days.
    BoardSitting,
}

/// One programme of the pack.
#[derive(Debug, Clone, Serialize)]
pub struct Programme {
    /// Its id, also its folder.
    pub id: Id,
    /// Who runs it.
    pub operator: Id,
    /// Who decides an application.
    pub decides: Decides,
    /// Who the candidates are.
    pub level: Level,
    /// Whether it takes applications.
    pub state: State,
    /// How much of its rules the pack holds.
    pub rules: Completeness,
    /// What it is for, to tell what overlaps from what completes each other; `None` when the pack does not say.
    pub purpose: Option<domain::payments::Purpose>,
    /// The programme itself is protected, or one of its criteria uses a protected fact.
    pub protected: bool,
    /// The programme family it belongs to.
    pub umbrella: Option<String>,
    /// Editorial selections it is in (`kp-core-40`, `ehsaas-14`).
    pub packs: Vec<String>,
    /// Whom its source says it is for.
    pub target_groups: Vec<String>,
    /// Where it exists, for information.
    pub places: Vec<String>,
    /// How well its sources support it.
    pub status: Status,
    /// Source ids.
    pub sources: Vec<Id>,
    /// Where to apply, in words.
    pub apply_at: Vec<String>,
    /// Conditions after enrolment, in words.
    pub conditions: Vec<String>,
    /// What must be booked, if anything.
    pub booking: Option<Booking>,
    /// A note for officers.
    pub note: String,
    /// Its name.
    pub name: MarkedWords,
    /// One line: who it is for and what it gives.
    pub line: MarkedWords,
    /// The full text, where there is one: [`FULL_PARTS`] lines in each language.
    pub full: MarkedWords,
    /// A note on its texts, such as "needs a native reader".
    pub texts_note: String,
    /// All must hold.
    pub criteria: Vec<Criterion>,
    /// Rank, never block.
    pub preferences: Vec<Preference>,
    /// What it gives.
    pub benefits: Vec<Benefit>,
    /// Papers it asks for.
    pub papers: Vec<PaperRule>,
    /// Steps after submission with their limits.
    pub steps: Vec<Step>,
    /// Programmes that cannot be held together with it.
    pub exclusions: Vec<Related>,
    /// Programmes that go well with it.
    pub links: Vec<Related>,
    /// Programmes to try when it is not possible.
    pub fallbacks: Vec<Related>,
    /// Full ids of every fact its criteria read, derived facts followed to what is asked or recorded.
    pub facts: Vec<Id>,
}

/// The lines of a full text: for whom, what it gives, what to bring, where to apply, how long it takes.
pub const FULL_PARTS: usize = 5;

/// What a programme's state says of everybody before any criterion: closed, it is given to nobody; with rules that are
/// not published nothing can be told; what is open to all is for all. `None`: the criteria say.
pub fn settled(state: State, rules: Completeness) -> Option<K3> {
    match (state, rules) {
        (State::Closed, _) => Some(K3::No),
        (_, Completeness::NotPublished) => Some(K3::Unknown),
        (_, Completeness::OpenToAll) => Some(K3::Yes),
        (_, Completeness::Complete | Completeness::Partial) => None,
    }
}

impl Programme {
    /// What its state says of everybody before any criterion; see [`settled`].
    pub fn settled(&self) -> Option<K3> {
        settled(self.state, self.rules)
    }

    /// Whether verdicts, reasons and questions of this programme carry the protected class.
    pub fn protected(&self) -> bool {
        self.protected
    }
}

/// A condition all candidates must meet.
#[derive(Debug, Clone, Serialize)]
pub struct Criterion {
    /// Its id within the programme.
    pub id: Id,
    /// The condition's source text; empty when there are alternatives.
    pub when: String,
    /// Alternatives of which one must hold; empty when there is a condition.
    pub any_of: Vec<Alternative>,
    /// How well its source supports it.
    pub status: Status,
    /// Source ids.
    pub source: Vec<Id>,
    /// A note for officers.
    pub note: String,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// A hand-written sentence; empty: compose label and value.
    pub words: Words,
}

impl Criterion {
    /// Whether the criterion is in force on a day.
    pub fn in_force(&self, at: Date) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at <= until)
    }
}

/// One way of meeting a criterion.
#[derive(Debug, Clone, Serialize)]
pub struct Alternative {
    /// Its id within the criterion.
    pub id: Id,
    /// The condition's source text.
    pub when: String,
    /// How well its source supports it.
    pub status: Status,
    /// Source ids.
    pub source: Vec<Id>,
    /// A note for officers.
    pub note: String,
    /// A hand-written sentence; empty: compose label and value.
    pub words: Words,
}

/// A condition that ranks candidates and never blocks one.
#[derive(Debug, Clone, Serialize)]
pub struct Preference {
    /// The condition's source text.
    pub when: String,
    /// How well its source supports it.
    pub status: Status,
    /// Source ids.
    pub source: Vec<Id>,
    /// A hand-written sentence; empty: compose label and value.
    pub words: Words,
}

/// A paper the programme asks for.
#[derive(Debug, Clone, Serialize)]
pub struct PaperRule {
    /// The paper's id.
    pub id: Id,
    /// The condition under which it is needed; empty: always.
    pub when: String,
    /// How well its source supports it.
    pub status: Status,
}

/// A step after submission.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What is done: `acknowledge`, `complete_or_return`, `decide`, `deliver`.
    pub id: Id,
    /// Whose clock runs: `desk`, `citizen`, `department`, `partner`.
    pub owner: String,
    /// The limit in working days.
    pub working_days: u32,
    /// How well its source supports it.
    pub status: Status,
}

/// Another programme and why it is named here.
#[derive(Debug, Clone, Serialize)]
pub struct Related {
    /// The other programme.
    pub programme: Id,
    /// Why.
    pub why: Words,
    /// How well its source supports it.
    pub status: Status,
}

pub use super::benefit::{Amount, Benefit, BenefitKind, Per};
