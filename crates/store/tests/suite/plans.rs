//! No statement of a working day reads a whole table that grows.
//!
//! The story is told and read through every scope while a listener collects the statements; SQLite then says how it
//! would run each of them.

use super::{reads, scope::scopes};
use crate::common::{Base, On, PASSWORD, run, story};
use std::{
    collections::BTreeSet,
    fmt::Debug,
    sync::{Mutex, PoisonError},
};
use store::{access::Purpose, tables::RECORD_TABLES};
use tracing::{Event, Metadata, Subscriber, field, span};

/// Tables that stay small: as many rows as officers (or some forms of each, for a day), packs, settings, lists, or places of help in a province. Sites and texts are
/// read whole, some times a minute at most.
const SMALL: &[&str] = &[
    "officer",
    "credential",
    "pack",
    "setting",
    "migration",
    "import",
    "service_site",
    "page_text",
    "sealing_key",
    "second_step",
    "kept_form",
    "account_notice",
];

/// Statements that may read a whole table, by parts of their text, and why.
const MAY_SCAN: &[(&[&str], &str)] = &[
    (&["where false"], "a scope that owns nothing: SQLite stops before the first row"),
    (&["and false"], "a scope that owns nothing: SQLite stops before the first row"),
    (&["from read_log r", "order by r.position desc limit"], "from the end of the table, stopped by its limit"),
    (&["from seal order by number desc limit"], "the last row"),
    (&["from journal j order by j.position desc limit 1000"], "from the end of the table, stopped by its limit"),
    (&["from person_keys order by person_id desc limit 1"], "the last row"),
    (&["from person_keys order by person_id limit 1"], "the first row"),
    (&["from person_key order by key desc limit 1"], "the last row"),
    (&["select distinct district from household"], "a snapshot of the registry reads everything, district by district"),
    (&["select count(*) from person_keys"], "counted before everybody's keys are made again, at a start"),
    (&["order by h.household_id desc limit"], "from the newest household on, stopped by its limit"),
    (&["limit $1 offset $2", "a.protected = false order by"], "an auditor has no inbox: no page asks this"),
    (&["limit $1 offset $2", "true order by"], "the program itself has no inbox: no page asks this"),
    (&["v.stated is not null", "and true order by"], "who has no counter enters no paper forms: no page asks this"),
    (&["limit $1 offset $2", "ra.receipt_id = $3"], "a receipt has no inbox: no page asks this"),
    (&["from review_pair q", "limit $1 offset $2"], "by what is at stake, stopped by its limit"),
    (&["from person_link q", "limit $1 offset $2"], "the newest first, stopped by its limit"),
    (&["count(*) from review_pair q"], "the list is counted whole for a whole province"),
    (&["select person_id from review_due order by person_id limit"], "the first ones, stopped by its limit"),
    (&["select a.status, count(*)", "ra.receipt_id ="], "a receipt has no figures: no page asks this"),
    (
        &["s.said = 'taken_back')", "and true"],
        "rows that wait stand in an index of their own; a province reads it whole",
    ),
    (&["from import_job j where j.dry_run = true"], "as many rows as lists of departments"),
    (&["json_each($1)"], "the list that was asked for, and the few rows that an index brought for each of it"),
    (&["from person_root r"], "records that were joined are few"),
    (&["from household h join application a", "and true"], "what everybody receives is counted whole"),
    (&["join benefit b", "and true"], "what everybody receives is counted whole"),
    (&["from message group by state"], "numbers of everything, within an index"),
    (&["select a.status, count(*)", "where true"], "figures of everything count everything, within an index"),
];

static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Collects what the store's statements say at level trace.
struct Listener;

struct Text;

impl field::Visit for Text {
    fn record_str(&mut self, _: &field::Field, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(text);
    }

    fn record_debug(&mut self, _: &field::Field, _: &dyn Debug) {}
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "store::sql"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Text);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Tells the story, reads it through every scope, signs in and out, seals.
async fn a_day(base: &Base) {
    let mut story = story::full(base).await;
    let worker = story.scope("worker.nsr").await;
    let purpose = Purpose::Visit(story.visit);
    let read = base.store.log_read(&worker, "household", Some(story.household.0), &purpose, story.teller.at);
    read.await.expect("logged");
    for (_, scope) in scopes(base, &mut story).await {
        reads::all(&base.store, &scope, &story).await;
        for typed in ["0300 1234567", "Amina d/o Sher Zaman", "Hamza Zaman, Akora"] {
            base.store.people(&scope).search(&linkage::query::parse(typed)).await.expect("an answer");
        }
    }
    base.store.review_due(&store::people::Stake::default(), 50).await.expect("a turn");
    base.store.keep_password(story.officers["clerk.nsr"], PASSWORD, false).await.expect("kept");
    let sign_in = base.store.sign_in("clerk.nsr", PASSWORD, story.teller.at).await.expect("an answer");
    base.store.session(&sign_in.expect("a sign-in").token, story.teller.at).await.expect("an answer");
    base.seal(story.teller.at).await;
    base.store.newest_seal().await.expect("an answer");
}

/// The tables that a line of a plan reads whole, if it does.
fn scanned(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("SCAN ")?;
    let name = rest.split(' ').next()?;
    // A list of constants, and the rows another part of the plan has found.
    let constants = name == "CONSTANT" || rest.ends_with("VALUES CLAUSE");
    (!constants && !name.starts_with('(')).then_some(name)
}

/// The table that a name in a statement stands for.
fn table_of<'a>(sql: &'a str, name: &'a str) -> &'a str {
    let words: Vec<&str> = sql.split([' ', ',', '(', ')']).collect();
    let named = |pair: &[&'a str]| (pair[1] == name && pair[0] != "as").then_some(pair[0]);
    let known = |table: &&str| RECORD_TABLES.iter().any(|record| record.name == *table) || *table == "person_key";
    words.windows(2).filter_map(named).find(known).unwrap_or(name)
}

#[test]
fn no_statement_of_a_day_reads_a_growing_table_whole() {
    // Another test of the same process may have set it; then that one's listener is this one too.
    let _ = tracing::subscriber::set_global_default(Listener);
    run(On::Sqlite, "plans", async |base: &Base| {
        a_day(base).await;
        let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone();
        assert!(seen.len() > 100, "the listener heard {} statements", seen.len());
        let mut raw = base.raw().await;
        let mut faults = String::new();
        let mut excuses: Vec<_> = MAY_SCAN.iter().collect();
        for sql in seen.iter().filter(|sql| !sql.starts_with("create ") && !sql.starts_with("pragma ")) {
            for line in raw.plan(sql).await {
                let Some(name) = scanned(&line) else { continue };
                // What is read whole is what a bracket of the same statement has found, with an index of its own.
                let inner = format!("{sql} ").contains(&format!(") {name} "));
                if inner || SMALL.contains(&table_of(sql, name)) {
                    continue;
                }
                let fits = |parts: &[&str]| parts.iter().all(|part| sql.contains(part));
                excuses.retain(|(parts, _)| !fits(parts));
                if !MAY_SCAN.iter().any(|(parts, _)| fits(parts)) {
                    faults.push_str(&format!("{line}\n    {sql}\n"));
                }
            }
        }
        assert!(faults.is_empty(), "these read a whole table; give it an index or a reason:\n{faults}");
        assert!(excuses.is_empty(), "nothing needs these reasons any more: {excuses:?}");
    });
}
