//! Three kinds of table. A table that stands in none of these lists fails a test.

/// A table written only by applying events, with the columns that order its rows.
pub struct RecordTable {
    /// Its name.
    pub name: &'static str,
    /// Its key.
    pub key: &'static str,
}

const fn record(name: &'static str, key: &'static str) -> RecordTable {
    RecordTable { name, key }
}

/// Record tables: a rebuild replays the journal into them.
pub const RECORD_TABLES: &[RecordTable] = &[
    record("pack", "hash"),
    record("officer", "officer_id"),
    record("household", "household_id"),
    record("person", "person_id"),
    record("answer", "answer_id"),
    record("consent", "household_id, version"),
    record("paper", "paper_id"),
    record("paper_task", "task_id"),
    record("visit", "visit_id"),
    record("screening", "visit_id, version"),
    record("application", "application_id"),
    record("application_step", "application_id, version"),
    record("delivery", "application_id, version"),
    record("receipt", "receipt_id"),
    record("receipt_application", "receipt_id, application_id"),
];

/// Derived tables: made from records by a builder of some version, made again at will.
pub const DERIVED_TABLES: &[&str] = &["person_key"];

/// Operational tables: never in the journal.
pub const OPERATIONAL_TABLES: &[&str] =
    &["command", "setting", "credential", "session", "attempt", "read_log", "migration"];

/// The journal itself and its seals.
pub const JOURNAL_TABLES: &[&str] = &["journal", "journal_payload", "seal", "seal_entry"];
