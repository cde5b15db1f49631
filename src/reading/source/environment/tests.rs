//! What each way of reading says, and what it must leave alone.

use super::*;
use crate::reading::source::dialect;

fn read(path: &str, text: &str) -> Vec<(String, Absence)> {
    variables(&path.into(), text).into_iter().map(|found| (found.name, found.absence)).collect()
}

/// The strongest of what is said of each variable: handled, then needed, then unclear.
fn verdict(path: &str, text: &str) -> Option<Absence> {
    read(path, text).into_iter().map(|(_, absence)| absence).min()
}

#[test]
fn python() {
    use Absence::{Handled, Needed, Unclear};
    for (text, wanted) in [
        ("import os\nkey = os.environ['TREES']\n", Some(Needed)),
        ("from os import environ\nf(environ['TREES'])\n", Some(Needed)),
        ("f(os.getenv('TREES'))\n", Some(Needed)),
        ("f(key=os.environ.get('TREES'))\n", Some(Needed)),
        ("n = int(os.getenv('TREES'))\n", Some(Needed)),
        ("key = os.getenv('TREES')\nf(key)\n", Some(Needed)),
        ("f(f'{os.environ[\"TREES\"]}/a')\n", Some(Needed)),
        ("key = os.getenv('TREES')\n", Some(Unclear)),
        ("x = {'a': os.getenv('TREES')}\n", Some(Unclear)),
        ("return os.getenv('TREES')\n", Some(Unclear)),
        ("f(os.getenv('TREES', 'x'))\n", Some(Handled)),
        ("f(os.getenv('TREES', default='x'))\n", Some(Handled)),
        ("f(os.getenv('TREES', None))\n", Some(Needed)),
        ("f(os.getenv('TREES') or 'x')\n", Some(Handled)),
        ("f((os.getenv('TREES')\n   or 'x'))\n", Some(Handled)),
        ("if os.getenv('TREES'):\n  pass\n", Some(Handled)),
        ("x = 1 if os.environ.get('TREES') else 2\n", Some(Handled)),
        ("x = os.environ.get('TREES') == '1'\n", Some(Handled)),
        ("x = bool(os.getenv('TREES'))\n", Some(Handled)),
        ("key = os.getenv('TREES')\nif not key:\n  stop()\nf(key)\n", Some(Handled)),
        ("key = os.getenv('TREES')\nif key is None:\n  stop()\nf(key)\n", Some(Handled)),
        ("try:\n  f(os.environ['TREES'])\nexcept KeyError:\n  pass\n", Some(Handled)),
        ("if 'TREES' in os.environ:\n  f(os.environ['TREES'])\n", Some(Handled)),
        ("os.environ['TREES'] = 'x'\n", Some(Handled)),
        ("os.environ.setdefault('TREES', 'x')\n", Some(Handled)),
        ("x = os.environ['TREES']\nraise ValueError('please set TREES first')\n", Some(Handled)),
        ("if key := os.getenv('TREES'):\n  f(key)\n", Some(Handled)),
        ("# os.environ['TREES']\n", None),
        ("print(\"os.environ['TREES']\")\n", None),
        ("'''os.environ['TREES']'''\nenviron = 1\n", None),
        ("f(os.getenv(name))\n", None),
        ("f(os.getenv('TREES_' + x))\n", None),
        ("import environ\nenv = environ.Env()\nf(env('TREES'))\n", Some(Needed)),
        ("import environ\nf(env('TREES', default='x'))\n", Some(Handled)),
        ("env = f()\nf(env('TREES'))\n", None),
        ("from decouple import config\nf(config('TREES'))\n", Some(Needed)),
        ("f(config('TREES'))\n", None),
    ] {
        assert_eq!(verdict("a.py", text), wanted, "{text}");
    }
}

