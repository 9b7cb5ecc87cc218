//! Three kinds of table. A table that stands in none of these lists fails a test.

use domain::event::RecordKind;

/// A table written only by applying events, with the columns that order its rows.
pub struct RecordTable {
    /// Its name.
    pub name: &'static str,
    /// Its key.
    pub key: &'static str,
    /// Whose rows these are: the kind of record, and the column with its id.
    pub of: (RecordKind, &'static str),
}

const fn record(name: &'static str, key: &'static str, of: (RecordKind, &'static str)) -> RecordTable {
    RecordTable { name, key, of }
}

const HOUSEHOLD: (RecordKind, &str) = (RecordKind::Household, "household_id");
const LINK: (RecordKind, &str) = (RecordKind::Link, "link_id");
const VISIT: (RecordKind, &str) = (RecordKind::Visit, "visit_id");
const APPLICATION: (RecordKind, &str) = (RecordKind::Application, "application_id");
const RECEIPT: (RecordKind, &str) = (RecordKind::Receipt, "receipt_id");
const LISTING: (RecordKind, &str) = (RecordKind::Listing, "listing_id");
const IMPORT: (RecordKind, &str) = (RecordKind::Import, "import_id");

const CLOSING: (RecordKind, &str) = (RecordKind::Closing, "closing_id");
const DISPATCH: (RecordKind, &str) = (RecordKind::Dispatch, "dispatch_id");
const DEPUTY: (RecordKind, &str) = (RecordKind::Deputy, "deputizing_id");
const CORRECTION: (RecordKind, &str) = (RecordKind::Correction, "correction_id");
const GRIEVANCE: (RecordKind, &str) = (RecordKind::Grievance, "grievance_id");
const OPENING: (RecordKind, &str) = (RecordKind::Opening, "opening_id");
const SITE: (RecordKind, &str) = (RecordKind::Site, "site_id");
const PAGE_TEXT: (RecordKind, &str) = (RecordKind::PageText, "text_id");

/// Record tables: a rebuild replays the journal into them.
pub const RECORD_TABLES: &[RecordTable] = &[
    record("pack", "hash", (RecordKind::Pack, "hash")),
    record("officer", "officer_id", (RecordKind::Officer, "officer_id")),
    record("opening", "opening_id", OPENING),
    record("service_site", "site_id", SITE),
    record("page_text", "text_id", PAGE_TEXT),
    record("household", "household_id", HOUSEHOLD),
    record("person", "person_id", HOUSEHOLD),
    record("answer", "answer_id", HOUSEHOLD),
    record("consent", "household_id, version", HOUSEHOLD),
    record("erasure", "household_id", HOUSEHOLD),
    record("helper", "helper_id", HOUSEHOLD),
    record("correction", "correction_id", CORRECTION),
    record("paper", "paper_id", HOUSEHOLD),
    record("paper_task", "task_id", HOUSEHOLD),
    record("person_link", "link_id", LINK),
    record("visit", "visit_id", VISIT),
    record("day_closing", "closing_id", CLOSING),
    record("deputy", "deputizing_id", DEPUTY),
    record("screening", "visit_id, version", VISIT),
    record("application", "application_id", APPLICATION),
    record("application_step", "application_id, version", APPLICATION),
    record("delivery", "application_id, version", APPLICATION),
    record("dispatch", "dispatch_id", DISPATCH),
    record("dispatch_line", "dispatch_id, application_id", DISPATCH),
    record("receipt", "receipt_id", RECEIPT),
    record("receipt_application", "receipt_id, application_id", RECEIPT),
    record("receipt_again", "receipt_id, version", RECEIPT),
    record("import", "import_id", IMPORT),
    record("listing", "listing_id", IMPORT),
    record("listing_step", "listing_id, version", LISTING),
    record("benefit", "listing_id, place", IMPORT),
    record("grievance", "grievance_id", GRIEVANCE),
    record("grievance_about", "grievance_id, officer_id", GRIEVANCE),
    record("grievance_step", "grievance_id, version", GRIEVANCE),
];

/// Derived tables: made from records by a builder of some version, made again at will.
pub const DERIVED_TABLES: &[&str] =
    &["person_key", "person_keys", "person_root", "listing_key", "listing_keys", "review_due", "review_pair"];

/// Operational tables: never in the journal.
pub const OPERATIONAL_TABLES: &[&str] = &[
    "command",
    "setting",
    "sealing_key",
    "credential",
    "session",
    "attempt",
    "read_log",
    "migration",
    "import_job",
    "demand",
    "kept_answers",
    "second_step",
    "recovery_code",
    "kept_form",
    "account_notice",
    "upload_count",
    "message",
];

/// The journal itself and its seals.
pub const JOURNAL_TABLES: &[&str] = &["journal", "journal_payload", "seal", "seal_entry"];
