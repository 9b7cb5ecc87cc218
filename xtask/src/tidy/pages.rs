//! Pages read from either side, and carry neither style nor script within them.

use super::{File, Finding, Tree};

/// Looks at every style sheet and every page.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let sheets = tree.ending(".css").flat_map(sides);
    sheets.chain(tree.ending(".html").flat_map(inline)).collect()
}

/// Urdu and Pashto read from the right, so a style sheet speaks of start and end.
fn sides(file: &File) -> Vec<Finding> {
    let text = without_comments(&file.text);
    let mut findings = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let words = line.split(|letter: char| !letter.is_ascii_alphabetic());
        for side in words.filter(|word| matches!(*word, "left" | "right")) {
            let sentence = format!(
                "`{side}` is wrong in Urdu and Pashto: use start or end (`margin-inline-start`, `text-align: end`)."
            );
            findings.push(Finding::new(&file.path, at + 1, sentence));
        }
    }
    findings
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        let (comment, later) = after.split_once("*/").unwrap_or((after, ""));
        out.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = later;
    }
    out + rest
}

/// The content security policy refuses all of these, so they would silently do nothing.
fn inline(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, tag) in tags(&file.text) {
        let line = file.text[..place].matches('\n').count() + 1;
        let mut say = |sentence: &str| findings.push(Finding::new(&file.path, line, sentence));
        let lower = tag.to_ascii_lowercase();
        let name = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name == "script" && !lower.contains(" src=") {
            say("A script within a page is refused by the security policy: put it in a file under assets.");
        }
        if name == "style" {
            say("A style sheet within a page is refused by the security policy: put it in a file under assets.");
        }
        for attribute in attributes(&lower) {
            match attribute {
                "style" => say("A `style` attribute is refused by the security policy: use a class."),
                on if on.starts_with("on") => {
                    say("An event attribute is refused by the security policy: attach it in a script file.")
                }
                _ => {}
            }
        }
    }
    findings
}

/// Every opening tag: where it stands, and what is between its angle brackets.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let opens = text
        .match_indices('<')
        .filter(|(at, _)| text[at + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic()));
    opens.map(|(at, _)| (at, &text[at + 1..at + 1 + tag_length(&text[at + 1..])]))
}

/// To the closing bracket, which may stand within quotes in between.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The names before `=` in a tag, outside its quotes.
fn attributes(tag: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        found.extend(rest[..at].split_whitespace().last());
        rest = &rest[at + 1..];
        if let Some(quote) = rest.chars().next().filter(|letter| matches!(letter, '"' | '\'')) {
            rest = rest[1..].split_once(quote).map_or("", |(_, after)| after);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::sample(&[(path, text)])).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn sides_are_start_and_end() {
        assert_eq!(
            lines("a.css", "a { margin-inline-start: 1rem }\n/* left\nright */\n.bright { }\n"),
            [] as [usize; 0]
        );
        assert_eq!(lines("a.css", "/* x\n*/ a {\n margin-left: 1rem;\n text-align: right; }"), [3, 4]);
        assert_eq!(lines("a.css", ".x { border-top-left-radius: 0 } .left { }"), [1, 1]);
    }

    #[test]
    fn nothing_inline_in_a_page() {
        assert_eq!(
            lines("a.html", "<script src=\"/a.js\" defer></script>\n<p class=\"style\">if a < b</p>"),
            [] as [usize; 0]
        );
        assert_eq!(lines("a.html", "<p>\n<script>go()</script>"), [2]);
        assert_eq!(lines("a.html", "<p\n  style=\"color: red\">"), [1]);
        assert_eq!(lines("a.html", "<a href=\"/x?a=b\" onclick=\"go()\">"), [1]);
        assert_eq!(lines("a.html", "<style>p {}</style>"), [1]);
        assert_eq!(lines("a.html", "<p title=\"style=1 > 2\" lang=\"{{ l }}\">"), [] as [usize; 0]);
    }
}
