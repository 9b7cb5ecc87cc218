//! Every message the pages use is there in every language, and every message there is used.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Finding, Tree};

const LOCALES: &str = "crates/web/locales/";
const LANGUAGES: [&str; 3] = ["en", "ur", "ps"];

/// Beginnings of ids that are put together while running (`status-` and a status), one a line.
const FAMILIES: &str = "crates/web/locales/dynamic.txt";

/// Calls whose first argument is a message id.
const CALLS: [&str; 4] = ["t", "m", "a", "msg"];

/// Where a message stands: file and line.
type Place = (String, usize);

/// Compares the languages with each other and with what pages and code ask for.
pub fn check(tree: &Tree) -> Vec<Finding> {
    if !tree.files.iter().any(|file| file.under(LOCALES)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let languages: Vec<_> =
        LANGUAGES.iter().map(|language| (*language, messages(tree, language, &mut findings))).collect();
    // English last, so that a message in every language is shown where it is written first.
    let all: BTreeMap<&String, &Place> = languages.iter().rev().flat_map(|(_, messages)| messages).collect();
    findings.extend(untranslated(&all, &languages));
    let asked: Vec<(String, Place)> = sources(tree).flat_map(asked).collect();
    for (id, place) in asked.iter().filter(|(id, _)| !all.contains_key(id)) {
        findings.push(Finding::new(
            &place.0,
            place.1,
            format!("No language has the message `{id}`: add it to {LOCALES}en, ur and ps."),
        ));
    }
    findings.extend(unused(tree, &all));
    findings
}

fn untranslated(all: &BTreeMap<&String, &Place>, languages: &[(&str, BTreeMap<String, Place>)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, place) in all {
        let lacking: Vec<&str> =
            languages.iter().filter(|(_, has)| !has.contains_key(*id)).map(|(name, _)| *name).collect();
        if !lacking.is_empty() {
            let sentence = format!("The message `{id}` is missing in: {}.", lacking.join(", "));
            findings.push(Finding::new(&place.0, place.1, sentence));
        }
    }
    findings
}

fn unused(tree: &Tree, all: &BTreeMap<&String, &Place>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let families = families(tree);
    for (family, line) in &families {
        if !all.keys().any(|id| id.starts_with(family)) {
            findings.push(Finding::new(
                FAMILIES,
                *line,
                format!("No message begins with `{family}`: remove this line."),
            ));
        }
    }
    let named: BTreeSet<String> = sources(tree).flat_map(|file| literals(&file.text)).map(|(_, id)| id).collect();
    let within: BTreeSet<&str> = tree.ending(".ftl").flat_map(|file| references(&file.text)).collect();
    for (id, place) in all {
        let dynamic = families.iter().any(|(family, _)| id.starts_with(family));
        if !dynamic && !named.contains(*id) && !within.contains(id.as_str()) {
            let sentence = format!("Nothing uses the message `{id}`: remove it, or name its family in {FAMILIES}.");
            findings.push(Finding::new(&place.0, place.1, sentence));
        }
    }
    findings
}

fn families(tree: &Tree) -> Vec<(&str, usize)> {
    let text = tree.get(FAMILIES).map_or("", |file| &file.text);
    let lines = text.lines().enumerate().map(|(at, line)| (line.split('#').next().unwrap_or_default().trim(), at + 1));
    lines.filter(|(family, _)| !family.is_empty()).collect()
}

/// Rust and templates of every crate: a status may be named in `domain` and spoken in `web`.
fn sources(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.under("crates/") && (file.is(".rs") || file.is(".html")))
}

