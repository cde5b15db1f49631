//! Which interfaces does a program offer to other programs?

use super::code::Code;
use super::evidence::place;
use super::token::Kind;
use super::{dialect, finder};
use crate::reading::needles::Needles;
use crate::repository::RepoPath;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A place where a program offers something under a path.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Route {
    /// line, from 1
    pub line: u32,
    /// first column, from 1, in characters
    pub column: u32,
    /// the column after the last character
    pub end_column: u32,
    /// the path, or what is written in its place
    pub path: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Framework {
    #[cfg_attr(not(test), expect(dead_code, reason = "readers of the table want to know"))]
    name: String,
    languages: Vec<String>,
    needs: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    calls: Vec<String>,
    on: Option<Vec<String>>,
    before: Option<String>,
    #[serde(default)]
    any: bool,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    api_only: bool,
    #[serde(default)]
    answers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paths {
    probes: BTreeSet<String>,
    own: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    framework: Vec<Framework>,
    paths: Paths,
}

struct Table {
    written: Written,
    needles: Needles,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("serving.toml")).expect("a test parses the table");
    let words: BTreeSet<&str> =
        written.framework.iter().flat_map(|framework| &framework.needs).map(String::as_str).collect();
    let needles = Needles::new(words);
    Table { written, needles }
});

/// So many routes of one file are kept.
const MOST: usize = 500;
/// So many tokens of a call are looked at for its path.
const ARGUMENTS: usize = 8;

/// What a file offers, in the order of its lines; without probes and what a front end offers itself.
pub fn routes(path: &RepoPath, text: &str) -> Vec<Route> {
    if !TABLE.needles.is_in(text) {
        return Vec::new();
    }
    let lower = path.lower();
    if TABLE.written.paths.own.iter().any(|own| lower.contains(own.as_str())) {
        return Vec::new();
    }
    let has = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    let fits = |framework: &&Framework| {
        has(&framework.needs)
            && !has(&framework.unless)
            && (framework.within.is_empty() || framework.within.iter().any(|part| lower.contains(part.as_str())))
    };
    let frameworks: Vec<&Framework> = TABLE.written.framework.iter().filter(fits).collect();
    if frameworks.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Route> = Vec::new();
    for (language, text) in finder::programs(path, text) {
        // With whether the file answers with data.
        let rows: Vec<(&Framework, bool)> = frameworks
            .iter()
            .filter(|row| row.languages.iter().any(|name| name == language))
            .map(|row| (*row, row.answers.is_empty() || has(&row.answers)))
            .collect();
        if let Some((dialect, row)) = dialect::of(language).filter(|_| !rows.is_empty()) {
            let code = Code::new(&text, dialect, row);
            let calls = (0..code.tokens.len()).filter(|at| code.is(*at, b'('));
            found.extend(calls.filter_map(|open| route(&code, open, &rows)).take(MOST));
        }
    }
    found.sort();
    found
}

/// The route that the call whose bracket opens at `open` makes.
fn route(code: &Code<'_>, open: usize, rows: &[(&Framework, bool)]) -> Option<Route> {
    let name = open.checked_sub(1).filter(|at| code.name(*at).is_some())?;
    let last = code.name(name)?;
    if !rows.iter().any(|(row, _)| row.calls.iter().any(|call| call == last)) {
        return None;
    }
    let callee = code.callee(open);
    let on = callee.rsplit('.').nth(1).unwrap_or_default().replace('_', "").to_lowercase();
    let sign = code.word(first(code, name).checked_sub(1).unwrap_or(usize::MAX));
    let (row, answers) = rows.iter().copied().find(|(row, _)| {
        row.calls.iter().any(|call| call == last)
            && row.before.as_ref().is_none_or(|before| before == sign)
            && row.on.as_ref().is_none_or(|names| names.iter().any(|name| is_on(name, &on)))
    })?;
    let mut text = None;
    for at in open + 1..open + 1 + ARGUMENTS {
        match code.kind(at)? {
            Kind::Text(_) => {
                text = Some(at);
                break;
            }
            Kind::Sign(b')' | b'(') => break,
            _ => {}
        }
    }
    let text = text?;
    let path = code.inner(text);
    let plain = path.trim_matches('/').to_lowercase();
    let probes = &TABLE.written.paths.probes;
    let is_probe = plain.split('/').next_back().is_some_and(|end| probes.contains(end)) && !row.any
        || plain.split('/').any(|part| probes.contains(part) && !part.is_empty());
    let says_api = plain.trim_start_matches('^').split('/').next().is_some_and(|first| first == "api");
    if !says_api && (row.api_only || !answers) {
        return None;
    }
    if is_probe || !(row.any || path.starts_with('/')) || path.contains("://") || path.contains(char::is_whitespace) {
        return None;
    }
    let token = code.tokens.get(text)?;
    let (line, column, end_column) = place(code.text, token.start, token.end);
    Some(Route { line, column, end_column, path: path.to_owned() })
}

fn is_on(wanted: &str, on: &str) -> bool {
    wanted.strip_prefix('*').map_or(wanted == on, |end| on.ends_with(end))
}

