//! Does an OpenPGP packet hold a secret key, and does a passphrase protect it? RFC 9580 (and RFC 4880).

/// Looks at the first packet of a key block: `Some(encrypted)` where it is a secret key that is really in it.
///
/// A smart card's stub (GnuPG's "gnu-dummy") holds none.
pub(super) fn secret_key(bytes: &[u8]) -> Option<bool> {
    let (first, rest) = bytes.split_first()?;
    // Section 4.2: packet type 5, in the old form with a length of one, two or four bytes, or in the new form.
    let head = match (first, rest.first()?) {
        (0x94, _) => 1,
        (0x95, _) => 2,
        (0x96, _) => 4,
        (0xc5, 0..=191) => 1,
        (0xc5, 192..=223) => 2,
        (0xc5, 255) => 5,
        _ => return None,
    };
    // Section 5.5.2: version, four bytes of time, algorithm.
    let [version @ (4 | 6), _, _, _, _, algorithm, key @ ..] = rest.get(head..)? else { return None };
    let key = if *version == 6 { key.get(4..)? } else { key };
    let behind = public_part(*algorithm, key)?;
    match behind {
        [0, secret @ ..] => (secret.len() >= 16).then_some(false),
        [254 | 255, _, 101, ..] => None,
        [_, secret @ ..] => (secret.len() >= 16).then_some(true),
        [] => None,
    }
}

/// What follows the public part of a key, by its algorithm (section 9.1).
fn public_part(algorithm: u8, key: &[u8]) -> Option<&[u8]> {
    match algorithm {
        1..=3 => numbers(2, key),
        16 => numbers(3, key),
        17 => numbers(4, key),
        18 => counted(numbers(1, counted(key)?)?),
        19 | 22 => numbers(1, counted(key)?),
        25 | 27 => key.get(32..),
        26 => key.get(56..),
        28 => key.get(57..),
        _ => None,
    }
}

/// Passes over so many numbers, each with its length in bits before it (section 3.2).
fn numbers(count: usize, bytes: &[u8]) -> Option<&[u8]> {
    (0..count).try_fold(bytes, |rest, _| {
        let [high, low, ..] = rest else { return None };
        let bits = usize::from(*high) << 8 | usize::from(*low);
        rest.get(2 + bits.div_ceil(8)..)
    })
}

/// Passes over a field with its length in bytes before it.
fn counted(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first()?;
    rest.get(usize::from(*length)..)
}

#[cfg(test)]
mod tests {
    use super::secret_key;

    fn packet(algorithm: u8, public: &[u8], secret: &[u8]) -> Vec<u8> {
        [&[0x95, 1, 0, 4, 0, 0, 0, 0, algorithm], public, secret].concat()
    }

    #[test]
    fn keys_and_stubs() {
        let rsa = [0, 16, 200, 201, 0, 8, 3];
        let curve = [3, 1, 2, 3, 0, 16, 5, 5];
        let exchange = [3, 1, 2, 3, 0, 16, 5, 5, 3, 1, 8, 7];
        let plain = [&[0u8][..], &[7; 40]].concat();
        let locked = [&[254u8, 7, 3, 2][..], &[7; 40]].concat();
        let stub = [&[255u8, 0, 101, 0, b'G', b'N', b'U', 1][..], &[7; 40]].concat();
        for (bytes, wanted) in [
            (packet(1, &rsa, &plain), Some(false)),
            (packet(1, &rsa, &locked), Some(true)),
            (packet(1, &rsa, &stub), None),
            (packet(22, &curve, &plain), Some(false)),
            (packet(18, &exchange, &locked), Some(true)),
            (packet(27, &[1; 32], &plain), Some(false)),
            (packet(1, &rsa, &[]), None),
            (packet(1, &[255, 255, 1], &plain), None),
            (packet(99, &rsa, &plain), None),
            (vec![0x99, 1, 0, 4, 0, 0, 0, 0, 1], None),
            (vec![0xc5], None),
            (Vec::new(), None),
        ] {
            assert_eq!(secret_key(&bytes), wanted, "{bytes:?}");
        }
    }
}
