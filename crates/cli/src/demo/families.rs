//! Invented families: single names put together by chance, numbers that no authority issues.

use super::dice::Dice;
use chrono::Datelike;
use domain::{
    Date,
    identity::{IdentityKind, IdentityNumber},
    ids::{HouseholdId, PersonId},
    people::{
        Birth, DetailsSaid, Household, HouseholdRegistered, Identity, IdentityCheck, MaritalStatus, Member,
        PersonDetails, PhoneEntry, Place, PlaceSaid, Relationship, Sex,
    },
    programmes::CentreId,
};
use uuid::Uuid;

const WOMEN: &[&str] = &[
    "Amina",
    "Zainab",
    "Fatima",
    "Ayesha",
    "Palwasha",
    "Gulalai",
    "Yasmin",
    "Parveen",
    "Shamim",
    "Zakia",
    "Nasreen",
    "Rukhsana",
    "Bakht Zari",
    "Nargis",
    "Shazia",
    "Sajida",
    "Robina",
    "Khalida",
    "Salma",
    "Rabia",
    "Spogmai",
    "Brekhna",
    "Naheed",
    "Hajra",
];
const MEN: &[&str] = &[
    "Noor Rehman",
    "Sher Zaman",
    "Gul Zaman",
    "Bilal",
    "Hamza",
    "Aziz",
    "Rashid",
    "Khalid",
    "Usman",
    "Umar",
    "Akhtar",
    "Shakeel",
    "Naveed",
    "Karim",
    "Yousaf",
    "Ihsan",
    "Fazal Wahid",
    "Said Gul",
    "Taj Muhammad",
    "Zar Khan",
    "Sardar",
    "Wali",
    "Jamal",
    "Anwar",
];
const NOWSHERA: &[(&str, &str)] = &[
    ("Pabbi", "Pabbi"),
    ("Pabbi", "Dag Behsud"),
    ("Akora Khattak", "Akora Khattak"),
    ("Nowshera", "Kabul River"),
    ("Nowshera", "Rashakai"),
    ("Jehangira", "Jehangira"),
    ("Nizampur", "Nizampur"),
    ("Pabbi", "Taru Jabba"),
];
pub(super) const LOWER_DIR: &[(&str, &str)] = &[
    ("Timergara", "Timergara"),
    ("Timergara", "Balambat"),
    ("Chakdara", "Chakdara"),
    ("Munda", "Munda"),
    ("Samar Bagh", "Samar Bagh"),
    ("Khall", "Khall"),
    ("Adenzai", "Asbanr"),
    ("Lal Qila", "Lal Qila"),
];

/// An invented household: the event that registers it, its members, and the member with an impairment, if any.
pub(crate) struct Invented {
    /// When the family came and said all this.
    pub said_on: Date,
    pub id: HouseholdId,
    pub registered: HouseholdRegistered,
    pub members: Vec<Member>,
    pub impaired: Option<PersonId>,
}

/// A key made of throws, so that the demo is the same everywhere: the shape of a UUIDv7 with a chosen time.
pub(crate) fn key(dice: &mut Dice, at: domain::Instant) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    let mut bytes = [0u8; 10];
    bytes[..8].copy_from_slice(&dice.next().to_be_bytes());
    bytes[8..].copy_from_slice(&dice.next().to_be_bytes()[..2]);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// Invents a household that comes to a centre on a day.
pub(crate) fn invent(dice: &mut Dice, centre: &CentreId, at: domain::Instant, today: Date, impaired: bool) -> Invented {
    let (union_council, village) = *dice.pick(if centre.0 == "nowshera" { NOWSHERA } else { LOWER_DIR });
    let place = Place {
        district: centre.0.as_str().into(),
        province_permanent: Some("khyber-pakhtunkhwa".to_owned()),
        tehsil: Some(union_council.to_owned()),
        union_council: Some(union_council.to_owned()),
        village: Some(village.to_owned()),
        directions: None,
    };
    let phone = PhoneEntry {
        number: format!("+92300000{:04}", dice.between(0, 9999)),
        whose: None,
        may_message: dice.percent(60),
    };
    let phones = if dice.percent(80) { vec![phone] } else { Vec::new() };
    let mut people = People { dice, at, today, members: Vec::new() };
    people.fill();
    let members = people.members;
    let impaired = impaired.then(|| members[usize::try_from(dice.next() % members.len() as u64).unwrap_or(0)].id);
    let id = HouseholdId(key(dice, at));
    let said_on = today;
    Invented {
        said_on,
        id,
        registered: HouseholdRegistered { centre: centre.clone(), place, phones },
        members,
        impaired,
    }
}

