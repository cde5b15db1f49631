//! Which part of a line is shown, and where does the caret stand? The drawing is annotate-snippets', as rustc has it.

use super::paint::severity_style;
use crate::output::encode::source;
use crate::rule::Severity;
use crate::signal::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// No wider, whatever the terminal is: what is far from the caret explains nothing.
const WIDEST: usize = 120;

/// A line with the place marked, drawn in at most `width` columns.
pub(super) fn draw(line: &str, span: Span, severity: Severity, colour: bool, width: usize) -> Vec<String> {
    // Number, space, bar, space; and a caret may stand behind the last character.
    let gutter = span.line.to_string().len() + 4;
    let (text, mark) = window(line, span, width.min(WIDEST).saturating_sub(gutter).max(20));
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let style = severity_style(severity);
    let renderer = match colour {
        true => Renderer::styled().error(style).warning(style).note(style),
        false => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width.max(60));
    let snippet = Snippet::source(text)
        .line_start(usize::try_from(span.line).unwrap_or(1))
        .annotation(AnnotationKind::Primary.span(mark));
    let drawn = renderer.render(&[Group::with_level(level).element(snippet)]);
    // The empty line of the gutter above the excerpt parts it from a title, which is elsewhere here.
    drawn.lines().filter(|line| !is_empty_gutter(line)).map(str::to_owned).collect()
}

fn is_empty_gutter(line: &str) -> bool {
    let bare: String = anstyle_free(line);
    bare.trim() == "|"
}

/// The text without colours.
fn anstyle_free(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

/// The part of a line around a place that fits in `room` columns, encoded, and the bytes of it that are to be marked.
pub(in crate::output) fn window(line: &str, span: Span, room: usize) -> (String, std::ops::Range<usize>) {
    let column = |column: u32| usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    let at = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let start = at(column(span.column));
    let end = if span.end_line == span.line { at(column(span.end_column)).max(start) } else { line.len() };
    let part = |range: std::ops::Range<usize>| source(line.get(range).unwrap_or_default());
    let (before, marked, after) = (part(0..start), part(start..end), part(end..line.len()));
    let (before, after) = (before.trim_start(), after.trim_end());
    let marked = head(&marked, room);
    let left = room.saturating_sub(marked.width());
    // Half of what is left for each side, or more where the other side needs less.
    let before = tail(before, left.saturating_sub(after.width().min(left / 2)));
    let after = head(after, left.saturating_sub(before.width()));
    let mark = before.len()..before.len() + marked.len();
    (format!("{before}{marked}{after}"), mark)
}

/// The beginning that fits in `room` columns, with `…` where something is left out.
fn head(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let kept = keep(text.chars(), room);
    text.chars().take(kept).chain((room > 0).then_some('…')).collect()
}

/// The end that fits in `room` columns, with `…` where something is left out.
fn tail(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let kept = keep(text.chars().rev(), room);
    let skipped = text.chars().count() - kept;
    (room > 0).then_some('…').into_iter().chain(text.chars().skip(skipped)).collect()
}

/// How many characters fit beside an ellipsis.
fn keep(chars: impl Iterator<Item = char>, room: usize) -> usize {
    let mut width = 1;
    chars
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows() {
        let long = format!("{}MARK{}", "a".repeat(100), "b".repeat(100));
        let same = Span::on_line(1, 101, 105);
        for (line, span, room, text, marked) in [
            ("    x = 1", Span::on_line(1, 5, 6), 40, "x = 1", "x"),
            ("\tfür = 'grün'", Span::on_line(1, 8, 14), 40, "für = 'grün'", "'grün'"),
            (long.as_str(), same, 24, "…aaaaaaaaaMARKbbbbbbbbb…", "MARK"),
            ("short MARK", Span::on_line(1, 7, 11), 8, "…rt MARK", "MARK"),
            ("MARK then much more", Span::on_line(1, 1, 5), 10, "MARK then…", "MARK"),
            ("an endless mark", Span::on_line(1, 1, 16), 10, "an endles…", "an endles…"),
            ("樹木データ", Span::on_line(1, 3, 6), 40, "樹木データ", "データ"),
            ("a\u{1b}[2Jb", Span::on_line(1, 6, 7), 40, "a\\u{1b}[2Jb", "b"),
            ("beyond", Span::on_line(1, 90, 99), 40, "beyond", ""),
            ("over lines", Span { line: 1, column: 6, end_line: 3, end_column: 2 }, 40, "over lines", "lines"),
            ("", Span::on_line(1, 1, 1), 40, "", ""),
        ] {
            let (shown, mark) = window(line, span, room);
            assert_eq!(shown, text, "{line}");
            assert_eq!(&shown[mark], marked, "{line}");
            assert!(shown.width() <= room, "{line}");
        }
    }

    #[test]
    fn drawings() {
        let drawn = draw("  url = \"https://example.org\"", Span::on_line(56, 10, 29), Severity::Warning, false, 80);
        assert_eq!(drawn, ["56 | url = \"https://example.org\"", "   |        ^^^^^^^^^^^^^^^^^^^"]);
    }

    #[test]
    fn odd_lines_and_odd_places_are_drawn() {
        let long = "x é 樹 🌳\u{301} ".repeat(60);
        for line in [
            "",
            " ",
            "\t\t",
            "x",
            "樹木 データ",
            "👨\u{200d}👩\u{200d}👧",
            "e\u{301}\u{301}",
            "\u{1b}[2J\r",
            "| ^^^",
            &long,
        ] {
            for column in [0, 1, 2, 3, 5, 9, 200, u32::MAX] {
                for end in [0, 1, 2, 4, 10, 300, u32::MAX] {
                    for (number, colour, width) in [(1, false, 60), (u32::MAX, true, 80), (0, false, 1_000)] {
                        let span = Span::on_line(number, column, end);
                        let drawn = draw(line, span, Severity::Note, colour, width);
                        for drawn in &drawn {
                            let shown = anstyle_free(drawn);
                            assert!(shown.width() <= width, "{line:?} {span:?}: {shown}");
                            assert!(!shown.contains(|c: char| c.is_control()), "{line:?} {span:?}: {shown:?}");
                        }
                    }
                }
            }
        }
    }
}
