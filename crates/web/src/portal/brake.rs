//! A flood of wrong receipt codes is slowed: the more wrong answers there were in the last minute, the longer the next
//! wrong answer is held back. A right code is answered at once, however many wrong ones come in between; so nobody who
//! has the paper is ever locked out by somebody who guesses. (Wrong tries at one code lock that code for a while; see the
//! store's attempts.)

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// Wrong answers a minute that cost nobody anything: people mistype.
const FREE: u64 = 30;
/// What each further one adds.
const STEP: Duration = Duration::from_millis(50);
/// The longest an answer is held.
const LONGEST: Duration = Duration::from_secs(3);
/// How many answers are held at once; a flood must not fill the memory.
const HELD: usize = 512;
/// One wrong answer.
const ONE: u128 = 1_000_000;
/// How long a wrong answer is remembered.
const MINUTE: Duration = Duration::from_secs(60);

/// Slows wrong answers.
#[derive(Debug)]
pub struct Brake {
    /// When the last one was, and how many there were, in millionths: a fast flood must not be lost to rounding.
    recent: Mutex<(Option<Instant>, u128)>,
    held: Semaphore,
}

impl Default for Brake {
    fn default() -> Self {
        Brake { recent: Mutex::default(), held: Semaphore::new(HELD) }
    }
}

impl Brake {
    /// Holds a wrong answer back.
    pub async fn hold(&self) {
        let wait = wait(self.note(Instant::now()));
        if wait.is_zero() {
            return;
        }
        // Whoever is held on purpose keeps nobody else out.
        crate::request::leave_place();
        // When all places are taken, the answer waits for one.
        if let Ok(_place) = self.held.acquire().await {
            tokio::time::sleep(wait).await;
        }
    }

    /// Counts a wrong answer; how many there were in about the last minute. They are forgotten evenly.
    fn note(&self, now: Instant) -> u64 {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, count) = *recent;
        let passed = last.map_or(MINUTE, |last| now.saturating_duration_since(last)).min(MINUTE);
        let left = count * (MINUTE - passed).as_nanos() / MINUTE.as_nanos();
        let now_there = left + ONE;
        *recent = (Some(now), now_there);
        u64::try_from(now_there / ONE).unwrap_or(u64::MAX)
    }
}

/// How long the wrong answer is held that makes so many in a minute.
fn wait(recent: u64) -> Duration {
    let over = u32::try_from(recent.saturating_sub(FREE)).unwrap_or(u32::MAX);
    STEP.saturating_mul(over).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_mistype_wait_for_nothing_and_a_flood_waits_ever_longer() {
        let waits: Vec<u128> = [1, 30, 31, 50, 90, 100_000].into_iter().map(|n| wait(n).as_millis()).collect();
        assert_eq!(waits, [0, 0, 50, 1000, 3000, 3000]);
    }

    #[test]
    fn wrong_answers_are_forgotten_within_a_minute() {
        let brake = Brake::default();
        let begin = Instant::now();
        let counts: Vec<u64> = (0..100).map(|_| brake.note(begin)).collect();
        assert_eq!(counts.last(), Some(&100));
        let fast = (1..=100).map(|n| brake.note(begin + Duration::from_micros(n * 500))).last();
        assert!(fast.is_some_and(|count| count >= 199), "a fast flood counts in full: {fast:?}");
        assert_eq!(brake.note(begin + Duration::from_micros(50_000 + 30_000_000)), 100);
        assert_eq!(brake.note(begin + Duration::from_secs(120)), 1);
    }
}
