//! Whom rows mean, by the model of linkage: one person, two of one household, or strangers.
//!
//! The model was learned from invented lists of 100,000 people (`onewindow link train`); how likely any two records are one
//! person at all follows the size of the registry. How rare a name is, is counted over a sample of the registry and the
//! rows themselves, never over the candidates: they were chosen because they are alike.

use super::compared::{Compared, push};
use crate::link::model_file;
use domain::{
    ids::PersonId,
    people::{Likeness, Limits, Listed, RowOutcome, Weighed},
};
use linkage::bulk::{Comparer, Description, Model, Records, Scorer};
use linkage::{Candidate, Candidates, KeyKind, PersonForKeys};
use std::collections::HashMap;

/// What stands in the journal about how rows were matched.
pub const MATCHED_BY: &str = "people model 1";

const MODEL: &str = include_str!("people_model.json");
/// People of the lists that the model was learned from.
const LEARNED_FROM: u64 = 100_000;
/// A registry is never taken for smaller: its first thousand families are no closed village.
const LEAST: u64 = 10_000;
/// An officer is asked from odds of one to sixteen on.
const PERHAPS: i32 = -4_000;
/// The next likeliest must be sixty-four times less likely.
const APART: i32 = 6_000;
/// Rows that share a key within a batch and are compared with one.
const NEIGHBOURS: usize = 8;

/// The engine, made ready once for an import.
pub struct Matcher {
    model: Model,
    sample: Records,
    limits: Limits,
}

impl Matcher {
    /// For a registry that knows so many people, of whom `sample` are some.
    ///
    /// # Errors
    /// A sentence, when the model that comes with the program cannot be read.
    pub fn new(population: u64, sample: &[Candidate<PersonId>]) -> Result<Self, String> {
        let (_, mut model) = model_file::read(MODEL).map_err(|why| why.to_string())?;
        let rarer = milli_log2(population.max(LEAST)) - milli_log2(LEARNED_FROM);
        // Two records are one person or of one household the more rarely, the more people there are.
        model.priors[0] -= rarer;
        model.priors[1] -= rarer;
        let mut records = Records::new(model.description.clone());
        sample.iter().for_each(|known| push(&mut records, &Compared::of(known)));
        let limits = Limits { same: model.threshold, perhaps: PERHAPS, apart: APART };
        Ok(Matcher { model, sample: records, limits })
    }

    /// Decides the rows of a batch, in their order: a row may mean somebody whom an earlier row brought.
    pub fn decide(&self, rows: &mut [Listed], candidates: &Candidates<PersonId>) {
        let mut records = self.sample.clone();
        let first_row = records.len() as u32;
        let compared: Vec<Compared<'_>> = rows.iter().map(Compared::of_row).collect();
        compared.iter().for_each(|row| push(&mut records, row));
        let first_known = records.len() as u32;
        for known in &candidates.known {
            let of = Compared::of(known);
            records.push_aside(0, |field, nth| of.cell(&self.model.description, field, nth));
        }
        records.finish();
        let neighbours = neighbours(rows);
        drop(compared);
        let persons: HashMap<PersonId, PersonId> =
            candidates.known.iter().map(|one| (one.record, one.person)).collect();
        let scorer = Scorer::new(&self.model);
        let mut comparer = Comparer::new(&records);
        for at in 0..rows.len() {
            if matches!(rows[at].outcome, RowOutcome::Refused { .. }) {
                continue;
            }
            // By person: of several records that were joined, the one that fits best is meant.
            let mut likely: HashMap<PersonId, Weighed> = HashMap::new();
            let of_registry = candidates.of_row.get(at).into_iter().flatten();
            let known = of_registry.map(|k| (first_known + *k as u32, candidates.known[*k].record));
            let earlier = neighbours[at].iter().filter_map(|row| Some((first_row + *row as u32, rows[*row].person()?)));
            for (record, person) in known.chain(earlier) {
                let weighed =
                    weigh(&scorer, &mut comparer, &self.model.description, first_row + at as u32, record, person);
                let person = persons.get(&person).copied().unwrap_or(person);
                if likely.get(&person).is_none_or(|other| fits(other) < fits(&weighed)) {
                    likely.insert(person, weighed);
                }
            }
            rows[at].outcome = RowOutcome::decide(likely.into_values().collect(), self.limits);
        }
    }
}

/// Which of one person's records a row means: the one with its number, then the likelier one. Scores weigh a record against
/// its best other explanation, so of two records the one whose family is far away may have the higher one.
fn fits(weighed: &Weighed) -> (bool, i32) {
    (weighed.likeness.why.iter().any(|code| code == "same_number"), weighed.likeness.score)
}

/// log2 in thousandths, by squaring: the same on every machine.
fn milli_log2(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The mantissa as 32 bits behind the point, in [1, 2).
    let mut mantissa: u128 = (u128::from(number) << 32) >> whole;
    let mut part = 0_i64;
    for bit in 1..=16 {
        mantissa = (mantissa * mantissa) >> 32;
        if mantissa >= 2 << 32 {
            mantissa >>= 1;
            part += 1 << (16 - bit);
        }
    }
    i32::try_from(i64::from(whole) * 1_000 + part * 1_000 / 65_536).unwrap_or(i32::MAX)
}

