//! Does a document say how to get it running?

use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::commands;
use crate::reading::community::{self, Purpose};
use crate::reading::corpus::{self, Corpus};
use crate::reading::document::{Document, Link};
use crate::reading::sections::{self, Invitation, Meaning};
use crate::repository::RepoPath;
use crate::signal::{Reading, Value};

/// So many documents that a README links are looked at; a README that links more is an index.
const LINKED: usize = 300;

pub(super) fn is_described(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let readmes: Vec<&Document> = corpus.readmes().collect();
    let linked = readmes.iter().flat_map(|readme| corpus.linked(readme).into_iter().take(LINKED));
    let named = corpus.documents().filter(|document| is_set_up(&document.path));
    if readmes.iter().copied().chain(linked).chain(named).any(describes) || links_to_it(&readmes) {
        return Ok(Value::from(true));
    }
    match elsewhere(corpus, &readmes) {
        Some(why) => Err(why),
        None => Ok(Value::from(false)),
    }
}

/// Whether the place and name of a document say that it is about setting up: INSTALL, CONTRIBUTING, docs/setup.md,
/// and the first page of docs/.
fn is_set_up(path: &RepoPath) -> bool {
    let purpose = community::purpose(path);
    if community::is_in_place(path) {
        return matches!(purpose, Some(Purpose::Install | Purpose::Contributing)) || corpus::stem(path) == "index";
    }
    let lower = path.lower();
    let folders = ["docs/", "doc/", "documentation/", "website/", "wiki/"];
    folders.iter().any(|folder| lower.starts_with(folder))
        && (purpose == Some(Purpose::Install) || sections::is_about(&corpus::stem(path), Meaning::Installation))
}

fn describes(document: &Document) -> bool {
    let is_about_it = is_named_so(document) && document.words() > 0;
    is_about_it
        || commands::installs(document).is_some()
        || sections::about(document, Meaning::Installation).next().is_some()
        || document.prose.iter().any(|prose| sections::invites(&prose.text, Invitation::Install).is_some())
}

/// INSTALL, docs/installation.md: the whole document is about it.
fn is_named_so(document: &Document) -> bool {
    !corpus::is_readme(&document.path) && sections::is_about(&corpus::stem(&document.path), Meaning::Installation)
}

/// Whether a README links instructions that lie elsewhere: by the words of the link or by its address.
fn links_to_it(readmes: &[&Document]) -> bool {
    readmes.iter().flat_map(|readme| &readme.links).filter(|link| !link.image).any(|link| {
        let path = link.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        sections::is_about(&link.text, Meaning::Installation)
            || path
                .split(['/', '#'])
                .any(|part| sections::is_about(part, Meaning::Installation) && !is_forge_path(part))
    })
}

/// Parts of addresses that name a repository or a run of CI, not a page.
fn is_forge_path(part: &str) -> bool {
    part.contains('.') || part.len() > 60
}

/// Why nobody can tell: the documentation lies where only people look.
pub(super) fn elsewhere(corpus: &Corpus, readmes: &[&Document]) -> Option<Phrase> {
    let links = || readmes.iter().flat_map(|readme| &readme.links);
    if links().any(|link| link.url.to_lowercase().split(['?', '#']).next().is_some_and(|url| url.ends_with(".pdf")))
        || corpus.unread().iter().any(|path| sections::is_about(&path.lossy(), Meaning::Installation))
    {
        return Some(Phrase::new(
            "part of the documentation is a PDF, and what it says is unknown",
            "ein Teil der Dokumentation ist ein PDF; was darin steht, ist unbekannt",
        ));
    }
    let in_section = readmes.iter().find_map(|readme| linked_in_section(readme));
    let manual = links().find(|link| is_manual(link)).or(in_section)?;
    Some(
        Phrase::new(
            "the documentation lies outside the repository: {address}",
            "die Dokumentation liegt außerhalb des Repositorys: {address}",
        )
        .with("address", manual.url.as_str()),
    )
}

/// The first link out of the repository in a section on documentation: "The full documentation is in …".
fn linked_in_section(readme: &Document) -> Option<&Link> {
    let about = readme.sections().filter(|section| {
        section.heading.is_some_and(|heading| {
            heading.text.split([' ', '/', '&', ',']).any(|word| sections::is_about(word, Meaning::Documentation))
        })
    });
    about.flat_map(|section| section.links).find(|link| !link.image && link.url.contains("://"))
}

/// Whether a link leads to the project's own documentation on the web.
fn is_manual(link: &Link) -> bool {
    let Some((_, rest)) = link.url.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let hosted =
        [".readthedocs.io", ".readthedocs.org", ".gitbook.io", ".rtfd.io"].iter().any(|end| host.ends_with(end));
    let wiki = path.trim_end_matches('/').ends_with("/wiki") || path.contains("/wiki/") && !host.contains("wikipedia");
    (hosted || wiki && !host.starts_with("www.") || sections::is_about(&link.text, Meaning::Documentation))
        && !link.image
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn readme(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn documents_on_setting_up() {
        for (path, yes) in [
            ("INSTALL", true),
            ("README_DEV.md", true),
            (".github/CONTRIBUTING.md", true),
            ("docs/index.md", true),
            ("docs/betrieb/installation.md", true),
            ("doc/guides/getting-started.rst", true),
            ("docs/api.md", false),
            ("packages/a/INSTALL.md", false),
            ("README.md", false),
        ] {
            assert_eq!(is_set_up(&path.into()), yes, "{path}");
        }
    }

    #[test]
    fn documents_that_describe_it() {
        for (text, yes) in [
            ("## Setup\n\nCopy it.", true),
            ("```\nnpm ci\n```", true),
            ("Get it from the App Store.", true),
            ("## Setup\n\nTBD", false),
            ("[![Build](b.svg)](https://ci.muster.test)", false),
            ("It runs in every browser.", false),
        ] {
            assert_eq!(describes(&readme(text)), yes, "{text}");
        }
    }

    #[test]
    fn links_to_instructions_and_manuals() {
        for (text, instructions, manual) in [
            ("[Installation](https://muster.test/x)", true, false),
            ("[here](https://muster.test/getting-started)", true, false),
            ("[here](https://muster.test/build.js)", false, false),
            ("[![Build](b.svg)](https://ci.muster.test/build)", false, false),
            ("[Dokumentation](https://muster.test)", false, true),
            ("[here](https://trees.readthedocs.io)", false, true),
            ("[here](https://git.muster.test/a/b/wiki)", false, true),
            ("[Trees](https://de.wikipedia.org/wiki/Baum)", false, false),
            ("[React documentation](https://muster.test)", false, false),
        ] {
            let readme = readme(text);
            assert_eq!(links_to_it(&[&readme]), instructions, "{text}");
            assert_eq!(readme.links.iter().any(is_manual), manual, "{text}");
        }
        let elsewhere = readme("## Docs & help\n\nAll of it is [there](https://muster.test/a).\n");
        assert!(linked_in_section(&elsewhere).is_some());
        assert!(linked_in_section(&readme("## Help\n\n[there](https://muster.test/a)")).is_none());
    }
}
