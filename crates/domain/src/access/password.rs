//! Which passwords a thief tries first.

/// Days in which a first password, given by somebody else, has to be used.
pub const FIRST_PASSWORD_DAYS: i64 = 7;

/// The shortest password taken; length protects more than rules about letters (NIST SP 800-63B, 5.1.1.2).
pub const SHORTEST_PASSWORD: usize = 12;
/// The longest: hashing must not become a way to keep the server busy.
pub const LONGEST_PASSWORD: usize = 200;
/// From so many characters on, so many of them different, a password that is taken is called strong: a sentence.
const STRONG: (usize, usize) = (16, 8);

crate::codes! {
    /// How well a new password protects, by the rules that refuse one (OWASP ASVS 2.1.8).
    Strength {
        /// Shorter than what is taken, or longer: refused.
        Length = "length",
        /// Among the first that are tried: refused.
        Guessed = "guessed",
        /// Taken.
        Enough = "enough",
        /// Taken, and longer than need be.
        Strong = "strong",
    }
}

/// How well a password of somebody with this sign-in name and name protects.
#[must_use]
pub fn strength(password: &str, login: &str, name: &str) -> Strength {
    let length = password.chars().count();
    let different = password.to_lowercase().chars().collect::<std::collections::BTreeSet<_>>().len();
    match length {
        _ if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) => Strength::Length,
        _ if is_easily_guessed(password, login, name) => Strength::Guessed,
        _ if length >= STRONG.0 && different >= STRONG.1 => Strength::Strong,
        _ => Strength::Enough,
    }
}

/// Words that stand in lists of stolen passwords, in this country and everywhere; with digits behind them as well.
const WELL_KNOWN: &[&str] = &[
    "administrator",
    "password",
    "passwort",
    "passcode",
    "pakistanzindabad",
    "pakistan",
    "zindabad",
    "khyberpakhtunkhwa",
    "pakhtunkhwa",
    "khyber",
    "peshawar",
    "nowshera",
    "mardan",
    "swat",
    "islamabad",
    "rawalpindi",
    "lahore",
    "karachi",
    "bismillah",
    "alhamdulillah",
    "mashallah",
    "inshallah",
    "allahuakbar",
    "allah",
    "muhammad",
    "mohammad",
    "ramzan",
    "benazir",
    "kafaalat",
    "ehsaas",
    "zakat",
    "onewindow",
    "window",
    "registration",
    "register",
    "government",
    "office",
    "officer",
    "department",
    "welfare",
    "social",
    "clerk",
    "manager",
    "counter",
    "system",
    "server",
    "computer",
    "admin",
    "welcome",
    "letmein",
    "changeme",
    "default",
    "secret",
    "login",
    "guest",
    "user",
    "test",
    "demo",
    "hello",
    "master",
    "super",
    "qwerty",
    "asdf",
    "zxcv",
    "iloveyou",
    "love",
    "lovely",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "football",
    "cricket",
    "shaheen",
    "afridi",
    "baby",
    "angel",
    "friend",
    "forever",
    "summer",
    "winter",
    "monday",
    "friday",
    "pass",
    "abcd",
    "abc",
    "xyz",
    "khan",
    "ahmed",
    "ahmad",
    "malik",
    "shah",
];
/// Rows of keys, forwards; and the alphabet.
const ROWS: [&str; 5] = ["12345678901234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"];
/// Fewer different characters than this are a pattern.
const DIFFERENT: usize = 5;
/// So many letters of one's own must be left beside the words that everybody uses.
const OWN: usize = 4;

/// Whether a password is among the first that are tried on an officer's account: few characters over and over, a row of
/// keys, something repeated, a number, or words that everybody uses, the sign-in name or the officer's own name with digits
/// and signs. Length is asked for elsewhere (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 2.1.7).
#[must_use]
pub fn is_easily_guessed(password: &str, login: &str, name: &str) -> bool {
    let lower: Vec<char> = password.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let mut different = lower.clone();
    different.sort_unstable();
    different.dedup();
    different.len() < DIFFERENT || is_row(&lower) || is_repeated(&lower) || own_letters(&lower, login, name) < OWN
}

/// Four of five steps go along a row of keys.
fn is_row(text: &[char]) -> bool {
    let next = |pair: &[char]| {
        let forwards: String = pair.iter().collect();
        let backwards: String = pair.iter().rev().collect();
        ROWS.iter().any(|row| row.contains(&forwards) || row.contains(&backwards))
    };
    let steps = text.windows(2).filter(|pair| next(pair)).count();
    steps * 5 >= text.len().saturating_sub(1) * 4
}

/// The same again and again.
fn is_repeated(text: &[char]) -> bool {
    (1..=text.len() / 2).any(|period| text.iter().zip(&text[period..]).all(|(a, b)| a == b))
}

/// Letters that are left when what everybody uses is taken out, digits read as the letters they stand for.
fn own_letters(text: &[char], login: &str, name: &str) -> usize {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => other,
    };
    let plain: String = text.iter().copied().filter(|c| c.is_alphabetic()).collect();
    let read: String = text.iter().copied().map(letter).filter(|c| c.is_alphabetic()).collect();
    let theirs = [login, name].map(str::to_lowercase);
    let theirs = theirs.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| word.len() > 2);
    let mut words: Vec<&str> = WELL_KNOWN.iter().copied().chain(theirs).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = |text: String| words.iter().fold(text, |text, word| text.replace(*word, "")).chars().count();
    left(plain).min(left(read))
}

#[cfg(test)]
mod tests {
    use super::{Strength, is_easily_guessed, strength};

    #[test]
    fn a_password_is_as_strong_as_the_rules_that_refuse_say() {
        let check = |password: &str, want: Strength| {
            assert_eq!(strength(password, "clerk.nsr", "Shakeel Ahmad"), want, "{password}");
        };
        check("Kx7#mQ2v!tR", Strength::Length);
        check(&"the buffalo ate ".repeat(13), Strength::Length);
        check("Pakistan12345!", Strength::Guessed);
        check("passwordpasswordpassword", Strength::Guessed);
        check("Kx7#mQ2v!tRz", Strength::Enough);
        check("nine quiet sparrows", Strength::Strong);
        check("چائے میں نمک کس نے ڈالا", Strength::Strong);
    }

    #[test]
    fn what_is_tried_first_is_refused_and_a_sentence_is_not() {
        let check = |password: &str, want: bool| {
            assert_eq!(is_easily_guessed(password, "clerk.nsr", "Shakeel Ahmad"), want, "{password}");
        };
        for easy in [
            "aaaaaaaaaaaa",
            "121212121212",
            "123456789012",
            "987654321098",
            "qwertyuiop12",
            "abcdefghijkl",
            "Password1234",
            "P@ssw0rd2026",
            "passwordpassword",
            "Pakistan12345!",
            "bismillah786786",
            "03001234567890",
            "1720123456782",
            "clerk.nsr2026",
            "Shakeel.Ahmad1",
            "Shakeel123456",
            "onewindow-2026",
            "welcome welcome",
            "KhanKhan123456",
            "abc123abc123",
            "admin@nowshera1",
        ] {
            check(easy, true);
        }
        for good in [
            "nine quiet sparrows",
            "six patient herons",
            "the buffalo ate my shoe",
            "چائے میں نمک کس نے ڈالا",
            "Kx7#mQ2v!tRz",
        ] {
            check(good, false);
        }
    }
}
