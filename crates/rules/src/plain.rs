//! A family written plainly, as golden cases and `household.json` write it: values by fact name, nothing else needed.

use crate::{
    Birth, Date, Family, Held, Member, Pack, Provenance, Value,
    expr::number::decimal,
    pack::{
        error::did_you_mean,
        fact::{Fact, FactKind, FactType},
    },
};
use serde_json::{Map, Value as Json};

impl Family {
    /// Reads a family written plainly:
    /// `{"household": {"registered_in_nser": true, "members_complete": true}, "scores": {"nser_2021": 31.99},
    /// "members": [{"id": "amina", "name": "Amina Bibi", "birth": "1985", "sex": "female"}]}`.
    /// What is not written is unknown. A value may also be `{"value": .., "source": "paper_seen", "on": "2026-05-01",
    /// "by": ".."}`; a set is a list (these and no others) or `{"has": [..], "complete": false}`; a birth is `1985`,
    /// `1985-03`, `1985-03-02` or `~1985`. Values without a day count as said on `on`.
    ///
    /// # Errors
    /// One sentence for every name the pack does not declare and every value that does not fit its fact.
    pub fn from_plain(pack: &Pack, plain: &Json, on: Date) -> Result<Self, Vec<String>> {
        let mut reader = Reader { pack, on, wrong: vec![] };
        let family = reader.family(plain);
        if reader.wrong.is_empty() { Ok(family) } else { Err(reader.wrong) }
    }
}

struct Reader<'a> {
    pack: &'a Pack,
    on: Date,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn family(&mut self, plain: &Json) -> Family {
        let mut family = Family::default();
        let Some(parts) = plain.as_object() else {
            self.wrong.push("A family is written as an object with household, members and scores.".into());
            return family;
        };
        for (part, content) in parts {
            match (part.as_str(), content) {
                ("household", Json::Object(facts)) => self.household(facts, &mut family),
                ("scores", Json::Object(scores)) => self.scores(scores, &mut family),
                ("members" | "member", Json::Array(members)) => {
                    family.members = members.iter().enumerate().map(|(i, m)| self.member(i, m)).collect();
                }
                (other, _) => {
                    let near = did_you_mean(other, ["household", "members", "scores"]).unwrap_or_default();
                    self.wrong
                        .push(format!("`{other}` is not a part of a family, or is written as something else. {near}"));
                }
            }
        }
        family
    }

    fn household(&mut self, facts: &Map<String, Json>, family: &mut Family) {
        for (name, value) in facts {
            if name == "members_complete" {
                family.members_complete = value.as_bool().unwrap_or(false);
            } else if let Some(held) = self.held("household", name, value) {
                family.household.insert(name.clone(), held);
            }
        }
    }

    fn scores(&mut self, scores: &Map<String, Json>, family: &mut Family) {
        for (name, value) in scores {
            let Some(score) = self.pack.score(name) else {
                let near = did_you_mean(name, self.pack.scores().iter().map(|s| &*s.id)).unwrap_or_default();
                self.wrong.push(format!("No score `{name}` is declared. {near}"));
                continue;
            };
            match number(value, score.digits).filter(|n| score.bounds.low <= *n && *n <= score.bounds.high) {
                Some(points) => drop(family.scores.insert(name.clone(), points)),
                None => self.wrong.push(format!("`scores.{name}` does not fit its bounds or decimals.")),
            }
        }
    }

    fn member(&mut self, index: usize, plain: &Json) -> Member {
        let mut member = Member { key: format!("m{}", index + 1), ..Member::default() };
        let Some(parts) = plain.as_object() else {
            self.wrong.push(format!("Member {} is not written as an object.", index + 1));
            return member;
        };
        for (name, value) in parts {
            match (name.as_str(), value) {
                ("id" | "key", Json::String(key)) => member.key.clone_from(key),
                ("name", Json::String(text)) => member.name.clone_from(text),
                ("birth", value) => member.birth = self.birth(value),
                _ => {
                    if let Some(held) = self.held("person", name, value) {
                        member.facts.insert(name.clone(), held);
                    }
                }
            }
        }
        member
    }

    fn birth(&mut self, value: &Json) -> Option<Birth> {
        let text = value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|year| year.to_string()));
        let birth = text.as_deref().and_then(Birth::parse);
        if birth.is_none() {
            self.wrong.push(format!("{value} is not a date. Write 1985, 1985-03, 1985-03-02 or ~1985."));
        }
        birth
    }

    fn held(&mut self, record: &str, name: &str, value: &Json) -> Option<Held> {
        let full = format!("{record}.{name}");
        let Some(fact) = self.pack.fact(&full) else {
            let near = did_you_mean(&full, self.pack.facts().iter().map(|f| &*f.id)).unwrap_or_default();
            self.wrong.push(format!("No fact `{full}` is declared. {near}"));
            return None;
        };
        if fact.kind == FactKind::Derived {
            self.wrong.push(format!("`{full}` is derived from `{}`; write what it is derived from.", fact.derive));
            return None;
        }
        let (inner, source, on, by) = self.wrapped(value);
        let Some(value) = value_of(fact, inner) else {
            self.wrong.push(format!("`{full}` cannot be {inner}: it does not fit the fact's type, codes or bounds."));
            return None;
        };
        Some(Held { value, source, on, by })
    }

    /// A bare value, or one with how and when it was learnt.
    fn wrapped<'v>(&self, value: &'v Json) -> (&'v Json, Provenance, Date, Option<String>) {
        let bare = (value, Provenance::Said, self.on, None);
        let Some(parts) = value.as_object() else { return bare };
        let Some(inner) = parts.get("value") else { return bare };
        let source = match parts.get("source").and_then(Json::as_str) {
            Some("verified") => Provenance::Verified,
            Some("paper_seen") => Provenance::PaperSeen,
            _ => Provenance::Said,
        };
        let on = parts.get("on").and_then(Json::as_str).and_then(|d| d.parse().ok()).unwrap_or(self.on);
        (inner, source, on, parts.get("by").and_then(Json::as_str).map(str::to_owned))
    }
}

/// The value in the fact's type, when it fits.
fn value_of(fact: &Fact, plain: &Json) -> Option<Value> {
    let known = |code: &str| fact.codes.iter().any(|c| c.id == *code);
    let within = |n: &i64| fact.bounds.low <= *n && *n <= fact.bounds.high;
    match fact.kind_of_value {
        FactType::Bool => plain.as_bool().map(Value::Bool),
        FactType::Int => number(plain, 0).filter(within).map(Value::Int),
        FactType::Decimal { scale } => number(plain, scale).filter(within).map(Value::Decimal),
        FactType::Code => plain.as_str().filter(|c| known(c)).map(|c| Value::Code(c.to_owned())),
        FactType::Date => plain.as_str().and_then(Birth::parse).map(Value::Date),
        FactType::Set => {
            let (items, complete) = match plain {
                Json::Array(items) => (items, true),
                Json::Object(parts) => {
                    (parts.get("has")?.as_array()?, parts.get("complete").and_then(Json::as_bool).unwrap_or(false))
                }
                _ => return None,
            };
            let code = |item: &Json| item.as_str().filter(|c| known(c)).map(str::to_owned);
            Some(Value::Set { has: items.iter().map(code).collect::<Option<_>>()?, complete })
        }
    }
}

/// A number from its written digits, times ten to the scale.
fn number(plain: &Json, scale: u8) -> Option<i64> {
    let Json::Number(written) = plain else { return None };
    let (digits, found) = decimal(&written.to_string())?;
    digits.checked_mul(10i64.checked_pow(u32::from(scale.checked_sub(found)?))?)
}
