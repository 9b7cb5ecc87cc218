//! Who asks where things stand: the family, a helper whom it named for that, or somebody else, who is told nothing.

use crate::{
    App,
    people::helpers::HelperLine,
    request::{Errors, Fields, PageError},
    shell::Choice,
    text::T,
};
use domain::{ids::HelperId, people::Helper};
use store::{
    Scope,
    access::{Asker, CallProof},
};

/// Who asks, as the officer chose on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Family,
    Helper,
    Other,
}

impl Asks {
    const ALL: [(Asks, &'static str); 3] = [(Asks::Family, "family"), (Asks::Helper, "helper"), (Asks::Other, "other")];

    /// What the form says; nothing is taken for granted when it says nothing.
    pub fn said(fields: &Fields) -> Option<Asks> {
        Asks::ALL.into_iter().find(|(_, code)| fields.text("asks") == *code).map(|(asks, _)| asks)
    }

    pub fn choices(t: T, fields: &Fields) -> Vec<Choice> {
        Choice::codes(t, "asking-who", &Asks::ALL.map(|(_, code)| code), fields.text("asks"))
    }
}

/// Who stands behind the choice, once the receipt is proven.
pub(super) enum Known {
    /// The family itself.
    Family,
    /// This helper, who may ask today.
    Helper(Box<Helper>),
    /// One of these is to be chosen, with what was wrong about the choice.
    Choose(Vec<Choice>, Errors),
    /// Nobody who may be told.
    Nobody,
}

impl Known {
    /// What the choice means today: a right that was taken back, or is over, is none.
    pub async fn of(app: &App, t: T, opened: &Scope, asks: Asks, fields: &Fields) -> Result<Known, PageError> {
        match asks {
            Asks::Family => return Ok(Known::Family),
            Asks::Other => return Ok(Known::Nobody),
            Asks::Helper => {}
        }
        let helpers = app.store.people(opened).askers(app.today()).await?;
        if helpers.is_empty() || fields.text("helper") == "nobody" {
            return Ok(Known::Nobody);
        }
        let chosen = fields.read::<HelperId>("helper").ok().flatten();
        if let Some(helper) = helpers.iter().find(|helper| Some(helper.named.helper) == chosen) {
            return Ok(Known::Helper(Box::new(helper.clone())));
        }
        let errors = match fields.opt("helper") {
            Some(_) => Errors::one("helper", t.m("asking-no-longer")),
            None if fields.text("choosing") == "yes" => Errors::one("helper", t.m("asking-helper-missing")),
            None => Errors::default(),
        };
        Ok(Known::Choose(named(app, t, &helpers), errors))
    }

    /// For the log.
    pub fn asker(&self, asks: Asks, proof: CallProof) -> Asker {
        match (self, asks) {
            (Known::Family, _) => Asker::Family(proof),
            (Known::Helper(helper), _) => Asker::Helper(helper.named.helper, proof),
            (_, Asks::Helper) => Asker::NoHelper,
            _ => Asker::Other,
        }
    }
}

/// The helpers by name, with who they are and their last day; and that it is none of them.
fn named(app: &App, t: T, helpers: &[Helper]) -> Vec<Choice> {
    let choice = |helper: &Helper| {
        let line = HelperLine::of(app, t, helper);
        let name = format!("\u{2068}{}\u{2069}", line.name);
        let values = [("name", name.into()), ("kind", line.kind.into()), ("until", line.until.words.into())];
        Choice { value: line.id.to_string(), text: t.with("asking-helper-line", &values), chosen: false }
    };
    let mut choices: Vec<Choice> = helpers.iter().map(choice).collect();
    choices.push(Choice { value: "nobody".to_owned(), text: t.m("asking-nobody"), chosen: false });
    choices
}
