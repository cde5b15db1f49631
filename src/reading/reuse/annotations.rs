//! What does a REUSE.toml say of which files?
//!
//! REUSE 3.3, "REUSE.toml".

use super::glob::{Globs, of_toml};
use super::header::Stated;
use super::{Expression, Notice, Source, SourceKind};
use crate::phrase::Phrase;
use crate::reading::node::{self, Data, Document, Node};
use crate::repository::RepoPath;
use std::sync::Arc;

/// Which information wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precedence {
    /// what is closest to the file: a fallback
    Closest,
    /// this, and what is closest
    Aggregate,
    /// this, and nothing that is closer
    Override,
}

/// A table of a REUSE.toml.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) precedence: Precedence,
    pub(super) source: Arc<Source>,
}

/// A REUSE.toml.
#[derive(Debug)]
pub(super) struct ReuseToml {
    /// the folder it lies in, with a slash at its end; empty at the root
    pub(super) folder: Vec<u8>,
    globs: Globs,
    tables: Vec<Table>,
}

impl ReuseToml {
    /// Reads one.
    ///
    /// # Errors
    /// Where it is no TOML, or not what the specification asks for.
    pub(super) fn read(path: &RepoPath, text: &str) -> Result<Self, Phrase> {
        let document = node::toml(text)?;
        match document.root.get("version").map(|version| &version.data) {
            Some(Data::Number(number))
                if number.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'_' | b'+' | b'-')) => {}
            _ => {
                return Err(Phrase::new(
                    "needs the key `version` with a whole number; write `version = 1` at its top",
                    "braucht den Schlüssel `version` mit einer ganzen Zahl; schreiben Sie `version = 1` an den Anfang",
                ));
            }
        }
        let mut tables = Vec::new();
        let mut patterns = Vec::new();
        let annotations = document.root.get("annotations");
        if annotations.is_some_and(|node| !matches!(node.data, Data::List(_))) {
            return Err(Phrase::new(
                "has `annotations` that are no list of tables; write `[[annotations]]`",
                "hat `annotations`, die keine Liste von Tabellen sind; schreiben Sie `[[annotations]]`",
            ));
        }
        for annotation in annotations.map(Node::list).unwrap_or_default() {
            let paths = texts(annotation, "path")?;
            if paths.is_empty() {
                return Err(Phrase::new(
                    "has `[[annotations]]` without a `path`; name the files that it speaks of",
                    "hat `[[annotations]]` ohne `path`; nennen Sie die Dateien, für die sie gelten",
                ));
            }
            patterns.extend(paths.iter().map(|(path, _)| (of_toml(path), tables.len())));
            tables.push(Table { precedence: precedence(annotation)?, source: source(path, &document, annotation)? });
        }
        let globs = Globs::new(patterns).ok_or_else(|| {
            Phrase::new(
                "has more path patterns than can be followed here",
                "hat mehr Pfadmuster, als hier befolgt werden können",
            )
        })?;
        let mut folder = path.folder().to_vec();
        if !folder.is_empty() {
            folder.push(b'/');
        }
        Ok(Self { folder, globs, tables })
    }

    /// How many bytes its patterns with wildcards have together.
    pub(super) fn wild_bytes(&self) -> usize {
        self.globs.wild_bytes
    }

    /// The table for a file of the repository: the last one that has a pattern for it.
    pub(super) fn table(&self, path: &RepoPath) -> Option<&Table> {
        let below = path.as_bytes().strip_prefix(self.folder.as_slice())?;
        self.tables.get(self.globs.last(below)?)
    }
}

fn precedence(annotation: &Node) -> Result<Precedence, Phrase> {
    let Some(node) = annotation.get("precedence") else { return Ok(Precedence::Closest) };
    match node.text() {
        Some("closest") => Ok(Precedence::Closest),
        Some("aggregate") => Ok(Precedence::Aggregate),
        Some("override") => Ok(Precedence::Override),
        other => Err(Phrase::new(
            "has the precedence `{value}`; there are `closest`, `aggregate` and `override`",
            "hat die Rangfolge `{value}`; es gibt `closest`, `aggregate` und `override`",
        )
        .with("value", other.unwrap_or_default())),
    }
}

