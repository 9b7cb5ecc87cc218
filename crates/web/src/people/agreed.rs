//! Who of the family agreed, how it was shown and in which language it was read out: asked alike wherever a family agrees to
//! something or takes it back.

use crate::{request::Fields, shell::Choice, text::T};
use domain::{
    ids::PersonId,
    language::Lang,
    people::{ConsentHow, Household, Member},
};

/// The members, with the chosen one.
pub(super) fn by_whom(household: &Household, fields: &Fields) -> Vec<Choice> {
    let member = |member: &Member| Choice {
        value: member.id.to_string(),
        text: member.details.given.clone(),
        chosen: member.id.to_string() == fields.text("by"),
    };
    household.present().map(member).collect()
}

/// How it was shown.
pub(super) fn how(t: T, fields: &Fields) -> Vec<Choice> {
    let how: Vec<&str> = ConsentHow::ALL.iter().map(|how| how.code()).collect();
    Choice::codes(t, "consent-how", &how, fields.text("how"))
}

/// The languages, each by its own name.
pub(super) fn languages(fields: &Fields) -> Vec<Choice> {
    let language = |lang: &Lang| Choice {
        value: lang.code().to_owned(),
        text: lang.own_name().to_owned(),
        chosen: lang.code() == fields.text("language"),
    };
    Lang::ALL.iter().map(language).collect()
}

/// The present member a form names.
pub(super) fn read_by(household: &Household, fields: &Fields) -> Option<PersonId> {
    fields.read::<PersonId>("by").ok().flatten().filter(|by| household.member(*by).is_ok())
}

/// Who answers unless somebody else is named: the head.
pub(super) fn head(household: &Household) -> String {
    household.head().map(|head| head.id.to_string()).unwrap_or_default()
}
