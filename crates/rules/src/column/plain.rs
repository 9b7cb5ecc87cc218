//! The plain way: each row turned back into a family and screened.

use super::{
    block::{Block, Column},
    decisions::Decisions,
    input::{Input, Kind, Part},
    program::{Program, Scratch},
};
use crate::{
    Birth, Date, Family, Held, K3, Member, Outcome, Value,
    pack::fact::{FactType, Record},
    screen,
};
use chrono::Days;

pub(crate) fn run(program: &Program, block: &Block, _scratch: &mut Scratch, out: &mut Decisions) {
    let first = block.members[0] as usize;
    for household in 0..block.households() {
        let family = family(program, block, household);
        let screening = screen(&program.pack, &family, program.at());
        for (place, index) in program.programmes.iter().enumerate() {
            let verdict = &screening.verdicts[*index];
            let verdicts = &mut out.programmes[place];
            set(&mut verdicts.truth.yes, household, verdict.truth == K3::Yes);
            set(&mut verdicts.truth.no, household, verdict.truth == K3::No);
            set(&mut verdicts.receives, household, verdict.outcome == Outcome::AlreadyReceives);
            if let Some(planes) = &mut verdicts.candidates {
                for (m, candidate) in verdict.candidates.iter().enumerate() {
                    let row = block.members[household] as usize - first + m;
                    set(&mut planes.yes, row, candidate.truth == K3::Yes);
                    set(&mut planes.no, row, candidate.truth == K3::No);
                }
            }
        }
        for (place, index) in program.scores.iter().enumerate() {
            let value = screening.scores[*index].value;
            out.scores[place].low[household] = i32::try_from(value.low).unwrap_or(i32::MIN);
            out.scores[place].high[household] = i32::try_from(value.high).unwrap_or(i32::MAX);
        }
    }
}

fn set(plane: &mut [u64], row: usize, on: bool) {
    plane[row / 64] |= u64::from(on) << (row % 64);
}

fn family(program: &Program, block: &Block, household: usize) -> Family {
    let mut family = Family::default();
    let persons = block.members[household] as usize..block.members[household + 1] as usize;
    family.members = persons.clone().map(|p| Member { key: p.to_string(), ..Member::default() }).collect();
    for (input, column) in program.inputs().iter().zip(&block.columns) {
        let Some(column) = column else { continue };
        let short = input.fact.split_once('.').map_or("", |(_, s)| s);
        match input.record {
            Record::Household if input.fact.starts_with("scores.") => {
                family.scores.extend(number(*column, household).map(|n| (short.to_owned(), n)));
            }
            Record::Household if short == "members_complete" => {
                family.members_complete = number(*column, household) == Some(1);
            }
            Record::Household => put(program, input, *column, household, &mut family.household, short),
            Record::Person => {
                for (member, row) in family.members.iter_mut().zip(persons.clone()) {
                    match (input.part, number(*column, row)) {
                        (Part::Earliest, Some(n)) => member.birth = Some(Birth::day(day(n))),
                        (Part::Latest, Some(n)) => {
                            member.birth = member.birth.map(|b| Birth { latest: day(n), ..b });
                        }
                        (Part::Earliest | Part::Latest, None) => {}
                        _ => put(program, input, *column, row, &mut member.facts, short),
                    }
                }
            }
        }
    }
    family
}

fn put(program: &Program, input: &Input, column: Column, row: usize, into: &mut crate::FactValues, short: &str) {
    let on = program.at();
    if let Part::Has(word) = input.part {
        let Column::U64(bits) = column else { return };
        let has = input.codes.iter().skip(word * 64).take(64).enumerate();
        let has = has.filter(|(i, _)| bits[row] >> i & 1 == 1).map(|(_, c)| c.to_string());
        let held = into
            .entry(short.to_owned())
            .or_insert_with(|| Held::said(Value::Set { has: Default::default(), complete: false }, on));
        if let Value::Set { has: all, .. } = &mut held.value {
            all.extend(has);
        }
        return;
    }
    let Some(n) = number(column, row) else { return };
    if input.part == Part::Complete {
        if let Some(Held { value: Value::Set { complete, .. }, .. }) = into.get_mut(short) {
            *complete = n == 1;
        }
        return;
    }
    let decimal = program.pack.fact(&input.fact).is_some_and(|f| matches!(f.kind_of_value, FactType::Decimal { .. }));
    let value = match input.kind {
        Kind::Bool => Value::Bool(n == 1),
        Kind::Number { .. } if decimal => Value::Decimal(n),
        Kind::Number { .. } => Value::Int(n),
        Kind::Code => Value::Code(input.codes[usize::try_from(n).unwrap_or(0)].to_string()),
        Kind::Day | Kind::Bits => return,
    };
    into.insert(short.to_owned(), Held::said(value, on));
}

fn number(column: Column, row: usize) -> Option<i64> {
    match column {
        Column::U8(v) => Some(v[row]).filter(|x| *x != u8::MAX).map(i64::from),
        Column::U16(v) => Some(v[row]).filter(|x| *x != u16::MAX).map(i64::from),
        Column::I32(v) => Some(v[row]).filter(|x| *x != i32::MAX).map(i64::from),
        Column::I64(v) => Some(v[row]).filter(|x| *x != i64::MAX),
        Column::U64(_) => None,
    }
}

fn day(number: i64) -> Date {
    let zero = Date::from_ymd_opt(1880, 1, 1).unwrap_or_default();
    zero + Days::new(number.unsigned_abs())
}
