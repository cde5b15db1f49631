//! Which licence files are there, and what is in each?

use super::family;
use crate::phrase::Phrase;
use crate::reading::licence_text::{self, How, Identified, Place, expression};
use crate::repository::{Counted, File, FileKind, Loss, RepoPath, Repository};

/// A licence file of the root, or a text in `LICENSES/`.
#[derive(Clone, Debug)]
pub struct LicenceFile {
    /// where it lies
    pub path: RepoPath,
    /// whether it lies at the root
    pub at_root: bool,
    /// the part of the repository that its name speaks of (`docs`, `data`); `None` where it speaks of the whole
    pub part: Option<String>,
    /// what is in it, or why nobody can tell
    pub content: Result<Content, Phrase>,
    /// whether it is another language of a licence that stands recognised beside it
    pub translation: bool,
}

/// What is in a licence file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// a licence, perhaps none that can be named
    Text(Box<Identified>),
    /// nothing but where the licence stands: a file of the tree
    Pointer(RepoPath),
    /// nothing but copyright lines
    Copyright,
    /// nothing at all
    Empty,
}

impl LicenceFile {
    /// The licence it holds or states, as an SPDX expression.
    pub fn expression(&self) -> Option<&str> {
        match &self.content {
            Ok(Content::Text(identified)) => identified.expression.as_deref(),
            _ => None,
        }
    }

    /// Whether it only states which licences apply, without being the text of one.
    pub fn states_only(&self) -> bool {
        matches!(&self.content, Ok(Content::Text(found)) if matches!(found.how, Some(How::Name | How::Tag)))
    }
}

/// Longer files are no licence files.
const LARGEST: u64 = 2 << 20;
/// A file with at most so many words may be a pointer.
const WORDS_OF_A_POINTER: usize = 60;

/// Names of licence files, in the languages of the authorities we met.
const NAMES: &[&str] = &[
    "license",
    "licence",
    "copying",
    "unlicense",
    "unlicence",
    "lizenz",
    "licencia",
    "licenza",
    "licença",
    "copyright",
];

/// What may follow behind a dot. Anything else is a suffix as behind `-`, or a file of another kind.
const ENDINGS: &[&str] = &["md", "txt", "rst", "adoc", "asciidoc", "markdown", "html", "htm", "rtf", "text", "pdf"];

/// Endings of files that are no texts, whatever they are called.
const OTHER_ENDINGS: &[&str] = &[
    "py", "js", "mjs", "cjs", "ts", "tsx", "jsx", "json", "yml", "yaml", "toml", "xml", "sh", "go", "rs", "rb", "java",
    "kt", "c", "h", "cpp", "cs", "svg", "png", "jpg", "gif", "ico", "css", "scss", "spdx", "tmpl", "tpl", "template",
    "header", "in", "csv", "tsv", "php", "pl", "lock", "cfg", "ini", "bat", "ps1", "vue", "sql", "r", "swift", "log",
    "bak", "sig", "asc", "zip", "key", "pem", "license", "j2", "erb", "ejs", "plist", "docx", "odt",
];

/// Suffixes that say of which part of the repository a licence file speaks.
const PARTS: &[&str] = &[
    "docs",
    "doc",
    "documentation",
    "dokumentation",
    "data",
    "daten",
    "database",
    "content",
    "contents",
    "inhalte",
    "text",
    "texts",
    "media",
    "assets",
    "images",
    "bilder",
    "icons",
    "fonts",
    "font",
    "artwork",
    "art",
    "logo",
    "logos",
    "design",
    "models",
    "model",
    "weights",
    "examples",
    "third-party",
    "thirdparty",
    "3rdparty",
    "third_party",
    "3rd-party",
    "vendor",
    "bundled",
    "dependencies",
    "deps",
    "dataset",
    "datasets",
    "schema",
    "schemas",
    "photos",
    "sounds",
    "translations",
    "website",
    "font-awesome",
    "bootstrap",
];

/// Suffixes of files that speak about licences and are none.
const ABOUT: &[&str] = &[
    "header",
    "headers",
    "template",
    "templates",
    "note",
    "notes",
    "notice",
    "notices",
    "boilerplate",
    "report",
    "policy",
    "faq",
    "list",
    "check",
    "checker",
    "checks",
    "mapping",
    "map",
    "info",
    "generator",
    "scan",
    "audit",
    "key",
    "server",
    "agreement",
    "guide",
    "guidelines",
    "compliance",
];

