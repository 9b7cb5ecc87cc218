//! Whom the rows of a list may mean, with what is compared.

/// Somebody whom a row may mean; texts as stored. `W` says who it is, in the words of whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<W> {
    /// Whose record.
    pub record: W,
    /// Who: the same for records that were joined.
    pub person: W,
    /// Name.
    pub given: String,
    /// Father's or husband's name.
    pub father_or_husband: Option<String>,
    /// `female`, `male`, `transgender`.
    pub sex: Option<String>,
    /// As stored, with its precision.
    pub birth: Option<String>,
    /// Identity numbers as digits.
    pub numbers: Vec<String>,
    /// Phones as E.164.
    pub phones: Vec<String>,
    /// Village.
    pub village: Option<String>,
    /// Tehsil.
    pub tehsil: Option<String>,
}

impl<W: Clone> Candidate<W> {
    /// Somebody of whom only the name is known.
    pub fn named(person: W, given: impl Into<String>) -> Self {
        Candidate {
            record: person.clone(),
            person,
            given: given.into(),
            father_or_husband: None,
            sex: None,
            birth: None,
            numbers: Vec::new(),
            phones: Vec::new(),
            village: None,
            tehsil: None,
        }
    }
}

/// Whom each row of a batch may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates<W> {
    /// Everybody who comes into question for any row.
    pub known: Vec<Candidate<W>>,
    /// For each row, places in `known`.
    pub of_row: Vec<Vec<usize>>,
}

impl<W> Default for Candidates<W> {
    fn default() -> Self {
        Candidates { known: Vec::new(), of_row: Vec::new() }
    }
}
