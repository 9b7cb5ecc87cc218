//! The plan in plain words, for whoever asks what a policy costs and what is shared.

use super::{
    card::{Card, Source},
    compiled::Compiled,
    graph::{Calc, Node, Rows, Spread},
    input::{Kind, Physical},
    kernels::Shape,
    run::HOUSEHOLDS,
    schedule::{Output, Step},
    truth::{NO, Table, YES},
};
use crate::pack::fact::Record;
use std::fmt::Write;

pub(crate) fn explain(plan: &Compiled) -> String {
    let mut text = format!("Plan for {}\n\nColumns read\n", plan.at);
    for input in &plan.inputs {
        let rows = if input.record == Record::Household { "household" } else { "person" };
        let values = match input.kind {
            Kind::Code => format!("{} codes", input.codes.len()),
            Kind::Number { .. } => format!("{} to {}", input.bounds.low, input.bounds.high),
            Kind::Bool => "no, yes".to_owned(),
            Kind::Day => "days since 1880-01-01".to_owned(),
            Kind::Bits => "a bit for each code".to_owned(),
        };
        line(&mut text, &format!("{} ({}, one per {rows}): {values}", input.name, physical(input.physical)));
    }
    let _ = write!(text, "\nSteps, for {HOUSEHOLDS} households at a time\n");
    for step in &plan.schedule.steps {
        let step = match step {
            Step::Calc(node) => {
                let rows = plan.graph.rows[*node].name();
                format!("#{node} per {rows}: {}", words(plan, *node))
            }
            Step::Members(quad) => {
                let over = if quad.rows == Rows::Pair { "pairs" } else { "members" };
                let mut made = vec![];
                for ((body, any), count) in quad.bodies.iter().zip(&quad.any).zip(&quad.count) {
                    made.extend(any.map(|n| format!("#{n} = somebody #{body}")));
                    made.extend(count.map(|n| format!("#{n} = how many #{body}")));
                }
                format!("together over the {over}: {}", made.join("; "))
            }
            Step::Output(Output::Truth(place, node)) => format!("programme {place}: #{node}"),
            Step::Output(Output::Receives(place, node, _)) => format!("programme {place} received already: #{node}"),
            Step::Output(Output::Candidates(place, node)) => format!("programme {place}, each person: #{node}"),
            Step::Output(Output::Score(place, node)) => format!("score {place}: #{node}"),
        };
        line(&mut text, &step);
    }
    let [truths, numbers, codes] = plan.schedule.registers;
    let _ = write!(
        text,
        "\n{} steps; registers: {truths} of truths, {numbers} of numbers, {codes} of codes\n",
        plan.schedule.steps.len()
    );
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str("  ");
    text.push_str(line);
    text.push('\n');
}

fn physical(physical: Physical) -> &'static str {
    match physical {
        Physical::U8 => "1 byte",
        Physical::U16 => "2 bytes",
        Physical::I32 => "4 bytes",
        Physical::I64 | Physical::U64 => "8 bytes",
    }
}

impl Rows {
    fn name(self) -> &'static str {
        match self {
            Rows::Household => "household",
            Rows::Person => "person",
            Rows::Pair => "pair of members",
        }
    }
}

/// A calculation in words.
fn words(plan: &Compiled, node: Node) -> String {
    let name = |input: usize| &plan.inputs[input].name;
    let list = |nodes: &[Node], by: &str| nodes.iter().map(|n| format!("#{n}")).collect::<Vec<_>>().join(by);
    match &plan.graph.calcs[node] {
        Calc::Byte { input, table } => {
            let how = if matches!(plan.shapes[node], Some(Shape::Lookup)) { "looked up" } else { "compared" };
            format!("{}, {how}: {}", name(*input), table_words(plan, *input, table))
        }
        Calc::Reaches { input, cut } => format!("{} >= {cut}", name(*input)),
        Calc::Born { cut, .. } => format!("born on or before {}", super::encode::day_of(i64::from(*cut))),
        Calc::Has { word, bit, .. } => format!("{} has bit {bit}", name(*word)),
        Calc::Empty { complete, .. } => format!("nothing in {}", name(*complete)),
        Calc::And(parts) => list(parts, " and "),
        Calc::Or(parts) => list(parts, " or "),
        Calc::Not(n) => format!("not #{n}"),
        Calc::If([w, a, b]) => format!("if #{w} then #{a} else #{b}"),
        Calc::Pick([w, a, b, u]) => format!("if #{w} then #{a} else #{b}, where unknown #{u}"),
        Calc::Beside(Spread::HouseholdToPerson, n) => format!("#{n} for each member"),
        Calc::Beside(_, n) => format!("#{n} for each pair"),
        Calc::AtLeast(n, cut) => format!("#{n} >= {cut}"),
        Calc::Open => "a member may still be named".to_owned(),
        Calc::Somebody => "somebody is listed".to_owned(),
        Calc::Card(_) => plan.cards.get(&node).map_or(String::new(), |card| card_words(plan, card)),
        other => format!("{other:?}"),
    }
}

fn table_words(plan: &Compiled, input: usize, table: &Table) -> String {
    let input = &plan.inputs[input];
    let last = u8::try_from(input.range().1).unwrap_or(u8::MAX - 1);
    let value = |byte: u8| match input.kind {
        Kind::Code => input.codes.get(usize::from(byte)).map_or(String::new(), ToString::to_string),
        Kind::Bool => ["no", "yes"].get(usize::from(byte)).map_or(String::new(), |w| (*w).to_owned()),
        _ => byte.to_string(),
    };
    let all = |truth: u8| {
        let mut found: Vec<u8> = (0..=last).filter(|b| table.get(*b) == truth).collect();
        let more = found.len().saturating_sub(8);
        found.truncate(8);
        let words = found.into_iter().map(value).collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{words} and {more} more") } else { words }
    };
    let (yes, no) = (all(YES), all(NO));
    match (yes.is_empty(), no.is_empty()) {
        (false, false) => format!("yes for {yes}; no for {no}"),
        (false, true) => format!("yes for {yes}"),
        (true, _) => format!("no for {no}"),
    }
}

fn card_words(plan: &Compiled, card: &Card) -> String {
    let questions = card.questions.iter().map(|q| match &q.byte {
        Source::Column(input) => plan.inputs[*input].name.clone(),
        Source::Answers(nodes) => nodes.iter().map(|n| format!("#{n}")).collect::<Vec<_>>().join("+"),
    });
    let looked_up = questions.collect::<Vec<_>>().join(", ");
    format!("points looked up by {looked_up}; {} questions added up answer by answer", card.wide.len())
}
