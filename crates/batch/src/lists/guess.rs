//! Which column holds what, from how offices call them in English, Urdu, Pashto and Urdu in Latin letters.

use domain::people::{ListField, ListMapping};

/// Names of columns, without spaces and marks, in small letters.
const NAMES: &[(ListField, &[&str])] = &[
    (
        ListField::FatherOrHusband,
        &[
            "fathername",
            "fathersname",
            "husbandname",
            "fatherhusband",
            "fatherhusbandname",
            "fathershusbandsname",
            "fatherorhusband",
            "fatherorhusbandname",
            "fhname",
            "sodowo",
            "sowodo",
            "sodo",
            "wo",
            "so",
            "do",
            "father",
            "husband",
            "guardian",
            "guardianname",
            "walid",
            "walidkanam",
            "waldiyat",
            "waliyat",
            "zaujiyat",
            "shohar",
            "shoharkanam",
            "ولدیت",
            "والد",
            "والدکانام",
            "باپکانام",
            "والدشوہر",
            "والدشوہرکانام",
            "باپشوہرکانام",
            "شوہر",
            "شوہرکانام",
            "زوجیت",
            "ولدیتزوجیت",
            "ولدزوجہ",
            "پلار",
            "پلارنوم",
            "دپلارنوم",
            "دپلاریامېړهنوم",
        ],
    ),
    (
        ListField::Number,
        &[
            "cnic",
            "cnicno",
            "cnicnumber",
            "nic",
            "nicno",
            "nicnumber",
            "idcard",
            "idcardno",
            "idcardnumber",
            "idno",
            "nadra",
            "nadracnic",
            "nationalid",
            "identitycard",
            "shanakhticard",
            "shanakhticardno",
            "shanakhticardnumber",
            "bform",
            "bformno",
            "cnicbform",
            "شناختیکارڈ",
            "شناختیکارڈنمبر",
            "شناختیکارڈنمبرcnic",
            "قومیشناختیکارڈنمبر",
            "شناختینمبر",
            "بےفارم",
            "دپېژندپاڼېشمېره",
            "پېژندپاڼه",
            "تذکره",
        ],
    ),
    (
        ListField::Phone,
        &[
            "phone",
            "phoneno",
            "phonenumber",
            "mobile",
            "mobileno",
            "mobilenumber",
            "cell",
            "cellno",
            "cellnumber",
            "contact",
            "contactno",
            "contactnumber",
            "telephone",
            "rabtanumber",
            "فون",
            "فوننمبر",
            "موبائل",
            "موبائلنمبر",
            "رابطہ",
            "رابطہنمبر",
            "موبایل",
            "دموبایلشمېره",
            "ټیلیفون",
        ],
    ),
    (
        ListField::Village,
        &[
            "village",
            "villagename",
            "address",
            "mohalla",
            "mohallah",
            "villagemohalla",
            "gaon",
            "gaun",
            "kalay",
            "kali",
            "pata",
            "گاؤں",
            "گاوں",
            "گاؤںمحلہ",
            "محلہ",
            "پتہ",
            "سکونت",
            "کلی",
            "کلے",
            "پته",
            "دکلينوم",
        ],
    ),
    (ListField::Tehsil, &["tehsil", "tahsil", "taluka", "تحصیل", "تحصيل"]),
    (
        ListField::UnionCouncil,
        &["uc", "ucname", "unioncouncil", "villagecouncil", "vc", "vcname", "یونینکونسل", "ویلجکونسل", "یونیونکونسل"],
    ),
    (ListField::District, &["district", "districtname", "zila", "zilla", "ضلع", "ضلعہ", "ولسوالۍ"]),
    (
        ListField::Birth,
        &[
            "dob",
            "dateofbirth",
            "birthdate",
            "birth",
            "yearofbirth",
            "birthyear",
            "tareekhpaidaish",
            "tarikhpaidaish",
            "تاریخپیدائش",
            "سالپیدائش",
            "پیدائش",
            "دزېږېدونېټه",
            "زېږون",
        ],
    ),
    (ListField::Age, &["age", "ageyears", "ageinyears", "umar", "umr", "عمر", "عمرسال"]),
    (ListField::Sex, &["sex", "gender", "jins", "جنس", "صنف", "جنسیت"]),
    (
        ListField::Amount,
        &[
            "amount",
            "amountrs",
            "amountpkr",
            "amountinrs",
            "rs",
            "rupees",
            "stipend",
            "allowance",
            "monthlyamount",
            "instalment",
            "installment",
            "raqam",
            "رقم",
            "رقمروپے",
            "وظیفہ",
            "روپے",
            "پیسې",
        ],
    ),
    (
        ListField::Since,
        &[
            "since",
            "from",
            "startdate",
            "startingdate",
            "enrolledon",
            "enrolmentdate",
            "enrollmentdate",
            "dateofenrolment",
            "dateofenrollment",
            "dateofaward",
            "sanctiondate",
            "تاریخاندراج",
            "تاریخاجراء",
            "آغاز",
            "له",
        ],
    ),
    (ListField::Until, &["until", "upto", "enddate", "validupto", "validuntil", "expirydate", "اختتام", "تک"]),
    (
        ListField::Given,
        &[
            "name",
            "names",
            "nam",
            "naam",
            "fullname",
            "beneficiary",
            "beneficiaryname",
            "nameofbeneficiary",
            "mustahiq",
            "mustahiqname",
            "nameofmustahiq",
            "applicant",
            "applicantname",
            "nameofapplicant",
            "studentname",
            "nameofstudent",
            "patientname",
            "widowname",
            "nameofwidow",
            "mustahiqkanam",
            "نام",
            "ناممستحق",
            "مستحق",
            "مستحقکانام",
            "مستحقیننام",
            "نامدرخواستگزار",
            "طالبعلمکانام",
            "نوم",
            "دمستحقنوم",
        ],
    ),
];

