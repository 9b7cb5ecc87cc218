//! Answers as a short text: what a QR code holds, what a form carries from page to page, what is kept under a code.
//!
//! `OW` and Crockford's base 32 over: version, pack (3 bytes), dictionary (3 bytes), answers, checksum (3 bytes). Facts
//! and codes stand as their places in the dictionary, so the same answers are small enough for a QR code that a cheap
//! camera reads; a dictionary that has changed since is noticed and refused, a pack whose other rules have changed is
//! said. No name, number or address has a place in it.

mod letters;

use crate::answers::{Age, Answers, MOST_MEMBERS, Person, day_number, day_of};
use domain::people::AnswerValue;
use letters::{PREFIX, Reader, bytes_of, letters, number};
use rules::{
    Id, Pack,
    pack::fact::{Code, Fact, FactKind, FactType, Record},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The version written today.
const VERSION: u8 = 1;
/// Ages of up to this many months are told in months.
const MONTHS: u8 = 36;

/// Why a text is no code of answers; each is a message `carry-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// Not a code of answers at all.
    Unreadable,
    /// Part of it is missing or changed.
    Damaged,
    /// Made by a newer release.
    Newer,
    /// Made with questions that have changed since.
    OldQuestions,
}

impl NotRead {
    /// The word in message ids.
    pub fn code(self) -> &'static str {
        match self {
            NotRead::Unreadable => "unreadable",
            NotRead::Damaged => "damaged",
            NotRead::Newer => "newer",
            NotRead::OldQuestions => "old-questions",
        }
    }
}

/// What a code held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The answers.
    pub answers: Answers,
    /// Other rules than the questions have changed since: verdicts may differ.
    pub other_pack: bool,
}

/// The code of some answers.
pub fn write(pack: &Pack, answers: &Answers) -> String {
    let book = Book::of(pack);
    let mut out = vec![VERSION];
    out.extend(pack_mark(pack));
    out.extend(book.mark);
    book.write(answers, &mut out);
    let sum = Sha256::digest(&out);
    out.extend(&sum[..3]);
    format!("{PREFIX}{}", letters(&out))
}

/// Reads a code as it was scanned, pasted or typed: any case, spaces and dashes anywhere.
pub fn read(pack: &Pack, text: &str) -> Result<Carried, NotRead> {
    let (bytes, over) = bytes_of(text).ok_or(NotRead::Unreadable)?;
    let (body, sum) = bytes.split_last_chunk::<3>().ok_or(NotRead::Unreadable)?;
    let (version, rest) = body.split_first().ok_or(NotRead::Unreadable)?;
    let whole = over == 0 && Sha256::digest(body)[..3] == *sum;
    match (*version, whole) {
        (VERSION, true) => {}
        (version, true) if version > VERSION => return Err(NotRead::Newer),
        _ => return Err(NotRead::Damaged),
    }
    let (made_with, rest) = rest.split_first_chunk::<3>().ok_or(NotRead::Damaged)?;
    let (dictionary, rest) = rest.split_first_chunk::<3>().ok_or(NotRead::Damaged)?;
    let book = Book::of(pack);
    if *dictionary != book.mark {
        return Err(NotRead::OldQuestions);
    }
    let answers = book.read(&mut Reader(rest)).ok_or(NotRead::Damaged)?;
    Ok(Carried { answers, other_pack: *made_with != pack_mark(pack) })
}

fn pack_mark(pack: &Pack) -> [u8; 3] {
    mark(pack.hash().as_bytes())
}

fn mark(bytes: &[u8]) -> [u8; 3] {
    let hash = Sha256::digest(bytes);
    [hash[0], hash[1], hash[2]]
}

/// What places stand for: the questions and lists of a pack, in their order.
struct Book<'p> {
    pack: &'p Pack,
    household: Vec<&'p Fact>,
    person: Vec<&'p Fact>,
    mark: [u8; 3],
}

impl<'p> Book<'p> {
    fn of(pack: &'p Pack) -> Self {
        let asked = |record: Record| -> Vec<&Fact> {
            pack.facts().iter().filter(|fact| fact.kind == FactKind::Asked && fact.record == record).collect()
        };
        let (household, person) = (asked(Record::Household), asked(Record::Person));
        let mut text = String::new();
        for fact in household.iter().chain(&person) {
            text.push_str(&format!("{}:{:?}:", fact.id, fact.kind_of_value));
            fact.codes.iter().for_each(|code| text.push_str(&format!("{},", code.id)));
        }
        for fact in LISTS {
            codes(pack, fact).iter().for_each(|code| text.push_str(&format!("{},", code.id)));
        }
        pack.places().iter().for_each(|place| text.push_str(&format!("{},", place.code)));
        Book { pack, household, person, mark: mark(text.as_bytes()) }
    }

