//! Ten months of two centres, day by day: families come, departments answer, some in time and some late.

use super::{
    Volume,
    answers::Asker,
    dice::Dice,
    families::{self, Invented},
};
use crate::{
    commands::system,
    packs::{commit, say},
};
use chrono::{Days, NaiveTime, TimeZone};
use domain::{
    Date, Instant,
    applications::{Actor, Application, DeliveryRecorded, MoveAsked, Status},
    event::Change,
    language::Lang,
    money::Paisa,
    visits::{Counter, Pick},
};
use std::collections::BTreeMap;
use web::{
    App,
    visits::intake::{self, Intake},
};

/// The programme whose hand-overs the pilot counted.
const CERTIFICATE: &str = "kpsw-disability-certificate";

/// What is still to happen to one application.
struct Case {
    application: Application,
    /// The steps left, in order, with the working days to wait before each.
    plan: Vec<(Status, u32)>,
}

/// The state of the simulation.
pub(super) struct Months<'a> {
    app: &'a App,
    dice: Dice,
    volume: Volume,
    due: BTreeMap<Date, Vec<Case>>,
    made: usize,
    forwarded: usize,
    certificates: usize,
    /// Families of the first centre that are met again: at the other centre, and on lists.
    known: Vec<Invented>,
}

impl<'a> Months<'a> {
    pub(super) fn new(app: &'a App, volume: Volume) -> Self {
        let (dice, due, known) = (Dice::new(2019), BTreeMap::new(), Vec::new());
        Months { app, dice, volume, due, made: 0, forwarded: 0, certificates: 0, known }
    }

    /// The families that are met again.
    pub(super) fn known(&self) -> &[Invented] {
        &self.known
    }

    /// Plays every working day from `first` to `last`.
    pub(super) async fn play(&mut self, first: Date, last: Date) -> Result<(), String> {
        let days: Vec<Date> =
            first.iter_days().take_while(|day| *day <= last).filter(|day| self.app.calendar.is_working(*day)).collect();
        for (i, day) in days.iter().enumerate() {
            self.answer(*day).await?;
            let wanted = self.volume.households * (i + 1) / days.len();
            self.receive(*day, wanted, i * 10 < days.len() * 8, i + 1 == days.len()).await?;
            super::complaints::come_in(self.app, *day, days.len() - 1 - i).await?;
            if i % 20 == 0 {
                eprintln!("  {day}: {} families, {} applications", self.made, self.forwarded);
            }
        }
        Ok(())
    }

