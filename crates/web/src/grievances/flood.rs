//! A flood of complaints without a receipt is slowed, so that the office can still find the honest ones: by the network they
//! come from, and over all. Whoever has a receipt is never held up here, and nobody's words are lost: the form comes back
//! with them, and a phone's outbox sends again.

use crate::request::Network;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// How long a complaint is remembered here.
const HOUR: Duration = Duration::from_secs(3600);
/// So many an hour from one network cost nobody anything: phones of one operator share an address.
const FREE: u32 = 10;
/// So many an hour over all cost nobody anything.
const FREE_ALL: u32 = 120;
/// After so many from one network the next one waits for its turn.
const MOST: u32 = 40;
/// What each further one waits.
const STEP: Duration = Duration::from_millis(100);
/// The longest it waits.
const LONGEST: Duration = Duration::from_secs(2);
/// How many are held at once.
const HELD: usize = 64;
/// How many networks are remembered.
const NETWORKS: usize = 20_000;
/// One complaint, in the measure of [`Leak`].
const ONE: u128 = 1_000_000;

/// Slows complaints without a receipt.
#[derive(Debug)]
pub struct Flood {
    counts: Mutex<Counts>,
    held: Semaphore,
}

#[derive(Debug, Default)]
struct Counts {
    all: Leak,
    networks: HashMap<Network, Leak>,
}

/// How many there were in about the last hour, in millionths; they are forgotten evenly.
#[derive(Debug, Default, Clone, Copy)]
struct Leak {
    last: Option<Instant>,
    count: u128,
}

impl Leak {
    fn left(&self, now: Instant) -> u128 {
        let passed = self.last.map_or(HOUR, |last| now.saturating_duration_since(last)).min(HOUR);
        self.count * (HOUR - passed).as_nanos() / HOUR.as_nanos()
    }

    fn add(&mut self, now: Instant) -> u32 {
        self.count = self.left(now) + ONE;
        self.last = Some(now);
        u32::try_from(self.count / ONE).unwrap_or(u32::MAX)
    }
}

/// What becomes of a complaint.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    /// It is taken after a while, mostly none.
    After(Duration),
    /// So many came from its network that it has to come again.
    Later,
}

/// The complaint has to come again, after so many minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Later {
    /// Minutes.
    pub minutes: u32,
}

const LATER: Later = Later { minutes: 5 };

impl Default for Flood {
    fn default() -> Self {
        Flood { counts: Mutex::default(), held: Semaphore::new(HELD) }
    }
}

impl Flood {
    /// Lets a complaint through, at once or after a while.
    ///
    /// # Errors
    /// [`Later`], when it has to come again.
    pub async fn pass(&self, network: Option<Network>) -> Result<(), Later> {
        match self.turn(network, Instant::now()) {
            Turn::Later => Err(LATER),
            Turn::After(Duration::ZERO) => Ok(()),
            Turn::After(wait) => {
                // Whoever is held on purpose keeps nobody else out.
                crate::request::leave_place();
                let _place = self.held.try_acquire().map_err(|_| LATER)?;
                tokio::time::sleep(wait).await;
                Ok(())
            }
        }
    }

    fn turn(&self, network: Option<Network>, now: Instant) -> Turn {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.networks.len() >= NETWORKS {
            counts.networks.retain(|_, leak| leak.left(now) >= ONE);
        }
        let of_network = match network {
            // What is sent back is not counted, so the turn of its network comes.
            Some(network)
                if counts.networks.get(&network).is_some_and(|leak| leak.left(now) >= ONE * u128::from(MOST)) =>
            {
                return Turn::Later;
            }
            Some(network) => counts.networks.entry(network).or_default().add(now),
            None => 0,
        };
        let over = of_network.saturating_sub(FREE).max(counts.all.add(now).saturating_sub(FREE_ALL));
        Turn::After(STEP.saturating_mul(over).min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, extract::ConnectInfo, http::Request};

    fn network(number: u8) -> Option<Network> {
        let mut request = Request::new(Body::empty());
        let peer: std::net::SocketAddr = format!("203.0.{number}.9:1").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        Network::of(&request)
    }

    #[test]
    fn a_flood_of_one_network_waits_and_then_comes_again_while_others_go_through() {
        let (flood, begin) = (Flood::default(), Instant::now());
        let turns: Vec<Turn> = (0..42).map(|_| flood.turn(network(1), begin)).collect();
        assert!(turns[..10].iter().all(|turn| *turn == Turn::After(Duration::ZERO)));
        assert_eq!(turns[10], Turn::After(STEP));
        assert_eq!(turns[39], Turn::After(LONGEST));
        assert_eq!(turns[40..], [Turn::Later, Turn::Later]);
        assert_eq!(flood.turn(network(2), begin), Turn::After(Duration::ZERO), "another network");
        let minutes = |n: u64| begin + Duration::from_secs(60 * n);
        assert_eq!(flood.turn(network(1), minutes(2)), Turn::After(LONGEST), "its turn comes within minutes");
        assert_eq!(flood.turn(network(1), minutes(200)), Turn::After(Duration::ZERO), "an hour later all is forgotten");
    }

    #[test]
    fn a_flood_from_everywhere_waits_and_is_not_sent_away() {
        let (flood, begin) = (Flood::default(), Instant::now());
        let turns: Vec<Turn> = (0..200).map(|n| flood.turn(network(n), begin)).collect();
        assert_eq!(turns[119], Turn::After(Duration::ZERO));
        assert_eq!(turns[120], Turn::After(STEP));
        assert_eq!(turns[199], Turn::After(LONGEST));
    }
}
