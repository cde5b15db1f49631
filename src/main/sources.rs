//! How is `civiclint sources` run?

use super::{Failure, cli, error, lang, limits, options, put, width};
use civiclint::judge::Answers;
use civiclint::output::encode;
use civiclint::output::sources::{SUBJECTS, Sources};
use civiclint::phrase::{Lang, Phrase};
use civiclint::reading::Readings;
use civiclint::repository::{Loss, Repository};
use cli::SourcesFormat;
use std::io::Write;

/// 0 listed · 3 something could not be looked at, which is told on standard error.
pub(crate) fn sources(args: &cli::Sources) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let repo = Repository::open(&args.path, options(args.rev.clone(), None, limits::of(&args.limit, lang)?))
        .map_err(|refusal| Failure::Use(error(&refusal.why, lang)))?;
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
    let told = lost(&losses, lang);
    // Where stderr is closed there is nobody left to tell.
    let _ = std::io::stderr().write_all(encode::guard(&told).as_bytes());
    Ok(3)
}

/// So many losses are told one by one.
const MOST: usize = 100;

/// What could not be looked at, a line each: the list may leave out what stands there.
pub(crate) fn lost(losses: &[Loss], lang: Lang) -> String {
    let phrase = Phrase::new(
        "not everything could be looked at, so that the list may leave something out",
        "nicht alles ließ sich ansehen, daher kann in der Liste etwas fehlen",
    );
    let mut lines = error(&phrase, lang);
    for loss in losses.iter().take(MOST) {
        let why = encode::terminal(&loss.why.message(lang));
        match &loss.path {
            Some(path) => lines.push_str(&format!("  {}: {why}\n", encode::terminal_path(path))),
            None => lines.push_str(&format!("  {why}\n")),
        }
    }
    if let Some(more) = losses.len().checked_sub(MOST).filter(|more| *more > 0) {
        let phrase = Phrase::new("and {more} more", "und {more} weitere").with("more", more.to_string());
        lines.push_str(&format!("  {}\n", encode::terminal(&phrase.message(lang))));
    }
    lines
}
