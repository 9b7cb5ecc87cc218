//! A private PostgreSQL: made for one run, on a free port of this machine only, gone afterwards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Leash, Outcome, am_root, program, read, run};

/// The variable that tells the tests which PostgreSQL to make their databases on.
pub const ADDRESS: &str = "ONEWINDOW_TEST_PG";

/// How a cluster is to be kept.
#[derive(Default)]
pub struct Wishes {
    /// A folder that outlives the run; without it the cluster is thrown away.
    pub data: Option<PathBuf>,
    /// Speed over safety from a power cut: never for a benchmark.
    pub no_fsync: bool,
}

/// A running PostgreSQL, stopped when dropped or when this program dies.
pub struct Cluster {
    /// Address for clients.
    pub url: String,
    _leash: Option<Leash>,
}

impl Cluster {
    /// The PostgreSQL named in the environment, or a private one.
    ///
    /// # Errors
    /// A sentence, when PostgreSQL is not installed or does not start.
    pub fn given_or_private() -> Outcome<Cluster> {
        match std::env::var(ADDRESS) {
            Ok(url) if !url.is_empty() => Ok(Cluster { url, _leash: None }),
            _ => Cluster::private(&Wishes::default()),
        }
    }

    /// A private PostgreSQL on a free port.
    ///
    /// # Errors
    /// A sentence, when PostgreSQL is not installed or does not start.
    pub fn private(wishes: &Wishes) -> Outcome<Cluster> {
        let home = binaries().ok_or("PostgreSQL is not installed. `cargo xtask test --only install` installs it.")?;
        let port = free_port()?;
        // The database refuses to run as administrator and cannot enter the administrator's folders, hence not
        // `target/`; `/var/tmp` is on a real disk where `/tmp` may be memory, and a benchmark's fsync must be real.
        let thrown_away = PathBuf::from(format!("/var/tmp/onewindow-pg-{port}-{}", std::process::id()));
        let data = wishes.data.clone().unwrap_or(thrown_away);
        let leash = leash(&home, &data, wishes.data.is_none());
        create(&home, &data)?;
        start(&home, &data, port, wishes)?;
        Ok(Cluster { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), _leash: Some(leash) })
    }
}

/// The folder with `initdb` and `pg_ctl`: the newest that Debian installed.
pub fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

/// `cargo xtask pg`: a PostgreSQL for the command after `--`, or until this program is ended.
pub fn command(words: &[String]) -> Outcome {
    let (wishes, wanted) = parse(words)?;
    let cluster = Cluster::private(&wishes)?;
    if let Some((name, args)) = wanted.split_first() {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        return run(program(name, &args).env(ADDRESS, &cluster.url));
    }
    println!("export {ADDRESS}={}", cluster.url);
    println!("PostgreSQL is running; Ctrl-C ends it.");
    loop {
        std::thread::park();
    }
}

fn parse(words: &[String]) -> Outcome<(Wishes, &[String])> {
    let mut wishes = Wishes::default();
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        rest = after;
        match word.as_str() {
            "--" => return Ok((wishes, rest)),
            "--no-fsync" => wishes.no_fsync = true,
            "--data" => {
                let (folder, after) = rest.split_first().ok_or("--data needs a folder after it.")?;
                wishes.data = Some(std::path::absolute(folder).map_err(|why| format!("{folder}: {why}."))?);
                rest = after;
            }
            other => return Err(format!("`cargo xtask pg` does not know `{other}`; a command goes after `--`.")),
        }
    }
    Ok((wishes, rest))
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|why| format!("No free port on 127.0.0.1: {why}."))
}

fn leash(home: &Path, data: &Path, throw_away: bool) -> Leash {
    let stop = if am_root() { "cd /; runuser -u postgres -- " } else { "" };
    let stop = format!(r#"{stop}"$1/pg_ctl" -D "$2" -w -t 30 stop -m "$3"; "#);
    let (script, how) = if throw_away {
        (format!(r#"{stop} case "$2" in /var/tmp/onewindow-pg-*) rm -rf "$2";; esac"#), "immediate")
    } else {
        (stop, "fast")
    };
    Leash::new(&script, &[&home.to_string_lossy(), &data.to_string_lossy(), how])
}

fn create(home: &Path, data: &Path) -> Outcome {
    if data.join("PG_VERSION").exists() {
        return Ok(());
    }
    std::fs::create_dir_all(data).map_err(|why| format!("{} could not be made: {why}.", data.display()))?;
    let folder = data.to_string_lossy();
    if am_root() {
        read(&mut program("chown", &["postgres:", &folder]))?;
    }
    let args = ["-D", &folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"];
    read(&mut as_postgres(&home.join("initdb"), &args)).map(drop)
}

fn start(home: &Path, data: &Path, port: u16, wishes: &Wishes) -> Outcome {
    let folder = data.to_string_lossy();
    let safety = if wishes.no_fsync { "off" } else { "on" };
    // Many tests open a pool each on a fresh database, all at once: hence the connections.
    let options = format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync={safety} \
         -c max_connections=300 -c shared_buffers=256MB -c max_wal_size=2GB -c timezone=UTC \
         -c log_min_messages=warning"
    );
    let log = data.join("server.log");
    let args = ["-D", &folder, "-w", "-t", "60", "-l", &log.to_string_lossy(), "-o", &options, "start"];
    read(&mut as_postgres(&home.join("pg_ctl"), &args)).map(drop).map_err(|why| {
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        format!("PostgreSQL did not start. {why}\n{said}")
    })
}

/// PostgreSQL refuses to run as administrator; Debian's package brings the account `postgres` for it.
fn as_postgres(binary: &Path, args: &[&str]) -> Command {
    let binary = binary.to_string_lossy();
    let mut command = if am_root() {
        let mut command = program("runuser", &["-u", "postgres", "--", &binary]);
        command.args(args);
        command
    } else {
        program(&*binary, args)
    };
    command.current_dir("/");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn options_end_at_the_command() {
        let line = words("--no-fsync --data /somewhere -- psql --data");
        let (wishes, command) = parse(&line).unwrap();
        assert!(wishes.no_fsync);
        assert_eq!(wishes.data, Some(PathBuf::from("/somewhere")));
        assert_eq!(command, words("psql --data"));
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(parse(&words("psql")).is_err());
        assert!(parse(&words("--data")).is_err());
    }
}
