//! Does a title say what was found, rather than ask or command?

use crate::phrase::{Lang, Phrase};

/// Verbs that, at the start of a title, can only be a command.
const COMMANDS_EN: &[&str] = &[
    "add", "avoid", "choose", "commit", "consider", "create", "declare", "delete", "describe", "do", "don't", "ensure",
    "explain", "fix", "give", "include", "install", "keep", "make", "mention", "move", "never", "please", "provide",
    "put", "remove", "replace", "specify", "tell", "write",
];
/// Words that are a command only where an article or the like follows: "Name the source", but not "Name without …".
const MAYBE_EN: &[&str] = &[
    "change", "check", "document", "link", "list", "name", "note", "publish", "release", "set", "show", "state", "tag",
    "test", "update", "use",
];
/// What follows a command.
const OBJECTS_EN: &[&str] = &["a", "all", "an", "any", "each", "every", "it", "its", "the", "this", "these", "your"];
/// The same for German, beside the polite form ("Nennen Sie …"), which needs no list.
const COMMANDS_DE: &[&str] = &[
    "benenne",
    "beschreibe",
    "bitte",
    "entferne",
    "ergänze",
    "erkläre",
    "ersetze",
    "erstelle",
    "füge",
    "gib",
    "lege",
    "lösche",
    "mach",
    "mache",
    "nenne",
    "nimm",
    "nutze",
    "prüfe",
    "schreibe",
    "setze",
    "verwende",
    "vermeide",
    "veröffentliche",
];

/// What is wrong with a title, if anything.
pub(super) fn refused(title: &str, lang: Lang) -> Option<Phrase> {
    if title.trim_end().ends_with('?') {
        return Some(Phrase::new("a title does not ask", "Ein Titel fragt nicht"));
    }
    let command = Phrase::new("a title does not command", "Ein Titel befiehlt nicht");
    if title.trim_end().ends_with('!') {
        return Some(command);
    }
    let mut words = title.split_whitespace();
    let first = words.next()?.to_lowercase();
    let second = words.next().unwrap_or_default();
    let commands = match lang {
        Lang::En => {
            COMMANDS_EN.contains(&first.as_str())
                || MAYBE_EN.contains(&first.as_str()) && OBJECTS_EN.contains(&second.to_lowercase().as_str())
        }
        Lang::De => COMMANDS_DE.contains(&first.as_str()) || first.ends_with("en") && second == "Sie",
    };
    commands.then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (title, lang, fine) in [
            ("No licence text", Lang::En, true),
            ("Code reads data from a place no document names", Lang::En, true),
            ("Name in publiccode.yml differs", Lang::En, true),
            ("Document without an author", Lang::En, true),
            ("Lists of data without a licence", Lang::En, true),
            ("Who maintains this?", Lang::En, false),
            ("Add a licence", Lang::En, false),
            ("Name the source", Lang::En, false),
            ("Don't commit secrets", Lang::En, false),
            ("Danger!", Lang::En, false),
            ("Kein Lizenztext", Lang::De, true),
            ("Daten, deren Quelle niemand nennt", Lang::De, true),
            ("Angaben widersprechen sich", Lang::De, true),
            ("Nennen Sie die Quelle", Lang::De, false),
            ("Füge eine Lizenz hinzu", Lang::De, false),
            ("Wer pflegt das?", Lang::De, false),
        ] {
            assert_eq!(refused(title, lang).is_none(), fine, "{title}");
        }
    }
}
