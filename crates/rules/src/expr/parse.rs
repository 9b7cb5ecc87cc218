//! From text to [`Node`]: the `cel` crate reads the syntax, and everything outside our subset is refused here.

use super::node::{Arith, Compare, Kind, Node, Quantifier, Span};
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators as op};
use cel::parser::Parser;

/// A mistake within one expression: where, what, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) suggestion: Option<String>,
}

impl Mistake {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: None }
    }

    pub(crate) fn with(mut self, suggestion: impl Into<Option<String>>) -> Self {
        self.suggestion = suggestion.into();
        self
    }
}

const SUBSET: &str = "Use && || ! == != < <= > >= in + - * / ?:, age(..), age_months(..) and members.exists/all/count/sum/filter/map/size.";

/// Reads one expression.
pub(crate) fn parse(source: &str) -> Result<Node, Vec<Mistake>> {
    if source.trim().is_empty() {
        return Err(vec![Mistake::new(0, "The condition is empty.")]);
    }
    match Parser::new().parse_with_source_info(source) {
        Ok((tree, info)) => Reader { source, info: &info }.node(&tree).map_err(|m| vec![m]),
        Err(errors) => Err(errors.errors.iter().map(|e| syntax_mistake(source, e.pos, &e.msg)).collect()),
    }
}

/// The parser names places as (line, column); everything here is a byte offset.
fn syntax_mistake(source: &str, (line, column): (isize, isize), message: &str) -> Mistake {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let line_start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let column = usize::try_from(column - 1).unwrap_or(0);
    let rest = source.get(line_start..).unwrap_or("");
    let within = rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i);
    let first_line = message.lines().next().unwrap_or("").trim();
    let said = first_line.trim_start_matches("Syntax error:").split(" expecting").next().unwrap_or("").trim();
    let said = if said.contains("<EOF>") { "it ends too early" } else { said };
    Mistake::new(line_start + within, format!("This is not an expression: {said}."))
}

struct Reader<'a> {
    source: &'a str,
    info: &'a SourceInfo,
}

