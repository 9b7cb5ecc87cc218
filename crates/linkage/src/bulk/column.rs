//! One field of all records: every value held once.

use super::companions;
use super::date::{self, Date};
use super::describe::{Kind, View};
use super::hash::{Map, mix};
use super::levels::{self, Level, MISSING, SAME};
use super::number::{self, Digits};
use super::text::{self, Text, Words};

/// The values of a field; value 0 is "missing".
#[derive(Debug, Clone)]
pub(super) struct Column {
    kind: Kind,
    values: Values,
    uses: Vec<u32>,
    typed: Map<Box<str>, u32>,
    packed: Map<u64, u32>,
    /// Of every date the rarity of its year.
    years: Vec<u8>,
    /// How many records were counted.
    records: usize,
}

#[derive(Debug, Clone)]
enum Values {
    Text(Words, Vec<Text>),
    Digits(Vec<Digits>),
    Dates(Vec<Date>),
    Sets(Vec<u32>),
    Codes,
}

/// A number that more records hold than this is a form's placeholder.
const PLACEHOLDER: u32 = 24;
/// A number or phone that more records hold than this tells less.
const MANY: u32 = 8;
const NO_DIGITS: Digits = Digits { packed: 0, count: 0 };

impl Column {
    pub(super) fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Name | Kind::Place | Kind::Words => Values::Text(Words::default(), vec![Text::default()]),
            Kind::Number | Kind::Phone => Values::Digits(vec![NO_DIGITS]),
            Kind::Date => Values::Dates(vec![Date { year: 0, month: 0, day: 0 }]),
            Kind::Code | Kind::Tribe => Values::Codes,
            Kind::Companions => Values::Sets(vec![0]),
        };
        Self { kind, values, uses: vec![0], typed: Map::default(), packed: Map::default(), years: vec![], records: 0 }
    }

    /// The place of a typed value; 0 when it says nothing.
    pub(super) fn place(&mut self, typed: &str, counted: bool) -> u32 {
        let at = match self.kind {
            Kind::Number => number::read(typed).map_or(0, |digits| self.digits(digits)),
            Kind::Phone => number::read_phone(typed).map_or(0, |digits| self.digits(digits)),
            _ if typed.is_empty() => 0,
            _ => self.by_typed(typed),
        };
        self.uses[at as usize] += u32::from(counted);
        at
    }

    fn digits(&mut self, digits: Digits) -> u32 {
        let Values::Digits(values) = &mut self.values else { return 0 };
        let key = digits.packed | u64::from(digits.count & 15) << 60;
        *self.packed.entry(key).or_insert_with(|| {
            values.push(digits);
            self.uses.push(0);
            values.len() as u32 - 1
        })
    }

    fn by_typed(&mut self, typed: &str) -> u32 {
        if let Some(known) = self.typed.get(typed) {
            return *known;
        }
        let at = match &mut self.values {
            Values::Text(words, values) => {
                let value = words.read(self.kind, typed);
                if value.is_missing() {
                    0
                } else {
                    // Whatever is read alike is one value.
                    *self.packed.entry(value.identity()).or_insert_with(|| {
                        values.push(value);
                        self.uses.push(0);
                        values.len() as u32 - 1
                    })
                }
            }
            Values::Dates(values) => date::read(typed).map_or(0, |date| {
                *self.packed.entry(date.packed()).or_insert_with(|| {
                    values.push(date);
                    self.uses.push(0);
                    values.len() as u32 - 1
                })
            }),
            Values::Sets(values) => match companions::read(typed) {
                0 => 0,
                set => *self.packed.entry(u64::from(set)).or_insert_with(|| {
                    values.push(set);
                    self.uses.push(0);
                    values.len() as u32 - 1
                }),
            },
            Values::Codes | Values::Digits(_) => {
                let code = if self.kind == Kind::Tribe { text::tribe(typed) } else { text::code(typed) };
                code.map_or(0, |code| {
                    let uses = &mut self.uses;
                    *self.packed.entry(code).or_insert_with(|| {
                        uses.push(0);
                        uses.len() as u32 - 1
                    })
                })
            }
        };
        self.typed.insert(typed.into(), at);
        at
    }

    /// Whether a number is a form's placeholder: more people hold it than one number can be lent to.
    pub(super) fn is_placeholder(&self, value: u32) -> bool {
        self.kind == Kind::Number && value != 0 && self.uses(value) > PLACEHOLDER
    }

    /// Counts, drops what only reading needed, and remembers the value under which differing is excused.
    pub(super) fn finish(&mut self, records: usize) {
        if let Values::Text(words, values) = &mut self.values {
            words.count(values, &self.uses, records);
            if self.kind == Kind::Name {
                let rare = |at: u32| at != 0 && words.may_be_joined(&values[at as usize]);
                let joined: Vec<(&Box<str>, &u32)> = self.typed.iter().filter(|(_, at)| rare(**at)).collect();
                for (typed, at) in joined {
                    let split = words.split_joined(typed);
                    let again = split.as_deref().and_then(|split| words.split_joined(split));
                    if let Some(split) = again.or(split) {
                        values[*at as usize] = words.read(self.kind, &split);
                    }
                }
            }
            words.weigh(values, &self.uses, records);
        }
        if let Values::Dates(values) = &self.values {
            let mut of_year: Map<u16, u32> = Map::default();
            values.iter().zip(&self.uses).for_each(|(date, uses)| *of_year.entry(date.year).or_default() += uses);
            self.years = values.iter().map(|date| text::rarity(of_year[&date.year], records)).collect();
        }
        self.records = records;
        self.typed = Map::default();
        if !matches!(self.values, Values::Codes) {
            self.packed = Map::default();
        }
    }

    /// The place of a code, for [`super::describe::Field::excused_by`].
    pub(super) fn code(&self, typed: &str) -> Option<u32> {
        text::code(typed).and_then(|code| self.packed.get(&code)).copied()
    }

    /// The year of a date.
    pub(super) fn year(&self, value: u32) -> Option<u16> {
        match &self.values {
            Values::Dates(values) if value != 0 => Some(values[value as usize].year),
            _ => None,
        }
    }

    /// The year after which hardly anybody is born: a few slips of the pen lie later.
    pub(super) fn newest_year(&self) -> u16 {
        let Values::Dates(values) = &self.values else { return u16::MAX };
        let mut years: Vec<(u16, u32)> =
            values.iter().zip(&self.uses).skip(1).map(|(date, uses)| (date.year, *uses)).collect();
        years.sort_unstable_by_key(|(year, _)| std::cmp::Reverse(*year));
        let all: u64 = years.iter().map(|(_, uses)| u64::from(*uses)).sum();
        let mut later = 0;
        let newest = years.iter().find(|(_, uses)| {
            later += u64::from(*uses);
            later * 500 > all
        });
        newest.map_or(u16::MAX, |(year, _)| *year)
    }

    /// What stands for a text in all fields alike.
    pub(super) fn core(&self, value: u32) -> Option<u64> {
        match &self.values {
            Values::Text(_, values) if value != 0 => Some(values[value as usize].core()),
            _ => None,
        }
    }

    /// How many records hold a value.
    pub(super) fn uses(&self, value: u32) -> u32 {
        self.uses[value as usize]
    }

    pub(super) fn distinct(&self) -> usize {
        self.uses.len()
    }

    /// The rarity of a value in bits, as agreement on it is weighed.
    pub(super) fn bits(&self, value: u32) -> u8 {
        match &self.values {
            Values::Text(_, values) => values[value as usize].bits,
            Values::Dates(_) => self.years.get(value as usize).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// How far two values agree, and the rarity of what they share.
    pub(super) fn compare(&self, left: u32, right: u32) -> (Level, u8) {
        if left == 0 || right == 0 {
            return (MISSING, 0);
        }
        match &self.values {
            Values::Text(words, values) => {
                let value = &values[left as usize];
                if left == right {
                    return (SAME, value.bits);
                }
                words.compare(value, &values[right as usize])
            }
            Values::Digits(values) => (self.compare_digits(left, right, values), 0),
            Values::Dates(values) => {
                let level = compare_dates(values[left as usize], values[right as usize]);
                (level, self.bits(left).min(self.bits(right)))
            }
            Values::Sets(sets) => (self.compare_sets(left, right, sets), 0),
            Values::Codes => (if left == right { SAME } else { levels::CODE_DIFFERENT }, 0),
        }
    }

    fn compare_sets(&self, left: u32, right: u32, sets: &[u32]) -> Level {
        use levels::companions::*;
        let one_in = |share: usize| self.uses(left) as usize > self.records / share;
        match sets[left as usize] & sets[right as usize] {
            _ if left == right && one_in(20) => SAME_AS_MANY,
            _ if left == right && one_in(60) => SAME,
            _ if left == right => SAME_AND_RARE,
            0 => DIFFERENT,
            _ => SOME_SHARED,
        }
    }

    fn compare_digits(&self, left: u32, right: u32, values: &[Digits]) -> Level {
        if left == right {
            return if self.uses(left) > MANY { levels::number::SAME_AS_MANY } else { SAME };
        }
        if number::one_slip(values[left as usize], values[right as usize]) {
            levels::number::ONE_SLIP
        } else {
            levels::number::DIFFERENT
        }
    }

    /// What a value puts into a key under a view; nothing when it cannot.
    pub(super) fn tokens(&self, value: u32, view: View, out: &mut Vec<u64>) {
        out.clear();
        if value == 0 {
            return;
        }
        let at = value as usize;
        match (&self.values, view) {
            (Values::Text(words, values), View::Near | View::Wide) => {
                out.extend(values[at].parts().iter().map(|part| words.skeleton_of(*part)));
            }
            (Values::Text(_, values), _) => out.extend(values[at].forms()),
            (Values::Digits(values), View::Near | View::Wide) => out.extend(number::less_groups(values[at])),
            (Values::Digits(values), _) => out.push(mix(values[at].packed, 1)),
            (Values::Dates(values), View::Exact) => out.extend(values[at].is_day().then(|| values[at].packed())),
            (Values::Dates(values), View::Near) => {
                let year = u64::from(values[at].year);
                out.extend([year / 2 * 2 + 1, year.div_ceil(2) * 2]);
            }
            (Values::Dates(values), View::Wide) => {
                // Windows of four years, two years apart: years up to two apart share one.
                let window = u64::from(values[at].year / 2);
                out.extend([window, window + 1]);
            }
            (Values::Dates(values), View::Whole) => out.push(u64::from(values[at].year)),
            (Values::Codes | Values::Sets(_), _) => out.push(u64::from(value)),
        }
    }
}

fn compare_dates(left: Date, right: Date) -> Level {
    use levels::date::*;
    let apart = left.year.abs_diff(right.year);
    let by_year = match apart {
        0 => SAME_YEAR,
        1 => ONE_YEAR_OFF,
        2 => TWO_YEARS_OFF,
        3..=5 => FEW_YEARS_OFF,
        6..=15 => MANY_YEARS_OFF,
        _ => GENERATIONS_OFF,
    };
    if !left.is_day() || !right.is_day() {
        return by_year;
    }
    let changed_over = apart == 0 && left.month == right.day && left.day == right.month;
    let same = [apart == 0, left.month == right.month, left.day == right.day];
    match same.iter().filter(|same| **same).count() {
        3 => SAME,
        2 => ONE_PART_OFF,
        _ if changed_over => ONE_PART_OFF,
        _ if apart == 0 => OTHER_DAY,
        // Two days that differ in year and day are two days, however near the years.
        _ if apart <= 2 => FEW_YEARS_OFF,
        _ => by_year,
    }
}
