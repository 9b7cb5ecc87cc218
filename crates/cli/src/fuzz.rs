//! Mutations of a small kept corpus against everything that reads what strangers send: policies, lists, codes, pictures,
//! forms, mappings, backups, outlines. Run by `cargo xtask fuzz`; in tests, every kept input is read once.
//!
//! No instrumented build: an input is kept as new when its outcome is one not seen before (which sentence, which page,
//! which status), and later mutations begin at it too. The seed is printed and repeats the run.

mod forms;
mod mutate;
mod targets;

use crate::{Outcome, demo::Dice};
use std::{
    collections::{BTreeMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The target; all of them in turn when none is named.
    target: Option<String>,
    /// Minutes for each target.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Repeats a run.
    #[arg(long)]
    seed: Option<u64>,
    /// The kept inputs.
    #[arg(long, default_value = "fuzz/corpus")]
    corpus: PathBuf,
}

/// Something that reads strangers' bytes.
pub(crate) trait Target {
    /// Its name, and that of its folder in the corpus.
    fn name(&self) -> &'static str;
    /// Reads an input; what came of it in a few words, without what the input said.
    ///
    /// # Errors
    /// What must not come of any input.
    fn read(&mut self, input: &[u8]) -> Result<String, String>;
    /// What the last input leads to: the forms of the page that it was answered with.
    fn follow(&mut self) -> Vec<Vec<u8>> {
        Vec::new()
    }
    /// What inputs begin from beside the corpus.
    fn more(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }
}

/// The longest an input is grown to.
const LONGEST: usize = 64 * 1024;
/// The longest that one input may take.
const SLOW: Duration = Duration::from_secs(5);
/// The fewest changed inputs of a run.
const AT_LEAST: usize = 40;
/// The most inputs remembered as new beginnings.
const POOL: usize = 2_000;

/// The sentence of the last panic of any thread.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

pub(crate) fn run(args: Args) -> Outcome {
    let seed = args.seed.unwrap_or_else(rand::random);
    println!("seed {seed}");
    listen();
    let mut targets = targets::all()?;
    if let Some(wanted) = &args.target {
        targets.retain(|target| target.name() == wanted);
        if targets.is_empty() {
            return Err(format!("There is no target `{wanted}`."));
        }
    }
    let mut found = 0;
    for target in &mut targets {
        found += fuzz(target.as_mut(), &args, seed)?;
    }
    println!("{found} found");
    Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Notes the panic of any thread.
fn listen() {
    std::panic::set_hook(Box::new(|info| {
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(info.to_string());
    }));
}

/// Runs one target for its minutes, and for some inputs at least; how many inputs it must not fail for made it fail.
fn fuzz(target: &mut dyn Target, args: &Args, seed: u64) -> Result<usize, String> {
    let folder = args.corpus.join(target.name());
    let mut pool: Vec<Vec<u8>> = kept(&folder)?.into_iter().map(|(_, bytes)| bytes).collect();
    pool.extend(target.more());
    if pool.is_empty() {
        return Err(format!("{} holds nothing to begin from.", folder.display()));
    }
    let (mut dice, words) = (Dice::new(seed ^ name_hash(target.name())), mutate::words(&pool));
    let (mut outcomes, mut failures) = (BTreeMap::<String, u64>::new(), HashSet::new());
    let (mut runs, mut slowest, mut next) = (0_u64, Duration::ZERO, 0);
    let until = Instant::now() + Duration::from_secs_f64(args.minutes * 60.0);
    let before = pool.len();
    while next < before + AT_LEAST || Instant::now() < until {
        let input = if next < before { pool[next].clone() } else { mutate::one(&pool, &words, &mut dice, LONGEST) };
        next += 1;
        let began = Instant::now();
        let came = guarded(target, &input);
        slowest = slowest.max(began.elapsed());
        runs += 1;
        match came {
            Ok(outcome) if began.elapsed() <= SLOW => {
                let times = outcomes.entry(outcome).or_default();
                *times += 1;
                if *times == 1 && pool.len() < POOL {
                    pool.push(input);
                    pool.extend(target.follow());
                }
            }
            Ok(_) => report(&folder, &input, "slow", &mut failures)?,
            Err(why) => report(&folder, &input, &why, &mut failures)?,
        }
    }
    println!(
        "{:<10} {runs} inputs, {} kinds of outcome, slowest {slowest:.1?}, {} failures",
        target.name(),
        outcomes.len(),
        failures.len()
    );
    Ok(failures.len())
}

/// Reads an input; a panic of any thread is a failure.
fn guarded(target: &mut dyn Target, input: &[u8]) -> Result<String, String> {
    let done = catch_unwind(AssertUnwindSafe(|| target.read(input)));
    let said = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (done, said) {
        (_, Some(panic)) => Err(panic),
        (Err(_), None) => Err("a panic without a word".to_owned()),
        (Ok(came), None) => came,
    }
}

/// Keeps the input of a new kind of failure in the corpus, where the tests read it from then on.
fn report(folder: &Path, input: &[u8], why: &str, failures: &mut HashSet<String>) -> Result<(), String> {
    let kind: String = why.chars().filter(|c| !c.is_ascii_digit()).take(160).collect();
    if !failures.insert(kind) {
        return Ok(());
    }
    let path = folder.join(format!("found-{:016x}", name_hash(&String::from_utf8_lossy(input))));
    std::fs::write(&path, input).map_err(|error| format!("{}: {error}.", path.display()))?;
    println!("FOUND {}: {why}", path.display());
    Ok(())
}

/// The kept inputs of a folder, in order.
fn kept(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let read = |path: PathBuf| match std::fs::read(&path) {
        Ok(bytes) => Ok((path, bytes)),
        Err(error) => Err(format!("{}: {error}.", path.display())),
    };
    paths.into_iter().map(read).collect()
}

/// FNV-1a: a name for bytes.
fn name_hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ONEWINDOW_FUZZ_MINUTES` goes on for so long with each target, as `cargo xtask fuzz` does with an optimised build.
    #[test]
    fn some_changed_inputs_are_read_without_harm() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
        let minutes = std::env::var("ONEWINDOW_FUZZ_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(0.0);
        if minutes > 0.0 {
            listen();
        }
        let (seed, args) = (rand::random(), Args { target: None, minutes, seed: None, corpus });
        println!("seed {seed}");
        let mut targets = targets::all().expect("the targets");
        let found: usize = targets.iter_mut().map(|target| fuzz(target.as_mut(), &args, seed).expect("it runs")).sum();
        assert_eq!(found, 0, "seed {seed}");
    }

    /// Everything that was ever found, and what mutations begin from.
    #[test]
    fn every_kept_input_is_read_without_harm() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
        for mut target in targets::all().expect("the targets") {
            let inputs = kept(&corpus.join(target.name())).expect("a corpus");
            assert!(!inputs.is_empty(), "{} has a corpus", target.name());
            for (path, input) in inputs {
                let came = target.read(&input);
                assert!(came.is_ok(), "{}: {came:?}", path.display());
            }
        }
    }
}
