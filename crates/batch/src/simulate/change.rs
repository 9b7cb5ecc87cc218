//! A cut-off changed for one run: `PROGRAMME/CRITERION=VALUE`, over the policy's own text, so that the changed policy
//! passes the same checks as any other.

use crate::fault::{Fault, Faults};
use rules::Pack;

/// A cut-off to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The programme's id.
    pub programme: String,
    /// The criterion's id.
    pub criterion: String,
    /// The alternative's id, where the criterion has several.
    pub alternative: Option<String>,
    /// The new number, as it is to stand in the policy.
    pub value: String,
}

/// The comparison that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The condition before.
    pub before: String,
    /// The condition after.
    pub after: String,
}

impl std::str::FromStr for Change {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{text}` is no cut-off. Write PROGRAMME/CRITERION=VALUE, such as bisp-kafaalat/route/woman=35.")
        };
        let (place, value) = text.split_once('=').ok_or_else(wrong)?;
        let parts: Vec<&str> = place.trim().split('/').collect();
        let (programme, criterion, alternative) = match parts[..] {
            [programme, criterion] => (programme, criterion, None),
            [programme, criterion, alternative] => (programme, criterion, Some(alternative.to_owned())),
            _ => return Err(wrong()),
        };
        let value = value.trim();
        let is_number = !value.is_empty()
            && value.strip_prefix('-').unwrap_or(value).chars().all(|c| c.is_ascii_digit() || c == '.')
            && value.chars().any(|c| c.is_ascii_digit())
            && value.matches('.').count() <= 1;
        if programme.is_empty() || criterion.is_empty() || !is_number {
            return Err(wrong());
        }
        Ok(Self { programme: programme.into(), criterion: criterion.into(), alternative, value: value.into() })
    }
}

/// The files of a pack: path within the pack, and text.
pub type Files = Vec<(String, String)>;

/// Changes a cut-off in the files of a pack.
///
/// # Errors
/// When there is no such programme, criterion or alternative, or it has no cut-off, or several.
pub fn change(files: &Files, pack: &Pack, change: &Change) -> Result<(Files, Changed), Faults> {
    let file = format!("{}/programme.toml", change.programme);
    let fault = |message: String| Faults::from(Fault::of(&file, message));
    if pack.programme(&change.programme).is_none() {
        let near = rules::did_you_mean(&change.programme, pack.programmes().iter().map(|p| p.id.as_str()));
        let fault = Fault::of("policy", format!("It has no programme `{}`.", change.programme));
        return Err(near.into_iter().fold(fault, Fault::suggest).into());
    }
    let at = files.iter().position(|(path, _)| *path == file).ok_or_else(|| fault("It is not there.".into()))?;
    let mut table: toml::Table = files[at].1.parse().map_err(|error| fault(format!("{error}")))?;
    let criteria = table.get_mut("criterion").and_then(toml::Value::as_array_mut);
    let criterion = named(criteria, &change.criterion)
        .map_err(|known| fault(format!("The programme has no criterion `{}`. It has: {known}.", change.criterion)))?;
    let holder = match &change.alternative {
        None if criterion.get("any_of").is_some() => {
            let ids = ids(criterion.get("any_of").and_then(toml::Value::as_array));
            return Err(fault(format!(
                "The criterion `{}` has alternatives. Name one, as {}/{}/ALTERNATIVE: {ids}.",
                change.criterion, change.programme, change.criterion
            )));
        }
        None => criterion,
        Some(id) => named(criterion.get_mut("any_of").and_then(toml::Value::as_array_mut), id)
            .map_err(|known| fault(format!("The criterion has no alternative `{id}`. It has: {known}.")))?,
    };
    let before = holder.get("when").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let after = with_cut_off(&before, &change.value).map_err(fault)?;
    holder.insert("when".into(), after.clone().into());
    let mut changed = files.clone();
    changed[at].1 = toml::to_string(&table).map_err(|error| fault(error.to_string()))?;
    Ok((changed, Changed { before, after }))
}

fn ids(list: Option<&Vec<toml::Value>>) -> String {
    let id = |value: &toml::Value| value.get("id").and_then(toml::Value::as_str).map(str::to_owned);
    list.into_iter().flatten().filter_map(id).collect::<Vec<_>>().join(", ")
}

/// The table with this id, or the ids there are.
fn named<'a>(list: Option<&'a mut Vec<toml::Value>>, id: &str) -> Result<&'a mut toml::Table, String> {
    let known = ids(list.as_deref());
    let found = list.into_iter().flatten().filter_map(toml::Value::as_table_mut);
    let mut found = found.filter(|table| table.get("id").and_then(toml::Value::as_str) == Some(id));
    found.next().ok_or(known)
}

/// The condition with another number in its one cut-off: the comparison of a score if there is one, otherwise the only
/// comparison with a number.
fn with_cut_off(when: &str, value: &str) -> Result<String, String> {
    let all = comparisons(when);
    let scores: Vec<_> = all.iter().filter(|found| found.is_score).collect();
    let found = match (&scores[..], &all[..]) {
        ([one], _) => *one,
        ([], [one]) => one,
        ([], []) => return Err(format!("The condition `{when}` compares nothing with a number.")),
        _ => {
            return Err(format!(
                "The condition `{when}` has several cut-offs. Copy the policy, change it there and give both."
            ));
        }
    };
    Ok(format!("{}{value}{}", &when[..found.number.start], &when[found.number.end..]))
}

struct Comparison {
    /// Where the number stands.
    number: std::ops::Range<usize>,
    is_score: bool,
}

/// Every `<=`, `<`, `>=` or `>` with a number behind it. Text in quotes has none.
fn comparisons(when: &str) -> Vec<Comparison> {
    let bytes = when.as_bytes();
    let mut found = vec![];
    let mut quote: Option<u8> = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(*byte),
            (None, b'<' | b'>') => found.extend(comparison(when, at)),
            _ => {}
        }
    }
    found
}

fn comparison(when: &str, at: usize) -> Option<Comparison> {
    let behind = when[at + 1..].trim_start_matches('=');
    let number = behind.trim_start();
    let start = when.len() - number.len();
    let sign = usize::from(number.starts_with('-'));
    let length = number[sign..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len() - sign);
    let ahead = when[..at].trim_end();
    let name = ahead.rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').map_or(0, |end| end + 1);
    (length > 0)
        .then(|| Comparison { number: start..start + sign + length, is_score: ahead[name..].starts_with("scores.") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(when: &str, value: &str, want: Expect) {
        want.assert_eq(&with_cut_off(when, value).unwrap_or_else(|error| format!("refused: {error}")));
    }

    #[test]
    fn the_cut_off_of_a_score_is_the_one_that_is_changed() {
        check("scores.nser_2021 <= 32", "35.5", expect!["scores.nser_2021 <= 35.5"]);
        check(
            "household.members < 9 && scores.nser_2021 <= 32 && person.sex == 'a < 3'",
            "35",
            expect!["household.members < 9 && scores.nser_2021 <= 35 && person.sex == 'a < 3'"],
        );
        check("household.income<-40000", "45000", expect!["household.income<45000"]);
    }

    #[test]
    fn no_cut_off_or_several_is_refused() {
        check(
            "person.sex == 'a < 3'",
            "35",
            expect!["refused: The condition `person.sex == 'a < 3'` compares nothing with a number."],
        );
        check(
            "scores.a <= 3 || scores.b <= 4",
            "35",
            expect![
                "refused: The condition `scores.a <= 3 || scores.b <= 4` has several cut-offs. Copy the policy, change it there and give both."
            ],
        );
    }

    #[test]
    fn a_change_is_read_from_one_word() {
        let read = |text: &str| text.parse::<Change>().map(|c| format!("{c:?}")).unwrap_or_else(|error| error);
        expect![[
            r#"Change { programme: "bisp-kafaalat", criterion: "route", alternative: Some("woman"), value: "35" }"#
        ]]
        .assert_eq(&read("bisp-kafaalat/route/woman=35"));
        expect![
            "`bisp-kafaalat=35` is no cut-off. Write PROGRAMME/CRITERION=VALUE, such as bisp-kafaalat/route/woman=35."
        ]
        .assert_eq(&read("bisp-kafaalat=35"));
        expect!["`a/b=3x` is no cut-off. Write PROGRAMME/CRITERION=VALUE, such as bisp-kafaalat/route/woman=35."]
            .assert_eq(&read("a/b=3x"));
    }
}