#[test]
fn javascript() {
    use Absence::{Handled, Needed, Unclear};
    for (text, wanted) in [
        ("fetch(process.env.TREES)\n", Some(Needed)),
        ("fetch(`${process.env.TREES}/a`)\n", Some(Needed)),
        ("fetch(process.env.TREES + '/a')\n", Some(Needed)),
        ("const x = process.env.TREES!\n", Some(Needed)),
        ("fetch(process.env.TREES as string)\n", Some(Needed)),
        ("const x = process.env.TREES.split(',')\n", Some(Needed)),
        ("const url = import.meta.env.VITE_TREES\nfetch(url)\n", Some(Needed)),
        ("const url: string = import.meta.env.VITE_TREES\nfetch(`${url}/a`)\n", Some(Unclear)),
        ("const { TREES } = process.env\nconnect(TREES)\n", Some(Needed)),
        ("const { TREES = 'x' } = process.env\nconnect(TREES)\n", Some(Handled)),
        ("const x = { dsn: process.env.TREES }\n", Some(Unclear)),
        ("init({ dsn: process.env.TREES })\n", Some(Unclear)),
        ("export const url = process.env.TREES\n", Some(Unclear)),
        ("fetch(process.env.TREES || 'x')\n", Some(Handled)),
        ("fetch(process.env.TREES ?? 'x')\n", Some(Handled)),
        ("fetch(`${process.env.TREES || 'x'}/a`)\n", Some(Handled)),
        ("logger.info(`trees of ${process.env.TREES}`)\n", Some(Handled)),
        ("const n = +process.env.TREES || 30\n", Some(Handled)),
        ("f('a' + process.env.TREES)\n", Some(Needed)),
        ("listen(parseInt(process.env.TREES) || 80)\n", Some(Handled)),
        ("fetch(process.env.TREES ? process.env.TREES : 'x')\n", Some(Handled)),
        ("if (!process.env.TREES) throw new Error()\nfetch(process.env.TREES)\n", Some(Handled)),
        ("if (x && process.env.TREES === 'a') f()\n", Some(Handled)),
        ("const x = process.env.TREES?.split(',')\n", Some(Handled)),
        ("const url = process.env.TREES\nif (url) fetch(url)\n", Some(Handled)),
        ("process.env.TREES = 'x'\n", Some(Handled)),
        ("const need = ['TREES', 'OAKS']\nfetch(process.env.TREES)\n", Some(Handled)),
        ("z.object({ TREES: z.string() })\nfetch(process.env.TREES)\n", Some(Handled)),
        ("// fetch(process.env.TREES)\n", None),
        ("const x = 'process.env.TREES'\n", None),
        ("fetch(process.env[name])\n", None),
        ("fetch(other.env.TREES)\n", None),
    ] {
        assert_eq!(verdict("a.ts", text), wanted, "{text}");
    }
    assert_eq!(verdict("a.vue", "<script>\nfetch(import.meta.env.VITE_TREES)\n</script>"), Some(Needed));
}

#[test]
fn other_languages() {
    use Absence::{Handled, Needed, Unclear};
    for (path, text, wanted) in [
        ("A.java", "connect(System.getenv(\"TREES\"));", Some(Needed)),
        ("A.java", "String x = System.getenv(\"TREES\");\nif (x == null) { stop(); }\nf(x);", Some(Handled)),
        ("A.java", "import org.springframework.X;\n@Value(\"${TREES}\") String x;", Some(Needed)),
        ("A.java", "import org.springframework.X;\n@Value(\"${TREES:x}\") String x;", Some(Handled)),
        ("A.java", "import org.springframework.X;\n@Value(\"${trees.url}\") String x;", None),
        ("A.kt", "connect(System.getenv(\"TREES\") ?: \"x\")", Some(Handled)),
        ("a.go", "connect(os.Getenv(\"TREES\"))", Some(Needed)),
        ("a.go", "if x := os.Getenv(\"TREES\"); x != \"\" { f(x) }", Some(Handled)),
        ("a.go", "x, ok := os.LookupEnv(\"TREES\")", Some(Handled)),
        ("a.rs", "let x = env::var(\"TREES\").unwrap();", Some(Needed)),
        ("a.rs", "let x = env::var(\"TREES\").expect(\"please set TREES first\");", Some(Needed)),
        ("a.rs", "let x = env::var(\"TREES\")?;", Some(Needed)),
        ("a.rs", "let x = env!(\"TREES\");", Some(Unclear)),
        ("a.rs", "let x = env::var(\"TREES\").unwrap_or_default();", Some(Handled)),
        ("a.rs", "match env::var(\"TREES\") { _ => 1 }", Some(Handled)),
        ("a.rs", "if let Ok(x) = env::var(\"TREES\") { f(x) }", Some(Handled)),
        ("a.rb", "connect(ENV['TREES'])", Some(Needed)),
        ("a.rb", "connect ENV.fetch('TREES')", Some(Needed)),
        ("a.rb", "connect ENV.fetch('TREES', 'x')", Some(Handled)),
        ("a.rb", "connect ENV.fetch('TREES') { 'x' }", Some(Handled)),
        ("a.rb", "connect(ENV['TREES'] || 'x')", Some(Handled)),
        ("a.php", "<?php connect(getenv('TREES'));", Some(Needed)),
        ("a.php", "<?php connect(getenv('TREES') ?: 'x');", Some(Handled)),
        ("a.php", "<?php return ['key' => env('TREES')];", Some(Unclear)),
        ("a.php", "<?php return f(env('TREES', 'x'));", Some(Handled)),
        ("a.R", "connect(Sys.getenv('TREES'))\n", Some(Needed)),
        ("a.R", "key <- Sys.getenv('TREES')\nconnect(key)\n", Some(Needed)),
        ("a.R", "if (nzchar(Sys.getenv('TREES'))) f()\n", Some(Handled)),
        ("a.cs", "Connect(Environment.GetEnvironmentVariable(\"TREES\") ?? \"x\");", Some(Handled)),
        ("a.cs", "Connect(Environment.GetEnvironmentVariable(\"TREES\"));", Some(Needed)),
        ("application.yml", "url: ${TREES}\n", Some(Needed)),
        ("application-prod.yml", "url: ${TREES:x}\n", Some(Handled)),
        ("application.properties", "a=${OAKS:${TREES}}\n", Some(Handled)),
        ("application.yml", "# url: ${TREES}\n", None),
        ("other.yml", "url: ${TREES}\n", None),
        ("run.sh", "echo $TREES\n", None),
    ] {
        assert_eq!(verdict(path, text), wanted, "{path}: {text}");
    }
}

