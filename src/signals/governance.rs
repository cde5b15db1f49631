//! Can others take part?

mod ways;

use super::{ReadsHistory, Room};
use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::community::{self, Purpose};
use crate::reading::document::{Document, Link, Section};
use crate::reading::sections::{self, Invitation, Meaning};
use crate::repository::{RepoPath, Span};
use crate::signal::{Kind, Reading, Signal, Value, Whole};

pub(super) const ROOM: Room = Room {
    name: "governance",
    history: &[ReadsHistory { question: "committers", span: |enough| enough.map_or(Span::Whole, Span::People) }],
    whole: &[
        Whole {
            signal: Signal {
                name: "contributing-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does a CONTRIBUTING file, or a section or link in the README, say how to take part?",
                    "Sagt eine CONTRIBUTING-Datei, ein Abschnitt oder ein Link in der README, wie man mitmachen kann?",
                ),
            },
            answer: contributing_described,
        },
        Whole {
            signal: Signal {
                name: "has-code-of-conduct",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there a code of conduct: a file, a section, or a link to one?",
                    "Gibt es einen Verhaltenskodex: eine Datei, einen Abschnitt oder einen Link darauf?",
                ),
            },
            answer: has_code_of_conduct,
        },
        Whole {
            signal: Signal {
                name: "committers",
                kind: Kind::Number,
                asks: Words::new("How many people have committed?", "Wie viele Menschen haben Commits gemacht?"),
            },
            answer: ways::committers,
        },
        Whole {
            signal: Signal {
                name: "decisions-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does a document say who decides and how, or which decisions were made?",
                    "Sagt ein Dokument, wer wie entscheidet oder welche Entscheidungen gefallen sind?",
                ),
            },
            answer: ways::decisions_described,
        },
        Whole {
            signal: Signal {
                name: "roadmap-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does a file, a section, a link to milestones or a board, or publiccode.yml say what is planned?",
                    "Sagt eine Datei, ein Abschnitt, ein Link zu Meilensteinen oder einem Board oder publiccode.yml, was geplant ist?",
                ),
            },
            answer: ways::roadmap_described,
        },
        Whole {
            signal: Signal {
                name: "reporting-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Are there forms for issues or merge requests, or words on how to report mistakes and wishes?",
                    "Gibt es Vorlagen für Issues oder Merge Requests oder steht irgendwo, wie man Fehler und Wünsche meldet?",
                ),
            },
            answer: ways::reporting_described,
        },
    ],
    subjects: &[],
};

/// A section with fewer words must name a step (`pull request`, `issue` …), link something or show a command.
const WORDS_OF_A_WAY: usize = 12;

fn contributing_described(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let by_file = has_file(readings, Purpose::Contributing)
        || corpus.documents().any(|document| {
            community::purpose(&document.path) == Some(Purpose::Contributing)
                && (is_below_docs(&document.path) || is_of_a_package(&document.path))
        });
    let by_readme = || {
        corpus.readmes().any(|readme| {
            sections::about(readme, Meaning::Contributing).any(|section| says_how(&section))
                || readme.links.iter().any(is_guide)
                || readme.prose.iter().any(|prose| sections::invites(&prose.text, Invitation::Propose).is_some())
        })
    };
    Ok(Value::from(by_file || by_readme()))
}

fn has_code_of_conduct(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let asked = || {
        let contributing = corpus.documents().filter(|document| {
            community::is_in_place(&document.path)
                && matches!(community::purpose(&document.path), Some(Purpose::Contributing | Purpose::Governance))
        });
        corpus.readmes().chain(contributing)
    };
    let by_document = |document: &Document| {
        sections::about(document, Meaning::CodeOfConduct).next().is_some() || document.links.iter().any(is_conduct)
    };
    let named = has_file(readings, Purpose::CodeOfConduct)
        || corpus.documents().any(|document| {
            community::purpose(&document.path) == Some(Purpose::CodeOfConduct) && is_below_docs(&document.path)
        });
    Ok(Value::from(named || asked().any(by_document)))
}

