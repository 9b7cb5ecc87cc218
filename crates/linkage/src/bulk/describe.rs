//! What a list holds: fields, their kinds, which tell about the person and which about the family, and the keys.

use super::levels;
use thiserror::Error;

/// What a field holds, and so how it is read and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person's name in Latin, Urdu or Pashto letters; companions such as Khan or Bibi weigh nothing.
    Name,
    /// A village, tehsil or district.
    Place,
    /// Words of any other language in Latin letters: a surname, a street.
    Words,
    /// An identity number.
    Number,
    /// A phone number.
    Phone,
    /// A day or year of birth.
    Date,
    /// A word that is the same or is not: sex, a code.
    Code,
    /// The tribe found in a person's name.
    Tribe,
    /// The companions found in a person's name: Muhammad, Khan, Bibi, Gul.
    Companions,
}

impl Kind {
    /// The kind of this word in a description.
    pub fn of(word: &str) -> Option<Kind> {
        Some(match word {
            "name" => Kind::Name,
            "place" => Kind::Place,
            "words" => Kind::Words,
            "number" => Kind::Number,
            "phone" => Kind::Phone,
            "date" => Kind::Date,
            "code" => Kind::Code,
            "tribe" => Kind::Tribe,
            "companions" => Kind::Companions,
            _ => return None,
        })
    }

    /// Whether it holds words.
    pub fn is_text(self) -> bool {
        matches!(self, Kind::Name | Kind::Place | Kind::Words)
    }

    /// Whether agreement on a rare value tells more than on a common one.
    pub fn has_frequency(self) -> bool {
        matches!(self, Kind::Name | Kind::Place | Kind::Words | Kind::Date)
    }

    /// How many bits of a pattern its levels need.
    pub(super) fn level_bits(self) -> u32 {
        usize::BITS - (levels::count(self) - 1).leading_zeros()
    }

    /// How many bits of a pattern it needs in all.
    pub(super) fn bits(self) -> u32 {
        self.level_bits() + if self.has_frequency() { RARITY_BITS } else { 0 }
    }
}

/// Bits of a pattern for the rarity of what two records share.
pub(super) const RARITY_BITS: u32 = 5;

/// Whom a field tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person: given name, birth, sex, number.
    Person,
    /// The household: father, village, phone, tribe.
    Family,
}

impl Role {
    /// The stable word, for message ids.
    pub fn code(self) -> &'static str {
        match self {
            Role::Person => "person",
            Role::Family => "family",
        }
    }
}

/// One field of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, for explanations.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whom it tells about.
    pub role: Role,
    /// Columns it is read from; the first that holds anything counts.
    pub columns: Vec<String>,
    /// What makes a difference in this field ordinary.
    pub excused_by: Option<Excuse>,
    /// The field with which this one is sometimes changed over.
    pub crossed_with: Option<usize>,
    /// The earlier field without whose agreement this one says nothing: a Khan more or less means something only between
    /// two records of one given name.
    pub along: Option<usize>,
}

/// A woman may stand under her father's or her husband's name, so what differing there means is learned apart for pairs
/// of grown women. One field of a description may have an excuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excuse {
    /// A code field.
    pub field: usize,
    /// Its value on both records.
    pub value: String,
    /// A date field: nobody born in the last sixteen years of the list is excused.
    pub grown_up: Option<usize>,
}

/// Fields whose evidence is read jointly, as places in the list of fields.
pub type Group = Vec<usize>;

/// How a field enters a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// The whole value; of a name each of its forms.
    Whole,
    /// Of a number, the number without each third; of a date, years at most one apart; of a name each telling part.
    Near,
    /// Of a date, years at most two apart; of the others as near.
    Wide,
    /// Of a date, the day, never a year alone; of a text its first letters.
    Exact,
}

/// One kind of key: records that agree on all of these are candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Fields and how each enters.
    pub parts: Vec<(usize, View)>,
    /// The largest block that is compared; larger ones are left to the other rules and reported.
    pub most: usize,
    /// For learning only: what households look like is learned from pairs of relatives, who need not all be scored.
    pub to_learn: bool,
    /// Records of one block may live together: where one of them is found on another record, the rest of the two homes
    /// are compared too.
    pub home: bool,
}

/// Everything the engine must know of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The fields, at most twelve.
    pub fields: Vec<Field>,
    /// Which are read jointly; every field stands in one group.
    pub groups: Vec<Group>,
    /// The keys, most telling first.
    pub rules: Vec<Rule>,
    /// Whether two people of one household is an explanation of its own. Without it there are strangers only.
    pub households: bool,
}

/// Why a description cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Too many fields for a pattern.
    #[error(
        "These fields need {0} bits of a pattern and there are 63: leave out fields, or make names and places codes."
    )]
    TooWide(u32),
    /// A field in no group or in two.
    #[error("The field `{0}` must stand in one group of fields read jointly: mend the groups.")]
    Grouping(String),
    /// A field that waits for a later one, or for one of another role.
    #[error("The field `{0}` is along with a later one, or one of another role: put it behind one of its own role.")]
    Order(String),
    /// A group that is too large for its joint table.
    #[error("A group of {0} fields is too large: at most 6 can be read jointly.")]
    LargeGroup(usize),
    /// More than one excuse.
    #[error("The field `{0}` is the second with an excuse: only one field can have one.")]
    SecondExcuse(String),
    /// No keys.
    #[error("There is no rule for candidates: add at least one block.")]
    NoRules,
}

impl Description {
    /// The group that is learned twice: for pairs that are excused, and for the others.
    pub fn excused_group(&self) -> Option<usize> {
        let field = self.fields.iter().position(|field| field.excused_by.is_some())?;
        self.groups.iter().position(|group| group.contains(&field))
    }

    /// How many combinations of rough levels a group has.
    pub fn combinations(&self, group: usize) -> usize {
        (1 << (2 * self.groups[group].len())) << usize::from(self.excused_group() == Some(group))
    }

    /// Checks it.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(&self) -> Result<(), Fault> {
        let bits = self.fields.iter().map(|field| field.kind.bits()).sum();
        if bits > 63 {
            return Err(Fault::TooWide(bits));
        }
        for (at, field) in self.fields.iter().enumerate() {
            let too_late = |first: usize| first >= at || self.fields[first].role != field.role;
            if field.along.is_some_and(too_late) {
                return Err(Fault::Order(field.name.clone()));
            }
            if self.groups.iter().flatten().filter(|member| **member == at).count() != 1 {
                return Err(Fault::Grouping(field.name.clone()));
            }
        }
        if let Some(second) = self.fields.iter().filter(|field| field.excused_by.is_some()).nth(1) {
            return Err(Fault::SecondExcuse(second.name.clone()));
        }
        match self.groups.iter().find(|group| group.len() > 6) {
            Some(group) => Err(Fault::LargeGroup(group.len())),
            None if self.rules.is_empty() => Err(Fault::NoRules),
            None => Ok(()),
        }
    }
}
