//! Does what the documents link lie in the tree: files, images, headings?
//!
//! Read as the forge and the documentation tool in use read it. What nobody can tell offline is not told: addresses of
//! the web, templates, pages that a tool makes while it runs.

mod anchors;
mod site;

use super::community;
use super::corpus::{self, Corpus};
use super::document::{Document, Format, Link, LinkBy};
use super::passages::Passages;
use super::tree_path;
use crate::place::{Place, Span};
use crate::repository::{FileKind, Ignored, Ignores, RepoPath, Repository};
use anchors::Anchors;
use serde::Deserialize;
use site::{Site, Tool};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A link or image whose target the tree can show.
#[derive(Clone, Debug)]
pub struct Followed {
    /// where it stands
    pub place: Place,
    /// the address as it is written
    pub url: String,
    /// what it leads to
    pub target: Target,
    /// how many documents of the same name hold the same link
    pub copies: usize,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// something in the tree
    There,
    /// a file or folder that is not there: its path
    NoFile(String),
    /// a heading that is not there: the path of the document, the anchor
    NoHeading(String, String),
}

/// The names in `links.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Names {
    pages: Vec<String>,
    index: Vec<String>,
    files: BTreeSet<String>,
    fragments: BTreeSet<String>,
    shown_elsewhere: BTreeSet<String>,
    unfinished: Vec<String>,
    contributions: BTreeSet<String>,
    makes_pages: BTreeMap<String, Vec<String>>,
    other: Vec<Other>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    names: BTreeSet<String>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(include_str!("links.toml")).expect("the table is part of the program and tested"));

/// So many links of one document are followed; a document that has more is made by a program.
const LINKS: usize = 5_000;
/// From so many documents of one name with the same broken link on, they are taken for copies of one.
const COPIES: usize = 3;

/// The links and images of a repository's documentation that the tree can show, in the order of their places; of
/// copies only the first.
pub fn all(repo: &Repository, corpus: &Corpus) -> Vec<Followed> {
    let mut tree = Tree { repo, corpus, ignores: repo.ignores(), sites: site::all(repo), anchors: BTreeMap::new() };
    let mut followed = Vec::new();
    for document in corpus.documents() {
        if !tree.is_read(document) {
            continue;
        }
        let images = document.images.iter().map(|image| (image.line, image.url.as_str(), LinkBy::Address, ""));
        let links = document.links.iter().map(|link| (link.line, link.url.as_str(), link.by, link.text.as_str()));
        let mut wanted: Vec<_> = links.chain(images).collect();
        wanted.sort();
        wanted.dedup_by_key(|(line, url, ..)| (*line, *url));
        wanted.truncate(LINKS);
        let mut source = None;
        for (line, url, by, text) in wanted {
            if is_of_contributor(url, text) {
                continue;
            }
            let Some(target) = tree.follow(document, url, by) else { continue };
            let span = (target != Target::There)
                .then(|| source.get_or_insert_with(|| Passages::of(repo, &document.path)).span(line, url));
            let place = match span {
                Some(span) => Place::span(&document.path, span),
                None => Place::span(&document.path, Span::on_line(line, 1, 1)),
            };
            followed.push(Followed { place, url: url.to_owned(), target, copies: 1 });
        }
    }
    grouped(followed)
}

/// Of the same broken link in many documents of one name only the first is kept.
fn grouped(followed: Vec<Followed>) -> Vec<Followed> {
    let key = |one: &Followed| {
        let name = one.place.path.as_ref().map(|path| path.name_lower().into_string()).unwrap_or_default();
        (one.target != Target::There).then(|| (name, one.url.clone()))
    };
    let mut documents: BTreeMap<(String, String), BTreeSet<&RepoPath>> = BTreeMap::new();
    for one in &followed {
        if let (Some(key), Some(path)) = (key(one), &one.place.path) {
            documents.entry(key).or_default().insert(path);
        }
    }
    let mut copies: BTreeMap<_, _> = documents.into_iter().map(|(key, paths)| (key, (paths.len(), false))).collect();
    let mut kept = Vec::new();
    for mut one in followed {
        if let Some((count, told)) = key(&one).and_then(|key| copies.get_mut(&key))
            && *count >= COPIES
        {
            if std::mem::replace(told, true) {
                continue;
            }
            one.copies = *count;
        }
        kept.push(one);
    }
    kept
}

