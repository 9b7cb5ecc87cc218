//! Families that came to both centres: written down otherwise, a digit misread, one child with them. They are what the
//! list of pairs is for.

use super::{
    answers::Asker,
    days::at,
    dice::Dice,
    families::{self, Invented},
};
use crate::{
    commands::system,
    packs::{commit, say},
};
use domain::{
    Date, Instant,
    ids::{HouseholdId, PersonId},
    language::Lang,
    people::{HouseholdRegistered, Member, PersonDetails, Place, Sex},
    visits::Counter,
};
use web::{
    App,
    visits::intake::{self, Intake},
};

/// How a clerk elsewhere writes a name; the first that fits a word.
const OTHERWISE: &[(&str, &str)] = &[
    ("Amina", "Aamna"),
    ("Noor Rehman", "Nur Rahman"),
    ("Sher Zaman", "Sherzaman"),
    ("Gul Zaman", "Gulzaman"),
    ("Zainab", "Zenab"),
    ("Fatima", "Fatema"),
    ("Ayesha", "Aisha"),
    ("Yasmin", "Yasmeen"),
    ("Parveen", "Perveen"),
    ("Shamim", "Shameem"),
    ("Nasreen", "Nasrin"),
    ("Zakia", "Zakiya"),
    ("Rabia", "Rabiya"),
    ("Khalida", "Khaleda"),
    ("Aziz", "Azeez"),
    ("Rashid", "Rasheed"),
    ("Khalid", "Khaled"),
    ("Usman", "Osman"),
    ("Umar", "Omar"),
    ("Naveed", "Navid"),
    ("Yousaf", "Yusuf"),
    ("Ihsan", "Ehsan"),
    ("Jamal", "Jamaal"),
];

/// Every family of `known` comes to the second centre on a day.
pub(super) async fn come(app: &App, known: &[Invented], day: Date) -> Result<(), String> {
    let (mut dice, mut changes) = (Dice::new(2020), Vec::new());
    for (number, family) in (500u32..).zip(known) {
        let opened = at(day, 10, 0) + chrono::Duration::minutes(i64::from(number - 500));
        let again = again(app, &mut dice, family, opened, day);
        let answers = Asker { pack: &app.pack, dice: &mut dice, at: opened, today: day, most: 12 }.ask(&again);
        let intake = Intake {
            at: opened,
            today: day,
            number,
            counter: Counter::General,
            language: Lang::Ps,
            officer: None,
            household: again.household(0, answers),
        };
        let screened = intake::screen(app, &intake);
        let mut picks = intake::open_picks(&screened.1);
        picks.truncate(usize::from(dice.percent(50)));
        changes
            .extend(intake::changes(app, &intake, &screened, picks, &mut || families::key(&mut dice, opened)).changes);
    }
    let done = app.store.commit(&system(), commit("demo/twice", changes, at(day, 12, 0))).await;
    done.map(drop).map_err(say)
}

/// The family as the second centre writes it down: the head, and the youngest.
fn again(app: &App, dice: &mut Dice, family: &Invented, opened: Instant, day: Date) -> Invented {
    let centre = app.config.centres[1].id.clone();
    let (union_council, village) = *dice.pick(families::LOWER_DIR);
    let place = Place {
        district: centre.0.as_str().into(),
        province_permanent: Some("khyber-pakhtunkhwa".to_owned()),
        tehsil: Some(union_council.to_owned()),
        union_council: Some(union_council.to_owned()),
        village: Some(village.to_owned()),
        directions: None,
    };
    let phones = if dice.percent(60) { family.registered.phones.clone() } else { Vec::new() };
    let head = family
        .members
        .first()
        .into_iter()
        .map(|head| Member { details: otherwise(dice, &head.details), ..head.clone() });
    let mut members: Vec<Member> = head.chain(family.members.get(2).cloned()).collect();
    members.iter_mut().for_each(|member| member.id = PersonId(families::key(dice, opened)));
    Invented {
        said_on: day,
        id: HouseholdId(families::key(dice, opened)),
        registered: HouseholdRegistered { centre, place, phones },
        members,
        impaired: None,
    }
}

/// The same person in another hand; of three, one shows the card, one is misread by a digit, one has none with them.
fn otherwise(dice: &mut Dice, details: &PersonDetails) -> PersonDetails {
    let woman = details.sex == Some(Sex::Female);
    let mut again = PersonDetails {
        given: spelled(&details.given, if woman { " Bibi" } else { " Khan" }),
        father_or_husband: details.father_or_husband.as_deref().map(|name| spelled(name, "")),
        ..details.clone()
    };
    match dice.between(0, 2) {
        0 => {}
        1 => again.identities.iter_mut().for_each(|identity| misread(&mut identity.number.digits, dice)),
        _ => again.identities.clear(),
    }
    again
}

fn spelled(name: &str, else_with: &str) -> String {
    let fits = OTHERWISE.iter().find(|(word, _)| name.contains(word));
    fits.map_or_else(|| format!("{name}{else_with}"), |(word, other)| name.replace(word, other))
}

/// One of the middle digits becomes the next one.
fn misread(digits: &mut String, dice: &mut Dice) {
    let at = usize::try_from(dice.between(6, 10)).unwrap_or(6);
    let other = |(place, c): (usize, char)| match c.to_digit(10).filter(|_| place == at) {
        Some(digit) => char::from_digit((digit + 1) % 10, 10).unwrap_or(c),
        None => c,
    };
    *digits = digits.chars().enumerate().map(other).collect();
}
