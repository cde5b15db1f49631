//! How is `civiclint sources` run?

use super::{Failure, cli, error, lang, put, this_program, today, width};
use civiclint::judge::Answers;
use civiclint::output::sources::{SUBJECTS, Sources};
use civiclint::phrase::Phrase;
use civiclint::reading::Readings;
use civiclint::repository::{Limits, Options, Repository};
use cli::SourcesFormat;
use std::io::Write;

/// 0 listed · 3 something could not be looked at, which is told on standard error.
pub(crate) fn sources(args: &cli::Sources) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let options = Options {
        as_of: today(),
        rev: args.rev.clone(),
        limits: Limits::default(),
        worker: this_program(),
        history_since: None,
    };
    let repo = Repository::open(&args.path, options).map_err(|refusal| Failure::Use(error(&refusal.why, lang)))?;
    let readings = Readings::new(&repo);
    let sources = Sources::of(&Answers::about(&readings, SUBJECTS));
    let told = match args.format {
        SourcesFormat::Text => sources.text(lang, width()),
        SourcesFormat::Markdown => sources.markdown(lang),
        SourcesFormat::Csv => sources.csv(),
        SourcesFormat::Frictionless => sources.frictionless(lang),
    };
    put(&told, args.output.as_deref(), lang)?;
    let losses = repo.losses();
    if losses.is_empty() {
        return Ok(0);
    }
    let phrase = Phrase::new(
        "{count} files could not be looked at, so that the list may leave something out; `civiclint check` says which",
        "{count} Dateien ließen sich nicht ansehen, daher kann in der Liste etwas fehlen; `civiclint check` nennt sie",
    );
    // Where stderr is closed there is nobody left to tell.
    let _ = std::io::stderr().write_all(error(&phrase.with("count", losses.len().to_string()), lang).as_bytes());
    Ok(3)
}
