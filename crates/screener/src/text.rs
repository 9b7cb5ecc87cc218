//! Messages in the reader's language, dates and money as people read them.

use chrono::Datelike;
use domain::{Date, language::Lang, money::Paisa};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;

/// The message files, one per room; every room has one in every language.
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        [
            (Lang::En, [$(include_str!(concat!("../../web/locales/en/", $room, ".ftl"))),+]),
            (Lang::Ur, [$(include_str!(concat!("../../web/locales/ur/", $room, ".ftl"))),+]),
            (Lang::Ps, [$(include_str!(concat!("../../web/locales/ps/", $room, ".ftl"))),+]),
        ]
    };
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> = LazyLock::new(|| {
    // A phone without a line shows the pages of the check and no others.
    #[cfg(target_arch = "wasm32")]
    let files = rooms!("shell", "codes", "eligibility", "check");
    #[cfg(not(target_arch = "wasm32"))]
    let files = rooms!(
        "shell",
        "codes",
        "access",
        "visits",
        "people",
        "eligibility",
        "papers",
        "applications",
        "portal",
        "department",
        "services",
        "check",
        "reports",
        "grievances",
        "keys",
        "imports",
        "review",
        "rows",
        "public",
        "guard",
        "counter",
        "busy",
        "messages",
        "myfile",
        "family",
        "letters",
        "citizen",
        "account",
        "asking",
        "deputies",
    );
    files.into_iter().map(|(lang, texts)| (lang, bundle(lang, &texts))).collect()
});

fn bundle(lang: Lang, texts: &[&str]) -> Bundle {
    let id = lang.code().parse().unwrap_or_else(|_| unreachable!("a language code is an identifier"));
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    for text in texts {
        // A file with an error keeps its good messages; the tests fail for the others.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A reader's language. Copied into every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct T(pub Lang);

/// A value inside a message.
#[derive(Debug, Clone)]
pub enum Arg {
    /// Text, kept apart from the writing direction around it.
    Text(String),
    /// A number, which also chooses the plural.
    Number(i64),
}

macro_rules! args {
    ($($kind:ty => $make:expr),+ $(,)?) => {$(
        impl From<$kind> for Arg { fn from(value: $kind) -> Self { ($make)(value) } }
    )+};
}
args! {
    &str => |v: &str| Arg::Text(v.to_owned()), String => Arg::Text, &String => |v: &String| Arg::Text(v.clone()),
    i64 => Arg::Number, i32 => |v| Arg::Number(i64::from(v)), u32 => |v| Arg::Number(i64::from(v)),
    usize => |v| Arg::Number(i64::try_from(v).unwrap_or(i64::MAX)),
    &i64 => |v: &i64| Arg::Number(*v), &usize => |v: &usize| Arg::Number(i64::try_from(*v).unwrap_or(i64::MAX)),
    &u32 => |v: &u32| Arg::Number(i64::from(*v)),
}

impl T {
    /// A message without values.
    pub fn m(self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with one value.
    pub fn a(self, id: &str, name: &str, value: impl Into<Arg>) -> String {
        self.with(id, &[(name, value.into())])
    }

    /// A message with several values.
    pub fn with(self, id: &str, values: &[(&str, Arg)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.clone()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            args.set((*name).to_owned(), value);
        }
        self.format(id, Some(&args))
    }

    /// A code of a family of messages, such as `status-received`; `_` in codes is `-` in messages.
    pub fn code(self, family: &str, code: &str) -> String {
        self.m(&format!("{family}-{}", code.replace('_', "-")))
    }

    /// Whether the language has a message.
    pub fn has(self, id: &str) -> bool {
        find(self.0).is_some_and(|bundle| bundle.has_message(id))
    }

    /// A message that is missing shows its id, so that it is seen and mended; a test fails for it before that.
    fn format(self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = |bundle: &'static Bundle| bundle.get_message(id).and_then(|m| m.value()).map(|p| (bundle, p));
        let found = find(self.0).and_then(pattern).or_else(|| find(Lang::En).and_then(pattern));
        let Some((bundle, pattern)) = found else { return id.to_owned() };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }

    /// `22 Nov 2026`, the month named in the reader's language.
    pub fn date(self, date: Date) -> String {
        format!("{} {} {}", date.day(), self.m(&format!("month-{}", date.month())), date.year())
    }

    /// `Rs 4,833`, as every page and receipt writes it.
    pub fn money(self, amount: Paisa) -> String {
        amount.to_string()
    }

    /// The text of a pack in the reader's language, else in English.
    pub fn pack(self, words: &rules::pack::words::Words) -> &str {
        words.get(self.0.code())
    }

    /// `en`, `ur`, `ps`.
    pub fn lang(self) -> &'static str {
        self.0.code()
    }

    /// `ltr`, `rtl`.
    pub fn dir(self) -> &'static str {
        self.0.dir()
    }
}

fn find(lang: Lang) -> Option<&'static Bundle> {
    BUNDLES.iter().find(|(code, _)| *code == lang).map(|(_, bundle)| bundle)
}
