//! Which licence is this text?
//!
//! Three looks, each only where the one before says nothing: the words of the text are those of a licence of the SPDX
//! list (by hash, then by an inverted index of word grams, see `similar.rs`); it bears the marks of an official
//! translation (`translation.rs`); it states a licence by tag, name or address (`statement.rs`). A text whose
//! difference from a licence matters is never called by that licence's name (`difference.rs`).

mod alternative;
mod choice;
mod difference;
pub mod expression;
mod gnu;
mod index;
mod lists;
mod mention;
#[allow(unreachable_pub, reason = "the build script uses it too")]
mod naming;
#[allow(unreachable_pub, reason = "the build script uses it too")]
mod normal;
mod place;
#[allow(unreachable_pub, reason = "the build script uses it too")]
mod plain;
mod section;
mod sense;
mod sentence;
mod similar;
mod statement;
mod translation;
#[allow(unreachable_pub, reason = "the build script uses it too")]
mod weight;
mod work;

pub use mention::mentioned;
pub use normal::is_copyright_line;
pub use place::{Place, place_of};
pub use statement::How;

use lists::lists;
use normal::Words;
use similar::{Found, Similar};
use statement::Statement;
use std::ops::Range;

/// What a text says of a licence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// the SPDX expression; `None` where no licence can be named
    pub expression: Option<String>,
    /// how it was told
    pub how: Option<How>,
    /// licence texts that it holds, in their order
    pub texts: Vec<Held>,
    /// where no licence can be named, but a text of the list is near: that text, and what differs
    pub nearest: Option<Held>,
    /// what it states besides, as an SPDX expression
    pub stated: Option<String>,
    /// licences of parts made by others, whose texts stand behind the principal one
    pub notices: Vec<String>,
    /// whether a GNU licence is named without a word on later versions, so that `-only` is only the careful reading
    pub without_grant: bool,
}

/// A licence text within a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// the SPDX id
    pub id: String,
    /// whether it is an exception to a licence
    pub exception: bool,
    /// its first and last line in the file, from 1
    pub lines: (u32, u32),
    /// how much of the licence's own wording is there, in percent
    pub coverage: u8,
    /// how many words differ
    pub words_changed: usize,
    /// the places that change what it says: words that were added, words that are gone
    pub changes: Vec<(String, String)>,
    /// whether it says something else than the licence
    pub altered: bool,
}

/// So many words of something else before the first text make the file something else.
const ANNEX: usize = 500;
/// Changes that are shown.
const SHOWN: usize = 5;
/// Words of one change that are shown.
const SHOWN_WORDS: usize = 24;

/// Tells the licence of a text. Never fails, never takes more than linear time (times the texts it may hold).
pub fn identify(text: &str, place: Place) -> Identified {
    let plain = plain::plain(text);
    let text: &str = &plain;
    let words = normal::words(text);
    if let Some(number) = index::same(&words)
        && let Some(same) = index::text(number)
    {
        let held = Held {
            id: same.ids.first().copied().unwrap_or_default().to_owned(),
            exception: same.exception,
            lines: lines(text, 0..text.len()),
            coverage: 100,
            words_changed: 0,
            changes: Vec::new(),
            altered: false,
        };
        let how = if same.language.is_empty() { How::SameText } else { How::Translation };
        return finish(text, place, &words, vec![(held, 0..text.len())], None, how, &[]);
    }
    let (words, similar, alternatives) = look(text, words);
    let held: Vec<(Held, Range<usize>)> = similar.found.iter().map(|found| held(text, &words, found)).collect();
    let nearest = similar.nearest.map(|found| self::held(text, &words, &found).0);
    let first = similar.found.iter().find(|found| !found.difference.matters());
    let translated = first.and_then(|found| index::text(found.text)).is_some_and(|text| !text.language.is_empty());
    let how = if translated { How::Translation } else { How::SimilarText };
    finish(text, place, &words, held, nearest, how, &alternatives)
}

