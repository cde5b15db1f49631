//! Is this text that may hold tags, and in which encoding?
//!
//! The first 2 KiB decide, as they do for the reference tool, which asks libmagic: a control character that no text
//! has makes a file binary, and binary files are not searched (`.license` files and REUSE.toml speak for them).

use encoding_rs::{UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// So many bytes decide.
const HEAD: usize = 2048;

/// The text as UTF-8, which need not be valid where the file is not; `None` where it is binary.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    match bytes {
        [] | [_] => None,
        [0xff, 0xfe, 0, 0, rest @ ..] => Some(wide(rest, u32::from_le_bytes)),
        [0, 0, 0xfe, 0xff, rest @ ..] => Some(wide(rest, u32::from_be_bytes)),
        [0xff, 0xfe, rest @ ..] => Some(sixteen(UTF_16LE, rest)).filter(|text| !is_binary(text)),
        [0xfe, 0xff, rest @ ..] => Some(sixteen(UTF_16BE, rest)).filter(|text| !is_binary(text)),
        [0xef, 0xbb, 0xbf, rest @ ..] => (!is_binary(rest)).then_some(Cow::Borrowed(rest)),
        _ if is_binary(bytes) => None,
        _ if is_latin_1(head(bytes)) => {
            Some(Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes()))
        }
        _ => Some(Cow::Borrowed(bytes)),
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

/// Whether a character stands at the beginning that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    head(bytes).iter().any(|byte| matches!(byte, 0..=6 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
}

/// Whether these bytes are no UTF-8, and all of them letters or signs of ISO 8859-1.
fn is_latin_1(head: &[u8]) -> bool {
    let utf_8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // the last character may be cut in two
        Err(error) => error.error_len().is_none() && head.len() == HEAD,
    };
    !utf_8 && !head.iter().any(|byte| matches!(byte, 0x80..=0x84 | 0x86..=0x9f))
}

fn sixteen(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Cow<'static, [u8]> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Cow::Owned(text.into_owned().into_bytes())
}

fn wide(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Cow<'static, [u8]> {
    let (four, _) = bytes.as_chunks::<4>();
    let text: String =
        four.iter().map(|four| char::from_u32(number(*four)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Cow::Owned(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let long = |end: &str| format!("{}{end}", "a".repeat(HEAD - 1)).into_bytes();
        for (bytes, expected) in [
            (b"".to_vec(), None),
            (b"a".to_vec(), None),
            (b"abc\n".to_vec(), Some("abc\n".as_bytes().to_vec())),
            ("Jörg".into(), Some("Jörg".into())),
            (b"J\xf6rg \xa9".to_vec(), Some("Jörg ©".into())),
            (b"\x84Hallo\x93".to_vec(), Some(b"\x84Hallo\x93".to_vec())),
            (b"\xef\xbb\xbfabc".to_vec(), Some(b"abc".to_vec())),
            (b"\xff\xfea\0\xe4\0".to_vec(), Some("aä".into())),
            (b"\xfe\xff\0a\0\xe4".to_vec(), Some("aä".into())),
            (b"\xff\xfe\0\0a\0\0\0".to_vec(), Some(b"a".to_vec())),
            (b"\0\0\xfe\xff\0\0\0a".to_vec(), Some(b"a".to_vec())),
            (b"a\0b".to_vec(), None),
            (b"esc \x1b[m".to_vec(), Some(b"esc \x1b[m".to_vec())),
            (b"del \x7f".to_vec(), None),
            (long("ä"), Some(long("ä"))),
            ([long("b"), b"\0".to_vec()].concat(), Some([long("b"), b"\0".to_vec()].concat())),
        ] {
            assert_eq!(text(&bytes).map(Cow::into_owned), expected, "{}", bytes.escape_ascii());
        }
    }
}
