//! Names as matching sees them: parts, how much each part tells, and skeletons that hold across spellings and scripts.
//!
//! Most people have no surname; a name is one or more given parts, with common companions such as Khan or Bibi that
//! many people share. The companions stay, with low weight. A skeleton is the consonants of a part under the folds that
//! spellings vary in (ee/i, oo/u/ou, doubled consonants, final h, q/k, w/v, z/dh, ph/f), so that `محمد يوسف` and
//! `Muhammad Yousaf` have the same one. Written vowels never enter it; Saeed and Syed stay apart by the y.

pub(crate) mod data;
mod skeleton;
#[cfg(test)]
mod tests;

use crate::{jaro_winkler, text};
pub use data::Weight;
use skeleton::Skeleton;

/// One part of a name: a word, or what was typed as several words but is one (`Abdul Rehman` stays two, `بی بی` is one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folded spelling.
    pub folded: String,
    /// Its consonants; see the module.
    pub skeleton: String,
    /// The other reading, where a spelling allows two (w as vowel, bh as one sound).
    pub other: Option<String>,
    /// Latin letters with folded vowels, for similarity; of script names only the written vowels.
    sound: String,
    latin: bool,
    /// How much the part tells about a person.
    pub weight: Weight,
}

impl Part {
    /// Its letters with folded vowels; of script names the consonants and the written vowels.
    pub(crate) fn sound(&self) -> &str {
        &self.sound
    }

    /// Whether it was written in Latin letters.
    pub(crate) fn is_latin(&self) -> bool {
        self.latin
    }
}

/// The parts of a name in the order typed. A name of nothing but signs has none.
pub fn parts(name: &str) -> Vec<Part> {
    let letters = text::letters(name);
    let mut out = Vec::with_capacity(4);
    let mut words = letters.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let next = words.peek().copied();
        if next.is_some() && is_silent_article(word, next) {
            continue;
        }
        if data::BINDS_NEXT.contains(&word) && next.is_some() {
            let rest = words.by_ref().find(|rest| !data::ARTICLES.contains(rest)).unwrap_or_default();
            push_word(&format!("{word}{rest}"), false, &mut out);
        } else if word == "بی" && next == Some("بی") {
            words.next();
            out.push(part("بیبی", false));
        } else {
            let word = if out.is_empty() { word } else { without_article(word) };
            push_word(word, out.is_empty() && next.is_some(), &mut out);
        }
    }
    out
}

/// `الدین` after another word is `دین`, as `Zia ud Din` is read.
fn without_article(word: &str) -> &str {
    let rest = word.strip_prefix("ال").filter(|rest| rest.chars().next().is_some_and(skeleton::is_sun_letter));
    rest.filter(|_| word != "الطاف").unwrap_or(word)
}

/// Splits the second half off words such as Rahmatullah and Ziauddin, so that joined and split forms agree.
fn push_word(word: &str, leads: bool, out: &mut Vec<Part>) {
    for (tail, second) in data::JOINED_TAILS {
        if let Some(head) = word.strip_suffix(tail).filter(|head| head.chars().nth(1).is_some() && !is_abd(head)) {
            out.push(part(head, leads));
            out.push(part(second, false));
            return;
        }
    }
    out.push(part(word, leads));
}

/// Abdullah is one name and is not split.
fn is_abd(head: &str) -> bool {
    head.starts_with("abd") || head.starts_with("عبد")
}

/// The article inside a name (`ud` of Zia ud Din) falls away where it takes the sound of the next letter, and so does
/// the Persian link (`e` of Noor e Zaman).
fn is_silent_article(word: &str, next: Option<&str>) -> bool {
    let first = next.and_then(|next| next.chars().next());
    match word {
        "ul" | "al" | "el" => first.is_some_and(skeleton::is_sun_letter),
        "ur" | "ar" | "ud" | "ad" | "us" | "as" | "uz" | "az" | "un" | "an" | "ut" | "ush" | "ash" => {
            first == word.chars().nth(1)
        }
        "e" | "i" => true,
        _ => false,
    }
}

