//! The parts of a programme beside its criteria: benefits, papers, steps, what it goes with, who decides.

use super::{
    super::{
        benefit::{Amount, Benefit},
        error::did_you_mean,
        load::{Loader, date},
        programme::{Booking, Decides, PaperRule, Related, Step},
        raw::{RawAmount, RawBenefit, RawPaper, RawProgramme, RawRelated, RawStep},
        written::{scaled, written},
    },
    Folder,
};
use crate::{Date, expr::rule::Cond};
use domain::money::Paisa;
use toml::{Spanned, Value, value::Datetime};

/// Who may own a step's clock.
const OWNERS: [&str; 4] = ["desk", "citizen", "department", "partner"];
/// What happens after submission.
const STEPS: [&str; 4] = ["acknowledge", "complete_or_return", "decide", "deliver"];

impl Loader<'_> {
    pub(super) fn benefit(&mut self, folder: &mut Folder, raw: &RawBenefit) -> (Benefit, Option<Cond>) {
        let cond = written(&raw.applies).and_then(|w| self.condition(folder, w));
        self.sources(folder, &raw.source);
        let amounts: Vec<Amount> = raw.amount.iter().filter_map(|a| self.amount(folder, a)).collect();
        let latest = amounts.iter().max_by_key(|a| a.from).map(|a| a.status);
        let benefit = Benefit {
            id: raw.id.clone(),
            kind: raw.kind,
            text: raw.text.clone(),
            per: raw.per,
            applies: written(&raw.applies).map_or(String::new(), |w| w.get_ref().clone()),
            status: raw.status.or(latest).unwrap_or_default(),
            amounts,
        };
        (benefit, cond)
    }

    fn amount(&mut self, folder: &Folder, raw: &RawAmount) -> Option<Amount> {
        self.sources(folder, &raw.source);
        let paisa = |v: &Spanned<Value>| scaled(v.get_ref(), 2).filter(|p| *p >= 0).map(Paisa);
        let one = raw.pkr.as_ref().map(|v| (paisa(v), paisa(v)));
        let low = raw.min_pkr.as_ref().map(paisa);
        let high = raw.max_pkr.as_ref().map(paisa);
        // "Up to" starts at nothing promised; "at least" promises no more than its figure.
        let range = match (one, low, high) {
            (Some(both), None, None) => both,
            (None, Some(low), Some(high)) => (low, high),
            (None, Some(low), None) => (low, low),
            (None, None, Some(high)) => (Some(Paisa(0)), high),
            _ => (None, None),
        };
        let (from, until) = (self.day(folder, &raw.from), self.day(folder, &raw.until));
        let at = raw.pkr.as_ref().or(raw.min_pkr.as_ref()).or(raw.max_pkr.as_ref()).map(|v| v.span().start);
        match range {
            (Some(low), Some(high)) if low <= high && from.zip(until).is_none_or(|(f, u)| f <= u) => {
                Some(Amount { low, high, from, until, status: raw.status })
            }
            _ => {
                let hint = "Write pkr = .., or min_pkr and max_pkr, the lower first; `from` not after `until`.";
                self.error(&folder.file, at, "This amount cannot be read.".into(), Some(hint.into()));
                None
            }
        }
    }

    pub(super) fn paper(&mut self, folder: &mut Folder, raw: &RawPaper) -> (PaperRule, Option<Cond>) {
        let cond = written(&raw.when).and_then(|w| self.condition(folder, w));
        let known = folder.pack.papers.iter().map(|p| &*p.id);
        let when = written(&raw.when).map_or(String::new(), |w| w.get_ref().clone());
        (PaperRule { id: self.known(&folder.file, &raw.id, "paper", known), when, status: raw.status }, cond)
    }

    pub(super) fn step(&mut self, folder: &Folder, raw: &RawStep) -> Step {
        let id = self.known(&folder.file, &raw.id, "step", STEPS);
        let owner = self.known(&folder.file, &raw.owner, "clock owner", OWNERS).to_string();
        Step { id, owner, working_days: raw.working_days, status: raw.status }
    }

    pub(super) fn related(&mut self, folder: &Folder, raw: &[RawRelated]) -> Vec<Related> {
        raw.iter()
            .map(|r| {
                self.sources(folder, &r.source);
                let programme = self.known(&folder.file, &r.programme, "programme", folder.ids.iter().map(|i| &**i));
                Related { programme, why: r.why.clone(), status: r.status }
            })
            .collect()
    }

    pub(super) fn decides(&mut self, folder: &Folder, raw: &RawProgramme) -> Decides {
        match (raw.decides.as_str(), raw.deed.trim()) {
            ("operator", _) => Decides::Operator,
            ("delegated", deed) if !deed.is_empty() => Decides::Delegated { deed: deed.to_owned() },
            _ => {
                let hint = "Write decides = \"operator\", or decides = \"delegated\" with deed = \"..\".";
                let message = "Who decides is not clear.";
                self.error(&folder.file, Some(raw.id.span().start), message.into(), Some(hint.into()));
                Decides::Operator
            }
        }
    }

    pub(super) fn booking(&mut self, folder: &Folder, text: &str) -> Option<Booking> {
        let known = ["bed-night", "residential-place", "training-seat", "made-to-order", "board-sitting"];
        let kinds = [
            Booking::BedNight,
            Booking::ResidentialPlace,
            Booking::TrainingSeat,
            Booking::MadeToOrder,
            Booking::BoardSitting,
        ];
        let found = known.iter().position(|k| *k == text).map(|i| kinds[i]);
        if found.is_none() && !text.is_empty() {
            self.error(&folder.file, None, format!("`{text}` is no kind of booking."), did_you_mean(text, known));
        }
        found
    }

    pub(super) fn day(&mut self, folder: &Folder, written: &Option<Datetime>) -> Option<Date> {
        let written = written.as_ref()?;
        let day = date(written);
        if day.is_none() {
            self.error(&folder.file, None, format!("`{written}` is not a day."), Some("Write year-month-day.".into()));
        }
        day
    }
}
