//! May the page's style be used, and nothing else? The style sheet, and the policy that names it by its hash.

use sha2::{Digest, Sha256};

/// The style sheet.
pub(crate) const CSS: &str = include_str!("style.css");

/// The content security policy: this one style sheet, pictures that are in the page, and nothing from anywhere
/// (W3C, Content Security Policy Level 3, section 2.3.1).
pub(super) fn policy() -> String {
    let hash = base64(&Sha256::digest(CSS.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'")
}

/// Base64 with padding (RFC 4648, section 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = (0..3).fold(0u32, |number, at| number << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS.get((number >> (18 - 6 * at) & 63) as usize).filter(|_| at <= chunk.len());
            out.push(letter.map_or('=', |letter| char::from(*letter)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn base64_as_the_standard_has_it() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn the_style_sheet_stays_in_its_element_and_loads_nothing() {
        assert!(!CSS.contains("</") && !CSS.contains("<!--"));
        assert!(!CSS.contains("url(") && !CSS.contains("@import"));
        assert_eq!(crate::output::encode::guard(CSS), CSS, "a guard that changed it would change its hash");
    }
}
