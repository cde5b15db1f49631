//! setup.cfg, setup.py, requirements.txt and conda's environment.yml: Python packages without pyproject.toml.

use super::lenient::{Source, fields};
use super::python::requirement;
use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Node, yaml};
use crate::repository::RepoPath;
use regex::Regex;
use std::sync::LazyLock;

/// setup.cfg: the `[metadata]` section of setuptools.
pub(super) fn setup_cfg(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Python);
    let (mut author, mut author_email, mut maintainer, mut maintainer_email) = (None, None, None, None);
    for field in fields(text, '=') {
        let value = source.located(field.value.clone());
        match (field.section, field.key.as_str()) {
            ("metadata", "name") => manifest.name = value,
            ("metadata", "version") => manifest.version = value.filter(|one| !one.value.starts_with("attr:")),
            ("metadata", "description" | "summary") => manifest.description = value,
            ("metadata", "license") => manifest.licence(Form::Name, value),
            ("metadata", "license_file" | "license_files") => {
                for file in lines(&source, field.value) {
                    manifest.licence(Form::File, Some(file));
                }
            }
            ("metadata", "classifiers" | "classifier") => {
                manifest.published = true;
                for line in lines(&source, field.value).filter(|line| line.value.starts_with("License ::")) {
                    manifest.licence(Form::Classifier, Some(line));
                }
            }
            ("metadata", "author") => author = value,
            ("metadata", "author_email") => author_email = value,
            ("metadata", "maintainer") => maintainer = value,
            ("metadata", "maintainer_email") => maintainer_email = value,
            ("metadata", "url" | "home_page") => {
                manifest.published = true;
                manifest.url(UrlKind::Homepage, value);
            }
            ("options", "install_requires") => {
                let wanted = lines(&source, field.value).filter_map(|line| requirement(&line, false));
                manifest.dependencies.extend(wanted);
            }
            _ => {}
        }
    }
    manifest.person(Role::Author, author, author_email);
    manifest.person(Role::Maintainer, maintainer, maintainer_email);
    Ok(manifest)
}

fn lines<'s>(source: &'s Source<'_>, range: std::ops::Range<usize>) -> impl Iterator<Item = Located> + 's {
    let mut at = range.start;
    let value = source.text.get(range).unwrap_or_default();
    value.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        source.located(start..at)
    })
}

static ARGUMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let keys = "name|version|description|license|license_file|license_files|author|author_email|maintainer|maintainer_email|url";
    Regex::new(&format!(r#"\b({keys})\s*=\s*[rbuf]*(?:"([^"\n]*)"|'([^'\n]*)')"#)).ok()
});

static CLASSIFIER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"["'](License ::[^"'\n]*)["']"#).ok());

/// A list of licence files; nobody has a longer one.
static LICENCE_FILES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\blicense_files\s*=\s*[\[(]([^\])]{0,500})[\])]").ok());

static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#""([^"\n]*)"|'([^'\n]*)'"#).ok());

/// setup.py: the arguments of `setup(…)` that are plain strings. Code is not run.
pub(super) fn setup_py(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Python);
    let call = memchr::memmem::find(text.as_bytes(), b"setup(").unwrap_or(text.len());
    let (mut author, mut author_email, mut maintainer, mut maintainer_email) = (None, None, None, None);
    for found in ARGUMENT.iter().flat_map(|pattern| pattern.captures_iter(text.get(call..).unwrap_or_default())) {
        let Some(value) = found.get(2).or_else(|| found.get(3)) else { continue };
        let value = source.located(call + value.start()..call + value.end());
        let first = |slot: &mut Option<Located>, value| {
            if slot.is_none() {
                *slot = value;
            }
        };
        match found.get(1).map_or("", |key| key.as_str()) {
            "name" => first(&mut manifest.name, value),
            "version" => first(&mut manifest.version, value),
            "description" => first(&mut manifest.description, value),
            "license" => manifest.licence(Form::Name, value),
            "license_file" | "license_files" => manifest.licence(Form::File, value),
            "author" => first(&mut author, value),
            "author_email" => first(&mut author_email, value),
            "maintainer" => first(&mut maintainer, value),
            "maintainer_email" => first(&mut maintainer_email, value),
            "url" => {
                manifest.published = true;
                manifest.url(UrlKind::Homepage, value);
            }
            _ => {}
        }
    }
    for found in CLASSIFIER.iter().flat_map(|pattern| pattern.captures_iter(text)).filter_map(|found| found.get(1)) {
        manifest.licence(Form::Classifier, source.located(found.range()));
    }
    for found in LICENCE_FILES.iter().flat_map(|pattern| pattern.captures_iter(text)).filter_map(|found| found.get(1)) {
        for one in QUOTED.iter().flat_map(|pattern| pattern.captures_iter(found.as_str())) {
            let Some(file) = one.get(1).or_else(|| one.get(2)) else { continue };
            manifest.licence(Form::File, source.located(found.start() + file.start()..found.start() + file.end()));
        }
    }
    manifest.published |= text.contains("\"Programming Language ::") || text.contains("'Programming Language ::");
    manifest.private |= text.contains("\"Private ::") || text.contains("'Private ::");
    manifest.person(Role::Author, author, author_email);
    manifest.person(Role::Maintainer, maintainer, maintainer_email);
    Ok(manifest)
}

