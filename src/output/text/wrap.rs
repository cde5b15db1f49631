//! Where does a line end? Wrapping by the width that a terminal shows, not by bytes or characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks a text into lines of at most `width` columns: the first begins with `first`, the others with as many spaces as
/// `rest` says. A word that does not fit a line is broken, behind a slash if there is one.
pub(crate) fn wrap(text: &str, first: &str, rest: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words(text) {
        let mut word = word;
        loop {
            let gap = usize::from(!empty);
            if line.width() + gap + word.width() <= width {
                line.push_str(if empty { "" } else { " " });
                line.push_str(word);
                empty = false;
                break;
            }
            // A first line that is full already, as a long headline label makes it, stays without a word.
            let breaks = empty && (!lines.is_empty() || rest + word.width() > width);
            if breaks {
                let (head, tail) = split(word, width.saturating_sub(line.width()));
                line.push_str(head);
                word = tail;
            }
            lines.push(std::mem::replace(&mut line, " ".repeat(rest)));
            empty = true;
            if word.is_empty() {
                break;
            }
        }
    }
    if !empty || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words of a text; an abbreviation such as "z. B." is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    const GAPS: [char; 2] = [' ', '\n'];
    let initial = |word: &str| word.len() == 2 && word.ends_with('.');
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(GAPS);
        let length = |at: usize| rest.get(at..).map_or(0, |rest| rest.find(GAPS).unwrap_or(rest.len()));
        let word = |at: usize| rest.get(at..at + length(at)).unwrap_or_default();
        let mut end = length(0);
        let mut last = word(0);
        while initial(last) && initial(word(end + 1)) {
            last = word(end + 1);
            end += 1 + last.len();
        }
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(word).filter(|word| !word.is_empty())
    })
}

/// Splits a word so that the head fits; there is always a head, however narrow the room.
fn split(word: &str, room: usize) -> (&str, &str) {
    let mut width = 0;
    let mut end = word.len();
    for (at, c) in word.char_indices() {
        width += c.width().unwrap_or(0);
        if width > room && at > 0 {
            end = at;
            break;
        }
    }
    let head = word.get(..end).unwrap_or(word);
    let end = match head.rfind('/') {
        Some(slash) if end < word.len() && slash > 0 => slash + 1,
        _ => end,
    };
    word.split_at_checked(end).unwrap_or((word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (text, width, expected) in [
            ("", 10, &["- "][..]),
            ("one two three", 80, &["- one two three"]),
            ("one two three", 9, &["- one two", "    three"]),
            ("one\ntwo", 9, &["- one two"]),
            ("für größere", 12, &["- für", "    größere"]),
            ("樹木 データ", 10, &["- 樹木", "    データ"]),
            ("abcdefghijklmnop q", 10, &["- abcdefgh", "    ijklmn", "    op q"]),
            ("data/trees/leaves.csv", 12, &["- data/", "    trees/", "    leaves.c", "    sv"]),
            ("so z. B. hier", 9, &["- so", "    z. B.", "    hier"]),
            ("end z.", 20, &["- end z."]),
            ("z.  B.", 4, &["- z.", "    B", "    ."]),
            ("wide", 0, &["- w", "    i", "    d", "    e"]),
        ] {
            assert_eq!(wrap(text, "- ", 4, width), expected, "{text:?} in {width}");
        }
        assert_eq!(wrap("it is off", "warning[a/b]: ", 2, 12), ["warning[a/b]: ", "  it is off"]);
    }
}
