//! The real pack, random answers from a printed seed, and a person at the pages.

use domain::{Date, language::Lang, people::AnswerValue};
use rules::{
    Pack,
    pack::fact::{Fact, FactKind, FactType, Record},
};
use screener::{
    Request, Served,
    answers::{Age, Answers, Person},
    fields::Fields,
    pages::Centre,
    serve,
    shell::Shell,
    text::T,
};
use std::{fs, path::Path, sync::LazyLock};

/// The pack of the project.
pub static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/pk");
    let mut files = Vec::new();
    read(&folder, &folder, &mut files);
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Pack::load(&borrowed).expect("the pack has no mistakes")
});

fn read(root: &Path, folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the pack's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, into);
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv") {
            let name = path.strip_prefix(root).expect("inside the pack").to_string_lossy().into_owned();
            into.push((name, fs::read_to_string(&path).expect("a policy file")));
        }
    }
    into.sort();
}

/// The day of every test.
pub fn today() -> Date {
    "2026-11-22".parse().expect("a day")
}

/// Numbers from a seed (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(n.max(1)).expect("small")).expect("small")
    }
}

/// Answers of a random kitchen.
pub fn random(dice: &mut Dice) -> Answers {
    let code = |dice: &mut Dice, fact: &str| {
        let codes = &PACK.fact(fact).expect("a fact").codes;
        (dice.below(5) > 0).then(|| codes[dice.below(codes.len())].id.to_string())
    };
    let mut answers = Answers { on: today(), ..Answers::default() };
    answers.district = (dice.below(4) > 0).then(|| PACK.places()[dice.below(PACK.places().len())].code.to_string());
    answers.province = code(dice, "household.province_permanent");
    let members = 1 + dice.below(8);
    answers.size = (dice.below(3) > 0).then(|| u8::try_from(members + dice.below(2)).expect("small"));
    answers.household = facts(dice, Record::Household);
    for place in 0..members {
        let age = match dice.below(6) {
            0 => None,
            1 => Some(Age::Months(u8::try_from(dice.below(36)).expect("small"))),
            _ => Some(Age::Years(u8::try_from(dice.below(100)).expect("small"))),
        };
        let facts = facts(dice, Record::Person);
        let person = Person {
            age,
            sex: code(dice, "person.sex"),
            relation: code(dice, "person.relationship_to_head"),
            marital: code(dice, "person.marital_status"),
            facts,
        };
        let unanswered = asked(Record::Person).find(|fact| !person.facts.contains_key(fact.short()));
        answers.members.push(person);
        if let (Some(fact), 0) = (unanswered, dice.below(2)) {
            answers.skipped.insert((Some(place), fact.id.to_string()));
        }
    }
    if dice.below(3) == 0 {
        answers.gates.insert("person.serious_illness".to_owned());
    }
    answers
}

fn asked(record: Record) -> impl Iterator<Item = &'static Fact> {
    PACK.facts().iter().filter(move |fact| fact.kind == FactKind::Asked && fact.record == record)
}

fn facts(dice: &mut Dice, record: Record) -> std::collections::BTreeMap<String, AnswerValue> {
    let mut held = std::collections::BTreeMap::new();
    for fact in asked(record) {
        if dice.below(4) > 0 {
            continue;
        }
        let within = |dice: &mut Dice| {
            let span = usize::try_from(fact.bounds.high - fact.bounds.low).unwrap_or(usize::MAX - 1);
            fact.bounds.low + i64::try_from(dice.below(span.saturating_add(1))).expect("within")
        };
        let code = |dice: &mut Dice| fact.codes[dice.below(fact.codes.len())].id.to_string();
        let value = match fact.kind_of_value {
            FactType::Bool => AnswerValue::Bool(dice.below(2) == 0),
            FactType::Int => AnswerValue::Int(within(dice)),
            FactType::Decimal { .. } => AnswerValue::Decimal(within(dice)),
            FactType::Code => AnswerValue::Code(code(dice)),
            FactType::Set => {
                AnswerValue::Set { has: (0..dice.below(3)).map(|_| code(dice)).collect(), complete: dice.below(2) == 0 }
            }
            FactType::Date => continue,
        };
        held.insert(fact.short().to_owned(), value);
    }
    held
}

/// A page for the fields of a form.
pub fn page(lang: Lang, body: &str) -> Served {
    let shell = Shell {
        t: T(lang),
        kiosk: None,
        offline: None,
        fresh: String::new,
        demo: false,
        path: "/check".to_owned(),
        query: String::new(),
        csrf: String::new(),
        command_id: String::new(),
        officer: None,
        office: false,
        places: Vec::new(),
    };
    let centres = [Centre { district: "nowshera".to_owned(), phone: "0923 000 000".to_owned() }];
    let fields = Fields::parse(body);
    serve(Request { pack: &PACK, fields: &fields, today: today(), centres: &centres, may_keep: true, shell })
}

/// A page's text without the invisible marks around values.
pub fn plain(served: &Served) -> String {
    served.html.replace(['\u{2068}', '\u{2069}'], "")
}

/// The value of the first field of a name.
pub fn value(html: &str, name: &str) -> String {
    let after = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

/// A widow of 34 with three children and her father-in-law, as she would tell it; the first question is on the page.
pub fn amina(lang: Lang) -> Served {
    let home = page(lang, "step=home&size=5&district=nowshera&province_permanent=khyber-pakhtunkhwa");
    let answers = value(&home.html, "answers");
    let members = [
        ("34", "", "female", "head", "widowed"),
        ("12", "", "male", "child", "never_married"),
        ("8", "", "female", "child", "never_married"),
        ("", "20", "male", "child", "never_married"),
        ("71", "", "male", "parent_in_law", "widowed"),
    ];
    let rows: Vec<String> = (1..)
        .zip(members)
        .map(|(n, (age, months, sex, relation, marital))| {
            format!(
                "m{n}_age={age}&m{n}_months={months}&m{n}_sex={sex}&m{n}_relation={relation}&m{n}_marital={marital}"
            )
        })
        .collect();
    page(lang, &format!("step=members&answers={answers}&{}", rows.join("&")))
}
