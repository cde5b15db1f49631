//! What do manifests state of the licence, and does that agree with the licence files?

use super::files::LicenceFile;
use super::references::{self, Tree};
use super::{Content, family};
use crate::phrase::Phrase;
use crate::place::Span;
use crate::reading::licence_text::{self, expression};
use crate::reading::manifest::{Ecosystem, Form, Licence, Manifest, Publiccode};
use crate::repository::RepoPath;
use std::collections::BTreeSet;

/// What a manifest states.
#[derive(Clone, Debug)]
pub struct Statement {
    /// the manifest
    pub path: RepoPath,
    /// where in it
    pub span: Span,
    /// the value as it is meant
    pub value: String,
    /// in which form
    pub form: Form,
    /// what it means, or why nobody can tell
    pub meaning: Result<Meaning, Phrase>,
    /// whether the value is an expression as SPDX wants it
    pub valid: bool,
    /// whether the field wants an SPDX expression by its standard, so that another value is a mistake
    pub wants_expression: bool,
    /// whether it speaks of an interface (OpenAPI) and not of the work: it says nothing of the repository's licence
    pub of_interface: bool,
    /// whether a licence file of its own lies beside the manifest, or between it and the root
    pub own_file: bool,
    /// whether it contradicts the licence files, or why nobody can tell
    pub contradicts: Result<bool, Phrase>,
}

/// What a statement means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// an SPDX expression
    Licence(String),
    /// licences of a family whose version or variant is left open: `BSD`, `GPL`
    Vague(&'static str),
    /// nobody but the holder may use it
    Reserved,
    /// a file of the tree
    File(RepoPath),
}

pub(super) fn all(
    tree: &Tree<'_>,
    manifests: &[Manifest],
    publiccode: Option<&Publiccode>,
    files: &[LicenceFile],
) -> Vec<Statement> {
    let from_manifests = manifests.iter().flat_map(|manifest| {
        manifest.licences.iter().map(|one| (&manifest.path, Some(manifest.ecosystem), one.clone()))
    });
    let from_publiccode = publiccode.and_then(|code| Some((&code.path, None, code.licence_statement()?)));
    let mut statements: Vec<Statement> = from_manifests
        .chain(from_publiccode)
        .map(|(path, ecosystem, licence)| statement(tree, path, ecosystem, &licence, files))
        .collect();
    statements.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    statements
}

fn statement(
    tree: &Tree<'_>,
    path: &RepoPath,
    ecosystem: Option<Ecosystem>,
    licence: &Licence,
    files: &[LicenceFile],
) -> Statement {
    let value = &licence.stated.value;
    let meaning = match licence.form {
        Form::File => references::target(tree, path, ecosystem, value).map(Meaning::File),
        form => meaning(form, value),
    };
    let of_interface = ecosystem == Some(Ecosystem::OpenApi);
    let contradicts = if of_interface { Ok(false) } else { contradicts(&meaning, files) };
    // Composer compares without case; what a template is to fill in is no value yet.
    let lenient =
        ecosystem == Some(Ecosystem::Composer) && expression::canonical(value).is_some() && !value.contains('/');
    let template = value.contains(['{', '$', '<', '%', '@']);
    let reserved = meaning == Ok(Meaning::Reserved);
    Statement {
        path: path.clone(),
        span: licence.stated.span,
        value: value.clone(),
        form: licence.form,
        valid: expression::is_valid(value) || lenient,
        wants_expression: licence.form == Form::Expression && !reserved && !template,
        of_interface,
        own_file: tree.has_own(path),
        contradicts,
        meaning,
    }
}

/// Longer values are texts, not names.
const LONGEST_NAME: usize = 300;
/// And a longer one is no licence text that somebody put into a manifest; in bytes.
const LONGEST_TEXT: usize = 64 << 10;

