//! Does a document say that nobody looks after the project any more, and whom to turn to instead?

use super::sayings::{ENDED, Saying, UNMAINTAINED};
use super::{PIECES, names_place};
use crate::reading::document::{Document, Prose};
use crate::reading::forge_address::ForgeAddress;
use regex::Regex;
use std::sync::LazyLock;

/// A line that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// the line, from 1
    pub line: u32,
    /// whether the document names what to use instead, or where it goes on
    pub successor: bool,
}

/// Words for an end that is none to worry about: what is finished may be used as it is.
const FINISHED: [&str; 9] =
    ["complet", "finish", "conclu", "ended", "frozen", "an end", "wound up", "abgeschlossen", "beendet"];
/// So many lines below a notice may name what follows.
const BELOW: u32 = 15;
/// So many characters before a link may say what it leads to.
const BEFORE: usize = 90;

/// Words before the name of something that is to be used instead.
static INSTEAD: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\b(?:use|using|switch|migrat\w+|mov(?:e|ed|ing)|instead|alternatives?|successors?|succeeded|recommend\w*|replac\w+|superseded|newer|fork(?:ed|s)?|continue[sd]?|maintained \w+|now (?:lives|at|part|in)|developed (?:at|in)|merged|in favou?r of|nachfolg\w*|stattdessen|alternativen?|verwenden|nutzen|empfehlen|fortgeführt|weitergeführt|ersetzt|umgezogen)\b";
    Regex::new(words).expect("a test builds it")
});

/// The first line in which a document says that the project as a whole is deprecated, archived or unmaintained.
pub fn notice(document: &Document) -> Option<Notice> {
    let headings = document.headings.iter().take(PIECES).filter(|heading| says(&heading.text, true));
    let prose = document.prose.iter().take(PIECES).filter(|prose| says(&in_one_line(prose), false));
    let images = document.images.iter().take(PIECES).filter(|image| says(&image.url, false));
    let lines = headings.map(|heading| heading.line).chain(prose.map(|prose| prose.line));
    let line = lines.chain(images.map(|image| image.line)).min()?;
    Some(Notice { line, successor: names_successor(document, line) })
}

fn in_one_line(prose: &Prose) -> String {
    prose.text.replace('\n', " ")
}

fn says(text: &str, heading: bool) -> bool {
    let ended = |saying: &Saying| {
        let found = saying.find(text).filter(|_| !saying.is_move());
        found.is_some_and(|found| {
            let words = found.as_str().to_lowercase();
            !FINISHED.iter().any(|finished| words.contains(finished))
        })
    };
    let unmaintained = |saying: &Saying| (heading || !saying.in_headings_only()) && saying.find(text).is_some();
    UNMAINTAINED.iter().any(unmaintained) || ENDED.iter().any(ended)
}

/// A sentence that says there is nothing else to turn to answers the question as well.
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\b(?:no|not? any) (?:\w+ )?(?:successor|replacement|alternative)|\bkein(?:en|e)? (?:\w+ )?(?:nachfolg|ersatz|alternative)";
    Regex::new(words).expect("a test builds it")
});

/// Whether the document tells of a move, says that nothing follows, or names something to use instead in the lines
/// below the notice in `line`.
pub(super) fn names_successor(document: &Document, line: u32) -> bool {
    let moved = |text: &str, links: bool| {
        ENDED.iter().filter(|saying| saying.is_move()).any(|saying| {
            saying.find(text).is_some_and(|found| links || names_place(text, found.end()) || text.contains("://"))
        })
    };
    // the next heading begins something else
    let next = document.headings.iter().map(|heading| heading.line).filter(|at| *at > line).min();
    let end = next.unwrap_or(u32::MAX).min(line.saturating_add(BELOW));
    let near = |at: u32| (line..end).contains(&at);
    let pieces = || document.prose.iter().take(PIECES);
    let tells = |prose: &Prose| {
        let text = in_one_line(prose);
        NONE.is_match(&text) || moved(&text, !prose.linked.is_empty())
    };
    pieces().any(tells)
        || document.headings.iter().take(PIECES).any(|heading| moved(&heading.text, false))
        || pieces().filter(|prose| near(prose.line)).any(names_instead)
        || document.links.iter().any(|link| !link.image && near(link.line) && is_other_repository(&link.url))
}

/// Whether a sentence names something to use instead: a link, code or a name after such a word.
fn names_instead(prose: &Prose) -> bool {
    let text = in_one_line(prose);
    let after_word = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let start = before.char_indices().rev().nth(BEFORE).map_or(0, |(start, _)| start);
        INSTEAD.is_match(before.get(start..).unwrap_or_default())
    };
    let linked = prose.linked.iter().chain(&prose.code).any(|range| after_word(range.start));
    linked || INSTEAD.find_iter(&text).any(|found| text.get(found.end()..).is_some_and(|rest| rest.contains("://")))
}

/// Whether an address leads to a repository, and not to one of its pages.
fn is_other_repository(url: &str) -> bool {
    let pages = ["/releases", "/issues", "/wiki", "/actions", "/workflows", "/discussions", "/pull", "/tag", "/blob"];
    ForgeAddress::read(url, false).is_some() && !pages.iter().any(|page| url.contains(page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn documents() {
        for (text, expected) in [
            ("Archived because not used anymore.\n\n# Trees\n", Some((1, false))),
            ("# Trees [Deprecated]\n\nScripts for trees.\n", Some((1, false))),
            ("# Trees\n\n**Please note:** This repository is currently unmaintained.\n", Some((3, false))),
            ("# Deprecation notice\n\nThe city no longer maintains this app\n", Some((1, false))),
            ("# Bäume\n\nDieses Projekt wird nicht mehr gepflegt.\n", Some((3, false))),
            (
                "# Trees\n\nThis project is no longer maintained. Use [shrubs](https://a.org) instead.\n",
                Some((3, true)),
            ),
            ("# Trees\n\nThis project is no longer maintained.\n\nUse `shrubs` instead.\n", Some((3, true))),
            (
                "# Trees\n\nThis repository is unmaintained.\n\nMaintained tools:\n* [x](https://github.com/a/x)\n",
                Some((3, true)),
            ),
            ("Archived because not used.\n\n# Trees\n\nMade with [x](https://github.com/a/x).\n", Some((1, false))),
            ("# Trees [Deprecated]\n\nThe project has moved to [shrubs](https://a.org/shrubs).\n", Some((1, true))),
            ("# Bäume (archiviert)\n\nNachfolger ist [stadtbaum](https://a.org).\n", Some((1, true))),
            ("# Trees\n\nThis project is archived. Why, says [our blog](https://a.org/end).\n", Some((3, false))),
            ("# Trees\n\nThis project is archived. There is no successor.\n", Some((3, true))),
            ("# Bäume\n\nDiese Anwendung ist veraltet. Es gibt keinen Nachfolger.\n", Some((3, true))),
            ("# Trees\n\nThe project has been completed in 2023.\n", None),
            ("# Trees\n\nThis function is deprecated.\n", None),
            ("# Trees\n\n* shrubs (not maintained after the change)\n", None),
            ("# Trees\n\nThe archived data lie elsewhere.\n", None),
            ("", None),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            let found = notice(&document).map(|notice| (notice.line, notice.successor));
            assert_eq!(found, expected, "{text}");
        }
    }
}
