//! Verdicts in the order people read them, and what they are worth: only cash and pensions are ever added.

use crate::text::T;
use domain::{Date, money::Paisa};
use rules::{
    CandidateVerdict, K3, Outcome, Verdict,
    pack::{
        benefit::{BenefitKind, Worth},
        programme::Programme,
    },
};

/// The groups of the programmes page, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Meets the rules, or may qualify.
    Now,
    /// One answer would decide.
    OneAway,
    /// Several facts are missing, or the rules are not published.
    Unknown,
    /// Already receives it.
    Receives,
    /// Does not meet the rules.
    No,
    /// Takes no applications.
    Closed,
}

impl Group {
    /// Every group in order.
    pub const ALL: [Group; 6] = [Group::Now, Group::OneAway, Group::Unknown, Group::Receives, Group::No, Group::Closed];

    /// The group of a verdict.
    pub fn of(verdict: &Verdict) -> Group {
        match verdict.outcome {
            Outcome::Meets | Outcome::MayQualify => Group::Now,
            Outcome::CannotTell if verdict.missing.len() == 1 => Group::OneAway,
            Outcome::CannotTell => Group::Unknown,
            Outcome::AlreadyReceives => Group::Receives,
            Outcome::No => Group::No,
            Outcome::ClosedHere => Group::Closed,
        }
    }

    /// The word in message ids.
    pub fn code(self) -> &'static str {
        match self {
            Group::Now => "now",
            Group::OneAway => "one-away",
            Group::Unknown => "unknown",
            Group::Receives => "receives",
            Group::No => "no",
            Group::Closed => "closed",
        }
    }
}

/// What one or several programmes would bring. A sum that would overflow is left out and said to be unpublished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value {
    /// Comes regularly: at least and at most, per month.
    pub monthly: Option<(Paisa, Paisa)>,
    /// The same per year.
    pub yearly: Option<(Paisa, Paisa)>,
    /// Comes once or per case.
    pub once: Option<(Paisa, Paisa)>,
    /// Some amount of money is not published.
    pub unpublished: bool,
    /// Help that is never added: loans, insurance, waivers, goods, services.
    pub beside: Vec<BenefitKind>,
    /// Whether a further benefit applies is not known yet.
    pub open: bool,
}

impl Value {
    /// What a programme gives a candidate on a day: the variants that apply; one not yet decided is said, not added.
    pub fn of(programme: &Programme, candidate: &CandidateVerdict, today: Date) -> Value {
        let mut value = Value::default();
        for (benefit, applies) in programme.benefits.iter().zip(candidate.benefits()) {
            match applies {
                K3::No => {}
                K3::Unknown => value.open = true,
                K3::Yes => value.add_worth(benefit.kind, benefit.worth(today)),
            }
        }
        value
    }

    fn add_worth(&mut self, kind: BenefitKind, worth: Worth) {
        let money = matches!(kind, BenefitKind::Cash | BenefitKind::Pension);
        match worth {
            Worth::Regular { monthly, yearly } => {
                let one = Value { monthly: Some(monthly), yearly: Some(yearly), ..Value::default() };
                self.add(&one);
            }
            Worth::Once(low, high) => self.add(&Value { once: Some((low, high)), ..Value::default() }),
            Worth::Unpublished if money => self.unpublished = true,
            Worth::NotAdded(..) | Worth::Unpublished if !self.beside.contains(&kind) => self.beside.push(kind),
            Worth::NotAdded(..) | Worth::Unpublished => {}
        }
    }

    /// Adds another value of the same household, kind by kind.
    pub fn add(&mut self, other: &Value) {
        let sum = |mine: &mut Option<(Paisa, Paisa)>, theirs: Option<(Paisa, Paisa)>| {
            *mine = match (*mine, theirs) {
                (Some(a), Some(b)) => a.0.checked_add(b.0).zip(a.1.checked_add(b.1)),
                (mine, theirs) => mine.or(theirs),
            };
        };
        sum(&mut self.monthly, other.monthly);
        sum(&mut self.yearly, other.yearly);
        sum(&mut self.once, other.once);
        self.unpublished |= other.unpublished;
        self.open |= other.open;
        for kind in &other.beside {
            if !self.beside.contains(kind) {
                self.beside.push(*kind);
            }
        }
    }

    /// In a few words: money a month, else money once, else what kind of help.
    pub fn words(&self, t: T) -> String {
        if let Some(monthly) = self.monthly {
            return t.a("worth-month", "amount", range(t, monthly));
        }
        if let Some(once) = self.once {
            return t.a("worth-once", "amount", range(t, once));
        }
        if self.unpublished {
            return t.m("worth-unpublished");
        }
        self.beside.first().map(|kind| t.code("worth", kind_code(*kind))).unwrap_or_default()
    }

    /// A column of the package: an amount, or honest words in its place.
    pub fn column(&self, t: T, amount: Option<(Paisa, Paisa)>) -> String {
        match amount {
            Some(amount) => range(t, amount),
            None if self.once.is_some() => t.m("worth-only-once"),
            None if self.unpublished => t.m("worth-unpublished"),
            None => self.beside.first().map_or(t.m("worth-open"), |kind| t.code("worth", kind_code(*kind))),
        }
    }
}

/// An amount, or from one to another; to the whole rupee, rounded down.
pub fn range(t: T, (low, high): (Paisa, Paisa)) -> String {
    let rupees = |amount: Paisa| crate::values::money(t, Paisa::from_rupees(amount.rupees()).unwrap_or(amount));
    match low == high {
        true => rupees(low),
        false => t.with("value-to", &[("low", rupees(low).into()), ("high", rupees(high).into())]),
    }
}

/// Whether a kind of help is an amount of money, given or lent.
pub fn is_money(kind: BenefitKind) -> bool {
    matches!(kind, BenefitKind::Cash | BenefitKind::Pension | BenefitKind::Loan | BenefitKind::Insurance)
}

/// The word of a kind of help in message ids.
pub fn kind_code(kind: BenefitKind) -> &'static str {
    match kind {
        BenefitKind::Cash => "cash",
        BenefitKind::Pension => "pension",
        BenefitKind::InKind => "in-kind",
        BenefitKind::Service => "service",
        BenefitKind::FeeWaiver => "fee-waiver",
        BenefitKind::Loan => "loan",
        BenefitKind::Insurance => "insurance",
    }
}

/// What a programme would bring this family: the candidates who meet it together, else the nearest one.
pub fn family_value(programme: &Programme, verdict: &Verdict, today: Date) -> Value {
    let mut value = Value::default();
    let meeting: Vec<&CandidateVerdict> = verdict.meeting().collect();
    let told =
        if meeting.is_empty() { crate::reasons::telling(verdict).into_iter().take(1).collect() } else { meeting };
    told.iter().for_each(|candidate| value.add(&Value::of(programme, candidate, today)));
    value
}

/// The key that sorts a group: what the person asked for by name first, then more money first, regular before once.
pub fn rank(verdict: &Verdict, value: &Value) -> impl Ord + use<> {
    let high = |amount: Option<(Paisa, Paisa)>| amount.map_or(Paisa(0), |(_, high)| high);
    std::cmp::Reverse((verdict.protected, high(value.yearly), high(value.once), verdict.outcome == Outcome::Meets))
}
