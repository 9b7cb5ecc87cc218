//! What the registry shows when who receives what is laid side by side: overlaps, broken exclusions, and who gets nothing.

use crate::{
    ids::{HouseholdId, PersonId},
    payments::Purpose,
    people::Sex,
    programmes::{DistrictId, ProgrammeId},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is received: a programme of the pack, or what a list says without naming one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// A programme.
    Programme(ProgrammeId),
    /// What somebody's list gives, by the list's keeper.
    List(String),
}

/// Somebody receives something now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receives {
    /// The household they eat with.
    pub household: HouseholdId,
    /// Who; `None` when the household receives it as a whole.
    pub person: Option<PersonId>,
    /// Where the household lives.
    pub district: DistrictId,
    /// The person's sex, as said.
    pub sex: Option<Sex>,
    /// What.
    pub scheme: Scheme,
    /// What it is for; `None` when neither pack nor list says.
    pub purpose: Option<Purpose>,
}

/// Two schemes in one hand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// The one that comes first.
    pub first: Scheme,
    /// The other.
    pub second: Scheme,
    /// For an overlap: the purpose that both have. `None` where the pack excludes the two.
    pub purpose: Option<Purpose>,
    /// Whose.
    pub household: HouseholdId,
    /// Who; `None` when one of the two goes to the household as a whole, and for a broken exclusion.
    pub person: Option<PersonId>,
    /// Where.
    pub district: DistrictId,
    /// The person's sex.
    pub sex: Option<Sex>,
}

/// Who receives two things of one purpose: the same person, or a person beside something that goes to the household as a
/// whole. Two members who each get one do not overlap. What is for "other" things is not compared: a marriage grant and a
/// funeral grant have nothing in common.
pub fn same_purpose(all: &[Receives]) -> BTreeSet<Overlap> {
    let alike = |a: &Receives, b: &Receives| {
        let purpose = a.purpose.filter(|purpose| *purpose != Purpose::Other && b.purpose == Some(*purpose))?;
        let one_hand = a.person.is_none() || b.person.is_none() || a.person == b.person;
        one_hand.then_some(Some(purpose))
    };
    pairs(all, alike, true)
}

/// Where a household receives two programmes of which one excludes the other; declared on either side.
pub fn broken_exclusions(all: &[Receives], excludes: &BTreeSet<(ProgrammeId, ProgrammeId)>) -> BTreeSet<Overlap> {
    let clash = |a: &Receives, b: &Receives| match (&a.scheme, &b.scheme) {
        (Scheme::Programme(a), Scheme::Programme(b)) => {
            let either = [(a.clone(), b.clone()), (b.clone(), a.clone())];
            either.iter().any(|pair| excludes.contains(pair)).then_some(None)
        }
        _ => None,
    };
    pairs(all, clash, false)
}

/// The pairs within each household that `fits`, each once; with the person or for the household.
fn pairs(
    all: &[Receives],
    fits: impl Fn(&Receives, &Receives) -> Option<Option<Purpose>>,
    with_person: bool,
) -> BTreeSet<Overlap> {
    let mut homes: BTreeMap<HouseholdId, Vec<&Receives>> = BTreeMap::new();
    all.iter().for_each(|one| homes.entry(one.household).or_default().push(one));
    let mut found = BTreeSet::new();
    for received in homes.values() {
        for (at, one) in received.iter().enumerate() {
            for other in &received[at + 1..] {
                if one.scheme == other.scheme {
                    continue;
                }
                let Some(purpose) = fits(one, other) else { continue };
                let (a, b) = if one.scheme < other.scheme { (one, other) } else { (other, one) };
                let who = if one.person.is_some() { one } else { other };
                let who = Some(who).filter(|_| with_person);
                found.insert(Overlap {
                    first: a.scheme.clone(),
                    second: b.scheme.clone(),
                    purpose,
                    household: one.household,
                    person: who.and_then(|who| who.person),
                    district: one.district.clone(),
                    sex: who.and_then(|who| who.sex),
                });
            }
        }
    }
    found
}

/// A count as it may leave the centre: rounded to the nearest five, so that no small number points at somebody. One and two
/// become nothing, three and four become five.
pub fn rounded(count: u64) -> u64 {
    count.saturating_add(2) / 5 * 5
}

/// A text as a spreadsheet may open it: what begins like a formula gets an apostrophe in front.
pub fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn gets(home: u128, person: Option<u128>, scheme: &str, purpose: Option<Purpose>) -> Receives {
        Receives {
            household: HouseholdId(Uuid::from_u128(home)),
            person: person.map(|person| PersonId(Uuid::from_u128(person))),
            district: "nowshera".into(),
            sex: person.map(|_| Sex::Female),
            scheme: Scheme::Programme(scheme.into()),
            purpose,
        }
    }

    #[test]
    fn an_overlap_is_in_one_hand_and_of_one_purpose() {
        let check = |all: &[Receives], want: usize| assert_eq!(same_purpose(all).len(), want, "{all:?}");
        let (cash, food) = (Some(Purpose::Cash), Some(Purpose::Food));
        check(&[gets(1, Some(1), "kafaalat", cash), gets(1, Some(1), "guzara", cash)], 1);
        check(&[gets(1, Some(1), "kafaalat", cash), gets(1, None, "guzara", cash)], 1);
        check(&[gets(1, Some(1), "kafaalat", cash), gets(1, Some(1), "rashan", food)], 0);
        check(&[gets(1, Some(1), "kafaalat", cash), gets(1, Some(2), "guzara", cash)], 0);
        check(&[gets(1, Some(1), "kafaalat", cash), gets(2, Some(1), "guzara", cash)], 0);
        check(&[gets(1, Some(1), "kafaalat", cash), gets(1, Some(1), "kafaalat", cash)], 0);
        check(&[gets(1, Some(1), "kafaalat", None), gets(1, Some(1), "guzara", None)], 0);
        let other = Some(Purpose::Other);
        check(&[gets(1, Some(1), "marriage", other), gets(1, Some(1), "funeral", other)], 0);
    }

    #[test]
    fn an_exclusion_is_broken_by_a_household_whoever_declares_it() {
        let all = [gets(1, Some(1), "kafaalat", None), gets(1, Some(2), "guzara", None)];
        let pair = |a: &str, b: &str| BTreeSet::from([(ProgrammeId::from(a), ProgrammeId::from(b))]);
        for excludes in [pair("kafaalat", "guzara"), pair("guzara", "kafaalat")] {
            let broken = broken_exclusions(&all, &excludes);
            assert_eq!(broken.len(), 1);
            assert!(broken.iter().all(|one| one.person.is_none() && one.purpose.is_none()));
        }
        assert!(broken_exclusions(&all, &pair("kafaalat", "rashan")).is_empty());
    }

    #[test]
    fn what_leaves_the_centre_points_at_nobody() {
        let counts = [(0, 0), (1, 0), (2, 0), (3, 5), (7, 5), (8, 10), (1_002, 1_000)];
        counts.into_iter().for_each(|(count, want)| assert_eq!(rounded(count), want, "{count}"));
        for text in ["=1+1", "+92", "-3", "@x", "\tx", "\rx"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        assert_eq!(neutral("Kafaalat"), "Kafaalat");
    }
}
