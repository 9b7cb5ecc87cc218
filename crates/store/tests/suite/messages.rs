//! Messages to families: one for each step, to whoever agreed and for as long as they do, and nothing is left of them.

use crate::common::{Base, on_both, story, story::Story};
use domain::{
    Instant,
    applications::Status,
    language::Lang,
    messages::{MOST_TRIES, MessageStep, SeenBy},
    people::{ConsentHow, ConsentPurpose, ConsentStated, MessagePhone},
};
use store::{
    Forgetting, StoreError,
    messages::{Due, MessageState, NewMessage, Outgoing},
};

/// Amina Bibi's number as the story last heard it.
const PHONE: &str = "+923001234567";

pub fn said(given: bool, number: &str) -> ConsentStated {
    let phone = MessagePhone { number: number.to_owned(), whose: "her own".to_owned(), seen_by: SeenBy::Nobody };
    ConsentStated {
        purpose: ConsentPurpose::Message,
        given,
        by: None,
        how: ConsentHow::Spoken,
        language: Lang::Ps,
        phone: given.then_some(phone),
    }
}

fn new(due: Due) -> NewMessage {
    NewMessage {
        position: due.position,
        household: due.household,
        about: due.about,
        step: due.step,
        language: due.language,
        phone: due.phone.number,
        words: "There is news.".to_owned(),
    }
}

/// Reads every seal; what there was to tell.
async fn read_on(base: &Base, at: Instant) -> Vec<Due> {
    base.seal(at).await;
    let room = base.store.messages(&base.system);
    let mut all = Vec::new();
    while let Some((seal, due)) = room.due().await.expect("read") {
        all.extend(due.clone());
        room.keep(seal, due.into_iter().map(new).collect(), at).await.expect("kept");
    }
    all
}

/// A story whose family agrees to messages, and what is told before is read.
async fn agreed(base: &Base) -> Story<'_> {
    let mut story = story::full(base).await;
    assert_eq!(read_on(base, story.teller.at).await, [], "nobody agreed to anything so far");
    let clerk = story.scope("clerk.nsr").await;
    story.teller.one(&clerk, story.household, said(true, PHONE)).await;
    story
}

async fn next(base: &Base, at: Instant) -> Option<Outgoing> {
    base.store.messages(&base.system).next(at).await.expect("an answer")
}

async fn counted(base: &Base, state: MessageState) -> i64 {
    base.store.messages(&base.system).totals().await.expect("counted").of(state)
}

on_both!(a_step_is_told_once_however_often_the_worker_begins_again, async |base: &Base| {
    let mut story = agreed(base).await;
    let focal = story.scope("zakat.nsr").await;
    story.teller.one(&focal, story.zakat, story::step(Status::Returned, Status::Resubmitted, None)).await;
    story.teller.one(&focal, story.zakat, story::step(Status::Resubmitted, Status::Approved, None)).await;
    story.teller.one(&focal, story.shelter, story::step(Status::Received, Status::WaitListed, None)).await;
    let at = story.teller.at;
    base.seal(at).await;
    let room = base.store.messages(&base.system);
    let mut steps = Vec::new();
    while let Some((seal, due)) = room.due().await.expect("read") {
        steps.extend(due.iter().map(|due| (due.step, due.protected, due.programme.clone().map(|p| p.0))));
        assert!(due.iter().all(|due| due.language == Lang::Ps && due.phone.number == PHONE));
        // Killed before and after what it wrote: the same seal comes again, and makes nothing twice.
        let messages: Vec<NewMessage> = due.into_iter().map(new).collect();
        room.keep(seal - 1, messages.clone(), at).await.expect("kept");
        room.keep(seal, messages, at).await.expect("kept");
    }
    let programme = async |id| {
        let application = base.store.applications(&base.system).get(id).await.expect("read").expect("there");
        Some(application.submitted.programme.0)
    };
    let approved = (MessageStep::Approved, false, programme(story.zakat).await);
    assert_eq!(steps, [approved, (MessageStep::Waiting, true, programme(story.shelter).await)]);
    let again = base.open_again().await;
    assert_eq!(again.messages(&base.system).due().await.expect("read"), None, "and a restart reads no seal again");
    again.close().await;
    for _ in 0..2 {
        let message = next(base, at).await.expect("one to send");
        room.sent(message.id, at).await.expect("noted");
    }
    assert_eq!(next(base, at).await, None);
    assert_eq!(counted(base, MessageState::Sent).await, 2);
    let kept = base.raw().await.texts("select phone || words from message").await;
    assert_eq!(kept, ["", ""], "what was sent keeps neither number nor words");
});

