//! Which targets, scripts and misspelt names does a command ask for?

use super::NAMES;
use super::reader::{Reader, is_source, is_unfinished, last_ending};
use crate::reading::tree_path::lead;

/// So many words of a document are held against the names of files.
const SPELT: usize = 50;
/// Files of a folder among which a misspelt name is looked for.
const SIBLINGS: usize = 500;

impl Reader<'_, '_> {
    /// A file that is not there while one of nearly the same name is.
    pub(super) fn misspelt(&mut self, line: u32, first: &str, word: &str) {
        if !is_source(word)
            || is_unfinished(word)
            || word.starts_with(['/', '.'])
            || self.spelt > SPELT
            || self.may_come(word)
        {
            return;
        }
        let name = word.rsplit('/').next().unwrap_or_default();
        self.spelt += 1;
        if self.spelt > SPELT
            || name.len() < 10
            || self.needs.iter().any(|(at, _, what, _)| *at == line && what == word)
        {
            return;
        }
        let ways: Vec<String> = self.bases.iter().filter_map(|base| lead(base, word)).collect();
        if ways.iter().any(|way| self.tree.is_there(way)) {
            return;
        }
        let near = ways.iter().any(|way| {
            let folder = way.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let files = self.tree.repo.files();
            let from = files.partition_point(|file| file.path.as_bytes() < folder.as_bytes());
            let here = files
                .iter()
                .skip(from)
                .take(SIBLINGS)
                .take_while(|file| file.path.as_bytes().starts_with(folder.as_bytes()));
            let mut names = here.map(|file| file.path.lossy().into_owned());
            names.any(|path| path.strip_prefix(&folder).is_some_and(|other| is_near(name, other)))
        });
        if near {
            self.needs.push((line, format!("{first} … {word}"), word.to_owned(), false));
        }
    }

    pub(super) fn target(&mut self, line: u32, kind: &'static str, program: &str, target: &str) {
        if target.is_empty() || is_unfinished(target) || target.contains('.') || self.made.contains(target) {
            return;
        }
        if let Some(lacks) = self.tree.lacks(kind, target) {
            self.needs.push((line, format!("{program} {target}"), target.to_owned(), !lacks));
        }
    }

    pub(super) fn make(&mut self, line: u32, rest: &[&str]) {
        let elsewhere = ["-C", "-f", "-j", "-I", "-o", "install"];
        let is_built = [
            "CMakeLists.txt",
            "configure.ac",
            "configure",
            "Makefile.am",
            "Makefile.in",
            "Makefile.PL",
            "meson.build",
            "configure.in",
            "Kbuild",
        ];
        let sphinx = self.tree.has_name("make.bat");
        let made = self.makers && rest.is_empty() || sphinx || is_built.iter().any(|name| self.tree.has_name(name));
        if made || rest.iter().any(|word| elsewhere.contains(word)) {
            return;
        }
        let targets = rest.iter().filter(|word| !word.starts_with('-') && !word.contains('/'));
        let goals: Vec<&str> = targets.take_while(|word| is_name(word)).copied().collect();
        goals.iter().for_each(|target| self.target(line, "make", "make", target));
    }

    /// `npm run x`; `yarn x` may be a program of a package, so that only `yarn run x` is judged.
    pub(super) fn script(&mut self, line: u32, program: &str, rest: &[&str]) {
        let elsewhere = [
            "--prefix",
            "-w",
            "--workspace",
            "--workspaces",
            "--filter",
            "-F",
            "-C",
            "--cwd",
            "workspace",
            "--if-present",
            "-ws",
            "-r",
            "dlx",
            "exec",
        ];
        if rest.iter().any(|word| elsewhere.contains(&word.split('=').next().unwrap_or_default())) {
            return;
        }
        let mut words = rest.iter().filter(|word| !word.starts_with('-'));
        let script = match words.next().copied() {
            Some("run" | "run-script") => words.next().copied(),
            Some("test") if program == "npm" => Some("test"),
            _ => None,
        };
        let Some(script) = script.filter(|script| is_name(script)) else { return };
        // Without a script of that name, `yarn run` and its like run programs of packages.
        if program != "npm" && !script.contains(':') {
            return;
        }
        self.target(line, "npm", &format!("{program} run"), script);
    }

    pub(super) fn composer(&mut self, line: u32, arguments: &[&str]) {
        let script = match arguments {
            ["run" | "run-script", script, ..] => script,
            [script, ..] if !NAMES.words.composer.contains(*script) => script,
            _ => return,
        };
        if is_name(script) {
            self.target(line, "composer", "composer", script);
        }
    }

    pub(super) fn profiles(&mut self, line: u32, program: &str, rest: &[&str]) {
        let mut words = rest.iter();
        while let Some(word) = words.next() {
            let Some(profile) = word.strip_prefix("-P") else { continue };
            let profile = if profile.is_empty() { words.next().copied().unwrap_or_default() } else { profile };
            for profile in profile.split(',').filter(|profile| is_name(profile)) {
                self.target(line, "mvn", &format!("{program} -P"), profile);
            }
        }
    }
}

/// Names that differ in a letter or two, not in a number.
fn is_near(name: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    !other.contains('/')
        && other.len() <= 200
        && name.len() <= 200
        && digits(name) == digits(other)
        && last_ending(name) == last_ending(other)
        && strsim::levenshtein(name, other) == 1
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')) && !word.is_empty()
}
