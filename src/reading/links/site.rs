//! Which documentation tool makes pages of a document, and where does it look for what the document links?

use super::NAMES;
use crate::repository::{File, FileKind, Repository};

/// The longest configuration that is read, in bytes; longer ones are read so far.
const CONFIGURATION: usize = 64 << 10;
/// So many sites are told apart.
const SITES: usize = 500;

/// A documentation tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    MkDocs,
    Sphinx,
    Docusaurus,
    /// VitePress and VuePress
    VitePress,
    MdBook,
    Jekyll,
    Antora,
    /// one that is known but not followed
    Other,
}

/// A folder that a tool makes a site of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) tool: Tool,
    /// the folder of the pages, without a slash at its end
    pub(super) root: String,
    /// where an address that begins with a slash leads: folders
    pub(super) publics: Vec<String>,
    /// whether pages are made that are not in the tree
    pub(super) makes_pages: bool,
}

/// The sites of a repository, the innermost last.
pub(super) fn all(repo: &Repository) -> Vec<Site> {
    let regular = repo.files().iter().filter(|file| file.kind == FileKind::Regular);
    let mut sites: Vec<Site> = regular.filter_map(|file| site(repo, file)).take(SITES).collect();
    sites.sort_by_key(|site| (site.root.len(), site.tool == Tool::Other));
    sites
}

/// The innermost site a document is a page of.
pub(super) fn of<'s>(sites: &'s [Site], path: &str) -> Option<&'s Site> {
    sites.iter().rev().find(|site| is_below(path, &site.root))
}

pub(super) fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A folder and a name below it.
pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

fn site(repo: &Repository, file: &File) -> Option<Site> {
    let name = file.path.name_lower();
    let folder = String::from_utf8_lossy(file.path.folder()).into_owned();
    let text = || repo.head_text(file, CONFIGURATION).unwrap_or_default();
    let makes = |tool: &str, text: &str| {
        NAMES.makes_pages.get(tool).is_some_and(|marks| marks.iter().any(|mark| text.contains(mark.as_str())))
    };
    let at = |tool, root: String, publics: Vec<String>, makes_pages| Some(Site { tool, root, publics, makes_pages });
    match name.as_str() {
        "mkdocs.yml" | "mkdocs.yaml" => {
            let text = text();
            let root = folder_at(&folder, value(&text, "docs_dir:").unwrap_or("docs"))?;
            at(Tool::MkDocs, root.clone(), vec![root], makes("mkdocs", &text))
        }
        "conf.py" => {
            let text = text();
            let is_sphinx = ["extensions", "html_theme", "master_doc", "sphinx"].iter().any(|mark| text.contains(mark));
            let makes_pages = makes("sphinx", &text);
            is_sphinx.then_some(())?;
            at(Tool::Sphinx, folder.clone(), vec![folder], makes_pages)
        }
        "docusaurus.config.js" | "docusaurus.config.ts" | "docusaurus.config.mjs" | "docusaurus.config.cjs" => {
            let publics =
                vec![join(&folder, "static"), folder.clone(), join(&folder, "docs"), join(&folder, "src/pages")];
            at(Tool::Docusaurus, folder, publics, makes("docusaurus", &text()))
        }
        "book.toml" => {
            let text = text();
            let root = folder_at(&folder, value(&text, "src =").unwrap_or("src"))?;
            at(Tool::MdBook, root.clone(), vec![root], text.contains("[preprocessor."))
        }
        "_config.yml" | "_config.yaml" => at(Tool::Jekyll, folder.clone(), vec![folder], false),
        "antora.yml" => at(Tool::Antora, join(&folder, "modules"), Vec::new(), text().contains("collector")),
        "config.ts" | "config.js" | "config.mts" | "config.mjs" => {
            let (base, last) = folder.rsplit_once('/').unwrap_or(("", &folder));
            if last != ".vitepress" && last != ".vuepress" {
                return None;
            }
            let text = text();
            let root = folder_at(base, value(&text, "srcDir:").unwrap_or("."))?;
            let publics = vec![join(&root, "public"), join(base, ".vuepress/public"), root.clone()];
            at(Tool::VitePress, root, publics, text.contains("rewrites"))
        }
        "index.html" => {
            let text = text().to_lowercase();
            // ReSpec and its like put pages together, of the folder beside too.
            let takes_in = text.contains("respec") || text.contains("data-include");
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
            let root = if takes_in && text.contains("../") { above } else { folder };
            (takes_in || text.contains("docsify")).then_some(())?;
            at(Tool::Other, root.clone(), vec![root], true)
        }
        // Hugo's: alone, or a folder with one file for each purpose.
        "config.toml" | "config.yaml"
            if folder.ends_with("config/_default") || text().to_lowercase().contains("baseurl") =>
        {
            at(Tool::Other, base_of(folder), Vec::new(), true)
        }
        _ if NAMES.other.iter().any(|other| other.names.contains(name.as_str())) => {
            at(Tool::Other, folder.clone(), vec![join(&folder, "static"), join(&folder, "public"), folder], true)
        }
        _ => None,
    }
}

/// The folder that a configuration is for: Hugo's may lie in `config/_default` below it.
fn base_of(folder: String) -> String {
    let above = folder.strip_suffix("config/_default").map(|above| above.trim_end_matches('/').to_owned());
    above.unwrap_or(folder)
}

/// The value of a key at the beginning of a line, without quotes; of whichever syntax.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix(key))?;
    let value = line.trim().trim_end_matches(',').trim_matches(['"', '\'', '`']);
    (!value.is_empty()).then_some(value)
}

/// A folder that a configuration names, seen from its own; `None` where it leads out of the tree.
fn folder_at(folder: &str, named: &str) -> Option<String> {
    crate::reading::tree_path::lead(folder, named.split('#').next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_keys() {
        assert_eq!(value("site_name: x\ndocs_dir: 'pages'\n", "docs_dir:"), Some("pages"));
        assert_eq!(value("export default {\n  srcDir: \"./src\",\n}", "srcDir:"), Some("./src"));
        assert_eq!(value("docs_dir:\n", "docs_dir:"), None);
    }

    #[test]
    fn the_innermost_site() {
        let site = |root: &str, tool| Site { tool, root: root.to_owned(), publics: Vec::new(), makes_pages: false };
        let sites = [site("", Tool::Other), site("docs", Tool::MkDocs)];
        assert_eq!(of(&sites, "docs/a.md").map(|site| site.tool), Some(Tool::MkDocs));
        assert_eq!(of(&sites, "docs.md").map(|site| site.tool), Some(Tool::Other));
        assert_eq!(of(&sites[1..], "docsx/a.md"), None);
    }
}