on_both!(whoever_agrees_no_more_gets_nothing_that_is_not_sent_yet, async |base: &Base| {
    let mut story = agreed(base).await;
    let (clerk, focal) = (story.scope("clerk.nsr").await, story.scope("zakat.nsr").await);
    story.teller.one(&focal, story.zakat, story::step(Status::Returned, Status::Approved, None)).await;
    assert_eq!(read_on(base, story.teller.at).await.len(), 1, "agreed when it happened");
    story.teller.one(&clerk, story.household, said(false, PHONE)).await;
    // The program asks again before each message, whether anybody told it or not.
    assert_eq!(next(base, story.teller.at).await, None, "and agrees no more");
    assert_eq!(counted(base, MessageState::Dropped).await, 1);
    story.teller.one(&clerk, story.household, said(true, PHONE)).await;
    assert_eq!(next(base, story.teller.at).await, None, "what was dropped stays dropped");
    // To another phone than the one on file, to one that was taken off the file, and with a consent from before
    // phones were asked, nothing goes.
    for told in [said(true, "+923009999999"), ConsentStated { phone: None, ..said(true, PHONE) }] {
        story.teller.one(&clerk, story.household, told).await;
        story.teller.one(&focal, story.zakat, story::step(Status::Approved, Status::Rejected, None)).await;
        assert_eq!(read_on(base, story.teller.at).await, []);
    }
    // The desk may say it at once for its own families.
    story.teller.one(&clerk, story.household, said(true, PHONE)).await;
    story.teller.one(&focal, story.zakat, story::step(Status::Rejected, Status::Approved, None)).await;
    read_on(base, story.teller.at).await;
    let stranger = story.scope("clerk.dir").await;
    let refused = base.store.messages(&stranger).stop(story.household, story.teller.at).await;
    assert!(matches!(refused, Err(StoreError::NotYours)), "{refused:?}");
    assert_eq!(base.store.messages(&stranger).unsent(story.household).await.expect("counted"), 0);
    assert_eq!(base.store.messages(&clerk).unsent(story.household).await.expect("counted"), 1);
    base.store.messages(&clerk).stop(story.household, story.teller.at).await.expect("stopped");
    assert_eq!(counted(base, MessageState::Dropped).await, 2);
});

on_both!(what_cannot_be_sent_is_tried_later_and_later_and_then_given_up, async |base: &Base| {
    let mut story = agreed(base).await;
    let focal = story.scope("zakat.nsr").await;
    story.teller.one(&focal, story.zakat, story::step(Status::Returned, Status::Approved, None)).await;
    let mut at = story.teller.at;
    read_on(base, at).await;
    let room = base.store.messages(&base.system);
    for tried in 0..MOST_TRIES {
        let message = next(base, at).await.expect("its time has come");
        assert_eq!(message.tries, tried);
        room.failed(&message, &"no line ".repeat(100), at).await.expect("noted");
        assert_eq!(next(base, at).await, None, "not at once");
        at += chrono::TimeDelta::days(1);
    }
    assert_eq!(next(base, at).await, None, "given up");
    assert_eq!(counted(base, MessageState::Dead).await, 1);
    let (admin, clerk) = (story.scope("admin").await, story.scope("clerk.nsr").await);
    let lines = base.store.messages(&admin).troubled(10).await.expect("listed");
    assert_eq!((lines.len(), lines[0].state, lines[0].fault.len()), (1, MessageState::Dead, 200));
    assert_eq!(base.store.messages(&clerk).troubled(10).await.expect("listed"), []);
    assert!(matches!(base.store.messages(&clerk).try_again(at).await, Err(StoreError::NotYours)));
    assert!(matches!(base.store.messages(&admin).next(at).await, Err(StoreError::NotYours)), "no officer reads words");
    base.store.messages(&admin).try_again(at).await.expect("again");
    assert_eq!(next(base, at).await.map(|message| message.tries), Some(0));
});

on_both!(a_forgotten_family_leaves_no_message_and_gets_none, async |base: &Base| {
    let mut story = agreed(base).await;
    let desk = story.scope("worker.nsr").await;
    let focal = story.scope("zakat.nsr").await;
    story.teller.one(&focal, story.zakat, story::step(Status::Returned, Status::Rejected, None)).await;
    read_on(base, story.teller.at).await;
    assert_eq!(base.raw().await.count("message").await, 1);
    for application in base.store.applications(&base.system).of_household(story.household).await.expect("read") {
        if application.status.is_open() {
            story.teller.one(&desk, application.id, story::step(application.status, Status::Withdrawn, None)).await;
        }
    }
    // A step that no seal covers yet when they are forgotten.
    story.teller.one(&focal, story.zakat, story::step(Status::Rejected, Status::Approved, None)).await;
    story.teller.one(&focal, story.zakat, story::step(Status::Approved, Status::Closed, None)).await;
    let officers = (story.officers["worker.nsr"], story.officers["clerk.nsr"]);
    let asked = Forgetting { household: story.household, person: None, reason: "asked".to_owned(), officers };
    base.store.forget(&base.system, asked, story.teller.at).await.expect("forgotten");
    assert_eq!(base.raw().await.count("message").await, 0);
    assert_eq!(read_on(base, story.teller.at).await, [], "and nothing is told of what happened before");
});
