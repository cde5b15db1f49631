//! Which word was probably meant?

use crate::phrase::Phrase;

/// Longer words are nobody's slip of the pen.
const LONGEST: usize = 200;

/// The known word nearest to a written one, where one is near enough: a third of the letters may differ, at least
/// one. Swapped neighbours count once (optimal string alignment). Of equals the first wins.
pub fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters = written.chars().count();
    if letters > LONGEST {
        return None;
    }
    known
        .into_iter()
        .map(|word| (strsim::osa_distance(written, word), word))
        .filter(|(distance, word)| *distance <= (letters.max(word.chars().count()) / 3).max(1) && *distance < letters)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// "Did you mean …?", where a word is near enough.
pub(crate) fn did_you_mean<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<Phrase> {
    nearest(written, known).map(meant)
}

/// "Did you mean …?"
pub(crate) fn meant(word: &str) -> Phrase {
    Phrase::new("did you mean `{word}`?", "Meinten Sie `{word}`?").with("word", word)
}

/// The words as a list: `a`, `b`, `c`.
pub(crate) fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_and_far() {
        let words = ["level", "severity", "looks-at", "finding-when", "is"];
        for (written, meant) in [
            ("levle", Some("level")),
            ("Level", Some("level")),
            ("look-at", Some("looks-at")),
            ("findings-when", Some("finding-when")),
            ("si", Some("is")),
            ("x", None),
            ("", None),
            ("owner", None),
        ] {
            assert_eq!(nearest(written, words), meant, "{written}");
        }
    }
}
