//! Messages to a family's phone: who reads there, what may be said, how much room a message has, when it is tried again.

use crate::{codes, people::MessagePhone};

codes! {
    /// Who else reads what comes to a phone, as the family says.
    SeenBy {
        /// Nobody but the person who gave the number.
        Nobody = "nobody",
        /// Others of the same house.
        House = "house",
        /// Others: a neighbour's, a shop's or a relative's phone.
        Others = "others",
    }
}

codes! {
    /// What a message tells.
    MessageStep {
        /// Applications were taken, and there is a receipt.
        Applied = "applied",
        /// The department asks the family for something.
        Returned = "returned",
        /// Approved.
        Approved = "approved",
        /// Refused.
        Refused = "refused",
        /// Eligible, but no place or money yet.
        Waiting = "waiting",
        /// Something was paid or handed over.
        Delivered = "delivered",
        /// A complaint was answered.
        Answered = "answered",
        /// A complaint was passed on, and its clock runs longer.
        Extended = "extended",
        /// A request to correct what is on file was answered.
        Correction = "correction",
    }
}

codes! {
    /// Where a message stands.
    MessageState {
        /// To be sent, now or later.
        Waiting = "waiting",
        /// Handed to the sender.
        Sent = "sent",
        /// Not sent, because the family does not agree any more.
        Dropped = "dropped",
        /// Given up after too many tries.
        Dead = "dead",
    }
}

impl MessagePhone {
    /// Whether a message there says only that there is news: about protected help always, and on a phone that others read.
    pub fn neutral(&self, protected: bool) -> bool {
        protected || self.seen_by != SeenBy::Nobody
    }
}

/// Septets of one message in the GSM alphabet (3GPP TS 23.038, 140 octets of 7 bits).
pub const GSM_ROOM: usize = 160;
/// Units of one message in any other alphabet (the same 140 octets as UCS-2).
pub const UCS_ROOM: usize = 70;

/// The basic alphabet of 3GPP TS 23.038 without its Greek letters, and the signs that take two places.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWICE: &str = "^{}\\[~]|€";

/// Places a text takes, and how many one message has for it: 160 in the GSM alphabet, 70 for Urdu and Pashto.
pub fn room(text: &str) -> (usize, usize) {
    let places = |c: char| match c {
        c if BASIC.contains(c) => Some(1),
        c if TWICE.contains(c) => Some(2),
        _ => None,
    };
    match text.chars().map(places).sum::<Option<usize>>() {
        Some(taken) => (taken, GSM_ROOM),
        None => (text.encode_utf16().count(), UCS_ROOM),
    }
}

/// Whether a text goes as one message.
pub fn fits(text: &str) -> bool {
    let (taken, room) = room(text);
    taken <= room
}

/// How often a message is tried at most.
pub const MOST_TRIES: u32 = 8;

/// Seconds until the next try after so many failed ones: a minute, then four times as long each time, a day at most;
/// `None` when it is given up.
pub fn pause(failed: u32) -> Option<i64> {
    (failed < MOST_TRIES).then(|| (60 * 4i64.pow(failed.saturating_sub(1).min(8))).min(86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_160_places_in_gsm_letters_and_70_in_urdu() {
        let check = |text: &str, want: (usize, usize)| assert_eq!(room(text), want, "{text}");
        check("Approved.", (9, 160));
        check("a[b]", (6, 160));
        check("منظور", (5, 70));
        check("Approved: منظور", (15, 70));
        check("dash \u{2013}", (6, 70));
        assert!(fits(&"a".repeat(160)) && !fits(&"a".repeat(161)));
        assert!(fits(&"م".repeat(70)) && !fits(&"م".repeat(71)));
    }

    #[test]
    fn the_pauses_grow_and_end() {
        let pauses: Vec<Option<i64>> = (1..=8).map(pause).collect();
        let want = [60, 240, 960, 3_840, 15_360, 61_440, 86_400].map(Some);
        assert_eq!((&pauses[..7], pauses[7]), (&want[..], None));
    }

    #[test]
    fn a_shared_phone_and_protected_help_get_neutral_words() {
        let phone =
            |seen_by| MessagePhone { number: "+923001234567".to_owned(), whose: "Amina Bibi".to_owned(), seen_by };
        let check =
            |seen_by, protected, want| assert_eq!(phone(seen_by).neutral(protected), want, "{seen_by} {protected}");
        check(SeenBy::Nobody, false, false);
        check(SeenBy::Nobody, true, true);
        check(SeenBy::House, false, true);
        check(SeenBy::Others, false, true);
    }
}
