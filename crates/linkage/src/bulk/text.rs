//! Names, places and words as interned parts, and how far two of them agree.

use super::describe::Kind;
use super::hash::{self, Map};
use super::levels::{Level, MISSING, SAME, text::*};
use super::tribes;
use crate::names::{self, Part, Weight};
use crate::{jaro_winkler, text};

/// The most telling parts kept of one value.
const PARTS: usize = 4;
/// The most forms kept of one value.
const FORMS: usize = 4;
/// Rarities are kept in half bits, up to this.
pub(super) const RAREST: u8 = 31;

/// One value: its telling parts, and the forms under which it is looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    parts: [u32; PARTS],
    count: u8,
    /// How rare the value is in half bits: -log2 of the share of records that have all its parts.
    pub(super) bits: u8,
    core: u64,
    forms: [u64; FORMS],
}

impl Text {
    pub(super) fn is_missing(&self) -> bool {
        self.count == 0
    }

    pub(super) fn forms(&self) -> impl Iterator<Item = u64> + '_ {
        self.forms.iter().copied().filter(|form| *form != 0)
    }

    /// The same for values with the same parts in the same order.
    pub(super) fn identity(&self) -> u64 {
        self.parts().iter().fold(self.core, |sum, part| hash::mix(sum, u64::from(*part)))
    }

    pub(super) fn core(&self) -> u64 {
        self.core
    }

    pub(super) fn parts(&self) -> &[u32] {
        &self.parts[..usize::from(self.count)]
    }
}

/// One word of a field, held once.
#[derive(Debug, Clone)]
struct Word {
    skeleton: u32,
    other: u32,
    sound: Box<str>,
    /// A bit for each letter of the sound.
    letters: u32,
    latin: bool,
    bits: u8,
    /// Long enough to be two words.
    long: bool,
    /// Common enough to be a name of its own and no slip of the pen.
    known: bool,
}

/// All words of a field.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    by_folded: Map<String, u32>,
    words: Vec<Word>,
    by_skeleton: Map<String, u32>,
    counts: Vec<u32>,
}

impl Words {
    /// Reads a value of the field.
    pub(super) fn read(&mut self, kind: Kind, typed: &str) -> Text {
        let parts = match kind {
            Kind::Name => telling(names::parts(typed)),
            Kind::Place => names::place_parts(typed),
            _ => typed.split_whitespace().flat_map(|word| names::parts(word).into_iter().next()).collect(),
        };
        let forms = match kind {
            Kind::Name => names::forms(&parts),
            Kind::Place => names::whole(&parts),
            _ => parts.iter().take(PARTS).map(|part| part.skeleton.clone()).collect(),
        };
        let mut out = Text::default();
        for part in parts.iter().take(PARTS) {
            out.parts[usize::from(out.count)] = self.word(part, kind);
            out.count += 1;
        }
        for (slot, form) in out.forms.iter_mut().zip(&forms) {
            *slot = hash::of(form) | 1;
        }
        out.core = forms.first().map_or(0, |form| hash::of(form) | 1);
        out
    }

