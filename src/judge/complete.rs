//! What can be said of findings only once all of them are there? Their order, excerpts, hashes and fingerprints.

use crate::reading::Readings;
use crate::report::{Finding, Outcome, Verdict, line_hashes};
use crate::repository::{RepoPath, Repository, decode};
use crate::untrusted::Untrusted;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The longest line that is quoted, in bytes; longer ones are no source that a person would read.
const LONGEST_EXCERPT: usize = 2_000;

/// What is known of the lines of one file that findings point at.
#[derive(Default)]
struct Lines {
    excerpts: BTreeMap<u32, Untrusted>,
    hashes: BTreeMap<u32, String>,
}

/// Sorts the findings of each rule and completes them. Each file is gone through once, however many point into it.
pub(super) fn complete(outcomes: &mut [Outcome], readings: &Readings<'_>) {
    let lines = lines(outcomes, readings);
    for outcome in outcomes {
        let Verdict::Findings(findings) = &mut outcome.verdict else { continue };
        findings.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
        let mut equals: BTreeMap<(Option<RepoPath>, Untrusted), usize> = BTreeMap::new();
        for finding in findings {
            let quotable = finding.excerpt.take().is_some();
            if let (Some(path), Some(span)) = (&finding.place.path, finding.place.span)
                && let Some(lines) = lines.get(path)
            {
                finding.excerpt = lines.excerpts.get(&span.line).filter(|_| quotable).cloned();
                finding.line_hash = lines.hashes.get(&span.line).cloned();
            }
            finding.stands_for = finding.place.path.as_ref().and_then(|path| below(path, readings.repo));
            let number = equals.entry((finding.place.path.clone(), finding.called.clone())).or_default();
            *number += 1;
            finding.fingerprint = fingerprint(&outcome.rule.id, finding, *number);
        }
    }
}

/// The first file of a folder; `None` where the path is no folder.
fn below(path: &RepoPath, repo: &Repository) -> Option<RepoPath> {
    let folder = [path.as_bytes(), b"/"].concat();
    let at = repo.files().partition_point(|file| file.path.as_bytes() < folder.as_slice());
    repo.files().get(at).map(|file| file.path.clone()).filter(|file| file.as_bytes().starts_with(&folder))
}

fn lines(outcomes: &[Outcome], readings: &Readings<'_>) -> BTreeMap<RepoPath, Lines> {
    let mut wanted: BTreeMap<&RepoPath, BTreeSet<u32>> = BTreeMap::new();
    for finding in outcomes.iter().flat_map(|outcome| outcome.verdict.findings()) {
        if let (Some(path), Some(span)) = (&finding.place.path, finding.place.span) {
            wanted.entry(path).or_default().insert(span.line);
        }
    }
    let read = |(path, wanted): (&RepoPath, BTreeSet<u32>)| {
        let mut lines = Lines::default();
        if let Some(file) = readings.repo.file(path) {
            // GitHub hashes the bytes as UTF-8 whatever they are, so that decoded text would not do.
            if let Ok(bytes) = readings.repo.read(file) {
                lines.hashes = line_hashes(&bytes, &wanted);
                lines.excerpts = decode(bytes).map(|text| excerpts(&text, &wanted)).unwrap_or_default();
            }
        }
        (path.clone(), lines)
    };
    wanted.into_par_iter().map(read).collect()
}

fn excerpts(text: &str, wanted: &BTreeSet<u32>) -> BTreeMap<u32, Untrusted> {
    let Some(last) = wanted.last() else { return BTreeMap::new() };
    (1..=*last)
        .zip(text.split('\n'))
        .filter(|(number, line)| line.len() <= LONGEST_EXCERPT && wanted.contains(number))
        .map(|(number, line)| (number, Untrusted::from(line.trim_end_matches('\r'))))
        .collect()
}

/// Stable under moved lines: rule, path, name, and the number among those that have all three in common.
fn fingerprint(rule: &str, finding: &Finding, number: usize) -> String {
    let path = finding.place.path.as_ref().map(RepoPath::as_bytes).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [rule.as_bytes(), path, finding.called.as_bytes(), number.to_string().as_bytes()] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_lines_without_their_ends() {
        let long = "x".repeat(LONGEST_EXCERPT + 1);
        let text = format!("one\r\ntwo\n{long}\nfour");
        let wanted = BTreeSet::from([1, 3, 4, 9]);
        let expected = BTreeMap::from([(1, Untrusted::from("one")), (4, Untrusted::from("four"))]);
        assert_eq!(excerpts(&text, &wanted), expected);
        assert_eq!(excerpts(&text, &BTreeSet::new()), BTreeMap::new());
    }
}
