//! What is made of an output folder? The one function that others call.

use super::export::{self, catalogue, csv, markdown};
use super::history::{self, Keeper};
use super::{Record, Run, Site, Stored, Summarizer, Summary};
use crate::output::write::{self, Pieces};
use crate::phrase::{Lang, Phrase};
use crate::rule::Rule;
use std::path::Path;

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// the run
    pub run: Run,
    /// all its repositories
    pub summary: Summary,
    /// whether the run is in the history now: complete runs over a whole list are
    pub kept: bool,
}

/// Makes everything anew from run.json, the journal, the results and the history: keeps the run in the history where it
/// is complete, and writes `portfolio.md`, `portfolio.csv`, `publiccode.json` and the site. `rules` are those in force,
/// for their titles. One result is held at a time.
///
/// # Errors
/// Where something that is there cannot be read, or something cannot be written.
pub fn make(dir: &Path, rules: &[Rule], lang: Lang) -> Result<Made, Phrase> {
    let stored = Stored::open(dir)?;
    let run = stored.run().clone();
    // The trend of a part of a list says nothing; `merge` keeps the whole.
    let kept = run.complete && run.shard.is_none();
    let mut summarizer = Summarizer::default();
    let mut site = Site::begin(dir, &run, rules, lang).map_err(|failed| failed.why)?;
    let mut publishing: Vec<&Record> = Vec::new();
    let mut pass = |mut keeper: Option<&mut Keeper<'_>>| {
        for record in stored.records() {
            let result = stored.seen(record)?;
            let result = result.as_ref();
            if let Some(keeper) = &mut keeper {
                keeper.add(record, result)?;
            }
            summarizer.add(record, result);
            site.repository(record, result).map_err(|failed| failed.why)?;
            if result.is_some_and(|result| result.publiccode.is_some()) {
                publishing.push(record);
            }
        }
        Ok(())
    };
    if kept {
        history::keep(dir, &run, |keeper| pass(Some(keeper)))?
    } else {
        pass(None)?
    }
    let summary = summarizer.finish(history::trend(dir)?);
    let mut table = Pieces::begin(&dir.join(export::CSV)).map_err(|failed| failed.why)?;
    table.add(&csv::head()).map_err(|failed| failed.why)?;
    for row in &summary.rows {
        table.add(&csv::row(row, lang)).map_err(|failed| failed.why)?;
    }
    table.finish().map_err(|failed| failed.why)?;
    write_catalogue(&stored, publishing)?;
    let text = markdown::render(&run, &summary, rules, lang);
    write::to_file(&text, &dir.join(export::MARKDOWN)).map_err(|failed| failed.why)?;
    site.finish(&summary).map_err(|failed| failed.why)?;
    Ok(Made { run, summary, kept })
}

fn write_catalogue(stored: &Stored, mut records: Vec<&Record>) -> Result<(), Phrase> {
    catalogue::order(&mut records);
    let begun = catalogue::Catalogue::begin(stored.dir(), &stored.run().as_of);
    let mut catalogue = begun.map_err(|failed| failed.why)?;
    for record in records {
        catalogue.add(record, &stored.result(record)?).map_err(|failed| failed.why)?;
    }
    catalogue.finish().map_err(|failed| failed.why)
}