    fn word(&mut self, part: &Part, kind: Kind) -> u32 {
        if let Some(known) = self.by_folded.get(&part.folded) {
            return *known;
        }
        let skeleton = self.skeleton(&part.skeleton);
        let other = part.other.as_deref().map_or(skeleton, |other| self.skeleton(other));
        let sound = if kind == Kind::Words { part.folded.as_str() } else { part.sound() };
        let letters = sound.bytes().fold(0, |mask, letter| mask | 1_u32 << (letter % 32));
        let word = Word {
            skeleton,
            other,
            sound: sound.into(),
            letters,
            latin: part.is_latin(),
            bits: 0,
            known: false,
            long: part.folded.chars().nth(5).is_some(),
        };
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word);
        self.by_folded.insert(part.folded.clone(), id);
        id
    }

    fn skeleton(&mut self, skeleton: &str) -> u32 {
        if let Some(known) = self.by_skeleton.get(skeleton) {
            return *known;
        }
        let id = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.counts.push(0);
        self.by_skeleton.insert(skeleton.to_owned(), id);
        id
    }

    /// Counts words over all records. `uses` says how many records have each value.
    pub(super) fn count(&mut self, values: &[Text], uses: &[u32], records: usize) {
        let mut of_word = vec![0_u32; self.words.len()];
        self.counts.iter_mut().for_each(|count| *count = 0);
        for (value, uses) in values.iter().zip(uses) {
            for part in value.parts() {
                of_word[*part as usize] += uses;
                self.counts[self.words[*part as usize].skeleton as usize] += uses;
            }
        }
        let known = records / 40_000 + 4;
        for (word, uses) in self.words.iter_mut().zip(of_word) {
            word.bits = rarity(self.counts[word.skeleton as usize], records);
            word.known = uses as usize >= known;
        }
    }

    /// Whether a part of a value may be two words written together.
    pub(super) fn may_be_joined(&self, value: &Text) -> bool {
        value.parts().iter().map(|part| &self.words[*part as usize]).any(|word| !word.known && word.long)
    }

    /// The name with a space put in where two words were written together (FahimKhan), if one was: a word that hardly
    /// anybody has, of two that many have.
    pub(super) fn split_joined(&self, typed: &str) -> Option<String> {
        let parts = names::parts(typed);
        let rare = |part: &Part| self.by_folded.get(&part.folded).is_some_and(|word| !self.words[*word as usize].known);
        let at = parts.iter().position(|part| part.folded.chars().count() >= 6 && rare(part))?;
        let word = &parts[at].folded;
        let seams =
            word.char_indices().map(|(seam, _)| seam).skip(2).filter(|seam| word[*seam..].chars().nth(2).is_some());
        let mut splits = seams.map(|seam| word.split_at(seam));
        let (front, back) = splits.find(|(front, back)| self.stands_alone(front) && self.stands_alone(back))?;
        let rest = parts
            .iter()
            .enumerate()
            .map(|(nth, part)| if nth == at { format!("{front} {back}") } else { part.folded.clone() });
        Some(rest.collect::<Vec<_>>().join(" "))
    }

    fn stands_alone(&self, word: &str) -> bool {
        let parts = names::parts(word);
        let companion = |part: &Part| part.weight < Weight::Own || tribes::is_tribe(part) || part.folded == "بی";
        parts.first().is_some_and(|part| parts.len() == 1 && companion(part))
            || self.by_folded.get(word).is_some_and(|known| self.words[*known as usize].known)
    }

    /// Gives every word and value its rarity.
    pub(super) fn weigh(&mut self, values: &mut [Text], uses: &[u32], records: usize) {
        self.count(values, uses, records);
        let mut of_core: Map<u64, u32> = Map::default();
        for (value, uses) in values.iter().zip(uses) {
            *of_core.entry(value.core).or_default() += uses;
        }
        for value in values {
            let bits: u8 = value.parts().iter().map(|part| self.words[*part as usize].bits).sum();
            value.bits = bits.min(rarity(of_core[&value.core], records)).min(RAREST);
        }
    }

    /// The skeleton of a part, for keys of single parts.
    pub(super) fn skeleton_of(&self, part: u32) -> u64 {
        u64::from(self.words[part as usize].skeleton) + 1
    }

    /// How far two values agree, and the rarity of what they share.
    pub(super) fn compare(&self, left: &Text, right: &Text) -> (Level, u8) {
        let (short, long) = if left.count <= right.count { (left, right) } else { (right, left) };
        if short.is_missing() {
            return (MISSING, 0);
        }
        let shared = self.align(short, long);
        let bits = shared.bits.min(u32::from(RAREST)) as u8;
        let all = shared.count == short.count;
        let level = match shared.least {
            _ if shared.count == 0 => DIFFERENT,
            Some(Alike::Loose) if all && short.count == long.count => LOOSE,
            Some(Alike::Near) if all && short.count == long.count && !shared.both_known => ONE_SLIP,
            Some(Alike::Near) if all && short.count == long.count => NEAR_BUT_BOTH_KNOWN,
            Some(Alike::Near | Alike::Loose) if shared.firm == 0 => DIFFERENT,
            Some(Alike::Near | Alike::Loose) => SHARES_A_PART,
            _ if all && short.count < long.count => PART_OF,
            _ if !all => SHARES_A_PART,
            Some(Alike::Same) => SAME,
            Some(Alike::Sound) => SAME_SOUND,
            _ => SAME_CONSONANTS,
        };
        if (SAME..=SAME_CONSONANTS).contains(&level) {
            return (level, bits.min(left.bits.max(right.bits)));
        }
        // Noorulamin and Noor ul Amin: the same name, split differently.
        if level >= PART_OF && left.core == right.core {
            return (SAME_CONSONANTS, left.bits.min(right.bits));
        }
        (level, bits)
    }

    /// Each part of the shorter value takes its best free partner in the longer one.
    fn align(&self, short: &Text, long: &Text) -> Shared {
        let mut taken = 0_u8;
        let mut shared = Shared::default();
        for part in short.parts() {
            let mut best: Option<(Alike, usize)> = None;
            for (at, other) in long.parts().iter().enumerate().filter(|(at, _)| taken & (1 << at) == 0) {
                if let Some(alike) = self.alike(*part, *other)
                    && best.is_none_or(|(known, _)| alike > known)
                {
                    best = Some((alike, at));
                }
            }
            let Some((alike, at)) = best else { continue };
            taken |= 1 << at;
            let (left, right) = (&self.words[*part as usize], &self.words[long.parts()[at] as usize]);
            shared.count += 1;
            shared.firm += u8::from(alike >= Alike::Consonants);
            shared.least = Some(shared.least.map_or(alike, |least| least.min(alike)));
            shared.both_known |= alike == Alike::Near && left.known && right.known;
            shared.bits += u32::from(left.bits.min(right.bits));
        }
        shared
    }

    fn alike(&self, left: u32, right: u32) -> Option<Alike> {
        if left == right {
            return Some(Alike::Same);
        }
        let (left, right) = (&self.words[left as usize], &self.words[right as usize]);
        let consonants =
            left.skeleton == right.skeleton || left.other == right.skeleton || left.skeleton == right.other;
        if consonants {
            return Some(if left.sound == right.sound { Alike::Sound } else { Alike::Consonants });
        }
        let (a, b) = (left.sound.as_bytes(), right.sound.as_bytes());
        // Letters that only one of the two has are matched by nothing, which bounds what Jaro-Winkler can reach.
        let of_a = a.len() as u32 - (left.letters & !right.letters).count_ones().min(a.len() as u32);
        let of_b = b.len() as u32 - (right.letters & !left.letters).count_ones().min(b.len() as u32);
        let common = of_a.min(of_b) as usize;
        if common * (a.len() + b.len()) * 10 < 13 * a.len() * b.len() {
            return None;
        }
        if left.latin != right.latin {
            // Of a script name the short vowels are not written.
            let near = jaro_winkler::similarity(a, b) >= 850;
            return near.then_some(Alike::Loose);
        }
        if one_slip(a, b) {
            return Some(Alike::Near);
        }
        (a.len().min(b.len()) >= 4 && jaro_winkler::similarity(a, b) >= 880).then_some(Alike::Loose)
    }
}