/// Whether a file of this name is a licence file; the suffix behind the name (`mit` of `LICENSE-MIT.txt`), empty where
/// there is none.
pub fn is_licence_name(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    if OTHER_ENDINGS.contains(&ending) {
        return None;
    }
    let stem = if ENDINGS.contains(&ending) || ending.is_empty() { stem } else { &lower };
    // `MIT-LICENSE`, as Ruby on Rails has it
    for word in ["-license", "_license", "-licence", "_licence", ".license", ".licence"] {
        if let Some(before) = stem.strip_suffix(word) {
            let own = !before.is_empty() && before.len() <= 12 && !PARTS.contains(&before) && !before.contains("third");
            return own.then(|| before.to_owned());
        }
    }
    let name = NAMES.iter().find(|name| stem.starts_with(**name))?;
    let rest = stem.get(name.len()..)?;
    let suffix = rest.strip_prefix(['-', '_', '.', ' ', '(']).unwrap_or(rest);
    let separated = rest.is_empty() || suffix.len() < rest.len();
    let about = suffix.split(['-', '_', '.', ' ']).any(|word| ABOUT.contains(&word));
    (separated && !about && suffix.len() <= 40).then(|| suffix.trim_end_matches(')').to_owned())
}

/// So many bytes of licence files are recognised in one repository; all texts of the SPDX list together have fewer.
const ALL: u64 = 16 << 20;

/// The licence files of the root and of `LICENSES/`, in the order of their paths. What lies beyond [`ALL`] is a loss.
pub(super) fn all(repo: &Repository) -> Vec<LicenceFile> {
    use rayon::prelude::*;
    let mut so_far = 0u64;
    let named: Vec<(&File, String, bool)> = repo
        .files()
        .iter()
        .filter(|file| file.kind != FileKind::Submodule)
        .filter_map(|file| {
            let suffix = suffix(&file.path)?;
            so_far = so_far.saturating_add(file.len.unwrap_or_default().min(LARGEST));
            Some((file, suffix, so_far <= ALL))
        })
        .collect();
    let mut files: Vec<LicenceFile> =
        named.into_par_iter().map(|(file, suffix, reads)| read(repo, file, &suffix, reads)).collect();
    beside_each_other(&mut files);
    files
}

/// The suffix of a licence file's name, empty for a text in `LICENSES/`; `None` where it is no licence file.
fn suffix(path: &RepoPath) -> Option<String> {
    if path.at_root() {
        return is_licence_name(&path.lossy());
    }
    path.as_bytes().starts_with(b"LICENSES/").then(String::new)
}

fn read(repo: &Repository, file: &File, suffix: &str, reads: bool) -> LicenceFile {
    let path = &file.path;
    let part = suffix
        .split(['-', '_', '.'])
        .find(|word| PARTS.contains(word))
        .or_else(|| PARTS.iter().copied().find(|part| *part == suffix));
    let content = match file.len {
        _ if !reads => {
            let why = Phrase::new(
                "is not recognised: the repository holds more licence texts than are read",
                "wird nicht erkannt: Das Repository enthält mehr Lizenztexte, als gelesen werden",
            );
            repo.lose(Loss { path: Some(path.clone()), why: why.clone() });
            Err(why)
        }
        Some(len) if len > LARGEST => Err(Phrase::new(
            "a licence file of this size is not read",
            "eine Lizenzdatei dieser Größe wird nicht gelesen",
        )),
        _ => repo.text(file).map(|text| content(repo, path, &text)),
    };
    let at_root = path.at_root();
    LicenceFile { path: path.clone(), at_root, part: part.map(str::to_owned), content, translation: false }
}

fn content(repo: &Repository, path: &RepoPath, text: &str) -> Content {
    if !text.chars().any(char::is_alphanumeric) {
        return Content::Empty;
    }
    if let Some(target) = pointer(repo, path, text) {
        return Content::Pointer(target);
    }
    repo.count(Counted::LicenceTexts, 1);
    let identified = licence_text::identify(text, Place::LicenceFile);
    let only_copyright = || {
        let lines = text.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric));
        lines.take(200).all(licence_text::is_copyright_line)
    };
    if identified.expression.is_none() && identified.texts.is_empty() && only_copyright() {
        return Content::Copyright;
    }
    Content::Text(Box::new(identified))
}

