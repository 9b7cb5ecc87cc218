//! The running program: two listeners, the sealer, the comparing of records, the workers of imports and
//! messages, and an orderly end.

use crate::{commands::system, packs::say};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use web::{
    App,
    messages::{Post, Sender},
    people::imports::work::Worker,
    request::{Bounded, Peer, Surface},
};

/// Seconds between two seals.
const SEAL_EVERY: u64 = 10;

/// Seconds between two writings of what people asked about.
const COUNT_EVERY: u64 = 15;
/// Seconds between two turns of comparing records, and how many persons a turn takes.
const REVIEW_EVERY: u64 = 2;
const AT_ONCE: i64 = 50;

/// Where to listen.
pub(crate) struct Listen {
    pub office: SocketAddr,
    pub public: SocketAddr,
}

/// Serves until the program is told to stop; what is begun is finished.
pub(crate) async fn serve(app: App, listen: Listen, sender: Arc<dyn Sender>) -> Result<(), String> {
    let bind = |address: SocketAddr| async move {
        tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| format!("{address} cannot be listened on: {error}."))
    };
    let (office, public) = (bind(listen.office).await?, bind(listen.public).await?);
    let sealer = tokio::spawn(seal_on(app.clone()));
    let counter = tokio::spawn(count_on(app.clone()));
    let (store, pack) = (app.store.clone(), app.pack.clone());
    let importer = tokio::spawn(Worker::new(store, pack, app.config.clock, system()).run());
    let reviewer = tokio::spawn(review_on(app.clone()));
    let post = tokio::spawn(Post::new(app.clone(), system(), sender).run());
    let office = Bounded::new(office, app.connections(Surface::Office));
    let public = Bounded::new(public, app.connections(Surface::Public));
    let office = axum::serve(office, web::office(app.clone())).with_graceful_shutdown(told_to_stop());
    // A flood is slowed by the network it comes from.
    let pages = web::public(app.clone()).into_make_service_with_connect_info::<Peer>();
    let public = axum::serve(public, pages).with_graceful_shutdown(told_to_stop());
    let (office, public) = tokio::join!(office.into_future(), public.into_future());
    sealer.abort();
    counter.abort();
    // A batch is taken whole or not at all; the next start goes on behind the last.
    importer.abort();
    reviewer.abort();
    // Which seals were read stands in the database; the next start goes on behind them.
    post.abort();
    office.map_err(say)?;
    public.map_err(say)?;
    app.keep_counts().await.map_err(say)?;
    app.store.seal(app.now()).await.map_err(say)?;
    app.store.close().await;
    Ok(())
}

/// Holds whoever was registered or corrected against everybody, behind the writers; a little at a time, so that the desk
/// does not wait for it.
async fn review_on(app: App) {
    if let Err(error) = app.store.review_up_to_date().await {
        tracing::error!(%error, "the list of pairs could not be begun; `onewindow link --registry` makes it");
    }
    loop {
        let begun = Instant::now();
        let rest = match review_turn(&app).await {
            // Many wait: half of the time is the desk's.
            Ok(done) if done.persons >= AT_ONCE.unsigned_abs() => begun.elapsed(),
            Ok(_) => Duration::from_secs(REVIEW_EVERY),
            Err(error) => {
                tracing::error!(%error, "comparing records failed; it is tried again");
                Duration::from_secs(REVIEW_EVERY)
            }
        };
        tokio::time::sleep(rest).await;
    }
}

async fn review_turn(app: &App) -> Result<store::people::Reviewed, store::StoreError> {
    let stake = web::stake(&app.pack, app.today());
    app.store.review_stake_is(&stake).await?;
    app.store.review_due(&stake, AT_ONCE).await
}

/// Seals behind the writers for as long as the program runs.
async fn seal_on(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(SEAL_EVERY));
    loop {
        every.tick().await;
        if let Err(error) = app.store.seal(app.now()).await {
            tracing::error!(%error, "sealing failed; it is tried again");
        }
        if let Err(error) = app.store.erase_kept_forms(app.now()).await {
            tracing::error!(%error, "kept forms could not be erased; it is tried again");
        }
        if let Err(error) = app.store.finish_sign_outs().await {
            tracing::error!(%error, "ended sessions stand in their table yet; they open nothing");
        }
        // Answers that somebody let us keep go on their hour, whether anybody comes or not.
        if let Err(error) = app.store.erase_kept_answers(app.now()).await {
            tracing::error!(%error, "kept answers could not be erased; it is tried again");
        }
    }
}

/// Writes what people asked about for as long as the program runs.
async fn count_on(app: App) {
    let mut every = tokio::time::interval(Duration::from_secs(COUNT_EVERY));
    loop {
        every.tick().await;
        if let Err(error) = app.keep_counts().await {
            tracing::error!(%error, "openings were not counted");
        }
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return drop(interrupt.await);
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
