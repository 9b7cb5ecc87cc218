//! A complaint whose secret is lost: what a desk asks to know whose it is. The desk compares and never reads what was
//! complained about, and whoever it is about finds nothing.

use crate::{
    Scope, Store,
    db::args,
    error::Result,
    sealing::{Vault, columns as at},
};
use domain::{Version, access::Doing, applications::ReceiptCode, grievances::GrievanceFiled, ids::GrievanceId};

/// Digits in which a phone number is compared: without country code and leading zero.
const PHONE_DIGITS: usize = 10;

/// What somebody at a desk says of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The name on the card that was looked at.
    pub name: String,
    /// Their phone number.
    pub phone: String,
}

/// A complaint that is the claimant's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewable {
    /// Key.
    pub id: GrievanceId,
    /// Events seen.
    pub version: Version,
}

impl Claim {
    /// Whether this is who complained: by the name where one was given, else by the phone. A complaint with neither is
    /// nobody's that could be checked.
    fn fits(&self, filed: &GrievanceFiled) -> bool {
        match (&filed.name, &filed.phone) {
            (Some(name), _) => same_name(name, &self.name),
            (None, Some(phone)) => same_phone(phone, &self.phone),
            (None, None) => false,
        }
    }
}

/// Every part of the shorter name stands in the longer one, in any spelling and script.
fn same_name(filed: &str, said: &str) -> bool {
    let (filed, said) = (linkage::names::skeleton(filed), linkage::names::skeleton(said));
    let (short, long) = if filed.len() <= said.len() { (filed, said) } else { (said, filed) };
    !short.is_empty() && short.iter().all(|part| long.contains(part))
}

fn same_phone(filed: &str, said: &str) -> bool {
    let last = |text: &str| {
        let digits: Vec<char> = linkage::text::ascii_digits(text).chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= PHONE_DIGITS).then(|| digits[digits.len() - PHONE_DIGITS..].to_vec())
    };
    last(filed).is_some_and(|filed| last(said) == Some(filed))
}

impl Store {
    /// The complaint with this code, if it is the claimant's and not about the officer who asks. Everything else reads
    /// like a code that is not there.
    pub async fn complaint_of(&self, scope: &Scope, code: &ReceiptCode, claim: &Claim) -> Result<Option<Renewable>> {
        let Some(officer) = scope.officer_id().filter(|_| scope.may(Doing::Apply)) else { return Ok(None) };
        let sql = "select g.grievance_id, g.version, g.filed from grievance g where g.code = $1 and not exists
                   (select 1 from grievance_about ga where ga.grievance_id = g.grievance_id and ga.officer_id = $2)";
        let Some(row) = self.db.row(sql, args![code.plain(), officer]).await? else { return Ok(None) };
        let id: GrievanceId = row.id(0)?;
        let vault: &Vault = self.vault();
        let filed: GrievanceFiled = vault.json(&row, 2, &at::GRIEVANCE_FILED, (id.0, 0))?;
        if claim.fits(&filed) { Ok(Some(Renewable { id, version: row.get(1)? })) } else { Ok(None) }
    }

    /// The secret that was renewed as this version of the complaint, while it is the one in force; for whoever proves
    /// that they renewed it.
    pub async fn secret_in_force(&self, code: &ReceiptCode, issue: Version) -> Result<Option<String>> {
        let sql = "select grievance_id, secret_hash from grievance where code = $1";
        let Some(row) = self.db.row(sql, args![code.plain()]).await? else { return Ok(None) };
        let secret = self.renewed_secret(row.id(0)?, issue);
        let holds = crate::applications::same(&self.receipt_secret_hash(code, &secret), &row.get::<String>(1)?);
        Ok(holds.then_some(secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_any_spelling_and_a_phone_with_any_prefix() {
        let names = [
            ("Amina Bibi", "AMINA BIBI", true),
            ("Amina", "Amina Bibi", true),
            ("آمنہ بی بی", "Amina Bibi", true),
            ("Amina Bibi", "Gulalai", false),
            ("Amina Bibi", "", false),
        ];
        for (filed, said, same) in names {
            assert_eq!(same_name(filed, said), same, "{filed} / {said}");
        }
        let phones = [
            ("0300 1234567", "+92 300 1234567", true),
            ("03001234567", "۰۳۰۰۱۲۳۴۵۶۷", true),
            ("0300 1234567", "0300 1234568", false),
            ("0300 1234567", "1234567", false),
            ("1234", "1234", false),
        ];
        for (filed, said, same) in phones {
            assert_eq!(same_phone(filed, said), same, "{filed} / {said}");
        }
    }
}