struct People<'d> {
    dice: &'d mut Dice,
    at: domain::Instant,
    today: Date,
    members: Vec<Member>,
}

impl People<'_> {
    fn fill(&mut self) {
        let father = (*self.dice.pick(MEN)).to_owned();
        let head_age = self.dice.between(24, 72);
        let woman = self.dice.percent(45);
        let head = if woman {
            let status = *self.dice.pick(&[
                MaritalStatus::Widowed,
                MaritalStatus::Widowed,
                MaritalStatus::Married,
                MaritalStatus::Deserted,
            ]);
            self.add(Sex::Female, head_age, Relationship::Head, Some(status), &father)
        } else {
            let status = *self.dice.pick(&[
                MaritalStatus::Married,
                MaritalStatus::Married,
                MaritalStatus::Married,
                MaritalStatus::Widowed,
            ]);
            self.add(Sex::Male, head_age, Relationship::Head, Some(status), &father)
        };
        if !woman {
            self.add(Sex::Female, (head_age - 4).max(20), Relationship::Spouse, Some(MaritalStatus::Married), &head);
        }
        let children = self.dice.between(0, 6);
        for _ in 0..children {
            let sex = if self.dice.percent(50) { Sex::Female } else { Sex::Male };
            let age = self.dice.between(0, (head_age - 19).min(21));
            let fathers_name = if woman { father.clone() } else { head.clone() };
            self.add(sex, age, Relationship::Child, Some(MaritalStatus::NeverMarried), &fathers_name);
        }
        if self.dice.percent(20) {
            let age = self.dice.between(60, 82);
            let name = (*self.dice.pick(MEN)).to_owned();
            self.add(Sex::Male, age, Relationship::Parent, Some(MaritalStatus::Widowed), &name);
        }
    }

    fn add(
        &mut self,
        sex: Sex,
        age: i64,
        relationship: Relationship,
        status: Option<MaritalStatus>,
        father: &str,
    ) -> String {
        let given = (*self.dice.pick(if sex == Sex::Female { WOMEN } else { MEN })).to_owned();
        let born = self.today.year() - i32::try_from(age).unwrap_or(0);
        let birth = match self.dice.between(0, 3) {
            0 => Birth::About(born),
            1 => Birth::Year(born),
            _ => {
                let month = u32::try_from(self.dice.between(1, 12)).unwrap_or(1);
                let day = u32::try_from(self.dice.between(1, 28)).unwrap_or(1);
                Date::from_ymd_opt(born - 1, month, day).map_or(Birth::Year(born), Birth::Day)
            }
        };
        let details = PersonDetails {
            given: given.clone(),
            father_or_husband: Some(father.to_owned()),
            sex: Some(sex),
            birth: Some(birth),
            relationship: Some(relationship),
            marital_status: status,
            identities: self.identities(age, sex),
        };
        let said = DetailsSaid::on(&details, self.today);
        self.members.push(Member {
            id: PersonId(key(self.dice, self.at)),
            details,
            said,
            left: None,
            joined_to: None,
            records: Vec::new(),
        });
        given
    }

    /// Numbers that begin with 10000, a code that no tehsil has.
    fn identities(&mut self, age: i64, sex: Sex) -> Vec<Identity> {
        if !self.dice.percent(if age >= 18 { 88 } else { 55 }) {
            return Vec::new();
        }
        let last = self.dice.between(0, 4) * 2 + i64::from(sex == Sex::Male);
        let digits = format!("10000{:07}{last}", self.dice.between(0, 9_999_999));
        let kind = if age >= 18 { IdentityKind::Cnic } else { IdentityKind::BForm };
        let check = if self.dice.percent(40) { IdentityCheck::PaperSeen } else { IdentityCheck::NotYetVerified };
        vec![Identity { number: IdentityNumber { kind, digits }, check, expires: None }]
    }
}

impl Invented {
    /// The household as it stands after its registration, with these answers.
    pub(crate) fn household(&self, version: i64, answers: Vec<domain::people::Answer>) -> Household {
        Household {
            id: self.id,
            version,
            centre: self.registered.centre.clone(),
            place: self.registered.place.clone(),
            place_said: PlaceSaid::on(&self.registered.place, self.said_on),
            phones: self.registered.phones.clone(),
            members_complete: true,
            members: self.members.clone(),
            answers,
            consents: Vec::new(),
        }
    }
}
