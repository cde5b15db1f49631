//! What does the prose of a Jupyter notebook say?
//!
//! The cells become one Markdown text in which every line stands in the line of the notebook it was written in.

use serde::Deserialize;

#[derive(Deserialize)]
struct Notebook {
    #[serde(default)]
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    #[serde(default)]
    cell_type: String,
    #[serde(default)]
    source: serde_json::Value,
}

/// The Markdown cells, and whether their lines are those of the notebook.
pub(super) fn markdown(text: &str) -> (String, bool) {
    let by_lines = as_written(text);
    if by_lines.trim().is_empty() { (all_cells(text).unwrap_or_default(), false) } else { (by_lines, true) }
}

/// Reads what Jupyter writes: one line of JSON for each line of a cell, the kind of the cell before its source.
fn as_written(text: &str) -> String {
    let mut out = String::new();
    let (mut is_prose, mut in_source) = (false, false);
    for line in text.lines() {
        let line = line.trim();
        if let Some(kind) = line.strip_prefix("\"cell_type\":") {
            is_prose = kind.contains("\"markdown\"");
        } else if line.starts_with("\"source\": [") && !line.contains(']') {
            in_source = is_prose;
        } else if line.starts_with(']') {
            in_source = false;
        } else if in_source {
            let said: Option<String> = serde_json::from_str(line.strip_suffix(',').unwrap_or(line)).ok();
            out.push_str(
                said.as_deref().unwrap_or_default().trim_end_matches(['\n', '\r']).lines().next().unwrap_or(""),
            );
        }
        out.push('\n');
    }
    out
}

/// Reads whatever is JSON, without lines.
fn all_cells(text: &str) -> Option<String> {
    let notebook: Notebook = serde_json::from_str(text).ok()?;
    let mut out = String::new();
    for cell in notebook.cells.iter().filter(|cell| cell.cell_type == "markdown") {
        match &cell.source {
            serde_json::Value::String(source) => out.push_str(source),
            serde_json::Value::Array(lines) => {
                lines.iter().filter_map(|line| line.as_str()).for_each(|line| out.push_str(line))
            }
            _ => {}
        }
        out.push_str("\n\n");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn lines_stay_where_they_are() {
        let notebook = r##"{
 "cells": [
  {
   "cell_type": "markdown",
   "source": [
    "# Title\n",
    "Data: DWD"
   ]
  },
  {
   "cell_type": "code",
   "source": [
    "print(1)"
   ]
  }
 ]
}"##;
        let (text, exact) = markdown(notebook);
        assert!(exact);
        assert_eq!(text.lines().nth(5), Some("# Title"));
        assert_eq!(text.lines().nth(6), Some("Data: DWD"));
        assert!(!text.contains("print"));
    }

    #[test]
    fn other_json_is_read_without_lines() {
        let notebook = r#"{"cells":[{"cell_type":"markdown","source":"Data: DWD"},{"cell_type":"code","source":"x"}]}"#;
        assert_eq!(markdown(notebook), ("Data: DWD\n\n".to_owned(), false));
        assert_eq!(markdown("{").0, "");
    }
}
