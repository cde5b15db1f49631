//! Which licence has the repository as a whole?

use super::files::LicenceFile;
use super::statements::{Meaning, Statement};
use super::{Content, Grant, Whole, family};
use crate::phrase::Phrase;
use crate::reading::licence_text::{self, How, Identified, Place, expression};
use crate::repository::{RepoPath, Repository};
use std::collections::BTreeSet;

/// Puts licence files, README and manifests of the root together.
pub(super) fn whole(repo: &Repository, files: &[LicenceFile], statements: &[Statement]) -> Result<Whole, Phrase> {
    let readme = readme(repo);
    let said: Vec<(RepoPath, String)> = readme
        .iter()
        .filter_map(|(path, found)| Some((path.clone(), found.expression.clone()?)))
        .chain(statements.iter().filter(|one| one.path.at_root() && !one.of_interface).filter_map(|one| {
            match &one.meaning {
                Ok(Meaning::Licence(expression)) => Some((one.path.clone(), expression.clone())),
                _ => None,
            }
        }))
        .collect();
    let mut own: Vec<&LicenceFile> =
        files.iter().filter(|file| file.at_root && file.part.is_none() && !file.translation).collect();
    if own.is_empty() {
        own = files.iter().filter(|file| file.at_root && !file.translation).collect();
    }
    // A statement of a licence file beside texts says which of them apply.
    if let Some(stating) = own.iter().find(|file| file.states_only() && own.len() > 1)
        && let Some(expression) = stating.expression()
    {
        return Ok(granted(expression.to_owned(), vec![stating.path.clone()], &said, true));
    }
    let unnamed = own.iter().find(|file| {
        matches!(&file.content, Ok(Content::Text(found)) if found.expression.is_none()) || file.content.is_err()
    });
    let named: Vec<&LicenceFile> = own.iter().copied().filter(|file| file.expression().is_some()).collect();
    if named.is_empty()
        && let Some(unnamed) = unnamed
    {
        return Err(Phrase::new(
            "the text of {file} is no known licence",
            "der Text von {file} ist keine bekannte Lizenz",
        )
        .with("file", &unnamed.path));
    }
    if named.is_empty() {
        return without_root_text(files, &said);
    }
    let mut expressions: Vec<String> = Vec::new();
    let mut from = Vec::new();
    for file in &named {
        if let Some(expression) = file.expression() {
            from.push(file.path.clone());
            if !expressions.iter().any(|other| families(other) == families(expression)) {
                expressions.push(expression.to_owned());
            }
        }
    }
    // The LGPL 3.0 adds to the GPL 3.0, whose text therefore lies beside it.
    if expressions.iter().any(|one| family(one) == "LGPL-3.0") {
        expressions.retain(|one| family(one) != "GPL-3.0");
    }
    if let [only] = expressions.as_slice() {
        let by_text =
            !named.iter().any(|file| matches!(&file.content, Ok(Content::Text(found)) if states_grant(found)));
        return Ok(granted(only.clone(), from, &said, !by_text));
    }
    let held: BTreeSet<String> = expressions.iter().flat_map(|one| families(one)).collect();
    if let Some((path, expression)) = said.iter().find(|(_, expression)| families(expression) == held) {
        from.push(path.clone());
        return Ok(granted(expression.clone(), from, &said, true));
    }
    Err(Phrase::new(
        "{files} hold different licences, and nothing says whether one may be chosen or all apply",
        "{files} enthalten verschiedene Lizenzen, und nirgends steht, ob man eine wählen darf oder alle gelten",
    )
    .with("files", listed(&from)))
}

fn listed(paths: &[RepoPath]) -> crate::untrusted::Untrusted {
    let parts: Vec<&[u8]> = paths.iter().map(RepoPath::as_bytes).collect();
    crate::untrusted::Untrusted::new(parts.join(&b", "[..]))
}

fn families(expression: &str) -> BTreeSet<String> {
    expression::licences(expression).iter().map(|id| family(id).to_owned()).collect()
}

fn states_grant(found: &Identified) -> bool {
    found.stated.is_some() && !found.without_grant || matches!(found.how, Some(How::Name | How::Tag))
}

/// No licence text at the root: what `LICENSES/` holds, what README and manifests say.
fn without_root_text(files: &[LicenceFile], said: &[(RepoPath, String)]) -> Result<Whole, Phrase> {
    let texts: BTreeSet<String> =
        files.iter().filter(|file| !file.at_root).filter_map(LicenceFile::expression).flat_map(families).collect();
    let fits = |expression: &str| {
        texts.is_empty() || families(expression).iter().all(|id| texts.contains(id) || id.contains("LicenseRef-"))
    };
    if let Some((path, expression)) = said.iter().find(|(_, expression)| fits(expression)) {
        return Ok(granted(expression.clone(), vec![path.clone()], said, true));
    }
    let mut alone = files.iter().filter(|file| !file.at_root && file.expression().is_some());
    if let (Some(file), None) = (alone.next(), alone.next())
        && let Some(expression) = file.expression()
    {
        return Ok(granted(expression.to_owned(), vec![file.path.clone()], said, false));
    }
    if !texts.is_empty() {
        return Err(Phrase::new(
            "LICENSES holds several texts, and nothing says which licence the whole has",
            "LICENSES enthält mehrere Texte, und nirgends steht, welche Lizenz das Ganze hat",
        ));
    }
    Err(Phrase::new("no licence is stated anywhere", "nirgends ist eine Lizenz angegeben"))
}

/// Decides between `-only` and `-or-later` by what is said anywhere about the same licence.
fn granted(expression: String, from: Vec<RepoPath>, said: &[(RepoPath, String)], stated: bool) -> Whole {
    let gnu = |id: &str| ["GPL-", "LGPL-", "AGPL-", "GFDL-"].iter().any(|start| id.starts_with(start));
    let ids = expression::licences(&expression);
    if !ids.iter().any(|id| gnu(id)) {
        return Whole { expression, from, grant: Grant::NotGnu };
    }
    let grant_of = |expression: &str| if expression.contains("-or-later") { Grant::OrLater } else { Grant::Only };
    if stated {
        let grant = grant_of(&expression);
        return Whole { expression, from, grant };
    }
    let other = said.iter().find(|(_, other)| families(other) == families(&expression));
    match other {
        Some((path, other)) => {
            let mut from = from;
            from.push(path.clone());
            Whole { grant: grant_of(other), expression: other.clone(), from }
        }
        None => Whole { expression, from, grant: Grant::None },
    }
}

/// What the README of the root says.
fn readme(repo: &Repository) -> Option<(RepoPath, Identified)> {
    const NAMES: &[&str] = &["readme", "liesmich", "lisezmoi", "leeme"];
    const ENDINGS: &[&str] = &["", "md", "markdown", "rst", "adoc", "asciidoc", "txt", "org"];
    let named = |name: &str| {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        NAMES.contains(&stem) && ENDINGS.contains(&ending)
    };
    let file = repo.root_files().find(|file| named(&file.path.name_lower()))?;
    let text = repo.text(file).ok()?;
    Some((file.path.clone(), licence_text::identify(&text, Place::Document)))
}
