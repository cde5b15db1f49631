//! Where in a text may a token stand?
//!
//! Every form of the table has a stretch of at least twenty letters, digits and signs in it. Finding those stretches
//! touches a part of the bytes only, and needles are looked for nowhere else: a tenth of a program, at most.

use std::ops::Range;

/// Every token has so many characters in a row.
const LENGTH: usize = 20;
/// A shorter stretch has a digit in it: by chance, one token of thirty with twenty letters has none.
const WITHOUT_DIGITS: usize = 34;
/// A needle stands so many bytes before the stretch it leads to, at most.
const LEAD: usize = 64;

const CHARACTERS: [bool; 256] = {
    let mut table = [false; 256];
    let all = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=~";
    let mut at = 0;
    while at < all.len() {
        table[all[at] as usize] = true;
        at += 1;
    }
    table
};

fn is_of_a_token(byte: &u8) -> bool {
    CHARACTERS.get(usize::from(*byte)).copied().unwrap_or_default()
}

/// The parts of a text in which a token may stand, each with what may lead to it.
pub(super) fn runs(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let run = next(bytes, at)?;
            at = run.end;
            let has_digit = || bytes.get(run.clone()).unwrap_or_default().iter().any(u8::is_ascii_digit);
            if run.len() >= WITHOUT_DIGITS || has_digit() {
                return Some(run.start.saturating_sub(LEAD)..run.end);
            }
        }
    })
}

/// The first long stretch that begins at a byte or later. What cannot end one is jumped over: a byte that does not
/// belong to a stretch, seen at the end of a window, moves the window behind it.
fn next(bytes: &[u8], mut at: usize) -> Option<Range<usize>> {
    loop {
        let window = bytes.get(at..at.checked_add(LENGTH)?)?;
        let probe = |place: usize| window.get(place).is_some_and(is_of_a_token);
        if !probe(LENGTH - 1) {
            at += LENGTH;
        } else if !probe(LENGTH - 6) {
            at += LENGTH - 5;
        } else if let Some(last) = window.iter().rposition(|byte| !is_of_a_token(byte)) {
            at += last + 1;
        } else {
            let rest = bytes.get(at + LENGTH..).unwrap_or_default();
            let more = rest.iter().position(|byte| !is_of_a_token(byte)).unwrap_or(rest.len());
            return Some(at..at + LENGTH + more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches() {
        let long = "a1".repeat(10);
        for (text, wanted) in [
            (String::new(), vec![]),
            ("a short text of words".into(), vec![]),
            (long.clone(), vec![0..20]),
            (format!("x {long}"), vec![0..22]),
            (format!("{}{long} and {long}", " ".repeat(70)), vec![6..90, 31..115]),
            ("a".repeat(33), vec![]),
            ("a".repeat(34), vec![0..34]),
            (long[..19].into(), vec![]),
        ] {
            assert_eq!(runs(text.as_bytes()).collect::<Vec<_>>(), wanted, "{text}");
        }
    }

    #[test]
    fn wherever_it_stands() {
        let long = "a1".repeat(10);
        for lead in 0..70 {
            for gap in ["x", "abcdefg", "a b c d e f g"] {
                let before: String = gap.chars().cycle().take(lead).collect();
                let text = format!("{before} {long} {gap}");
                let found: Vec<_> = runs(text.as_bytes()).collect();
                assert!(found.iter().any(|run| run.end == lead + 21), "{text}");
            }
        }
    }
}
