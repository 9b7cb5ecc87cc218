//! One definition of a question: which fact about whom, how it is shown, and how what was typed becomes a value.

use crate::{Choice, fields::Fields, text::T, values};
use domain::people::AnswerValue;
use linkage::text::ascii_digits;
use rules::{
    Interval, Pack, Value,
    pack::{
        fact::{Fact, FactType, Record, Score, Sensitivity},
        programme::Level,
        words::Words,
    },
};

/// "Not known today" as a form sends it.
pub const NOT_TODAY: &str = "-not-today";
/// "None of these", for questions that take several answers.
const NONE: &str = "-none";
/// More codes than this are a list to open, not rows to read.
const ROWS: usize = 12;

/// What is asked: a fact of the pack, or a score that a registry supplies.
#[derive(Clone, Copy)]
pub enum What<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// A score whose points are not public.
    Score(&'a Score),
}

/// Why something typed is no answer; each is a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// Nothing was chosen or typed.
    Missing,
    /// Not a number.
    NotANumber,
    /// More digits after the point than are kept.
    TooFine(u8),
    /// Outside the bounds.
    Outside(Interval),
    /// Not in the list.
    NotInList,
    /// "Not known today", or "none of these", together with an answer.
    Both,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A value.
    Value(AnswerValue),
    /// Not known today: left, never punished.
    NotToday,
}

impl<'a> What<'a> {
    /// The full id, as answers carry it.
    pub fn id(&self) -> String {
        match self {
            What::Fact(fact) => fact.id.to_string(),
            What::Score(score) => format!("scores.{}", score.id),
        }
    }

    /// Whether answers carry the protected class.
    pub fn protected(&self) -> bool {
        matches!(self, What::Fact(fact) if fact.sensitivity == Sensitivity::Protected)
    }

    /// The question with the member's name in it.
    pub fn question(&self, t: T, name: &str) -> String {
        match self {
            What::Fact(fact) => {
                let words = if fact.question.is_empty() { &fact.label } else { &fact.question };
                t.pack(words).replace("{ $name }", &isolated(name))
            }
            What::Score(score) => t.a("ask-score", "score", t.pack(&score.title)),
        }
    }

