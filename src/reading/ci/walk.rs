//! Which steps does a configuration in YAML hold?

use super::command::{commands, ready_made};
use super::{Step, StepKind, System};
use crate::phrase::Phrase;
use crate::reading::node::{Document, Node, yaml};

/// Gives the text of another file of the tree, for steps that are kept in one: by its path from the root.
pub type Other<'o> = &'o dyn Fn(&str) -> Option<std::sync::Arc<str>>;

/// So deep may one file lead to another.
const HOPS: u32 = 4;
/// So many bytes of other files in all, each counted as no fewer than the second: one that names itself again and again
/// would lead to a power of that many.
const FOLLOWED: usize = 4 << 20;
const SMALLEST: usize = 16 << 10;
/// So many steps of one configuration are looked at.
const STEPS: usize = 10_000;

/// The steps of a configuration.
///
/// # Errors
/// Where it is no YAML, or a bomb.
pub(super) fn steps(system: &'static System, text: &str, other: Other<'_>) -> Result<Vec<Step>, Phrase> {
    let mut walker = Walker { system, other, steps: Vec::new(), hops: 0, followed: 0 };
    // Drone and Woodpecker keep several documents in one file.
    let mut line = 0;
    for part in documents(text) {
        walker.document(part, line)?;
        line += u32::try_from(part.matches('\n').count()).unwrap_or(u32::MAX - line);
    }
    Ok(walker.steps)
}

/// The documents of a stream, each with the marker that begins it.
fn documents(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        memchr::memmem::find_iter(text.as_bytes(), "\n---").map(|at| at + 1).take(64).collect();
    starts.retain(|at| text.get(at + 3..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r', ' '])));
    let ends = starts.iter().copied().chain([text.len()]).collect::<Vec<_>>();
    let starts = std::iter::once(0).chain(starts);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).collect()
}

struct Walker<'w> {
    system: &'static System,
    other: Other<'w>,
    steps: Vec<Step>,
    hops: u32,
    followed: usize,
}

impl Walker<'_> {
    fn document(&mut self, text: &str, lines_before: u32) -> Result<(), Phrase> {
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#') || line.trim() == "---")
        {
            return Ok(());
        }
        let document = yaml(text)?;
        let from = self.steps.len();
        self.node(&document, &document.root);
        if let Some(key) = &self.system.default
            && let Some(language) = document.root.entry(key)
            && document.root.get("script").is_none()
        {
            let line = document.key_span(language).line;
            self.add(
                StepKind::Test,
                format!("the usual tests of {}", language.value.scalar().unwrap_or_default()),
                line,
            );
        }
        for step in self.steps.iter_mut().skip(from) {
            step.line = step.line.saturating_add(lines_before);
        }
        Ok(())
    }

    fn node(&mut self, document: &Document<'_>, node: &Node) {
        for entry in node.entries() {
            let key = entry.key.as_str();
            if self.system.commands.iter().any(|row| row == key) || self.system.ends_with_script(key) {
                self.commands(document, &entry.value);
            } else if self.system.named.iter().any(|row| row == key) {
                for named in entry.value.list_or_one().iter().flat_map(Node::entries) {
                    self.commands(document, &named.value);
                }
            } else if self.system.uses.iter().any(|row| row == key) {
                for name in entry.value.list_or_one() {
                    if let Some(text) = name.text() {
                        let line = document.span(name).line;
                        self.uses(text, line);
                    }
                }
            } else if self.system.items.iter().any(|row| row == key) {
                self.items(document, &entry.value);
            }
            self.node(document, &entry.value);
        }
        for value in node.list() {
            self.node(document, value);
        }
    }

    fn commands(&mut self, document: &Document<'_>, node: &Node) {
        for value in node.list_or_one() {
            if let Some(script) = value.text() {
                let line = document.span(value).line;
                for (kind, text) in commands(script) {
                    self.add(kind, text, line);
                }
            }
            // GitLab allows lists in lists; `!reference [.job, script]` is one that holds no command.
            if value.list().first().and_then(Node::text).is_none_or(|first| !first.starts_with('.')) {
                for inner in value.list() {
                    self.commands(document, inner);
                }
            }
        }
    }

    /// Names that stand in a list, alone or as a key: jobs of orbs, plugins.
    fn items(&mut self, document: &Document<'_>, node: &Node) {
        for value in node.list() {
            let line = document.span(value).line;
            let alone = value.text().into_iter();
            for name in alone.chain(value.entries().iter().map(|entry| entry.key.as_str())) {
                if name.contains(['/', '#', '@', ':']) {
                    self.uses(name, line);
                }
            }
        }
    }

    fn uses(&mut self, name: &str, line: u32) {
        let path = name.strip_prefix("./").or_else(|| name.strip_prefix('/')).unwrap_or(name);
        let is_path = name.starts_with("./") || path.ends_with(".yml") && !name.contains(['@', ':']);
        let held = if is_path && self.hops < HOPS && self.followed < FOLLOWED { self.held(path) } else { None };
        if let Some(text) = held {
            self.hops += 1;
            self.followed = self.followed.saturating_add(text.len().max(SMALLEST));
            let before = self.steps.len();
            // What cannot be read there is known by its name alone.
            let read = self.document(&text, 0).is_ok() && self.steps.len() > before;
            self.hops -= 1;
            for step in self.steps.iter_mut().skip(before) {
                step.line = line;
            }
            if read {
                return;
            }
        }
        let told_by = if is_path { path.rsplit('/').next().unwrap_or(path) } else { name };
        self.add(ready_made(told_by), name.to_owned(), line);
    }

    fn held(&self, path: &str) -> Option<std::sync::Arc<str>> {
        let inside = ["", "/action.yml", "/action.yaml"];
        inside.iter().find_map(|end| (self.other)(&format!("{path}{end}")))
    }

    fn add(&mut self, kind: StepKind, text: String, line: u32) {
        if self.steps.len() < STEPS {
            self.steps.push(Step { kind, text: text.into(), line });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::ci::read;
    use std::cell::Cell;
    use std::sync::Arc;

    /// Forty lines that name their own file would be two and a half million files, four deep.
    #[test]
    fn a_file_that_names_itself_often() {
        let steps = "      - uses: ./.github/workflows/a.yml\n".repeat(40);
        let text: Arc<str> = format!("jobs:\n  a:\n    steps:\n{steps}").into();
        let asked = Cell::new(0);
        let other = |_: &str| {
            asked.set(asked.get() + 1);
            Some(text.clone())
        };
        let read = read(&".github/workflows/a.yml".into(), &text, &other).unwrap().unwrap();
        assert!(!read.steps.is_empty() && asked.get() < 1_000, "{}", asked.get());
    }
}
