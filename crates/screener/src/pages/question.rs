//! One question at a time, the one that settles most; any may be skipped, and any answer be given again.

use super::{Carry, Request, html, results};
use crate::{
    Choice,
    answers::{Answers, key, place_of},
    ask::{Given, Input, NOT_TODAY, What},
    fields::{Errors, Fields},
    shell::Shell,
    topics,
};
use askama::Template;
use rules::pack::fact::{Fact, FactKind, Record, Sensitivity};

#[derive(Template)]
#[template(path = "pages/question.html")]
struct QuestionPage {
    shell: Shell,
    carry: Carry,
    errors: Errors,
    card: Card,
    so_far: results::Counts,
    may: Vec<results::Line>,
    topics: Vec<Choice>,
}

/// The question card.
struct Card {
    text: String,
    why: String,
    settles: usize,
    input: Input,
    /// Per week, month or day; empty where it is no amount a month.
    per: Vec<Choice>,
    hint: String,
}

impl Card {
    /// Whether a choice is "not known": skipping has a button of its own.
    fn leaves(&self, choice: &Choice) -> bool {
        choice.value == NOT_TODAY
    }
}

/// The next question, or the results when nothing is left to ask.
pub(super) fn next(request: &Request<'_>, answers: &Answers) -> String {
    let family = answers.family(request.shell.t);
    let Some(question) = rules::next_question(request.pack, &family, request.today, &answers.asking()) else {
        return results::page(request, answers);
    };
    let member = question.member.as_deref().and_then(place_of);
    match request.pack.fact(&question.fact) {
        Some(fact) => {
            page(request, answers, fact, member, question.settles.len(), Errors::default(), &Fields::default())
        }
        None => results::page(request, answers),
    }
}

/// The question that a form names, with its present answer.
pub(super) fn named(request: &Request<'_>, answers: &Answers) -> String {
    let Some((fact, member)) = asked(request, answers) else { return next(request, answers) };
    let value = match member {
        None => answers.household.get(fact.short()),
        Some(place) => answers.members.get(place).and_then(|person| person.facts.get(fact.short())),
    };
    let typed = value.map(|value| What::Fact(fact).typed(value)).unwrap_or_default();
    page(request, answers, fact, member, 0, Errors::default(), &typed)
}

/// Takes an answer, or skips the question.
pub(super) fn answer(request: &Request<'_>, answers: &mut Answers) -> Result<String, String> {
    let Some((fact, member)) = asked(request, answers) else { return Ok(next(request, answers)) };
    let then = request.fields.text("then");
    if then == "results" {
        return Ok(results::page(request, answers));
    }
    let fields = by_the_month(request.fields);
    let given = if then == "skip" { Ok(Given::NotToday) } else { What::Fact(fact).read(request.pack, &fields) };
    match given {
        Ok(Given::Value(value)) => answers.answer(member, &fact.id, value),
        Ok(Given::NotToday) => answers.skip(member, &fact.id),
        Err(wrong) => {
            let sentence = What::Fact(fact).sentence(request.shell.t, &wrong);
            return Err(page(request, answers, fact, member, 0, Errors::one("answer", sentence), request.fields));
        }
    }
    Ok(next(request, answers))
}

/// Opens the gate of one kind of private help; its questions come then.
pub(super) fn gate(request: &Request<'_>, answers: &mut Answers) -> String {
    let wanted = request.fields.text("topic");
    let topic = topics::grouped(request.pack).into_iter().find(|facts| facts.iter().any(|fact| *fact.id == *wanted));
    answers.gates.extend(topic.into_iter().flatten().map(|fact| fact.id.to_string()));
    next(request, answers)
}

