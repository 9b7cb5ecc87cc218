//! Where the family lives and who eats from one kitchen: two short forms, of which anything may be left empty.

use super::{Carry, Request, html, question};
use crate::{
    Choice,
    answers::{Age, Answers, MOST_MEMBERS, Person},
    fields::{Errors, Fields},
    shell::Shell,
};
use askama::Template;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    shell: Shell,
    carry: Carry,
    errors: Errors,
    lost: Option<String>,
    district: Vec<Choice>,
    province: Vec<Choice>,
    size: String,
    begun: bool,
}

/// The first page: where, and how many.
pub(super) fn home_page(request: &Request<'_>, answers: &Answers, errors: Errors, lost: Option<String>) -> String {
    let t = request.shell.t;
    let served = |code: &str| request.centres.iter().any(|centre| centre.district == code);
    let sent = request.fields.text("size");
    html(&HomePage {
        carry: Carry::of(request, answers, "edit-home"),
        district: Choice::districts(request.pack, t, answers.district.as_deref().unwrap_or_default(), served),
        province: Choice::of_fact(
            request.pack,
            t,
            "household.province_permanent",
            answers.province.as_deref().unwrap_or_default(),
        ),
        size: if errors.is_empty() { answers.size.map(|n| n.to_string()).unwrap_or_default() } else { sent.to_owned() },
        begun: !answers.is_empty(),
        shell: request.shell.clone(),
        errors,
        lost,
    })
}

/// Takes the first page; goes on to the members.
pub(super) fn home(request: &Request<'_>, answers: &mut Answers) -> Result<String, String> {
    let (t, fields) = (request.shell.t, request.fields);
    let mut errors = Errors::default();
    let listed = |code: &String| request.pack.place(code).is_some();
    answers.district = fields.opt("district").filter(listed);
    let known = |code: &String| {
        request.pack.fact("household.province_permanent").is_some_and(|f| f.codes.iter().any(|c| *c.id == **code))
    };
    answers.province = fields.opt("province_permanent").filter(known);
    answers.size = match fields.number("size") {
        None => None,
        Some(Ok(n @ 1..=40)) => u8::try_from(n).ok(),
        Some(_) => {
            errors.add("size", t.m("check-size-wrong"));
            answers.size
        }
    };
    answers.on = request.today;
    if !errors.is_empty() {
        return Err(home_page(request, answers, errors, None));
    }
    Ok(members_page(request, answers, Errors::default()))
}

#[derive(Template)]
#[template(path = "pages/members.html")]
struct MembersPage {
    shell: Shell,
    carry: Carry,
    errors: Errors,
    rows: Vec<Row>,
    /// More rows may be asked for.
    more: bool,
}

/// The fields about one member.
pub(super) struct Row {
    pub number: usize,
    pub age: String,
    pub months: String,
    pub sex: Vec<Choice>,
    pub relation: Vec<Choice>,
    pub marital: Vec<Choice>,
}

impl Row {
    fn of(request: &Request<'_>, number: usize, person: &Person, typed: Option<(String, String)>) -> Row {
        let list = |fact: &str, code: &Option<String>| {
            Choice::of_fact(request.pack, request.shell.t, fact, code.as_deref().unwrap_or_default())
        };
        let (age, months) = typed.unwrap_or_else(|| match person.age {
            None => Default::default(),
            Some(Age::Years(n)) => (n.to_string(), String::new()),
            Some(Age::Months(n)) => (String::new(), n.to_string()),
        });
        Row {
            number,
            age,
            months,
            sex: list("person.sex", &person.sex),
            relation: list("person.relationship_to_head", &person.relation),
            marital: list("person.marital_status", &person.marital),
        }
    }

    /// The name of one of its fields.
    pub fn field(&self, name: &str) -> String {
        format!("m{}_{name}", self.number)
    }
}

