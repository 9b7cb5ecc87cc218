//! Requests for corrections of the forgotten: whatever a family wrote or was told in one goes with the person it is about.

use super::{Kept, REMOVED, holds};
use domain::ids::PersonId;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What of a request, or of its answer, is words: whether it may stand empty.
const WORDS: &[(&str, &str, bool)] = &[
    ("correction-asked", "whose", true),
    ("correction-asked", "should_be", false),
    ("correction-asked", "why", false),
    ("correction-asked", "paper", true),
    ("correction-answered", "words", true),
];

/// The requests that are about the forgotten: all of a family's; of one person those that name them, or by which their
/// details were corrected.
pub(super) fn about(events: &[Kept], person: Option<PersonId>, names: &[String]) -> BTreeSet<Uuid> {
    let mine = |event: &&Kept| {
        let Some(person) = person else { return event.kind.starts_with("correction-") };
        let answered = event.kind == "correction-answered";
        let corrected =
            answered && event.payload.pointer("/done/person").and_then(Json::as_str) == Some(&person.to_string());
        let named = texts(event).any(|text| holds(text, names));
        corrected || named
    };
    events.iter().filter(mine).map(|event| event.record.id).collect()
}

fn texts(event: &Kept) -> impl Iterator<Item = &str> {
    let fields = WORDS.iter().filter(move |(kind, _, _)| *kind == event.kind);
    fields.filter_map(move |(_, field, _)| event.payload[*field].as_str())
}

/// Takes the words out; whether there were any.
pub(super) fn strip(event: &mut Kept) -> bool {
    let mut stripped = false;
    for (_, field, empty) in WORDS.iter().filter(|(kind, _, _)| *kind == event.kind) {
        if event.payload[*field].is_string() {
            event.payload[*field] = if *empty { Json::Null } else { Json::String(REMOVED.to_owned()) };
            stripped = true;
        }
    }
    stripped
}
