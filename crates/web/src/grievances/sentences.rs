//! What happened to a complaint, and what comes next, in sentences: the same for the citizen and the office.

use crate::{
    App,
    app::local_day,
    applications::inbox_rows::{Day, scheme},
    portal::sentences::place,
    text::T,
};
use domain::grievances::{Grievance, GrievanceStatus, Holder, Subject};
use rules::pack::grievances::Route;
use store::grievances::GrievanceStep;

/// One thing that happened.
pub struct Told {
    /// When.
    pub day: Day,
    /// What, as a sentence.
    pub sentence: String,
    /// What was done, in a word or two.
    pub done: String,
    /// The words somebody wrote.
    pub words: String,
    /// Who took the step; officers only are told.
    pub officer: String,
}

/// What comes next.
pub struct Coming {
    /// Until when.
    pub by: Option<Day>,
    /// The sentence.
    pub sentence: String,
    /// The promise is broken.
    pub late: bool,
}

/// The body above, for a complaint: of a protected one the one for everything, because its name would tell of the office.
pub fn route_of<'a>(app: &'a App, grievance: &Grievance) -> Option<&'a Route> {
    let operator = grievance.filed.operator.as_ref().filter(|_| !grievance.filed.protected);
    app.pack.grievances().route_of(operator.and_then(|id| app.pack.operator(&id.0)))
}

/// The name of a body above.
pub fn body(app: &App, t: T, route: &str) -> String {
    app.pack.grievances().route(route).map_or_else(|| route.to_owned(), |route| t.pack(&route.name).to_owned())
}

/// Whom or what a complaint names, in a line: the programme, the centre, the office; neutral where it must be.
pub fn about(app: &App, t: T, grievance: &Grievance) -> String {
    let filed = &grievance.filed;
    if filed.protected {
        return t.m("track-your-application");
    }
    if let Some(programme) = &filed.programme {
        return scheme(app, t, programme);
    }
    let subject = t.code("complaint-subject", filed.subject.code());
    let name = match (filed.subject, &filed.operator) {
        (Subject::Programme | Subject::Officer | Subject::Other, Some(operator)) => {
            app.pack.operator(&operator.0).map(|of| t.pack(&of.name).to_owned())
        }
        _ => None,
    };
    name.map_or(subject.clone(), |name| format!("{subject} · {name}"))
}

/// Everything that happened so far, oldest first.
pub fn past(app: &App, t: T, grievance: &Grievance, steps: &[GrievanceStep]) -> Vec<Told> {
    let office = place(app, t, &grievance.filed.district.0);
    let day = Day::of(t, local_day(grievance.filed_at));
    let first = Told {
        sentence: t.a("complaint-past-received", "place", office),
        done: String::new(),
        words: String::new(),
        officer: String::new(),
        day,
    };
    let told = |step: &GrievanceStep| {
        let handed = step.to == GrievanceStatus::Assigned && step.holder == Holder::Department;
        let id = if handed { "complaint-past-handed".to_owned() } else { id_of("complaint-past", step.to) };
        let body = step.route.as_deref().map(|route| body(app, t, route)).unwrap_or_default();
        Told {
            day: Day::of(t, local_day(step.at)),
            sentence: t.a(&id, "body", body),
            done: step.done.map(|done| t.code("complaint-done", done.code())).unwrap_or_default(),
            words: step.words.clone().unwrap_or_default(),
            officer: step.officer.clone().unwrap_or_default(),
        }
    };
    std::iter::once(first).chain(steps.iter().map(told)).collect()
}

fn id_of(family: &str, status: GrievanceStatus) -> String {
    format!("{family}-{}", status.code().replace('_', "-"))
}

/// What comes next for a complaint as it stands.
pub fn next(app: &App, t: T, grievance: &Grievance) -> Coming {
    let late = grievance.due.is_some_and(|due| due < app.today());
    let ours = matches!(grievance.holder, Holder::Office | Holder::Department);
    let id = if late && ours { "complaint-next-late".to_owned() } else { id_of("complaint-next", grievance.status) };
    let body = grievance.route.as_deref().map(|route| body(app, t, route)).unwrap_or_default();
    Coming { by: grievance.due.map(|due| Day::of(t, due)), sentence: t.a(&id, "body", body), late: late && ours }
}
