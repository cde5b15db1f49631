//! Lists that are tables: CSV with a header, with commas, semicolons or tabs.

use super::columns::{Columns, KNOWN};
use super::gather::{Entry, Gather};
use crate::phrase::Phrase;

/// What may stand between two cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The cells of a header, and what stands between them: the delimiter with which there are most cells. `None` where
/// there is none.
pub(super) fn header_of(line: &str) -> Option<(u8, Vec<String>)> {
    let most = DELIMITERS.iter().map(|delimiter| (*delimiter, cells(line, *delimiter)));
    most.filter(|(_, cells)| cells.len() > 1).max_by_key(|(_, cells)| cells.len())
}

/// What stands between the cells of a file that is called a table.
pub(super) fn delimiter(header: &str, end: &str) -> u8 {
    header_of(header).map_or(if end == "csv" { b',' } else { b'\t' }, |(delimiter, _)| delimiter)
}

fn cells(line: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// Reads one entry a row. Rows without any cell are left out, and so are lines that begin with `#`.
pub(super) fn read(text: &str, delimiter: u8, gather: &mut Gather) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut columns = None;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(_) => {
                let line = usize::try_from(reader.position().line()).unwrap_or(0);
                let why = Phrase::new("this row cannot be read", "diese Zeile lässt sich nicht lesen");
                return gather.wrong(line, why);
            }
        }
        let line = record.position().map_or(0, |at| line_of(text, at));
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(known) = columns else {
            columns = Columns::of(&record.iter().collect::<Vec<_>>());
            if columns.is_none() {
                let why = Phrase::new(
                    "no column of this header is known to hold the address; name one of them one of these: {known}",
                    "keine Spalte dieser Kopfzeile ist als Adresse bekannt; nennen Sie eine davon so: {known}",
                );
                return gather.wrong(line, why.with("known", KNOWN));
            }
            continue;
        };
        let cell = |at: usize| record.get(at).filter(|cell| !cell.is_empty());
        let Some(address) = cell(known.address) else {
            gather.wrong(line, Phrase::new("the address is missing in this row", "in dieser Zeile fehlt die Adresse"));
            continue;
        };
        gather.add(line, Entry { address, name: known.name.and_then(cell), owner: known.owner.and_then(cell) });
    }
}

/// The line where a record begins: its position is that of the blank lines and comments before it.
fn line_of(text: &str, at: &csv::Position) -> usize {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let skipped = rest.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#')).count();
    usize::try_from(at.line()).unwrap_or(0) + skipped
}
