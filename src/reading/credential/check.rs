//! Is a value that has the form of a token one?
//!
//! Checksums: GitHub and npm end in the CRC-32 of what is before, in base 62 ("Behind GitHub's new authentication token
//! formats", 2021; "Announcing npm's new access token format", 2021); age keys are Bech32 (BIP 173).

use crate::reading::secrets::{bits, decode, is_placeholder, is_words};
use serde::Deserialize;

/// What a value has to pass besides its pattern.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Test {
    /// it looks as if a machine had made it
    #[default]
    Random,
    /// the same, with small and capital letters and digits
    ThreeKinds,
    /// its last six characters are the checksum of the others
    #[serde(rename = "crc32-base62")]
    Crc32Base62,
    /// it ends in the checksum of Bech32
    Bech32,
    /// it is a web token whose claims name the service role of a project
    ServiceRole,
    /// the key that belongs to it stands nearby
    AwsPair,
}

/// Bits per character, by Shannon, that the digits of a machine have at least.
const BITS: f64 = 3.0;
/// An AWS key stands within so many bytes of its id.
const PAIR: usize = 400;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BECH32: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

/// Whether a value passes; `whole` is the token with its prefix, `around` the text in which it stands at `at`.
pub(super) fn passes(test: Test, value: &str, whole: &str, around: (&str, usize)) -> bool {
    is_random(value)
        && match test {
            Test::Random => true,
            Test::ThreeKinds => kinds(value) == 3,
            Test::Crc32Base62 => has_checksum(value),
            Test::Bech32 => is_bech32(whole),
            Test::ServiceRole => is_service_role(value),
            Test::AwsPair => has_pair(around.0, around.1),
        }
}

/// Whether a machine made it: no placeholder, letters and digits mixed, or capital and small ones, without order.
pub(super) fn is_random(value: &str) -> bool {
    !is_placeholder(value) && kinds(value) >= 2 && bits(value) >= BITS && !is_words(value) && !is_in_order(value)
}

/// How many of small letters, capital letters and digits there are.
fn kinds(value: &str) -> usize {
    let has = |kind: fn(&u8) -> bool| usize::from(value.bytes().any(|byte| kind(&byte)));
    has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase) + has(u8::is_ascii_digit)
}

/// Whether most characters follow their neighbour in the alphabet, or the one before it: `a1b2c3d4`, `ABCDEF`, `aaaa`.
fn is_in_order(value: &str) -> bool {
    let bytes = value.to_ascii_lowercase().into_bytes();
    let follows = |a: u8, b: u8| b == a || b == a.wrapping_add(1) || a == b.wrapping_add(1);
    let count = |apart: usize| {
        let later = bytes.iter().skip(apart);
        bytes.iter().zip(later).filter(|(a, b)| follows(**a, **b)).count()
    };
    count(1) * 2 > bytes.len() || count(2) * 2 > bytes.len()
}

/// CRC-32 as in zlib (RFC 1952 section 8).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

fn has_checksum(value: &str) -> bool {
    let Some((body, sum)) = value.len().checked_sub(6).and_then(|at| value.split_at_checked(at)) else { return false };
    let digit = |byte: u8| BASE62.iter().position(|digit| *digit == byte).and_then(|at| u64::try_from(at).ok());
    let number = sum.bytes().try_fold(0u64, |number, byte| Some(number * 62 + digit(byte)?));
    number == Some(u64::from(crc32(body.as_bytes())))
}

/// The six characters with which a body ends in base 62; for making tokens up.
#[cfg(test)]
pub(super) fn checksum(body: &str) -> String {
    let mut number = crc32(body.as_bytes());
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[number as usize % 62];
        number /= 62;
    }
    digits.map(char::from).iter().collect()
}