/// The file of the tree that a short text sends its reader to, and that is no README.
fn pointer(repo: &Repository, path: &RepoPath, text: &str) -> Option<RepoPath> {
    if text.len() > 2_000 || text.split_whitespace().count() > WORDS_OF_A_POINTER {
        return None;
    }
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '`' | '"' | '\'' | ','));
    for word in words {
        let word = word.trim_end_matches(['.', ':', ';', '!']).trim_start_matches("./").trim_start_matches('/');
        let name = word.rsplit('/').next().unwrap_or_default();
        if word.as_bytes() == path.as_bytes() || is_licence_name(name).is_none() {
            continue;
        }
        if let Some(file) = repo.file(word) {
            return Some(file.path.clone());
        }
    }
    None
}

/// Marks texts without a name of their own that are translations of one recognised beside them.
fn beside_each_other(files: &mut [LicenceFile]) {
    let recognised: Vec<String> =
        files.iter().filter(|file| file.at_root).filter_map(|file| file.expression().map(str::to_owned)).collect();
    if recognised.is_empty() {
        return;
    }
    for file in files.iter_mut().filter(|file| file.at_root && file.expression().is_none()) {
        let Ok(Content::Text(identified)) = &file.content else { continue };
        // A text that is nearly one of the list, in its own language, is an altered text and no translation.
        if identified.nearest.as_ref().is_some_and(|near| near.coverage >= 50) {
            continue;
        }
        file.translation = names_a_language(&file.path.lossy());
    }
    // Of two files with the same licence in two languages one speaks.
    let families =
        |expression: &str| expression::licences(expression).iter().map(|id| family(id).to_owned()).collect::<Vec<_>>();
    let mut seen: Vec<Vec<String>> = Vec::new();
    for file in files.iter_mut().filter(|file| file.at_root && file.part.is_none()) {
        let Some(found) = file.expression().map(families) else { continue };
        if names_a_language(&file.path.lossy())
            && (seen.contains(&found) || recognised.iter().filter(|other| families(other) == found).count() > 1)
        {
            file.translation = true;
        }
        seen.push(found);
    }
}

/// Whether the name of a licence file is in another language than English, or says which one it is in.
fn names_a_language(name: &str) -> bool {
    const LANGUAGES: &[&str] = &[
        "bg", "cs", "da", "de", "el", "en", "es", "et", "eu", "ca", "fi", "fr", "ga", "gl", "hr", "hu", "it", "ja",
        "ko", "lt", "lv", "mt", "nl", "no", "nb", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "zh", "german",
        "deutsch", "french", "spanish", "italian", "english",
    ];
    let lower = name.to_lowercase();
    if ["lizenz", "licencia", "licenza", "licença"].iter().any(|word| lower.starts_with(word)) {
        return true;
    }
    let stem =
        lower.rsplit_once('.').filter(|(_, ending)| ENDINGS.contains(ending)).map_or(lower.as_str(), |(stem, _)| stem);
    stem.split(['-', '_', '.']).skip(1).any(|word| LANGUAGES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, suffix) in [
            ("LICENSE", Some("")),
            ("Licence.md", Some("")),
            ("license.TXT", Some("")),
            ("COPYING.LESSER", Some("lesser")),
            ("LICENSE-MIT", Some("mit")),
            ("LICENSE_APACHE.txt", Some("apache")),
            ("LICENSE-APACHE-2.0", Some("apache-2.0")),
            ("MIT-LICENSE.txt", Some("mit")),
            ("LIZENZ", Some("")),
            ("UNLICENSE", Some("")),
            ("COPYRIGHT", Some("")),
            ("LICENSE-es.md", Some("es")),
            ("license.py", None),
            ("LICENSE.spdx", None),
            ("license.json", None),
            ("licenses", None),
            ("LICENSES.md", None),
            ("THIRD-PARTY-LICENSE.txt", None),
            ("licensing.md", None),
            ("check-license.sh", None),
            ("license-header.txt", None),
            ("LICENSE.note", None),
            ("NOTICE", None),
            ("README.md", None),
        ] {
            assert_eq!(is_licence_name(name).as_deref(), suffix, "{name}");
        }
    }

    #[test]
    fn languages() {
        assert!(names_a_language("LICENSE-es.md") && names_a_language("LIZENZ") && names_a_language("LICENCE_FR.txt"));
        assert!(!names_a_language("LICENSE-MIT") && !names_a_language("LICENSE") && !names_a_language("COPYING"));
    }
}
