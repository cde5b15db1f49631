//! Does a key store hold a private key, or only certificates that are public anyway?

/// The file formats that are told apart.
const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
/// `pkcs8ShroudedKeyBag`, 1.2.840.113549.1.12.10.1.2, and `keyBag`, …1.1 (RFC 7292 section 4.2), as DER writes them.
const SHROUDED_KEY_BAG: [u8; 13] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x02];
const KEY_BAG: [u8; 13] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x01];

/// Whether the extension of a file (lower case, without its dot) belongs to key stores.
pub fn is_store(extension: &str) -> bool {
    matches!(extension, "jks" | "jceks" | "keystore" | "p12" | "pfx")
}

/// Whether a key store holds a private key; `false` also for what is no key store at all, or shows none.
pub fn holds_private_key(bytes: &[u8]) -> bool {
    match bytes.first_chunk::<4>() {
        Some(&JKS | &JCEKS) => java_entries(bytes).unwrap_or(false),
        // A PKCS #12 file is a DER (or BER) SEQUENCE; its key bags lie in plain sight, their keys encrypted.
        Some([0x30, ..]) => [SHROUDED_KEY_BAG, KEY_BAG].iter().any(|bag| memchr::memmem::find(bytes, bag).is_some()),
        _ => false,
    }
}

/// Looks through the entries of a Java key store (`sun.security.provider.JavaKeyStore`): a tag of 1 is a key, 2 a
/// certificate, 3 a secret key of JCEKS.
fn java_entries(bytes: &[u8]) -> Option<bool> {
    let (count, mut rest) = number(bytes.get(8..)?)?;
    for _ in 0..count {
        let (tag, after) = number(rest)?;
        if tag != 2 {
            return Some(tag == 1 || tag == 3);
        }
        let after = short_text(after)?.get(8..)?;
        let (length, after) = number(short_text(after)?)?;
        rest = after.get(usize::try_from(length).ok()?..)?;
    }
    Some(false)
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (four, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*four), rest))
}

/// What follows a text with its length in two bytes before it.
fn short_text(bytes: &[u8]) -> Option<&[u8]> {
    let (two, rest) = bytes.split_first_chunk::<2>()?;
    rest.get(usize::from(u16::from_be_bytes(*two))..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate_entry() -> Vec<u8> {
        [&[0, 0, 0, 2, 0, 1, b'a'][..], &[0; 8], &[0, 5], b"X.509", &[0, 0, 0, 3, 1, 2, 3]].concat()
    }

    #[test]
    fn stores() {
        let java = |count: u8, entries: &[u8]| [&JKS[..], &[0, 0, 0, 2, 0, 0, 0, count], entries].concat();
        let key_entry = [0, 0, 0, 1, 0, 1, b'k'];
        let both = [certificate_entry(), key_entry.to_vec()].concat();
        for (bytes, wanted) in [
            (java(1, &key_entry), true),
            (java(2, &both), true),
            (java(1, &certificate_entry()), false),
            (java(0, &[]), false),
            (java(200, &certificate_entry()), false),
            ([&[0x30, 0x82, 1, 0][..], &SHROUDED_KEY_BAG].concat(), true),
            ([&[0x30, 0x80][..], &KEY_BAG].concat(), true),
            (vec![0x30, 0x82, 1, 0, 6, 1], false),
            (b"storePassword=x".to_vec(), false),
            (Vec::new(), false),
        ] {
            assert_eq!(holds_private_key(&bytes), wanted, "{bytes:?}");
        }
    }

    #[test]
    fn every_cut_of_a_store_is_borne() {
        let whole = [&JKS[..], &[0, 0, 0, 2, 0, 0, 0, 9], &certificate_entry()].concat();
        for end in 0..=whole.len() {
            assert!(!holds_private_key(&whole[..end]));
        }
    }
}
