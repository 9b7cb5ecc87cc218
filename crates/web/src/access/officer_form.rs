//! The fields of an appointment: roles, centre, district, operator; and refusals in the reader's language.

use crate::{
    App,
    request::{Errors, Fields},
    shell::Choice,
    text::T,
};
use domain::{
    access::{Officer, OfficerAppointed, OfficerRefused, Posting, Role},
    programmes::{CentreId, DistrictId, OperatorId},
};

/// The choices of the form with what is chosen.
pub struct OfficerFields {
    /// Roles.
    pub roles: Vec<Choice>,
    /// Centres of this installation.
    pub centres: Vec<Choice>,
    /// Districts of the pack.
    pub districts: Vec<Choice>,
    /// Operators of the pack.
    pub operators: Vec<Choice>,
}

impl OfficerFields {
    /// As the form was sent, or empty.
    pub fn sent(app: &App, t: T, fields: &Fields) -> Self {
        let roles = |role: Role| fields.is("role", role.code());
        Self::choices(app, t, roles, fields.text("centre"), fields.text("district"), fields.text("operator"))
    }

    /// As an officer stands.
    pub fn standing(app: &App, t: T, officer: &Officer) -> Self {
        let posting = &officer.posting;
        let centre = posting.centre.as_ref().map_or("", |id| &id.0);
        let district = posting.district.as_ref().map_or("", |id| &id.0);
        let operator = posting.operator.as_ref().map_or("", |id| &id.0);
        Self::choices(app, t, |role| officer.roles.contains(&role), centre, district, operator)
    }

    fn choices(
        app: &App,
        t: T,
        holds: impl Fn(Role) -> bool,
        centre: &str,
        district: &str,
        operator: &str,
    ) -> OfficerFields {
        let role = |role: &Role| Choice {
            value: role.code().to_owned(),
            text: t.code("role", role.code()),
            chosen: holds(*role),
        };
        let of_centre = |c: &crate::app::Centre| Choice {
            value: c.id.to_string(),
            text: crate::portal::sentences::place(app, t, &c.district.0),
            chosen: c.id.0 == centre,
        };
        let of_operator = |o: &rules::pack::catalogue::Operator| Choice {
            value: o.id.to_string(),
            text: t.pack(&o.name).to_owned(),
            chosen: o.id == *operator,
        };
        OfficerFields {
            roles: Role::ALL.iter().map(role).collect(),
            centres: app.config.centres.iter().map(of_centre).collect(),
            districts: crate::shell::districts(app, t, district),
            operators: app.pack.operators().iter().map(of_operator).collect(),
        }
    }
}

/// The posting of a sent form.
pub fn posting(fields: &Fields) -> Posting {
    Posting {
        centre: fields.opt("centre").map(CentreId),
        district: fields.opt("district").map(DistrictId),
        operator: fields.opt("operator").map(OperatorId),
    }
}

/// Decides an appointment; a name is asked for as well.
pub fn decided(t: T, login: &str, name: &str, fields: &Fields) -> Result<OfficerAppointed, Errors> {
    let decided = super::officers::appoint(t, login, name, fields);
    if !name.trim().is_empty() && name.chars().count() <= domain::people::MAX_NAME {
        return decided;
    }
    let mut errors = Errors::one("name", t.m("officer-name-missing"));
    if let Err(others) = decided {
        others.all().iter().for_each(|(field, sentence)| errors.add(field, sentence.clone()));
    }
    Err(errors)
}

/// A refusal at the field it is about.
pub fn refused(t: T, why: &OfficerRefused) -> Errors {
    let role = |role: &Role| t.code("role", role.code());
    match why {
        OfficerRefused::NoRole => Errors::one("role", t.m("officer-no-role")),
        OfficerRefused::ForbiddenPair(first, second) => {
            let pair = [("first", role(first).into()), ("second", role(second).into())];
            Errors::one("role", t.with("officer-forbidden-pair", &pair))
        }
        OfficerRefused::CentreMissing(which) => {
            Errors::one("centre", t.a("officer-centre-missing", "role", role(which)))
        }
        OfficerRefused::OperatorMissing(which) => {
            Errors::one("operator", t.a("officer-operator-missing", "role", role(which)))
        }
        OfficerRefused::DistrictMissing(which) => {
            Errors::one("district", t.a("officer-district-missing", "role", role(which)))
        }
        OfficerRefused::Oneself => Errors::one("role", t.m("officer-not-oneself")),
        OfficerRefused::ReasonMissing => Errors::one("reason", t.m("officer-reason-missing")),
        OfficerRefused::Login => Errors::one("login", t.m("officer-login-wrong")),
    }
}