#[test]
fn places_are_those_of_the_name() {
    let found = variables(&"a.py".into(), "import os\nf(os.environ['TREES'])\n");
    assert_eq!(found.iter().map(|found| (found.line, found.column)).collect::<Vec<_>>(), [(2, 14)]);
    let found = variables(&"a.js".into(), "fetch(process.env.TREES)\n");
    assert_eq!(found.iter().map(|found| (found.line, found.column)).collect::<Vec<_>>(), [(1, 19)]);
}

#[test]
fn every_row_reads() {
    for row in TABLE.rows_of_all() {
        for language in &row.languages {
            let end = match language.as_str() {
                "python" => "py",
                "javascript" => "js",
                "java" => "java",
                "csharp" => "cs",
                "rust" => "rs",
                "ruby" => "rb",
                "julia" => "jl",
                "r" => "R",
                other => other,
            };
            assert!(dialect::of(language).is_some());
            for name in &row.names {
                let name = if language == "rust" { name.replace('.', "::") } else { name.clone() };
                let variable = if language == "php" && name == "_ENV" { "$_ENV" } else { &name };
                let read_as = match row.form {
                    table::Form::Call => format!("f({variable}(\"TREES\"))"),
                    table::Form::Index => format!("f({variable}[\"TREES\"])"),
                    table::Form::Member => format!("f({variable}.TREES)"),
                    table::Form::Placeholder => format!("@{variable}(\"${{TREES}}\")"),
                };
                let text = format!("{} = 1;\n{read_as};\n", row.needs.first().map_or("x", String::as_str));
                let path = format!("a.{end}");
                assert!(read(&path, &text).iter().any(|(name, _)| name == "TREES"), "{path}: {text}");
            }
        }
    }
}

#[test]
fn much_of_it_costs_little() {
    let nested = format!("f({}process.env.TREES{})\n", "`${".repeat(9_000), "}`".repeat(9_000));
    let kept = "x = process.env.TREES\ny = 'TREES'\n".repeat(9_000);
    let filled = format!("a: {}\n", "${TREES}".repeat(90_000));
    for (path, text) in [("a.js", nested), ("a.js", kept), ("application.yml", filled)] {
        assert!(variables(&path.into(), &text).len() <= 1_100, "{path}");
    }
}

#[test]
fn anything_may_come() {
    for text in [
        "process.env.",
        "os.environ[",
        "f(os.getenv('",
        "} = process.env",
        "= process.env",
        "ENV[\"A\"",
        "${",
        "env::var(",
    ] {
        for path in ["a.py", "a.js", "a.rb", "a.rs", "a.R", "application.yml"] {
            let _ = variables(&path.into(), text);
        }
    }
}