    /// Why we ask, in the pack's words.
    pub fn why(&self) -> Option<&'a Words> {
        match self {
            What::Fact(fact) if !fact.why.is_empty() => Some(&fact.why),
            _ => None,
        }
    }

    fn kind(&self) -> FactType {
        match self {
            What::Fact(fact) => fact.kind_of_value,
            What::Score(score) => FactType::Decimal { scale: score.digits },
        }
    }

    fn bounds(&self) -> Interval {
        match self {
            What::Fact(fact) => fact.bounds,
            What::Score(score) => score.bounds,
        }
    }

    fn scale(&self) -> u8 {
        match self.kind() {
            FactType::Decimal { scale } => scale,
            _ => 0,
        }
    }

    /// The unit of a number.
    pub fn unit(&self) -> &'a str {
        match self {
            What::Fact(fact) => &fact.unit,
            What::Score(_) => "",
        }
    }

    /// The codes that may be chosen. Programmes of the protected class never stand in an ordinary list, and a person
    /// does not hold what is given to households.
    fn codes(&self, pack: &Pack) -> Vec<&'a rules::pack::fact::Code> {
        let What::Fact(fact) = self else { return Vec::new() };
        let hidden = |id: &str| pack.programme(id).is_some_and(|programme| programme.protected);
        let own = |id: &str| {
            let household = pack.programme(id).is_some_and(|programme| programme.level == Level::Household);
            fact.record == Record::Household || !household
        };
        fact.codes.iter().filter(|code| !hidden(&code.id) && own(&code.id)).collect()
    }

    /// How it is shown, with what was typed before or what is on file.
    pub fn input(&self, pack: &Pack, t: T, typed: &Fields) -> Input {
        let text = |code: &str| match self {
            What::Fact(fact) => values::code_text(pack, t, fact, code),
            What::Score(_) => String::new(),
        };
        let code = |code: &rules::pack::fact::Code| choice(&code.id, &text(&code.id), typed);
        let not_today = choice(NOT_TODAY, &t.m("ask-not-today"), typed);
        match self.kind() {
            FactType::Bool => Input {
                kind: "rows",
                choices: vec![
                    choice("yes", &t.m("value-yes"), typed),
                    choice("no", &t.m("value-no"), typed),
                    not_today,
                ],
                ..Input::default()
            },
            FactType::Code => {
                let codes = self.codes(pack);
                let kind = if codes.len() > ROWS { "list" } else { "rows" };
                let choices = codes.into_iter().map(code).chain([not_today]).collect();
                Input { kind, choices, ..Input::default() }
            }
            FactType::Set => {
                let mut choices: Vec<Choice> = self.codes(pack).into_iter().map(code).collect();
                choices.sort_by(|a, b| a.text.cmp(&b.text));
                choices.insert(0, choice(NONE, &t.m("ask-none"), typed));
                choices.push(not_today);
                Input { kind: "several", choices, complete: typed.is("complete", "yes"), ..Input::default() }
            }
            FactType::Int | FactType::Decimal { .. } | FactType::Date => self.number_input(t, typed, not_today),
        }
    }

    fn number_input(&self, t: T, typed: &Fields, not_today: Choice) -> Input {
        let plain = |n: i64| values::number(t, n, self.scale(), self.unit());
        let bounds = self.bounds();
        let low_high = [("low", plain(bounds.low).into()), ("high", plain(bounds.high).into())];
        let rupees = self.unit().starts_with("PKR");
        let after = if rupees && self.unit().contains("month") { t.m("ask-a-month") } else { String::new() };
        Input {
            kind: "number",
            value: typed.text("answer").to_owned(),
            hint: t.with("ask-bounds", &low_high),
            before: if rupees { "Rs".to_owned() } else { String::new() },
            after,
            choices: vec![Choice { chosen: typed.is("not-today", "yes"), value: "yes".to_owned(), ..not_today }],
            ..Input::default()
        }
    }

    /// Reads what was sent.
    pub fn read(&self, pack: &Pack, fields: &Fields) -> Result<Given, NoAnswer> {
        let sent = fields.all("answer");
        let not_today = fields.is("answer", NOT_TODAY) || fields.is("not-today", "yes");
        let others = sent.iter().filter(|v| !v.is_empty() && *v != NOT_TODAY).count();
        if not_today {
            return if others == 0 { Ok(Given::NotToday) } else { Err(NoAnswer::Both) };
        }
        if others == 0 && !fields.is("complete", "yes") {
            return Err(NoAnswer::Missing);
        }
        let known = |code: &str| self.codes(pack).iter().any(|c| c.id == *code);
        let first = fields.text("answer");
        let value = match self.kind() {
            FactType::Bool => match first {
                "yes" => AnswerValue::Bool(true),
                "no" => AnswerValue::Bool(false),
                _ => return Err(NoAnswer::NotInList),
            },
            FactType::Code if known(first) => AnswerValue::Code(first.to_owned()),
            FactType::Code | FactType::Date => return Err(NoAnswer::NotInList),
            FactType::Int => AnswerValue::Int(self.typed_number(first)?),
            FactType::Decimal { .. } => AnswerValue::Decimal(self.typed_number(first)?),
            FactType::Set => return several(sent, fields.is("complete", "yes"), known),
        };
        Ok(Given::Value(value))
    }

    /// A number in any digits people type, with separators, times ten to the scale.
    fn typed_number(&self, typed: &str) -> Result<i64, NoAnswer> {
        let plain: String = ascii_digits(typed).chars().filter(|c| !matches!(c, ',' | ' ' | '٬')).collect();
        let plain = plain.trim_start_matches("Rs").replace('٫', ".");
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
        let fraction = fraction.trim_end_matches('0');
        let scale = usize::from(self.scale());
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || !digits(whole.trim_start_matches('-')) || !digits(fraction) {
            return Err(NoAnswer::NotANumber);
        }
        if fraction.len() > scale {
            return Err(NoAnswer::TooFine(self.scale()));
        }
        let n = format!("{whole}{fraction:0<scale$}").parse::<i64>().map_err(|_| NoAnswer::Outside(self.bounds()))?;
        let bounds = self.bounds();
        if n < bounds.low || n > bounds.high { Err(NoAnswer::Outside(bounds)) } else { Ok(n) }
    }

    /// The sentence for what is wrong.
    pub fn sentence(&self, t: T, wrong: &NoAnswer) -> String {
        match wrong {
            NoAnswer::Missing => t.m("ask-missing"),
            NoAnswer::NotANumber => t.m("ask-not-a-number"),
            NoAnswer::TooFine(0) => t.m("ask-not-whole"),
            NoAnswer::TooFine(digits) => t.a("ask-too-fine", "digits", i64::from(*digits).to_string()),
            NoAnswer::Outside(bounds) => {
                let plain = |n: i64| values::number(t, n, self.scale(), self.unit());
                t.with("ask-outside", &[("low", plain(bounds.low).into()), ("high", plain(bounds.high).into())])
            }
            NoAnswer::NotInList => t.m("ask-not-in-list"),
            NoAnswer::Both => t.m("ask-both"),
        }
    }

    /// A value in words.
    pub fn value_text(&self, pack: &Pack, t: T, value: &AnswerValue) -> String {
        match (self, value) {
            (What::Fact(fact), value) => values::named(pack, t, fact, &rule_value(value)),
            (What::Score(score), AnswerValue::Decimal(n) | AnswerValue::Int(n)) => {
                values::number(t, *n, score.digits, "")
            }
            (What::Score(_), _) => String::new(),
        }
    }

    /// What is on file, as the form would send it, so that a correction starts from it.
    pub fn typed(&self, value: &AnswerValue) -> Fields {
        let mut fields = Fields::default();
        match value {
            AnswerValue::Bool(yes) => fields.add("answer", if *yes { "yes" } else { "no" }),
            AnswerValue::Int(n) => fields.add("answer", &n.to_string()),
            AnswerValue::Decimal(n) => fields.add("answer", &values::digits(*n, self.scale())),
            AnswerValue::Code(code) => fields.add("answer", code),
            AnswerValue::Set { has, complete } => {
                has.iter().for_each(|code| fields.add("answer", code));
                if has.is_empty() && *complete {
                    fields.add("answer", NONE);
                } else if *complete {
                    fields.add("complete", "yes");
                }
            }
        }
        fields
    }
}

