//! The invented cast as the forms of the pages take them, and the officers who serve them.

use domain::access::{OfficerAppointed, Posting, Role};

/// Amina Bibi's card.
pub const AMINA_CNIC: &str = "17201-2345678-2";

/// What a clerk types to register Amina Bibi, a widow in Pabbi.
pub fn amina_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("given", "Amina Bibi"),
        ("father", "Sher Zaman"),
        ("sex", "female"),
        ("birth_day", "2"),
        ("birth_month", "3"),
        ("birth_year", "1988"),
        ("marital_status", "widowed"),
        ("number_kind", "cnic"),
        ("number", AMINA_CNIC),
        ("number_check", "paper_seen"),
        ("district", "nowshera"),
        ("province_permanent", "khyber-pakhtunkhwa"),
        ("village", "Pabbi"),
        ("directions", "behind the mosque"),
        ("phone", "0300 1234567"),
        ("phone_whose", "her own"),
        ("phone_message", "yes"),
    ]
}

/// Bilal, Zainab and Hamza.
pub fn children_forms() -> Vec<Vec<(&'static str, &'static str)>> {
    let child = |given: &'static str, sex: &'static str, year: &'static str| {
        vec![
            ("given", given),
            ("father", "Sher Zaman"),
            ("sex", sex),
            ("birth_year", year),
            ("relationship", "child"),
            ("marital_status", "never_married"),
        ]
    };
    vec![child("Bilal", "male", "2012"), child("Zainab", "female", "2015"), child("Hamza", "male", "2019")]
}

/// What a clerk types to register Gulalai, who lives alone in Lower Dir.
pub fn gulalai_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("given", "Gulalai"),
        ("father", "Noor Rehman"),
        ("sex", "female"),
        ("about", "31"),
        ("marital_status", "never_married"),
        ("number_kind", "cnic"),
        ("number", "15302-7654321-4"),
        ("district", "lower-dir"),
        ("village", "Timergara"),
    ]
}

/// What a clerk in Lower Dir types to register Amina Bibi again: another spelling, and one digit misread.
pub fn amina_again_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("given", "Aamna Bibi"),
        ("father", "Sher Zamaan"),
        ("sex", "female"),
        ("birth_day", "2"),
        ("birth_month", "3"),
        ("birth_year", "1988"),
        ("marital_status", "widowed"),
        ("number_kind", "cnic"),
        ("number", "17201-2345678-4"),
        ("district", "lower-dir"),
        ("village", "Khall"),
        ("phone", "0300 7654321"),
    ]
}

/// Every officer: sign-in name, role, place.
pub fn officers() -> Vec<OfficerAppointed> {
    let desk = |login: &str, role: Role, centre: &str| {
        let posting = Posting { centre: Some(centre.into()), district: Some(centre.into()), operator: None };
        OfficerAppointed::decide(login, login, vec![role], posting).expect("an appointment")
    };
    let focal = |login: &str, operator: &str, district: &str| {
        let posting = Posting { centre: None, district: Some(district.into()), operator: Some(operator.into()) };
        OfficerAppointed::decide(login, login, vec![Role::DepartmentFocal], posting).expect("an appointment")
    };
    let head = |login: &str, operator: &str, district: &str| {
        let posting = Posting { centre: None, district: Some(district.into()), operator: Some(operator.into()) };
        OfficerAppointed::decide(login, login, vec![Role::DepartmentSupervisor], posting).expect("an appointment")
    };
    let of = |login: &str, role: Role, district: Option<&str>| {
        let posting = Posting { district: district.map(Into::into), ..Posting::default() };
        OfficerAppointed::decide(login, login, vec![role], posting).expect("an appointment")
    };
    let other = |login: &str, role: Role| of(login, role, None);
    vec![
        desk("token.nsr", Role::TokenCounter, "nowshera"),
        desk("clerk.nsr", Role::RegistrationClerk, "nowshera"),
        desk("worker.nsr", Role::SocialWorker, "nowshera"),
        desk("manager.nsr", Role::CentreManager, "nowshera"),
        desk("clerk.dir", Role::RegistrationClerk, "lower-dir"),
        desk("manager.dir", Role::CentreManager, "lower-dir"),
        focal("bisp.nsr", "bisp", "nowshera"),
        focal("bisp2.nsr", "bisp", "nowshera"),
        focal("bisp.dir", "bisp", "lower-dir"),
        head("head.nsr", "bisp", "nowshera"),
        focal("zakat.nsr", "kp-zakat", "nowshera"),
        focal("pbm.nsr", "pbm", "nowshera"),
        focal("welfare.nsr", "kp-social-welfare", "nowshera"),
        of("grievance.nsr", Role::GrievanceOfficer, Some("nowshera")),
        of("grievance2.nsr", Role::GrievanceOfficer, Some("nowshera")),
        of("unit", Role::ProvincialUnit, None),
        of("lists", Role::ListKeeper, None),
        other("admin", Role::Administrator),
        other("auditor", Role::Auditor),
    ]
}
