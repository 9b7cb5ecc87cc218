//! A policy over a registry: for every household the score and a verdict per programme, and totals.

mod encode;
pub(crate) mod groups;
mod parts;
mod reasons;
mod result;
mod totals;

use crate::{
    bind::Asked,
    chunk::Layout,
    fault::{Fault, Faults},
    files::{Files, Order},
    notes::{About, Note},
    run::{self, Bound, Ran},
    snapshot::Snapshot,
};
use groups::Groups;
pub use result::reasons_name;
use result::{Encoded, Meaning, ResultFile};
use rules::{Date, Id, K3, Pack, column::Wanted};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};
pub use totals::{Counts, Row, Totals};

/// What is wanted of a run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The reference date of the rules; the day of the data when it is not given.
    pub at: Option<Date>,
    /// Programmes by id; when it is `None`, all of the policy that are not protected: a verdict on a protected programme
    /// tells a protected fact, so it is written only for who names the programme.
    pub programmes: Option<Vec<String>>,
    /// Districts; all when it is empty. Only for snapshots, which lie by district.
    pub districts: Vec<String>,
    /// Facts to count by, beside the district: `household.x`, `person.x` (any member) or `head.x`.
    pub by: Vec<String>,
    /// Also write the persons who meet the criteria.
    pub candidates: bool,
    /// Also write which criterion decided and which facts are missing.
    pub deciding: bool,
    /// How many threads.
    pub threads: usize,
}

impl Options {
    /// What is asked of a policy.
    pub fn wanted(&self, pack: &Pack) -> Wanted {
        let open = || pack.programmes().iter().filter(|p| !p.protected).map(|p| p.id.to_string()).collect();
        Wanted { programmes: Some(self.programmes.clone().unwrap_or_else(open)), ..Wanted::default() }
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Counts of verdicts.
    pub totals: Totals,
    /// The reference date.
    pub at: Date,
    /// The day the data stand for.
    pub day: Date,
    /// What a reader must know to read the counts rightly.
    pub notes: Vec<Note>,
    /// Columns of the tables that no fact comes from.
    pub left_out: Vec<String>,
    /// Programmes that were left out because their verdicts are protected.
    pub protected: Vec<String>,
    /// Blocks that an earlier run of the same had done.
    pub resumed: usize,
    /// The file of reasons, when one was asked for.
    pub reasons: Option<PathBuf>,
}

/// How far a run has come: households done, and of how many when that is known.
pub type Progress<'a> = &'a dyn Fn(u64, Option<u64>);

/// Everything that stays the same during a run.
struct Run<'a> {
    pack: &'a Pack,
    bound: Bound,
    layout: &'a Layout,
    groups: Groups,
    meaning: Meaning,
    options: &'a Options,
    day: Date,
    at: Date,
}

/// One part of the result with its counts.
struct Part {
    encoded: Encoded,
    totals: Totals,
    reasons: Vec<reasons::Reason>,
}

impl<'a> Run<'a> {
    fn new(
        pack: &'a Pack,
        layout: &'a Layout,
        day: Date,
        options: &'a Options,
        text_ids: bool,
    ) -> Result<Self, Faults> {
        let at = options.at.unwrap_or(day);
        let wanted = options.wanted(pack);
        let groups = Groups::new(layout, &options.by);
        let bound = Bound::new(pack, at, &wanted, layout, day, &groups.facts())?;
        let groups = groups.placed(|name| bound.selected(layout, name), options.candidates || options.deciding, layout);
        let meaning = Meaning::new(&bound.program, pack, layout, text_ids);
        Ok(Self { pack, bound, layout, groups, meaning, options, day, at })
    }

    /// Whether reasons are asked for, which need every column.
    fn explains(&self) -> bool {
        self.options.candidates || self.options.deciding
    }

    fn part(&self, ran: &Ran) -> Result<Part, Faults> {
        let encoded = self.meaning.encode(ran)?;
        let totals = self.groups.count(ran, &self.layout.districts, &self.meaning.programmes);
        let reasons = if self.explains() { reasons::of(self, ran) } else { vec![] };
        Ok(Part { encoded, totals, reasons })
    }