impl Reader<'_> {
    fn node(&self, tree: &IdedExpr) -> Result<Node, Mistake> {
        let span = self.span(tree.id);
        let kind = match &tree.expr {
            Expr::Literal(literal) => self.literal(literal, &span)?,
            Expr::Ident(name) => Kind::Name(vec![name.clone()]),
            Expr::Select(select) if !select.test => {
                let operand = self.node(&select.operand)?;
                let Kind::Name(mut parts) = operand.kind else {
                    return Err(
                        self.outside(&span, "A field can only be read from a name such as household or person.")
                    );
                };
                parts.push(select.field.clone());
                let end = (span.start + 1 + select.field.len()).min(self.source.len());
                return Ok(Node { span: operand.span.start..end, kind: Kind::Name(parts) });
            }
            Expr::List(list) if list.optional_indices.is_empty() => {
                Kind::List(list.elements.iter().map(|e| self.node(e)).collect::<Result<_, _>>()?)
            }
            Expr::Call(call) => return self.call(call, span),
            Expr::Comprehension(c) => return self.members(c),
            _ => return Err(self.outside(&span, "This is not part of the policy language.")),
        };
        Ok(Node { span, kind })
    }

    /// Byte range of a node; the parser counts bytes and includes the last one.
    fn span(&self, id: u64) -> Span {
        let (start, stop) = self.info.offset_for(id).unwrap_or((0, 0));
        let within = |at: u32| {
            let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.source.len());
            (at..=self.source.len()).find(|i| self.source.is_char_boundary(*i)).unwrap_or(at)
        };
        within(start)..within(stop.saturating_add(1)).max(within(start))
    }

    fn outside(&self, span: &Span, message: &str) -> Mistake {
        Mistake::new(span.start, message).with(Some(SUBSET.to_owned()))
    }

    fn literal(&self, literal: &LiteralValue, span: &Span) -> Result<Kind, Mistake> {
        Ok(match literal {
            LiteralValue::Boolean(b) => Kind::Bool(*b.inner()),
            LiteralValue::Int(i) => Kind::Int(*i.inner()),
            LiteralValue::String(s) => Kind::Text(s.inner().to_owned()),
            LiteralValue::Double(d) => Kind::Decimal(self.digits(span, d.inner().is_sign_negative())?),
            LiteralValue::Null => {
                return Err(Mistake::new(
                    span.start,
                    "There is no null: a fact that nobody answered is unknown by itself.",
                ));
            }
            _ => return Err(self.outside(span, "This kind of value is not part of the policy language.")),
        })
    }

    /// The literal's own digits: what the parser made of them is a double, which no decision may rest on.
    fn digits(&self, span: &Span, negative: bool) -> Result<String, Mistake> {
        let text = self.source[span.start..].trim_start_matches(['-', ' ']);
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        if end == 0 || text[end..].starts_with(['e', 'E']) {
            return Err(Mistake::new(span.start, "Write decimals as digits, point, digits, without an exponent."));
        }
        Ok(format!("{}{}", if negative { "-" } else { "" }, &text[..end]))
    }

    fn call(&self, call: &CallExpr, span: Span) -> Result<Node, Mistake> {
        let args = call.args.iter().map(|a| self.node(a)).collect::<Result<Vec<_>, _>>()?;
        if let Some(target) = &call.target {
            let target = Box::new(self.node(target)?);
            let span = target.span.start..span.end;
            return Ok(Node { span, kind: Kind::Call { name: call.func_name.clone(), target: Some(target), args } });
        }
        let start = args.first().map_or(span.start, |a| a.span.start.min(span.start));
        let end = args.last().map_or(span.end, |a| a.span.end.max(span.end));
        let kind = self.operator(&call.func_name, args, &span)?;
        // A function's own name comes before its bracket, where the parser puts the place of the call.
        let start = match &kind {
            Kind::Call { name, .. } => self.source[..span.start].rfind(name.as_str()).unwrap_or(start),
            _ => start,
        };
        Ok(Node { span: start..end, kind })
    }

    fn operator(&self, name: &str, args: Vec<Node>, span: &Span) -> Result<Kind, Mistake> {
        let mut it = args.into_iter().map(Box::new);
        let mut next = || it.next().ok_or_else(|| self.outside(span, "An operand is missing."));
        let mut two = |make: &dyn Fn(Box<Node>, Box<Node>) -> Kind| Ok(make(next()?, next()?));
        let compare = |sign| move |a, b| Kind::Compare(sign, a, b);
        let arith = |sign| move |a, b| Kind::Arith(sign, a, b);
        match name {
            op::LOGICAL_AND => two(&Kind::And),
            op::LOGICAL_OR => two(&Kind::Or),
            op::IN => two(&Kind::In),
            op::EQUALS => two(&compare(Compare::Eq)),
            op::NOT_EQUALS => two(&compare(Compare::Ne)),
            op::LESS => two(&compare(Compare::Lt)),
            op::LESS_EQUALS => two(&compare(Compare::Le)),
            op::GREATER => two(&compare(Compare::Gt)),
            op::GREATER_EQUALS => two(&compare(Compare::Ge)),
            op::ADD => two(&arith(Arith::Add)),
            op::SUBSTRACT => two(&arith(Arith::Sub)),
            op::MULTIPLY => two(&arith(Arith::Mul)),
            op::DIVIDE => two(&arith(Arith::Div)),
            op::LOGICAL_NOT => Ok(Kind::Not(next()?)),
            op::NEGATE => Ok(Kind::Neg(next()?)),
            op::CONDITIONAL => Ok(Kind::If(next()?, next()?, next()?)),
            op::MODULO | op::INDEX | op::OPT_INDEX | op::OPT_SELECT => {
                Err(self.outside(span, "This operator is not part of the policy language."))
            }
            _ => Ok(Kind::Call { name: name.to_owned(), target: None, args: it.map(|b| *b).collect() }),
        }
    }

    /// Folds an expanded `exists`, `all`, `filter` or `map` back into what was written.
    fn members(&self, c: &ComprehensionExpr) -> Result<Node, Mistake> {
        let over = Box::new(self.node(&c.iter_range)?);
        let refuse = || {
            self.outside(
                &over.span,
                "Of the list functions only exists, all, filter, map, count, sum and size are known.",
            )
        };
        let Expr::Call(step) = &c.loop_step.expr else { return Err(refuse()) };
        let (how, body) = match (&c.accu_init.expr, step.func_name.as_str(), &step.args[..]) {
            (Expr::Literal(LiteralValue::Boolean(_)), op::LOGICAL_OR, [_, body]) => (Quantifier::Exists, body),
            (Expr::Literal(LiteralValue::Boolean(_)), op::LOGICAL_AND, [_, body]) => (Quantifier::All, body),
            (Expr::List(_), op::CONDITIONAL, [condition, add, _]) if adds_itself(add, &c.iter_var) => {
                (Quantifier::Filter, condition)
            }
            (Expr::List(_), op::ADD, [_, made]) => match &made.expr {
                Expr::List(list) if list.elements.len() == 1 => (Quantifier::Map, &list.elements[0]),
                _ => return Err(refuse()),
            },
            _ => return Err(refuse()),
        };
        let body = Box::new(self.node(body)?);
        let span = over.span.start..body.span.end;
        Ok(Node { span, kind: Kind::Members { how, over, var: c.iter_var.clone(), body } })
    }
}

