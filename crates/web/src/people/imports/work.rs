//! The worker in the background: takes up imports and dry runs, batch after batch, also after the program was killed.
//!
//! What is done stands in the journal: a batch's number is the record's version, so a batch is taken once however often
//! somebody begins with it, and whoever takes an import up goes on behind the last batch.

use super::fault_code;
use crate::Clock;
use batch::lists::{Districts, Ended, FileFault, ListFile, Matcher, RawRow, Reading};
use domain::people::{Birth, Import, ImportFinished, ImportOpened, ImportState, Listed, RowOutcome, RowRefused, Tally};
use linkage::PersonForKeys;
use rules::Pack;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use store::{
    Scope, Store, StoreError,
    people::lists::{Ahead, ImportJob},
};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

/// How many people of the registry are read to count how common names are.
const SAMPLE: usize = 20_000;
/// Rows that a report shows.
const EXAMPLES: usize = 40;
/// How long a dry run is kept.
const KEPT_DAYS: i64 = 7;

/// The batches of a file as they are read, and the thread that reads them.
type Batches = (mpsc::Receiver<Vec<RawRow>>, JoinHandle<Result<Ended, FileFault>>);

/// A worker of this installation.
pub struct Worker {
    store: Store,
    pack: Arc<Pack>,
    clock: Clock,
    scope: Scope,
    id: Uuid,
}

/// What trying a list came to; nothing of it is written but this.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct DryReport {
    /// What the rows would come to.
    pub tally: Tally,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Refusals by reason.
    pub refused: BTreeMap<String, u64>,
    /// What could not be read, by kind.
    pub notes: BTreeMap<String, u64>,
    /// Some rows that are not simply new or matched.
    pub examples: Vec<Example>,
}

/// A row of a report.
#[derive(Debug, Serialize, Deserialize)]
pub struct Example {
    /// Its place in the file.
    pub line: u64,
    /// Whom it names.
    pub name: String,
    /// Families and codes of messages.
    pub why: Vec<(String, String)>,
}

/// What one import reads and decides by.
struct Engine {
    reading: Reading,
    matcher: Matcher,
}

/// Rows as they were read, and whom they may mean among the registered.
struct Next {
    rows: Vec<Listed>,
    ahead: Ahead,
}

/// What decides where an import stops.
enum Stop {
    Store(StoreError),
    /// A code of a message.
    Fault(String),
    /// Somebody else took it, or an officer cancelled it.
    Moved,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(_) => Stop::Moved,
            other => Stop::Store(other),
        }
    }
}

impl Worker {
    /// A worker that acts as the program itself.
    pub fn new(store: Store, pack: Arc<Pack>, clock: Clock, scope: Scope) -> Self {
        Worker { store, pack, clock, scope, id: Uuid::now_v7() }
    }