    /// The day's families at both centres.
    async fn receive(&mut self, day: Date, wanted: usize, early: bool, last_day: bool) -> Result<(), String> {
        let mut numbers = [0u32; 2];
        let mut changes = Vec::new();
        let opened = at(day, 9, 0);
        while self.made < wanted {
            let which = usize::from(self.dice.percent(42));
            numbers[which] += 1;
            let minutes = i64::from(numbers[0] + numbers[1]) * 2;
            let closing = last_day && self.made + 1 == wanted;
            let mut done =
                self.family(which, numbers[which], opened + chrono::Duration::minutes(minutes), day, early, closing)?;
            self.made += 1;
            self.forwarded += done.applications.len();
            changes.append(&mut done.changes);
            for application in done.applications {
                self.plan(application, day);
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        let done = self.app.store.commit(&system(), commit("demo/day", changes, opened)).await;
        done.map(drop).map_err(say)
    }

    fn family(
        &mut self,
        which: usize,
        number: u32,
        at: Instant,
        day: Date,
        early: bool,
        closing: bool,
    ) -> Result<intake::Done, String> {
        let centre = self.app.config.centres[which].id.clone();
        // The certificates are spread over the first eight tenths, so that the board has sat for all of them.
        let wanted = (self.volume.certificates * (self.made + 1) * 10)
            .div_ceil(self.volume.households * 8)
            .min(self.volume.certificates);
        let impaired = early && self.certificates < wanted;
        let invented = families::invent(&mut self.dice, &centre, at, day, impaired);
        let answers = Asker { pack: &self.app.pack, dice: &mut self.dice, at, today: day, most: 40 }.ask(&invented);
        let intake = Intake {
            at,
            today: day,
            number,
            counter: *self.dice.pick(&[
                Counter::Women,
                Counter::Women,
                Counter::Elderly,
                Counter::Disability,
                Counter::General,
                Counter::General,
            ]),
            language: *self.dice.pick(&[Lang::Ur, Lang::Ps, Lang::Ps]),
            officer: None,
            household: invented.household(0, answers),
        };
        let screened = intake::screen(self.app, &intake);
        let picks = self.picks(intake::open_picks(&screened.1), impaired, closing);
        if impaired && !picks.iter().any(|p| p.programme.0 == CERTIFICATE) {
            return Err(format!(
                "The demo's rules did not offer {CERTIFICATE} to a person with an impairment. Check the pack."
            ));
        }
        // One family in three at most, so that they are spread over the first months of any volume.
        let numbered = invented.members.first().is_some_and(|head| !head.details.identities.is_empty());
        if which == 0 && numbered && self.made.is_multiple_of(3) && self.known.len() < self.volume.twice {
            self.known.push(invented);
        }
        let dice = &mut self.dice;
        Ok(intake::changes(self.app, &intake, &screened, picks, &mut || families::key(dice, at)))
    }

    /// Some of what the family may apply for, so that the applications reach the wanted number by the last day.
    fn picks(&mut self, mut open: Vec<Pick>, impaired: bool, closing: bool) -> Vec<Pick> {
        let mut picks = Vec::new();
        if let Some(i) = open.iter().position(|p| p.programme.0 == CERTIFICATE).filter(|_| impaired) {
            picks.push(open.swap_remove(i));
            self.certificates += 1;
        }
        open.retain(|p| p.programme.0 != CERTIFICATE);
        let wanted = self.volume.applications * (self.made + 1) / self.volume.households;
        let lacking = wanted.saturating_sub(self.forwarded + picks.len());
        let most = if closing { lacking } else { lacking.min(3) };
        for _ in 0..most {
            if open.is_empty() {
                break;
            }
            let i = usize::try_from(self.dice.next() % open.len() as u64).unwrap_or(0);
            picks.push(open.swap_remove(i));
        }
        picks
    }

    /// What the department will do with an application, and when.
    fn plan(&mut self, application: Application, day: Date) {
        let quick = application.submitted.programme.0 == CERTIFICATE;
        let mut plan = vec![(Status::Received, self.wait(1, 4)), (Status::UnderReview, self.wait(1, 5))];
        if quick {
            plan.push((Status::Approved, self.wait(5, 12)));
            plan.push((Status::ServiceGiven, self.wait(2, 6)));
        } else {
            if self.dice.percent(15) {
                plan.push((Status::Returned, self.wait(1, 6)));
                plan.push((Status::Resubmitted, self.wait(3, 15)));
            }
            let decision = *self.dice.pick(&[
                Status::Approved,
                Status::Approved,
                Status::Approved,
                Status::Approved,
                Status::Rejected,
                Status::WaitListed,
            ]);
            plan.push((decision, self.wait(6, 34)));
            if decision == Status::Approved {
                plan.push((Status::Enrolled, self.wait(3, 12)));
                plan.push((Status::ServiceGiven, self.wait(5, 25)));
            }
        }
        plan.reverse();
        self.schedule(Case { application, plan }, day);
    }

    fn wait(&mut self, low: i64, high: i64) -> u32 {
        u32::try_from(self.dice.between(low, high)).unwrap_or(1)
    }

    fn schedule(&mut self, case: Case, day: Date) {
        if let Some((_, wait)) = case.plan.last() {
            let on = self.app.calendar.after(day, *wait);
            self.due.entry(on).or_default().push(case);
        }
    }

    /// The departments' work of a day.
    async fn answer(&mut self, day: Date) -> Result<(), String> {
        let mut changes = Vec::new();
        for mut case in self.due.remove(&day).unwrap_or_default() {
            let Some((to, _)) = case.plan.pop() else { continue };
            self.step(&mut case.application, to, day, &mut changes)?;
            self.schedule(case, day);
        }
        if changes.is_empty() {
            return Ok(());
        }
        let done = self.app.store.commit(&system(), commit("demo/answers", changes, at(day, 8, 30))).await;
        done.map(drop).map_err(say)
    }

    fn step(
        &mut self,
        application: &mut Application,
        planned: Status,
        day: Date,
        changes: &mut Vec<Change>,
    ) -> Result<(), String> {
        let actor = if planned == Status::Resubmitted { Actor::Desk } else { Actor::Department };
        let rule = self
            .app
            .pack
            .programme(&application.submitted.programme.0)
            .and_then(|p| p.criteria.first())
            .map(|c| c.id.to_string());
        // A programme open to all has no rule that could be missed: whoever gets no place waits.
        let to = if planned == Status::Rejected && rule.is_none() { Status::WaitListed } else { planned };
        let words = match to {
            Status::Returned => Some("Please bring the missing paper."),
            Status::Rejected => Some("The office's own check did not confirm this rule."),
            _ => None,
        };
        let place = (to == Status::WaitListed).then(|| u32::try_from(self.dice.between(3, 90)).unwrap_or(3));
        let asked = MoveAsked {
            to,
            actor,
            rule: rule.filter(|_| to == Status::Rejected),
            words: words.map(str::to_owned),
            place,
        };
        let moved = application.step(asked, day, &self.app.calendar).map_err(say)?;
        (application.status, application.clock) = (moved.to, moved.clock);
        (application.since, application.due, application.days_left) = (moved.since, moved.due, moved.days_left);
        changes.push(Change::after(application.id, application.version, moved, day));
        application.version += 1;
        if to == Status::ServiceGiven {
            let certificate = application.submitted.programme.0 == CERTIFICATE;
            let given = DeliveryRecorded {
                amount: if certificate { None } else { Some(Paisa(self.dice.between(2, 40) * 100_000)) },
                what: if certificate { "Disability certificate" } else { "As the programme gives" }.to_owned(),
                on: day,
            };
            let given = application.deliver(given, day).map_err(say)?;
            changes.push(Change::after(application.id, application.version, given, day));
            application.version += 1;
        }
        Ok(())
    }

    /// What was made: families, applications forwarded, certificates handed over.
    pub(super) fn made(&self) -> (usize, usize, usize) {
        (self.made, self.forwarded, self.certificates)
    }
}

/// An hour of a day in Pakistan.
pub(super) fn at(day: Date, hour: u32, minute: u32) -> Instant {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let local =
        chrono::FixedOffset::east_opt(5 * 3600).and_then(|zone| zone.from_local_datetime(&day.and_time(time)).single());
    local.map_or(Instant::MIN_UTC, |local| local.to_utc())
}

/// The last finished day before today.
pub(super) fn yesterday(today: Date) -> Date {
    today.checked_sub_days(Days::new(1)).unwrap_or(today)
}
