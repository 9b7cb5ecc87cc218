//! The worker behind the sealer: makes a message of each sealed step that a family is to know of, and hands it to the
//! sender until it takes it.

use super::words;
use crate::App;
use std::{io, sync::Arc, time::Duration};
use store::{
    Scope, StoreError,
    messages::{Due, NewMessage, Outgoing},
};

/// Seconds between two looks.
const EVERY: u64 = 2;
/// How many are sent before new steps are looked at again.
const AT_ONCE: usize = 20;

/// What carries messages away: a folder, a command, a gateway.
///
/// It is given each message until it says that it took it. A power cut between taking and noting it brings the same message
/// again, under the same key.
pub trait Sender: Send + Sync {
    /// Takes a message; may block. An error says, without naming anybody, why not.
    fn send(&self, message: &Outgoing) -> io::Result<()>;
}

/// Makes and sends messages.
pub struct Post {
    app: App,
    scope: Scope,
    sender: Arc<dyn Sender>,
}

impl Post {
    /// A worker that acts as the program itself.
    pub fn new(app: App, scope: Scope, sender: Arc<dyn Sender>) -> Self {
        Post { app, scope, sender }
    }

    /// Works for as long as the program runs.
    pub async fn run(self) {
        let mut every = tokio::time::interval(Duration::from_secs(EVERY));
        loop {
            every.tick().await;
            if let Err(error) = self.step().await {
                tracing::error!(%error, "messages could not be made or sent; it is tried again");
            }
        }
    }

    /// Makes what new seals bring and sends what is due; how many were sent.
    pub async fn step(&self) -> Result<usize, StoreError> {
        let room = self.app.store.messages(&self.scope);
        while let Some((seal, due)) = room.due().await? {
            let new = due.into_iter().map(|due| self.compose(due)).collect();
            room.keep(seal, new, self.app.now()).await?;
        }
        let mut sent = 0;
        for _ in 0..AT_ONCE {
            // One at a time: what a family says now holds for the very next message.
            let Some(message) = room.next(self.app.now()).await? else { break };
            match self.hand_over(message.clone()).await {
                Ok(()) => {
                    room.sent(message.id, self.app.now()).await?;
                    sent += 1;
                }
                Err(fault) => room.failed(&message, &fault.to_string(), self.app.now()).await?,
            }
        }
        Ok(sent)
    }

    fn compose(&self, due: Due) -> NewMessage {
        NewMessage {
            words: words::compose(&self.app.pack, &due),
            position: due.position,
            household: due.household,
            about: due.about,
            step: due.step,
            language: due.language,
            phone: due.phone.number,
        }
    }

    async fn hand_over(&self, message: Outgoing) -> io::Result<()> {
        let sender = self.sender.clone();
        tokio::task::spawn_blocking(move || sender.send(&message)).await.map_err(io::Error::other)?
    }
}