/// The anchors that the all-contributors bot writes lead nowhere on purpose: `#infra-ada` below a sign. Projects name
/// kinds of contribution of their own, and sometimes forget the `#`.
fn is_of_contributor(url: &str, text: &str) -> bool {
    let signs = !text.chars().any(char::is_alphanumeric);
    url.trim_start_matches('#').split_once('-').is_some_and(|(kind, name)| {
        let own = !text.is_empty() && !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        signs && !name.is_empty() && !name.contains(['/', '.']) && (NAMES.contributions.contains(kind) || own)
    })
}

/// The tree and what is known of its documents.
struct Tree<'r> {
    repo: &'r Repository,
    corpus: &'r Corpus,
    ignores: Ignores,
    sites: Vec<Site>,
    anchors: BTreeMap<RepoPath, Option<Anchors>>,
}

impl Tree<'_> {
    /// Whether the links of a document are followed at all.
    fn is_read(&self, document: &Document) -> bool {
        let path = document.path.lossy();
        // What GitHub shows of a link is the document it leads to, seen from there.
        let is_link = self.repo.file(&document.path).is_none_or(|file| file.kind != FileKind::Regular);
        let is_template = path.contains(['{', '}', '$', '%']);
        matches!(document.format, Format::Markdown | Format::Rst | Format::AsciiDoc | Format::Notebook)
            && !matches!(document.path.extension().as_str(), "rmd" | "qmd")
            && !is_link
            && !is_template
    }

    /// What an address of a document leads to; `None` where nobody can tell.
    fn follow(&mut self, document: &Document, url: &str, by: LinkBy) -> Option<Target> {
        let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
        let url = url.split('?').next().unwrap_or_default();
        if by == LinkBy::Label || is_unfinished(url) || is_unfinished(fragment) || has_scheme(url, by) {
            return None;
        }
        let here = document.path.lossy().into_owned();
        let sites = std::mem::take(&mut self.sites);
        let site = site::of(&sites, &here);
        let followed = match xref_in_page(document, url, fragment) {
            Some((url, fragment)) => self.follow_parts(document, site, &here, &url, &fragment, by),
            None => self.follow_parts(document, site, &here, url, fragment, by),
        };
        self.sites = sites;
        followed
    }

    fn follow_parts(
        &mut self,
        document: &Document,
        site: Option<&Site>,
        here: &str,
        url: &str,
        fragment: &str,
        by: LinkBy,
    ) -> Option<Target> {
        let found = if url.is_empty() {
            here.to_owned()
        } else {
            let relative = tree_path::decoded(url);
            let ways = ways(site, here, &relative, by);
            match ways.iter().find_map(|way| self.there(way, by)) {
                Some(found) => found,
                None => return self.not_there(document, site, here, &relative, by).map(Target::NoFile),
            }
        };
        if fragment.is_empty() || url.ends_with('/') && site.is_some() {
            return Some(Target::There);
        }
        self.anchor(document, site, &found, fragment)
    }

    /// The file or folder in the tree that an address means, with the endings that tools let people leave out.
    fn there(&self, way: &str, by: LinkBy) -> Option<String> {
        let is = |path: &str| self.repo.file(path).is_some();
        let ending = tree_path::ending(way);
        if by != LinkBy::Page && is(way) {
            return Some(way.to_owned());
        }
        let stem =
            if ending == "html" || ending == "htm" { way.rsplit_once('.').map_or(way, |(stem, _)| stem) } else { way };
        let page = NAMES.pages.iter().map(|end| format!("{stem}.{end}")).find(|page| is(page));
        let index = || {
            let inside = NAMES.index.iter().flat_map(|name| NAMES.pages.iter().map(move |end| format!("{name}.{end}")));
            inside.map(|name| site::join(way, &name)).find(|page| is(page))
        };
        page.or_else(|| {
            if way.is_empty() || self.repo.has_folder(way) { index().or_else(|| Some(way.to_owned())) } else { None }
        })
    }

    /// The path that is missing, where it is certain that it is.
    fn not_there(
        &self,
        document: &Document,
        site: Option<&Site>,
        here: &str,
        relative: &str,
        by: LinkBy,
    ) -> Option<String> {
        let absolute = relative.starts_with('/');
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let way = tree_path::lead(if absolute { "" } else { folder }, relative)?;
        if way.is_empty() || self.is_out_of_sight(&way) {
            return None;
        }
        let ending = tree_path::ending(&way);
        let on_forge = corpus::is_readme(&document.path) || community::purpose(&document.path).is_some();
        let folders = || folder.split('/').filter(|name| !name.is_empty());
        let known = match (by, site) {
            (_, _) if ending == "html" || ending == "htm" => false,
            (_, _) if folders().any(|name| NAMES.fragments.contains(name)) => false,
            (LinkBy::Page, Some(site)) => site.tool == Tool::Sphinx && !site.makes_pages && is_name_of_page(relative),
            (LinkBy::Page, None) => false,
            (LinkBy::Resource, Some(site)) if site.tool == Tool::Antora => {
                ending == "adoc" && !site.makes_pages && !relative.contains([':', '@'])
            }
            (_, Some(site)) if site.tool == Tool::Antora => false,
            (_, Some(site)) if site.tool == Tool::Other => on_forge && !absolute && NAMES.files.contains(&ending),
            (_, Some(site)) if folders().any(|name| name.starts_with('_')) && site.tool == Tool::Jekyll => false,
            (_, Some(site)) => !absolute && !site.makes_pages && NAMES.files.contains(&ending),
            (_, None) if on_forge => true,
            (_, None) if folders().any(|name| NAMES.shown_elsewhere.contains(&name.to_ascii_lowercase())) => false,
            (_, None) => {
                !absolute && (NAMES.files.contains(&ending) || relative.contains('/'))
                    || absolute && NAMES.files.contains(&ending)
            }
        };
        known.then_some(way)
    }

    /// Whether what lies at a path is not part of this tree though it may be there: submodules, what lies behind
    /// links, build output.
    fn is_out_of_sight(&self, way: &str) -> bool {
        let mut folders = way.match_indices('/').filter_map(|(at, _)| way.get(..at)).chain([way]);
        let is_other = folders.any(|folder| self.repo.file(folder).is_some_and(|file| file.kind != FileKind::Regular));
        is_other || self.ignores.of(way.as_bytes()) == Ignored::Folder
    }

    /// Whether a document of the tree offers an anchor; `None` where nobody can tell.
    fn anchor(&mut self, from: &Document, site: Option<&Site>, path: &str, fragment: &str) -> Option<Target> {
        let target = self.corpus.document(path)?;
        let fragment = tree_path::decoded(fragment);
        let is_own = target.path == from.path;
        let on_forge = corpus::is_readme(&target.path) || community::purpose(&target.path).is_some();
        let open = site.is_some_and(|site| site.makes_pages || site.tool == Tool::Other);
        // A page takes in others, whose headings are not known here.
        let takes_in = target.links.iter().any(|link| is_include(target.format, link))
            || target.format == Format::Rst && site.is_some();
        if target.cut || open && !on_forge || takes_in || is_of_forge(&fragment) {
            return None;
        }
        if !matches!(target.format, Format::Markdown | Format::AsciiDoc | Format::Rst) {
            return None;
        }
        let (repo, key) = (self.repo, target.path.clone());
        let anchors = self.anchors.entry(key).or_insert_with(|| {
            let text = repo.file(&target.path).and_then(|file| repo.text_once(file).ok())?;
            Some(Anchors::of(target, &text))
        });
        let loosely = site.is_some() && !on_forge || anchors::is_loose(target.format);
        let led = anchors.as_ref()?.lead(&fragment, loosely);
        Some(if led {
            Target::There
        } else {
            Target::NoHeading(if is_own { String::new() } else { path.to_owned() }, fragment)
        })
    }
}

