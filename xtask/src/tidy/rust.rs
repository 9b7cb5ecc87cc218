//! Just enough of Rust's grammar to look at code without its comments, strings and tests.

use super::File;

/// The text with comments and the insides of strings blanked out; every line and column stays where it was.
pub fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => line_end(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => comment_end(&chars, at),
            '"' => string_end(&chars, at),
            'r' if !glued(&chars, at) => raw_end(&chars, at),
            '\'' => char_end(&chars, at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// [`code_only`], with every item under `#[cfg(test)]` blanked out too.
pub fn without_tests(text: &str) -> String {
    let mut code: Vec<char> = code_only(text).chars().collect();
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at + mark.len() <= code.len() {
        if code[at..at + mark.len()] == mark {
            let end = item_end(&code, at);
            code[at..end].iter_mut().filter(|letter| **letter != '\n').for_each(|letter| *letter = ' ');
            at = end;
        } else {
            at += 1;
        }
    }
    code.into_iter().collect()
}

/// The files that this one takes in as modules for tests only: `#[cfg(test)]` above `mod speed;`.
pub fn test_modules(file: &File) -> Vec<String> {
    let code = code_only(&file.text);
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let stem = name.trim_end_matches(".rs");
    let within = if ["lib", "main", "mod"].contains(&stem) { folder.to_owned() } else { format!("{folder}/{stem}") };
    let after = code.split("#[cfg(test)]").skip(1);
    let modules = after.filter_map(|rest| rest.trim_start().strip_prefix("mod ")?.split_once(';'));
    modules.filter(|(name, _)| !name.contains('{')).map(|(name, _)| format!("{within}/{}.rs", name.trim())).collect()
}

/// Every name and number in a line of code, in order.
pub fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|name| !name.is_empty())
}

/// Whether the letter before this place belongs to the same name; the `b` of a byte string does not.
fn glued(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let in_a_name = chars[before].is_alphanumeric() || chars[before] == '_';
    in_a_name && (chars[before] != 'b' || glued(chars, before))
}

fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|letter| *letter == '\n').map_or(chars.len(), |length| at + length)
}

fn comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn raw_end(chars: &[char], at: usize) -> usize {
    let hashes = chars[at + 1..].iter().take_while(|letter| **letter == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return at;
    }
    let closes = |place: usize| chars[place] == '"' && (1..=hashes).all(|n| chars.get(place + n) == Some(&'#'));
    (open + 1..chars.len()).find(|place| closes(*place)).map_or(chars.len(), |place| place + 1 + hashes)
}

/// The end of a character in quotes; a lifetime is none and ends where it begins.
fn char_end(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => {
            let close = (at + 3..chars.len()).find(|place| chars[*place] == '\'');
            close.map_or(chars.len(), |place| place + 1)
        }
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// The end of the item that begins here: its closing brace, or the semicolon when it has none.
fn item_end(code: &[char], at: usize) -> usize {
    let mut depth = 0;
    for (place, letter) in code.iter().enumerate().skip(at) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return place + 1,
            _ => continue,
        }
        if depth == 0 {
            return place + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        let code = without_tests(text);
        assert_eq!(code.lines().count(), text.lines().count(), "lines must not move");
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), wanted);
    }

    #[test]
    fn only_code_is_left() {
        check("let a = 1; // f64", "let a = 1;");
        check("/* f64 /* nested */ f64 */ let a;", "let a;");
        check(r#"let a = "f64 \" f64"; b"#, "let a = ; b");
        check(r###"let a = r#"f64 " f64"#; b"###, "let a = ; b");
        check("let a = '\"'; let b = '\\''; c", "let a = ; let b = ; c");
        check("fn of<'a>(it: &'a str) {}", "fn of<'a>(it: &'a str) {}");
        check("for r in rows {}", "for r in rows {}");
        check("br\"f64\" bar\"f64\"", "b bar");
        check("a\n#[cfg(test)]\nmod tests {\n fn b() { f64 }\n}\nc", "a c");
        check("#[cfg(test)]\nmod tests;\nc", "c");
    }
}