/// The texts that are there; where none is there unchanged, those there would be without paragraphs that offer another
/// licence.
fn look(text: &str, words: Words) -> (Words, Similar, Vec<Range<usize>>) {
    let similar = similar::similar(&words);
    let intact = |similar: &Similar| {
        let own = similar.found.iter().filter(|found| !found.difference.matters());
        own.filter(|found| index::text(found.text).is_some_and(|text| !text.exception)).count()
    };
    if intact(&similar) == 0 {
        let (kept, alternatives) = alternative::without_alternatives(text);
        if !alternatives.is_empty() {
            let words = normal::words(&kept);
            let similar = similar::similar(&words);
            if intact(&similar) > 0 {
                return (words, similar, alternatives);
            }
        }
    }
    (words, similar, Vec::new())
}

/// The licences that a short text names, and nothing else: `Apache License 2.0`, `MIT OR EUPL 1.2`. As an SPDX
/// expression; `None` where it names none, or says more than names.
pub fn named(value: &str) -> Option<String> {
    statement::named(value)
}

fn held(text: &str, words: &Words, found: &Found) -> (Held, Range<usize>) {
    let bytes = words.bytes(found.region.start, found.region.end);
    let licence = index::text(found.text);
    let changes = found.difference.changes.iter().filter(|change| change.matters).take(SHOWN).map(|change| {
        let added: Vec<&str> = change.added.clone().take(SHOWN_WORDS).map(|at| words.get(at)).collect();
        let removed: Vec<&str> = change.removed.iter().take(SHOWN_WORDS).map(|word| index::spelling(*word)).collect();
        (added.join(" "), removed.join(" "))
    });
    let held = Held {
        id: licence.and_then(|text| text.ids.first().copied()).unwrap_or_default().to_owned(),
        exception: licence.is_some_and(|text| text.exception),
        lines: lines(text, bytes.clone()),
        coverage: u8::try_from(found.coverage.min(100)).unwrap_or(100),
        words_changed: found.difference.words(),
        changes: changes.collect(),
        altered: found.difference.matters(),
    };
    (held, bytes)
}

fn lines(text: &str, bytes: Range<usize>) -> (u32, u32) {
    let count = |end: usize| memchr::memchr_iter(b'\n', text.as_bytes().get(..end).unwrap_or_default()).count() + 1;
    let line = |end| u32::try_from(count(end)).unwrap_or(u32::MAX);
    (line(bytes.start), line(bytes.end))
}

