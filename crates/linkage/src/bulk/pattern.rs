//! What comparing two records yields: a level for every field, and the rarity of what they share, in one word.

use super::describe::{Description, RARITY_BITS, Role};
use super::levels::{self, Coarse, Level, MISSING, text};
use super::records::Records;

/// Levels and rarities of all fields, packed: two to four bits for each field, five more where rarity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(pub u64);

/// Marks a pair for which a difference in the excused field is ordinary.
const EXCUSED: u64 = 1 << 63;

impl Pattern {
    /// Whether a difference in the excused field is ordinary for this pair: both are grown women.
    pub fn is_excused(self) -> bool {
        self.0 & EXCUSED != 0
    }
}

/// Where each field lies in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout(Vec<Place>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    shift: u32,
    level_bits: u32,
    rarity_mask: u64,
}

impl Layout {
    pub(super) fn new(description: &Description) -> Self {
        let mut shift = 0;
        let fields = description.fields.iter().map(|field| {
            let rarity_mask = if field.kind.has_frequency() { (1 << RARITY_BITS) - 1 } else { 0 };
            let place = Place { shift, level_bits: field.kind.level_bits(), rarity_mask };
            shift += field.kind.bits();
            place
        });
        Self(fields.collect())
    }

    /// Level and rarity of a field.
    pub(super) fn read(&self, pattern: Pattern, field: usize) -> (Level, u8) {
        let place = self.0[field];
        let part = pattern.0 >> place.shift;
        ((part & ((1 << place.level_bits) - 1)) as u8, (part >> place.level_bits & place.rarity_mask) as u8)
    }

    fn write(&self, field: usize, (level, bits): (Level, u8)) -> u64 {
        let place = self.0[field];
        (u64::from(level) | (u64::from(bits) & place.rarity_mask) << place.level_bits) << place.shift
    }
}

/// Compares records, remembering the pairs of values it has seen. One for each thread; what it says never depends on
/// what it remembers.
pub struct Comparer<'r> {
    records: &'r Records,
    layout: Layout,
    excused_field: Option<usize>,
    is_text: Vec<bool>,
    along: Vec<Option<usize>>,
    /// The fields, the person's own first, and how many of those there are.
    order: Vec<usize>,
    own: usize,
    /// Direct-mapped, one for each field that has frequencies: pair of values, and what it came to.
    seen: Vec<Vec<(u64, u8, u8)>>,
}

/// Small enough to stay near the processor: a forgotten pair costs less than a slow memory.
const REMEMBERED: usize = 1 << 13;

impl<'r> Comparer<'r> {
    /// A comparer of these records.
    pub fn new(records: &'r Records) -> Self {
        let remember = |wide: bool| if wide { vec![(u64::MAX, MISSING, 0); REMEMBERED] } else { vec![] };
        let fields = &records.description.fields;
        let seen = fields.iter().map(|field| remember(field.kind.is_text())).collect();
        let excused_field = records.excused.iter().position(Option::is_some);
        let is_text: Vec<bool> = fields.iter().map(|field| field.kind.is_text()).collect();
        let along = fields.iter().map(|field| field.along).collect();
        let mut order: Vec<usize> = (0..fields.len()).collect();
        order.sort_by_key(|field| fields[*field].role == Role::Family);
        let own = fields.iter().filter(|field| field.role == Role::Person).count();
        Self { records, layout: Layout::new(&records.description), excused_field, is_text, along, order, own, seen }
    }

    fn agrees(&self, pattern: Pattern, field: usize) -> bool {
        let kind = self.records.description.fields[field].kind;
        levels::coarse(kind, self.layout.read(pattern, field).0) == Coarse::Agree
    }

    /// How far two records agree. The order of the two makes no difference.
    pub fn compare(&mut self, left: u32, right: u32) -> Pattern {
        let (a, b) = (self.records.row(left), self.records.row(right));
        let mut pattern = Pattern(0);
        (0..a.len()).for_each(|field| self.add(field, a, b, &mut pattern));
        self.excuse(a, b, &mut pattern);
        pattern
    }

