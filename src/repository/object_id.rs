//! How is an object of git called?

use std::fmt;

/// The SHA-1 of an object: what a commit, tree, blob or tag is called.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectId([u8; Self::LEN]);

impl ObjectId {
    /// How many bytes there are; twice as many hexadecimal digits.
    pub(crate) const LEN: usize = 20;

    /// An id from its bytes; `None` unless there are exactly twenty.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// An id from its forty hexadecimal digits, and nothing else.
    pub(crate) fn from_hex(hex: &[u8]) -> Option<Self> {
        if hex.len() == 2 * Self::LEN { Self::from_hex_prefix(hex) } else { None }
    }

    /// An id that begins with up to forty hexadecimal digits; the rest is zero.
    pub(crate) fn from_hex_prefix(hex: &[u8]) -> Option<Self> {
        let mut bytes = [0; Self::LEN];
        for (at, digit) in hex.iter().enumerate() {
            let value = char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok())?;
            *bytes.get_mut(at / 2)? |= if at % 2 == 0 { value << 4 } else { value };
        }
        Some(Self(bytes))
    }

    /// The twenty bytes.
    pub(crate) fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// The forty hexadecimal digits, in lower case.
    pub(crate) fn to_hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[digit as usize])).collect()
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_there_and_back() {
        let hex = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(ObjectId::from_hex(hex.as_bytes()).unwrap().to_hex(), hex);
        assert_eq!(ObjectId::from_hex(hex.to_ascii_uppercase().as_bytes()).unwrap().to_hex(), hex);
        for bad in ["", "0123", "g123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef012345678"]
        {
            assert_eq!(ObjectId::from_hex(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(
            ObjectId::from_hex_prefix(b"abc").unwrap().to_hex(),
            format!("abc{}", "0".repeat(37)),
            "the rest is zero"
        );
        assert_eq!(ObjectId::from_hex_prefix(&[b'0'; 41]), None);
    }
}
