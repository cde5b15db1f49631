//! The requirements of a norm as a table in Markdown, as long as there is room.

use crate::output::encode::{markdown_message, plain};
use crate::phrase::Lang;
use crate::report::norm::{NormReport, Row, Standing};

/// The section, in at most `room` bytes where that is possible: at first the rows out of reach become lists of ids,
/// then the table goes, and the sums remain.
pub(in crate::output) fn section(report: &NormReport, lang: Lang, room: usize) -> String {
    let head = head(report, lang);
    let everything = format!("{head}{}", table(report, lang, |_| true));
    if everything.len() <= room {
        return everything;
    }
    let within_reach = |row: &Row| !matches!(row.standing, Standing::OutOfReach(_));
    let shortened = format!("{head}{}{}", table(report, lang, within_reach), out_of_reach(report, lang));
    if shortened.len() <= room {
        return shortened;
    }
    let words = lang.pick(
        "There is no room for the table here; the JSON report lists every requirement.",
        "Für die Tabelle ist hier kein Platz; der JSON-Bericht nennt jede Anforderung.",
    );
    format!("{head}{words}\n\n")
}

fn head(report: &NormReport, lang: Lang) -> String {
    format!("### {}\n\n{}.\n\n{}\n\n", plain(&report.name(lang)), report.sums_in_words(lang), NormReport::is_not(lang),)
}

fn table(report: &NormReport, lang: Lang, wanted: impl Fn(&Row) -> bool) -> String {
    let rows: Vec<&Row> = report.rows.iter().filter(|row| wanted(row)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let levels = rows.iter().any(|row| row.requirement.level.is_some());
    let mut columns = vec![lang.pick("Requirement", "Anforderung")];
    if levels {
        columns.push(lang.pick("Binding", "Verbindlich"));
    }
    columns.extend([lang.pick("Standing", "Stand"), lang.pick("Why", "Warum")]);
    let mut out = format!("| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len()));
    for row in rows {
        let level = row.requirement.level.map_or("", |level| level.title(lang));
        let level = if levels { format!(" {level} |") } else { String::new() };
        out.push_str(&format!(
            "| `{}` {} |{level} {} | {} |\n",
            row.requirement.id,
            plain(row.requirement.says(lang)),
            row.standing.title(lang),
            cell(&markdown_message(&row.reason(lang))),
        ));
    }
    out.push('\n');
    out
}

/// A cell of a table: no bar may end it, and those that are escaped stay so.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

fn out_of_reach(report: &NormReport, lang: Lang) -> String {
    let groups = report.out_of_reach();
    if groups.is_empty() {
        return String::new();
    }
    let mut out = format!("{}:\n\n", lang.pick("Out of reach", "Außer Reichweite"));
    for (beyond, ids) in groups {
        let ids: Vec<String> = ids.into_iter().map(|id| format!("`{id}`")).collect();
        out.push_str(&format!("- {}: {}\n", beyond.why(lang), ids.join(", ")));
    }
    out.push('\n');
    out
}
