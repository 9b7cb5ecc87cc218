use crate::{
    Store,
    db::{Conn, Db, args},
};

#[tokio::test]
async fn the_writing_connection_waits_for_the_disk() {
    let dir = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", dir.path().join("registry.db").display());
    let store = Store::open(&url, dir.path()).await.expect("a store");
    let single = store.writer.single().expect("the writing connection");
    let asked = super::alone(single, |writer| {
        let mut answers = Vec::new();
        for pragma in ["synchronous", "foreign_keys", "secure_delete", "journal_mode"] {
            let row = &writer.rows(&format!("pragma {pragma}"), &[])?[0];
            let value = row.get::<i64>(0).map(|number| number.to_string()).or_else(|_| row.get::<String>(0))?;
            answers.push(format!("{pragma} {value}"));
        }
        Ok(answers)
    });
    // 2 is FULL: an fsync for every commit.
    let wanted = ["synchronous 2", "foreign_keys 1", "secure_delete 1", "journal_mode wal"];
    assert_eq!(asked.await.expect("answers"), wanted);
    let Db::Sqlite(readers) = &store.db else { panic!("SQLite") };
    let mut reader = readers.acquire().await.expect("a reader");
    let written = Conn::Sqlite(&mut reader).execute("delete from setting", args![]).await;
    assert!(written.is_err(), "readers only read");
}

#[tokio::test]
async fn the_log_is_emptied_though_another_thread_moves_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("registry.db");
    let url = format!("sqlite:{}", path.display());
    let store = Store::open(&url, dir.path()).await.expect("a store");
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mover = {
        let (url, stop) = (url.clone(), stop.clone());
        std::thread::spawn(move || {
            let mut conn = crate::db::Direct::open(&url).expect("a connection");
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                conn.script("pragma wal_checkpoint(passive)").expect("moved");
            }
        })
    };
    for number in 0..30 {
        store.keep_setting("demo", &number.to_string()).await.expect("kept");
        store.empty_log(true).await.expect("emptied");
        let log = std::fs::metadata(dir.path().join("registry.db-wal")).expect("a log");
        assert_eq!(log.len(), 0);
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    mover.join().expect("moved to the end");
}

#[test]
fn who_waits_comes_before_who_takes_it_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", dir.path().join("registry.db").display());
    let single = super::Single::new(crate::db::Direct::open(&url).expect("a connection"));
    let order = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let held = single.lock();
    let waiting = {
        let (single, order) = (single.clone(), order.clone());
        std::thread::spawn(move || {
            let _held = single.lock();
            order.lock().expect("the order").push("who waited");
        })
    };
    while single.0.0.try_lock().is_ok() {
        std::thread::yield_now();
    }
    drop(held);
    let again = single.lock();
    order.lock().expect("the order").push("who had it");
    drop(again);
    waiting.join().expect("done");
    assert_eq!(*order.lock().expect("the order"), ["who waited", "who had it"]);
}
