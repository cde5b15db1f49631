//! What is it called?

use crate::init::clean;
use crate::reading::alike::alike;
use crate::reading::document::Document;
use crate::reading::forge_address::ForgeAddress;
use crate::reading::manifest::Manifest;

/// Headings that name a part of a README and not the thing.
const GENERAL: &[&str] = &[
    "readme",
    "about",
    "über",
    "introduction",
    "einleitung",
    "overview",
    "überblick",
    "übersicht",
    "description",
    "beschreibung",
    "documentation",
    "dokumentation",
    "installation",
    "getting started",
    "usage",
    "table of contents",
    "inhaltsverzeichnis",
    "inhalt",
    "contents",
    "setup",
    "welcome",
    "willkommen",
    "abstract",
    "summary",
    "home",
    "project",
    "projekt",
    "frontend",
    "backend",
    "license",
    "lizenz",
    "todo",
    "note",
    "hinweis",
];

/// What it is called in different places.
pub(super) struct Names {
    /// the title of the README
    title: Option<String>,
    /// in manifests and in its address
    others: Vec<String>,
}

impl Names {
    pub(super) fn of(readme: Option<&Document>, manifests: &[&Manifest], url: Option<&str>) -> Self {
        let named = manifests.iter().filter_map(|manifest| {
            let name = &manifest.name.as_ref()?.value;
            // @scope/name, group:artifact
            clean::line(name.rsplit(['/', ':']).next()?, 80)
        });
        let repository = url.and_then(|url| {
            ForgeAddress::read(url, false)?;
            clean::line(url.trim_end_matches('/').rsplit('/').next()?.trim_end_matches(".git"), 80)
        });
        let others = named.filter(|name| !is_general(name)).chain(repository).collect();
        Self { title: readme.and_then(title), others }
    }

    /// The name as people write it: the README's title where a manifest or the address agrees with it, or where nothing
    /// else names it; else the manifest's name; else that of the repository.
    pub(super) fn best(&self) -> Option<String> {
        let agreed = |title: &&String| self.others.is_empty() || self.others.iter().any(|other| alike(title, other));
        self.title.as_ref().filter(agreed).or(self.others.first()).or(self.title.as_ref()).cloned()
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<String> {
        self.others.into_iter().chain(self.title).collect()
    }
}

/// The title of a README without what it says besides the name.
fn title(readme: &Document) -> Option<String> {
    let first = readme.headings.first().filter(|heading| heading.level == 1)?;
    let text = clean::line(&first.text, 200)?;
    let text = ["Welcome to the ", "Welcome to ", "Willkommen bei ", "Willkommen beim ", "About "]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(&text);
    let end = [": ", " - ", " – ", " — ", " | ", " · ", " ("].iter().filter_map(|sign| text.find(sign)).min();
    let text = text.get(..end.unwrap_or(text.len()))?;
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !"+#)".contains(c));
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    (letters > 1 && text.chars().count() <= 60 && text.split(' ').count() <= 7 && !is_general(text))
        .then(|| text.to_owned())
}

fn is_general(name: &str) -> bool {
    let lower = name.to_lowercase();
    GENERAL.contains(&lower.trim_end_matches(".md"))
        || ["package", "root", "workspace", "monorepo", "app", "client", "server", "my-app", "unknown"]
            .contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;
    use crate::reading::manifest;

    #[test]
    fn names() {
        let read = |text: &str| Document::read(&"README.md".into(), Format::Markdown, text);
        for (readme, package, url, wanted) in [
            ("# Gießplan – welcher Baum braucht Wasser?", "giessplan", "", Some("Gießplan")),
            ("# 🌳 Gießplan\n", "@amt/giessplan", "", Some("Gießplan")),
            ("# Welcome to Tree Map!\n", "", "https://github.com/amt/tree-map", Some("Tree Map")),
            ("# README\n", "giessplan", "", Some("giessplan")),
            ("# Installation\n", "", "https://github.com/amt/giessplan", Some("giessplan")),
            ("# Getting Started with Create React App\n", "giessplan", "", Some("giessplan")),
            ("# Masterplan\n", "", "", Some("Masterplan")),
            ("## Installation\n", "", "", None),
            ("# A sentence that goes on and on and says what this is for in many words\n", "", "", None),
            ("", "my-app", "", None),
        ] {
            let text = format!("{{\"name\": \"{package}\"}}");
            let package = manifest::read(&"package.json".into(), &text).expect("JSON");
            let document = read(readme);
            let url = Some(url).filter(|url| !url.is_empty());
            assert_eq!(Names::of(Some(&document), &[&package], url).best().as_deref(), wanted, "{readme}");
        }
    }
}
