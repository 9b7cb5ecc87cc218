//! What a reader must know to read counts rightly. The terminal says it in English; pages say it by kind.

use std::fmt;

/// What a note is about. `First` is the policy in force, `Second` the one a
/// simulation sets against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Facts that no column gives.
    WithoutColumn,
    /// Facts whose values are too old.
    Stale,
    /// Programmes whose verdicts tell a protected fact.
    Protected,
    /// Groups that cannot be counted by, with why.
    NotCounted,
    /// Programmes that the first policy does not have.
    NotInFirst,
    /// Programmes that the second policy does not have.
    NotInSecond,
    /// Closed in the first policy.
    ClosedInFirst,
    /// Closed in the second policy.
    ClosedInSecond,
    /// Rules not published in the first policy.
    UnpublishedInFirst,
    /// Rules not published in the second policy.
    UnpublishedInSecond,
    /// Open to all in the first policy.
    OpenInFirst,
    /// Open to all in the second policy.
    OpenInSecond,
    /// Scores whose points are not published.
    PointsNotPublished,
    /// A survey without weights.
    NoWeights,
    /// A survey without sizes.
    NoSizes,
}

/// One thing to know, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The kind of thing.
    pub about: About,
    /// Ids of facts, programmes or scores; empty when it concerns all.
    pub items: Vec<String>,
}

impl Note {
    /// A note, unless it is about nothing.
    pub fn of(about: About, items: Vec<String>) -> Option<Self> {
        (!items.is_empty()).then_some(Self { about, items })
    }

    /// A note about everything.
    pub fn all(about: About) -> Self {
        Self { about, items: vec![] }
    }
}

impl About {
    /// The end of its message's id, `report-note-..`.
    pub fn key(self) -> &'static str {
        match self {
            Self::WithoutColumn => "without-column",
            Self::Stale => "stale",
            Self::Protected => "protected",
            Self::NotCounted => "not-counted",
            Self::NotInFirst => "not-in-first",
            Self::NotInSecond => "not-in-second",
            Self::ClosedInFirst => "closed-in-first",
            Self::ClosedInSecond => "closed-in-second",
            Self::UnpublishedInFirst => "unpublished-in-first",
            Self::UnpublishedInSecond => "unpublished-in-second",
            Self::OpenInFirst => "open-in-first",
            Self::OpenInSecond => "open-in-second",
            Self::PointsNotPublished => "points-not-published",
            Self::NoWeights => "no-weights",
            Self::NoSizes => "no-sizes",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self.about {
            About::WithoutColumn => "No column gives these facts, so they are unknown for every household:",
            About::Stale => "Too old at the day of the rules, so unknown for every household:",
            About::Protected => "Left out, since a verdict on them tells a protected fact (--programme names them):",
            About::NotCounted => "Not counted by:",
            About::NotInFirst => "Not in the policy in force, which gives them to nobody:",
            About::NotInSecond => "Not in the policy set against it, which gives them to nobody:",
            About::ClosedInFirst => "Closed in the policy in force, so no for everybody:",
            About::ClosedInSecond => "Closed in the policy set against it, so no for everybody:",
            About::UnpublishedInFirst => "Rules not published in the policy in force, so unknown for everybody:",
            About::UnpublishedInSecond => "Rules not published in the policy set against it, so unknown for everybody:",
            About::OpenInFirst => "Open to all in the policy in force, so yes for everybody:",
            About::OpenInSecond => "Open to all in the policy set against it, so yes for everybody:",
            About::PointsNotPublished => "Points not published, so only scores that the data bring were used:",
            About::NoWeights => "No column of weights: every household of the survey stands for one.",
            About::NoSizes => "No column of sizes: the people of a household are those the table of persons lists.",
        };
        f.write_str(sentence)?;
        if self.items.is_empty() { Ok(()) } else { write!(f, " {}.", self.items.join(", ")) }
    }
}
