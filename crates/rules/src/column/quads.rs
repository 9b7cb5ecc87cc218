//! Conditions over the members of each household, four at a time, without a loop per household.
//!
//! *Anybody*: the two bits of four conditions make a byte. Each person's byte takes in that of the next person of the same
//! household, then of the second next, the fourth next and so on; then the first person's holds what anybody's held.
//!
//! *How many*: the two bits of four conditions make a byte; a table turns it into eight counts of one byte each in a word; running
//! sums over all persons are taken once, and a household's counts are the difference of two of them. "Anybody" is a
//! count above zero. Eight bits hold the counts of up to 255 members; larger households are counted one by one.

use super::{
    graph::Rows,
    kernels::{one, or_ahead, quad as join, room},
    run::Part,
    schedule::{QUAD, Quad},
};

/// Counts of each condition: possible in byte `2 j`, sure in byte `2 j + 1`.
static COUNTS: [u64; 256] = counts();

const fn counts() -> [u64; 256] {
    let mut table = [0u64; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            table[byte] |= ((byte as u64 >> bit) & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    table
}

impl Part<'_> {
    pub(crate) fn members(&mut self, quad: &Quad) {
        if quad.is_anybody() {
            return self.anybody(quad);
        }
        let mut bytes = std::mem::take(&mut self.scratch.bytes);
        let mut sums = std::mem::take(&mut self.scratch.sums);
        let mut counts = std::mem::take(&mut self.scratch.counts);
        room(&mut bytes, self.rows(quad.rows));
        let bodies: [&[u8]; QUAD] = std::array::from_fn(|j| quad.bodies.get(j).map_or(&[][..], |b| self.truth(*b)));
        join(&mut bytes, &bodies[..quad.bodies.len()]);
        let layout = &self.scratch.layout;
        let segments = if quad.rows == Rows::Pair { &layout.pairs } else { &layout.members };
        if layout.most_members <= u32::from(u8::MAX) {
            differences(&mut counts, &mut sums, &bytes, segments);
            let mut anybody = std::mem::take(&mut self.scratch.anybody);
            anybody.clear();
            anybody.extend(counts.iter().map(|counts| above_zero(*counts)));
            (0..quad.bodies.len()).for_each(|j| self.counted(quad, j, &counts, &anybody));
            self.scratch.anybody = anybody;
        } else {
            (0..quad.bodies.len()).for_each(|j| self.counted_one_by_one(quad, j, &bytes));
        }
        (self.scratch.bytes, self.scratch.sums, self.scratch.counts) = (bytes, sums, counts);
    }

    fn anybody(&mut self, quad: &Quad) {
        let mut bytes = std::mem::take(&mut self.scratch.bytes);
        let mut ahead = std::mem::take(&mut self.scratch.ahead);
        let mut firsts = std::mem::take(&mut self.scratch.firsts);
        let persons = self.rows(Rows::Person);
        room(&mut bytes, persons);
        room(&mut ahead, persons);
        let bodies: [&[u8]; QUAD] = std::array::from_fn(|j| quad.bodies.get(j).map_or(&[][..], |b| self.truth(*b)));
        join(&mut bytes, &bodies[..quad.bodies.len()]);
        for (step, same) in self.scratch.layout.same.iter().enumerate() {
            or_ahead(&mut ahead, &bytes, same, 1 << step);
            std::mem::swap(&mut ahead, &mut bytes);
        }
        firsts.clear();
        let first = |w: &[u32]| if w[1] > w[0] { bytes[w[0] as usize] } else { 0 };
        firsts.extend(self.scratch.layout.members.windows(2).map(first));
        for (j, node) in quad.any.iter().enumerate() {
            let Some(node) = *node else { continue };
            self.fill(node, |_, out| match j {
                0 => one(out, &firsts, |b| b & 3),
                1 => one(out, &firsts, |b| b >> 2 & 3),
                2 => one(out, &firsts, |b| b >> 4 & 3),
                _ => one(out, &firsts, |b| b >> 6),
            });
        }
        (self.scratch.bytes, self.scratch.ahead, self.scratch.firsts) = (bytes, ahead, firsts);
    }

    fn counted(&mut self, quad: &Quad, j: usize, counts: &[u64], anybody: &[u64]) {
        let at = 16 * j;
        if let Some(node) = quad.any[j] {
            self.fill(node, |_, out| out.iter_mut().zip(anybody).for_each(|(o, any)| *o = (any >> at) as u8));
        }
        if let Some(node) = quad.count[j] {
            let byte = |counts: &u64, at: usize| i32::from((counts >> at) as u8);
            let wide = self.plan.wide[node];
            self.fill_number(node, |me, out| {
                out.small_low.extend(counts.iter().map(|c| byte(c, at + 8)));
                out.small_high.extend(counts.iter().map(|c| byte(c, at)));
                me.add_unlisted(quad.rows, &mut out.small_high);
                if wide {
                    out.widen();
                }
            });
        }
    }

    /// The same for households of more than 255 members.
    fn counted_one_by_one(&mut self, quad: &Quad, j: usize, bytes: &[u8]) {
        let segments = match quad.rows {
            Rows::Pair => self.scratch.layout.pairs.clone(),
            _ => self.scratch.layout.members.clone(),
        };
        let counts = |bit: usize| -> Vec<i32> {
            let count = |w: &[u32]| bytes[w[0] as usize..w[1] as usize].iter().map(|b| i32::from(b >> bit & 1)).sum();
            segments.windows(2).map(count).collect()
        };
        let (possible, sure) = (counts(2 * j), counts(2 * j + 1));
        if let Some(node) = quad.any[j] {
            self.fill(node, |_, out| {
                for ((o, p), s) in out.iter_mut().zip(&possible).zip(&sure) {
                    *o = u8::from(*p > 0) | u8::from(*s > 0) << 1;
                }
            });
        }
        if let Some(node) = quad.count[j] {
            self.fill_number(node, |me, out| {
                out.small_low.extend(&sure);
                out.small_high.extend(&possible);
                me.add_unlisted(quad.rows, &mut out.small_high);
                out.widen();
            });
        }
    }

    /// Members not yet named can all be counted.
    pub(crate) fn add_unlisted(&self, rows: Rows, high: &mut [i32]) {
        let layout = &self.scratch.layout;
        if rows == Rows::Pair {
            let unlisted = layout.household_of.iter().map(|h| layout.unlisted[*h as usize]);
            high.iter_mut().zip(unlisted).for_each(|(high, more)| *high += more);
        } else {
            high.iter_mut().zip(&layout.unlisted).for_each(|(high, more)| *high += more);
        }
    }
}

/// Of each of four conditions, two bits at the foot of 16: whether it is possible, and whether it is sure, for anybody.
fn above_zero(counts: u64) -> u64 {
    let low = 0x7f7f_7f7f_7f7f_7f7f;
    let ones = ((((counts & low) + low) | counts) >> 7) & 0x0101_0101_0101_0101;
    (ones | (ones >> 7)) & 0x0003_0003_0003_0003
}

/// The counts of each segment, by way of running sums.
fn differences(counts: &mut Vec<u64>, sums: &mut Vec<u64>, bytes: &[u8], segments: &[u32]) {
    room(sums, bytes.len() + 1);
    let mut sum = 0u64;
    sums[0] = 0;
    for (s, byte) in sums[1..].iter_mut().zip(bytes) {
        sum = sum.wrapping_add(COUNTS[usize::from(*byte)]);
        *s = sum;
    }
    counts.clear();
    let sums = &sums[..];
    counts.extend(segments.windows(2).map(|w| sums[w[1] as usize].wrapping_sub(sums[w[0] as usize])));
}
