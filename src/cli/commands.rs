//! What can be asked of the other commands?

use super::{Color, LangArg, Look};
use civiclint::init::Name;
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

    /// Move a limit, for instance file-bytes=16MiB or history-seconds=60; `civiclint limits` lists them (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,

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

    /// Move a limit, for instance file-bytes=16MiB or history-seconds=60; `civiclint limits` lists them (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,

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

/// Asks nothing and invents nothing: what the repository says of itself is filled in, and what only you can know is an
/// option. Without --write the documents are printed.
#[derive(Debug, Args)]
#[command(after_help = "\
--set takes the keys of publiccode.yml: name url landingURL license developmentStatus softwareType platforms
shortDescription longDescription features maintenance contractor contractUntil localisationReady
availableLanguages organisation.uri; and securityContact, conductContact

Exit codes: 0 printed or written · 2 wrong use · 3 not everything could be looked at · 4 it could not be written")]
pub(crate) struct Init {
    /// A work tree or a plain folder (to print only, a bare repository, too)
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// Write what is complete; never over something that is there
    #[arg(long)]
    pub(crate) write: bool,

    /// Only these documents
    #[arg(long, value_enum, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<DocumentArg>,

    /// Whom to write to: an e-mail address or a web page, or "NAME <ADDRESS>"
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,

    /// Who is behind it
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,

    /// Something else that only you can know, for instance developmentStatus=stable (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,

    /// The profile of the policy file
    #[arg(long, value_name = "NAME", default_value = "civic")]
    pub(crate) profile: String,

    /// The licences that the policy file approves, for instance EUPL-1.2,MIT
    #[arg(long, value_name = "LICENCES", value_delimiter = ',')]
    pub(crate) approved: Vec<String>,

    /// The language of documents and messages [default: of documents that of the README, of messages the locale's]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// A document of `init`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DocumentArg {
    /// civiclint.toml
    Policy,
    /// publiccode.yml
    Publiccode,
    /// CITATION.cff
    Citation,
    /// SECURITY.md
    Security,
    /// CONTRIBUTING.md
    Contributing,
    /// CODE_OF_CONDUCT.md
    Conduct,
    /// DATA.md
    Data,
}

impl From<DocumentArg> for Name {
    fn from(document: DocumentArg) -> Self {
        match document {
            DocumentArg::Policy => Self::Policy,
            DocumentArg::Publiccode => Self::Publiccode,
            DocumentArg::Citation => Self::Citation,
            DocumentArg::Security => Self::Security,
            DocumentArg::Contributing => Self::Contributing,
            DocumentArg::Conduct => Self::Conduct,
            DocumentArg::Data => Self::Data,
        }
    }
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

#[derive(Debug, Args)]
pub(crate) struct LimitsArgs {
    /// The language of the list [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,
}
