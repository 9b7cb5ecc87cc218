//! Household and person ids as other people's files write them: whole numbers or text.

use std::{cmp::Ordering, fmt, ops::Range};

/// The ids of a run of rows, in one of two kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ids {
    /// Whole numbers, ordered as numbers.
    Number(Vec<i64>),
    /// Text, ordered by its bytes.
    Text(Texts),
}

/// Texts end to end: text `i` runs from `ends[i-1]` (or 0) to `ends[i]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Where each ends.
    pub ends: Vec<u64>,
    /// All of them.
    pub bytes: Vec<u8>,
}

/// One id, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdRef<'a> {
    /// A number.
    Number(i64),
    /// A text.
    Text(&'a [u8]),
}

impl fmt::Display for IdRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(&String::from_utf8_lossy(text)),
        }
    }
}

impl Texts {
    /// The text at a place.
    pub fn get(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.bytes[start..self.ends[at] as usize]
    }

    /// Adds a text.
    pub fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u64);
    }
}

impl Ids {
    /// None yet, of the kind of another.
    pub fn empty_like(&self) -> Self {
        match self {
            Self::Number(_) => Self::Number(vec![]),
            Self::Text(_) => Self::Text(Texts::default()),
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Number(v) => v.len(),
            Self::Text(t) => t.ends.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id at a place.
    pub fn get(&self, at: usize) -> IdRef<'_> {
        match self {
            Self::Number(v) => IdRef::Number(v[at]),
            Self::Text(t) => IdRef::Text(t.get(at)),
        }
    }

    /// Adds an id; a number among texts is written as text.
    pub fn push(&mut self, id: IdRef<'_>) {
        match (&mut *self, id) {
            (Self::Number(v), IdRef::Number(n)) => v.push(n),
            (Self::Text(t), IdRef::Text(text)) => t.push(text),
            (Self::Text(t), IdRef::Number(n)) => t.push(n.to_string().as_bytes()),
            (Self::Number(_), IdRef::Text(text)) => {
                *self = std::mem::replace(self, Self::Number(vec![])).into_text();
                self.push(IdRef::Text(text));
            }
        }
    }

    /// Numbers written as text.
    pub fn into_text(self) -> Self {
        match self {
            Self::Number(numbers) => {
                let mut texts = Texts::default();
                numbers.iter().for_each(|n| texts.push(n.to_string().as_bytes()));
                Self::Text(texts)
            }
            text => text,
        }
    }

    /// Adds the ids of a range.
    pub fn extend_from(&mut self, other: &Ids, range: Range<usize>) {
        match (&mut *self, other) {
            (Self::Number(a), Self::Number(b)) => a.extend_from_slice(&b[range]),
            (a, b) => range.for_each(|at| a.push(b.get(at))),
        }
    }

    /// Forgets the first ids.
    pub fn drop_front(&mut self, count: usize) {
        match self {
            Self::Number(v) => drop(v.drain(..count)),
            Self::Text(t) => {
                let start = if count == 0 { 0 } else { t.ends[count - 1] };
                t.bytes.drain(..start as usize);
                t.ends.drain(..count);
                t.ends.iter_mut().for_each(|end| *end -= start);
            }
        }
    }

    /// The ids in another order.
    pub fn take(&self, order: &[u32]) -> Ids {
        let mut taken = self.empty_like();
        order.iter().for_each(|at| taken.push(self.get(*at as usize)));
        taken
    }

    /// The first place whose id is not above the one before it, if there is one.
    pub fn first_not_ascending(&self) -> Option<usize> {
        match self {
            Self::Number(v) => v.windows(2).position(|two| two[0] >= two[1]).map(|at| at + 1),
            Self::Text(t) => (1..t.ends.len()).find(|at| t.get(at - 1).cmp(t.get(*at)) != Ordering::Less),
        }
    }
}