/// What a value says.
///
/// # Errors
/// Where it names no licence of the list.
pub fn meaning(form: Form, value: &str) -> Result<Meaning, Phrase> {
    if form == Form::Reserved || matches!(value, "UNLICENSED" | "proprietary" | "Proprietary") {
        return Ok(Meaning::Reserved);
    }
    if let Some(expression) = expression::canonical(value) {
        return Ok(Meaning::Licence(expression));
    }
    if value.len() <= LONGEST_NAME
        && !is_family_only(value)
        && let Some(expression) = licence_text::named(value)
    {
        return Ok(Meaning::Licence(expression));
    }
    if let Some(family) = vague(value) {
        return Ok(Meaning::Vague(family));
    }
    if value.len() > LONGEST_NAME
        && value.len() <= LONGEST_TEXT
        && let Some(expression) = licence_text::identify(value, licence_text::Place::LicenceFile).expression
    {
        return Ok(Meaning::Licence(expression));
    }
    Err(Phrase::new("`{value}` names no licence of the SPDX list", "`{value}` nennt keine Lizenz der SPDX-Liste")
        .with("value", value.chars().take(80).collect::<String>()))
}

/// Whether the value, or one of those it offers, is the name of a family and nothing more: `BSD`, `MIT or GNU GPL`. In a text that may be
/// read as its usual member; in a field made for one licence it leaves open which.
pub(super) fn is_family_only(value: &str) -> bool {
    const FAMILIES: &[&str] = &["bsd", "gpl", "lgpl", "agpl", "eupl", "mpl", "epl", "apache", "gfdl", "cc"];
    const AROUND: &[&str] =
        &["license", "licence", "lizenz", "the", "osi", "approved", "gnu", "style", "free", "software"];
    let lower = value.to_lowercase();
    let alone = |part: &[&str]| {
        let mut words = part.iter().filter(|word| !word.is_empty() && !AROUND.contains(word));
        matches!((words.next(), words.next()), (Some(word), None) if FAMILIES.contains(word))
    };
    let spaced = lower.replace(['/', '|'], " or ");
    let words: Vec<&str> = spaced.split(|c: char| !c.is_alphanumeric()).collect();
    words.split(|word| matches!(*word, "or" | "and" | "oder" | "und")).any(alone)
}

/// Families that are named without a version or variant.
fn vague(value: &str) -> Option<&'static str> {
    let lower = value.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |word: &str| words.contains(word);
    let short = words.len() <= 12;
    [
        ("LGPL-", has("lgpl") || has("lesser") && has("general")),
        ("AGPL-", has("agpl") || has("affero")),
        ("GPL-", has("gpl") || has("general") && has("public") && has("gnu")),
        ("BSD-", has("bsd")),
        ("Apache-", has("apache")),
        ("MPL-", has("mpl") || has("mozilla")),
        ("EUPL-", has("eupl")),
        ("EPL-", has("eclipse")),
        ("CC-BY-NC", has("cc") && has("nc")),
        ("CC-BY-SA", has("cc") && has("sa")),
        ("CC-BY-", has("cc") && has("by")),
    ]
    .into_iter()
    .find_map(|(family, yes)| (yes && short).then_some(family))
}

