//! The drill: desks take families in, a backup is made meanwhile, the machine dies, and another one takes over from the
//! backup, on SQLite, and then on PostgreSQL. Nothing that was acknowledged before the backup began is missing.

use super::{
    copies::{back_up, open},
    crash::{acknowledged, now, start},
};
use crate::common::{On, Place, intake, runtime};
use archive::{Reader, SecretKey, check};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use std::{path::Path, time::Duration};
use store::{
    Scope, Store, SystemKey,
    copy::{Restored, check_written, move_registry, restore},
};

/// Everything that was acknowledged is there, whole.
async fn assert_all(store: &Store, acknowledged: &[(u64, u64)]) {
    let system = Scope::system(SystemKey::for_this_program());
    for (desk, next) in acknowledged {
        for number in 0..*next {
            intake::assert_there(store, &system, *desk, number).await;
        }
    }
    let verified = store.verify().await.expect("an answer");
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    assert_eq!(store.rebuild(false).await.expect("a rebuild").differing, Vec::<String>::new());
}

/// Damages a copy of the backup at random places: each is found and named.
fn damage(file: &Path, key: &SecretKey, seed: u64) {
    let sound = std::fs::read(file).expect("the backup");
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..25 {
        let at = random.random_range(0..sound.len());
        let mut wrong = sound.clone();
        wrong[at] ^= 1 << random.random_range(0..8u32);
        let named = match Reader::open(&wrong[..], key) {
            Ok(reader) => check(reader).damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
            Err(error) => vec![error.to_string()],
        };
        println!("byte {at}: {}", named.join(" "));
        assert!(!named.is_empty(), "seed {seed}: byte {at} of {}", sound.len());
    }
}

fn drill(on: On) {
    let seed = now().timestamp_micros() as u64;
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let (Some(place), Some(target)) = (Place::make(on, "crash_drill"), Place::make(On::Postgres, "crash_drill_moved"))
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let url = match place.url.as_str() {
        "" => format!("sqlite:{}", dir.join("registry.db").display()),
        url => url.to_owned(),
    };
    let (key, file, papers) = (SecretKey::draw(), dir.join("backup.age"), dir.join("papers"));
    let mut child = start(&url, dir, 0);
    while acknowledged(dir).values().sum::<u64>() < 40 {
        std::thread::sleep(Duration::from_millis(20));
        assert!(child.try_wait().expect("its state").is_none(), "the desks ended by themselves");
    }
    let before: Vec<(u64, u64)> = acknowledged(dir).into_iter().collect();
    runtime().block_on(async {
        let done = back_up(&url, &papers, &key, now(), &file).await;
        check_written(&file, &done).expect("whole");
    });
    std::thread::sleep(Duration::from_millis(random.random_range(1..200)));
    child.kill().expect("SIGKILL");
    child.wait().expect("its end");
    assert!(acknowledged(dir).values().sum::<u64>() > before.iter().map(|(_, next)| next).sum(), "intakes went on");
    damage(&file, &key, seed);
    runtime().block_on(async {
        let again = format!("sqlite:{}", dir.join("again.db").display());
        let Restored { store, .. } =
            restore(open(&file, &key), &again, &dir.join("again"), None, now()).await.expect("restored");
        assert_all(&store, &before).await;
        store.close().await;
        move_registry(&again, &target.url, &dir.join("again"), None, now()).await.expect("moved");
        let store = Store::open(&target.url, &dir.join("again")).await.expect("the new place");
        assert_all(&store, &before).await;
        store.close().await;
    });
    place.remove();
    target.remove();
}

#[test]
fn sqlite() {
    drill(On::Sqlite);
}

#[test]
fn postgres() {
    drill(On::Postgres);
}
