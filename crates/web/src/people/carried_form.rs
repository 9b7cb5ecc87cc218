//! The form of what a family told at home: its fields filled from the code, or as they were typed.

use super::carried::sexes;
use super::words;
use crate::{App, request::Fields, shell::Choice, text::T};
use chrono::{Datelike, Months};
use domain::{
    Date,
    people::{Household, MaritalStatus, Relationship},
};
use screener::{
    answers::{Age, Answers},
    ask::What,
    reasons,
};

/// What a code held.
#[derive(Debug, Clone)]
pub(super) struct Intake {
    pub code: String,
    pub answers: Answers,
    /// Other rules than the questions have changed since.
    pub other_pack: bool,
}

/// One answer told at home.
pub(super) struct Line {
    pub key: String,
    pub label: String,
    pub value: String,
    pub ticked: bool,
}

/// One member told of at home.
pub(super) struct MemberRow {
    /// The place in the code; the first is the head.
    pub at: usize,
    /// "the boy of 8".
    pub called: String,
    pub given: String,
    pub about: String,
    pub birth_month: String,
    pub birth_year: String,
    pub sex: Vec<Choice>,
    pub relationship: Vec<Choice>,
    pub marital: Vec<Choice>,
    pub left_out: bool,
    /// For a family on file: which member this is.
    pub is: Vec<Choice>,
}

impl MemberRow {
    /// The name of one of its fields.
    pub fn field(&self, name: &str) -> String {
        format!("m{}_{name}", self.at)
    }
}

/// How the form names an answer.
pub(super) fn line_key(at: Option<usize>, fact: &str) -> String {
    at.map_or_else(|| fact.to_owned(), |at| format!("{at} {fact}"))
}

/// The fields of one further member, as the form of a person names them.
pub(super) fn told(fields: &Fields, at: usize) -> Fields {
    let begin = format!("m{at}_");
    let mut own = Fields::default();
    for (name, value) in fields.iter() {
        if let Some(name) = name.strip_prefix(&begin) {
            own.add(name, value);
        }
    }
    own
}

impl Intake {
    /// The form's fields as the code fills them.
    pub fn fields(&self, today: Date, district: &str) -> Fields {
        let mut fields = Fields::default();
        fields.add("district", self.answers.district.as_deref().unwrap_or(district));
        fields.add("province_permanent", self.answers.province.as_deref().unwrap_or_default());
        fields.add("number_kind", "cnic");
        fields.add("number_check", "not_yet_verified");
        for (at, person) in self.answers.members.iter().enumerate() {
            let mut put = |name: &str, value: &str| {
                let name = if at == 0 { name.to_owned() } else { format!("m{at}_{name}") };
                fields.add(&name, value);
            };
            put("sex", person.sex.as_deref().unwrap_or_default());
            put("marital_status", person.marital.as_deref().unwrap_or_default());
            put("relationship", person.relation.as_deref().unwrap_or_default());
            match person.age {
                Some(Age::Years(years)) => put("about", &self.years_now(years, today).to_string()),
                // A baby's month of birth is known from its months; "about" would blur it by years.
                Some(Age::Months(months)) => {
                    if let Some(born) = self.answers.on.checked_sub_months(Months::new(u32::from(months))) {
                        put("birth_month", &born.month().to_string());
                        put("birth_year", &born.year().to_string());
                    }
                }
                None => {}
            }
        }
        fields
    }

    /// An age told some time ago.
    fn years_now(&self, years: u8, today: Date) -> u32 {
        u32::from(years) + today.years_since(self.answers.on).unwrap_or(0)
    }

    /// A row for each member; the first one's own fields stand in the form of the head.
    pub fn rows(&self, app: &App, t: T, fields: &Fields, household: Option<&Household>) -> Vec<MemberRow> {
        let names = self.answers.names(t);
        let row = |(at, called): (usize, String)| {
            let own = told(fields, at);
            let text = |name: &str| own.text(name).to_owned();
            let related: Vec<&str> = Relationship::ALL.iter().map(|c| c.code()).collect();
            let marital: Vec<&str> = MaritalStatus::ALL.iter().map(|c| c.code()).collect();
            MemberRow {
                at,
                called,
                given: text("given"),
                about: text("about"),
                birth_month: text("birth_month"),
                birth_year: text("birth_year"),
                sex: sexes(app, t, own.text("sex")),
                relationship: words::fact_choices(
                    app,
                    t,
                    "person.relationship_to_head",
                    &related,
                    own.text("relationship"),
                ),
                marital: words::fact_choices(app, t, "person.marital_status", &marital, own.text("marital_status")),
                left_out: own.is("leave_out", "yes"),
                is: household.map(|household| on_file(household, own.text("is"))).unwrap_or_default(),
            }
        };
        names.into_iter().enumerate().map(row).collect()
    }

    /// The answers, ticked until somebody unticks one. What is private never comes this way.
    pub fn lines(&self, app: &App, t: T, typed: Option<&Fields>) -> Vec<Line> {
        let names = self.answers.names(t);
        let open = self.answers.for_the_desk(&app.pack);
        let line = |(at, fact, value): (Option<usize>, String, &domain::people::AnswerValue)| {
            let entry = app.pack.fact(&fact)?;
            let label = reasons::label(&app.pack, &fact, t);
            let key = line_key(at, &fact);
            Some(Line {
                label: match at.and_then(|at| names.get(at)) {
                    Some(name) => t.with("reason-subject", &[("name", name.into()), ("label", label.into())]),
                    None => label,
                },
                value: What::Fact(entry).value_text(&app.pack, t, value),
                ticked: typed.is_none_or(|fields| fields.is("answer", &key)),
                key,
            })
        };
        open.all().filter_map(line).collect()
    }
}

/// The members on file, to choose from.
fn on_file(household: &Household, chosen: &str) -> Vec<Choice> {
    let choice = |member: &domain::people::Member| Choice {
        value: member.id.to_string(),
        text: member.details.given.clone(),
        chosen: member.id.to_string() == chosen,
    };
    household.present().map(choice).collect()
}
