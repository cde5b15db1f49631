//! Who decides, what is planned, and where are mistakes told?

use super::{has_file, is_below_docs};
use crate::reading::Readings;
use crate::reading::community::{self, Purpose};
use crate::reading::corpus;
use crate::reading::document::{Document, Link};
use crate::reading::sections::{self, Invitation, Meaning};
use crate::repository::{FileKind, Mark, RepoPath};
use crate::signal::{Reading, Value};

/// How many people have committed; no more are counted than a rule asks for.
pub(super) fn committers(readings: &Readings<'_>) -> Reading {
    let history = readings.repo.history("committers")?;
    Ok(Value::from(history.people.iter().filter(|person| !person.bot).count()))
}

/// Whether anything says who decides and how, or what was decided.
pub(super) fn decisions_described(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let found = has_file(readings, Purpose::Governance)
        || corpus.documents().any(|document| {
            community::purpose(&document.path) == Some(Purpose::Governance) && is_below_docs(&document.path)
                || is_decision(&document.path) && document.words() > 0
                || sections::about(document, Meaning::Governance).next().is_some()
                || document.links.iter().any(|link| !link.image && sections::is_about(&link.text, Meaning::Governance))
        });
    Ok(Value::from(found))
}

/// `docs/adr/0001-maps.md`, `doc/decisions/use-postgres.md`, `rfcs/0001.md`.
fn is_decision(path: &RepoPath) -> bool {
    let lower = path.lower();
    let mut folders: Vec<&str> = lower.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    let kept = [
        "adr",
        "adrs",
        "decisions",
        "decision-records",
        "decision_records",
        "architecture-decisions",
        "rfcs",
        "rfc",
        "entscheidungen",
        "decision-log",
    ];
    folders.iter().any(|folder| kept.contains(folder)) || name.starts_with("adr-") || name.contains("decisions.")
}

/// Whether anything says what is planned.
pub(super) fn roadmap_described(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let by_metadata = readings.publiccode().and_then(Result::ok).is_some_and(|publiccode| publiccode.roadmap.is_some());
    let in_words =
        || corpus.readmes().flat_map(|readme| &readme.prose).any(|prose| prose.text.to_lowercase().contains("roadmap"));
    let found = by_metadata
        || in_words()
        || has_file(readings, Purpose::Roadmap)
        || corpus.documents().any(|document| {
            sections::is_about(&corpus::stem(&document.path), Meaning::Roadmap) && document.words() > 0
                || sections::about(document, Meaning::Roadmap).next().is_some()
                || document.links.iter().any(is_plan)
        });
    Ok(Value::from(found))
}

/// Whether a link leads to milestones, a board or a plan.
fn is_plan(link: &Link) -> bool {
    let url = link.url.to_lowercase();
    let address = url.split(['#', '?']).next().unwrap_or_default();
    let forge =
        ["github.com/", "gitlab", "codeberg.org/", "opencode.de/", "gitea"].iter().any(|host| url.contains(host));
    let parts: Vec<&str> = address.split('/').collect();
    let board = forge && ["milestones", "milestone", "boards"].iter().any(|part| parts.contains(part))
        || url.contains("github.com/")
            && parts.windows(2).any(|two| matches!(two, ["projects", number] if number.parse::<u32>().is_ok()))
        || ["trello.com/b/", "productboard.com/", "canny.io/", "taiga.io/project/"]
            .iter()
            .any(|place| url.contains(place));
    board || sections::is_about(&link.text, Meaning::Roadmap) && !link.image
}

/// Whether anything says how mistakes and wishes are told.
pub(super) fn reporting_described(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let foreign = [Mark::Vendored, Mark::Test, Mark::BuildOutput];
    let by_form = readings.repo.files().iter().any(|file| {
        file.kind != FileKind::Submodule && is_form(&file.path) && !foreign.iter().any(|mark| file.marks.has(*mark))
    });
    let community = corpus.documents().filter(|document| {
        let purpose = community::purpose(&document.path);
        matches!(purpose, Some(Purpose::Contributing | Purpose::Support))
            && (community::is_in_place(&document.path) || is_below_docs(&document.path))
    });
    Ok(Value::from(by_form || corpus.readmes().chain(community).any(says_how_to_report)))
}

/// Forms for issues and proposals of changes, of every forge.
fn is_form(path: &RepoPath) -> bool {
    let lower = path.lower();
    let rest = ["", ".github/", ".gitlab/", ".gitea/", ".forgejo/", "docs/"]
        .into_iter()
        .filter_map(|place| lower.strip_prefix(place));
    let names = ["issue_template", "issue_templates/", "pull_request_template", "merge_request_templates/"];
    rest.into_iter().any(|rest| names.iter().any(|name| rest.starts_with(name)))
}

fn says_how_to_report(document: &Document) -> bool {
    sections::about(document, Meaning::Reporting).next().is_some()
        || document.prose.iter().any(|prose| sections::invites(&prose.text, Invitation::Issue).is_some())
        || document.links.iter().any(|link| !link.image && is_tracker(&link.url))
}

/// Whether a link leads to the list of issues or a form for a new one; not to a single issue.
fn is_tracker(url: &str) -> bool {
    let address = url.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/').to_lowercase();
    ["/issues", "/issues/new", "/issues/new/choose", "/-/issues"].iter().any(|end| address.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn readme(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn records_of_decisions() {
        for (path, yes) in [
            ("docs/adr/0001-maps.md", true),
            ("doc/decisions/maps.md", true),
            ("DECISIONS.md", true),
            ("docs/adr-001.md", true),
            ("docs/design_decisions.md", true),
            ("docs/decision-tree.md", false),
            ("docs/address.md", false),
        ] {
            assert_eq!(is_decision(&path.into()), yes, "{path}");
        }
    }

    #[test]
    fn links_to_plans() {
        for (text, yes) in [
            ("[here](https://github.com/muster/trees/milestones)", true),
            ("[board](https://github.com/orgs/muster/projects/3)", true),
            ("[board](https://gitlab.opencode.de/muster/trees/-/boards)", true),
            ("[our roadmap](https://muster.test/plan)", true),
            ("[project](https://muster.test/projects/3)", false),
            ("[issue](https://github.com/muster/trees/issues)", false),
            ("[code](https://github.com/muster/projects)", false),
        ] {
            assert_eq!(readme(text).links.iter().any(is_plan), yes, "{text}");
        }
    }

    #[test]
    fn ways_to_report() {
        for (text, yes) in [
            ("## Reporting bugs\n\nWrite to us.", true),
            ("## Fehler melden\n\nSchreiben Sie uns.", true),
            ("Please open an issue.", true),
            ("[Issues](https://github.com/muster/trees/issues)", true),
            ("See [this one](https://github.com/muster/trees/issues/12).", false),
            ("## Reporting bugs\n\n## Licence\n\nMIT", false),
            ("The trees have no issues.", false),
        ] {
            assert_eq!(says_how_to_report(&readme(text)), yes, "{text}");
        }
        for (path, yes) in [
            (".github/ISSUE_TEMPLATE/bug.yml", true),
            (".github/PULL_REQUEST_TEMPLATE.md", true),
            (".gitlab/merge_request_templates/Default.md", true),
            ("docs/pull_request_template.md", true),
            ("src/issue_template.rs", false),
        ] {
            assert_eq!(is_form(&path.into()), yes, "{path}");
        }
    }
}