/// Puts texts and statements together.
fn finish(
    text: &str,
    place: Place,
    words: &Words,
    mut held: Vec<(Held, Range<usize>)>,
    nearest: Option<Held>,
    how: How,
    alternatives: &[Range<usize>],
) -> Identified {
    let mut covered = held.iter().flat_map(|(_, bytes)| outside(bytes.clone(), alternatives)).collect::<Vec<_>>();
    covered.extend(instructions(text, &held));
    let mut statement = statement::statement(text, place, &covered);
    let mut result =
        Identified { stated: statement.as_ref().map(|one| one.expression.clone()), ..Identified::default() };
    if place == Place::LicenceFile
        && let Some((last, bytes)) = held.iter_mut().rev().find(|(held, _)| !held.exception)
        && let Some(condition) = condition(text, words, bytes)
    {
        last.altered = true;
        last.changes.push((condition, String::new()));
    }
    // A text far behind others is one among the annexes of something else.
    let annex = |bytes: &Range<usize>| {
        place == Place::LicenceFile
            && (0..words.len()).take_while(|at| words.bytes(*at, at + 1).start < bytes.start).count() > ANNEX
    };
    let annexed = held.first().is_some_and(|(_, bytes)| annex(bytes));
    if annexed {
        held.clear();
    }
    let intact = |held: &&Held| !held.altered;
    let all: Vec<Held> = held.iter().map(|(held, _)| held.clone()).collect();
    let licences: Vec<&Held> = all.iter().filter(intact).filter(|held| !held.exception).collect();
    let exceptions: Vec<String> =
        all.iter().filter(intact).filter(|held| held.exception).map(|held| held.id.clone()).collect();
    let translated =
        (place == Place::LicenceFile && licences.is_empty()).then(|| translation::translation(text)).flatten();
    let translated = translated.map(|(id, _)| id);
    // A text that was changed is no licence of the list, whatever is stated beside it.
    let altered = all.iter().find(|held| held.altered && !held.exception);
    if licences.is_empty()
        && let Some(altered) = altered
        && place == Place::LicenceFile
        && translated.is_none_or(|id| id == altered.id)
    {
        result.nearest = Some(altered.clone());
        result.texts = all;
        return result;
    }
    // A long text without a licence of the list is no statement, even where it names licences: it may be a licence
    // in another language, with a list of those it is compatible with.
    if licences.is_empty()
        && let Some(id) = translated
    {
        result.expression = Some(id.to_owned());
        result.how = Some(How::Translation);
        return result;
    }
    let principal = principal(text, &held);
    let texts: Vec<String> = licences.iter().take(principal).map(|held| held.id.clone()).collect();
    result.notices = licences.iter().skip(principal).map(|held| held.id.clone()).collect();
    if !result.notices.is_empty() {
        held.truncate(1);
        // What is stated behind the first text is stated of the parts.
        let end = held.first().map_or(0, |(_, bytes)| bytes.end);
        statement = statement.filter(|one| one.at.iter().any(|at| at.start < end));
    }
    let (expression, by) = match (&statement, texts.is_empty()) {
        (Some(statement), true) => (Some(statement.expression.clone()), Some(statement.how)),
        (Some(statement), false) => (Some(together(&texts, statement, text, &held)), Some(how)),
        (None, false) => (Some(expression::join(&texts, operator(text, &held))), Some(how)),
        (None, true) => (None, None),
    };
    result.expression = expression.map(|expression| with_exceptions(expression, &exceptions));
    result.how = by;
    let silent = statement.as_ref().is_none_or(|statement| statement.without_grant);
    result.without_grant =
        silent && result.expression.as_deref().is_some_and(|all| expression::licences(all).iter().any(|id| is_gnu(id)));
    result.texts = all;
    if result.expression.is_none() {
        result.nearest = nearest;
    }
    result
}

/// The instructions behind GNU licences on how to apply them to one's own program: what stands there as an example is
/// no grant.
fn instructions(text: &str, held: &[(Held, Range<usize>)]) -> Vec<Range<usize>> {
    /// They begin within so many bytes behind the text.
    const NEAR: usize = 400;
    /// And are no longer than this.
    const LONGEST: usize = 8_000;
    let mut found = Vec::new();
    for (_, bytes) in held.iter().filter(|(held, _)| is_gnu(&held.id)) {
        let next = held.iter().map(|(_, other)| other.start).filter(|start| *start >= bytes.end).min();
        let end = next.unwrap_or(text.len()).min(bytes.end + LONGEST);
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let near = text.get(bytes.end..boundary((bytes.end + NEAR).min(end))).unwrap_or_default();
        if near.to_ascii_lowercase().contains("to apply these terms") {
            found.push(bytes.end..boundary(end));
        }
    }
    found
}

/// The parts of a range that lie outside of others, which are in their order.
fn outside(range: Range<usize>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for other in others.iter().filter(|other| other.start < range.end && other.end > range.start) {
        parts.push(start..other.start.max(start));
        start = other.end;
    }
    parts.push(start..range.end.max(start));
    parts
}

fn is_gnu(id: &str) -> bool {
    ["GPL-", "LGPL-", "AGPL-", "GFDL-"].iter().any(|family| id.starts_with(family))
}

/// The id without the grant: `GPL-3.0`.
fn family(id: &str) -> &str {
    let bare = id.split(" WITH ").next().unwrap_or(id);
    bare.strip_suffix("-only").or_else(|| bare.strip_suffix("-or-later")).unwrap_or(bare)
}

