//! What each format is read as.

use super::*;

fn read(name: &str, text: &str) -> Document {
    let path = RepoPath::from(name);
    Document::read(&path, Format::of(&path), text)
}

fn prose(document: &Document) -> Vec<(ProseKind, u32, &str)> {
    document.prose.iter().map(|prose| (prose.kind, prose.line, prose.text.as_str())).collect()
}

fn headings(document: &Document) -> Vec<(u8, u32, &str)> {
    document.headings.iter().map(|heading| (heading.level, heading.line, heading.text.as_str())).collect()
}

fn links(document: &Document) -> Vec<(u32, &str, &str)> {
    document.links.iter().map(|link| (link.line, link.url.as_str(), link.text.as_str())).collect()
}

fn code(document: &Document) -> Vec<(u32, &str, &str)> {
    document.code_blocks.iter().map(|code| (code.line, code.language.as_str(), code.text.as_str())).collect()
}

/// One small document in three formats; the lines differ, the rest must not.
#[test]
fn the_same_document_in_every_format() {
    let markdown =
        "# Trees\n\nWater [trees](https://muster.org) with `tap`.\n\n## Setup\n\n- one\n- two\n\n```sh\nnpm ci\n```\n";
    let rst = "Trees\n=====\n\nWater `trees <https://muster.org>`_ with ``tap``.\n\nSetup\n-----\n\n- one\n- two\n\n.. code-block:: sh\n\n   npm ci\n";
    let asciidoc = "= Trees\n\nWater https://muster.org[trees] with `tap`.\n\n== Setup\n\n* one\n* two\n\n[source,sh]\n----\nnpm ci\n----\n";
    let html = "<h1>Trees</h1>\n<p>Water <a href=\"https://muster.org\">trees</a> with <code>tap</code>.</p>\n<h2>Setup</h2>\n<ul><li>one</li><li>two</li></ul>\n<pre>npm ci</pre>\n";
    for (name, text) in [("a.md", markdown), ("a.rst", rst), ("a.adoc", asciidoc), ("a.html", html)] {
        let document = read(name, text);
        let said: Vec<_> = prose(&document).into_iter().map(|(kind, _, text)| (kind, text)).collect();
        let (item, paragraph) = (ProseKind::ListItem, ProseKind::Paragraph);
        assert_eq!(said, [(paragraph, "Water trees with tap."), (item, "one"), (item, "two")], "{name}");
        let titles: Vec<_> = headings(&document).into_iter().map(|(level, _, text)| (level, text)).collect();
        assert_eq!(titles, [(1, "Trees"), (2, "Setup")], "{name}");
        assert_eq!(document.links.len(), 1, "{name}");
        assert_eq!(document.links[0].url, "https://muster.org", "{name}");
        assert_eq!(document.code_blocks[0].text.trim(), "npm ci", "{name}");
        let first = &document.prose[0];
        assert_eq!((first.linked.len(), first.linked[0].clone()), (1, 6..11), "{name}");
        assert_eq!((first.code.len(), first.code[0].clone()), (1, 17..20), "{name}");
    }
}

#[test]
fn markdown_blocks_and_their_lines() {
    let text = "\u{feff}Intro\nwraps here\n\n| Source | Terms |\n|---|---|\n| DWD | CC BY |\n\n1. first\n\n   more\n2. [ ] second\n\n> quoted\n\n    indented\n    code\n\n[^1]\n\n[^1]: a note\n";
    let document = read("README.md", text);
    use ProseKind::{ListItem, Paragraph, TableCell};
    assert_eq!(
        prose(&document),
        [
            (Paragraph, 1, "Intro\nwraps here"),
            (TableCell, 4, "Source"),
            (TableCell, 4, "Terms"),
            (TableCell, 6, "DWD"),
            (TableCell, 6, "CC BY"),
            (ListItem, 8, "first"),
            (ListItem, 10, "more"),
            (ListItem, 11, "second"),
            (Paragraph, 13, "quoted"),
            (Paragraph, 20, "a note"),
        ]
    );
    assert_eq!(code(&document), [(15, "", "indented\ncode\n")]);
    let first = &document.prose[0];
    assert_eq!((first.line_at(0), first.line_at(6)), (1, 2));
}

