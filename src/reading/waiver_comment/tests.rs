//! Are comments told from texts, prose and code, in every kind of file?

use super::*;
use crate::repository::{Class, Marks};

fn file(path: &str) -> File {
    let document = [".md", ".txt", ".rst", ".adoc", ".Rmd"].iter().any(|end| path.ends_with(end));
    let class = if document { Class::Documentation } else { Class::Source };
    File { path: path.into(), class, marks: Marks::default(), kind: FileKind::Regular, len: None }
}

/// The lines that the comments of a text are about; 0 for the file.
fn covered(path: &str, text: &str) -> Vec<(u32, u32)> {
    let lines = |comment: WaiverComment| match comment.covers {
        Covers::File => (0, 0),
        Covers::Lines(first, last) => (first, last),
    };
    of(&file(path), text).into_iter().map(lines).collect()
}

#[test]
fn every_kind_of_comment() {
    for (path, text) in [
        ("a.py", "x = 1  # W"),
        ("a.py", "x = '''a\nb'''; y = 1  # W"),
        ("a.R", "x <- 1 # W"),
        ("a.js", "f() // W"),
        ("a.js", "f(/* W */)"),
        ("a.ts", "const a = /['\"`]/g; // W"),
        ("a.tsx", "<p>{/* W */}</p>"),
        ("a.vue", "<p> <!-- W --></p>"),
        ("a.c", "f(); /* W */"),
        ("a.c", "f(); // W"),
        ("a.m", "f(1) % W"),
        ("a.sql", "select 1; -- W"),
        ("a.lua", "f() -- W"),
        ("a.hs", "f = 1 -- W"),
        ("a.erl", "f() -> 1. % W"),
        ("a.clj", "(f) ; W"),
        ("a.ml", "let a = 1 (* W *)"),
        ("a.jl", "f() #= W =#"),
        ("a.ps1", "f <# W #>"),
        ("a.f90", "x = 1 ! W"),
        ("a.css", "a {} /* W */"),
        ("a.rs", "fn f<'a>() {} // W"),
        ("a.bat", "cls & REM W"),
        ("a.yml", "a: don't # W"),
        ("a.toml", "a = 'b' # W"),
        ("a.ini", "a = b ; W"),
        ("a.tex", "text % W"),
        ("a.xml", "<a/> <!-- W -->"),
        ("a.html", "<p>Don't <!-- W --></p>"),
        ("a.md", "Don't `x` <!-- W -->"),
        ("a.json", "{\"a\": 1} // W"),
        ("Dockerfile", "RUN x # W"),
        (".gitignore", "*.x # W"),
        ("a.ipynb", "   \"x = \\\"#\\\" + f()  # W\\n\","),
        ("a.xyz", "f ; W"),
    ] {
        let text = text.replace('W', "civiclint: ignore a/b -- why") + "\n";
        let last = u32::try_from(text.lines().count()).expect("short");
        let found = of(&file(path), &text);
        assert_eq!(covered(path, &text), [(last, last)], "{path}: {text}");
        let reason = found.first().map(|one| one.reason.lossy().into_owned()).unwrap_or_default();
        assert!(reason.trim_end_matches(['\\', 'n', '"', ',']) == "why" || reason == "why", "{path}: {reason}");
    }
}

#[test]
fn texts_prose_and_code_are_left_alone() {
    for (path, text) in [
        ("a.py", "x = '# W'\n"),
        ("a.py", "\"\"\"\n# W\n\"\"\"\n"),
        ("a.py", "# write `W`\n"),
        ("a.py", "# as in W\n"),
        ("a.js", "const a = `\n// W\n`;\n"),
        ("a.rs", "let a = r#\"\n// W\n\"#;\n"),
        ("a.yml", "a: '# W'\n"),
        ("a.yml", "a: W\n"),
        ("a.md", "W\n"),
        ("a.md", "# W\n"),
        ("a.md", "```html\n<!-- W -->\n```\n"),
        ("a.md", "    <!-- W -->\n"),
        ("a.md", "`<!-- W -->`\n"),
        ("a.md", "```python\n# W\n```\n"),
        ("a.rst", "A::\n\n    .. W\n\ntext\n"),
        ("a.adoc", "----\n// W\n----\n"),
        ("a.Rmd", "# W\n"),
        ("a.txt", "# W\n"),
        ("a.json", "{\"a\": \"// W\"}\n"),
        ("a.csv", "# W\n"),
        ("a.html", "<code># W</code>\n"),
    ] {
        let text = text.replace('W', "civiclint: ignore a/b -- why");
        assert_eq!(covered(path, &text), [], "{path}: {text}");
    }
}

#[test]
fn lines_that_are_covered() {
    for (path, text, lines) in [
        ("a.py", "# W\nx\n", &[(1, 2)][..]),
        ("a.py", "\n    # W\n    x\n", &[(2, 3)]),
        ("a.py", "# W\n# W\n# other\nx\n", &[(1, 3), (2, 3)]),
        ("a.py", "# W\n\nx\n", &[(1, 3)]),
        ("a.py", "# W", &[(1, 2)]),
        ("a.c", "/*\n * W\n */\nx\n", &[(2, 4)]),
        ("a.c", "/* W */ x\ny\n", &[(1, 1)]),
        ("a.tsx", "<a>\n  {/* W */}\n  b\n", &[(2, 3)]),
        ("a.md", "<!-- W -->\n\n## Title\n", &[(1, 3)]),
        ("a.md", "- x\n  <!-- W -->\n  y\n", &[(2, 3)]),
        ("a.rst", ".. W\n\ntext\n", &[(1, 3)]),
        ("a.adoc", "// W\ntext\n", &[(1, 2)]),
        ("a.Rmd", "```{r}\nx # W\n```\n", &[(2, 2)]),
        ("a.py", "# F\nx\n", &[(0, 0)]),
        ("a.py", "x\n\n\n\nx  # noqa # W\n", &[(5, 5)]),
        ("a.py", "x = 1 # W civiclint: ignore c/d -- e\n", &[(1, 1)]),
    ] {
        let text = text.replace('W', "civiclint: ignore a/b -- why").replace('F', "civiclint: ignore-file a/b -- why");
        assert_eq!(covered(path, &text), lines, "{path}: {text}");
    }
}

#[test]
fn where_the_words_stand() {
    let found = of(&file("a.py"), "ä = 1  # civiclint: ignore a/b -- why  \n");
    assert_eq!(found.first().map(|one| one.span), Some(Span::on_line(1, 10, 38)));
    assert_eq!(found.first().map(|one| one.rules.clone()), Some(vec!["a/b".into()]));
}

#[test]
fn hostile_texts_cost_little() {
    let words = "# civiclint: ignore a/b -- why ";
    let long = "x".repeat(1 << 18);
    for path in ["a.py", "a.js", "a.rs", "a.c", "a.md", "a.html", "a.yml", "a.rst", "a.ipynb", "a.xyz", "a.Rmd", "a.r"]
    {
        for text in [
            words.repeat(30_000),
            format!("{words}\n").repeat(30_000),
            format!("{long}{words}{long}"),
            format!("{}{words}", "#".repeat(1 << 17)),
            format!("{words}\n{}", "/[".repeat(1 << 17)),
            format!("{words}\n{}", "<!--".repeat(1 << 17)),
            format!("{words}\n{}", "'\\".repeat(1 << 17)),
            format!("{words}\n{}", "r#".repeat(1 << 17)),
            format!("{words}\n{}", "```{\n".repeat(1 << 17)),
        ] {
            assert!(of(&file(path), &text).len() <= MOST_IN_FILE + 1, "{path}");
        }
    }
}
