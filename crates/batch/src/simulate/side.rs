//! One of the two policies over the blocks of a snapshot: verdicts, whom it pays, and who stands in a ranking.

use super::{
    cost::{Paid, Price, Units},
    reach::Standing,
    seed::Seed,
};
use crate::{
    chunk::Layout,
    fault::{Fault, Faults},
    run::{Bound, Ran},
};
use rules::{
    Date, K3, Pack,
    column::{Planes, Wanted},
    pack::programme::{Level, Programme},
};

/// A policy bound to a snapshot's columns.
pub(super) struct Side {
    pub(super) bound: Bound,
    /// For each programme of the simulation, how this policy has it, if it does.
    pub(super) programmes: Vec<Option<Has>>,
}

/// A programme as one policy has it.
pub(super) struct Has {
    /// Its place among the decisions.
    place: usize,
    level: Level,
    pub(super) price: Price,
}

/// A programme whose households are to be ranked: its place in the simulation, and the score's among the decisions.
#[derive(Clone, Copy)]
pub(super) struct Rank {
    pub(super) programme: usize,
    pub(super) score: usize,
}

/// What one policy says of a block.
pub(super) struct Decided {
    /// By programme, a verdict for each household.
    pub(super) verdicts: Vec<Vec<K3>>,
    /// By programme, whom it pays.
    pub(super) paid: Vec<Paid>,
    /// By ranking, everybody who meets the criteria or may.
    pub(super) standings: Vec<Vec<Standing>>,
}

impl Side {
    pub(super) fn new(
        pack: &Pack,
        (at, day): (Date, Date),
        layout: &Layout,
        programmes: &[String],
        scores: &[String],
        beside: &[String],
    ) -> Result<Self, Faults> {
        let has = |id: &&String| pack.programme(id).is_some();
        let wanted = Wanted {
            programmes: Some(programmes.iter().filter(has).cloned().collect()),
            scores: Some(scores.to_vec()),
            candidates: true,
            ..Wanted::default()
        };
        let bound = Bound::new(pack, at, &wanted, layout, day, beside)?;
        let mut places = 0..;
        let has = |programme: &Programme| Has {
            // Decisions come in the order wanted.
            place: places.next().unwrap_or(usize::MAX),
            level: programme.level,
            price: Price::of(programme, at),
        };
        let programmes = with_places(pack, programmes, has);
        Ok(Self { bound, programmes })
    }

    pub(super) fn decide(&self, ran: &Ran, layout: &Layout, ranks: &[Rank], seed: &Seed) -> Result<Decided, Faults> {
        let count = ran.range.len();
        let mut decided = Decided { verdicts: vec![], paid: vec![], standings: ranks.iter().map(|_| vec![]).collect() };
        for (at, has) in self.programmes.iter().enumerate() {
            let Some(has) = has else {
                // A policy without the programme gives it to nobody.
                decided.verdicts.push(vec![K3::No; count]);
                decided.paid.push(Paid::default());
                continue;
            };
            let verdicts: Vec<K3> = (0..count).map(|household| ran.decisions.truth(has.place, household)).collect();
            let mut paid = Paid::default();
            let rank = ranks.iter().position(|rank| rank.programme == at);
            for (household, verdict) in verdicts.iter().enumerate().filter(|(_, verdict)| **verdict != K3::No) {
                let one = has.paid(ran, household, *verdict);
                paid.candidates.add(one.candidates);
                paid.households.add(one.households);
                if let Some(rank) = rank {
                    let cost = has.price.cost(one).cash();
                    let score =
                        ran.decisions.scores.get(ranks[rank].score).ok_or_else(|| {
                            Faults::from(Fault::of("policy", "The score to rank by was not computed."))
                        })?;
                    let id = ran.chunk.ids.get(ran.range.start + household).to_string();
                    let district = usize::from(ran.chunk.districts[ran.range.start + household]);
                    decided.standings[rank].push(Standing {
                        district: layout.districts.get(district).cloned().unwrap_or_default(),
                        score: (score.low[household].into(), score.high[household].into()),
                        meets: *verdict == K3::Yes,
                        cost,
                        lot: seed.lot(&id),
                        household: id,
                    });
                }
            }
            decided.verdicts.push(verdicts);
            decided.paid.push(paid);
        }
        Ok(decided)
    }
}

/// What each programme becomes in the order given; `None` where the pack does not have it.
fn with_places(pack: &Pack, programmes: &[String], mut has: impl FnMut(&Programme) -> Has) -> Vec<Option<Has>> {
    programmes.iter().map(|id| pack.programme(id).map(&mut has)).collect()
}

impl Has {
    /// Whom it pays in a household whose verdict is not no. Members who are not listed count as one at most.
    fn paid(&self, ran: &Ran, household: usize, verdict: K3) -> Paid {
        let certain = u64::from(verdict == K3::Yes);
        let households = Units { low: certain, high: 1 };
        let candidates = ran.decisions.programmes[self.place].candidates.as_ref();
        let candidates = match (self.level, candidates) {
            (Level::Person, Some(planes)) => {
                let first = ran.chunk.members[ran.range.start];
                let at = ran.range.start + household;
                let persons = (ran.chunk.members[at] - first) as usize..(ran.chunk.members[at + 1] - first) as usize;
                let (yes, open) = counted(planes, persons);
                Units { low: if verdict == K3::Yes { yes.max(1) } else { 0 }, high: (yes + open).max(1) }
            }
            _ => households,
        };
        Paid { candidates, households }
    }
}

/// How many rows are yes, and how many unknown.
fn counted(planes: &Planes, rows: std::ops::Range<usize>) -> (u64, u64) {
    rows.fold((0, 0), |(yes, open), row| match planes.get(row) {
        K3::Yes => (yes + 1, open),
        K3::Unknown => (yes, open + 1),
        K3::No => (yes, open),
    })
}
