//! A draw among equals that anybody can repeat: a keyed hash of the household's id.

use sha2::{Digest, Sha256};

/// The seed of a draw, any text. It is printed and kept with the result, since the result cannot be repeated without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(pub String);

impl Seed {
    /// The household's lot: the first 128 bits of SHA-256 over a label, the seed's length, the seed and the id as text.
    /// It depends on nothing else, so the order of households and the size of the file do not matter.
    pub fn lot(&self, household: &str) -> u128 {
        let mut hash = Sha256::new();
        hash.update(b"onewindow draw 1\0");
        hash.update((self.0.len() as u64).to_be_bytes());
        hash.update(&self.0);
        hash.update(household);
        let digest: [u8; 32] = hash.finalize().into();
        digest[..16].iter().fold(0, |lot, byte| lot << 8 | u128::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::Seed;

    #[test]
    fn a_lot_depends_on_the_seed_and_the_household_alone() {
        let lot = |seed: &str, id: &str| Seed(seed.into()).lot(id);
        assert_eq!(lot("spring", "A1"), lot("spring", "A1"));
        assert_ne!(lot("spring", "A1"), lot("spring", "A2"));
        assert_ne!(lot("spring", "A1"), lot("autumn", "A1"));
        // Where the seed ends and the id begins is part of it.
        assert_ne!(lot("springA", "1"), lot("spring", "A1"));
        // Kept for ever: a stored seed must give the stored list on every later version.
        assert_eq!(format!("{:032x}", lot("spring", "A1")), "028fe3fe9b1a2fa2f146c6d013868bc3");
    }
}
