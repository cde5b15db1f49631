//! Which pages lie in an administration's own folder of rules?
//!
//! Whoever names the folder trusts it; still everything that is read of it is bounded.

use super::load::{below, id_of, is_kebab, load, second_page, shipped, shipped_ids};
use super::{Mistake, Norms, Rule, Vocabulary, Wrong};
use crate::phrase::{Lang, Phrase};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The most pages that are read.
const PAGES: usize = 4_000;
/// The most entries of one folder that are looked at.
const ENTRIES: usize = 10_000;
/// The most bytes of one page.
const PAGE_BYTES: u64 = 256 << 10;
/// The folder that holds fixtures, not pages.
pub(super) const FIXTURES: &str = "fixtures";

/// The rules of a folder, `chapter/name.md` and, where there are any, `chapter/name.de.md`. Pages called `README` and
/// what lies in `fixtures/` or a hidden folder are left alone.
///
/// # Errors
/// Every mistake that was found: in the folder, in its pages, or ids that rules of civiclint have already.
pub fn from_folder(folder: &Path) -> Result<Vec<Rule>, Vec<Mistake>> {
    let shipped: Vec<&str> = shipped_ids().collect();
    load_folder(folder, &Vocabulary::of_rooms(), Norms::shipped(), &shipped)
}

/// The shipped rules and those of these folders, sorted by id.
///
/// # Errors
/// As [`from_folder`], for every folder; and ids that two folders have.
pub fn with_folders(folders: &[PathBuf]) -> Result<Vec<Rule>, Vec<Mistake>> {
    let mut rules = shipped()?;
    let mut mistakes = Vec::new();
    for folder in folders {
        match from_folder(folder) {
            Err(more) => mistakes.extend(more),
            Ok(more) => {
                for rule in more {
                    if rules.iter().any(|known| known.id == rule.id) {
                        let path = format!("{}/{}.md", folder.to_string_lossy().trim_end_matches('/'), rule.id);
                        mistakes.push(Mistake::new(path, Wrong::DuplicateId, second_page(&rule.id)));
                    } else {
                        rules.push(rule);
                    }
                }
            }
        }
    }
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    if mistakes.is_empty() { Ok(rules) } else { Err(mistakes) }
}

pub(super) fn load_folder(
    folder: &Path,
    vocabulary: &Vocabulary,
    norms: &Norms,
    shipped: &[&str],
) -> Result<Vec<Rule>, Vec<Mistake>> {
    let name = folder.to_string_lossy();
    let (pages, mut mistakes) = read(folder)?;
    for (path, _) in &pages {
        let Some((id, Lang::En)) = id_of(path) else { continue };
        if shipped.contains(&id) {
            let reason = Phrase::new("civiclint ships a rule `{id}`", "civiclint bringt schon eine Regel `{id}` mit")
                .with("id", id);
            let help = Phrase::new(
                "give this one another name, for instance a chapter of your own",
                "Geben Sie dieser einen anderen Namen, etwa ein eigenes Kapitel",
            );
            mistakes.push(Mistake::new(path, Wrong::ShippedId, reason).help(help));
        }
    }
    match load(pages, vocabulary, norms, false) {
        Ok(rules) if mistakes.is_empty() => Ok(rules),
        Ok(_) => Err(below(mistakes, &name)),
        Err(more) => {
            mistakes.extend(more);
            mistakes.sort_by(|a, b| a.path.cmp(&b.path));
            Err(below(mistakes, &name))
        }
    }
}

/// The pages of a folder with their paths below it, and what is wrong with single files.
type Pages = (Vec<(String, String)>, Vec<Mistake>);

