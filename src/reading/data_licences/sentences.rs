//! What do the sentences of a document say of the licence of data?

use super::{Folded, Licence, WORDS, is_for_data_or_content, named_in, restrictions};
use crate::reading::document::{Document, Heading, ProseKind};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// A sentence on a licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// the line in which it says so
    pub line: u32,
    /// the words that do; foreign: for finding the place
    pub words: String,
    /// the licence, where one is named
    pub licence: Option<Licence>,
    /// whether the sentence, or the heading above it, speaks of data
    pub of_data: bool,
}

/// So many are heard in one document.
const MOST: usize = 100;
/// A longer piece of prose is a listing.
const LONGEST: usize = 8 << 10;

/// What all sentences on licences have in them.
static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    const PARTS: &[&str] = &[
        "licen",
        "lizen",
        " cc",
        "(cc",
        "cc-",
        "cc0",
        "cc by",
        "`cc",
        "/cc",
        "creative commons",
        "dl-de",
        "odbl",
        "pddl",
        "public domain",
        "gemeinfrei",
        "commercial",
        "kommerziell",
        "rights reserved",
        "rechte vorbehalten",
        "droits",
        "research",
        "academic",
        "forschung",
        "terms of use",
        "nutzungsbed",
        "nutzungsbest",
        "geonutz",
        "amtliches",
        "official",
        "redistributed",
        "weitergegeben",
        "use only",
        "purposes only",
        "privaten gebrauch",
        "conditions d",
        "odc",
        "iodl",
    ];
    let built = AhoCorasick::builder().ascii_case_insensitive(true).build(PARTS);
    built.expect("the words are few and short")
});

/// All sentences on licences in a document, in its order. Front matter holds fields and no sentences.
pub fn sentences(document: &Document) -> Vec<Said> {
    let mut found = Vec::new();
    // The headings of a report speak of what it says, not of files.
    let is_report = matches!(document.path.extension().as_str(), "rmd" | "qmd" | "ipynb");
    let mut prose = document.prose.iter().peekable();
    let mut headings = document.headings.iter().peekable();
    let mut above: Option<&Heading> = None;
    let mut under_data = false;
    while let Some(piece) = prose.next() {
        while let Some(heading) = headings.next_if(|heading| heading.line <= piece.line) {
            read(&heading.text, heading.line, false, &mut found);
            above = Some(heading);
        }
        if let Some(heading) = above.take() {
            under_data = !is_report && heading.level > 1 && speaks_of_data(&Folded::of(&heading.text), &[]);
        }
        if found.len() >= MOST {
            return found;
        }
        match piece.kind {
            ProseKind::Field => {}
            ProseKind::TableCell => {
                let mut row = piece.text.clone();
                while let Some(cell) =
                    prose.next_if(|next| next.kind == ProseKind::TableCell && next.line == piece.line)
                {
                    row.push_str(" | ");
                    row.push_str(&cell.text);
                }
                read(&row, piece.line, under_data, &mut found);
            }
            ProseKind::Paragraph | ProseKind::ListItem => {
                let before = found.len();
                for part in parts(&piece.text) {
                    let text = piece.text.get(part.clone()).unwrap_or_default();
                    let lines = |at: usize| piece.line_at(part.start + at);
                    found.extend(one(text, under_data, lines));
                }
                // One sentence speaks of the licence, the next of the data.
                if found.len() == before {
                    let whole = one(&piece.text, under_data, |at| piece.line_at(at));
                    found.extend(whole.filter(|said| said.licence.is_none()));
                }
            }
        }
    }
    for heading in headings {
        read(&heading.text, heading.line, false, &mut found);
    }
    found.truncate(MOST);
    found
}

fn read(text: &str, line: u32, under_data: bool, found: &mut Vec<Said>) {
    found.extend(one(text, under_data, |_| line));
}

/// What one sentence says.
fn one(text: &str, under_data: bool, line: impl Fn(usize) -> u32) -> Option<Said> {
    if text.len() > LONGEST || !BEGINNINGS.is_match(text) {
        return None;
    }
    let names = named_in(text);
    let folded = Folded::of(text);
    let covered: Vec<Range<usize>> = names.iter().map(|(at, _)| at.clone()).collect();
    let other = || folded.words().any(|(_, word)| WORDS.table.other_subjects.contains(word));
    let of_data =
        under_data && !other() || speaks_of_data(&folded, &covered) || names.iter().any(|(_, one)| one.for_data);
    let words = |at: &Range<usize>| text.get(at.clone()).unwrap_or_default().to_owned();
    let said = |at: Range<usize>, licence| Some(Said { line: line(at.start), words: words(&at), licence, of_data });
    let restricted = restrictions(&folded).into_iter().next();
    // Of several licences the one that is not open decides what others may do with the whole; of others the one for data.
    let content = |one: &Licence| one.for_data || is_for_data_or_content(&one.name);
    let named = names.iter().find(|(_, one)| one.open == Some(false));
    let named = named.or_else(|| names.iter().find(|(_, one)| content(one))).or_else(|| names.first());
    match (named, restricted) {
        (Some((at, licence)), None) => said(at.clone(), Some(licence.clone())),
        (Some((at, licence)), Some(_)) if licence.open == Some(false) => said(at.clone(), Some(licence.clone())),
        (_, Some(at)) => {
            let licence = Licence { name: words(&at), open: Some(false), for_data: false };
            said(at, Some(licence))
        }
        (None, None) if of_data => said(licence_word(&folded)?, None),
        (None, None) => None,
    }
}

