//! A small pack and the cast, for every test of this crate.
#![allow(dead_code, reason = "each test file uses its own part")]

use rules::{Date, FactRef, Family, Pack, PolicyError, Seen, Subject};
use serde_json::Value as Json;

/// The files every test pack shares.
pub const SHARED: [(&str, &str); 9] = [
    ("pack.toml", include_str!("../pack/pack.toml")),
    ("operators.toml", include_str!("../pack/operators.toml")),
    ("papers.toml", include_str!("../pack/papers.toml")),
    ("sources.toml", include_str!("../pack/sources.toml")),
    ("calendar.toml", include_str!("../pack/calendar.toml")),
    ("places.csv", include_str!("../pack/places.csv")),
    ("facts.toml", include_str!("../pack/facts.toml")),
    ("scores/card.toml", include_str!("../pack/scores/card.toml")),
    ("scores/registry.toml", include_str!("../pack/scores/registry.toml")),
];

/// The day of every test: 22 November 2026.
pub fn at() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap()
}

/// What stands before the criteria of a programme.
pub fn head(id: &str, level: &str, rules: &str) -> String {
    format!("id = \"{id}\"\noperator = \"zakat\"\nlevel = \"{level}\"\nstate = \"open\"\nrules = \"{rules}\"\n")
}

/// A programme with one criterion per condition.
pub fn programme(id: &str, level: &str, rules: &str, conditions: &[&str]) -> String {
    let criterion = |(n, when): (usize, &&str)| format!("[[criterion]]\nid = \"c{n}\"\nwhen = \"{when}\"\n");
    head(id, level, rules) + &conditions.iter().enumerate().map(criterion).collect::<String>()
}

/// Loads the shared files and these programmes (id, programme.toml).
pub fn try_pack(programmes: &[(&str, String)]) -> Result<Pack, Vec<PolicyError>> {
    let texts = "[name]\nen = \"A programme\"\n[line]\nen = \"For whom and what\"\n";
    let paths: Vec<(String, &str)> = programmes
        .iter()
        .flat_map(|(id, text)| [(format!("{id}/programme.toml"), text.as_str()), (format!("{id}/texts.toml"), texts)])
        .collect();
    let files: Vec<(&str, &str)> =
        SHARED.into_iter().chain(paths.iter().map(|(path, text)| (path.as_str(), *text))).collect();
    Pack::load(&files)
}

/// Loads a pack that must be right.
pub fn pack(programmes: &[(&str, String)]) -> Pack {
    try_pack(programmes)
        .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|e| format!("{e}\n")).collect::<String>()))
}

/// A family written plainly.
pub fn family(pack: &Pack, plain: Json) -> Family {
    Family::from_plain(pack, &plain, at()).unwrap()
}

/// `fact` or `fact of member`, comma-separated.
pub fn names(refs: &[FactRef]) -> String {
    let name = |r: &FactRef| match &r.member {
        Some(member) => format!("{} of {member}", r.fact),
        None => r.fact.to_string(),
    };
    refs.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A comparison on one line, as a page would compose it.
pub fn line(because: &rules::Because) -> String {
    let subject = match &because.test.subject {
        Subject::Fact(id) => id.to_string(),
        Subject::Score(id) => format!("scores.{id}"),
        Subject::MembersWho { how, text, .. } => format!("{how:?} of members: {text}"),
        Subject::Calculation { text, .. } => text.clone(),
        other => format!("{other:?}"),
    };
    let of = because.member.as_ref().map_or(String::new(), |m| format!(" of {m}"));
    let seen = match &because.seen {
        Seen::Number(interval) if interval.known().is_some() => interval.low.to_string(),
        Seen::Number(interval) => format!("{} to {}", interval.low, interval.high),
        Seen::Code(code) => code.to_string(),
        Seen::Members(seen) => {
            let keys = |ids: &[rules::Id]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
            format!("yes {} unknown {}{}", keys(&seen.yes), keys(&seen.unknown), if seen.open { " open" } else { "" })
        }
        other => format!("{other:?}"),
    };
    let short = because.short_by.map_or(String::new(), |by| format!(" (short by {by})"));
    let stale = if because.stale { " (too old)" } else { "" };
    let needed = format!("{:?} {:?}", because.test.operator, because.test.needed);
    format!("{subject}{of}: {seen}{stale}. Needed: {needed}. {:?}{short}", because.truth)
}