/// The earlier rows of the same batch that share a telling key with each row.
fn neighbours(rows: &[Listed]) -> Vec<Vec<usize>> {
    let mut by_key: HashMap<(KeyKind, String), Vec<usize>> = HashMap::new();
    let mut neighbours = vec![Vec::new(); rows.len()];
    for (at, row) in rows.iter().enumerate() {
        if matches!(row.outcome, RowOutcome::Refused { .. }) {
            continue;
        }
        let numbers: Vec<&str> = row.number.iter().map(String::as_str).collect();
        let phones: Vec<&str> = row.phone.iter().map(String::as_str).collect();
        let person = PersonForKeys {
            given: &row.given,
            father_or_husband: row.father_or_husband.as_deref(),
            village: row.village.as_deref(),
            district: None,
            birth_year: row.birth.map(domain::people::Birth::year),
            numbers: &numbers,
            phones: &phones,
        };
        for key in linkage::person_keys(&person) {
            let share = by_key.entry(key).or_default();
            for earlier in share.iter().rev().take(NEIGHBOURS) {
                if !neighbours[at].contains(earlier) {
                    neighbours[at].push(*earlier);
                }
            }
            share.push(at);
        }
    }
    neighbours
}

/// The score of a pair, why, and whether something speaks against it that only a person can weigh.
fn weigh(
    scorer: &Scorer<'_>,
    comparer: &mut Comparer<'_>,
    description: &Description,
    row: u32,
    other: u32,
    person: PersonId,
) -> Weighed {
    let pattern = comparer.compare(row, other);
    let word = |name: &str| {
        let at = description.fields.iter().position(|field| field.name == name);
        at.map_or("missing", |at| comparer.code(at, comparer.read(pattern, at).0))
    };
    let (number, name) = (word("cnic"), word("name"));
    let same_number = matches!(number, "same" | "same_as_many");
    let against = same_number && (name == "different" || word("sex") == "different");
    let other_number = number == "different";
    let score = scorer.score(pattern);
    // Another whole number is never taken for a slip by a machine, however much else agrees.
    let against = against || (other_number && score >= PERHAPS);
    let fields = ["cnic", "name", "birth", "father", "phone", "village", "sex"];
    let why = fields.iter().filter_map(|field| evidence(field, word(field))).map(str::to_owned).collect();
    Weighed { likeness: Likeness { person, score, why }, against }
}

