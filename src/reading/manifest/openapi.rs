//! OpenAPI and Swagger: under which licence is the described interface offered?
//!
//! Source: <https://spec.openapis.org/oas/v3.1.1.html#license-object>. The licence is that of the interface, as its
//! description has it, and not that of the code beside it.

use super::{Ecosystem, Form, Manifest};
use crate::phrase::Phrase;
use crate::reading::node::{json, yaml};
use crate::repository::RepoPath;

/// Longer descriptions are written by programs, and their licence is what a program puts there.
const LARGEST: usize = 512 << 10;

/// Whether a file of this name (in lower case) is such a description.
pub(super) fn is_name(lower: &str) -> bool {
    let Some((stem, ending)) = lower.rsplit_once('.') else { return false };
    let begins = ["openapi", "swagger"].iter().any(|word| stem == *word || stem.starts_with(&format!("{word}.")));
    let ends = stem.ends_with("-openapi") || stem.ends_with(".openapi");
    matches!(ending, "yml" | "yaml" | "json") && (begins || ends)
}

/// Reads `info`. A document that is none, or is broken, states nothing.
pub(super) fn read(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let mut manifest = Manifest::new(path, Ecosystem::OpenApi);
    if text.len() > LARGEST {
        return Ok(manifest);
    }
    let document = if path.extension() == "json" { json(text) } else { yaml(text) };
    let Ok(document) = document else { return Ok(manifest) };
    if document.root.get("openapi").is_none() && document.root.get("swagger").is_none() {
        return Ok(manifest);
    }
    manifest.licence(Form::Expression, document.at(&["info", "license", "identifier"]));
    manifest.licence(Form::Name, document.at(&["info", "license", "name"]));
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_states() {
        let stated = |path: &str, text: &str| {
            let read = read(&path.into(), text).unwrap();
            read.licences.into_iter().map(|one| (one.form, one.stated.value, one.stated.span.line)).collect::<Vec<_>>()
        };
        let text = "openapi: 3.1.0\ninfo:\n  title: X\n  license:\n    name: Apache 2.0\n    identifier: Apache-2.0\n";
        assert_eq!(
            stated("openapi.yaml", text),
            [(Form::Expression, "Apache-2.0".into(), 6), (Form::Name, "Apache 2.0".into(), 5)]
        );
        for (path, text) in [
            ("openapi.json", "{\"info\": {\"license\": {\"name\": \"MIT\"}}}"),
            ("openapi.json", "{broken"),
            ("openapi.yaml", ""),
        ] {
            assert_eq!(stated(path, text), [], "{text}");
        }
    }

    #[test]
    fn names() {
        for (name, yes) in [
            ("openapi.yaml", true),
            ("openapi.v1.json", true),
            ("trees-openapi.yml", true),
            ("swagger.json", true),
            ("openapi-generator-config.json", false),
            ("openapi.ts", false),
            ("swagger-ui.json", false),
        ] {
            assert_eq!(is_name(name), yes, "{name}");
        }
    }
}