/// Where a sentence speaks of licences without naming one.
fn licence_word(folded: &Folded) -> Option<Range<usize>> {
    let table = &WORDS.table;
    let mut words = folded.words().peekable();
    let mut word = None;
    while let Some((at, said)) = words.next() {
        let other = words.peek().is_some_and(|(_, next)| table.no_licence_words.contains(*next));
        if table.licence_words.contains(said) && !other {
            word = Some((at, said));
            break;
        }
    }
    let phrase = || {
        let hit = |words: &String| folded.text.find(words.as_str()).map(|at| at..at + words.len());
        table.licence_phrases.iter().find_map(|words| folded.word(hit(words)?))
    };
    word.map(|(at, word)| at..at + word.len()).or_else(phrase)
}

/// Whether words outside of the names of licences speak of data.
fn speaks_of_data(folded: &Folded, names: &[Range<usize>]) -> bool {
    let table = &WORDS.table;
    folded.words().any(|(at, word)| {
        let is = table.data_words.contains(word)
            || table.data_endings.iter().any(|end| word.ends_with(end.as_str()) && word.len() > end.len())
                && !table.no_data_words.contains(word);
        is && !names.iter().any(|name| name.contains(&at))
    })
}

/// The sentences of a piece of prose.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = matches!(c, '.' | '!' | '?')
            && text.get(at + 1..).is_some_and(|rest| {
                let rest = rest.trim_start_matches(['"', '”', '“', ')']);
                rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(char::is_uppercase)
            })
            // "Version 2.0 der", "e.g. Data" and initials end nothing.
            && text.get(start..at).is_some_and(|said| said.rsplit(char::is_whitespace).next().is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()) || word.chars().count() > 2 && !word.contains('.')));
        if end {
            parts.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn said(text: &str) -> Vec<String> {
        let document = Document::read(&"README.md".into(), Format::Markdown, text);
        sentences(&document)
            .into_iter()
            .map(|said| {
                let name = said.licence.map_or("?".to_owned(), |one| format!("{} {:?}", one.name, one.open));
                format!("{}: {name}{}", said.line, if said.of_data { " of data" } else { "" })
            })
            .collect()
    }

    #[test]
    fn what_is_said() {
        for (text, wanted) in [
            ("The data is licensed under CC BY 4.0.", &["1: CC-BY-4.0 Some(true) of data"][..]),
            ("The code is under the MIT License, the data under ODbL.", &["1: ODbL-1.0 Some(true) of data"]),
            ("Die Messdaten stehen unter dl-de/by-2-0.", &["1: DL-DE-BY-2.0 Some(true) of data"]),
            ("Source: Amt, dl-de/by-2-0", &["1: DL-DE-BY-2.0 Some(true) of data"]),
            ("Texts and content: CC BY 3.0 DE", &["1: CC-BY-3.0-DE Some(true)"]),
            ("This project is MIT licensed.", &[]),
            ("## Data\n\nCC BY-NC\n", &["3: CC BY-NC Some(false) of data"]),
            ("# Data of x\n\nCC BY-NC\n", &["3: CC BY-NC Some(false)"]),
            ("The dataset is for research purposes only.", &["1: for research purposes only Some(false) of data"]),
            ("The terms of use of the data are on our page.", &["1: ? of data"]),
            ("The data are described below.", &[]),
            ("Read the data.", &[]),
            ("A licence policy applies. Some of it.\nThe use of these data is subject to it.", &["1: ? of data"]),
            ("Each data row is a license holder.", &[]),
            ("## Data\n\nThis work is under CC BY-NC-ND 4.0.\n", &["3: CC-BY-NC-ND-4.0 Some(false)"]),
            ("| File | Licence |\n|---|---|\n| data.csv | CC0 |\n", &["3: CC0-1.0 Some(true) of data"]),
            ("---\nlicense: cc-by-nc-4.0\n---\n# X\n", &[]),
            ("Copyright the authors. All rights reserved.", &["1: All rights reserved Some(false)"]),
        ] {
            assert_eq!(said(text), wanted, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        for (text, wanted) in [
            ("One thing. Another one", &["One thing.", " Another one"][..]),
            ("Version 2.0 of it", &["Version 2.0 of it"]),
            ("Pictures: CC BY-NC 4.0. Data: CC0.", &["Pictures: CC BY-NC 4.0.", " Data: CC0."]),
            ("See e.g. Data there", &["See e.g. Data there"]),
        ] {
            assert_eq!(parts(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>(), wanted);
        }
    }
}
