//! What does a command need, and is it there, after all that came before it?

use super::shell::Command;
use super::tree::Tree;
use super::{NAMES, plain};
use crate::reading::corpus;
use crate::reading::document::Document;
use crate::reading::tree_path::{ending, lead};
use std::collections::{BTreeMap, BTreeSet};

/// Folders a command may run in that are kept.
const BASES: usize = 40;
/// Follows the commands of one document.
pub(super) struct Reader<'t, 'r> {
    pub(super) tree: &'t Tree<'r>,
    /// folders that a command may run in
    pub(super) bases: Vec<String>,
    /// names of what commands and sentences make
    pub(super) made: BTreeSet<String>,
    /// names of repositories that were cloned
    clones: BTreeSet<String>,
    /// names that the links of the document end in, folded
    linked: BTreeMap<String, usize>,
    /// whether a command before may have put any file here
    pub(super) makers: bool,
    /// whether a change of folder was followed already
    inside: bool,
    /// whether the document speaks for the whole
    at_root: bool,
    /// how many words were held against the names of files
    pub(super) spelt: usize,
    /// what follows runs somewhere else: until the end of the block, or of the document
    away: bool,
    gone: bool,
    /// line, command, what it needs, whether that is there
    pub(super) needs: Vec<(u32, String, String, bool)>,
}

impl<'t, 'r> Reader<'t, 'r> {
    pub(super) fn of(tree: &'t Tree<'r>, document: &Document, made: BTreeSet<String>) -> Self {
        let folder = String::from_utf8_lossy(document.path.folder()).into_owned();
        let mut bases: Vec<String> =
            folder.match_indices('/').filter_map(|(at, _)| folder.get(..at)).map(str::to_owned).collect();
        bases.extend([folder, String::new()]);
        let mut linked = BTreeMap::new();
        for link in &document.links {
            for part in link.url.split('/').skip(3) {
                *linked.entry(plain(part)).or_default() += 1;
            }
        }
        Self {
            tree,
            bases,
            made,
            clones: BTreeSet::new(),
            linked,
            makers: false,
            inside: false,
            at_root: document.path.at_root() && corpus::is_readme(&document.path),
            spelt: 0,
            away: false,
            gone: false,
            needs: Vec::new(),
        }
    }

    /// A block of code, or code in a sentence, begins.
    pub(super) fn start(&mut self, is_block: bool) {
        self.away &= !is_block;
    }

    pub(super) fn follow(&mut self, command: &Command) {
        let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
        let Some(first) = words.first().copied() else { return };
        if first == "git" && words.contains(&"clone") {
            self.clone(&words);
        } else if matches!(first, "cd" | "pushd") {
            self.change(command.line, words.get(1).copied().unwrap_or("~"));
        } else if !self.away && !self.gone {
            self.needs_of(command.line, &words);
        }
        self.makes(&words);
        self.away |= command.leaves;
    }

    fn clone(&mut self, words: &[&str]) {
        let takes_value = |word: &str| {
            matches!(
                word,
                "-b" | "--branch" | "--depth" | "-o" | "--origin" | "-c" | "--config" | "-j" | "--jobs" | "-C"
            )
        };
        let pairs = words.iter().zip(words.iter().skip(1));
        let mut arguments = pairs
            .filter(|(before, word)| !takes_value(before) && !word.starts_with('-') && **word != "clone")
            .map(|(_, word)| word);
        let Some(url) = arguments.find(|word| word.contains([':', '/']) || word.contains(".git")) else { return };
        let into = arguments
            .next()
            .copied()
            .unwrap_or_else(|| url.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default());
        self.clones.insert(into.trim_end_matches(".git").to_owned());
        // From here on nobody can tell which of them a command is for, unless the folder says so.
        self.gone |= self.clones.len() > 1;
    }

