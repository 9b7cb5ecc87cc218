//! Two policies over one snapshot.

use super::{
    cost::{Paid, Price},
    flows::{Flow, Flows},
    reach::{Limits, Reach, Standing, Tally, reach},
    seed::Seed,
    side::{Decided, Rank, Side},
};
use crate::{
    chunk::NO_DISTRICT,
    disclosure::Readers,
    fault::{Fault, Faults},
    notes::{About, Note},
    run,
    snapshot::Snapshot,
    target::{Progress, groups::Groups, settled},
};
use rules::{Date, K3, Pack};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a simulation.
pub struct Ask<'a> {
    /// The policy that is in force, and the one it is set against.
    pub packs: [&'a Pack; 2],
    /// The reference date of both, on which the year of costs begins; the day of the data when it is not given.
    pub at: Option<Date>,
    /// Programmes by id; when it is `None`, all of either policy that neither protects, and those with something to give.
    pub programmes: Option<Vec<String>>,
    /// Facts to count by, beside the district: `household.x`, `person.x` (any member) or `head.x`.
    pub by: Vec<String>,
    /// What there is to give, by programme, under the second policy.
    pub limits: BTreeMap<String, Limits>,
    /// The score to rank by; the one that the programme's criteria read when it is not given.
    pub rank_by: Option<String>,
    /// The seed of the draw among equals.
    pub seed: Seed,
    /// How many threads.
    pub threads: usize,
}

/// What a simulation came to. Of each pair, the first is the policy in force and the second what it is set against.
pub struct Simulation {
    /// The reference date.
    pub at: Date,
    /// The day the data stand for.
    pub day: Date,
    /// The policies' hashes.
    pub policies: [String; 2],
    /// The snapshot's name.
    pub snapshot: String,
    /// The seed of the draw.
    pub seed: Seed,
    /// Who gains, who loses, who becomes unknown.
    pub flows: Flows,
    /// What each programme gives and to whom; `None` where a policy does not have it.
    pub costs: Vec<[Option<(Price, Paid)>; 2]>,
    /// How far budgets and places reach.
    pub reaches: Vec<ProgrammeReach>,
    /// What a reader must know to read the counts rightly.
    pub notes: Vec<Note>,
    /// For whom its counts are.
    pub readers: Readers,
}

impl Simulation {
    /// The same with counts as these readers may see them. Every cell of a table is rounded, and sums are sums of
    /// rounded cells; costs follow the rounded recipients.
    pub fn seen_by(mut self, readers: Readers) -> Self {
        for row in self.flows.rows.values_mut() {
            row.households = readers.count(row.households);
            let cells = row.flows.iter_mut().flat_map(|flow| flow.0.iter_mut().flatten());
            cells.for_each(|count| *count = readers.count(*count));
        }
        for (_, paid) in self.costs.iter_mut().flatten().flatten() {
            for units in [&mut paid.candidates, &mut paid.households] {
                (units.low, units.high) = (readers.count(units.low), readers.count(units.high));
            }
        }
        Self { readers, ..self }
    }

    /// How many households stand where in a ranking, in one district or in all, as its readers may see it.
    pub fn tally(&self, reach: &ProgrammeReach, district: Option<&str>) -> Tally {
        reach.reach.tally(district).seen_by(self.readers)
    }
}

/// How far one programme's budget and places reach.
pub struct ProgrammeReach {
    /// The programme.
    pub programme: String,
    /// The score it is ranked by, and the score's digits.
    pub score: (String, u8),
    /// What there is to give.
    pub limits: Limits,
    /// The ranking.
    pub reach: Reach,
}

