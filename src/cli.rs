//! What can be asked for on the command line? Types only.

use civiclint::phrase::Lang;
use civiclint::rule::{Level, Severity};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Says whether others may, can and will be able to reuse a code repository:
/// licence, documentation, data sources, maintenance, governance, publication.
///
/// Looks only: it needs no network, sends nothing anywhere and changes nothing.
#[derive(Debug, Parser)]
#[command(name = "civiclint", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes: 0 nothing at or above --fail-on · 1 findings · 2 wrong use · 3 not everything could be looked at ·
            4 a report could not be written · 130 interrupted")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) check: Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Look at a repository and report (this is also what happens without a command)
    Check(Check),
    /// Print everything observed as JSON: what rules are asked about
    Facts(Facts),
    /// List the data sources and trained models that the code uses, ready to paste into a README or a Data Package
    Sources(Sources),
    /// Say whether a repository complies with REUSE 3.3: who holds the copyright of every file, under which licence
    Reuse(Reuse),
    /// Which licence is this text? With the evidence, and with what differs from the licence it is nearest to
    Identify(Identify),
    /// Show the page of a rule
    Explain(Explain),
    /// The rules in force; or check an administration's own rule pages
    Rules(Rules),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

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

    /// End with exit code 1 from this severity on [default: error; never for --format sarif]
    #[arg(long, value_enum)]
    pub(crate) fail_on: Option<FailOn>,

    /// What is asked: civic (every rule) or reuse (only what the REUSE Specification demands, at its speed)
    #[arg(long, value_name = "NAME", default_value = "civic")]
    pub(crate) profile: String,

    /// Only rules of this level and below
    #[arg(long, value_enum)]
    pub(crate) level: Option<LevelArg>,

    /// Only these rules or chapters, for instance licence/missing or data (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Not these rules or chapters (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Another value of a rule's setting, for instance licence/not-approved.approved=EUPL-1.2,MIT (repeatable)
    #[arg(long, value_name = "RULE.SETTING=VALUE")]
    pub(crate) set: Vec<String>,

    #[command(flatten)]
    pub(crate) look: Look,

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

    /// The language of messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// A work tree, a bare repository or a plain folder
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 listed · 2 wrong use · 3 not everything could be looked at · 4 it could not be written"
)]
pub(crate) struct Sources {
    /// A work tree, a bare repository or a plain folder
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// How to list them
    #[arg(long, value_enum, default_value_t = SourcesFormat::Text)]
    pub(crate) format: SourcesFormat,

    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Look at this revision instead of the work tree: a branch, a tag or a commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) rev: Option<String>,

    /// The language of headings and messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

/// A format of `sources`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SourcesFormat {
    /// for people
    Text,
    /// sections with tables, for a README
    Markdown,
    /// comma-separated values, one line a source
    Csv,
    /// the `sources` of a Data Package (datapackage.json)
    Frictionless,
}

/// The exit codes, and with --json the output, are those of `reuse lint`; docs/reuse.md lists where the verdicts differ.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 complies · 1 does not comply · 2 wrong use, or a REUSE.toml or .reuse/dep5 that is none"
)]
pub(crate) struct Reuse {
    /// A work tree, a bare repository or a plain folder
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// Print what `reuse lint --json` prints, with sorted lists
    #[arg(short, long, group = "reuse-format")]
    pub(crate) json: bool,

    /// Print one line for each problem
    #[arg(short, long, group = "reuse-format")]
    pub(crate) lines: bool,

    /// Print nothing; the exit code tells
    #[arg(short, long, group = "reuse-format")]
    pub(crate) quiet: bool,

    /// Print text for people (this is what happens anyway)
    #[arg(short, long, group = "reuse-format")]
    pub(crate) plain: bool,

    /// Look at this revision instead of the work tree: a branch, a tag or a commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) rev: Option<String>,

    /// The language of messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every file names a licence · 1 some do not · 2 wrong use · 3 not every file could be read")]
pub(crate) struct Identify {
    /// Files: licence texts, READMEs, source files with a notice
    #[arg(required_unless_present = "files_from")]
    pub(crate) files: Vec<PathBuf>,

    /// More files, one path a line; `-` reads the list from standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,

    /// What the files are, which decides where in them a licence is expected [default: by their names]
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) r#as: Option<FileKindArg>,

    /// How to report
    #[arg(long, value_enum, default_value_t = IdentifyFormat::Text)]
    pub(crate) format: IdentifyFormat,

    /// The language of messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

/// What kind of text a file is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FileKindArg {
    /// a licence file: LICENSE, COPYING
    Licence,
    /// a document: README
    Document,
    /// source code with comments
    Source,
}

/// A format of `identify`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum IdentifyFormat {
    /// for people
    Text,
    /// for programs: schemas/identify-1.schema.json
    Json,
    /// path, expression or NONE, how it was told, nearest licence: one file a line
    Tsv,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The id of a rule, for instance data/undocumented-source
    pub(crate) rule: String,

    /// More rules: a folder of pages <chapter>/<rule>.md (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,

    /// The language [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,

    /// The language [default: from the locale]
    #[arg(long, value_enum, global = true)]
    pub(crate) lang: Option<LangArg>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules in force
    List {
        /// More rules: a folder of pages <chapter>/<rule>.md (repeatable)
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Check a folder of rule pages, and its fixtures where it has any
    Check {
        /// The folder
        dir: PathBuf,
    },
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

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LevelArg {
    Publishable,
    Reusable,
    Sustained,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Publishable => Self::Publishable,
            LevelArg::Reusable => Self::Reusable,
            LevelArg::Sustained => Self::Sustained,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LangArg {
    En,
    De,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::De => Self::De,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
