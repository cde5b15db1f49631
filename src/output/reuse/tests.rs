//! Is every problem told, in every form, and no more than a person reads?

use super::*;
use crate::phrase::Lang;
use crate::repository::testing;

/// What is told of a folder with these files: JSON, lines and text in both languages.
fn told(files: &[(&str, &str)]) -> (serde_json::Value, String, [String; 2]) {
    let folder = testing::folder(files);
    let repo = Repository::open_with_untracked(folder.path(), testing::options()).unwrap();
    let reuse = Reuse::of(&repo).unwrap();
    let verdict = Verdict::of(&reuse, &repo);
    assert_eq!(verdict.is_compliant(), reuse.is_compliant());
    let json = serde_json::from_str(&super::json(&reuse, &verdict)).unwrap();
    (json, super::lines(&verdict, Lang::En), [Lang::En, Lang::De].map(|lang| super::text(&reuse, &verdict, lang)))
}

const HEADER: &str = "# SPDX-FileCopyrightText: 2026 Jane\n# SPDX-License-Identifier: MIT\n";

#[test]
fn compliant() {
    let (json, lines, [english, german]) = told(&[("a.py", HEADER), ("LICENSES/MIT.txt", "text")]);
    assert_eq!(json["summary"]["compliant"], true);
    assert_eq!(json["summary"]["used_licenses"], serde_json::json!(["MIT"]));
    assert_eq!(json["recommendations"], serde_json::json!([]));
    let file = serde_json::json!({
        "path": "a.py",
        "copyrights": [{"value": "SPDX-FileCopyrightText: 2026 Jane", "source": "a.py", "source_type": "file-header"}],
        "spdx_expressions": [{"value": "MIT", "is_valid": true, "source": "a.py", "source_type": "file-header"}],
    });
    assert_eq!(json["files"], serde_json::json!([file]));
    assert_eq!(lines, "");
    assert!(english.ends_with("This repository complies with REUSE 3.3.\n"), "{english}");
    assert!(german.ends_with("Dieses Repository erfüllt REUSE 3.3.\n"), "{german}");
}

#[test]
fn every_problem_is_told() {
    let (json, lines, texts) = told(&[
        ("a.py", &format!("{HEADER}# SPDX-License-Identifier: X-1 AND\n# SPDX-SnippetBegin\n")),
        ("b.py", "x\n"),
        ("c.py", "# © Jane\n# SPDX-License-Identifier: Y\n"),
        ("LICENSES/MIT.txt", ""),
        ("LICENSES/MIT.md", ""),
        ("LICENSES/GPL-3.0.txt", ""),
        ("LICENSES/Apache-2.0", ""),
        ("LICENSES/own.txt", ""),
        ("\u{1b}[2J\n::error::x", "x\n"),
    ]);
    let expected = "\
\\u{1b}[2J\\n::error::x: no license identifier
\\u{1b}[2J\\n::error::x: no copyright notice
LICENSES/Apache-2.0: license without file extension
LICENSES/Apache-2.0: unused license
LICENSES/GPL-3.0.txt: deprecated license
LICENSES/GPL-3.0.txt: unused license
LICENSES/MIT.txt: another text for 'MIT'
LICENSES/own.txt: bad license 'own'
LICENSES/own.txt: unused license
a.py: invalid SPDX License Expression 'X-1 AND'
a.py: the snippet that begins in line 4 has no SPDX-SnippetEnd
b.py: no license identifier
b.py: no copyright notice
c.py: missing license 'Y'
";
    assert_eq!(lines, expected);
    let lists = &json["non_compliant"];
    for (list, values) in [
        ("bad_licenses", serde_json::json!(["own"])),
        ("deprecated_licenses", serde_json::json!(["GPL-3.0"])),
        ("licenses_without_extension", serde_json::json!(["Apache-2.0"])),
        ("missing_licenses", serde_json::json!(["Y"])),
        ("unused_licenses", serde_json::json!(["Apache-2.0", "GPL-3.0", "own"])),
        ("read_errors", serde_json::json!([])),
        ("missing_copyright_info", serde_json::json!(["\u{1b}[2J\n::error::x", "b.py"])),
        ("missing_licensing_info", serde_json::json!(["\u{1b}[2J\n::error::x", "b.py"])),
    ] {
        assert_eq!(lists[list], values, "{list}");
    }
    assert_eq!(json["recommendations"].as_array().map(Vec::len), Some(9));
    for text in texts {
        assert_eq!(text.matches('→').count(), 10, "a next step in every section: {text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
}

#[test]
fn many_files_are_summed_up() {
    let names: Vec<String> = (0..500).map(|number| format!("d{}/e/{number}.py", number % 3)).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x\n")).collect();
    files.push(("single.py", "x\n"));
    files.push(("LICENSES/MIT.txt", "x\n"));
    let (_, lines, texts) = told(&files);
    assert_eq!(lines.lines().count(), 2 * 501 + 1);
    let [english, german] = texts;
    assert!(english.lines().count() < 30, "{english}");
    assert!(english.contains("  d0/e/ (167 files)\n") && german.contains("  d0/e/ (167 Dateien)\n"), "{english}");
    assert!(english.contains("  single.py\n"), "{english}");
}
