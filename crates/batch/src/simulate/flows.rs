//! Who gains, who loses and who becomes unknown: households by their verdict before and after.

use rules::K3;
use std::collections::BTreeMap;

/// The verdicts in the order tables show them.
pub const VERDICTS: [K3; 3] = [K3::No, K3::Unknown, K3::Yes];

/// Households by verdict before (row) and after (column), in the order of [`VERDICTS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow(pub [[u64; 3]; 3]);

/// Households of one group, programme by programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowRow {
    /// How many households.
    pub households: u64,
    /// In the order of [`Flows::programmes`].
    pub flows: Vec<Flow>,
}

/// All counts of a simulation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flows {
    /// The programmes' ids.
    pub programmes: Vec<String>,
    /// Rows by what is counted by (empty: everything) and by group (empty: not known).
    pub rows: BTreeMap<(String, String), FlowRow>,
}

fn place(verdict: K3) -> usize {
    match verdict {
        K3::No => 0,
        K3::Unknown => 1,
        K3::Yes => 2,
    }
}

impl Flow {
    /// Counts a household.
    pub fn count(&mut self, before: K3, after: K3) {
        self.0[place(before)][place(after)] += 1;
    }

    /// Adds the counts of other households.
    pub fn add(&mut self, more: Flow) {
        self.0.iter_mut().flatten().zip(more.0.iter().flatten()).for_each(|(own, more)| *own += more);
    }

    /// Households with this verdict before and that one after.
    pub fn get(&self, before: K3, after: K3) -> u64 {
        self.0[place(before)][place(after)]
    }

    /// Did not meet the criteria and now do.
    pub fn gains(&self) -> u64 {
        self.get(K3::No, K3::Yes)
    }

    /// Met the criteria and no longer do.
    pub fn loses(&self) -> u64 {
        self.get(K3::Yes, K3::No)
    }

    /// Could be told before, and no longer can.
    pub fn becomes_unknown(&self) -> u64 {
        self.get(K3::Yes, K3::Unknown) + self.get(K3::No, K3::Unknown)
    }

    /// Could not be told before, and now can: as yes, as no.
    pub fn becomes_known(&self) -> [u64; 2] {
        [self.get(K3::Unknown, K3::Yes), self.get(K3::Unknown, K3::No)]
    }

    /// Whether any household's verdict is another one.
    pub fn has_changes(&self) -> bool {
        VERDICTS.iter().any(|before| VERDICTS.iter().any(|after| before != after && self.get(*before, *after) > 0))
    }

    /// Meet the criteria before, and after.
    pub fn yes(&self) -> [u64; 2] {
        [self.0[2].iter().sum(), self.0.iter().map(|row| row[2]).sum()]
    }

    /// Cannot be told before, and after.
    pub fn unknown(&self) -> [u64; 2] {
        [self.0[1].iter().sum(), self.0.iter().map(|row| row[1]).sum()]
    }
}

impl Flows {
    /// No households yet.
    pub fn of(programmes: Vec<String>) -> Self {
        Self { programmes, rows: BTreeMap::new() }
    }

    /// The row of a group, made when it is not there.
    pub fn row(&mut self, by: &str, group: &str) -> &mut FlowRow {
        let count = self.programmes.len();
        let none = || FlowRow { households: 0, flows: vec![Flow::default(); count] };
        self.rows.entry((by.to_owned(), group.to_owned())).or_insert_with(none)
    }

    /// Everything.
    pub fn overall(&self) -> Option<&FlowRow> {
        self.rows.get(&(String::new(), String::new()))
    }

    /// The groups of one way to count.
    pub fn groups<'a>(&'a self, by: &'a str) -> impl Iterator<Item = (&'a str, &'a FlowRow)> {
        self.rows.iter().filter(move |((of, _), _)| of == by).map(|((_, group), row)| (group.as_str(), row))
    }

    /// The ways to count, beside everything.
    pub fn ways(&self) -> Vec<&str> {
        let mut ways: Vec<&str> = self.rows.keys().map(|(by, _)| by.as_str()).filter(|by| !by.is_empty()).collect();
        ways.dedup();
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_household_stands_in_one_cell() {
        let mut flow = Flow::default();
        for before in VERDICTS {
            for after in VERDICTS {
                (0..=place(before) * 3 + place(after)).for_each(|_| flow.count(before, after));
            }
        }
        assert_eq!(flow.0, [[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
        assert_eq!((flow.gains(), flow.loses(), flow.becomes_unknown(), flow.becomes_known()), (3, 7, 10, [6, 4]));
        assert_eq!((flow.yes(), flow.unknown()), ([24, 18], [15, 15]));
    }

    #[test]
    fn ways_and_groups_come_in_order() {
        let mut flows = Flows::of(vec!["cash".into()]);
        for (by, group) in [("head.sex", "male"), ("", ""), ("district", "swat"), ("district", "bannu")] {
            flows.row(by, group).households += 1;
        }
        assert_eq!(flows.ways(), ["district", "head.sex"]);
        assert_eq!(flows.groups("district").map(|(group, _)| group).collect::<Vec<_>>(), ["bannu", "swat"]);
        assert_eq!(flows.overall().map(|row| row.households), Some(1));
    }
}