    /// Whether a repository that is cloned is this one.
    fn is_own(&self, clone: &str) -> bool {
        let clone = plain(clone);
        // Of several, those of a family of projects begin alike.
        let only = self.clones.len() == 1;
        let alike = |name: &String| {
            *name == clone || only && name.len() > 4 && (name.contains(&clone) || clone.contains(name.as_str()))
        };
        let named = self.tree.names.iter().any(alike)
            || only && self.at_root && self.linked.get(&clone).is_some_and(|times| *times > 1);
        named || (self.at_root || self.tree.names.is_empty()) && only && self.needs.is_empty()
    }

    fn change(&mut self, line: u32, to: &str) {
        let to = to.trim_end_matches('/').trim_start_matches("./");
        if matches!(to, "" | "." | ".." | "../..") {
            self.away = false;
            return;
        }
        if to.starts_with(['/', '~', '-']) || is_unfinished(to) {
            self.away = true;
            return;
        }
        let found = self.bases.iter().filter_map(|base| lead(base, to)).find(|path| self.tree.repo.has_folder(path));
        if let Some(found) = found {
            if self.bases.len() < BASES && !self.bases.contains(&found) {
                self.bases.push(found);
            }
            (self.inside, self.away) = (true, false);
            return;
        }
        let (first, rest) = to.split_once('/').unwrap_or((to, ""));
        if self.clones.contains(first) {
            if !self.is_own(first) {
                self.gone = true;
                return;
            }
            self.gone = false;
            if !rest.is_empty() {
                self.change(line, rest);
            }
            return;
        }
        self.gone |= to.starts_with("..");
        let known = self.bases.iter().filter_map(|base| lead(base, first)).any(|path| self.tree.repo.has_folder(path));
        let certain = (self.inside || known) && !to.starts_with("..") && !self.may_come(to) && !self.is_named(first);
        if certain && !self.away && !self.gone {
            self.needs.push((line, format!("cd {to}"), to.to_owned(), false));
        }
        self.away |= certain || self.inside;
    }

    /// Whether a folder is called as the repository is.
    fn is_named(&self, folder: &str) -> bool {
        self.tree.names.contains(&plain(folder))
    }

    /// What the command needs of the tree.
    fn needs_of(&mut self, line: u32, words: &[&str]) {
        let Some((first, rest)) = words.split_first() else { return };
        let arguments: Vec<&str> = rest.iter().copied().filter(|word| !word.starts_with('-')).collect();
        let joined = words.join(" ");
        match *first {
            "cp" | "mv" => {
                let Some((_, sources)) = arguments.split_last() else { return };
                sources.iter().for_each(|source| self.file(line, &format!("{first} {source}"), source, false));
            }
            "chmod" => arguments.iter().skip(1).for_each(|file| self.file(line, &format!("chmod {file}"), file, false)),
            "." => self.file(line, &joined, arguments.first().copied().unwrap_or_default(), true),
            "make" | "gmake" => self.make(line, rest),
            "just" => self.target(line, "just", "just", arguments.first().copied().unwrap_or_default()),
            "npm" | "pnpm" | "yarn" | "bun" => self.script(line, first, rest),
            "composer" => self.composer(line, &arguments),
            "mvn" | "./mvnw" => self.profiles(line, first, rest),
            _ => {}
        }
        if let Some(endings) = NAMES.runs.get(*first)
            && let Some(file) = rest.first().filter(|word| endings.contains(&last_ending(word)))
        {
            self.file(line, &format!("{first} {file}"), file, true);
        }
        if let Some(program) = first.strip_prefix("./").filter(|program| !program.is_empty()) {
            self.file(line, first, program, true);
        }
        for (start, options) in &NAMES.options {
            if joined.strip_prefix(start.as_str()).is_some_and(|rest| rest.starts_with(' ')) {
                let pairs = words.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
                for (option, file) in pairs.filter(|(option, _)| options.iter().any(|known| known == option)) {
                    self.file(line, &format!("{start} {option} {file}"), file, true);
                }
            }
        }
        for word in &arguments {
            self.misspelt(line, first, word);
        }
    }

