//! What does a text without markup say, and a file of metadata?

use super::ProseKind;
use super::builder::Builder;

/// Reads plain text: paragraphs between blank lines, lists, and headings that are underlined, marked or in capitals.
pub(super) fn read(builder: &mut Builder, text: &str) {
    let lines = with_offsets(text);
    let mut at = 0;
    while let Some((offset, line)) = lines.get(at).copied() {
        at += 1;
        let said = line.trim();
        let next = lines.get(at).map_or("", |(_, next)| next.trim_end());
        if said.is_empty() || is_rule(said) {
            builder.end_block();
        } else if is_rule(next) && !line.starts_with([' ', '\t']) && next.len() + 3 >= said.chars().count() {
            let level = if next.starts_with(['=', '#', '*']) { 1 } else { 2 };
            builder.heading(level, said, offset);
            at += 1;
        } else if let Some((level, heading)) = marked_heading(line) {
            builder.heading(level, heading, offset);
        } else if is_capitals(said) && alone(&lines, at) {
            builder.heading(2, said.trim_end_matches(':'), offset);
        } else if let Some(item) = list_item(line) {
            builder.enter(ProseKind::ListItem);
            builder.text(item, offset + (line.len() - item.len()));
            while let Some((offset, more)) = lines.get(at).filter(|(_, more)| goes_on(more)) {
                builder.soft_break();
                builder.text(more.trim(), *offset);
                at += 1;
            }
            builder.leave();
        } else if line.starts_with("    ") || line.starts_with('\t') {
            builder.start_code("", offset);
            builder.text(line, offset);
            while let Some((offset, more)) =
                lines.get(at).filter(|(_, more)| more.starts_with("    ") || more.starts_with('\t'))
            {
                builder.soft_break();
                builder.text(more, *offset);
                at += 1;
            }
            builder.end_code();
        } else {
            builder.text(said, offset);
            builder.soft_break();
        }
    }
    builder.end_block();
}

/// Reads metadata line by line: the values of keys are what is said; nesting does not matter here.
pub(super) fn fields(builder: &mut Builder, text: &str, base: usize) {
    for (offset, line) in with_offsets(text) {
        let said = line.trim().trim_start_matches("- ").trim_end_matches(',');
        // JSON, YAML and TOML alike: what follows the first `:` or `=` of a line that starts with a key.
        let key_end = said.find([':', '=']).filter(|end| {
            said.get(..*end).is_some_and(|key| {
                key.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'' | '@' | '.' | '$'))
            }) && !said.get(*end..).is_some_and(|rest| rest.starts_with("://"))
        });
        let value = key_end.and_then(|end| said.get(end + 1..)).unwrap_or(said);
        let value = value.trim().trim_matches(['"', '\'', '[', ']', '{', '}', '|', '>', '#', ' ', '-']);
        if !value.is_empty() {
            let start = value.as_ptr() as usize - line.as_ptr() as usize;
            builder.enter(ProseKind::Field);
            builder.text(value, base + offset + start);
            builder.leave();
        }
    }
}

/// The lines with their offsets, without line ends.
pub(super) fn with_offsets(text: &str) -> Vec<(usize, &str)> {
    let mut offset = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = offset;
            offset += line.len();
            (start, line.trim_end_matches(['\n', '\r']))
        })
        .collect()
}

/// A line of nothing but the same sign, as underlines and rules are.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let mut letters = line.chars();
    let first = letters.next().unwrap_or(' ');
    line.len() >= 3 && first.is_ascii_punctuation() && letters.all(|letter| letter == first)
}

/// What follows the sign of a list item.
pub(super) fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['-', '*', '+', '•', '·']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).filter(|_| (1..=3).contains(&digits))?;
    let rest = rest.strip_prefix(['.', ')'])?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// Whether a line goes on with the list item above it.
fn goes_on(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty() && list_item(line).is_none()
}

/// `# x`, `= x =`, `* x` of Org, `h1. x` of Textile.
fn marked_heading(line: &str) -> Option<(u8, &str)> {
    if let Some(rest) = line.strip_prefix('h') {
        let level = rest.bytes().next().filter(u8::is_ascii_digit)? - b'0';
        return Some((level, rest.get(1..)?.strip_prefix(". ")?.trim()));
    }
    let sign = line.chars().next().filter(|sign| matches!(sign, '#' | '='))?;
    let count = line.chars().take_while(|letter| *letter == sign).count();
    let rest = line.get(count..)?.strip_prefix(' ')?.trim_end_matches(sign).trim();
    (count <= 6 && !rest.is_empty()).then_some((count as u8, rest))
}

/// A short line in capitals with at least four letters.
fn is_capitals(line: &str) -> bool {
    line.len() <= 60
        && line.chars().filter(|letter| letter.is_uppercase()).count() >= 4
        && !line.chars().any(char::is_lowercase)
}

/// Whether the line before `at` stands between blank lines or before text, not in the middle of a paragraph.
fn alone(lines: &[(usize, &str)], at: usize) -> bool {
    at < 2 || lines.get(at - 2).is_none_or(|(_, line)| line.trim().is_empty())
}
