//! Which rows belong together: persons to households, pairs to candidates.

use super::{
    block::{Block, Column},
    compiled::Compiled,
    run::Layout,
    truth::{NO, UNKNOWN},
};

impl Layout {
    /// Lays out households `from .. to` of a block.
    pub(crate) fn lay_out(&mut self, plan: &Compiled, block: &Block, from: usize, to: usize) {
        (self.household, self.households) = (from, to - from);
        let offsets = &block.members[from..=to];
        self.person = offsets[0] as usize;
        self.members.clear();
        self.members.extend(offsets.iter().map(|o| o - offsets[0]));
        self.most_members = offsets.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0);
        self.open(plan, block);
        if plan.needs_persons {
            self.household_of.clear();
            for (household, sizes) in (0u32..).zip(self.members.windows(2)) {
                self.household_of.extend((sizes[0]..sizes[1]).map(|_| household));
            }
        }
        if plan.needs_same {
            self.same();
        }
        if plan.needs_pairs {
            self.pair_up();
        }
    }

    fn open(&mut self, plan: &Compiled, block: &Block) {
        self.open.clear();
        match plan.complete.and_then(|input| block.columns[input]) {
            Some(Column::U8(complete)) => {
                let complete = &complete[self.household..self.household + self.households];
                self.open.extend(complete.iter().map(|c| if *c == 1 { NO } else { UNKNOWN }));
            }
            _ => self.open.resize(self.households, UNKNOWN),
        }
        if plan.needs_unlisted {
            let room = |(open, w): (&u8, &[u32])| {
                let unlisted = (plan.members_max - (w[1] - w[0]).cast_signed()).max(0);
                if *open == NO { 0 } else { unlisted }
            };
            self.unlisted.clear();
            self.unlisted.extend(self.open.iter().zip(self.members.windows(2)).map(room));
        }
    }

    fn same(&mut self) {
        let persons = self.members[self.households] as usize;
        let steps = self.most_members.max(1).next_power_of_two().trailing_zeros() as usize;
        self.same.resize_with(steps, Vec::new);
        for step in 0..steps {
            let (before, rest) = self.same.split_at_mut(step);
            let (same, ahead) = (&mut rest[0], (1usize << step) / 2);
            same.clear();
            match before.last() {
                None => {
                    same.resize(persons, u8::MAX);
                    let last = self.members.windows(2).filter(|w| w[1] > w[0]).map(|w| w[1] as usize - 1);
                    last.for_each(|last| same[last] = 0);
                }
                Some(half) => {
                    same.extend(half.iter().zip(half.get(ahead..).unwrap_or_default()).map(|(a, b)| a & b));
                    same.resize(persons, 0);
                }
            }
        }
    }

    fn pair_up(&mut self) {
        self.pairs.clear();
        self.pairs.push(0);
        for rows in [&mut self.pair_household, &mut self.pair_candidate, &mut self.pair_member] {
            rows.clear();
        }
        let mut count = 0;
        for (household, w) in (0u32..).zip(self.members.windows(2)) {
            for candidate in w[0]..w[1] {
                self.pair_member.extend(w[0]..w[1]);
                count += w[1] - w[0];
                self.pair_candidate.resize(count as usize, candidate);
                self.pair_household.resize(count as usize, household);
                self.pairs.push(count);
            }
        }
    }
}
