//! Situations: how a person in need names what happened to them, and where each one leads.

use super::{
    Pack,
    load::Loader,
    raw::Placed,
    words::{Mark, Words},
};
use crate::Id;
use domain::services::Service;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file of a pack that holds them; a pack without it has no situations.
pub(super) const FILE: &str = "situations.toml";

/// What happened to somebody, in their words, with the first steps and the programmes it may open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Situation {
    /// Its id, as in the address of its page.
    pub id: Id,
    /// The name of its drawing.
    pub drawing: String,
    /// Being seen on this page may be dangerous: it has a quick exit, and no machine between keeps it.
    pub private: bool,
    /// Two words under the drawing.
    pub tile: Words,
    /// What the person would say: "My husband has died".
    pub title: Words,
    /// One sentence: what there is.
    pub line: Words,
    /// What to do first, in order.
    pub steps: Vec<Words>,
    /// Programmes in the order to try.
    pub programmes: Vec<Id>,
    /// What to look for among the service sites.
    pub services: Vec<Service>,
    /// More words that people search it by, in any script.
    pub words: Vec<String>,
    /// How far each language was checked; absent reads as `machine`.
    pub marks: BTreeMap<String, Mark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSituations {
    situation: Vec<RawSituation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSituation {
    id: Placed,
    drawing: String,
    #[serde(default)]
    private: bool,
    tile: Words,
    title: Words,
    line: Words,
    #[serde(default)]
    step: Vec<Words>,
    programmes: Vec<Placed>,
    #[serde(default)]
    services: Vec<Placed>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    marks: BTreeMap<String, Mark>,
}

/// The languages of the pack in which a text of a situation is missing.
fn missing_languages<'p>(pack: &'p Pack, raw: &RawSituation) -> Vec<&'p str> {
    let lacks = |lang: &&String| {
        let mut texts = [&raw.tile, &raw.title, &raw.line].into_iter().chain(&raw.step);
        texts.any(|words| words.only(lang).is_none_or(str::is_empty))
    };
    pack.languages.iter().filter(lacks).map(String::as_str).collect()
}

impl Loader<'_> {
    /// The situations in the order of the file, each text in every language of the pack.
    pub(super) fn situations(&mut self, pack: &Pack) -> Vec<Situation> {
        if !self.files.contains_key(FILE) {
            return vec![];
        }
        let Some(raw) = self.read::<RawSituations>(FILE) else { return vec![] };
        let found: Vec<Situation> = raw.situation.into_iter().map(|raw| self.situation(pack, raw)).collect();
        self.unique(FILE, found.iter().map(|situation| &situation.id));
        found
    }

    fn situation(&mut self, pack: &Pack, raw: RawSituation) -> Situation {
        let missing = missing_languages(pack, &raw);
        let at = Some(raw.id.span().start);
        if !missing.is_empty() {
            let id = raw.id.get_ref();
            let message = format!("A text of the situation `{id}` is missing in: {}.", missing.join(", "));
            self.error(FILE, at, message, Some("Write tile, title, line and each step in every language.".into()));
        }
        if raw.programmes.is_empty() {
            let message = format!("The situation `{}` leads to no programme.", raw.id.get_ref());
            self.error(FILE, at, message, Some("Name at least one programme to try.".into()));
        }
        let known: Vec<Id> = pack.programmes.iter().map(|programme| programme.id.clone()).collect();
        let programme = |id: &Placed| self.known(FILE, id, "programme", known.iter().map(Id::as_str));
        let programmes = raw.programmes.iter().map(programme).collect();
        let services = raw.services.iter().filter_map(|code| self.service(code)).collect();
        Situation {
            id: Id::from(raw.id.get_ref().as_str()),
            drawing: raw.drawing,
            private: raw.private,
            tile: raw.tile,
            title: raw.title,
            line: raw.line,
            steps: raw.step,
            programmes,
            services,
            words: raw.words,
            marks: raw.marks,
        }
    }

    fn service(&mut self, code: &Placed) -> Option<Service> {
        self.known(FILE, code, "service", Service::ALL.iter().map(|service| service.code()));
        code.get_ref().parse().ok()
    }
}
