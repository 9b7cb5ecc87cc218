//! Kleene truth as two bits in a byte, so that *and* is `&`, *or* is `|`, over as many rows as a register holds.

/// No: neither bit.
pub(crate) const NO: u8 = 0b00;
/// Unknown: it can be.
pub(crate) const UNKNOWN: u8 = 0b01;
/// Yes: it can be and must be.
pub(crate) const YES: u8 = 0b11;

/// The opposite: the bits exchanged and turned over.
#[inline(always)]
pub(crate) fn not(truth: u8) -> u8 {
    ((truth >> 1) | (truth << 1)) & YES ^ YES
}

/// `yes` or `no` as `when` says; where it does not, `unknown`.
#[inline(always)]
pub(crate) fn pick(when: u8, yes: u8, no: u8, unknown: u8) -> u8 {
    let must = (when >> 1).wrapping_neg();
    let can = (when & 1).wrapping_neg();
    (yes & must) | (no & !can) | (unknown & can & !must)
}

/// The first that `when` says; where it does not, what both say alike.
#[inline(always)]
pub(crate) fn choose(when: u8, yes: u8, no: u8) -> u8 {
    // Both alike: `yes ^ no` is zero. Otherwise unknown.
    let alike = if yes == no { yes } else { UNKNOWN };
    pick(when, yes, no, alike)
}

/// Whether both are the same; unknown unless both are known.
#[inline(always)]
pub(crate) fn same(a: u8, b: u8) -> u8 {
    let known = a != UNKNOWN && b != UNKNOWN;
    if !known {
        UNKNOWN
    } else if a == b {
        YES
    } else {
        NO
    }
}

/// A known truth.
#[inline(always)]
pub(crate) fn known(yes: bool) -> u8 {
    if yes { YES } else { NO }
}

/// What every value of a byte comes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Table(pub(crate) Box<[u8; 256]>);

impl Table {
    /// By asking for every byte.
    pub(crate) fn of(truth: impl Fn(u8) -> u8) -> Self {
        let mut table = [UNKNOWN; 256];
        (0..=u8::MAX).zip(&mut table).for_each(|(byte, entry)| *entry = truth(byte));
        Self(Box::new(table))
    }

    /// Of several tables over one column, by a function of their entries.
    pub(crate) fn join(tables: &[&Table], truth: impl Fn(&[u8]) -> u8) -> Self {
        Self::of(|byte| {
            let entries: Vec<u8> = tables.iter().map(|t| t.get(byte)).collect();
            truth(&entries)
        })
    }

    pub(crate) fn get(&self, byte: u8) -> u8 {
        self.0[usize::from(byte)]
    }

    /// The one entry, when all are alike.
    pub(crate) fn constant(&self) -> Option<u8> {
        self.0.iter().all(|e| *e == self.0[0]).then_some(self.0[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::K3;

    const ALL: [(u8, K3); 3] = [(NO, K3::No), (UNKNOWN, K3::Unknown), (YES, K3::Yes)];

    fn byte(truth: K3) -> u8 {
        ALL.iter().find(|(_, k)| *k == truth).unwrap().0
    }

    #[test]
    fn two_bits_reckon_as_kleene_logic_does() {
        for (a, x) in ALL {
            assert_eq!(not(a), byte(x.not()));
            for (b, y) in ALL {
                assert_eq!((a & b, a | b), (byte(x.and(y)), byte(x.or(y))), "{x:?} {y:?}");
                let alike = if x.is_known() && y.is_known() { K3::from(x == y) } else { K3::Unknown };
                assert_eq!(same(a, b), byte(alike), "{x:?} {y:?}");
                for (c, z) in ALL {
                    let chosen = match x {
                        K3::Yes => y,
                        K3::No => z,
                        K3::Unknown if y == z => y,
                        K3::Unknown => K3::Unknown,
                    };
                    assert_eq!(choose(a, b, c), byte(chosen), "{x:?} {y:?} {z:?}");
                }
            }
        }
    }
}