/// The evidence of a field as the codes by which match cards say it.
fn evidence(field: &str, word: &str) -> Option<&'static str> {
    Some(match (field, word) {
        (_, "missing") => return None,
        ("cnic", "same" | "same_as_many") => "same_number",
        ("cnic", "one_slip") => "number_one_digit_off",
        ("cnic", _) => "different_number",
        ("name", "same") => "same_given_name",
        ("name", "different") => "different_given_name",
        ("name", _) => "similar_given_name",
        ("father", "same") => "same_father",
        ("father", "different") => "different_father",
        ("father", _) => "similar_father",
        ("phone", "same" | "same_as_many") => "same_phone",
        ("village", "same" | "same_sound" | "same_consonants") => "same_village",
        ("birth", "same_day") => "same_birth_date",
        ("birth", "same_year" | "same_year_other_day") => "same_birth_year",
        ("birth", "one_part_off" | "one_year_off" | "two_years_off") => "close_birth_year",
        ("birth", "many_years_off" | "generations_off") => "different_birth_year",
        ("sex", "different") => "different_sex",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ids::ListingId, people::Sex};
    use expect_test::{Expect, expect};
    use uuid::Uuid;

    #[test]
    fn a_logarithm_in_whole_numbers() {
        for (number, want) in [(1, 0), (2, 1_000), (1_024, 10_000), (100_000, 16_609), (35_000_000, 25_060)] {
            assert!((milli_log2(number) - want).abs() <= 1, "{number}: {}", milli_log2(number));
        }
    }

    fn listed(given: &str, father: &str, number: &str, birth: &str, village: &str) -> Listed {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Listed {
            listing: ListingId(Uuid::now_v7()),
            line: 2,
            row_key: String::new(),
            outcome: RowOutcome::New,
            notes: vec![],
            given: given.to_owned(),
            father_or_husband: text(father),
            number: text(number),
            phone: None,
            village: text(village),
            tehsil: None,
            union_council: None,
            district: None,
            birth: text(birth).map(|birth| domain::people::Birth::parse(&birth).expect("a birth")),
            sex: Some(Sex::Female),
            benefits: vec![],
            cells: vec![],
        }
    }

    /// Amina Bibi and her sister, as the registry knows them, among people with common names.
    fn known() -> Vec<Candidate<PersonId>> {
        let one = |given: &str, number: &str, birth: &str| Candidate {
            father_or_husband: Some("Sher Zaman".to_owned()),
            sex: Some("female".to_owned()),
            birth: Some(birth.to_owned()),
            numbers: vec![number.to_owned()],
            phones: vec!["+923001234567".to_owned()],
            village: Some("Pabbi".to_owned()),
            ..Candidate::named(PersonId(Uuid::now_v7()), given)
        };
        vec![one("Amina Bibi", "1720123456782", "1988-03-02"), one("Zainab", "1720134567891", "1990-05-12")]
    }

    #[test]
    fn a_row_means_a_person_a_relative_or_nobody() {
        let known = known();
        let common = |n: usize| format!("{} Gul {n}", ["Amina", "Noor", "Zarmina", "Hamida"][n % 4]);
        let sample: Vec<Candidate<PersonId>> =
            (0..400).map(|n| Candidate::named(PersonId(Uuid::now_v7()), common(n))).collect();
        let matcher = Matcher::new(100_000, &sample).expect("the model");
        let check = |row: Listed, want: Expect| {
            let mut rows = [row];
            matcher.decide(&mut rows, &Candidates { known: known.clone(), of_row: vec![vec![0, 1]] });
            let shown = match &rows[0].outcome {
                RowOutcome::Matched { to } => {
                    let who = known.iter().position(|known| known.record == to.person);
                    format!("matched {who:?}: {}", to.why.join(", "))
                }
                RowOutcome::Review { among } => format!("review: {}", among[0].why.join(", ")),
                other => other.state().code().to_owned(),
            };
            want.assert_eq(&shown);
        };
        check(
            listed("Ameena Bibi", "Sher Zaman", "1720123456782", "1988", "Pabbi"),
            expect!["matched Some(0): same_number, similar_given_name, same_birth_year, same_father, same_village"],
        );
        check(
            listed("آمنہ بی بی", "شیر زمان", "1720123456782", "1988-03-02", "پبی"),
            expect!["matched Some(0): same_number, similar_given_name, same_birth_date, similar_father, same_village"],
        );
        check(
            listed("Amina Bibi", "Sher Zaman", "1720123456783", "1988-03-02", "Pabbi"),
            expect![
                "matched Some(0): number_one_digit_off, same_given_name, same_birth_date, same_father, same_village"
            ],
        );
        // Another person's number under this name: an officer looks.
        check(
            listed("Amina Bibi", "Sher Zaman", "1620233344455", "1988-03-02", "Pabbi"),
            expect!["review: different_number, same_given_name, same_birth_date, same_father, same_village"],
        );
        // A sister: all that agrees is the family's.
        check(listed("Kausar", "Sher Zaman", "", "1992-01-07", "Pabbi"), expect!["new"]);
        // One number under two names.
        check(
            listed("Gul Khan", "Noor Rehman", "1720123456782", "1970", "Risalpur"),
            expect!["review: same_number, different_given_name, different_birth_year, different_father"],
        );
        check(listed("Spogmai", "Jan Gul", "1550199988776", "1999-09-09", "Timergara"), expect!["new"]);
    }

    #[test]
    fn two_records_of_one_woman_are_asked_about_until_they_are_joined() {
        let matcher = Matcher::new(100_000, &[]).expect("the model");
        let mut known = known();
        known[1] = Candidate { numbers: vec!["1720123456784".to_owned()], ..known[0].clone() };
        known[1].record = PersonId(Uuid::now_v7());
        known[1].person = known[1].record;
        let decide = |known: Vec<Candidate<PersonId>>| {
            let mut rows = [listed("Amina Bibi", "Sher Zaman", "1720123456784", "1988-03-02", "Pabbi")];
            matcher.decide(&mut rows, &Candidates { known, of_row: vec![vec![0, 1]] });
            (rows[0].outcome.state().code(), rows[0].person())
        };
        assert_eq!(decide(known.clone()), ("review", None));
        let second = known[1].record;
        known[1].person = known[0].person;
        assert_eq!(
            decide(known.clone()),
            ("matched", Some(second)),
            "the record that fits best, so that parting keeps it"
        );
        // The other record says less of the family, so nothing but chance explains it; the number decides.
        known[0].village = Some("Timergara".to_owned());
        known[0].phones = vec!["+923007654321".to_owned()];
        assert_eq!(decide(known), ("matched", Some(second)));
    }

    #[test]
    fn a_row_may_mean_somebody_whom_an_earlier_row_brought() {
        let matcher = Matcher::new(100_000, &[]).expect("the model");
        let first = listed("Gulalai", "Noor Rehman", "1530276543214", "1995-11-20", "Timergara");
        let mut rows = [first.clone(), listed("Gulalai Bibi", "Noor Rahman", "1530276543214", "1995", "Timergara")];
        matcher.decide(&mut rows, &Candidates { known: vec![], of_row: vec![vec![], vec![]] });
        assert_eq!(rows[0].person(), Some(PersonId(first.listing.0)));
        assert_eq!(rows[1].person(), rows[0].person(), "{:?}", rows[1].outcome);
    }
}
