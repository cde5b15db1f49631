//! How many findings of each rule fit in a file that GitHub shows in full?

/// One rule has at most this part of all: more of one rule tell nobody anything. The last result then says how many
/// there are.
const PART: usize = 5;

/// The most findings a rule may show, so that all rules together, with one "more" for each that has more, are at most
/// `results`: by default 5,000, as GitHub shows no more of a run (`sarif-limits.md` of its documentation; it takes
/// 25,000).
pub(super) fn share(counts: &[usize], results: usize) -> usize {
    let total =
        |share: usize| -> usize { counts.iter().map(|count| (*count).min(share + usize::from(*count > share))).sum() };
    let largest = counts.iter().copied().max().unwrap_or(0);
    (0..=(results / PART).min(largest)).rev().find(|share| total(*share) <= results).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        for (counts, results, wanted) in [
            (&[][..], 5_000, 0),
            (&[3, 900, 1_000], 5_000, 1_000),
            (&[4_000, 2], 5_000, 1_000),
            (&[4_000, 2], 25_000, 4_000),
            (&[60_000; 5], 5_000, 999),
            (&[60_000; 100], 5_000, 49),
            (&[1; 4_999], 5_000, 1),
            (&[1; 4_999], 50, 0),
        ] {
            assert_eq!(share(counts, results), wanted, "{} rules, {results}", counts.len());
        }
    }
}
