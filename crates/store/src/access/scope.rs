//! Whose data a request may read. Deny by default: only this folder makes scopes.

use crate::db::Value;
use domain::{
    access::{Doing, Officer, Role},
    ids::{GrievanceId, OfficerId, ReceiptId},
    programmes::{CentreId, DistrictId, OperatorId},
};
use std::borrow::Cow;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Scope {
    who: Who,
}

#[derive(Debug, Clone)]
enum Who {
    Officer(Box<OfficerScope>),
    Receipt(ReceiptId),
    Grievance(GrievanceId),
    Display(CentreId),
    Public,
    System,
}

/// An officer who is signed in.
#[derive(Debug, Clone)]
pub struct OfficerScope {
    officer: Officer,
    deputized: Vec<(DistrictId, OfficerId)>,
}

impl Scope {
    /// Anybody: sees nothing of the registry.
    pub fn public() -> Self {
        Scope { who: Who::Public }
    }

    /// A job of this installation, such as the sealer or the demo's seeding; pages never hold one.
    pub fn system(_: SystemKey) -> Self {
        Scope { who: Who::System }
    }

    /// For a read that another check inside the store has already allowed.
    pub(crate) fn inside() -> Self {
        Scope { who: Who::System }
    }

    /// `deputized`: the districts whose inbox this officer has today as a deputy, and whose each is.
    pub(super) fn officer_signed_in(officer: Officer, deputized: Vec<(DistrictId, OfficerId)>) -> Self {
        Scope { who: Who::Officer(Box::new(OfficerScope { officer, deputized })) }
    }

    pub(crate) fn receipt_proven(receipt: ReceiptId) -> Self {
        Scope { who: Who::Receipt(receipt) }
    }

    pub(crate) fn grievance_proven(grievance: GrievanceId) -> Self {
        Scope { who: Who::Grievance(grievance) }
    }

    pub(crate) fn display_proven(centre: CentreId) -> Self {
        Scope { who: Who::Display(centre) }
    }

    /// The centre whose screen in the waiting room this is.
    pub fn display(&self) -> Option<&CentreId> {
        match &self.who {
            Who::Display(centre) => Some(centre),
            _ => None,
        }
    }

    /// The officer, when one is signed in.
    pub fn officer(&self) -> Option<&OfficerScope> {
        match &self.who {
            Who::Officer(officer) => Some(officer),
            _ => None,
        }
    }

    /// The officer's key, for the journal.
    pub fn officer_id(&self) -> Option<OfficerId> {
        self.officer().map(|o| o.officer.id)
    }

    /// The receipt whose code and secret were proven.
    pub fn receipt(&self) -> Option<ReceiptId> {
        match self.who {
            Who::Receipt(receipt) => Some(receipt),
            _ => None,
        }
    }

    /// The complaint whose code and secret were proven.
    pub fn grievance(&self) -> Option<GrievanceId> {
        match self.who {
            Who::Grievance(grievance) => Some(grievance),
            _ => None,
        }
    }

    pub(crate) fn is_system(&self) -> bool {
        matches!(self.who, Who::System)
    }

    /// Whether the scope's roles may do this.
    pub fn may(&self, doing: Doing) -> bool {
        self.officer().is_some_and(|o| o.officer.roles.iter().any(|role| role.may().contains(&doing)))
    }
}

impl OfficerScope {
    /// The officer as they stand.
    pub fn as_officer(&self) -> &Officer {
        &self.officer
    }

    fn holds(&self, role: Role) -> bool {
        self.officer.roles.contains(&role)
    }

    /// Auditors read every ordinary record.
    pub(crate) fn reads_everything(&self) -> bool {
        self.holds(Role::Auditor)
    }

    /// Answers the complaints of the district.
    pub fn answers_grievances(&self) -> bool {
        self.holds(Role::GrievanceOfficer)
    }

    /// Answers complaints where a district has nobody who may.
    pub fn stands_in_for_districts(&self) -> bool {
        self.holds(Role::ProvincialUnit)
    }

    /// The centre of a desk role.
    pub fn desk_centre(&self) -> Option<&CentreId> {
        let desk =
            self.officer.roles.iter().any(|r| r.may().contains(&Doing::People) || r.may().contains(&Doing::Tokens));
        if desk { self.officer.posting.centre.as_ref() } else { None }
    }

    /// The centre of a role that opens case files; a token counter works at a centre but opens none.
    pub(crate) fn case_centre(&self) -> Option<&CentreId> {
        let opens = self.officer.roles.iter().any(|role| role.may().contains(&Doing::People));
        if opens { self.officer.posting.centre.as_ref() } else { None }
    }

    /// The district of the posting.
    pub fn district(&self) -> Option<&DistrictId> {
        self.officer.posting.district.as_ref()
    }

    /// The districts whose inbox this officer has today as a deputy, and for whom.
    pub fn deputized(&self) -> &[(DistrictId, OfficerId)] {
        &self.deputized
    }

    /// Whether this officer names deputies for another.
    pub(super) fn names_deputies_of(&self, other: &Officer) -> bool {
        self.officer.names_deputies_of(other)
    }

    /// For whom this officer stands in when they decide an application of a district.
    pub fn stead_for(&self, district: &DistrictId) -> Option<OfficerId> {
        let own = self.district() == Some(district);
        self.deputized.iter().find(|(theirs, _)| !own && theirs == district).map(|(_, officer)| *officer)
    }

    /// The operator a focal person decides for.
    pub fn operator(&self) -> Option<&OperatorId> {
        if self.holds(Role::DepartmentFocal) { self.officer.posting.operator.as_ref() } else { None }
    }
}

/// The right to act as the system; made once, by the program's start.
#[derive(Debug)]
pub struct SystemKey(());

impl SystemKey {
    /// Only the binary's own commands call this; a test forbids the name in the pages' crate.
    pub fn for_this_program() -> Self {
        SystemKey(())
    }
}

/// A condition on rows, with its values; `{}` stands for the next placeholder.
pub(crate) struct Filter {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

impl Filter {
    pub(crate) fn new(text: impl Into<Cow<'static, str>>, values: Vec<Value>) -> Self {
        Filter { text: text.into(), values }
    }

    pub(crate) fn all() -> Self {
        Filter { text: "true".into(), values: Vec::new() }
    }

    pub(crate) fn nothing() -> Self {
        Filter { text: "false".into(), values: Vec::new() }
    }

    /// The condition with placeholders from `first`, and its values.
    pub(crate) fn sql(self, first: usize) -> (String, Vec<Value>) {
        let mut out = String::new();
        for (i, part) in self.text.split("{}").enumerate() {
            if i > 0 {
                out.push_str(&format!("${}", first + i - 1));
            }
            out.push_str(part);
        }
        (out, self.values)
    }
}
