//! Where does each page lie, and which pages of earlier runs are no longer wanted?

use crate::output::write::{WriteError, to_file};
use crate::phrase::{Lang, Phrase};
use crate::untrusted::Untrusted;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// By this a page tells that a portfolio made it; only such files are ever removed.
pub(super) const MARK: &str = "<meta name=\"generator\" content=\"civiclint portfolio\">";

/// Where in a page [`MARK`] stands at the latest, in bytes.
const MARK_WITHIN: u64 = 2_048;

/// Both languages, in the order in which pages are written.
pub(super) const LANGS: [Lang; 2] = [Lang::En, Lang::De];

/// The other of the two languages.
pub(super) fn other(lang: Lang) -> Lang {
    lang.pick(Lang::De, Lang::En)
}

/// The page of a rule or repository, relative to the folder: `repository/x.de.html`.
pub(super) fn below(folder: &str, name: &str, lang: Lang) -> String {
    format!("{folder}/{name}.{}.html", lang.tag())
}

/// The first page in a language: `index.html` in the language of the run, `index.de.html` in the other.
pub(super) fn index(lang: Lang, run: Lang) -> String {
    if lang == run { "index.html".to_owned() } else { format!("index.{}.html", lang.tag()) }
}

/// A page of the table of all repositories, from 1; the first is part of the index.
pub(super) fn table(page: usize, lang: Lang, run: Lang) -> String {
    if page <= 1 { index(lang, run) } else { format!("repositories-{page}.{}.html", lang.tag()) }
}

/// Names of the pages of rules by their ids: `data/no-licence` is `data-no-licence`.
pub(super) fn slugs<'r>(ids: impl Iterator<Item = &'r str>) -> BTreeMap<String, String> {
    let ids: BTreeSet<&str> = ids.collect();
    let mut taken = BTreeSet::new();
    let mut slugs = BTreeMap::new();
    for id in ids {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c.to_ascii_lowercase() } else { '-' };
        let slug: String = id.chars().map(safe).take(100).collect();
        let mut name = slug.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{slug}-{number}");
            number += 1;
        }
        slugs.insert(id.to_owned(), name);
    }
    slugs
}

/// The folder of a portfolio, and what was written to it in this run.
pub(super) struct Place {
    root: PathBuf,
    made: BTreeSet<String>,
}

impl Place {
    /// Makes the folders.
    pub(super) fn new(root: &Path) -> Result<Self, WriteError> {
        for folder in ["repository", "rule"] {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
        }
        Ok(Self { root: root.to_owned(), made: BTreeSet::new() })
    }

    /// Writes a page, unless it is there already as it is to be.
    pub(super) fn write(&mut self, name: String, html: &str) -> Result<(), WriteError> {
        let path = self.root.join(&name);
        if !is(&path, html) {
            to_file(html, &path)?;
        }
        self.made.insert(name);
        Ok(())
    }

    /// Removes the pages that a portfolio made earlier and this one did not.
    pub(super) fn tidy(&self) -> Result<(), WriteError> {
        for folder in ["", "repository", "rule"] {
            let at = self.root.join(folder);
            let entries = fs::read_dir(&at).map_err(|error| failed(&at, &error))?;
            for entry in entries {
                let entry = entry.map_err(|error| failed(&at, &error))?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                let whole = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                let regular = entry.file_type().is_ok_and(|kind| kind.is_file());
                if regular && name.ends_with(".html") && !self.made.contains(&whole) && is_ours(&entry.path()) {
                    fs::remove_file(entry.path()).map_err(|error| failed(&entry.path(), &error))?;
                }
            }
        }
        Ok(())
    }
}

/// Whether a file holds exactly this.
#[expect(clippy::disallowed_methods, reason = "a page that a portfolio wrote, no repository's file")]
fn is(path: &Path, html: &str) -> bool {
    let same_size = fs::symlink_metadata(path).is_ok_and(|there| there.is_file() && there.len() == html.len() as u64);
    same_size && fs::read(path).is_ok_and(|bytes| bytes == html.as_bytes())
}

/// Whether a portfolio made this file.
#[expect(clippy::disallowed_methods, reason = "a page that a portfolio wrote, no repository's file")]
fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MARK_WITHIN).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(MARK)
}

fn failed(path: &Path, error: &io::Error) -> WriteError {
    WriteError {
        why: Phrase::new("{path} could not be written: {why}", "{path} ließ sich nicht schreiben: {why}")
            .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
            .with("why", error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rules_never_share_a_page() {
        let slugs = slugs(["data/no-licence", "a/b-c", "a-b/c", "Our own/Ä"].into_iter());
        assert_eq!(slugs.get("data/no-licence").map(String::as_str), Some("data-no-licence"));
        assert_eq!(slugs.get("Our own/Ä").map(String::as_str), Some("our-own--"));
        assert_ne!(slugs.get("a/b-c"), slugs.get("a-b/c"));
    }

    #[test]
    fn only_what_a_portfolio_made_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let page = format!("<!DOCTYPE html>\n{MARK}\n");
        let old = ["repository/gone.en.html", "rule/gone.de.html", "index.de.html"];
        let kept = ["repository/theirs.html", "repository/notes.txt", "report.html"];
        let mut place = Place::new(folder.path()).expect("folders");
        for name in old {
            to_file(&page, &folder.path().join(name)).expect("written");
        }
        for name in kept {
            let text = if name.ends_with(".txt") { page.as_str() } else { "<!DOCTYPE html>" };
            to_file(text, &folder.path().join(name)).expect("written");
        }
        place.write("index.html".to_owned(), &page).expect("written");
        place.tidy().expect("tidied");
        for name in kept.iter().chain(&["index.html"]) {
            assert!(folder.path().join(name).exists(), "{name}");
        }
        for name in old {
            assert!(!folder.path().join(name).exists(), "{name}");
        }
    }

    #[test]
    fn a_page_that_is_the_same_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index.html");
        to_file("same", &path).expect("written");
        assert!(is(&path, "same"));
        assert!(!is(&path, "sama"));
        assert!(!is(&folder.path().join("none.html"), "same"));
    }
}
