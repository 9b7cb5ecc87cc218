//! `onewindow backup`, `backup key new`, `backup check`.

use super::{Database, now, system};
use crate::{Outcome, packs::say};
use archive::{PublicKey, Reader, SecretKey};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::copy::{BackedUp, Backup, check_written, note_backup};

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    wishes: Wishes,
}

/// Where a backup goes and who can open it.
#[derive(clap::Args, Clone)]
pub(crate) struct Wishes {
    /// The folder to write the backup into, best on another disk.
    #[arg(long, default_value = "var/backups")]
    pub out: PathBuf,
    /// Whose secret key opens it, as `onewindow backup key new` printed it; may be given several times.
    #[arg(long = "to", env = "ONEWINDOW_BACKUP_TO", value_delimiter = ',')]
    pub to: Vec<PublicKey>,
    /// A file of the installation to keep along, such as centres.toml; may be given several times.
    #[arg(long = "also")]
    pub also: Vec<PathBuf>,
    /// Remove older backups of the folder and leave this many.
    #[arg(long)]
    pub keep: Option<usize>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// The key pair of backups.
    #[command(subcommand)]
    Key(Key),
    /// Read a backup whole and name everything in it that is damaged.
    Check(Check),
}

#[derive(clap::Subcommand)]
enum Key {
    /// Draw a new key pair: the secret key goes into a file, the public key is printed.
    New {
        /// The file to write the secret key into; it must not be there yet.
        file: PathBuf,
    },
}

#[derive(clap::Args)]
struct Check {
    /// The backup.
    file: PathBuf,
    /// The file with the secret key.
    #[arg(long)]
    key: PathBuf,
}

