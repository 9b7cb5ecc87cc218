//! The invented cast: a widow's family in Nowshera, another family in Lower Dir, and the officers who serve them.

use domain::{
    access::{OfficerAppointed, Posting, Role},
    identity::{IdentityKind, IdentityNumber},
    people::{Birth, Identity, IdentityCheck, MaritalStatus, PersonDetails, PhoneEntry, Place, Relationship, Sex},
};

/// Amina Bibi's card.
pub const AMINA_CNIC: &str = "17201-2345678-2";
/// Amina Bibi's phone.
pub const AMINA_PHONE: &str = "+923001234567";
/// Gulalai's card.
pub const GULALAI_CNIC: &str = "15302-7654321-4";

/// What is known of a person when they are registered.
pub fn person(given: &str, father: &str, sex: Sex, birth: &str, relationship: Relationship) -> PersonDetails {
    PersonDetails {
        given: given.to_owned(),
        father_or_husband: Some(father.to_owned()),
        sex: Some(sex),
        birth: Some(Birth::parse(birth).expect("a birth")),
        relationship: Some(relationship),
        marital_status: None,
        identities: vec![],
    }
}

/// The same person with a number.
pub fn with_number(mut details: PersonDetails, kind: IdentityKind, typed: &str) -> PersonDetails {
    let (number, _) = IdentityNumber::parse(kind, typed).expect("a number");
    details.identities.push(Identity { number, check: IdentityCheck::PaperSeen, expires: None });
    details
}

/// Amina Bibi, a widow and head of her household.
pub fn amina() -> PersonDetails {
    let details = person("Amina Bibi", "Sher Zaman", Sex::Female, "1988-03-02", Relationship::Head);
    let details = PersonDetails { marital_status: Some(MaritalStatus::Widowed), ..details };
    with_number(details, IdentityKind::Cnic, AMINA_CNIC)
}

/// The five members in Nowshera: Amina Bibi, Bilal, Zainab, Hamza, Sher Zaman.
pub fn family() -> Vec<PersonDetails> {
    let child = |given: &str, sex: Sex, birth: &str| person(given, "Sher Zaman", sex, birth, Relationship::Child);
    vec![
        amina(),
        with_number(child("Bilal", Sex::Male, "2012-05"), IdentityKind::BForm, "17201-3456789-1"),
        child("Zainab", Sex::Female, "2015"),
        child("Hamza", Sex::Male, "2019-01-15"),
        person("Sher Zaman", "Noor Rehman", Sex::Male, "~1952", Relationship::ParentInLaw),
    ]
}

/// Gulalai, who lives alone in Lower Dir.
pub fn gulalai() -> PersonDetails {
    let details = person("Gulalai", "Noor Rehman", Sex::Female, "1995-11-20", Relationship::Head);
    with_number(details, IdentityKind::Cnic, GULALAI_CNIC)
}

/// A place in a district.
pub fn place(district: &str, village: &str) -> Place {
    Place {
        district: district.into(),
        province_permanent: Some("kp".to_owned()),
        tehsil: None,
        union_council: Some(format!("{village} 2")),
        village: Some(village.to_owned()),
        directions: Some("behind the mosque".to_owned()),
    }
}

/// A phone of the family.
pub fn phone(number: &str) -> PhoneEntry {
    PhoneEntry { number: number.to_owned(), whose: None, may_message: true }
}

/// Sign-in names with what each is appointed to.
pub fn officers() -> Vec<OfficerAppointed> {
    let desk = |login: &str, role: Role, centre: &str| {
        let posting = Posting { centre: Some(centre.into()), district: Some(centre.into()), operator: None };
        OfficerAppointed::decide(login, login, vec![role], posting).expect("an appointment")
    };
    let focal = |login: &str, operator: &str, district: &str| {
        let posting = Posting { centre: None, district: Some(district.into()), operator: Some(operator.into()) };
        OfficerAppointed::decide(login, login, vec![Role::DepartmentFocal], posting).expect("an appointment")
    };
    let of = |login: &str, role: Role, district: Option<&str>| {
        let posting = Posting { centre: None, district: district.map(Into::into), operator: None };
        OfficerAppointed::decide(login, login, vec![role], posting).expect("an appointment")
    };
    let other = |login: &str, role: Role| of(login, role, Some("nowshera"));
    let of_dir = |login: &str, role: Role| of(login, role, Some("lower-dir"));
    vec![
        desk("worker.nsr", Role::SocialWorker, "nowshera"),
        desk("clerk.nsr", Role::RegistrationClerk, "nowshera"),
        desk("token.nsr", Role::TokenCounter, "nowshera"),
        desk("clerk.dir", Role::RegistrationClerk, "lower-dir"),
        focal("bisp.nsr", "bisp", "nowshera"),
        focal("bisp.dir", "bisp", "lower-dir"),
        focal("zakat.nsr", "kp-zakat", "nowshera"),
        focal("welfare.nsr", "kp-social-welfare", "nowshera"),
        other("grievance.nsr", Role::GrievanceOfficer),
        of_dir("grievance.dir", Role::GrievanceOfficer),
        other("unit", Role::ProvincialUnit),
        other("lists", Role::ListKeeper),
        other("admin", Role::Administrator),
        other("auditor", Role::Auditor),
    ]
}