fn source(path: &RepoPath, document: &Document<'_>, annotation: &Node) -> Result<Arc<Source>, Phrase> {
    let notices = texts(annotation, "SPDX-FileCopyrightText")?;
    let notices = Notice::unique(notices.into_iter().map(|(notice, _)| Notice::of_value(notice)));
    let mut expressions: Vec<Stated> = texts(annotation, "SPDX-License-Identifier")?
        .into_iter()
        .map(|(written, node)| Stated { expression: Expression::parse(written), span: Some(document.span(node)) })
        .collect();
    expressions.sort();
    expressions.dedup_by(|b, a| a.expression == b.expression);
    Ok(Arc::new(Source { path: path.clone(), kind: SourceKind::ReuseToml, notices, expressions }))
}

/// The text or texts of a key.
fn texts<'n>(annotation: &'n Node, key: &'static str) -> Result<Vec<(&'n str, &'n Node)>, Phrase> {
    let Some(value) = annotation.get(key) else { return Ok(Vec::new()) };
    let one_by_one = value.list_or_one().iter().map(|node| match &node.data {
        Data::Text(text) => Ok((text.as_str(), node)),
        _ => Err(Phrase::new(
            "has `{key}` with a value that is no text and no list of texts",
            "hat `{key}` mit einem Wert, der weder ein Text noch eine Liste von Texten ist",
        )
        .with("key", key)),
    });
    one_by_one.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::Lang;

    #[test]
    fn tables() {
        let text = "version = 1\n[[annotations]]\npath = [\"**\"]\nSPDX-FileCopyrightText = \"2020 A\"\n\
                    [[annotations]]\npath = \"b/*\"\nprecedence = \"override\"\nSPDX-License-Identifier = [\"MIT\", \"mit or X\", \"MIT\"]\n";
        let toml = ReuseToml::read(&RepoPath::new("d/REUSE.toml"), text).unwrap();
        assert!(toml.table(&RepoPath::new("x")).is_none(), "outside of its folder");
        let first = toml.table(&RepoPath::new("d/x/y")).unwrap();
        assert_eq!(first.precedence, Precedence::Closest);
        assert_eq!(first.source.notices.first().unwrap().text, "SPDX-FileCopyrightText: 2020 A");
        let second = toml.table(&RepoPath::new("d/b/y")).unwrap();
        assert_eq!(second.precedence, Precedence::Override);
        let stated: Vec<_> = second.source.expressions.iter().map(|stated| stated.expression.text.as_str()).collect();
        assert_eq!(stated, ["MIT", "mit OR X"]);
        assert_eq!(second.source.expressions.first().unwrap().span.map(|span| span.line), Some(8));
    }

    #[test]
    fn what_is_refused() {
        for (text, says) in [
            ("", "version"),
            ("version = \"1\"", "version"),
            ("version = 1.5", "version"),
            ("version = true", "version"),
            ("version = 1\nannotations = 3", "annotations"),
            ("version = 1\n[[annotations]]\n", "path"),
            ("version = 1\n[[annotations]]\npath = []\n", "path"),
            ("version = 1\n[[annotations]]\npath = 3\n", "path"),
            ("version = 1\n[[annotations]]\npath = \"a\"\nprecedence = \"nearest\"\n", "nearest"),
            ("version = 1\n[[annotations]]\npath = \"a\"\nSPDX-License-Identifier = 3\n", "SPDX-License"),
            ("version = \n", "TOML"),
        ] {
            let refused = ReuseToml::read(&RepoPath::new("REUSE.toml"), text).unwrap_err();
            let said = format!("{:?}", refused.message(Lang::En));
            assert!(said.contains(says), "{text}: {said}");
        }
        let fine = "version = 2\n[x]\ny = 1\n[[annotations]]\npath = \"a\"\nSPDX-FileComment = \"x\"\n";
        assert!(ReuseToml::read(&RepoPath::new("REUSE.toml"), fine).is_ok(), "other keys and versions are allowed");
    }
}