/// How a name of a column is compared: letters and digits only, one shape of each Arabic letter.
fn plain(name: &str) -> String {
    let letter = |typed: char| match typed {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ۀ' | 'ة' => 'ہ',
        other => other,
    };
    name.to_lowercase().chars().filter(|typed| typed.is_alphanumeric()).map(letter).collect()
}

fn field(name: &str) -> Option<ListField> {
    let name = plain(name);
    NAMES.iter().find(|(_, names)| names.iter().any(|known| *known == name)).map(|(field, _)| *field)
}

/// Whether this is how a column is called.
pub fn recognised(name: &str) -> bool {
    field(name).is_some()
}

/// Which column may hold what: as an earlier list of the same source had it, else by name. A person confirms it.
pub fn guess(head: &[String], remembered: Option<&ListMapping>) -> ListMapping {
    let mut mapping = ListMapping::default();
    for (field, column) in remembered.iter().flat_map(|mapping| &mapping.0) {
        if head.contains(column) {
            mapping.0.insert(*field, column.clone());
        }
    }
    let free = |column: &String, mapping: &ListMapping| !mapping.0.values().any(|taken| taken == column);
    for column in head {
        let field = field(column).filter(|field| !mapping.0.contains_key(field));
        if let Some(field) = field.filter(|_| free(column, &mapping)) {
            mapping.0.insert(field, column.clone());
        }
    }
    // "Name of the beneficiary (mustahiq)": a known name within a longer one, the longest first.
    for column in head.iter().filter(|column| field(column).is_none()) {
        let name = plain(column);
        let within = |known: &&&str| known.chars().count() >= 4 && name.contains(**known);
        let longest = NAMES
            .iter()
            .filter(|(field, _)| !mapping.0.contains_key(field))
            .filter_map(|(field, names)| Some((names.iter().filter(within).map(|known| known.len()).max()?, *field)))
            .max_by_key(|(length, _)| *length);
        if let Some((_, field)) = longest.filter(|_| free(column, &mapping)) {
            mapping.0.insert(field, column.clone());
        }
    }
    mapping
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[test]
    fn columns_are_known_by_their_names_in_four_ways_of_writing() {
        let check = |head: &[&str], want: Expect| {
            let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
            let found = guess(&head, None);
            let lines: Vec<String> = found.0.iter().map(|(field, column)| format!("{field} = {column}")).collect();
            want.assert_eq(&lines.join("; "));
        };
        check(
            &["S.No", "Name of Mustahiq", "Father/Husband Name", "CNIC No.", "Mobile #", "Village", "Amount (Rs)"],
            expect![
                "given = Name of Mustahiq; father_or_husband = Father/Husband Name; number = CNIC No.; phone = Mobile #; village = Village; amount = Amount (Rs)"
            ],
        );
        check(
            &["نمبر شمار", "نام", "ولدیت", "شناختی کارڈ نمبر", "موبائل نمبر", "گاؤں", "رقم"],
            expect![
                "given = نام; father_or_husband = ولدیت; number = شناختی کارڈ نمبر; phone = موبائل نمبر; village = گاؤں; amount = رقم"
            ],
        );
        check(
            &["Naam", "Waldiyat", "Shanakhti card", "Umar", "Jins"],
            expect!["given = Naam; father_or_husband = Waldiyat; number = Shanakhti card; age = Umar; sex = Jins"],
        );
        check(&["a", "b"], expect![""]);
    }

    #[test]
    fn an_earlier_list_of_the_source_goes_before_the_names() {
        let head: Vec<String> = ["Name", "Naam"].map(str::to_owned).into();
        let earlier =
            ListMapping([(ListField::Given, "Naam".to_owned()), (ListField::Phone, "gone".to_owned())].into());
        let found = guess(&head, Some(&earlier));
        assert_eq!(found.0, [(ListField::Given, "Naam".to_owned())].into());
    }
}
