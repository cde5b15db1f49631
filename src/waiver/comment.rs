//! What is wrong with a waiver in a comment, and which rules is it about?

use super::entry::{Entry, Scope};
use crate::phrase::Phrase;
use crate::reading::waiver_comment::{Flaw, WaiverComment};
use crate::rule::nearest;
use crate::signal::Place;
use crate::untrusted::Untrusted;
use std::collections::BTreeSet;

/// What a waiver is called that names no rule.
const NAMELESS: &str = "civiclint: ignore";
/// The chapter whose findings are about waivers.
const OWN: &str = "waivers/";

/// The waivers of a comment: one for each rule, or one that says what is wrong with all of it.
pub(super) fn entries(comment: &WaiverComment, known: &[String]) -> Vec<Entry> {
    let entry = |rule: Untrusted, flaw: Option<Phrase>| Entry {
        rule,
        scope: Scope::Comment { path: comment.path.clone(), covers: comment.covers },
        reason: comment.reason.clone(),
        until: comment.until,
        place: Place::span(&comment.path, comment.span),
        flaw,
        used: false,
    };
    if let Some(flaw) = &comment.flaw {
        let rules: Vec<&[u8]> = comment.rules.iter().map(Untrusted::as_bytes).collect();
        let called = if rules.is_empty() { Untrusted::from(NAMELESS) } else { Untrusted::new(rules.join(&b", "[..])) };
        return vec![entry(called, Some(said(flaw)))];
    }
    let rules: BTreeSet<&Untrusted> = comment.rules.iter().collect();
    rules.into_iter().map(|rule| entry(rule.clone(), unknown(rule, known))).collect()
}

fn said(flaw: &Flaw) -> Phrase {
    match flaw {
        Flaw::Word(word) => Phrase::new(
            "`{word}` is no word for a waiver; write `ignore` or `ignore-file`",
            "`{word}` ist kein Wort für eine Ausnahme; schreiben Sie `ignore` oder `ignore-file`",
        )
        .with("word", word.clone()),
        Flaw::NoRule => Phrase::new(
            "it names no rule; write `civiclint: ignore RULE -- REASON`",
            "sie nennt keine Regel; schreiben Sie `civiclint: ignore REGEL -- GRUND`",
        ),
        Flaw::NoReason => Phrase::new(
            "it gives no reason; write one behind ` -- `",
            "der Grund fehlt; schreiben Sie ihn hinter ` -- `",
        ),
        Flaw::Date(date) => Phrase::new(
            "`{date}` is no date; write `until YYYY-MM-DD` before ` -- `",
            "`{date}` ist kein Datum; schreiben Sie `until JJJJ-MM-TT` vor ` -- `",
        )
        .with("date", date.clone()),
    }
}

/// What is wrong with the name of a rule.
fn unknown(rule: &Untrusted, known: &[String]) -> Option<Phrase> {
    let name = rule.lossy();
    if name.starts_with(OWN) {
        return Some(Phrase::new(
            "findings about waivers cannot be waived; mend the waiver",
            "Befunde über Ausnahmen lassen sich nicht ausnehmen; berichtigen Sie die Ausnahme",
        ));
    }
    if known.iter().any(|id| *id == name) {
        return None;
    }
    let chapter = name.trim_end_matches(['*', '/']);
    let of_chapter = |id: &String| id.strip_prefix(chapter).is_some_and(|rest| rest.starts_with('/'));
    let phrase = if !chapter.is_empty() && known.iter().any(of_chapter) {
        Phrase::new(
            "`{rule}` is a chapter; name the rule that is waived",
            "`{rule}` ist ein Kapitel; nennen Sie die Regel, um die es geht",
        )
    } else if let Some(near) = nearest(&name, known.iter().map(String::as_str)) {
        Phrase::new(
            "there is no rule `{rule}`; did you mean `{near}`?",
            "es gibt keine Regel `{rule}`; meinten Sie `{near}`?",
        )
        .with("near", near)
    } else {
        Phrase::new(
            "there is no rule `{rule}` (`civiclint rules` lists them all)",
            "es gibt keine Regel `{rule}` (`civiclint rules` zeigt alle)",
        )
    };
    Some(phrase.with("rule", rule.clone()))
}