/// The first token of `app.get`, given its last name.
fn first(code: &Code<'_>, name: usize) -> usize {
    let mut at = name;
    while at >= 2 && code.is(at - 1, b'.') && code.name(at - 2).is_some() {
        at -= 2;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str, text: &str) -> Vec<String> {
        routes(&path.into(), text).into_iter().map(|route| route.path).collect()
    }

    #[test]
    fn routes_of_frameworks_and_what_is_none() {
        for (path, text, wanted) in [
            ("a.py", "from flask import jsonify\n@app.route('/trees')\ndef f(): pass\n", &["/trees"][..]),
            ("a.py", "from flask import render_template\n@app.route('/trees')\ndef f(): pass\n", &[]),
            ("a.py", "from flask import jsonify\n@app.route('/health')\ndef f(): pass\n", &[]),
            ("a.py", "from flask import jsonify\nclient.get('/trees')\n", &[]),
            ("a.py", "from rest_framework import x\nrouter.register(r'trees', V)\n", &["trees"]),
            ("a.py", "from fastapi import x\n@router.get('/trees')\nasync def f(): pass\n", &["/trees"]),
            ("a.js", "const e = require('express');\napp.get('/trees', (q, res) => res.json(1));\n", &["/trees"]),
            ("a.js", "const e = require('express');\napp.get('/trees', (q, res) => res.render('a'));\n", &[]),
            ("a.js", "const e = require('express');\naxios.get('/trees');\nres.json(1);\n", &[]),
            ("a.js", "const e = require('express');\napp.use('/api', trees);\napp.use('/', pages);\n", &["/api"]),
            ("a.js", "app.get('/trees', (q, res) => res.json(1));\n", &[]),
            ("urls.py", "from django.urls import path\npath('api/trees/', v)\npath('trees/', v)\n", &["api/trees/"]),
            ("a.js", "// require('express')\nconst x = \"app.get('/trees')\";\nres.json(1)\n", &[]),
            ("pages/api/a.js", "const e = require('express');\napp.get('/trees', (q, res) => res.json(1));\n", &[]),
            ("a.ts", "import { Controller } from '@nestjs/common';\n@Controller('trees')\nclass A {}\n", &["trees"]),
            ("A.java", "@RestController class A { @GetMapping(\"/trees\") T f() {} }", &["/trees"]),
            ("A.java", "@Controller class A { @GetMapping(\"/trees\") String f() {} }", &[]),
            ("A.java", "import jakarta.ws.rs.Path;\n@Path(\"trees\") class A { @GET T f() {} }", &["trees"]),
            ("a.go", "import \"github.com/gin-gonic/gin\"\nr.GET(\"/trees\", f)", &["/trees"]),
            ("a.go", "import \"net/http\"\nhttp.HandleFunc(\"/trees\", f)\njson.NewEncoder(w)", &["/trees"]),
            ("a.go", "import \"net/http\"\nhttp.HandleFunc(\"/trees\", f)\nt.Execute(w)", &[]),
            ("a.rs", "use axum::Json;\nRouter::new().route(\"/trees\", get(f))", &["/trees"]),
            ("a.rs", "use actix_web::web::Json;\n#[get(\"/trees\")]\nfn f() {}", &["/trees"]),
            ("a.cs", "[ApiController][Route(\"trees\")] class A {}", &["trees"]),
            ("routes/api.php", "<?php Route::get('/trees', f);", &["/trees"]),
            ("routes/web.php", "<?php Route::get('/trees', f);", &[]),
            ("a.kt", "import io.ktor.server.x\nget(\"/trees\") { call.respond(1) }", &["/trees"]),
        ] {
            assert_eq!(paths(path, text), wanted, "{path}: {text}");
        }
    }

    #[test]
    fn every_framework_is_found() {
        for row in &TABLE.written.framework {
            assert!(!row.name.is_empty());
            for language in &row.languages {
                assert!(dialect::of(language).is_some(), "{language}");
            }
            for call in &row.calls {
                let end = match row.languages.first().map(String::as_str) {
                    Some("python") => "py",
                    Some("javascript") => "js",
                    Some("java") => "java",
                    Some("rust") => "rs",
                    Some("csharp") => "cs",
                    other => other.unwrap_or_default(),
                };
                let on = row.on.as_ref().and_then(|on| on.first()).map_or("x", |on| on.trim_start_matches('*'));
                let before = row.before.clone().unwrap_or_default();
                let on = if on.is_empty() || before == "[" { String::new() } else { format!("{on}.") };
                let (import, answer) = (&row.needs[0], row.answers.first().map_or("", String::as_str));
                let text = format!("x = {import};\n y = {answer};\n{before}{on}{call}('/api')\n");
                let text = if end == "py" || end == "js" || end == "php" { text } else { text.replace('\'', "\"") };
                let within = row.within.first().map_or(format!("a.{end}"), Clone::clone);
                assert!(!routes(&within.as_str().into(), &text).is_empty(), "{}: {text}", row.name);
            }
        }
    }
}
