//! Measures screening and questioning over a pack folder.
//!
//! `cargo run --release -p rules --example bench_screen -- programmes/pk [seed] [families] [screen|ask]`
//!
//! Prints the time to load the pack; the time to screen one household of six and read every reason and missing fact,
//! for all programmes and for a pick of fourteen; and over generated families how many questions it takes until no open
//! programme can be settled by asking: as `next_question` orders them, in the dictionary's order, and at random. All
//! three ask only what an open programme still reads. Answers come from the hidden full family; recorded facts are known
//! from the start.

mod families;
mod questions;

use families::{Draw, at, full_family, partly_known};
use rules::{Pack, Screening, pack::programme::Programme, screen, screen_where};
use std::{
    fs, hint,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "programmes/pk".into());
    let seed = args.next().and_then(|a| a.parse().ok()).unwrap_or(2026);
    let families: usize = args.next().and_then(|a| a.parse().ok()).unwrap_or(1000);
    let mut files = vec![];
    if let Err(error) = read(Path::new(&folder), &mut files) {
        eprintln!("{folder} cannot be read: {error}. Name a pack folder.");
        return ExitCode::FAILURE;
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let begun = Instant::now();
    let pack = match Pack::load(&files) {
        Ok(pack) => pack,
        Err(errors) => {
            errors.iter().for_each(|e| eprintln!("{e}"));
            return ExitCode::FAILURE;
        }
    };
    println!(
        "{}: {} programmes, {} facts, loaded in {:?}",
        pack.id(),
        pack.programmes().len(),
        pack.facts().len(),
        begun.elapsed()
    );
    println!("seed {seed}, {families} families");
    let part = args.next().unwrap_or_default();
    if part != "ask" {
        bench_screening(&pack, seed, families);
    }
    if part != "screen" {
        questions::bench_questions(&pack, seed, families);
    }
    ExitCode::SUCCESS
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

/// The editorial pick of fourteen national programmes.
const FOURTEEN: &str = "ehsaas-14";

fn bench_screening(pack: &Pack, seed: u64, families: usize) {
    let picked: Vec<&str> = pack.programmes().iter().filter(|p| fourteen(p)).map(|p| p.id.as_str()).collect();
    println!("{FOURTEEN} is {} programmes: {}", picked.len(), picked.join(", "));
    let mut draw = Draw(seed);
    for (label, known) in [("nothing asked yet", 0), ("half the questions answered", 50), ("all answered", 100)] {
        let (mut all, mut some) = (vec![], vec![]);
        for _ in 0..families {
            let full = full_family(pack, &mut draw);
            let family = partly_known(pack, &full, known, &mut draw);
            all.push(timed(|| screen(pack, hint::black_box(&family), at())));
            some.push(timed(|| screen_where(pack, hint::black_box(&family), at(), fourteen)));
        }
        for (programmes, times) in [(pack.programmes().len(), &mut all), (picked.len(), &mut some)] {
            let (median, p90) = middle(times);
            println!("screening, household of 6, {programmes} programmes, {label}: median {median:?}, p90 {p90:?}");
        }
    }
}

fn fourteen(programme: &Programme) -> bool {
    programme.packs.iter().any(|pick| pick == FOURTEEN)
}

/// How long it takes to screen and to read every reason and every missing fact once. Giving the memory back is not
/// part of the answer.
fn timed(screen: impl Fn() -> Screening) -> Duration {
    let begun = Instant::now();
    let screening = screen();
    hint::black_box(told(&screening));
    let spent = begun.elapsed();
    drop(screening);
    spent
}

/// How many comparisons and missing facts a screening tells of.
fn told(screening: &Screening) -> usize {
    let mut told = 0;
    for candidate in screening.verdicts.iter().flat_map(|v| &v.candidates) {
        for criterion in candidate.criteria() {
            told += criterion.because.len() + criterion.alternatives.map(|a| a.because.len()).sum::<usize>();
        }
        told += candidate.missing().len();
    }
    told
}

/// The middle and the ninth decile.
fn middle<T: Ord + Copy>(all: &mut [T]) -> (T, T) {
    all.sort();
    (all[all.len() / 2], all[all.len() * 9 / 10])
}