    /// As [`Comparer::compare`], but the person's own fields come first, and when `is_hopeless` says so of them, that is all.
    pub fn compare_unless(
        &mut self,
        left: u32,
        right: u32,
        is_hopeless: impl FnOnce(Pattern) -> bool,
    ) -> Option<Pattern> {
        let (a, b) = (self.records.row(left), self.records.row(right));
        let mut pattern = Pattern(0);
        (0..self.own).for_each(|nth| self.add(self.order[nth], a, b, &mut pattern));
        if is_hopeless(pattern) {
            return None;
        }
        (self.own..a.len()).for_each(|nth| self.add(self.order[nth], a, b, &mut pattern));
        self.excuse(a, b, &mut pattern);
        Some(pattern)
    }

    fn excuse(&self, a: &[u32], b: &[u32], pattern: &mut Pattern) {
        let excused = self.excused_field.is_some_and(|field| self.excused(field, a, b));
        pattern.0 |= if excused { EXCUSED } else { 0 };
    }

    fn add(&mut self, field: usize, a: &[u32], b: &[u32], pattern: &mut Pattern) {
        if self.along[field].is_some_and(|first| !self.agrees(*pattern, first)) {
            return;
        }
        let mut found = self.field(field, a[field], b[field]);
        if found.0 == text::DIFFERENT && self.is_text[field] {
            let crossed = self.records.description.fields[field].crossed_with;
            if crossed.is_some_and(|other| self.crossed(field, other, a, b)) {
                found.0 = text::CROSSED;
            }
        }
        pattern.0 |= self.layout.write(field, found);
    }

    fn field(&mut self, field: usize, left: u32, right: u32) -> (Level, u8) {
        if left == 0 || right == 0 {
            return (MISSING, 0);
        }
        let column = &self.records.columns[field];
        let seen = &mut self.seen[field];
        if seen.is_empty() || left == right {
            return column.compare(left, right);
        }
        let key = u64::from(left.min(right)) << 32 | u64::from(left.max(right));
        let slot = &mut seen[(super::hash::mix(key, 0) as usize) % REMEMBERED];
        if slot.0 != key {
            let (level, bits) = column.compare(left.min(right), left.max(right));
            *slot = (key, level, bits);
        }
        (slot.1, slot.2)
    }

    fn excused(&self, field: usize, a: &[u32], b: &[u32]) -> bool {
        let Some(excuse) = self.records.excused.get(field).copied().flatten() else { return false };
        let young = |row: &[u32]| {
            let born =
                |(by, since): (usize, u16)| self.records.columns[by].year(row[by]).is_some_and(|year| year > since);
            excuse.grown_up.is_some_and(born)
        };
        a[excuse.field] == excuse.value && b[excuse.field] == excuse.value && !young(a) && !young(b)
    }

    /// Whether the two fields are changed over on one of the records.
    fn crossed(&self, field: usize, other: usize, a: &[u32], b: &[u32]) -> bool {
        let core = |at: usize, row: &[u32]| self.records.columns[at].core(row[at]);
        let (a_own, a_other, b_own, b_other) = (core(field, a), core(other, a), core(field, b), core(other, b));
        let same = |left: Option<u64>, right: Option<u64>| left.is_some() && left == right;
        (same(a_own, b_other) && (same(a_other, b_own) || a_other.is_none() || b_own.is_none()))
            || (same(a_other, b_own) && (a_own.is_none() || b_other.is_none()))
    }

    /// Level and rarity of a field of a pattern.
    pub fn read(&self, pattern: Pattern, field: usize) -> (Level, u8) {
        self.layout.read(pattern, field)
    }

    /// The word for a level of a field.
    pub fn code(&self, field: usize, level: Level) -> &'static str {
        levels::code(self.records.description.fields[field].kind, level)
    }
}