    fn write(&self, answers: &Answers, out: &mut Vec<u8>) {
        out.extend(day_number(answers.on).to_be_bytes());
        let district = answers.district.as_deref();
        number(out, place(self.pack.places().iter().map(|place| &place.code), district));
        number(out, self.code("household.province_permanent", answers.province.as_deref()));
        number(out, answers.size.map_or(0, |size| u64::from(size) + 1));
        number(out, answers.members.len() as u64);
        for person in &answers.members {
            out.push(match person.age {
                None => 0,
                Some(Age::Months(n)) => 1 + n.min(MONTHS - 1),
                Some(Age::Years(n)) => 1 + MONTHS + n.min(150),
            });
            let [sex, relation, marital] = self.lists();
            let parts = [(sex, &person.sex), (relation, &person.relation), (marital, &person.marital)];
            let profile = parts
                .iter()
                .rev()
                .fold(0, |sum, ((fact, count), code)| sum * (count + 1) + self.code(fact, code.as_deref()));
            number(out, profile);
        }
        let left = |member: Option<usize>, fact: &Fact| answers.skipped.contains(&(member, fact.id.to_string()));
        self.write_facts(&self.household, &answers.household, |fact| left(None, fact), out);
        for (place, person) in answers.members.iter().enumerate() {
            self.write_facts(&self.person, &person.facts, |fact| left(Some(place), fact), out);
        }
        let gate = |fact: &&Fact| answers.gates.contains(fact.id.as_str());
        let gates: Vec<u64> =
            (0..).zip(self.household.iter().chain(&self.person)).filter(|(_, f)| gate(f)).map(|(n, _)| n).collect();
        number(out, gates.len() as u64);
        gates.into_iter().for_each(|gate| number(out, gate));
    }

    /// Facts by their distance from the one before, times three; plus 0 skipped, 1 a value or no, 2 yes. Zero ends.
    fn write_facts(
        &self,
        facts: &[&Fact],
        held: &BTreeMap<String, AnswerValue>,
        skipped: impl Fn(&Fact) -> bool,
        out: &mut Vec<u8>,
    ) {
        let mut before = 0;
        for (place, fact) in (1u64..).zip(facts) {
            let value = held.get(fact.short());
            let kind = match value {
                None if skipped(fact) => 0,
                None => continue,
                Some(AnswerValue::Bool(true)) => 2,
                Some(_) => 1,
            };
            number(out, (place - before) * 3 + kind);
            before = place;
            match value {
                Some(AnswerValue::Int(n) | AnswerValue::Decimal(n)) => number(out, n.unsigned_abs()),
                Some(AnswerValue::Code(code)) => number(out, place_in(&fact.codes, code)),
                Some(AnswerValue::Set { has, complete }) => {
                    number(out, has.len() as u64 * 2 + u64::from(*complete));
                    has.iter().for_each(|code| number(out, place_in(&fact.codes, code)));
                }
                None | Some(AnswerValue::Bool(_)) => {}
            }
        }
        number(out, 0);
    }

    fn read(&self, from: &mut Reader<'_>) -> Option<Answers> {
        let mut answers =
            Answers { on: day_of(u16::from_be_bytes([from.byte()?, from.byte()?]))?, ..Answers::default() };
        answers.district = self.read_place(from)?;
        answers.province = at(codes(self.pack, "household.province_permanent"), from.number()?)?;
        answers.size = match from.number()? {
            0 => None,
            n => Some(u8::try_from(n - 1).ok()?),
        };
        let members = usize::try_from(from.number()?).ok().filter(|count| *count <= MOST_MEMBERS)?;
        for _ in 0..members {
            answers.members.push(self.read_person(from)?);
        }
        let mut skipped = Vec::new();
        answers.household = self.read_facts(&self.household, from, &mut skipped)?;
        answers.skipped.extend(skipped.drain(..).map(|fact| (None, fact)));
        for place in 0..members {
            answers.members[place].facts = self.read_facts(&self.person, from, &mut skipped)?;
            answers.skipped.extend(skipped.drain(..).map(|fact| (Some(place), fact)));
        }
        let all: Vec<&&Fact> = self.household.iter().chain(&self.person).collect();
        for _ in 0..from.number()?.min(64) {
            answers.gates.insert(all.get(usize::try_from(from.number()?).ok()?)?.id.to_string());
        }
        from.0.is_empty().then_some(answers)
    }

