//! Which paths does a pattern mean?

use super::Reader;
use crate::phrase::Phrase;
use crate::rule::Wrong;
use globset::{ErrorKind, GlobBuilder, GlobMatcher};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// The most patterns of `exclude`: each is held against every file.
const PATTERNS: usize = 200;
/// The longest pattern, in bytes.
const LONGEST: usize = 500;

impl Reader<'_> {
    pub(super) fn exclude(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(list) = self.texts("exclude", value) else { return };
        if list.len() > PATTERNS {
            let reason =
                Phrase::new("`exclude` has more than {most} entries", "`exclude` hat mehr als {most} Einträge");
            let span = self.first_line(value.span());
            self.desk.refuse(Wrong::TooMany, span, reason.with("most", PATTERNS.to_string()), None);
            return;
        }
        for (pattern, span) in list {
            let matcher = self.glob(pattern, span);
            self.layer.exclude.extend(matcher);
        }
    }

    /// A pattern of paths from the root: `*` stays in a folder, `**` does not, and `folder/` is all that lies in it.
    pub(super) fn glob(&mut self, written: &str, span: Range<usize>) -> Option<GlobMatcher> {
        let (reason, help) = if written.trim().is_empty() {
            let help = Phrase::new("`**` means every file", "`**` meint jede Datei");
            (Phrase::new("this pattern is empty", "Dieses Muster ist leer"), Some(help))
        } else if written.len() > LONGEST {
            let reason = Phrase::new("a pattern has at most {most} bytes", "Ein Muster hat höchstens {most} Bytes");
            (reason.with("most", LONGEST.to_string()), None)
        } else if written.starts_with(['/', '\\']) || written.split('/').any(|name| name == "..") {
            let reason = Phrase::new(
                "paths begin at the root of the repository, without `/` and `..`",
                "Pfade beginnen an der Wurzel des Repositorys, ohne `/` und `..`",
            );
            let bare = written.trim_start_matches(['/', '\\']);
            let help = (!bare.is_empty() && !bare.contains("..")).then(|| crate::rule::nearest::meant(bare));
            (reason, help)
        } else {
            let bare = written.trim_start_matches("./");
            let whole = match bare.strip_suffix('/') {
                Some(folder) => format!("{folder}/**"),
                // a name alone may be that of a file or of a folder
                None if !bare.contains(['*', '?', '[', ']', '{', '}', '\\']) => {
                    let bare = bare.replace(',', "[,]");
                    format!("{{{bare},{bare}/**}}")
                }
                None => bare.to_owned(),
            };
            match GlobBuilder::new(&whole).literal_separator(true).backslash_escape(true).build() {
                Ok(glob) => return Some(glob.compile_matcher()),
                Err(error) => (no_pattern(error.kind()), None),
            }
        };
        self.desk.refuse(Wrong::Glob, span, reason, help);
        None
    }
}

fn no_pattern(why: &ErrorKind) -> Phrase {
    match why {
        ErrorKind::UnclosedClass | ErrorKind::UnclosedAlternates => {
            Phrase::new("a bracket of this pattern is not closed", "Eine Klammer dieses Musters ist nicht geschlossen")
        }
        ErrorKind::UnopenedAlternates => {
            Phrase::new("a bracket of this pattern is not opened", "Eine Klammer dieses Musters ist nicht geöffnet")
        }
        other => Phrase::new("this is no pattern: {why}", "Das ist kein Muster: {why}").with("why", other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::read::{Whose, read};

    #[test]
    fn what_patterns_mean() {
        for (pattern, path, yes) in [
            ("data", "data/a/b.csv", true),
            ("data", "data", true),
            ("data", "src/data/b.csv", false),
            ("data", "database.csv", false),
            ("data/", "data/a/b.csv", true),
            ("./data/a.csv", "data/a.csv", true),
            ("a,b", "a,b/c", true),
            ("a,b", "a", false),
            ("data/*", "data/a/b.csv", false),
            ("data/*", "data/a.csv", true),
            ("data/**", "data/a/b.csv", true),
            ("**/*.csv", "data/a/b.csv", true),
            ("**/*.csv", "b.csv", true),
            ("*.csv", "data/b.csv", false),
            ("{a,b}/*.md", "b/c.md", true),
        ] {
            let text = format!("exclude = ['{pattern}']\n");
            let (layer, mistakes) = read(&Whose::File("a.toml", None), &text, &[]);
            assert!(mistakes.is_empty(), "{pattern}");
            assert_eq!(layer.exclude.iter().any(|matcher| matcher.is_match(path)), yes, "{pattern} {path}");
        }
    }
}
