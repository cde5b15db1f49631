//! What tells a credential from what only stands in for one? The rows of `secrets.toml`.

use crate::reading::pattern::Pattern;
use crate::repository::RepoPath;
use globset::{GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Table {
    pub(super) placeholders: Placeholders,
    pub(super) names: Names,
    pub(super) r#use: Use,
    pub(super) local_hosts: LocalHosts,
    pub(super) test_like: TestLike,
    pub(super) no_keys: Vec<String>,
    pub(super) form: Vec<FormRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placeholders {
    pub(super) whole: Vec<String>,
    pub(super) part: Vec<String>,
    pub(super) start: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Names {
    pub(super) secret: Vec<String>,
    pub(super) public: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) own: Vec<String>,
    pub(super) own_ends: Vec<String>,
    pub(super) own_prefixes: Vec<String>,
    pub(super) password: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Use {
    pub(super) stage: Vec<String>,
    pub(super) real: Vec<String>,
    pub(super) address: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalHosts {
    pub(super) whole: Vec<String>,
    pub(super) ends: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestLike {
    pub(super) key: Vec<String>,
    pub(super) beside: Vec<String>,
    pub(super) comment: Vec<String>,
    pub(super) environment: Vec<String>,
    pub(super) template: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormRow {
    kind: String,
    names: Vec<String>,
    pattern: String,
    unless: Option<String>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("secrets.toml")).expect("a test parses the table"));

/// A kind of file that holds credentials.
pub(super) struct Form {
    pub(super) kind: &'static str,
    pub(super) pattern: Pattern,
    pub(super) unless: Option<Pattern>,
}

/// The names of all rows in one set, the row of each name, and the rows.
struct Forms {
    names: GlobSet,
    rows: Vec<usize>,
    forms: Vec<Form>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let table: &'static Table = &TABLE;
    let mut names = GlobSetBuilder::new();
    let mut rows = Vec::new();
    for (row, form) in table.form.iter().enumerate() {
        for name in &form.names {
            names.add(globset::Glob::new(name).expect("a test compiles every glob"));
            rows.push(row);
        }
    }
    let pattern = |text: &String| Pattern::as_written(text);
    let forms = table.form.iter().map(|row| Form {
        kind: &row.kind,
        pattern: pattern(&row.pattern),
        unless: row.unless.as_ref().map(pattern),
    });
    Forms { forms: forms.collect(), names: names.build().expect("a test compiles every glob"), rows }
});

/// The row that a file belongs to by its name.
pub(super) fn form(path: &RepoPath) -> Option<&'static Form> {
    let path = path.lower();
    let first = FORMS.names.matches(path.as_str()).into_iter().min()?;
    FORMS.forms.get(*FORMS.rows.get(first)?)
}