/// How far two words agree, the closest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    Loose,
    Near,
    Consonants,
    Sound,
    Same,
}

#[derive(Default)]
struct Shared {
    count: u8,
    firm: u8,
    least: Option<Alike>,
    both_known: bool,
    bits: u32,
}

/// The parts that tell about a person: no title, no tribe, and companions only when there is nothing else.
fn telling(mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(tribe) = tribes::tribe_at(&parts) {
        parts.remove(tribe);
    }
    let top = parts.iter().map(|part| part.weight).max().unwrap_or(Weight::Title);
    parts.retain(|part| part.weight == top && top > Weight::Title);
    parts
}

/// The tribe named in a person's name.
pub(super) fn tribe(typed: &str) -> Option<u64> {
    let parts = names::parts(typed);
    tribes::tribe_at(&parts).map(|at| hash::of(&parts[at].skeleton))
}

/// A code as typed, folded.
pub(super) fn code(typed: &str) -> Option<u64> {
    let folded = text::fold(typed);
    (!folded.is_empty()).then(|| hash::of(&folded))
}

/// -log2 of a share in half bits, rounded down, at most [`RAREST`].
pub(super) fn rarity(uses: u32, records: usize) -> u8 {
    let ratio = records as u64 * 16 / u64::from(uses.max(1));
    // Half a bit of the ratio is a bit of its square; the 16 in it are 8 half bits.
    (ratio.saturating_mul(ratio).max(1).ilog2().saturating_sub(8) as u8).min(RAREST)
}

/// Whether one letter replaced, left out or put in, or two neighbours changed over, makes one word of the other.
fn one_slip(left: &[u8], right: &[u8]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if long.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[front..], &long[front..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    let changed_over = short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
    changed_over || short.is_empty() || short[1..] == long[1..]
}
