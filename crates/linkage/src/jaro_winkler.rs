//! Jaro-Winkler similarity in permille, with integers only.

/// How alike two words are, 0 to 1000: Jaro's measure plus Winkler's bonus of a tenth of the gap for each of up to four
/// common first letters, rounded to the nearest.
///
/// Winkler, “String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model” (1990).
pub fn similarity(left: &[u8], right: &[u8]) -> i32 {
    let jaro = jaro_millionths(left, right);
    let prefix = left.iter().zip(right).take(4).take_while(|(l, r)| l == r).count();
    let bonus = prefix * (WHOLE - jaro) / 10;
    i32::try_from((jaro + bonus + 500) / (WHOLE / 1000)).unwrap_or(0)
}

/// One, in the millionths that keep the roundings in between out of the permille.
const WHOLE: usize = 1_000_000;

/// Longest word compared, in bytes; the rest of a longer one is left out, so that the marks fit one machine word.
const MAX: usize = 64;

fn jaro_millionths(left: &[u8], right: &[u8]) -> usize {
    let (left, right) = (&left[..left.len().min(MAX)], &right[..right.len().min(MAX)]);
    if left.is_empty() || right.is_empty() {
        return 0;
    }
    let (left_marks, right_marks, common) = common_letters(left, right);
    if common == 0 {
        return 0;
    }
    let pairs = marked(left, left_marks).zip(marked(right, right_marks));
    let out_of_order = pairs.filter(|(l, r)| l != r).count() / 2;
    let share = |of: usize| common * WHOLE / of;
    // Rounded to the nearest, so that equal words come to exactly one.
    (share(left.len()) + share(right.len()) + (common - out_of_order) * WHOLE / common + 1) / 3
}

/// Marks the letters that both words have within half the longer word's length, and counts them.
fn common_letters(left: &[u8], right: &[u8]) -> (u64, u64, usize) {
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let (mut left_marks, mut right_marks, mut common) = (0_u64, 0_u64, 0);
    for (i, letter) in left.iter().enumerate() {
        let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(right.len()));
        let free = (from..to).find(|j| right_marks & (1 << j) == 0 && right[*j] == *letter);
        if let Some(j) = free {
            left_marks |= 1 << i;
            right_marks |= 1 << j;
            common += 1;
        }
    }
    (left_marks, right_marks, common)
}

fn marked(word: &[u8], marks: u64) -> impl Iterator<Item = u8> {
    word.iter().enumerate().filter(move |(i, _)| marks & (1 << i) != 0).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn known_pairs_have_their_published_similarity() {
        let check = |left: &str, right: &str, want| {
            assert_eq!(similarity(left.as_bytes(), right.as_bytes()), want, "{left} {right}");
            assert_eq!(similarity(right.as_bytes(), left.as_bytes()), want, "{right} {left}");
        };
        check("martha", "marhta", 961); // published 0.961
        check("dixon", "dicksonx", 813); // published 0.813
        check("dwayne", "duane", 840); // published 0.840
        check("amina", "amina", 1000);
        check("amina", "", 0);
        check("abc", "xyz", 0);
    }
}
