//! Are links followed as forges and tools follow them, and is what is uncertain left alone?

use super::*;
use crate::repository::testing;

/// Follows a link of one document of a repository.
fn led(files: &[(&str, &str)], document: &str) -> Vec<(String, Target)> {
    let yard = testing::folder(files);
    let repo = Repository::open(yard.path(), testing::options()).expect("a folder");
    let corpus = Corpus::of(&repo);
    let followed = all(&repo, &corpus).into_iter();
    followed
        .filter(|one| one.place.path.as_ref().is_some_and(|path| path.lossy() == document))
        .map(|one| (one.url, one.target))
        .collect()
}

fn broken(files: &[(&str, &str)], document: &str) -> Vec<String> {
    led(files, document).into_iter().filter(|(_, target)| *target != Target::There).map(|(url, _)| url).collect()
}

#[test]
fn without_a_tool() {
    for (text, wanted) in [
        ("[a](docs/a.md)", None),
        ("[a](/docs/a.md)", None),
        ("[a](docs)", None),
        ("[a](docs/)", None),
        ("[a](./docs/a.md#part)", None),
        ("[a](docs/a.md#PART)", None),
        ("[a](docs/a.md#parts)", Some("docs/a.md#parts")),
        ("[a](docs/b.md)", Some("docs/b.md")),
        ("[a](/b.md)", Some("/b.md")),
        ("[a](Docs/a.md)", Some("Docs/a.md")),
        ("![a](a.png)", Some("a.png")),
        ("[a](#readme)", None),
        ("[a](#nothing)", Some("#nothing")),
        ("[a](../../issues)", None),
        ("[a](mailto:a@b.eu)", None),
        ("[a](https://muster.test/x.md)", None),
        ("[a]({{ site.url }}/x.md)", None),
        ("[a](yyyymmdd-xxx.md)", None),
        ("[a](path/to/x.md)", None),
        ("[a](page.html)", None),
        ("[💻](#code-ada)", None),
        ("[code](#code-ada)", Some("#code-ada")),
        ("[a](docs/a.md?plain=1)", None),
        ("[a](docs\\a.md)", None),
        ("[a](dist/x.js)", None),
        ("[a](.env)", Some(".env")),
        ("[a](x.py#L3)", None),
    ] {
        let files = [
            ("README.md", text),
            ("docs/a.md", "# A\n\n## Part\n\nx"),
            (".gitignore", "dist/\n.env\n"),
            ("x.py", "1\n"),
        ];
        assert_eq!(broken(&files, "README.md"), wanted.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn as_tools_lead() {
    let mkdocs = ("mkdocs.yml", "site_name: x\n");
    let vitepress = ("docs/.vitepress/config.ts", "export default {}\n");
    let docusaurus = ("docusaurus.config.js", "module.exports = {}\n");
    let sphinx = ("docs/conf.py", "extensions = []\n");
    let antora = ("antora.yml", "name: x\n");
    let hugo = ("hugo.toml", "title = 'x'\n");
    for (tool, from, text, there, wanted) in [
        (mkdocs, "docs/a/b.md", "[x](../c.md#teil-2) [y](../d.md)", ("docs/c.md", "# Teil 2\n"), vec!["../d.md"]),
        (mkdocs, "docs/a.md", "<img src=\"../img/x.png\">", ("docs/img/x.png", ""), vec![]),
        (mkdocs, "docs/a.md", "[x](/unknown/) [y](unknown)", ("docs/b.md", "b"), vec![]),
        (("mkdocs.yml", "plugins: [gen-files]\n"), "docs/a.md", "[x](made.md)", ("docs/b.md", "b"), vec![]),
        (vitepress, "docs/a.md", "[x](/guide/b) [y](./guide/b.html) ![z](/logo.png)", ("docs/guide/b.md", "b"), vec![]),
        (vitepress, "docs/a.md", "[x](./guide/c.md)", ("docs/guide/b.md", "b"), vec!["./guide/c.md"]),
        (vitepress, "docs/a.md", "![x](/logo.png)", ("docs/public/logo.png", ""), vec![]),
        (docusaurus, "docs/a.md", "[x](./b) [y](b.mdx) [z](c.md) ![i](/img/a.png)", ("docs/b.mdx", "b"), vec!["c.md"]),
        (sphinx, "docs/a.rst", ":doc:`b` :doc:`/sub/c` :doc:`d` :ref:`e`", ("docs/b.rst", "b"), vec!["/sub/c", "d"]),
        (sphinx, "docs/a.rst", ".. toctree::\n\n   b\n   e\n", ("docs/b.rst", "b"), vec!["e"]),
        (
            antora,
            "modules/ROOT/pages/a.adoc",
            "xref:b.adoc[B], xref:other:x.adoc[X], xref:c.adoc[C]",
            ("modules/ROOT/pages/b.adoc", "b"),
            vec!["c.adoc"],
        ),
        (antora, "modules/ROOT/pages/a.adoc", "image::x.png[X]", ("modules/ROOT/images/x.png", ""), vec![]),
        (hugo, "content/a.md", "[x](../b.md) ![y](y.png)", ("content/c.md", "c"), vec![]),
        (("book.toml", "[book]\n"), "src/a.md", "[x](./b.html) [y](./c.md)", ("src/b.md", "b"), vec!["./c.md"]),
        (("_config.yml", "title: x\n"), "a.md", "[x](b) [y](/c/) [z](d.md)", ("b.md", "b"), vec!["d.md"]),
    ] {
        let found = broken(&[tool, (from, text), there, ("README.md", "x")], from);
        assert_eq!(found, wanted, "{} {text}", tool.0);
    }
}

#[test]
fn copies_are_told_once() {
    let files: Vec<(String, &str)> = (0..4).map(|at| (format!("p{at}/README.md"), "[x](gone.md)")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let found: usize = files.iter().map(|(path, _)| broken(&files, path).len()).sum();
    assert_eq!(found, 1);
    let found: usize = files.get(..2).into_iter().flatten().map(|(path, _)| broken(&files[..2], path).len()).sum();
    assert_eq!(found, 2);
}
