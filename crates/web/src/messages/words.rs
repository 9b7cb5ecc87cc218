//! What a message says: one sentence in the family's language that goes as one message of a phone.

use crate::text::T;
use domain::{applications::ReceiptCode, messages::fits};
use rules::Pack;
use store::messages::Due;

/// The words of a message.
///
/// Of protected help, and on a phone that others read, only that there is news: no programme, no office, no name. Nobody
/// is ever named, no link stands in it, and nothing is asked for. A programme's name is left out where it would make two
/// messages of one.
pub fn compose(pack: &Pack, due: &Due) -> String {
    let t = T(due.language);
    let tail = tail(&due.code);
    if due.phone.neutral(due.protected) {
        return plain(t.a("message-neutral", "tail", tail));
    }
    let programme = due.programme.as_ref().and_then(|id| pack.programme(&id.0));
    let id = format!("message-named-{}", due.step.code());
    // A receipt and a complaint are about no programme alone.
    let named = programme.filter(|_| t.has(&id)).map(|programme| {
        let name = t.pack(&programme.name.words).to_owned();
        let values = [("programme", name.into()), ("tail", tail.clone().into())];
        plain(t.with(&id, &values))
    });
    named.filter(|words| fits(words)).unwrap_or_else(|| short(t, due, tail))
}

fn short(t: T, due: &Due, tail: String) -> String {
    let date = due.until.map(|day| t.date(day)).unwrap_or_default();
    let values = [("date", date.into()), ("tail", tail.into())];
    plain(t.with(&format!("message-short-{}", due.step.code()), &values))
}

/// What a paper's code ends with, as it is printed: enough to know the paper by, too little to open anything.
pub fn tail(code: &ReceiptCode) -> String {
    let shown = code.to_string();
    shown.char_indices().nth_back(4).map_or(shown.clone(), |(at, _)| shown[at..].to_owned())
}

/// Without the marks that keep directions apart on a page: each would take a place.
fn plain(text: String) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
