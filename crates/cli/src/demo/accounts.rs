//! One account per role, of the demo's invented officers.

use crate::commands::officer::appoint as appoint_one;
use domain::{
    Instant,
    access::{Posting, Role},
};
use store::Store;

/// The password of every demo account; shown on the terminal, which is why a demo listens on this machine only.
pub(crate) const PASSWORD: &str = "one window demo";

struct Account {
    login: &'static str,
    name: &'static str,
    role: Role,
    centre: &'static str,
    district: &'static str,
    operator: &'static str,
}

const fn account(login: &'static str, name: &'static str, role: Role, place: [&'static str; 3]) -> Account {
    Account { login, name, role, centre: place[0], district: place[1], operator: place[2] }
}

const N: &str = "nowshera";
const D: &str = "lower-dir";

/// Everybody who can sign in to the demo.
const ACCOUNTS: &[Account] = &[
    account("token", "Palwasha (token counter)", Role::TokenCounter, [N, N, ""]),
    account("clerk", "Shakeel (registration)", Role::RegistrationClerk, [N, N, ""]),
    account("social", "Yasmin (social worker)", Role::SocialWorker, [N, N, ""]),
    account("manager", "Akhtar (centre manager)", Role::CentreManager, [N, N, ""]),
    account("clerk-dir", "Naveed (registration)", Role::RegistrationClerk, [D, D, ""]),
    account("bisp", "Aziz (BISP)", Role::DepartmentFocal, ["", N, "bisp"]),
    account("bisp-appeals", "Nasreen (BISP)", Role::DepartmentFocal, ["", N, "bisp"]),
    account("zakat", "Rashid (Zakat and Ushr)", Role::DepartmentFocal, ["", N, "kp-zakat"]),
    account("pbm", "Khalid (Bait-ul-Mal)", Role::DepartmentFocal, ["", N, "pbm"]),
    account("welfare", "Parveen (Social Welfare)", Role::DepartmentFocal, ["", N, "kp-social-welfare"]),
    account("labour", "Usman (Social Security)", Role::DepartmentFocal, ["", N, "kp-essi"]),
    account("health", "Zakia (Health)", Role::DepartmentFocal, ["", N, "kp-health"]),
    account("education", "Umar (Education)", Role::DepartmentFocal, ["", N, "kp-ese"]),
    account("welfare-dir", "Shamim (Social Welfare)", Role::DepartmentFocal, ["", D, "kp-social-welfare"]),
    account("welfare-head", "Tahir (Social Welfare)", Role::DepartmentSupervisor, ["", N, "kp-social-welfare"]),
    account("grievance", "Saeed (grievances)", Role::GrievanceOfficer, ["", N, ""]),
    account("province", "Fatima (provincial unit)", Role::ProvincialUnit, ["", "", ""]),
    account("lists", "Nazia (lists)", Role::ListKeeper, ["", "", ""]),
    account("admin", "Hassan (administrator)", Role::Administrator, ["", "", ""]),
    account("auditor", "Karim (auditor)", Role::Auditor, ["", "", ""]),
];

/// Appoints everybody.
pub(super) async fn appoint(store: &Store, at: Instant) -> Result<(), String> {
    for account in ACCOUNTS {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let posting = Posting {
            centre: some(account.centre).map(Into::into),
            district: some(account.district).map(Into::into),
            operator: some(account.operator).map(Into::into),
        };
        appoint_one(store, account.login, account.name, vec![account.role], posting, PASSWORD, false, at).await?;
    }
    Ok(())
}

/// The accounts as the terminal lists them.
pub(super) fn list() -> String {
    let place =
        |a: &Account| [a.operator, a.district].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
    let line = |a: &Account| format!("  {:<12} {:<28} {}", a.login, a.name, place(a));
    ACCOUNTS.iter().map(line).collect::<Vec<_>>().join("\n")
}
