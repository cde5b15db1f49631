//! In which languages can it be used, by the translations that lie in the tree?

use crate::reading::corpus;
use crate::repository::{FileKind, Repository};
use std::collections::BTreeSet;

/// Folders that hold translations, one file or folder for each language.
const FOLDERS: &[&str] =
    &["locales", "locale", "i18n", "translations", "lang", "langs", "languages", "l10n", "messages", "_locales"];

/// The languages, sorted; none where there are not at least two, which is what shows that somebody translates it.
pub(super) fn of(repo: &Repository) -> Vec<String> {
    let own = || repo.files().iter().filter(|file| file.kind == FileKind::Regular && file.marks.none());
    let found: BTreeSet<String> = own().filter_map(|file| language(&file.path.lossy())).collect();
    // Catalogues of gettext leave out the language of the source, which is English nearly always, but not told.
    let catalogues = own().any(|file| file.path.extension() == "po");
    if found.len() < 2 || catalogues && !found.contains("en") { Vec::new() } else { found.into_iter().collect() }
}

/// `src/locales/de/app.json`, `locale/de_AT/LC_MESSAGES/x.po`, `i18n/de.json`, `translations/messages.de.yaml`.
fn language(path: &str) -> Option<String> {
    let mut parts = path.split('/').skip_while(|part| !FOLDERS.contains(&part.to_lowercase().as_str())).skip(1);
    let first = parts.next()?;
    if parts.next().is_some() {
        return tag(first);
    }
    let known = [
        "json",
        "json5",
        "po",
        "yml",
        "yaml",
        "properties",
        "ts",
        "js",
        "php",
        "xlf",
        "xliff",
        "ftl",
        "toml",
        "arb",
        "csv",
    ];
    let (stem, ending) = first.rsplit_once('.')?;
    known.contains(&ending).then(|| tag(stem).or_else(|| tag(stem.rsplit_once('.')?.1))).flatten()
}

/// A language, with a region where one is named, as BCP 47 writes it.
fn tag(name: &str) -> Option<String> {
    let name = name.replace('_', "-");
    let (language, region) = name.split_once('-').unwrap_or((&name, ""));
    let sound =
        language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()) && corpus::is_language(language);
    match region {
        "" => sound.then(|| language.to_owned()),
        region => (sound && region.len() == 2 && region.chars().all(|c| c.is_ascii_uppercase())).then(|| name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_paths() {
        for (path, wanted) in [
            ("src/locales/de/app.json", Some("de")),
            ("locale/de_AT/LC_MESSAGES/x.po", Some("de-AT")),
            ("i18n/en.json", Some("en")),
            ("translations/messages.de.yaml", Some("de")),
            ("i18n/index.ts", None),
            ("lang/xx.json", None),
            ("docs/de/a.md", None),
            ("locales/README.md", None),
        ] {
            assert_eq!(language(path).as_deref(), wanted, "{path}");
        }
    }
}
