//! Which parts of a notebook are program, and where do they stand in the file?

use super::finder::{self, Program};
use super::markup::blanked;
use super::{Use, shell};

/// The code cells of a Jupyter notebook.
pub(super) struct Cells<'t> {
    language: &'static str,
    /// the lines of the cells, in order
    lines: Vec<CodeLine<'t>>,
    program: String,
    shell: String,
}

/// A line of code and where it stands in the file of the notebook.
struct CodeLine<'t> {
    /// what is written in the file
    raw: &'t str,
    /// the line of the file
    line: u32,
    /// the column of the file at which `raw` begins
    column: u32,
}

/// So deep may a notebook be nested.
const DEEPEST: usize = 64;

/// Reads the code cells of a notebook; `None` where it is none.
pub(super) fn cells(text: &str) -> Option<Cells<'_>> {
    let bytes = text.as_bytes();
    let mut path: Vec<&str> = Vec::new();
    let mut key = "";
    let (mut is_code, mut lines, mut all): (bool, Vec<CodeLine<'_>>, Vec<CodeLine<'_>>) =
        (false, Vec::new(), Vec::new());
    let mut language = "python";
    let (mut line, mut line_start, mut at) = (1u32, 0usize, 0usize);
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\n' => {
                line = line.saturating_add(1);
                line_start = at + 1;
            }
            b'"' => {
                let end = super::settings::string_end(bytes, at + 1);
                let inner = text.get(at + 1..end).unwrap_or_default();
                let rest = bytes.get(end + 1..).unwrap_or_default();
                let is_key = rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                let depth = cell_depth(&path);
                match () {
                    () if is_key => key = inner,
                    () if depth == path.len() && key == "cell_type" => is_code = inner == "code",
                    () if depth == path.len() && is_source(key)
                        || depth + 1 == path.len() && path.last().is_some_and(|key| is_source(key)) =>
                    {
                        let column = text.get(line_start..=at).map_or(0, |lead| lead.chars().count());
                        split_lines(inner, line, u32::try_from(column + 1).unwrap_or(u32::MAX), &mut lines);
                    }
                    () if path.contains(&"metadata") && matches!(key, "language" | "name") => {
                        language = of_kernel(inner).unwrap_or(language);
                    }
                    () => {}
                }
                at = end;
            }
            b'{' | b'[' => {
                if path.len() > DEEPEST {
                    return None;
                }
                path.push(key);
                key = "";
                if path.len() == cell_depth(&path) {
                    is_code = false;
                    lines.clear();
                }
            }
            b'}' | b']' => {
                if path.len() == cell_depth(&path) && is_code {
                    all.append(&mut lines);
                }
                path.pop();
                key = "";
            }
            _ => {}
        }
        at += 1;
    }
    Some(Cells::new(language, all))
}

/// How deep a cell lies: in a list of the notebook, or of its worksheets as they were before its format 4. Nothing is so
/// deep where there is no such list.
fn cell_depth(path: &[&str]) -> usize {
    match (path.get(1), path.get(3)) {
        (Some(&"cells"), _) => 3,
        (Some(&"worksheets"), Some(&"cells")) => 5,
        _ => usize::MAX - 1,
    }
}

/// Whether the text of a cell stands under this key; `input` is the one of format 3.
fn is_source(key: &str) -> bool {
    matches!(key, "source" | "input")
}

fn of_kernel(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "r" | "ir" => Some("r"),
        "julia" => Some("julia"),
        "javascript" | "typescript" | "deno" => Some("javascript"),
        "scala" | "kotlin" | "java" => Some("java"),
        name if name.starts_with("julia") => Some("julia"),
        _ => None,
    }
}

/// A string of the file may hold one line of code or many.
fn split_lines<'t>(inner: &'t str, line: u32, column: u32, lines: &mut Vec<CodeLine<'t>>) {
    let mut rest = inner;
    let mut column = column;
    while let Some(end) = find_newline(rest) {
        let (raw, after) = rest.split_at(end);
        lines.push(CodeLine { raw, line, column });
        column = column.saturating_add(u32::try_from(raw.chars().count() + 2).unwrap_or(u32::MAX));
        rest = after.get(2..).unwrap_or_default();
    }
    if !rest.is_empty() {
        lines.push(CodeLine { raw: rest, line, column });
    }
}

/// Where the escape `\n` stands that is no escaped backslash before an n.
fn find_newline(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'\\', Some(b'n')) => return Some(at),
            (b'\\', _) => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// What a string of JSON says.
fn decoded(raw: &str) -> String {
    serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap_or_else(|_| raw.replace("\\\"", "\""))
}

impl<'t> Cells<'t> {
    fn new(language: &'static str, lines: Vec<CodeLine<'t>>) -> Self {
        let (mut program, mut shell) = (String::new(), String::new());
        let mut in_shell_cell = false;
        for line in &lines {
            let text = decoded(line.raw).replace(['\n', '\r'], " ");
            let lead = text.trim_start();
            if lead.starts_with("%%") {
                in_shell_cell = ["%%bash", "%%sh", "%%script bash"].iter().any(|magic| lead.starts_with(magic));
            } else if let Some(command) = lead.strip_prefix(['!', '%']) {
                // As many characters as before, so that columns stay.
                shell.push_str(&" ".repeat(text.chars().count() - command.chars().count()));
                shell.push_str(command);
            } else if in_shell_cell {
                shell.push_str(&text);
            } else {
                program.push_str(&text);
            }
            program.push('\n');
            shell.push('\n');
        }
        Self { language, lines, program, shell }
    }

