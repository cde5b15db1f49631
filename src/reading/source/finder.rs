//! Which files are worth reading for sources, and with which reader?

use super::code::Code;
use super::walk::{self, Walked};
use super::{Use, context, dialect, evidence, local, markup, names, notebook, prefilter, settings, shell, sites};
use crate::reading::language;
use crate::repository::RepoPath;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Longer texts are cut; nobody writes one by hand.
const LONGEST: usize = 2 << 20;
/// Lines as long as this on average are made by a program.
const MINIFIED: usize = 600;

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

impl Reader {
    /// The language, where all of the file is in one.
    fn language(self) -> Option<&'static str> {
        match self {
            Self::Program(language) => Some(language),
            Self::Shell | Self::Settings(_) | Self::Markup | Self::Notebook | Self::Chunks => None,
        }
    }
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

fn is_minified(text: &str) -> bool {
    text.len() > 4 * MINIFIED && text.len() / (memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1) > MINIFIED
}

/// Whether a script begins with the banner that tools keep in what they bundle: `/*! name v1.2.3`.
fn is_library(text: &str) -> bool {
    let banner = text.trim_start().strip_prefix("/*!").and_then(|rest| rest.split("*/").next()).unwrap_or_default();
    let mut bytes = banner.as_bytes().windows(3);
    let versioned = bytes.any(|three| matches!(three, [b'v' | b' ', digit, b'.'] if digit.is_ascii_digit()));
    versioned && banner.len() < 2_000
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
    if !prefilter::is_worth_it(text, reader.language()) || reader != Reader::Notebook && is_minified(text) {
        return Vec::new();
    }
    let text = head(text);
    if reader == Reader::Program("javascript") && is_library(text) || context::is_sign_in(&path.lower()) {
        return Vec::new();
    }
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

/// In which languages the programs of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// all of it in one
    One(&'static str),
    /// its parts in any
    Any,
}

impl Spoken {
    /// The language, where all of the file is in one.
    pub(super) fn language(self) -> Option<&'static str> {
        match self {
            Self::One(language) => Some(language),
            Self::Any => None,
        }
    }
}

/// In which languages the programs of a file are that [`programs`] tells apart; `None` where there are none.
pub(super) fn spoken(path: &RepoPath) -> Option<Spoken> {
    match reader(path)? {
        Reader::Program(language) => Some(Spoken::One(language)),
        Reader::Markup | Reader::Chunks => Some(Spoken::Any),
        Reader::Notebook | Reader::Shell | Reader::Settings(_) => None,
    }
}

/// The programs of a file, each in its language and with the lines of the file. Notebooks are left out: they are
/// looked at by hand, and nobody serves or runs them.
pub(super) fn programs<'t>(path: &RepoPath, text: &'t str) -> Vec<(&'static str, Cow<'t, str>)> {
    let Some(reader) = reader(path) else { return Vec::new() };
    if reader != Reader::Notebook && is_minified(text) {
        return Vec::new();
    }
    let text = head(text);
    let parts = match reader {
        Reader::Program(language) => return vec![(language, Cow::Borrowed(text))],
        Reader::Markup => markup::parts(text),
        Reader::Chunks => notebook::chunks(text),
        Reader::Notebook | Reader::Shell | Reader::Settings(_) => Vec::new(),
    };
    parts.into_iter().map(|(language, text)| (language, Cow::Owned(text))).collect()
}

/// What a file does with names that others wait for.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
pub struct Needs {
    /// names that a call needs that reads data
    pub needed: BTreeSet<String>,
    /// names that its code mentions at all
    pub mentioned: BTreeSet<String>,
    /// names that it gives to a call, after the keyword under which it gives them
    pub passed: BTreeSet<(String, String)>,
    /// names of files that it imports
    pub imported: BTreeSet<String>,
}

/// The wanted words that stand in lines that import something.
fn imports(text: &str, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let is_import = |line: &str| {
        let line = line.trim_start();
        ["import ", "from ", "use ", "source(", "include", "require", "export * from", "} from"]
            .iter()
            .any(|start| line.starts_with(start))
            || ["require(", "import(", " from '", " from \"", "open(", "load("].iter().any(|part| line.contains(part))
    };
    let lines = text.lines().filter(|line| line.len() < 400 && is_import(line));
    let words = lines.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))));
    words.filter(|word| wanted.contains(*word)).map(str::to_owned).collect()
}

/// What a file is imported as: its name without its end, or that of its folder where it is the folder's own.
pub fn imported_as(path: &RepoPath) -> String {
    let lossy = path.lossy();
    let mut parts = lossy.rsplit('/');
    let stem = parts.next().and_then(|name| name.split('.').find(|part| !part.is_empty())).unwrap_or_default();
    match stem {
        "index" | "__init__" | "mod" => parts.next().unwrap_or(stem).to_owned(),
        stem => stem.to_owned(),
    }
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
    Needs {
        needed: of(program.needed),
        mentioned: of(program.mentioned),
        passed: passed.collect(),
        imported: imports(text, wanted),
    }
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
    fn bundled_libraries_are_known_by_their_banner() {
        for (text, yes) in [
            ("/*!\n * Calendar v3.10.5\n */\n(function () {})()", true),
            ("/*! Map 1.2.3 | MIT */ x", true),
            ("/*! our own map */ fetch(x)", false),
            ("/* Map v1.2.3 */ fetch(x)", false),
            ("", false),
        ] {
            assert_eq!(is_library(text), yes, "{text}");
        }
    }

    #[test]
    fn files_and_what_imports_them() {
        for (path, wanted) in [("src/config.py", "config"), ("p/db/base.js", "base"), ("src/config/index.ts", "config")]
        {
            let name = imported_as(&RepoPath::from(path));
            assert_eq!(name, wanted, "{path}");
            let wanted = BTreeSet::from([name.clone()]);
            for text in [
                format!("from {name} import URL\n"),
                format!("from ..{name} import (\n"),
                format!("import x from './{name}.js';\n"),
                format!("const {{ a }} = require('../{name}')\n"),
                format!("}} from '@/lib/{name}'\n"),
                format!("source(\"{name}.R\")\n"),
                format!("import settings.{name}\n"),
            ] {
                assert!(imports(&text, &wanted).contains(&name), "{text}");
            }
            for text in [format!("x = {name}.URL\n"), "import something\n".to_owned(), format!("# {name}\n")] {
                assert!(imports(&text, &wanted).is_empty(), "{text}");
            }
        }
    }
}