    fn notes(&self) -> Vec<Note> {
        let settled = |truth| settled(self.pack, &self.meaning.programmes, truth);
        let stale = self.bound.program.stale().iter().map(Id::to_string).collect();
        let notes = [
            Note::of(About::WithoutColumn, self.bound.without_column.clone()),
            Note::of(About::Stale, stale),
            Note::of(About::NotCounted, self.groups.not_counted.clone()),
            Note::of(About::ClosedInFirst, settled(K3::No)),
            Note::of(About::UnpublishedInFirst, settled(K3::Unknown)),
            Note::of(About::OpenInFirst, settled(K3::Yes)),
        ];
        notes.into_iter().flatten().collect()
    }

    fn report(&self, totals: Totals) -> Report {
        Report {
            totals,
            at: self.at,
            day: self.day,
            notes: self.notes(),
            left_out: vec![],
            protected: match self.options.programmes {
                Some(_) => vec![],
                None => self.pack.programmes().iter().filter(|p| p.protected).map(|p| p.id.to_string()).collect(),
            },
            resumed: 0,
            reasons: None,
        }
    }
}

/// Runs a policy over a snapshot and writes the result. A run that was interrupted is taken up again by district.
///
/// # Errors
/// A damaged snapshot, another dictionary, an unknown district or programme, a full disk. After an error nothing bears
/// the result's name.
pub fn snapshot(
    pack: &Pack,
    snapshot: &Snapshot,
    options: &Options,
    out: &Path,
    progress: Progress,
) -> Result<Report, Faults> {
    let index = snapshot.index();
    index.reference(options.at)?;
    let run = Run::new(pack, &index.layout, index.day, options, index.text_ids)?;
    parts::run(&run, snapshot, out, progress)
}

/// Runs a policy over two tables and writes the result, in the order of the households' table if both tables go by
/// household id, otherwise by district and id.
///
/// # Errors
/// Whatever does not fit in the tables, with file, row and column; a full disk. After an error nothing bears the
/// result's name.
pub fn files(
    households: &Path,
    persons: &Path,
    asked: &Asked,
    options: &Options,
    out: &Path,
    progress: Progress,
) -> Result<Report, Faults> {
    let explains = options.candidates || options.deciding;
    let needed = needed(asked, options)?;
    let only = if explains { asked.only } else { Some(&needed[..]) };
    let asked = Asked { only, person_ids: explains, ..*asked };
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = Files::open(households, persons, &asked, options.threads, folder)?;
    let run = Run::new(asked.pack, files.layout(), files.day(), options, files.has_text_ids())?;
    let begin = || ResultFile::create(out, &run.meaning, run.explains());
    let file = RefCell::new(Some((begin()?, Totals::default())));
    files.chunks(
        Order::AsTheyCome,
        &mut |chunk| {
            let parts = run::chunk(&run.bound, &chunk, options.threads, &|ran| run.part(ran))?;
            let mut file = file.borrow_mut();
            let Some((file, totals)) = file.as_mut() else { return Ok(()) };
            for part in parts {
                totals.add(&part.totals);
                file.add(part.encoded, &part.reasons)?;
            }
            progress(totals.households(), files.rows());
            Ok(())
        },
        &mut || {
            // The half-written file goes before another begins under the same name.
            *file.borrow_mut() = None;
            *file.borrow_mut() = Some((begin()?, Totals::default()));
            Ok(())
        },
    )?;
    let Some((file, totals)) = file.into_inner() else { return Err(Fault::of("result", "It was not begun.").into()) };
    let reasons = file.finish(out)?;
    Ok(Report { left_out: files.left_out().to_vec(), reasons, ..run.report(totals) })
}

/// Programmes whose state gives this truth to everybody.
pub(crate) fn settled(pack: &Pack, programmes: &[String], truth: K3) -> Vec<String> {
    let is = |id: &&String| pack.programme(id).is_some_and(|programme| programme.settled() == Some(truth));
    programmes.iter().filter(is).cloned().collect()
}

/// The facts the policy reads and those to count by.
fn needed(asked: &Asked, options: &Options) -> Result<Vec<String>, Faults> {
    let day = options.at.or(asked.mapping.day).or(asked.day);
    let Some(at) = day else { return Ok(vec![]) };
    let wanted = options.wanted(asked.pack);
    let mut facts = run::reads(asked.pack, at, &wanted)?;
    facts.extend(groups::facts_of(&options.by));
    Ok(facts)
}
