//! On which line, and in which column, is a byte of a text?

use crate::place::Span;
use std::ops::Range;

/// So many bytes lie between two places whose column is kept; bounds the work on a file of one endless line.
const STEP: usize = 1024;

/// The lines of a text, for turning byte offsets into [`Span`]s without reading the text again each time.
#[derive(Clone, Debug)]
pub struct Lines {
    /// offset of the first byte of every line
    starts: Vec<usize>,
    /// characters from the beginning of the text up to every multiple of [`STEP`]
    marks: Vec<usize>,
}

impl Lines {
    /// Reads the text once. Lines end with LF; a CR before it belongs to the line.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut marks = vec![0];
        let mut characters = 0;
        for block in text.as_bytes().chunks(STEP) {
            characters += count(block);
            marks.push(characters);
        }
        Self { starts, marks }
    }

    /// Line and column (from 1, in characters) of the byte `offset` of the same text.
    pub fn place(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.characters(text, offset).saturating_sub(self.characters(text, start)) + 1;
        (small(line), small(column))
    }

    /// The bytes of a line (from 1), its end included.
    pub fn line(&self, text: &str, line: u32) -> Option<Range<usize>> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(at)?;
        Some(start..self.starts.get(at + 1).copied().unwrap_or(text.len()))
    }

    /// The part of the file between two byte offsets.
    pub fn span(&self, text: &str, range: &Range<usize>) -> Span {
        let (line, column) = self.place(text, range.start);
        let (end_line, end_column) = self.place(text, range.end.max(range.start));
        Span { line, column, end_line, end_column }
    }

    fn characters(&self, text: &str, offset: usize) -> usize {
        let mark = offset / STEP;
        let before = self.marks.get(mark).copied().unwrap_or_default();
        before + text.as_bytes().get(mark * STEP..offset).map_or(0, count)
    }
}

/// Characters that begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let text = "äb\ncd\r\n\nx";
        let lines = Lines::new(text);
        for (offset, place) in
            [(0, (1, 1)), (2, (1, 2)), (4, (2, 1)), (6, (2, 3)), (8, (3, 1)), (9, (4, 1)), (99, (4, 2))]
        {
            assert_eq!(lines.place(text, offset), place, "{offset}");
        }
        assert_eq!(lines.span(text, &(0..3)), Span::on_line(1, 1, 3));
        assert_eq!(lines.line(text, 2), Some(4..8));
        assert_eq!(lines.line(text, 4), Some(9..10));
        assert_eq!((lines.line(text, 0), lines.line(text, 5)), (None, None));
    }

    #[test]
    fn far_into_a_long_line() {
        let text = "ä".repeat(5000);
        assert_eq!(Lines::new(&text).place(&text, 9000), (1, 4501));
    }
}
