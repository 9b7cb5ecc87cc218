//! Measures screening and questioning over a pack folder.
//!
//! `cargo run --release -p rules --example bench_screen -- programmes/pk [seed] [families] [screen|ask]`
//!
//! Prints the time to load the pack, the time per screening (every programme, with reasons, one household of six), and
//! over generated families how many questions it takes until no open programme can be settled by asking: as
//! `next_question` orders them, in the dictionary's order, and at random. All three ask only what an open programme
//! still reads. Answers come from the hidden full family; recorded facts are known from the start.

use rules::{
    Asking, Birth, Date, FactRef, Family, Held, Member, Pack, Value, next_question, open_questions,
    pack::fact::{Fact, FactKind, FactType, Record},
    screen,
};
use std::{
    collections::BTreeSet,
    fs, hint,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Sebastiano Vigna's SplitMix64: small, seeded, good enough to draw families.
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

    fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

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
        bench_questions(&pack, seed, families);
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

fn at() -> Date {
    Date::from_ymd_opt(2026, 11, 22).unwrap_or_default()
}

fn bench_screening(pack: &Pack, seed: u64, families: usize) {
    let mut draw = Draw(seed);
    for (label, known) in [("nothing asked yet", 0), ("half the questions answered", 50), ("all answered", 100)] {
        let mut times = vec![];
        for _ in 0..families {
            let full = full_family(pack, &mut draw);
            let family = partly_known(pack, &full, known, &mut draw);
            let begun = Instant::now();
            let screening = hint::black_box(screen(pack, hint::black_box(&family), at()));
            times.push(begun.elapsed());
            drop(screening); // giving the memory back is not part of the answer
        }
        let (median, p90) = middle(&mut times);
        println!("screening, household of 6, {label}: median {median:?}, p90 {p90:?}");
    }
}

fn middle<T: Ord + Copy>(all: &mut [T]) -> (T, T) {
    all.sort();
    (all[all.len() / 2], all[all.len() * 9 / 10])
}

fn bench_questions(pack: &Pack, seed: u64, families: usize) {
    type Pick = fn(&Pack, &Family, &Asking, &mut Draw) -> Option<FactRef>;
    let best: Pick = |pack, family, asking, _| {
        next_question(pack, family, at(), asking).map(|q| FactRef { fact: q.fact, member: q.member })
    };
    let in_order: Pick = |pack, family, asking, _| open_questions(pack, family, at(), asking).into_iter().next();
    let random: Pick = |pack, family, asking, draw| {
        let open = open_questions(pack, family, at(), asking);
        let count = u64::try_from(open.len()).unwrap_or(0);
        open.into_iter().nth(usize::try_from(draw.below(count)).unwrap_or(0))
    };
    for (label, pick) in [("next_question", best), ("dictionary order", in_order), ("random order", random)] {
        let (mut draw, mut counts, mut spent, mut settled) = (Draw(seed), vec![], Duration::ZERO, [0usize; 4]);
        for _ in 0..families {
            let full = full_family(pack, &mut draw);
            let mut family = partly_known(pack, &full, 0, &mut draw);
            let (mut asking, mut order) = (Asking::default(), Draw(seed));
            let mut asked = 0u32;
            loop {
                let begun = Instant::now();
                let Some(question) = pick(pack, &family, &asking, &mut order) else { break };
                spent += begun.elapsed();
                asked += 1;
                answer(&full, &mut family, &question);
                asking.skipped.insert(question);
                if let Some(mark) = [10, 20, 40].iter().position(|mark| *mark == asked) {
                    settled[mark] += closed(pack, &family);
                }
            }
            // Whoever was done before a mark had everything settled at it.
            for (mark, total) in [10, 20, 40, 0].into_iter().zip(&mut settled) {
                *total += if mark == 0 || asked < mark { closed(pack, &family) } else { 0 };
            }
            counts.push(asked);
        }
        let all: u32 = counts.iter().sum();
        let (median, p90) = middle(&mut counts);
        println!(
            "questions by {label}: median {median}, p90 {p90}; {:?} per question; programmes settled on average \
             after 10, 20, 40 and all questions: {}",
            spent / all.max(1),
            settled.map(|total| format!("{:.1}", total as f64 / families as f64)).join(", ")
        );
    }
}

fn closed(pack: &Pack, family: &Family) -> usize {
    screen(pack, family, at()).verdicts.iter().filter(|v| !v.is_open()).count()
}

fn answer(full: &Family, family: &mut Family, question: &FactRef) {
    let short = question.fact.split_once('.').map_or("", |(_, short)| short);
    match &question.member {
        None => {
            let told = full.household.get(short).cloned();
            family.household.extend(told.map(|held| (short.to_owned(), held)));
        }
        Some(key) => {
            let told = full.members.iter().find(|m| m.key == **key).and_then(|m| m.facts.get(short)).cloned();
            if let Some(member) = family.members.iter_mut().find(|m| m.key == **key) {
                member.facts.extend(told.map(|held| (short.to_owned(), held)));
            }
        }
    }
}

/// A household of six with a value for every fact that somebody could tell.
fn full_family(pack: &Pack, draw: &mut Draw) -> Family {
    let mut family = Family { members_complete: true, ..Family::default() };
    for score in pack.scores().iter().filter(|s| !s.published) {
        if draw.percent(50) {
            let span = u64::try_from(score.bounds.high - score.bounds.low).unwrap_or(0);
            let points = score.bounds.low + i64::try_from(draw.below(span + 1)).unwrap_or(0);
            family.scores.insert(score.id.to_string(), points);
        }
    }
    fill(pack, Record::Household, None, &mut family.household, draw);
    for number in 0..6 {
        let year = 2026 - i32::try_from(if number < 2 { 25 + draw.below(45) } else { draw.below(40) }).unwrap_or(0);
        let mut member = Member { key: format!("m{number}"), name: format!("Member {number}"), ..Member::default() };
        member.birth = Birth::year(year);
        fill(pack, Record::Person, Some(2026 - year), &mut member.facts, draw);
        family.members.push(member);
    }
    family
}

fn fill(pack: &Pack, record: Record, age: Option<i32>, into: &mut rules::FactValues, draw: &mut Draw) {
    let told = |f: &&Fact| f.record == record && matches!(f.kind, FactKind::Asked | FactKind::Recorded);
    for fact in pack.facts().iter().filter(told) {
        if fact.short() == "members_complete" || fact.kind_of_value == FactType::Date {
            continue;
        }
        let value = match fact.kind_of_value {
            FactType::Bool => Value::Bool(draw.percent(25)),
            FactType::Int => Value::Int(number(fact, draw)),
            FactType::Decimal { .. } => Value::Decimal(number(fact, draw)),
            FactType::Code => Value::Code(code(fact, age, draw)),
            FactType::Set => {
                let has: BTreeSet<String> =
                    fact.codes.iter().filter(|_| draw.percent(1)).map(|c| c.id.to_string()).collect();
                Value::Set { has, complete: true }
            }
            FactType::Date => continue,
        };
        into.insert(fact.short().to_owned(), Held::said(value, at()));
    }
}

/// Small numbers are likelier: each halving of the range is as likely as the next.
fn number(fact: &Fact, draw: &mut Draw) -> i64 {
    let span = u64::try_from(fact.bounds.high - fact.bounds.low).unwrap_or(0) + 1;
    let magnitude = u64::from(span.ilog2()) + 1;
    let below = span >> draw.below(magnitude);
    fact.bounds.low + i64::try_from(draw.below(below)).unwrap_or(0)
}

fn code(fact: &Fact, age: Option<i32>, draw: &mut Draw) -> String {
    let child = age.is_some_and(|a| a < 18) && fact.short() == "marital_status";
    let nth = if child { 0 } else { draw.below(u64::try_from(fact.codes.len()).unwrap_or(1)) };
    // Most families live in the province the pack is about, which its dictionary names first.
    let nth = if fact.short() == "province_permanent" && draw.percent(90) { 0 } else { nth };
    fact.codes.get(usize::try_from(nth).unwrap_or(0)).map_or(String::new(), |c| c.id.to_string())
}

/// What is on the record already, and this share of the questions.
fn partly_known(pack: &Pack, full: &Family, percent: u64, draw: &mut Draw) -> Family {
    let mut family = full.clone();
    let mut keep = |record: &str, values: &mut rules::FactValues| {
        values.retain(|short, _| {
            let recorded = pack.fact(&format!("{record}.{short}")).is_some_and(|f| f.kind == FactKind::Recorded);
            recorded || draw.percent(percent)
        });
    };
    keep("household", &mut family.household);
    family.members.iter_mut().for_each(|m| keep("person", &mut m.facts));
    family
}