pub(crate) async fn run(args: Args) -> Outcome {
    match args.command {
        Some(Command::Key(Key::New { file })) => new_key(&file),
        Some(Command::Check(check)) => look_through(&check),
        None => {
            back_up(&args.database, &args.wishes).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes a backup, reads it back, and only then gives it its name.
pub(crate) async fn back_up(database: &Database, wishes: &Wishes) -> Result<PathBuf, String> {
    if wishes.to.is_empty() {
        return Err("A backup is encrypted: name the public key with --to, or in ONEWINDOW_BACKUP_TO. \
                    `onewindow backup key new FILE` makes a pair."
            .to_owned());
    }
    let at = now();
    fs::create_dir_all(&wishes.out).map_err(|error| format!("{} cannot be made: {error}.", wishes.out.display()))?;
    let path = wishes.out.join(format!("{PREFIX}{}{ENDING}", at.format("%Y%m%dT%H%M%SZ")));
    let half = path.with_extension("part");
    let written = write(database, wishes, at, &half).await;
    let done = written.inspect_err(|_| drop(fs::remove_file(&half)))?;
    fs::rename(&half, &path).map_err(say)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    fs::write(path.with_extension("age.sha256"), format!("{}  {name}\n", done.sha256)).map_err(say)?;
    File::open(&wishes.out).and_then(|folder| folder.sync_all()).map_err(say)?;
    note_backup(&database.db, at).await.map_err(say)?;
    tell(&path, &done);
    if let Some(keep) = wishes.keep {
        remove_older(&wishes.out, keep.max(1))?;
    }
    Ok(path)
}

const PREFIX: &str = "onewindow-";
const ENDING: &str = ".backup.age";

async fn write(database: &Database, wishes: &Wishes, at: domain::Instant, half: &Path) -> Result<BackedUp, String> {
    let out = File::create(half).map_err(|error| format!("{} cannot be written: {error}.", half.display()))?;
    let files: Vec<PathBuf> = wishes.also.iter().cloned().chain(database.key_path().map(Path::to_owned)).collect();
    let backup = Backup {
        scope: &system(),
        url: &database.db,
        blobs: &database.blobs,
        // A lost key file would be lost papers; the backup is locked with a key that is not on this machine.
        files: &files,
        to: &wishes.to,
        release: env!("CARGO_PKG_VERSION"),
        at,
    };
    let (done, out) = backup.write(BufWriter::with_capacity(1 << 20, out)).await.map_err(say)?;
    out.into_inner().map_err(say)?.sync_all().map_err(say)?;
    check_written(half, &done).map_err(|error| format!("The backup was written and does not read back: {error}"))?;
    Ok(done)
}

fn tell(path: &Path, done: &BackedUp) {
    let rows: u64 = done.tables.iter().map(|table| table.rows).sum();
    let size = fs::metadata(path).map(|meta| meta.len()).unwrap_or(0);
    println!("{}: {} rows, {} papers and packs, {size} bytes; read back whole.", path.display(), rows, done.papers);
    if let Some((number, hash)) = &done.about.seal {
        println!("It reaches to seal {number}: {hash}");
    }
    for hash in &done.missing {
        println!(
            "Missing before the backup: a record names the file {hash}, and the folder of papers does not have it."
        );
    }
    for hash in &done.damaged {
        println!("Damaged before the backup: the file {hash} does not match its name and was left out.");
    }
}

/// Leaves the newest backups of a folder; their names sort by time.
fn remove_older(folder: &Path, keep: usize) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(say)?.flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with(PREFIX) && name.ends_with(ENDING));
    names.sort_unstable();
    for name in names.iter().rev().skip(keep) {
        fs::remove_file(folder.join(name)).map_err(say)?;
        drop(fs::remove_file(folder.join(format!("{name}.sha256"))));
        println!("{name} was removed: {keep} newer ones are there.");
    }
    Ok(())
}

fn new_key(path: &Path) -> Outcome {
    let key = SecretKey::draw();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| format!("{} cannot be made: {error}.", path.display()))?;
    let public = key.public();
    writeln!(file, "# Secret key of the backups of onewindow. public key: {public}\n{}", key.text()).map_err(say)?;
    file.sync_all().map_err(say)?;
    println!("Public key: {public}");
    println!(
        "The secret key is in {}. Move it off this machine: onto two sticks in two safes. Without it no backup opens, \
         and whoever has it reads everything.",
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Reads the secret key of a file.
pub(crate) fn secret_key(path: &Path) -> Result<SecretKey, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
    SecretKey::from_file_text(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Opens a backup.
pub(crate) fn open(file: &Path, key: &Path) -> Result<Reader<BufReader<File>>, String> {
    let key = secret_key(key)?;
    let opened = File::open(file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    Reader::open(BufReader::with_capacity(1 << 20, opened), &key)
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn look_through(check: &Check) -> Outcome {
    let checked = archive::check(open(&check.file, &check.key)?);
    for damage in &checked.damage {
        println!("{damage}");
    }
    println!("{} entries, {} bytes, {} faults.", checked.entries, checked.bytes, checked.damage.len());
    Ok(if checked.damage.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::{ENDING, PREFIX, new_key, remove_older, secret_key};
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn a_secret_key_is_its_owners_alone_and_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key.txt");
        new_key(&path).expect("a key");
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
        let public = secret_key(&path).expect("it reads").public();
        assert!(fs::read_to_string(&path).expect("text").contains(&public.to_string()));
        assert!(new_key(&path).is_err());
        assert_eq!(secret_key(&path).expect("it reads").public(), public);
    }

    #[test]
    fn the_newest_backups_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["20261101T000000Z", "20261103T000000Z", "20261102T000000Z"] {
            fs::write(folder.path().join(format!("{PREFIX}{name}{ENDING}")), "x").expect("written");
        }
        fs::write(folder.path().join("letters.txt"), "x").expect("written");
        remove_older(folder.path(), 2).expect("removed");
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        left.sort();
        let wanted = ["letters.txt", "onewindow-20261102T000000Z.backup.age", "onewindow-20261103T000000Z.backup.age"];
        assert_eq!(left, wanted);
    }
}
