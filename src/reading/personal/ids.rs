//! Is a number an account or identity number, by its check digits?
//!
//! Every check is the one its issuer publishes; the names of the numbers that people write above a column are a table.

use std::collections::BTreeMap;

/// A check of a number without blanks and dots, in capitals.
type Check = fn(&str) -> bool;

/// The numbers known, by the country or kind.
const CHECKS: [(&str, Check); 8] = [
    ("steuer-id", steuer_id),
    ("rentenversicherungsnummer", rvnr),
    ("codice-fiscale", codice_fiscale),
    ("nir", nir),
    ("bsn", bsn),
    ("dni", dni),
    ("ahv", ahv),
    ("at-sv", austrian_sv),
];

/// Whether a text is an identity number of one of the kinds known.
pub(super) fn is_national_id(text: &str) -> bool {
    let bare = bare(text);
    CHECKS.iter().any(|(_, check)| check(&bare))
}

/// Whether a text is an IBAN (ISO 13616): its length and its remainder by 97.
pub(super) fn is_iban(text: &str) -> bool {
    let bare = bare(text);
    let country = bare.get(..2).unwrap_or_default();
    let shaped = (15..=34).contains(&bare.len())
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && bare.get(2..4).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let length = LENGTHS.iter().find(|(code, _)| *code == country).map(|(_, length)| *length);
    if !shaped || length.is_some_and(|length| length != bare.len()) {
        return false;
    }
    let moved = bare.bytes().skip(4).chain(bare.bytes().take(4));
    let remainder = moved.fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    remainder == 1
}

/// Lengths of IBANs (SWIFT's registry), for the countries of the languages spoken here and their neighbours.
const LENGTHS: [(&str, usize); 12] = [
    ("DE", 22),
    ("AT", 20),
    ("CH", 21),
    ("LI", 21),
    ("FR", 27),
    ("IT", 27),
    ("ES", 24),
    ("NL", 18),
    ("BE", 16),
    ("LU", 20),
    ("GB", 22),
    ("IE", 22),
];

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/'))
        .map(|c| c.to_ascii_uppercase())
        .take(40)
        .collect()
}

fn digits(text: &str, length: usize) -> Option<Vec<u32>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    digits.filter(|digits| digits.len() == length)
}

/// Steueridentifikationsnummer (§ 139b AO): ISO 7064 MOD 11,10; one digit of the first ten stands twice or thrice.
fn steuer_id(text: &str) -> bool {
    let Some(digits) = digits(text, 11).filter(|digits| digits.first() != Some(&0)) else { return false };
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for digit in digits.iter().take(10) {
        *times.entry(*digit).or_default() += 1;
    }
    let repeated = times.values().filter(|times| **times > 1).count();
    let product = digits.iter().take(10).fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    let check = if product == 1 { 0 } else { 11 - product };
    repeated == 1 && times.values().all(|times| *times <= 3) && digits.last() == Some(&check)
}

/// Versicherungsnummer of the German pension insurance (VKVV § 2): area, birthday, letter, serial, check digit.
fn rvnr(text: &str) -> bool {
    if text.len() != 12 || !text.is_ascii() {
        return false;
    }
    let Some(letter) = text.as_bytes().get(8).copied().filter(u8::is_ascii_uppercase) else { return false };
    let letter = u32::from(letter - b'A') + 1;
    let spelled = format!("{}{letter:02}{}", text.get(..8).unwrap_or_default(), text.get(9..).unwrap_or_default());
    let Some(digits) = digits(&spelled, 13) else { return false };
    let sum: u32 = digits
        .iter()
        .zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
        .map(|(digit, weight)| {
            let product = digit * weight;
            product / 10 + product % 10
        })
        .sum();
    digits.last() == Some(&(sum % 10))
}

/// Codice fiscale (D.M. 23 December 1976): fifteen characters and a letter by which they are checked.
fn codice_fiscale(text: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let bytes = text.as_bytes();
    let letters = [0, 1, 2, 3, 4, 5, 8, 11, 15];
    let shaped = bytes.len() == 16
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && letters.iter().all(|at| bytes.get(*at).is_some_and(u8::is_ascii_uppercase));
    if !shaped {
        return false;
    }
    let sum: u32 = bytes
        .iter()
        .take(15)
        .enumerate()
        .map(|(at, byte)| {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
            if at % 2 == 0 { ODD.get(usize::from(value)).copied().unwrap_or_default() } else { u32::from(value) }
        })
        .sum();
    bytes.last().map(|byte| u32::from(byte - b'A')) == Some(sum % 26)
}