/// The members, a row for each of the number said.
pub(super) fn members_page(request: &Request<'_>, answers: &Answers, errors: Errors) -> String {
    let sent = |name: &str| request.fields.text(name).to_owned();
    let told = answers.members.len();
    let asked = usize::from(answers.size.unwrap_or(1)).max(told).max(1);
    let wanted = request.fields.number("rows").and_then(Result::ok).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let rows = asked.max(wanted).min(MOST_MEMBERS);
    let row = |number: usize| {
        let person = answers.members.get(number - 1).cloned().unwrap_or_default();
        let typed = (!errors.is_empty()).then(|| (sent(&format!("m{number}_age")), sent(&format!("m{number}_months"))));
        Row::of(request, number, &person, typed)
    };
    html(&MembersPage {
        carry: Carry::of(request, answers, "edit-members"),
        rows: (1..=rows).map(row).collect(),
        more: rows < MOST_MEMBERS,
        shell: request.shell.clone(),
        errors,
    })
}

/// Takes the members; goes on to the first question.
pub(super) fn members(request: &Request<'_>, answers: &mut Answers) -> Result<String, String> {
    let fields = request.fields;
    let mut errors = Errors::default();
    let mut members = Vec::new();
    let mut kept = Vec::new();
    for number in 1..=MOST_MEMBERS {
        let person = read(request, fields, number, &mut errors);
        let before = answers.members.get(number - 1);
        // A row left empty is nobody; what was answered for the others stays with them.
        if let Some(person) = person {
            let same = before.filter(|before| before.sex == person.sex && close(before.age, person.age));
            kept.push(number - 1);
            members.push(Person { facts: same.map(|before| before.facts.clone()).unwrap_or_default(), ..person });
        }
    }
    let moved = |place: usize| kept.iter().position(|before| *before == place);
    let skipped = std::mem::take(&mut answers.skipped).into_iter();
    answers.skipped = skipped
        .filter_map(|(member, fact)| match member {
            None => Some((None, fact)),
            Some(place) => moved(place).map(|place| (Some(place), fact)),
        })
        .collect();
    answers.members = members;
    answers.on = request.today;
    if answers.members.is_empty() && errors.is_empty() {
        errors.add("m1_age", request.shell.t.m("check-members-none"));
    }
    if !errors.is_empty() {
        return Err(members_page(request, answers, errors));
    }
    if fields.text("then") == "more" {
        return Ok(members_page(request, answers, Errors::default()));
    }
    Ok(question::next(request, answers))
}

/// Whether two ages may be of one person corrected, so that answers about the person stay.
fn close(before: Option<Age>, now: Option<Age>) -> bool {
    match (before, now) {
        (Some(a), Some(b)) => a.years().abs_diff(b.years()) <= 2,
        _ => true,
    }
}

/// One row; nothing when it is empty.
fn read(request: &Request<'_>, fields: &Fields, number: usize, errors: &mut Errors) -> Option<Person> {
    let t = request.shell.t;
    let name = |field: &str| format!("m{number}_{field}");
    let listed = |fact: &str, field: &str| {
        let code = fields.opt(&name(field))?;
        request.pack.fact(fact)?.codes.iter().any(|known| *known.id == *code).then_some(code)
    };
    let mut typed = |field: &str, most: i64| match fields.number(&name(field)) {
        None => None,
        Some(Ok(n)) if (0..=most).contains(&n) => u8::try_from(n).ok(),
        Some(_) => {
            errors.add(&name(field), t.a(&format!("check-wrong-{field}"), "number", number));
            None
        }
    };
    let (years, months) = (typed("age", 120), typed("months", 35));
    let age = match (years, months) {
        (Some(0), Some(n)) | (None, Some(n)) => Some(Age::Months(n)),
        (Some(n), Some(rest)) if n < 3 && rest < 12 => Some(Age::Months(n * 12 + rest)),
        (Some(n), _) => Some(Age::Years(n)),
        (None, None) => None,
    };
    let person = Person {
        age,
        sex: listed("person.sex", "sex"),
        relation: listed("person.relationship_to_head", "relation"),
        marital: listed("person.marital_status", "marital"),
        facts: Default::default(),
    };
    (person != Person::default()).then_some(person)
}
