//! Which complaints a scope may see. Whoever a complaint is about sees no line, no count and no page of it.

use crate::{
    Scope,
    access::scope::{Filter, OfficerScope},
    db::Value,
};

/// Not about the officer who asks.
macro_rules! not_about_me {
    () => {
        "not exists (select 1 from grievance_about ga where ga.grievance_id = g.grievance_id and ga.officer_id = {})"
    };
}

/// The district has no grievance officer who may see it: none is appointed, or all of them are concerned.
macro_rules! nobody_in_the_district {
    () => {
        "not exists (select 1 from officer o where o.active = true and o.district = g.district
          and o.roles like '%\"grievance_officer\"%' and not exists (select 1 from grievance_about gb
          where gb.grievance_id = g.grievance_id and gb.officer_id = o.officer_id))"
    };
}

/// The rows `g` a scope may see.
///
/// A proven complaint: itself. A proven receipt: what was filed with it. A grievance officer: the district's. A
/// department: appeals about its own applications, once they are handed to it. The provincial unit: what no officer of
/// the district may see, so that no complaint is read by nobody. An auditor: ordinary ones, read only.
pub(super) fn visible(scope: &Scope) -> Filter {
    if scope.is_system() {
        return Filter::all();
    }
    if let Some(grievance) = scope.grievance() {
        return Filter::new("g.grievance_id = {}", vec![Value::from(grievance)]);
    }
    if let Some(receipt) = scope.receipt() {
        return Filter::new("g.receipt_id = {}", vec![Value::from(receipt)]);
    }
    let Some(officer) = scope.officer() else { return Filter::nothing() };
    let me = || Value::from(officer.as_officer().id);
    if officer.reads_everything() {
        return Filter::new(concat!("(g.protected = false and ", not_about_me!(), ")"), vec![me()]);
    }
    if let (true, Some(district)) = (officer.answers_grievances(), officer.district()) {
        let text = concat!("(g.district = {} and ", not_about_me!(), ")");
        return Filter::new(text, vec![Value::from(district), me()]);
    }
    if officer.stands_in_for_districts() {
        return Filter::new(concat!("(", not_about_me!(), " and ", nobody_in_the_district!(), ")"), vec![me()]);
    }
    if let (Some(operator), Some(district)) = (officer.operator(), officer.district()) {
        let text = concat!("(g.operator = {} and g.district = {} and g.department = true and ", not_about_me!(), ")");
        return Filter::new(text, vec![Value::from(operator), Value::from(district), me()]);
    }
    Filter::nothing()
}

/// The rows `g` a scope may count for figures: ordinary ones, of the district or of all, and none about oneself.
pub(super) fn countable(scope: &Scope) -> Filter {
    if scope.is_system() {
        return Filter::new("g.protected = false", Vec::new());
    }
    let Some(officer) = scope.officer().filter(|_| scope.may(domain::access::Doing::Figures)) else {
        return Filter::nothing();
    };
    let me = Value::from(officer.as_officer().id);
    match officer.district() {
        Some(district) => {
            let text = concat!("(g.district = {} and g.protected = false and ", not_about_me!(), ")");
            Filter::new(text, vec![Value::from(district), me])
        }
        None => Filter::new(concat!("(g.protected = false and ", not_about_me!(), ")"), vec![me]),
    }
}

/// Whether an officer is of the department that holds the application: to them nothing of it is hidden.
pub(super) fn of_the_department(officer: &OfficerScope) -> bool {
    officer.operator().is_some() && !officer.answers_grievances()
}
