//! Which targets and scripts does a build file define?

use crate::reading::node;
use std::collections::BTreeSet;

/// What a build file defines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Targets {
    names: BTreeSet<String>,
    /// whether there may be more than can be read here
    open: bool,
}

impl Targets {
    /// Whether a target is certain not to be there.
    pub(super) fn lacks(&self, name: &str) -> bool {
        !self.open && !self.names.contains(name)
    }

    fn add(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }
}

/// The targets of a Makefile.
pub(super) fn makefile(text: &str) -> Targets {
    let mut targets = Targets::default();
    for line in text.lines() {
        let Some(first) = line.chars().next() else { continue };
        let word = line.split_whitespace().next().unwrap_or_default();
        if matches!(word, "include" | "-include" | "sinclude" | ".DEFAULT:") {
            targets.open = true;
        }
        if first.is_whitespace() || first == '#' {
            continue;
        }
        let Some((names, rest)) = line.split_once(':') else { continue };
        if names.contains('=') || rest.starts_with('=') || rest.starts_with(":=") {
            continue;
        }
        // Names made by patterns and variables may be any.
        targets.open |= names.contains(['%', '$']);
        names.split_whitespace().for_each(|name| targets.add(name));
        if names.trim() == ".PHONY" {
            targets.open |= rest.contains('$');
            rest.split_whitespace().for_each(|name| targets.add(name));
        }
    }
    targets
}

/// The recipes of a justfile.
pub(super) fn justfile(text: &str) -> Targets {
    let mut targets = Targets::default();
    for line in text.lines() {
        let word = line.split_whitespace().next().unwrap_or_default();
        if matches!(word, "import" | "mod" | "import?" | "mod?" | "!include") || line.starts_with("set fallback") {
            targets.open = true;
        }
        if let Some(rest) = line.strip_prefix("alias ") {
            targets.add(rest.split([':', ' ']).next().unwrap_or_default());
        }
        if line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '_')) && line.contains(':') {
            targets.add(word.trim_start_matches('@').split(':').next().unwrap_or_default());
        }
    }
    targets
}

/// The scripts of package.json or composer.json.
pub(super) fn scripts(text: &str) -> Option<Targets> {
    let document = node::json(text).ok()?;
    let mut targets = Targets::default();
    let scripts = document.root.get("scripts").map_or(&[][..], |scripts| scripts.entries());
    scripts.iter().for_each(|entry| targets.add(&entry.key));
    let aliases = document.root.get("scripts-aliases").map_or(&[][..], |aliases| aliases.entries());
    for alias in aliases {
        alias.value.list().iter().filter_map(|name| name.text()).for_each(|name| targets.add(name));
    }
    Some(targets)
}

/// The profiles of a pom.xml.
pub(super) fn profiles(text: &str) -> Targets {
    let mut targets = Targets { open: text.contains("<parent>"), ..Targets::default() };
    for profile in text.split("<profile>").skip(1) {
        let id = profile.split_once("<id>").and_then(|(_, rest)| rest.split_once("</id>"));
        if let Some((id, _)) = id {
            targets.add(id.trim());
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_make() {
        let found = makefile("X := a:b\n.PHONY: test lint\nall build: x\n\techo a: b\ntest:\n");
        for (name, lacks) in [
            ("all", false),
            ("build", false),
            ("test", false),
            ("lint", false),
            ("X", true),
            ("echo", true),
            ("deploy", true),
        ] {
            assert_eq!(found.lacks(name), lacks, "{name}");
        }
        for open in ["include x.mk\n", "%.o: %.c\n", "$(ALL): x\n"] {
            assert!(!makefile(open).lacks("deploy"), "{open}");
        }
    }

    #[test]
    fn recipes_of_just() {
        let found = justfile("alias t := test\n@build target='x': dep\n  echo\ntest *args:\n");
        for (name, lacks) in [("t", false), ("build", false), ("test", false), ("dep", true)] {
            assert_eq!(found.lacks(name), lacks, "{name}");
        }
        assert!(!justfile("import 'a.just'\n").lacks("x"));
    }

    #[test]
    fn scripts_and_profiles() {
        let found = scripts(r#"{"scripts":{"dev":"vite"}}"#).expect("JSON");
        assert!(found.lacks("build") && !found.lacks("dev"));
        assert!(scripts("{").is_none());
        assert!(scripts("{}").expect("JSON").lacks("dev"));
        let found = profiles("<profiles><profile>\n<id>fast</id></profile></profiles>");
        assert!(found.lacks("slow") && !found.lacks("fast"));
        assert!(!profiles("<parent><id>x</id></parent>").lacks("slow"));
    }
}