/// requirements.txt and its kin: what is needed, one a line; options and comments are passed over.
pub(super) fn requirements(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Requirements);
    let development = path.name_lower().contains("dev") || path.name_lower().contains("test");
    for line in lines(&source, 0..text.len()).filter(|line| !line.value.starts_with(['#', '-'])) {
        let end = line.value.find(" #").unwrap_or(line.value.len());
        let line = Located { value: line.value.get(..end).unwrap_or_default().to_owned(), span: line.span };
        manifest.dependencies.extend(requirement(&line, development));
    }
    Ok(manifest)
}

/// environment.yml of conda.
pub(super) fn environment(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = yaml(text)?;
    let mut manifest = Manifest::new(path, Ecosystem::Conda);
    manifest.name = document.at(&["name"]);
    let list = document.root.get("dependencies").map(Node::list).unwrap_or_default();
    let pip = list.iter().flat_map(|entry| entry.get("pip").map(Node::list).unwrap_or_default());
    for line in list.iter().chain(pip).filter_map(|entry| document.located(entry)) {
        manifest.dependencies.extend(conda(&line));
    }
    Ok(manifest)
}

/// `channel::name=version=build`, or as pip has it.
fn conda(line: &Located) -> Option<Dependency> {
    let bare = line.value.rsplit("::").next().unwrap_or(&line.value).to_owned();
    requirement(&Located { value: bare, span: line.span }, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licences(manifest: &Manifest) -> Vec<(Form, &str)> {
        manifest.licences.iter().map(|licence| (licence.form, licence.stated.value.as_str())).collect()
    }

    #[test]
    fn setup_files() {
        let cfg = "[metadata]\nname = x\nlicense = Apache 2.0\nlicense_files =\n    LICENSE\nauthor = Ada\nauthor_email = ada@example.org\n\
                   classifiers =\n    License :: OSI Approved :: MIT License\n[options]\ninstall_requires =\n    numpy>=1\n";
        let read = setup_cfg(&"setup.cfg".into(), cfg).unwrap();
        assert_eq!(
            licences(&read),
            [
                (Form::Name, "Apache 2.0"),
                (Form::File, "LICENSE"),
                (Form::Classifier, "License :: OSI Approved :: MIT License")
            ]
        );
        assert_eq!(read.people[0].email.as_ref().unwrap().value, "ada@example.org");
        assert_eq!(read.licences[2].stated.span.line, 9);
        assert_eq!(read.dependencies[0].name.value, "numpy");

        let py = "name = 'not this'\nsetup(\n    name='x', version=\"1\",\n    license='MIT',\n    classifiers=['License :: OSI Approved :: MIT License'],\n)\n";
        let read = setup_py(&"setup.py".into(), py).unwrap();
        assert_eq!(read.name.as_ref().unwrap().value, "x");
        assert_eq!(licences(&read)[0], (Form::Name, "MIT"));
        assert_eq!(read.licences[0].stated.span.line, 4);
    }

    #[test]
    fn what_is_needed() {
        let read =
            requirements(&"requirements-dev.txt".into(), "# c\n-r base.txt\npandas==2.1 # pinned\nscikit-learn\n")
                .unwrap();
        let needs: Vec<_> =
            read.dependencies.iter().map(|d| (d.name.value.as_str(), d.wanted.as_str(), d.development)).collect();
        assert_eq!(needs, [("pandas", "==2.1", true), ("scikit-learn", "", true)]);
        let read = environment(
            &"environment.yml".into(),
            "name: x\ndependencies:\n  - conda-forge::numpy=1.2\n  - pip:\n    - foo==1\n",
        )
        .unwrap();
        let needs: Vec<_> = read.dependencies.iter().map(|d| d.name.value.as_str()).collect();
        assert_eq!(needs, ["numpy", "foo"]);
    }
}