/// The paths that an address may mean, the likeliest first.
fn ways(site: Option<&Site>, here: &str, relative: &str, by: LinkBy) -> Vec<String> {
    let (folder, name) = here.rsplit_once('/').unwrap_or(("", here));
    let slashes = relative.replace('\\', "/");
    let mut ways = Vec::new();
    let mut add = |folder: &str, relative: &str| ways.extend(tree_path::lead(folder, relative));
    if let Some(rest) = slashes.strip_prefix('/') {
        site.iter().flat_map(|site| &site.publics).for_each(|public| add(public, rest));
        add("", rest);
        return ways;
    }
    add(folder, &slashes);
    if let Some(site) = site {
        // Tools give a page a folder of its own; links written by hand in HTML count from there.
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        add(&site::join(folder, stem), &slashes);
        site.publics.iter().for_each(|public| add(public, &slashes));
        if site.tool == Tool::Antora {
            antora(site, here, &slashes, by).into_iter().for_each(|(folder, name)| add(&folder, &name));
        }
    }
    ways
}

/// The places of Antora: `module:page.adoc`, `partial$x`, images by their name.
fn antora(site: &Site, here: &str, relative: &str, _by: LinkBy) -> Vec<(String, String)> {
    let inside = here.strip_prefix(site.root.as_str()).unwrap_or_default().trim_start_matches('/');
    let own = inside.split('/').next().unwrap_or_default();
    let (module, rest) = relative.rsplit_once(':').unwrap_or((own, relative));
    let module = module.rsplit(':').next().unwrap_or_default();
    let families = ["pages", "images", "partials", "attachments", "examples"];
    let (family, name) = rest.split_once('$').unwrap_or(("", rest));
    let all = families.iter().filter(|known| family.is_empty() || known.starts_with(family));
    all.map(|family| (site::join(&site.root, &site::join(module, family)), name.to_owned())).collect()
}

