//! Where one applies, in words: what programmes write as `apply_at`, in every language of the pack.

use super::{Pack, load::Loader, raw::Placed, words::Words};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file of a pack that holds them; in a pack without it they are read as the programmes write them.
pub(super) const FILE: &str = "apply.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApply {
    place: Vec<RawPlace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlace {
    at: Placed,
    text: Words,
}

impl Loader<'_> {
    /// The words by what programmes write; each in every language, none missing and none that no programme writes.
    pub(super) fn apply(&mut self, pack: &Pack) -> BTreeMap<String, Words> {
        let mut found = BTreeMap::new();
        if !self.files.contains_key(FILE) {
            return found;
        }
        let Some(raw) = self.read::<RawApply>(FILE) else { return found };
        let written: BTreeSet<&str> = pack.programmes.iter().flat_map(|p| &p.apply_at).map(String::as_str).collect();
        for place in raw.place {
            let at = place.at.get_ref();
            let lacks = |lang: &&String| place.text.only(lang).is_none_or(str::is_empty);
            let missing: Vec<&str> = pack.languages.iter().filter(lacks).map(String::as_str).collect();
            let start = Some(place.at.span().start);
            if !missing.is_empty() {
                let message = format!("The place `{at}` has no text in: {}.", missing.join(", "));
                self.error(FILE, start, message, Some("Write it in every language of the pack.".into()));
            }
            if !written.contains(at.as_str()) {
                let near = super::error::did_you_mean(at, written.iter().copied());
                self.error(FILE, start, format!("No programme is applied for at `{at}`."), near);
            }
            if found.insert(at.clone(), place.text).is_some() {
                self.error(FILE, start, format!("The place `{at}` stands here twice."), Some("Keep one.".into()));
            }
        }
        for at in written.into_iter().filter(|at| !found.contains_key(*at)) {
            let message = format!("The place `{at}`, where a programme is applied for, has no words here.");
            self.error(FILE, None, message, Some("Write it in every language, or as another programme does.".into()));
        }
        found
    }
}
