//! Storing what the events of a household say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
    sealing::columns as at,
};
use domain::ids::{HouseholdId, OfficerId};
use domain::people::{
    AnswerGiven, AnswerWithdrawn, ConsentStated, DetailsSaid, ErasureProposed, ErasureWithdrawn, HouseholdCorrected,
    HouseholdRegistered, MemberAdded, MemberLeft, MemberListStated, PersonCorrected, PersonDetails,
};

pub(crate) async fn registered(conn: &mut Conn<'_>, on: &Envelope, e: &HouseholdRegistered) -> Result<()> {
    let place = &e.place;
    let sql =
        "insert into household (household_id, version, centre, district, province_permanent, tehsil, union_council,
               village, directions, phones, members_complete, registered_on, district_said, province_said)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11, $11, $12)";
    let args = args![
        on.record.id,
        on.version,
        &e.centre,
        &place.district,
        place.province_permanent.clone(),
        place.tehsil.clone(),
        place.union_council.clone(),
        place.village.clone(),
        place.directions.clone(),
        json(&e.phones)?,
        on.happened_on,
        place.province_permanent.as_ref().map(|_| on.happened_on)
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn corrected(conn: &mut Conn<'_>, on: &Envelope, e: &HouseholdCorrected) -> Result<()> {
    let place = &e.place;
    let sql =
        "update household set version = $2, district = $3, province_permanent = $4, tehsil = $5, union_council = $6,
               village = $7, directions = $8, phones = $9,
               district_said = case when district is distinct from $3 then $10 else district_said end,
               province_said = case when $4 is null then null when province_permanent is distinct from $4 then $10
                               else province_said end
               where household_id = $1";
    let args = args![
        on.record.id,
        on.version,
        &place.district,
        place.province_permanent.clone(),
        place.tehsil.clone(),
        place.union_council.clone(),
        place.village.clone(),
        place.directions.clone(),
        json(&e.phones)?,
        on.happened_on
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn member_added(conn: &mut Conn<'_>, on: &Envelope, e: &MemberAdded) -> Result<()> {
    let d = &e.details;
    let sql = "insert into person (person_id, household_id, place_in_list, given, father_or_husband, sex, birth, relationship,
               marital_status, identities, sex_said, relationship_said, marital_said)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // The version orders the members as they were added.
    let mut args = args![e.person, on.record.id, on.version];
    args.extend(details(d)?);
    let said = DetailsSaid::on(d, on.happened_on);
    args.extend(args![said.sex, said.relationship, said.marital_status]);
    conn.execute(sql, args).await.map(drop)
}

/// What is corrected was said on the day of the correction; what stays keeps its day.
pub(crate) async fn person_corrected(conn: &mut Conn<'_>, on: &Envelope, e: &PersonCorrected) -> Result<()> {
    let sql = "update person set given = $2, father_or_husband = $3, sex = $4, birth = $5, relationship = $6,
               marital_status = $7, identities = $8,
               sex_said = case when sex is distinct from $4 then $9 else sex_said end,
               relationship_said = case when relationship is distinct from $6 then $10 else relationship_said end,
               marital_said = case when marital_status is distinct from $7 then $11 else marital_said end
               where person_id = $1";
    let mut args = args![e.person];
    args.extend(details(&e.details)?);
    let said = DetailsSaid::on(&e.details, on.happened_on);
    args.extend(args![said.sex, said.relationship, said.marital_status]);
    conn.execute(sql, args).await.map(drop)
}

fn details(d: &PersonDetails) -> Result<Vec<crate::db::Value>> {
    Ok(args![
        &d.given,
        d.father_or_husband.clone(),
        d.sex.map(|code| code.code()),
        d.birth.map(|birth| birth.to_string()),
        d.relationship.map(|code| code.code()),
        d.marital_status.map(|code| code.code()),
        json(&d.identities)?
    ])
}

pub(crate) async fn member_left(conn: &mut Conn<'_>, _: &Envelope, e: &MemberLeft) -> Result<()> {
    let sql = "update person set left_reason = $2, left_on = $3 where person_id = $1";
    conn.execute(sql, args![e.person, e.reason.code(), e.on]).await.map(drop)
}

pub(crate) async fn list_stated(conn: &mut Conn<'_>, on: &Envelope, e: &MemberListStated) -> Result<()> {
    let sql = "update household set version = $2, members_complete = $3 where household_id = $1";
    conn.execute(sql, args![on.record.id, on.version, e.complete]).await.map(drop)
}

pub(crate) async fn consent(conn: &mut Conn<'_>, on: &Envelope, e: &ConsentStated) -> Result<()> {
    let sql = "insert into consent (household_id, version, purpose, given, by_person, how, language, stated_on, phone)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = args![
        on.record.id,
        on.version,
        e.purpose.code(),
        e.given,
        e.by,
        e.how.code(),
        e.language.code(),
        on.happened_on,
        e.phone.as_ref().map(json).transpose()?
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn erasure_proposed(conn: &mut Conn<'_>, on: &Envelope, e: &ErasureProposed) -> Result<()> {
    let sql = "insert into erasure (household_id, officer_id, reason, proposed_on) values ($1, $2, $3, $4)
               on conflict (household_id) do update set officer_id = excluded.officer_id, reason = excluded.reason,
               proposed_on = excluded.proposed_on";
    conn.execute(sql, args![on.record.id, on.officer, &e.reason, on.happened_on]).await.map(drop)
}

/// Whether an officer's decision to forget a family still stands.
pub(crate) async fn is_proposed(conn: &mut Conn<'_>, household: HouseholdId, by: OfficerId) -> Result<bool> {
    let sql = "select 1 from erasure where household_id = $1 and officer_id = $2";
    Ok(conn.row(sql, args![household, by]).await?.is_some())
}

pub(crate) async fn erasure_withdrawn(conn: &mut Conn<'_>, on: &Envelope, _: &ErasureWithdrawn) -> Result<()> {
    conn.execute("delete from erasure where household_id = $1", args![on.record.id]).await.map(drop)
}

pub(crate) async fn answer_given(conn: &mut Conn<'_>, on: &Envelope, e: &AnswerGiven) -> Result<()> {
    for replaced in &e.replaces {
        conn.execute("update answer set set_aside = 'replaced' where answer_id = $1", args![*replaced]).await?;
    }
    answers_given(conn, &[(on.clone(), e)]).await
}

/// Several answers that replace none, together: a first visit gives some dozens of them.
pub(crate) async fn answers_given(conn: &mut Conn<'_>, answers: &[(Envelope, &AnswerGiven)]) -> Result<()> {
    let mut values = Vec::with_capacity(answers.len() * 13);
    for (on, e) in answers {
        let sealed = |at, text: &str| match e.protected {
            true => on.vault.seal(at, e.answer.0, 0, text),
            false => text.to_owned(),
        };
        values.extend(args![
            e.answer,
            on.record.id,
            e.person,
            sealed(&at::ANSWER_FACT, &e.fact),
            sealed(&at::ANSWER_VALUE, &json(&e.value)?),
            e.provenance.code(),
            e.said_by,
            e.shown_in.code(),
            e.visit,
            on.officer,
            on.happened_on,
            e.reason.as_deref().map(|reason| sealed(&at::ANSWER_REASON, reason)),
            e.protected
        ]);
    }
    let into =
        "answer (answer_id, household_id, person_id, fact, value, provenance, said_by, shown_in, visit_id, officer_id,
        given_on, reason, protected)";
    conn.insert(into, 13, values, "").await
}

pub(crate) async fn answer_withdrawn(conn: &mut Conn<'_>, on: &Envelope, e: &AnswerWithdrawn) -> Result<()> {
    let why = on.vault.seal(&at::ANSWER_SET_ASIDE, e.answer.0, 0, &e.reason);
    conn.execute("update answer set set_aside = $2 where answer_id = $1", args![e.answer, why]).await.map(drop)
}
