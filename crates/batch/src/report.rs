//! Reports as folders of files, whole or not there.

use crate::fault::{Fault, Faults, io};
use std::{fs, path::Path};

/// A file of a report: its name and its text.
pub type Named = (String, String);

/// Writes files into a folder that is not there yet. The folder has its name only once it is whole.
///
/// # Errors
/// When the folder is there, or something cannot be written.
pub fn folder(folder: &Path, files: &[Named]) -> Result<(), Faults> {
    if folder.exists() {
        let fault = Fault::of(&folder.display().to_string(), "It is there already.");
        return Err(fault.suggest("Name a folder that is not there, so that no earlier report is lost.").into());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(io(parent, "made"))?;
    let partial = tempfile::Builder::new().prefix(".report-").tempdir_in(parent).map_err(io(parent, "written"))?;
    for (name, text) in files {
        let path = partial.path().join(name);
        fs::write(&path, text).map_err(io(&path, "written"))?;
    }
    fs::rename(partial.path(), folder).map_err(io(folder, "written"))?;
    Ok(())
}

/// Rows as CSV.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn table(rows: &[Vec<String>]) -> Result<String, Faults> {
    let failed = |error: csv::Error| Faults::from(Fault::of("report", error.to_string()));
    let mut writer = csv::Writer::from_writer(vec![]);
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(failed)?;
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
