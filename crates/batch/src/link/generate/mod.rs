//! Invented lists with known truth, for measuring linkage. It knows nothing of the engine's folds, keys or model.
//!
//! Households with siblings, twins, a married brother's family under one roof, shared phones, tribes of a village. One
//! list writes everybody down once; a second list writes 12 % of them again, half of them as whole families, with its
//! own spelling, script and mistakes. [`Mix::Tuning`] is for building the engine, [`Mix::Final`] only for its figures,
//! [`Mix::Unforeseen`] has mistakes of kinds that neither of them has.

mod random;
mod words;
mod world;
mod writing;

pub(crate) use random::Random;
use world::World;
use writing::Habits;

/// One written record, as the columns of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Own name, in Latin or Urdu letters.
    pub name: String,
    /// Father's or husband's name, nobody says which.
    pub father_or_husband: String,
    /// `M`, `F` or empty.
    pub sex: String,
    /// `1988-01-01`, `1988` or empty.
    pub birth: String,
    /// Identity number with or without dashes, in any digits.
    pub cnic: String,
    /// Mobile number as typed.
    pub phone: String,
    /// Village.
    pub village: String,
    /// Tehsil.
    pub tehsil: String,
    /// District.
    pub district: String,
}

impl Row {
    /// The names of the columns, in the order of [`Row::cells`].
    pub const COLUMNS: [&'static str; 9] =
        ["name", "father_or_husband", "sex", "birth", "cnic", "phone", "village", "tehsil", "district"];

    /// The cells in the order of the columns.
    pub fn cells(&self) -> [&str; 9] {
        [
            &self.name,
            &self.father_or_husband,
            &self.sex,
            &self.birth,
            &self.cnic,
            &self.phone,
            &self.village,
            &self.tehsil,
            &self.district,
        ]
    }
}

/// Which habits of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// For building and tuning.
    Tuning,
    /// Other rates of every mistake; looked at only for the final figure.
    Final,
    /// With mistakes of kinds that neither of the others has: what happens when a list is not as those who built the
    /// engine thought.
    Unforeseen,
}

/// Records in mixed order, and the person behind each.
pub struct Lists {
    /// The records.
    pub rows: Vec<Row>,
    /// For each record the person it is of.
    pub truth: Vec<u32>,
}

/// Lists of `persons` people and 12 % duplicates. The same arguments give the same lists.
pub fn lists(persons: usize, seed: u64, mix: Mix) -> Lists {
    let mut random = Random::new(seed);
    let world = World::new(&mut random, persons);
    let (first, second) = habits(mix);
    let mut written: Vec<(Row, u32)> = Vec::with_capacity(persons * 9 / 8);
    let people = &world.people;
    let mut homes = vec![];
    for (at, person) in people.iter().enumerate() {
        if at == 0 || person.household != people[at - 1].household {
            homes.push(at);
        }
    }
    homes.push(people.len());
    let mut pen = |random: &mut Random, at: usize, home: &[usize], habits: &Habits| {
        let row = writing::write(random, &world, &people[at], &people[home[0]..home[1]], habits);
        written.push((row, u32::try_from(at).unwrap_or(u32::MAX)));
    };
    for home in homes.windows(2) {
        // Six in a hundred of the persons come again with their families, six alone.
        let family_again = random.chance(75);
        for at in home[0]..home[1] {
            pen(&mut random, at, home, &first);
            let again = if family_again { random.chance(800) } else { random.chance(62) };
            if again {
                pen(&mut random, at, home, &second);
                if random.chance(40) {
                    pen(&mut random, at, home, &second);
                }
            }
        }
    }
    for at in (1..written.len()).rev() {
        let other = random.below(at + 1);
        written.swap(at, other);
    }
    let (rows, truth) = written.into_iter().unzip();
    Lists { rows, truth }
}

fn habits(mix: Mix) -> (Habits, Habits) {
    let first = Habits {
        urdu: 100,
        respelled: 120,
        mistyped: 10,
        dropped: 60,
        added: 20,
        swapped: 8,
        crossed: 3,
        husband: 550,
        no_father: 20,
        heaped: 450,
        age_only: 60,
        no_birth: 15,
        date_slip: 10,
        no_number: 80,
        number_slip: 10,
        placeholder: 10,
        lent: 8,
        no_phone: 60,
        new_phone: 0,
        shop_phone: 8,
        moved: 0,
        no_village: 15,
        sex: 8,
        initial: 0,
        shortened: 0,
        rounded: 0,
        phone_slip: 0,
    };
    let second = Habits {
        urdu: 220,
        respelled: 350,
        mistyped: 45,
        dropped: 300,
        added: 120,
        swapped: 40,
        crossed: 12,
        husband: 550,
        no_father: 50,
        heaped: 500,
        age_only: 250,
        no_birth: 50,
        date_slip: 40,
        no_number: 400,
        number_slip: 60,
        placeholder: 20,
        lent: 15,
        no_phone: 180,
        new_phone: 330,
        shop_phone: 20,
        moved: 100,
        no_village: 40,
        sex: 15,
        initial: 0,
        shortened: 0,
        rounded: 0,
        phone_slip: 0,
    };
    match mix {
        Mix::Tuning => (first, second),
        Mix::Final => (
            Habits { urdu: 40, respelled: 180, age_only: 120, heaped: 350, no_number: 150, husband: 700, ..first },
            Habits {
                urdu: 350,
                respelled: 280,
                mistyped: 70,
                dropped: 220,
                added: 180,
                swapped: 60,
                husband: 400,
                no_father: 80,
                heaped: 350,
                age_only: 180,
                no_birth: 80,
                date_slip: 60,
                no_number: 350,
                number_slip: 90,
                lent: 20,
                no_phone: 250,
                new_phone: 250,
                moved: 130,
                no_village: 60,
                ..second
            },
        ),
        Mix::Unforeseen => (
            Habits { rounded: 80, ..first },
            Habits {
                initial: 30,
                shortened: 150,
                rounded: 150,
                phone_slip: 60,
                swapped: 120,
                date_slip: 90,
                number_slip: 110,
                husband: 200,
                no_father: 90,
                no_phone: 260,
                no_village: 90,
                sex: 40,
                ..second
            },
        ),
    }
}