/// Whether such a file lies in its place and holds something.
fn has_file(readings: &Readings<'_>, purpose: Purpose) -> bool {
    let corpus = readings.corpus();
    community::files(readings.repo, purpose).any(|file| match corpus.document(file.path.as_bytes()) {
        Some(document) => !document.is_empty(),
        None => readings.repo.text(file).map_or(true, |text| !text.trim().is_empty()),
    })
}

fn is_below_docs(path: &RepoPath) -> bool {
    let lower = path.lower();
    ["docs/", "doc/", "documentation/", ".github/", ".gitlab/"].iter().any(|folder| lower.starts_with(folder))
}

/// Whether a file lies in a folder of the root: repositories of several packages have a guide in each.
fn is_of_a_package(path: &RepoPath) -> bool {
    path.as_bytes().iter().filter(|byte| **byte == b'/').count() == 1
}

/// Whether a section on contributing names a way, and is not only a welcome above a list of people.
fn says_how(section: &Section<'_>) -> bool {
    let steps = section.prose.iter().any(|prose| sections::invites(&prose.text, Invitation::Contribute).is_some());
    let links = section.links.iter().any(|link| !link.image && !is_list_of_people(link));
    steps || links || !section.code_blocks.is_empty() || section.words() >= WORDS_OF_A_WAY
}

/// Links of the all-contributors bot and to graphs of contributors.
fn is_list_of_people(link: &Link) -> bool {
    ["all-contributors", "allcontributors", "/graphs/contributors", "/commits?author=", "contrib.rocks"]
        .iter()
        .any(|mark| link.url.contains(mark))
}

/// Whether a link leads to a guide for contributors, wherever it lies.
fn is_guide(link: &Link) -> bool {
    let last = link.url.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let by_name = community::purpose(&RepoPath::new(last)) == Some(Purpose::Contributing);
    let by_words = sections::is_about(&link.text, Meaning::Contributing) && !link.url.starts_with('#');
    !link.image && !is_list_of_people(link) && (by_name || by_words)
}

/// Whether a link, or a badge, leads to a code of conduct.
fn is_conduct(link: &Link) -> bool {
    let url = link.url.to_lowercase();
    sections::is_about(&link.text, Meaning::CodeOfConduct)
        || ["code_of_conduct", "code-of-conduct", "codeofconduct", "verhaltenskodex", "contributor-covenant.org"]
            .iter()
            .any(|mark| url.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn readme(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn sections_that_say_how() {
        for (text, yes) in [
            ("## Contributing\n\nWrite an issue before you make a pull request.", true),
            ("## Contributing\n\nContributions of any kind welcome!", false),
            ("## Contributing\n\nSee [the guide](https://muster.org/guide).", true),
            ("## Contributing\n\n[Ada](https://x.org/commits?author=ada) 💻", false),
            ("## Contributors ✨\n\nPlease send a pull request.", false),
            ("## Mitmachen\n\nPull Requests sind willkommen.", true),
            ("## Mitmachen\n\nTODO", false),
        ] {
            let document = readme(text);
            let found = sections::about(&document, Meaning::Contributing).any(|section| says_how(&section));
            assert_eq!(found, yes, "{text}");
        }
    }

    #[test]
    fn links_to_guides_and_codes() {
        for (text, guide, conduct) in [
            ("[guide](https://muster.org/a/CONTRIBUTING.md)", true, false),
            ("[How to contribute](https://muster.org/x)", true, false),
            ("[Contributors](https://github.com/a/b/graphs/contributors)", false, false),
            (
                "[![all](https://img.muster.org/x.svg)](https://github.com/all-contributors/all-contributors)",
                false,
                false,
            ),
            ("[![covenant](b.svg)](https://www.contributor-covenant.org/version/2/1/)", false, true),
            ("[Verhaltenskodex](https://muster.org/regeln)", false, true),
            ("[contributing](#contributing)", false, false),
        ] {
            let document = readme(text);
            assert_eq!(document.links.iter().any(is_guide), guide, "{text}");
            assert_eq!(document.links.iter().any(is_conduct), conduct, "{text}");
        }
    }
}
