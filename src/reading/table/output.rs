//! Which tables did a notebook print, and where do they stand in its file?
//!
//! Saved outputs are data frames as HTML or as columns of text (nbformat 4: `cells[].outputs[].data`).

use super::Table;
use crate::place::Span;
use crate::reading::node::{Document, Node, json};

/// So many tables of a notebook are looked at.
const TABLES: usize = 60;
/// So many bytes of one output are looked at.
const BYTES: usize = 64 << 10;
/// So many rows of one table are read.
const ROWS: usize = 60;
/// So many cells of one row are read.
const CELLS: usize = 100;

/// The tables in the saved outputs of a notebook, each with the place of its header; none where it is no notebook.
pub fn tables(text: &str) -> Vec<(Table, Span)> {
    let Ok(notebook) = json(text) else { return Vec::new() };
    let cells = notebook.root.get("cells").map(Node::list).unwrap_or_default();
    let outputs = cells.iter().filter_map(|cell| cell.get("outputs")).flat_map(Node::list);
    outputs.filter_map(|output| of_output(&notebook, output)).take(TABLES).collect()
}

fn of_output(notebook: &Document<'_>, output: &Node) -> Option<(Table, Span)> {
    let of = |kind: &str| output.walk(&["data", kind]).map(|node| (lines(node), node));
    if let Some((lines, node)) = of("text/html") {
        let (table, line) = html(&lines)?;
        return Some((table, span(notebook, node, line)));
    }
    let (lines, node) = of("text/plain").or_else(|| output.get("text").map(|node| (lines(node), node)))?;
    Some((plain(&lines)?, span(notebook, node, 0)))
}

/// Where a line of an output stands: it may be one text, or a list of lines.
fn span(notebook: &Document<'_>, node: &Node, line: usize) -> Span {
    notebook.span(node.list().get(line).unwrap_or(node))
}

fn lines(node: &Node) -> Vec<&str> {
    let mut left = BYTES;
    let texts = node.list_or_one().iter().filter_map(Node::text);
    texts
        .take_while(|text| {
            let fits = text.len() <= left;
            left = left.saturating_sub(text.len());
            fits
        })
        .collect()
}

/// The first table in HTML, and which of the texts holds the first cell of its header.
fn html(texts: &[&str]) -> Option<(Table, usize)> {
    let mut names: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut heads = 0;
    let mut at = None;
    let whole = texts.concat();
    let mut start = 0;
    let starts: Vec<usize> = texts
        .iter()
        .map(|text| {
            let here = start;
            start += text.len();
            here
        })
        .collect();
    for (tag, offset, inner) in tags(&whole) {
        match tag.as_str() {
            "th" => {
                heads += 1;
                row.push(inner);
                let filled = row.last().is_some_and(|cell| !cell.is_empty());
                if filled && at.is_none() {
                    at = Some(starts.partition_point(|start| *start <= offset).saturating_sub(1));
                }
            }
            "td" => row.push(inner),
            "tr" | "/table" => {
                finish(&mut names, &mut rows, std::mem::take(&mut row), heads);
                heads = 0;
                if tag == "/table" || rows.len() >= ROWS {
                    break;
                }
            }
            _ => {}
        }
        row.truncate(CELLS);
    }
    (!names.is_empty() && !rows.is_empty()).then(|| (Table::of_rows(&names, &rows), at.unwrap_or_default()))
}

/// Puts a row where it belongs: one of heads only is the header.
fn finish(names: &mut Vec<String>, rows: &mut Vec<Vec<String>>, row: Vec<String>, heads: usize) {
    if row.is_empty() {
        return;
    }
    if heads == row.len() && names.is_empty() {
        *names = row;
    } else if row.len() == names.len() && heads < row.len() {
        rows.push(row);
    }
}

/// The opening tags, and the end of a table, with the offset and the text up to the next tag.
fn tags(html: &str) -> impl Iterator<Item = (String, usize, String)> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let open = rest + html.get(rest..)?.find('<')?;
            let close = open + html.get(open..)?.find('>')?;
            rest = close + 1;
            let name =
                html.get(open + 1..close)?.split([' ', '\n', '/']).next().unwrap_or_default().to_ascii_lowercase();
            let name = if html.get(open..)?.starts_with("</table") { "/table".to_owned() } else { name };
            if name.is_empty() {
                continue;
            }
            let inner = html.get(rest..)?.split('<').next().unwrap_or_default().trim();
            return Some((name, open, inner.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")));
        }
    })
}

/// A data frame printed as text: columns told apart by two or more blanks, the first of the rows' numbers.
fn plain(texts: &[&str]) -> Option<Table> {
    let whole = texts.concat();
    let mut lines = whole.lines().filter(|line| !line.trim().is_empty());
    let cells = |line: &str| -> Vec<String> {
        line.trim_end()
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .take(CELLS)
            .map(str::to_owned)
            .collect()
    };
    let first = lines.next()?;
    if !first.starts_with(' ') {
        return None;
    }
    let names = cells(first);
    let rows: Vec<Vec<String>> = lines
        .map(cells)
        .filter(|row| row.len() == names.len() + 1)
        .take(ROWS)
        .map(|row| row.into_iter().skip(1).collect())
        .collect();
    (names.len() > 1 && !rows.is_empty()).then(|| Table::of_rows(&names, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notebook(kind: &str, lines: &[&str]) -> String {
        let lines = serde_json::to_string_pretty(lines).unwrap();
        format!("{{\"cells\": [{{\"outputs\": [{{\"data\": {{\n\"{kind}\": {lines}}}}}]}}]}}")
    }

    #[test]
    fn html_tables() {
        let html = [
            "<table border=\"1\">\n",
            "<thead><tr style=\"text-align: right;\">\n",
            "<th></th>\n",
            "<th>tree</th>\n",
            "<th>height</th></tr></thead>\n",
            "<tbody><tr><th>0</th><td>Linde &amp; Co</td><td>3</td></tr>\n",
            "<tr><th>1</th><td>Ulme</td><td>4</td></tr></tbody></table>",
        ];
        let found = tables(&notebook("text/html", &html));
        let (table, span) = found.first().unwrap();
        assert_eq!(table.names().collect::<Vec<_>>(), ["", "tree", "height"]);
        assert_eq!(table.columns[1].values, ["Linde & Co", "Ulme"]);
        assert_eq!((table.rows, span.line), (2, 6));
        let one = tables(&notebook("text/html", &[&html.concat()]));
        assert_eq!(one.len(), 1);
        assert!(tables(&notebook("text/html", &["<div>nothing</div>", "<", "<table"])).is_empty());
    }

    #[test]
    fn plain_tables() {
        let found = tables(&notebook("text/plain", &["    tree  height\n", "0  Linde    3\n", "1  Ulme    4"]));
        assert_eq!(found.first().map(|(table, _)| table.columns[0].values.clone()).unwrap(), ["Linde", "Ulme"]);
        assert!(tables(&notebook("text/plain", &["<Figure size 3x4>"])).is_empty());
        assert!(tables("no notebook").is_empty());
    }
}
