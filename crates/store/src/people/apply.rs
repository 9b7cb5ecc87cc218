//! Storing what the events of a household say.

use crate::{
    db::{Conn, args, json},
    error::Result,
    journal::Envelope,
};
use domain::people::{
    AnswerGiven, AnswerWithdrawn, ConsentStated, HouseholdCorrected, HouseholdRegistered, MemberAdded, MemberLeft,
    MemberListStated, PersonCorrected, PersonDetails,
};

pub(crate) async fn registered(conn: &mut Conn<'_>, on: &Envelope, e: &HouseholdRegistered) -> Result<()> {
    let place = &e.place;
    let sql =
        "insert into household (household_id, version, centre, district, province_permanent, tehsil, union_council,
               village, directions, phones, members_complete, registered_on)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11)";
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
        on.happened_on
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn corrected(conn: &mut Conn<'_>, on: &Envelope, e: &HouseholdCorrected) -> Result<()> {
    let place = &e.place;
    let sql =
        "update household set version = $2, district = $3, province_permanent = $4, tehsil = $5, union_council = $6,
               village = $7, directions = $8, phones = $9 where household_id = $1";
    let args = args![
        on.record.id,
        on.version,
        &place.district,
        place.province_permanent.clone(),
        place.tehsil.clone(),
        place.union_council.clone(),
        place.village.clone(),
        place.directions.clone(),
        json(&e.phones)?
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn member_added(conn: &mut Conn<'_>, on: &Envelope, e: &MemberAdded) -> Result<()> {
    let d = &e.details;
    let sql = "insert into person (person_id, household_id, place_in_list, given, father_or_husband, sex, birth, relationship,
               marital_status, identities) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    // The version orders the members as they were added.
    let mut args = args![e.person, on.record.id, on.version];
    args.extend(details(d)?);
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn person_corrected(conn: &mut Conn<'_>, _: &Envelope, e: &PersonCorrected) -> Result<()> {
    let sql = "update person set given = $2, father_or_husband = $3, sex = $4, birth = $5, relationship = $6,
               marital_status = $7, identities = $8 where person_id = $1";
    let mut args = args![e.person];
    args.extend(details(&e.details)?);
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
    let sql = "insert into consent (household_id, version, purpose, given, by_person, how, language, stated_on)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = args![
        on.record.id,
        on.version,
        e.purpose.code(),
        e.given,
        e.by,
        e.how.code(),
        e.language.code(),
        on.happened_on
    ];
    conn.execute(sql, args).await.map(drop)
}

pub(crate) async fn answer_given(conn: &mut Conn<'_>, on: &Envelope, e: &AnswerGiven) -> Result<()> {
    for replaced in &e.replaces {
        conn.execute("update answer set set_aside = 'replaced' where answer_id = $1", args![*replaced]).await?;
    }
    answers_given(conn, &[(*on, e)]).await
}

/// Several answers that replace none, together: a first visit gives some dozens of them.
pub(crate) async fn answers_given(conn: &mut Conn<'_>, answers: &[(Envelope, &AnswerGiven)]) -> Result<()> {
    let mut values = Vec::with_capacity(answers.len() * 13);
    for (on, e) in answers {
        values.extend(args![
            e.answer,
            on.record.id,
            e.person,
            &e.fact,
            json(&e.value)?,
            e.provenance.code(),
            e.said_by,
            e.shown_in.code(),
            e.visit,
            on.officer,
            on.happened_on,
            e.reason.clone(),
            e.protected
        ]);
    }
    let into =
        "answer (answer_id, household_id, person_id, fact, value, provenance, said_by, shown_in, visit_id, officer_id,
        given_on, reason, protected)";
    conn.insert(into, 13, values, "").await
}

pub(crate) async fn answer_withdrawn(conn: &mut Conn<'_>, _: &Envelope, e: &AnswerWithdrawn) -> Result<()> {
    conn.execute("update answer set set_aside = $2 where answer_id = $1", args![e.answer, &e.reason]).await.map(drop)
}
