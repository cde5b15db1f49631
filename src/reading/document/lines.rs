//! In which line does a byte stand?

use std::cell::Cell;

/// Where the lines of a text start.
pub(super) struct LineIndex {
    starts: Vec<u32>,
    /// where the last answer was found: readers ask from top to bottom
    last: Cell<usize>,
}

impl LineIndex {
    /// Looks at the text once. Texts are at most [`super::LARGEST`] long, so that offsets fit.
    pub(super) fn new(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        Self { starts: std::iter::once(0).chain(ends.map(|end| end as u32 + 1)).collect(), last: Cell::new(0) }
    }

    /// The line of the byte at `offset`, from 1.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let starts_by = |at: usize| self.starts.get(at).is_some_and(|start| *start as usize <= offset);
        let last = self.last.get();
        let at = match (last..last + 3).find(|at| starts_by(*at) && !starts_by(at + 1)) {
            Some(at) => at,
            None => self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1),
        };
        self.last.set(at);
        at as u32 + 1
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> u32 {
        self.starts.len() as u32
    }
}

/// At most `limit` bytes of a text, up to the end of a line where there is one, and whether something was left out.
pub(super) fn head(text: &str, limit: usize) -> (&str, bool) {
    if text.len() <= limit {
        return (text, false);
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    let whole_lines = head.rfind('\n').map_or(end, |at| at + 1);
    (head.get(..whole_lines).unwrap_or(head), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let index = LineIndex::new("a\nbc\n\nd");
        let lines: Vec<u32> = (0..7).map(|at| index.line(at)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 4]);
        assert_eq!(
            lines,
            (0..7).rev().map(|at| index.line(at)).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>()
        );
        assert_eq!(index.count(), 4);
    }

    #[test]
    fn heads() {
        assert_eq!(head("abc", 3), ("abc", false));
        assert_eq!(head("a\nbcd", 4), ("a\n", true));
        assert_eq!(head("ää", 3), ("ä", true));
    }
}