/// Sets two policies side by side over a snapshot.
///
/// # Errors
/// A programme, score or district that is not there; a budget for a programme whose amounts are not published; a
/// damaged snapshot.
pub fn compare(ask: &Ask, snapshot: &Snapshot, progress: Progress) -> Result<Simulation, Faults> {
    let index = snapshot.index();
    let layout = &index.layout;
    let at = index.reference(ask.at)?;
    let programmes = programmes(ask)?;
    let scores = scores_to_rank_by(ask)?;
    let names: BTreeSet<&String> = scores.values().collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    districts_are_known(ask, &layout.districts)?;
    let groups = Groups::new(layout, &ask.by);
    let days = (at, index.day);
    let before = Side::new(ask.packs[0], days, layout, &programmes, &[], &[])?;
    let after = Side::new(ask.packs[1], days, layout, &programmes, &names, &groups.facts())?;
    let groups = groups.placed(|name| after.bound.selected(layout, name), false, layout);
    let ranks = ranks(ask, &after, &programmes, &scores, &names)?;
    let mut gathered = Gathered::new(&programmes, ranks.len());
    let blocks: Vec<usize> = snapshot.by_district().map(|(at, _)| at).collect();
    let threads = ask.threads.max(1);
    for wave in blocks.chunks(threads * 8) {
        let mut first: Vec<Decided> = vec![];
        let decide = |ran: &run::Ran| before.decide(ran, layout, &[], &ask.seed);
        run::snapshot(&before.bound, snapshot, wave, false, threads, &decide, &mut |_, decided| {
            first.push(decided);
            Ok(())
        })?;
        let mut first = first.into_iter();
        let decide = |ran: &run::Ran| {
            let decided = after.decide(ran, layout, &ranks, &ask.seed)?;
            let mut labels = groups.labels(ran.chunk, ran.range.clone());
            labels.insert(0, ran.chunk.districts[ran.range.clone()].to_vec());
            Ok((decided, labels))
        };
        run::snapshot(&after.bound, snapshot, wave, false, threads, &decide, &mut |_, (second, labels)| {
            let Some(first) = first.next() else { return Ok(()) };
            let name = |way: usize, label: u16| match way {
                0 if label == NO_DISTRICT => ("district", ""),
                0 => ("district", layout.districts.get(usize::from(label)).map_or("", String::as_str)),
                way => groups.label(way - 1, label),
            };
            gathered.add(first, second, &labels, &name);
            progress(gathered.households, Some(index.households));
            Ok(())
        })?;
    }
    let Gathered { flows, paid, standings, .. } = gathered;
    let costs = (0..programmes.len()).map(|at| {
        let of =
            |side: &Side, which: usize| side.programmes[at].as_ref().map(|has| (has.price.clone(), paid[at][which]));
        [of(&before, 0), of(&after, 1)]
    });
    let reaches = ranks.iter().zip(standings).map(|(rank, standings)| {
        let programme = programmes[rank.programme].clone();
        let limits = ask.limits.get(&programme).cloned().unwrap_or_default();
        let score = names[rank.score].clone();
        let digits = ask.packs[1].score(&score).map_or(0, |score| score.digits);
        ProgrammeReach { reach: reach(standings, &limits), score: (score, digits), limits, programme }
    });
    Ok(Simulation {
        at,
        day: index.day,
        policies: ask.packs.map(|pack| pack.hash().to_owned()),
        snapshot: index.name(),
        seed: ask.seed.clone(),
        flows,
        costs: costs.collect(),
        reaches: reaches.collect(),
        notes: Note::of(About::Protected, protected(ask))
            .into_iter()
            .chain(notes([&before, &after], &groups, &ask.packs, &programmes))
            .collect(),
        readers: Readers::Inside,
    })
}

/// The programmes of both policies, or those asked for.
fn programmes(ask: &Ask) -> Result<Vec<String>, Faults> {
    let all: BTreeSet<String> =
        ask.packs.iter().flat_map(|pack| pack.programmes()).map(|programme| programme.id.to_string()).collect();
    let asked = ask.programmes.iter().flatten().chain(ask.limits.keys());
    for id in asked {
        if !all.contains(id) {
            let fault = Fault::of("policy", format!("Neither policy has a programme `{id}`."));
            let near = rules::did_you_mean(id, all.iter().map(String::as_str));
            return Err(near.into_iter().fold(fault, Fault::suggest).into());
        }
    }
    let left_out = protected(ask);
    let wanted = |id: &String| match &ask.programmes {
        Some(wanted) => wanted.contains(id) || ask.limits.contains_key(id),
        None => !left_out.contains(id),
    };
    Ok(all.into_iter().filter(wanted).collect())
}

