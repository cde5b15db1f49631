//! Which version does a text name, and which of two is older?

use std::cmp::Ordering;

/// A version: numbers, and perhaps the mark of something that comes before the release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    parts: Vec<u64>,
    /// whether it is only on the way to that version: `-rc.1`, `b2`, `-SNAPSHOT`
    pub early: bool,
}

impl Version {
    /// Reads `1.2.3`, `v1.2`, `1.2.3-rc.1`, `1.2.3+build`, `release-1.2`; `None` where it is something else, or a single
    /// number without `v`.
    pub fn read(text: &str) -> Option<Self> {
        const LONGEST: usize = 60;
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let bare = ["release-", "release/", "version-", "version ", "releases/", "rel-"];
        let named = bare.iter().find_map(|start| lower.strip_prefix(start)).unwrap_or(&lower);
        let marked = named.strip_prefix('v').map(|rest| rest.trim_start_matches('.'));
        let rest = marked.unwrap_or(named);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (numbers, tail) = rest.split_at(end);
        let numbers = numbers.strip_suffix('.').unwrap_or(numbers);
        let parts: Option<Vec<u64>> =
            numbers.split('.').map(|part| part.parse().ok().filter(|_| part.len() <= 9)).collect();
        let parts = parts.filter(|parts| parts.len() <= 5 && (parts.len() > 1 || marked.is_some()))?;
        let tail = tail.trim_start_matches(['-', '.', '_', ' ', '~']);
        let words = [
            "a", "b", "c", "rc", "alpha", "beta", "dev", "pre", "preview", "snapshot", "m", "next", "canary",
            "nightly", "cr",
        ];
        let word = tail.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let harmless =
            tail.is_empty() || tail.starts_with('+') || ["final", "ga", "release", "post", "r"].contains(&word);
        let early = words.contains(&word);
        (harmless || early).then_some(Self { parts, early })
    }

    /// Whether the numbers are those of a calendar (`2024.05`, `24.04` is not told from others).
    pub fn is_date(&self) -> bool {
        self.parts.first().is_some_and(|first| (1990..2100).contains(first) || *first > 19_900_000)
    }

    /// Whether it is what generators write where nobody has thought of a version.
    pub fn is_nothing(&self) -> bool {
        self.parts.iter().all(|part| *part == 0)
    }

    /// Whether this is a release at or after the first stable one.
    pub fn is_stable(&self) -> bool {
        !self.early && self.parts.first().is_some_and(|first| *first > 0)
    }

    /// Compares with another version, by as many numbers as both have: `1.2` is neither older nor newer than `1.2.3`.
    /// `None` where one counts years and the other does not.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.is_date() != other.is_date() {
            return None;
        }
        let numbers = self.parts.iter().zip(&other.parts).map(|(a, b)| a.cmp(b)).find(|order| order.is_ne());
        Some(numbers.unwrap_or_else(|| other.early.cmp(&self.early)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, parts, early) in [
            ("1.2.3", &[1, 2, 3][..], false),
            ("v1.2", &[1, 2], false),
            ("V.2", &[2], false),
            ("release-1.4.0", &[1, 4, 0], false),
            ("1.2.3-rc.1", &[1, 2, 3], true),
            ("1.2b2", &[1, 2], true),
            ("1.3.0-SNAPSHOT", &[1, 3, 0], true),
            ("1.2.3+build.5", &[1, 2, 3], false),
            ("1.2.3.Final", &[1, 2, 3], false),
            ("2024.05.01", &[2024, 5, 1], false),
        ] {
            let read = Version::read(text).unwrap();
            assert_eq!((read.parts.as_slice(), read.early), (parts, early), "{text}");
        }
        for text in
            ["", "dev", "1", "v", "android-1.0.7", "1.2.3-maria", "${revision}", "1.x", "1..2", "9999999999.1", "main"]
        {
            assert_eq!(Version::read(text), None, "{text}");
        }
    }

    #[test]
    fn order() {
        let order = |a: &str, b: &str| Version::read(a).unwrap().compare(&Version::read(b).unwrap());
        for (a, b, expected) in [
            ("1.2.3", "1.10.0", Some(Ordering::Less)),
            ("1.2", "1.2.3", Some(Ordering::Equal)),
            ("v2.0", "1.9", Some(Ordering::Greater)),
            ("1.0.0-rc.1", "1.0.0", Some(Ordering::Less)),
            ("1.0", "2024.1", None),
        ] {
            assert_eq!(order(a, b), expected, "{a} {b}");
        }
        assert!(Version::read("0.0.0").unwrap().is_nothing() && !Version::read("0.0.1").unwrap().is_nothing());
        assert!(Version::read("1.0").unwrap().is_stable() && !Version::read("1.0-rc1").unwrap().is_stable());
    }
}