/// Numéro d'inscription au répertoire (INSEE): thirteen digits, Corsica with a letter, and 97 less the remainder.
fn nir(text: &str) -> bool {
    let text = text.replacen("2A", "19", 1).replacen("2B", "18", 1);
    let (Some(digits), Some(number), Some(key)) = (digits(&text, 15), text.get(..13), text.get(13..)) else {
        return false;
    };
    let (Ok(number), Ok(key)) = (number.parse::<u64>(), key.parse::<u64>()) else { return false };
    matches!(digits.first(), Some(1 | 2)) && 97 - number % 97 == key
}

/// Burgerservicenummer: the eleven test with the last digit taken off.
fn bsn(text: &str) -> bool {
    let Some(digits) = digits(text, 9).filter(|digits| digits.iter().any(|digit| *digit > 0)) else { return false };
    let sum: u32 = digits.iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.last().is_some_and(|last| sum >= *last && (sum - last).is_multiple_of(11))
}

/// DNI and NIE (Real Decreto 1553/2005): eight digits, of a NIE the first a letter, and a letter by 23.
fn dni(text: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let number = match text.as_bytes().first() {
        Some(first @ (b'X' | b'Y' | b'Z')) => format!("{}{}", first - b'X', text.get(1..).unwrap_or_default()),
        _ => text.to_owned(),
    };
    let Some((digits, letter)) = number.len().checked_sub(1).and_then(|at| number.split_at_checked(at)) else {
        return false;
    };
    let Some(value) = digits.parse::<usize>().ok().filter(|_| digits.len() == 8 && !digits.starts_with('+')) else {
        return false;
    };
    LETTERS.get(value % 23) == letter.as_bytes().first()
}

/// AHV number (eCH-0044): 756 and an EAN-13 check digit.
fn ahv(text: &str) -> bool {
    let Some(digits) = digits(text, 13).filter(|_| text.starts_with("756")) else { return false };
    let sum: u32 = digits.iter().take(12).zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    digits.last() == Some(&((10 - sum % 10) % 10))
}

/// Austrian Sozialversicherungsnummer: serial, check digit by 11, birthday.
fn austrian_sv(text: &str) -> bool {
    let Some(digits) = digits(text, 10).filter(|digits| digits.first() != Some(&0)) else { return false };
    let sum: u32 = digits.iter().zip([3, 7, 9, 0, 5, 8, 4, 2, 1, 6]).map(|(digit, weight)| digit * weight).sum();
    digits.get(3) == Some(&(sum % 11))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibans() {
        for (text, yes) in [
            // the example of ISO 13616 for Germany, as the banks print it
            ("DE89 3704 0044 0532 0130 00", true),
            ("de89370400440532013000", true),
            ("DE88 3704 0044 0532 0130 00", false),
            ("DE89 3704 0044 0532 0130", false),
            ("NL91 ABNA 0417 1643 00", true),
            ("FR14 2004 1010 0505 0001 3M02 606", true),
            ("Bäckerei am Markt", false),
            ("", false),
        ] {
            assert_eq!(is_iban(text), yes, "{text}");
        }
    }

    /// The examples of the issuers; each with its last or check digit changed is refused.
    #[test]
    fn identity_numbers() {
        for (kind, good, bad) in [
            ("steuer-id", "86095742719", "86095742718"),
            ("rentenversicherungsnummer", "65170839J003", "65170839J004"),
            ("codice-fiscale", "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
            ("nir", "255081416802538", "255081416802539"),
            ("bsn", "111222333", "111222334"),
            ("dni", "12345678Z", "12345678A"),
            ("dni", "X1234567L", "X1234567M"),
            ("ahv", "756.9217.0769.85", "756.9217.0769.86"),
            ("at-sv", "1237 010180", "1238 010180"),
        ] {
            let check = CHECKS.iter().find(|(name, _)| *name == kind).map(|(_, check)| *check).unwrap();
            assert!(check(&bare(good)), "{kind} {good}");
            assert!(!check(&bare(bad)), "{kind} {bad}");
            assert!(is_national_id(good));
        }
        for nothing in ["", "0", "00000000000", "ABCDEFGHIJKLMNOP", "äöü", "000000000"] {
            assert!(!is_national_id(nothing), "{nothing}");
        }
    }
}
