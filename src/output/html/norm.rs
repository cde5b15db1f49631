//! What is known of the requirements of the norm that the policy names?

use super::flow::{Flow, Room, message, own};
use crate::phrase::Lang;
use crate::report::Report;
use crate::report::norm::NormReport;

/// As many bytes of reasons are shown; they may hold text from the repository.
const BYTES: usize = 200_000;

/// A norm and its requirements.
pub(super) struct Section {
    pub(super) name: String,
    pub(super) sums: String,
    pub(super) is_not: &'static str,
    pub(super) rows: Vec<Row>,
}

/// A requirement.
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) text: &'static str,
    pub(super) level: Option<&'static str>,
    pub(super) standing: &'static str,
    pub(super) why: Flow,
}

/// The section; `None` where no norm is named.
pub(super) fn section(report: &Report, lang: Lang) -> Option<Section> {
    let norm = report.norm.as_ref()?;
    let mut room = Room(BYTES);
    let row = |row: &crate::report::norm::Row| {
        let why = message(&row.reason(lang));
        Row {
            id: &row.requirement.id,
            text: row.requirement.says(lang),
            level: row.requirement.level.map(|level| level.title(lang)),
            standing: row.standing.title(lang),
            why: if room.take([&why]) { why } else { own("…") },
        }
    };
    Some(Section {
        name: norm.name(lang),
        sums: norm.sums_in_words(lang),
        is_not: NormReport::is_not(lang),
        rows: norm.rows.iter().map(row).collect(),
    })
}
