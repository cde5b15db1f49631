//! What does a `.reuse/dep5` say of which files?
//!
//! REUSE 3.3, "DEP5 (deprecated)", after Debian's machine-readable copyright format 1.0: paragraphs of fields, the last
//! paragraph with a pattern for a file counts.

use super::glob::{Globs, of_dep5};
use super::header::Stated;
use super::{Expression, Notice, Source, SourceKind};
use crate::phrase::Phrase;
use crate::place::Span;
use crate::repository::RepoPath;
use std::sync::Arc;

/// A `.reuse/dep5`.
#[derive(Debug)]
pub(super) struct Dep5 {
    globs: Globs,
    paragraphs: Vec<Arc<Source>>,
}

/// A field: its name in lower case, its lines, and the number of the first.
struct Field<'t> {
    name: String,
    lines: Vec<&'t str>,
    number: usize,
}

impl Dep5 {
    /// Reads one.
    ///
    /// # Errors
    /// Where it is not what the format asks for.
    pub(super) fn read(path: &RepoPath, text: &str) -> Result<Self, Phrase> {
        let mut paragraphs = paragraphs(text)?.into_iter();
        let header = paragraphs.next().unwrap_or_default();
        if field(&header, "format").or_else(|| field(&header, "format-specification")).is_none() {
            return Err(missing("Format", 1));
        }
        let mut all = Vec::new();
        let mut patterns = Vec::new();
        for paragraph in paragraphs {
            let first = paragraph.first().map_or(0, |field| field.number);
            let Some(files) = field(&paragraph, "files") else {
                if field(&paragraph, "license").is_none() {
                    return Err(missing("Files", first));
                }
                continue;
            };
            let copyright = field(&paragraph, "copyright").ok_or_else(|| missing("Copyright", first))?;
            let licence = field(&paragraph, "license").ok_or_else(|| missing("License", first))?;
            let mut names = files.lines.iter().flat_map(|line| line.split_whitespace()).peekable();
            if names.peek().is_none() {
                return Err(missing("Files", first));
            }
            for name in names {
                let parts = of_dep5(name).ok_or_else(|| {
                    Phrase::new(
                        "has a backslash with no `*`, `?` or `\\` behind it in {name}",
                        "hat einen Backslash ohne `*`, `?` oder `\\` dahinter in {name}",
                    )
                    .with("name", name)
                })?;
                patterns.push((parts, all.len()));
            }
            all.push(Arc::new(source(path, copyright, licence)));
        }
        let globs = Globs::new(patterns).ok_or_else(|| {
            Phrase::new(
                "has more path patterns than can be followed here",
                "hat mehr Pfadmuster, als hier befolgt werden können",
            )
        })?;
        Ok(Self { globs, paragraphs: all })
    }

    /// What it says of a file.
    pub(super) fn of(&self, path: &RepoPath) -> Option<&Arc<Source>> {
        self.paragraphs.get(self.globs.last(path.as_bytes())?)
    }
}

fn source(path: &RepoPath, copyright: &Field<'_>, licence: &Field<'_>) -> Source {
    let lines = copyright.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && *line != ".");
    let notices = Notice::unique(lines.map(Notice::of_value));
    let written = licence.lines.first().copied().unwrap_or_default().trim();
    let line = u32::try_from(licence.number).unwrap_or(u32::MAX);
    let from = "License: ".len();
    let column = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let span = Some(Span::on_line(line, column(from), column(from + written.chars().count())));
    let expressions = vec![Stated { expression: Expression::parse(written), span }];
    Source { path: path.clone(), kind: SourceKind::Dep5, notices, expressions }
}

fn field<'f, 't>(paragraph: &'f [Field<'t>], name: &str) -> Option<&'f Field<'t>> {
    paragraph.iter().find(|field| field.name == name)
}

fn missing(name: &'static str, line: usize) -> Phrase {
    Phrase::new(
        "lacks the field `{name}` in the paragraph at line {line}",
        "fehlt im Absatz ab Zeile {line} das Feld `{name}`",
    )
    .with("name", name)
    .with("line", line.to_string())
}

fn paragraphs(text: &str) -> Result<Vec<Vec<Field<'_>>>, Phrase> {
    let mut all: Vec<Vec<Field<'_>>> = Vec::new();
    let mut open = false;
    for (number, line) in (1..).zip(text.strip_prefix('\u{feff}').unwrap_or(text).lines()) {
        if line.trim().is_empty() {
            open = false;
        } else if line.starts_with('#') {
            // a comment
        } else if line.starts_with([' ', '\t']) {
            let field = all.last_mut().filter(|_| open).and_then(|paragraph| paragraph.last_mut());
            field.ok_or_else(|| broken(number))?.lines.push(line);
        } else {
            let (name, value) = line.split_once(':').ok_or_else(|| broken(number))?;
            let sound = !name.is_empty() && !name.starts_with('-') && name.bytes().all(|c| c.is_ascii_graphic());
            if !open {
                all.push(Vec::new());
                open = true;
            }
            let name = name.to_ascii_lowercase();
            let paragraph = all.last_mut().filter(|paragraph| sound && field(paragraph, &name).is_none());
            paragraph.ok_or_else(|| broken(number))?.push(Field { name, lines: vec![value], number });
        }
    }
    Ok(all)
}

fn broken(line: usize) -> Phrase {
    Phrase::new("is no DEP5 file at line {line}", "ist ab Zeile {line} keine DEP5-Datei").with("line", line.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n";

    fn read(body: &str) -> Result<Dep5, Phrase> {
        Dep5::read(&RepoPath::new(".reuse/dep5"), &format!("{HEAD}{body}"))
    }

    #[test]
    fn paragraphs_of_files() {
        let dep5 = read(
            "# comment\nFiles: * \n x/?.c\nCopyright: 2019 Jane\n © 2020 John\nLicense: MIT or X\n Some text.\n .\n\n\
             License: MIT\n Text of it\n\nFiles: a.py\nCopyright:\n 2021 Joe\nLicense: CC0-1.0\n",
        )
        .unwrap();
        let of = |path: &str| {
            let source = dep5.of(&RepoPath::new(path)).unwrap();
            let notices: Vec<_> = source.notices.iter().map(|notice| notice.text.clone()).collect();
            (notices, source.expressions.first().unwrap().clone())
        };
        let (notices, stated) = of("d/e");
        assert_eq!(notices, ["SPDX-FileCopyrightText: 2019 Jane", "© 2020 John"]);
        assert_eq!(stated.expression.text, "MIT OR X");
        let (notices, stated) = of("a.py");
        assert_eq!(notices, ["SPDX-FileCopyrightText: 2021 Joe"]);
        assert_eq!(stated.span, Some(Span::on_line(18, 10, 17)));
        assert_eq!(stated.expression.text, "CC0-1.0");
    }

    #[test]
    fn what_is_refused() {
        for body in [
            "Foo bar\n",
            "Files: *\nCopyright: 2019 J\n",
            "Files: *\nLicense: MIT\n",
            "Files:\nCopyright: 2019 J\nLicense: MIT\n",
            "Files: *\nFiles: *\nCopyright: 2019 J\nLicense: MIT\n",
            "Comment: x\n",
            " continued\n",
            "Files: a\\b\nCopyright: 2019 J\nLicense: MIT\n",
        ] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(Dep5::read(&RepoPath::new(".reuse/dep5"), "").is_err());
        assert!(Dep5::read(&RepoPath::new(".reuse/dep5"), "Upstream-Name: x\n").is_err());
    }
}
