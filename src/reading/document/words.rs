//! What is a word, and when are two the same?

/// The words of a text as they stand between white space, with their offsets.
pub(super) fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// Whether something between white space is a word that somebody reads: it has a letter and is no address.
pub fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.contains("://") && !word.starts_with("www.")
}

/// How many words stand between two white spaces: scripts without spaces count a word for every two letters.
pub(super) fn count(word: &str) -> usize {
    if !is_word(word) {
        return 0;
    }
    let unspaced = word.chars().filter(|letter| is_unspaced(*letter)).count();
    unspaced.div_ceil(2).max(1)
}

/// Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// The words of a text for comparing phrases: lower case, without punctuation; numbers, hyphens and apostrophes
/// divide words, underscores too. Yields each word with its offset in the text that was given.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, letter)| !letter.is_alphanumeric()).is_some() {}
        let (start, _) = *rest.peek()?;
        let mut word = String::new();
        while let Some((_, letter)) = rest.next_if(|(_, letter)| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (word, yes) in [("Wärme", true), ("a", true), ("—", false), ("12", false), ("https://x.org", false)] {
            assert_eq!(is_word(word), yes, "{word}");
        }
    }

    #[test]
    fn scripts_without_spaces() {
        for (word, words) in [("Wärme", 1), ("环境数据平台", 3), ("データ", 2), ("https://x.org", 0), ("…", 0)]
        {
            assert_eq!(count(word), words, "{word}");
        }
    }

    #[test]
    fn tokens_of_many_languages() {
        let found: Vec<String> = tokens("1. Für's Öffnen: set-up_it!").map(|(_, word)| word).collect();
        assert_eq!(found, ["1", "für", "s", "öffnen", "set", "up", "it"]);
        assert_eq!(tokens("ä b").last(), Some((3, "b".to_owned())));
    }
}
