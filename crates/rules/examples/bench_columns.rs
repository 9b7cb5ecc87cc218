//! Measures the column evaluator alone: columns in memory, decisions in memory, one core.
//!
//! `cargo xtask bench rules-columns [policy folder] [households] [seed] [explain]`
//!
//! Draws households of about 6.5 persons, 5 % of the household facts and 3 % of the persons' facts unknown, births known
//! to the day; compiles the policy; decides all households several times and prints the CPU time of the fastest and the
//! median run, what that is per household and person, and each programme's totals. The marginals stand in [`weights`].

use rules::{
    Date, Pack,
    column::{Block, Column, Decisions, Input, Kind, Part, Physical, Program, Scratch, Totals, Wanted, day_number},
    pack::fact::Record,
};
use std::{fs, path::Path, process::ExitCode, time::Instant};

const RUNS: usize = 9;
const BLOCK: usize = 131_072;

/// How many households of a hundred have 1, 2, 3 .. members: 6.55 on average.
const SIZES: [u64; 15] = [2, 4, 7, 10, 14, 16, 14, 11, 8, 5, 4, 2, 1, 1, 1];

/// Persons of a hundred in each ten years of age, the youngest first.
const AGES: [u64; 9] = [26, 23, 17, 12, 9, 6, 4, 2, 1];

/// How often each code (or no and yes, or 0, 1, 2 ..) is drawn; a column not named here has the last one's, which
/// halves from value to value.
const WEIGHTS: [(&str, &[u64]); 22] = [
    ("household.members_complete", &[0, 1]),
    ("household.area", &[62, 18, 20]),
    ("household.rooms", &[0, 24, 37, 20, 10, 5, 2, 1, 1]),
    ("household.wall", &[22, 3, 5, 55, 15]),
    ("household.roof", &[12, 14, 16, 38, 20]),
    ("household.electricity", &[10, 90]),
    ("household.refrigerator", &[52, 48]),
    ("household.television", &[45, 55]),
    ("household.motorcycle", &[45, 55]),
    ("household.car", &[93, 7]),
    ("household.tractor", &[97, 3]),
    ("household.air_conditioner", &[90, 10]),
    ("person.sex", &[490, 509, 1]),
    ("person.marital_status", &[56, 39, 4, 1, 1]),
    ("person.education", &[44, 20, 12, 13, 6, 5]),
    ("person.enrolled", &[72, 28]),
    ("person.work", &[66, 12, 9, 6, 5, 2]),
    ("person.disability_certificate", &[99, 1]),
    ("person.pregnant", &[97, 3]),
    ("person.cnic", &[48, 52]),
    ("person.father_dead", &[92, 8]),
    ("", &[64, 32, 16, 8, 4, 2, 1]),
];

/// Sebastiano Vigna's SplitMix64.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut rest = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|w| {
                let here = rest < *w;
                rest = rest.saturating_sub(*w);
                here
            })
            .unwrap_or(0)
    }
}

