//! What the public pages show beside the pack: service sites, corrected words, outlines of districts. Held in memory and
//! read again every few seconds, so that a correction is seen within a minute on every listener of the registry.

use super::search::Index;
use crate::{App, services::view::configured};
use domain::{
    language::Lang,
    services::{Site, TextPart, TextSubject},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use store::{Scope, StoreError};

/// How long it is shown before the registry is asked again.
const FRESH: Duration = Duration::from_secs(20);

/// The setting that names the outlines of districts in the blob folder.
pub const OUTLINES: &str = "district-outlines";

/// The outline of a district, simplified: rings of (north, east) in millionths of a degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The district's code.
    pub district: String,
    /// Its rings.
    pub rings: Vec<Vec<(i32, i32)>>,
}

/// What the public pages show beside the pack.
#[derive(Debug, Default)]
pub struct Content {
    /// Every site that is not closed for good.
    pub sites: Vec<Site>,
    /// Words in place of the pack's.
    texts: BTreeMap<(TextSubject, String, TextPart), BTreeMap<Lang, String>>,
    /// Outlines of districts; empty when none were imported.
    pub outlines: Vec<Outline>,
    /// What can be searched.
    pub index: Index,
    /// Changes when anything of it does.
    pub stamp: String,
}

impl Content {
    /// The words in place of the pack's, in exactly this language.
    pub fn text(&self, subject: TextSubject, name: &str, part: TextPart, lang: Lang) -> Option<&str> {
        let words = self.texts.get(&(subject, name.to_owned(), part))?;
        words.get(&lang).map(String::as_str)
    }

    /// Every corrected text of a language, for the search.
    pub fn texts(&self) -> impl Iterator<Item = (TextSubject, &str, &str)> {
        self.texts
            .iter()
            .flat_map(|((subject, name, _), words)| words.values().map(move |w| (*subject, name.as_str(), w.as_str())))
    }
}

/// Keeps the newest [`Content`].
#[derive(Debug, Default)]
pub struct Keeper {
    held: Mutex<Option<(Instant, Arc<Content>)>>,
}

impl Keeper {
    fn held(&self) -> MutexGuard<'_, Option<(Instant, Arc<Content>)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// What the public pages show, at most some seconds old. When the registry does not answer, the last known is shown.
    pub async fn content(&self, scope: &Scope) -> Result<Arc<Content>, StoreError> {
        let last = self.keeper.held().clone();
        if let Some((read, content)) = &last
            && read.elapsed() < FRESH
        {
            return Ok(content.clone());
        }
        // While one request reads, the others go on showing what is held.
        if let Some((_, content)) = &last {
            *self.keeper.held() = Some((Instant::now(), content.clone()));
        }
        match (read(self, scope).await, last) {
            (Ok(content), _) => {
                let content = Arc::new(content);
                *self.keeper.held() = Some((Instant::now(), content.clone()));
                Ok(content)
            }
            (Err(error), Some((_, content))) => {
                tracing::error!(%error, "sites and texts were not read again; the last known are shown");
                Ok(content)
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Something was corrected here: the next page reads it.
    pub fn content_changed(&self) {
        *self.keeper.held() = None;
    }
}

async fn read(app: &App, scope: &Scope) -> Result<Content, StoreError> {
    let services = app.store.services(scope);
    let mut sites = services.sites().await?;
    sites.retain(|site| site.closed.is_none());
    sites.extend(configured(app, &sites));
    let texts = services.page_texts().await?;
    let texts = texts.into_iter().map(|text| ((text.subject, text.name, text.part), text.words)).collect();
    let address = app.store.setting(OUTLINES).await?;
    let outlines = match &address {
        Some(address) => app.store.blobs().get(address).await?.and_then(|bytes| serde_json::from_slice(&bytes).ok()),
        None => None,
    };
    let mut content = Content { sites, texts, outlines: outlines.unwrap_or_default(), ..Content::default() };
    content.index = Index::of(&app.pack, &content);
    content.stamp = stamp(app, &content, address.as_deref());
    Ok(content)
}

fn stamp(app: &App, content: &Content, outlines: Option<&str>) -> String {
    let mut hash = Sha256::new();
    hash.update(app.pack.hash());
    for site in &content.sites {
        hash.update(site.id.0.as_bytes());
        hash.update(site.version.to_be_bytes());
    }
    for ((subject, name, part), words) in &content.texts {
        hash.update(format!("{subject}/{name}/{part}/{words:?}"));
    }
    hash.update(outlines.unwrap_or_default());
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
