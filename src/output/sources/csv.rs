//! How do the sources become comma-separated values?

use super::{Row, Sources};
use crate::output::encode::{csv_field, guard};
use crate::untrusted::Untrusted;

/// The headings; new ones are only added at the end.
const HEADINGS: &[&str] = &[
    "type",
    "source",
    "publisher",
    "kind",
    "address",
    "first_use",
    "uses",
    "documented",
    "named_in",
    "terms",
    "licence_of_publisher",
    "unencrypted",
    "moving",
    "needs_key",
];

pub(super) fn render(sources: &Sources) -> String {
    let mut lines = vec![HEADINGS.join(",")];
    lines.extend(sources.sources.iter().map(|row| line("source", row)));
    lines.extend(sources.models.iter().map(|row| line("model", row)));
    guard(&(lines.join("\r\n") + "\r\n"))
}

fn line(sort: &str, row: &Row) -> String {
    let yes = |yes: Option<bool>| match yes {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let named: Vec<String> = row.named_in.iter().map(|place| place.lossy().into_owned()).collect();
    let fields = [
        sort.to_owned(),
        csv_field(&row.called),
        csv_field(&Untrusted::from(row.publisher.unwrap_or_default())),
        csv_field(&Untrusted::from(row.kind.as_str())),
        csv_field(&Untrusted::from(row.address.as_str())),
        csv_field(&row.first_use()),
        row.uses.to_string(),
        yes(row.documented).to_owned(),
        csv_field(&Untrusted::from(named.join("; "))),
        yes(row.terms).to_owned(),
        row.licence.unwrap_or_default().to_owned(),
        yes(Some(row.insecure)).to_owned(),
        yes(Some(row.moving)).to_owned(),
        yes(Some(row.keyed)).to_owned(),
    ];
    fields.join(",")
}
