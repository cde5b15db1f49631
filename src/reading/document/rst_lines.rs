//! What is a line of reStructuredText, or a role in it?

use super::LinkBy;

/// What a role such as `:doc:` names things by.
pub(super) fn by_role(role: Option<&str>) -> LinkBy {
    match role.unwrap_or_default().trim_matches(':') {
        "doc" => LinkBy::Page,
        "download" => LinkBy::File,
        _ => LinkBy::Label,
    }
}

/// `:name: value`, the value.
pub(super) fn field(line: &str) -> Option<&str> {
    let (name, value) = line.trim_start().strip_prefix(':')?.split_once(": ")?;
    (!name.is_empty() && !name.contains(['`', ':'])).then_some(value)
}

/// The frame of a table: `+---+---+`, `=== ===`.
pub(super) fn is_border(line: &str) -> bool {
    line.len() >= 3 && line.starts_with(['+', '=', '-']) && line.chars().all(|c| matches!(c, '+' | '-' | '=' | ' '))
}
