//! Smaller households than a given one: fewer members, fewer facts. Whoever finds a disagreement tries them in turn
//! and goes on from the first that still disagrees.

use rules::Family;

/// Every household with one thing less than this one: a member, a fact, a birth, a score, or the open list closed.
#[must_use]
pub fn shrink(family: &Family) -> Vec<Family> {
    let mut smaller = vec![];
    let mut without = |take: &dyn Fn(&mut Family)| {
        let mut less = family.clone();
        take(&mut less);
        smaller.push(less);
    };
    for member in 0..family.members.len() {
        without(&|f| drop(f.members.remove(member)));
    }
    for name in family.household.keys() {
        without(&|f| drop(f.household.remove(name)));
    }
    for score in family.scores.keys() {
        without(&|f| f.scores.retain(|id, _| id != score));
    }
    for (number, member) in family.members.iter().enumerate() {
        for name in member.facts.keys() {
            without(&|f| drop(f.members[number].facts.remove(name)));
        }
        if member.birth.is_some() {
            without(&|f| f.members[number].birth = None);
        }
    }
    if !family.members_complete {
        without(&|f| f.members_complete = true);
    }
    smaller
}
