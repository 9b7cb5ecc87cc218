//! What a programme costs in a year, with the amounts that are published for each payment's day.
//!
//! Only regular cash and pensions make the yearly cost. What comes once, per case or per award stands apart; loans,
//! insurance, waivers, goods and services stand apart too; and an amount that is not published is named, never 0.

use chrono::Months;
use domain::{Date, money::Paisa};
use rules::pack::{
    benefit::{Benefit, BenefitKind, Per, Worth},
    programme::{Level, Programme},
};

/// At least and at most so much money, in paisa.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Between {
    /// At least.
    pub low: i128,
    /// At most.
    pub high: i128,
}

/// How many are paid: at least and at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Units {
    /// Those who meet the criteria.
    pub low: u64,
    /// Those and whoever cannot be told.
    pub high: u64,
}

/// Whom a programme pays in some households.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paid {
    /// Candidates: persons of a person-level programme, otherwise households.
    pub candidates: Units,
    /// Households with a candidate.
    pub households: Units,
}

/// What one benefit that is not added up comes to for each who gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The benefit's id.
    pub benefit: String,
    /// What kind of help.
    pub kind: BenefitKind,
    /// What one amount is for.
    pub per: Per,
    /// The amount.
    pub amount: Between,
}

/// What a programme gives in the year that begins on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Price {
    /// Regular cash and pensions for each candidate.
    pub regular: Between,
    /// Regular cash for each family.
    pub family: Between,
    /// Cash that comes once, for each candidate.
    pub once: Between,
    /// Loans, insurance, waivers, goods, services and daily amounts.
    pub apart: Vec<Apart>,
    /// Benefits whose amount is not published for all payments of the year: id, payments without one, payments.
    pub unpublished: Vec<(String, u32, u32)>,
    /// Benefits that only some get, by a condition that is not decided here: counted as between none and all.
    pub conditional: Vec<String>,
    /// Whether anything can be added up.
    pub is_added: bool,
}

/// What a programme costs in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Regular cash and pensions of a year.
    pub regular: Between,
    /// Cash that comes once.
    pub once: Between,
}

impl Between {
    /// The same amount at least and at most.
    pub fn exactly(paisa: i128) -> Self {
        Self { low: paisa, high: paisa }
    }

    fn plus(self, more: Self) -> Self {
        Self { low: self.low + more.low, high: self.high + more.high }
    }

    fn times(self, units: Units) -> Self {
        Self { low: self.low * i128::from(units.low), high: self.high * i128::from(units.high) }
    }
}

/// `Rs 4,833`, or `Rs 4,833 to Rs 9,000`.
impl std::fmt::Display for Between {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&rupees(self.low))?;
        if self.high == self.low { Ok(()) } else { write!(f, " to {}", rupees(self.high)) }
    }
}

/// Money as receipts show it; what no purse holds is shown in plain digits.
fn rupees(paisa: i128) -> String {
    i64::try_from(paisa).map_or_else(|_| format!("Rs {}", paisa / 100), |paisa| Paisa(paisa).to_string())
}

impl Units {
    /// Adds others.
    pub fn add(&mut self, more: Units) {
        self.low += more.low;
        self.high += more.high;
    }
}

impl Price {
    /// What a programme gives in the twelve months from a day: each payment at the amount in force on its day, the
    /// first on that day, then every month, every third month or once.
    pub fn of(programme: &Programme, from: Date) -> Self {
        let mut price = Self::default();
        programme.benefits.iter().for_each(|benefit| price.add(benefit, programme.level, from));
        price
    }

    fn add(&mut self, benefit: &Benefit, level: Level, from: Date) {
        let always = benefit.applies.is_empty();
        let between = |low: i128, high: i128| Between { low: if always { low } else { 0 }, high };
        let is_cash = matches!(benefit.kind, BenefitKind::Cash | BenefitKind::Pension);
        let id = benefit.id.to_string();
        let months: &[u32] = match benefit.per {
            Per::Month => &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            Per::Quarter => &[0, 3, 6, 9],
            _ => &[0],
        };
        if is_cash && matches!(benefit.per, Per::Month | Per::Quarter | Per::Year | Per::FamilyYear) {
            let day = |month: &u32| from.checked_add_months(Months::new(*month));
            let paid: Vec<_> = months.iter().filter_map(day).filter_map(|day| benefit.current(day)).collect();
            let sum = |of: fn(&rules::pack::benefit::Amount) -> Paisa| paid.iter().map(|a| i128::from(of(a).0)).sum();
            let year = between(sum(|a| a.low), sum(|a| a.high));
            let payments = u32::try_from(months.len()).unwrap_or(u32::MAX);
            let missing = payments - u32::try_from(paid.len()).unwrap_or(payments);
            if missing > 0 {
                self.unpublished.push((id.clone(), missing, payments));
            }
            if missing == payments {
                return;
            }
            let to = if benefit.per == Per::FamilyYear && level == Level::Person {
                &mut self.family
            } else {
                &mut self.regular
            };
            *to = to.plus(year);
            self.is_added = true;
        } else {
            match benefit.worth(from) {
                Worth::Unpublished => return self.unpublished.push((id, 1, 1)),
                Worth::Once(low, high) => {
                    self.once = self.once.plus(between(low.0.into(), high.0.into()));
                    self.is_added = true;
                }
                Worth::NotAdded(low, high) | Worth::Regular { yearly: (low, high), .. } => {
                    let amount = Between { low: low.0.into(), high: high.0.into() };
                    self.apart.push(Apart { benefit: id.clone(), kind: benefit.kind, per: benefit.per, amount });
                }
            }
        }
        if !always {
            self.conditional.push(id);
        }
    }