/// The messages of one language.
fn messages(tree: &Tree, language: &str, findings: &mut Vec<Finding>) -> BTreeMap<String, Place> {
    let folder = format!("{LOCALES}{language}/");
    let mut found: BTreeMap<String, Place> = BTreeMap::new();
    for file in tree.ending(".ftl").filter(|file| file.under(&folder)) {
        for (at, line) in file.text.lines().enumerate() {
            let Some((id, _)) = line.split_once('=') else { continue };
            let id = id.trim_end();
            if !id.starts_with(|letter: char| letter.is_ascii_alphabetic()) || !is_name(id) {
                continue;
            }
            let place = (file.path.clone(), at + 1);
            if let Some((other, line)) = found.insert(id.to_owned(), place) {
                findings.push(Finding::new(
                    &file.path,
                    at + 1,
                    format!("The message `{id}` is also in {other}:{line}: keep one."),
                ));
            }
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
}

/// Messages that another message quotes: `{ office-name }`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split(['}', '\n', '.']).next());
    inside.map(str::trim).filter(|name| !name.is_empty() && is_name(name))
}

/// The ids that a file hands directly to a call that speaks.
fn asked(file: &File) -> Vec<(String, Place)> {
    let line = |at: usize| file.text[..at].matches('\n').count() + 1;
    let found = literals(&file.text).into_iter().filter(|(at, _)| called(&file.text[..*at]));
    found.map(|(at, id)| (id, (file.path.clone(), line(at)))).collect()
}

/// Whether the text before a literal ends with one of the calls.
fn called(before: &str) -> bool {
    let Some(call) = before.trim_end().strip_suffix('(') else { return false };
    let call = call.strip_suffix('!').unwrap_or(call);
    let start = call.rfind(|letter: char| !letter.is_alphanumeric() && letter != '_').map_or(0, |at| at + 1);
    CALLS.contains(&call.get(start..).unwrap_or_default())
}

/// Every string of the shape `"word-word"` and where its quote opens.
fn literals(text: &str) -> Vec<(usize, String)> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let pairs = quotes.windows(2).map(|pair| (pair[0], &text[pair[0] + 1..pair[1]]));
    pairs.filter(|(_, inside)| is_id(inside)).map(|(at, inside)| (at, inside.to_owned())).collect()
}

fn is_id(text: &str) -> bool {
    let plain = |word: &str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    text.contains('-') && text.starts_with(|letter: char| letter.is_ascii_lowercase()) && text.split('-').all(plain)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const EN: &str = "crates/web/locales/en/desk.ftl";

    fn tree<'a>(english: &'a str, others: &'a str, more: &[(&'a str, &'a str)]) -> Tree {
        let mut files =
            vec![(EN, english), ("crates/web/locales/ur/desk.ftl", others), ("crates/web/locales/ps/desk.ftl", others)];
        files.extend(more);
        Tree::sample(&files)
    }

    #[test]
    fn all_is_well() {
        let text = "# a comment = here\ndesk-save = Save { office-name }\n    .title = Save it\noffice-name = Office\nstatus-done = Done\n";
        let page = ("crates/web/templates/desk.html", "<p class=\"not-one\">{{ t.m(\"desk-save\") }}</p>");
        let families = (FAMILIES, "# put together by code\nstatus-\n");
        assert_eq!(said(&check(&tree(text, text, &[page, families]))), [] as [&str; 0]);
    }

    #[test]
    fn missing_unused_and_untranslated_are_found() {
        let code =
            ("crates/web/src/desk.rs", "fn a() {\n  let b = msg(\n \"desk-lost\", 1);\n  ctx.t(\"desk-save\");\n}");
        let found = said(&check(&tree(
            "desk-save = Save\ndesk-old = Old\n",
            "desk-save = x\n",
            &[code, (FAMILIES, "role-\n")],
        )));
        assert_eq!(
            found,
            [
                "crates/web/locales/en/desk.ftl:2: The message `desk-old` is missing in: ur, ps.",
                "crates/web/src/desk.rs:3: No language has the message `desk-lost`: add it to crates/web/locales/en, ur and ps.",
                "crates/web/locales/dynamic.txt:1: No message begins with `role-`: remove this line.",
                "crates/web/locales/en/desk.ftl:2: Nothing uses the message `desk-old`: remove it, or name its family in crates/web/locales/dynamic.txt.",
            ]
        );
    }

    #[test]
    fn a_message_said_twice_is_found() {
        let text = "desk-save = Save\ndesk-save = Keep\n";
        let found = said(&check(&tree(text, "desk-save = x\n", &[("crates/web/src/a.rs", "t!(\"desk-save\")")])));
        assert_eq!(
            found,
            [
                "crates/web/locales/en/desk.ftl:2: The message `desk-save` is also in crates/web/locales/en/desk.ftl:1: keep one."
            ]
        );
    }
}
