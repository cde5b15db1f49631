//! What kind of file is it, and where in it is a licence expected?

/// What kind of text it is, which decides where in it a licence is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// a file that is there for its licence: LICENSE, COPYING
    LicenceFile,
    /// a document: README
    Document,
    /// source code, with comments
    Source,
}

/// Endings of documents.
const DOCUMENTS: &[&str] = &["md", "markdown", "rst", "adoc", "asciidoc", "org", "textile", "ipynb", "rmd", "qmd"];
/// Endings of texts of any kind; a file without an ending may be one, too.
const TEXTS: &[&str] = &["txt", "text", "html", "htm", "rtf"];
/// Beginnings of names of licence files.
const LICENCES: &[&str] =
    &["licen", "lizen", "copying", "copyright", "unlicen", "eupl", "gpl", "lgpl", "agpl", "notice", "licença"];

/// What a file of this name is likely to be: a licence file by its name or folder (`LICENSES/`), a document by its
/// name or ending, else source code; a text that says neither is taken for a licence file.
pub fn place_of(path: &str) -> Place {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or_default().to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let licence =
        LICENCES.iter().any(|word| name.starts_with(word)) || stem.ends_with("license") || stem.ends_with("licence");
    let text = ending.is_empty()
        || TEXTS.contains(&ending)
        || DOCUMENTS.contains(&ending)
        || !stem.contains('.') && ending.len() > 5;
    if licence && text || parts.next() == Some("LICENSES") {
        return Place::LicenceFile;
    }
    if name.starts_with("readme") || name.starts_with("liesmich") || DOCUMENTS.contains(&ending) {
        return Place::Document;
    }
    if ending.is_empty() || TEXTS.contains(&ending) { Place::LicenceFile } else { Place::Source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_names() {
        for (path, place) in [
            ("LICENSE", Place::LicenceFile),
            ("sub/COPYING.LESSER", Place::LicenceFile),
            ("LICENSE-MIT.md", Place::LicenceFile),
            ("LIZENZ.html", Place::LicenceFile),
            ("LICENSES/EUPL-1.2.txt", Place::LicenceFile),
            ("MIT-LICENSE.txt", Place::LicenceFile),
            ("README", Place::Document),
            ("docs/README.de.md", Place::Document),
            ("docs/use.rst", Place::Document),
            ("license.py", Place::Source),
            ("src/main.c", Place::Source),
            ("pom.xml", Place::Source),
            ("agreement.txt", Place::LicenceFile),
        ] {
            assert_eq!(place_of(path), place, "{path}");
        }
    }
}
