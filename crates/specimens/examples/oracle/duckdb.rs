//! `DuckDB` in a process of its own: it gets folders and answers by files.

use crate::Outcome;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// A running `DuckDB`; it ends with its input.
pub struct DuckDb {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl DuckDb {
    /// Starts one with a Python that has the `duckdb` package.
    pub fn start(python: &str) -> Outcome<DuckDb> {
        let mut child = Command::new(python)
            .args(["-c", include_str!("oracle.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|why| format!("`{python}` could not be started: {why}. `cargo xtask oracle` installs it."))?;
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().ok_or("Python has no output.")?);
        Ok(DuckDb { child, to, from })
    }

    /// Runs the queries of a folder.
    pub fn run(&mut self, folder: &Path) -> Outcome {
        let to = self.to.as_mut().ok_or("Python has no input.")?;
        writeln!(to, "{}", folder.display())
            .and_then(|()| to.flush())
            .map_err(|why| format!("Python has ended: {why}."))?;
        let mut said = String::new();
        self.from.read_line(&mut said).map_err(|why| format!("Python could not be heard: {why}."))?;
        match said.trim() {
            "done" => Ok(()),
            "" => Err("Python ended without a word.".to_owned()),
            other => Err(format!("DuckDB says: {other}")),
        }
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        drop(self.to.take());
        let _ = self.child.wait();
    }
}