/// Programmes that are left out because their verdicts are protected: counts of them stand only where they are named, as in
/// a targeting run.
fn protected(ask: &Ask) -> Vec<String> {
    let of = |pack: &&Pack| pack.programmes().iter().filter(|p| p.protected()).map(|p| p.id.to_string()).collect();
    let all: BTreeSet<String> = ask.packs.iter().flat_map(|pack| -> Vec<String> { of(pack) }).collect();
    all.into_iter().filter(|id| ask.programmes.is_none() && !ask.limits.contains_key(id)).collect()
}

/// For each programme with something to give out, the score its households are ranked by.
fn scores_to_rank_by(ask: &Ask) -> Result<BTreeMap<String, String>, Faults> {
    let pack = ask.packs[1];
    let mut found = BTreeMap::new();
    for id in ask.limits.keys() {
        let Some(programme) = pack.programme(id) else {
            let message = format!("The second policy has no programme `{id}`, so nothing can be given out.");
            return Err(Fault::of("policy", message).into());
        };
        let conditions: Vec<&str> = programme
            .criteria
            .iter()
            .flat_map(|c| std::iter::once(c.when.as_str()).chain(c.any_of.iter().map(|a| a.when.as_str())))
            .collect();
        let reads = |score: &str| {
            let name = format!("scores.{score}");
            let names = |when: &&str| {
                when.match_indices(&name)
                    .any(|(at, _)| !when[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            };
            conditions.iter().any(names)
        };
        let read: Vec<&str> = pack.scores().iter().map(|s| s.id.as_str()).filter(|score| reads(score)).collect();
        let score = match (&ask.rank_by, &read[..]) {
            (Some(score), _) => score.clone(),
            (None, [one]) => (*one).to_owned(),
            (None, several) => {
                let what = if several.is_empty() { "no score".into() } else { several.join(" and ") };
                let message = format!("The criteria of `{id}` read {what}, so nothing says how to rank households.");
                return Err(Fault::of("policy", message).suggest("Give --rank-by SCORE.").into());
            }
        };
        if pack.score(&score).is_none() {
            let fault = Fault::of("policy", format!("It has no score `{score}`."));
            let near = rules::did_you_mean(&score, pack.scores().iter().map(|s| s.id.as_str()));
            return Err(near.into_iter().fold(fault, Fault::suggest).into());
        }
        found.insert(id.clone(), score);
    }
    Ok(found)
}

fn districts_are_known(ask: &Ask, known: &[String]) -> Result<(), Faults> {
    let named = ask.limits.values().flat_map(|limits| limits.quotas.keys());
    for district in named {
        if !known.contains(district) {
            let fault = Fault::of("snapshot", format!("There is no district `{district}` in it."));
            let near = rules::did_you_mean(district, known.iter().map(String::as_str));
            return Err(near.into_iter().fold(fault, Fault::suggest).into());
        }
    }
    Ok(())
}

fn ranks(
    ask: &Ask,
    after: &Side,
    programmes: &[String],
    scores: &BTreeMap<String, String>,
    names: &[String],
) -> Result<Vec<Rank>, Faults> {
    let mut ranks = vec![];
    for (id, score) in scores {
        let (Some(programme), Some(score)) =
            (programmes.iter().position(|p| p == id), names.iter().position(|name| name == score))
        else {
            continue;
        };
        let priced = after.programmes[programme].as_ref().is_some_and(|has| has.price.is_added);
        if ask.limits[id].budget.is_some() && !priced {
            let message = format!("`{id}` gives no cash of a published amount, so no budget can be shared out.");
            return Err(Fault::of("policy", message)
                .suggest("Give --quota instead, or the amount in the policy.")
                .into());
        }
        ranks.push(Rank { programme, score });
    }
    Ok(ranks)
}

fn notes(sides: [&Side; 2], groups: &Groups, packs: &[&Pack; 2], programmes: &[String]) -> Vec<Note> {
    let all = |of: &dyn Fn(&Side) -> Vec<String>| -> Vec<String> {
        let all: BTreeSet<String> = sides.iter().flat_map(|side| of(side)).collect();
        all.into_iter().collect()
    };
    let mut notes = vec![
        Note::of(About::WithoutColumn, all(&|side| side.bound.without_column.clone())),
        Note::of(About::Stale, all(&|side| side.bound.program.stale().iter().map(ToString::to_string).collect())),
        Note::of(About::NotCounted, groups.not_counted.clone()),
    ];
    let about = [
        [About::NotInFirst, About::ClosedInFirst, About::UnpublishedInFirst, About::OpenInFirst],
        [About::NotInSecond, About::ClosedInSecond, About::UnpublishedInSecond, About::OpenInSecond],
    ];
    for (pack, [not_in, closed, unpublished, open]) in packs.iter().zip(about) {
        notes.push(Note::of(not_in, programmes.iter().filter(|id| pack.programme(id).is_none()).cloned().collect()));
        notes.push(Note::of(closed, settled(pack, programmes, K3::No)));
        notes.push(Note::of(unpublished, settled(pack, programmes, K3::Unknown)));
        notes.push(Note::of(open, settled(pack, programmes, K3::Yes)));
    }
    notes.into_iter().flatten().collect()
}

/// What comes together block by block.
struct Gathered {
    households: u64,
    flows: Flows,
    paid: Vec<[Paid; 2]>,
    standings: Vec<Vec<Standing>>,
}

impl Gathered {
    fn new(programmes: &[String], ranks: usize) -> Self {
        Self {
            households: 0,
            flows: Flows::of(programmes.to_vec()),
            paid: vec![<[Paid; 2]>::default(); programmes.len()],
            standings: (0..ranks).map(|_| vec![]).collect(),
        }
    }

    fn add<'n>(
        &mut self,
        before: Decided,
        after: Decided,
        labels: &[Vec<u16>],
        name: &dyn Fn(usize, u16) -> (&'n str, &'n str),
    ) {
        let households = labels.first().map_or(0, Vec::len);
        self.households += households as u64;
        for (paid, which) in [(&before.paid, 0), (&after.paid, 1)] {
            for (total, more) in self.paid.iter_mut().zip(paid) {
                total[which].candidates.add(more.candidates);
                total[which].households.add(more.households);
            }
        }
        for (all, more) in self.standings.iter_mut().zip(after.standings) {
            all.extend(more);
        }
        let verdicts = [&before.verdicts, &after.verdicts];
        self.count("", "", verdicts, &[], 0);
        for (way, labels) in labels.iter().enumerate() {
            let known: BTreeSet<u16> = labels.iter().copied().collect();
            for label in known {
                let (by, group) = name(way, label);
                self.count(by, group, verdicts, labels, label);
            }
        }
    }

    /// Counts the households of one label; of all, when there are no labels.
    fn count(&mut self, by: &str, group: &str, verdicts: [&Vec<Vec<K3>>; 2], labels: &[u16], label: u16) {
        let row = self.flows.row(by, group);
        let counts = |at: usize| labels.get(at).is_none_or(|found| *found == label);
        for (at, flow) in row.flows.iter_mut().enumerate() {
            let mut here = Flow::default();
            let both = verdicts[0][at].iter().zip(&verdicts[1][at]).enumerate();
            for (_, (before, after)) in both.filter(|(household, _)| counts(*household)) {
                here.count(*before, *after);
            }
            flow.add(here);
        }
        let households = verdicts[0].first().map_or(labels.len(), Vec::len);
        row.households += (0..households).filter(|at| counts(*at)).count() as u64;
    }
}
