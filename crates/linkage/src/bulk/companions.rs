//! The companions of a name as a set: Muhammad, Khan, Bibi, Gul, Shah.
//!
//! They stand with half of all names and tell little alone, but two women of one given name, one village and nearly one
//! year of birth are two women more often when one is Khatoon and the other Begum. Clerks leave them out and put a Khan or
//! Bibi in, so a companion that only one record has says nothing; how much one shared or two different ones say is learned.

use crate::names::{self, Weight, data};

/// The companions that stand beside a telling part, a bit for each; 0 when there is none.
pub(super) fn read(typed: &str) -> u32 {
    let parts = names::parts(typed);
    let top = parts.iter().map(|part| part.weight).max().unwrap_or(Weight::Title);
    let beside = parts.iter().filter(|part| part.weight > Weight::Title && part.weight < top);
    beside.filter_map(|part| data::companion(&part.folded)).fold(0, |all, at| all | 1 << at)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn companions_are_a_set_whatever_their_order_spelling_and_script() {
        let check = |left: &str, right: &str, same: bool| {
            assert_eq!(read(left) == read(right), same, "{left}, {right}: {:b} {:b}", read(left), read(right));
        };
        check("Amina Bibi", "آمنہ بی بی", true);
        check("Amina Bibi", "Bibi Amina", true);
        check("Muhammad Bilal Khan", "M. Bilal Khaan", true);
        check("Zainab Begum", "Zainab Khatoon", false);
        check("Bilal Shah", "Bilal", false);
        // Without a name of its own a companion is the name.
        assert_eq!(read("Gul Jan"), 0);
        assert_eq!(read("Bibi"), 0);
        assert_eq!(read("Mst Zainab"), 0);
        assert_eq!(read(""), 0);
    }
}