fn read(folder: &Path) -> Result<Pages, Vec<Mistake>> {
    let name = folder.to_string_lossy().into_owned();
    let wrong = |reason: Phrase, help: Option<Phrase>| vec![Mistake::new(&name, Wrong::Folder, reason).help(help)];
    let chapters = list(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            wrong(Phrase::new("there is no such folder", "Diesen Ordner gibt es nicht"), None)
        }
        std::io::ErrorKind::NotADirectory => {
            let help = Phrase::new(
                "name the folder that holds the chapters",
                "Nennen Sie den Ordner, der die Kapitel enthält",
            );
            wrong(Phrase::new("this is no folder", "Das ist kein Ordner"), Some(help))
        }
        _ => wrong(cannot_be_read(&error), None),
    })?;
    let mut pages = Vec::new();
    let mut mistakes = Vec::new();
    for (chapter, path) in chapters {
        if path.is_file() {
            // Beside the chapters there may be a README and the like; a page of a rule there would never be asked.
            if chapter.strip_suffix(".md").is_some_and(|stem| is_kebab(stem.trim_end_matches(".de"))) {
                mistakes.push(Mistake::new(&chapter, Wrong::Path, misplaced()).help(chapter_help()));
            }
            continue;
        }
        if chapter.starts_with('.') || chapter == FIXTURES || !path.is_dir() {
            continue;
        }
        let entries = match list(&path) {
            Ok(entries) => entries,
            Err(error) => {
                mistakes.push(Mistake::new(&chapter, Wrong::File, cannot_be_read(&error)));
                continue;
            }
        };
        for (file, path) in entries {
            let shown = format!("{chapter}/{file}");
            if path.is_dir() {
                let inner = list(&path).unwrap_or_default();
                let page =
                    |name: &str| name.strip_suffix(".md").is_some_and(|stem| is_kebab(stem.trim_end_matches(".de")));
                for (inner, _) in inner.iter().filter(|(name, _)| page(name)) {
                    let shown = format!("{shown}/{inner}");
                    mistakes.push(Mistake::new(shown, Wrong::Path, misplaced()).help(chapter_help()));
                }
                continue;
            }
            if !file.ends_with(".md") || matches!(file.as_str(), "README.md" | "README.de.md") {
                continue;
            }
            if pages.len() == PAGES {
                let reason = Phrase::new("more than {n} pages", "Mehr als {n} Seiten").with("n", PAGES.to_string());
                return Err(wrong(reason, None));
            }
            match text(&path) {
                Ok(text) => pages.push((shown, text)),
                Err(reason) => mistakes.push(Mistake::new(shown, Wrong::File, reason)),
            }
        }
    }
    if pages.is_empty() && mistakes.is_empty() {
        let reason = Phrase::new("this folder holds no rule", "Dieser Ordner enthält keine Regel");
        return Err(wrong(reason, Some(chapter_help())));
    }
    Ok((pages, mistakes))
}

fn misplaced() -> Phrase {
    Phrase::new("a page lies in the folder of its chapter", "Eine Seite liegt im Ordner ihres Kapitels")
}

fn chapter_help() -> Phrase {
    Phrase::new("rules are pages called `chapter/name.md`", "Regeln sind Seiten namens `kapitel/name.md`")
}

fn cannot_be_read(error: &std::io::Error) -> Phrase {
    Phrase::new("cannot be read: {why}", "Lässt sich nicht lesen: {why}").with("why", error.to_string())
}

/// The entries of a folder, sorted by name. Names that are no UTF-8 are shown as well as they can be.
pub(super) fn list(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut entries: Vec<(String, PathBuf)> = fs::read_dir(folder)?
        .take(ENTRIES)
        .map(|entry| entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())))
        .collect::<Result<_, _>>()?;
    entries.sort();
    Ok(entries)
}