/// Whether a comprehension's step adds the loop variable itself (`filter`) rather than something made of it (`map`).
fn adds_itself(step: &IdedExpr, var: &str) -> bool {
    let Expr::Call(CallExpr { func_name, args, .. }) = &step.expr else { return false };
    let Some(Expr::List(list)) = args.get(1).map(|a| &a.expr) else { return false };
    func_name == op::ADD && matches!(&list.elements[..], [one] if one.expr == Expr::Ident(var.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: Expect) {
        let shown = match parse(source) {
            Ok(node) => format!("{:?}", node.kind),
            Err(mistakes) => mistakes.iter().map(|m| format!("{}: {}\n", m.at, m.message)).collect(),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn decimals_keep_their_digits() {
        let shown = |source: &str| format!("{:?}", parse(source).unwrap().kind);
        assert!(shown("scores.x <= 31.99").contains("Decimal(\"31.99\")"));
        assert!(shown("scores.x <= -0.10").contains("Decimal(\"-0.10\")"));
        assert!(shown("'پښتو' == x && scores.x <= 1.5").contains("Decimal(\"1.5\")"));
    }

    #[test]
    fn what_is_outside_the_subset_is_refused_in_words() {
        check("", expect!["0: The condition is empty.\n"]);
        check(
            "a && ",
            expect![[r#"
            5: This is not an expression: it ends too early.
        "#]],
        );
        check(
            "a % 2 == 0",
            expect![[r#"
            2: This operator is not part of the policy language.
        "#]],
        );
        check(
            "a == null",
            expect![[r#"
            5: There is no null: a fact that nobody answered is unknown by itself.
        "#]],
        );
        check(
            "has(a.b)",
            expect![[r#"
            3: This is not part of the policy language.
        "#]],
        );
        check(
            "members.exists_one(p, p.a)",
            expect![[r#"
            0: Of the list functions only exists, all, filter, map, count, sum and size are known.
        "#]],
        );
        check(
            "{'a': 1}",
            expect![[r#"
            0: This is not part of the policy language.
        "#]],
        );
        check(
            "a == 1e3",
            expect![[r#"
            5: Write decimals as digits, point, digits, without an exponent.
        "#]],
        );
    }

    #[test]
    fn places_are_where_the_part_begins() {
        let span = |source: &str| parse(source).unwrap().span;
        assert_eq!(span("household.x == 1"), 0..16);
        assert_eq!(span("age(person, at)"), 0..14);
        assert_eq!(span("members.count(p, p.x)").start, 0);
    }
}
