//! The registry's invented families: those of the demo, under names as many as people have.

use super::{
    MEMBERS,
    names::{self, Script, Written},
};
use crate::{
    commands::now,
    demo::{self, Dice},
};
use domain::people::{Relationship, Sex};
use web::App;

/// A family on file, with its names as they can be written again.
pub(super) struct Known {
    pub family: demo::Invented,
    /// Each member's own name, and the father's or husband's.
    pub names: Vec<(Written, Written)>,
    pub village: Written,
}

/// The family of a number, the same at every run.
pub(super) fn known(app: &App, number: u32) -> Known {
    named(&mut Dice::new(u64::from(number) + 7), app, number)
}

/// An invented family of exactly five.
pub(super) fn named(dice: &mut Dice, app: &App, number: u32) -> Known {
    let mut family = five(dice, app, number);
    let head_is_man = family.members[0].details.sex == Some(Sex::Male);
    let (head, husband) = (if head_is_man { names::man(dice) } else { names::woman(dice) }, names::man(dice));
    let script = match dice.between(1, 100) {
        1..=80 => Script::Latin,
        81..=88 => Script::OtherSpelling,
        _ => Script::Urdu,
    };
    let mut names = Vec::new();
    for member in &mut family.members {
        let details = &mut member.details;
        let (own, father) = match details.relationship {
            Some(Relationship::Head) => (head.clone(), husband.clone()),
            Some(Relationship::Spouse) => (names::woman(dice), head.clone()),
            Some(Relationship::Parent) => (names::man(dice), names::man(dice)),
            _ => {
                let own = if details.sex == Some(Sex::Male) { names::man(dice) } else { names::woman(dice) };
                (own, if head_is_man { head.clone() } else { husband.clone() })
            }
        };
        details.given = own.text(script, false, dice);
        details.father_or_husband = Some(father.text(script, false, dice));
        names.push((own, father));
    }
    let village = names::village(dice);
    family.registered.place.village = Some(village.text(script, false, dice));
    for phone in &mut family.registered.phones {
        phone.number = format!("+923000{:06}", dice.between(0, 999_999));
    }
    Known { family, names, village }
}

fn five(dice: &mut Dice, app: &App, number: u32) -> demo::Invented {
    let centre = &app.config.centres[(number % 2) as usize].id;
    loop {
        let mut family = demo::invent(dice, centre, now(), app.today(), number.is_multiple_of(7));
        if family.members.len() >= MEMBERS {
            family.members.truncate(MEMBERS);
            if let Some(impaired) = family.impaired {
                family.impaired =
                    family.members.iter().find(|m| m.id == impaired).or(family.members.first()).map(|m| m.id);
            }
            return family;
        }
    }
}
