//! What can be asked of the other commands?

use super::{LangArg, Look};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

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