    /// Works for as long as the program runs.
    pub async fn run(self) {
        let week = chrono::Duration::days(KEPT_DAYS);
        if let Err(error) = self.store.lists(&self.scope).sweep(self.clock.now() - week).await {
            tracing::error!(%error, "old dry runs are swept at the next start");
        }
        loop {
            match self.step().await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(Duration::from_secs(1)).await,
                Err(error) => {
                    tracing::error!(%error, "an import stopped; it is taken up again");
                    tokio::time::sleep(Duration::from_secs(5)).await;
                }
            }
        }
    }

    /// Does the next thing there is to do; false when there is none.
    pub async fn step(&self) -> Result<bool, StoreError> {
        let lists = self.store.lists(&self.scope);
        if let Some(import) = lists.claim_import(self.id, self.clock.now()).await? {
            let id = import.id;
            return self.ended(id, self.import(import).await).await;
        }
        if let Some(job) = lists.claim_dry_run(self.id, self.clock.now()).await? {
            let id = job.import;
            return self.ended(id, self.try_list(&job).await).await;
        }
        Ok(false)
    }

    async fn ended(&self, id: domain::ids::ImportId, done: Result<(), Stop>) -> Result<bool, StoreError> {
        let lists = self.store.lists(&self.scope);
        match done {
            Ok(()) | Err(Stop::Moved) => lists.let_go(id).await.map(|()| true),
            Err(Stop::Fault(code)) => lists.fail(id, &code).await.map(|()| true),
            Err(Stop::Store(error)) => {
                lists.let_go(id).await?;
                Err(error)
            }
        }
    }

    /// Takes the rows that were not taken yet.
    async fn import(&self, import: Import) -> Result<(), Stop> {
        let lists = self.store.lists(&self.scope);
        let engine = self.engine(&import.opened).await?;
        let taken = u64::from(import.batches) * u64::from(import.opened.batch_rows);
        let (mut chunks, reader) = self.rows(&import.opened, taken)?;
        let (mut version, mut read) = (import.version, taken);
        let mut next = self.next(&engine, &mut chunks).await?;
        while let Some(batch) = next {
            read += batch.rows.len() as u64;
            let rows = self.decided(&engine, batch, &mut HashSet::new()).await?;
            // While these are written, the next ones are read and looked up among the registered.
            let accepted = lists.accept(import.id, version, &rows, self.clock.now());
            let (accepted, ahead) = tokio::join!(accepted, self.next(&engine, &mut chunks));
            accepted?;
            next = ahead?;
            version += 1;
            lists.beat(import.id, read, self.clock.now()).await?;
        }
        whole(reader).await?;
        let now = lists.import(import.id).await?.ok_or(Stop::Moved)?;
        if now.state != ImportState::Running {
            return Err(Stop::Moved);
        }
        lists.note(import.id, version, ImportFinished { tally: now.tally }, self.clock.now()).await?;
        // The rows keep what was written; the file would keep it from being erased.
        Ok(lists.let_file_go(&import.opened.file).await?)
    }

    /// Reads and decides every row, and writes only a report.
    async fn try_list(&self, job: &ImportJob) -> Result<(), Stop> {
        let lists = self.store.lists(&self.scope);
        let engine = self.engine(&job.plan).await?;
        let (mut chunks, reader) = self.rows(&job.plan, 0)?;
        let (mut seen, mut report, mut read) = (HashSet::new(), DryReport::default(), 0);
        while let Some(batch) = self.next(&engine, &mut chunks).await? {
            read += batch.rows.len() as u64;
            for row in self.decided(&engine, batch, &mut seen).await? {
                report.count(&row);
            }
            lists.beat(job.import, read, self.clock.now()).await?;
        }
        report.blank = whole(reader).await?.blank;
        let text = serde_json::to_string(&report).map_err(|error| Stop::Fault(error.to_string()))?;
        Ok(lists.report(job.import, &text).await?)
    }

    async fn engine(&self, opened: &ImportOpened) -> Result<Arc<Engine>, Stop> {
        let lists = self.store.lists(&self.scope);
        let population = u64::try_from(lists.population().await?).unwrap_or(0);
        let sample = lists.sample(SAMPLE).await?;
        let reading = Reading::new(opened, districts(&self.pack));
        let matcher = in_background(move || Matcher::new(population, &sample)).await?.map_err(Stop::Fault)?;
        Ok(Arc::new(Engine { reading, matcher }))
    }

    /// The rows of a list behind the first `skip`, in batches, read on a thread of their own.
    fn rows(&self, opened: &ImportOpened, skip: u64) -> Result<Batches, Stop> {
        let path = self.store.blobs().file(&opened.file).ok_or_else(|| Stop::Fault("file_gone".to_owned()))?;
        let (send, receive) = mpsc::channel(2);
        let batch = opened.batch_rows.max(1) as usize;
        Ok((receive, tokio::task::spawn_blocking(move || read_rows(path, batch, skip, &send))))
    }

    /// The next rows, and whom they may mean among the registered.
    async fn next(&self, engine: &Arc<Engine>, chunks: &mut mpsc::Receiver<Vec<RawRow>>) -> Result<Option<Next>, Stop> {
        let Some(raw) = chunks.recv().await else { return Ok(None) };
        let reads = engine.clone();
        let rows: Vec<Listed> =
            in_background(move || raw.into_iter().map(|row| reads.reading.row(row)).collect()).await?;
        let ahead = self.ahead(&rows).await?;
        Ok(Some(Next { rows, ahead }))
    }

    /// Decides whom the rows of a batch mean.
    async fn decided(
        &self,
        engine: &Arc<Engine>,
        batch: Next,
        seen: &mut HashSet<String>,
    ) -> Result<Vec<Listed>, Stop> {
        let Next { mut rows, mut ahead } = batch;
        let lists = self.store.lists(&self.scope);
        let keys: Vec<String> = rows.iter().filter(|row| open(row)).map(|row| row.row_key.clone()).collect();
        let taken: HashSet<String> = lists.taken(&keys).await?.into_iter().collect();
        for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| open(row)) {
            if taken.contains(&row.row_key) || !seen.insert(row.row_key.clone()) {
                ahead.leave_out(at);
                row.outcome = RowOutcome::Refused { reason: RowRefused::Repeated };
                row.benefits.clear();
            }
        }
        let likely = lists.likely(ahead).await?;
        let engine = engine.clone();
        in_background(move || {
            engine.matcher.decide(&mut rows, &likely);
            rows
        })
        .await
    }

    async fn ahead(&self, rows: &[Listed]) -> Result<Ahead, Stop> {
        let held: Vec<[Vec<&str>; 2]> = rows
            .iter()
            .map(|row| [&row.number, &row.phone].map(|text| text.iter().map(String::as_str).collect()))
            .collect();
        let mut asked = Vec::with_capacity(rows.len());
        for (row, [numbers, phones]) in rows.iter().zip(&held) {
            asked.push(if open(row) {
                PersonForKeys {
                    given: &row.given,
                    father_or_husband: row.father_or_husband.as_deref(),
                    village: row.village.as_deref(),
                    district: None,
                    birth_year: row.birth.map(Birth::year),
                    numbers,
                    phones,
                }
            } else {
                PersonForKeys::default()
            });
        }
        Ok(self.store.lists(&self.scope).ahead(&asked).await?)
    }
}

