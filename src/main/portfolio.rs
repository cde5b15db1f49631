//! How is `civiclint portfolio` run?

use super::{Failure, cli, error, lang, load, put};
use civiclint::output::encode;
use civiclint::output::write::{Pieces, to_stream};
use civiclint::phrase::{Lang, Phrase};
use civiclint::portfolio::export::{csv, json, jsonl, markdown};
use civiclint::portfolio::numbers::{number, share};
use civiclint::portfolio::{self, Made, Run, Status, Stored, Summarizer, history};
use civiclint::rule::Level;
use cli::{ExportFormat, PortfolioCommand};
use std::io::{self, Write};
use std::path::Path;

pub(crate) fn portfolio(args: &cli::Portfolio) -> Result<u8, Failure> {
    match &args.command {
        PortfolioCommand::Build { dir, rules } => {
            let run = run_of(dir, args)?;
            let lang = args.lang.map_or(run.lang(), Into::into);
            let made = portfolio::make(dir, &load(rules, lang)?, lang).map_err(|why| unwritten(&why, lang))?;
            Ok(told(&made, dir, lang))
        }
        PortfolioCommand::Merge { shards, out, history, rules } => {
            let first = shards.first().map(|dir| run_of(dir, args)).transpose()?;
            let lang = args.lang.map_or_else(|| first.map_or(Lang::En, |run| run.lang()), Into::into);
            let rules = load(rules, lang)?;
            let made = portfolio::merge(shards, out, history.as_deref(), &rules, lang);
            made.map_err(|why| refused(&why, lang)).map(|made| told(&made, out, lang))
        }
        PortfolioCommand::Export { dir, format, output, run, rules } => {
            let lang = args.lang.map_or(run_of(dir, args)?.lang(), Into::into);
            let mut to = Target::new(output.as_deref(), lang)?;
            if let Some(run) = run {
                return earlier(dir, run, *format, to, lang);
            }
            let stored = Stored::open(dir).map_err(|why| refused(&why, lang))?;
            let summary = match format {
                ExportFormat::CsvFindings => {
                    findings(&stored, &mut to, lang)?;
                    return to.finish(stored.run(), lang);
                }
                _ => summary(&stored, lang)?,
            };
            match format {
                ExportFormat::Csv => {
                    to.add(&csv::head(), lang)?;
                    summary.rows.iter().try_for_each(|row| to.add(&csv::row(row, lang), lang))?;
                }
                ExportFormat::Jsonl => {
                    summary.rows.iter().try_for_each(|row| to.add(&jsonl::row(row), lang))?;
                }
                ExportFormat::Json => to.add(&json::render(stored.run(), &summary), lang)?,
                ExportFormat::Markdown | ExportFormat::CsvFindings => {
                    to.add(&markdown::render(stored.run(), &summary, &load(rules, lang)?, lang), lang)?;
                }
            }
            to.finish(stored.run(), lang)
        }
        PortfolioCommand::Runs { dir } => {
            let lang = args.lang.map_or(run_of(dir, args)?.lang(), Into::into);
            put(&runs(dir, lang)?, None, lang)?;
            Ok(0)
        }
    }
}

/// The run of a folder; a folder that is none is wrong use.
fn run_of(dir: &Path, args: &cli::Portfolio) -> Result<Run, Failure> {
    Run::read(dir).map_err(|why| refused(&why, lang(args.lang)))
}

fn refused(why: &Phrase, lang: Lang) -> Failure {
    Failure::Use(error(why, lang))
}

fn unwritten(why: &Phrase, lang: Lang) -> Failure {
    Failure::Write(error(why, lang))
}

/// Says on standard error what was made; 3 where not every repository could be looked at in full.
fn told(made: &Made, dir: &Path, lang: Lang) -> u8 {
    let all = made.summary.rows.len();
    let whole = |status: &Status| matches!(status, Status::Ok | Status::Findings);
    let seen: usize = made.summary.statuses.iter().filter(|(status, _)| whole(status)).map(|(_, number)| number).sum();
    let phrase = match (made.run.complete, seen == all) {
        (false, _) => Phrase::new(
            "{dir}: the run is not complete; {all} repositories have a record so far",
            "{dir}: Der Lauf ist nicht vollständig; bisher haben {all} Repositorys einen Eintrag",
        ),
        (true, true) => Phrase::new("{dir}: {all} repositories", "{dir}: {all} Repositorys"),
        (true, false) => Phrase::new(
            "{dir}: {all} repositories; not looked at, or not in full: {left}",
            "{dir}: {all} Repositorys; nicht oder nicht vollständig angesehen: {left}",
        )
        .with("left", number(all - seen, lang)),
    };
    let phrase = phrase.with("dir", super::path(dir)).with("all", number(all, lang));
    let words = encode::terminal(&phrase.message(lang)) + "\n";
    // Where stderr is closed there is nobody left to tell.
    let _ = io::stderr().write_all(encode::guard(&words).as_bytes());
    if made.run.complete && seen == all { 0 } else { 3 }
}