/// A stored value as the rules read it.
pub fn rule_value(value: &AnswerValue) -> Value {
    match value {
        AnswerValue::Bool(b) => Value::Bool(*b),
        AnswerValue::Int(n) => Value::Int(*n),
        AnswerValue::Decimal(n) => Value::Decimal(*n),
        AnswerValue::Code(code) => Value::Code(code.clone()),
        AnswerValue::Set { has, complete } => Value::Set { has: has.clone(), complete: *complete },
    }
}

fn several(sent: &[String], complete: bool, known: impl Fn(&str) -> bool) -> Result<Given, NoAnswer> {
    let none = sent.iter().any(|code| code == NONE);
    let has: std::collections::BTreeSet<String> = sent.iter().filter(|code| *code != NONE).cloned().collect();
    if !has.iter().all(|code| known(code)) {
        return Err(NoAnswer::NotInList);
    }
    match (none, has.is_empty()) {
        (true, false) => Err(NoAnswer::Both),
        (true, true) => Ok(Given::Value(AnswerValue::Set { has, complete: true })),
        (false, _) => Ok(Given::Value(AnswerValue::Set { has, complete })),
    }
}

fn choice(value: &str, text: &str, typed: &Fields) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), chosen: typed.is("answer", value) }
}

/// A name inside a sentence of another direction.
fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// How a question is shown.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// `rows`, `list`, `several` or `number`.
    pub kind: &'static str,
    /// The choices, "not known today" last.
    pub choices: Vec<Choice>,
    /// What was typed.
    pub value: String,
    /// The bounds in words.
    pub hint: String,
    /// The unit before the number.
    pub before: String,
    /// The unit after it.
    pub after: String,
    /// "These are all" is ticked.
    pub complete: bool,
}
