//! What is sealed: the columns, each with the key of its row and the rows it is sealed in.

use domain::event::RecordKind;

/// Which key a text is sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Families: answers, papers, tasks, helpers, and their requests for corrections; what was opened of them, what they are
    /// told; and what the office keeps for itself.
    Household,
    /// Visits and what was screened in them.
    Visit,
    /// Applications with their facts and verdicts.
    Application,
    /// Receipts.
    Receipt,
    /// Complaints.
    Grievance,
    /// Copies of papers in the folder of papers.
    Papers,
}

impl Family {
    /// Every family, in the order of [`Family::place`].
    pub(crate) const ALL: [Family; 6] =
        [Family::Household, Family::Visit, Family::Application, Family::Receipt, Family::Grievance, Family::Papers];

    /// Its word in the table of keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Family::Household => "household",
            Family::Visit => "visit",
            Family::Application => "application",
            Family::Receipt => "receipt",
            Family::Grievance => "grievance",
            Family::Papers => "papers",
        }
    }

    /// Its place among all.
    pub(crate) fn place(self) -> usize {
        self as usize
    }

    /// The family of a record's events; `None` for records that hold nothing protected: packs, officers, sites, page
    /// texts, lists (those of protected programmes are refused), decisions about pairs, and what was erased.
    pub(crate) fn of(kind: RecordKind) -> Option<Family> {
        match kind {
            RecordKind::Household | RecordKind::Correction | RecordKind::Opening => Some(Family::Household),
            RecordKind::Visit => Some(Family::Visit),
            RecordKind::Application => Some(Family::Application),
            RecordKind::Receipt => Some(Family::Receipt),
            RecordKind::Grievance => Some(Family::Grievance),
            _ => None,
        }
    }
}

/// A column that holds sealed texts.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// With which key.
    pub family: Family,
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The column with the row's key.
    pub id: &'static str,
    /// The column with the version, where the key alone does not name the row.
    pub version: Option<&'static str>,
    /// The rows in which it is sealed.
    pub only: &'static str,
}

const fn sealed(
    family: Family,
    table: &'static str,
    column: &'static str,
    (id, version): (&'static str, Option<&'static str>),
    only: &'static str,
) -> Sealed {
    Sealed { family, table, column, id, version, only }
}

const ANSWER: (&str, Option<&str>) = ("answer_id", None);
const VISIT: (&str, Option<&str>) = ("visit_id", None);
const SCREENING: (&str, Option<&str>) = ("visit_id", Some("version"));
const APPLICATION: (&str, Option<&str>) = ("application_id", None);
const STEP: (&str, Option<&str>) = ("application_id", Some("version"));
const RECEIPT_AGAIN: (&str, Option<&str>) = ("receipt_id", Some("version"));
const GRIEVANCE: (&str, Option<&str>) = ("grievance_id", None);
const GRIEVANCE_STEP: (&str, Option<&str>) = ("grievance_id", Some("version"));
const CORRECTION: (&str, Option<&str>) = ("correction_id", None);
const PROTECTED: &str = "protected = true";

/// Which protected question was answered.
pub(crate) const ANSWER_FACT: Sealed = sealed(Family::Household, "answer", "fact", ANSWER, PROTECTED);
/// What was answered to it.
pub(crate) const ANSWER_VALUE: Sealed = sealed(Family::Household, "answer", "value", ANSWER, PROTECTED);
/// Why, where somebody wrote it.
pub(crate) const ANSWER_REASON: Sealed = sealed(Family::Household, "answer", "reason", ANSWER, PROTECTED);
/// Why an answer was withdrawn. That it was replaced by another is no secret.
pub(crate) const ANSWER_SET_ASIDE: Sealed =
    sealed(Family::Household, "answer", "set_aside", ANSWER, "set_aside <> 'replaced'");
/// What a protected paper is.
pub(crate) const PAPER_KIND: Sealed = sealed(Family::Household, "paper", "kind", ("paper_id", None), PROTECTED);
/// Which paper is still owed.
pub(crate) const TASK_KIND: Sealed = sealed(Family::Household, "paper_task", "kind", ("task_id", None), "true");
/// Which questions were left today.
pub(crate) const VISIT_LEFT: Sealed = sealed(Family::Visit, "visit", "left_today", VISIT, "left_today <> '[]'");
/// For which protected help the person asked.
pub(crate) const VISIT_GATES: Sealed = sealed(Family::Visit, "visit", "gates", VISIT, "gates <> '[]'");
/// What was picked.
pub(crate) const VISIT_PICKS: Sealed = sealed(Family::Visit, "visit", "picks", VISIT, "picks <> '[]'");
/// To which desk it was handed, and the note that went with it.
pub(crate) const VISIT_HANDED: Sealed = sealed(Family::Visit, "visit", "handed", VISIT, "handed is not null");
/// The hash of the facts: over few unknown facts it could be guessed back.
pub(crate) const SCREENING_FACTS: Sealed = sealed(Family::Visit, "screening", "facts", SCREENING, "true");
/// The verdicts.
pub(crate) const SCREENING_VERDICTS: Sealed = sealed(Family::Visit, "screening", "verdicts", SCREENING, "true");
/// A protected application with its facts and verdict.
pub(crate) const APPLICATION_SUBMITTED: Sealed =
    sealed(Family::Application, "application", "submitted", APPLICATION, PROTECTED);
