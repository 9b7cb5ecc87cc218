//! People on file and rows of lists as the columns of the model.

use domain::{ids::PersonId, people::Listed};
use linkage::{
    Candidate,
    bulk::{Description, Records},
};

/// A record as the model's columns.
pub(super) struct Compared<'c> {
    name: &'c str,
    father: &'c str,
    sex: &'static str,
    birth: String,
    number: &'c str,
    phone: &'c str,
    village: &'c str,
    tehsil: &'c str,
}

impl<'c> Compared<'c> {
    pub(super) fn of(known: &'c Candidate<PersonId>) -> Self {
        Compared {
            name: &known.given,
            father: known.father_or_husband.as_deref().unwrap_or(""),
            sex: sex(known.sex.as_deref()),
            birth: known.birth.as_deref().unwrap_or("").trim_start_matches('~').to_owned(),
            number: known.numbers.first().map_or("", String::as_str),
            phone: known.phones.first().map_or("", String::as_str),
            village: known.village.as_deref().unwrap_or(""),
            tehsil: known.tehsil.as_deref().unwrap_or(""),
        }
    }

    pub(super) fn of_row(row: &'c Listed) -> Self {
        Compared {
            name: &row.given,
            father: row.father_or_husband.as_deref().unwrap_or(""),
            sex: sex(row.sex.map(|sex| sex.code())),
            birth: row.birth.map(|birth| birth.to_string().trim_start_matches('~').to_owned()).unwrap_or_default(),
            number: row.number.as_deref().unwrap_or(""),
            phone: row.phone.as_deref().unwrap_or(""),
            village: row.village.as_deref().unwrap_or(""),
            tehsil: row.tehsil.as_deref().unwrap_or(""),
        }
    }

    /// What a column of the model says of it.
    pub(super) fn cell(&self, description: &Description, field: usize, nth: usize) -> Option<&str> {
        let column = description.fields[field].columns.get(nth)?;
        Some(match column.as_str() {
            "name" => self.name,
            "father_or_husband" => self.father,
            "sex" => self.sex,
            "birth" => &self.birth,
            "cnic" => self.number,
            "phone" => self.phone,
            "village" => self.village,
            "tehsil" => self.tehsil,
            _ => "",
        })
    }
}

/// Adds it to the records that are compared.
pub(super) fn push(records: &mut Records, of: &Compared<'_>) {
    let description = records.description().clone();
    records.push(0, |field, nth| of.cell(&description, field, nth));
}

fn sex(code: Option<&str>) -> &'static str {
    match code {
        Some("female") => "F",
        Some("male") => "M",
        Some("transgender") => "X",
        _ => "",
    }
}
