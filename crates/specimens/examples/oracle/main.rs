//! Sets the evaluators beside one another over random policies and households, cell by cell.
//!
//! `cargo xtask oracle` installs `DuckDB` and runs this; see `docs/guide/sql.md`.

mod columns;
mod compare;
mod duckdb;
mod mutations;
mod row;
mod sql;
mod table;

use std::process::ExitCode;

/// What every step gives back: something, or a sentence that says what to do next.
pub type Outcome<T = ()> = Result<T, String>;

/// What is asked for.
pub struct Asked {
    /// Households in all.
    pub households: usize,
    /// Random policies.
    pub policies: u64,
    /// The first seed.
    pub seed: u64,
    /// A Python that has the `duckdb` package.
    pub python: String,
    /// A folder for the files between.
    pub folder: String,
    /// The real pack.
    pub pack: String,
    /// Whether to show that changes of an operator are noticed.
    pub mutations: bool,
}

fn main() -> ExitCode {
    match asked().and_then(|asked| compare::run(&asked)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Outcome<Asked> {
    let mut asked = Asked {
        households: 100_000,
        policies: 40,
        seed: 1,
        python: "python3".to_owned(),
        folder: "target/oracle".to_owned(),
        pack: "programmes/pk".to_owned(),
        mutations: true,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value after it."));
        let number = |text: String| text.parse::<u64>().map_err(|_| format!("`{text}` is not a number."));
        match word.as_str() {
            "--households" => asked.households = usize::try_from(number(value()?)?).unwrap_or(usize::MAX),
            "--policies" => asked.policies = number(value()?)?,
            "--seed" => asked.seed = number(value()?)?,
            "--python" => asked.python = value()?,
            "--folder" => asked.folder = value()?,
            "--pack" => asked.pack = value()?,
            "--no-mutations" => asked.mutations = false,
            _ => {
                return Err(format!(
                    "There is no option `{word}`. There are --households N, --policies K, --seed S and --no-mutations."
                ));
            }
        }
    }
    Ok(asked)
}
