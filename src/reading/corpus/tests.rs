//! Is what counts as documentation found, and what does not left out?

use super::*;
use crate::repository::Marks;

fn file(path: &str, class: Class, mark: Option<Mark>) -> File {
    let mut marks = Marks::default();
    mark.into_iter().for_each(|mark| marks.set(mark));
    File { path: path.into(), class, marks, kind: FileKind::Regular, len: None }
}

#[test]
fn what_is_read_and_as_what() {
    use Class::{Asset, Configuration, Documentation, Source};
    let (read, unread, none) = (|format| Some(Some(format)), Some(None), None);
    for (path, class, mark, wanted) in [
        ("README.md", Documentation, None, read(Format::Markdown)),
        ("README", Documentation, None, read(Format::Plain)),
        ("README.md", Documentation, Some(Mark::Generated), read(Format::Markdown)),
        ("docs/a.rst", Documentation, None, read(Format::Rst)),
        ("docs/a.txt", Documentation, None, read(Format::Plain)),
        ("notes/analysis.Rmd", Source, None, read(Format::Markdown)),
        ("a.ipynb", Source, None, read(Format::Notebook)),
        ("publiccode.yml", Configuration, None, read(Format::Fields)),
        ("data/x.croissant.json", Configuration, None, read(Format::Fields)),
        ("CONTRIBUTING", Asset, None, read(Format::Plain)),
        ("examples/a/README.md", Documentation, Some(Mark::Example), read(Format::Markdown)),
        ("docs/handbook.pdf", Documentation, None, unread),
        ("docs/mkdocs.yml", Configuration, None, none),
        ("docs/plan.puml", Documentation, None, none),
        ("man/f.Rd", Documentation, None, none),
        ("src/main.rs", Source, None, none),
        ("vendor/a/README.md", Documentation, Some(Mark::Vendored), none),
        ("tests/README.md", Documentation, Some(Mark::Test), none),
        ("CHANGELOG.md", Documentation, None, none),
        ("changelogs/1.md", Documentation, None, none),
        ("LICENSE.md", Documentation, None, none),
        ("LICENSE-MIT", Documentation, None, none),
        ("LICENSES/MIT.txt", Documentation, None, none),
        ("docs/lizenzen.md", Documentation, None, read(Format::Markdown)),
        (".github/ISSUE_TEMPLATE/bug.md", Documentation, None, none),
        (".github/pull_request_template.md", Documentation, None, none),
        ("docs/javadoc/a.html", Documentation, None, none),
    ] {
        assert_eq!(reads_as(&file(path, class, mark)), wanted, "{path}");
    }
}

#[test]
fn stems() {
    for (path, wanted) in [
        ("README.md", "readme"),
        ("docs/README.de.md", "readme"),
        ("README_fr.md", "readme"),
        ("README-zh-CN.md", "readme"),
        ("README.de", "readme"),
        ("README_DEV.md", "readme_dev"),
        ("LIESMICH", "liesmich"),
        (".md", ".md"),
    ] {
        assert_eq!(stem(&path.into()), wanted, "{path}");
    }
}

#[test]
fn the_readme_that_speaks_for_the_whole() {
    let mut paths = [
        "docs/README.md",
        "packages/a/README.md",
        "README",
        "README.de.md",
        ".github/README.md",
        "README.md",
        "LIESMICH.md",
        "README.Rmd",
        "README_DEV.md",
    ];
    paths.sort_by_key(|path| readme_rank(&(*path).into()).map_or((9, true, 9, (*path).into()), |rank| rank));
    let ranked = paths.iter().filter(|path| readme_rank(&(**path).into()).is_some());
    assert_eq!(
        ranked.copied().collect::<Vec<_>>(),
        ["README.md", "README.Rmd", "README", "LIESMICH.md", "README.de.md", ".github/README.md", "docs/README.md"]
    );
}

#[test]
fn each_name_of_a_readme() {
    for name in &NAMES.readme {
        for path in [format!("{}.MD", name.to_uppercase()), name.clone(), format!("docs/{name}.rst")] {
            assert!(readme_rank(&path.as_str().into()).is_some(), "{path}");
        }
        assert!(!is_readme(&format!("{name}x.md").as_str().into()), "{name}");
    }
}

#[test]
fn where_links_lead() {
    let from = Document::read(&"docs/a/page.md".into(), Format::Markdown, "");
    for (url, wanted) in [
        ("b.md", Some("docs/a/b.md")),
        ("./b.md#part", Some("docs/a/b.md")),
        ("../../README.md", Some("README.md")),
        ("../../../x.md", None),
        ("/INSTALL.md", Some("INSTALL.md")),
        ("with%20space.md", Some("docs/a/with space.md")),
        ("100%.md", Some("docs/a/100%.md")),
        ("#part", None),
        ("mailto:a@b.eu", None),
        ("//cdn.muster.test/x", None),
        ("https://github.com/o/n/blob/main/docs/x.md?raw=true", Some("docs/x.md")),
        ("https://gitlab.muster.test/o/n/-/tree/main/docs", Some("docs")),
        ("https://muster.test/docs/x.md", None),
    ] {
        assert_eq!(path_of(&from, url).as_deref(), wanted, "{url}");
    }
}
