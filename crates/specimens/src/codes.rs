//! Draws expressions that choose a code.

use crate::{
    draw::{Draw, Scope},
    expr::CodeOf,
    policy::Kind,
};

impl Draw {
    /// A choice among these codes: written out, of another fact with the same codes, or by a condition.
    pub(crate) fn code(&mut self, scope: Scope, codes: &[String], depth: u8) -> CodeOf {
        if depth > 0 && self.rng.chance(700) {
            let cond = Box::new(self.cond(scope, depth - 1));
            let two = [self.code(scope, codes, depth - 1), self.code(scope, codes, depth - 1)];
            return CodeOf::If(cond, Box::new(two));
        }
        let same = Kind::Code(codes.to_vec());
        match self.fact(scope, |fact| fact.kind == same) {
            Some((of, _)) if self.rng.chance(500) => CodeOf::Fact(of),
            _ => CodeOf::Const(self.rng.pick(codes).cloned().unwrap_or_default()),
        }
    }
}