    /// What the cells are as a program.
    pub(super) fn program(&self) -> Program {
        let mut program = finder::program(self.language, &self.program);
        program.uses.extend(shell::program(&self.shell).uses);
        program
    }

    /// What the cells use, with the lines of the file.
    pub(super) fn uses(&self) -> Vec<Use> {
        let uses = self.program().uses.into_iter();
        uses.filter_map(|mut used| {
            let line = self.lines.get(usize::try_from(used.line).ok()?.checked_sub(1)?)?;
            let text = decoded(line.raw);
            let column = |column: u32| line.column.saturating_add(written(&text, line.raw, column));
            (used.column, used.end_column) = (column(used.column), column(used.end_column));
            used.line = line.line;
            Some(used)
        })
        .collect()
    }
}

/// A line of a code cell, decoded, and where it stands in the file.
pub(in crate::reading) struct Line<'t> {
    /// what it says
    pub(in crate::reading) text: String,
    /// the line of the file
    pub(in crate::reading) number: u32,
    raw: &'t str,
    column: u32,
}

impl Line<'_> {
    /// The column of the file for one of the text, both from 1.
    pub(in crate::reading) fn column(&self, column: u32) -> u32 {
        self.column.saturating_add(written(&self.text, self.raw, column))
    }
}

/// The lines of the code cells of a notebook.
pub(in crate::reading) fn lines(text: &str) -> Vec<Line<'_>> {
    let all = cells(text).map(|cells| cells.lines).unwrap_or_default();
    all.into_iter()
        .map(|CodeLine { raw, line, column }| Line { text: decoded(raw), number: line, raw, column })
        .collect()
}

/// How many characters of the file stand before a column of the decoded text.
fn written(text: &str, raw: &str, column: u32) -> u32 {
    let wanted = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
    let before: String = text.chars().take(wanted).collect();
    let encoded = serde_json::to_string(&before).unwrap_or_default();
    let plain = encoded.get(1..encoded.len().saturating_sub(1)).unwrap_or_default();
    // Files that escape what is not ASCII differ; then the beginning of the line is the best there is.
    let len = if raw.starts_with(plain) { plain.chars().count() } else { wanted.min(raw.chars().count()) };
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The chunks of an R Markdown or Quarto document by language; everything else is blank in them.
pub(in crate::reading) fn chunks(text: &str) -> Vec<(&'static str, String)> {
    let mut open: Option<(&'static str, usize)> = None;
    let mut inside = false;
    let mut kept: Vec<(&'static str, Vec<(usize, usize)>)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let fence = line.trim_start().trim_start_matches('>').trim_start();
        if !fence.starts_with("```") {
            continue;
        }
        if let Some((language, from)) = open.take() {
            let part = (from, start);
            match kept.iter_mut().find(|(other, _)| *other == language) {
                Some((_, parts)) => parts.push(part),
                None => kept.push((language, vec![part])),
            }
            inside = false;
            continue;
        }
        if inside {
            inside = false;
            continue;
        }
        let engine = fence.trim_start_matches('`').strip_prefix('{').map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase()
        });
        open = match engine.as_deref() {
            Some("r") => Some(("r", offset)),
            Some("python") => Some(("python", offset)),
            Some("julia") => Some(("julia", offset)),
            Some("ojs" | "js") => Some(("javascript", offset)),
            Some("bash" | "sh") => Some(("shell", offset)),
            Some("sql") => Some(("sql", offset)),
            _ => None,
        };
        inside = open.is_none();
    }
    kept.into_iter().map(|(language, parts)| (language, blanked(text, &parts))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"source\": [\"get('https://a.example.de/x.csv')\"]\n  },\n  {\n   \"cell_type\": \"code\",\n   \"outputs\": [{\"data\": {\"text/plain\": [\"https://b.example.de\"]}}],\n   \"source\": [\n    \"import pandas as pd\\n\",\n    \"pd.read_csv(\\\"https://opendata.dwd.de/x.csv\\\")\"\n   ]\n  }\n ]\n}\n";
        let uses = cells(text).unwrap().uses();
        let found: Vec<_> =
            uses.iter().map(|used| (used.line, used.column, used.end_column, used.called.as_str())).collect();
        assert_eq!(found, [(12, 20, 49, "opendata.dwd.de")]);
        let line = text.lines().nth(11).unwrap();
        assert_eq!(line.chars().skip(19).take(29).collect::<String>(), "https://opendata.dwd.de/x.csv");
    }

    #[test]
    fn magics_are_commands() {
        let text = r#"{"cells": [{"cell_type": "code", "source": "!wget https://e.example.info/a.csv\nx = 1"}]}"#;
        let uses = cells(text).unwrap().uses();
        assert_eq!(uses.len(), 1);
        assert_eq!(uses[0].address.host, "e.example.info");
    }

    #[test]
    fn anything_may_come() {
        for text in ["", "{", "\"", "[[[[", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"\\", "nil"] {
            assert!(cells(text).is_none_or(|cells| cells.uses().is_empty()), "{text}");
        }
        assert!(cells(&"[".repeat(1000)).is_none());
    }

    #[test]
    fn chunks_by_language() {
        let text = "prose\n```{r a}\nx <- 1\n```\n```r\nshown only\n```\n```{python}\ny = 2\n```\nmore\n";
        let found = chunks(text);
        assert_eq!(found.iter().map(|(language, _)| *language).collect::<Vec<_>>(), ["r", "python"]);
        assert_eq!(found[0].1.trim(), "x <- 1\n;");
        assert!(found[1].1.contains("y = 2") && !found[1].1.contains("shown"));
    }
}
