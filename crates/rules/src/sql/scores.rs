//! Scores: supplied by a registry, or added up from their card.

use super::{
    numbers::Number,
    writer::{Frame, Level, Writer},
};

impl Writer<'_> {
    /// Every score, asked for or not.
    pub(super) fn scores(&mut self) {
        for index in 0..self.pack.scores.len() {
            let mut frame = Frame::default();
            let number = self.score(index, &mut frame);
            let name = format!("scores.{}", self.pack.scores[index].id);
            self.answers.push((format!("{name}.low"), number.low));
            self.answers.push((format!("{name}.high"), number.high));
        }
    }

    /// The columns of a score.
    pub(super) fn score(&mut self, index: usize, frame: &mut Frame) -> Number {
        let score = &self.pack.scores[index];
        let name = format!("scores.{}", score.id);
        if self.is_new(&name) {
            self.define_score(index, &name);
        }
        let mut end = |end: &str| frame.household(&format!("{name}.{end}"));
        Number::between(end("low"), end("high"), score.bounds)
    }

    fn define_score(&mut self, index: usize, name: &str) {
        let (score, plan) = (&self.pack.scores[index], &self.plan.scores[index]);
        let supplied = format!("{name} supplied");
        self.supplied(index, &supplied);
        let mut frame = Frame::default();
        let held = frame.household(&supplied);
        let (mut low, mut high) = (vec![], vec![]);
        for (number, (answers, indicator)) in plan.indicators.iter().zip(&score.indicators).enumerate() {
            let part = format!(
                "{name} {}",
                if indicator.id.is_empty() { number.to_string() } else { indicator.id.to_string() }
            );
            self.indicator(score, &part, answers, &indicator.answers);
            low.push(frame.household(&format!("{part}.low")));
            high.push(frame.household(&format!("{part}.high")));
        }
        let ends = if plan.indicators.is_empty() {
            [score.bounds.low.to_string(), score.bounds.high.to_string()]
        } else {
            [low.join(" + "), high.join(" + ")]
        };
        let [low, high] = ends.map(|sum| format!("coalesce({held}, {sum})"));
        let comment = vec![format!("scores/{}.toml: from {} to {}", score.id, score.bounds.low, score.bounds.high)];
        let columns = vec![(format!("{name}.low"), low), (format!("{name}.high"), high)];
        self.define(Level::Household, comment, columns, frame.reads);
    }

    /// The least and the most points of one question: those of the answers still possible, up to the first that
    /// surely holds; of all answers when none is possible.
    fn indicator(
        &mut self,
        score: &crate::pack::fact::Score,
        part: &str,
        answers: &[(crate::expr::rule::Cond, i64)],
        written: &[(String, i64)],
    ) {
        let mut frame = Frame::default();
        let conds: Vec<(String, String)> = answers
            .iter()
            .enumerate()
            .map(|(number, (cond, _))| (format!("{part} {}", number + 1), self.cond(cond, &mut frame)))
            .collect();
        let file = format!("scores/{}.toml", score.id);
        let said = |(when, points): &(String, i64)| format!("{points} points when {when}");
        let mut comment = vec![file];
        comment.extend(written.iter().map(said));
        let names: Vec<String> = conds.iter().map(|(name, _)| name.clone()).collect();
        self.define(Level::Household, comment, conds, frame.reads);
        let mut frame = Frame::default();
        let columns: Vec<String> = names.iter().map(|name| frame.household(name)).collect();
        let possible: Vec<String> = (0..answers.len())
            .map(|number| {
                let before = columns[..number].iter().map(|earlier| format!("{earlier} IS NOT TRUE AND "));
                let before: String = before.collect();
                format!("CASE WHEN {before}{} IS NOT FALSE THEN {} END", columns[number], answers[number].1)
            })
            .collect();
        let ends = |pick: fn(i64, i64) -> i64| answers.iter().map(|(_, points)| *points).reduce(pick).unwrap_or(0);
        let end = |word: &str, otherwise: i64| {
            format!("CAST(coalesce({word}({}), {otherwise}) AS BIGINT)", possible.join(", "))
        };
        let (low, high) = if answers.is_empty() {
            ("0".to_owned(), "0".to_owned())
        } else {
            (end("least", ends(i64::min)), end("greatest", ends(i64::max)))
        };
        let columns = vec![(format!("{part}.low"), low), (format!("{part}.high"), high)];
        self.define(Level::Household, vec![], columns, frame.reads);
    }
}
