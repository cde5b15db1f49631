//! What can be asked for on the command line? Types only.

mod batch;
mod batch_input;
mod check;
mod commands;
mod policy;
mod portfolio;
mod values;

pub(crate) use batch::{Batch, ShardArg};
pub(crate) use batch_input::Input;
pub(crate) use check::{Check, FailOn, Format, Look};
pub(crate) use commands::{
    Explain, Facts, FileKindArg, Identify, IdentifyFormat, Init, LimitsArgs, Reuse, Rules, RulesCommand, Sources,
    SourcesFormat,
};
pub(crate) use policy::{Asking, Policy, PolicyArgs, PolicyCommand, PolicyFormat, ShowPolicy};
pub(crate) use portfolio::{ExportFormat, Portfolio, PortfolioCommand};
pub(crate) use values::{Color, LangArg, LevelArg};

use clap::{Parser, Subcommand};

/// Says whether others may, can and will be able to reuse a code repository:
/// licence, documentation, data sources, maintenance, governance, publication.
///
/// Looks only: it needs no network, sends nothing anywhere and changes nothing. (`batch` fetches what its list names.)
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
    /// Look at many repositories, each by itself, and make one portfolio of what is found
    Batch(Batch),
    /// Print the documents that are missing, filled with what is known: policy, publiccode.yml, SECURITY and others
    Init(Init),
    /// Show the page of a rule
    Explain(Explain),
    /// The rules in force; or check an administration's own rule pages
    Rules(Rules),
    /// What is in force, and where each value comes from; or check a policy file
    Policy(Policy),
    /// List the limits of what is read, and what they are called for --limit
    Limits(LimitsArgs),
    /// Many repositories at once: pages, tables and history of what `batch` wrote down; or merge its parts
    Portfolio(Portfolio),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}
