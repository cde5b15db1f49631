//! Does a program train a model, and does a text say why that is done?

mod reasons;

pub use reasons::why;

use super::needles::Needles;
use super::pattern::Pattern;
use crate::repository::RepoPath;
use memchr::memchr_iter;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    words: Vec<String>,
    tools: Vec<String>,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    ends: Vec<String>,
    import: String,
    call: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the table"))]
    yes: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the table"))]
    no: String,
}

struct Table {
    words: Needles,
    tools: Vec<String>,
    rows: Vec<(Row, Pattern, Pattern)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("learning.toml")).expect("a test parses the table");
    Table {
        words: Needles::new(&written.words),
        tools: written.tools,
        rows: written
            .row
            .into_iter()
            .map(|row| {
                let (import, call) = (Pattern::of_lines(&row.import), Pattern::of_lines(&row.call));
                (row, import, call)
            })
            .collect(),
    }
});

/// Where a program trains a model.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, serde::Serialize)]
pub struct Training {
    /// the line of the call that trains
    pub line: u32,
    /// the library
    pub with: String,
}

/// The first call in a program that trains a model with a library for it.
pub fn trains(path: &RepoPath, text: &str) -> Option<Training> {
    let end = path.extension();
    let ends = |row: &Row| row.ends.iter().any(|row| end == *row);
    if !TABLE.rows.iter().any(|(row, ..)| ends(row)) || !TABLE.words.is_in(text) {
        return None;
    }
    TABLE.rows.iter().filter(|(row, ..)| ends(row)).find_map(|(row, import, call)| {
        let at = call.find(text)?.end();
        let found = import.captures(text)?;
        let library = ["r", "q"].iter().find_map(|group| found.name(group));
        let with = library.map_or_else(|| row.name.clone(), |library| library.as_str().to_owned());
        let line = memchr_iter(b'\n', text.get(..at).unwrap_or_default().as_bytes()).count();
        Some(Training { line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1), with })
    })
}

/// Whether a model of this name only takes texts and pages apart, and decides nothing.
pub fn is_tool(model: &str) -> bool {
    TABLE.tools.iter().any(|part| model.contains(part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools() {
        for (model, yes) in [
            ("de_core_news_lg", true),
            ("en_core_web_sm", true),
            ("de_dep_news_trf", true),
            ("xx_ent_wiki_sm", true),
            ("example.org/…/deu.traineddata", true),
            ("punkt", true),
            ("gpt-4o", false),
            ("de_core", false),
        ] {
            assert_eq!(is_tool(model), yes, "{model}");
        }
    }

    #[test]
    fn every_row_knows_training_from_what_is_none() {
        for (row, ..) in &TABLE.rows {
            for end in &row.ends {
                let path = RepoPath::new(format!("a.{end}"));
                assert!(trains(&path, &row.yes).is_some(), "{end}: {}", row.yes);
                assert_eq!(trains(&path, &row.no), None, "{end}: {}", row.no);
            }
        }
    }

    #[test]
    fn what_is_no_training() {
        for (path, text) in [
            ("a.py", "# from sklearn.ensemble import X\nmodel.fit(x)\n"),
            ("a.py", "from sklearn.ensemble import X\n# model.fit(x)\n"),
            ("a.py", "from sklearn.preprocessing import StandardScaler\nscaler.fit(x)\n"),
            ("a.py", "from sklearn.cluster import KMeans\nmodel.fit(x)\n"),
            ("a.py", "from scipy.optimize import curve_fit\np = model.fit(x)\n"),
            ("a.R", "m <- lm(y ~ x, data = d)\n"),
            ("a.md", "import torch\nloss.backward()\n"),
            ("a.js", "chart.fit('@tensorflow/tfjs')\n"),
        ] {
            assert_eq!(trains(&path.into(), text), None, "{text}");
        }
    }

    #[test]
    fn lines() {
        let cell = "[\n  \"import torch\\n\",\n  \"loss.backward()\\n\"\n]";
        for (path, text, line, with) in
            [("a.ipynb", cell, 3, "PyTorch"), ("a.R", "library(ranger)\nm <- ranger(y ~ ., data = d)\n", 2, "ranger")]
        {
            assert_eq!(trains(&path.into(), text), Some(Training { line, with: with.to_owned() }), "{text}");
        }
    }
}
