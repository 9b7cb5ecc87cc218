//! Programmes: their criteria in force, who meets them, and what may be claimed of it.

use super::{
    facts::Read,
    writer::{Frame, Gathered, Level, Reads, Writer, literal, quoted},
};
use crate::{
    expr::rule::{At, Who},
    pack::programme::{Completeness, Level as For, Programme, State},
    plan::ProgrammePlan,
};

impl Writer<'_> {
    /// Every programme.
    pub(super) fn programmes(&mut self) {
        for (programme, plan) in self.pack.programmes.iter().zip(&self.plan.programmes) {
            match programme.level {
                For::Household => self.of_household(programme, plan),
                For::Person => self.of_persons(programme, plan),
            }
            let id = programme.id.to_string();
            let said =
                |column: String| format!("CASE {column} WHEN TRUE THEN 'yes' WHEN FALSE THEN 'no' ELSE 'unknown' END");
            self.answers.push((id.clone(), said(quoted(&format!("programme {id}")))));
            self.answers.push((format!("{id} outcome"), quoted(&format!("outcome {id}"))));
            if programme.level == For::Person {
                self.candidate_answers.push((id.clone(), said(quoted(&format!("candidate {id}")))));
            }
        }
    }

    fn of_household(&mut self, programme: &Programme, plan: &ProgrammePlan) {
        let mut frame = Frame::default();
        let mut comment = vec![];
        let truth = self.criteria(programme, plan, &mut frame, &mut comment);
        let id = &programme.id;
        let name = format!("programme {id}");
        self.define(Level::Household, comment, vec![(name.clone(), truth)], frame.reads);
        let mut frame = Frame::default();
        let truth = frame.household(&name);
        let receives = match (self.plan.household_active, plan.household_code) {
            (Some(slot), Some(code)) => self.column(At::Household(slot), Read::Has(code), &mut frame),
            _ => "FALSE".to_owned(),
        };
        // The household is its own only candidate: who receives is not told afresh.
        let text = outcome(programme, &truth, &format!("{receives} IS TRUE"));
        let columns = vec![(format!("outcome {id}"), text)];
        self.define(Level::Household, vec![said_of(programme)], columns, frame.reads);
    }

    fn of_persons(&mut self, programme: &Programme, plan: &ProgrammePlan) {
        let id = &programme.id;
        let (candidate, receives) = (format!("candidate {id}"), format!("receives {id}"));
        let mut frame = Frame::default();
        let mut comment = vec![];
        let truth = self.criteria(programme, plan, &mut frame, &mut comment);
        let already = match (self.plan.person_active, plan.person_code) {
            (Some(slot), Some(code)) => self.column(At::Person(Who::Candidate, slot), Read::Has(code), &mut frame),
            _ => "CAST(NULL AS BOOLEAN)".to_owned(),
        };
        let columns = vec![(candidate.clone(), truth), (receives.clone(), already)];
        self.define(Level::Person, comment, columns, frame.reads);
        let counted =
            |what: &str, filter: String| (format!("{id} {what}"), format!("count(*) FILTER (WHERE {filter})"));
        let (who, has) = (quoted(&candidate), quoted(&receives));
        self.gathered.push(Gathered {
            level: Level::Household,
            each: vec![(candidate.clone(), who.clone()), (receives.clone(), has.clone())],
            columns: vec![
                counted("yes", who.clone()),
                counted("unknown", format!("{who} IS NULL")),
                counted("fresh", format!("{who} AND {has} IS NOT TRUE")),
                counted("receiving", has),
            ],
            reads: Reads { person: [candidate, receives].into(), ..Reads::default() },
        });
        self.household_of(programme);
    }

    /// Whether anybody meets the criteria; a member not yet named still might.
    fn household_of(&mut self, programme: &Programme) {
        let id = &programme.id;
        let mut frame = Frame::default();
        let [yes, unknown] = ["yes", "unknown"].map(|what| frame.household(&format!("{id} {what}")));
        let open = frame.household("open");
        let truth = format!("CASE WHEN {yes} > 0 THEN TRUE WHEN {unknown} = 0 AND NOT {open} THEN FALSE END");
        let name = format!("programme {id}");
        self.define(Level::Household, vec![], vec![(name.clone(), truth)], frame.reads);
        let mut frame = Frame::default();
        let truth = frame.household(&name);
        let [fresh, receiving] = ["fresh", "receiving"].map(|what| frame.household(&format!("{id} {what}")));
        let text = outcome(programme, &truth, &format!("{receiving} > 0 AND {fresh} = 0"));
        let columns = vec![(format!("outcome {id}"), text)];
        self.define(Level::Household, vec![said_of(programme)], columns, frame.reads);
    }

    /// All criteria in force; with none nothing decides, unless the programme is open to all.
    fn criteria(
        &mut self,
        programme: &Programme,
        plan: &ProgrammePlan,
        frame: &mut Frame,
        comment: &mut Vec<String>,
    ) -> String {
        let mut all = vec![];
        for (criterion, conds) in programme.criteria.iter().zip(&plan.criteria) {
            if !criterion.in_force(self.at) {
                comment.push(format!("{} is not in force on {}", criterion.id, self.at));
                continue;
            }
            let any: Vec<String> = conds.any_of.iter().map(|cond| self.shared(*cond, frame)).collect();
            all.push(if any.is_empty() {
                "CAST(NULL AS BOOLEAN)".to_owned()
            } else {
                format!("({})", any.join(" OR "))
            });
        }
        match (all.is_empty(), programme.rules) {
            (false, _) => all.join(" AND "),
            (true, Completeness::OpenToAll) => "TRUE".to_owned(),
            (true, _) => "CAST(NULL AS BOOLEAN)".to_owned(),
        }
    }

    /// A condition that criteria share: written once.
    fn shared(&mut self, index: usize, frame: &mut Frame) -> String {
        let shared = &self.plan.conditions[index];
        let name = format!("condition {}", index + 1);
        let level = if shared.personal { Level::Person } else { Level::Household };
        if self.is_new(&name) {
            let mut inner = Frame::default();
            let text = self.cond(&shared.cond, &mut inner);
            let comment = vec![format!("{}: {}", shared.place, shared.text)];
            self.define(level, comment, vec![(name.clone(), text)], inner.reads);
        }
        match level {
            Level::Household => frame.household(&name),
            Level::Person => frame.person(false, &name),
        }
    }
}

fn said_of(programme: &Programme) -> String {
    let rules = match programme.rules {
        Completeness::Complete => "rules = \"complete\"",
        Completeness::Partial => "rules = \"partial\"",
        Completeness::OpenToAll => "rules = \"open to all\"",
        Completeness::NotPublished => "rules = \"not published\"",
    };
    format!("{}/programme.toml: {rules}", programme.id)
}

/// The criteria's truth read with the programme's state and the completeness of its rules; see [`crate::Outcome`].
fn outcome(programme: &Programme, truth: &str, received: &str) -> String {
    if programme.state == State::Closed {
        return literal("closed_here");
    }
    let yes = match programme.rules {
        Completeness::OpenToAll => return format!("CASE WHEN {received} THEN 'already_receives' ELSE 'meets' END"),
        Completeness::NotPublished => {
            return format!("CASE WHEN {received} THEN 'already_receives' ELSE 'cannot_tell' END");
        }
        Completeness::Complete => "meets",
        Completeness::Partial => "may_qualify",
    };
    format!(
        "CASE WHEN {received} THEN 'already_receives' WHEN {truth} THEN '{yes}' WHEN NOT {truth} THEN 'no' ELSE 'cannot_tell' END"
    )
}