/// Not refused so far.
fn open(row: &Listed) -> bool {
    !matches!(row.outcome, RowOutcome::Refused { .. })
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stop> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Stop::Store(StoreError::Closed))
}

async fn whole(reader: JoinHandle<Result<Ended, FileFault>>) -> Result<Ended, Stop> {
    match reader.await {
        Ok(Ok(ended)) => Ok(ended),
        Ok(Err(fault)) => Err(Stop::Fault(fault_code(&fault))),
        Err(_) => Err(Stop::Fault("unreadable".to_owned())),
    }
}

fn read_rows(path: PathBuf, batch: usize, skip: u64, send: &mpsc::Sender<Vec<RawRow>>) -> Result<Ended, FileFault> {
    let file = ListFile::open(&path)?;
    let (mut chunk, mut at, mut heard) = (Vec::with_capacity(batch), 0, true);
    let ended = file.each(|row| {
        at += 1;
        if at > skip {
            chunk.push(row);
        }
        if chunk.len() == batch {
            heard = send.blocking_send(std::mem::replace(&mut chunk, Vec::with_capacity(batch))).is_ok();
        }
        heard
    })?;
    if heard && !chunk.is_empty() {
        // Nobody listens any more when the import was cancelled.
        let _ = send.blocking_send(chunk);
    }
    Ok(ended)
}

/// The districts of a pack by their codes and by their names in every language.
pub fn districts(pack: &Pack) -> Districts {
    let names = pack.places().iter().flat_map(|place| {
        let code = place.code.as_str();
        ["en", "ur", "ps"].map(|lang| (place.name.get(lang), code)).into_iter().chain([(code, code)])
    });
    Districts::new(names)
}

impl DryReport {
    fn count(&mut self, row: &Listed) {
        self.tally.count(row.outcome.state());
        for note in &row.notes {
            *self.notes.entry(note.code().to_owned()).or_default() += 1;
        }
        let mut why: Vec<(String, String)> = Vec::new();
        match &row.outcome {
            RowOutcome::Refused { reason } => {
                *self.refused.entry(reason.code().to_owned()).or_default() += 1;
                why.push(("row-refused".to_owned(), reason.code().to_owned()));
            }
            RowOutcome::Review { among } => {
                let codes = among.first().map(|like| like.why.clone()).unwrap_or_default();
                why.extend(codes.into_iter().map(|code| ("evidence".to_owned(), code)));
            }
            RowOutcome::New | RowOutcome::Matched { .. } => {}
        }
        why.extend(row.notes.iter().map(|note| ("row-note".to_owned(), note.code().to_owned())));
        if !why.is_empty() && self.examples.len() < EXAMPLES {
            self.examples.push(Example { line: row.line, name: row.given.clone(), why });
        }
    }
}
