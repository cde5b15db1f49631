//! Which files of a plain folder are none of its own, by its `.gitignore` files?
//!
//! The `ignore` crate compiles the patterns (`gitignore` in git's documentation), in linear time; it never opens a
//! file itself, as it would hang on a pipe and read a huge file whole (`threats.md` 1.7).

use super::native::path_of;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::sync::Arc;

/// The largest `.gitignore` that is read, in bytes.
pub(super) const BYTES: u64 = 256 << 10;
/// Patterns of one file and of all files, the longest of them, and the most wildcards in one.
const LINES: usize = 4_000;
const ALL_LINES: usize = 20_000;
const LONGEST: usize = 512;
const WILDCARDS: usize = 10;
/// The bytes of all patterns with wildcards: what a path is held against may not become too large, whoever wrote it.
const WILD_BYTES: usize = 64 << 10;

/// The rules of one folder and of those it lies in.
#[derive(Debug)]
pub(super) struct Rules {
    /// how many bytes of a path lead into the folder, with the slash
    below: usize,
    own: Gitignore,
    outer: Option<Arc<Self>>,
}

/// Compiles rules, and counts them over the whole tree.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    lines: usize,
    wild_bytes: usize,
}

impl Compiler {
    /// The rules in force in `folder` (empty for the root), whose `.gitignore` has this text. The second answer is
    /// whether all of its lines are among them.
    pub(super) fn rules(&mut self, folder: &[u8], text: &str, outer: Option<Arc<Rules>>) -> (Option<Arc<Rules>>, bool) {
        let mut builder = GitignoreBuilder::new("");
        let mut whole = true;
        let mut here = 0;
        for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            here += 1;
            self.lines += 1;
            let wildcards = line.bytes().filter(|byte| matches!(byte, b'*' | b'?' | b'[' | b'{')).count();
            if wildcards > 0 {
                self.wild_bytes = self.wild_bytes.saturating_add(line.len());
            }
            let bounded = here <= LINES
                && self.lines <= ALL_LINES
                && line.len() <= LONGEST
                && wildcards <= WILDCARDS
                && (wildcards == 0 || self.wild_bytes <= WILD_BYTES);
            // a line that is no pattern matches nothing in git either
            let added = bounded && builder.add_line(None, line).map_or(true, |_| true);
            whole &= added;
        }
        let Ok(own) = builder.build() else { return (outer, false) };
        if own.is_empty() {
            return (outer, whole);
        }
        let below = if folder.is_empty() { 0 } else { folder.len() + 1 };
        (Some(Arc::new(Rules { below, own, outer })), whole)
    }
}

impl Rules {
    /// Whether git would ignore what lies at a path, none of whose folders it ignores.
    pub(super) fn ignore(&self, path: &[u8], is_folder: bool) -> bool {
        let mut rules = Some(self);
        while let Some(here) = rules {
            let below = path_of(path.get(here.below..).unwrap_or_default());
            match here.own.matched(&below, is_folder) {
                Match::None => rules = here.outer.as_deref(),
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_rules_go_before_outer_ones() {
        let mut compiler = Compiler::default();
        let (outer, whole) = compiler.rules(b"", "*.log\n/target/\nbuild/\n# c\n\n!keep.log\n", None);
        assert!(whole);
        let (inner, _) = compiler.rules(b"a", "!*.log\n/x\n", outer.clone());
        let (outer, inner) = (outer.unwrap(), inner.unwrap());
        for (rules, path, is_folder, ignored) in [
            (&outer, "x.log", false, true),
            (&outer, "deep/x.log", false, true),
            (&outer, "keep.log", false, false),
            (&outer, "target", true, true),
            (&outer, "target", false, false),
            (&outer, "deep/target", true, false),
            (&outer, "deep/build", true, true),
            (&outer, "x", false, false),
            (&inner, "a/x.log", false, false),
            (&inner, "a/x", false, true),
            (&inner, "a/deep/x", false, false),
            (&inner, "a/build", true, true),
        ] {
            assert_eq!(rules.ignore(path.as_bytes(), is_folder), ignored, "{path}");
        }
    }

    #[test]
    fn what_is_too_much_is_left_out_and_said() {
        let mut compiler = Compiler::default();
        assert!(!compiler.rules(b"", &"*a".repeat(WILDCARDS + 1), None).1);
        assert!(!compiler.rules(b"", &"a".repeat(LONGEST + 1), None).1);
        assert!(!compiler.rules(b"", &"x\n".repeat(LINES + 1), None).1);
        let mut compiler = Compiler { lines: ALL_LINES, wild_bytes: 0 };
        assert!(!compiler.rules(b"", "x", None).1);
        let mut compiler = Compiler { lines: 0, wild_bytes: WILD_BYTES };
        assert!(!compiler.rules(b"", "*x", None).1);
        assert!(compiler.rules(b"", "x", None).1);
        assert!(Compiler::default().rules(b"", "[\n\\\n***\n!\n/\n", None).1);
    }

    #[test]
    fn stars_take_no_time() {
        let text = format!("{}b\n**/a*/**/a*/**/b\n[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*1\n", "*a".repeat(WILDCARDS - 1));
        let (rules, whole) = Compiler::default().rules(b"", &text, None);
        assert!(whole);
        let rules = rules.unwrap();
        for path in ["a".repeat(240), format!("{}a", "a/".repeat(400))] {
            assert!(!rules.ignore(path.as_bytes(), false));
        }
    }

    #[test]
    fn paths_of_any_bytes() {
        let (rules, _) = Compiler::default().rules(b"", "*.log\n", None);
        let rules = rules.unwrap();
        assert!(rules.ignore(b"\xff\xfe.log", false));
        assert!(!rules.ignore(b"", false));
    }
}
