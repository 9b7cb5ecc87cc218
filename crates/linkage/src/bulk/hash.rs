//! A fast hash with a fixed result: keys and tables come out the same on every run and machine.

use std::hash::{BuildHasherDefault, Hasher};

/// A map with the fast hash.
pub(super) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Fast>>;

/// Multiply and rotate over eight bytes at a time; not for adversaries, who can at worst make a list slow.
#[derive(Default, Clone)]
pub(super) struct Fast(u64);

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hasher for Fast {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
        self.write_u64(bytes.len() as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = mix(self.0, word);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Joins two numbers into one that depends on both and on their order.
pub(super) fn mix(left: u64, right: u64) -> u64 {
    let mut word = (left.rotate_left(23) ^ right).wrapping_mul(ODD);
    word ^= word >> 29;
    word = word.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word ^ (word >> 32)
}

/// The hash of a text.
pub(super) fn of(text: &str) -> u64 {
    let mut hasher = Fast::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
