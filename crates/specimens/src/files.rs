//! A policy written as the files of a pack.

use crate::{
    expr::digits,
    policy::{Criterion, Derive, Fact, Kind, Policy, Programme, Score},
};
use std::fmt::Write;

impl Policy {
    /// The files of the pack, (path, text).
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        let head = format!(
            "id = \"specimen-{}\"\ncurrency = \"PKR\"\nlanguages = [\"en\"]\nmembers_max = {}\n",
            self.seed, self.members_max
        );
        let mut files = vec![
            ("pack.toml".to_owned(), head),
            ("operators.toml".to_owned(), "[[operator]]\nid = \"office\"\n".to_owned()),
            ("papers.toml".to_owned(), "[[paper]]\nid = \"card\"\n".to_owned()),
            ("sources.toml".to_owned(), String::new()),
            ("facts.toml".to_owned(), self.facts.iter().map(fact).collect()),
        ];
        files.extend(self.scores.iter().map(|s| (format!("scores/{}.toml", s.id), score(s))));
        for one in &self.programmes {
            files.push((format!("{}/programme.toml", one.id), programme(one)));
            files.push((format!("{}/texts.toml", one.id), TEXTS.to_owned()));
        }
        files
    }
}

const TEXTS: &str = "[name]\nen = \"A programme\"\n[line]\nen = \"For whom and what\"\n";

/// A line `key = value`, when there is a value.
fn line(text: &mut String, key: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{key} = {value}");
    }
}

/// A text in quotes; expressions hold no double quote and no backslash.
fn quoted(value: impl std::fmt::Display) -> String {
    format!("\"{value}\"")
}

fn codes(all: &[String]) -> String {
    let codes: Vec<String> = all.iter().map(|code| format!("{{ id = \"{code}\" }}")).collect();
    format!("[{}]", codes.join(", "))
}

fn fact(fact: &Fact) -> String {
    let record = if fact.person { "person" } else { "household" };
    let mut text = format!("[[fact]]\nid = \"{record}.{}\"\n", fact.name);
    match &fact.kind {
        Kind::Bool => text.push_str("type = \"bool\"\n"),
        Kind::Date => text.push_str("type = \"date\"\n"),
        Kind::Number(scale, (min, max)) => {
            let kind = if *scale == 0 { "int" } else { "decimal" };
            let _ = writeln!(text, "type = \"{kind}\"\nscale = {scale}");
            let _ = writeln!(text, "min = {}\nmax = {}", digits(*min, *scale), digits(*max, *scale));
        }
        Kind::Code(all) => drop(writeln!(text, "type = \"code\"\ncodes = {}", codes(all))),
        Kind::Set(all) if all.is_empty() => text.push_str("type = \"set\"\nopen_codes = \"programmes\"\n"),
        Kind::Set(all) => drop(writeln!(text, "type = \"set\"\ncodes = {}", codes(all))),
    }
    let _ = writeln!(text, "fresh_months = {}", fact.fresh_months);
    line(&mut text, "kind", Some(if fact.derive.is_some() { "\"derived\"" } else { "\"recorded\"" }));
    line(
        &mut text,
        "derive",
        fact.derive.as_ref().map(|derive| match derive {
            Derive::Bool(cond) => quoted(cond),
            Derive::Number(num) => quoted(num),
            Derive::Code(code) => quoted(code),
        }),
    );
    if let Some((cond, otherwise)) = &fact.applies {
        let _ = writeln!(text, "applies = {}\notherwise = {otherwise}", quoted(cond));
    }
    text
}

fn score(score: &Score) -> String {
    let Score { id, scale, digits: places, bounds, .. } = score;
    let published = !score.indicators.is_empty();
    let mut text = format!("id = \"{id}\"\nscale = \"{scale}\"\ndigits = {places}\npublished = {published}\n");
    let _ = writeln!(text, "min = {}\nmax = {}", digits(bounds.0, *places), digits(bounds.1, *places));
    for (number, answers) in score.indicators.iter().enumerate() {
        let _ = writeln!(text, "[[indicator]]\nid = \"i{number}\"");
        for (cond, points) in answers {
            let _ = writeln!(text, "[[indicator.answer]]\nwhen = {}", quoted(cond));
            let _ = writeln!(text, "points = {}", digits(*points, *places));
        }
    }
    text
}

fn programme(programme: &Programme) -> String {
    let level = if programme.person { "person" } else { "household" };
    let mut text = format!("id = \"{}\"\noperator = \"office\"\nlevel = \"{level}\"\n", programme.id);
    let _ = writeln!(text, "state = \"{}\"\nrules = \"{}\"", programme.state, programme.rules);
    for (number, one) in programme.criteria.iter().enumerate() {
        criterion(&mut text, number, one);
    }
    let [rank, variant, paper] = &programme.others;
    if let Some(cond) = rank {
        let _ = writeln!(text, "[[preference]]\nwhen = {}", quoted(cond));
    }
    if let Some(cond) = variant {
        let _ =
            writeln!(text, "[[benefit]]\nid = \"cash\"\nkind = \"cash\"\nper = \"month\"\napplies = {}", quoted(cond));
        text.push_str("[[benefit.amount]]\npkr = 1000\n");
    }
    if let Some(cond) = paper {
        let _ = writeln!(text, "[[paper]]\nid = \"card\"\nwhen = {}", quoted(cond));
    }
    text
}

fn criterion(text: &mut String, number: usize, criterion: &Criterion) {
    let _ = writeln!(text, "[[criterion]]\nid = \"c{number}\"");
    line(text, "from", criterion.from);
    line(text, "until", criterion.until);
    match &criterion.any_of[..] {
        [only] if !criterion.listed => line(text, "when", Some(quoted(only))),
        all => {
            for (number, cond) in all.iter().enumerate() {
                let _ = writeln!(text, "[[criterion.any_of]]\nid = \"a{number}\"\nwhen = {}", quoted(cond));
            }
        }
    }
}