    fn read_place(&self, from: &mut Reader<'_>) -> Option<Option<String>> {
        let n = usize::try_from(from.number()?).ok()?;
        if n == 0 {
            return Some(None);
        }
        self.pack.places().get(n - 1).map(|place| Some(place.code.to_string()))
    }

    fn read_person(&self, from: &mut Reader<'_>) -> Option<Person> {
        let age = match from.byte()? {
            0 => None,
            n if n <= MONTHS => Some(Age::Months(n - 1)),
            n => Some(Age::Years(n - 1 - MONTHS)),
        };
        let mut rest = from.number()?;
        let mut part = |(fact, count): (&str, u64)| {
            let n = rest % (count + 1);
            rest /= count + 1;
            at(codes(self.pack, fact), n)
        };
        let [sex, relation, marital] = self.lists();
        let person =
            Person { age, sex: part(sex)?, relation: part(relation)?, marital: part(marital)?, facts: BTreeMap::new() };
        (rest == 0).then_some(person)
    }

    fn read_facts(
        &self,
        facts: &[&Fact],
        from: &mut Reader<'_>,
        skipped: &mut Vec<String>,
    ) -> Option<BTreeMap<String, AnswerValue>> {
        let (mut held, mut place) = (BTreeMap::new(), 0usize);
        loop {
            let n = from.number()?;
            if n == 0 {
                return Some(held);
            }
            place = place.checked_add(usize::try_from(n / 3).ok()?)?;
            let fact = facts.get(place.checked_sub(1)?)?;
            match n % 3 {
                0 => skipped.push(fact.id.to_string()),
                kind => drop(held.insert(fact.short().to_owned(), read_value(fact, kind == 2, from)?)),
            }
        }
    }

    /// The lists of a member's profile with their lengths.
    fn lists(&self) -> [(&'static str, u64); 3] {
        [LISTS[0], LISTS[1], LISTS[2]].map(|fact| (fact, codes(self.pack, fact).len() as u64))
    }

    fn code(&self, fact: &str, code: Option<&str>) -> u64 {
        place(codes(self.pack, fact).iter().map(|code| &code.id), code)
    }
}

/// Lists that members and households are described by.
const LISTS: [&str; 4] =
    ["person.sex", "person.relationship_to_head", "person.marital_status", "household.province_permanent"];

fn read_value(fact: &Fact, yes: bool, from: &mut Reader<'_>) -> Option<AnswerValue> {
    let code = |n: u64| at(&fact.codes, n.checked_add(1)?).flatten();
    let within = |n: u64| i64::try_from(n).ok().filter(|n| fact.bounds.low <= *n && *n <= fact.bounds.high);
    Some(match fact.kind_of_value {
        FactType::Bool => AnswerValue::Bool(yes),
        _ if yes => return None,
        FactType::Int => AnswerValue::Int(within(from.number()?)?),
        FactType::Decimal { .. } => AnswerValue::Decimal(within(from.number()?)?),
        FactType::Code => AnswerValue::Code(code(from.number()?)?),
        FactType::Set => {
            let n = from.number()?;
            let mut has = std::collections::BTreeSet::new();
            for _ in 0..(n / 2).min(1_000) {
                has.insert(code(from.number()?)?);
            }
            AnswerValue::Set { has, complete: n % 2 == 1 }
        }
        FactType::Date => return None,
    })
}

fn codes<'p>(pack: &'p Pack, fact: &str) -> &'p [Code] {
    pack.fact(fact).map_or(&[], |fact| &fact.codes)
}

/// One more than the place of a code in its list; zero for none.
fn place<'i>(list: impl Iterator<Item = &'i Id>, code: Option<&str>) -> u64 {
    let found = code.and_then(|code| (1u64..).zip(list).find(|(_, id)| **id == *code));
    found.map_or(0, |(n, _)| n)
}

/// The place of a code that a list has.
fn place_in(list: &[Code], code: &str) -> u64 {
    place(list.iter().map(|code| &code.id), Some(code)).saturating_sub(1)
}

/// The code at one less than a number; none at zero; nothing at all outside the list.
fn at(list: &[Code], n: u64) -> Option<Option<String>> {
    match n.checked_sub(1) {
        None => Some(None),
        Some(n) => list.get(usize::try_from(n).ok()?).map(|code| Some(code.id.to_string())),
    }
}
