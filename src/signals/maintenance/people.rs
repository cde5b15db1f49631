//! Who does the work?

use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::repository::Span;
use crate::signal::{Reading, Value};
use std::collections::BTreeMap;

/// The window of `recent-commits` and `main-share`.
pub(super) const LATELY: Span = Span::Months(24);

/// How many commits people have made in the last 24 months.
pub(super) fn recent_commits(readings: &Readings<'_>) -> Reading {
    let history = readings.repo.history("recent-commits")?;
    Ok(Value::from(history.commits.iter().filter(|commit| !commit.bot).count()))
}

/// Which percentage of the commits that people have made in the last 24 months one of them has made, rounded up.
pub(super) fn main_share(readings: &Readings<'_>) -> Reading {
    let history = readings.repo.history("main-share")?;
    let mut made: BTreeMap<usize, usize> = BTreeMap::new();
    for commit in history.commits.iter().filter(|commit| !commit.bot) {
        *made.entry(commit.person).or_default() += 1;
    }
    let most = made.values().max().copied().unwrap_or_default();
    share(most, made.values().sum()).map(Value::from).ok_or_else(|| {
        Phrase::new(
            "there is no commit by a person in the last 24 months",
            "in den letzten 24 Monaten gibt es keinen Commit eines Menschen",
        )
    })
}

/// A part as a percentage of the whole, rounded up, so that it is over 90 exactly where the part is over nine tenths.
fn share(part: usize, whole: usize) -> Option<usize> {
    (whole > 0).then(|| part.saturating_mul(100).div_ceil(whole))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares() {
        for (part, whole, percent) in [
            (0, 0, None),
            (0, 5, Some(0)),
            (18, 20, Some(90)),
            (19, 20, Some(95)),
            (181, 200, Some(91)),
            (5, 5, Some(100)),
        ] {
            assert_eq!(share(part, whole), percent, "{part} of {whole}");
        }
    }
}
