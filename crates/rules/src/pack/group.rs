//! Groups: whom programmes are for, as people name themselves; for choosing among programmes by who one is.

use super::{Pack, load::Loader, programme::Programme, raw::Placed, words::Words};
use crate::Id;
use serde::{Deserialize, Serialize};

/// The file of a pack that holds them; a pack without it has no groups.
pub(super) const FILE: &str = "groups.toml";

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its id, as in addresses.
    pub id: Id,
    /// Its name.
    pub name: Words,
    /// The words of programmes' `target_groups` that it takes in.
    pub of: Vec<String>,
}

impl Group {
    /// Whether a programme's source says that it is for this group.
    pub fn takes(&self, programme: &Programme) -> bool {
        programme.target_groups.iter().any(|words| self.of.contains(words))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroups {
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    id: Placed,
    name: Words,
    of: Vec<Placed>,
}

impl Loader<'_> {
    /// The groups in the order of the file. Each has a name in every language, takes in words that some programme uses,
    /// and together they take in every word, so that no programme is lost to who looks by group.
    pub(super) fn groups(&mut self, pack: &Pack) -> Vec<Group> {
        if !self.files.contains_key(FILE) {
            return vec![];
        }
        let Some(raw) = self.read::<RawGroups>(FILE) else { return vec![] };
        let mut used: Vec<&str> = pack.programmes.iter().flat_map(|p| &p.target_groups).map(String::as_str).collect();
        used.sort_unstable();
        used.dedup();
        let found: Vec<Group> = raw.group.into_iter().map(|raw| self.group(pack, &used, raw)).collect();
        self.unique(FILE, found.iter().map(|group| &group.id));
        for words in used.iter().filter(|words| !found.iter().any(|group| group.of.iter().any(|of| of == *words))) {
            let message = format!("No group takes in `{words}`, which a programme's target_groups name.");
            self.error(FILE, None, message, Some("Add it to the `of` of a group.".into()));
        }
        found
    }

    fn group(&mut self, pack: &Pack, used: &[&str], raw: RawGroup) -> Group {
        let lacks = |lang: &&String| raw.name.only(lang).is_none_or(str::is_empty);
        let missing: Vec<&str> = pack.languages.iter().filter(lacks).map(String::as_str).collect();
        if !missing.is_empty() {
            let message = format!("The group `{}` has no name in: {}.", raw.id.get_ref(), missing.join(", "));
            self.error(FILE, Some(raw.id.span().start), message, Some("Write it in every language.".into()));
        }
        for words in raw.of.iter().filter(|words| !used.contains(&words.get_ref().as_str())) {
            let message = format!("No programme's target_groups name `{}`.", words.get_ref());
            self.error(FILE, Some(words.span().start), message, Some("Write it as the programmes do.".into()));
        }
        let of = raw.of.iter().map(|words| words.get_ref().as_str().to_owned()).collect();
        Group { id: Id::from(raw.id.get_ref().as_str()), name: raw.name, of }
    }
}