/// The text of a page.
#[expect(clippy::disallowed_methods, reason = "a folder that the user names on the command line, no repository")]
pub(super) fn text(path: &Path) -> Result<String, Phrase> {
    if !path.is_file() {
        return Err(Phrase::new("this is no regular file", "Das ist keine gewöhnliche Datei"));
    }
    let file = fs::File::open(path).map_err(|error| cannot_be_read(&error))?;
    let mut bytes = Vec::new();
    file.take(PAGE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| cannot_be_read(&error))?;
    if bytes.len() as u64 > PAGE_BYTES {
        return Err(Phrase::new("a page has at most {n} KiB", "Eine Seite hat höchstens {n} KiB")
            .with("n", (PAGE_BYTES >> 10).to_string()));
    }
    String::from_utf8(bytes).map_err(|_| Phrase::new("this text is no UTF-8", "Dieser Text ist nicht in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(result: Result<Vec<Rule>, Vec<Mistake>>, folder: &Path) -> Vec<String> {
        let folder = folder.to_string_lossy();
        let mistakes = result.expect_err("something is wrong");
        mistakes.iter().map(|mistake| mistake.render(Lang::En, false).replace(&*folder, "DIR") + "\n").collect()
    }

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        folder
    }

    #[test]
    fn missing_empty_and_no_folder() {
        let empty = folder(&[("README.md", b"# Our rules\n"), ("fixtures/a/b.md", b"x"), (".git/a.md", b"x")]);
        for (path, said) in [
            (empty.path().join("nowhere"), "error: there is no such folder\n--> DIR"),
            (empty.path().join("README.md"), "error: this is no folder\n"),
            (empty.path().to_owned(), "error: this folder holds no rule\n"),
        ] {
            let told = told(from_folder(&path), &path);
            assert_eq!(told.len(), 1);
            assert!(told[0].starts_with(said), "{}", told[0]);
        }
    }

    #[test]
    fn two_folders_do_not_share_an_id() {
        let page = "# Nothing is as it should be\n\nNobody knows why.\n\n```toml\nlevel = \"reusable\"\nseverity = \"note\"\n\
            precision = \"low\"\nnorms = []\nlooks-at = \"repository\"\nsays = \"nothing is\"\nfinding-when = [CLAUSE]\n```\n\n\
            ## Why it matters\n\nIt does.\n\n## How to mend it\n\nSomehow.\n";
        let whole = Vocabulary::of_rooms().wholes.first().copied().expect("the rooms can be asked something");
        let clause = match whole.signal.kind {
            crate::signal::Kind::YesNo => "is = true",
            crate::signal::Kind::Number => "is = 1",
            crate::signal::Kind::Text => "is = \"x\"",
            crate::signal::Kind::List => "includes = \"x\"",
        };
        let page = page.replace("CLAUSE", &format!("{{ signal = \"{}\", {clause} }}", whole.signal.name));
        let one = folder(&[("house/strange.md", page.as_bytes())]);
        let rules = with_folders(&[one.path().to_owned()]).expect("one folder is fine");
        assert!(rules.is_sorted_by(|a, b| a.id < b.id) && rules.iter().any(|rule| rule.id == "house/strange"));
        let mistakes = with_folders(&[one.path().to_owned(), one.path().to_owned()]).expect_err("two are not");
        assert_eq!(mistakes.iter().map(|mistake| mistake.wrong).collect::<Vec<_>>(), [Wrong::DuplicateId]);
    }

    #[test]
    fn files_that_are_no_pages() {
        let large = vec![b'x'; usize::try_from(PAGE_BYTES).expect("it fits") + 1];
        let folder = folder(&[
            ("house/large.md", &large),
            ("house/latin-1.md", b"# Gr\xfc\xdfe\n"),
            ("house/deep/rule.md", b"# x\n"),
            ("house/README.md", b"# The chapter\n"),
            ("house/notes.txt", b"x"),
            ("house/Big_Name.md", b"# x\n"),
            ("rule.md", b"# x\n"),
        ]);
        let told = told(from_folder(folder.path()), folder.path()).concat();
        for (path, said) in [
            ("house/large.md", "a page has at most 256 KiB"),
            ("house/latin-1.md", "this text is no UTF-8"),
            ("house/deep/rule.md", "a page lies in the folder of its chapter"),
            ("house/Big_Name.md", "a page is called"),
            ("DIR/rule.md", "a page lies in the folder of its chapter"),
        ] {
            assert!(told.contains(path) && told.contains(said), "{path} {said}\n{told}");
        }
        assert!(!told.contains("README") && !told.contains("notes"), "{told}");
    }
}