/// `<<page.adoc#part>>` stands as `#page.adoc#part`.
fn xref_in_page(document: &Document, url: &str, fragment: &str) -> Option<(String, String)> {
    if document.format != Format::AsciiDoc || !url.is_empty() {
        return None;
    }
    let (page, part) = fragment.split_once('#').unwrap_or((fragment, ""));
    page.ends_with(".adoc").then(|| (page.to_owned(), part.to_owned()))
}

fn is_name_of_page(relative: &str) -> bool {
    relative.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.')) && relative != "self"
}

fn is_include(format: Format, link: &Link) -> bool {
    format == Format::AsciiDoc && link.url == link.text && !link.url.contains("://") && link.url.contains('.')
}

/// Whether somebody is meant to fill the address in, or a program does.
fn is_unfinished(url: &str) -> bool {
    let lower = url.to_lowercase();
    NAMES.unfinished.iter().any(|mark| lower.contains(mark.as_str())) && !lower.contains("\\[")
}

/// Whether an address is none of a file: `mailto:`, `https://`, `//host`, `doi:`; or a path of the reader's machine.
fn has_scheme(url: &str, by: LinkBy) -> bool {
    let colon = url.find(':').filter(|at| !url.get(..*at).unwrap_or_default().contains('/'));
    colon.is_some() && by != LinkBy::Resource || url.starts_with("//") || url.starts_with('~')
}

/// Fragments that the forge or the browser understands: lines, the top, the text itself, routes of a program.
fn is_of_forge(fragment: &str) -> bool {
    let line = fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    line || fragment.is_empty()
        || matches!(fragment, "top" | "readme" | "readme-ov-file" | "start-of-content")
        || fragment.starts_with([':', '/', '!', '?'])
        || fragment.starts_with("fn")
        || fragment.contains('=')
}

#[cfg(test)]
mod tests;
