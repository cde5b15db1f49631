//! What can be asked of a check, and how may it be reported?

use super::{Color, LangArg, PolicyArgs};
use civiclint::rule::Severity;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// A work tree, a bare repository or a plain folder
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Write to a file instead of standard output; FORMAT=FILE writes one more report of the same scan (repeatable)
    #[arg(long, value_name = "[FORMAT=]FILE")]
    pub(crate) output: Vec<String>,

    /// End with exit code 1 from this severity on [default: what the policy says, else error; never for --format sarif]
    #[arg(long, value_enum)]
    pub(crate) fail_on: Option<FailOn>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    /// Report only what is new: the findings of this file, which --write-baseline wrote, do not count
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write down all findings that count, so that from now on only new ones do
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) look: Look,

    /// Keep in this folder what files told, and read only those again that have changed since; it lies outside of the
    /// repository and is yours alone. Without it nothing is written
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,

    /// MiB that the cache may have; what was not used for longest goes first
    #[arg(long, value_name = "MIB", default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    pub(crate) cache_size: u64,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,

    /// Only findings and the last line
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Every place, and the rules that hold
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// The output goes to a GitHub Actions log [default: where GITHUB_ACTIONS is set]
    #[arg(long)]
    pub(crate) github: bool,

    /// In SARIF, list waived findings too, as suppressed results (GitHub would show them as open)
    #[arg(long)]
    pub(crate) report_waived: bool,

    /// The category of the run in SARIF (`automationDetails.id`)
    #[arg(long, value_name = "NAME")]
    pub(crate) sarif_category: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Look {
    /// Look at this revision instead of the work tree: a branch, a tag or a commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) rev: Option<String>,

    /// The day of the scan, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<jiff::civil::Date>,

    /// More rules: a folder of pages <chapter>/<rule>.md (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,

    /// Move a limit, for instance file-bytes=16MiB or history-seconds=60; `civiclint limits` lists them (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,

    /// The language of messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

/// A report format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// for people
    Text,
    /// for programs: schemas/report-1.schema.json
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// for a job summary or a comment on a merge request
    Markdown,
    /// annotations of a GitHub Actions run
    Github,
    /// a Code Quality report for GitLab
    Gitlab,
    /// JUnit XML: every rule as a test case
    Junit,
    /// for reviewdog
    Rdjson,
    /// one page to read, pass on and print
    Html,
    /// the level as a picture (SVG)
    Badge,
    /// the level as data for a badge of shields.io
    Shields,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Note,
    Warning,
    Error,
    Never,
}

impl FailOn {
    /// From which severity on a finding fails the run.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}
