//! What does a comment say that waives something?
//!
//! `civiclint: ignore RULE[, RULE …] [until YYYY-MM-DD] -- REASON`, or `ignore-file` for the file as a whole. A dash
//! (`—`, `–`) does as well as `--`, which XML forbids within comments.

use crate::untrusted::Untrusted;
use jiff::civil::Date;

/// What such a comment begins with.
pub(super) const NEEDLE: &str = "civiclint:";
/// More rules in one comment are none.
const RULES: usize = 20;
/// The longest name of a rule that is kept, in bytes.
const NAME: usize = 100;
/// The longest reason that is kept, in bytes.
const REASON: usize = 500;
/// What comments end with.
const ENDS: [&str; 14] = ["*/", "--%>", "-->", "--}}", "%>", "}}", "#}", "*)", "-}", "#>", "=#", "]]", ":)", "*/}"];

/// What is missing, or wrong, in the words of such a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// it is neither `ignore` nor `ignore-file`; foreign
    Word(Untrusted),
    /// no rule is named
    NoRule,
    /// no reason is given
    NoReason,
    /// what follows `until` is no date; foreign
    Date(Untrusted),
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// whether it is about the file as a whole
    pub(super) whole_file: bool,
    /// what is named as rules, as it is written; foreign
    pub(super) rules: Vec<Untrusted>,
    /// the last day
    pub(super) until: Option<Date>,
    /// why
    pub(super) reason: Untrusted,
    /// what is wrong with it
    pub(super) flaw: Option<Flaw>,
}

/// Whether nothing but marks stands before the words in a comment, or another comment that ends there
/// (`# noqa # civiclint: …`).
pub(super) fn begins(before: &str) -> bool {
    let before = before.trim();
    let mark = |c: char| "#/*!;%-<>({|.='\u{feff}".contains(c);
    let word = before.trim_matches(|c: char| mark(c) || c.is_whitespace());
    word.is_empty()
        || word.eq_ignore_ascii_case("rem")
        || word == "dnl"
        || before.strip_suffix(['#', ';', '%']).or(before.strip_suffix("//")).is_some_and(|rest| rest.ends_with(' '))
}

/// Reads what follows the [`NEEDLE`]; `None` where it is about something else.
pub(super) fn read(after: &str) -> Option<Said> {
    let after = without_ends(after.trim());
    let (word, rest) = after.split_once(|c: char| c.is_whitespace()).unwrap_or((after, ""));
    if !word.starts_with("ignore") {
        return None;
    }
    let dash = ["--", "—", "–"].into_iter().filter_map(|dash| Some((rest.find(dash)?, dash.len()))).min();
    let (head, reason) = match dash {
        Some((at, len)) => (rest.get(..at).unwrap_or_default(), rest.get(at + len..).unwrap_or_default().trim()),
        None => (rest, ""),
    };
    let mut rules = Vec::new();
    let mut until = None;
    let mut bad_date = None;
    let mut tokens = head.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty());
    while let Some(token) = tokens.next() {
        if token == "until" {
            let written = tokens.next().unwrap_or_default();
            match written.parse() {
                Ok(date) if written.len() == "2027-06-30".len() => until = Some(date),
                _ => {
                    bad_date = Some(Flaw::Date(short(written, NAME)));
                    break;
                }
            }
        } else if rules.len() < RULES && (dash.is_some() || token.contains('/')) {
            rules.push(short(token, NAME));
        }
    }
    let flaw = if word != "ignore" && word != "ignore-file" {
        Some(Flaw::Word(short(word, NAME)))
    } else if rules.is_empty() {
        Some(Flaw::NoRule)
    } else if bad_date.is_some() {
        bad_date
    } else {
        (!reason.contains(char::is_alphanumeric)).then_some(Flaw::NoReason)
    };
    Some(Said { whole_file: word == "ignore-file", rules, until, reason: short(reason, REASON), flaw })
}

/// As much of a text as is kept.
fn short(text: &str, most: usize) -> Untrusted {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Untrusted::from(text.get(..end).unwrap_or_default())
}

/// Without what ends the comment, and without what the frame of a notebook adds.
fn without_ends(text: &str) -> &str {
    let mut text = text;
    while let Some(shorter) = ENDS.iter().find_map(|end| text.strip_suffix(end)) {
        text = shorter.trim_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(after: &str) -> Option<(Vec<String>, Option<String>, String)> {
        let said = read(after)?;
        assert_eq!(said.flaw, None, "{after}");
        let rules = said.rules.iter().map(|rule| rule.lossy().into_owned()).collect();
        Some((rules, said.until.map(|date| date.to_string()), said.reason.lossy().into_owned()))
    }

    #[test]
    fn whole_ones() {
        for (after, rules, until, reason) in [
            (" ignore a/b -- why", &["a/b"][..], None, "why"),
            ("ignore a/b -- why", &["a/b"], None, "why"),
            (" ignore a/b,c/d , e/f -- why not -- really", &["a/b", "c/d", "e/f"], None, "why not -- really"),
            (" ignore a/b until 2027-06-30 -- why", &["a/b"], Some("2027-06-30"), "why"),
            (" ignore a/b — entry 4711 -->", &["a/b"], None, "entry 4711"),
            (" ignore a/b–why */", &["a/b"], None, "why"),
            (" ignore-file a/b -- why */}", &["a/b"], None, "why"),
            (" ignore tippfehler -- why", &["tippfehler"], None, "why"),
        ] {
            let rules = rules.iter().map(|rule| (*rule).to_owned()).collect();
            assert_eq!(told(after), Some((rules, until.map(str::to_owned), reason.to_owned())), "{after}");
        }
        assert!(read("ignore-file a/b -- c").is_some_and(|said| said.whole_file));
    }

    #[test]
    fn flawed_ones() {
        for (after, flaw) in [
            (" ignore", Flaw::NoRule),
            (" ignore -- because", Flaw::NoRule),
            (" ignore this file", Flaw::NoRule),
            (" ignore a/b", Flaw::NoReason),
            (" ignore a/b because I say so", Flaw::NoReason),
            (" ignore a/b -- ", Flaw::NoReason),
            (" ignore a/b -- ... -->", Flaw::NoReason),
            (" ignore a/b until -- x", Flaw::Date("".into())),
            (" ignore a/b until tomorrow -- x", Flaw::Date("tomorrow".into())),
            (" ignore a/b until 2027-02-30 -- x", Flaw::Date("2027-02-30".into())),
            (" ignore-next-line a/b -- x", Flaw::Word("ignore-next-line".into())),
        ] {
            assert_eq!(read(after).and_then(|said| said.flaw), Some(flaw), "{after}");
        }
    }

    #[test]
    fn what_is_about_something_else() {
        for after in ["", " see the manual", " the linter", " enable a/b"] {
            assert_eq!(read(after), None, "{after}");
        }
        for (before, yes) in [
            ("# ", true),
            ("/* ", true),
            (" * ", true),
            ("<!-- ", true),
            ("REM ", true),
            (".. ", true),
            ("# noqa: E501 # ", true),
            ("// x // ", true),
            ("# write ", false),
            ("/// `", false),
            ("# \"", false),
        ] {
            assert_eq!(begins(before), yes, "{before}");
        }
    }

    #[test]
    fn nothing_grows_without_end() {
        let said = read(&format!(" ignore {} -- {}", "ä/ö, ".repeat(1000), "ü".repeat(10_000))).expect("one");
        assert_eq!(said.rules.len(), RULES);
        assert!(said.reason.as_bytes().len() <= REASON);
    }
}
