//! Is there a way to reach the people behind it?

use crate::reading::Readings;
use crate::reading::community::{self, Purpose};
use crate::reading::contact::{self, Way};
use crate::reading::document::{Document, Format};
use crate::reading::manifest::{Manifest, UrlKind};
use crate::repository::{File, RepoPath};
use crate::signal::{Reading, Value};

/// Metadata whose fields may hold addresses; publiccode.yml too, for where it cannot be parsed.
const METADATA: &[&str] =
    &["citation.cff", "codemeta.json", ".zenodo.json", "zenodo.json", "publiccode.yml", "publiccode.yaml"];

pub(super) fn is_named(readings: &Readings<'_>) -> Reading {
    let named = in_documents(readings) || in_files(readings) || in_metadata(readings);
    Ok(Value::from(named))
}

/// README, SUPPORT, CONTRIBUTING and their like.
fn in_documents(readings: &Readings<'_>) -> bool {
    let corpus = readings.corpus();
    let readmes = corpus.readmes().any(|readme| !contact::ways(readme).is_empty());
    readmes
        || corpus.documents().filter(|document| community::is_in_place(&document.path)).any(|document| {
            match community::purpose(&document.path) {
                Some(Purpose::Support) => document.words() > 0 || !document.links.is_empty(),
                Some(Purpose::Contributing | Purpose::CodeOfConduct | Purpose::Governance) => {
                    !contact::ways(document).is_empty()
                }
                Some(Purpose::Security) => contact::ways(document).contains(&Way::Mail),
                Some(Purpose::Owners) => has_address(document),
                _ => false,
            }
        })
}

/// Lists of people are often set in columns, which look like code.
fn has_address(document: &Document) -> bool {
    let in_code = document.code_blocks.iter().any(|code| contact::mail_address(&code.text).is_some());
    in_code || !contact::ways(document).is_empty()
}

/// CODEOWNERS and MAINTAINERS that name somebody, and forms for issues: who makes these wants to be written to.
fn in_files(readings: &Readings<'_>) -> bool {
    let repo = readings.repo;
    let names_somebody = |file: &File| {
        repo.text(file).is_ok_and(|text| {
            text.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
                line.split_whitespace().any(|word| word.trim_matches(['(', ')', ',', '<', '>']).contains('@'))
            })
        })
    };
    community::files(repo, Purpose::Owners).any(names_somebody)
        || repo.files().iter().any(|file| is_issue_form(&file.path))
}

/// `.github/ISSUE_TEMPLATE/bug.yml`, `.gitlab/issue_templates/bug.md`, `ISSUE_TEMPLATE.md`.
fn is_issue_form(path: &RepoPath) -> bool {
    let lower = path.lower();
    let place = ["", ".github/", ".gitlab/", ".gitea/", ".forgejo/", "docs/"]
        .into_iter()
        .find_map(|place| lower.strip_prefix(place).filter(|rest| rest.starts_with("issue_template")));
    place.is_some()
}

/// Manifests, publiccode.yml, CITATION.cff.
fn in_metadata(readings: &Readings<'_>) -> bool {
    let by_manifest = |manifest: &Manifest| {
        manifest
            .people
            .iter()
            .filter_map(|person| person.email.as_ref())
            .any(|mail| contact::mail_address(&mail.value).is_some())
            || manifest.urls.iter().any(|url| url.kind == UrlKind::Issues)
    };
    let by_publiccode = || {
        readings.publiccode().is_some_and(|read| {
            read.is_ok_and(|publiccode| !publiccode.contacts.is_empty() || !publiccode.contractors.is_empty())
        })
    };
    let by_field = || {
        readings.corpus().documents().any(|document| {
            document.format == Format::Fields
                && document.path.at_root()
                && METADATA.contains(&document.path.name_lower().as_str())
                && document.prose.iter().any(|field| contact::mail_address(&field.text).is_some())
        })
    };
    readings.manifests().iter().any(by_manifest) || by_publiccode() || by_field()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn forms_for_issues() {
        for (path, yes) in [
            (".github/ISSUE_TEMPLATE/bug.yml", true),
            (".gitlab/issue_templates/bug.md", true),
            ("ISSUE_TEMPLATE.md", true),
            (".github/PULL_REQUEST_TEMPLATE.md", false),
            ("src/issue_template.rs", false),
        ] {
            assert_eq!(is_issue_form(&path.into()), yes, "{path}");
        }
    }

    #[test]
    fn lists_of_people_in_columns() {
        let read = |text: &str| Document::read(&"AUTHORS".into(), Format::Plain, text);
        assert!(has_address(&read("    Mara Muster   <mara@stadt-muster.eu>\n")));
        assert!(!has_address(&read("    Mara Muster   parks office\n")));
    }
}