/// Texts and a statement beside them: the statement decides where it speaks of the same licences; what it names
/// besides applies too.
fn together(texts: &[String], statement: &Statement, text: &str, held: &[(Held, Range<usize>)]) -> String {
    // `BSD` beside the text of one is that one.
    let mut said_all = statement.expression.clone();
    for vague in &statement.vague {
        if let Some(text) = texts.iter().find(|text| choice::same_family(text, vague)) {
            said_all = said_all.replace(vague, text);
        }
    }
    let stated = expression::licences(&said_all);
    let names = |id: &String| stated.iter().any(|other| family(other) == family(id));
    let (said, unsaid): (Vec<String>, Vec<String>) = texts.iter().cloned().partition(|id| names(id));
    if unsaid.is_empty() {
        return said_all;
    }
    let operator = if statement.choice { "OR" } else { operator(text, held) };
    if said.is_empty() && statement.how == statement::How::Name && operator == "AND" {
        // Names beside the text of another licence are those of parts, of what is compatible, of what it was before.
        return expression::join(texts, operator);
    }
    let parts: Vec<String> = std::iter::once(said_all).chain(unsaid).collect();
    expression::join(&parts, operator)
}

/// How many of the licences are the work's own: the first alone where words behind it say that what follows are the
/// licences of parts, or where a whole collection follows.
fn principal(text: &str, held: &[(Held, Range<usize>)]) -> usize {
    const COLLECTION: usize = 3;
    let own: Vec<&Range<usize>> =
        held.iter().filter(|(held, _)| !held.altered && !held.exception).map(|(_, bytes)| bytes).collect();
    let [first, second, ..] = own.as_slice() else { return own.len() };
    let between = text.get(first.end..second.start).unwrap_or_default().to_lowercase();
    let parts = lists().parts.iter().any(|words| between.contains(words.as_str()));
    let choice = lists().choice.iter().any(|words| between.contains(words.as_str()));
    if parts || own.len() >= COLLECTION && !choice { 1 } else { own.len() }
}

/// `OR` where words between or before the texts offer a choice, else `AND`.
fn operator(text: &str, held: &[(Held, Range<usize>)]) -> &'static str {
    let mut between = Vec::new();
    let mut end = 0;
    for (held, bytes) in held.iter().filter(|(held, _)| !held.exception) {
        if held.lines.0 > 0 {
            between.push(text.get(end..bytes.start).unwrap_or_default());
            end = bytes.end;
        }
    }
    let says = |part: &&str| {
        let lower = part.to_lowercase();
        lists().choice.iter().any(|words| lower.contains(words.as_str()))
    };
    if between.iter().any(says) { "OR" } else { "AND" }
}

fn with_exceptions(expression: String, exceptions: &[String]) -> String {
    let Some(exception) = exceptions.first() else { return expression };
    let add = |id: &str| {
        if is_gnu(id.trim_start_matches('(')) {
            format!("{} WITH {exception}{}", id.trim_end_matches(')'), if id.ends_with(')') { ")" } else { "" })
        } else {
            id.to_owned()
        }
    };
    if expression.contains(" WITH ") {
        return expression;
    }
    expression.split(' ').map(add).collect::<Vec<_>>().join(" ")
}

/// A condition that somebody put before or behind the text, and that takes back what it grants.
fn condition(text: &str, words: &Words, bytes: &Range<usize>) -> Option<String> {
    const NEAR: usize = 60;
    let _ = text;
    let outside: Vec<usize> = (0..words.len()).filter(|at| !bytes.contains(&words.bytes(*at, at + 1).start)).collect();
    let first = outside.iter().rposition(|at| words.bytes(*at, at + 1).start < bytes.start).map_or(0, |at| at + 1);
    let window = outside.get(first.saturating_sub(NEAR)..(first + NEAR).min(outside.len()))?;
    let said: Vec<&str> = window.iter().map(|at| words.get(*at)).collect();
    let joined = said.join(" ");
    let phrase = lists().takes_back.iter().find(|phrase| joined.contains(phrase.as_str()))?;
    let at = joined.find(phrase.as_str())?;
    let around = joined.get(..at).unwrap_or_default().split(' ').rev().take(8).any(|word| lists().marks.contains(word));
    (!around).then(|| joined.get(at..).unwrap_or_default().split(' ').take(SHOWN_WORDS).collect::<Vec<_>>().join(" "))
}
