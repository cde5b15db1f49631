//! Which level a repository reaches.

use crate::sample::{finding, outcome, plain_rule};
use civiclint::phrase::Phrase;
use civiclint::report::{Outcome, Report, Verdict};
use civiclint::rule::{Level, Severity};
use civiclint::signal::Place;

fn found(level: Level, severity: Severity) -> Outcome {
    outcome(plain_rule("a/found", level, severity), Verdict::Findings(vec![finding(Place::default(), "")]))
}

fn ok(level: Level) -> Outcome {
    outcome(plain_rule("a/ok", level, Severity::Error), Verdict::Ok)
}

fn skipped(level: Level) -> Outcome {
    outcome(plain_rule("a/skipped", level, Severity::Error), Verdict::Skipped(Phrase::new("so", "so")))
}

#[test]
fn levels() {
    use Level::{Publishable, Reusable, Sustained};
    use Severity::{Error, Note, Warning};
    for (outcomes, level) in [
        (vec![], None),
        (vec![ok(Publishable), ok(Reusable), ok(Sustained)], Some(Sustained)),
        (vec![ok(Publishable), found(Reusable, Warning), ok(Sustained)], Some(Publishable)),
        (vec![found(Publishable, Error), ok(Reusable), ok(Sustained)], None),
        // Notes never block, skips neither.
        (vec![found(Publishable, Note), skipped(Reusable), found(Sustained, Warning)], Some(Reusable)),
        // What was not asked is not reached.
        (vec![ok(Publishable)], Some(Publishable)),
        (vec![ok(Reusable), ok(Sustained)], None),
        (vec![ok(Publishable), ok(Sustained)], Some(Publishable)),
    ] {
        assert_eq!(Report::level_of(&outcomes), level, "{outcomes:?}");
    }
}
