//! What is in a table of delimited text: how is it written, which columns has it, and what stands in them?
//!
//! Only the beginning of a file is read, and of it only a sample is kept: everything here is bounded by the constants
//! below. Quoting is read as RFC 4180 has it; the delimiter and the header are told by what the lines have in common.

pub mod explained;
mod header;
pub mod output;
pub mod scan;

use crate::place::Span;
use csv::{ByteRecord, ReaderBuilder};

/// So many bytes of a file are looked at.
pub const HEAD: usize = 64 << 10;
/// So many columns are kept.
const COLUMNS: usize = 400;
/// So many rows are kept as a sample.
const SAMPLE: usize = 60;
/// So many characters of a cell are kept.
const CELL: usize = 120;
/// So many records tell the delimiter.
const RECORDS: usize = 80;
/// So many lines may stand above the header: a title, a source, a date.
const ABOVE: usize = 20;

/// A table, as far as its beginning tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// what stands between two cells
    pub delimiter: char,
    /// the line of the header; `None` where the first line is data already
    pub header: Option<Span>,
    /// the columns in their order
    pub columns: Vec<Column>,
    /// rows below the header that are not blank
    pub rows: usize,
    /// whether all rows were counted, rather than those of the first [`HEAD`] bytes
    pub whole: bool,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// its name, empty without a header; foreign
    pub name: String,
    /// the cells of the first rows, blank ones too, so that those of one row stand at one index; foreign
    pub values: Vec<String>,
}

impl Table {
    /// The names of the columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// A table from a header and rows that were told apart already.
    pub fn of_rows(names: &[String], rows: &[Vec<String>]) -> Self {
        let cell = |row: &Vec<String>, at: usize| row.get(at).map(|cell| short(cell)).unwrap_or_default();
        let columns = names.iter().take(COLUMNS).enumerate().map(|(at, name)| Column {
            name: short(name),
            values: rows.iter().take(SAMPLE).map(|row| cell(row, at)).collect(),
        });
        Self { delimiter: ' ', header: None, columns: columns.collect(), rows: rows.len(), whole: true }
    }
}

/// Reads the beginning of a table; `None` where there is none. `whole` says that `text` is all there is.
pub fn read(text: &str, whole: bool) -> Option<Table> {
    // the last line may be cut in two
    let text = if whole { text } else { text.get(..text.rfind('\n')? + 1)? };
    let (text, lines_above, named) = told(text);
    let (delimiter, width) = match named {
        Some(delimiter) => (delimiter, width(text, delimiter).map_or(1, |(_, width)| width)),
        None => delimiter_of(text),
    };
    let mut records = records(text, delimiter).take_while(Result::is_ok).filter_map(Result::ok);
    let first = records.by_ref().take(ABOVE).find(|record| record.len() == width && !is_blank(record))?;
    let start = first.position().map_or(0, csv::Position::byte);
    let first = cells(&first);
    let mut sample: Vec<Vec<String>> = Vec::new();
    let mut rows = 0;
    for record in records.filter(|record| !is_blank(record)) {
        rows += 1;
        if sample.len() < SAMPLE {
            sample.push(cells(&record));
        }
    }
    let column = |at: usize| sample.iter().map(move |row| row.get(at).cloned().unwrap_or_default());
    let mut columns: Vec<Column> = (0..width.min(COLUMNS))
        .map(|at| Column { name: first.get(at).cloned().unwrap_or_default(), values: column(at).collect() })
        .collect();
    let header = if header::is_header(&columns) {
        if let Some(start) = columns.first_mut() {
            start.name = start.name.trim_start_matches(['#', '%']).trim().to_owned();
        }
        Some(line_at(text, usize::try_from(start).ok()?, lines_above))
    } else {
        rows += 1;
        for column in &mut columns {
            let name = std::mem::take(&mut column.name);
            column.values.insert(0, name);
        }
        None
    };
    Some(Table { delimiter: char::from(delimiter), header, columns, rows, whole })
}

/// The text without the line by which spreadsheets tell the delimiter (`sep=;`), how many lines that were, and it.
fn told(text: &str) -> (&str, u32, Option<u8>) {
    let first = text.lines().next().unwrap_or_default().trim_end();
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) => (text.split_once('\n').map_or("", |(_, rest)| rest), 1, Some(delimiter)),
        _ => (text, 0, None),
    }
}

/// The line that begins at an offset, or the next that is not blank.
fn line_at(text: &str, start: usize, lines_above: u32) -> Span {
    let rest = text.get(start..).unwrap_or_default();
    let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let above = memchr::memchr_iter(b'\n', text.as_bytes().get(..start).unwrap_or_default()).count();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let number = small(above + 1).saturating_add(lines_above);
    Span::on_line(number, 1, small(line.trim_end().chars().count() + 1))
}

fn records(text: &str, delimiter: u8) -> csv::ByteRecordsIntoIter<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_byte_records()
}

/// What stands between two cells, and how many cells a row has.
fn delimiter_of(text: &str) -> (u8, usize) {
    let mut best = (b',', 1, 0);
    for delimiter in *b",;\t|" {
        let Some((share, width)) = width(text, delimiter) else { continue };
        if width > 1 && share >= 80 && (share, width) > (best.2, best.1) {
            best = (delimiter, width, share);
        }
    }
    (best.0, best.1)
}

/// How many cells most of the first records have, and how many in a hundred of them have so many.
fn width(text: &str, delimiter: u8) -> Option<(usize, usize)> {
    let widths: Vec<usize> = records(text, delimiter)
        .take(RECORDS)
        .take_while(Result::is_ok)
        .filter_map(Result::ok)
        .filter(|record| !is_blank(record))
        .map(|record| record.len())
        .collect();
    // what stands above and below a table has other widths
    let most =
        widths.iter().copied().max_by_key(|width| (widths.iter().filter(|other| *other == width).count(), *width))?;
    let same = widths.iter().filter(|width| **width == most).count();
    Some((same * 100 / widths.len(), most))
}

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(<[u8]>::is_empty)
}

fn cells(record: &ByteRecord) -> Vec<String> {
    record.iter().take(COLUMNS).map(|cell| short(&String::from_utf8_lossy(cell))).collect()
}

fn short(cell: &str) -> String {
    cell.trim().chars().take(CELL).collect()
}

#[cfg(test)]
mod tests;