/// One step of the checksum of Bech32 (BIP 173).
fn polymod(sum: u32, value: u32) -> u32 {
    let top = sum >> 25;
    [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        .iter()
        .enumerate()
        .filter(|(bit, _)| top >> bit & 1 == 1)
        .fold((sum & 0x1ff_ffff) << 5 ^ value, |sum, (_, generator)| sum ^ generator)
}

/// The sum of a human-readable part and of values of five bits each.
fn bech32(name: &str, values: impl Iterator<Item = u32>) -> u32 {
    let lower = name.to_ascii_lowercase();
    let high = lower.bytes().map(|byte| u32::from(byte >> 5));
    let low = lower.bytes().map(|byte| u32::from(byte & 31));
    high.chain(std::iter::once(0)).chain(low).chain(values).fold(1, polymod)
}

fn is_bech32(whole: &str) -> bool {
    let Some((name, data)) = whole.rsplit_once('1') else { return false };
    let value = |byte: u8| BECH32.iter().position(|digit| *digit == byte).and_then(|at| u32::try_from(at).ok());
    let values: Option<Vec<u32>> = data.bytes().map(value).collect();
    values.is_some_and(|values| bech32(name, values.into_iter()) == 1)
}

/// The text with the six characters behind it that make its sum right; for making keys up.
#[cfg(test)]
pub(super) fn with_bech32(text: &str) -> String {
    let (name, data) = text.rsplit_once('1').unwrap();
    let value = |byte: u8| u32::try_from(BECH32.iter().position(|digit| *digit == byte).unwrap()).unwrap();
    let sum = bech32(name, data.bytes().map(value).chain([0; 6])) ^ 1;
    let digits = (0..6).map(|at| char::from(BECH32[(sum >> (5 * (5 - at)) & 31) as usize]));
    text.chars().chain(digits).collect()
}

/// Whether the claims of a web token name the service role and a project, and no example's issuer.
fn is_service_role(token: &str) -> bool {
    let Some(claims) = token.split('.').nth(1).and_then(decode) else { return false };
    let claims = String::from_utf8_lossy(&claims).replace(' ', "");
    claims.contains("\"role\":\"service_role\"") && claims.contains("\"ref\":\"") && !claims.contains("supabase-demo")
}

/// Whether a secret key of AWS stands near its id: forty characters of Base64 on their own, of all kinds.
fn has_pair(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let near = bytes.get(at.saturating_sub(PAIR)..(at + PAIR).min(bytes.len())).unwrap_or_default();
    near.split(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+')))
        .filter(|part| part.len() == 40)
        .filter_map(|part| std::str::from_utf8(part).ok())
        .any(|part| kinds(part) == 3 && is_random(part) && bits(part) >= 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let body = "Zk7q9Wm2LxPv4T8sR1tY6uB3nH5jC0";
        let token = format!("{body}{}", checksum(body));
        assert!(has_checksum(&token));
        assert!(!has_checksum(&token.replace('Z', "Y")));
        assert!(!has_checksum("abc") && !has_checksum("") && !has_checksum("äöüäöü"));
    }

    #[test]
    fn bech32_of_bip_173() {
        for (text, good) in
            [("A12UEL5L", true), ("A12UEL5M", false), ("?1EZYFCL", true), ("no separator", false), ("A1ä", false)]
        {
            assert_eq!(is_bech32(text), good, "{text}");
        }
    }

    #[test]
    fn randomness() {
        for (value, random) in [
            ("f3a9c07be1d4426895ab00cd17ef5a3b", true),
            ("qNvXzRtKbWmLpHsGdYcJfTuEaQiOoVxZnM", true),
            ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false),
            ("0123456789abcdef0123456789abcdef", false),
            ("a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6", false),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij", false),
            ("1111111111222222222233333333334444", false),
            ("yourtokenyourtokenyourtokenyourtoken12", false),
            ("11111111111111111111111111111111", false),
            ("", false),
        ] {
            assert_eq!(is_random(value), random, "{value}");
        }
    }

    #[test]
    fn a_pair_needs_its_key() {
        let key = "q7W2e9R4t1Y6u3I8/o5P0aSdFg+hJkLzXcVbNmQw";
        let id = format!("{}{}", "AKIA", "Q3EGRKLM7TV2WXYZ");
        for (text, pair) in [
            (format!("id = {id}\nkey = \"{key}\"\n"), true),
            (format!("id = {id}\n"), false),
            (format!("id = {id}\nsha = f3a9c07be1d4426895ab00cd17ef5a3bf3a9c07b\n"), false),
            (format!("id = {id}\n{}{key}", "\n".repeat(500)), false),
        ] {
            assert_eq!(has_pair(&text, 5), pair, "{text}");
        }
    }
}
