use super::{super::seed::Seed, *};
use expect_test::{Expect, expect};

/// `id district low-high yes|? cost`, one a line.
fn standings(text: &str, seed: &str) -> Vec<Standing> {
    let standing = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (low, high) = words[2].split_once('-').unwrap_or((words[2], words[2]));
        Standing {
            household: words[0].into(),
            district: words[1].into(),
            score: (low.parse().unwrap(), high.parse().unwrap()),
            meets: words[3] == "yes",
            cost: Between::exactly(words[4].parse().unwrap()),
            lot: Seed(seed.into()).lot(words[0]),
        }
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(standing).collect()
}

fn limits(budget: Option<i128>, quotas: &[(&str, u64)]) -> Limits {
    Limits { budget, quotas: quotas.iter().map(|(district, quota)| ((*district).into(), *quota)).collect() }
}

fn lines(reach: &Reach) -> String {
    let line = |r: &Ranked| format!("{} {} {}\n", r.standing.household, r.place.word(), r.sure.word());
    reach.ranked.iter().map(line).collect()
}

fn check(text: &str, limits: &Limits, want: Expect) {
    want.assert_eq(&lines(&reach(standings(text, "spring"), limits)));
}

const PLAIN: &str = "
    Amina bannu 20 yes 100
    Gulalai bannu 25 yes 100
    Noor swat 15 yes 100
    Sher swat 30 yes 50";

#[test]
fn the_poorest_first_and_nobody_behind_the_one_who_did_not_fit() {
    check(
        PLAIN,
        &limits(Some(250), &[]),
        expect![[r#"
        Noor reached always
        Amina reached always
        Gulalai waits_for_budget never
        Sher waits_for_budget never
    "#]],
    );
}

#[test]
fn a_full_district_is_passed_over() {
    check(
        PLAIN,
        &limits(None, &[("bannu", 1)]),
        expect![[r#"
        Noor reached always
        Amina reached always
        Gulalai waits_for_place never
        Sher reached always
    "#]],
    );
    check(
        PLAIN,
        &limits(Some(250), &[("bannu", 1)]),
        expect![[r#"
        Noor reached always
        Amina reached always
        Gulalai waits_for_place never
        Sher reached depends
    "#]],
    );
}

#[test]
fn a_score_not_fully_known_ranks_by_the_most_it_can_be() {
    check(
        "
        Amina bannu 10-40 yes 100
        Noor swat 15 yes 100
        Gulalai bannu 20 yes 100",
        &limits(Some(200), &[]),
        expect![[r#"
            Noor reached always
            Gulalai reached depends
            Amina waits_for_budget depends
        "#]],
    );
}

#[test]
fn an_unknown_verdict_takes_no_place_and_loses_none() {
    check(
        "
        Amina bannu 10 ? 100
        Noor swat 15 yes 100
        Gulalai bannu 20 yes 100
        Sher swat 30 ? 100",
        &limits(Some(200), &[]),
        expect![[r#"
            Amina unclear_ahead depends
            Noor reached always
            Gulalai reached depends
            Sher unclear_behind never
        "#]],
    );
}

#[test]
fn equals_are_drawn_by_lot_and_another_seed_draws_others() {
    let equal: String = (0..40).map(|n| format!("h{n} bannu 20 yes 1\n")).collect();
    let reached = |seed: &str| -> Vec<String> {
        let reach = reach(standings(&equal, seed), &limits(Some(10), &[]));
        assert_eq!((reach.drawn(), reach.last_score()), ((10, 30), Some((20, 20))));
        let of = |r: Ranked| (r.place == Place::Reached).then_some(r.standing.household);
        reach.ranked.into_iter().filter_map(of).collect()
    };
    assert_eq!(reached("spring"), reached("spring"));
    assert_ne!(reached("spring"), reached("autumn"));
}

#[test]
fn the_order_of_households_does_not_matter() {
    let mixed: String = (0..200)
        .map(|n| {
            let (low, more) = (n * 7 % 13, n % 3 * (n % 5));
            let verdict = if n % 4 == 0 { "?" } else { "yes" };
            format!("h{n} d{} {low}-{} {verdict} {}\n", n % 3, low + more, 50 + n % 2 * 50)
        })
        .collect();
    let limits = limits(Some(5000), &[("d1", 20)]);
    let mut households = standings(&mixed, "spring");
    let first = lines(&reach(households.clone(), &limits));
    for turn in [1, 7, 50, 199] {
        households.rotate_left(turn);
        assert_eq!(lines(&reach(households.clone(), &limits)), first, "turned by {turn}");
        households.reverse();
    }
}

/// Every way to fill in what is missing: whoever is always reached is, and whoever never is, is not.
#[test]
fn what_is_called_sure_holds_whatever_is_found_out() {
    let mut state = 0x2026_1122_u64;
    println!("seed {state}");
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..400 {
        let line = |n: u64, next: &mut dyn FnMut(u64) -> u64| {
            let low = next(6);
            let verdict = if next(3) == 0 { "?" } else { "yes" };
            format!("h{n} d{} {low}-{} {verdict} {}\n", next(2), low + next(3), 1 + next(3))
        };
        let text: String = (0..5).map(|n| line(n, &mut next)).collect();
        let quotas = if round % 2 == 0 { vec![] } else { vec![("d0", next(3))] };
        let limits = limits((round % 3 != 0).then(|| i128::from(next(9))), &quotas);
        let open = standings(&text, "spring");
        let said = reach(open.clone(), &limits);
        for filled in fillings(&open) {
            let known = reach(filled.clone(), &limits);
            for ranked in &known.ranked {
                let id = &ranked.standing.household;
                let before = said.ranked.iter().find(|r| r.standing.household == *id).unwrap();
                let is_reached = ranked.place == Place::Reached;
                assert!(before.sure != Sure::Always || is_reached, "{id} of\n{text}{limits:?}\n{filled:?}");
                assert!(before.sure != Sure::Never || !is_reached, "{id} of\n{text}{limits:?}\n{filled:?}");
            }
            for gone in said.ranked.iter().filter(|r| r.sure == Sure::Always) {
                assert!(known.ranked.iter().any(|r| r.standing.household == gone.standing.household));
            }
        }
    }
}

/// Households with every score and verdict decided; who turns out not to meet the criteria is not there.
fn fillings(open: &[Standing]) -> Vec<Vec<Standing>> {
    let Some((first, rest)) = open.split_first() else { return vec![vec![]] };
    let mut all = vec![];
    for tail in fillings(rest) {
        for score in first.score.0..=first.score.1 {
            let known = Standing { score: (score, score), meets: true, ..first.clone() };
            all.push([vec![known], tail.clone()].concat());
        }
        if !first.meets {
            all.push(tail);
        }
    }
    all
}
