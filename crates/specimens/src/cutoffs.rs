//! The numbers a pack's texts compare facts and ages with, read from the texts themselves: households near them are
//! the ones on which evaluators part.

use rules::{
    Pack,
    pack::fact::{Fact, FactType},
};

/// Every written number, as (digits without the point, digits after it), of the texts that name something.
pub(crate) struct CutOffs {
    texts: Vec<String>,
}

impl CutOffs {
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut texts: Vec<String> = vec![];
        for fact in pack.facts() {
            texts.extend([fact.derive.clone(), fact.applies.clone()]);
        }
        for programme in pack.programmes() {
            for criterion in &programme.criteria {
                texts.push(criterion.when.clone());
                texts.extend(criterion.any_of.iter().map(|one| one.when.clone()));
            }
        }
        let answers = pack.scores().iter().flat_map(|score| &score.indicators).flat_map(|one| &one.answers);
        texts.extend(answers.map(|(when, _)| when.clone()));
        texts.retain(|text| !text.is_empty());
        Self { texts }
    }

    /// Numbers at a fact's scale written in texts that name it, within its bounds.
    pub(crate) fn of_fact(&self, fact: &Fact) -> Vec<i64> {
        let scale = match fact.kind_of_value {
            FactType::Decimal { scale } => scale,
            _ => 0,
        };
        let name = format!(".{}", fact.short());
        let all = self.near(&name, scale);
        all.into_iter().filter(|n| fact.bounds.low <= *n && *n <= fact.bounds.high).collect()
    }

    /// Ages in years, and in months, that texts ask about.
    pub(crate) fn ages(&self, function: &str) -> Vec<i64> {
        self.near(&format!("{function}("), 0).into_iter().filter(|n| (0..=1600).contains(n)).collect()
    }

    fn near(&self, name: &str, scale: u8) -> Vec<i64> {
        let naming = self.texts.iter().filter(|text| text.contains(name));
        let mut all: Vec<i64> = naming.flat_map(|text| numbers(text, scale)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The numbers written in a text, times ten to a scale; finer digits are cut off.
fn numbers(text: &str, scale: u8) -> Vec<i64> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '\'';
    let words = text.split(|c: char| !part(c)).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let value = |word: &str| {
        let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
        let width = usize::from(scale);
        let fraction: String = fraction.chars().chain("0".repeat(width).chars()).take(width).collect();
        format!("{whole}{fraction}").parse::<i64>().ok()
    };
    words.filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_are_read_at_a_scale_and_names_are_not_numbers() {
        assert_eq!(numbers("person.p12 <= 31.99 && 'x3' in household.h4 || 7 < 2", 1), [319, 70, 20]);
    }
}