fn part(word: &str, leads: bool) -> Part {
    let latin = word.is_ascii();
    let weight = data::weight(word, leads);
    let Skeleton { first, second, sound } = skeleton::of(word);
    let folded = if latin { word.to_owned() } else { text::fold(word) };
    Part { other: (second != first).then_some(second), skeleton: first, sound, folded, latin, weight }
}

/// The skeletons of a name's parts, first reading each.
pub fn skeleton(name: &str) -> Vec<String> {
    parts(name).into_iter().map(|part| part.skeleton).collect()
}

/// The most forms kept of one name, so that a long name cannot flood the key table.
const MAX_FORMS: usize = 4;

/// The skeletons under which a name is looked up: its telling parts joined, the same with the companions that are often
/// written together with them, and each telling part alone. Most names have one form.
pub(crate) fn forms(parts: &[Part]) -> Vec<String> {
    let Some(top) = parts.iter().map(|part| part.weight).max() else { return vec![] };
    let telling = |part: &&Part| part.weight == top;
    let mut out = Vec::with_capacity(2);
    push_readings(parts.iter().filter(telling), &mut out);
    if parts.iter().any(|part| part.weight == Weight::Light) && top == Weight::Own {
        push_readings(parts.iter().filter(|part| part.weight >= Weight::Light), &mut out);
    }
    if top == Weight::Own && parts.iter().filter(telling).count() > 1 {
        parts.iter().filter(telling).for_each(|part| push_readings(std::iter::once(part), &mut out));
    }
    out.truncate(MAX_FORMS);
    out
}

/// The joined skeleton of all parts, whatever their weight: for places.
pub(crate) fn whole(parts: &[Part]) -> Vec<String> {
    let mut out = Vec::with_capacity(1);
    push_readings(parts.iter(), &mut out);
    out
}

fn push_readings<'a>(parts: impl Iterator<Item = &'a Part> + Clone, out: &mut Vec<String>) {
    let first = joined(parts.clone().map(|part| part.skeleton.as_str()));
    let has_other = parts.clone().any(|part| part.other.is_some());
    let other = has_other.then(|| joined(parts.map(|part| part.other.as_deref().unwrap_or(&part.skeleton))));
    for form in std::iter::once(first).chain(other) {
        if !form.is_empty() && !out.contains(&form) {
            out.push(form);
        }
    }
}

/// Skeletons written together: the mark of a first vowel stays only in front, a letter met twice at a seam once.
fn joined<'a>(skeletons: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::with_capacity(12);
    for skeleton in skeletons {
        let mut rest = if out.is_empty() { skeleton } else { skeleton.trim_start_matches(skeleton::FIRST_VOWEL) };
        if let Some(seam) = out.chars().last() {
            rest = rest.strip_prefix(seam).unwrap_or(rest);
        }
        out.push_str(rest);
    }
    out
}

/// How alike two names are, 0 to 1000.
///
/// 1000 is the same spelling; two spellings of one sound reach 960, the same consonants at least 880. Companions such
/// as Khan weigh little, and a part that only one of the two has costs half its weight, a companion hardly anything.
pub fn similarity(left: &[Part], right: &[Part]) -> i32 {
    similar((left, &first_form(left)), (right, &first_form(right)))
}

/// A name about to be compared, often many times over: its parts, and the skeleton of its telling parts joined.
pub(crate) struct Name {
    parts: Vec<Part>,
    joined: String,
}

impl Name {
    pub(crate) fn new(parts: Vec<Part>) -> Self {
        Self { joined: first_form(&parts), parts }
    }

    /// As [`similarity`].
    pub(crate) fn similarity(&self, other: &Name) -> i32 {
        similar((&self.parts, &self.joined), (&other.parts, &other.joined))
    }

    /// As [`similarity`], for places: Garhi alone is not Garhi Tahir, as Tahir alone may be Tahir Khan.
    pub(crate) fn place_similarity(&self, other: &Name) -> i32 {
        let joined_alike = !self.joined.is_empty() && self.joined == other.joined;
        let (whole, _) = aligned(&self.parts, &other.parts);
        if joined_alike { whole.max(JOINED_ALIKE) } else { whole }
    }

