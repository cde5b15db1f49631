//! Which files are worth reading for sources, and with which reader?

use super::code::Code;
use super::walk::{self, Walked};
use super::{Use, context, dialect, evidence, local, markup, names, notebook, settings, shell, sites};
use crate::reading::calls;
use crate::reading::language;
use crate::repository::RepoPath;
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longer texts are cut; nobody writes one by hand.
const LONGEST: usize = 2 << 20;
/// Lines as long as this on average are made by a program.
const MINIFIED: usize = 600;

static NEEDLES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words: BTreeSet<&str> = ["://", "'//", "\"//", "`//"]
        .into_iter()
        .chain(calls::telling())
        .chain(shell::telling())
        .chain(local::telling())
        .collect();
    AhoCorasick::new(words).expect("needles of the tables")
});

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    Program(&'static str),
    Shell,
    Settings(settings::Syntax),
    Markup,
    Notebook,
    Chunks,
}

fn reader(path: &RepoPath) -> Option<Reader> {
    let end = path.extension();
    let reader = match end.as_str() {
        "ipynb" => Reader::Notebook,
        "rmd" | "qmd" | "rnw" => Reader::Chunks,
        "svelte" | "vue" | "astro" | "html" | "htm" => Reader::Markup,
        _ => match settings::syntax(path) {
            Some(syntax) => Reader::Settings(syntax),
            None => match language::of(path)?.name.as_str() {
                "shell" => Reader::Shell,
                name => Reader::Program(dialect::of(name)?.0.name()),
            },
        },
    };
    Some(reader)
}

/// Whether a text holds something that is worth a reader; comments that stand on lines of their own do not count.
fn is_worth_it(text: &str) -> bool {
    let bytes = text.as_bytes();
    NEEDLES.find_iter(bytes).any(|found| {
        if !text.get(found.range()).is_some_and(|needle| needle.contains("//")) {
            return true;
        }
        let line = memchr::memrchr(b'\n', &bytes[..found.start()]).map_or(0, |at| at + 1);
        let lead = text.get(line..found.start()).unwrap_or_default().trim_start();
        !["#", "//", "*", "/*", "--", "<!--", "%"]
            .iter()
            .any(|comment| lead.starts_with(comment) && !lead.starts_with("#|"))
    })
}

fn is_minified(text: &str) -> bool {
    text.len() > 4 * MINIFIED && text.len() / (memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1) > MINIFIED
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a file uses from outside of the repository, in the order of its lines.
pub fn uses(path: &RepoPath, text: &str) -> Vec<Use> {
    let Some(reader) = reader(path) else { return Vec::new() };
    if !is_worth_it(text) || reader != Reader::Notebook && is_minified(text) {
        return Vec::new();
    }
    let text = head(text);
    let mut uses = match reader {
        Reader::Program(language) => program(language, text).uses,
        Reader::Shell => shell::uses(path, text),
        Reader::Settings(syntax) => settings::uses(path, syntax, text),
        Reader::Markup => parts(&markup::parts(text)).uses,
        Reader::Notebook => notebook::cells(text).map_or_else(Vec::new, |cells| cells.uses()),
        Reader::Chunks => parts(&notebook::chunks(text)).uses,
    };
    uses.sort_by_key(|a| (a.line, a.column, a.evidence));
    uses.dedup_by(|b, a| a.line == b.line && a.called == b.called && a.is == b.is);
    uses
}

/// The programs of a file, each in its language and with the lines of the file. Notebooks are left out: they are
/// looked at by hand, and nobody serves or runs them.
pub(super) fn programs(path: &RepoPath, text: &str) -> Vec<(&'static str, String)> {
    let Some(reader) = reader(path) else { return Vec::new() };
    if reader != Reader::Notebook && is_minified(text) {
        return Vec::new();
    }
    let text = head(text);
    match reader {
        Reader::Program(language) => vec![(language, text.to_owned())],
        Reader::Markup => markup::parts(text),
        Reader::Chunks => notebook::chunks(text),
        Reader::Notebook | Reader::Shell | Reader::Settings(_) => Vec::new(),
    }
}

/// What a file does with names that others wait for.
#[derive(Debug, Default)]
pub struct Needs {
    /// names that a call needs that reads data
    pub needed: BTreeSet<String>,
    /// names that its code mentions at all
    pub mentioned: BTreeSet<String>,
    /// names that it gives to a call, after the keyword under which it gives them
    pub passed: BTreeSet<(String, String)>,
}

/// What a file does with the `wanted` names.
pub fn needs(path: &RepoPath, text: &str, wanted: &BTreeSet<String>) -> Needs {
    let text = head(text);
    let program = match reader(path) {
        Some(Reader::Program(language)) => program(language, text),
        Some(Reader::Markup) => parts(&markup::parts(text)),
        Some(Reader::Chunks) => parts(&notebook::chunks(text)),
        Some(Reader::Notebook) => notebook::cells(text).map(|cells| cells.program()).unwrap_or_default(),
        Some(Reader::Shell) => shell::program(text),
        Some(Reader::Settings(_)) | None => Program::default(),
    };
    let of = |names: BTreeSet<String>| names.into_iter().filter(|name| wanted.contains(name)).collect();
    let passed = program.passed.into_iter().filter(|(key, name)| wanted.contains(name) && !context::is_generic(key));
    Needs { needed: of(program.needed), mentioned: of(program.mentioned), passed: passed.collect() }
}

/// What was learnt of a program.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) uses: Vec<Use>,
    pub(super) needed: BTreeSet<String>,
    pub(super) mentioned: BTreeSet<String>,
    pub(super) passed: BTreeSet<(String, String)>,
}

/// Reads a program in one language.
pub(super) fn program(language: &str, text: &str) -> Program {
    let Some((dialect, language)) = dialect::of(language) else { return Program::default() };
    let code = Code::new(text, dialect, language);
    let names = names::names(&code);
    let walked = walk::walk(&code, &names);
    let given = sites::given(&code, &names, &walked);
    let needed = reached(given.needed, &walked);
    let mut uses = given.uses;
    uses.extend(evidence::standing(&code, &walked, &needed, &given.tokens));
    uses.extend(local::reads(&code, &names, &walked));
    Program { uses, needed, mentioned: walked.counts.into_keys().collect(), passed: walked.passed }
}

/// Reads parts of a text, each in its language; what does not belong to a part is blank in it.
pub(super) fn parts(parts: &[(&'static str, String)]) -> Program {
    let mut whole = Program::default();
    for (language, text) in parts {
        let part = if *language == "shell" { shell::program(text) } else { program(language, text) };
        whole.uses.extend(part.uses);
        whole.needed.extend(part.needed);
        whole.mentioned.extend(part.mentioned);
        whole.passed.extend(part.passed);
    }
    whole
}

/// All names from which the needed ones get their values.
fn reached(needed: BTreeSet<String>, walked: &Walked) -> BTreeSet<String> {
    let mut open: Vec<String> = needed.iter().cloned().collect();
    let mut reached = needed;
    while let Some(name) = open.pop() {
        for from in walked.flows.get(&name).into_iter().flatten() {
            if reached.insert(from.clone()) {
                open.push(from.clone());
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefilter_leaves_comments_alone() {
        for (text, yes) in [
            ("# see https://example.de\n", false),
            (" * @see https://example.de\n", false),
            ("x = 1 # https://example.de\n", true),
            ("get('https://example.de')\n", true),
            ("x = from_pretrained('a/b')\n", true),
            ("x = 1\n", false),
        ] {
            assert_eq!(is_worth_it(text), yes, "{text}");
        }
    }
}