#[test]
fn html_inside_markdown() {
    let text = concat!(
        "<h1 align=\"center\">\n  <img src=\"logo.png\" alt=\"The logo\"> Trees &amp; Parks\n</h1>\n\n",
        "<p align=\"center\">\n<a href=\"https://muster.org\">Site</a> of <b>the</b> town<br>\nsecond line\n</p>\n\n",
        "<!-- hidden\n\nwords -->\n\nSome <kbd>Ctrl</kbd> <a name=\"here\"></a>text.\n\n",
        "<details><summary>More</summary>\n\nInside **it**.\n\n</details>\n\n<script>var x = '<p>no</p>';</script>\n"
    );
    let document = read("README.md", text);
    assert_eq!(headings(&document), [(1, 1, "Trees & Parks")]);
    assert_eq!(document.headings[0].anchor, "trees--parks");
    assert_eq!(links(&document), [(6, "https://muster.org", "Site")]);
    assert_eq!(document.images[0].alt.as_deref(), Some("The logo"));
    let said: Vec<&str> = document.prose.iter().map(|prose| prose.text.as_str()).collect();
    assert_eq!(said, ["Site of the town\nsecond line", "Some Ctrl text.", "More", "Inside it."]);
    assert_eq!(document.anchors, ["here"]);
}

#[test]
fn badges_bare_addresses_and_mail() {
    let text = "[![Build](b.svg)](https://ci.muster.org) ![](a.png)\n\nSee https://muster.org/a_(b), <info@muster.org> or (http://x.org).\n`https://code.org`\n";
    let document = read("README.md", text);
    assert_eq!(
        links(&document),
        [
            (1, "https://ci.muster.org", ""),
            (3, "mailto:info@muster.org", "info@muster.org"),
            (3, "https://muster.org/a_(b)", "https://muster.org/a_(b)"),
            (3, "http://x.org", "http://x.org"),
        ]
    );
    assert!(document.links[0].image);
    assert_eq!(document.images[1].alt, None);
    assert_eq!(document.words(), 3, "See, the address of mail, or");
}

#[test]
fn words_are_those_that_somebody_reads() {
    for (text, words) in [
        ("# Title\n\n![logo](a.png)", 0),
        ("[one](a) · [two](b)", 0),
        ("- [one page](a)\n- [two](b) says more", 3),
        ("Run `npm ci` now.", 2),
        ("12 — 13", 0),
        ("---\ntitle: x\n---\n\nOne word", 2),
        ("环境数据平台", 3),
    ] {
        assert_eq!(read("a.md", text).words(), words, "{text}");
    }
}

#[test]
fn anchors_as_github_makes_them() {
    let document = read("a.md", "# Über uns!\n## Über uns!\n## A_b `c` & d\n## Named {#own}\n");
    let anchors: Vec<&str> = document.headings.iter().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["über-uns", "über-uns-1", "a_b-c--d", "own"]);
}

#[test]
fn restructured_text() {
    let text = "=====\nTrees\n=====\n\n.. image:: b.svg\n   :target: https://ci.muster.org\n   :alt: build\n\n|badge| Water `the tree`_ and :ref:`other <x>`, see muster_.\n\n.. |badge| image:: c.svg\n.. _the tree: https://muster.org/tree\n.. _muster: https://muster.org\n.. _here:\n\nData\n----\n\n:Source: DWD\n\n=====  =====\nName   Terms\n=====  =====\nDWD    open\n=====  =====\n\n+---+---+\n| a | b |\n+---+---+\n\nRun this::\n\n   make all\n\n.. note:: Mind\n   the step.\n\n.. a comment\n   of two lines\n\n.. automodule:: x.y\n   :members:\n\nEnd.\n";
    let document = read("a.rst", text);
    assert_eq!(headings(&document), [(1, 2, "Trees"), (2, 16, "Data")]);
    assert_eq!(
        links(&document),
        [
            (5, "https://ci.muster.org", ""),
            (9, "https://muster.org/tree", "the tree"),
            (9, "x", "other"),
            (9, "https://muster.org", "muster")
        ]
    );
    let said: Vec<&str> = document.prose.iter().map(|prose| prose.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "Water the tree and other, see muster.",
            "DWD",
            "Name   Terms",
            "DWD    open",
            "a",
            "b",
            "Run this",
            "Mind",
            "the step.",
            "End."
        ]
    );
    assert_eq!(document.images.len(), 2);
    assert_eq!(document.anchors, ["the tree", "muster", "here"]);
    assert_eq!(code(&document), [(33, "", "   make all")]);
}

