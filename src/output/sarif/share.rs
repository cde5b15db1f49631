//! How many findings of each rule fit in a file that GitHub shows in full?

/// GitHub shows no more results of a run (`sarif-limits.md` of its documentation; it takes 25,000).
pub(super) const RESULTS: usize = 5_000;

/// More of one rule tell nobody anything; the last result then says how many there are.
pub(super) const PER_RULE: usize = 1_000;

/// The most findings a rule may show, so that all rules together, with one "more" for each that has more, stay within
/// [`RESULTS`].
pub(super) fn share(counts: &[usize]) -> usize {
    let total =
        |share: usize| -> usize { counts.iter().map(|count| (*count).min(share + usize::from(*count > share))).sum() };
    (0..=PER_RULE).rev().find(|share| total(*share) <= RESULTS).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        assert_eq!(share(&[]), PER_RULE);
        assert_eq!(share(&[3, 900, 1_000]), PER_RULE);
        assert_eq!(share(&[4_000, 2]), PER_RULE);
        assert_eq!(share(&[60_000; 5]), 999);
        assert_eq!(share(&[60_000; 100]), 49);
        assert_eq!(share(&[1; 4_999]), PER_RULE);
    }
}
