//! How does a viewer learn what was not judged, and what could not be looked at?

use super::artifact;
use super::result::integer;
use crate::output::encode::sarif_text;
use crate::output::encode::uri;
use crate::output::text::policy_line;
use crate::output::waived;
use crate::phrase::{Lang, Phrase};
use crate::report::{Report, Verdict};
use crate::repository::Loss;
use serde_sarif::sarif::{Location, Notification, PhysicalLocation, ReportingDescriptorReference};

/// More losses than this are counted instead of listed.
const LOSSES: usize = 1_000;

pub(super) fn all(report: &Report, lang: Lang) -> Vec<Notification> {
    let mut all: Vec<Notification> = report.losses.iter().take(LOSSES).map(|loss| lost(loss, lang)).collect();
    if let Some(more) = report.losses.len().checked_sub(LOSSES).filter(|more| *more > 0) {
        let why = Phrase::new(
            "{number} more things could not be looked at; the JSON report lists them all",
            "{number} weitere Dinge ließen sich nicht ansehen; der JSON-Bericht nennt alle",
        );
        all.push(note(&why.with("number", more.to_string()), "error", lang));
    }
    // A policy that did not count is what somebody may have meant to get through.
    all.extend(report.policy.as_ref().filter(|used| used.own_differs).map(|used| {
        let words = policy_line(used).message(lang);
        let mut message = Phrase::new("policy: ", "Richtlinie: ").message(lang);
        message.0.extend(words.0);
        Notification::builder().level("warning").message(&sarif_text(&message)).build()
    }));
    if report.left_out > 0 {
        let why =
            Phrase::new("files left out by the policy: {files}", "von der Richtlinie ausgelassene Dateien: {files}");
        all.push(note(&why.with("files", report.left_out.to_string()), "note", lang));
    }
    if let Some(sum) = waived::sum(report, lang) {
        all.push(Notification::builder().level("note").message(&sum).build());
    }
    for (index, outcome) in report.outcomes.iter().enumerate() {
        if let Verdict::Skipped(why) = &outcome.verdict {
            let mut skipped = note(why, "note", lang);
            let rule =
                ReportingDescriptorReference::builder().id(outcome.rule.id.as_str()).index(integer(index)).build();
            skipped.associated_rule = Some(rule);
            all.push(skipped);
        }
    }
    all
}

fn lost(loss: &Loss, lang: Lang) -> Notification {
    let why = match &loss.path {
        Some(path) => {
            let mut message = Phrase::new("{path}: ", "{path}: ").with("path", path).message(lang);
            message.0.extend(loss.why.message(lang).0);
            message
        }
        None => loss.why.message(lang),
    };
    let mut lost = Notification::builder().level("error").message(&sarif_text(&why)).build();
    lost.locations = loss.path.as_ref().and_then(uri).map(|uri| {
        let place = PhysicalLocation::builder().artifact_location(artifact(uri)).build();
        vec![Location::builder().physical_location(place).build()]
    });
    lost
}

fn note(why: &Phrase, level: &str, lang: Lang) -> Notification {
    Notification::builder().level(level).message(&sarif_text(&why.message(lang))).build()
}
