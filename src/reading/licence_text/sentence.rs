//! Where does a sentence end, and which lines are badges?

use super::place::Place;

/// So many lines tell how a text is written.
const LINES: usize = 40;

fn share(text: &str, marks: &[&str]) -> (usize, usize) {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    (lines().filter(|line| marks.iter().any(|mark| line.starts_with(mark))).count(), lines().count())
}

/// Whether `*` begins the items of a list in a text, and not the lines of a comment.
pub(super) fn stars_are_bullets(text: &str, place: Place) -> bool {
    let (starred, all) = share(text, &["*"]);
    place != Place::Source && starred * 2 < all
}

/// Whether a text begins as a source file does, with a comment.
pub(super) fn is_commented(text: &str) -> bool {
    let (marked, all) = share(text, &["*", "/*", "//", "#", "%", ";", "--", "dnl ", ".\\\"", "!"]);
    let comment = text.trim_start().starts_with(['/', '*']) || text.starts_with("#!") || text.starts_with("<?");
    comment || marked * 2 > all
}

/// Whether a sentence ends in the gap between two words.
pub(super) fn ends_sentence(bullets: bool, gap: &str, next: &str, before: &str) -> bool {
    // A list or a paragraph behind `:` still belongs to what leads to it.
    let goes_on = gap.contains(':')
        || matches!(before, "of" | "either" | "under" | "or" | "and" | "oder" | "und" | "unter" | "both");
    let lines = gap.split('\n').count() - 1;
    let empty_line = lines >= 2
        && gap.split('\n').skip(1).take(lines - 1).any(|line| {
            !line.chars().any(char::is_alphanumeric)
                && line.trim_start_matches(['*', '#', '/', ';', ' ', '-']).trim().is_empty()
        });
    if empty_line && !goes_on {
        return true;
    }
    let bullet = lines >= 1
        && gap.rsplit('\n').next().is_some_and(|lead| {
            lead.trim_start().starts_with(['-', '|', '•']) || bullets && lead.trim_start().starts_with("* ")
        });
    if bullet && !goes_on {
        return true;
    }
    let upper = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let stop = gap.starts_with(['.', '!', '?']) || gap.contains(". ") || gap.contains(".\n");
    stop && upper && before.chars().count() > 1 && !matches!(before, "inc" | "v" | "ver" | "no" | "co" | "vol" | "z.b")
        || gap.contains('|')
        || gap.contains(';')
}

/// Whether a line shows a badge that names a licence.
pub(super) fn is_badge(line: &str) -> bool {
    let lower = line.to_lowercase();
    (lower.contains("badge") || lower.contains("shields.io") || lower.contains("licensebuttons"))
        && ["licen", "lizenz"].iter().any(|word| lower.contains(word))
}