    /// How many of its parts tell about a person or place.
    pub(crate) fn telling(&self) -> usize {
        self.parts.iter().filter(|part| part.weight >= Weight::Light).count()
    }
}

fn similar((left, left_form): (&[Part], &str), (right, right_form): (&[Part], &str)) -> i32 {
    let (whole, is_part) = aligned(left, right);
    let aligned = if is_part { whole.max(PART_OF_NAME) } else { whole };
    let joined_alike = !left_form.is_empty() && left_form == right_form;
    if joined_alike && left.len().max(right.len()) > 1 { aligned.max(JOINED_ALIKE) } else { aligned }
}

/// The least similarity of two words, and of two names written together, with the same consonants. With a companion
/// left out besides they are still alike.
const JOINED_ALIKE: i32 = 880;

/// The first of a name's [`forms`]; empty when it has none.
fn first_form(parts: &[Part]) -> String {
    let top = parts.iter().map(|part| part.weight).max();
    let first = joined(parts.iter().filter(|part| Some(part.weight) == top).map(|part| part.skeleton.as_str()));
    if first.is_empty() { forms(parts).into_iter().next().unwrap_or_default() } else { first }
}

/// Each part of the shorter name takes its best free partner in the longer one. Also says whether the telling parts of
/// the shorter one are all there: people are called by a part of their name.
fn aligned(left: &[Part], right: &[Part]) -> (i32, bool) {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.is_empty() {
        return (0, false);
    }
    let mut taken = 0_u64;
    let (mut score, mut total, mut own, mut own_alike) = (0, 0, false, true);
    for part in short {
        let best = (0..long.len().min(64))
            .filter(|at| taken & (1 << at) == 0)
            .map(|at| (part_similarity(part, &long[at]), at))
            .max_by_key(|(alike, at)| (*alike, std::cmp::Reverse(*at)));
        let Some((alike, at)) = best else { break };
        taken |= 1 << at;
        let weight = part.weight.max(long[at].weight);
        score += alike * weight.points();
        total += weight.points();
        own |= weight == Weight::Own;
        own_alike &= weight != Weight::Own || alike >= 900;
    }
    let spare = |at: &usize| taken & (1 << at) == 0;
    total += (0..long.len().min(64)).filter(spare).map(|at| long[at].weight.spare_points()).sum::<i32>();
    (if total == 0 { 0 } else { score / total }, own && own_alike)
}

/// The least similarity of a name and a part of it.
const PART_OF_NAME: i32 = 860;

fn part_similarity(left: &Part, right: &Part) -> i32 {
    if left.folded == right.folded {
        return 1000;
    }
    let same_consonants = !left.skeleton.is_empty()
        && (left.skeleton == right.skeleton
            || left.other.as_ref() == Some(&right.skeleton)
            || right.other.as_ref() == Some(&left.skeleton));
    if left.latin != right.latin {
        let alike = jaro_winkler::similarity(left.skeleton.as_bytes(), right.skeleton.as_bytes());
        return if same_consonants { 940 } else { alike * 9 / 10 };
    }
    if left.sound == right.sound && same_consonants {
        return 960;
    }
    let alike = jaro_winkler::similarity(left.sound.as_bytes(), right.sound.as_bytes());
    if same_consonants { alike.clamp(JOINED_ALIKE, 950) } else { alike.min(950) }
}

/// The parts of a village's or district's name, without the words that only say that it is one.
pub(crate) fn place_parts(name: &str) -> Vec<Part> {
    let mut parts = parts(name);
    if parts.len() > 1 {
        parts.retain(|part| !data::PLACE_WORDS.contains(&part.folded.as_str()));
    }
    parts
}

/// The forms of a district's name: Lower Dir and Dir Lower are one, and so are a name and its known other names.
pub(crate) fn district_forms(name: &str) -> Vec<String> {
    let folded = text::fold(name);
    let alias = data::PLACE_ALIASES.iter().find(|(other, _)| *other == folded).map(|(_, name)| *name);
    let mut parts = place_parts(alias.unwrap_or(name));
    parts.sort_by_key(|part| data::DIRECTIONS.contains(&part.folded.as_str()));
    whole(&parts)
}