    /// A file that a command takes; `runs` where it would make no sense for the reader to bring it.
    fn file(&mut self, line: u32, command: &str, written: &str, runs: bool) {
        let written_path = written.trim_start_matches("./").trim_end_matches('/');
        if written_path.is_empty()
            || written == "-"
            || is_unfinished(written)
            || written.starts_with('/')
            || written.starts_with("..")
        {
            return;
        }
        let mut there = false;
        for base in &self.bases {
            let Some(path) = lead(base, written_path) else { return };
            if self.tree.is_out_of_sight(&path) {
                return;
            }
            there |= self.tree.is_there(&path);
        }
        let readable = !last_ending(written_path).is_empty() || written_path.starts_with('.');
        if !there
            && (self.may_come(written_path)
                || self.makers && !(readable && is_source(written_path))
                || !runs && !is_source(written_path))
        {
            return;
        }
        self.needs.push((line, command.to_owned(), written.to_owned(), there));
    }

    /// Whether something that is not there may come from somewhere all the same.
    pub(super) fn may_come(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        let by_name = parts.any(|part| self.made.contains(part));
        let ignored = self.bases.iter().filter_map(|base| lead(base, path)).any(|path| self.tree.is_ignored(&path));
        // "the script `x.sh` of the other repository" is a link there.
        let elsewhere =
            path.contains('.') && path.rsplit('/').next().is_some_and(|name| self.linked.contains_key(&plain(name)));
        by_name || ignored || elsewhere || self.tree.is_somewhere(path)
    }

    /// What a command puts into the tree.
    fn makes(&mut self, words: &[&str]) {
        let Some((first, rest)) = words.split_first() else { return };
        let program = first.rsplit('/').next().unwrap_or_default();
        self.makers |=
            NAMES.words.makers.contains(program) && !(program == "git" && rest.first() != Some(&"submodule"));
        let arguments = || rest.iter().filter(|word| !word.starts_with('-'));
        let name = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        match program {
            "cp" | "mv" | "ln" => self.made.extend(arguments().next_back().map(|path| name(path))),
            "touch" | "mkdir" | "wget" | "curl" | "nano" | "vim" | "vi" | "code" | "virtualenv" | "tee" => {
                self.made.extend(arguments().map(|path| name(path)));
            }
            "python" | "python3" | "py" if rest.contains(&"venv") => {
                self.made.extend(arguments().map(|path| name(path)))
            }
            _ => {}
        }
        let outputs = words.windows(2).filter_map(|pair| {
            let is_output = matches!(*pair.first()?, ">" | ">>" | "-o" | "-O" | "--output" | "-out" | "--out");
            pair.get(1).filter(|_| is_output)
        });
        self.made.extend(outputs.map(|path| name(path)));
        self.made.extend(
            words.iter().filter_map(|word| word.strip_prefix('>')).map(|path| name(path.trim_start_matches('>'))),
        );
    }
}

pub(super) fn is_unfinished(word: &str) -> bool {
    let lower = word.to_lowercase();
    NAMES.words.unfinished.iter().any(|mark| lower.contains(mark.as_str()))
}

/// The ending as it is written.
pub(super) fn last_ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, end)| end).to_owned()
}

/// Whether people write such a file, so that it belongs into the tree.
pub(super) fn is_source(path: &str) -> bool {
    let known = [
        "py",
        "sh",
        "bash",
        "js",
        "mjs",
        "cjs",
        "ts",
        "rb",
        "php",
        "pl",
        "r",
        "jl",
        "lua",
        "sql",
        "yml",
        "yaml",
        "txt",
        "toml",
        "ini",
        "cfg",
        "conf",
        "example",
        "sample",
        "dist",
        "template",
        "tpl",
        "default",
        "dockerfile",
        "lock",
        "bat",
        "ps1",
        "ipynb",
    ];
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let dotted = [".example", ".sample", ".template", ".dist"].iter().any(|part| name.contains(part));
    known.contains(&ending(path).as_str()) || dotted || name.starts_with(".env.")
}
