use super::{
    How,
    machine::open_door,
    state::{backup, clock, messages, seals},
};
use domain::messages::MessageState;
use store::{messages::MessageTotals, state::State};

fn state(now: domain::Instant) -> State {
    State {
        database: "SQLite".to_owned(),
        pragmas: vec![],
        migration: 1,
        events: 10,
        unsealed: 0,
        newest_event: Some(now),
        newest_seal: Some(now),
        backed_up: Some(now),
        waiting: 0,
        open_applications: 0,
        overdue: 0,
        sessions: 0,
        administrators: 2,
        messages: Default::default(),
    }
}

#[test]
fn what_is_old_or_behind_is_said() {
    let now = domain::Date::from_ymd_opt(2026, 11, 22).expect("a day").and_hms_opt(5, 0, 0).expect("a time").and_utc();
    let ago = |hours| Some(now - chrono::TimeDelta::hours(hours));
    let well = state(now);
    assert_eq!((backup(&well, now).how, seals(&well, now).how), (How::Well, How::Well));
    assert_eq!(backup(&State { backed_up: ago(30), ..well.clone() }, now).how, How::Look);
    assert_eq!(backup(&State { backed_up: ago(100), ..well.clone() }, now).how, How::Bad);
    assert_eq!(backup(&State { backed_up: None, ..well.clone() }, now).how, How::Bad);
    assert_eq!(seals(&State { unsealed: 5, newest_seal: ago(1), ..well.clone() }, now).how, How::Look);
    assert_eq!(clock(&State { newest_event: ago(-1), ..well.clone() }, now).how, How::Bad);
    let post = |state, oldest| State { messages: MessageTotals { counts: vec![(state, 3)], oldest }, ..well.clone() };
    assert_eq!(messages(&post(MessageState::Waiting, ago(0)), now).how, How::Well);
    assert_eq!(messages(&post(MessageState::Waiting, ago(2)), now).how, How::Look);
    assert_eq!(messages(&post(MessageState::Dead, None), now).how, How::Bad);
    assert_eq!(messages(&well, now).how, How::Well);
}

#[test]
fn officers_pages_in_the_open_are_bad_even_if_a_proxy_is_claimed() {
    let how = |address: &str, tls| open_door(address.parse().expect("an address"), tls).how;
    assert_eq!((how("0.0.0.0:8080", true), how("127.0.0.1:8080", true)), (How::Bad, How::Well));
}
