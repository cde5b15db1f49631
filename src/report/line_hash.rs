//! Which fingerprint does GitHub give a line?
//!
//! `partialFingerprints.primaryLocationLineHash` as `upload-sarif` computes it (github/codeql-action,
//! `src/fingerprints.ts`): the first hundred significant UTF-16 code units from the start of the line on, as the
//! digits of a number of base 37 modulo 2^64. Spaces and tabs are not significant; CR, LF and CRLF are one LF; the end
//! of the file is 65535, then zeroes follow. The hash is followed by the line's number among those of equal hash.
//! A value that differs from GitHub's own makes `upload-sarif` complain of every result.

use std::collections::{BTreeMap, BTreeSet};

/// How many code units count.
const BLOCK: usize = 100;
const BASE: u64 = 37;
const END: u16 = u16::MAX;

/// The hashes of the wanted lines (from 1, counted as GitHub does: a lone CR ends a line too) of a file, from its raw
/// bytes; lines that the file does not have are left out.
pub fn line_hashes(bytes: &[u8], wanted: &BTreeSet<u32>) -> BTreeMap<u32, String> {
    let Some(last) = wanted.last().copied() else { return BTreeMap::new() };
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeMap::new();
    hash(&text, last, |line, hash| {
        if wanted.contains(&line) {
            found.insert(line, hash);
        }
    });
    // Counted in a second pass, and only for the hashes that are wanted: what is kept stays as small as the question.
    let mut seen: BTreeMap<u64, u32> = found.values().map(|hash| (*hash, 0)).collect();
    let mut answer = BTreeMap::new();
    hash(&text, last, |line, hash| {
        if let Some(number) = seen.get_mut(&hash) {
            *number += 1;
            if found.contains_key(&line) {
                answer.insert(line, format!("{hash:x}:{number}"));
            }
        }
    });
    answer
}

/// Tells the hash of each line up to `last`.
fn hash(text: &str, last: u32, mut tell: impl FnMut(u32, u64)) {
    let leaves = (0..BLOCK).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window = [0u16; BLOCK];
    // The line whose first unit stands at the same index of the window.
    let mut starts = [None; BLOCK];
    let (mut at, mut hash, mut line, mut starting) = (0, 0u64, 0u32, true);
    for unit in significant(text).chain(std::iter::repeat_n(0, BLOCK)) {
        if let Some(line) = starts.get_mut(at).and_then(Option::take) {
            tell(line, hash);
            if line == last {
                return;
            }
        }
        if starting && let Some(start) = starts.get_mut(at) {
            line = line.saturating_add(1);
            *start = Some(line);
        }
        starting = unit == u16::from(b'\n');
        let gone = window.get_mut(at).map_or(0, |slot| std::mem::replace(slot, unit));
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(leaves.wrapping_mul(u64::from(gone)));
        at = (at + 1) % BLOCK;
    }
}

/// The units that count, with the end of the file. An LF belongs to a CR right before it, not to one before a space.
fn significant(text: &str) -> impl Iterator<Item = u16> {
    const LF: u16 = b'\n' as u16;
    let mut after_cr = false;
    text.encode_utf16().chain([END]).filter_map(move |unit| {
        let was_cr = std::mem::replace(&mut after_cr, unit == u16::from(b'\r'));
        match unit {
            0x20 | 0x09 => None,
            LF if was_cr => None,
            0x0D => Some(LF),
            unit => Some(unit),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        line_hashes(bytes, &(1..=500).collect()).into_values().collect()
    }

    /// Expected values from an independent implementation that reproduces those of codeql-action's own tests.
    #[test]
    fn as_github_does() {
        let end = "c129715d7a2bc9a3:1";
        let cases: &[(&[u8], &[&str])] = &[
            (b"", &[end]),
            (b"one\n\ttwo\n  three", &["9e10d7ec5c0ad22f:1", "9a7f259d854625cb:1", "e65cf7c92d5cdd03:1"]),
            (
                b"a\r\nb\rc\n\r\nd",
                &[
                    "da815e20fd1432a5:1",
                    "7637b694ce51cabe:1",
                    "f8ac93a55d88711a:1",
                    "6bf49ae9d59c5bc1:1",
                    "a23a3dc5e078b07b:1",
                ],
            ),
            (b"\n\n \t\n", &["4e5d562094661a0d:1", "5b5d4caf73a13177:1", "3c5bef55b72b93c9:1", end]),
            (b"a \r \nb\n", &["818c3a85b988abe4:1", "bf4c4d48992e2ca5:1", "ade70578248be16f:1", end]),
            ("\u{feff}# Bäume\n🌳 tree\n".as_bytes(), &["978b707261dbad41:1", "9831cbe6f72b206c:1", end]),
            (b"caf\xe9 \xff\xfe\nx\xf0\x9f\x8c\n", &["bcd194c8de4f1ab1:1", "934c75bd9f985bfe:1", end]),
        ];
        for (bytes, hashes) in cases {
            assert_eq!(all(bytes), *hashes, "{}", bytes.escape_ascii());
        }
        let long = [&[b'x'; 250][..], b"\nlast\n"].concat();
        assert_eq!(all(&long), ["52b56201ffb58620:1", "720e72ad00cc4d61:1", end]);
    }

    #[test]
    fn equal_lines_are_numbered() {
        let hashes = all(&b"k = 1\n".repeat(40));
        assert_eq!(hashes[..2], ["62e6d4504864ed3b:1", "62e6d4504864ed3b:2"]);
        assert_eq!(
            hashes[22..26],
            ["98c296c90d570f49:1", "d776276d2dc34bb6:1", "4e5651069374e653:1", "dcd7ae3daca0ac20:1"]
        );
        assert_eq!(hashes.len(), 41);
    }

    #[test]
    fn a_line_alone_has_the_hash_it_has_among_others() {
        let text = b"k = 1\n".repeat(40);
        let alone = line_hashes(&text, &BTreeSet::from([2]));
        assert_eq!(alone, BTreeMap::from([(2, "62e6d4504864ed3b:2".to_owned())]));
        assert_eq!(line_hashes(&text, &BTreeSet::from([42, 900])), BTreeMap::new());
        assert_eq!(line_hashes(&text, &BTreeSet::new()), BTreeMap::new());
    }
}
