//! How does text of a repository become text that a document of ours may hold?

use crate::output::encode::steers;

/// One line without anything that steers, its white space made single spaces; `None` where nothing is left, or more
/// than `most` characters are.
pub(super) fn line(text: &str, most: usize) -> Option<String> {
    // Far longer texts are none that anybody wants in one line; they are not even looked at.
    let head = text.get(..most.saturating_mul(8)).unwrap_or(text);
    let plain: String = head.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !steers(*c)).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && head.len() == text.len() && line.chars().count() <= most).then_some(line)
}

/// The first sentence of a line, and what follows it.
pub(super) fn first_sentence(line: &str) -> (&str, &str) {
    const SHORT: [&str; 16] = [
        "e.g.", "i.e.", "z.b.", "d.h.", "bzw.", "ca.", "dr.", "prof.", "nr.", "vs.", "etc.", "inkl.", "u.a.", "ggf.",
        "st.", "approx.",
    ];
    let ends = line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?'));
    for (at, c) in ends {
        let (head, rest) = line.split_at_checked(at + c.len_utf8()).unwrap_or((line, ""));
        let word = head.rsplit(' ').next().unwrap_or_default().trim_start_matches('(').to_lowercase();
        let goes_on = !rest.is_empty() && !rest.starts_with(' ')
            || rest.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_punctuation());
        let initial = word.chars().filter(|c| c.is_alphanumeric()).count() < 2;
        if !(goes_on || initial || SHORT.contains(&word.as_str())) {
            return (head, rest.trim_start());
        }
    }
    (line, "")
}

/// Whether a text is an e-mail address that may be printed between angle brackets.
pub(super) fn is_mail(text: &str) -> bool {
    let sound = |part: &str, more: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c)) && !part.contains("..")
    };
    text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| {
            let ending = host.rsplit('.').next().unwrap_or_default();
            sound(name, "._%+-")
                && sound(host, ".-")
                && host.contains('.')
                && !host.starts_with(['.', '-'])
                && ending.len() > 1
                && ending.chars().all(|c| c.is_ascii_alphabetic())
        })
}

/// Whether a text is a web address without anything that a document could take for markup, or a name in front of its
/// host.
pub(super) fn is_web(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    text.len() <= 300
        && host.contains('.')
        && !host.contains('@')
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/?#&=%+,:;@!".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(line(" a\n  b\tc ", 9).as_deref(), Some("a b c"));
        assert_eq!(line("a\u{1b}[2Jb\u{202e}c\0", 20).as_deref(), Some("a [2Jbc"));
        assert_eq!(line("\u{202e}\n", 9), None);
        assert_eq!(line("abcd", 3), None);
        assert_eq!(line(&"x".repeat(1 << 20), 80), None);
    }

    #[test]
    fn sentences() {
        for (text, first, rest) in [
            ("Shows trees. Reads a list.", "Shows trees.", "Reads a list."),
            ("Zeigt z. B. Bäume, d. h. alle. Mehr nicht.", "Zeigt z. B. Bäume, d. h. alle.", "Mehr nicht."),
            ("Written in Node.js for towns", "Written in Node.js for towns", ""),
            ("Version 1.2 is out! Take it.", "Version 1.2 is out!", "Take it."),
            ("Reads tables, e.g. CSV. Fast.", "Reads tables, e.g. CSV.", "Fast."),
            ("", "", ""),
        ] {
            assert_eq!(first_sentence(text), (first, rest), "{text}");
        }
    }

    #[test]
    fn addresses() {
        for (text, mail, web) in [
            ("trees@stadt-muster.de", true, false),
            ("a@b", false, false),
            ("a@b.de> [x](y)", false, false),
            ("a b@c.de", false, false),
            ("https://stadt.de/a?b=c#d", false, true),
            ("https://name:word@stadt.de/", false, false),
            ("https://stadt.de/<x>", false, false),
            ("https://stadt.de/a b", false, false),
            ("javascript:alert(1)", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_mail(text), is_web(text)), (mail, web), "{text}");
        }
    }
}
