//! Asks for random households and what the server says of them, for `agree.mjs` to ask the module the same.
//!
//! Each line is a question in JSON, a tab, and the SHA-256 of the server's answer in JSON. The first gives the policy.

use sha2::{Digest, Sha256};
use std::{
    error::Error,
    fs,
    io::{BufWriter, Write},
    path::Path,
};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| words.get(place).and_then(|word| word.parse::<u64>().ok());
    let (households, seed) = (number(0).unwrap_or(10_000), number(1).unwrap_or(20_261_122));
    let mut files = Vec::new();
    let folder = Path::new("programmes/pk");
    read(folder, folder, &mut files)?;
    files.sort();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let pack = rules::Pack::load(&borrowed).map_err(|errors| format!("{errors:?}"))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let load = serde_json::json!({ "ask": "load", "files": files, "centres": [], "demo": false });
    line(&mut out, &load, serde_json::json!({ "hash": pack.hash() }).to_string().as_bytes())?;
    let at = specimens::day();
    let mut cells = 0;
    let many = usize::try_from(households)?;
    for (number, family) in specimens::families(&pack, seed, many).enumerate() {
        let screening = rules::screen(&pack, &family, at);
        cells += screening.verdicts.iter().map(|verdict| verdict.candidates.len()).sum::<usize>();
        let ask = serde_json::json!({ "ask": "screen", "family": family, "at": at });
        line(&mut out, &ask, &serde_json::to_vec(&screening)?)?;
        // The order of questions costs more than the verdicts: one household in ten.
        if number % 10 == 0 {
            let asking = rules::Asking::default();
            let question = rules::next_question(&pack, &family, at, &asking);
            let ask = serde_json::json!({ "ask": "question", "family": family, "at": at, "asking": asking });
            line(&mut out, &ask, &serde_json::to_vec(&question)?)?;
        }
    }
    out.flush()?;
    eprintln!("{households} households from the seed {seed}: {cells} verdicts of candidates");
    Ok(())
}

fn line(out: &mut impl Write, ask: &serde_json::Value, answer: &[u8]) -> std::io::Result<()> {
    let hash: String = Sha256::digest(answer).iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(out, "{ask}\t{hash}")
}

fn read(root: &Path, folder: &Path, into: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            into.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
