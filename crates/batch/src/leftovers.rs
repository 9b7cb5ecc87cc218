//! Files under a temporary name: made beside the file they will become, held by a lock while their program runs, and
//! removed by the next run when that was killed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// What stands between a file's name and the number of the program that writes it.
const MARK: &str = ".partial-";

/// The temporary name of what will be `out`, for this program.
pub(crate) fn name(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push(format!("{MARK}{}", std::process::id()));
    out.with_file_name(name)
}

/// Makes a file that is held until the last handle of it is gone.
pub(crate) fn create(partial: &Path) -> io::Result<File> {
    let file = File::create(partial)?;
    hold(&file);
    Ok(file)
}

/// Makes a folder, and a handle that holds it.
pub(crate) fn create_folder(partial: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(partial)?;
    let held = File::open(partial).ok();
    held.iter().for_each(hold);
    Ok(held)
}

/// A file system without locks keeps nothing from being written; then a second run at the same time could remove it.
fn hold(file: &File) {
    drop(file.try_lock());
}

/// Removes what interrupted runs left of `out`, files and folders, and names it. What a running program holds stays.
pub fn sweep(out: &Path) -> Vec<PathBuf> {
    let begins = format!("{}{MARK}", out.file_name().unwrap_or_default().to_string_lossy());
    let folder = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let left = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let number = name.strip_prefix(&begins)?;
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| entry.path())
    };
    let mut gone: Vec<PathBuf> = entries.filter_map(Result::ok).filter_map(left).filter(|path| remove(path)).collect();
    gone.sort();
    gone
}

/// Removes what nobody holds.
fn remove(path: &Path) -> bool {
    let Ok(held) = File::open(path) else { return false };
    if held.try_lock().is_err() {
        return false;
    }
    if path.is_dir() { fs::remove_dir_all(path).is_ok() } else { fs::remove_file(path).is_ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in
            ["r.parquet.partial-1", "r.parquet.partial-x", "r.parquet", "q.parquet.partial-2", "r.parquet.partial-"]
        {
            fs::write(at(name), "half").unwrap();
        }
        fs::create_dir_all(at("r.parquet.partial-3/inner")).unwrap();
        let mine = create(&name(&at("r.parquet"))).unwrap();
        assert_eq!(sweep(&at("r.parquet")), [at("r.parquet.partial-1"), at("r.parquet.partial-3")]);
        drop(mine);
        assert_eq!(sweep(&at("r.parquet")), [name(&at("r.parquet"))], "it was let go");
        let mut rest: Vec<String> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        rest.sort();
        assert_eq!(rest, ["q.parquet.partial-2", "r.parquet", "r.parquet.partial-", "r.parquet.partial-x"]);
    }
}
