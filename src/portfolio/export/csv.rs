//! How do repositories and findings become comma-separated values?

use crate::output::encode::{csv_field, guard};
use crate::phrase::Lang;
use crate::portfolio::summary::{Licence, Row};
use crate::portfolio::{Record, RepositoryResult};
use crate::untrusted::Untrusted;

/// The headings of the table of repositories; new ones are only added at the end.
const REPOSITORIES: [&str; 27] = [
    "name",
    "owner",
    "repo",
    "status",
    "why",
    "level",
    "next_level",
    "rules_to_next_level",
    "findings_to_next_level",
    "in_the_way",
    "errors",
    "warnings",
    "notes",
    "ok",
    "skipped",
    "waived",
    "losses",
    "kind",
    "licence",
    "licence_known",
    "upkeep",
    "undocumented_sources",
    "undocumented_models",
    "head",
    "as_of",
    "since",
    "key",
];

/// The headings of the table of findings; new ones are only added at the end.
const FINDINGS: [&str; 11] =
    ["name", "owner", "repo", "rule", "level", "severity", "path", "line", "called", "message", "fingerprint"];

/// The line of headings of the table of repositories.
pub fn head() -> String {
    line(REPOSITORIES.map(str::to_owned))
}

/// A line of the table of repositories.
pub fn row(row: &Row, lang: Lang) -> String {
    let record = &row.record;
    let why = record.why.as_ref().map(|why| lang.pick(&why.en, &why.de));
    let next = row.next.as_ref();
    let counts = &record.counts;
    line([
        record.name.clone(),
        text(record.owner.as_ref()),
        record.repo.clone(),
        record.status.name().to_owned(),
        text(why),
        text(record.level.as_ref()),
        next.map(|next| next.level.name().to_owned()).unwrap_or_default(),
        next.map(|next| next.rules.len().to_string()).unwrap_or_default(),
        next.map(|next| next.findings.to_string()).unwrap_or_default(),
        next.map(|next| next.rules.join(" ")).unwrap_or_default(),
        counts.errors.to_string(),
        counts.warnings.to_string(),
        counts.notes.to_string(),
        counts.ok.to_string(),
        counts.skipped.to_string(),
        counts.waived.to_string(),
        counts.losses.to_string(),
        text(record.kind.as_ref()),
        text(record.licence.as_ref()),
        known(&row.licence).to_owned(),
        row.upkeep.name().to_owned(),
        row.sources.to_string(),
        row.models.to_string(),
        text(record.head.as_ref()),
        record.as_of.clone(),
        text(record.since.as_ref()),
        record.key.clone(),
    ])
}

/// The line of headings of the table of findings.
pub fn findings_head() -> String {
    line(FINDINGS.map(str::to_owned))
}

/// The lines of the findings of one repository: those that are written down one by one.
pub fn findings(record: &Record, result: &RepositoryResult, lang: Lang) -> String {
    let mut out = String::new();
    for rule in &result.rules {
        for finding in &rule.findings {
            out.push_str(&line([
                record.name.clone(),
                text(record.owner.as_ref()),
                record.repo.clone(),
                rule.id.clone(),
                rule.level.clone(),
                rule.severity.clone(),
                text(finding.path.as_ref()),
                finding.line.map(|line| line.to_string()).unwrap_or_default(),
                finding.called.clone(),
                lang.pick(&finding.message.en, &finding.message.de).clone(),
                finding.fingerprint.clone(),
            ]));
        }
    }
    out
}

/// The word for what is known of a licence.
pub(super) fn known(licence: &Licence) -> &'static str {
    match licence {
        Licence::Known(_) => "known",
        Licence::Absent => "absent",
        Licence::Unclear => "unclear",
        Licence::NotAsked => "not-asked",
    }
}

fn text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn line<const N: usize>(fields: [String; N]) -> String {
    let fields = fields.map(|field| csv_field(&Untrusted::from(field)));
    guard(&(fields.join(",") + "\r\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::stored::tests::record;
    use crate::portfolio::{Both, Status};

    #[test]
    fn a_line_has_as_many_fields_as_headings_and_no_formula() {
        let mut hostile = record(3, Status::Timeout, None);
        hostile.name = "=1+1".to_owned();
        hostile.owner = Some("a, \"b\"\r\n::error::x".to_owned());
        hostile.why = Some(Both { en: "too long".to_owned(), de: "-zu lang".to_owned() });
        let text = head() + &row(&Row::of(&hostile, None), Lang::De);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 3, "{text}");
        let parsed: Vec<::csv::StringRecord> =
            ::csv::Reader::from_reader(text.as_bytes()).into_records().map(|line| line.expect("a line")).collect();
        assert_eq!(parsed[0].len(), REPOSITORIES.len());
        assert_eq!(&parsed[0][0], "'=1+1");
        assert_eq!(&parsed[0][1], "a, \"b\"\\r\\n::error::x");
        assert_eq!((&parsed[0][3], &parsed[0][4], &parsed[0][19]), ("timeout", "'-zu lang", "not-asked"));
    }
}
