//! Invented households: who is born to whom, lives where, holds which number. The truth, before anybody writes it down.

use super::random::Random;
use super::words;

/// A name as words; each word is one entry of [`words`].
pub(super) type Name = Vec<&'static str>;

/// One invented person.
pub(super) struct Person {
    pub(super) name: Name,
    pub(super) father: Name,
    pub(super) husband: Option<Name>,
    pub(super) female: bool,
    /// Year, month, day.
    pub(super) born: (i32, u32, u32),
    pub(super) number: Option<u64>,
    pub(super) phone: Option<u64>,
    pub(super) village: u32,
    pub(super) household: u32,
}

/// Villages with their tehsil and their most common tribe.
pub(super) struct Village {
    pub(super) name: Name,
    pub(super) tehsil: usize,
    tribe: &'static str,
}

/// The year in which the lists are written.
const NOW: i32 = 2025;

pub(super) struct World {
    pub(super) villages: Vec<Village>,
    pub(super) people: Vec<Person>,
}

impl World {
    /// About `wanted` persons: households are made until there are so many.
    pub(super) fn new(random: &mut Random, wanted: usize) -> World {
        let villages = (0..(wanted / 500).max(12)).map(|_| village(random)).collect();
        let mut world = World { villages, people: Vec::with_capacity(wanted + 16) };
        let mut household = 0;
        while world.people.len() < wanted {
            world.household(random, household);
            household += 1;
        }
        world.people.truncate(wanted);
        world
    }

    fn household(&mut self, random: &mut Random, household: u32) {
        // A few villages are large.
        let spread = random.below(self.villages.len()).min(random.below(self.villages.len()));
        let village = u32::try_from(spread).unwrap_or(0);
        let place = &self.villages[spread];
        let tribe = if random.chance(600) { place.tribe } else { *random.pick(words::TRIBES) };
        let named = random.chance(350).then_some(tribe);
        let mut home = Home { random, tribe: named, village, household, phone: None, people: vec![] };
        home.phone = home.random.chance(800).then(|| phone(home.random));
        let grandfather = home.man_name();
        let eldest = home.couple(&grandfather, 0);
        if home.random.chance(250) {
            home.elder(&grandfather, eldest);
        }
        if home.random.chance(220) {
            // A married brother of the head lives in the same house: two fathers, one roof.
            home.couple(&grandfather, 4);
        }
        let people = home.people;
        self.people.extend(people);
    }
}

fn village(random: &mut Random) -> Village {
    let mut name = vec![*random.pick(words::PLACES), *random.pick(words::PLACES_AFTER)];
    if random.chance(150) {
        name.push(*random.pick(words::PLACES_AFTER));
    }
    if random.chance(200) {
        name.truncate(1);
    }
    Village { name, tehsil: random.below(words::TEHSILS.len()), tribe: random.pick::<&str>(words::TRIBES) }
}

fn phone(random: &mut Random) -> u64 {
    3_000_000_000 + random.next() % 480_000_000
}

struct Home<'r> {
    random: &'r mut Random,
    tribe: Option<&'static str>,
    village: u32,
    household: u32,
    phone: Option<u64>,
    people: Vec<Person>,
}

