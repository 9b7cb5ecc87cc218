//! A program over chunks or over a snapshot: columns lent to it, blocks in parallel, results in order.

mod recode;

use crate::{
    chunk::{Chunk, Layout},
    column::Column,
    fault::{Fault, Faults},
    field::{Field, Part, fields_of},
    snapshot::{Selection, Snapshot},
    threads,
};
use recode::Recode;
use rules::{
    Date, Pack,
    column::{self as rules_column, Block, Decisions, Input, Program, Scratch, Wanted},
    pack::fact::Record,
};
use std::{collections::BTreeSet, ops::Range, sync::Mutex};

/// Households a thread decides at a time when chunks are larger.
const AT_ONCE: usize = 16_384;

/// A program with the columns of a layout it reads.
#[derive(Debug)]
pub struct Bound {
    /// The program.
    pub program: Program,
    /// Facts the policy reads for which there is no column: unknown for every household.
    pub without_column: Vec<String>,
    /// For each input, where its column stands.
    places: Vec<Place>,
    recodes: Vec<Recode>,
    /// The columns it reads, and those asked for beside.
    selection: Selection,
}

/// Where the column of an input stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Among the selected columns of its record.
    Column(usize),
    /// Among those made because the columns follow another dictionary.
    Recoded(usize),
}

/// Facts a policy reads, whatever columns there are.
///
/// # Errors
/// When something wanted is not in the policy.
pub fn reads(pack: &Pack, at: Date, wanted: &Wanted) -> Result<Vec<String>, Faults> {
    let program = Program::compile(pack, at, wanted).map_err(|error| Fault::of("policy", error.to_string()))?;
    let facts: BTreeSet<String> = program.inputs().iter().map(|input| input.fact.to_string()).collect();
    Ok(facts.into_iter().collect())
}

impl Bound {
    /// Compiles what is wanted of a policy for the columns of a layout whose values were learnt on a day. `beside`
    /// names facts to be read although the policy does not ask for them.
    ///
    /// # Errors
    /// When something wanted is not in the policy, or a column has another type than the policy's fact.
    pub fn new(
        pack: &Pack,
        at: Date,
        wanted: &Wanted,
        layout: &Layout,
        day: Date,
        beside: &[String],
    ) -> Result<Self, Faults> {
        let compile = |wanted: &Wanted| {
            Program::compile(pack, at, wanted).map_err(|error| Faults::from(Fault::of("policy", error.to_string())))
        };
        let wanted = Wanted { learnt_on: Some(day), ..wanted.clone() };
        let all = compile(&wanted)?;
        let fields = |record| if record == Record::Household { &layout.household } else { &layout.person };
        let of_fact = |input: &Input| -> Vec<&Field> {
            fields(input.record).iter().filter(|field| *field.fact == *input.fact).collect()
        };
        // A date known to the day has no column for its latest day; every other part of a fact that is there is there.
        let is_there = |input: &Input| match input.part {
            rules_column::Part::Latest => of_fact(input).iter().any(|field| field.part == Part::Latest),
            _ => !of_fact(input).is_empty(),
        };
        let absent: Vec<String> = all.inputs().iter().filter(|i| !is_there(i)).map(|i| i.name.clone()).collect();
        let without = all.inputs().iter().filter(|input| of_fact(input).is_empty());
        let without_column: BTreeSet<String> = without.map(|input| input.fact.to_string()).collect();
        let program = compile(&Wanted { absent, ..wanted })?;
        let mut bound = Self {
            without_column: without_column.into_iter().collect(),
            places: vec![],
            recodes: vec![],
            selection: Selection { ids: true, ..Selection::default() },
            program,
        };
        let mut faults = vec![];
        for at in 0..bound.program.inputs().len() {
            let input = bound.program.inputs()[at].clone();
            let declared = fields_of(pack, &input.fact).into_iter().find(|field| field.name() == input.name);
            let Some(declared) = declared else { continue };
            faults.extend(bound.place(&of_fact(&input), fields(input.record), &declared));
        }
        for (record, fields) in [(Record::Household, &layout.household), (Record::Person, &layout.person)] {
            let also = |field: &Field| beside.contains(&field.fact);
            for at in (0..fields.len()).filter(|at| also(&fields[*at])) {
                select(&mut bound.selection, record, at);
            }
        }
        if faults.is_empty() { Ok(bound) } else { Err(Faults(faults)) }
    }

    /// Finds an input among the old fields of its fact, or makes it from them.
    fn place(&mut self, old: &[&Field], fields: &[Field], new: &Field) -> Option<Fault> {
        let record = new.record();
        if let Some(at) = fields.iter().position(|field| field == new) {
            self.places.push(Place::Column(select(&mut self.selection, record, at)));
            return None;
        }
        let selection = &mut self.selection;
        let mut place = |field: &Field| {
            let at = fields.iter().position(|one| one == field).unwrap_or(0);
            select(selection, record, at)
        };
        let Some(recode) = Recode::new(old, new, &mut place) else {
            let message =
                format!("The policy declares `{}` with another type than the columns were made for.", new.fact);
            return Some(Fault::of("policy", message).suggest("Make the snapshot again with this policy."));
        };
        self.places.push(Place::Recoded(self.recodes.len()));
        self.recodes.push(recode);
        None
    }

    /// The columns to read from a snapshot.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Where a field of the layout stands among the selected columns of its record.
    pub fn selected(&self, layout: &Layout, name: &str) -> Option<usize> {
        let (fields, selected) = match crate::field::record_of(name) {
            Record::Household => (&layout.household, &self.selection.household),
            Record::Person => (&layout.person, &self.selection.person),
        };
        selected.iter().position(|at| fields[*at].name() == name)
    }