/// Whether a statement names a licence that the licence files do not hold.
fn contradicts(meaning: &Result<Meaning, Phrase>, files: &[LicenceFile]) -> Result<bool, Phrase> {
    let meaning = meaning.as_ref().map_err(Clone::clone)?;
    if let Meaning::File(_) = meaning {
        return Ok(false);
    }
    let held: BTreeSet<String> = files
        .iter()
        .flat_map(|file| match &file.content {
            Ok(Content::Text(found)) => {
                let expressions = found.expression.iter().chain(&found.stated).chain(&found.notices);
                expressions.flat_map(|one| expression::licences(one)).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
        .map(|id| family(&id).to_owned())
        .collect();
    let named: BTreeSet<String> = match meaning {
        Meaning::Licence(expression) => {
            expression::licences(expression).iter().map(|id| family(id).to_owned()).collect()
        }
        Meaning::Vague(start) if held.iter().any(|id| id.starts_with(start)) => return Ok(false),
        Meaning::Vague(_) | Meaning::Reserved | Meaning::File(_) => BTreeSet::new(),
    };
    let own = |id: &&String| id.contains("LicenseRef-");
    if !named.is_empty() && named.iter().filter(|id| !own(id)).all(|id| held.contains(id)) {
        return Ok(false);
    }
    // What cannot be read or named may be just the licence that is stated.
    let unclear = files.iter().any(|file| {
        !file.translation
            && match &file.content {
                Ok(Content::Text(found)) => found.expression.is_none(),
                Ok(Content::Pointer(_) | Content::Copyright) => false,
                Ok(Content::Empty) | Err(_) => true,
            }
    });
    if held.is_empty() || unclear {
        return Err(Phrase::new(
            "there is no licence file with a known text to compare with",
            "es gibt keine Lizenzdatei mit bekanntem Text zum Vergleichen",
        ));
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings() {
        let licence = |expression: &str| Some(Meaning::Licence(expression.to_owned()));
        for (value, wanted) in [
            ("MIT", licence("MIT")),
            ("MIT License", licence("MIT")),
            ("Apache 2.0", licence("Apache-2.0")),
            ("Apache License, Version 2.0", licence("Apache-2.0")),
            ("EUPL 1.2", licence("EUPL-1.2")),
            ("dl-de/by-2-0", licence("DL-DE-BY-2.0")),
            ("https://opensource.org/licenses/MIT", licence("MIT")),
            ("https://spdx.org/licenses/EUPL-1.2", licence("EUPL-1.2")),
            ("License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)", licence("GPL-3.0-or-later")),
            ("License :: OSI Approved :: MIT License", licence("MIT")),
            ("MIT/Apache-2.0", licence("MIT OR Apache-2.0")),
            ("GPL-2 OR GPL-3", licence("GPL-2.0-only OR GPL-3.0-only")),
            ("GPL-2+", licence("GPL-2.0-or-later")),
            ("LGPL-2.1+", licence("LGPL-2.1-or-later")),
            ("BSD-3-clause", licence("BSD-3-Clause")),
            ("CC BY-SA 4.0", licence("CC-BY-SA-4.0")),
            ("BSD3", licence("BSD-3-Clause")),
            ("Datenlizenz Deutschland – Namensnennung – 2.0", licence("DL-DE-BY-2.0")),
            ("Datenlizenz Deutschland – Namensnennung – Version 2.0", licence("DL-DE-BY-2.0")),
            ("Datenlizenz Deutschland Namensnennung 2.0", licence("DL-DE-BY-2.0")),
            ("Datenlizenz Deutschland – Zero – Version 2.0", licence("DL-DE-ZERO-2.0")),
            ("dl-de/zero-2-0", licence("DL-DE-ZERO-2.0")),
            ("dl-de-by-2.0", licence("DL-DE-BY-2.0")),
            ("https://www.govdata.de/dl-de/by-2-0", licence("DL-DE-BY-2.0")),
            ("Europäische Union Public Licence 1.2", licence("EUPL-1.2")),
            ("European Union Public License 1.2", licence("EUPL-1.2")),
            ("Open-Source-Lizenz für die Europäische Union (EUPL) v1.2", licence("EUPL-1.2")),
            ("EUPL v1.2", licence("EUPL-1.2")),
            ("Apache-Lizenz, Version 2.0", licence("Apache-2.0")),
            ("MIT-Lizenz", licence("MIT")),
            ("GNU General Public License, Version 3", licence("GPL-3.0-only")),
            ("The Apache Software License, Version 2.0", licence("Apache-2.0")),
            ("Creative Commons Namensnennung 4.0 International", licence("CC-BY-4.0")),
            ("BSD", Some(Meaning::Vague("BSD-"))),
            ("License :: OSI Approved :: BSD License", Some(Meaning::Vague("BSD-"))),
            ("GNU GPL", Some(Meaning::Vague("GPL-"))),
            ("EUPL", Some(Meaning::Vague("EUPL-"))),
            ("UNLICENSED", Some(Meaning::Reserved)),
            ("see website", None),
            ("License :: OSI Approved", None),
            ("", None),
        ] {
            assert_eq!(meaning(Form::Name, value).ok(), wanted, "{value}");
        }
    }
}
