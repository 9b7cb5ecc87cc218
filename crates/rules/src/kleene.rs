//! Three-valued logic: yes, no, and *not known yet* (Kleene's strong logic; CEL's `&&` and `||` absorb errors alike).

use serde::{Deserialize, Serialize};

/// The truth of a condition when some facts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum K3 {
    /// False whatever the missing facts are.
    No,
    /// The facts held do not decide.
    Unknown,
    /// True whatever the missing facts are.
    Yes,
}

impl K3 {
    /// Both: no as soon as one is no, unknown unless both are known.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one: yes as soon as one is yes.
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; unknown stays unknown.
    #[expect(clippy::should_implement_trait, reason = "reads as the word the policy uses")]
    pub fn not(self) -> Self {
        match self {
            K3::No => K3::Yes,
            K3::Unknown => K3::Unknown,
            K3::Yes => K3::No,
        }
    }

    /// Whether the facts held decide.
    pub fn is_known(self) -> bool {
        self != K3::Unknown
    }
}

impl From<bool> for K3 {
    fn from(known: bool) -> Self {
        if known { K3::Yes } else { K3::No }
    }
}

#[cfg(test)]
mod tests {
    use super::K3::{self, No, Unknown, Yes};

    #[test]
    fn unknown_is_decided_only_by_a_decisive_partner() {
        let check = |a: K3, b: K3, and: K3, or: K3| {
            assert_eq!((a.and(b), b.and(a)), (and, and), "{a:?} and {b:?}");
            assert_eq!((a.or(b), b.or(a)), (or, or), "{a:?} or {b:?}");
        };
        check(Yes, Yes, Yes, Yes);
        check(Yes, No, No, Yes);
        check(No, No, No, No);
        check(Yes, Unknown, Unknown, Yes);
        check(No, Unknown, No, Unknown);
        check(Unknown, Unknown, Unknown, Unknown);
        assert_eq!([Yes.not(), No.not(), Unknown.not()], [No, Yes, Unknown]);
    }
}
