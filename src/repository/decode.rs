//! Is this text, and in which encoding?

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at for control bytes.
const SAMPLE: usize = 8 << 10;

/// The text of a file without its byte order mark: UTF-8, UTF-16 where a mark says so, else Windows-1252, which holds
/// Latin-1 (as browsers read it: WHATWG Encoding Standard). `None` where it is binary.
pub fn decode(bytes: Vec<u8>) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode_unmarked(rest.to_vec());
    }
    let utf_16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => return decode_unmarked(bytes),
    };
    let (text, _) = utf_16.decode_with_bom_removal(&bytes);
    (!text.contains('\0')).then(|| text.into_owned())
}

fn decode_unmarked(bytes: Vec<u8>) -> Option<String> {
    if memchr::memchr(0, &bytes).is_some() {
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => (!is_binary(text.as_bytes(), is_control)).then_some(text),
        Err(error) => {
            let bytes = error.into_bytes();
            let odd = |byte: u8| is_control(byte) || matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
            (!is_binary(&bytes, odd)).then(|| WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned())
        }
    }
}

/// Whether more than one byte in twenty is one that no text has. A single escape sequence or form feed is no harm.
fn is_binary(bytes: &[u8], odd: impl Fn(u8) -> bool) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    sample.iter().filter(|byte| odd(**byte)).count() * 20 > sample.len()
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b) || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        for (bytes, text) in [
            (b"".as_slice(), Some("")),
            (b"\xef\xbb\xbf", Some("")),
            ("Über".as_bytes(), Some("Über")),
            (b"\xef\xbb\xbf\xc3\x9cber", Some("Über")),
            (b"\xdcber", Some("Über")),
            (b"10 \x80 \x96 Preis", Some("10 € – Preis")),
            (b"\xff\xfe\xdc\0b\0", Some("Üb")),
            (b"\xfe\xff\0\xdc\0b", Some("Üb")),
            (b"\xff\xfe", Some("")),
            (b"\xff\xfex", Some("\u{fffd}")),
            (b"\xff\xfe\0\0x\0\0\0", None),
            (b"a\0b", None),
            (b"\x1b[31mred\x1b[0m\n", Some("\x1b[31mred\x1b[0m\n")),
            (b"line\r\nline\x0cpage", Some("line\r\nline\x0cpage")),
            (b"\x01\x02\x03\x04abc", None),
            (b"\x89PNG\r\n\x1a\n\x81\x8d\x02", None),
            (b"{ broken: [\n\xff\xfe", Some("{ broken: [\nÿþ")),
        ] {
            assert_eq!(decode(bytes.to_vec()).as_deref(), text, "{}", bytes.escape_ascii());
        }
    }
}