/// The fact and the member that a form names, if it may be asked here.
fn asked<'p>(request: &Request<'p>, answers: &Answers) -> Option<(&'p Fact, Option<usize>)> {
    let fact = request.pack.fact(request.fields.text("fact")).filter(|fact| fact.kind == FactKind::Asked)?;
    let member = request.fields.opt("person").map(|key| place_of(&key));
    let member = match (fact.record, member) {
        (Record::Household, None) => None,
        (Record::Person, Some(place)) => Some(place.filter(|place| *place < answers.members.len())?),
        _ => return None,
    };
    let open = fact.sensitivity != Sensitivity::Protected || answers.gates.contains(fact.id.as_str());
    open.then_some((fact, member))
}

fn page(
    request: &Request<'_>,
    answers: &Answers,
    fact: &Fact,
    member: Option<usize>,
    settles: usize,
    errors: Errors,
    typed: &Fields,
) -> String {
    let (t, what) = (request.shell.t, What::Fact(fact));
    let name = member.and_then(|place| answers.names(t).get(place).cloned()).unwrap_or_default();
    let board = results::Board::of(request, answers);
    let money = what.unit().starts_with("PKR") && what.unit().contains("month");
    let per = typed.opt("per").unwrap_or_else(|| "month".to_owned());
    let mut input = what.input(request.pack, t, typed);
    if money {
        input.after = String::new();
    }
    let card = Card {
        text: what.question(t, &name),
        why: what.why().map(|why| t.pack(why).to_owned()).unwrap_or_default(),
        settles,
        per: if money { super::choices(t, "check-per", &["month", "week", "day"], &per) } else { Vec::new() },
        hint: match (money, fact.record) {
            (true, Record::Household) => t.m("check-income-whole"),
            (true, Record::Person) => t.a("check-income-person", "name", &name),
            _ => String::new(),
        },
        input,
    };
    let carry = Carry {
        fact: fact.id.to_string(),
        person: member.map(key).unwrap_or_default(),
        ..Carry::of(request, answers, "ask")
    };
    html(&QuestionPage {
        so_far: board.counts(),
        may: board.lines(results::Part::May).into_iter().take(6).collect(),
        topics: topic_choices(request, answers),
        shell: request.shell.clone(),
        errors,
        card,
        carry,
    })
}

/// The kinds of private help whose gate is still shut.
pub(super) fn topic_choices(request: &Request<'_>, answers: &Answers) -> Vec<Choice> {
    let t = request.shell.t;
    let topic = |facts: Vec<&Fact>| {
        let first = facts.first()?;
        let open = facts.iter().all(|fact| answers.gates.contains(fact.id.as_str()));
        Some(Choice { value: first.id.to_string(), text: topics::words(t, first), chosen: open })
    };
    topics::grouped(request.pack).into_iter().filter_map(topic).collect()
}

/// An amount told per week or per day as the amount of an ordinary month: 52 weeks, or 26 working days a month, as day
/// labourers reckon; to the nearest rupee.
fn by_the_month(fields: &Fields) -> Fields {
    let per = fields.text("per");
    let (times, parts) = match per {
        "week" => (52, 12),
        "day" => (26, 1),
        _ => return fields.clone(),
    };
    let Some(Ok(amount)) = fields.number("answer") else { return fields.clone() };
    let Some(monthly) = amount.checked_mul(times).map(|year| (year + parts / 2) / parts) else { return fields.clone() };
    let mut month = Fields::default();
    for (name, value) in fields.iter().filter(|(name, _)| *name != "answer") {
        month.add(name, value);
    }
    month.add("answer", &monthly.to_string());
    month
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn income_is_taken_as_people_are_paid() {
        let check = |body: &str, want: &str| {
            assert_eq!(by_the_month(&Fields::parse(body)).text("answer"), want, "{body}");
        };
        check("answer=32000&per=month", "32000");
        check("answer=6000&per=week", "26000");
        check("answer=5000&per=week", "21667");
        check("answer=1200&per=day", "31200");
        check("answer=%DB%B1%DB%B2%DB%B0%DB%B0&per=day", "31200");
        check("answer=much&per=week", "much");
        check("answer=&per=week", "");
    }
}
