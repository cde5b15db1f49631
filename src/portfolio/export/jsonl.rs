//! How does a repository become a line of JSON?

use super::csv::known;
use crate::output::encode::{json_guard, json_value};
use crate::portfolio::Both;
use crate::portfolio::summary::Row;
use crate::untrusted::Untrusted;
use serde_json::{Value, json};

/// A repository in one line: its record without what only its run knows (times, memory), and what follows from it.
pub fn row(row: &Row) -> String {
    json_guard(&value(row).to_string()) + "\n"
}

/// A repository as JSON.
pub(super) fn value(row: &Row) -> Value {
    let record = &row.record;
    let why = |why: &Both| json!({"en": text(&why.en), "de": text(&why.de)});
    let next = row.next.as_ref().map(|next| {
        let rules: Vec<String> = next.rules.iter().map(|id| text(id)).collect();
        json!({"level": next.level.name(), "rules": rules, "findings": next.findings})
    });
    json!({
        "repo": text(&record.repo),
        "key": text(&record.key),
        "name": text(&record.name),
        "owner": record.owner.as_deref().map(text),
        "head": record.head.as_deref().map(text),
        "status": record.status.name(),
        "why": record.why.as_ref().map(why),
        "level": row.level.map(|level| level.name()),
        "next": next,
        "counts": record.counts,
        "kind": record.kind.as_deref().map(text),
        "licence": record.licence.as_deref().map(text),
        "licence_known": known(&row.licence),
        "upkeep": row.upkeep.name(),
        "undocumented_sources": row.sources,
        "undocumented_models": row.models,
        "as_of": text(&record.as_of),
        "since": record.since.as_deref().map(text),
    })
}

/// Foreign text; whatever wrote the journal, nothing in it steers.
pub(super) fn text(text: &str) -> String {
    json_value(&Untrusted::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::Status;
    use crate::portfolio::stored::tests::record;

    #[test]
    fn a_repository_is_one_line_that_steers_nothing() {
        let mut hostile = record(0, Status::Ok, Some("reusable"));
        hostile.name = "a\n##[error]\u{202e}".to_owned();
        let line = row(&Row::of(&hostile, None));
        assert_eq!(line.matches('\n').count(), 1);
        assert!(!line.contains("##[") && !line.contains('\u{202e}'), "{line}");
        let parsed: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!((&parsed["level"], &parsed["status"]), (&json!("reusable"), &json!("ok")));
        assert!(parsed.get("wall_s").is_none());
    }
}
