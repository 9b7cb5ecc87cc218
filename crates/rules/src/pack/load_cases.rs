//! Loads golden cases and checks that they speak of this pack.

use super::{
    Pack,
    load::{Loader, date},
    programme::Level,
    raw::{Placed, RawCase, RawCases},
};
use crate::{Date, Family, K3, cases::Case};
use serde_json::json;

impl Loader<'_> {
    /// Loads the cases of every programme; a programme may have none.
    pub(crate) fn cases(&mut self, pack: &mut Pack) {
        let mut cases = vec![];
        for programme in 0..pack.programmes.len() {
            let file = format!("{}/cases.toml", pack.programmes[programme].id);
            if !self.files.contains_key(file.as_str()) {
                continue;
            }
            for raw in self.read::<RawCases>(&file).map_or(vec![], |c| c.case) {
                cases.extend(self.case(pack, programme, &file, &raw));
            }
        }
        pack.cases = cases;
    }

    fn case(&mut self, pack: &Pack, programme: usize, file: &str, raw: &RawCase) -> Option<Case> {
        let on = date(&raw.on);
        if on.is_none() {
            self.error(file, Some(raw.name.span().start), format!("`{}` is not a day.", raw.on), None);
        }
        let expect = self.expected(file, &raw.expect);
        let family = self.family(pack, file, raw, on?);
        let family = family?;
        let candidate = raw.candidate.as_ref().map(|c| {
            let keys = family.members.iter().map(|m| m.key.as_str());
            self.known(file, c, "member", keys)
        });
        let person = pack.programmes[programme].level == Level::Person;
        if person != candidate.is_some() && !family.members.is_empty() {
            let message = if person { "Whose verdict is meant?" } else { "This programme has no candidate." };
            let hint = if person { "Add candidate = \"<member id>\"." } else { "Leave `candidate` out." };
            self.error(file, Some(raw.name.span().start), message.into(), Some(hint.into()));
        }
        Some(Case {
            programme: pack.programmes[programme].id.clone(),
            name: raw.name.get_ref().clone(),
            source: raw.source.joined(),
            on: on?,
            expect: expect?,
            candidate,
            family,
        })
    }

    fn expected(&mut self, file: &str, written: &Placed) -> Option<K3> {
        match written.get_ref().as_str() {
            "yes" => Some(K3::Yes),
            "no" => Some(K3::No),
            "unknown" => Some(K3::Unknown),
            other => {
                let message = format!("`{other}` is not a verdict.");
                self.error(file, Some(written.span().start), message, Some("Write yes, no or unknown.".into()));
                None
            }
        }
    }

    fn family(&mut self, pack: &Pack, file: &str, raw: &RawCase, on: Date) -> Option<Family> {
        let plain = json!({ "household": raw.household, "scores": raw.scores, "members": raw.member });
        match Family::from_plain(pack, &plain, on) {
            Ok(family) => Some(family),
            Err(wrong) => {
                for message in wrong {
                    self.error(file, Some(raw.name.span().start), message.trim().to_owned(), None);
                }
                None
            }
        }
    }
}
