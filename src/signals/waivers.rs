//! Is what somebody accepted still accepted for a reason?
//!
//! What is met here are the waivers in comments, as facts. Whether they name a rule that there is, and whether they
//! match a finding, is known only once the rules are judged: [`crate::waiver`] then says the same of them, and of those
//! in the policy.

use super::Room;
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::waiver_comment::WaiverComment;
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};
use crate::untrusted::Untrusted;

pub(super) const ROOM: Room = Room { name: "waivers", history: &[], whole: &[], subjects: &[SUBJECT] };

const fn asks(name: &'static str, kind: Kind, en: &'static str, de: &'static str) -> Signal {
    Signal { name, kind, asks: Words::new(en, de) }
}

const SUBJECT: Subject = Subject {
    name: "waiver",
    is: Words::new(
        "entry of the policy, or comment next to a finding, that says why a finding does not count",
        "Eintrag der Richtlinie oder Kommentar neben einem Befund, der sagt, warum ein Befund nicht zählt",
    ),
    none: Words::new("there are no waivers", "es gibt keine Ausnahmen"),
    signals: &[
        asks(
            "by",
            Kind::Text,
            "Does it stand in the `policy` or next to the `line`?",
            "Steht sie in der Richtlinie (`policy`) oder neben der Zeile (`line`)?",
        ),
        asks(
            "complete",
            Kind::YesNo,
            "Does it name a rule that there is, and a reason?",
            "Nennt sie eine Regel, die es gibt, und einen Grund?",
        ),
        asks("lacks", Kind::Text, "What is missing, or wrong?", "Was fehlt, oder was ist falsch?"),
        asks(
            "until",
            Kind::Text,
            "On which day does it hold for the last time?",
            "An welchem Tag gilt sie zum letzten Mal?",
        ),
        asks("expired", Kind::YesNo, "Is that day over?", "Ist dieser Tag vorbei?"),
        asks("reason", Kind::Text, "Which reason does it give?", "Welchen Grund nennt sie?"),
        asks("used", Kind::YesNo, "Does it match a finding?", "Trifft sie einen Befund?"),
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let as_of = readings.repo.as_of();
    readings.waiver_comments().iter().map(|comment| observe(comment, as_of)).collect()
}

fn observe(comment: &WaiverComment, as_of: jiff::civil::Date) -> Observation {
    let rules: Vec<&[u8]> = comment.rules.iter().map(Untrusted::as_bytes).collect();
    let judged = || Phrase::new("only known once the rules are judged", "erst bekannt, wenn die Regeln beurteilt sind");
    let no_end = || Phrase::new("it has no end", "sie gilt unbefristet");
    Observation::new(Place::span(&comment.path, comment.span), rules.join(&b", "[..]).as_slice())
        .with("by", "line")
        .with_reading("complete", comment.flaw.as_ref().map(|_| Value::YesNo(false)).ok_or_else(judged))
        .with_reading("lacks", Err(judged()))
        .with_reading("until", comment.until.map(|until| Value::from(until.to_string().as_str())).ok_or_else(no_end))
        .with("expired", comment.until.is_some_and(|until| until < as_of))
        .with("reason", comment.reason.clone())
        .with_reading("used", Err(judged()))
}
