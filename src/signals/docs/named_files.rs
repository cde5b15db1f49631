//! Is a file that a metadata file names there, and is it what it should be?

use crate::phrase::Phrase;
use crate::reading::schema::{Flaw, Named};
use crate::reading::tree_path;
use crate::repository::{File, FileKind, Repository};

/// The first bytes of every PNG (ISO/IEC 15948, section 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What is wrong with a file that `from` names; nothing where it is on the web, as nobody asks the web here.
pub(super) fn flaw(repo: &Repository, from: &File, named: &Named) -> Option<Flaw> {
    problem(repo, from, named).map(|why| Flaw { key: named.key.clone(), span: Some(named.span), why, breaks: true })
}

fn problem(repo: &Repository, from: &File, named: &Named) -> Option<Phrase> {
    let value = named.value.as_str();
    let start = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    if start.starts_with("http://") || start.starts_with("https://") {
        let path = value.split(['?', '#']).next().unwrap_or_default();
        let name = path.get(start.len()..).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
        return wrong_ending(name, named).filter(|_| ending(name).is_some());
    }
    if value.starts_with('/') || start.starts_with("file:") {
        return Some(
            Phrase::new(
                "{value} is neither a path from the root of the repository nor a web address",
                "{value} ist weder ein Pfad ab dem Hauptordner des Repositorys noch eine Web-Adresse",
            )
            .with("value", value),
        );
    }
    if let Some(why) = wrong_ending(value, named) {
        return Some(why);
    }
    let folder = String::from_utf8_lossy(from.path.folder()).into_owned();
    let places = [tree_path::lead("", value), tree_path::lead(&folder, value)];
    let Some(file) = places.into_iter().flatten().find_map(|path| repo.file(path)) else {
        return Some(
            Phrase::new("the file {value} is not in the tree", "die Datei {value} liegt nicht im Dateibaum")
                .with("value", value),
        );
    };
    let is_png = ending(value).is_some_and(|ending| ending == "png") && file.kind == FileKind::Regular;
    let head = if is_png { repo.head(file, 64).ok()? } else { return None };
    // in a clone without LFS there is only a pointer to the picture
    let other = !head.starts_with(PNG) && !head.starts_with(b"version https://git-lfs");
    other.then(|| {
        Phrase::new("the file {value} is no PNG picture inside", "die Datei {value} enthält kein PNG-Bild")
            .with("value", value)
    })
}

fn wrong_ending(name: &str, named: &Named) -> Option<Phrase> {
    let known = |ending: String| named.endings.contains(&ending);
    let wrong = !named.endings.is_empty() && !ending(name).is_some_and(known);
    wrong.then(|| {
        Phrase::new(
            "{value} is no picture of the kinds allowed here: {endings}",
            "{value} ist kein Bild der hier zugelassenen Arten: {endings}",
        )
        .with("value", named.value.as_str())
        .with("endings", named.endings.join(", "))
    })
}

fn ending(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(ending("a/b.tar.GZ").as_deref(), Some("gz"));
        assert_eq!(ending("a.b/logo"), None);
    }
}