fn summary(stored: &Stored, lang: Lang) -> Result<portfolio::Summary, Failure> {
    let mut summarizer = Summarizer::default();
    for record in stored.records() {
        let result = stored.seen(record).map_err(|why| refused(&why, lang))?;
        summarizer.add(record, result.as_ref());
    }
    let trend = history::trend(stored.dir()).map_err(|why| refused(&why, lang))?;
    Ok(summarizer.finish(trend))
}

fn findings(stored: &Stored, to: &mut Target, lang: Lang) -> Result<(), Failure> {
    to.add(&csv::findings_head(), lang)?;
    for record in stored.records() {
        if let Some(result) = stored.seen(record).map_err(|why| refused(&why, lang))? {
            to.add(&csv::findings(record, &result, lang), lang)?;
        }
    }
    Ok(())
}

/// What the history keeps of an earlier run: its repositories with their numbers.
fn earlier(dir: &Path, run: &str, format: ExportFormat, mut to: Target, lang: Lang) -> Result<u8, Failure> {
    let row: fn(&portfolio::summary::Row, Lang) -> String = match format {
        ExportFormat::Csv => csv::row,
        ExportFormat::Jsonl => |row, _| jsonl::row(row),
        _ => {
            let phrase = Phrase::new(
                "of earlier runs the history keeps repositories and numbers, not findings: --run goes with `--format csv` and `--format jsonl`",
                "von früheren Läufen kennt der Verlauf Repositorys und Zahlen, keine Befunde: --run geht mit `--format csv` und `--format jsonl`",
            );
            return Err(refused(&phrase, lang));
        }
    };
    let (_, rows) = history::rows(dir, run).map_err(|why| refused(&why, lang))?;
    if format == ExportFormat::Csv {
        to.add(&csv::head(), lang)?;
    }
    rows.iter().try_for_each(|known| to.add(&row(known, lang), lang))?;
    to.end(lang)?;
    Ok(0)
}

/// Where an export goes, piece by piece.
enum Target {
    File(Pieces),
    Stream(io::BufWriter<io::Stdout>),
}

impl Target {
    fn new(file: Option<&Path>, lang: Lang) -> Result<Self, Failure> {
        match file {
            Some(file) => Pieces::begin(file).map(Self::File).map_err(|failed| unwritten(&failed.why, lang)),
            None => Ok(Self::Stream(io::BufWriter::with_capacity(1 << 16, io::stdout()))),
        }
    }

    fn add(&mut self, piece: &str, lang: Lang) -> Result<(), Failure> {
        let added = match self {
            Self::File(pieces) => pieces.add(piece),
            Self::Stream(stream) => match stream.write_all(piece.as_bytes()) {
                Ok(()) => Ok(()),
                // The same words as everywhere for what a stream cannot take.
                Err(_) => to_stream(piece, &mut io::stdout().lock()),
            },
        };
        added.map_err(|failed| unwritten(&failed.why, lang))
    }

    fn end(self, lang: Lang) -> Result<(), Failure> {
        let ended = match self {
            Self::File(pieces) => pieces.finish(),
            Self::Stream(mut stream) => to_stream("", &mut stream),
        };
        ended.map_err(|failed| unwritten(&failed.why, lang))
    }

    /// 3 where the run is not complete, which is told on standard error.
    fn finish(self, run: &Run, lang: Lang) -> Result<u8, Failure> {
        self.end(lang)?;
        if run.complete {
            return Ok(0);
        }
        let phrase = Phrase::new("the run is not complete", "der Lauf ist nicht vollständig");
        // Where stderr is closed there is nobody left to tell.
        let _ = io::stderr().write_all(error(&phrase, lang).as_bytes());
        Ok(3)
    }
}

/// The runs as a table of at most 80 columns.
fn runs(dir: &Path, lang: Lang) -> Result<String, Failure> {
    let all = history::kept(dir).map_err(|why| refused(&why, lang))?;
    if all.is_empty() {
        return Ok(lang.pick("The history knows no run yet.\n", "Der Verlauf kennt noch keinen Lauf.\n").to_owned());
    }
    let headings = lang.pick(
        ["day", "run", "repos", "seen", "publishable", "reusable", "sustained"],
        ["Tag", "Lauf", "Repos", "gesehen", "veröffentl.", "nachnutzb.", "nachhaltig"],
    );
    let mut lines = vec![headings.map(str::to_owned)];
    for point in &all {
        let level = |level| share(point.at_least(level), point.seen(), lang);
        let [publishable, reusable, sustained] = Level::ALL.map(level);
        let text = |text: &str| encode::terminal_text(&text.into());
        lines.push([
            text(&point.as_of),
            text(point.run.get(..12).unwrap_or(&point.run)),
            number(point.repositories, lang),
            number(point.seen(), lang),
            publishable,
            reusable,
            sustained,
        ]);
    }
    let width = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..headings.len()).map(|at| width(at).unwrap_or(0)).collect();
    let mut out = String::new();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    Ok(encode::guard(&out))
}
