//! Where do baselines come from and go to?

use super::{Failure, error, path, put};
use crate::cli::Check;
use civiclint::output::{self, encode};
use civiclint::phrase::{Lang, Phrase};
use civiclint::report::Report;
use civiclint::repository::Repository;
use civiclint::untrusted::Untrusted;
use civiclint::waiver::Baseline;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// The largest baseline that is read.
const LARGEST: u64 = 64 << 20;

/// What was known before, and where to write what is known now.
pub(crate) struct Baselines<'a> {
    before: Option<Baseline>,
    target: Option<&'a Path>,
}

impl<'a> Baselines<'a> {
    /// Reads `--baseline` or, where only `--write-baseline` is given, what it is about to replace: whatever this run
    /// does not look at stays known, and what is no baseline is not overwritten.
    pub(crate) fn read(args: &'a Check, lang: Lang) -> Result<Self, Failure> {
        let target = args.write_baseline.as_deref();
        let replaced = target.filter(|target| target.is_file()).map(|target| read(target, lang)).transpose()?;
        let before = args.baseline.as_deref().map(|file| read(file, lang)).transpose()?.or(replaced);
        Ok(Self { before, target })
    }

    /// Takes out of the report what is known, and writes down what is still open where that is asked for; then nothing
    /// is open.
    pub(crate) fn apply(&self, report: &mut Report, repo: &Repository, lang: Lang) -> Result<(), Failure> {
        let kept = self.before.as_ref().map(|before| before.apply(report, repo)).unwrap_or_default();
        let Some(target) = self.target else { return Ok(()) };
        let number = kept.len();
        let now = Baseline::of(report, kept);
        put(&output::baseline::render(&now), Some(target), lang)?;
        now.apply(report, repo);
        let told = written(target, now.known().len(), number, lang);
        // Where stderr is closed there is nobody left to tell.
        let _ = io::stderr().write_all(encode::guard(&told).as_bytes());
        Ok(())
    }
}

fn written(target: &Path, findings: usize, kept: usize, lang: Lang) -> String {
    let phrase = match (findings, kept) {
        (1, 0) => Phrase::new("{path}: {findings} finding written", "{path}: {findings} Befund geschrieben"),
        (_, 0) => Phrase::new("{path}: {findings} findings written", "{path}: {findings} Befunde geschrieben"),
        (1, _) => Phrase::new(
            "{path}: {findings} finding written; it was not judged in this run and is kept",
            "{path}: {findings} Befund geschrieben; er wurde in diesem Lauf nicht beurteilt und bleibt stehen",
        ),
        _ => Phrase::new(
            "{path}: {findings} findings written; {kept} of them were not judged in this run and are kept",
            "{path}: {findings} Befunde geschrieben; {kept} davon wurden in diesem Lauf nicht beurteilt und bleiben stehen",
        )
        .with("kept", kept.to_string()),
    };
    let phrase = phrase.with("path", path(target)).with("findings", findings.to_string());
    format!("{}\n", encode::terminal(&phrase.message(lang)))
}

fn read(file: &Path, lang: Lang) -> Result<Baseline, Failure> {
    let refused = |why: Phrase| {
        // Two sentences of ours in one: the second has been encoded, and is encoded again without harm.
        let why = encode::terminal(&why.message(lang));
        let phrase = Phrase::new("{path} {why}", "{path} {why}").with("path", path(file)).with("why", why);
        Failure::Use(error(&phrase, lang))
    };
    let mut text = Vec::new();
    let opened = std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut text));
    let unreadable = |why: io::Error| {
        refused(Phrase::new("cannot be read: {why}", "lässt sich nicht lesen: {why}").with("why", why.to_string()))
    };
    opened.map_err(unreadable)?;
    if text.len() as u64 > LARGEST {
        let most = Untrusted::from((LARGEST >> 20).to_string());
        let phrase = Phrase::new("is larger than {most} MiB", "ist größer als {most} MiB");
        return Err(refused(phrase.with("most", most)));
    }
    Baseline::read(&String::from_utf8_lossy(&text)).map_err(refused)
}
