//! What can be asked of the portfolio?

use super::LangArg;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Portfolio {
    #[command(subcommand)]
    pub(crate) command: PortfolioCommand,

    /// The language of pages and messages [default: that of the run, else from the locale]
    #[arg(long, value_enum, global = true)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PortfolioCommand {
    /// Make pages, tables and history anew from what `batch` wrote down
    #[command(after_help = "\
Exit codes: 0 made · 2 wrong use · 3 made, and not every repository could be looked at · 4 it could not be written")]
    Build {
        /// The output folder of `batch`
        dir: PathBuf,

        /// More rules, for their titles: a folder of pages <chapter>/<rule>.md (repeatable)
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Merge the output folders of all shards into one
    #[command(after_help = "\
The shards must be of the same list, day, rules and version, and none may be missing.

Exit codes: 0 merged · 2 wrong use · 3 merged, and not every repository could be looked at · 4 it could not be written")]
    Merge {
        /// The output folders of the shards, in any order
        #[arg(required = true, value_name = "SHARD")]
        shards: Vec<PathBuf>,

        /// The folder to be made; it must not exist yet, or be empty
        #[arg(long, value_name = "DIR")]
        out: PathBuf,

        /// The history of earlier runs, which goes on: the history.sqlite of the portfolio before
        #[arg(long, value_name = "FILE")]
        history: Option<PathBuf>,

        /// More rules, for their titles: a folder of pages <chapter>/<rule>.md (repeatable)
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Print repositories, findings or the summary for other programs
    #[command(
        after_help = "Exit codes: 0 printed · 2 wrong use · 3 the run is not complete · 4 it could not be written"
    )]
    Export {
        /// The output folder of `batch`
        dir: PathBuf,

        /// What to print
        #[arg(long, value_enum)]
        format: ExportFormat,

        /// Write to a file instead of standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,

        /// An earlier run: its name, the beginning of it, or its day [with csv and jsonl]
        #[arg(long, value_name = "RUN")]
        run: Option<String>,

        /// More rules, for their titles: a folder of pages <chapter>/<rule>.md (repeatable)
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// List the runs that the history knows
    #[command(after_help = "Exit codes: 0 listed · 2 wrong use · 4 it could not be read or written")]
    Runs {
        /// The output folder of `batch`
        dir: PathBuf,
    },
}

/// A format of `portfolio export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// one line a repository, for a spreadsheet
    Csv,
    /// one line a finding, for a spreadsheet
    CsvFindings,
    /// one line of JSON a repository
    Jsonl,
    /// the summary as one document: schemas/portfolio-1.schema.json
    Json,
    /// the summary, for people and for the summary of a CI job
    Markdown,
}
