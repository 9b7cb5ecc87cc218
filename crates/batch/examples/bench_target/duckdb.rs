//! The same files and the same policy, as SQL, in `DuckDB`: a process of its own whose processor time it reads itself.

use rules::{
    Pack,
    pack::fact::Record,
    sql::{self, ColumnType},
};
use std::{path::Path, process::Command};

/// What a run took, and whether it says what we say.
pub struct Seen {
    /// Processor seconds, user and system.
    pub cpu: f64,
    /// The most memory held, in MiB.
    pub peak: f64,
    /// Verdicts that are not ours.
    pub differ: u64,
    /// Verdicts looked at.
    pub compared: u64,
}

/// Reads words from its arguments: threads, statements, query, result, comparison.
const SCRIPT: &str = r#"
import resource, sys, duckdb
threads, views, query, out, compare = sys.argv[1:]
engine = duckdb.connect()
engine.execute(f"SET threads = {threads}; SET preserve_insertion_order = true")
engine.execute(views)
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
before = cpu()
engine.execute(f"COPY ({query}\n) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
after = cpu()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
differ, compared = engine.execute(compare).fetchone()
print(after - before, peak, differ, compared)
"#;

/// One of the tables that the SQL reads, as a view of a file: facts that are not in the file are NULL.
pub fn view(pack: &Pack, facts: &[String], name: &str, path: &Path, record: Record) -> String {
    let prefix = if record == Record::Household { "household." } else { "person." };
    let columns: Vec<String> = sql::columns(pack, record)
        .iter()
        .map(|column| {
            let there = facts.contains(&column.of) || column.name == "members_complete" && has(facts, &column.name);
            let from = format!("\"{}\"", column.of.strip_prefix(prefix).unwrap_or(&column.of));
            let value = match (column.kind, column.name.as_str()) {
                (ColumnType::Id, "household_id") => "household_id".to_owned(),
                (ColumnType::Id, _) => "0".to_owned(),
                (ColumnType::Bool, "members_complete") if there => "members_complete".to_owned(),
                _ if !there => format!("CAST(NULL AS {})", column.kind.duckdb()),
                (ColumnType::Bool, set) if set.ends_with("_complete") => format!("({from} IS NOT NULL)"),
                (ColumnType::Codes, _) => format!("list_filter(string_split({from}, ';'), code -> code <> '')"),
                _ => from,
            };
            format!("{value} AS \"{}\"", column.name)
        })
        .collect();
    format!("CREATE VIEW {name} AS SELECT {} FROM '{}';", columns.join(", "), path.display())
}

fn has(facts: &[String], name: &str) -> bool {
    facts.iter().any(|fact| *fact == format!("household.{name}"))
}

/// Runs the query, writes its answer, and compares every verdict with ours.
pub fn run(
    python: &str,
    views: &[String],
    query: &str,
    threads: usize,
    pack: &Pack,
    ours: &Path,
    out: &Path,
) -> Result<Seen, String> {
    let programmes: Vec<String> = pack.programmes().iter().map(|programme| programme.id.to_string()).collect();
    let differ: Vec<String> =
        programmes.iter().map(|id| format!("count(*) FILTER (a.\"{id}\" IS DISTINCT FROM b.\"{id}\")")).collect();
    let compare = format!(
        "SELECT {}, count(*) * {} FROM '{}' a FULL JOIN '{}' b USING (household_id)",
        differ.join(" + "),
        programmes.len(),
        ours.display(),
        out.display()
    );
    let output = Command::new(python)
        .args(["-c", SCRIPT, &threads.to_string(), &views.join(""), query.trim_end().trim_end_matches(';')])
        .arg(out)
        .arg(&compare)
        .output()
        .map_err(|error| format!("{python} cannot be started: {error}."))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers[..] {
        [cpu, peak, differ, compared] => Ok(Seen { cpu, peak, differ: differ as u64, compared: compared as u64 }),
        _ => Err(format!("DuckDB: {}", String::from_utf8_lossy(&output.stderr))),
    }
}
