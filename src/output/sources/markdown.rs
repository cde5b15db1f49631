//! How do the sources become a section for a README?

use super::{Row, Sources};
use crate::output::encode::{guard, markdown_address, markdown_cell, markdown_code};
use crate::phrase::{Lang, Words};
use crate::untrusted::Untrusted;

pub(super) fn render(sources: &Sources, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !sources.sources.is_empty() {
        let headings = Words::new(
            "| Source | Address | Kind | Licence or terms | Used for | Used in |\n|---|---|---|---|---|---|",
            "| Quelle | Adresse | Art | Lizenz oder Nutzungsbedingungen | Wofür | Benutzt in |\n|---|---|---|---|---|---|",
        );
        let lines = sources.sources.iter().map(|row| source(row, lang));
        parts.push(section(&Words::new("Data sources", "Datenquellen"), &headings, lines, lang));
    }
    if !sources.models.is_empty() {
        let headings = Words::new(
            "| Model | Licence or terms | Used for | Used in |\n|---|---|---|---|",
            "| Modell | Lizenz oder Nutzungsbedingungen | Wofür | Benutzt in |\n|---|---|---|---|",
        );
        let lines =
            sources.models.iter().map(|row| format!("| {} |  |  | {} |", markdown_code(&row.called), used(row)));
        parts.push(section(&Words::new("Models", "Modelle"), &headings, lines, lang));
    }
    if parts.is_empty() {
        let none = Words::new(
            "The code reads no data from elsewhere and uses no trained model, as far as `civiclint` can tell.",
            "Der Code liest keine Daten von anderswo und benutzt kein trainiertes Modell, soweit `civiclint` es erkennt.",
        );
        parts.push(format!("{}\n", none.get(lang)));
    }
    guard(&parts.join("\n"))
}

fn section(title: &Words, headings: &Words, lines: impl Iterator<Item = String>, lang: Lang) -> String {
    let mut all = vec![format!("## {}", title.get(lang)), String::new(), headings.get(lang).to_owned()];
    all.extend(lines);
    all.join("\n") + "\n"
}

fn source(row: &Row, lang: Lang) -> String {
    let name = row.publisher.map_or_else(|| markdown_cell(&row.called), str::to_owned);
    let address = if row.address.is_empty() {
        markdown_code(&row.called)
    } else {
        markdown_address(&Untrusted::from(row.address.as_str()))
    };
    let terms = match (row.licence, row.terms, row.named_in.first()) {
        (Some(licence), ..) => licence.to_owned(),
        (None, Some(true), Some(place)) => {
            format!("{} {}", Words::new("see", "siehe").get(lang), markdown_code(place))
        }
        _ => String::new(),
    };
    format!("| {name} | {address} | {} | {terms} |  | {} |", row.kind_in_words().get(lang), used(row))
}

/// The first use, and how many more there are.
fn used(row: &Row) -> String {
    let place = markdown_code(&row.first_use());
    match row.uses {
        ..=1 => place,
        uses => format!("{place} (+ {})", uses - 1),
    }
}