impl Home<'_> {
    /// A couple and its children; gives the husband's year of birth.
    fn couple(&mut self, grandfather: &Name, younger: i32) -> i32 {
        let year = NOW - 24 - i32::try_from(self.random.below(46)).unwrap_or(0) + younger;
        let husband = self.man_name();
        let wife = self.woman_name();
        let wife_father = self.man_name();
        let wife_year = year + i32::try_from(self.random.below(9)).unwrap_or(0) - 1;
        self.add(husband.clone(), grandfather.clone(), None, false, year);
        self.add(wife, wife_father, Some(husband.clone()), true, wife_year);
        self.children(&husband, wife_year.max(year - 2));
        year
    }

    fn children(&mut self, father: &Name, mother_year: i32) {
        let mut year = mother_year + 18 + i32::try_from(self.random.below(4)).unwrap_or(0);
        let mut rhymes: Option<usize> = None;
        for _ in 0..self.random.below(8) {
            year += 1 + i32::try_from(self.random.below(3)).unwrap_or(0);
            if year > NOW {
                break;
            }
            let twins = self.random.chance(15);
            for _ in 0..=usize::from(twins) {
                let female = self.random.chance(490);
                let mut name = if female { self.woman_name() } else { self.man_name() };
                rhymes = self.rhyme(&mut name, female, rhymes);
                let named = |person: &Person| person.name.first() == name.first() && &person.father == father;
                if self.people.iter().any(named) {
                    continue;
                }
                let born = twins.then(|| self.people.last().map(|twin| twin.born)).flatten();
                self.add(name, father.clone(), None, female, year);
                let before = self.people.len().checked_sub(2).map(|at| self.people[at].born.0);
                if let (Some(born), Some(last)) = (born.filter(|_| before == Some(year)), self.people.last_mut()) {
                    last.born = born;
                }
            }
        }
    }

    /// Families like names that sound alike: the next name stands near the last one's in the lists.
    fn rhyme(&mut self, name: &mut Name, female: bool, last: Option<usize>) -> Option<usize> {
        let list = if female { words::WOMEN } else { words::MEN };
        let at = name.iter().position(|word| list.contains(word))?;
        if let Some(near) = last.filter(|_| self.random.chance(250)) {
            let near = (near + 1 + self.random.below(3)).min(list.len() - 1);
            name[at] = list[near];
        }
        list.iter().position(|word| *word == name[at])
    }

    fn elder(&mut self, grandfather: &Name, son_year: i32) {
        let father = self.man_name();
        let year = son_year - 20 - i32::try_from(self.random.below(12)).unwrap_or(0);
        if self.random.chance(400) {
            self.add(grandfather.clone(), father, None, false, year);
        } else {
            let name = self.woman_name();
            self.add(name, father, Some(grandfather.clone()), true, year + 4);
        }
    }

    fn man_name(&mut self) -> Name {
        let random = &mut *self.random;
        let own = skewed(random, words::MEN);
        let mut name = match random.below(100) {
            0..=24 => vec![words::MUHAMMAD, own],
            25..=56 => vec![own, *random.pick(words::MEN_AFTER)],
            57..=69 => vec![*random.pick(words::MEN_BEFORE), own],
            70..=75 => vec![*random.pick(words::MEN_BEFORE), own, *random.pick(words::MEN_AFTER)],
            76..=81 => vec![own, skewed(random, words::MEN)],
            _ => vec![own],
        };
        name.dedup();
        name.extend(self.tribe.filter(|_| self.random.chance(700)));
        name
    }

    fn woman_name(&mut self) -> Name {
        let random = &mut *self.random;
        let own = skewed(random, words::WOMEN);
        let mut name = match random.below(100) {
            0..=54 => vec![own, *random.pick(words::WOMEN_AFTER)],
            55..=64 => vec![*random.pick(words::WOMEN_BEFORE), own],
            65..=70 => vec![own, skewed(random, words::WOMEN)],
            _ => vec![own],
        };
        name.dedup();
        name
    }

    fn add(&mut self, name: Name, father: Name, husband: Option<Name>, female: bool, year: i32) {
        let random = &mut *self.random;
        let age = NOW - year;
        let born = (year, 1 + below(random, 12), 1 + below(random, 28));
        let holds = if age >= 18 { 880 } else { 450 };
        let region = 10_000 + u64::from(self.village) % 29 * 1_013 + random.next() % 3;
        let digits = region * 100_000_000 + random.next() % 100_000_000;
        let odd = u64::from(!female);
        let number = random.chance(holds).then(|| digits - digits % 2 + odd);
        let own_phone = age >= 16 && random.chance(if female { 120 } else { 350 });
        let phone = if own_phone { Some(phone(random)) } else { self.phone.filter(|_| random.chance(850)) };
        let (village, household) = (self.village, self.household);
        self.people.push(Person { name, father, husband, female, born, number, phone, village, household });
    }
}

/// A few names are very common.
fn skewed(random: &mut Random, list: &'static [&'static str]) -> &'static str {
    let (first, second) = (random.below(list.len()), random.below(list.len()));
    list[if random.chance(450) { first.min(second) } else { first }]
}

fn below(random: &mut Random, end: usize) -> u32 {
    u32::try_from(random.below(end)).unwrap_or(0)
}
