//! Which licence has the repository as a whole?

use super::files::LicenceFile;
use super::headers::Own;
use super::statements::{Meaning, Statement};
use super::{Content, Grant, Whole, family};
use crate::phrase::Phrase;
use crate::reading::licence_text::{self, Identified, Place, expression};
use crate::repository::{Counted, RepoPath, Repository};
use std::collections::BTreeSet;

/// What README or a manifest of the root says.
struct Said {
    path: RepoPath,
    expression: String,
    /// a GNU licence is named without a word on later versions
    silent: bool,
}

/// Puts licence files, README and manifests of the root together.
pub(super) fn whole(repo: &Repository, files: &[LicenceFile], statements: &[Statement]) -> Result<Whole, Phrase> {
    let by_readme = readme(repo)
        .and_then(|(path, found)| Some(Said { path, expression: found.expression?, silent: found.without_grant }));
    let by_manifests =
        statements.iter().filter(|one| one.path.at_root() && !one.of_interface).filter_map(|one| match &one.meaning {
            Ok(Meaning::Licence(expression)) => {
                // `GPL-3.0` is an id that was given up because it leaves open what `-only` and `-or-later` say.
                let grants = ["only", "later", "+", ">="].iter().any(|word| one.value.to_lowercase().contains(word));
                Some(Said { path: one.path.clone(), expression: expression.clone(), silent: !grants })
            }
            _ => None,
        });
    let said: Vec<Said> = by_readme.into_iter().chain(by_manifests).collect();
    let mut own: Vec<&LicenceFile> =
        files.iter().filter(|file| file.at_root && file.part.is_none() && !file.translation).collect();
    if own.is_empty() {
        own = files.iter().filter(|file| file.at_root && !file.translation).collect();
    }
    // A statement of a licence file beside texts says which of them apply.
    if let Some(stating) = own.iter().find(|file| file.states_only() && own.len() > 1)
        && let Some(expression) = stating.expression()
    {
        return Ok(granted(expression.to_owned(), vec![stating.path.clone()], &said, is_silent(stating)));
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
        let silent = named.iter().all(|file| is_silent(file));
        return Ok(granted(only.clone(), from, &said, silent));
    }
    let held: BTreeSet<String> = expressions.iter().flat_map(|one| families(one)).collect();
    if let Some(said_all) = said.iter().find(|one| families(&one.expression) == held) {
        from.push(said_all.path.clone());
        return Ok(granted(said_all.expression.clone(), from, &said, said_all.silent));
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

/// Whether a file says nothing on later versions of a GNU licence.
fn is_silent(file: &LicenceFile) -> bool {
    matches!(&file.content, Ok(Content::Text(found)) if found.without_grant)
}

/// No licence text at the root: what `LICENSES/` holds, what README and manifests say.
fn without_root_text(files: &[LicenceFile], said: &[Said]) -> Result<Whole, Phrase> {
    let texts: BTreeSet<String> =
        files.iter().filter(|file| !file.at_root).filter_map(LicenceFile::expression).flat_map(families).collect();
    let fits = |expression: &str| {
        texts.is_empty() || families(expression).iter().all(|id| texts.contains(id) || id.contains("LicenseRef-"))
    };
    if let Some(one) = said.iter().find(|one| fits(&one.expression)) {
        return Ok(granted(one.expression.clone(), vec![one.path.clone()], said, one.silent));
    }
    let mut alone = files.iter().filter(|file| !file.at_root && file.expression().is_some());
    if let (Some(file), None) = (alone.next(), alone.next())
        && let Some(expression) = file.expression()
    {
        return Ok(granted(expression.to_owned(), vec![file.path.clone()], said, is_silent(file)));
    }
    if !texts.is_empty() {
        return Err(Phrase::new(
            "LICENSES holds several texts, and nothing says which licence the whole has",
            "LICENSES enthält mehrere Texte, und nirgends steht, welche Lizenz das Ganze hat",
        ));
    }
    Err(Phrase::new("no licence is stated anywhere", "nirgends ist eine Lizenz angegeben"))
}

/// Decides between `-only` and `-or-later` by what is said anywhere about the same licence, where `silent` says that
/// those who decided on the licence said nothing.
fn granted(expression: String, mut from: Vec<RepoPath>, said: &[Said], silent: bool) -> Whole {
    let gnu = |id: &str| ["GPL-", "LGPL-", "AGPL-", "GFDL-"].iter().any(|start| id.starts_with(start));
    if !expression::licences(&expression).iter().any(|id| gnu(id)) {
        return Whole { expression, from, grant: Grant::NotGnu };
    }
    let grant = |expression: &str| if expression.contains("-or-later") { Grant::OrLater } else { Grant::Only };
    if !silent {
        return Whole { grant: grant(&expression), expression, from };
    }
    match said.iter().find(|one| !one.silent && families(&one.expression) == families(&expression)) {
        Some(one) => {
            from.push(one.path.clone());
            Whole { grant: grant(&one.expression), expression: one.expression.clone(), from }
        }
        None => Whole { expression, from, grant: Grant::None },
    }
}

/// Decides by the headers of source files where licence files, README and manifests say nothing on later versions: where
/// all that are under this licence grant them, they are granted.
pub(super) fn granted_by_headers(whole: Whole, headers: &[Own]) -> Whole {
    let same = |one: &&Own| families(&one.expression) == families(&whole.expression);
    let mut said = headers.iter().filter(same);
    let Some(first) = said.next() else { return whole };
    let or_later = |one: &Own| one.expression.contains("-or-later");
    if or_later(first) && said.all(or_later) {
        let mut from = whole.from;
        from.push(first.path.clone());
        return Whole { expression: first.expression.clone(), from, grant: Grant::OrLater };
    }
    whole
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
    repo.count(Counted::LicenceTexts, 1);
    Some((file.path.clone(), licence_text::identify(&text, Place::Document)))
}
