//! Into which tokens are programs taken apart?

use super::*;
use crate::reading::source::dialect;

fn texts(language: &str, text: &str) -> Vec<String> {
    let (dialect, language) = dialect::of(language).unwrap();
    tokens(text, dialect, language)
        .iter()
        .filter_map(|token| match token.kind {
            Kind::Text(form) => text.get(token.start + usize::from(form.before)..token.end - usize::from(form.after)),
            _ => None,
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn texts_are_told_from_comments() {
    for (language, text, wanted) in [
        ("python", "a = 'x' # 'y'\n", &["x"][..]),
        ("python", "a = \"\"\"x\n'y'\"\"\"; b = r'\\'; c = 'z'", &["x\n'y'", "\\", "z"]),
        ("python", "a = rb'x'; bar = bob('y')", &["x", "y"]),
        ("python", "# it's\na = 'x'", &["x"]),
        ("r", "a <- \"x\" # 'y'\nb <- r\"(c:\\z)\"", &["x", "c:\\z"]),
        ("javascript", "// it's\nconst a = 'x' /* 'y' */ + \"z\"", &["x", "z"]),
        ("javascript", "const a = /['\"`]/g; b = 'x'", &["x"]),
        ("javascript", "a = 4 / 2; b = 'x / y'", &["x / y"]),
        ("javascript", "a = `x ${f('y', `z ${1}`)} w`; b = 'v'", &["x ${f('y', `z ${1}`)} w", "v"]),
        ("javascript", "<p>Don't</p>\nb = 'x'", &["t</p>", "x"]),
        ("java", "char q = '\"'; String a = \"x\\\"y\";", &["\"", "x\\\"y"]),
        ("rust", "fn f<'a>(x: &'a str) { g(\"x\", r#\"y\"z\"#) }", &["x", "y\"z"]),
        ("go", "a := `x\"y`\n// \"z\"\n", &["x\"y"]),
        ("php", "$a = 'x' . \"y\"; # 'z'\n", &["x", "y"]),
        ("sql", "select 'x\\' -- 'y'\n", &["x\\"]),
        ("csharp", "var a = $\"x{b}\"; var c = @\"d:\\\";", &["x{b}", "d:\\"]),
        ("python", "a = 'never ends\nb = 'x'", &["never ends", "x"]),
    ] {
        assert_eq!(texts(language, text), wanted, "{text}");
    }
}

#[test]
fn comments_are_told_from_texts() {
    let (dialect, row) = dialect::of("javascript").unwrap();
    let text = "a('// b'); // c\n/* d */ e(`/* f */`)";
    let found: Vec<&str> = comments(text, dialect, row).into_iter().filter_map(|at| text.get(at)).collect();
    assert_eq!(found, ["// c", "/* d */"]);
}

#[test]
fn long_lines_of_one_sign_cost_little() {
    for (language, sign) in [("javascript", "/["), ("rust", "#"), ("rust", "r#"), ("php", "/("), ("julia", "#=")] {
        let (dialect, row) = dialect::of(language).unwrap();
        tokens(&sign.repeat(1 << 20), dialect, row);
    }
}

#[test]
fn anything_may_come() {
    for language in ["python", "javascript", "r", "rust", "java", "ruby", "php", "julia"] {
        for text in ["", "\\", "'", "`${", "`${`${", "r#\"", "\"\"\"", "/*", "ä'ö", "\u{0}\\\r\n", "$", "r\"("] {
            let (dialect, row) = dialect::of(language).unwrap();
            let found = tokens(text, dialect, row);
            assert!(found.iter().all(|token| token.end <= text.len() && token.start < token.end), "{language} {text}");
        }
    }
}