enum Drawn {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U64(Vec<u64>),
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |nth: usize, or: &str| args.get(nth).cloned().unwrap_or_else(|| or.to_owned());
    let folder = word(0, "specimens/target-policy");
    let (Ok(households), Ok(seed)) = (word(1, "1000000").parse(), word(2, "2026").parse()) else {
        eprintln!("Give a number of households and a seed, both whole numbers.");
        return ExitCode::FAILURE;
    };
    match bench(&folder, households, seed, args.iter().any(|a| a == "explain")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(folder: &str, households: usize, seed: u64, explain: bool) -> Result<(), String> {
    let pack = load(folder)?;
    let at = Date::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let begun = Instant::now();
    let which = Wanted { absent: vec!["person.birth#latest".into(), "scores.pmt".into()], ..Wanted::default() };
    let program = Program::compile(&pack, at, &which).map_err(|e| e.to_string())?;
    let compiled = begun.elapsed();
    if explain {
        println!("{}", program.explain());
    }
    let mut draw = Draw(seed);
    let members = members(households, &mut draw);
    let persons = members[households] as usize;
    let drawn: Vec<Drawn> = program.inputs().iter().map(|i| column(i, households, persons, at, &mut draw)).collect();
    let columns = drawn.iter().map(|d| Some(d.lend())).collect();
    let block = Block::new(&program, &members, columns).map_err(|e| e.to_string())?;
    block.check(&program).map_err(|e| e.to_string())?;
    println!(
        "{folder}: {} programmes, {} columns, compiled in {compiled:?}; {households} households, {persons} persons, seed {seed}",
        pack.programmes().len(),
        program.inputs().len()
    );
    let (mut scratch, mut out, mut times) = (Scratch::default(), Decisions::default(), vec![]);
    let mut totals: Vec<Totals> = vec![];
    for _ in 0..RUNS {
        totals = vec![Totals::default(); program.programmes().count()];
        let before = cpu_nanos();
        for from in (0..households).step_by(BLOCK) {
            let part = block.part(&program, from..(from + BLOCK).min(households));
            program.run(&part, &mut scratch, &mut out);
            totals.iter_mut().enumerate().for_each(|(p, total)| *total = *total + out.totals(p));
        }
        times.push(cpu_nanos() - before);
    }
    times.sort_unstable();
    let ms = |nanos: u64| nanos as f64 / 1e6;
    let fastest = times[0] as f64;
    println!(
        "rules stage: fastest {:.1} ms, median {:.1} ms of CPU, {:.1} ns a household, {:.1} ns a person",
        ms(times[0]),
        ms(times[RUNS / 2]),
        fastest / households as f64,
        fastest / persons as f64
    );
    for (programme, total) in program.programmes().zip(totals) {
        println!("  {programme:24} {:8} yes {:8} no {:8} unknown", total.yes, total.no, total.unknown);
    }
    Ok(())
}

fn load(folder: &str) -> Result<Pack, String> {
    let mut files = vec![];
    read(Path::new(folder), &mut files).map_err(|e| format!("{folder} cannot be read: {e}. Name a pack folder."))?;
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&files).map_err(|errors| errors.iter().map(|e| format!("{e}\n")).collect())
}

fn read(folder: &Path, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
            files.push((path.display().to_string(), fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// CPU time of this thread so far, as Linux counts it; elsewhere the time passed.
fn cpu_nanos() -> u64 {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let counted = text.split(' ').next().and_then(|n| n.parse().ok());
    let passed = || u64::try_from(BEGUN.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX);
    counted.unwrap_or_else(passed)
}

fn members(households: usize, draw: &mut Draw) -> Vec<u32> {
    let mut members = vec![0];
    let mut persons = 0;
    for _ in 0..households {
        persons += 1 + u32::try_from(draw.weighted(&SIZES)).unwrap_or(0);
        members.push(persons);
    }
    members
}

fn weights(name: &str) -> &'static [u64] {
    let named = WEIGHTS.iter().find(|(n, _)| *n == name);
    named.unwrap_or(&WEIGHTS[WEIGHTS.len() - 1]).1
}

fn column(input: &Input, households: usize, persons: usize, at: Date, draw: &mut Draw) -> Drawn {
    let (rows, unknown) = if input.record == Record::Household { (households, 5) } else { (persons, 3) };
    let (low, high) = input.range();
    let weights = weights(&input.name);
    let mut value = || -> Option<i64> {
        if draw.below(100) < unknown {
            return None;
        }
        Some(match (input.kind, input.part) {
            (Kind::Day, _) => {
                let years = 10 * draw.weighted(&AGES) as u64 + draw.below(10);
                let born = at - chrono::Days::new(years * 365 + years / 4 + draw.below(365));
                i64::from(day_number(born))
            }
            (Kind::Bits, Part::Has(_)) => i64::from(draw.below(40) == 0),
            // Districts are drawn alike, and large numbers widely.
            (Kind::Code, _) if input.codes.len() > 50 => draw.below(input.codes.len() as u64) as i64,
            _ => (low + draw.weighted(weights) as i64).min(high),
        })
    };
    let values: Vec<Option<i64>> = (0..rows).map(|_| value()).collect();
    macro_rules! narrow {
        ($kind:ident, $type:ty) => {
            Drawn::$kind(values.iter().map(|v| v.map_or(<$type>::MAX, |v| v as $type)).collect())
        };
    }
    match input.physical {
        Physical::U8 => narrow!(U8, u8),
        Physical::U16 => narrow!(U16, u16),
        Physical::I32 => narrow!(I32, i32),
        Physical::I64 => narrow!(I64, i64),
        Physical::U64 => Drawn::U64(values.iter().map(|v| v.unwrap_or(0) as u64).collect()),
    }
}

impl Drawn {
    fn lend(&self) -> Column<'_> {
        match self {
            Drawn::U8(v) => Column::U8(v),
            Drawn::U16(v) => Column::U16(v),
            Drawn::I32(v) => Column::I32(v),
            Drawn::I64(v) => Column::I64(v),
            Drawn::U64(v) => Column::U64(v),
        }
    }
}