/// Which fact of an application was corrected, and why.
pub(crate) const APPLICATION_FLAGS: Sealed =
    sealed(Family::Application, "application", "flags", APPLICATION, "flags <> '[]'");
/// What an officer wrote about a step.
pub(crate) const STEP_WORDS: Sealed = sealed(Family::Application, "application_step", "words", STEP, "true");
/// What was delivered.
pub(crate) const DELIVERY_WHAT: Sealed = sealed(Family::Application, "delivery", "what", STEP, "true");
/// How it was checked who asked for a lost receipt.
pub(crate) const RECEIPT_CHECKED: Sealed = sealed(Family::Receipt, "receipt_again", "checked", RECEIPT_AGAIN, "true");
/// A complaint as it was filed.
pub(crate) const GRIEVANCE_FILED: Sealed = sealed(Family::Grievance, "grievance", "filed", GRIEVANCE, "true");
/// What was written about a step of it.
pub(crate) const GRIEVANCE_WORDS: Sealed = sealed(Family::Grievance, "grievance_step", "words", GRIEVANCE_STEP, "true");

/// A request for a correction as it was asked.
pub(crate) const CORRECTION_ASKED: Sealed = sealed(Family::Household, "correction", "asked", CORRECTION, "true");
/// The answer to it.
pub(crate) const CORRECTION_ANSWER: Sealed =
    sealed(Family::Household, "correction", "answer", CORRECTION, "answer is not null");
/// What a helper may do: whether that is about protected help too.
pub(crate) const HELPER_MAY: Sealed = sealed(Family::Household, "helper", "may", ("helper_id", None), "true");
/// Why somebody opened what is protected.
pub(crate) const OPENING_WORDS: Sealed = sealed(Family::Household, "opening", "words", ("opening_id", None), "true");
/// The phone of a message that is not sent yet.
pub(crate) const MESSAGE_PHONE: Sealed =
    sealed(Family::Household, "message", "phone", ("message_id", None), "phone <> ''");
/// Its words.
pub(crate) const MESSAGE_WORDS: Sealed =
    sealed(Family::Household, "message", "words", ("message_id", None), "words <> ''");
/// The hash of an officer's password: without the key file nobody can try passwords on it.
pub(crate) const CREDENTIAL: Sealed =
    sealed(Family::Household, "credential", "password", ("officer_id", None), "password <> ''");
/// The installation's secret. It is no row with a key, so `access::sealed` seals it, and not `keys seal-old`.
pub(crate) const INSTALLATION: Sealed = sealed(Family::Household, "setting", "value", ("name", None), "true");

/// Every sealed column.
pub(crate) const ALL: &[Sealed] = &[
    ANSWER_FACT,
    ANSWER_VALUE,
    ANSWER_REASON,
    ANSWER_SET_ASIDE,
    PAPER_KIND,
    TASK_KIND,
    VISIT_LEFT,
    VISIT_GATES,
    VISIT_PICKS,
    VISIT_HANDED,
    SCREENING_FACTS,
    SCREENING_VERDICTS,
    APPLICATION_SUBMITTED,
    APPLICATION_FLAGS,
    STEP_WORDS,
    DELIVERY_WHAT,
    RECEIPT_CHECKED,
    GRIEVANCE_FILED,
    GRIEVANCE_WORDS,
    CORRECTION_ASKED,
    CORRECTION_ANSWER,
    HELPER_MAY,
    OPENING_WORDS,
    MESSAGE_PHONE,
    MESSAGE_WORDS,
    CREDENTIAL,
];

#[cfg(test)]
mod tests {
    use super::{ALL, Family};
    use domain::event::RecordKind;

    #[test]
    fn whoever_adds_a_kind_of_record_says_whether_it_is_sealed() {
        let open = [
            "pack",
            "officer",
            "site",
            "page_text",
            "import",
            "listing",
            "link",
            "closing",
            "dispatch",
            "deputy",
            "journal",
        ];
        let sealed = ["household", "visit", "application", "receipt", "grievance", "correction", "opening"];
        for kind in RecordKind::ALL {
            let code = kind.code();
            let known = open.contains(&code) || sealed.contains(&code);
            assert!(known, "{code}: does it hold anything protected? Then Family::of must name it; say so here.");
            assert_eq!(Family::of(*kind).is_some(), sealed.contains(&code), "{code}");
        }
    }

    #[test]
    fn sealed_columns_are_texts_of_tables_that_are_there() {
        let tables = crate::db::schema::tables(crate::db::schema::newest());
        for at in ALL {
            let table = tables.iter().find(|table| table.name == at.table).expect(at.table);
            let kind = |name: &str| table.columns.iter().find(|(column, _)| column == name).map(|(_, kind)| *kind);
            assert_eq!(kind(at.column), Some(crate::db::schema::Kind::Text), "{}.{}", at.table, at.column);
            assert_eq!(kind(at.id), Some(crate::db::schema::Kind::Uuid), "{}.{}", at.table, at.id);
            assert!(at.version.is_none_or(|version| kind(version).is_some()), "{}", at.table);
        }
    }
}
