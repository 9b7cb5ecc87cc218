//! `onewindow`: one-window operations for social protection, in one binary.

mod commands;
mod demo;
#[cfg(any(test, feature = "fuzz"))]
#[cfg_attr(not(feature = "fuzz"), allow(dead_code, reason = "tests read the corpus; only the command mutates it"))]
mod fuzz;
mod log;
mod packs;
mod pages;
mod senders;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// One-window operations for social protection.
#[derive(Parser)]
#[command(name = "onewindow", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the office pages and the public pages.
    Serve(commands::serve::Args),
    /// Start a demo: invented people on an embedded database, one account per role.
    Demo(commands::demo::Args),
    /// Bring the tables of a database up to date.
    Migrate(commands::Database),
    /// Screen one household for every programme, with reasons.
    Screen(commands::screen::Args),
    /// Decide every programme for each household of a registry, from files or a snapshot.
    Target(commands::target::Args),
    /// Keep a registry of files as columns that every later policy reads at once.
    Snapshot(commands::snapshot::Args),
    /// Set two policies side by side: who gains, who loses, what it costs, how far a budget reaches.
    Simulate(commands::simulate::Args),
    /// Score cards: whom a card's cut-offs miss and whom they reach without need, by a survey of consumption.
    #[command(subcommand)]
    Score(commands::score::Command),
    /// Check policy packs; every mistake with file, line, column and a suggestion.
    Check(commands::check::Args),
    /// Write a policy as SQL text, for an engine that holds many households.
    Sql(commands::sql::Args),
    /// The key file that papers and protected facts are sealed with on the disk.
    #[command(subcommand)]
    Keys(commands::keys::Command),
    /// Find one person's records over whole lists; explain, train and measure it.
    Link(commands::link::Args),
    /// Import a list of a department or organisation, or try it.
    Import(commands::import::Args),
    /// Officers.
    #[command(subcommand)]
    Officer(commands::officer::Command),
    /// Service sites.
    #[command(subcommand)]
    Sites(commands::sites::Command),
    /// The journal.
    #[command(subcommand)]
    Journal(commands::journal::Command),
    /// Write an encrypted backup while the registry goes on, and read it back.
    Backup(commands::backup::Args),
    /// Restore a registry from a backup to an empty place, and verify it.
    Restore(commands::restore::Args),
    /// Move a registry to another database, checked table by table.
    Move(commands::move_to::Args),
    /// Copy the registry, bring its tables up to this release, and verify it.
    Upgrade(commands::upgrade::Args),
    /// Look at disk, clock, fonts, listeners, tables, seals, queues and backup, and say what to do.
    Doctor(commands::doctor::Args),
    /// Write one text file for whoever helps from afar, without personal data.
    SupportBundle(commands::support::Args),
    /// Write the journal as lines of JSON, for auditors and for keeping.
    Export(commands::export::Args),
    /// List families of whom nothing was written for long, as keys and dates; two officers decide each. Erases nothing.
    Retention(commands::retention::Args),
    /// Measure a full intake and search on a registry of a million persons.
    #[command(hide = true)]
    BenchDesk(commands::bench_desk::Args),
    /// Measure the import of a list with matching against a filled registry.
    #[command(hide = true)]
    BenchImport(commands::bench_import::Args),
    /// Measure the public pages over real connections, and a flood of wrong receipt codes.
    #[command(hide = true)]
    BenchPortal(commands::bench_portal::Args),
    /// Measure ten times the load that the office sustains: what is answered, what is busy, and that nothing is lost.
    #[command(hide = true)]
    BenchLoad(commands::load::Args),
    /// Mutations of a kept corpus against everything that reads what strangers send.
    #[cfg(feature = "fuzz")]
    #[command(hide = true)]
    Fuzz(fuzz::Args),
    /// Keep a mixed load up for some minutes and print memory and files every minute.
    #[command(hide = true)]
    Soak(commands::load::soak::Args),
}

/// What a command ends with; the text goes to standard error.
pub(crate) type Outcome = Result<ExitCode, String>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    log::begin();
    match run(cli.command) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("onewindow: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Screen(args) => commands::screen::run(args),
        Command::Link(args) => commands::link::run(args),
        Command::Check(args) => commands::check::run(args),
        Command::Sql(args) => commands::sql::run(args),
        Command::Target(args) => commands::target::run(args),
        Command::Snapshot(args) => commands::snapshot::run(args),
        Command::Simulate(args) => commands::simulate::run(args),
        Command::Score(command) => commands::score::run(command),
        Command::Serve(args) => wait(commands::serve::run(args)),
        Command::Demo(args) => wait(commands::demo::run(args)),
        Command::Migrate(database) => wait(commands::migrate(database)),
        Command::Import(args) => wait(commands::import::run(args)),
        Command::Officer(command) => wait(commands::officer::run(command)),
        Command::Sites(command) => wait(commands::sites::run(command)),
        Command::Keys(command) => wait(commands::keys::run(command)),
        Command::Journal(command) => wait(commands::journal::run(command)),
        Command::Backup(args) => wait(commands::backup::run(args)),
        Command::Restore(args) => wait(commands::restore::run(args)),
        Command::Move(args) => wait(commands::move_to::run(args)),
        Command::Upgrade(args) => wait(commands::upgrade::run(args)),
        Command::Doctor(args) => wait(commands::doctor::run(args)),
        Command::SupportBundle(args) => wait(commands::support::run(args)),
        Command::Export(args) => wait(commands::export::run(args)),
        Command::Retention(args) => wait(commands::retention::run(args)),
        Command::BenchPortal(args) => wait(commands::bench_portal::run(args)),
        Command::BenchLoad(args) => wait(commands::load::run(args)),
        #[cfg(feature = "fuzz")]
        Command::Fuzz(args) => fuzz::run(args),
        Command::Soak(args) => wait(commands::load::soak::run(args)),
        Command::BenchDesk(args) => wait(commands::bench_desk::run(args)),
        Command::BenchImport(args) => wait(commands::bench_import::run(args)),
    }
}

/// Runs an asynchronous command to its end.
fn wait(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| format!("The asynchronous runtime did not start: {error}."))?.block_on(work)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn every_command_can_be_asked_for() {
        super::Cli::command().debug_assert();
    }
}
