//! A run over a snapshot district by district. Each district is written as a part that is whole by itself, with its
//! counts and checksum; a run that was interrupted finds the parts, checks them and goes on.

use super::{
    Part, Progress, Report, Run,
    result::{ResultFile, beside},
    totals::Totals,
};
use crate::{
    fault::{Fault, Faults, io},
    mapping::hex,
    run,
    snapshot::Snapshot,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What is known of a finished part.
#[derive(Serialize, Deserialize)]
struct Done {
    /// What the run must have in common to take it up.
    run: String,
    /// CRC-32 of the part's bytes.
    sum: u32,
    totals: Totals,
}

pub(super) fn run(run: &Run, snapshot: &Snapshot, out: &Path, progress: Progress) -> Result<Report, Faults> {
    let blocks = chosen(run, snapshot)?;
    let all: u64 = blocks.values().flatten().map(|at| u64::from(snapshot.index().blocks[*at].households)).sum();
    let folder = beside(out, ".parts");
    let name = name_of(run, snapshot);
    // Reasons are no part of a part, so such a run is not taken up again.
    let keeps = !run.explains();
    if keeps {
        fs::create_dir_all(&folder).map_err(io(&folder, "made"))?;
    }
    let mut result = ResultFile::create(out, &run.meaning, run.explains())?;
    let mut totals = Totals::of(&run.meaning.programmes);
    let mut resumed = 0;
    let order: Vec<u16> = blocks.keys().copied().collect();
    let part_of = |district: u16| folder.join(format!("{district}.parquet"));
    let done = |district: u16| if keeps { taken_up(&part_of(district), &name) } else { None };
    let mut at = 0;
    while at < order.len() {
        if let Some(counts) = done(order[at]) {
            result.splice(&part_of(order[at]))?;
            totals.add(&counts);
            resumed += blocks[&order[at]].len();
            at += 1;
            progress(totals.households(), Some(all));
            continue;
        }
        let next = (at..order.len()).find(|next| done(order[*next]).is_some()).unwrap_or(order.len());
        let open: Vec<usize> = order[at..next].iter().flat_map(|district| blocks[district].clone()).collect();
        let mut district = Collected::default();
        decide(run, snapshot, &open, &mut |block, part| {
            let of = snapshot.index().blocks[block].district;
            district.add(part);
            if blocks[&of].last() != Some(&block) {
                return Ok(());
            }
            let Collected { parts, totals: counts } = std::mem::take(&mut district);
            if keeps {
                let path = part_of(of);
                let mut file = ResultFile::create(&path, &run.meaning, false)?;
                parts.into_iter().try_for_each(|part| file.add(part.encoded, &[]))?;
                file.finish_quickly(&path)?;
                note(&path, &name, &counts)?;
                result.splice(&path)?;
            } else {
                parts.into_iter().try_for_each(|part| result.add(part.encoded, &part.reasons))?;
            }
            totals.add(&counts);
            progress(totals.households(), Some(all));
            Ok(())
        })?;
        at = next;
    }
    let reasons = result.finish(out)?;
    if keeps {
        fs::remove_dir_all(&folder).map_err(io(&folder, "removed"))?;
    }
    Ok(Report { resumed, reasons, ..run.report(totals) })
}

/// The blocks of the districts that were asked for.
fn chosen(run: &Run, snapshot: &Snapshot) -> Result<BTreeMap<u16, Vec<usize>>, Faults> {
    let names = &run.layout.districts;
    let mut wanted = vec![];
    for district in &run.options.districts {
        let Some(at) = names.iter().position(|name| name == district) else {
            let near = rules::did_you_mean(district, names.iter().map(String::as_str));
            let fault = Fault::of("snapshot", format!("There is no district `{district}` in it."));
            return Err(near.into_iter().fold(fault, Fault::suggest).into());
        };
        wanted.push(at);
    }
    let mut blocks: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (at, block) in snapshot.by_district() {
        if wanted.is_empty() || wanted.contains(&usize::from(block.district)) {
            blocks.entry(block.district).or_default().push(at);
        }
    }
    Ok(blocks)
}

/// The parts of one district so far.
#[derive(Default)]
struct Collected {
    parts: Vec<Part>,
    totals: Totals,
}

impl Collected {
    fn add(&mut self, part: Part) {
        self.totals.add(&part.totals);
        self.parts.push(part);
    }
}

type Sink<'s> = &'s mut dyn FnMut(usize, Part) -> Result<(), Faults>;

fn decide(run: &Run, snapshot: &Snapshot, blocks: &[usize], sink: Sink) -> Result<(), Faults> {
    run::snapshot(&run.bound, snapshot, blocks, run.explains(), run.options.threads, &|ran| run.part(ran), sink)
}

/// The same policy, day, data and columns give the same parts.
fn name_of(run: &Run, snapshot: &Snapshot) -> String {
    let all = format!("{} {} {:?}", run.meaning.name, snapshot.index().name(), run.options.by);
    hex(&Sha256::digest(all))
}

fn noted(part: &Path) -> PathBuf {
    part.with_extension("json")
}

/// The counts of a part that is whole and of this run.
fn taken_up(part: &Path, name: &str) -> Option<Totals> {
    let done: Done = serde_json::from_slice(&fs::read(noted(part)).ok()?).ok()?;
    let bytes = fs::read(part).ok()?;
    (done.run == name && done.sum == crc32fast::hash(&bytes)).then_some(done.totals)
}

/// The note comes after the part, so that a part without one counts as not done.
fn note(part: &Path, name: &str, totals: &Totals) -> Result<(), Faults> {
    let bytes = fs::read(part).map_err(io(part, "read"))?;
    let done = Done { run: name.to_owned(), sum: crc32fast::hash(&bytes), totals: totals.clone() };
    let path = noted(part);
    let text = serde_json::to_vec(&done).map_err(|error| Fault::of(&path.display().to_string(), error.to_string()))?;
    fs::write(&path, text).map_err(io(&path, "written"))?;
    Ok(())
}
