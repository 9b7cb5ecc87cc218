//! `onewindow-letters --fonts FOLDER`: a letter as JSON on standard input, its PDF on standard output.
//!
//! It bounds its own memory and time, so that a letter that goes wrong harms nobody else on the machine. Codes of its end:
//! 2 no letter, 3 no fonts, 4 not typeset, 5 bounds or output.

use letters::{LARGEST, NotTypeset, pdf};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

/// Memory it may ask for, in bytes.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds of processor time it may use.
const SECONDS: u64 = 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(code)
        }
    }
}

fn run() -> Result<(), (u8, String)> {
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, SECONDS)] {
        let bound = Rlimit { current: Some(most), maximum: Some(most) };
        setrlimit(resource, bound).map_err(|why| (5, format!("Its bounds could not be set: {why}.")))?;
    }
    // A thread for every processor of a large machine would ask for more address space than the bound gives.
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .map_err(|why| (5, format!("Its thread did not start: {why}.")))?;
    let mut letter = String::new();
    io::stdin().take(LARGEST).read_to_string(&mut letter).map_err(|_| (2, NotTypeset::NoLetter.to_string()))?;
    let bytes = pdf(&letter, &fonts()?).map_err(|why| (code(&why), why.to_string()))?;
    io::stdout().write_all(&bytes).map_err(|why| (5, format!("The PDF could not be handed over: {why}.")))
}

fn fonts() -> Result<PathBuf, (u8, String)> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match &words[..] {
        [name, folder] if name == "--fonts" => Ok(PathBuf::from(folder)),
        _ => Err((2, "Usage: onewindow-letters --fonts FOLDER < letter.json > letter.pdf".to_owned())),
    }
}

fn code(why: &NotTypeset) -> u8 {
    match why {
        NotTypeset::NoLetter => 2,
        NotTypeset::FontMissing(_) => 3,
        NotTypeset::Refused(_) => 4,
    }
}