    /// What it costs to pay these in the year.
    pub fn cost(&self, paid: Paid) -> Cost {
        let regular = self.regular.times(paid.candidates).plus(self.family.times(paid.households));
        Cost { regular, once: self.once.times(paid.candidates) }
    }
}

impl Cost {
    /// Everything that a yearly budget of cash has to pay.
    pub fn cash(self) -> Between {
        self.regular.plus(self.once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use rules::Pack;

    fn day(year: i32, month: u32) -> Date {
        Date::from_ymd_opt(year, month, 1).unwrap()
    }

    fn price(level: &str, benefits: &str, from: Date) -> Price {
        let programme = format!(
            "id = \"help\"\noperator = \"office\"\nlevel = \"{level}\"\nstate = \"open\"\nrules = \"open to all\"\n{benefits}"
        );
        let files = [
            ("pack.toml", "id = \"t\"\ntitle = { en = \"T\" }\nlanguages = [\"en\"]\nmembers_max = 20\n"),
            ("facts.toml", ""),
            ("operators.toml", "[[operator]]\nid = \"office\"\nname = { en = \"Office\" }\n"),
            ("sources.toml", ""),
            ("papers.toml", ""),
            ("calendar.toml", ""),
            ("help/programme.toml", &programme),
            ("help/texts.toml", "[name]\nen = \"Help\"\n[line]\nen = \"For whom and what\"\n"),
        ];
        let pack = Pack::load(&files)
            .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>()));
        Price::of(&pack.programmes()[0], from)
    }

    fn benefit(id: &str, kind: &str, per: &str, amounts: &str) -> String {
        format!(
            "[[benefit]]\nid = \"{id}\"\nkind = \"{kind}\"\ntext = {{ en = \"x\" }}\nper = \"{per}\"\nstatus = \"assumed\"\n{amounts}"
        )
    }

    fn amount(pkr: u32, more: &str) -> String {
        format!("[[benefit.amount]]\npkr = {pkr}\n{more}\nstatus = \"assumed\"\n")
    }

    fn check(level: &str, benefits: &str, want: Expect) {
        let price = price(level, benefits, day(2026, 7));
        let paid = Paid { candidates: Units { low: 10, high: 30 }, households: Units { low: 8, high: 20 } };
        let cost = price.cost(paid);
        let apart: Vec<String> =
            price.apart.iter().map(|apart| format!("{} {:?} {}", apart.benefit, apart.kind, apart.amount)).collect();
        want.assert_eq(&format!(
            "{}; once {}; apart {apart:?}; unpublished {:?}; conditional {:?}; added {}",
            cost.regular, cost.once, price.unpublished, price.conditional, price.is_added
        ));
    }

    #[test]
    fn each_payment_has_the_amount_of_its_day() {
        let rises = amount(1000, "until = 2026-12-31") + &amount(1500, "from = 2027-01-01");
        check(
            "person",
            &benefit("pay", "cash", "quarter", &rises),
            expect!["Rs 50,000 to Rs 150,000; once Rs 0; apart []; unpublished []; conditional []; added true"],
        );
        check(
            "person",
            &benefit("pay", "pension", "month", &rises),
            expect!["Rs 150,000 to Rs 450,000; once Rs 0; apart []; unpublished []; conditional []; added true"],
        );
        check(
            "person",
            &benefit("pay", "cash", "family-year", &rises),
            expect!["Rs 8,000 to Rs 20,000; once Rs 0; apart []; unpublished []; conditional []; added true"],
        );
    }

    #[test]
    fn what_is_not_published_is_named() {
        check(
            "person",
            &benefit("pay", "cash", "month", ""),
            expect![[r#"Rs 0; once Rs 0; apart []; unpublished [("pay", 12, 12)]; conditional []; added false"#]],
        );
        let ends = amount(1000, "until = 2026-12-31");
        check(
            "person",
            &benefit("pay", "cash", "quarter", &ends),
            expect![[
                r#"Rs 20,000 to Rs 60,000; once Rs 0; apart []; unpublished [("pay", 2, 4)]; conditional []; added true"#
            ]],
        );
    }

    #[test]
    fn loans_insurance_and_once_only_stand_apart() {
        let all = benefit("grant", "cash", "once", &amount(5000, ""))
            + &benefit("loan", "loan", "loan", &amount(20_000, ""))
            + &benefit("cover", "insurance", "family-year", &amount(1_000_000, ""))
            + &benefit("food", "in_kind", "month", "");
        check(
            "household",
            &all,
            expect![[
                r#"Rs 0; once Rs 50,000 to Rs 150,000; apart ["loan Loan Rs 20,000", "cover Insurance Rs 1,000,000"]; unpublished [("food", 1, 1)]; conditional []; added true"#
            ]],
        );
    }
}