#[test]
fn asciidoc() {
    let text = "= Trees\n:toc: left\n\n[[here]]\n.A title\nWater link:a.html[the tree] and <<here,that>>.\nimage:b.svg[build]\n\n|===\n|Source |Terms\n|DWD |open\n|===\n\n////\nnobody reads this\n////\n\n// nor this\nterm:: what it means\n\n....\nmake all\n....\n\nTitle\n-----\n\nimage::c.png[A map]\nEnd.\n";
    let document = read("a.adoc", text);
    assert_eq!(headings(&document), [(1, 1, "Trees"), (2, 25, "Title")]);
    assert_eq!(links(&document), [(6, "a.html", "the tree"), (6, "#here", "that")]);
    let said: Vec<&str> = document.prose.iter().map(|prose| prose.text.as_str()).collect();
    assert_eq!(
        said,
        ["A title", "Water the tree and that.", "Source", "Terms", "DWD", "open", "term:: what it means", "End."]
    );
    assert_eq!(code(&document), [(22, "", "make all")]);
    let alts: Vec<_> = document.images.iter().map(|image| image.alt.as_deref()).collect();
    assert_eq!(alts, [Some("build"), Some("A map")]);
}

#[test]
fn plain_text() {
    let text = "TREES OF THE TOWN\n\nWater them.\nDaily.\n\nSetup\n-----\n- one\n  goes on\n- two\n\n    make all\n\nWrite to https://muster.org now.\n";
    let document = read("README", text);
    assert_eq!(headings(&document), [(2, 1, "TREES OF THE TOWN"), (2, 6, "Setup")]);
    let said: Vec<&str> = document.prose.iter().map(|prose| prose.text.as_str()).collect();
    assert_eq!(said, ["Water them.\nDaily.", "one\ngoes on", "two", "Write to https://muster.org now."]);
    assert_eq!(document.code_blocks.len(), 1);
    assert_eq!(links(&document), [(14, "https://muster.org", "https://muster.org")]);
}

#[test]
fn metadata() {
    let document = read(
        "publiccode.yml",
        "name: Trees\nurl: https://muster.org\ndescription:\n  de:\n    features:\n      - Bäume gießen\n",
    );
    use ProseKind::Field;
    assert_eq!(prose(&document), [(Field, 1, "Trees"), (Field, 2, "https://muster.org"), (Field, 6, "Bäume gießen")]);
    assert_eq!(document.links.len(), 1);
    let json = read("codemeta.json", "{\n  \"name\": \"Trees\",\n  \"n\": 1\n}\n");
    assert_eq!(prose(&json), [(Field, 2, "Trees"), (Field, 3, "1")]);
}

