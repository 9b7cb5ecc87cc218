//! Sets of missing facts, built on one stack: a set may be put aside while another is tried, and then joined or dropped.

/// A missing fact: a cell, or past the cells a score, or the member list itself.
pub(crate) type Want = u32;

/// "These are all the members."
pub(crate) const LIST: Want = Want::MAX;

/// The missing fact with this number.
pub(crate) fn want(index: usize) -> Want {
    Want::try_from(index).unwrap_or(LIST)
}

/// The set being built, above those put aside for it.
#[derive(Debug, Default)]
pub(crate) struct Wants {
    all: Vec<Want>,
    base: usize,
}

/// Where a set put aside begins.
#[must_use]
pub(crate) struct Aside(usize);

impl Wants {
    /// The facts of the set, in the order in which they were added.
    pub(crate) fn get(&self) -> &[Want] {
        &self.all[self.base..]
    }

    /// Adds a fact once.
    pub(crate) fn add(&mut self, want: Want) {
        if !self.get().contains(&want) {
            self.all.push(want);
        }
    }

    /// Empties the set.
    pub(crate) fn clear(&mut self) {
        self.all.truncate(self.base);
    }

    /// Puts the set aside and begins an empty one.
    pub(crate) fn begin(&mut self) -> Aside {
        Aside(std::mem::replace(&mut self.base, self.all.len()))
    }

    /// Adds the set to the one put aside before it.
    pub(crate) fn join(&mut self, aside: Aside) {
        let mine = std::mem::replace(&mut self.base, aside.0);
        let mut end = mine;
        for index in mine..self.all.len() {
            let want = self.all[index];
            if !self.all[self.base..end].contains(&want) {
                self.all[end] = want;
                end += 1;
            }
        }
        self.all.truncate(end);
    }

    /// Lets the set stand in the place of the one put aside before it.
    pub(crate) fn replace(&mut self, aside: Aside) {
        let mine = std::mem::replace(&mut self.base, aside.0);
        self.all.drain(aside.0..mine);
    }

    /// Forgets the set and goes back to the one put aside before it.
    pub(crate) fn forget(&mut self, aside: Aside) {
        self.all.truncate(self.base);
        self.base = aside.0;
    }

    /// Keeps the set for good and goes back to the one put aside before it.
    pub(crate) fn keep(&mut self, aside: Aside) -> (u32, u32) {
        let kept = (want(self.base), want(self.all.len()));
        self.base = aside.0;
        kept
    }

    /// A set that was kept.
    pub(crate) fn kept(&self, (from, to): (u32, u32)) -> &[Want] {
        &self.all[from as usize..to as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Wants;

    #[test]
    fn a_set_put_aside_comes_back_joined_replaced_or_alone() {
        let build = |how: fn(&mut Wants, super::Aside)| {
            let mut wants = Wants::default();
            [1, 2, 1].into_iter().for_each(|want| wants.add(want));
            let aside = wants.begin();
            [2, 3, 3].into_iter().for_each(|want| wants.add(want));
            how(&mut wants, aside);
            wants.get().to_vec()
        };
        assert_eq!(build(Wants::join), [1, 2, 3]);
        assert_eq!(build(Wants::replace), [2, 3]);
        assert_eq!(build(Wants::forget), [1, 2]);
    }
}
