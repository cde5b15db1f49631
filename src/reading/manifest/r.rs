//! DESCRIPTION: what does an R package say of itself?

use super::lenient::{Source, fields};
use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, UrlKind};
use crate::phrase::Phrase;
use crate::place::Span;
use crate::repository::RepoPath;
use std::ops::Range;

/// DESCRIPTION of an R package ("Writing R Extensions" 1.1.2). `file LICENSE` beside a licence is the file with the
/// names for its template.
pub(super) fn description(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::R);
    let mut kind: Option<Located> = None;
    for field in fields(text, ':') {
        let value = source.located(field.value.clone());
        match field.key.as_str() {
            "package" => manifest.name = value,
            "type" => kind = value,
            "version" => manifest.version = value,
            "title" => manifest.description = value,
            "maintainer" => manifest.person_line(Role::Maintainer, value),
            "author" => manifest.person(Role::Author, value, None),
            "url" => manifest.url(UrlKind::Homepage, value),
            "bugreports" => manifest.url(UrlKind::Issues, value),
            "license" => licence(&mut manifest, &source, field.value),
            "depends" | "imports" | "suggests" => {
                for name in value.iter().flat_map(|list| list.value.split(',').map(|one| (one, list.span))) {
                    let (bare, wanted) = name.0.split_once('(').unwrap_or((name.0, ""));
                    let wanted = wanted.trim().trim_end_matches(')').to_owned();
                    let name = Located { value: bare.trim().to_owned(), span: name.1 };
                    let development = field.key == "suggests";
                    manifest.dependencies.push(Dependency { name, wanted, development });
                }
            }
            _ => {}
        }
    }
    let package = kind.is_none_or(|kind| kind.value.eq_ignore_ascii_case("package"));
    manifest.published = package && manifest.name.is_some() && manifest.version.is_some();
    Ok(manifest)
}

/// `GPL (>= 2) | file LICENSE`, `MIT + file LICENSE`, `GPL-3`, `LGPL (>= 2.1, < 3)`: the choices are put into one name,
/// which stands where the first stands and ends where the last ends.
fn licence(manifest: &mut Manifest, source: &Source<'_>, value: Range<usize>) {
    let mut offered: Vec<(String, Span)> = Vec::new();
    for part in split(source.text, value, &['|', '+']).into_iter().take(super::MOST_LICENCES) {
        let Some(part) = source.located(part) else { continue };
        match part.value.strip_prefix("file ") {
            Some(file) => {
                let name = Located { value: file.trim().to_owned(), span: part.span };
                manifest.licence(Form::File, Some(name));
            }
            None => offered.push((spelt(&part.value), part.span)),
        }
    }
    let (Some((_, first)), Some((_, last))) = (offered.first(), offered.last()) else { return };
    let span = Span { end_line: last.end_line, end_column: last.end_column, ..*first };
    let names: Vec<String> = offered.into_iter().map(|(name, _)| name).collect();
    manifest.licence(Form::Name, Some(Located { value: names.join(" OR "), span }));
}

/// One choice as others write it: `GPL (>= 2)` is `GPL-2+`, `GPL (== 3)` is `GPL-3`, `BSD_3_clause` is `BSD-3-clause`.
fn spelt(name: &str) -> String {
    let name = name.replace('_', "-");
    let Some((bare, condition)) = name.split_once('(') else { return name };
    let condition = condition.trim_end().trim_end_matches(')').split(',').next().unwrap_or_default().trim();
    let version = condition.trim_start_matches(['>', '<', '=', ' ']);
    let later = if condition.starts_with('>') { "+" } else { "" };
    format!("{}-{version}{later}", bare.trim())
}

/// The parts of a range between separators that stand outside of brackets.
fn split(text: &str, range: Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (range.start, 0usize);
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && separators.contains(&c) => {
                parts.push(start..range.start + at);
                start = range.start + at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_in_every_form() {
        for (text, wanted) in [
            ("License: GPL (>= 2) | file LICENSE", &[(Form::File, "LICENSE", 23), (Form::Name, "GPL-2+", 10)][..]),
            ("License: MIT + file LICENSE", &[(Form::File, "LICENSE", 16), (Form::Name, "MIT", 10)]),
            ("License: GPL-2 | GPL-3", &[(Form::Name, "GPL-2 OR GPL-3", 10)]),
            ("License: GPL (== 3)", &[(Form::Name, "GPL-3", 10)]),
            ("License: LGPL (>= 2.1, < 3)", &[(Form::Name, "LGPL-2.1+", 10)]),
            ("License: BSD_3_clause + file LICENSE", &[(Form::File, "LICENSE", 25), (Form::Name, "BSD-3-clause", 10)]),
            ("License: file LICENCE", &[(Form::File, "LICENCE", 10)]),
            ("License: ", &[]),
        ] {
            let read = description(&"DESCRIPTION".into(), text).unwrap();
            let found: Vec<_> =
                read.licences.iter().map(|one| (one.form, one.stated.value.as_str(), one.stated.span.column)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn the_rest() {
        let text = "Package: x\nVersion: 1\nMaintainer: Ada <ada@example.org>\nImports: a (>= 1),\n    b\n";
        let read = description(&"DESCRIPTION".into(), text).unwrap();
        assert_eq!(read.dependencies.iter().map(|d| d.name.value.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(read.people[0].role == Role::Maintainer && read.published);
        let read = description(&"DESCRIPTION".into(), "Type: project\nPackage: x\nVersion: 1\n").unwrap();
        assert!(!read.published);
    }
}