    /// The columns that have to be made for a chunk because they follow another dictionary.
    fn recoded(&self, chunk: &Chunk, all: bool) -> Vec<Column> {
        self.recodes.iter().map(|recode| recode.column(chunk, |record, place| self.at(record, place, all))).collect()
    }

    /// Where a selected column stands in a chunk that holds the selected columns, or `all`.
    fn at(&self, record: Record, place: usize, all: bool) -> usize {
        let selected = if record == Record::Household { &self.selection.household } else { &self.selection.person };
        if all { selected[place] } else { place }
    }

    /// A chunk of the selected columns as a block. `all` says that the chunk holds every column of the layout.
    fn block<'c>(&self, chunk: &'c Chunk, recoded: &'c [Column], all: bool) -> Result<Block<'c>, Faults> {
        let columns = self.program.inputs().iter().zip(&self.places).map(|(input, place)| {
            let columns = if input.record == Record::Household { &chunk.household } else { &chunk.person };
            Some(lend(match place {
                Place::Column(place) => &columns[self.at(input.record, *place, all)],
                Place::Recoded(place) => &recoded[*place],
            }))
        });
        Block::new(&self.program, &chunk.members, columns.collect())
            .map_err(|error| Fault::of("columns", error.to_string()).into())
    }
}

fn select(selection: &mut Selection, record: Record, at: usize) -> usize {
    let list = if record == Record::Household { &mut selection.household } else { &mut selection.person };
    list.iter().position(|one| *one == at).unwrap_or_else(|| {
        list.push(at);
        list.len() - 1
    })
}

fn lend(column: &Column) -> rules_column::Column<'_> {
    match column {
        Column::U8(v) => rules_column::Column::U8(v),
        Column::U16(v) => rules_column::Column::U16(v),
        Column::I32(v) => rules_column::Column::I32(v),
        Column::I64(v) => rules_column::Column::I64(v),
        Column::U64(v) => rules_column::Column::U64(v),
    }
}

/// Households that were decided.
pub struct Ran<'a> {
    /// The columns.
    pub chunk: &'a Chunk,
    /// Which households of the chunk.
    pub range: Range<usize>,
    /// What was decided, from the first household of the range: what is given, with the programmes' states read in.
    pub decisions: &'a Decisions,
}

/// What one thread works with, kept from block to block.
struct Desk {
    room: Option<Chunk>,
    scratch: Scratch,
    decisions: Decisions,
}

/// Desks for as many threads as there are.
struct Desks(Mutex<Vec<Desk>>);

impl Desks {
    fn new() -> Self {
        Self(Mutex::new(vec![]))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let lock = || self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let new = || Desk { room: None, scratch: Scratch::default(), decisions: Decisions::default() };
        let mut desk = lock().pop().unwrap_or_else(new);
        let result = work(&mut desk);
        lock().push(desk);
        result
    }
}

/// Decides a chunk that holds every column of its layout, in parts on several threads; the results are in order.
///
/// # Errors
/// Whatever `work` fails with.
pub fn chunk<T: Send>(
    bound: &Bound,
    chunk: &Chunk,
    threads: usize,
    work: &(dyn Fn(&Ran) -> Result<T, Faults> + Sync),
) -> Result<Vec<T>, Faults> {
    let desks = Desks::new();
    let recoded = bound.recoded(chunk, true);
    let whole = bound.block(chunk, &recoded, true)?;
    let parts = chunk.households().div_ceil(AT_ONCE);
    let results = threads::in_order(threads, parts, |part| {
        let range = part * AT_ONCE..((part + 1) * AT_ONCE).min(chunk.households());
        desks.with(|desk| {
            let block = whole.part(&bound.program, range.clone());
            bound.program.run(&block, &mut desk.scratch, &mut desk.decisions);
            desk.decisions.as_given();
            work(&Ran { chunk, range, decisions: &desk.decisions })
        })
    });
    results.into_iter().collect()
}

/// Decides blocks of a snapshot on several threads. `work` runs on any of them; `sink` gets the results in the order of
/// the blocks, on this thread. No more than a few blocks a thread are held at a time.
///
/// # Errors
/// A damaged snapshot, and whatever `work` or `sink` fails with.
pub fn snapshot<T: Send>(
    bound: &Bound,
    snapshot: &Snapshot,
    blocks: &[usize],
    everything: bool,
    threads: usize,
    work: &(dyn Fn(&Ran) -> Result<T, Faults> + Sync),
    sink: &mut dyn FnMut(usize, T) -> Result<(), Faults>,
) -> Result<(), Faults> {
    let desks = Desks::new();
    let selection = if everything { snapshot.everything() } else { bound.selection.clone() };
    for wave in blocks.chunks(threads.max(1) * 8) {
        let results = threads::in_order(threads, wave.len(), |nth| {
            desks.with(|desk| {
                let room = desk.room.get_or_insert_with(|| snapshot.room(&selection));
                snapshot.read(wave[nth], &selection, room)?;
                let recoded = bound.recoded(room, everything);
                let block = bound.block(room, &recoded, everything)?;
                bound.program.run(&block, &mut desk.scratch, &mut desk.decisions);
                desk.decisions.as_given();
                work(&Ran { chunk: room, range: 0..room.households(), decisions: &desk.decisions })
            })
        });
        for (block, result) in wave.iter().zip(results) {
            sink(*block, result?)?;
        }
    }
    Ok(())
}
