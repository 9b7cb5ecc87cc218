//! What is said of a list: a form's fields, read into the opening event it would write.

use crate::{
    App,
    request::{Errors, Fields},
    shell::{self, Choice},
    text::T,
};
use domain::{
    money::Paisa,
    payments::{Period, Purpose},
    people::{ImportOpened, ImportRefused, ListField, ListMapping},
};

/// The form as shown.
pub(super) struct ListForm {
    pub title: String,
    pub stated_on: String,
    pub amount: String,
    pub programmes: Vec<Choice>,
    pub districts: Vec<Choice>,
    pub purposes: Vec<Choice>,
    pub periods: Vec<Choice>,
    pub columns: Vec<ColumnChoice>,
}

/// Which column holds one thing.
pub(super) struct ColumnChoice {
    pub name: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

impl ListForm {
    pub fn of(app: &App, t: T, plan: &ImportOpened) -> Self {
        let list = &plan.list;
        let chosen = list.programme.as_ref().map_or("", |programme| programme.0.as_str());
        // Whom a protected programme serves is protected: its lists are not imported.
        let open = app.pack.programmes().iter().filter(|programme| !programme.protected());
        let mut programmes: Vec<Choice> = open
            .map(|programme| Choice {
                value: programme.id.to_string(),
                text: t.pack(&programme.name.words).to_owned(),
                chosen: programme.id == *chosen,
            })
            .collect();
        programmes.sort_by(|a, b| a.text.cmp(&b.text));
        let codes: Vec<&str> = Purpose::ALL.iter().map(|purpose| purpose.code()).collect();
        let periods: Vec<&str> = Period::ALL.iter().map(|period| period.code()).collect();
        let column = |field: &ListField| ColumnChoice {
            name: format!("column_{field}"),
            label: t.code("list-field", field.code()),
            choices: plan
                .head
                .iter()
                .map(|name| Choice {
                    value: name.clone(),
                    text: name.clone(),
                    chosen: plan.mapping.0.get(field) == Some(name),
                })
                .collect(),
        };
        ListForm {
            title: list.title.clone(),
            stated_on: list.stated_on.to_string(),
            amount: list.gives.amount.map(|amount| (amount.0 / 100).to_string()).unwrap_or_default(),
            programmes,
            districts: shell::districts(app, t, list.district.as_ref().map_or("", |district| district.0.as_str())),
            purposes: Choice::codes(t, "gives-purpose", &codes, list.gives.purpose.code()),
            periods: Choice::codes(t, "gives-per", &periods, list.gives.per.map_or("", |per| per.code())),
            columns: ListField::ALL.iter().map(column).collect(),
        }
    }
}

/// Reads the form into the plan; what is wrong with it.
pub(super) fn read(app: &App, t: T, fields: &Fields, plan: &mut ImportOpened) -> Errors {
    let mut errors = Errors::default();
    let list = &mut plan.list;
    list.title = fields.text("title").to_owned();
    match fields.date("stated_on") {
        Some(Ok(day)) => list.stated_on = day,
        _ => errors.add("stated_on", t.m("import-day-wrong")),
    }
    let programme = fields.opt("programme").and_then(|id| app.pack.programme(&id));
    list.programme = programme.filter(|programme| !programme.protected()).map(|programme| programme.id.as_str().into());
    if programme.is_some_and(|programme| programme.protected()) {
        errors.add("programme", t.m("import-protected"));
    }
    if let Some(programme) = programme {
        list.operator.get_or_insert_with(|| programme.operator.as_str().into());
    }
    list.district =
        fields.opt("district").filter(|code| app.pack.place(code).is_some()).map(|code| code.as_str().into());
    if let Ok(Some(purpose)) = fields.read::<Purpose>("purpose") {
        list.gives.purpose = purpose;
    }
    list.gives.per = fields.read::<Period>("per").ok().flatten();
    list.gives.amount = match fields.number("amount") {
        None => None,
        Some(Ok(rupees)) if (0..=100_000_000).contains(&rupees) => Some(Paisa(rupees * 100)),
        Some(_) => {
            errors.add("amount", t.m("import-amount-wrong"));
            None
        }
    };
    let column = |field: &ListField| Some((*field, fields.opt(&format!("column_{field}"))?));
    plan.mapping = ListMapping(ListField::ALL.iter().filter_map(column).collect());
    if let (Err(refused), true) = (plan.check(app.today()), errors.is_empty()) {
        let (field, sentence) = refused_words(t, &refused, plan);
        errors.add(&field, sentence);
    }
    errors
}

/// Why a list cannot be imported as it was said: the field, and the sentence.
pub(super) fn refused_words(t: T, refused: &ImportRefused, plan: &ImportOpened) -> (String, String) {
    let of = |column: &String| {
        let held = plan.mapping.0.iter().rfind(|(_, name)| *name == column);
        held.map_or_else(|| "column_given".to_owned(), |(field, _)| format!("column_{field}"))
    };
    match refused {
        ImportRefused::NameUnmapped => ("column_given".to_owned(), t.m("import-name-unmapped")),
        ImportRefused::Twice(column) => (of(column), t.a("import-column-twice", "column", column)),
        ImportRefused::NoColumn(column) => (of(column), t.a("import-column-gone", "column", column)),
        ImportRefused::SourceMissing => ("main".to_owned(), t.m("import-source-missing")),
        ImportRefused::TitleMissing => ("title".to_owned(), t.m("import-title-missing")),
        ImportRefused::Future => ("stated_on".to_owned(), t.m("import-day-future")),
        ImportRefused::Over => ("main".to_owned(), t.m("import-over")),
    }
}
