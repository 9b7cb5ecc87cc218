//! One test, two databases: each gets a fresh registry on SQLite in a temporary folder, and one on PostgreSQL in a
//! database of its own on the server that `ONEWINDOW_TEST_PG` names.

#![allow(dead_code, reason = "each test binary uses a part of this")]

pub mod cast;
pub mod intake;
pub mod lists;
pub mod raw;
pub mod story;
pub mod teller;

use archive::OfficeKey;
use domain::{Instant, ids::OfficerId};
use raw::Raw;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};
use store::{Scope, Store, SystemKey};
use tempfile::TempDir;
use tokio::sync::Mutex;
use uuid::Uuid;

/// The server on which a test may create its database, as `postgres://USER@HOST:PORT/NAME`.
pub const SERVER: &str = "ONEWINDOW_TEST_PG";

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own on the test server.
    Postgres,
}

/// A fresh registry, gone when the test is over.
pub struct Base {
    /// The open store.
    pub store: Store,
    /// Its address.
    pub url: String,
    /// The office's key, for a registry that is sealed.
    pub key: Option<OfficeKey>,
    /// Its folder: the papers, and on SQLite the database.
    pub dir: TempDir,
    /// The scope of the program itself.
    pub system: Scope,
    signed_in: Mutex<HashMap<OfficerId, Scope>>,
}

/// The password of everybody in the cast.
pub const PASSWORD: &str = "nine quiet sparrows";

/// `on_both!(name, async |base| { .. })` makes the tests `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "a short test needs less than its file")]
            use super::*;

            fn run(on: crate::common::On) {
                crate::common::run(on, module_path!(), $body);
            }

            #[test]
            fn sqlite() {
                run(crate::common::On::Sqlite);
            }

            #[test]
            fn postgres() {
                run(crate::common::On::Postgres);
            }
        }
    };
}
pub(crate) use on_both;

/// As [`on_both`], on a registry that is sealed with an office's key.
macro_rules! on_both_sealed {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "a short test needs less than its file")]
            use super::*;

            #[test]
            fn sqlite() {
                crate::common::run_with(crate::common::On::Sqlite, module_path!(), true, $body);
            }

            #[test]
            fn postgres() {
                crate::common::run_with(crate::common::On::Postgres, module_path!(), true, $body);
            }
        }
    };
}
pub(crate) use on_both_sealed;

/// Runs a test on one database. Without a server, PostgreSQL is skipped aloud; on CI that is a failure.
pub fn run(on: On, name: &str, test: impl AsyncFnOnce(&Base)) {
    // Every test also holds for a sealed registry, but for those that look for contents in tables.
    run_with(on, name, std::env::var("ONEWINDOW_TEST_SEALED").is_ok(), test);
}

/// Runs a test on one database, sealed or not.
pub fn run_with(on: On, name: &str, sealed: bool, test: impl AsyncFnOnce(&Base)) {
    let Some(place) = Place::make(on, name) else { return };
    let runtime = runtime();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let base = Base::open(&place, sealed).await;
            test(&base).await;
            base.store.close().await;
        });
    }));
    runtime.shutdown_background();
    place.remove();
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

/// Two threads, like the smallest server.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// Where a test's database stands.
pub struct Place {
    /// The database's address.
    pub url: String,
    server: Option<(String, String)>,
}

impl Place {
    /// Makes it; `None` when the test is to be skipped.
    pub fn make(on: On, name: &str) -> Option<Place> {
        if on == On::Sqlite {
            return Some(Place { url: String::new(), server: None });
        }
        let Some(server) = std::env::var(SERVER).ok().filter(|url| !url.is_empty()) else {
            let on_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!on_ci, "{SERVER} is not set: CI tests both databases. Run `cargo xtask test`.");
            eprintln!(
                "SKIPPED on PostgreSQL: {SERVER} is not set. `cargo xtask pg -- cargo nextest run -p store` sets it."
            );
            return None;
        };
        let name = format!("ow_{}_{}", std::process::id(), name.rsplit("::").next().unwrap_or(name));
        let name: String = name.chars().take(60).collect();
        runtime().block_on(async {
            let mut raw = Raw::connect(&server).await;
            raw.execute(&format!("drop database if exists {name} with (force)")).await;
            raw.execute(&format!("create database {name}")).await;
            if !name.contains("crash") {
                // These tests pull no plug; waiting for the disk is for those that do.
                raw.execute(&format!("alter database {name} set synchronous_commit = off")).await;
            }
        });
        let (host, _) = server.rsplit_once('/').expect("the server's address ends in a database's name");
        Some(Place { url: format!("{host}/{name}"), server: Some((server.clone(), name)) })
    }

    /// Drops the database.
    pub fn remove(self) {
        let Some((server, name)) = self.server else { return };
        runtime().block_on(async {
            Raw::connect(&server).await.execute(&format!("drop database if exists {name} with (force)")).await;
        });
    }
}

impl Base {
    async fn open(place: &Place, sealed: bool) -> Base {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let url = match place.url.as_str() {
            "" => format!("sqlite:{}", dir.path().join("registry.db").display()),
            url => url.to_owned(),
        };
        let key = sealed.then(OfficeKey::draw);
        let papers = dir.path().join("papers");
        let store = Store::open_with(&url, &papers, key.as_ref()).await.expect("the store opens");
        let system = Scope::system(SystemKey::for_this_program());
        Base { store, url, key, dir, system, signed_in: Mutex::default() }
    }

    /// A second look at the same registry, as after a restart.
    pub async fn open_again(&self) -> Store {
        let papers = self.dir.path().join("papers");
        Store::open_with(&self.url, &papers, self.key.as_ref()).await.expect("the store opens again")
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// A connection beside the store, for looking at and tampering with tables.
    pub async fn raw(&self) -> Raw {
        Raw::connect(&self.url).await
    }

    /// Seals everything there is, as one block. On PostgreSQL that waits for every older transaction of the whole server,
    /// those of other tests included.
    pub async fn seal(&self, now: Instant) -> i64 {
        if self.is_postgres() {
            let young = "journal where writer >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
            let mut raw = self.raw().await;
            while raw.count(young).await > 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        }
        self.store.seal(now).await.expect("a seal")
    }

    /// The scope of an officer in a session that began at `now`. Only the password's slow hash is left out: signing in
    /// has tests of its own.
    pub async fn scope_of(&self, officer: OfficerId, now: Instant) -> Scope {
        let mut signed_in = self.signed_in.lock().await;
        if let Some(scope) = signed_in.get(&officer) {
            return scope.clone();
        }
        let (key, token) = (self.literal(officer.0), format!("token of {officer}"));
        let hash: String = Sha256::digest(&token).iter().map(|byte| format!("{byte:02x}")).collect();
        let hash = if self.is_postgres() { format!("'\\x{hash}'") } else { format!("x'{hash}'") };
        let now_text = now.format("%Y-%m-%dT%H:%M:%S%:z");
        let mut raw = self.raw().await;
        raw.execute(&format!("insert into credential (officer_id, password, must_change) values ({key}, '', false)"))
            .await;
        let session = format!(
            "insert into session (token_hash, officer_id, form_token, started_at, seen_at) values ({hash}, {key}, 'form', '{now_text}', '{now_text}')"
        );
        raw.execute(&session).await;
        let session = self.store.session(&token, now).await.expect("an answer").expect("a session");
        signed_in.insert(officer, session.scope.clone());
        session.scope
    }

    /// A key as the database writes it.
    pub fn literal(&self, id: Uuid) -> String {
        if self.is_postgres() { format!("'{id}'") } else { format!("x'{}'", id.simple()) }
    }
}
