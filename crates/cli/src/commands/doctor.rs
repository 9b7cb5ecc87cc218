//! `onewindow doctor`: what is well, what is not, and what to do about it.

mod machine;
mod state;
#[cfg(test)]
mod tests;

use super::{Database, now, serve::Pages};
use crate::{Outcome, packs::say};
use machine::{disk, fonts, listener, open_door};
use state::stand;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::{
    sealing::key_is_needed,
    state::{Standing, standing},
};

#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub pages: Pages,
    /// A reverse proxy with TLS stands before the listeners.
    #[arg(long)]
    pub tls: bool,
    /// The folder of backups.
    #[arg(long, default_value = "var/backups")]
    pub backups: PathBuf,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Well,
    Look,
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub what: &'static str,
    pub how: How,
    pub said: String,
}

fn finding(what: &'static str, how: How, said: impl Into<String>) -> Finding {
    Finding { what, how, said: said.into() }
}

/// The findings as the terminal prints them.
pub(crate) fn told(findings: &[Finding]) -> String {
    let line = |found: &Finding| {
        let mark = match found.how {
            How::Well => "well",
            How::Look => "LOOK",
            How::Bad => "BAD ",
        };
        format!("{mark}  {:<11} {}\n", found.what, found.said)
    };
    findings.iter().map(line).collect()
}

pub(crate) async fn run(args: Args) -> Outcome {
    let findings = look(&args).await;
    print!("{}", told(&findings));
    let bad = findings.iter().filter(|found| found.how == How::Bad).count();
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Looks at everything. Tables of an earlier release are left as they are.
pub(crate) async fn look(args: &Args) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = args.database.db.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"));
    if let Some(path) = place {
        findings.push(disk("disk", Path::new(path).parent().unwrap_or(Path::new("."))));
    }
    findings.push(disk("papers", &args.database.blobs));
    findings.push(fonts(&args.pages.fonts));
    for (what, address) in [("office", args.pages.office), ("public", args.pages.public)] {
        findings.push(listener(what, address));
    }
    findings.push(open_door(args.pages.office, args.tls));
    match registry(&args.database).await {
        Ok(more) => findings.extend(more),
        Err(sentence) => findings.push(finding("registry", How::Bad, sentence)),
    }
    findings
}

async fn registry(database: &Database) -> Result<Vec<Finding>, String> {
    match standing(&database.db).await.map_err(say)? {
        None => {
            let said = "there is none yet: the first `onewindow serve` makes it.";
            return Ok(vec![finding("registry", How::Look, said)]);
        }
        Some(Standing { migration, known }) if migration < known => {
            let said = format!("the tables are at {migration}, this release has {known}: run `onewindow upgrade`.");
            return Ok(vec![finding("tables", How::Bad, said)]);
        }
        Some(_) => {}
    }
    let mut findings = vec![key_file(database).await?];
    if findings[0].how == How::Bad {
        return Ok(findings);
    }
    let store = database.open().await?;
    if store.old_lies_open().await.map_err(say)? {
        let said = "what was written before the key still lies open: run `onewindow keys seal-old`.";
        findings.push(finding("key file", How::Bad, said));
    }
    let at = now();
    let state = store.state(web::app::local_day(at), at).await.map_err(say)?;
    let missing = store::copy::missing_papers(&database.db, &database.blobs).await.map_err(say)?;
    findings.extend(stand(&state, at));
    findings.push(match missing.len() {
        0 => finding("files", How::Well, "every paper, pack and list that a record names is there."),
        some => finding(
            "files",
            How::Bad,
            format!("{some} that records name are gone; bring them back from a backup: {}", missing[0]),
        ),
    });
    if let Some(ailing) = store.ailing().await {
        findings.push(finding(
            "writing",
            How::Bad,
            format!("the {ailing} does not answer: is the disk full or read-only?"),
        ));
    }
    store.close().await;
    Ok(findings)
}

/// Whether papers and protected facts are sealed, and where the key is.
async fn key_file(database: &Database) -> Result<Finding, String> {
    let keys = key_is_needed(&database.db).await.map_err(say)?;
    let given = match database.key() {
        Ok(key) => key.map(|key| key.name()),
        Err(sentence) => return Ok(finding("key file", How::Bad, sentence)),
    };
    let said = |how, said: String| Ok(finding("key file", how, said));
    match (&keys[..], given) {
        ([], None) => {
            said(How::Look, "none: papers and protected facts lie open on this disk, docs/guide/keys.md.".into())
        }
        ([], Some(name)) => {
            said(How::Well, format!("the next start seals papers and protected facts with the key {name}."))
        }
        (some, None) => said(
            How::Bad,
            format!("none is given, and this registry is sealed with {}: name it in ONEWINDOW_KEY_FILE.", some[0].key),
        ),
        (some, Some(name)) if some.iter().all(|wrapping| wrapping.key != name) => {
            said(How::Bad, format!("it holds the key {name}, and this registry is sealed with {}.", some[0].key))
        }
        ([_, _, ..], Some(name)) => said(
            How::Look,
            format!(
                "other keys than {name} still open this registry: run `onewindow keys end-old` when they are done with."
            ),
        ),
        (_, Some(name)) if database.key_is_beside() => said(
            How::Look,
            format!(
                "sealed with the key {name}, which lies on the same disk: a thief of the machine has both, docs/guide/keys.md."
            ),
        ),
        (_, Some(name)) => said(How::Well, format!("papers and protected facts are sealed with the key {name}.")),
    }
}