#[test]
fn sections_and_what_they_hold() {
    let text = "Intro.\n\n# Title\n\nWords.\n\n## Empty\n\n## [Linked](a)\n\n## To do\n\nTODO: write this\n\n## Setup\n\n### Linux\n\n```\nmake\n```\n\n## Soon\n\nFolgt noch.\n\n# Other\n\n[link](x)\n";
    let document = read("a.md", text);
    let says: Vec<(&str, bool)> = document
        .sections()
        .map(|section| (section.heading.map_or("", |heading| heading.text.as_str()), section.says_something()))
        .collect();
    assert_eq!(
        says,
        [
            ("Title", true),
            ("Empty", false),
            ("Linked", false),
            ("To do", false),
            ("Setup", true),
            ("Linux", true),
            ("Soon", false),
            ("Other", true),
        ]
    );
    let title = document.sections().next().expect("a section");
    assert_eq!((title.line, title.end_line, title.code_blocks.len()), (3, 27, 1));
    assert_eq!(document.introduction().prose.len(), 1, "the text before the title");
    assert_eq!(read("a.md", "# Title\n\nWords.\n\n## Next\n\nMore.\n").introduction().prose.len(), 1);
}

#[test]
fn promises_are_no_words() {
    let says = |text: &str| {
        let document = read("a.md", &format!("# Setup\n\n{text}\n"));
        document.sections().any(|section| section.says_something())
    };
    for promise in [
        "TODO",
        "**TBD**",
        "tba",
        "FIXME: write",
        "Coming soon!",
        "To be done",
        "Work in progress …",
        "In Arbeit",
        "in Vorbereitung",
        "Under construction",
        "Folgt.",
        "Folgt noch",
        "Wird noch ergänzt",
        "kommt bald",
        "Noch nicht vorhanden",
        "noch zu ergänzen",
        "N/A",
        "None",
        "Lorem ipsum dolor",
        "---",
        "![](a.png)",
        "[![badge](a.svg)](b)",
    ] {
        assert!(!says(promise), "{promise}");
    }
    for words in [
        "Copy it.",
        "None of this is needed.",
        "Todos are issues.",
        "[there](a)",
        "`make`",
        "In Arbeit ist nichts mehr",
    ] {
        assert!(says(words), "{words}");
    }
}

#[test]
fn long_documents_are_cut_and_say_so() {
    let document = read("a.md", &"word\n\n".repeat(LARGEST));
    assert!(document.cut);
    assert_eq!(document.prose.len(), LARGEST / 6);
    assert!(!read("a.md", "word").cut);
}

/// Nothing here may panic; the lines that come out are lines of the document.
#[test]
fn broken_documents() {
    let pieces = [
        "<a href=\"",
        "<h1>",
        "</h1>",
        "<pre>",
        "</li>",
        "<li>",
        "[a](",
        "![b](",
        "`",
        "``",
        "::",
        "\n\n   x\n",
        "==\n",
        "..",
        " |a| ",
        "|===\n",
        "----\n",
        "<<",
        "[[",
        "é",
        "\u{feff}",
        "\r\n",
        "\u{0}",
        "&#xd800;",
        "&#99999999;",
        "<!--",
        "-->",
        "{{",
        "_ ",
        "\"cell_type\": \"markdown\"\n\"source\": [\n\"\\ud800\"\n",
        ":a: b",
        "http://",
        "://",
        "@",
        "---\n",
        "+++\n",
        "\t- ",
        ">>> ",
    ];
    for name in ["a.md", "a.rst", "a.adoc", "a.html", "a.ipynb", "a.yml", "a"] {
        for first in &pieces {
            for second in &pieces {
                let text = format!("{first}{second}x{first}{second}{second}");
                let document = read(name, &text);
                let last = document.lines;
                assert!(document.prose.iter().all(|prose| (1..=last).contains(&prose.line)), "{name}: {text}");
                assert!(document.sections().count() == document.headings.len(), "{name}: {text}");
            }
        }
    }
}

/// What a stranger writes so that every sign is looked at again for each that follows.
#[test]
fn many_signs_take_no_time() {
    let start = std::time::Instant::now();
    for signs in ["[", "(", "`", "<<", "http://a[", "a[", "[[", "x `[", "::", "image:["] {
        for name in ["a.adoc", "a.rst", "a.html", "a.txt"] {
            let lines = read(name, &signs.repeat(60_000)).lines;
            assert_eq!(lines, 1, "{name}: {signs}");
        }
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?}", start.elapsed());
}
