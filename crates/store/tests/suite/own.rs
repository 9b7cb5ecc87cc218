//! What officers, the outbox and the installation keep for themselves is sealed as well: from the first opening with a key
//! file, through a new key, and never in clear on the disk.

use super::{messages::said, sealing::on_the_disk};
use crate::common::{Base, PASSWORD, on_both, on_both_sealed, story, story::Story};
use archive::OfficeKey;
use domain::{ids::OfficerId, language::Lang, messages::MessageStep};
use store::{
    Scope, Store,
    access::LeftForm,
    messages::NewMessage,
    sealing::{end_other_keys, rotate},
};

const PHONE: &str = "+923001234567";
const WORDS: &str = "There is news at the desk for you.";

/// A secret of the second step, a kept form, a password and a message that waits.
struct Kept {
    officer: OfficerId,
    scope: Scope,
    secret: String,
    form: LeftForm,
}

async fn keep(base: &Base, story: &mut Story<'_>) -> Kept {
    let (officer, at) = (story.officers["unit"], story.teller.at);
    base.store.keep_password(officer, PASSWORD, false).await.expect("kept");
    let enrolment = base.store.begin_second_step(officer, at).await.expect("an answer").expect("an enrolment");
    let form =
        LeftForm::Draft { page: "/people".to_owned(), values: "{\"reason\":\"she asked for a lawyer\"}".to_owned() };
    base.store.keep_form(officer, &form, at).await.expect("kept");
    let clerk = story.scope("clerk.nsr").await;
    story.teller.one(&clerk, story.household, said(true, PHONE)).await;
    let message = NewMessage {
        position: 1,
        household: story.household,
        about: story.household.0,
        step: MessageStep::Applied,
        language: Lang::Ur,
        phone: PHONE.to_owned(),
        words: WORDS.to_owned(),
    };
    base.store.messages(&base.system).keep(0, vec![message], at).await.expect("kept");
    Kept { officer, scope: story.scope("unit").await, secret: enrolment.secret, form }
}

/// All of it reads as it was kept.
async fn reads(base: &Base, store: &Store, story: &Story<'_>, kept: &Kept) {
    let at = story.teller.at;
    let enrolment = store.begin_second_step(kept.officer, at).await.expect("an answer").expect("an enrolment");
    assert_eq!(enrolment.secret, kept.secret);
    let forms = store.kept_forms(&kept.scope, at).await.expect("an answer");
    assert_eq!(forms.into_iter().map(|kept| kept.form).collect::<Vec<_>>(), std::slice::from_ref(&kept.form));
    assert!(store.is_password(kept.officer, PASSWORD).await.expect("an answer"));
    assert!(!store.is_password(kept.officer, "another").await.expect("an answer"));
    let message = store.messages(&base.system).next(at).await.expect("an answer").expect("a message");
    assert_eq!((message.phone.as_str(), message.words.as_str()), (PHONE, WORDS));
}

/// What stands in the columns now, as it would be found on the disk.
async fn in_clear(base: &Base) -> Vec<Vec<u8>> {
    let mut raw = base.raw().await;
    let texts = "select password from credential where password <> '' union all select words from message union all
                 select value from setting where name = 'secret-key' union all select words from opening";
    let mut all: Vec<Vec<u8>> = raw.texts(texts).await.into_iter().map(String::into_bytes).collect();
    for (table, column) in [("second_step", "secret"), ("kept_form", "sealed")] {
        if base.is_postgres() {
            let hex = raw.texts(&format!("select encode({column}, 'hex') from {table}")).await;
            all.extend(hex.into_iter().map(String::into_bytes));
            continue;
        }
        for hex in raw.texts(&format!("select hex({column}) from {table}")).await {
            let (pairs, _) = hex.as_bytes().as_chunks::<2>();
            let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).expect("hex"), 16).expect("hex");
            all.push(pairs.iter().map(byte).collect());
        }
    }
    all
}

async fn found(base: &Base, sought: &[Vec<u8>]) -> usize {
    let all = on_the_disk(base).await;
    sought.iter().filter(|text| all.windows(text.len()).any(|window| window == &text[..])).count()
}

on_both!(what_was_kept_before_the_key_file_is_sealed_at_its_first_use_and_after_a_new_key, async |base: &Base| {
    if base.key.is_some() {
        return;
    }
    let mut story = story::full(base).await;
    let kept = keep(base, &mut story).await;
    let before = in_clear(base).await;
    assert_eq!((before.len(), found(base, &before).await), (6, 6), "the search finds what is there");
    let (key, new, papers) = (OfficeKey::draw(), OfficeKey::draw(), base.dir.path().join("papers"));
    let store = Store::open_with(&base.url, &papers, Some(&key)).await.expect("opened");
    reads(base, &store, &story, &kept).await;
    let now = in_clear(base).await;
    let changed = now.iter().filter(|text| !before.contains(text)).count();
    assert_eq!(changed, 3, "the opening itself sealed the second step, the form and the installation's secret");
    store.seal_old().await.expect("sealed");
    assert_eq!(store.lies_open().await.expect("counts"), vec![]);
    reads(base, &store, &story, &kept).await;
    assert_eq!(found(base, &before).await, 0, "nothing of it is left");
    store.close().await;
    rotate(&base.url, &key, &new).await.expect("rotated");
    end_other_keys(&base.url, &new).await.expect("ended");
    let store = Store::open_with(&base.url, &papers, Some(&new)).await.expect("opened with the new key");
    reads(base, &store, &story, &kept).await;
    assert_eq!(found(base, &before).await, 0);
    store.close().await;
});

on_both_sealed!(with_a_key_file_nothing_of_it_is_ever_written_in_clear, async |base: &Base| {
    let mut story = story::full(base).await;
    let kept = keep(base, &mut story).await;
    let texts = "select password from credential where password <> '' union all select words from message union all
                 select phone from message union all select value from setting where name = 'secret-key' union all
                 select words from opening";
    let texts = base.raw().await.texts(texts).await;
    assert!(texts.len() == 5 && texts.iter().all(|text| text.starts_with("\u{1}s1:")), "{texts:?}");
    let words = [WORDS, "$argon2id$", "she is at the door", "she asked for a lawyer"];
    let words: Vec<Vec<u8>> = words.iter().map(|text| text.as_bytes().to_vec()).collect();
    assert_eq!(found(base, &words).await, 0);
    reads(base, &base.store, &story, &kept).await;
});
