//! Whoever changes the journal behind the store's back is found by `verify`, and what was changed is named.

use crate::common::{Base, on_both, raw::Raw, story};
use expect_test::{Expect, expect};
use store::journal::Fault;

/// What `verify` says, with record keys left out because they differ from run to run.
async fn faults(base: &Base) -> String {
    let verified = base.store.verify().await.expect("an answer");
    let line = |fault: &Fault| match fault {
        Fault::Gap(_, events, newest) => format!("Gap: {events} events, newest version {newest}\n"),
        other => format!("{other}\n"),
    };
    verified.faults.iter().map(line).collect()
}

/// Tampers, looks, and puts back.
async fn check(base: &Base, raw: &mut Raw, tamper: &str, undo: &str, want: Expect) {
    assert!(raw.execute(tamper).await > 0, "{tamper}");
    want.assert_eq(&faults(base).await);
    if !undo.is_empty() {
        raw.execute(undo).await;
        assert_eq!(faults(base).await, "", "put back after {tamper}");
    }
}

const PAYLOAD_OF_20: &str =
    "(record_id, version) = (select j.record_id, j.version from journal j where j.position = 20)";

/// The first record of two events: without its first one, its versions have a gap.
const OF_TWO: &str = "select k.record_id from journal k group by k.record_id having max(k.version) = 2
    order by min(k.position) limit 1";

/// A story under three seals.
async fn sealed(base: &Base) {
    let mut story = story::full(base).await;
    base.seal(story.teller.at).await;
    story.end_visit().await;
    base.seal(story.teller.at).await;
    story.another_member().await;
    base.seal(story.teller.at).await;
    assert_eq!(faults(base).await, "");
}

on_both!(a_changed_content_or_envelope_is_named, async |base: &Base| {
    sealed(base).await;
    let mut raw = base.raw().await;
    raw.execute("create table kept as select * from journal").await;
    raw.execute("create table kept_payload as select * from journal_payload").await;
    check(
        base,
        &mut raw,
        &format!("update journal_payload set payload = payload || ' ' where {PAYLOAD_OF_20}"),
        &format!("update journal_payload set payload = rtrim(payload) where {PAYLOAD_OF_20}"),
        expect![[r#"
            Event 20: the content was changed after it was recorded.
        "#]],
    )
    .await;
    check(
        base,
        &mut raw,
        &format!("delete from journal_payload where {PAYLOAD_OF_20}"),
        &format!("insert into journal_payload select * from kept_payload where {PAYLOAD_OF_20}"),
        expect![[r#"
            Event 20: the content is missing and no redaction explains it.
        "#]],
    )
    .await;
    for (column, value) in [
        ("record_kind", "'visit'"),
        ("kind", "'member-left'"),
        ("format", "2"),
        ("happened_on", "'2026-11-01'"),
        ("recorded_at", "'2026-11-02T05:00:00.5+00:00'"),
        ("officer_id", "null"),
        ("command_id", "record_id"),
    ] {
        check(
            base,
            &mut raw,
            &format!("update journal set {column} = {value} where position = 20"),
            &format!("update journal set {column} = (select k.{column} from kept k where k.position = 20) where position = 20"),
            expect![[r#"
                Seal 1: its events were changed, added or removed after sealing.
            "#]],
        )
        .await;
    }
});

on_both!(a_removed_event_is_missed, async |base: &Base| {
    sealed(base).await;
    let mut raw = base.raw().await;
    raw.execute(&format!("delete from journal_payload where record_id = ({OF_TWO}) and version = 1")).await;
    check(
        base,
        &mut raw,
        &format!("delete from journal where record_id = ({OF_TWO}) and version = 1"),
        "",
        expect![[r#"
            Seal 1: its events were changed, added or removed after sealing.
            Gap: 1 events, newest version 2
        "#]],
    )
    .await;
});

on_both!(a_changed_seal_is_named, async |base: &Base| {
    sealed(base).await;
    let mut raw = base.raw().await;
    raw.execute("create table kept as select * from seal").await;
    check(
        base,
        &mut raw,
        "update seal set last_hash = (select payload_hash from journal where position = 1) where number = 3",
        "update seal set last_hash = (select k.last_hash from kept k where k.number = 3) where number = 3",
        expect![[r#"
            Seal 3: its events were changed, added or removed after sealing.
        "#]],
    )
    .await;
    check(
        base,
        &mut raw,
        "update seal_entry set number = 3 where number = 2",
        "",
        expect![[r#"
            Seal 2: its events were changed, added or removed after sealing.
            Seal 3: its events were changed, added or removed after sealing.
        "#]],
    )
    .await;
});

on_both!(a_seal_removed_from_the_end_leaves_its_entries, async |base: &Base| {
    sealed(base).await;
    let mut raw = base.raw().await;
    if base.is_postgres() {
        raw.execute("alter table seal_entry drop constraint seal_entry_number_fkey").await;
    }
    check(
        base,
        &mut raw,
        "delete from seal where number = 3",
        "",
        expect![[r#"
            Seal 3: its events were changed, added or removed after sealing.
        "#]],
    )
    .await;
});

on_both!(a_row_changed_behind_the_journal_shows_in_a_rebuild, async |base: &Base| {
    story::full(base).await;
    let mut raw = base.raw().await;
    raw.execute("update person set given = 'Somebody' where given = 'Bilal'").await;
    raw.execute("delete from delivery").await;
    let rebuilt = base.store.rebuild(false).await.expect("a rebuild");
    assert_eq!(rebuilt.differing, ["person", "delivery"]);
    base.store.rebuild(true).await.expect("a rebuild");
    assert_eq!(raw.texts("select given from person where given in ('Bilal', 'Somebody')").await, ["Bilal"]);
    assert_eq!(raw.count("delivery").await, 1);
});
