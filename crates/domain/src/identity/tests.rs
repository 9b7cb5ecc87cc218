use super::{IdentityKind, IdentityNumber, Phone};
use crate::people::Sex;
use expect_test::{Expect, expect};

fn check(kind: IdentityKind, typed: &str, want: Expect) {
    let got = match IdentityNumber::parse(kind, typed) {
        Ok((number, notes)) => {
            let notes: String = notes.iter().map(|note| format!("\n{note}")).collect();
            format!("{} = {number} = {}{notes}", number.digits, number.masked())
        }
        Err(refused) => refused.to_string(),
    };
    want.assert_eq(&got);
}

#[test]
fn a_card_number_is_read_in_any_spacing_dash_and_digit() {
    let kept = || expect!["1720112345671 = 17201-1234567-1 = 17201-*****67-1"];
    for typed in [
        "1720112345671",
        "17201-1234567-1",
        " 17201 1234567 1 ",
        "17201‐1234567‑1",
        "17201–1234567—1",
        "17201―1234567−1",
        "\u{2066}۱۷۲۰۱-۱۲۳۴۵۶۷-۱\u{2069}",
        "١٧٢٠١ ١٢٣٤٥٦٧ ١",
    ] {
        check(IdentityKind::Cnic, typed, kept());
        check(IdentityKind::BForm, typed, kept());
    }
}

#[test]
fn a_wrong_structure_is_refused_with_the_next_step() {
    use IdentityKind::*;
    check(Cnic, "  ", expect!["No number was given. Type it as on the card, or choose “no number”."]);
    check(Cnic, " - ", expect!["No number was given. Type it as on the card, or choose “no number”."]);
    check(
        Cnic,
        "17201-123456-1",
        expect!["This number has 12 digits and needs 13. Compare it with the card digit by digit."],
    );
    check(
        Cnic,
        "172O1-1234567-1",
        expect!["“O” is not part of an identity number. Type digits only; dashes and spaces may stay."],
    );
    check(Nicop, "07201-1234567-1", expect!["No card number begins with 0. Check the first digit on the card."]);
    check(
        Cnic,
        "11111-1111111-1",
        expect![
            "All digits are the same, so this is a placeholder. Type the number of the card, or choose “no number”."
        ],
    );
    check(
        Acc,
        "123456789012345678901",
        expect!["A card number has at most 20 characters. Type only the number, not other text of the card."],
    );
}

#[test]
fn what_is_odd_but_possible_is_a_note() {
    use IdentityKind::*;
    check(
        Cnic,
        "97201-1234567-1",
        expect![[r#"
        9720112345671 = 97201-1234567-1 = 97201-*****67-1
        The number begins with 9, as on a Pakistan Origin Card. Check which card it is."#]],
    );
    check(Poc, "97201-1234567-1", expect!["9720112345671 = 97201-1234567-1 = 97201-*****67-1"]);
    check(
        OldNic,
        "123-45-678901",
        expect![[r#"
        12345678901 = 123-45-678901 = 123-**-****01
        The old paper card is no longer valid. Ask for the computerised card or plan a visit to NADRA."#]],
    );
    check(PorCard, "۱۲۳–45 678", expect!["123-45678 = 123-45678 = ***-**678"]);
}

#[test]
fn the_sex_digit_gives_a_note_and_never_a_sex() {
    let note = |number: &str, sex| {
        let (number, _) = IdentityNumber::parse(IdentityKind::Cnic, number).expect("a sound number");
        number.sex_digit_note(sex).is_some()
    };
    let odd = "17201-1234567-1";
    let even = "17201-1234567-2";
    let got: Vec<bool> = Sex::ALL.iter().flat_map(|sex| [note(odd, *sex), note(even, *sex)]).collect();
    //                    female: odd, even; male: odd, even; transgender: odd, even
    assert_eq!(got, [true, false, false, true, false, false]);
}

#[test]
fn kinds_keep_their_names_in_storage() {
    let json = serde_json::to_string(IdentityKind::ALL).expect("names only");
    expect![[r#"["cnic","b_form","nicop","poc","por_card","acc","old_nic"]"#]].assert_eq(&json);
}

fn phone(typed: &str, want: Expect) {
    let got = match Phone::parse(typed) {
        Ok(phone) => format!("{} = {phone} = {}", phone.e164(), phone.masked()),
        Err(refused) => refused.to_string(),
    };
    want.assert_eq(&got);
}

#[test]
fn a_phone_number_is_read_with_any_prefix() {
    for typed in [
        "0300 1234567",
        "0300-1234567",
        "03001234567",
        "+92 300 1234567",
        "00923001234567",
        "923001234567",
        "3001234567",
        "+92 0300 1234567",
        "۰۳۰۰ ۱۲۳۴۵۶۷",
        "٠٣٠٠١٢٣٤٥٦٧",
    ] {
        phone(typed, expect!["+923001234567 = 0300 1234567 = 0300 *****67"]);
    }
    phone("091 9213456", expect!["+92919213456 = 091 9213456 = 091 *****56"]);
    phone("(0923) 612345", expect!["+92923612345 = 0923 612345 = 0923 ****45"]);
    phone("+92 923 612345", expect!["+92923612345 = 0923 612345 = 0923 ****45"]);
}

#[test]
fn a_phone_number_that_reaches_nobody_is_refused_with_the_next_step() {
    phone(
        "",
        expect!["No phone number was given. Type it as people say it, for example 0300 1234567, or leave it empty."],
    );
    phone(
        "0300 123456",
        expect!["A mobile number has 11 digits, such as 0300 1234567; this one has 10. Read it out again."],
    );
    phone(
        "0300 12345678",
        expect!["A mobile number has 11 digits, such as 0300 1234567; this one has 12. Read it out again."],
    );
    phone(
        "+93 70 1234567",
        expect!["This number belongs to another country. Give a number in Pakistan, beginning with 0 or +92."],
    );
    phone("8171", expect!["This is a service number. Give the number of a person's own phone."]);
    phone("0800-26477", expect!["This is a service number. Give the number of a person's own phone."]);
    phone(
        "612345",
        expect![
            "A landline number needs its area code, such as 0923 for Nowshera, and 6 to 8 digits. Add what is missing."
        ],
    );
    phone("03OO 1234567", expect!["“O” is not part of a phone number. Type digits only; spaces and dashes may stay."]);
}

#[test]
fn hostile_lengths_and_letters_never_panic() {
    for typed in ["9".repeat(10_000), "0".repeat(14), "+92".into(), "\u{202E}".repeat(30), "३".into(), "92".into()] {
        let _ = Phone::parse(&typed).map(|p| p.masked());
        for kind in IdentityKind::ALL {
            let _ = IdentityNumber::parse(*kind, &typed).map(|(n, _)| n.masked());
        }
    }
}
