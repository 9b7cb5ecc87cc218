//! Counts that leave the office: a small one could point at a person.

/// Cells under this are never shown as they are (desk-flow section 7, small-number rule; assumed, not published).
pub const SMALL: i64 = 5;

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing at all points at nobody.
    None,
    /// One to four: only that there are some.
    Few,
    /// Five and more, rounded to the nearest five, so that two figures subtracted do not give a small one back.
    About(i64),
}

impl Shown {
    /// The count as it may be shown.
    pub fn of(count: i64) -> Self {
        match count {
            ..=0 => Shown::None,
            1..SMALL => Shown::Few,
            many => Shown::About((many + SMALL / 2) / SMALL * SMALL),
        }
    }
}
