//! One line of the search box, read into numbers, names and places in any order and script.

mod words;

use crate::{PersonForKeys, text};
use domain::identity::Phone;

/// What a search asks for. Empty fields are unknown and match anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Identity numbers as ASCII digits, also those with a digit too few or too many.
    pub numbers: Vec<String>,
    /// Phones as E.164.
    pub phones: Vec<String>,
    /// The person's own name, when it is told apart from the father's.
    pub given: Option<String>,
    /// Father's or husband's name.
    pub father_or_husband: Option<String>,
    /// Village.
    pub village: Option<String>,
    /// District. A page may set it to the officer's own, so that a bare given name finds people there.
    pub district: Option<String>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Names and places not told apart, one entry per comma-separated stretch.
    pub free: Vec<String>,
    /// Digits that are neither number, phone nor year; the page says that they were not used.
    pub unused: Vec<String>,
}

/// The longest text read; the rest of a longer one is left out.
const MAX_TEXT: usize = 300;

/// Reads a search: `17201-1234567-1`, `0300 1234567`, `Amina d/o Sher Zaman, Pabbi`, `آمنہ زوجہ بلال`, in any order.
///
/// Never refuses: what is not understood as anything else is a name.
pub fn parse(typed: &str) -> Query {
    let typed: String = text::clean_input(&typed.replace(['\n', '،', '؛', ';'], ",")).chars().take(MAX_TEXT).collect();
    let mut query = Query::default();
    for stretch in typed.split(',') {
        let words = words::split(stretch);
        read_stretch(&words, &mut query);
    }
    query
}

impl Query {
    /// The search that a person's own record would be found by; for duplicates beside the registration form.
    pub fn of_person(person: &PersonForKeys) -> Self {
        let owned = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        Self {
            numbers: person.numbers.iter().map(|number| (*number).to_owned()).collect(),
            phones: person.phones.iter().map(|phone| (*phone).to_owned()).collect(),
            given: owned(Some(person.given)),
            father_or_husband: owned(person.father_or_husband),
            village: owned(person.village),
            district: owned(person.district),
            birth_year: person.birth_year,
            ..Self::default()
        }
    }

    /// Whether a name alone was asked for, which finds too many: the page asks for father, village or district.
    pub fn needs_more(&self) -> bool {
        crate::keys::query_keys(self).is_empty()
    }
}

fn read_stretch(words: &[String], query: &mut Query) {
    let mut role = Role::Free;
    let mut name: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if words::is_digits(word) {
            let run = words[at..].iter().take_while(|word| words::is_digits(word)).count();
            read_digits(&words[at..at + run], query);
            at += run;
            continue;
        }
        if let Some((next, used)) = words::marker(&words[at..]) {
            put(role, &name, next, query);
            name.clear();
            role = next;
            at += used;
            continue;
        }
        name.push(word);
        at += 1;
    }
    put(role, &name, Role::Free, query);
}

/// What the words after a marker are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Free,
    Father,
    Village,
    District,
}

/// Stores the words read so far under their role. What stands in front of `s/o` is the person's own name.
fn put(role: Role, name: &[&str], next: Role, query: &mut Query) {
    if name.is_empty() {
        return;
    }
    let name = name.join(" ");
    let field = match role {
        Role::Free if next == Role::Father => &mut query.given,
        Role::Free => return query.free.push(name),
        Role::Father => &mut query.father_or_husband,
        Role::Village => &mut query.village,
        Role::District => &mut query.district,
    };
    match field {
        None => *field = Some(name),
        Some(_) => query.free.push(name),
    }
}

/// Numbers may be typed in groups, and several after one another: the longest run that makes sense is taken.
fn read_digits(groups: &[String], query: &mut Query) {
    let mut at = 0;
    while at < groups.len() {
        let longest = (at + 1..=groups.len()).rev().find(|to| understood(&groups[at..*to].concat(), query));
        if longest.is_none() {
            query.unused.push(groups[at].clone());
        }
        at = longest.unwrap_or(at + 1);
    }
}

fn understood(run: &str, query: &mut Query) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 13
        && let Ok(phone) = Phone::parse(run)
    {
        query.phones.push(phone.e164().to_owned());
        return true;
    }
    match (digits.len(), digits.parse::<i32>()) {
        (11..=14, _) => query.numbers.push(digits),
        (4, Ok(year)) if (1900..=2100).contains(&year) => query.birth_year = Some(year),
        _ => return false,
    }
    true
}
