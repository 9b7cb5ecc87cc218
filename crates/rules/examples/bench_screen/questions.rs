//! How many questions it takes until no open programme can be settled by asking.

use crate::{
    families::{Draw, answer, at, full_family, partly_known},
    middle,
};
use rules::{Asking, FactRef, Family, Pack, next_question, open_questions, screen};
use std::time::{Duration, Instant};

/// Asks generated families in three orders and prints how far each comes.
pub fn bench_questions(pack: &Pack, seed: u64, families: usize) {
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
